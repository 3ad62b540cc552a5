use super::*;
use crate::testing::{NOON, pack_bytes};
use naik_kelas_domain::{
    Value,
    answer::{Answer, FactPath, Provenance},
    kpm::JourneyState,
};
use std::collections::BTreeSet;

async fn shelf(db: &Db) -> Shelf {
    Shelf::of_bytes(db, &[pack_bytes().to_vec()], NOON)
        .await
        .unwrap()
}

async fn open(folder: &Path) -> Db {
    Db::open(folder, Realm::Practice, NOON).await.unwrap()
}

fn text(kpm: &naik_kelas_domain::kpm::Kpm, path: &FactPath) -> String {
    match kpm.known.get(path).and_then(Answer::value) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

#[tokio::test]
async fn three_hundred_families_a_third_of_them_assessed_and_none_twice() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let shelf = shelf(&db).await;
    let accounts = district(&db, &shelf, District::default(), NOON)
        .await
        .unwrap();
    let roles: Vec<_> = accounts.iter().map(|account| account.role).collect();
    assert_eq!(
        roles,
        [Role::Facilitator, Role::Facilitator, Role::Coordinator]
    );
    let regency = areas::practice_regency().unwrap();
    let tally = db.tally(regency).await.unwrap();
    assert_eq!((tally.families, tally.entries), (300, 130));
    assert_eq!((tally.refused, tally.broken_links), (0, 0));

    // A second start finds everything and makes nothing.
    assert_eq!(
        district(&db, &shelf, District::default(), NOON)
            .await
            .unwrap(),
        accounts
    );
    assert_eq!(db.tally(regency).await.unwrap(), tally);
}

#[tokio::test]
async fn a_start_that_was_cut_short_is_completed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let shelf = shelf(&db).await;
    let small = District {
        seed: 1,
        families_each: 6,
    };
    let regency = areas::practice_regency().unwrap();
    let new = families(small, &shelf)
        .unwrap()
        .into_iter()
        .map(|drawn| NewFamily {
            regency,
            village: drawn.village,
            kpm: drawn.kpm,
            holder: drawn.holder,
        });
    db.add_families(new.collect()).await.unwrap();
    district(&db, &shelf, small, NOON).await.unwrap();
    let tally = db.tally(regency).await.unwrap();
    assert_eq!((tally.families, tally.entries), (12, 6));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_people_who_cannot_be_taken_for_real_ones() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(&open(folder.path()).await).await;
    let drawn = families(District::default(), &shelf).unwrap();
    let again = families(District::default(), &shelf).unwrap();
    let other = families(
        District {
            seed: 1,
            families_each: 1,
        },
        &shelf,
    )
    .unwrap();
    assert!(
        drawn
            .iter()
            .zip(&again)
            .all(|(one, two)| one.kpm == two.kpm && one.before == two.before)
    );
    assert_ne!(drawn[0].kpm.known, other[0].kpm.known);

    let (mut numbers, mut villages) = (BTreeSet::new(), BTreeSet::new());
    for family in &drawn {
        let kpm = &family.kpm;
        assert!(kpm.name.ends_with("Contoh"), "{}", kpm.name);
        assert_eq!(kpm.state, JourneyState::Assisted);
        assert!(
            kpm.known
                .iter()
                .all(|(_, answer)| matches!(answer.provenance, Provenance::Registry(_)))
        );
        villages.insert((family.village, kpm.village_name.clone()));
        assert!(
            numbers.insert(text(kpm, &FactPath::family("kk"))),
            "a KK is given twice"
        );
        for member in kpm.present() {
            let nik = text(kpm, &FactPath::member(member, "nik"));
            assert!(
                nik.starts_with("3209") && nik[12..].starts_with('9'),
                "{nik}"
            );
            assert!(numbers.insert(nik), "a NIK is given twice");
            assert!(text(kpm, &FactPath::member(member, "name")).ends_with("Contoh"));
        }
    }
    assert!(villages.len() > 40, "{} villages", villages.len());
}

#[tokio::test]
async fn what_the_questionnaire_skips_is_not_answered() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = shelf(&open(folder.path()).await).await;
    let drawn = families(District::default(), &shelf).unwrap();
    let assessed: Vec<_> = drawn
        .iter()
        .filter_map(|family| family.before.as_ref())
        .collect();
    let answer = |assessment: &naik_kelas_domain::assessment::Assessment, path: &str| {
        assessment
            .answers
            .get(&FactPath::family(path))
            .and_then(Answer::value)
            .cloned()
    };
    let toilet_free = assessed
        .iter()
        .filter(|a| answer(a, "housing.toilet") == Some(Value::Code("none".into())));
    assert!(toilet_free.clone().count() > 0);
    for assessment in toilet_free {
        assert_eq!(answer(assessment, "housing.closet"), None);
    }
    let readiness: BTreeSet<_> = assessed
        .iter()
        .map(|a| a.decision.readiness.as_str())
        .collect();
    assert!(
        readiness.len() >= 3,
        "families stand at different places: {readiness:?}"
    );
    assert!(
        !readiness.contains("undetermined"),
        "every question was answered"
    );
}
