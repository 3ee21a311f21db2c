-- From the review to the archive: what lies over a stage, the money of each step, and every action that has no
-- table of its own, with what was given for it.

-- Codes with blanks between them, in the order of the vocabulary.
ALTER TABLE project ADD COLUMN overlays TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN budget_fen INTEGER CHECK (budget_fen >= 0);
ALTER TABLE project ADD COLUMN contract_fen INTEGER CHECK (contract_fen >= 0);
ALTER TABLE project ADD COLUMN changed_fen INTEGER CHECK (changed_fen >= 0);
ALTER TABLE project ADD COLUMN settled_fen INTEGER CHECK (settled_fen >= 0);
ALTER TABLE project ADD COLUMN paid_fen INTEGER CHECK (paid_fen >= 0);

-- Frozen projects are hidden from nearly everybody, so each list asks for them; there are few.
CREATE INDEX project_frozen ON project (stage, id) WHERE instr(overlays, 'secrecy-frozen') > 0;

-- inputs: names and values, each with its length before it, as the log writes its details.
CREATE TABLE deed (
    project_id INTEGER NOT NULL REFERENCES project (id),
    number     INTEGER NOT NULL,
    action     TEXT NOT NULL,
    round      INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    source     TEXT NOT NULL,
    inputs     BLOB NOT NULL,
    PRIMARY KEY (project_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER deed_is_final BEFORE UPDATE ON deed BEGIN
    SELECT RAISE(ABORT, 'a deed is final');
END;
CREATE TRIGGER deed_is_kept BEFORE DELETE ON deed BEGIN
    SELECT RAISE(ABORT, 'a deed is never deleted');
END;
-- Also what stops INSERT OR REPLACE, which fires no DELETE trigger unless recursive triggers are on.
CREATE TRIGGER deed_is_next BEFORE INSERT ON deed
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM deed WHERE project_id = NEW.project_id) BEGIN
    SELECT RAISE(ABORT, 'deeds have no gaps');
END;
