-- The endpoint's first schema.
--
-- Every table of people and their records has a key that begins with the
-- regency (kabupaten/kota), so that the same schema partitions by it where one
-- file is no longer enough. The few tables without it are small reference
-- tables, the same everywhere: server, pack, account_name.
--
-- Identities are the sixteen bytes of a UUID, hashes the thirty-two of SHA-256,
-- instants milliseconds since 1970 in UTC. What people said stands only inside
-- `entry.bytes`, `refused.bytes` and `family.snapshot`: no answer has a column.

-- Who this server is. One row.
CREATE TABLE server (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    epoch    BLOB    NOT NULL CHECK (length(epoch) = 16), -- changes when a backup is restored: old cursors end
    realm    TEXT    NOT NULL CHECK (realm IN ('practice', 'live')), -- the two never mix
    created  INTEGER NOT NULL
) STRICT;

-- Every pack that this server ever had: an old assessment can be decided again years later.
CREATE TABLE pack (
    hash           BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    added          INTEGER NOT NULL,
    bytes          BLOB    NOT NULL -- the compiled file
) STRICT, WITHOUT ROWID;

-- People who sign in.
CREATE TABLE account (
    regency    TEXT    NOT NULL,
    user       BLOB    NOT NULL CHECK (length(user) = 16),
    name       TEXT    NOT NULL,  -- to sign in with
    full_name  TEXT    NOT NULL,  -- to be shown
    role       TEXT    NOT NULL CHECK (role IN ('facilitator', 'coordinator')),
    password   TEXT    NOT NULL,  -- Argon2id, as a PHC string with its parameters
    disabled   INTEGER,           -- since when; NULL = may sign in
    created    INTEGER NOT NULL,
    PRIMARY KEY (regency, user)
) STRICT, WITHOUT ROWID;

-- Where an account lies, by the name that is typed; a name is used once in the whole country.
CREATE TABLE account_name (
    name     TEXT NOT NULL PRIMARY KEY,
    regency  TEXT NOT NULL,
    user     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One person on one installation: the owner of one chain of entries. Never deleted.
CREATE TABLE vault (
    regency  TEXT    NOT NULL,
    user     BLOB    NOT NULL,
    device   BLOB    NOT NULL CHECK (length(device) = 16),
    vault    BLOB    NOT NULL CHECK (length(vault) = 16),
    created  INTEGER NOT NULL,
    PRIMARY KEY (regency, user, device)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX vault_by_id ON vault (regency, vault);

-- Access tokens, by their hash: a copy of this file opens no door.
CREATE TABLE session (
    regency  TEXT    NOT NULL,
    token    BLOB    NOT NULL CHECK (length(token) = 32),
    user     BLOB    NOT NULL,
    device   BLOB    NOT NULL,
    vault    BLOB    NOT NULL,
    expires  INTEGER NOT NULL,
    PRIMARY KEY (regency, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_expiry ON session (regency, expires);

-- The last position given out in each scope. Read and raised inside the
-- writer's transaction, so that a position is never visible before a smaller one.
CREATE TABLE scope (
    regency  TEXT    NOT NULL PRIMARY KEY,
    last     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What phones recorded, as they sent it. Never changed, never deleted.
CREATE TABLE entry (
    regency      TEXT    NOT NULL,
    position     INTEGER NOT NULL,
    entry        BLOB    NOT NULL CHECK (length(entry) = 16),
    hash         BLOB    NOT NULL CHECK (length(hash) = 32), -- of bytes
    author       BLOB    NOT NULL,
    vault        BLOB    NOT NULL,
    device_seq   INTEGER NOT NULL,
    kpm          BLOB    NOT NULL,
    kind         INTEGER NOT NULL,
    device_time  INTEGER NOT NULL, -- the phone's clock, which orders nothing
    received     INTEGER NOT NULL,
    bytes        BLOB    NOT NULL,
    PRIMARY KEY (regency, position)
) STRICT;
CREATE UNIQUE INDEX entry_by_id ON entry (regency, entry);
CREATE INDEX entry_by_kpm ON entry (regency, kpm, position);

-- What was not taken: kept, with the reason, so that nothing that a person entered is lost.
CREATE TABLE refused (
    regency   TEXT    NOT NULL,
    vault     BLOB    NOT NULL,
    hash      BLOB    NOT NULL, -- of bytes
    entry     BLOB,             -- NULL where the bytes could not be read
    code      TEXT    NOT NULL,
    received  INTEGER NOT NULL, -- first
    bytes     BLOB    NOT NULL,
    PRIMARY KEY (regency, vault, hash)
) STRICT;

-- The chain of each vault, of taken and refused entries alike, as an auditor checks it.
CREATE TABLE link (
    regency     TEXT    NOT NULL,
    vault       BLOB    NOT NULL,
    device_seq  INTEGER NOT NULL,
    hash        BLOB    NOT NULL, -- of the entry's bytes; a second one at the same place is a cloned phone
    chain       BLOB    NOT NULL, -- SHA-256 over the chain before it and the bytes
    verdict     TEXT    NOT NULL CHECK (verdict IN ('linked', 'gap', 'fork', 'unanchored')),
    received    INTEGER NOT NULL,
    PRIMARY KEY (regency, vault, device_seq, hash)
) STRICT, WITHOUT ROWID;

-- Each family as a phone gets it (domain::wire::v1::KpmSnapshot).
CREATE TABLE family (
    regency   TEXT NOT NULL,
    kpm       BLOB NOT NULL CHECK (length(kpm) = 16),
    village   TEXT NOT NULL,
    snapshot  BLOB NOT NULL,
    PRIMARY KEY (regency, kpm)
) STRICT;

-- Who holds which family, and who held it: what was written before a hand-over stays valid.
CREATE TABLE assignment (
    regency  TEXT    NOT NULL,
    kpm      BLOB    NOT NULL,
    user     BLOB    NOT NULL,
    since    INTEGER NOT NULL, -- position
    until    INTEGER,          -- position; NULL = holds it now
    PRIMARY KEY (regency, kpm, user, since)
) STRICT, WITHOUT ROWID;

-- What each person still has to hear of: one row a person and family, moved to
-- a new position at each change, so that a pull costs what changed and no more.
CREATE TABLE feed (
    regency   TEXT    NOT NULL,
    user      BLOB    NOT NULL,
    kpm       BLOB    NOT NULL,
    position  INTEGER NOT NULL,
    granted   INTEGER NOT NULL CHECK (granted IN (0, 1)), -- 0 = a tombstone
    made_by   BLOB, -- the vault that made the change and had heard all before it: it need not hear it again
    PRIMARY KEY (regency, user, kpm)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX feed_by_position ON feed (regency, user, position);

-- Who read personal data: one row a request. Only ever added to.
CREATE TABLE audit (
    regency  TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    user     BLOB    NOT NULL,
    purpose  TEXT    NOT NULL,
    kpms     BLOB    NOT NULL, -- sixteen bytes a family
    PRIMARY KEY (regency, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;
CREATE TRIGGER entry_is_not_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;
