-- Readings of what must not be wrong, by people who saw no other reading. look: 'blind', or
-- 'settle' for the third look that decides. A row is never changed.
CREATE TABLE keying (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES case_file (id),
    at         TEXT NOT NULL,
    person     TEXT NOT NULL CHECK (person = trim(person) AND person <> ''),
    look       TEXT NOT NULL CHECK (look IN ('blind', 'settle'))
) STRICT;
CREATE UNIQUE INDEX keying_once ON keying (case_id, person) WHERE look = 'blind';
CREATE INDEX keying_case ON keying (case_id, id);

-- position: from 1; a file of joined appeals has several keys, and so several numbers.
CREATE TABLE keyed (
    keying_id INTEGER NOT NULL REFERENCES keying (id),
    field     TEXT NOT NULL,
    part      TEXT NOT NULL,
    position  INTEGER NOT NULL CHECK (position >= 1),
    value     TEXT NOT NULL,
    PRIMARY KEY (keying_id, field, part, position)
) STRICT, WITHOUT ROWID;

-- How long a person was at a case file, and how many keys it took.
CREATE TABLE effort (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES case_file (id),
    at         TEXT NOT NULL,
    person     TEXT NOT NULL,
    work       TEXT NOT NULL CHECK (work IN ('describe', 'key', 'settle')),
    seconds    REAL NOT NULL CHECK (seconds >= 0),
    keystrokes INTEGER NOT NULL CHECK (keystrokes >= 0)
) STRICT;
CREATE INDEX effort_case ON effort (case_id, person);

CREATE TRIGGER who_keyed_does_not_settle BEFORE INSERT ON keying
WHEN NEW.look = 'settle' AND EXISTS (
    SELECT 1 FROM keying WHERE case_id = NEW.case_id AND person = NEW.person AND look = 'blind')
BEGIN SELECT RAISE(ABORT, 'who keyed a case file does not settle it'); END;
CREATE TRIGGER keying_is_not_changed BEFORE UPDATE ON keying
BEGIN SELECT RAISE(ABORT, 'a keying is never changed'); END;
CREATE TRIGGER keying_is_not_removed BEFORE DELETE ON keying
BEGIN SELECT RAISE(ABORT, 'a keying is never removed'); END;
CREATE TRIGGER keyed_is_not_changed BEFORE UPDATE ON keyed
BEGIN SELECT RAISE(ABORT, 'a keying is never changed'); END;
CREATE TRIGGER keyed_is_not_removed BEFORE DELETE ON keyed
BEGIN SELECT RAISE(ABORT, 'a keying is never removed'); END;
