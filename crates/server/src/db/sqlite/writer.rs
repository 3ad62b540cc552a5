//! The one writer: a thread that takes what waits, writes it in one transaction
//! and answers after the commit.
//!
//! A commit with `synchronous=FULL` waits for the disk; a group of many jobs waits
//! once. A group is closed after five milliseconds or five hundred entries, and at
//! once when nothing more waits. Each job runs in a savepoint of its own: one that
//! fails takes nothing of another with it.

use super::super::model::DbError;
use super::convert::engine;
use rusqlite::Connection;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

const GROUP_TIME: Duration = Duration::from_millis(5);
const GROUP_ENTRIES: usize = 500;
/// More than this waiting is refused early rather than late.
const QUEUE: usize = 1024;

type Answer = Box<dyn FnOnce(Result<(), DbError>) + Send>;

type Work = Box<dyn FnOnce(Result<&Connection, DbError>) -> Answer + Send>;

struct Job {
    entries: usize,
    run: Work,
}

pub(super) struct Writer {
    queue: Mutex<Option<SyncSender<Job>>>,
    thread: Mutex<Option<JoinHandle<Result<(), DbError>>>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, DbError> {
        let (sender, receiver) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || write_until_closed(&connection, &receiver))
            .map_err(|_| DbError::Closed)?;
        Ok(Self {
            queue: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Runs a job in the next group; the answer comes after the commit, or with the failure.
    /// `entries` is the job's share of a group.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        entries: usize,
        work: impl FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        let (answer, answered) = oneshot::channel();
        let run = Box::new(move |connection: Result<&Connection, DbError>| -> Answer {
            let outcome = connection.and_then(|connection| in_savepoint(connection, work));
            Box::new(move |committed| {
                // The one who asked may have gone away; what was written stays written.
                drop(answer.send(committed.and(outcome)));
            })
        });
        self.enqueue(Job { entries, run })?;
        answered.await.map_err(|_| DbError::Closed)?
    }

    fn enqueue(&self, job: Job) -> Result<(), DbError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = queue.as_ref().ok_or(DbError::Closed)?;
        sender.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => DbError::Busy,
            TrySendError::Disconnected(_) => DbError::Closed,
        })
    }

    /// Lets the thread finish what waits, and folds the log into the file.
    pub(super) fn close(&self) -> Result<(), DbError> {
        let sender = self
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(sender);
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match thread {
            Some(thread) => thread.join().map_err(|_| DbError::Closed)?,
            None => Ok(()),
        }
    }
}

fn write_until_closed(connection: &Connection, queue: &Receiver<Job>) -> Result<(), DbError> {
    while let Ok(first) = queue.recv() {
        write_group(connection, first, queue);
    }
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(engine)
}

fn write_group(connection: &Connection, first: Job, queue: &Receiver<Job>) {
    let began = Instant::now();
    let begun = connection.execute_batch("BEGIN IMMEDIATE").map_err(engine);
    let mut answers = Vec::new();
    let mut entries = 0;
    let mut next = Some(first);
    while let Some(job) = next.take() {
        entries += job.entries.max(1);
        answers.push((job.run)(begun.map(|()| connection)));
        if entries < GROUP_ENTRIES && began.elapsed() < GROUP_TIME {
            // Nothing more waits, or nobody is left to ask: the group ends here.
            next = queue.try_recv().ok();
        }
    }
    let committed = begun.and_then(|()| commit(connection));
    for answer in answers {
        answer(committed);
    }
}

fn commit(connection: &Connection) -> Result<(), DbError> {
    connection.execute_batch("COMMIT").map_err(|error| {
        let failed = engine(error);
        // After a full disk the transaction may still be open; the next group must find none.
        if !connection.is_autocommit() && connection.execute_batch("ROLLBACK").is_err() {
            tracing::error!(code = "rollback-failed", "the writer cannot roll back");
        }
        failed
    })
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, DbError>,
) -> Result<T, DbError> {
    connection.execute_batch("SAVEPOINT job").map_err(engine)?;
    // A panic in one job must not end the writer for everybody.
    let outcome = catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or_else(|_| {
        tracing::error!(code = "writer-job-panicked", "a write was rolled back");
        Err(DbError::Damaged)
    });
    let end = match outcome {
        Ok(_) => "RELEASE job",
        Err(_) => "ROLLBACK TO job; RELEASE job",
    };
    connection.execute_batch(end).map_err(engine)?;
    outcome
}
