//! What comes down: pages, hand-overs, own work, the audit log.

use super::*;

/// Everything, in one page.
pub(super) fn whole(user: UserId, vault: VaultId) -> PageAsked {
    PageAsked {
        regency: regency(),
        user,
        vault,
        after: 0,
        own_until: u64::MAX,
        tombstones: true,
        bytes: 1_000_000,
    }
}

fn names(page: &Page) -> Vec<String> {
    page.changes
        .iter()
        .map(|change| match change {
            Delivered::Family(kpm) => format!("+{}", kpm.id.as_bytes()[0]),
            Delivered::Gone(kpm) => format!("-{}", kpm.as_bytes()[0]),
        })
        .collect()
}

#[tokio::test]
async fn pages_never_skip_and_never_repeat() {
    let Ground { db, .. } = &ground_with(9).await;
    let (mut heard, mut after, mut pages) = (Vec::new(), 0, 0);
    loop {
        let asked = PageAsked {
            after,
            bytes: 200,
            ..whole(dewi(), vault(1))
        };
        let page = db.page(asked).await.unwrap();
        heard.extend(names(&page));
        after = page.up_to;
        pages += 1;
        if !page.more {
            break;
        }
    }
    assert_eq!(
        heard,
        ["+1", "+2", "+3", "+4", "+5", "+6", "+7", "+8", "+9"]
    );
    assert!(pages > 3, "{pages}");
    let asked = PageAsked {
        after,
        ..whole(dewi(), vault(1))
    };
    let page = db.page(asked).await.unwrap();
    assert_eq!((names(&page), page.up_to, page.more), (vec![], 9, false));
    assert_eq!(
        names(&db.page(whole(budi(), vault(1))).await.unwrap()),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_family_that_changes_while_pages_are_read_comes_once_more_and_is_not_missed() {
    let Ground { db, .. } = &ground_with(4).await;
    let first = db
        .page(PageAsked {
            bytes: 1,
            ..whole(dewi(), vault(1))
        })
        .await
        .unwrap();
    assert_eq!(names(&first), ["+1"]);
    let sent = vec![work(vault(9), 1, 21, assessment(&kpm(1), 11, 500))];
    db.submit(batch(vault(9), Some([0; 32]), sent))
        .await
        .unwrap();
    let rest = db
        .page(PageAsked {
            after: first.up_to,
            ..whole(dewi(), vault(1))
        })
        .await
        .unwrap();
    assert_eq!(names(&rest), ["+2", "+3", "+4", "+1"]);
}

#[tokio::test]
async fn a_hand_over_is_a_tombstone_for_one_and_a_family_for_the_other() {
    let Ground { db, .. } = &ground_with(2).await;
    let kpm_1 = KpmId::from_bytes([1; 16]);
    db.hand_over(regency(), kpm_1, budi()).await.unwrap();
    assert_eq!(
        names(&db.page(whole(dewi(), vault(1))).await.unwrap()),
        ["+2", "-1"]
    );
    assert_eq!(
        names(&db.page(whole(budi(), vault(2))).await.unwrap()),
        ["+1"]
    );
    let fresh = PageAsked {
        tombstones: false,
        ..whole(dewi(), vault(1))
    };
    assert_eq!(names(&db.page(fresh).await.unwrap()), ["+2"]);

    let standing = |granted, was_granted| FamilyStanding {
        kpm: kpm_1,
        village: village(),
        granted,
        was_granted,
    };
    for (user, expected) in [
        (dewi(), standing(false, true)),
        (budi(), standing(true, true)),
    ] {
        let found = db
            .standings(regency(), user, vec![kpm_1, nobodys_kpm()])
            .await
            .unwrap();
        assert_eq!(found, [expected]);
    }
    let stranger = UserId::from_bytes([0x5; 16]);
    let found = db
        .standings(regency(), stranger, vec![kpm_1])
        .await
        .unwrap();
    assert_eq!(found, [standing(false, false)]);
    let unknown = db.hand_over(regency(), nobodys_kpm(), budi()).await;
    assert_eq!(unknown, Err(DbError::UnknownFamily));
}

#[tokio::test]
async fn what_the_old_holder_wrote_before_reaches_the_new_one() {
    let Ground { db, .. } = &ground_with(1).await;
    db.hand_over(regency(), KpmId::from_bytes([1; 16]), budi())
        .await
        .unwrap();
    let heard = db.page(whole(budi(), vault(2))).await.unwrap().up_to;
    let sent = vec![work(vault(1), 1, 21, assessment(&kpm(1), 11, 500))];
    db.submit(batch(vault(1), Some([0; 32]), sent))
        .await
        .unwrap();
    let news = db
        .page(PageAsked {
            after: heard,
            ..whole(budi(), vault(2))
        })
        .await
        .unwrap();
    assert_eq!(names(&news), ["+1"]);
    // The old holder keeps the tombstone and gets no family back.
    assert_eq!(
        names(&db.page(whole(dewi(), vault(1))).await.unwrap()),
        ["-1"]
    );
}

/// Two vaults of one person: what vault 1 hears after its own work, having heard up to a position.
async fn heard_of_own_work(heard_to: u64, other_wrote_before: bool) -> Vec<String> {
    let Ground { db, .. } = &ground_with(1).await;
    if other_wrote_before {
        let sent = vec![work(vault(2), 1, 22, assessment(&kpm(1), 12, 600))];
        db.submit(batch(vault(2), Some([0; 32]), sent))
            .await
            .unwrap();
    }
    let sent = vec![work(vault(1), 1, 21, assessment(&kpm(1), 11, 500))];
    let own = SubmittedBatch {
        heard_to,
        ..batch(vault(1), Some([0; 32]), sent)
    };
    db.submit(own).await.unwrap();
    let others = db
        .page(PageAsked {
            after: heard_to,
            ..whole(dewi(), vault(2))
        })
        .await
        .unwrap();
    assert_eq!(names(&others), ["+1"], "the other phone always hears of it");
    let asked = PageAsked {
        after: heard_to,
        own_until: 0,
        ..whole(dewi(), vault(1))
    };
    let page = db.page(asked).await.unwrap();
    assert_eq!(page.up_to, page.last);
    names(&page)
}

#[tokio::test]
async fn a_phone_hears_of_its_own_work_only_where_it_did_not_know_all_before() {
    assert_eq!(heard_of_own_work(1, false).await, Vec::<String>::new());
    assert_eq!(heard_of_own_work(0, false).await, ["+1"]);
    assert_eq!(heard_of_own_work(1, true).await, ["+1"]);
    assert_eq!(heard_of_own_work(2, true).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_phone_that_begins_anew_gets_its_own_work_back() {
    let Ground { db, .. } = &ground_with(1).await;
    let sent = vec![work(vault(1), 1, 21, assessment(&kpm(1), 11, 500))];
    let own = SubmittedBatch {
        heard_to: 1,
        ..batch(vault(1), Some([0; 32]), sent)
    };
    db.submit(own).await.unwrap();
    assert_eq!(
        names(&db.page(whole(dewi(), vault(1))).await.unwrap()),
        ["+1"]
    );
}

#[tokio::test]
async fn readings_are_written_down() {
    let Ground { db, .. } = &ground_with(1).await;
    for _ in 0..2 {
        let row = AuditRow {
            regency: regency(),
            at: NOON,
            user: dewi(),
            purpose: "sync",
            kpms: vec![KpmId::from_bytes([1; 16])],
        };
        db.audit(row).await.unwrap();
    }
    assert_eq!(db.tally(regency()).await.unwrap().audit, 2);
}
