-- Case lists from the court's own system, as they came. position: the place among the taken rows;
-- fields: field id -> words (JSON). Which case file a row belongs to is told by its key, not kept.
CREATE TABLE case_list (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    person  TEXT NOT NULL,
    name    TEXT NOT NULL,
    sha256  TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE listed_case (
    list_id       INTEGER NOT NULL REFERENCES case_list (id),
    position      INTEGER NOT NULL CHECK (position >= 1),
    row           INTEGER NOT NULL CHECK (row >= 1),
    series        TEXT NOT NULL,
    number        INTEGER NOT NULL CHECK (number BETWEEN 1 AND 199999),
    judicial_year INTEGER NOT NULL CHECK (judicial_year >= 1),
    fields        TEXT NOT NULL,
    PRIMARY KEY (list_id, position),
    UNIQUE (list_id, series, number, judicial_year)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_key ON listed_case (series, number, judicial_year, list_id);
