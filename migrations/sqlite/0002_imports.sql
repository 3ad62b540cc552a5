-- Families that come from files: how they are found again, what the registry said when, and
-- which of them may be one.

-- Which secret made the hashes of `family_key`. One row; another secret makes them anew.
CREATE TABLE identity_key (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    mark   BLOB    NOT NULL CHECK (length(mark) = 16) -- a hash under the secret, of nothing
) STRICT;

-- Keyed hashes of what a family is recognised by: KK, NIK, and the groups in which a likeness is looked for
-- (born on a day in a district, sounding so in a village). Derived from `family`; old ones stay, for a KK changes.
CREATE TABLE family_key (
    regency  TEXT NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 16),
    kpm      BLOB NOT NULL,
    PRIMARY KEY (regency, hash, kpm)
) STRICT, WITHOUT ROWID;

-- Whether a family is in `family_key`: NULL where it came otherwise than from a list.
ALTER TABLE family ADD COLUMN keyed INTEGER;
CREATE INDEX family_not_keyed ON family (regency, kpm) WHERE keyed IS NULL;

-- Entries up to this position are in `family_key`.
CREATE TABLE family_key_mark (
    regency   TEXT    NOT NULL PRIMARY KEY,
    position  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a registry said of a family, and as of which day: a new desil is a new row. Only ever added to.
CREATE TABLE registry_fact (
    regency  TEXT    NOT NULL,
    kpm      BLOB    NOT NULL,
    fact     TEXT    NOT NULL, -- path of a pack's fact, or of a figure that no pack knows (pkh.nominal)
    as_of    INTEGER NOT NULL, -- days since 1970-01-01
    added    INTEGER NOT NULL, -- when it was imported
    value    BLOB    NOT NULL, -- as answers are written (domain::codec)
    source   TEXT    NOT NULL, -- dtsen, final-closing
    PRIMARY KEY (regency, kpm, fact, as_of, added)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER registry_fact_is_not_changed BEFORE UPDATE ON registry_fact
BEGIN SELECT RAISE(ABORT, 'registry facts are only added to'); END;

-- Two families that may be one: a question for a person. Nothing merges by itself.
CREATE TABLE duplicate_proposal (
    regency  TEXT    NOT NULL,
    kpm      BLOB    NOT NULL, -- the smaller identity of the two
    other    BLOB    NOT NULL,
    reason   TEXT    NOT NULL CHECK (reason IN ('same_nik', 'name_birth_date', 'near_birth_date', 'name_address')),
    found    INTEGER NOT NULL,
    PRIMARY KEY (regency, kpm, other),
    CHECK (kpm < other)
) STRICT, WITHOUT ROWID;
