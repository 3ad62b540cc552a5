//! Servers, accounts, sessions, packs.

use super::*;

#[tokio::test]
async fn a_database_belongs_to_one_realm_and_is_not_made_by_accident() {
    let Ground { folder, db } = ground().await;
    let server = db.server().await.unwrap();
    assert_eq!(server.realm, Realm::Practice);
    let other = Db::open(folder.path(), Realm::Live, NOON).await;
    assert_eq!(other.err(), Some(DbError::OtherRealm));
    let again = Db::open_existing(folder.path(), NOON).await.unwrap();
    assert_eq!(again.server().await.unwrap(), server, "the epoch stays");

    let empty = tempfile::tempdir().unwrap();
    assert_eq!(
        Db::open_existing(empty.path(), NOON).await.err(),
        Some(DbError::Absent)
    );
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_name_is_given_once_and_a_closed_account_is_still_known() {
    let Ground { db, .. } = &ground().await;
    db.add_account(account("dewi", dewi(), Role::Facilitator))
        .await
        .unwrap();
    db.add_account(account("ratna", budi(), Role::Coordinator))
        .await
        .unwrap();
    let taken = db
        .add_account(account("dewi", budi(), Role::Facilitator))
        .await;
    assert_eq!(taken, Err(DbError::NameTaken));

    let found = db.account_by_name("dewi").await.unwrap().unwrap();
    assert_eq!(
        (found.user, found.role, found.disabled),
        (dewi(), Role::Facilitator, false)
    );
    assert!(db.account_by_name("nobody").await.unwrap().is_none());
    let facilitators = db.accounts(regency(), Role::Facilitator).await.unwrap();
    assert_eq!(
        facilitators
            .iter()
            .map(|found| found.user)
            .collect::<Vec<_>>(),
        [dewi()]
    );

    db.disable_account("dewi", NOON).await.unwrap();
    assert!(db.account_by_name("dewi").await.unwrap().unwrap().disabled);
    db.reset_password("dewi", "other".into()).await.unwrap();
    let found = db.account_by_name("dewi").await.unwrap().unwrap();
    assert_eq!((found.password.as_str(), found.disabled), ("other", false));
    assert_eq!(
        db.disable_account("nobody", NOON).await,
        Err(DbError::UnknownAccount)
    );
    assert_eq!(
        db.reset_password("nobody", String::new()).await,
        Err(DbError::UnknownAccount)
    );
}

fn asked(device_number: u8, fresh: u8, token: u8, expires: i64) -> SessionAsked {
    SessionAsked {
        regency: regency(),
        user: dewi(),
        device: device(device_number),
        fresh_vault: vault(fresh),
        fresh_escrow: [fresh; 32],
        token: [token; 32],
        expires: Millis(expires),
        now: NOON,
    }
}

#[tokio::test]
async fn a_person_has_one_vault_on_each_installation_for_ever() {
    let Ground { db, .. } = &ground().await;
    db.add_account(account("dewi", dewi(), Role::Facilitator))
        .await
        .unwrap();
    let later = NOON.0 + 1000;
    let first = db.open_session(asked(1, 10, 1, later)).await.unwrap();
    assert_eq!(
        first,
        OpenedSession {
            vault: vault(10),
            escrow: [10; 32],
            next_seq: 1
        }
    );
    assert_eq!(
        db.open_session(asked(1, 11, 2, later)).await.unwrap(),
        first
    );
    let elsewhere = db.open_session(asked(2, 12, 3, later)).await.unwrap();
    assert_eq!((elsewhere.vault, elsewhere.escrow), (vault(12), [12; 32]));

    let session = db.session(regency(), [1; 32]).await.unwrap().unwrap();
    assert_eq!(
        (session.user, session.vault, session.device),
        (dewi(), vault(10), device(1))
    );
    assert_eq!(session.role, Role::Facilitator);
    assert_eq!(db.session(regency(), [9; 32]).await.unwrap(), None);
    let other: RegencyCode = "3205".parse().unwrap();
    assert_eq!(db.session(other, [1; 32]).await.unwrap(), None);
}

#[tokio::test]
async fn tokens_end_with_time_and_with_the_account() {
    let Ground { db, .. } = &ground().await;
    db.add_account(account("dewi", dewi(), Role::Facilitator))
        .await
        .unwrap();
    db.open_session(asked(1, 10, 1, NOON.0 - 1)).await.unwrap();
    assert!(
        db.session(regency(), [1; 32]).await.unwrap().is_some(),
        "its end is for the caller to see"
    );
    db.open_session(asked(1, 10, 2, NOON.0 + 1000))
        .await
        .unwrap();
    assert!(
        db.session(regency(), [1; 32]).await.unwrap().is_none(),
        "and then it is swept away"
    );
    db.reset_password("dewi", "other".into()).await.unwrap();
    assert!(db.session(regency(), [2; 32]).await.unwrap().is_none());
}

#[tokio::test]
async fn a_pack_is_kept_once_and_for_ever() {
    let Ground { folder, db } = ground().await;
    let hash: [u8; 32] = Sha256::digest(pack_bytes()).into();
    for _ in 0..2 {
        db.add_pack(hash, pack_bytes().to_vec(), NOON)
            .await
            .unwrap();
    }
    db.close().await.unwrap();
    let again = Db::open_existing(folder.path(), NOON).await.unwrap();
    assert_eq!(
        again.packs().await.unwrap(),
        [(hash, pack_bytes().to_vec())]
    );
}

#[tokio::test]
async fn a_closed_database_takes_nothing_more() {
    let Ground { db, .. } = &ground_with(1).await;
    db.close().await.unwrap();
    let late = db
        .add_account(account("dewi", dewi(), Role::Facilitator))
        .await;
    assert_eq!(late, Err(DbError::Closed));
}
