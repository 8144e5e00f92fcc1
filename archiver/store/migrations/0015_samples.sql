-- A lot is checked by a sample: images drawn by a seed, and all that something complains of.
-- images: how many the lot had then. outcome: '' while a checker is at it.
CREATE TABLE sample (
    id       INTEGER PRIMARY KEY,
    lot_id   INTEGER NOT NULL REFERENCES lot (id),
    seed     TEXT NOT NULL,
    images   INTEGER NOT NULL CHECK (images >= 1),
    at       TEXT NOT NULL,
    person   TEXT NOT NULL,
    outcome  TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'passed', 'failed')),
    ended_at TEXT NOT NULL DEFAULT '',
    ended_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX sample_open ON sample (lot_id) WHERE outcome = '';

CREATE TABLE sample_page (
    sample_id INTEGER NOT NULL REFERENCES sample (id),
    number    INTEGER NOT NULL CHECK (number >= 1),
    page_id   INTEGER NOT NULL REFERENCES page (id),
    why       TEXT NOT NULL CHECK (why IN ('drawn', 'flagged')),
    PRIMARY KEY (sample_id, number),
    UNIQUE (sample_id, page_id)
) STRICT, WITHOUT ROWID;

-- What a checker said of an image; the newest counts. defect: '' it is good, else why it is not.
CREATE TABLE sample_verdict (
    id        INTEGER PRIMARY KEY,
    sample_id INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    at        TEXT NOT NULL,
    person    TEXT NOT NULL,
    defect    TEXT NOT NULL,
    FOREIGN KEY (sample_id, number) REFERENCES sample_page (sample_id, number)
) STRICT;
CREATE INDEX sample_verdict_newest ON sample_verdict (sample_id, number, id);

CREATE TRIGGER verdict_is_not_changed BEFORE UPDATE ON sample_verdict
BEGIN SELECT RAISE(ABORT, 'a verdict is never changed'); END;
CREATE TRIGGER verdict_is_not_removed BEFORE DELETE ON sample_verdict
BEGIN SELECT RAISE(ABORT, 'a verdict is never removed'); END;
CREATE TRIGGER sample_is_not_redrawn BEFORE UPDATE ON sample_page
BEGIN SELECT RAISE(ABORT, 'a sample is never drawn anew'); END;
