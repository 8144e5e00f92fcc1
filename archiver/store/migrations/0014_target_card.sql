-- What was measured on a colour card at the start of a shift. figures, limits: JSON, name -> number.
-- A row is never changed: measuring again is a row more.
CREATE TABLE target_card (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    person  TEXT NOT NULL,
    device  TEXT NOT NULL,
    name    TEXT NOT NULL,
    picture TEXT NOT NULL REFERENCES blob (key),
    figures TEXT NOT NULL,
    limits  TEXT NOT NULL,
    passed  INTEGER NOT NULL CHECK (passed IN (0, 1))
) STRICT;
CREATE TRIGGER target_card_is_not_changed BEFORE UPDATE ON target_card
BEGIN SELECT RAISE(ABORT, 'a measurement is never changed'); END;
CREATE TRIGGER target_card_is_not_removed BEFORE DELETE ON target_card
BEGIN SELECT RAISE(ABORT, 'a measurement is never removed'); END;
