//! What lies on the phone: sealed, whole, and never called saved before it is.

use crate::phone::{Endpoint, Phone, answer_all, assess, families, shown, sync};
use naik_kelas_app::{
    store::{Batch, Fault, Memory, StoreError, Table},
    sync::SyncTrouble,
    usecase::{
        FinishError, SaveError, finish_record, list_outbox, open_family, save_draft,
        start_assessment,
    },
};
use naik_kelas_domain::{Value, answer::FactPath, kpm::Kpm};

#[tokio::test]
async fn no_name_and_no_number_lies_on_the_phone_in_plain_text() {
    let endpoint = Endpoint::with_families(4).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    let kpm = families(&services)[0];
    assess(&services, kpm).await;
    start_assessment(&services, families(&services)[1])
        .await
        .unwrap();
    let mut secrets = vec![
        services.person.name.clone(),
        endpoint.state.practice[0].password.clone(),
    ];
    for kpm in families(&services) {
        secrets.extend(words(&open_family(&services, kpm).await.unwrap().kpm));
    }
    assert!(secrets.len() > 20);
    for (table, key, bytes) in phone.store().everything() {
        for secret in &secrets {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(
                !found && !key.contains(secret),
                "a secret lies in {}",
                table.name()
            );
        }
    }
}

#[tokio::test]
async fn a_full_phone_is_said_and_what_was_on_the_screen_can_still_be_saved() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let mut draft = start_assessment(&services, families(&services)[0])
        .await
        .unwrap();
    answer_all(&services, &mut draft);
    phone.store().break_with(Fault::Full);
    assert_eq!(save_draft(&services, &draft).await, Err(SaveError::Full));
    assert_eq!(
        finish_record(&services, &draft, &[]).await,
        Err(FinishError::Save(SaveError::Full))
    );
    phone.store().mend();
    let saved = save_draft(&services, &draft).await.unwrap();
    finish_record(&services, &saved, &[]).await.unwrap();
    assert_eq!(list_outbox(&services).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_could_not_be_kept_is_asked_for_again() {
    let endpoint = Endpoint::with_families(3).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    phone.disconnect();
    assess(&services, families(&services)[0]).await;
    let (before, _) = endpoint.tally().await;
    phone.connect(&endpoint);
    phone.store().break_with(Fault::FullOnce);
    sync(&services).await;
    assert_eq!(
        shown(&services).trouble,
        Some(SyncTrouble::StorageTrouble(StoreError::Full))
    );
    assert_eq!(
        shown(&services).waiting,
        1,
        "the endpoint has it, the phone cannot know"
    );
    sync(&services).await;
    assert_eq!(
        (shown(&services).waiting, shown(&services).trouble),
        (0, None)
    );
    assert_eq!(endpoint.tally().await.0, before + 1);
}

#[tokio::test]
async fn a_finished_visit_is_strict_on_disk_and_a_pulled_page_is_not() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let before = phone.store().strict_writes();
    sync(&services).await;
    assert_eq!(phone.store().strict_writes(), before);
    let mut draft = start_assessment(&services, families(&services)[0])
        .await
        .unwrap();
    answer_all(&services, &mut draft);
    let saved = save_draft(&services, &draft).await.unwrap();
    assert_eq!(phone.store().strict_writes(), before + 2);
    finish_record(&services, &saved, &[]).await.unwrap();
    assert_eq!(phone.store().strict_writes(), before + 3, "one transaction");
}

#[tokio::test]
async fn a_damaged_page_of_summaries_is_made_again_from_the_families() {
    let endpoint = Endpoint::with_families(5).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    start_assessment(&services, families(&services)[2])
        .await
        .unwrap();
    let mut before = services
        .caseload
        .list
        .get_untracked()
        .ready()
        .unwrap()
        .to_vec();
    let (table, key, _) = (phone.store().everything().into_iter())
        .find(|(table, ..)| *table == Table::Pages)
        .unwrap();
    let mut damage = Batch::relaxed();
    damage.put(table, key, 77, vec![1, 2, 3]);
    services.store.write(&damage).await.unwrap();

    let services = phone.open().await;
    let mut after = services
        .caseload
        .list
        .get_untracked()
        .ready()
        .unwrap()
        .to_vec();
    before.sort_by_key(|summary| summary.kpm);
    after.sort_by_key(|summary| summary.kpm);
    assert_eq!(after, before);
    start_assessment(&services, families(&services)[0])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_damaged_entry_blocks_no_other_and_is_never_deleted() {
    let endpoint = Endpoint::with_families(4).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let (before, _) = endpoint.tally().await;
    phone.disconnect();
    for kpm in families(&services).into_iter().take(3) {
        assess(&services, kpm).await;
    }
    let outbox = |store: &Memory| -> Vec<String> {
        let rows = store.everything().into_iter();
        rows.filter(|(table, ..)| *table == Table::Outbox)
            .map(|(_, key, _)| key)
            .collect()
    };
    let second = outbox(&phone.store())[1].clone();
    let mut damage = Batch::relaxed();
    damage.put(Table::Outbox, second.clone(), 1, vec![1, 2, 3]);
    services.store.write(&damage).await.unwrap();
    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!(endpoint.tally().await, (before + 2, 0));
    assert_eq!(outbox(&phone.store()), [second]);
    assert_eq!(shown(&services).waiting, 1);
    let damaged = SyncTrouble::StorageTrouble(StoreError::Damaged);
    assert_eq!(shown(&services).trouble, Some(damaged));
}

/// Every text and number about the people of a family.
fn words(kpm: &Kpm) -> Vec<String> {
    let mut words = vec![kpm.name.clone(), kpm.address.clone()];
    words.extend(kpm.kk.as_ref().map(|kk| kk.as_str().to_owned()));
    for (path, answer) in kpm.known.iter() {
        if let (FactPath::Member(..), Some(Value::Text(text))) = (path, answer.value()) {
            words.push(text.clone());
        }
    }
    words.retain(|word| word.len() > 4);
    words
}
