//! Where the phone keeps its records: bytes under keys, in a few tables, written in batches.
//!
//! The store knows nothing of people. What it is given about them is already
//! sealed, keys are random identities, and nothing is indexed. A batch is one
//! transaction: all of it is kept or none, and only its `Ok` is a receipt.

#[cfg(target_family = "wasm")]
mod indexed_db;
#[cfg(not(target_family = "wasm"))]
mod memory;

#[cfg(target_family = "wasm")]
pub use indexed_db::IndexedDb;
#[cfg(not(target_family = "wasm"))]
pub use memory::{Fault, Memory};

#[cfg(all(test, not(target_family = "wasm")))]
mod contract;
#[cfg(all(test, not(target_family = "wasm")))]
mod memory_keeps_the_contract {
    #[tokio::test]
    async fn all_of_it() {
        super::contract::check(&super::Store::Memory(super::Memory::default())).await;
    }
}

use crate::platform::Platform;

/// The name of the database; never changes.
pub const DATABASE: &str = "naik-kelas";

/// The phone's database, or the one of native tests. Clones share one connection.
#[derive(Clone)]
pub enum Store {
    /// The browser's database.
    #[cfg(target_family = "wasm")]
    IndexedDb(IndexedDb),
    /// Native tests; nothing outlives the process.
    #[cfg(not(target_family = "wasm"))]
    Memory(Memory),
}

/// Which table a row lies in. The names are those of the database and never change meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Table {
    /// One row a thing: device, person, chain, cursor.
    Meta,
    /// Pages of the caseload's summaries.
    Pages,
    /// A family each.
    Kpms,
    /// A family's open draft each.
    Drafts,
    /// Finished assessments.
    Assessments,
    /// Entries that wait for their receipt, in the order of their sequence numbers.
    Outbox,
    /// Entries that were refused, with the code.
    Refused,
    /// Compiled packs by their hash; the same for every person of this phone.
    Packs,
    /// Receipts of entries.
    Receipts,
}

/// A row as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its key.
    pub key: String,
    /// What the writer gave it; compared by [`Batch::expect`].
    pub version: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How sure the receipt has to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// On the disk when the answer comes: what a person has entered.
    Strict,
    /// With the operating system: what the server can send again.
    Relaxed,
}

/// Writes that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    pub(crate) puts: Vec<(Table, Row)>,
    pub(crate) deletes: Vec<(Table, String)>,
    pub(crate) expect: Vec<(Table, String, Option<u64>)>,
    pub(crate) durability: Durability,
}

/// Why the database did not answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StoreError {
    /// Another tab holds an older version open: close it.
    Blocked,
    /// A newer app has written this database: reload to get that app.
    NewerVersion,
    /// A newer app in another tab has taken the database over: reload.
    TakenOver,
    /// The database was deleted while the app was open.
    Gone,
    /// The disk is full; nothing of the batch was kept.
    Full,
    /// The browser cannot open its own files: restart the browser.
    Internal,
    /// A row is not in the shape that was written.
    Damaged,
}

/// Why a batch was not kept. Nothing of it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WriteError {
    /// A row of this table is not at the version that was read: another tab was faster.
    Changed(Table),
    /// The database did not take it.
    Store(StoreError),
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 9] = [
        Self::Meta,
        Self::Pages,
        Self::Kpms,
        Self::Drafts,
        Self::Assessments,
        Self::Outbox,
        Self::Refused,
        Self::Packs,
        Self::Receipts,
    ];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Pages => "pages",
            Self::Kpms => "kpms",
            Self::Drafts => "drafts",
            Self::Assessments => "assessments",
            Self::Outbox => "outbox",
            Self::Refused => "refused",
            Self::Packs => "packs",
            Self::Receipts => "receipts",
        }
    }
}

impl Batch {
    /// A batch whose receipt means that it is on the disk.
    #[must_use]
    pub const fn strict() -> Self {
        Self::with(Durability::Strict)
    }

    /// A batch that the server could send again.
    #[must_use]
    pub const fn relaxed() -> Self {
        Self::with(Durability::Relaxed)
    }

    const fn with(durability: Durability) -> Self {
        Self {
            puts: Vec::new(),
            deletes: Vec::new(),
            expect: Vec::new(),
            durability,
        }
    }

    /// Writes a row in the place of the one before it.
    pub fn put(&mut self, table: Table, key: impl Into<String>, version: u64, bytes: Vec<u8>) {
        self.puts.push((
            table,
            Row {
                key: key.into(),
                version,
                bytes,
            },
        ));
    }

    /// Removes a row; a row that is not there stays not there.
    pub fn delete(&mut self, table: Table, key: impl Into<String>) {
        self.deletes.push((table, key.into()));
    }

    /// Keeps nothing unless the row is at this version now; `None` = is not there.
    pub fn expect(&mut self, table: Table, key: impl Into<String>, version: Option<u64>) {
        self.expect.push((table, key.into(), version));
    }

    /// From here on the receipt has to mean that it is on the disk.
    pub const fn make_strict(&mut self) {
        self.durability = Durability::Strict;
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty()
    }
}

impl Store {
    /// Opens the database of this machine.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is ever deleted because of it.
    pub async fn open(platform: &Platform) -> Result<Self, StoreError> {
        #[cfg(target_family = "wasm")]
        return IndexedDb::open(platform, DATABASE)
            .await
            .map(Self::IndexedDb);
        #[cfg(not(target_family = "wasm"))]
        Ok(Self::Memory(platform.machine().store()))
    }

    /// The row of a key.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub async fn get(&self, table: Table, key: &str) -> Result<Option<Row>, StoreError> {
        match self {
            #[cfg(target_family = "wasm")]
            Self::IndexedDb(db) => {
                let rows = db.rows(table, key.to_owned(), key.to_owned(), 1).await?;
                Ok(rows.into_iter().next())
            }
            #[cfg(not(target_family = "wasm"))]
            Self::Memory(memory) => memory.get(table, key),
        }
    }

    /// The rows whose keys begin with the prefix, in the order of their keys, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub async fn scan(
        &self,
        table: Table,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        match self {
            #[cfg(target_family = "wasm")]
            Self::IndexedDb(db) => {
                let (from, to) = indexed_db::beginning(prefix);
                db.rows(table, from, to, limit).await
            }
            #[cfg(not(target_family = "wasm"))]
            Self::Memory(memory) => memory.scan(table, prefix, limit),
        }
    }

    /// How many rows have keys that begin with the prefix.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not answer.
    pub async fn count(&self, table: Table, prefix: &str) -> Result<u32, StoreError> {
        match self {
            #[cfg(target_family = "wasm")]
            Self::IndexedDb(db) => db.count(table, prefix).await,
            #[cfg(not(target_family = "wasm"))]
            Self::Memory(memory) => memory.count(table, prefix),
        }
    }

    /// Writes a batch: all of it or nothing.
    ///
    /// # Errors
    /// [`WriteError`]; then nothing of the batch was kept.
    pub async fn write(&self, batch: &Batch) -> Result<(), WriteError> {
        match self {
            #[cfg(target_family = "wasm")]
            Self::IndexedDb(db) => db.write(batch).await,
            #[cfg(not(target_family = "wasm"))]
            Self::Memory(memory) => memory.write(batch),
        }
    }
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
