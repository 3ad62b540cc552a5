//! Reading: what lies in the store is opened.

use super::{ChainHead, Progress, Records, RefusedRow, Session, Versioned, Waiting, rows};
use crate::{
    services::Person,
    store::{StoreError, Table},
    vault::{Schema, VaultError},
};
use naik_kelas_domain::{
    assessment::{Assessment, Draft},
    id::{AssessmentId, KpmId},
    kpm::Kpm,
    record,
    wire::v1::{self, Unreadable},
};

impl Records {
    /// A family.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn kpm(&self, id: KpmId) -> Result<Option<Versioned<Kpm>>, VaultError> {
        self.read(
            Table::Kpms,
            &self.vault.key(id),
            Schema::Kpm,
            record::kpm_from_bytes,
        )
        .await
    }

    /// The open draft of a family.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn draft(&self, kpm: KpmId) -> Result<Option<Versioned<Draft>>, VaultError> {
        self.read(
            Table::Drafts,
            &self.vault.key(kpm),
            Schema::Draft,
            record::draft_from_bytes,
        )
        .await
    }

    /// A finished assessment.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn assessment(&self, id: AssessmentId) -> Result<Option<Assessment>, VaultError> {
        let key = self.vault.key(id);
        let found = self
            .read(
                Table::Assessments,
                &key,
                Schema::Assessment,
                record::assessment_from_bytes,
            )
            .await?;
        Ok(found.map(|found| found.record))
    }

    /// Who this vault belongs to.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn person(&self) -> Result<Option<Person>, VaultError> {
        let found = self
            .thing(rows::PERSON, Schema::Person, rows::person_from_bytes)
            .await?;
        Ok(found.map(|found| found.record))
    }

    /// The access token.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn session(&self) -> Result<Option<Session>, VaultError> {
        let found = self
            .thing(rows::SESSION, Schema::Session, |bytes| {
                v1::from_bytes::<Session>(bytes)
            })
            .await?;
        Ok(found.map(|found| found.record))
    }

    /// The head of the chain; the beginning where nothing was recorded yet.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn chain(&self) -> Result<Option<Versioned<ChainHead>>, VaultError> {
        self.thing(rows::CHAIN, Schema::Chain, |bytes| {
            v1::from_bytes::<ChainHead>(bytes)
        })
        .await
    }

    /// How far the phone has listened.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn progress(&self) -> Result<Option<Versioned<Progress>>, VaultError> {
        self.thing(rows::PROGRESS, Schema::Progress, |bytes| {
            v1::from_bytes::<Progress>(bytes)
        })
        .await
    }

    /// Entries that wait, in their order, at most `limit`.
    ///
    /// # Errors
    /// [`VaultError`] where one cannot be read.
    pub async fn waiting(&self, limit: u32) -> Result<Vec<Waiting>, VaultError> {
        let mut found = Vec::new();
        for row in self
            .store
            .scan(Table::Outbox, &self.vault.prefix(), limit)
            .await?
        {
            let (seq, kpm) = rows::outbox_key(&row.key).ok_or(VaultError::Damaged)?;
            let bytes = self
                .vault
                .open(Table::Outbox, &row.key, Schema::Waiting, &row.bytes)
                .await?;
            let opened = v1::from_bytes(&bytes)?;
            found.push(Waiting {
                key: row.key,
                seq,
                kpm,
                row: opened,
            });
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
            for row in self
                .store
                .scan(table, &self.vault.prefix(), u32::MAX)
                .await?
            {
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
        for row in self
            .store
            .scan(Table::Refused, &self.vault.prefix(), u32::MAX)
            .await?
        {
            let bytes = self
                .vault
                .open(Table::Refused, &row.key, Schema::Refused, &row.bytes)
                .await?;
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

    async fn thing<T>(
        &self,
        name: &str,
        schema: Schema,
        decode: fn(&[u8]) -> Result<T, Unreadable>,
    ) -> Result<Option<Versioned<T>>, VaultError> {
        self.read(Table::Meta, &self.vault.key(name), schema, decode)
            .await
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
        Ok(Some(Versioned {
            record: decode(&bytes)?,
            version: row.version,
        }))
    }
}
