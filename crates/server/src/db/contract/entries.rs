//! Entries, receipts, chains.

use super::*;

#[tokio::test]
async fn entries_are_taken_once_at_growing_positions_and_the_family_follows() {
    let Ground { db, .. } = &ground_with(2).await;
    let sent = vec![
        work(vault(1), 1, 21, assessment(&kpm(1), 11, 500)),
        work(vault(1), 2, 22, assessment(&kpm(2), 12, 600)),
    ];
    let first = batch(vault(1), Some([0; 32]), sent.clone());
    let receipts = db.submit(first.clone()).await.unwrap();
    assert_eq!(
        outcomes(&receipts),
        [ReceiptOutcome::Accepted(3), ReceiptOutcome::Accepted(4)]
    );
    assert_eq!(receipts[0].entry, sent[0].id);
    let again = db.submit(first).await.unwrap();
    assert_eq!(
        outcomes(&again),
        [ReceiptOutcome::AlreadyHad(3), ReceiptOutcome::AlreadyHad(4)]
    );

    let stored = db
        .entry(regency(), EntryId::from_bytes([21; 16]))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        stored,
        Stored {
            position: 3,
            bytes: sent[0].bytes.clone()
        }
    );
    assert_eq!(
        db.entry(regency(), EntryId::from_bytes([99; 16]))
            .await
            .unwrap(),
        None
    );
    let tally = db.tally(regency()).await.unwrap();
    assert_eq!(
        (tally.entries, tally.refused, tally.broken_links, tally.last),
        (2, 0, 0, 4)
    );

    let page = db.page(feed::whole(dewi(), vault(2))).await.unwrap();
    let Delivered::Family(family) = &page.changes[0] else {
        panic!("a family")
    };
    assert_eq!(family.state, JourneyState::Assessed);
    assert_eq!(family.last.as_ref().map(|last| last.on), Some(today()));
}

#[tokio::test]
async fn refused_ones_are_kept_and_block_no_other() {
    let Ground { db, .. } = &ground_with(1).await;
    let good = work(vault(1), 1, 21, assessment(&kpm(1), 11, 500));
    let mut conflict = work(vault(1), 3, 21, assessment(&kpm(1), 13, 700));
    let unreadable = Submission {
        bytes: b"rubbish".to_vec(),
        hash: Sha256::digest(b"rubbish").into(),
        id: None,
        device_seq: None,
        verdict: Verdict::Refuse(RefusalCode::Unreadable),
    };
    conflict.id = good.id;
    let sent = vec![good, unreadable, conflict];
    for (round, first) in [
        (0, ReceiptOutcome::Accepted(2)),
        (1, ReceiptOutcome::AlreadyHad(2)),
    ] {
        let receipts = db
            .submit(batch(vault(1), Some([0; 32]), sent.clone()))
            .await
            .unwrap();
        let expected = [
            first,
            ReceiptOutcome::Refused(RefusalCode::Unreadable),
            ReceiptOutcome::Refused(RefusalCode::HashConflict),
        ];
        assert_eq!(outcomes(&receipts), expected, "round {round}");
    }
    let tally = db.tally(regency()).await.unwrap();
    assert_eq!(
        (tally.entries, tally.refused, tally.broken_links),
        (1, 2, 0)
    );
}

#[tokio::test]
async fn what_was_taken_stays_taken_even_where_it_would_be_refused_today() {
    let Ground { db, .. } = &ground_with(1).await;
    let taken = work(vault(1), 1, 21, assessment(&kpm(1), 11, 500));
    let again = Submission {
        verdict: Verdict::Refuse(RefusalCode::UnknownPack),
        ..taken.clone()
    };
    db.submit(batch(vault(1), Some([0; 32]), vec![taken]))
        .await
        .unwrap();
    let receipts = db
        .submit(batch(vault(1), Some([0; 32]), vec![again]))
        .await
        .unwrap();
    assert_eq!(outcomes(&receipts), [ReceiptOutcome::AlreadyHad(2)]);
}

/// Sends the entries one batch each and says how many links do not join.
async fn broken(batches: Vec<(Option<[u8; 32]>, Vec<Submission>)>) -> u64 {
    let Ground { db, .. } = &ground_with(1).await;
    let mut entries = 0;
    for (previous, submissions) in batches {
        entries += submissions.len();
        let receipts = db
            .submit(batch(vault(1), previous, submissions))
            .await
            .unwrap();
        for receipt in receipts {
            assert!(
                matches!(receipt.outcome, ReceiptOutcome::Accepted(_)),
                "no entry is lost for a chain"
            );
        }
    }
    let tally = db.tally(regency()).await.unwrap();
    assert_eq!(tally.entries, u64::try_from(entries).unwrap());
    tally.broken_links
}

fn entry_at(seq: u64) -> Submission {
    let number = 20 + u8::try_from(seq).unwrap();
    work(vault(1), seq, number, assessment(&kpm(1), number, 500))
}

#[tokio::test]
async fn a_chain_is_followed_over_batches_and_a_break_is_written_down() {
    let (one, two, three) = (entry_at(1), entry_at(2), entry_at(3));
    let after_one = chain(std::slice::from_ref(&one));
    let whole = vec![
        (Some([0; 32]), vec![one.clone()]),
        (Some(after_one), vec![two.clone(), three.clone()]),
    ];
    assert_eq!(broken(whole).await, 0);
    let missing = vec![
        (Some([0; 32]), vec![one.clone()]),
        (Some([7; 32]), vec![three.clone()]),
    ];
    assert_eq!(broken(missing).await, 1);
    let forked = vec![
        (Some([0; 32]), vec![one.clone()]),
        (Some([7; 32]), vec![two.clone()]),
    ];
    assert_eq!(broken(forked).await, 1);
    assert_eq!(
        broken(vec![(Some([0; 32]), vec![one.clone(), three])]).await,
        1
    );
    assert_eq!(broken(vec![(None, vec![one])]).await, 1);
}

#[tokio::test]
async fn two_phones_with_one_vault_are_seen() {
    let Ground { db, .. } = &ground_with(1).await;
    let original = entry_at(1);
    let clone = work(vault(1), 1, 40, assessment(&kpm(1), 40, 900));
    for submission in [original, clone] {
        let receipts = db
            .submit(batch(vault(1), Some([0; 32]), vec![submission]))
            .await
            .unwrap();
        assert!(matches!(receipts[0].outcome, ReceiptOutcome::Accepted(_)));
    }
    assert_eq!(db.tally(regency()).await.unwrap().broken_links, 1);
    // The next free number is beyond what either has used.
    db.add_account(account("dewi", dewi(), Role::Facilitator))
        .await
        .unwrap();
    let asked = SessionAsked {
        regency: regency(),
        user: dewi(),
        device: device(1),
        fresh_vault: vault(1),
        fresh_escrow: [1; 32],
        token: [1; 32],
        expires: NOON,
        now: NOON,
    };
    assert_eq!(db.open_session(asked).await.unwrap().next_seq, 2);
}

#[tokio::test]
async fn a_batch_about_a_family_that_is_not_there_leaves_nothing_behind() {
    let Ground { db, .. } = &ground_with(1).await;
    let stray = Assessment {
        kpm: nobodys_kpm(),
        ..assessment(&kpm(1), 12, 500)
    };
    let sent = vec![entry_at(1), work(vault(1), 2, 32, stray)];
    let failed = db.submit(batch(vault(1), Some([0; 32]), sent)).await;
    assert_eq!(failed, Err(DbError::UnknownFamily));
    let tally = db.tally(regency()).await.unwrap();
    assert_eq!(
        (tally.entries, tally.last),
        (0, 1),
        "positions too are given back"
    );
}
