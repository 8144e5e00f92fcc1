-- aside: why a page is out of the numbering; its position is -id then. It is kept, with the reason.
-- unplaced: it came for a place that it does not have (any more).
-- instead_of: the page whose place this one took: of a new image the old one, of a half its whole.
-- cut: the part of the master that is this page, "x y width height" in pixels as delivered; '' all.
-- said_turn: what a person said, whatever a reader finds later. accepted: what the checks found
-- and a person let stand, a JSON list of their names.
ALTER TABLE page ADD COLUMN aside TEXT NOT NULL DEFAULT ''
    CHECK (aside IN ('', 'rejected', 'replaced', 'split', 'joined', 'unplaced'));
ALTER TABLE page ADD COLUMN aside_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN instead_of INTEGER REFERENCES page (id) ON DELETE SET NULL;
ALTER TABLE page ADD COLUMN cut TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN said_turn INTEGER CHECK (said_turn IN (0, 90, 180, 270));
ALTER TABLE page ADD COLUMN accepted TEXT NOT NULL DEFAULT '[]';
ALTER TABLE page ADD COLUMN accepted_reason TEXT NOT NULL DEFAULT '';

-- 1: the search index may still have this page, which left the numbering.
ALTER TABLE page ADD COLUMN leaves_index INTEGER NOT NULL DEFAULT 0 CHECK (leaves_index IN (0, 1));
CREATE INDEX page_leaving ON page (id) WHERE leaves_index = 1;
CREATE TRIGGER page_leaves_the_index AFTER UPDATE OF aside ON page
WHEN (OLD.aside = '') <> (NEW.aside = '')
BEGIN UPDATE page SET indexed = 0, leaves_index = (NEW.aside <> '') WHERE id = NEW.id; END;

-- What was measured on the picture of a page (JSON: name -> figure), by which version of the
-- measures. Whether it is good enough follows from the site's settings.
CREATE TABLE page_check (
    page_id INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    figures TEXT NOT NULL
) STRICT;
