//! The packs that this server knows: those given at the start, and all it ever had.

use crate::db::{Db, DbError};
use naik_kelas_compiler::signed::PackBytes;
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
    /// The same turned to each of its forms.
    pub forms: BTreeMap<String, Arc<Pack>>,
    /// The compiled pack, without a signature.
    pub bytes: Arc<[u8]>,
    /// The signed file around it, where it was given as one.
    pub signed: Option<Arc<[u8]>>,
    /// Whether it was given at this start, and so is offered to phones; others only judge what is old.
    pub offered: bool,
}

/// Why there are no packs to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackTrouble {
    /// One is no pack that this program understands.
    Broken,
    /// The database did not answer.
    Db(DbError),
}

impl Shelf {
    /// Keeps these compiled packs, signed or not, in the database, and takes from there those of old. Signatures are
    /// not looked at, and not kept: what is offered is given at every start.
    ///
    /// # Errors
    /// Bytes that are no pack stop the start: serving without it would refuse every visit.
    pub async fn of_bytes(db: &Db, packs: &[Vec<u8>], now: Millis) -> Result<Self, PackTrouble> {
        let given = packs.iter().map(|file| {
            let taken = PackBytes::of_file(file);
            let shelved = shelve(taken.pack, Sha256::digest(taken.pack).into(), true);
            let shelved = shelved.map(|shelved| Shelved {
                signed: taken.signed.map(|_| file.as_slice().into()),
                ..shelved
            });
            shelved.ok_or(PackTrouble::Broken)
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
        for shelved in given {
            // Given twice, such as in the app and beside it: the signed one says more.
            let hash = *shelved.pack.hash();
            let known = packs.get(&hash).and_then(|known| known.signed.clone());
            let signed = shelved.signed.clone().or(known);
            packs.insert(hash, Shelved { signed, ..shelved });
        }
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
    let forms = pack.forms().iter().filter_map(|form| {
        let turned = pack.clone().turned_to(&form.id)?;
        Some((form.id.clone(), Arc::new(turned)))
    });
    Some(Shelved {
        forms: forms.collect(),
        pack: Arc::new(pack),
        bytes: bytes.into(),
        signed: None,
        offered,
    })
}

/// The compiled packs that lie beside a built app for its endpoint (`.endpoint/<name>.nkp`).
#[must_use]
pub fn in_app(app: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(app.join(".endpoint")) else {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::pack_bytes;
    use naik_kelas_compiler::signed::{PackKey, sign};
    use naik_kelas_domain::wire::v1::Realm;

    #[tokio::test]
    async fn a_pack_is_offered_once_whether_it_is_given_signed_or_not_or_both() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(folder.path(), Realm::Live, Millis(0))
            .await
            .unwrap();
        let plain = pack_bytes().to_vec();
        let signed = sign(&plain, &PackKey::from_random(&[5; 32]).unwrap());
        let hash: [u8; 32] = Sha256::digest(&plain).into();
        for (given, is_signed) in [
            (vec![plain.clone()], false),
            (vec![signed.clone()], true),
            (vec![signed.clone(), plain.clone()], true),
            (vec![plain.clone(), signed.clone()], true),
        ] {
            let shelf = Shelf::of_bytes(&db, &given, Millis(0)).await.unwrap();
            let shelved = shelf.get(&hash).unwrap();
            assert_eq!(&shelved.bytes[..], &plain[..]);
            assert_eq!(shelved.signed.is_some(), is_signed);
            assert!(
                shelved
                    .signed
                    .as_ref()
                    .is_none_or(|file| file[..] == signed[..])
            );
            assert_eq!(shelf.packs.len(), 1);
        }
        let cut = Shelf::of_bytes(&db, &[signed[..70].to_vec()], Millis(0)).await;
        assert_eq!(cut.err(), Some(PackTrouble::Broken));
    }
}
