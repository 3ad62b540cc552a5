//! Power goes: what was acknowledged is there, whatever moment it was.

use super::*;
use std::path::Path;

/// The files as they lie on the disk at this moment, without the process that wrote them.
fn copied(from: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        // Shared memory is the process's own; a dead process leaves none that is of use.
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
    }
    copy
}

#[tokio::test]
async fn every_acknowledged_entry_survives_a_crash_after_any_batch() {
    let Ground { folder, db } = ground_with(3).await;
    let mut previous = Vec::new();
    for round in 1..=6u8 {
        let submission = work(
            vault(1),
            u64::from(round),
            20 + round,
            assessment(&kpm(1 + round % 3), 40 + round, i64::from(round)),
        );
        let sent = batch(vault(1), Some(chain(&previous)), vec![submission.clone()]);
        let receipts = db.submit(sent.clone()).await.unwrap();
        previous.push(submission);

        let crashed = copied(folder.path());
        let reopened = Db::open_existing(crashed.path(), NOON).await.unwrap();
        let tally = reopened.tally(regency()).await.unwrap();
        assert_eq!((tally.entries, tally.broken_links), (u64::from(round), 0));
        assert_eq!(
            tally.last,
            3 + u64::from(round),
            "positions go on where they stood"
        );
        let ReceiptOutcome::Accepted(position) = receipts[0].outcome else {
            panic!("accepted")
        };
        let again = reopened.submit(sent).await.unwrap();
        assert_eq!(outcomes(&again), [ReceiptOutcome::AlreadyHad(position)]);
    }
}

#[tokio::test]
async fn many_writers_at_once_share_commits_and_lose_nothing() {
    let Ground { folder, db } = ground_with(3).await;
    let writers = (1..=60u8).map(|number| {
        let db = db.clone();
        let own = vault(100 + number);
        let submission = work(
            own,
            1,
            number,
            assessment(&kpm(1 + number % 3), number, i64::from(number)),
        );
        tokio::spawn(async move { db.submit(batch(own, Some([0; 32]), vec![submission])).await })
    });
    let mut positions = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        match writer.await.unwrap().unwrap()[0].outcome {
            ReceiptOutcome::Accepted(position) => positions.push(position),
            other => panic!("{other:?}"),
        }
    }
    positions.sort_unstable();
    assert_eq!(
        positions,
        (4..=63).collect::<Vec<u64>>(),
        "each position once, without gaps"
    );
    let crashed = copied(folder.path());
    let reopened = Db::open_existing(crashed.path(), NOON).await.unwrap();
    assert_eq!(reopened.tally(regency()).await.unwrap().entries, 60);
}
