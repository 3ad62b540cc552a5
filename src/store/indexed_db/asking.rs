//! One transaction: what is asked, and what the database tells.

use super::{
    super::{Batch, Durability, Row, Table},
    KEYS, row,
};
use indexed_db_futures::{
    KeyRange,
    database::Database,
    error::Error,
    internals::SystemRepr,
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use wasm_bindgen::JsValue;

/// What is asked of the database.
pub(super) enum Ask<'a> {
    /// Rows whose keys lie between two, both included, in order.
    Rows {
        table: Table,
        from: String,
        to: String,
        limit: u32,
    },
    /// How many there are.
    Count {
        table: Table,
        from: String,
        to: String,
    },
    /// A batch: all of it or nothing.
    Write(&'a Batch),
    /// A key by its name; the fresh one where there is none.
    Key {
        name: &'a str,
        fresh: Option<&'a JsValue>,
    },
}

/// What it tells.
pub(super) enum Told {
    Rows(Vec<Row>),
    /// A row is not in the shape that was written.
    Damaged,
    Count(u32),
    Written,
    /// A row of this table is not at the version that was expected; nothing was written.
    Changed(Table),
    Key(Option<JsValue>),
}

impl Ask<'_> {
    /// Asks in one transaction.
    pub(super) async fn once(&self, database: &Database) -> Result<Told, Error> {
        match self {
            Self::Rows {
                table,
                from,
                to,
                limit,
            } => {
                let transaction = database.transaction(table.name()).build()?;
                let store = transaction.object_store(table.name())?;
                let found = store
                    .get_all::<JsValue>()
                    .with_query::<String, _>(range(from, to));
                let found = found.with_limit(*limit).primitive()?.await?;
                let mut rows = Vec::new();
                for found in found {
                    match row::read(&found?) {
                        Some(row) => rows.push(row),
                        None => return Ok(Told::Damaged),
                    }
                }
                Ok(Told::Rows(rows))
            }
            Self::Count { table, from, to } => {
                let transaction = database.transaction(table.name()).build()?;
                let store = transaction.object_store(table.name())?;
                let count = store.count().with_query::<String, _>(range(from, to));
                Ok(Told::Count(count.primitive()?.await?))
            }
            Self::Write(batch) => write(database, batch).await,
            Self::Key { name, fresh } => {
                let transaction = writing(database, &[KEYS], TransactionDurability::Strict)?;
                let store = transaction.object_store(KEYS)?;
                let found: Option<JsValue> = store.get(*name).primitive()?.await?;
                if let (None, Some(fresh)) = (&found, fresh) {
                    drop(
                        store
                            .put((*fresh).clone())
                            .with_key((*name).to_owned())
                            .primitive()?,
                    );
                }
                drop(store);
                transaction.commit().await?;
                Ok(Told::Key(found.or_else(|| fresh.cloned())))
            }
        }
    }
}

async fn write(database: &Database, batch: &Batch) -> Result<Told, Error> {
    let names = (batch.expect.iter().map(|(table, ..)| table))
        .chain(batch.puts.iter().map(|(table, _)| table))
        .chain(batch.deletes.iter().map(|(table, _)| table));
    let mut tables: Vec<&str> = Vec::new();
    for name in names.map(|table| table.name()) {
        if !tables.contains(&name) {
            tables.push(name);
        }
    }
    let durability = match batch.durability {
        Durability::Strict => TransactionDurability::Strict,
        Durability::Relaxed => TransactionDurability::Relaxed,
    };
    let transaction = writing(database, &tables, durability)?;
    let raw = transaction.as_sys().clone();

    let mut found = Vec::with_capacity(batch.expect.len());
    for (table, key, _) in &batch.expect {
        let store = transaction.object_store(table.name())?;
        found.push(store.get::<JsValue, _, _>(key.as_str()).primitive()?);
    }
    // One burst, behind the readings and without waiting for them: requests are answered in their order, and nothing of
    // it is kept before the commit. A request that fails aborts the transaction, and the commit says so.
    for (table, row) in &batch.puts {
        let store = transaction.object_store(table.name())?;
        drop(store.put(row::stored(row)).primitive()?);
    }
    for (table, key) in &batch.deletes {
        let store = transaction.object_store(table.name())?;
        drop(store.delete(key.as_str()).primitive()?);
    }
    for (request, (table, _, expected)) in found.into_iter().zip(&batch.expect) {
        let now: Option<JsValue> = request.await?;
        if now.as_ref().and_then(row::version) != *expected {
            transaction.abort().await?;
            return Ok(Told::Changed(*table));
        }
    }
    match transaction.commit().await {
        Ok(()) => Ok(Told::Written),
        Err(error) => Err(raw.error().map_or(error, Error::from)),
    }
}

fn writing<'a>(
    database: &'a Database,
    tables: &[&str],
    durability: TransactionDurability,
) -> Result<Transaction<'a>, Error> {
    let options = TransactionOptions::new().with_durability(durability);
    let building = database
        .transaction(tables)
        .with_mode(TransactionMode::Readwrite);
    building.with_options(options).build()
}

fn range(from: &str, to: &str) -> KeyRange<String> {
    KeyRange::Bound(from.to_owned(), false, to.to_owned(), false)
}
