//! The packs that this server knows: those given at the start, and all it ever had.

use crate::db::{Db, DbError};
use naik_kelas_domain::{Date, Millis, wire::v1::PackOffer};
use naik_kelas_rules::pack::Pack;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Packs by their hash. Made once at the start and never changed.
#[derive(Clone, Default)]
pub struct Shelf {
    packs: Arc<BTreeMap<[u8; 32], Shelved>>,
}

/// A pack with the bytes that phones fetch.
#[derive(Clone)]
pub struct Shelved {
    /// Ready to decide.
    pub pack: Arc<Pack>,
    /// The compiled file.
    pub bytes: Arc<[u8]>,
    /// Whether it was given at this start, and so is offered to phones; others only judge what is old.
    pub offered: bool,
}

/// Why there are no packs to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackTrouble {
    /// This file cannot be read.
    Unreadable(PathBuf),
    /// This file is no pack that this program understands.
    Broken(PathBuf),
    /// The database did not answer.
    Db(DbError),
}

impl Shelf {
    /// Keeps these compiled packs in the database, and takes from there those of old.
    ///
    /// # Errors
    /// Bytes that are no pack stop the start: serving without it would refuse every visit.
    pub async fn of_bytes(db: &Db, packs: &[Vec<u8>], now: Millis) -> Result<Self, PackTrouble> {
        let given = packs.iter().map(|bytes| {
            let shelved = shelve(bytes, Sha256::digest(bytes).into(), true);
            shelved.ok_or_else(|| PackTrouble::Broken(PathBuf::new()))
        });
        Self::with(db, given.collect::<Result<_, _>>()?, now).await
    }

    async fn with(db: &Db, given: Vec<Shelved>, now: Millis) -> Result<Self, PackTrouble> {
        for shelved in &given {
            db.add_pack(*shelved.pack.hash(), shelved.bytes.to_vec(), now)
                .await
                .map_err(PackTrouble::Db)?;
        }
        let mut packs = BTreeMap::new();
        for (hash, bytes) in db.packs().await.map_err(PackTrouble::Db)? {
            // A pack in a format of long ago cannot decide again; its entries stay readable.
            match shelve(&bytes, hash, false) {
                Some(shelved) => {
                    packs.insert(hash, shelved);
                }
                None => tracing::warn!(
                    code = "old-pack-unreadable",
                    "a stored pack was passed over"
                ),
            }
        }
        packs.extend(
            given
                .into_iter()
                .map(|shelved| (*shelved.pack.hash(), shelved)),
        );
        Ok(Self {
            packs: Arc::new(packs),
        })
    }

    /// The pack of this hash.
    #[must_use]
    pub fn get(&self, hash: &[u8; 32]) -> Option<&Shelved> {
        self.packs.get(hash)
    }

    /// What phones should have: packs in force on a day or coming, oldest first.
    #[must_use]
    pub fn offers(&self, today: Date) -> Vec<PackOffer> {
        let mut offers: Vec<_> = self
            .packs
            .values()
            .filter(|shelved| shelved.offered)
            .map(|shelved| &shelved.pack)
            .filter(|pack| pack.file().effective_to.is_none_or(|last| last >= today))
            .map(|pack| PackOffer {
                id: pack.id().to_owned(),
                version: pack.version().to_owned(),
                hash: *pack.hash(),
                effective_from: pack.file().effective_from,
            })
            .collect();
        offers.sort_by(|a, b| (a.effective_from, &a.version).cmp(&(b.effective_from, &b.version)));
        offers
    }

    /// The newest offered pack in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> Option<&Shelved> {
        let offers = self.offers(day);
        let newest = offers.iter().rfind(|offer| offer.effective_from <= day)?;
        self.get(&newest.hash)
    }

    /// The newest of all that this server ever had, in force on a day or, where none is, of any.
    #[must_use]
    pub fn newest(&self, day: Date) -> Option<&Shelved> {
        self.packs.values().max_by_key(|shelved| {
            let from = shelved.pack.file().effective_from;
            (from <= day, from, shelved.pack.version())
        })
    }

    /// Whether there is anything to offer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.packs.values().any(|shelved| shelved.offered)
    }
}

fn shelve(bytes: &[u8], hash: [u8; 32], offered: bool) -> Option<Shelved> {
    let pack = Pack::decode(bytes, hash).ok()?;
    Some(Shelved {
        pack: Arc::new(pack),
        bytes: bytes.into(),
        offered,
    })
}

/// A compiled pack's bytes.
///
/// # Errors
/// The file cannot be read, or is no pack.
pub fn read(file: &Path) -> Result<Vec<u8>, PackTrouble> {
    let bytes = std::fs::read(file).map_err(|_| PackTrouble::Unreadable(file.to_owned()))?;
    match shelve(&bytes, [0; 32], true) {
        Some(_) => Ok(bytes),
        None => Err(PackTrouble::Broken(file.to_owned())),
    }
}

/// The compiled packs that lie in a built app (`pack-<name>-<hash>.nkp`).
#[must_use]
pub fn in_app(app: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(app) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "nkp"))
        .collect();
    found.sort();
    found
}
