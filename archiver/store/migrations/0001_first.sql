-- A case file is docket series + appeal number + judicial year; a joined file has several keys,
-- the first its own. A heritage item may have none and is known by its reference.
CREATE TABLE case_file (
    id          INTEGER PRIMARY KEY,
    uid         TEXT NOT NULL UNIQUE,
    profile     TEXT NOT NULL,
    reference   TEXT NOT NULL,
    title       TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'rejected', 'accepted', 'sealed')),
    access      TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX item_reference ON case_file (reference) WHERE profile <> 'case_file';

CREATE TABLE case_key (
    case_id       INTEGER NOT NULL REFERENCES case_file (id),
    position      INTEGER NOT NULL CHECK (position >= 1),
    series        TEXT NOT NULL,
    number        INTEGER NOT NULL CHECK (number BETWEEN 1 AND 199999),
    judicial_year INTEGER NOT NULL CHECK (judicial_year >= 1),
    PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX own_key ON case_key (series, number, judicial_year) WHERE position = 1;
CREATE INDEX any_key ON case_key (number, judicial_year);

CREATE TABLE document (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES case_file (id),
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    title    TEXT NOT NULL,
    UNIQUE (case_id, position)
) STRICT;

CREATE TABLE blob (
    key        TEXT PRIMARY KEY CHECK (length(key) = 64),
    size       INTEGER NOT NULL,
    media_type TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was imported, so that the same file is not taken twice into one case file.
CREATE TABLE source_file (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    sha256  TEXT NOT NULL,
    name    TEXT NOT NULL,
    pages   INTEGER NOT NULL,
    UNIQUE (case_id, sha256)
) STRICT;

CREATE TABLE page (
    id          INTEGER PRIMARY KEY,
    uid         TEXT NOT NULL UNIQUE,
    case_id     INTEGER NOT NULL REFERENCES case_file (id),
    document_id INTEGER NOT NULL REFERENCES document (id),
    position    INTEGER NOT NULL,
    master      TEXT NOT NULL REFERENCES blob (key),
    access      TEXT NOT NULL REFERENCES blob (key),
    thumbnail   TEXT NOT NULL REFERENCES blob (key),
    width_px    INTEGER NOT NULL,
    height_px   INTEGER NOT NULL,
    dpi         INTEGER NOT NULL,
    source_id   INTEGER NOT NULL REFERENCES source_file (id),
    source_page INTEGER NOT NULL,
    language    TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'failed')),
    hint_deg    INTEGER NOT NULL DEFAULT 0 CHECK (hint_deg IN (0, 90, 180, 270)),
    turn_deg    INTEGER NOT NULL DEFAULT 0 CHECK (turn_deg IN (0, 90, 180, 270)),
    blank       INTEGER NOT NULL DEFAULT 0,
    confidence  REAL NOT NULL DEFAULT 0,
    stage_key   TEXT NOT NULL DEFAULT '',
    alto        TEXT NOT NULL DEFAULT '',
    text        TEXT NOT NULL DEFAULT '',
    recipe      TEXT NOT NULL DEFAULT '[]',
    error_code  TEXT NOT NULL DEFAULT '',
    error_facts TEXT NOT NULL DEFAULT '{}',
    indexed     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (case_id, position)
) STRICT;
CREATE INDEX page_waiting ON page (state, id);
CREATE INDEX page_unindexed ON page (id) WHERE indexed = 0;
CREATE INDEX page_document ON page (document_id, position);

-- The result of a stage, known by hash(input, parameters, version): computed once.
CREATE TABLE reading (
    stage_key  TEXT PRIMARY KEY,
    alto       TEXT NOT NULL REFERENCES blob (key),
    text       TEXT NOT NULL,
    turn_deg   INTEGER NOT NULL,
    blank      INTEGER NOT NULL,
    confidence REAL NOT NULL,
    recipe     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seal (
    id              INTEGER PRIMARY KEY,
    case_id         INTEGER NOT NULL REFERENCES case_file (id),
    version         INTEGER NOT NULL,
    name            TEXT NOT NULL UNIQUE,
    size            INTEGER NOT NULL,
    sha256          TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    files           TEXT NOT NULL,
    signature       TEXT NOT NULL,
    key_id          TEXT NOT NULL,
    sealed_at       TEXT NOT NULL,
    sealed_by       TEXT NOT NULL,
    UNIQUE (case_id, version)
) STRICT;

CREATE TABLE delivery (
    id          INTEGER PRIMARY KEY,
    seal_id     INTEGER NOT NULL REFERENCES seal (id),
    target      TEXT NOT NULL,
    state       TEXT NOT NULL
                CHECK (state IN ('sealed', 'sending', 'stored', 'receipted', 'refused', 'held')),
    error_code  TEXT NOT NULL DEFAULT '',
    error_facts TEXT NOT NULL DEFAULT '{}',
    updated_at  TEXT NOT NULL,
    receipt     TEXT NOT NULL DEFAULT '',
    UNIQUE (seal_id, target)
) STRICT;

-- The audit log: each row's hash covers the row before it.
CREATE TABLE event (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    person   TEXT NOT NULL,
    role     TEXT NOT NULL,
    station  TEXT NOT NULL,
    company  TEXT NOT NULL,
    verb     TEXT NOT NULL,
    case_id  INTEGER REFERENCES case_file (id),
    page_id  INTEGER REFERENCES page (id),
    detail   TEXT NOT NULL,
    hash     TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX event_case ON event (case_id, seq);
