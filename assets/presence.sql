-- Who is where right now. A file of its own beside the database, thrown away and made anew whenever anything about it
-- is not as it should be: losing it costs half a minute of knowing who else is there. Nothing of the business is in it.

CREATE TABLE whereabouts (
    -- The running program, by a number made at random when it starts.
    terminal TEXT NOT NULL PRIMARY KEY,
    account  TEXT NOT NULL,
    -- The person's name, so that nobody has to ask the database for it.
    name     TEXT NOT NULL,
    -- The kind of place and which one of its kind: project and its code, meeting and its number.
    what     TEXT NOT NULL,
    place    TEXT NOT NULL,
    -- Where within the place, in the words of the screen that wrote it.
    pointer  TEXT NOT NULL,
    -- Which start of the machine the clock below counts from. Rows of an earlier one are nobody's any more.
    boot     TEXT NOT NULL,
    -- The last sign of life and the last key, in milliseconds since that start, the machine's sleep included. The clock
    -- on the wall may be set back or forward; a person is not gone because of it.
    seen     INTEGER NOT NULL,
    last_key INTEGER NOT NULL,
    -- Since when the person is at this place, in milliseconds since 1970; only to be shown.
    since    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX whereabouts_place ON whereabouts (what, place);
