//! What every store promises. Memory runs it natively, IndexedDB in a real browser.

use naik_kelas_app::store::{Batch, Row, Store, StoreError, Table, WriteError};

/// The whole contract, on a store that is empty.
pub async fn check(store: &Store) {
    a_batch_is_kept_whole(store).await;
    rows_come_in_the_order_of_their_keys(store).await;
    a_row_that_changed_keeps_the_whole_batch_out(store).await;
    deleting_what_is_not_there_is_no_error(store).await;
    every_table_takes_every_byte(store).await;
}

async fn a_batch_is_kept_whole(store: &Store) {
    let mut batch = Batch::strict();
    batch.put(Table::Drafts, "v1/a", 1, vec![1, 2, 3]);
    batch.put(Table::Pages, "v1/0001", 7, vec![]);
    store.write(&batch).await.unwrap();
    assert_eq!(
        get(store, Table::Drafts, "v1/a").await,
        Some((1, vec![1, 2, 3]))
    );
    assert_eq!(get(store, Table::Pages, "v1/0001").await, Some((7, vec![])));
    assert_eq!(get(store, Table::Pages, "v1/a").await, None);
}

async fn rows_come_in_the_order_of_their_keys(store: &Store) {
    let mut batch = Batch::relaxed();
    for key in [
        "v2/000010",
        "v1/000002",
        "v1/000010",
        "v1/000001",
        "v10/000001",
    ] {
        batch.put(Table::Outbox, key, 0, key.as_bytes().to_vec());
    }
    store.write(&batch).await.unwrap();
    assert_eq!(
        keys(store, "v1/", 9).await,
        ["v1/000001", "v1/000002", "v1/000010"]
    );
    assert_eq!(keys(store, "v1/", 2).await, ["v1/000001", "v1/000002"]);
    assert_eq!(keys(store, "v3/", 9).await, [""; 0]);
    assert_eq!(store.count(Table::Outbox, "v1/").await, Ok(3));
    assert_eq!(store.count(Table::Outbox, "").await, Ok(5));
    assert_eq!(store.count(Table::Refused, "v1/").await, Ok(0));
}

async fn a_row_that_changed_keeps_the_whole_batch_out(store: &Store) {
    let stale = |expected| {
        let mut batch = Batch::strict();
        batch.put(Table::Kpms, "v1/k", 5, vec![5]);
        batch.delete(Table::Drafts, "v1/a");
        batch.expect(Table::Drafts, "v1/a", expected);
        batch
    };
    for expected in [None, Some(0), Some(2)] {
        let refused = store.write(&stale(expected)).await;
        assert_eq!(refused, Err(WriteError::Changed(Table::Drafts)));
        assert_eq!(get(store, Table::Kpms, "v1/k").await, None);
        assert!(get(store, Table::Drafts, "v1/a").await.is_some());
    }
    store.write(&stale(Some(1))).await.unwrap();
    assert_eq!(get(store, Table::Kpms, "v1/k").await, Some((5, vec![5])));
    assert_eq!(get(store, Table::Drafts, "v1/a").await, None);
    // Now that it is gone, "is not there" holds.
    let mut batch = Batch::strict();
    batch.expect(Table::Drafts, "v1/a", None);
    batch.put(Table::Drafts, "v1/a", 1, vec![9]);
    store.write(&batch).await.unwrap();
    assert_eq!(
        store.write(&batch).await,
        Err(WriteError::Changed(Table::Drafts))
    );
}

async fn deleting_what_is_not_there_is_no_error(store: &Store) {
    let mut batch = Batch::relaxed();
    batch.delete(Table::Receipts, "v1/nothing");
    assert_eq!(store.write(&batch).await, Ok(()));
    assert_eq!(store.write(&Batch::relaxed()).await, Ok(()));
}

async fn every_table_takes_every_byte(store: &Store) {
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let mut batch = Batch::strict();
    for table in Table::ALL {
        batch.put(table, "z/é", u64::from(u32::MAX) + 1, bytes.clone());
    }
    store.write(&batch).await.unwrap();
    for table in Table::ALL {
        let found = get(store, table, "z/é").await;
        assert_eq!(
            found,
            Some((u64::from(u32::MAX) + 1, bytes.clone())),
            "{}",
            table.name()
        );
    }
}

async fn get(store: &Store, table: Table, key: &str) -> Option<(u64, Vec<u8>)> {
    let row: Result<Option<Row>, StoreError> = store.get(table, key).await;
    row.unwrap().map(|row| (row.version, row.bytes))
}

async fn keys(store: &Store, prefix: &str, limit: u32) -> Vec<String> {
    let rows = store.scan(Table::Outbox, prefix, limit).await.unwrap();
    rows.into_iter().map(|row| row.key).collect()
}
