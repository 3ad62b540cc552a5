//! Families that come from lists, and lists that go out.

use super::*;
use crate::intake::{columns::Source, keys::KeyRing, merge::Incoming};
use naik_kelas_domain::{Date, Value};

fn listing(secret: u8) -> Listing {
    Listing {
        ring: KeyRing::new(&[secret; 32]),
        reassign: false,
        now: NOON,
        spoken: std::sync::Arc::default(),
    }
}

fn incoming(kk: &str, desil: i64, as_of: &str) -> Incoming {
    Incoming {
        regency: regency(),
        village: Some(village()),
        village_if_new: None,
        village_name: None,
        address: None,
        kk: kk.parse().ok(),
        name: Some("Siti Contoh".into()),
        people: Vec::new(),
        facts: vec![("desil", Value::Int(desil))],
        figures: Vec::new(),
        as_of: Date::parse(as_of).unwrap(),
        stated: true,
        holder: Some(dewi()),
        source: Source::Dtsen,
        random: vec![*b"0123456789"],
    }
}

async fn take(db: &Db, family: Incoming) -> Result<Taken, Unfit> {
    let taken = db.take_in(listing(1), vec![family]).await.unwrap();
    taken.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_listed_family_is_added_once_then_mended_and_each_word_keeps_its_day() {
    let ground = ground().await;
    let first = take(&ground.db, incoming("3209150101200012", 2, "2026-07-10"))
        .await
        .unwrap();
    assert_eq!((first.taken_as, first.assigned), (TakenAs::Added, true));
    let same = take(&ground.db, incoming("3209150101200012", 2, "2026-07-10"))
        .await
        .unwrap();
    assert_eq!((same.taken_as, same.kpm), (TakenAs::Unchanged, first.kpm));
    let newer = take(&ground.db, incoming("3209150101200012", 3, "2026-10-10"))
        .await
        .unwrap();
    assert_eq!((newer.taken_as, newer.kpm), (TakenAs::Updated, first.kpm));
    let said = ground
        .db
        .registry_facts(regency(), first.kpm)
        .await
        .unwrap();
    let desils = said
        .iter()
        .filter(|row| row.fact == "desil")
        .map(|row| &row.value);
    assert_eq!(desils.collect::<Vec<_>>(), [&Value::Int(2), &Value::Int(3)]);
    assert_eq!(ground.db.regencies().await.unwrap(), [regency()]);
}

#[tokio::test]
async fn a_family_that_does_not_fit_keeps_no_other_from_being_stored() {
    let ground = ground().await;
    let nowhere = Incoming {
        village: None,
        ..incoming("3209150101200013", 2, "2026-07-10")
    };
    let good = incoming("3209150101200012", 2, "2026-07-10");
    let taken = ground
        .db
        .take_in(listing(1), vec![nowhere, good])
        .await
        .unwrap();
    assert_eq!(taken[0], Err(Unfit::NoVillage));
    assert!(taken[1].is_ok());
}

#[tokio::test]
async fn families_that_came_otherwise_are_indexed_once() {
    let ground = ground_with(3).await;
    let ring = |secret: u8| KeyRing::new(&[secret; 32]);
    assert_eq!(ground.db.index_families(ring(1)).await.unwrap(), 3);
    assert_eq!(ground.db.index_families(ring(1)).await.unwrap(), 0);
    assert_eq!(
        ground.db.index_families(ring(2)).await.unwrap(),
        3,
        "another secret"
    );
    let entry = work(vault(1), 1, 50, assessment(&kpm(1), 1, 7));
    ground
        .db
        .submit(batch(vault(1), None, vec![entry]))
        .await
        .unwrap();
    assert_eq!(
        ground.db.index_families(ring(2)).await.unwrap(),
        1,
        "assessed since"
    );
    assert_eq!(ground.db.index_families(ring(2)).await.unwrap(), 0);
}

#[tokio::test]
async fn everything_is_walked_through_page_by_page() {
    let ground = ground_with(5).await;
    let entries = [
        work(vault(1), 1, 50, assessment(&kpm(1), 1, 7)),
        work(vault(1), 2, 51, assessment(&kpm(2), 2, 7)),
    ];
    ground
        .db
        .submit(batch(vault(1), None, entries.to_vec()))
        .await
        .unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = ground.db.families_after(after, None, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.regency, last.kpm.id));
        seen.extend(page.into_iter().map(|family| family.kpm.id));
    }
    assert_eq!(
        seen,
        (1..=5).map(|number| kpm(number).id).collect::<Vec<_>>()
    );
    let first = ground
        .db
        .entries_after(None, Some(regency()), 1)
        .await
        .unwrap();
    let position = first[0].position;
    let rest = ground
        .db
        .entries_after(Some((regency(), position)), None, 9)
        .await
        .unwrap();
    assert_eq!((first.len(), rest.len()), (1, 1));
    assert_eq!(first[0].bytes, entries[0].bytes);
    let elsewhere = Some("3273".parse().unwrap());
    assert!(
        ground
            .db
            .families_after(None, elsewhere, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        ground
            .db
            .entries_after(None, elsewhere, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_copy_is_the_same_under_another_epoch() {
    let ground = ground_with(2).await;
    let (copy, other) = (
        ground.folder.path().join("copy"),
        ground.folder.path().join("other"),
    );
    ground.db.backup(copy.clone()).await.unwrap();
    let row = Db::restore(&copy, &other, false, NOON).await.unwrap();
    let restored = Db::open_existing(&other, NOON).await.unwrap();
    assert_eq!(
        restored.tally(regency()).await.unwrap(),
        ground.db.tally(regency()).await.unwrap()
    );
    assert_eq!(restored.server().await.unwrap(), row);
    assert_ne!(row.epoch, ground.db.server().await.unwrap().epoch);
}
