//! By what families are found again, and which may be one.

use super::{
    super::{
        super::{listed::Likely, model::DbError},
        convert::{blob, engine, text},
        families::snapshot,
    },
    Intake,
};
use crate::intake::keys::{Key, KeyRing};
use naik_kelas_domain::{
    id::KpmId,
    kpm::Kpm,
    likeness::{Because, Trait, traits},
    region::RegencyCode,
};
use rusqlite::{Connection, OptionalExtension};

/// So many of a group are compared at most: in one village forty may be named Siti.
pub(super) const COMPARED: i64 = 20;

/// How many families one transaction indexes.
const PAGE: i64 = 500;

impl Intake<'_> {
    /// Keeps what a family is recognised by, and says which others may be the same.
    pub(in super::super) fn index(
        &self,
        regency: RegencyCode,
        kpm: &Kpm,
    ) -> Result<Vec<Likely>, DbError> {
        let mut likely = Vec::new();
        let traits = traits(kpm);
        for (key, of) in keys(&self.listing.ring, kpm, &traits) {
            if !add_key(self.connection, regency, key, kpm.id)? {
                continue;
            }
            let Some(of) = of else { continue };
            for other in self.with_key(regency, key, COMPARED)? {
                if other == kpm.id {
                    continue;
                }
                let reason = match of {
                    Group::SameKk => Some("same_kk"),
                    Group::SameNik => Some("same_nik"),
                    Group::Alike(person) => self.likeness(regency, person, other)?,
                };
                let Some(reason) = reason else { continue };
                if self.propose(regency, kpm.id, other, reason)? {
                    likely.push(Likely { other, reason });
                }
            }
        }
        Ok(likely)
    }

    fn likeness(
        &self,
        regency: RegencyCode,
        person: &Trait,
        other: KpmId,
    ) -> Result<Option<&'static str>, DbError> {
        let Some(other) = snapshot(self.connection, regency, other)? else {
            return Ok(None);
        };
        let traits = traits(&other);
        let best = traits.iter().filter_map(|other| person.alike(other));
        Ok(best.min().map(|because| match because {
            Because::SameKk => "same_kk",
            Because::SameNik => "same_nik",
            Because::NameAndBirthDate => "name_birth_date",
            Because::NearBirthDate => "near_birth_date",
            Because::NameAndAddress => "name_address",
        }))
    }

    fn propose(
        &self,
        regency: RegencyCode,
        one: KpmId,
        other: KpmId,
        reason: &str,
    ) -> Result<bool, DbError> {
        let (kpm, other) = (one.min(other), one.max(other));
        let added = self
            .connection
            .prepare_cached(
                "INSERT INTO duplicate_proposal (regency, kpm, other, reason, found)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (regency, kpm, other) DO NOTHING",
            )
            .and_then(|mut insert| {
                insert.execute((
                    regency.as_str(),
                    kpm.as_bytes(),
                    other.as_bytes(),
                    reason,
                    self.listing.now.0,
                ))
            })
            .map_err(engine)?;
        Ok(added > 0)
    }
}

/// In which group others are looked for.
#[derive(Clone, Copy)]
enum Group<'a> {
    SameKk,
    SameNik,
    Alike(&'a Trait),
}

/// All keys of a family, each with the group that it names.
fn keys<'a>(ring: &KeyRing, kpm: &Kpm, traits: &'a [Trait]) -> Vec<(Key, Option<Group<'a>>)> {
    let mut keys = Vec::with_capacity(1 + 4 * traits.len());
    let kk = kpm.kk.as_ref();
    keys.extend(kk.map(|kk| (ring.kk(kk), Some(Group::SameKk))));
    for person in traits {
        let nik = person
            .nik
            .as_ref()
            .map(|nik| (ring.nik(nik), Some(Group::SameNik)));
        keys.extend(nik);
        let Some(village) = kpm.village else { continue };
        if let Some(born) = person.likeness.born {
            keys.push((ring.born(born, village), Some(Group::Alike(person))));
        }
        if !person.likeness.name.is_empty() {
            keys.push((
                ring.sounding(&person.name, village),
                Some(Group::Alike(person)),
            ));
        }
    }
    keys
}

fn add_key(
    connection: &Connection,
    regency: RegencyCode,
    key: Key,
    kpm: KpmId,
) -> Result<bool, DbError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO family_key (regency, hash, kpm) VALUES (?1, ?2, ?3)")
        .and_then(|mut insert| insert.execute((regency.as_str(), key, kpm.as_bytes())))
        .map(|added| added > 0)
        .map_err(engine)
}

/// Makes the hashes those of this secret: under another one they are made anew.
pub(super) fn use_ring(connection: &Connection, ring: &KeyRing) -> Result<(), DbError> {
    let mark: Option<Vec<u8>> = connection
        .query_row("SELECT mark FROM identity_key", [], |row| row.get(0))
        .optional()
        .map_err(engine)?;
    if mark.is_some_and(|mark| mark == ring.check()) {
        return Ok(());
    }
    connection
        .execute_batch(
            "DELETE FROM family_key; DELETE FROM family_key_mark; UPDATE family SET keyed = NULL;",
        )
        .map_err(engine)?;
    connection
        .execute(
            "INSERT INTO identity_key (id, mark) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark",
            [ring.check()],
        )
        .map(|_| ())
        .map_err(engine)
}

/// Indexes some families: those that came otherwise (practice, phones), then those assessed since.
pub(super) fn index_page(connection: &Connection, ring: &KeyRing) -> Result<u64, DbError> {
    let unknown = listed(
        connection,
        "SELECT regency, kpm, 0 FROM family WHERE keyed IS NULL LIMIT ?1",
    )?;
    let assessed = listed(
        connection,
        "SELECT e.regency, e.kpm, e.position FROM scope s
         LEFT JOIN family_key_mark m USING (regency)
         JOIN entry e ON e.regency = s.regency AND e.position > coalesce(m.position, 0)
         ORDER BY e.regency, e.position LIMIT ?1",
    )?;
    for (regency, kpm, position) in unknown.iter().chain(&assessed) {
        if let Some(kpm) = snapshot(connection, *regency, *kpm)? {
            let traits = traits(&kpm);
            for (key, _) in keys(ring, &kpm, &traits) {
                add_key(connection, *regency, key, kpm.id)?;
            }
        }
        connection
            .prepare_cached("UPDATE family SET keyed = 1 WHERE regency = ?1 AND kpm = ?2")
            .and_then(|mut update| update.execute((regency.as_str(), kpm.as_bytes())))
            .map_err(engine)?;
        if *position > 0 {
            connection
                .prepare_cached(
                    "INSERT INTO family_key_mark (regency, position) VALUES (?1, ?2)
                     ON CONFLICT (regency) DO UPDATE SET position = excluded.position",
                )
                .and_then(|mut mark| mark.execute((regency.as_str(), position)))
                .map_err(engine)?;
        }
    }
    u64::try_from(unknown.len() + assessed.len()).map_err(|_| DbError::Damaged)
}

fn listed(connection: &Connection, sql: &str) -> Result<Vec<(RegencyCode, KpmId, i64)>, DbError> {
    let mut query = connection.prepare_cached(sql).map_err(engine)?;
    let rows = query
        .query_map([PAGE], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, Vec<u8>>(1)?,
                row.get::<_, i64>(2)?,
            ))
        })
        .map_err(engine)?;
    rows.map(|row| {
        let (regency, kpm, position) = row.map_err(engine)?;
        Ok((text(&regency)?, KpmId::from_bytes(blob(&kpm)?), position))
    })
    .collect()
}
