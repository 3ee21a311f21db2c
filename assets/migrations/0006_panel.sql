-- The expert pool and the panels: who was drawn and why not others, who sat, what each said, what was concluded.
-- Only the pool changes; what belongs to a panel is written once, and the panel row itself only gets what it lacks. Its
-- words go where the whole content of a project is destroyed 〔第十七条〕: who sat, who signed and when stays.

CREATE TABLE expert (
    id              INTEGER PRIMARY KEY,
    name            TEXT NOT NULL,
    employer        TEXT NOT NULL,
    title           TEXT NOT NULL,
    contact         TEXT NOT NULL,
    local           INTEGER NOT NULL CHECK (local IN (0, 1)),
    active          INTEGER NOT NULL CHECK (active IN (0, 1)),
    inactive_reason TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    UNIQUE (name, employer)
) STRICT;

CREATE TABLE expert_discipline (
    expert_id  INTEGER NOT NULL REFERENCES expert (id),
    discipline TEXT NOT NULL,
    PRIMARY KEY (expert_id, discipline)
) STRICT, WITHOUT ROWID;

-- Where else the expert worked or advised; until: 2025-06, or NULL while it lasts.
CREATE TABLE expert_past_role (
    expert_id INTEGER NOT NULL REFERENCES expert (id),
    line      INTEGER NOT NULL,
    body      TEXT NOT NULL,
    role      TEXT NOT NULL,
    until     TEXT,
    PRIMARY KEY (expert_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel (
    project_id   INTEGER NOT NULL REFERENCES project (id),
    round        INTEGER NOT NULL,
    session      INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    vendors      TEXT NOT NULL,
    authors      TEXT NOT NULL,
    complaint    TEXT NOT NULL,
    requested_by INTEGER NOT NULL REFERENCES account (id),
    requested_at INTEGER NOT NULL,
    confirmed_by INTEGER REFERENCES account (id),
    confirmed_at INTEGER,
    closed_by    INTEGER REFERENCES account (id),
    closed_at    INTEGER,
    met_on       TEXT,
    place        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (project_id, round, session)
) STRICT, WITHOUT ROWID;

CREATE INDEX panel_by_confirmation ON panel (confirmed_at) WHERE confirmed_at IS NOT NULL;

CREATE TRIGGER panel_confirmed_once BEFORE UPDATE OF confirmed_by, confirmed_at ON panel
WHEN OLD.confirmed_by IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a panel is confirmed once');
END;
CREATE TRIGGER panel_closed_once BEFORE UPDATE OF closed_by, closed_at, met_on, place ON panel
WHEN OLD.closed_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a panel is closed once');
END;
CREATE TRIGGER panel_request_is_final
BEFORE UPDATE OF project_id, round, session, reason, vendors, authors, complaint, requested_by, requested_at ON panel
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'what a panel was asked for is final');
END;
CREATE TRIGGER panel_is_kept BEFORE DELETE ON panel BEGIN
    SELECT RAISE(ABORT, 'a panel is never deleted');
END;

-- ground: none takes an earlier declaration back. The last one of an expert counts.
CREATE TABLE panel_recusal (
    project_id INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    session    INTEGER NOT NULL,
    expert_id  INTEGER NOT NULL REFERENCES expert (id),
    ground     TEXT NOT NULL,
    said       TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, number),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session)
) STRICT, WITHOUT ROWID;

-- candidates: numbers with blanks between them; members and recused: names and values with their lengths before them.
CREATE TABLE panel_draw (
    project_id        INTEGER NOT NULL,
    round             INTEGER NOT NULL,
    session           INTEGER NOT NULL,
    number            INTEGER NOT NULL,
    seed              TEXT NOT NULL,
    size              INTEGER NOT NULL,
    candidates_digest TEXT NOT NULL,
    candidates        TEXT NOT NULL,
    members           BLOB NOT NULL,
    recused           BLOB NOT NULL,
    reason            TEXT NOT NULL,
    account_id        INTEGER NOT NULL REFERENCES account (id),
    at                INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, session, number),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel_formation (
    project_id  INTEGER NOT NULL,
    round       INTEGER NOT NULL,
    session     INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    selection   TEXT NOT NULL,
    draw_seed   TEXT,
    reason      TEXT NOT NULL,
    replaced    INTEGER REFERENCES expert (id),
    replacement INTEGER REFERENCES expert (id),
    account_id  INTEGER NOT NULL REFERENCES account (id),
    at          INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, session, number),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session)
) STRICT, WITHOUT ROWID;

-- Members as the pool described them when the list was laid down.
CREATE TABLE panel_member (
    project_id  INTEGER NOT NULL,
    round       INTEGER NOT NULL,
    session     INTEGER NOT NULL,
    formation   INTEGER NOT NULL,
    seat        INTEGER NOT NULL,
    expert_id   INTEGER NOT NULL REFERENCES expert (id),
    name        TEXT NOT NULL,
    employer    TEXT NOT NULL,
    title       TEXT NOT NULL,
    disciplines TEXT NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    chair       INTEGER NOT NULL CHECK (chair IN (0, 1)),
    declaration TEXT NOT NULL,
    PRIMARY KEY (project_id, round, session, formation, seat),
    UNIQUE (project_id, round, session, formation, expert_id),
    FOREIGN KEY (project_id, round, session, formation)
        REFERENCES panel_formation (project_id, round, session, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX panel_member_by_expert ON panel_member (expert_id, project_id);

-- dimensions: names and values with their lengths before them.
CREATE TABLE expert_opinion (
    project_id INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    session    INTEGER NOT NULL,
    expert_id  INTEGER NOT NULL REFERENCES expert (id),
    version    INTEGER NOT NULL,
    conclusion TEXT NOT NULL,
    said       TEXT NOT NULL,
    dissent    TEXT NOT NULL,
    signed     INTEGER NOT NULL CHECK (signed IN (0, 1)),
    dimensions BLOB NOT NULL,
    score      INTEGER,
    reason     TEXT NOT NULL,
    digest     TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, session, expert_id, version),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel_conclusion (
    project_id  INTEGER NOT NULL,
    round       INTEGER NOT NULL,
    session     INTEGER NOT NULL,
    result      TEXT NOT NULL,
    said        TEXT NOT NULL,
    pass        INTEGER NOT NULL,
    conditional INTEGER NOT NULL,
    supplement  INTEGER NOT NULL,
    fail        INTEGER NOT NULL,
    by_tally    TEXT NOT NULL,
    explanation TEXT NOT NULL,
    signed_by   TEXT NOT NULL,
    account_id  INTEGER NOT NULL REFERENCES account (id),
    at          INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, session),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session),
    -- A conclusion against the votes is explained: the database itself does not believe anything else.
    CHECK (result = by_tally OR explanation <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE fix (
    project_id  INTEGER NOT NULL,
    round       INTEGER NOT NULL,
    session     INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    said        TEXT NOT NULL,
    responsible TEXT NOT NULL,
    due         TEXT NOT NULL,
    page_ref    TEXT,
    closed_by   INTEGER REFERENCES account (id),
    closed_at   INTEGER,
    PRIMARY KEY (project_id, round, session, number),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session),
    CHECK ((page_ref IS NULL) = (closed_by IS NULL) AND (closed_by IS NULL) = (closed_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE panel_correction (
    project_id INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    session    INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    said       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, session, number),
    FOREIGN KEY (project_id, round, session) REFERENCES panel (project_id, round, session)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER panel_recusal_is_final BEFORE UPDATE ON panel_recusal
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a declaration is final');
END;
CREATE TRIGGER panel_recusal_is_kept BEFORE DELETE ON panel_recusal BEGIN
    SELECT RAISE(ABORT, 'a declaration is never deleted');
END;
CREATE TRIGGER panel_draw_is_final BEFORE UPDATE ON panel_draw
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a draw is final');
END;
CREATE TRIGGER panel_draw_is_kept BEFORE DELETE ON panel_draw BEGIN
    SELECT RAISE(ABORT, 'a draw is never deleted');
END;
CREATE TRIGGER panel_formation_is_final BEFORE UPDATE ON panel_formation
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a list of members is final');
END;
CREATE TRIGGER panel_formation_is_kept BEFORE DELETE ON panel_formation BEGIN
    SELECT RAISE(ABORT, 'a list of members is never deleted');
END;
CREATE TRIGGER panel_member_is_final BEFORE UPDATE ON panel_member
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a list of members is final');
END;
CREATE TRIGGER panel_member_is_kept BEFORE DELETE ON panel_member BEGIN
    SELECT RAISE(ABORT, 'a list of members is never deleted');
END;
CREATE TRIGGER expert_opinion_is_final BEFORE UPDATE ON expert_opinion
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'an opinion is final');
END;
CREATE TRIGGER expert_opinion_is_kept BEFORE DELETE ON expert_opinion BEGIN
    SELECT RAISE(ABORT, 'an opinion is never deleted');
END;
-- Also what stops INSERT OR REPLACE, which fires no DELETE trigger unless recursive triggers are on.
CREATE TRIGGER expert_opinion_is_next BEFORE INSERT ON expert_opinion
WHEN NEW.version <> (SELECT coalesce(max(version), 0) + 1 FROM expert_opinion
    WHERE project_id = NEW.project_id AND round = NEW.round AND session = NEW.session AND expert_id = NEW.expert_id) BEGIN
    SELECT RAISE(ABORT, 'versions of an opinion have no gaps');
END;
CREATE TRIGGER expert_opinion_in_time BEFORE INSERT ON expert_opinion
WHEN (SELECT closed_by FROM panel
    WHERE project_id = NEW.project_id AND round = NEW.round AND session = NEW.session) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a closed panel takes no opinion');
END;
CREATE TRIGGER panel_conclusion_is_final BEFORE UPDATE ON panel_conclusion
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a conclusion is final');
END;
CREATE TRIGGER panel_conclusion_is_kept BEFORE DELETE ON panel_conclusion BEGIN
    SELECT RAISE(ABORT, 'a conclusion is never deleted');
END;
CREATE TRIGGER panel_conclusion_is_once BEFORE INSERT ON panel_conclusion
WHEN EXISTS (SELECT 1 FROM panel_conclusion
    WHERE project_id = NEW.project_id AND round = NEW.round AND session = NEW.session) BEGIN
    SELECT RAISE(ABORT, 'a panel concludes once');
END;
CREATE TRIGGER fix_closed_once BEFORE UPDATE ON fix
WHEN (OLD.closed_by IS NOT NULL OR NEW.said <> OLD.said OR NEW.responsible <> OLD.responsible OR NEW.due <> OLD.due)
AND NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a fix is closed once and keeps its words');
END;
CREATE TRIGGER fix_is_kept BEFORE DELETE ON fix BEGIN
    SELECT RAISE(ABORT, 'a fix is never deleted');
END;
CREATE TRIGGER panel_correction_is_final BEFORE UPDATE ON panel_correction
WHEN NOT EXISTS (
    SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
) BEGIN
    SELECT RAISE(ABORT, 'a correction is final');
END;
CREATE TRIGGER panel_correction_is_kept BEFORE DELETE ON panel_correction BEGIN
    SELECT RAISE(ABORT, 'a correction is never deleted');
END;
