-- Meetings of expert panels, who came, and the working sheets: what was written down while a panel sat, every version.
-- What is noted is never changed; only the meeting row itself moves: its pointer, its writing seat, its end.

CREATE TABLE meeting (
    id            INTEGER PRIMARY KEY,
    year          INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    day           TEXT NOT NULL,
    place         TEXT NOT NULL,
    called_by     INTEGER NOT NULL REFERENCES account (id),
    called_at     INTEGER NOT NULL,
    current       INTEGER,
    seat_account  INTEGER REFERENCES account (id),
    seat_terminal TEXT,
    seat_at       INTEGER,
    ended_by      INTEGER REFERENCES account (id),
    ended_at      INTEGER,
    UNIQUE (year, number),
    CHECK ((seat_account IS NULL) = (seat_terminal IS NULL) AND (seat_account IS NULL) = (seat_at IS NULL)),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL OR seat_account IS NULL))
) STRICT;
CREATE INDEX meeting_by_day ON meeting (day);
CREATE INDEX meeting_not_over ON meeting (day) WHERE ended_at IS NULL;

CREATE TRIGGER meeting_is_final BEFORE UPDATE ON meeting WHEN OLD.ended_at IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a meeting that is over stays as it was');
END;
CREATE TRIGGER meeting_is_kept BEFORE DELETE ON meeting BEGIN
    SELECT RAISE(ABORT, 'a meeting is never deleted');
END;

CREATE TABLE meeting_item (
    meeting_id     INTEGER NOT NULL REFERENCES meeting (id),
    number         INTEGER NOT NULL,
    project_id     INTEGER NOT NULL,
    round          INTEGER NOT NULL,
    session        INTEGER NOT NULL,
    begun_at       INTEGER,
    withdrawn      TEXT,
    withdrawn_by   INTEGER REFERENCES account (id),
    withdrawn_at   INTEGER,
    PRIMARY KEY (meeting_id, number),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session),
    CHECK ((withdrawn IS NULL) = (withdrawn_by IS NULL) AND (withdrawn IS NULL) = (withdrawn_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_item_by_panel ON meeting_item (project_id, round, session);

CREATE TRIGGER meeting_item_is_kept BEFORE DELETE ON meeting_item BEGIN
    SELECT RAISE(ABORT, 'an item of an agenda is never deleted');
END;

CREATE TABLE panel_attendance (
    project_id INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    session    INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    expert_id  INTEGER NOT NULL REFERENCES expert (id),
    presence   TEXT NOT NULL,
    reason     TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, session, number),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session)
) STRICT, WITHOUT ROWID;

-- aside: written by somebody who did not hold the writing seat any more; kept, but not what the sheet says.
CREATE TABLE panel_note (
    project_id INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    session    INTEGER NOT NULL,
    field      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    said       TEXT NOT NULL,
    aside      INTEGER NOT NULL CHECK (aside IN (0, 1)),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, session, field, version),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER panel_attendance_is_final BEFORE UPDATE ON panel_attendance
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'an entry of the list of those present is final');
END;
CREATE TRIGGER panel_attendance_is_kept BEFORE DELETE ON panel_attendance BEGIN
    SELECT RAISE(ABORT, 'an entry of the list of those present is never deleted');
END;
CREATE TRIGGER panel_note_is_final BEFORE UPDATE ON panel_note
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'what was noted is final');
END;
CREATE TRIGGER panel_note_is_kept BEFORE DELETE ON panel_note BEGIN
    SELECT RAISE(ABORT, 'what was noted is never deleted');
END;
-- Also what stops INSERT OR REPLACE, which fires no DELETE trigger unless recursive triggers are on.
CREATE TRIGGER panel_note_is_next BEFORE INSERT ON panel_note
WHEN NEW.version <> (SELECT coalesce(max(version), 0) + 1 FROM panel_note
    WHERE project_id = NEW.project_id AND round = NEW.round AND session = NEW.session AND field = NEW.field) BEGIN
    SELECT RAISE(ABORT, 'versions of a note have no gaps');
END;
CREATE TRIGGER panel_attendance_is_next BEFORE INSERT ON panel_attendance
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM panel_attendance
    WHERE project_id = NEW.project_id AND round = NEW.round AND session = NEW.session) BEGIN
    SELECT RAISE(ABORT, 'entries of the list of those present have no gaps');
END;
