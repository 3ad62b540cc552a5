use super::*;
use crate::testing::NOON;
use naik_kelas_domain::wire::v1::Realm;

async fn open(folder: &Path) -> Sqlite {
    Sqlite::open(folder, Some(Realm::Practice), NOON)
        .await
        .unwrap()
}

async fn kept(db: &Sqlite) -> Vec<([u8; 32], Vec<u8>)> {
    db.packs().await.unwrap()
}

#[tokio::test]
async fn a_copy_made_while_it_serves_is_put_back_under_a_new_epoch() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("copy"));
    let db = open(&data).await;
    db.add_pack([1; 32], vec![1], NOON).await.unwrap();
    let epoch = db.server().await.unwrap().epoch;
    db.backup(file.clone()).await.unwrap();
    db.add_pack([2; 32], vec![2], NOON).await.unwrap();

    let busy = restore(file.clone(), data.clone(), true, NOON).await;
    assert_eq!(busy, Err(DbError::InUse), "it serves");
    assert_eq!(kept(&db).await.len(), 2, "and goes on");
    db.close().await.unwrap();
    drop(db);

    let occupied = restore(file.clone(), data.clone(), false, NOON).await;
    assert_eq!(occupied, Err(DbError::Occupied));
    let row = restore(file, data.clone(), true, NOON).await.unwrap();
    let db = open(&data).await;
    assert_eq!(kept(&db).await, [([1; 32], vec![1])]);
    assert_eq!(db.server().await.unwrap(), row);
    assert_ne!(row.epoch, epoch);

    // What was there before the copy was put back is there still.
    let before = folder.path().join("before");
    fs::create_dir(&before).unwrap();
    fs::rename(
        with(&data.join(FILE), &format!(".before-{}", NOON.0)),
        before.join(FILE),
    )
    .unwrap();
    assert_eq!(kept(&open(&before).await).await.len(), 2);
}

#[tokio::test]
async fn a_copy_goes_into_an_empty_folder_and_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy");
    open(&folder.path().join("one"))
        .await
        .backup(file.clone())
        .await
        .unwrap();
    let again = open(&folder.path().join("one"))
        .await
        .backup(file.clone())
        .await;
    assert_eq!(again, Err(DbError::Occupied));
    let other = folder.path().join("other");
    restore(file, other.clone(), false, NOON).await.unwrap();
    open(&other).await;
}

#[tokio::test]
async fn what_is_no_whole_copy_is_refused_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("copy"));
    let db = open(&data).await;
    db.add_pack([1; 32], vec![7; 200_000], NOON).await.unwrap();
    db.backup(file.clone()).await.unwrap();
    db.close().await.unwrap();
    drop(db);
    let whole = fs::read(&file).unwrap();
    let mut spoilt = whole.clone();
    spoilt[40_000..60_000].fill(0xAA);
    for bytes in [
        &b"not a database at all"[..],
        &whole[..whole.len() / 2],
        &spoilt,
        b"",
    ] {
        fs::write(&file, bytes).unwrap();
        let refused = restore(file.clone(), data.clone(), true, NOON).await;
        assert!(refused.is_err(), "{} bytes", bytes.len());
    }
    assert_eq!(kept(&open(&data).await).await.len(), 1);
    let absent = restore(folder.path().join("nothing"), data, true, NOON).await;
    assert_eq!(absent, Err(DbError::Absent));
}
