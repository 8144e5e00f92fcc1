-- The outbox: what goes where, how far it is, and what holds it up.
-- `stored` used to mean what is now `committed`: under its name at the target.
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY,
    seal_id     INTEGER NOT NULL REFERENCES seal (id),
    target      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('sealed', 'hashed', 'sending', 'stored',
                                               'committed', 'receipted', 'refused', 'held')),
    error_code  TEXT NOT NULL DEFAULT '',
    error_facts TEXT NOT NULL DEFAULT '{}',
    updated_at  TEXT NOT NULL,
    receipt     TEXT NOT NULL DEFAULT '',
    priority    INTEGER NOT NULL DEFAULT 0,
    paused      INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    tries       INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL DEFAULT '',
    wire_name   TEXT NOT NULL DEFAULT '',
    wire_size   INTEGER NOT NULL DEFAULT 0,
    wire_sha256 TEXT NOT NULL DEFAULT '',
    UNIQUE (seal_id, target)
) STRICT;
INSERT INTO outbox (id, seal_id, target, state, error_code, error_facts, updated_at, receipt)
    SELECT id, seal_id, target, CASE state WHEN 'stored' THEN 'committed' ELSE state END,
           error_code, error_facts, updated_at, receipt FROM delivery;
DROP TABLE delivery;
ALTER TABLE outbox RENAME TO delivery;

-- Targets to which nothing is sent for now; '' stands for all of them.
CREATE TABLE paused_target (
    target TEXT PRIMARY KEY,
    at     TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT, WITHOUT ROWID;
