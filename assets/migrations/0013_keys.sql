-- The keys with which people come in over SSH. A key is proposed by one person and put into force by another; neither
-- that nor its end is ever taken back, and nothing else of it changes.
CREATE TABLE account_key (
    id           INTEGER PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES account (id),
    kind         TEXT NOT NULL,
    blob         TEXT NOT NULL,
    fingerprint  TEXT NOT NULL CHECK (fingerprint LIKE 'SHA256:%' AND length(fingerprint) = 50),
    comment      TEXT NOT NULL,
    added_by     INTEGER NOT NULL REFERENCES account (id),
    added_at     INTEGER NOT NULL,
    activated_by INTEGER REFERENCES account (id),
    activated_at INTEGER,
    revoked_by   INTEGER REFERENCES account (id),
    revoked_at   INTEGER,
    CHECK ((activated_by IS NULL) = (activated_at IS NULL)),
    CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
    CHECK (activated_by IS NULL OR activated_by <> added_by)
) STRICT;
CREATE INDEX account_key_by_account ON account_key (account_id, id);
-- A key that may come into force tells one person from all others.
CREATE UNIQUE INDEX account_key_is_of_one ON account_key (fingerprint) WHERE revoked_at IS NULL;

CREATE TRIGGER account_key_is_proposed_first BEFORE INSERT ON account_key
WHEN NEW.activated_at IS NOT NULL OR NEW.revoked_at IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a key is proposed first');
END;
CREATE TRIGGER account_key_is_final BEFORE UPDATE ON account_key
WHEN OLD.revoked_at IS NOT NULL
    OR OLD.activated_at IS NOT NULL AND (NEW.activated_at IS NOT OLD.activated_at OR NEW.activated_by IS NOT OLD.activated_by)
    OR NEW.id <> OLD.id OR NEW.account_id <> OLD.account_id OR NEW.kind <> OLD.kind OR NEW.blob <> OLD.blob
    OR NEW.fingerprint <> OLD.fingerprint OR NEW.comment <> OLD.comment
    OR NEW.added_by <> OLD.added_by OR NEW.added_at <> OLD.added_at BEGIN
    SELECT RAISE(ABORT, 'of a key only that it came into force and that it was revoked is added, once');
END;
CREATE TRIGGER account_key_is_kept BEFORE DELETE ON account_key BEGIN
    SELECT RAISE(ABORT, 'a key is never deleted');
END;

-- Where many people work in one database, each of the three administrators does nothing else (三员分立).
CREATE TRIGGER administrators_stand_alone BEFORE INSERT ON account_role
WHEN (SELECT value FROM meta WHERE key = 'mode') = 'shared'
    AND EXISTS (
        SELECT 1 FROM account_role r WHERE r.account_id = NEW.account_id AND r.role <> NEW.role
        AND (r.role IN ('sysadmin', 'secadmin', 'auditor') OR NEW.role IN ('sysadmin', 'secadmin', 'auditor'))
    ) BEGIN
    SELECT RAISE(ABORT, 'an administrator holds no other role');
END;
