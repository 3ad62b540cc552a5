//! The packs on this phone: the newest in force for new assessments, older ones for what was begun with them.

use crate::{
    platform::Platform,
    store::{Batch, Store, StoreError, Table, WriteError},
    vault::{VaultError, sha256},
};
use naik_kelas_domain::{Date, assessment::Draft, decision::PackRef};
use naik_kelas_rules::pack::Pack;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The packs, decoded. Clones share them.
#[derive(Clone, Default)]
pub struct Packs(Arc<Mutex<Vec<Arc<Pack>>>>);

/// Why a pack was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PackTrouble {
    /// The bytes are not those that were announced.
    WrongHash,
    /// The bytes are no pack that this app can read.
    Unreadable,
    /// It could not be kept.
    Store(WriteError),
    /// The browser's cryptography is not there.
    NoCryptography,
}

impl Packs {
    /// Decodes all packs of the store. One that cannot be read is left where it lies: it is asked for again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load(store: &Store) -> Result<Self, StoreError> {
        let packs = Self::default();
        for row in store.scan(Table::Packs, "", u32::MAX).await? {
            if let Some(pack) =
                hash_of(&row.key).and_then(|hash| Pack::decode(&row.bytes, hash).ok())
            {
                packs.hold(Arc::new(pack));
            }
        }
        Ok(packs)
    }

    /// Verifies, keeps and holds a pack.
    ///
    /// # Errors
    /// [`PackTrouble`]; then nothing has changed.
    pub async fn add(
        &self,
        store: &Store,
        announced: Option<[u8; 32]>,
        bytes: Vec<u8>,
    ) -> Result<Arc<Pack>, PackTrouble> {
        let hash = sha256(&bytes)
            .await
            .map_err(|_: VaultError| PackTrouble::NoCryptography)?;
        if announced.is_some_and(|announced| announced != hash) {
            return Err(PackTrouble::WrongHash);
        }
        let pack = Arc::new(Pack::decode(&bytes, hash).map_err(|_| PackTrouble::Unreadable)?);
        let mut batch = Batch::relaxed();
        batch.put(Table::Packs, hex(&hash), 0, bytes);
        store.write(&batch).await.map_err(PackTrouble::Store)?;
        self.hold(Arc::clone(&pack));
        Ok(pack)
    }

    /// Takes the pack that the app brings along, which is on the phone with it; false where it is none, or another than was
    /// announced. Without it the next sync brings one.
    pub async fn add_bundled(
        &self,
        platform: &Platform,
        store: &Store,
        announced: Option<[u8; 32]>,
    ) -> bool {
        match platform.bundled_pack().await {
            Some(bytes) => self.add(store, announced, bytes).await.is_ok(),
            None => false,
        }
    }

    /// The pack of this hash.
    #[must_use]
    pub fn get(&self, hash: &[u8; 32]) -> Option<Arc<Pack>> {
        self.held().iter().find(|pack| pack.hash() == hash).cloned()
    }

    /// The pack of a draft: of an assessment as it is, of a form turned to its questions. `None` where the pack or the form
    /// is not on this phone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn of_draft(
        &self,
        store: &Store,
        draft: &Draft,
    ) -> Result<Option<Arc<Pack>>, StoreError> {
        let hash = draft.pack.hash;
        let Some(form) = &draft.form else {
            return Ok(self.get(&hash));
        };
        let row = store.get(Table::Packs, &hex(&hash)).await?;
        let pack = row.and_then(|row| Pack::decode(&row.bytes, hash).ok());
        Ok(pack.and_then(|pack| pack.turned_to(form)).map(Arc::new))
    }

    /// The newest pack in force on a day.
    #[must_use]
    pub fn in_force(&self, on: Date) -> Option<Arc<Pack>> {
        let held = self.held();
        let candidates = held.iter().filter(|pack| {
            let file = pack.file();
            file.effective_from <= on && file.effective_to.is_none_or(|last| on <= last)
        });
        candidates
            .max_by_key(|pack| (pack.file().effective_from, numbers(pack.version())))
            .cloned()
    }

    /// Whether there is no pack at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held().is_empty()
    }

    fn hold(&self, pack: Arc<Pack>) {
        let mut held = self.held();
        if held.iter().all(|other| other.hash() != pack.hash()) {
            held.push(pack);
        }
    }

    fn held(&self) -> MutexGuard<'_, Vec<Arc<Pack>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How drafts and decisions name a pack.
#[must_use]
pub fn reference(pack: &Pack) -> PackRef {
    PackRef {
        id: pack.id().to_owned(),
        version: pack.version().to_owned(),
        hash: *pack.hash(),
    }
}

/// A hash as its address and key have it.
#[must_use]
pub fn hex(hash: &[u8; 32]) -> String {
    hash.iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            for half in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(half), 16));
            }
            text
        })
}

fn hash_of(hex: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    let digits: Vec<u32> = hex.chars().map_while(|digit| digit.to_digit(16)).collect();
    if digits.len() != 64 || hex.len() != 64 {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair.iter().fold(0, |byte, digit| {
            byte << 4 | u8::try_from(*digit).unwrap_or(0)
        });
    }
    Some(hash)
}

/// `2026.11.10` is newer than `2026.11.9`.
fn numbers(version: &str) -> Vec<u32> {
    version
        .split('.')
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_survives_its_text() {
        let hash: [u8; 32] = core::array::from_fn(|at| (at * 9) as u8);
        assert_eq!(hash_of(&hex(&hash)), Some(hash));
        assert_eq!(hash_of("12"), None);
        assert_eq!(hash_of(&"g".repeat(64)), None);
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(numbers("2026.11.10") > numbers("2026.11.9"));
        assert!(numbers("2027.1.1") > numbers("2026.12.31"));
    }
}
