//! Typed records: what lies sealed in which table, under which key, at which version.
//!
//! Reading opens, writing seals. Sealing happens before the transaction (a transaction that waits for anything else
//! closes), so a batch is built first, with the versions that were read as its expectations, and then written at once.

mod rows;

pub use rows::{ChainHead, Progress, ReceiptRow, RefusedRow, Session, WaitingRow};

use crate::{
    services::Person,
    store::{Batch, Store, StoreError, Table},
    vault::{Schema, Vault, VaultError},
};
use naik_kelas_domain::{
    assessment::{Assessment, Draft},
    id::{AssessmentId, EntryId, KpmId},
    kpm::Kpm,
    record,
    wire::v1::{self, Unreadable},
};

/// The records of one vault.
#[derive(Clone)]
pub struct Records {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
}

/// A record, and the version at which it was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Versioned<T> {
    /// What was read.
    pub record: T,
    /// To be expected when it is written.
    pub version: u64,
}

/// An entry that waits, and where.
#[derive(Clone, PartialEq, Debug)]
pub struct Waiting {
    /// Its key in the outbox.
    pub key: String,
    /// Its place in the chain.
    pub seq: u64,
    /// About which family.
    pub kpm: KpmId,
    /// What is sent.
    pub row: WaitingRow,
}

impl Records {
    /// The records of a vault in a store.
    #[must_use]
    pub const fn new(store: Store, vault: Vault) -> Self {
        Self { store, vault }
    }

    /// A family.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn kpm(&self, id: KpmId) -> Result<Option<Versioned<Kpm>>, VaultError> {
        self.read(Table::Kpms, &self.vault.key(id), Schema::Kpm, record::kpm_from_bytes).await
    }

    /// The open draft of a family.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn draft(&self, kpm: KpmId) -> Result<Option<Versioned<Draft>>, VaultError> {
        self.read(Table::Drafts, &self.vault.key(kpm), Schema::Draft, record::draft_from_bytes).await
    }

    /// A finished assessment.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn assessment(&self, id: AssessmentId) -> Result<Option<Assessment>, VaultError> {
        let key = self.vault.key(id);
        let found = self.read(Table::Assessments, &key, Schema::Assessment, record::assessment_from_bytes).await?;
        Ok(found.map(|found| found.record))
    }

    /// Who this vault belongs to.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn person(&self) -> Result<Option<Person>, VaultError> {
        let found = self.thing(rows::PERSON, Schema::Person, rows::person_from_bytes).await?;
        Ok(found.map(|found| found.record))
    }

    /// The access token.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn session(&self) -> Result<Option<Session>, VaultError> {
        let found = self.thing(rows::SESSION, Schema::Session, |bytes| v1::from_bytes::<Session>(bytes)).await?;
        Ok(found.map(|found| found.record))
    }

    /// The head of the chain; the beginning where nothing was recorded yet.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn chain(&self) -> Result<Option<Versioned<ChainHead>>, VaultError> {
        self.thing(rows::CHAIN, Schema::Chain, |bytes| v1::from_bytes::<ChainHead>(bytes)).await
    }

    /// How far the phone has listened.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn progress(&self) -> Result<Option<Versioned<Progress>>, VaultError> {
        self.thing(rows::PROGRESS, Schema::Progress, |bytes| v1::from_bytes::<Progress>(bytes)).await
    }

    /// Entries that wait, in their order, at most `limit`.
    ///
    /// # Errors
    /// [`VaultError`] where one cannot be read.
    pub async fn waiting(&self, limit: u32) -> Result<Vec<Waiting>, VaultError> {
        let mut found = Vec::new();
        for row in self.store.scan(Table::Outbox, &self.vault.prefix(), limit).await? {
            let (seq, kpm) = rows::outbox_key(&row.key).ok_or(VaultError::Damaged)?;
            let bytes = self.vault.open(Table::Outbox, &row.key, Schema::Waiting, &row.bytes).await?;
            let opened = v1::from_bytes(&bytes)?;
            found.push(Waiting { key: row.key, seq, kpm, row: opened });
        }
        Ok(found)
    }

    /// The families of which an entry waits or was refused; opens nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn families_unsettled(&self, except: &[String]) -> Result<Vec<KpmId>, StoreError> {
        let mut families = Vec::new();
        for table in [Table::Outbox, Table::Refused] {
            for row in self.store.scan(table, &self.vault.prefix(), u32::MAX).await? {
                let settled = table == Table::Outbox && except.contains(&row.key);
                if let (false, Some((_, kpm))) = (settled, rows::outbox_key(&row.key)) {
                    families.push(kpm);
                }
            }
        }
        Ok(families)
    }

    /// Entries that were refused, with their keys.
    ///
    /// # Errors
    /// [`VaultError`] where one cannot be read.
    pub async fn refused(&self) -> Result<Vec<(String, RefusedRow)>, VaultError> {
        let mut found = Vec::new();
        for row in self.store.scan(Table::Refused, &self.vault.prefix(), u32::MAX).await? {
            let bytes = self.vault.open(Table::Refused, &row.key, Schema::Refused, &row.bytes).await?;
            let opened = v1::from_bytes(&bytes)?;
            found.push((row.key, opened));
        }
        Ok(found)
    }

    /// How many entries wait, and how many were refused.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counts(&self) -> Result<(u32, u32), StoreError> {
        let prefix = self.vault.prefix();
        let waiting = self.store.count(Table::Outbox, &prefix).await?;
        Ok((waiting, self.store.count(Table::Refused, &prefix).await?))
    }

    /// Adds a family to a batch, in the place of the version that was read.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_kpm(&self, batch: &mut Batch, kpm: &Kpm, read: Option<u64>) -> Result<(), VaultError> {
        let key = self.vault.key(kpm.id);
        self.put(batch, Table::Kpms, key, Schema::Kpm, &record::kpm_to_bytes(kpm), read).await
    }

    /// Adds a draft to a batch: its revision is the version, so the one before must lie there.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_draft(&self, batch: &mut Batch, draft: &Draft) -> Result<(), VaultError> {
        let read = draft.revision.checked_sub(1).filter(|before| *before > 0);
        let key = self.vault.key(draft.kpm);
        self.put(batch, Table::Drafts, key, Schema::Draft, &record::draft_to_bytes(draft), read).await
    }

    /// Removes a family's draft with a batch, where it is still at the revision that was read.
    pub fn delete_draft(&self, batch: &mut Batch, draft: &Draft) {
        let key = self.vault.key(draft.kpm);
        batch.expect(Table::Drafts, key.clone(), Some(draft.revision));
        batch.delete(Table::Drafts, key);
    }

    /// Adds a finished assessment to a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_assessment(&self, batch: &mut Batch, assessment: &Assessment) -> Result<(), VaultError> {
        let key = self.vault.key(assessment.id);
        let bytes = record::assessment_to_bytes(assessment);
        self.put(batch, Table::Assessments, key, Schema::Assessment, &bytes, None).await
    }

    /// Adds an entry to the outbox with a batch, and moves the chain's head to it.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_waiting(
        &self,
        batch: &mut Batch,
        (seq, kpm): (u64, KpmId),
        row: &WaitingRow,
        head: &ChainHead,
    ) -> Result<(), VaultError> {
        let key = self.vault.key(rows::outbox_name(seq, kpm));
        self.put(batch, Table::Outbox, key, Schema::Waiting, &v1::to_bytes(row), None).await?;
        // The head's version is its sequence number: two tabs cannot take the same one.
        let key = self.vault.key(rows::CHAIN);
        let bytes = self.vault.seal(Table::Meta, &key, Schema::Chain, &v1::to_bytes(head)).await?;
        batch.expect(Table::Meta, key.clone(), seq.checked_sub(1).filter(|before| *before > 0));
        batch.put(Table::Meta, key, seq, bytes);
        Ok(())
    }

    /// Moves an entry from the outbox to the refused ones with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn set_aside(&self, batch: &mut Batch, key: &str, row: &RefusedRow) -> Result<(), VaultError> {
        let bytes = self.vault.seal(Table::Refused, key, Schema::Refused, &v1::to_bytes(row)).await?;
        batch.put(Table::Refused, key, 0, bytes);
        batch.delete(Table::Outbox, key);
        Ok(())
    }

    /// Keeps a receipt with a batch, and takes its entry out of the outbox.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn settle(&self, batch: &mut Batch, key: &str, entry: EntryId, row: &ReceiptRow) -> Result<(), VaultError> {
        let receipt = self.vault.key(entry);
        let bytes = self.vault.seal(Table::Receipts, &receipt, Schema::Receipt, &v1::to_bytes(row)).await?;
        batch.put(Table::Receipts, receipt, 0, bytes);
        batch.delete(Table::Outbox, key);
        Ok(())
    }

    /// Writes how far the phone has listened with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_progress(&self, batch: &mut Batch, progress: &Progress, read: Option<u64>) -> Result<(), VaultError> {
        let key = self.vault.key(rows::PROGRESS);
        self.put(batch, Table::Meta, key, Schema::Progress, &v1::to_bytes(progress), read).await
    }

    /// Writes who the vault belongs to with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_person(&self, batch: &mut Batch, person: &Person) -> Result<(), VaultError> {
        self.put_thing(batch, rows::PERSON, Schema::Person, &rows::person_to_bytes(person)).await
    }

    /// Writes the access token with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_session(&self, batch: &mut Batch, session: &Session) -> Result<(), VaultError> {
        self.put_thing(batch, rows::SESSION, Schema::Session, &v1::to_bytes(session)).await
    }

    /// Forgets the access token with a batch.
    pub fn delete_session(&self, batch: &mut Batch) {
        batch.delete(Table::Meta, self.vault.key(rows::SESSION));
    }

    async fn put_thing(&self, batch: &mut Batch, name: &str, schema: Schema, bytes: &[u8]) -> Result<(), VaultError> {
        let key = self.vault.key(name);
        let sealed = self.vault.seal(Table::Meta, &key, schema, bytes).await?;
        batch.put(Table::Meta, key, 0, sealed);
        Ok(())
    }

    async fn put(
        &self,
        batch: &mut Batch,
        table: Table,
        key: String,
        schema: Schema,
        bytes: &[u8],
        read: Option<u64>,
    ) -> Result<(), VaultError> {
        let sealed = self.vault.seal(table, &key, schema, bytes).await?;
        batch.expect(table, key.clone(), read);
        batch.put(table, key, read.unwrap_or(0) + 1, sealed);
        Ok(())
    }

    async fn thing<T>(
        &self,
        name: &str,
        schema: Schema,
        decode: fn(&[u8]) -> Result<T, Unreadable>,
    ) -> Result<Option<Versioned<T>>, VaultError> {
        self.read(Table::Meta, &self.vault.key(name), schema, decode).await
    }

    async fn read<T>(
        &self,
        table: Table,
        key: &str,
        schema: Schema,
        decode: impl Fn(&[u8]) -> Result<T, Unreadable>,
    ) -> Result<Option<Versioned<T>>, VaultError> {
        let Some(row) = self.store.get(table, key).await? else {
            return Ok(None);
        };
        let bytes = self.vault.open(table, key, schema, &row.bytes).await?;
        Ok(Some(Versioned { record: decode(&bytes)?, version: row.version }))
    }
}

impl From<Unreadable> for VaultError {
    fn from(_: Unreadable) -> Self {
        Self::Damaged
    }
}
