//! Writing: what belongs together is collected, sealed, and kept in one transaction.

use super::{
    ChainHead, Later, Progress, ReceiptRow, Records, RefusedRow, Session, WaitingRow, rows,
};
use crate::{
    platform::Whole,
    services::Person,
    store::{Batch, StoreError, Table, WriteError},
    vault::{Schema, VaultError},
};
use naik_kelas_domain::{
    assessment::{Assessment, Draft},
    id::{EntryId, KpmId},
    kpm::Kpm,
    record,
    wire::v1,
};

/// What will be written together; not sealed yet.
pub struct Writes {
    plain: Vec<Plain>,
    pub(crate) batch: Batch,
}

struct Plain {
    table: Table,
    key: String,
    version: u64,
    schema: Schema,
    bytes: Vec<u8>,
}

/// Why nothing was kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CommitError {
    /// A row of this table is not at the version that was read: another tab was faster.
    Changed(Table),
    /// It could not be sealed, or the database did not take it.
    Failed(VaultError),
}

impl Writes {
    /// Writes whose receipt means that they are on the disk.
    #[must_use]
    pub const fn strict() -> Self {
        Self {
            plain: Vec::new(),
            batch: Batch::strict(),
        }
    }

    /// Writes that the server could send again.
    #[must_use]
    pub const fn relaxed() -> Self {
        Self {
            plain: Vec::new(),
            batch: Batch::relaxed(),
        }
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.batch.is_empty()
    }

    /// A record in the place of the version that was read.
    pub(crate) fn put(
        &mut self,
        table: Table,
        key: String,
        schema: Schema,
        bytes: Vec<u8>,
        read: Option<u64>,
    ) {
        self.batch.expect(table, key.clone(), read);
        self.put_at(table, key, schema, bytes, read.unwrap_or(0) + 1);
    }

    fn put_at(&mut self, table: Table, key: String, schema: Schema, bytes: Vec<u8>, version: u64) {
        self.plain.push(Plain {
            table,
            key,
            version,
            schema,
            bytes,
        });
    }
}

impl Records {
    /// Seals and writes: all of it or nothing.
    pub fn commit(&self, writes: Writes) -> Later<Result<(), CommitError>> {
        let Self { store, vault } = self.clone();
        Box::pin(Whole::new(async move {
            let Writes { plain, mut batch } = writes;
            for Plain {
                table,
                key,
                version,
                schema,
                bytes,
            } in plain
            {
                let sealed = vault.seal(table, &key, schema, &bytes).await?;
                batch.put(table, key, version, sealed);
            }
            Ok(store.write(&batch).await?)
        }))
    }

    /// A family, in the place of the version that was read.
    pub fn put_kpm(&self, writes: &mut Writes, kpm: &Kpm, read: Option<u64>) {
        writes.put(
            Table::Kpms,
            self.vault.key(kpm.id),
            Schema::Kpm,
            record::kpm_to_bytes(kpm),
            read,
        );
    }

    /// A draft: its revision is the version, so the one before must lie there.
    pub fn put_draft(&self, writes: &mut Writes, draft: &Draft) {
        let read = before(draft.revision);
        let bytes = record::draft_to_bytes(draft);
        writes.put(
            Table::Drafts,
            rows::draft_key(&self.vault, draft.kpm, draft.form.as_deref()),
            Schema::Draft,
            bytes,
            read,
        );
    }

    /// Removes a family's draft, where it is still at the revision that was read.
    pub fn delete_draft(&self, writes: &mut Writes, draft: &Draft) {
        let key = rows::draft_key(&self.vault, draft.kpm, draft.form.as_deref());
        // A draft of which nothing was said yet was never written.
        let lies_there = (draft.revision > 0).then_some(draft.revision);
        writes.batch.expect(Table::Drafts, key.clone(), lies_there);
        writes.batch.delete(Table::Drafts, key);
    }

    /// A finished assessment.
    pub fn put_assessment(&self, writes: &mut Writes, assessment: &Assessment) {
        let bytes = record::assessment_to_bytes(assessment);
        writes.put(
            Table::Assessments,
            self.vault.key(assessment.id),
            Schema::Assessment,
            bytes,
            None,
        );
    }

    /// An entry that waits, at its place in the chain.
    pub fn put_waiting(&self, writes: &mut Writes, kpm: KpmId, row: &WaitingRow, seq: u64) {
        let key = self.vault.key(rows::outbox_name(seq, kpm));
        writes.put(Table::Outbox, key, Schema::Waiting, v1::to_bytes(row), None);
    }

    /// The chain's head, in the place of the one with this sequence number.
    pub fn put_chain(&self, writes: &mut Writes, was: u64, head: &ChainHead) {
        let key = self.vault.key(rows::CHAIN);
        // The head's version is its sequence number: two tabs cannot take the same one.
        let read = (was > 0).then_some(was);
        writes.batch.expect(Table::Meta, key.clone(), read);
        let bytes = v1::to_bytes(head);
        writes.put_at(Table::Meta, key, Schema::Chain, bytes, head.seq);
    }

    /// Moves an entry from the outbox to the refused ones.
    pub fn set_aside(&self, writes: &mut Writes, key: &str, row: &RefusedRow) {
        writes.put_at(
            Table::Refused,
            key.to_owned(),
            Schema::Refused,
            v1::to_bytes(row),
            0,
        );
        writes.batch.delete(Table::Outbox, key);
    }

    /// Keeps a receipt, and takes its entry out of the outbox.
    pub fn settle(&self, writes: &mut Writes, key: &str, entry: EntryId, row: &ReceiptRow) {
        writes.put_at(
            Table::Receipts,
            self.vault.key(entry),
            Schema::Receipt,
            v1::to_bytes(row),
            0,
        );
        writes.batch.delete(Table::Outbox, key);
    }

    /// How far the phone has listened.
    pub fn put_progress(&self, writes: &mut Writes, progress: &Progress, read: Option<u64>) {
        let key = self.vault.key(rows::PROGRESS);
        writes.put(
            Table::Meta,
            key,
            Schema::Progress,
            v1::to_bytes(progress),
            read,
        );
    }

    /// Who the vault belongs to.
    pub fn put_person(&self, writes: &mut Writes, person: &Person) {
        let key = self.vault.key(rows::PERSON);
        writes.put_at(Table::Meta, key, Schema::Person, v1::to_bytes(person), 0);
    }

    /// The access token.
    pub fn put_session(&self, writes: &mut Writes, session: &Session) {
        let key = self.vault.key(rows::SESSION);
        writes.put_at(Table::Meta, key, Schema::Session, v1::to_bytes(session), 0);
    }

    /// Forgets the access token.
    pub fn delete_session(&self, writes: &mut Writes) {
        writes
            .batch
            .delete(Table::Meta, self.vault.key(rows::SESSION));
    }
}

/// The version before one that counts from one; `None` before the first.
fn before(version: u64) -> Option<u64> {
    version.checked_sub(1).filter(|before| *before > 0)
}

impl From<VaultError> for CommitError {
    fn from(error: VaultError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for CommitError {
    fn from(error: StoreError) -> Self {
        Self::Failed(VaultError::Store(error))
    }
}

impl From<WriteError> for CommitError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Changed(table) => Self::Changed(table),
            WriteError::Store(error) => error.into(),
        }
    }
}
