-- Moments are INTEGER milliseconds since 1970 UTC, days TEXT as 2026-09-12, money INTEGER 分.
-- Nothing that records a decision is ever updated; the project row carries where things stand now.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    supervisor_id INTEGER REFERENCES unit (id),
    is_centre     INTEGER NOT NULL DEFAULT 0 CHECK (is_centre IN (0, 1))
) STRICT;

CREATE TABLE account (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    unit_id    INTEGER NOT NULL REFERENCES unit (id),
    status     TEXT NOT NULL CHECK (status IN ('proposed', 'active', 'disabled')),
    os_user    TEXT UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE account_role (
    account_id INTEGER NOT NULL REFERENCES account (id),
    role       TEXT NOT NULL,
    PRIMARY KEY (account_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_role_by_role ON account_role (role, account_id);

-- A policy is stored whole: a project's verdicts must stay explicable by the text that was in force.
CREATE TABLE policy (
    id             TEXT PRIMARY KEY,
    title          TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    digest         TEXT NOT NULL,
    body           TEXT NOT NULL,
    installed_at   INTEGER NOT NULL
) STRICT;

-- The regulation's official text, where the county loaded it; 0 is the attachment.
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    text   TEXT NOT NULL
) STRICT;

-- One run of the import: where projects came from. The file's words are not kept, only its digest.
CREATE TABLE import_run (
    id         INTEGER PRIMARY KEY,
    file       TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    digest     TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL
) STRICT;

CREATE TABLE project (
    id                    INTEGER PRIMARY KEY,
    code                  TEXT NOT NULL UNIQUE,
    unit_id               INTEGER NOT NULL REFERENCES unit (id),
    supervisor_id         INTEGER REFERENCES unit (id),
    plan_year             INTEGER NOT NULL,
    name                  TEXT NOT NULL,
    kind                  TEXT,
    start_month           TEXT,
    end_month             TEXT,
    declared_fen          INTEGER NOT NULL CHECK (declared_fen > 0),
    basis                 TEXT NOT NULL,
    necessity             TEXT NOT NULL,
    content               TEXT NOT NULL,
    supervisor_opinion    TEXT,
    leader                TEXT NOT NULL,
    contact               TEXT NOT NULL,
    phone                 TEXT NOT NULL,
    filed_on              TEXT,
    custom_development    INTEGER CHECK (custom_development IN (0, 1)),
    designer              TEXT,
    in_year_reason        TEXT,
    in_year_doc_no        TEXT,
    in_year_explanation   TEXT,
    in_year_funding       INTEGER,
    in_year_plan          INTEGER,
    catalogue_entries     INTEGER,
    catalogue_reason      TEXT,
    deployment            TEXT,
    network               TEXT,
    om_free_months        INTEGER,
    om_per_year_fen       INTEGER,
    om_years              INTEGER,
    om_build_cost_fen     INTEGER,
    stage                 TEXT NOT NULL,
    since                 INTEGER NOT NULL,
    due                   TEXT,
    version               INTEGER NOT NULL,
    round                 INTEGER NOT NULL,
    plan_round            INTEGER NOT NULL,
    received_at           INTEGER,
    approved_fen          INTEGER,
    assessed_fen          INTEGER,
    governing_fen         INTEGER NOT NULL,
    route                 TEXT NOT NULL,
    route_rules           TEXT NOT NULL,
    survey_required       INTEGER NOT NULL CHECK (survey_required IN (0, 1)),
    policy_id             TEXT NOT NULL REFERENCES policy (id),
    reviewer_id           INTEGER REFERENCES account (id),
    import_id             INTEGER REFERENCES import_run (id),
    import_row            INTEGER,
    created_at            INTEGER NOT NULL,
    updated_at            INTEGER NOT NULL
) STRICT;
CREATE INDEX project_by_stage ON project (stage, id);
CREATE INDEX project_by_unit ON project (unit_id, id);
CREATE INDEX project_by_supervisor ON project (supervisor_id, id) WHERE supervisor_id IS NOT NULL;
CREATE INDEX project_by_year ON project (plan_year, id);
CREATE INDEX project_by_route ON project (route, id);
CREATE INDEX project_by_amount ON project (governing_fen, id);
CREATE INDEX project_by_due ON project (due, id) WHERE due IS NOT NULL;
CREATE INDEX project_by_name ON project (unit_id, plan_year, name);
CREATE INDEX project_by_title ON project (name);
CREATE INDEX project_by_kind ON project (kind, id);
CREATE INDEX project_by_since ON project (since);
CREATE INDEX project_by_reviewer ON project (reviewer_id, id) WHERE reviewer_id IS NOT NULL;

CREATE TABLE funding (
    project_id INTEGER NOT NULL REFERENCES project (id),
    line       INTEGER NOT NULL,
    source     TEXT NOT NULL,
    level      TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    PRIMARY KEY (project_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE line_item (
    project_id     INTEGER NOT NULL REFERENCES project (id),
    line           INTEGER NOT NULL,
    name           TEXT NOT NULL,
    category       TEXT NOT NULL,
    quantity       TEXT,
    unit_price_fen INTEGER,
    amount_fen     INTEGER NOT NULL CHECK (amount_fen >= 0),
    excluded       TEXT,
    PRIMARY KEY (project_id, line)
) STRICT, WITHOUT ROWID;

-- Running numbers of project codes, one per plan year.
CREATE TABLE code_sequence (
    plan_year INTEGER PRIMARY KEY,
    last      INTEGER NOT NULL
) STRICT;

-- Every computation of the route, with what it was computed from.
CREATE TABLE route_history (
    project_id      INTEGER NOT NULL REFERENCES project (id),
    at              INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    amount_fen      INTEGER NOT NULL,
    categories      TEXT NOT NULL,
    custom          INTEGER,
    route           TEXT NOT NULL,
    rules           TEXT NOT NULL,
    survey_required INTEGER NOT NULL,
    policy_id       TEXT NOT NULL REFERENCES policy (id),
    PRIMARY KEY (project_id, version)
) STRICT, WITHOUT ROWID;

-- Pending work: rewritten in the transaction that moves the project, so a queue never scans projects.
-- desk: 0 any account of the role, a unit's id, or the negated id of one account. due: 9999-12-31 where none is set.
CREATE TABLE pending (
    role       TEXT NOT NULL,
    desk       INTEGER NOT NULL,
    due        TEXT NOT NULL,
    project_id INTEGER NOT NULL REFERENCES project (id),
    expected   TEXT NOT NULL,
    PRIMARY KEY (role, desk, due, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_by_project ON pending (project_id);

CREATE TABLE pending_count (
    role TEXT NOT NULL,
    desk INTEGER NOT NULL,
    n    INTEGER NOT NULL,
    PRIMARY KEY (role, desk)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER pending_counted AFTER INSERT ON pending BEGIN
    INSERT INTO pending_count (role, desk, n) VALUES (NEW.role, NEW.desk, 1)
        ON CONFLICT (role, desk) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER pending_uncounted AFTER DELETE ON pending BEGIN
    UPDATE pending_count SET n = n - 1 WHERE role = OLD.role AND desk = OLD.desk;
END;

CREATE TABLE stage_count (
    stage TEXT PRIMARY KEY,
    n     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stage_counted AFTER INSERT ON project BEGIN
    INSERT INTO stage_count (stage, n) VALUES (NEW.stage, 1) ON CONFLICT (stage) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER stage_moved AFTER UPDATE OF stage ON project WHEN OLD.stage <> NEW.stage BEGIN
    UPDATE stage_count SET n = n - 1 WHERE stage = OLD.stage;
    INSERT INTO stage_count (stage, n) VALUES (NEW.stage, 1) ON CONFLICT (stage) DO UPDATE SET n = n + 1;
END;

CREATE TABLE vote (
    project_id INTEGER NOT NULL REFERENCES project (id),
    plan_round INTEGER NOT NULL,
    agency     TEXT NOT NULL,
    result     TEXT NOT NULL,
    opinion    TEXT NOT NULL,
    minutes_no TEXT,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, plan_round, agency)
) STRICT, WITHOUT ROWID;

CREATE TABLE government_decision (
    project_id INTEGER NOT NULL REFERENCES project (id),
    plan_round INTEGER NOT NULL,
    approved   INTEGER NOT NULL CHECK (approved IN (0, 1)),
    doc_no     TEXT NOT NULL,
    doc_date   TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, plan_round)
) STRICT, WITHOUT ROWID;

CREATE TABLE ex_ante (
    project_id INTEGER NOT NULL REFERENCES project (id),
    at         INTEGER NOT NULL,
    conclusion TEXT NOT NULL,
    date       TEXT NOT NULL,
    score      INTEGER,
    PRIMARY KEY (project_id, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE approval (
    project_id INTEGER NOT NULL REFERENCES project (id),
    number     INTEGER NOT NULL,
    doc_no     TEXT NOT NULL,
    doc_date   TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme (
    project_id INTEGER NOT NULL REFERENCES project (id),
    round      INTEGER NOT NULL,
    designer   TEXT NOT NULL,
    version    TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, round)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement (
    project_id INTEGER NOT NULL REFERENCES project (id),
    round      INTEGER NOT NULL,
    item       TEXT NOT NULL,
    verdict    TEXT,
    remark     TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    basis      TEXT NOT NULL,
    cite       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, round, item)
) STRICT, WITHOUT ROWID;

-- What an answer said before it was changed or cleared: nothing a reviewer wrote is lost.
CREATE TABLE judgement_history (
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project (id),
    round      INTEGER NOT NULL,
    item       TEXT NOT NULL,
    verdict    TEXT,
    remark     TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    basis      TEXT NOT NULL,
    cite       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX judgement_history_by_item ON judgement_history (project_id, round, item, version);

CREATE TABLE opinion (
    project_id       INTEGER NOT NULL REFERENCES project (id),
    round            INTEGER NOT NULL,
    draft            INTEGER NOT NULL,
    result           TEXT NOT NULL,
    assessed_fen     INTEGER NOT NULL CHECK (assessed_fen >= 0),
    summary          TEXT NOT NULL,
    cut_reason       TEXT NOT NULL,
    ruling           TEXT,
    drafted_by       INTEGER NOT NULL REFERENCES account (id),
    drafted_at       INTEGER NOT NULL,
    checked_by       INTEGER REFERENCES account (id),
    checked_at       INTEGER,
    check_note       TEXT NOT NULL DEFAULT '',
    sent_back_by     INTEGER REFERENCES account (id),
    sent_back_at     INTEGER,
    send_back_reason TEXT NOT NULL DEFAULT '',
    signed_by        INTEGER REFERENCES account (id),
    signed_at        INTEGER,
    doc_no           TEXT,
    doc_date         TEXT,
    PRIMARY KEY (project_id, round, draft),
    -- Three people: the database itself does not believe anything else.
    CHECK (checked_by IS NULL OR checked_by <> drafted_by),
    CHECK (signed_by IS NULL OR (checked_by IS NOT NULL AND signed_by <> drafted_by AND signed_by <> checked_by)),
    CHECK (signed_by IS NULL OR sent_back_by IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER opinion_signed_is_final BEFORE UPDATE ON opinion WHEN OLD.signed_by IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a signed opinion is final');
END;
CREATE TRIGGER opinion_is_kept BEFORE DELETE ON opinion BEGIN
    SELECT RAISE(ABORT, 'an opinion is never deleted');
END;

CREATE TABLE attachment (
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project (id),
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    digest     TEXT NOT NULL,
    bytes      BLOB NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_by_project ON attachment (project_id, id);

-- The chain. canon holds the very bytes that were hashed; the other columns are drawn from them for reading.
CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    canon   BLOB NOT NULL,
    hash    BLOB NOT NULL,
    at      INTEGER NOT NULL,
    account TEXT NOT NULL,
    action  TEXT NOT NULL,
    project TEXT NOT NULL,
    result  TEXT NOT NULL,
    op_id   TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_project ON audit (project, seq) WHERE project <> '';
CREATE INDEX audit_by_time ON audit (at);
CREATE UNIQUE INDEX audit_by_op ON audit (op_id) WHERE result = 'done';

-- What was said, apart from the chain and salted: it could be destroyed and the chain would still verify.
CREATE TABLE audit_detail (
    seq  INTEGER PRIMARY KEY REFERENCES audit (seq),
    salt BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- Also what stops INSERT OR REPLACE, which fires no DELETE trigger unless recursive triggers are on.
CREATE TRIGGER audit_is_gapless BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) BEGIN
    SELECT RAISE(ABORT, 'the audit log has no gaps');
END;
CREATE TRIGGER audit_detail_is_kept BEFORE DELETE ON audit_detail BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_detail_is_final BEFORE UPDATE ON audit_detail BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- Bigrams of names, units and codes, and of their pinyin; the words themselves are not stored twice.
CREATE VIRTUAL TABLE search USING fts5 (han, py, spelling, content = '', contentless_delete = 1, tokenize = "ascii");
