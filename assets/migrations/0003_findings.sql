-- Findings are computed, not stored; what a person decided about one is kept, with what it rested on then.

CREATE TABLE disposition (
    project_id INTEGER NOT NULL REFERENCES project (id),
    number     INTEGER NOT NULL,
    finding    TEXT NOT NULL,
    severity   TEXT NOT NULL,
    accepted   INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    reason     TEXT NOT NULL CHECK (trim(reason) <> ''),
    digest     TEXT NOT NULL,
    -- Names and values, each with its length before it, as the log writes its details.
    evidence   BLOB NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER disposition_is_final BEFORE UPDATE ON disposition BEGIN
    SELECT RAISE(ABORT, 'a disposition is final');
END;
CREATE TRIGGER disposition_is_kept BEFORE DELETE ON disposition BEGIN
    SELECT RAISE(ABORT, 'a disposition is never deleted');
END;
-- Also what stops INSERT OR REPLACE, which fires no DELETE trigger unless recursive triggers are on.
CREATE TRIGGER disposition_is_next BEFORE INSERT ON disposition
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM disposition WHERE project_id = NEW.project_id) BEGIN
    SELECT RAISE(ABORT, 'dispositions have no gaps');
END;

-- The entries of a resource catalogue by name, where they were given; project.catalogue_entries counts them all.
CREATE TABLE catalogue_name (
    project_id INTEGER NOT NULL REFERENCES project (id),
    line       INTEGER NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (project_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX catalogue_name_by_name ON catalogue_name (name, project_id);
