-- The destruction of content that must not be here 〔第十七条〕, clocks that stand still, changes that wait.

-- When the content was destroyed; what is left is a frozen shell.
ALTER TABLE project ADD COLUMN destroyed_at INTEGER;
-- Working days that were left when the clock of the stage was stopped, below zero those it was late by; due is empty
-- meanwhile.
ALTER TABLE project ADD COLUMN clock_left INTEGER;
-- A change asked for and not yet approved, or taken back again, is a deed that changed nothing.
ALTER TABLE deed ADD COLUMN effective INTEGER NOT NULL DEFAULT 1 CHECK (effective IN (0, 1));

-- seq: the entry of the log that tells of the destruction. It does not exist yet while the content is being destroyed,
-- and the file must not be without it at the commit: so a row opens its project to destruction for the rest of its own
-- transaction and never again.
CREATE TABLE destruction (
    project_id INTEGER PRIMARY KEY REFERENCES project (id),
    seq        INTEGER NOT NULL UNIQUE REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
    at         INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id)
) STRICT;

CREATE TRIGGER destruction_is_of_a_frozen_project BEFORE INSERT ON destruction
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
    OR NOT EXISTS (SELECT 1 FROM project WHERE id = NEW.project_id AND instr(overlays, 'secrecy-frozen') > 0) BEGIN
    SELECT RAISE(ABORT, 'only what is frozen is destroyed, and the log tells of it at once');
END;
CREATE TRIGGER destruction_is_final BEFORE UPDATE ON destruction BEGIN
    SELECT RAISE(ABORT, 'a destruction is final');
END;
CREATE TRIGGER destruction_is_kept BEFORE DELETE ON destruction BEGIN
    SELECT RAISE(ABORT, 'a destruction is never deleted');
END;
CREATE TRIGGER audit_tells_of_the_destruction BEFORE INSERT ON audit
WHEN EXISTS (
    SELECT 1 FROM destruction d JOIN project p ON p.id = d.project_id
    WHERE d.seq = NEW.seq AND (NEW.action <> 'expunge' OR NEW.result <> 'done' OR NEW.project <> p.code)
) BEGIN
    SELECT RAISE(ABORT, 'the log tells of the destruction');
END;

-- What was said about a project goes with its content, and the entry of the import it came with, which names the file.
DROP TRIGGER audit_detail_is_kept;
CREATE TRIGGER audit_detail_is_kept BEFORE DELETE ON audit_detail
WHEN NOT EXISTS (
    SELECT 1 FROM destruction d JOIN project p ON p.id = d.project_id JOIN audit a ON a.seq = OLD.seq
    LEFT JOIN import_run r ON r.id = p.import_id
    WHERE d.seq = (SELECT max(seq) + 1 FROM audit)
    AND (a.project = p.code OR (a.action = 'import' AND a.at = r.at))
) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- A deed stays, emptied: who did what, and when.
DROP TRIGGER deed_is_final;
CREATE TRIGGER deed_is_final BEFORE UPDATE ON deed
WHEN NEW.inputs <> x'' OR NEW.project_id <> OLD.project_id OR NEW.number <> OLD.number OR NEW.action <> OLD.action
    OR NEW.round <> OLD.round OR NEW.at <> OLD.at OR NEW.account_id <> OLD.account_id OR NEW.source <> OLD.source
    OR NEW.effective <> OLD.effective
    OR NOT EXISTS (
        SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
    ) BEGIN
    SELECT RAISE(ABORT, 'a deed is final');
END;

-- So does what was decided about a finding.
DROP TRIGGER disposition_is_final;
CREATE TRIGGER disposition_is_final BEFORE UPDATE ON disposition
WHEN NEW.reason <> '-' OR NEW.digest <> '' OR NEW.evidence <> x'' OR NEW.project_id <> OLD.project_id
    OR NEW.number <> OLD.number OR NEW.finding <> OLD.finding OR NEW.severity <> OLD.severity
    OR NEW.accepted <> OLD.accepted OR NEW.account_id <> OLD.account_id OR NEW.at <> OLD.at
    OR NOT EXISTS (
        SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
    ) BEGIN
    SELECT RAISE(ABORT, 'a disposition is final');
END;

-- So does a signed opinion: its conclusion, its people and its days.
DROP TRIGGER opinion_signed_is_final;
CREATE TRIGGER opinion_signed_is_final BEFORE UPDATE ON opinion
WHEN OLD.signed_by IS NOT NULL AND (
    NEW.summary <> '' OR NEW.cut_reason <> '' OR NEW.ruling IS NOT NULL OR NEW.check_note <> ''
    OR NEW.send_back_reason <> '' OR NEW.doc_no IS NOT NULL OR NEW.assessed_fen <> 0
    OR NEW.project_id <> OLD.project_id OR NEW.round <> OLD.round OR NEW.draft <> OLD.draft
    OR NEW.result <> OLD.result OR NEW.drafted_by <> OLD.drafted_by OR NEW.drafted_at <> OLD.drafted_at
    OR NEW.checked_by <> OLD.checked_by OR NEW.checked_at <> OLD.checked_at OR NEW.sent_back_by IS NOT NULL
    OR NEW.signed_by IS NOT OLD.signed_by OR NEW.signed_at <> OLD.signed_at OR NEW.doc_date IS NOT OLD.doc_date
    OR NOT EXISTS (
        SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
    )
) BEGIN
    SELECT RAISE(ABORT, 'a signed opinion is final');
END;
