-- A lot: what came out of the store together, and is accounted for together. Number 118/2026 is
-- number 118 of the year 2026. closed_at: '' while pages may come in.
CREATE TABLE lot (
    id        INTEGER PRIMARY KEY,
    year      INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    number    INTEGER NOT NULL CHECK (number >= 1),
    company   TEXT NOT NULL,
    box       TEXT NOT NULL DEFAULT '',
    shelf     TEXT NOT NULL DEFAULT '',
    note      TEXT NOT NULL DEFAULT '',
    opened_at TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    closed_at TEXT NOT NULL DEFAULT '',
    closed_by TEXT NOT NULL DEFAULT '',
    UNIQUE (year, number)
) STRICT;

-- A case file that is declared to be in a lot, by its number or, an item without one, by its
-- reference. case_id: as soon as it is in the archive.
CREATE TABLE lot_case (
    id            INTEGER PRIMARY KEY,
    lot_id        INTEGER NOT NULL REFERENCES lot (id),
    series        TEXT NOT NULL DEFAULT '',
    number        INTEGER NOT NULL DEFAULT 0,
    judicial_year INTEGER NOT NULL DEFAULT 0,
    reference     TEXT NOT NULL,
    case_id       INTEGER REFERENCES case_file (id),
    UNIQUE (lot_id, series, reference)
) STRICT;
CREATE INDEX lot_case_case ON lot_case (case_id);
CREATE INDEX lot_case_key ON lot_case (number, judicial_year) WHERE case_id IS NULL;
CREATE UNIQUE INDEX lot_case_once ON lot_case (lot_id, case_id) WHERE case_id IS NOT NULL;

-- How much paper was counted. faces: how many images it must give, blank backs among them. The
-- newest row counts; none is ever changed. No sheets: the case file is not in the lot after all.
CREATE TABLE declaration (
    id          INTEGER PRIMARY KEY,
    lot_case_id INTEGER NOT NULL REFERENCES lot_case (id),
    at          TEXT NOT NULL,
    person      TEXT NOT NULL,
    sheets      INTEGER NOT NULL CHECK (sheets >= 0),
    faces       INTEGER NOT NULL CHECK (faces BETWEEN sheets AND 2 * sheets),
    reason      TEXT NOT NULL
) STRICT;
CREATE INDEX declaration_case ON declaration (lot_case_id, id);
CREATE TRIGGER declaration_is_not_changed BEFORE UPDATE ON declaration
BEGIN SELECT RAISE(ABORT, 'a declaration is never changed'); END;
CREATE TRIGGER declaration_is_not_removed BEFORE DELETE ON declaration
BEGIN SELECT RAISE(ABORT, 'a declaration is never removed'); END;

-- A declared case file is known from the moment it is begun, however it comes in.
CREATE TRIGGER declared_case_begun AFTER INSERT ON case_key WHEN NEW.position = 1
BEGIN
    UPDATE lot_case SET case_id = NEW.case_id WHERE case_id IS NULL AND series = NEW.series
        AND number = NEW.number AND judicial_year = NEW.judicial_year AND NOT EXISTS
        (SELECT 1 FROM lot_case o WHERE o.lot_id = lot_case.lot_id AND o.case_id = NEW.case_id);
END;
CREATE TRIGGER declared_item_begun AFTER INSERT ON case_file WHEN NEW.profile <> 'case_file'
BEGIN
    UPDATE lot_case SET case_id = NEW.id
        WHERE case_id IS NULL AND series = '' AND reference = NEW.reference;
END;

-- What stood between the papers: a slip that begins a case file or document, a patch sheet, the
-- back of either, or one that was seen and not understood. All but the last are kept here and are no
-- page of any case file; the last stays a page, too, until a person settles what it is. stream: what
-- came in one after the other, a folder or a sitting at the scanner; its newest row says where its
-- pages go. behind: the unreadable one after which a patch sheet came.
CREATE TABLE separator (
    id            INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,
    person        TEXT NOT NULL,
    stream        TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('slip', 'patch', 'back', 'unreadable')),
    payload       TEXT NOT NULL,
    why           TEXT NOT NULL DEFAULT '',
    lot_id        INTEGER REFERENCES lot (id),
    case_id       INTEGER REFERENCES case_file (id),
    document_id   INTEGER REFERENCES document (id),
    page_id       INTEGER REFERENCES page (id),
    behind        INTEGER REFERENCES separator (id),
    master        TEXT NOT NULL REFERENCES blob (key),
    access        TEXT NOT NULL REFERENCES blob (key),
    thumbnail     TEXT NOT NULL REFERENCES blob (key),
    source_name   TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    source_page   INTEGER NOT NULL,
    settled_at    TEXT NOT NULL DEFAULT '',
    settled_by    TEXT NOT NULL DEFAULT '',
    settled_as    TEXT NOT NULL DEFAULT '',
    CHECK ((kind = 'unreadable') = (page_id IS NOT NULL))
) STRICT;
CREATE INDEX separator_stream ON separator (stream, id);
CREATE INDEX separator_case ON separator (case_id, kind);

-- separator_id: the slip before it in its stream.
ALTER TABLE page ADD COLUMN lot_id INTEGER REFERENCES lot (id);
ALTER TABLE page ADD COLUMN separator_id INTEGER REFERENCES separator (id);
CREATE INDEX page_lot ON page (lot_id) WHERE lot_id IS NOT NULL;

-- A page belongs to the open lot that declares its case file, else to that of the pages before it.
CREATE TRIGGER page_joins_its_lot AFTER INSERT ON page WHEN NEW.lot_id IS NULL
BEGIN
    UPDATE page SET lot_id = coalesce(
        (SELECT max(c.lot_id) FROM lot_case c JOIN lot l ON l.id = c.lot_id
            WHERE c.case_id = NEW.case_id AND l.closed_at = '' HAVING count(*) = 1),
        (SELECT p.lot_id FROM page p WHERE p.case_id = NEW.case_id AND p.lot_id IS NOT NULL
            ORDER BY p.id DESC LIMIT 1))
    WHERE id = NEW.id;
END;
