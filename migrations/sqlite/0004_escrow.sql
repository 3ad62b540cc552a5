-- A spare key of each vault: whoever forgets the PIN of a phone signs in, gets this, and opens what lies on the phone.
-- It opens nothing without the phone's own database, and leaves this file only in the answer to a sign-in.

CREATE TABLE escrow (
    regency  TEXT    NOT NULL,
    user     BLOB    NOT NULL,
    vault    BLOB    NOT NULL,
    secret   BLOB    NOT NULL CHECK (length(secret) = 32), -- random; the same for ever
    created  INTEGER NOT NULL,
    PRIMARY KEY (regency, user, vault)
) STRICT, WITHOUT ROWID;
