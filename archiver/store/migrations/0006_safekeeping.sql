-- The seal's signed statement as it stands in the package: it outlives the local copy.
CREATE TABLE seal_statement (
    seal_id   INTEGER PRIMARY KEY REFERENCES seal (id),
    statement TEXT NOT NULL
) STRICT;

-- What was removed here after a receipt of the centre's: masters, and whole packages.
CREATE TABLE purged_blob (
    key     TEXT PRIMARY KEY REFERENCES blob (key),
    seal_id INTEGER NOT NULL REFERENCES seal (id),
    at      TEXT NOT NULL,
    person  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE purged_seal (
    seal_id INTEGER PRIMARY KEY REFERENCES seal (id),
    at      TEXT NOT NULL,
    person  TEXT NOT NULL
) STRICT;

-- What takes two people: one proposes, another settles it.
CREATE TABLE agreement (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    facts       TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    outcome     TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'confirmed', 'withdrawn')),
    settled_by  TEXT NOT NULL DEFAULT '',
    settled_at  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX open_agreement ON agreement (kind, subject) WHERE outcome = '';

-- Packages of other stations that were taken into this archive.
CREATE TABLE taken_in (
    package TEXT PRIMARY KEY,
    sha256  TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    version INTEGER NOT NULL,
    station TEXT NOT NULL,
    key_id  TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
