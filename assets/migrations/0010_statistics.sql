-- Sums over all projects of a year: what is counted and added up stands in one narrow index, so that nothing is read of
-- the rows with their long texts.
CREATE INDEX project_statistics ON project (
    plan_year, unit_id, stage, route, overlays, hidden, since, due, declared_fen, governing_fen, approved_fen,
    assessed_fen, contract_fen, changed_fen, round, supervisor_id
);
