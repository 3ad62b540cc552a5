//! The vault: what opens it, what does not, and that nobody else's is touched.

use crate::phone::{Endpoint, PIN, Phone, Way, assess, families, shown, sync};
use naik_kelas_app::{
    store::{Batch, Fault, Table},
    usecase::{self, Admitted, BootError, SignInError, UnlockError, change_pin, sign_out, unlock},
    vault::{Pin, PinFault},
};

async fn try_pin(phone: &Phone, pin: &str) -> Result<(), UnlockError> {
    let door = phone.locked().await;
    let vault = door.people[0].vault;
    unlock(&door, vault, Pin::typed(pin)).await.map(drop)
}

#[tokio::test]
async fn the_vault_opens_without_signal_and_without_a_session_by_its_pin_alone() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let before = families(&services);
    sign_out(&services).await.unwrap();
    phone.disconnect();
    assert_eq!(
        try_pin(&phone, "482916").await,
        Err(UnlockError::WrongPin(0))
    );
    let services = phone.open().await;
    assert_eq!(families(&services), before);
    assess(&services, before[0]).await;
    assert_eq!(shown(&services).waiting, 1, "and one can work");
}

#[tokio::test]
async fn wrong_pins_cost_a_wait_that_a_new_start_does_not_end_and_wipe_nothing() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let kpms = families(&phone.sign_in(&endpoint, 0).await);
    for wait in [0, 0, 0, 0, 30_000] {
        assert_eq!(
            try_pin(&phone, "000000").await,
            Err(UnlockError::WrongPin(wait))
        );
    }
    assert_eq!(
        try_pin(&phone, PIN).await,
        Err(UnlockError::Wait(30_000)),
        "even the right one"
    );
    phone.bench.pass(29_000);
    assert_eq!(try_pin(&phone, PIN).await, Err(UnlockError::Wait(1_000)));
    // The clock is set back by a day: that is no waiting, and the wait still ends.
    phone.bench.pass(-86_400_000);
    assert_eq!(try_pin(&phone, PIN).await, Err(UnlockError::Wait(30_000)));
    phone.bench.pass(30_000);
    assert_eq!(
        try_pin(&phone, "000000").await,
        Err(UnlockError::WrongPin(60_000))
    );
    phone.bench.pass(60_000);
    assert_eq!(families(&phone.open().await), kpms);
    assert_eq!(
        try_pin(&phone, "000000").await,
        Err(UnlockError::WrongPin(0)),
        "the right one counts anew"
    );
}

#[tokio::test]
async fn a_full_phone_locks_nobody_out() {
    let endpoint = Endpoint::with_families(1).await;
    let phone = Phone::new(1);
    phone.sign_in(&endpoint, 0).await;
    phone.store().break_with(Fault::Full);
    assert_eq!(
        try_pin(&phone, "739104").await,
        Err(UnlockError::WrongPin(0))
    );
    assert_eq!(try_pin(&phone, PIN).await, Ok(()));
}

#[tokio::test]
async fn a_thousand_wrong_pins_wipe_nothing() {
    let endpoint = Endpoint::with_families(1).await;
    let phone = Phone::new(1);
    phone.sign_in(&endpoint, 0).await;
    let before = phone.store().everything().len();
    let mut waits = 0;
    for _ in 0..1_000 {
        match try_pin(&phone, "111112").await {
            Err(UnlockError::Wait(wait)) => {
                assert!(wait <= 15 * 60_000);
                waits += 1;
            }
            Err(UnlockError::WrongPin(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(waits, 995, "no try is made while one has to wait");
    assert_eq!(
        phone.store().everything().len(),
        before + 1,
        "only the tries are counted"
    );
    phone.bench.pass(15 * 60_000);
    phone.open().await;
}

#[tokio::test]
async fn a_forgotten_pin_loses_nothing_and_the_old_one_opens_no_more() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let kpm = families(&services)[0];
    phone.disconnect();
    let finished = assess(&services, kpm).await;
    assert_eq!(
        phone.ask(&endpoint, 0, true).await.err(),
        Some(SignInError::Offline)
    );

    phone.connect(&endpoint);
    let Ok(Admitted::ChoosePin(admission)) = phone.ask(&endpoint, 0, true).await else {
        panic!("a PIN is asked for")
    };
    let new = Pin::chosen("739104", "739104").unwrap();
    let services = usecase::choose_pin(admission, new).await.unwrap();
    let kept = services.records().assessment(finished.id).await.unwrap();
    assert_eq!(kept, Some(finished));
    assert_eq!(shown(&services).waiting, 0, "what waited was sent");
    assert_eq!(try_pin(&phone, PIN).await, Err(UnlockError::WrongPin(0)));
    assert_eq!(try_pin(&phone, "739104").await, Ok(()));
}

#[tokio::test]
async fn signing_in_again_opens_the_vault_that_is_here_without_its_pin() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let vault = services.person.vault;
    sign_out(&services).await.unwrap();
    let Ok(Admitted::Open(services)) = phone.ask(&endpoint, 0, false).await else {
        panic!("the vault has a PIN already")
    };
    assert_eq!(services.person.vault, vault);
    assert_eq!(try_pin(&phone, PIN).await, Ok(()), "the PIN is as it was");
}

#[tokio::test]
async fn two_people_on_one_phone_have_a_vault_and_a_pin_each() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let dewi = phone.sign_in(&endpoint, 0).await;
    let hers = families(&dewi);
    phone.disconnect();
    assess(&dewi, hers[0]).await;
    phone.connect(&endpoint);
    let Ok(Admitted::ChoosePin(admission)) = phone.ask(&endpoint, 1, false).await else {
        panic!("the second person has no vault here")
    };
    let budi = usecase::choose_pin(admission, Pin::typed("739104"))
        .await
        .unwrap();
    assert_ne!(families(&budi), hers);
    assert_eq!(shown(&budi).waiting, 0);
    sign_out(&budi).await.unwrap();

    phone.disconnect();
    let door = phone.locked().await;
    let vault_of = |name: &str| {
        let mut people = door.people.iter();
        people.find(|held| held.label.name == name).unwrap().vault
    };
    assert_eq!(door.people.len(), 2);
    let [first, second] = [&dewi, &budi].map(|one| vault_of(&one.person.name));
    let wrong = unlock(&door, second, Pin::typed(PIN)).await.err();
    assert_eq!(
        wrong,
        Some(UnlockError::WrongPin(0)),
        "hers opens nothing of his"
    );
    let dewi = unlock(&door, first, Pin::typed(PIN)).await.unwrap();
    assert_eq!(shown(&dewi).waiting, 1, "hers still waits");
    phone.connect(&endpoint);
    sync(&dewi).await;
    assert_eq!(
        (shown(&dewi).waiting, shown(&dewi).trouble),
        (0, None),
        "her session is her own"
    );
    assert_eq!(
        phone.locked().await.people[0].vault,
        first,
        "who was here last stands first"
    );
}

#[tokio::test]
async fn the_pin_changes_by_the_one_before() {
    let endpoint = Endpoint::with_families(1).await;
    let phone = Phone::new(1);
    let services: &'static _ = Box::leak(Box::new(phone.sign_in(&endpoint, 0).await));
    let to = |pin| change_pin(services, Pin::typed(pin), Pin::typed("kopi pagi sekali"));
    assert_eq!(to("482916").await, Err(UnlockError::WrongPin(0)));
    assert_eq!(to(PIN).await, Ok(()));
    assert!(!phone.locked().await.people[0].label.digits);
    assert_eq!(try_pin(&phone, PIN).await, Err(UnlockError::WrongPin(0)));
    assert_eq!(try_pin(&phone, "kopi pagi sekali").await, Ok(()));
    // The spare key is still good.
    assert!(matches!(
        phone.ask(&endpoint, 0, true).await,
        Ok(Admitted::ChoosePin(_))
    ));
}

#[tokio::test]
async fn nothing_is_kept_before_a_pin_is_chosen() {
    let endpoint = Endpoint::with_families(1).await;
    let phone = Phone::new(1);
    phone.connect(&endpoint);
    assert!(matches!(
        phone.ask(&endpoint, 0, false).await,
        Ok(Admitted::ChoosePin(_))
    ));
    let rows = phone.store().everything();
    let keys: Vec<&str> = rows.iter().map(|(_, key, _)| key.as_str()).collect();
    assert_eq!(keys, ["device"]);
    // Whoever goes on later begins again.
    assert_eq!(Pin::chosen("123456", "123456").err(), Some(PinFault::Easy));
    phone.sign_in(&endpoint, 0).await;
    phone.open().await;
}

#[tokio::test]
async fn a_lock_of_a_newer_app_asks_for_that_app_and_a_vault_of_an_older_one_for_a_sign_in() {
    let endpoint = Endpoint::with_families(1).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let key = format!("lock/{}", services.person.vault);
    let row = services
        .store
        .get(Table::Meta, &key)
        .await
        .unwrap()
        .unwrap();
    let write = async |bytes: Option<Vec<u8>>| {
        let mut batch = Batch::strict();
        match bytes {
            Some(bytes) => batch.put(Table::Meta, key.as_str(), row.version, bytes),
            None => batch.delete(Table::Meta, key.as_str()),
        }
        services.store.write(&batch).await.unwrap();
    };
    let mut newer = row.bytes.clone();
    newer[0] = 2;
    write(Some(newer)).await;
    let opened = usecase::boot(phone.platform.clone()).await;
    assert_eq!(opened.err(), Some(BootError::NewerVersion));

    // An app without PINs has left records and no lock: the person signs in, and nothing is deleted.
    write(None).await;
    let before = phone.store().everything().len();
    let again = phone.sign_in(&endpoint, 0).await;
    assert_ne!(again.person.vault, services.person.vault);
    assert_eq!(families(&again), families(&services));
    assert!(phone.store().everything().len() > before);
}

#[tokio::test]
async fn an_endpoint_that_lost_its_spare_keys_says_that_the_pin_opens() {
    let endpoint = Endpoint::with_families(1).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    // The same vault with another spare key: as after a backup of an earlier day.
    let key = format!("lock/{}", services.person.vault);
    let mut row = services
        .store
        .get(Table::Meta, &key)
        .await
        .unwrap()
        .unwrap();
    let at = row.bytes.len() / 2;
    let end = row.bytes.len();
    // Somewhere in the middle lies the part that the spare key opens: every byte there is turned until it no longer does.
    let mut refused = None;
    for place in (0..end).map(|step| (at + step) % end) {
        row.bytes[place] ^= 1;
        let mut batch = Batch::strict();
        batch.put(Table::Meta, key.as_str(), row.version, row.bytes.clone());
        services.store.write(&batch).await.unwrap();
        row.bytes[place] ^= 1;
        let Ok(usecase::Boot::Locked(_)) = usecase::boot(phone.platform.clone()).await else {
            continue;
        };
        if phone.ask(&endpoint, 0, true).await.err() == Some(SignInError::SpareKey) {
            refused = Some(place);
            break;
        }
    }
    assert!(refused.is_some());
    phone.bench.connect(Some(endpoint.by(Way::Clear)));
    assert_eq!(try_pin(&phone, PIN).await, Ok(()));
}

#[tokio::test]
async fn nothing_of_a_person_and_no_pin_lies_in_the_database() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    try_pin(&phone, "739104").await.unwrap_err();
    let session = services.records().session().await.unwrap().unwrap();
    let planted = [
        services.person.name.as_str(),
        PIN,
        "739104",
        session.token.as_str(),
        "Contoh",
    ];
    for (table, key, bytes) in phone.store().everything() {
        for text in planted.iter().filter(|_| table != Table::Packs) {
            let found = bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes());
            assert!(
                !found && !key.contains(text),
                "{text} lies in {table:?} {key}"
            );
        }
    }
}
