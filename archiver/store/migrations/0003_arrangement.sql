-- What a document is beside its kind and title. A document that was taken out of its case file
-- (merged into another) keeps its row under the position -id, so that an undo brings it back.
ALTER TABLE document ADD COLUMN date TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN copy TEXT NOT NULL DEFAULT ''
    CHECK (copy IN ('', 'original', 'certified_copy', 'copy'));
ALTER TABLE document ADD COLUMN folios TEXT NOT NULL DEFAULT '';

-- said_blank: what a person said, whatever a reader finds later; no word: what the reader found.
ALTER TABLE page ADD COLUMN side TEXT NOT NULL DEFAULT '' CHECK (side IN ('', 'recto', 'verso'));
ALTER TABLE page ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE page ADD COLUMN said_blank INTEGER CHECK (said_blank IN (0, 1));

-- How people arranged a case file: what changed, as it was and as it is (JSON). A row is never
-- changed: taking one back is a row more.
CREATE TABLE arrangement (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    at      TEXT NOT NULL,
    person  TEXT NOT NULL,
    act     TEXT NOT NULL,
    before  TEXT NOT NULL,
    after   TEXT NOT NULL,
    undoes  INTEGER UNIQUE REFERENCES arrangement (id),
    CHECK ((act = 'undo') = (undoes IS NOT NULL))
) STRICT;
CREATE INDEX arrangement_case ON arrangement (case_id, id);

CREATE TRIGGER arrangement_is_not_changed BEFORE UPDATE ON arrangement
BEGIN SELECT RAISE(ABORT, 'an arrangement is never changed'); END;
CREATE TRIGGER arrangement_is_not_removed BEFORE DELETE ON arrangement
BEGIN SELECT RAISE(ABORT, 'an arrangement is never removed'); END;
