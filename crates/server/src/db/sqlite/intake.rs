//! Families from files: found again by keyed hashes, merged, stored with what was said when.

mod index;

use super::{
    super::{
        listed::{Listing, RegistryFact, Taken, TakenAs, Unfit},
        model::DbError,
    },
    Sqlite,
    convert::{blob, engine},
    families::{self, holders, next_position, put_snapshot, snapshot},
    feed::{self, Heard},
};
use crate::intake::{
    keys::{Key, KeyRing},
    merge::{self, Incoming, Person},
};
use index::{COMPARED, index_page, use_ring};
use naik_kelas_domain::{
    Date, Millis,
    answer::Reply,
    codec,
    id::{KpmId, UserId},
    kpm::Kpm,
    likeness::traits,
    region::RegencyCode,
    search::folded,
};
use rusqlite::Connection;
use std::sync::PoisonError;

/// So many of one name in one village are looked through for a person without a number.
const NAMESAKES: i64 = 500;

impl Sqlite {
    pub(in super::super) async fn index_families(&self, ring: KeyRing) -> Result<u64, DbError> {
        let mut indexed = 0;
        let first = ring.clone();
        self.writer
            .write(1, move |connection| use_ring(connection, &first))
            .await?;
        loop {
            let ring = ring.clone();
            let page = self
                .writer
                .write(500, move |connection| index_page(connection, &ring))
                .await?;
            if page == 0 {
                return Ok(indexed);
            }
            indexed += page;
        }
    }

    pub(in super::super) async fn take_in(
        &self,
        listing: Listing,
        families: Vec<Incoming>,
    ) -> Result<Vec<Result<Taken, Unfit>>, DbError> {
        self.writer
            .write(families.len(), move |connection| {
                let intake = Intake {
                    connection,
                    listing: &listing,
                };
                families.iter().map(|family| intake.take(family)).collect()
            })
            .await
    }

    pub(in super::super) async fn registry_facts(
        &self,
        regency: RegencyCode,
        kpm: KpmId,
    ) -> Result<Vec<RegistryFact>, DbError> {
        self.readers
            .read(move |connection| registry_facts(connection, regency, kpm))
            .await
    }

    pub(in super::super) async fn likely(
        &self,
        regency: RegencyCode,
        kpm: KpmId,
    ) -> Result<Vec<(KpmId, String)>, DbError> {
        self.readers
            .read(move |connection| {
                let mut query = connection
                    .prepare_cached(
                        "SELECT other, reason FROM duplicate_proposal WHERE regency = ?1 AND kpm = ?2
                         UNION ALL
                         SELECT kpm, reason FROM duplicate_proposal WHERE regency = ?1 AND other = ?2",
                    )
                    .map_err(engine)?;
                let rows = query
                    .query_map((regency.as_str(), kpm.as_bytes()), |row| {
                        Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))
                    })
                    .map_err(engine)?;
                rows.map(|row| {
                    let (other, reason) = row.map_err(engine)?;
                    Ok((KpmId::from_bytes(blob(&other)?), reason))
                })
                .collect()
            })
            .await
    }

    pub(in super::super) async fn regencies(&self) -> Result<Vec<RegencyCode>, DbError> {
        self.readers
            .read(|connection| {
                let mut query = connection
                    .prepare_cached("SELECT regency FROM scope ORDER BY regency")
                    .map_err(engine)?;
                let rows = query
                    .query_map([], |row| row.get::<_, String>(0))
                    .map_err(engine)?;
                rows.map(|code| code.map_err(engine)?.parse().map_err(|_| DbError::Damaged))
                    .collect()
            })
            .await
    }
}

pub(super) struct Intake<'a> {
    pub(super) connection: &'a Connection,
    pub(super) listing: &'a Listing,
}

/// What was known of a family when its line came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nothing.
    New,
    /// It was here before this list.
    Known,
    /// This list has spoken of it before.
    Spoken,
}

impl Intake<'_> {
    fn take(&self, incoming: &Incoming) -> Result<Result<Taken, Unfit>, DbError> {
        let known = match self.known(incoming)? {
            Ok(known) => known,
            Err(unfit) => return Ok(Err(unfit)),
        };
        let is_new = known.is_none();
        let kpm = match known {
            Some(kpm) => kpm,
            None if incoming.village.or(incoming.village_if_new).is_none() => {
                return Ok(Err(Unfit::NoVillage));
            }
            None => match merge::fresh(incoming, self.listing.now) {
                Some(kpm) => kpm,
                None => return Ok(Err(Unfit::NoName)),
            },
        };
        let spoken = {
            let spoken = &self.listing.spoken;
            let mut spoken = spoken.lock().unwrap_or_else(PoisonError::into_inner);
            !spoken.insert(kpm.id)
        };
        let merged = merge::merge(kpm, incoming, spoken, self.listing.now);
        let (kpm, regency) = (&merged.kpm, incoming.regency);
        let mut likely = Vec::new();
        if is_new || merged.changed {
            self.store(incoming, kpm, is_new)?;
            likely = self.index(regency, kpm)?;
        }
        let standing = match (is_new, spoken) {
            (true, _) => Standing::New,
            (false, true) => Standing::Spoken,
            (false, false) => Standing::Known,
        };
        let dated = self.dated(incoming, kpm.id, standing)?;
        let (assigned, held_by_another) = self.assign(incoming, kpm.id)?;
        if merged.changed && !is_new && !assigned {
            let position = next_position(self.connection, regency)?;
            for holder in holders(self.connection, regency, kpm.id)? {
                feed::tell(
                    self.connection,
                    regency,
                    holder,
                    kpm.id,
                    position,
                    true,
                    Heard::Nobody,
                )?;
            }
        }
        Ok(Ok(Taken {
            kpm: kpm.id,
            taken_as: match (is_new, merged.changed || dated) {
                (true, _) => TakenAs::Added,
                (false, true) => TakenAs::Updated,
                (false, false) => TakenAs::Unchanged,
            },
            assigned,
            held_by_another,
            likely,
        }))
    }

    /// The family that is meant, if it is here: by KK, else by a NIK, else by name, birth date and village.
    fn known(&self, incoming: &Incoming) -> Result<Result<Option<Kpm>, Unfit>, DbError> {
        let mut found = Vec::new();
        if let Some(kk) = &incoming.kk {
            found = self.families_with(incoming.regency, self.listing.ring.kk(kk), 1)?;
            // Registered in the house, without its card: it is known by the people's numbers, and has one now.
            let mut niks = incoming.people.iter().filter_map(|one| one.nik.as_ref());
            while let (true, Some(nik)) = (found.is_empty(), niks.next()) {
                let key = self.listing.ring.nik(nik);
                found = self.families_with(incoming.regency, key, COMPARED)?;
                found.retain(|kpm| kpm.kk.is_none());
            }
        } else {
            let mut people = incoming.people.iter();
            while let (true, Some(person)) = (found.is_empty(), people.next()) {
                found = self.families_of(incoming, person)?;
            }
        }
        // A line without a card means rather the family that has none.
        if found.len() > 1 {
            found.retain(|kpm| kpm.kk.is_none());
            if found.len() != 1 {
                return Ok(Err(Unfit::TwoFamilies));
            }
        }
        Ok(Ok(found.pop()))
    }

    /// The families of a person: by NIK, or by name, birth date and village.
    fn families_of(&self, incoming: &Incoming, person: &Person) -> Result<Vec<Kpm>, DbError> {
        let (regency, ring) = (incoming.regency, &self.listing.ring);
        match (&person.nik, &person.name, person.born(), incoming.village) {
            (Some(nik), ..) => self.families_with(regency, ring.nik(nik), COMPARED),
            (None, Some(name), Some(born), Some(village)) => {
                let mut found =
                    self.families_with(regency, ring.sounding(name, village), NAMESAKES)?;
                let name = folded(name);
                found.retain(|kpm| {
                    let mut people = traits(kpm).into_iter();
                    people.any(|known| known.name == name && known.likeness.born == Some(born))
                });
                Ok(found)
            }
            _ => Ok(Vec::new()),
        }
    }

    fn families_with(
        &self,
        regency: RegencyCode,
        key: Key,
        most: i64,
    ) -> Result<Vec<Kpm>, DbError> {
        let known = self.with_key(regency, key, most)?.into_iter();
        let families = known.map(|kpm| snapshot(self.connection, regency, kpm));
        families.filter_map(Result::transpose).collect()
    }

    fn with_key(&self, regency: RegencyCode, key: Key, most: i64) -> Result<Vec<KpmId>, DbError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT kpm FROM family_key WHERE regency = ?1 AND hash = ?2 LIMIT ?3")
            .map_err(engine)?;
        let rows = query
            .query_map((regency.as_str(), key, most), |row| {
                row.get::<_, Vec<u8>>(0)
            })
            .map_err(engine)?;
        rows.map(|kpm| Ok(KpmId::from_bytes(blob(&kpm.map_err(engine)?)?)))
            .collect()
    }

    fn store(&self, incoming: &Incoming, kpm: &Kpm, is_new: bool) -> Result<(), DbError> {
        let village = kpm
            .village
            .filter(|village| village.regency() == incoming.regency);
        let village = village.or(incoming.village);
        if is_new {
            let village = village.ok_or(DbError::Damaged)?;
            // A scope is known by its positions, also where nobody holds its families yet.
            next_position(self.connection, incoming.regency)?;
            return families::insert(self.connection, incoming.regency, village, kpm, Some(true));
        }
        put_snapshot(self.connection, incoming.regency, kpm)?;
        if let Some(village) = village {
            self.connection
                .prepare_cached(
                    "UPDATE family SET village = ?3 WHERE regency = ?1 AND kpm = ?2 AND village <> ?3",
                )
                .and_then(|mut update| {
                    update.execute((incoming.regency.as_str(), kpm.id.as_bytes(), village.as_str()))
                })
                .map_err(engine)?;
        }
        Ok(())
    }

    /// Keeps what was said with its day, where it differs from what was said before; says whether any did.
    fn dated(&self, incoming: &Incoming, kpm: KpmId, standing: Standing) -> Result<bool, DbError> {
        let regency = incoming.regency;
        let said = match standing {
            Standing::New => Vec::new(),
            _ => registry_facts(self.connection, regency, kpm)?,
        };
        let mut added = false;
        for (fact, value) in incoming.dated() {
            let of_fact = || said.iter().filter(|row| row.fact == fact);
            // The same again is nothing new; of a list that contradicts itself the first word counts.
            let before = of_fact().rfind(|row| row.as_of <= incoming.as_of);
            let is_known = before.is_some_and(|before| {
                before.value == value
                    || (standing == Standing::Spoken && before.as_of == incoming.as_of)
            });
            if is_known {
                continue;
            }
            // Of two words of one day the later one was added later, also within a millisecond.
            let that_day = of_fact().filter(|row| row.as_of == incoming.as_of);
            let after = that_day.map(|row| row.added.0 + 1).max();
            let at = after.map_or(self.listing.now.0, |after| after.max(self.listing.now.0));
            self.connection
                .prepare_cached(
                    "INSERT INTO registry_fact (regency, kpm, fact, as_of, added, value, source)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )
                .and_then(|mut insert| {
                    insert.execute((
                        regency.as_str(),
                        kpm.as_bytes(),
                        fact,
                        incoming.as_of.days(),
                        at,
                        codec::to_bytes(&Reply::Known(value)),
                        incoming.source.as_str(),
                    ))
                })
                .map_err(engine)?;
            added = true;
        }
        Ok(added)
    }

    /// Grants the family to its facilitator; says whether it was granted now, and whether another keeps it.
    fn assign(&self, incoming: &Incoming, kpm: KpmId) -> Result<(bool, bool), DbError> {
        let Some(to) = incoming.holder else {
            return Ok((false, false));
        };
        let held: Vec<UserId> = holders(self.connection, incoming.regency, kpm)?;
        match (held.as_slice(), held.contains(&to)) {
            (_, true) => Ok((false, false)),
            ([], _) => {
                families::grant(self.connection, incoming.regency, kpm, to, Heard::Nobody)?;
                Ok((true, false))
            }
            _ if self.listing.reassign => {
                families::hand_over(self.connection, incoming.regency, kpm, to)?;
                Ok((true, false))
            }
            _ => Ok((false, true)),
        }
    }
}

fn registry_facts(
    connection: &Connection,
    regency: RegencyCode,
    kpm: KpmId,
) -> Result<Vec<RegistryFact>, DbError> {
    let mut query = connection
        .prepare_cached(
            "SELECT fact, as_of, value, source, added FROM registry_fact
             WHERE regency = ?1 AND kpm = ?2 ORDER BY fact, as_of, added",
        )
        .map_err(engine)?;
    let rows = query
        .query_map((regency.as_str(), kpm.as_bytes()), |row| {
            let (fact, as_of): (String, i32) = (row.get(0)?, row.get(1)?);
            let (value, source): (Vec<u8>, String) = (row.get(2)?, row.get(3)?);
            Ok((fact, as_of, value, source, row.get(4)?))
        })
        .map_err(engine)?;
    rows.map(|row| {
        let (fact, as_of, value, source, added) = row.map_err(engine)?;
        let Ok(Reply::Known(value)) = codec::from_bytes(&value) else {
            return Err(DbError::Damaged);
        };
        Ok(RegistryFact {
            fact,
            as_of: Date::from_days(as_of).ok_or(DbError::Damaged)?,
            added: Millis(added),
            value,
            source,
        })
    })
    .collect()
}
