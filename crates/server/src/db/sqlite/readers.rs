//! Reading connections: as many as are in use, kept for the next reader.

use super::super::model::DbError;
use super::convert::engine;
use rusqlite::Connection;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Semaphore;

/// Each reader holds a page cache: a limit keeps memory bounded under load.
const AT_ONCE: usize = 16;

pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Semaphore,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Arc::default(),
            permits: Semaphore::new(AT_ONCE),
        }
    }

    /// Runs a reading on a thread where waiting for a disk harms nobody. It sees one moment of the database.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        reading: impl FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        let permit = self.permits.acquire().await.map_err(|_| DbError::Closed)?;
        let (path, idle) = (self.path.clone(), Arc::clone(&self.idle));
        let done = tokio::task::spawn_blocking(move || {
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match kept {
                Some(connection) => connection,
                None => {
                    let fresh = super::connect(&path)?;
                    fresh
                        .execute_batch("PRAGMA query_only = ON")
                        .map_err(engine)?;
                    fresh
                }
            };
            connection.execute_batch("BEGIN").map_err(engine)?;
            let found = reading(&connection);
            connection.execute_batch("COMMIT").map_err(engine)?;
            // A connection whose COMMIT failed is dropped, not kept.
            idle.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
            found
        });
        let found = done.await.map_err(|_| DbError::Closed)?;
        drop(permit);
        found
    }

    /// Runs on a connection of its own, outside of a transaction.
    pub(super) async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || work(&super::connect(&path)?))
            .await
            .map_err(|_| DbError::Closed)?
    }
}
