//! People, their installations and their sessions.

use super::{
    super::model::{
        Account, DbError, NewAccount, OpenedSession, Session, SessionAsked, VaultOwner,
    },
    Sqlite,
    convert::{blob, count, engine, text},
};
use naik_kelas_domain::{
    Millis,
    access::Role,
    id::{DeviceId, UserId, VaultId},
    region::RegencyCode,
};
use rusqlite::{Connection, OptionalExtension, Row};

impl Sqlite {
    pub(in super::super) async fn add_account(&self, new: NewAccount) -> Result<(), DbError> {
        self.writer
            .write(1, move |connection| {
                let taken = connection
                    .execute(
                        "INSERT INTO account_name (name, regency, user) VALUES (?1, ?2, ?3)
                         ON CONFLICT (name) DO NOTHING",
                        (&new.name, new.regency.as_str(), new.user.as_bytes()),
                    )
                    .map_err(engine)?;
                if taken == 0 {
                    return Err(DbError::NameTaken);
                }
                connection
                    .execute(
                        "INSERT INTO account
                         (regency, user, name, full_name, role, password, disabled, created)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7)",
                        (
                            new.regency.as_str(),
                            new.user.as_bytes(),
                            &new.name,
                            &new.full_name,
                            new.role.as_str(),
                            &new.password,
                            new.created.0,
                        ),
                    )
                    .map(|_| ())
                    .map_err(engine)
            })
            .await
    }

    pub(in super::super) async fn account_by_name(
        &self,
        name: &str,
    ) -> Result<Option<Account>, DbError> {
        let name = name.to_owned();
        self.readers
            .read(move |connection| by_name(connection, &name))
            .await
    }

    pub(in super::super) async fn accounts(
        &self,
        regency: RegencyCode,
        role: Role,
    ) -> Result<Vec<Account>, DbError> {
        self.readers
            .read(move |connection| {
                let mut query = connection
                    .prepare_cached(&format!(
                        "{ACCOUNT} WHERE regency = ?1 AND role = ?2 ORDER BY name"
                    ))
                    .map_err(engine)?;
                let rows = query
                    .query_map((regency.as_str(), role.as_str()), columns)
                    .map_err(engine)?;
                rows.map(|row| account(row.map_err(engine)?)).collect()
            })
            .await
    }

    pub(in super::super) async fn disable_account(
        &self,
        name: &str,
        at: Millis,
    ) -> Result<(), DbError> {
        let name = name.to_owned();
        self.writer
            .write(1, move |connection| {
                let found = by_name(connection, &name)?.ok_or(DbError::UnknownAccount)?;
                connection
                    .execute(
                        "UPDATE account SET disabled = ?3 WHERE regency = ?1 AND user = ?2",
                        (found.regency.as_str(), found.user.as_bytes(), at.0),
                    )
                    .map_err(engine)?;
                end_sessions(connection, &found)
            })
            .await
    }

    pub(in super::super) async fn reset_password(
        &self,
        name: &str,
        password: String,
    ) -> Result<(), DbError> {
        let name = name.to_owned();
        self.writer
            .write(1, move |connection| {
                let found = by_name(connection, &name)?.ok_or(DbError::UnknownAccount)?;
                connection
                    .execute(
                        "UPDATE account SET password = ?3, disabled = NULL
                         WHERE regency = ?1 AND user = ?2",
                        (found.regency.as_str(), found.user.as_bytes(), &password),
                    )
                    .map_err(engine)?;
                end_sessions(connection, &found)
            })
            .await
    }

    pub(in super::super) async fn open_session(
        &self,
        asked: SessionAsked,
    ) -> Result<OpenedSession, DbError> {
        self.writer
            .write(1, move |connection| open_session(connection, &asked))
            .await
    }

    pub(in super::super) async fn session(
        &self,
        regency: RegencyCode,
        token: [u8; 32],
    ) -> Result<Option<Session>, DbError> {
        self.readers
            .read(move |connection| {
                let mut query = connection
                    .prepare_cached(
                        "SELECT s.user, s.device, s.vault, s.expires, a.role, a.disabled
                         FROM session s JOIN account a USING (regency, user)
                         WHERE s.regency = ?1 AND s.token = ?2",
                    )
                    .map_err(engine)?;
                let row = query
                    .query_row((regency.as_str(), token), |row| {
                        Ok((
                            (row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?),
                            (row.get::<_, Vec<u8>>(2)?, row.get::<_, i64>(3)?),
                            (row.get::<_, String>(4)?, row.get::<_, Option<i64>>(5)?),
                        ))
                    })
                    .optional()
                    .map_err(engine)?;
                row.map(|((user, device), (vault, expires), (role, disabled))| {
                    Ok(Session {
                        regency,
                        user: UserId::from_bytes(blob(&user)?),
                        role: Role::from_name(&role).ok_or(DbError::Damaged)?,
                        device: DeviceId::from_bytes(blob(&device)?),
                        vault: VaultId::from_bytes(blob(&vault)?),
                        expires: Millis(expires),
                        disabled: disabled.is_some(),
                    })
                })
                .transpose()
            })
            .await
    }

    pub(in super::super) async fn vault_owner(
        &self,
        regency: RegencyCode,
        vault: VaultId,
    ) -> Result<Option<VaultOwner>, DbError> {
        self.readers
            .read(move |connection| {
                let row = connection
                    .prepare_cached(
                        "SELECT v.user, a.role, a.disabled IS NOT NULL
                         FROM vault v JOIN account a USING (regency, user)
                         WHERE v.regency = ?1 AND v.vault = ?2",
                    )
                    .and_then(|mut query| {
                        query
                            .query_row((regency.as_str(), vault.as_bytes()), |row| {
                                <(Vec<u8>, String, bool)>::try_from(row)
                            })
                            .optional()
                    })
                    .map_err(engine)?;
                row.map(|(user, role, disabled)| {
                    Ok(VaultOwner {
                        user: UserId::from_bytes(blob(&user)?),
                        role: Role::from_name(&role).ok_or(DbError::Damaged)?,
                        disabled,
                    })
                })
                .transpose()
            })
            .await
    }
}

const ACCOUNT: &str =
    "SELECT regency, user, name, full_name, role, password, disabled IS NOT NULL FROM account";

type Columns = (String, Vec<u8>, String, String, String, String, bool);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    row.try_into()
}

fn account(row: Columns) -> Result<Account, DbError> {
    let (regency, user, name, full_name, role, password, disabled) = row;
    Ok(Account {
        regency: text(&regency)?,
        user: UserId::from_bytes(blob(&user)?),
        name,
        full_name,
        role: Role::from_name(&role).ok_or(DbError::Damaged)?,
        password,
        disabled,
    })
}

fn by_name(connection: &Connection, name: &str) -> Result<Option<Account>, DbError> {
    let place = connection
        .prepare_cached("SELECT regency, user FROM account_name WHERE name = ?1")
        .and_then(|mut query| {
            query
                .query_row([name], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
                })
                .optional()
        })
        .map_err(engine)?;
    let Some((regency, user)) = place else {
        return Ok(None);
    };
    let row = connection
        .prepare_cached(&format!("{ACCOUNT} WHERE regency = ?1 AND user = ?2"))
        .and_then(|mut query| query.query_row((regency, user), columns))
        .map_err(engine)?;
    account(row).map(Some)
}

fn end_sessions(connection: &Connection, account: &Account) -> Result<(), DbError> {
    connection
        .execute(
            "DELETE FROM session WHERE regency = ?1 AND user = ?2",
            (account.regency.as_str(), account.user.as_bytes()),
        )
        .map(|_| ())
        .map_err(engine)
}

fn open_session(connection: &Connection, asked: &SessionAsked) -> Result<OpenedSession, DbError> {
    let regency = asked.regency.as_str();
    let (user, device) = (asked.user.as_bytes(), asked.device.as_bytes());
    connection
        .execute(
            "INSERT INTO vault (regency, user, device, vault, created) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (regency, user, device) DO NOTHING",
            (
                regency,
                user,
                device,
                asked.fresh_vault.as_bytes(),
                asked.now.0,
            ),
        )
        .map_err(engine)?;
    let vault: Vec<u8> = connection
        .query_row(
            "SELECT vault FROM vault WHERE regency = ?1 AND user = ?2 AND device = ?3",
            (regency, user, device),
            |row| row.get(0),
        )
        .map_err(engine)?;
    let vault: [u8; 16] = blob(&vault)?;
    let escrow = escrow(connection, asked, &vault)?;
    let last: i64 = connection
        .query_row(
            "SELECT coalesce(max(device_seq), 0) FROM link WHERE regency = ?1 AND vault = ?2",
            (regency, vault),
            |row| row.get(0),
        )
        .map_err(engine)?;
    // Tokens that ended are of no use to anybody.
    connection
        .execute(
            "DELETE FROM session WHERE regency = ?1 AND expires < ?2",
            (regency, asked.now.0),
        )
        .map_err(engine)?;
    connection
        .execute(
            "INSERT INTO session (regency, token, user, device, vault, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (regency, asked.token, user, device, vault, asked.expires.0),
        )
        .map_err(engine)?;
    Ok(OpenedSession {
        vault: VaultId::from_bytes(vault),
        escrow,
        next_seq: count(last)? + 1,
    })
}

/// The vault's spare key; the fresh one where it has none yet.
fn escrow(
    connection: &Connection,
    asked: &SessionAsked,
    vault: &[u8; 16],
) -> Result<[u8; 32], DbError> {
    let regency = asked.regency.as_str();
    let user = asked.user.as_bytes();
    connection
        .execute(
            "INSERT INTO escrow (regency, user, vault, secret, created) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (regency, user, vault) DO NOTHING",
            (regency, user, vault, asked.fresh_escrow, asked.now.0),
        )
        .map_err(engine)?;
    let secret: Vec<u8> = connection
        .query_row(
            "SELECT secret FROM escrow WHERE regency = ?1 AND user = ?2 AND vault = ?3",
            (regency, user, vault),
            |row| row.get(0),
        )
        .map_err(engine)?;
    blob(&secret)
}
