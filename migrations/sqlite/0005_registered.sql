-- Families are registered on phones too: of one with the card of another a person is asked. SQLite cannot change a CHECK:
-- the table is made anew.

CREATE TABLE duplicate_proposal_with_kk (
    regency  TEXT    NOT NULL,
    kpm      BLOB    NOT NULL, -- the smaller identity of the two
    other    BLOB    NOT NULL,
    reason   TEXT    NOT NULL CHECK (reason IN ('same_kk', 'same_nik', 'name_birth_date', 'near_birth_date', 'name_address')),
    found    INTEGER NOT NULL,
    PRIMARY KEY (regency, kpm, other),
    CHECK (kpm < other)
) STRICT, WITHOUT ROWID;
INSERT INTO duplicate_proposal_with_kk SELECT regency, kpm, other, reason, found FROM duplicate_proposal;
DROP TABLE duplicate_proposal;
ALTER TABLE duplicate_proposal_with_kk RENAME TO duplicate_proposal;
