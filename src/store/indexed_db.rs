//! The browser's database.
//!
//! A transaction waits for nothing but its own requests: what is written was sealed before it began. Only a commit that
//! the browser confirms is a receipt; a commit that fails says why through the raw transaction (`QuotaExceededError`).

mod row;
mod trouble;

use super::{Batch, Durability, Row, StoreError, Table, WriteError};
use crate::platform::{Platform, js};
use gloo::events::EventListener;
use indexed_db_futures::{
    KeyRange,
    database::Database,
    error::Error,
    internals::SystemRepr,
    prelude::*,
    transaction::{TransactionDurability, TransactionMode, TransactionOptions},
};
use row::StoredRow;
use send_wrapper::SendWrapper;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use trouble::{is_closed, open_trouble, trouble};
use wasm_bindgen::{JsCast, JsValue};

/// The version of the tables. It grows by one with each change; changes only add.
const VERSION: u32 = 1;
/// The table of keys that nobody can read, only use.
const KEYS: &str = "keys";
/// How long another tab may hold an older version open, in milliseconds.
const PATIENCE: u32 = 5_000;

/// A connection to the browser's database, reopened when the browser closes it. Clones share it.
#[derive(Clone)]
pub struct IndexedDb(SendWrapper<Rc<Inner>>);

struct Inner {
    name: String,
    connection: RefCell<Option<Connection>>,
    taken_over: Cell<bool>,
}

struct Connection {
    database: Database,
    _listeners: [EventListener; 2],
}

impl IndexedDb {
    /// Opens the database of this name, and makes it at the first time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(_: &Platform, name: &str) -> Result<Self, StoreError> {
        let inner = Inner {
            name: name.to_owned(),
            connection: RefCell::default(),
            taken_over: Cell::new(false),
        };
        let this = Self(SendWrapper::new(Rc::new(inner)));
        this.connection().await?;
        Ok(this)
    }

    /// Closes the connection, as the browser does under pressure. The next call opens it again.
    pub fn close(&self) {
        if let Some(connection) = self.0.connection.borrow_mut().take() {
            connection.database.close();
        }
    }

    pub(super) async fn get(&self, table: Table, key: &str) -> Result<Option<Row>, StoreError> {
        let found = self
            .attempt(async |database| {
                let transaction = database.transaction(table.name()).build()?;
                let store = transaction.object_store(table.name())?;
                store.get::<StoredRow, _, _>(key).serde()?.await
            })
            .await?;
        Ok(found.map(Row::from))
    }

    pub(super) async fn scan(
        &self,
        table: Table,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        self.attempt(async |database| {
            let transaction = database.transaction(table.name()).build()?;
            let store = transaction.object_store(table.name())?;
            let found = store
                .get_all::<StoredRow>()
                .with_query::<String, _>(beginning(prefix));
            let rows = found.with_limit(limit).serde()?.await?;
            rows.map(|row| row.map(Row::from)).collect()
        })
        .await
    }

    pub(super) async fn count(&self, table: Table, prefix: &str) -> Result<u32, StoreError> {
        self.attempt(async |database| {
            let transaction = database.transaction(table.name()).build()?;
            let store = transaction.object_store(table.name())?;
            store
                .count()
                .with_query::<String, _>(beginning(prefix))
                .primitive()?
                .await
        })
        .await
    }

    pub(super) async fn write(&self, batch: &Batch) -> Result<(), WriteError> {
        if batch.is_empty() && batch.expect.is_empty() {
            return Ok(());
        }
        match self
            .attempt(async |database| write_once(database, batch).await)
            .await?
        {
            Written::Committed => Ok(()),
            Written::Changed(table) => Err(WriteError::Changed(table)),
        }
    }

    /// The key of this name; `fresh` where there is none yet. Two tabs that ask at once get the same one.
    pub(crate) async fn key_or(
        &self,
        name: &str,
        fresh: Option<&JsValue>,
    ) -> Result<Option<JsValue>, StoreError> {
        self.attempt(async |database| {
            let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
            let building = database
                .transaction(KEYS)
                .with_mode(TransactionMode::Readwrite);
            let transaction = building.with_options(options).build()?;
            let store = transaction.object_store(KEYS)?;
            let found: Option<JsValue> = store.get(name).primitive()?.await?;
            if let (None, Some(fresh)) = (&found, fresh) {
                store
                    .put(fresh.clone())
                    .with_key(name.to_owned())
                    .primitive()?
                    .await?;
            }
            drop(store);
            transaction.commit().await?;
            Ok(found.or_else(|| fresh.cloned()))
        })
        .await
    }

    /// Runs an operation; where the browser has closed the connection, opens it again and tries once more.
    async fn attempt<T>(
        &self,
        operation: impl AsyncFn(&Database) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let database = self.connection().await?;
        match operation(&database).await {
            Err(error) if is_closed(&error) => {
                self.0.connection.borrow_mut().take();
                let database = self.connection().await?;
                operation(&database).await.map_err(|error| trouble(&error))
            }
            other => other.map_err(|error| trouble(&error)),
        }
    }

    async fn connection(&self) -> Result<Database, StoreError> {
        if self.0.taken_over.get() {
            return Err(StoreError::TakenOver);
        }
        if let Some(connection) = self.0.connection.borrow().as_ref() {
            return Ok(connection.database.clone());
        }
        let database = open(&self.0.name).await?;
        let target: &web_sys::EventTarget = database.as_sys().unchecked_ref();
        let (inner, closing) = (Rc::downgrade(&self.0), database.clone());
        let taken_over = EventListener::once(target, "versionchange", move |_| {
            // A newer app in another tab waits for us: let it have the database.
            closing.close();
            if let Some(inner) = inner.upgrade() {
                inner.taken_over.set(true);
                inner.connection.take();
            }
        });
        let inner = Rc::downgrade(&self.0);
        let closed = EventListener::once(target, "close", move |_| {
            if let Some(inner) = inner.upgrade() {
                inner.connection.take();
            }
        });
        let connection = Connection {
            database: database.clone(),
            _listeners: [taken_over, closed],
        };
        self.0.connection.replace(Some(connection));
        Ok(database)
    }
}

enum Written {
    Committed,
    Changed(Table),
}

async fn write_once(database: &Database, batch: &Batch) -> Result<Written, Error> {
    let mut tables: Vec<&str> = batch
        .expect
        .iter()
        .map(|(table, ..)| table.name())
        .collect();
    tables.extend(batch.puts.iter().map(|(table, _)| table.name()));
    tables.extend(batch.deletes.iter().map(|(table, _)| table.name()));
    tables.sort_unstable();
    tables.dedup();
    let durability = match batch.durability {
        Durability::Strict => TransactionDurability::Strict,
        Durability::Relaxed => TransactionDurability::Relaxed,
    };
    let options = TransactionOptions::new().with_durability(durability);
    let building = database
        .transaction(tables.as_slice())
        .with_mode(TransactionMode::Readwrite);
    let transaction = building.with_options(options).build()?;
    let raw = transaction.as_sys().clone();

    let mut found = Vec::with_capacity(batch.expect.len());
    for (table, key, _) in &batch.expect {
        let store = transaction.object_store(table.name())?;
        found.push(store.get::<StoredRow, _, _>(key.as_str()).serde()?);
    }
    for (request, (table, _, expected)) in found.into_iter().zip(&batch.expect) {
        let now = request.await?.map(|row| row.version());
        if now != *expected {
            transaction.abort().await?;
            return Ok(Written::Changed(*table));
        }
    }
    // One burst: a request that fails aborts the transaction, and the commit says so.
    for (table, row) in &batch.puts {
        let store = transaction.object_store(table.name())?;
        drop(store.put(StoredRow::from(row)).serde()?);
    }
    for (table, key) in &batch.deletes {
        let store = transaction.object_store(table.name())?;
        drop(store.delete(key.as_str()).primitive()?);
    }
    match transaction.commit().await {
        Ok(()) => Ok(Written::Committed),
        Err(error) => Err(raw.error().map_or(error, Error::from)),
    }
}

async fn open(name: &str) -> Result<Database, StoreError> {
    let opening = Database::open(name)
        .with_version(VERSION)
        .with_on_upgrade_needed(|_, database| {
            let there: Vec<String> = database.object_store_names().collect();
            for table in Table::ALL.map(Table::name) {
                if !there.iter().any(|name| name == table) {
                    database
                        .create_object_store(table)
                        .with_key_path(row::KEY.into())
                        .build()?;
                }
            }
            if !there.iter().any(|name| name == KEYS) {
                database.create_object_store(KEYS).build()?;
            }
            Ok(())
        })
        .build();
    let opening = opening.map_err(|error| open_trouble(&error))?;
    match js::within(PATIENCE, opening).await {
        Some(Ok(database)) => Ok(database),
        Some(Err(error)) => Err(open_trouble(&error)),
        None => Err(StoreError::Blocked),
    }
}

/// Keys that begin with a prefix: UTF-16 sorts nothing of ours behind U+FFFF.
fn beginning(prefix: &str) -> KeyRange<String> {
    KeyRange::Bound(prefix.to_owned(), false, format!("{prefix}\u{ffff}"), false)
}
