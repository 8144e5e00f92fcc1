-- Who works here: the name that stands with every act, what they may (roles, a JSON list; the first
-- is the one they work in) and the argon2id hash of what they sign in with ('': they do not). A row
-- is never removed, so that a name is never somebody else's.
CREATE TABLE person (
    name      TEXT PRIMARY KEY CHECK (name = trim(name) AND name <> ''),
    roles     TEXT NOT NULL,
    password  TEXT NOT NULL,
    failures  INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failed_at TEXT NOT NULL DEFAULT '',
    since     TEXT NOT NULL,
    gone      INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER person_is_not_removed BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'a name is never given twice'); END;
