//! The browser's database.
//!
//! A transaction waits for nothing but its own requests: what is written was sealed before it began. Only a commit that
//! the browser confirms is a receipt; a commit that fails says why through the raw transaction (`QuotaExceededError`).

mod asking;
mod row;
mod trouble;

use super::{Batch, Row, StoreError, Table, WriteError};
use crate::platform::{Platform, js};
use asking::{Ask, Told};
use gloo::events::EventListener;
use indexed_db_futures::{database::Database, internals::SystemRepr, prelude::*};
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
    /// It was there, so that it is not made anew where it has vanished.
    was_there: Cell<bool>,
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
            was_there: Cell::new(false),
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

    pub(super) async fn rows(
        &self,
        table: Table,
        from: String,
        to: String,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        match self
            .ask(Ask::Rows {
                table,
                from,
                to,
                limit,
            })
            .await?
        {
            Told::Rows(rows) => Ok(rows),
            Told::Damaged => Err(StoreError::Damaged),
            _ => Err(StoreError::Internal),
        }
    }

    pub(super) async fn count(&self, table: Table, prefix: &str) -> Result<u32, StoreError> {
        let (from, to) = beginning(prefix);
        match self.ask(Ask::Count { table, from, to }).await? {
            Told::Count(count) => Ok(count),
            _ => Err(StoreError::Internal),
        }
    }

    pub(super) async fn write(&self, batch: &Batch) -> Result<(), WriteError> {
        if batch.is_empty() && batch.expect.is_empty() {
            return Ok(());
        }
        match self.ask(Ask::Write(batch)).await? {
            Told::Written => Ok(()),
            Told::Changed(table) => Err(WriteError::Changed(table)),
            _ => Err(StoreError::Internal.into()),
        }
    }

    /// The key of this name; `fresh` where there is none yet. Two tabs that ask at once get the same one.
    pub(crate) async fn key_or(
        &self,
        name: &str,
        fresh: Option<&JsValue>,
    ) -> Result<Option<JsValue>, StoreError> {
        match self.ask(Ask::Key { name, fresh }).await? {
            Told::Key(key) => Ok(key),
            _ => Err(StoreError::Internal),
        }
    }

    /// Asks the database; where the browser has closed the connection, opens it again and asks once more.
    async fn ask(&self, ask: Ask<'_>) -> Result<Told, StoreError> {
        let mut tried = false;
        loop {
            let database = self.connection().await?;
            match ask.once(&database).await {
                Err(error) if is_closed(&error) && !tried => {
                    tried = true;
                    self.0.connection.borrow_mut().take();
                }
                told => return told.map_err(|error| trouble(&error)),
            }
        }
    }

    async fn connection(&self) -> Result<Database, StoreError> {
        if self.0.taken_over.get() {
            return Err(StoreError::TakenOver);
        }
        if let Some(connection) = self.0.connection.borrow().as_ref() {
            return Ok(connection.database.clone());
        }
        let database = open(&self.0.name, self.0.was_there.get()).await?;
        self.0.was_there.set(true);
        let target: &web_sys::EventTarget = database.as_sys().unchecked_ref();
        let (inner, closing) = (Rc::downgrade(&self.0), database.clone());
        let taken_over = EventListener::once(target, "versionchange", move |event| {
            // A newer app in another tab waits for us: let it have the database. Or somebody deletes it.
            let deleted = js::get(event, "newVersion").is_null();
            closing.close();
            if let Some(inner) = inner.upgrade() {
                inner.taken_over.set(!deleted);
                inner.connection.take();
            }
        });
        let inner = Rc::downgrade(&self.0);
        let closed = EventListener::once(target, "close", move |_| {
            if let Some(inner) = inner.upgrade() {
                inner.connection.take();
            }
        });
        self.0.connection.replace(Some(Connection {
            database: database.clone(),
            _listeners: [taken_over, closed],
        }));
        Ok(database)
    }
}

/// Keys that begin with a prefix: UTF-16 sorts nothing of ours behind U+FFFF.
pub(super) fn beginning(prefix: &str) -> (String, String) {
    (prefix.to_owned(), [prefix, "\u{ffff}"].concat())
}

async fn open(name: &str, was_there: bool) -> Result<Database, StoreError> {
    let opening = Database::open(name).with_version(VERSION).build();
    let opening = opening.map_err(|error| open_trouble(&error, was_there))?;
    let request: JsValue = opening.as_sys().clone().into();
    let upgrading = EventListener::once(opening.as_sys(), "upgradeneeded", move |_| {
        if was_there {
            // Nobody has upgraded it in between: that ends in `TakenOver`. It was deleted, and stays so.
            drop(js::call(&js::get(&request, "transaction"), "abort", &[]));
        } else {
            make_tables(&js::get(&request, "result"));
        }
    });
    let opened = js::within(PATIENCE, opening).await;
    drop(upgrading);
    match opened {
        Some(Ok(database)) => Ok(database),
        Some(Err(error)) => Err(open_trouble(&error, was_there)),
        None => Err(StoreError::Blocked),
    }
}

/// Makes the tables that are not there yet; a table that cannot be made ends the upgrade, and the opening says so.
fn make_tables(database: &JsValue) {
    let there = js::get(database, "objectStoreNames");
    let by_key = js::object(&[("keyPath", row::KEY.into())]);
    let tables = Table::ALL.map(|table| (table.name(), by_key.clone()));
    for (name, options) in tables.into_iter().chain([(KEYS, js::object(&[]))]) {
        let known = js::call(&there, "contains", &[name.into()]);
        if !known.is_some_and(|known| known.is_truthy()) {
            drop(js::call(
                database,
                "createObjectStore",
                &[name.into(), options],
            ));
        }
    }
}
