-- What is known of a case file, a document or a page, field by field. An act says a whole field
-- anew: its newest act counts, none of its values being there means that it is empty. A row is
-- never changed: taking an act back is an act more.
CREATE TABLE field_act (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES case_file (id),
    document_id INTEGER REFERENCES document (id),
    page_id     INTEGER REFERENCES page (id),
    field       TEXT NOT NULL,
    at          TEXT NOT NULL,
    person      TEXT NOT NULL,
    undoes      INTEGER UNIQUE REFERENCES field_act (id),
    CHECK (document_id IS NULL OR page_id IS NULL)
) STRICT;
CREATE INDEX field_act_newest ON field_act (case_id, field, document_id, page_id, id);

-- What an act found machine-made: the page and words that it rests on, the rule and how sure.
-- words: numbers of the page's words, from 0; boxes: [x, y, width, height] of the upright page.
-- stands: 1 while the text it was made from is the text of the case file.
CREATE TABLE proposal (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES case_file (id),
    page_id     INTEGER NOT NULL REFERENCES page (id),
    field       TEXT NOT NULL,
    position    INTEGER NOT NULL CHECK (position >= 1),
    value       TEXT NOT NULL,
    as_written  TEXT NOT NULL,
    probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    rule        TEXT NOT NULL,
    pages       TEXT NOT NULL,
    words       TEXT NOT NULL,
    boxes       TEXT NOT NULL,
    stands      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX proposal_case ON proposal (case_id, field, position);

-- The state of the text from which a case file's proposals were made.
CREATE TABLE proposed (
    case_id   INTEGER PRIMARY KEY REFERENCES case_file (id),
    made_from TEXT NOT NULL
) STRICT;

CREATE TABLE field_value (
    act_id      INTEGER NOT NULL REFERENCES field_act (id),
    position    INTEGER NOT NULL CHECK (position >= 1),
    value       TEXT NOT NULL,
    as_written  TEXT NOT NULL,
    source      TEXT NOT NULL
                CHECK (source IN ('typed', 'proposal', 'case_list', 'carried', 'keyed', 'kept')),
    proposal_id INTEGER REFERENCES proposal (id),
    PRIMARY KEY (act_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX field_value_proposal ON field_value (proposal_id);

-- Why a person lets a complaint of the checks stand: it counts as long as the same rule complains
-- of the same values. A row without a reason takes it back.
CREATE TABLE finding_override (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    finding TEXT NOT NULL,
    rule    TEXT NOT NULL,
    reason  TEXT NOT NULL,
    person  TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;
CREATE INDEX finding_override_case ON finding_override (case_id, finding, id);

CREATE TRIGGER field_act_is_not_changed BEFORE UPDATE ON field_act
BEGIN SELECT RAISE(ABORT, 'what was said of a field is never changed'); END;
CREATE TRIGGER field_act_is_not_removed BEFORE DELETE ON field_act
BEGIN SELECT RAISE(ABORT, 'what was said of a field is never removed'); END;
CREATE TRIGGER field_value_is_not_changed BEFORE UPDATE ON field_value
BEGIN SELECT RAISE(ABORT, 'what was said of a field is never changed'); END;
CREATE TRIGGER field_value_is_not_removed BEFORE DELETE ON field_value
BEGIN SELECT RAISE(ABORT, 'what was said of a field is never removed'); END;
CREATE TRIGGER finding_override_is_not_changed BEFORE UPDATE ON finding_override
BEGIN SELECT RAISE(ABORT, 'a reason is never changed'); END;
CREATE TRIGGER finding_override_is_not_removed BEFORE DELETE ON finding_override
BEGIN SELECT RAISE(ABORT, 'a reason is never removed'); END;
