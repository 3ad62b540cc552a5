//! The store of native tests: the same promises, and faults on demand.

use super::{Batch, Row, StoreError, Table, WriteError};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Tables in memory. Clones share them, as two tabs share a database.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Inner>>);

/// What a test can make go wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The next write finds the disk full.
    FullOnce,
    /// Every write finds the disk full until [`Memory::mend`].
    Full,
    /// The browser cannot open its files.
    Internal,
}

#[derive(Default)]
struct Inner {
    rows: BTreeMap<(Table, String), (u64, Vec<u8>)>,
    keys: BTreeMap<String, [u8; 32]>,
    fault: Option<Fault>,
    strict_writes: u32,
}

impl Memory {
    /// Makes the writes that follow go wrong.
    pub fn break_with(&self, fault: Fault) {
        self.inner().fault = Some(fault);
    }

    /// Ends the fault.
    pub fn mend(&self) {
        self.inner().fault = None;
    }

    /// How many strict batches were kept.
    #[must_use]
    pub fn strict_writes(&self) -> u32 {
        self.inner().strict_writes
    }

    /// Every byte that is stored, for tests that look for names in it.
    #[must_use]
    pub fn everything(&self) -> Vec<(Table, String, Vec<u8>)> {
        let inner = self.inner();
        let rows = inner.rows.iter();
        rows.map(|((table, key), (_, bytes))| (*table, key.clone(), bytes.clone()))
            .collect()
    }

    /// The key of this name, made by `fresh` where there is none yet.
    pub(crate) fn key_or(&self, name: &str, fresh: [u8; 32]) -> [u8; 32] {
        *self.inner().keys.entry(name.to_owned()).or_insert(fresh)
    }

    pub(super) fn get(&self, table: Table, key: &str) -> Result<Option<Row>, StoreError> {
        let inner = self.readable()?;
        let found = inner.rows.get(&(table, key.to_owned()));
        Ok(found.map(|(version, bytes)| row(key, *version, bytes)))
    }

    pub(super) fn scan(
        &self,
        table: Table,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        let inner = self.readable()?;
        let from = inner.rows.range((table, prefix.to_owned())..);
        let found = from
            .take_while(|((at, key), _)| *at == table && key.starts_with(prefix))
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .map(|((_, key), (version, bytes))| row(key, *version, bytes));
        Ok(found.collect())
    }

    pub(super) fn count(&self, table: Table, prefix: &str) -> Result<u32, StoreError> {
        let rows = self.scan(table, prefix, u32::MAX)?;
        Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn write(&self, batch: &Batch) -> Result<(), WriteError> {
        let mut inner = self.inner();
        match inner.fault {
            Some(Fault::Internal) => return Err(StoreError::Internal.into()),
            Some(Fault::Full) => return Err(StoreError::Full.into()),
            Some(Fault::FullOnce) => {
                inner.fault = None;
                return Err(StoreError::Full.into());
            }
            None => {}
        }
        for (table, key, version) in &batch.expect {
            let now = inner
                .rows
                .get(&(*table, key.clone()))
                .map(|(version, _)| *version);
            if now != *version {
                return Err(WriteError::Changed(*table));
            }
        }
        for (table, row) in &batch.puts {
            inner
                .rows
                .insert((*table, row.key.clone()), (row.version, row.bytes.clone()));
        }
        for (table, key) in &batch.deletes {
            inner.rows.remove(&(*table, key.clone()));
        }
        inner.strict_writes += u32::from(batch.durability == super::Durability::Strict);
        Ok(())
    }

    fn readable(&self) -> Result<MutexGuard<'_, Inner>, StoreError> {
        let inner = self.inner();
        if inner.fault == Some(Fault::Internal) {
            Err(StoreError::Internal)
        } else {
            Ok(inner)
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn row(key: &str, version: u64, bytes: &[u8]) -> Row {
    Row {
        key: key.to_owned(),
        version,
        bytes: bytes.to_vec(),
    }
}
