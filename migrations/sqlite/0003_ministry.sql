-- People of the ministry sign in too. SQLite cannot change a CHECK: the table is made anew.

CREATE TABLE account_with_ministry (
    regency    TEXT    NOT NULL,
    user       BLOB    NOT NULL CHECK (length(user) = 16),
    name       TEXT    NOT NULL,  -- to sign in with
    full_name  TEXT    NOT NULL,  -- to be shown
    role       TEXT    NOT NULL CHECK (role IN ('facilitator', 'coordinator', 'ministry')),
    password   TEXT    NOT NULL,  -- Argon2id, as a PHC string with its parameters
    disabled   INTEGER,           -- since when; NULL = may sign in
    created    INTEGER NOT NULL,
    PRIMARY KEY (regency, user)
) STRICT, WITHOUT ROWID;
INSERT INTO account_with_ministry
    SELECT regency, user, name, full_name, role, password, disabled, created FROM account;
DROP TABLE account;
ALTER TABLE account_with_ministry RENAME TO account;
