//! Families, who holds them, and packs.

use super::{
    super::model::{DbError, FamilyStanding, NewFamily},
    Sqlite,
    convert::{blob, count, engine, integer, text},
    feed::{self, Heard},
};
use naik_kelas_domain::{
    Millis,
    id::{KpmId, UserId},
    kpm::Kpm,
    record,
    region::{RegencyCode, VillageCode},
};
use rusqlite::{Connection, OptionalExtension};

impl Sqlite {
    pub(in super::super) async fn add_families(
        &self,
        families: Vec<NewFamily>,
    ) -> Result<(), DbError> {
        self.writer
            .write(families.len(), move |connection| {
                families
                    .iter()
                    .try_for_each(|family| add_family(connection, family))
            })
            .await
    }

    pub(in super::super) async fn hand_over(
        &self,
        regency: RegencyCode,
        kpm: KpmId,
        to: UserId,
    ) -> Result<(), DbError> {
        self.writer
            .write(1, move |connection| hand_over(connection, regency, kpm, to))
            .await
    }

    pub(in super::super) async fn standings(
        &self,
        regency: RegencyCode,
        user: UserId,
        kpms: Vec<KpmId>,
    ) -> Result<Vec<FamilyStanding>, DbError> {
        self.readers
            .read(move |connection| {
                let mut found = Vec::with_capacity(kpms.len());
                for kpm in kpms {
                    found.extend(standing(connection, regency, user, kpm)?);
                }
                Ok(found)
            })
            .await
    }

    pub(in super::super) async fn families(
        &self,
        regency: RegencyCode,
        kpms: Vec<KpmId>,
    ) -> Result<Vec<Kpm>, DbError> {
        self.readers
            .read(move |connection| {
                let mut found = Vec::with_capacity(kpms.len());
                for kpm in kpms {
                    found.extend(snapshot(connection, regency, kpm)?);
                }
                Ok(found)
            })
            .await
    }

    pub(in super::super) async fn add_pack(
        &self,
        hash: [u8; 32],
        bytes: Vec<u8>,
        now: Millis,
    ) -> Result<(), DbError> {
        self.writer
            .write(1, move |connection| {
                connection
                    .execute(
                        "INSERT INTO pack (hash, added, bytes) VALUES (?1, ?2, ?3)
                         ON CONFLICT (hash) DO NOTHING",
                        (hash, now.0, bytes),
                    )
                    .map(|_| ())
                    .map_err(engine)
            })
            .await
    }

    pub(in super::super) async fn packs(&self) -> Result<Vec<([u8; 32], Vec<u8>)>, DbError> {
        self.readers
            .read(|connection| {
                let mut query = connection
                    .prepare_cached("SELECT hash, bytes FROM pack ORDER BY added, hash")
                    .map_err(engine)?;
                let rows = query
                    .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))
                    .map_err(engine)?;
                rows.map(|row| {
                    let (hash, bytes) = row.map_err(engine)?;
                    Ok((blob(&hash)?, bytes))
                })
                .collect()
            })
            .await
    }
}

fn add_family(connection: &Connection, family: &NewFamily) -> Result<(), DbError> {
    insert(
        connection,
        family.regency,
        family.village,
        &family.kpm,
        None,
    )?;
    grant(
        connection,
        family.regency,
        family.kpm.id,
        family.holder,
        Heard::Nobody,
    )
}

/// A family that nobody holds yet; `keyed` where it is findable by its keys.
pub(super) fn insert(
    connection: &Connection,
    regency: RegencyCode,
    village: VillageCode,
    kpm: &Kpm,
    keyed: Option<bool>,
) -> Result<(), DbError> {
    connection
        .prepare_cached(
            "INSERT INTO family (regency, kpm, village, snapshot, keyed) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .and_then(|mut insert| {
            insert.execute((
                regency.as_str(),
                kpm.id.as_bytes(),
                village.as_str(),
                record::kpm_to_bytes(kpm),
                keyed,
            ))
        })
        .map(|_| ())
        .map_err(engine)
}

/// A tombstone to whoever held the family, a grant to the new one.
pub(super) fn hand_over(
    connection: &Connection,
    regency: RegencyCode,
    kpm: KpmId,
    to: UserId,
) -> Result<(), DbError> {
    snapshot(connection, regency, kpm)?.ok_or(DbError::UnknownFamily)?;
    for holder in holders(connection, regency, kpm)? {
        let position = next_position(connection, regency)?;
        connection
            .execute(
                "UPDATE assignment SET until = ?4
                 WHERE regency = ?1 AND kpm = ?2 AND user = ?3 AND until IS NULL",
                (
                    regency.as_str(),
                    kpm.as_bytes(),
                    holder.as_bytes(),
                    integer(position)?,
                ),
            )
            .map_err(engine)?;
        feed::tell(
            connection,
            regency,
            holder,
            kpm,
            position,
            false,
            Heard::Nobody,
        )?;
    }
    grant(connection, regency, kpm, to, Heard::Nobody)
}

pub(super) fn grant(
    connection: &Connection,
    regency: RegencyCode,
    kpm: KpmId,
    to: UserId,
    heard: Heard,
) -> Result<(), DbError> {
    let position = next_position(connection, regency)?;
    let since = integer(position)?;
    connection
        .prepare_cached(
            "INSERT INTO assignment (regency, kpm, user, since) VALUES (?1, ?2, ?3, ?4)",
        )
        .and_then(|mut insert| {
            insert.execute((regency.as_str(), kpm.as_bytes(), to.as_bytes(), since))
        })
        .map_err(engine)?;
    feed::tell(connection, regency, to, kpm, position, true, heard)
}

/// The next position of a scope. Only the writer calls this, inside its transaction,
/// so that no position is seen before a smaller one.
pub(super) fn next_position(connection: &Connection, regency: RegencyCode) -> Result<u64, DbError> {
    connection
        .prepare_cached(
            "INSERT INTO scope (regency, last) VALUES (?1, 1)
             ON CONFLICT (regency) DO UPDATE SET last = last + 1 RETURNING last",
        )
        .and_then(|mut query| query.query_row([regency.as_str()], |row| row.get(0)))
        .map_err(engine)
        .and_then(count)
}

/// Who holds a family now.
pub(super) fn holders(
    connection: &Connection,
    regency: RegencyCode,
    kpm: KpmId,
) -> Result<Vec<UserId>, DbError> {
    let mut query = connection
        .prepare_cached(
            "SELECT user FROM assignment WHERE regency = ?1 AND kpm = ?2 AND until IS NULL",
        )
        .map_err(engine)?;
    let rows = query
        .query_map((regency.as_str(), kpm.as_bytes()), |row| {
            row.get::<_, Vec<u8>>(0)
        })
        .map_err(engine)?;
    rows.map(|user| Ok(UserId::from_bytes(blob(&user.map_err(engine)?)?)))
        .collect()
}

/// A family as it is now.
pub(super) fn snapshot(
    connection: &Connection,
    regency: RegencyCode,
    kpm: KpmId,
) -> Result<Option<Kpm>, DbError> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT snapshot FROM family WHERE regency = ?1 AND kpm = ?2")
        .and_then(|mut query| {
            query
                .query_row((regency.as_str(), kpm.as_bytes()), |row| row.get(0))
                .optional()
        })
        .map_err(engine)?;
    bytes
        .map(|bytes| record::kpm_from_bytes(&bytes).map_err(|_| DbError::Damaged))
        .transpose()
}

pub(super) fn put_snapshot(
    connection: &Connection,
    regency: RegencyCode,
    kpm: &Kpm,
) -> Result<(), DbError> {
    connection
        .prepare_cached("UPDATE family SET snapshot = ?3 WHERE regency = ?1 AND kpm = ?2")
        .and_then(|mut update| {
            update.execute((
                regency.as_str(),
                kpm.id.as_bytes(),
                record::kpm_to_bytes(kpm),
            ))
        })
        .map(|_| ())
        .map_err(engine)
}

fn standing(
    connection: &Connection,
    regency: RegencyCode,
    user: UserId,
    kpm: KpmId,
) -> Result<Option<FamilyStanding>, DbError> {
    let row = connection
        .prepare_cached(
            "SELECT f.village,
                    count(a.since) > 0 AND sum(a.until IS NULL) > 0,
                    count(a.since) > 0
             FROM family f
             LEFT JOIN assignment a ON a.regency = f.regency AND a.kpm = f.kpm AND a.user = ?3
             WHERE f.regency = ?1 AND f.kpm = ?2 GROUP BY f.kpm",
        )
        .and_then(|mut query| {
            query
                .query_row((regency.as_str(), kpm.as_bytes(), user.as_bytes()), |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, bool>(1)?,
                        row.get::<_, bool>(2)?,
                    ))
                })
                .optional()
        })
        .map_err(engine)?;
    row.map(|(village, granted, was_granted)| {
        Ok(FamilyStanding {
            kpm,
            village: text(&village)?,
            granted,
            was_granted,
        })
    })
    .transpose()
}
