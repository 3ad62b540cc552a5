//! Writing: what is recorded is sealed and joins a batch, with the versions that were read as its expectations.

use super::{ChainHead, Progress, ReceiptRow, Records, RefusedRow, Session, WaitingRow, rows};
use crate::{
    services::Person,
    store::{Batch, Table},
    vault::{Schema, VaultError},
};
use naik_kelas_domain::{
    assessment::{Assessment, Draft},
    id::{EntryId, KpmId},
    kpm::Kpm,
    record,
    wire::v1,
};

impl Records {
    /// Adds a family to a batch, in the place of the version that was read.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_kpm(
        &self,
        batch: &mut Batch,
        kpm: &Kpm,
        read: Option<u64>,
    ) -> Result<(), VaultError> {
        let key = self.vault.key(kpm.id);
        self.put(
            batch,
            Table::Kpms,
            key,
            Schema::Kpm,
            &record::kpm_to_bytes(kpm),
            read,
        )
        .await
    }

    /// Adds a draft to a batch: its revision is the version, so the one before must lie there.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_draft(&self, batch: &mut Batch, draft: &Draft) -> Result<(), VaultError> {
        let read = draft.revision.checked_sub(1).filter(|before| *before > 0);
        let key = self.vault.key(draft.kpm);
        self.put(
            batch,
            Table::Drafts,
            key,
            Schema::Draft,
            &record::draft_to_bytes(draft),
            read,
        )
        .await
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
    pub async fn put_assessment(
        &self,
        batch: &mut Batch,
        assessment: &Assessment,
    ) -> Result<(), VaultError> {
        let key = self.vault.key(assessment.id);
        let bytes = record::assessment_to_bytes(assessment);
        self.put(
            batch,
            Table::Assessments,
            key,
            Schema::Assessment,
            &bytes,
            None,
        )
        .await
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
        self.put(
            batch,
            Table::Outbox,
            key,
            Schema::Waiting,
            &v1::to_bytes(row),
            None,
        )
        .await?;
        // The head's version is its sequence number: two tabs cannot take the same one.
        let key = self.vault.key(rows::CHAIN);
        let bytes = self
            .vault
            .seal(Table::Meta, &key, Schema::Chain, &v1::to_bytes(head))
            .await?;
        batch.expect(
            Table::Meta,
            key.clone(),
            seq.checked_sub(1).filter(|before| *before > 0),
        );
        batch.put(Table::Meta, key, seq, bytes);
        Ok(())
    }

    /// Moves an entry from the outbox to the refused ones with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn set_aside(
        &self,
        batch: &mut Batch,
        key: &str,
        row: &RefusedRow,
    ) -> Result<(), VaultError> {
        let bytes = self
            .vault
            .seal(Table::Refused, key, Schema::Refused, &v1::to_bytes(row))
            .await?;
        batch.put(Table::Refused, key, 0, bytes);
        batch.delete(Table::Outbox, key);
        Ok(())
    }

    /// Keeps a receipt with a batch, and takes its entry out of the outbox.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn settle(
        &self,
        batch: &mut Batch,
        key: &str,
        entry: EntryId,
        row: &ReceiptRow,
    ) -> Result<(), VaultError> {
        let receipt = self.vault.key(entry);
        let bytes = self
            .vault
            .seal(
                Table::Receipts,
                &receipt,
                Schema::Receipt,
                &v1::to_bytes(row),
            )
            .await?;
        batch.put(Table::Receipts, receipt, 0, bytes);
        batch.delete(Table::Outbox, key);
        Ok(())
    }

    /// Writes how far the phone has listened with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_progress(
        &self,
        batch: &mut Batch,
        progress: &Progress,
        read: Option<u64>,
    ) -> Result<(), VaultError> {
        let key = self.vault.key(rows::PROGRESS);
        self.put(
            batch,
            Table::Meta,
            key,
            Schema::Progress,
            &v1::to_bytes(progress),
            read,
        )
        .await
    }

    /// Writes who the vault belongs to with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_person(&self, batch: &mut Batch, person: &Person) -> Result<(), VaultError> {
        self.put_thing(
            batch,
            rows::PERSON,
            Schema::Person,
            &rows::person_to_bytes(person),
        )
        .await
    }

    /// Writes the access token with a batch.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be sealed.
    pub async fn put_session(
        &self,
        batch: &mut Batch,
        session: &Session,
    ) -> Result<(), VaultError> {
        self.put_thing(
            batch,
            rows::SESSION,
            Schema::Session,
            &v1::to_bytes(session),
        )
        .await
    }

    /// Forgets the access token with a batch.
    pub fn delete_session(&self, batch: &mut Batch) {
        batch.delete(Table::Meta, self.vault.key(rows::SESSION));
    }

    async fn put_thing(
        &self,
        batch: &mut Batch,
        name: &str,
        schema: Schema,
        bytes: &[u8],
    ) -> Result<(), VaultError> {
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
}
