-- Which index answers, by its number, and which one is being made to take its place.
-- page.indexed is the number of the newest index that has the page as it is: below `live`, it
-- waits to be indexed; at `building`, the new one has it, too.
CREATE TABLE search_index (
    one             INTEGER PRIMARY KEY CHECK (one = 1),
    live            INTEGER NOT NULL,
    engine          TEXT NOT NULL,
    building        INTEGER NOT NULL DEFAULT 0,
    building_engine TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO search_index (one, live, engine) VALUES (1, 1, '');
DROP INDEX page_unindexed;
CREATE INDEX page_indexed ON page (indexed, id);

-- Whatever a page is found by: where it changes, the page waits to be indexed.
CREATE TRIGGER case_file_is_found_anew AFTER UPDATE OF title, access, state ON case_file
WHEN OLD.title <> NEW.title OR OLD.access <> NEW.access
  OR (OLD.state IN ('accepted', 'sealed')) <> (NEW.state IN ('accepted', 'sealed'))
BEGIN UPDATE page SET indexed = 0 WHERE case_id = NEW.id AND indexed > 0; END;
CREATE TRIGGER case_key_is_found_anew AFTER INSERT ON case_key
BEGIN UPDATE page SET indexed = 0 WHERE case_id = NEW.case_id AND indexed > 0; END;
CREATE TRIGGER case_key_is_found_no_more AFTER DELETE ON case_key
BEGIN UPDATE page SET indexed = 0 WHERE case_id = OLD.case_id AND indexed > 0; END;
CREATE TRIGGER document_is_found_anew AFTER UPDATE OF kind, title ON document
WHEN OLD.kind <> NEW.kind OR OLD.title <> NEW.title
BEGIN UPDATE page SET indexed = 0 WHERE document_id = NEW.id AND indexed > 0; END;
CREATE TRIGGER page_is_found_anew AFTER UPDATE OF document_id, position ON page
WHEN OLD.document_id <> NEW.document_id OR OLD.position <> NEW.position
BEGIN UPDATE page SET indexed = 0 WHERE id = NEW.id; END;
CREATE TRIGGER field_is_found_anew AFTER INSERT ON field_act
BEGIN UPDATE page SET indexed = 0 WHERE case_id = NEW.case_id AND indexed > 0; END;

-- A search that a person keeps, in the words of our own query language.
CREATE TABLE saved_search (
    id       INTEGER PRIMARY KEY,
    person   TEXT NOT NULL,
    name     TEXT NOT NULL,
    query    TEXT NOT NULL,
    sort     TEXT NOT NULL,
    exact    INTEGER NOT NULL CHECK (exact IN (0, 1)),
    saved_at TEXT NOT NULL,
    UNIQUE (person, name)
) STRICT;
