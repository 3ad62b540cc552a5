//! Reading: what lies in the store is opened.

use super::{
    ChainHead, Later, Progress, Queue, Records, RefusedRow, Session, Versioned, Waiting, rows,
};
use crate::{
    platform::Whole,
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

/// A row that was opened: `None` where it is damaged.
pub(crate) struct OpenedRow {
    pub(crate) key: String,
    pub(crate) version: u64,
    pub(crate) bytes: Option<Vec<u8>>,
}

impl Records {
    /// A family.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn kpm(&self, id: KpmId) -> Result<Option<Versioned<Kpm>>, VaultError> {
        let found = self.opened(Table::Kpms, self.vault.key(id), Schema::Kpm);
        versioned(found.await?, record::kpm_from_bytes)
    }

    /// A family as a snapshot of it replaces it: what is damaged is overwritten, for the server has it.
    ///
    /// # Errors
    /// [`VaultError`] where the database does not answer.
    pub async fn kpm_to_replace(
        &self,
        id: KpmId,
    ) -> Result<Option<Versioned<Option<Kpm>>>, VaultError> {
        let lying = self.lying(Table::Kpms, self.vault.key(id), Schema::Kpm);
        Ok(lying.await?.map(|row| Versioned {
            version: row.version,
            record: row
                .bytes
                .and_then(|bytes| record::kpm_from_bytes(&bytes).ok()),
        }))
    }

    /// The open draft of a family: of an assessment, or of a form.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn draft(&self, kpm: KpmId, form: Option<&str>) -> Result<Option<Draft>, VaultError> {
        let key = rows::draft_key(&self.vault, kpm, form);
        let found = self.opened(Table::Drafts, key, Schema::Draft);
        read(found.await?, record::draft_from_bytes)
    }

    /// A finished assessment.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn assessment(&self, id: AssessmentId) -> Result<Option<Assessment>, VaultError> {
        let key = self.vault.key(id);
        let found = self.opened(Table::Assessments, key, Schema::Assessment);
        read(found.await?, record::assessment_from_bytes)
    }

    /// Who this vault belongs to.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn person(&self) -> Result<Option<Person>, VaultError> {
        let found = self.thing(rows::PERSON, Schema::Person);
        read(found.await?, v1::from_bytes)
    }

    /// The access token.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn session(&self) -> Result<Option<Session>, VaultError> {
        let found = self.thing(rows::SESSION, Schema::Session);
        read(found.await?, v1::from_bytes)
    }

    /// The head of the chain; `None` where nothing was recorded yet.
    ///
    /// # Errors
    /// [`VaultError`] where it cannot be read.
    pub async fn chain(&self) -> Result<Option<ChainHead>, VaultError> {
        let found = self.thing(rows::CHAIN, Schema::Chain);
        read(found.await?, v1::from_bytes)
    }

    /// How far the phone has listened. Where that is damaged, it listens from the beginning.
    ///
    /// # Errors
    /// [`VaultError`] where the database does not answer.
    pub async fn progress(&self) -> Result<Option<Versioned<Progress>>, VaultError> {
        let lying = self.lying(
            Table::Meta,
            self.vault.key(rows::PROGRESS),
            Schema::Progress,
        );
        Ok(lying.await?.map(|row| Versioned {
            version: row.version,
            record: row
                .bytes
                .and_then(|bytes| v1::from_bytes(&bytes).ok())
                .unwrap_or_default(),
        }))
    }

    /// Entries that wait, in their order, at most `limit`. One that cannot be opened stays where it lies, is counted, and
    /// blocks no other.
    ///
    /// # Errors
    /// [`VaultError`] where the database does not answer.
    pub async fn waiting(&self, limit: u32) -> Result<Queue, VaultError> {
        let opened = self
            .opened_all(Table::Outbox, Schema::Waiting, limit)
            .await?;
        let mut queue = Queue::default();
        for row in opened {
            match whole(row) {
                Some(waiting) => queue.waiting.push(waiting),
                None => queue.unreadable += 1,
            }
        }
        Ok(queue)
    }

    /// The families of which an entry waits or was refused; opens nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn families_unsettled(&self, except: &[String]) -> Result<Vec<KpmId>, StoreError> {
        let prefix = self.vault.prefix();
        let mut rows = self.store.scan(Table::Outbox, &prefix, u32::MAX).await?;
        rows.retain(|row| !except.contains(&row.key));
        rows.extend(self.store.scan(Table::Refused, &prefix, u32::MAX).await?);
        Ok(rows
            .iter()
            .filter_map(|row| rows::outbox_key(&row.key))
            .map(|(_, kpm)| kpm)
            .collect())
    }

    /// The families of which a draft lies here, of an assessment or of a note; opens nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn families_begun(&self) -> Result<Vec<KpmId>, StoreError> {
        let prefix = self.vault.prefix();
        let rows = self.store.scan(Table::Drafts, &prefix, u32::MAX).await?;
        let named = |key: &str| {
            key.get(prefix.len()..)?
                .split('/')
                .next()
                .and_then(|kpm| kpm.parse().ok())
        };
        Ok(rows.iter().filter_map(|row| named(&row.key)).collect())
    }

    /// Of whom a note was begun on a form; opens nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begun_on(&self, form: &str) -> Result<Option<KpmId>, StoreError> {
        let begun = self.notes_begun(self.vault.prefix()).await?;
        let found = begun.into_iter().find(|(_, known)| known == form);
        Ok(found.and_then(|(kpm, _)| kpm.parse().ok()))
    }

    /// The forms on which a note of a family was begun; opens nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forms_begun(&self, kpm: KpmId) -> Result<Vec<String>, StoreError> {
        let begun = self.notes_begun(self.vault.key(kpm)).await?;
        Ok(begun.into_iter().map(|(_, form)| form).collect())
    }

    /// Whose notes were begun and on which form, of the keys that begin so.
    async fn notes_begun(&self, prefix: String) -> Result<Vec<(String, String)>, StoreError> {
        let rows = self.store.scan(Table::Drafts, &prefix, u32::MAX).await?;
        let own = self.vault.prefix().len();
        let mut begun = Vec::new();
        for row in rows {
            if let Some((kpm, form)) = row.key.get(own..).and_then(|key| key.split_once('/')) {
                begun.push((kpm.to_owned(), form.to_owned()));
            }
        }
        Ok(begun)
    }

    /// Entries that were refused and can be read, with their keys.
    ///
    /// # Errors
    /// [`VaultError`] where the database does not answer.
    pub async fn refused(&self) -> Result<Vec<(String, RefusedRow)>, VaultError> {
        let opened = self
            .opened_all(Table::Refused, Schema::Refused, u32::MAX)
            .await?;
        let whole = opened.into_iter().filter_map(|row| {
            let refused = v1::from_bytes(&row.bytes?).ok()?;
            Some((row.key, refused))
        });
        Ok(whole.collect())
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

    /// All families that can be read; a damaged one is left where it lies.
    ///
    /// # Errors
    /// [`VaultError`] where the database does not answer.
    pub async fn readable_kpms(&self) -> Result<Vec<Kpm>, VaultError> {
        let opened = self.opened_all(Table::Kpms, Schema::Kpm, u32::MAX).await?;
        let whole = opened.iter().filter_map(|row| row.bytes.as_ref());
        Ok(whole
            .filter_map(|bytes| record::kpm_from_bytes(bytes).ok())
            .collect())
    }

    /// The open drafts that can be read.
    ///
    /// # Errors
    /// [`VaultError`] where the database does not answer.
    pub async fn readable_drafts(&self) -> Result<Vec<Draft>, VaultError> {
        let opened = self
            .opened_all(Table::Drafts, Schema::Draft, u32::MAX)
            .await?;
        let whole = opened.iter().filter_map(|row| row.bytes.as_ref());
        Ok(whole
            .filter_map(|bytes| record::draft_from_bytes(bytes).ok())
            .collect())
    }

    /// All rows of a table that are this vault's, opened.
    pub(crate) fn opened_all(
        &self,
        table: Table,
        schema: Schema,
        limit: u32,
    ) -> Later<Result<Vec<OpenedRow>, VaultError>> {
        let Self { store, vault } = self.clone();
        Box::pin(Whole::new(async move {
            let mut opened = Vec::new();
            for row in store.scan(table, &vault.prefix(), limit).await? {
                let bytes = vault.open(table, &row.key, schema, &row.bytes).await.ok();
                opened.push(OpenedRow {
                    key: row.key,
                    version: row.version,
                    bytes,
                });
            }
            Ok(opened)
        }))
    }

    fn thing(&self, name: &str, schema: Schema) -> Later<Opened> {
        self.opened(Table::Meta, self.vault.key(name), schema)
    }

    fn opened(&self, table: Table, key: String, schema: Schema) -> Later<Opened> {
        let lying = self.lying(table, key, schema);
        Box::pin(Whole::new(async move {
            Ok(match lying.await? {
                None => None,
                Some(row) => Some((row.bytes.ok_or(VaultError::Damaged)?, row.version)),
            })
        }))
    }

    /// The row of a key, damaged or not.
    fn lying(
        &self,
        table: Table,
        key: String,
        schema: Schema,
    ) -> Later<Result<Option<OpenedRow>, VaultError>> {
        let Self { store, vault } = self.clone();
        Box::pin(Whole::new(async move {
            let Some(row) = store.get(table, &key).await? else {
                return Ok(None);
            };
            let bytes = match vault.open(table, &key, schema, &row.bytes).await {
                Err(VaultError::Damaged) => None,
                opened => Some(opened?),
            };
            Ok(Some(OpenedRow {
                key,
                version: row.version,
                bytes,
            }))
        }))
    }
}

fn whole(row: OpenedRow) -> Option<Waiting> {
    let (seq, kpm) = rows::outbox_key(&row.key)?;
    let opened = v1::from_bytes(&row.bytes?).ok()?;
    Some(Waiting {
        key: row.key,
        seq,
        kpm,
        row: opened,
    })
}

/// The bytes of a record and its version, where there is one.
type Opened = Result<Option<(Vec<u8>, u64)>, VaultError>;

fn read<T>(
    found: Option<(Vec<u8>, u64)>,
    decode: fn(&[u8]) -> Result<T, Unreadable>,
) -> Result<Option<T>, VaultError> {
    Ok(versioned(found, decode)?.map(|found| found.record))
}

fn versioned<T>(
    found: Option<(Vec<u8>, u64)>,
    decode: fn(&[u8]) -> Result<T, Unreadable>,
) -> Result<Option<Versioned<T>>, VaultError> {
    let Some((bytes, version)) = found else {
        return Ok(None);
    };
    Ok(Some(Versioned {
        record: decode(&bytes)?,
        version,
    }))
}
