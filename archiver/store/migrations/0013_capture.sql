-- One feed of a scanner. name: of its folder in the spool. ending: '' while pages may come or wait,
-- 'done', 'stopped', 'interrupted', or the code of the error that ended it.
CREATE TABLE capture_session (
    name       TEXT PRIMARY KEY,
    started_at TEXT NOT NULL,
    person     TEXT NOT NULL,
    device     TEXT NOT NULL,
    settings   TEXT NOT NULL,
    ending     TEXT NOT NULL DEFAULT '',
    ended_at   TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Every image a scanner handed over, once. page_id is NULL where it is no page of a case file but a
-- separator. delivered: SHA-256 of the file as the scanner gave it; the page's master may since be
-- a smaller file with the same pixels.
CREATE TABLE captured (
    session   TEXT NOT NULL REFERENCES capture_session (name),
    number    INTEGER NOT NULL CHECK (number >= 1),
    page_id   INTEGER REFERENCES page (id),
    sheet     INTEGER NOT NULL,
    face      TEXT NOT NULL CHECK (face IN ('front', 'back')),
    delivered TEXT NOT NULL,
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX captured_page ON captured (page_id);
