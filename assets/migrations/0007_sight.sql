-- Lists and counts ask of every hit whether the person may see it. The answer stood at the end of a wide row, behind
-- long texts; now it stands in the indexes, and a count reads nothing else.

-- 0: seen by whoever sees all projects; 1: a draft; 2: frozen, whatever its stage.
ALTER TABLE project ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1, 2));
UPDATE project SET hidden = CASE
    WHEN instr(overlays, 'secrecy-frozen') > 0 THEN 2
    WHEN stage = 'draft' THEN 1
    ELSE 0
END;

-- Written by the database itself, so that no statement can forget it.
CREATE TRIGGER project_is_hidden AFTER INSERT ON project
WHEN NEW.stage = 'draft' OR instr(NEW.overlays, 'secrecy-frozen') > 0 BEGIN
    UPDATE project SET hidden = iif(instr(overlays, 'secrecy-frozen') > 0, 2, 1) WHERE id = NEW.id;
END;
CREATE TRIGGER project_shows AFTER UPDATE OF stage, overlays ON project
WHEN OLD.stage <> NEW.stage AND 'draft' IN (OLD.stage, NEW.stage) OR OLD.overlays <> NEW.overlays BEGIN
    UPDATE project SET hidden = CASE
        WHEN instr(overlays, 'secrecy-frozen') > 0 THEN 2
        WHEN stage = 'draft' THEN 1
        ELSE 0
    END WHERE id = NEW.id;
END;

DROP INDEX project_frozen;
CREATE INDEX project_frozen ON project (stage, id) WHERE hidden = 2;
-- For hits that are known by their number alone, as those of a word are.
CREATE INDEX project_sight ON project (id, hidden);

DROP INDEX project_by_stage;
DROP INDEX project_by_unit;
DROP INDEX project_by_year;
DROP INDEX project_by_route;
DROP INDEX project_by_amount;
DROP INDEX project_by_due;
DROP INDEX project_by_kind;
DROP INDEX project_by_since;
DROP INDEX project_by_reviewer;
CREATE INDEX project_by_stage ON project (stage, id, hidden);
CREATE INDEX project_by_unit ON project (unit_id, id, hidden);
CREATE INDEX project_by_year ON project (plan_year, id, hidden);
CREATE INDEX project_by_route ON project (route, id, hidden);
CREATE INDEX project_by_amount ON project (governing_fen, hidden);
CREATE INDEX project_by_due ON project (due, id, hidden) WHERE due IS NOT NULL;
CREATE INDEX project_by_kind ON project (kind, id, hidden);
CREATE INDEX project_by_since ON project (since, hidden);
CREATE INDEX project_by_reviewer ON project (reviewer_id, id, hidden) WHERE reviewer_id IS NOT NULL;
