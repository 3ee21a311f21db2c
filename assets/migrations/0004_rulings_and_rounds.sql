-- The register of interpretations (解释口径) and the rounds of every project: which rules each one follows, and that an
-- earlier one stays what it was.

-- question: the number of the policy's open question, where the ruling answers one; text: the question in words.
-- articles: numbers with blanks between them. settings: names and values, each with its length before it, as the log
-- writes its details. policy_id: the dated edition the ruling brought about, where it changes a setting.
CREATE TABLE ruling (
    number         INTEGER PRIMARY KEY,
    question       INTEGER,
    text           TEXT NOT NULL,
    answer         TEXT NOT NULL,
    articles       TEXT NOT NULL,
    doc_no         TEXT NOT NULL,
    doc_date       TEXT NOT NULL,
    signer         TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    settings       BLOB NOT NULL,
    policy_id      TEXT REFERENCES policy (id),
    account_id     INTEGER NOT NULL REFERENCES account (id),
    at             INTEGER NOT NULL
) STRICT;

CREATE TRIGGER ruling_is_final BEFORE UPDATE ON ruling BEGIN
    SELECT RAISE(ABORT, 'a ruling is final');
END;
CREATE TRIGGER ruling_is_kept BEFORE DELETE ON ruling BEGIN
    SELECT RAISE(ABORT, 'a ruling is never deleted');
END;
-- Also what stops INSERT OR REPLACE, which fires no DELETE trigger unless recursive triggers are on.
CREATE TRIGGER ruling_is_next BEFORE INSERT ON ruling
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM ruling) BEGIN
    SELECT RAISE(ABORT, 'rulings have no gaps');
END;

-- What projects were judged by must stay readable as it was.
CREATE TRIGGER policy_is_final BEFORE UPDATE ON policy BEGIN
    SELECT RAISE(ABORT, 'an installed policy is final');
END;
CREATE TRIGGER policy_is_kept BEFORE DELETE ON policy BEGIN
    SELECT RAISE(ABORT, 'an installed policy is never deleted');
END;
-- How many projects run under each edition is counted in the index alone.
CREATE INDEX project_by_policy ON project (policy_id, stage);

-- opened_at: the moment whose rules the round follows; a paper form counts from the day it arrived.
CREATE TABLE round (
    project_id INTEGER NOT NULL REFERENCES project (id),
    kind       TEXT NOT NULL CHECK (kind IN ('plan', 'review')),
    number     INTEGER NOT NULL CHECK (number > 0),
    policy_id  TEXT NOT NULL REFERENCES policy (id),
    opened_at  INTEGER NOT NULL,
    PRIMARY KEY (project_id, kind, number)
) STRICT, WITHOUT ROWID;

-- Plan rounds of before: each submission in the log, numbered by how often the plan had been returned until then.
INSERT OR IGNORE INTO round (project_id, kind, number, policy_id, opened_at)
SELECT found.id, 'plan', found.number,
    coalesce((SELECT h.policy_id FROM route_history h WHERE h.project_id = found.id AND h.at <= found.at
              ORDER BY h.version DESC LIMIT 1), found.policy_id),
    CASE WHEN found.number = 1 THEN coalesce(found.received_at, found.at) ELSE found.at END
FROM (SELECT p.id, p.policy_id, p.received_at, a.at, a.seq,
        1 + (SELECT count(*) FROM audit d WHERE d.project = p.code AND d.action = 'decline' AND d.result = 'done'
             AND d.seq < a.seq)
          + (SELECT count(*) FROM vote v JOIN account w ON w.id = v.account_id
             WHERE v.project_id = p.id AND v.result = 'return' AND EXISTS (
                 SELECT 1 FROM audit c WHERE c.project = p.code AND c.action = 'vote' AND c.result = 'done'
                 AND c.account = w.code AND c.at = v.at AND c.seq < a.seq)) AS number
      FROM audit a JOIN project p ON p.code = a.project
      WHERE a.action IN ('submit', 'endorse') AND a.result = 'done') found
ORDER BY found.id, found.seq;

-- Review rounds of before: a second review begins with its scheme, the round of a void opinion with the change.
INSERT OR IGNORE INTO round (project_id, kind, number, policy_id, opened_at)
SELECT found.id, 'review', found.number,
    coalesce((SELECT h.policy_id FROM route_history h WHERE h.project_id = found.id AND h.at <= found.at
              ORDER BY h.version DESC LIMIT 1), found.policy_id),
    found.at
FROM (SELECT p.id, p.policy_id, d.round + 1 AS number, max(d.at) AS at
      FROM deed d JOIN project p ON p.id = d.project_id
      WHERE d.action = 'change' AND d.round < p.round AND NOT EXISTS (
          SELECT 1 FROM opinion o WHERE o.project_id = p.id AND o.round = d.round AND o.result = 'fail'
          AND o.signed_by IS NOT NULL)
      GROUP BY p.id, d.round
      UNION ALL
      SELECT p.id, p.policy_id, s.round, s.at FROM scheme s JOIN project p ON p.id = s.project_id
      UNION ALL
      SELECT p.id, p.policy_id, p.round, p.updated_at FROM project p WHERE p.round > 1) found;

CREATE TRIGGER round_is_final BEFORE UPDATE ON round BEGIN
    SELECT RAISE(ABORT, 'an opened round is final');
END;
CREATE TRIGGER round_is_kept BEFORE DELETE ON round BEGIN
    SELECT RAISE(ABORT, 'a round is never deleted');
END;

-- Earlier rounds are frozen. Only while a project is frozen for secrecy may what they say be destroyed 〔第十七条〕.
CREATE TRIGGER judgement_joins_the_running_round BEFORE INSERT ON judgement
WHEN NEW.round <> (SELECT round FROM project WHERE id = NEW.project_id) BEGIN
    SELECT RAISE(ABORT, 'an earlier round is frozen');
END;
CREATE TRIGGER judgement_of_an_earlier_round_is_final BEFORE UPDATE ON judgement
WHEN NEW.project_id <> OLD.project_id OR NEW.round <> OLD.round OR OLD.round <> (
    SELECT round FROM project WHERE id = OLD.project_id AND instr(overlays, 'secrecy-frozen') = 0
) BEGIN
    SELECT RAISE(ABORT, 'an earlier round is frozen');
END;
CREATE TRIGGER judgement_of_an_earlier_round_is_kept BEFORE DELETE ON judgement
WHEN OLD.round <> (SELECT round FROM project WHERE id = OLD.project_id AND instr(overlays, 'secrecy-frozen') = 0) BEGIN
    SELECT RAISE(ABORT, 'an earlier round is frozen');
END;
CREATE TRIGGER opinion_joins_the_running_round BEFORE INSERT ON opinion
WHEN NEW.round <> (SELECT round FROM project WHERE id = NEW.project_id) BEGIN
    SELECT RAISE(ABORT, 'an earlier round is frozen');
END;
CREATE TRIGGER opinion_of_an_earlier_round_is_final BEFORE UPDATE ON opinion
WHEN NEW.round <> OLD.round OR OLD.round <> (
    SELECT round FROM project WHERE id = OLD.project_id AND instr(overlays, 'secrecy-frozen') = 0
) BEGIN
    SELECT RAISE(ABORT, 'an earlier round is frozen');
END;
CREATE TRIGGER scheme_joins_the_running_round BEFORE INSERT ON scheme
WHEN NEW.round <> (SELECT round FROM project WHERE id = NEW.project_id) BEGIN
    SELECT RAISE(ABORT, 'an earlier round is frozen');
END;
CREATE TRIGGER scheme_is_final BEFORE UPDATE ON scheme
WHEN EXISTS (SELECT 1 FROM project WHERE id = OLD.project_id AND instr(overlays, 'secrecy-frozen') = 0) BEGIN
    SELECT RAISE(ABORT, 'a scheme handed in is final');
END;
CREATE TRIGGER vote_joins_the_running_round BEFORE INSERT ON vote
WHEN NEW.plan_round <> (SELECT plan_round FROM project WHERE id = NEW.project_id) BEGIN
    SELECT RAISE(ABORT, 'an earlier round is frozen');
END;
CREATE TRIGGER vote_is_final BEFORE UPDATE ON vote
WHEN EXISTS (SELECT 1 FROM project WHERE id = OLD.project_id AND instr(overlays, 'secrecy-frozen') = 0) BEGIN
    SELECT RAISE(ABORT, 'a vote is final');
END;
CREATE TRIGGER vote_is_kept BEFORE DELETE ON vote BEGIN
    SELECT RAISE(ABORT, 'a vote is never deleted');
END;
CREATE TRIGGER government_decision_is_final BEFORE UPDATE ON government_decision
WHEN EXISTS (SELECT 1 FROM project WHERE id = OLD.project_id AND instr(overlays, 'secrecy-frozen') = 0) BEGIN
    SELECT RAISE(ABORT, 'a decision is final');
END;
CREATE TRIGGER government_decision_is_kept BEFORE DELETE ON government_decision BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted');
END;
