//! What only this database promises.

use super::*;
use crate::testing::NOON;

async fn file() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let db = Sqlite::open(folder.path(), Some(Realm::Practice), NOON)
        .await
        .unwrap();
    db.close().await.unwrap();
    let connection = connect(&folder.path().join(FILE)).unwrap();
    (folder, connection)
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let (folder, connection) = file().await;
    connection
        .execute_batch("PRAGMA user_version = 999")
        .unwrap();
    let opened = Sqlite::open(folder.path(), Some(Realm::Practice), NOON).await;
    assert_eq!(opened.err(), Some(DbError::TooNew));
}

#[tokio::test]
async fn a_file_of_the_first_schema_keeps_its_people_and_families() {
    let folder = tempfile::tempdir().unwrap();
    let connection = connect(&folder.path().join(FILE)).unwrap();
    connection.execute_batch(migrate::STEPS[0]).unwrap();
    connection
        .execute_batch(
            "PRAGMA user_version = 1;
             INSERT INTO server VALUES (1, zeroblob(16), 'live', 0);
             INSERT INTO account VALUES ('3209', zeroblob(16), 'dewi', 'Dewi Contoh', 'facilitator', 'hash', 5, 0);
             INSERT INTO account_name VALUES ('dewi', '3209', zeroblob(16));
             INSERT INTO family VALUES ('3209', zeroblob(16), '3209152001', x'00');",
        )
        .unwrap();
    drop(connection);
    let db = Sqlite::open(folder.path(), None, NOON).await.unwrap();
    let dewi = db.account_by_name("dewi").await.unwrap().unwrap();
    assert_eq!(
        (dewi.full_name.as_str(), dewi.disabled),
        ("Dewi Contoh", true)
    );
    let regency: RegencyCode = "3209".parse().unwrap();
    assert_eq!(db.tally(regency).await.unwrap().families, 1);
    let ministry = crate::db::NewAccount {
        regency,
        user: naik_kelas_domain::id::UserId::from_bytes([1; 16]),
        name: "kemensos".into(),
        full_name: "Kemensos Contoh".into(),
        role: naik_kelas_domain::access::Role::Ministry,
        password: "hash".into(),
        created: NOON,
    };
    db.add_account(ministry).await.unwrap();
}

#[tokio::test]
async fn a_commit_waits_for_the_disk() {
    let (_folder, connection) = file().await;
    let setting = |name: &str| -> String {
        let ask = format!("PRAGMA {name}");
        connection
            .query_row(&ask, [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| format!("{value:?}"))
            .unwrap()
    };
    assert_eq!(setting("journal_mode"), "Text(\"wal\")");
    assert_eq!(setting("synchronous"), "Integer(2)", "FULL");
}

#[tokio::test]
async fn the_audit_log_and_entries_are_only_added_to() {
    let (_folder, connection) = file().await;
    connection
        .execute_batch(
            "INSERT INTO audit VALUES ('3209', 1, 0, x'01', 'sync', x'');
             INSERT INTO entry VALUES ('3209', 1, zeroblob(16), zeroblob(32), x'01', x'01', 1, x'01', 1, 0, 0, x'00');",
        )
        .unwrap();
    for change in [
        "UPDATE audit SET purpose = 'nothing'",
        "DELETE FROM audit",
        "UPDATE entry SET bytes = x''",
        "DELETE FROM entry",
    ] {
        assert!(connection.execute_batch(change).is_err(), "{change}");
    }
}

/// Tables that are the same everywhere, and small.
const REFERENCE: [&str; 4] = ["server", "pack", "account_name", "identity_key"];

#[tokio::test]
async fn every_other_tables_key_begins_with_the_regency() {
    let (_folder, connection) = file().await;
    let mut query = connection
        .prepare(
            "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND c.pk = 1 ORDER BY m.name",
        )
        .unwrap();
    let keys = query.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    });
    let mut tables = 0;
    for key in keys.unwrap() {
        let (table, first) = key.unwrap();
        tables += 1;
        assert!(
            REFERENCE.contains(&table.as_str()) || first == "regency",
            "{table} begins with {first}"
        );
    }
    assert_eq!(tables, 20);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_but_the_account_that_serves_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let _open = Sqlite::open(&data, Some(Realm::Live), Millis(0))
        .await
        .unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    let files: Vec<_> = std::fs::read_dir(&data)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(files.len() >= 2, "the log lies beside the file: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{file:?}");
    }
}
