-- What the filter language asks, and the orders it can put a list in, from indexes; and the views people keep.

-- 更新 and 版本 as conditions; 更新 also as an order.
CREATE INDEX project_by_update ON project (updated_at, id, hidden);
CREATE INDEX project_by_round ON project (round, id, hidden);
-- 期限 as an order: what has no due day comes last, as it does in the queue.
CREATE INDEX project_in_due_order ON project (coalesce(due, '9999-12-31'), id);
-- 维度 and 条目 ask for an answer, not for a project.
CREATE INDEX judgement_by_answer ON judgement (item, verdict, project_id, round);
CREATE INDEX judgement_cited ON judgement (project_id, round) WHERE cite <> '';
-- 有 and 无 ask for projects, not for the long texts of what they have.
CREATE INDEX panel_projects ON panel (project_id);
CREATE INDEX opinion_projects ON opinion (project_id);
CREATE INDEX fix_projects ON fix (project_id);

-- A view a person keeps: what to show, under which digit. It decides nothing about any project, so it is a preference and
-- no record: it may be changed and removed, and the log says nothing of it. It is kept here, beside the account, so that it
-- is there at every terminal and in every backup.
CREATE TABLE saved_view (
    account_id INTEGER NOT NULL REFERENCES account (id),
    digit      INTEGER NOT NULL CHECK (digit BETWEEN 1 AND 9),
    name       TEXT NOT NULL,
    -- A role's code, or nothing for all projects.
    source     TEXT NOT NULL,
    -- In the filter language, with codes: labels change, codes do not.
    query      TEXT NOT NULL,
    PRIMARY KEY (account_id, digit)
) STRICT, WITHOUT ROWID;
