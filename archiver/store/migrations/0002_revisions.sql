-- What people said of the words of a page. A row is never changed: taking one back is a row more.
-- line and word say where it stood (from 1; no word: the whole line, or a part of the page);
-- the box, in pixels of the upright page, says where it belongs on any other reading.
CREATE TABLE revision (
    id       INTEGER PRIMARY KEY,
    page_id  INTEGER NOT NULL REFERENCES page (id),
    at       TEXT NOT NULL,
    person   TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('text', 'accept', 'illegible', 'reread', 'undo')),
    line     INTEGER NOT NULL CHECK (line >= 1),
    word     INTEGER CHECK (word >= 1),
    x        INTEGER NOT NULL,
    y        INTEGER NOT NULL,
    width    INTEGER NOT NULL CHECK (width >= 1),
    height   INTEGER NOT NULL CHECK (height >= 1),
    turn_deg INTEGER NOT NULL CHECK (turn_deg IN (0, 90, 180, 270)),
    before   TEXT NOT NULL,
    after    TEXT NOT NULL,
    reading  TEXT REFERENCES blob (key),
    undoes   INTEGER UNIQUE REFERENCES revision (id),
    CHECK ((kind = 'reread') = (reading IS NOT NULL)),
    CHECK ((kind = 'undo') = (undoes IS NOT NULL))
) STRICT;
CREATE INDEX revision_page ON revision (page_id, id);

CREATE TRIGGER revision_is_not_changed BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER revision_is_not_removed BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision is never removed'); END;

-- How many corrections of a page found no words to belong to when it was last read.
ALTER TABLE page ADD COLUMN loose INTEGER NOT NULL DEFAULT 0;
