//! What each person still has to hear of, and who has read whose data.

use super::{
    super::model::{AuditRow, DbError, Delivered, Page, PageAsked},
    Sqlite,
    convert::{blob, count, engine, integer},
};
use naik_kelas_domain::{
    id::{KpmId, UserId, VaultId},
    record,
    region::RegencyCode,
};
use rusqlite::{Connection, OptionalExtension};

/// How many rows a page looks at; more wait for the next one.
const ROWS: i64 = 500;

/// Who need not hear of a change, for it is their own.
#[derive(Clone, Copy)]
pub(super) enum Heard {
    /// Everybody hears of it.
    Nobody,
    /// This vault made it, and had heard everything up to this position.
    By(VaultId, u64),
    /// This vault has registered the family: nothing was before.
    First(VaultId),
}

impl Sqlite {
    pub(in super::super) async fn page(&self, asked: PageAsked) -> Result<Page, DbError> {
        self.readers
            .read(move |connection| page(connection, &asked))
            .await
    }

    pub(in super::super) async fn audit(&self, row: AuditRow) -> Result<(), DbError> {
        self.writer
            .write(1, move |connection| {
                let kpms: Vec<u8> = row.kpms.iter().flat_map(|kpm| *kpm.as_bytes()).collect();
                connection
                    .prepare_cached(
                        "INSERT INTO audit (regency, number, at, user, purpose, kpms)
                         SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4, ?5
                         FROM audit WHERE regency = ?1",
                    )
                    .and_then(|mut insert| {
                        insert.execute((
                            row.regency.as_str(),
                            row.at.0,
                            row.user.as_bytes(),
                            row.purpose,
                            kpms,
                        ))
                    })
                    .map(|_| ())
                    .map_err(engine)
            })
            .await
    }
}

/// Tells a person of a family at this position, in the place of what waited about it.
pub(super) fn tell(
    connection: &Connection,
    regency: RegencyCode,
    user: UserId,
    kpm: KpmId,
    position: u64,
    granted: bool,
    heard: Heard,
) -> Result<(), DbError> {
    let made_by = match heard {
        Heard::Nobody => None,
        Heard::First(vault) => Some(vault),
        Heard::By(vault, heard_to) => {
            let before = connection
                .prepare_cached(
                    "SELECT position, made_by FROM feed
                     WHERE regency = ?1 AND user = ?2 AND kpm = ?3",
                )
                .and_then(|mut query| {
                    query
                        .query_row((regency.as_str(), user.as_bytes(), kpm.as_bytes()), |row| {
                            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<Vec<u8>>>(1)?))
                        })
                        .optional()
                })
                .map_err(engine)?;
            // Its own work is skipped only where it knows everything that the work was laid upon.
            match before {
                Some((before, made_by)) => {
                    let own = made_by.as_deref() == Some(vault.as_bytes().as_slice());
                    (own || count(before)? <= heard_to).then_some(vault)
                }
                None => None,
            }
        }
    };
    let position = integer(position)?;
    connection
        .prepare_cached(
            "INSERT INTO feed (regency, user, kpm, position, granted, made_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (regency, user, kpm) DO UPDATE
             SET position = excluded.position, granted = excluded.granted, made_by = excluded.made_by",
        )
        .and_then(|mut upsert| {
            upsert.execute((
                regency.as_str(),
                user.as_bytes(),
                kpm.as_bytes(),
                position,
                granted,
                made_by.as_ref().map(|vault| vault.as_bytes().as_slice()),
            ))
        })
        .map(|_| ())
        .map_err(engine)
}

fn page(connection: &Connection, asked: &PageAsked) -> Result<Page, DbError> {
    let last = connection
        .prepare_cached("SELECT last FROM scope WHERE regency = ?1")
        .and_then(|mut query| {
            query
                .query_row([asked.regency.as_str()], |row| row.get::<_, i64>(0))
                .optional()
        })
        .map_err(engine)?;
    let last = count(last.unwrap_or(0))?;
    let mut query = connection
        .prepare_cached(
            "SELECT f.position, f.kpm, f.granted, f.made_by, k.snapshot
             FROM feed f LEFT JOIN family k USING (regency, kpm)
             WHERE f.regency = ?1 AND f.user = ?2 AND f.position > ?3
             ORDER BY f.position LIMIT ?4",
        )
        .map_err(engine)?;
    let mut rows = query
        .query((
            asked.regency.as_str(),
            asked.user.as_bytes(),
            integer(asked.after)?,
            ROWS,
        ))
        .map_err(engine)?;
    let mut changes = Vec::new();
    let (mut seen, mut bytes, mut up_to) = (0, 0, asked.after);
    while let Some(row) = rows.next().map_err(engine)? {
        let position = count(row.get(0).map_err(engine)?)?;
        let kpm: Vec<u8> = row.get(1).map_err(engine)?;
        let granted: bool = row.get(2).map_err(engine)?;
        let made_by: Option<Vec<u8>> = row.get(3).map_err(engine)?;
        let own = made_by.as_deref() == Some(asked.vault.as_bytes().as_slice())
            && position > asked.own_until;
        if granted && !own {
            let snapshot: Vec<u8> = row.get(4).map_err(engine)?;
            if !changes.is_empty() && bytes + snapshot.len() > asked.bytes {
                return Ok(Page {
                    changes,
                    up_to,
                    more: true,
                    last,
                });
            }
            bytes += snapshot.len();
            let kpm = record::kpm_from_bytes(&snapshot).map_err(|_| DbError::Damaged)?;
            changes.push(Delivered::Family(Box::new(kpm)));
        } else if !granted && asked.tombstones {
            changes.push(Delivered::Gone(KpmId::from_bytes(blob(&kpm)?)));
        }
        up_to = position;
        seen += 1;
    }
    let more = seen == ROWS;
    // Nothing else waits for this person up to the scope's last position.
    let up_to = if more { up_to } else { last.max(up_to) };
    Ok(Page {
        changes,
        up_to,
        more,
        last,
    })
}
