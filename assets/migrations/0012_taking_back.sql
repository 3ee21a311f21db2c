-- What is taken back, and whose a project is while it is reviewed. The holder is the reviewer the scheme was handed to,
-- project.reviewer_id; what was before an act is told by the log.

-- A decision about a finding that takes the one before it back; the finding is open again.
ALTER TABLE disposition ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));

DROP TRIGGER disposition_is_final;
CREATE TRIGGER disposition_is_final BEFORE UPDATE ON disposition
WHEN NEW.reason <> '-' OR NEW.digest <> '' OR NEW.evidence <> x'' OR NEW.project_id <> OLD.project_id
    OR NEW.number <> OLD.number OR NEW.finding <> OLD.finding OR NEW.severity <> OLD.severity
    OR NEW.accepted <> OLD.accepted OR NEW.withdrawn <> OLD.withdrawn OR NEW.account_id <> OLD.account_id
    OR NEW.at <> OLD.at
    OR NOT EXISTS (
        SELECT 1 FROM destruction WHERE project_id = OLD.project_id AND seq = (SELECT max(seq) + 1 FROM audit)
    ) BEGIN
    SELECT RAISE(ABORT, 'a disposition is final');
END;

-- A person's last act, whichever project it was about.
CREATE INDEX audit_by_account ON audit (account, seq) WHERE result = 'done' AND project <> '';
-- What nobody claimed.
CREATE INDEX project_unclaimed ON project (stage, id) WHERE reviewer_id IS NULL;
