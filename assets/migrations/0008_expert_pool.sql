-- The expert pool: when an expert cannot come, and which account the expert holds.

-- Days, both included.
CREATE TABLE expert_absence (
    expert_id INTEGER NOT NULL REFERENCES expert (id),
    line      INTEGER NOT NULL,
    since     TEXT NOT NULL,
    until     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (expert_id, line),
    CHECK (since <= until)
) STRICT, WITHOUT ROWID;

-- An expert may be a person of the Centre or of a unit. Whoever must stay away as an expert stays away as an account.
ALTER TABLE expert ADD COLUMN account_id INTEGER REFERENCES account (id);
CREATE UNIQUE INDEX expert_by_account ON expert (account_id) WHERE account_id IS NOT NULL;

-- The day of the meeting a draw was made for; NULL where it was not known yet.
ALTER TABLE panel_draw ADD COLUMN meets_on TEXT;
