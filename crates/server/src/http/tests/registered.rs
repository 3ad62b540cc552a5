//! Families that phones register: taken as they come, findable, and never merged in silence.

use super::*;
use crate::{
    db::{Listing, TakenAs},
    intake::{
        columns::Source,
        keys::KeyRing,
        merge::{Incoming, Person},
    },
    testing::{noted, registered, registering, today, written},
};
use naik_kelas_domain::{
    Date, Value, access::Role, answer::FactPath, id::KpmId, registration::Registration,
};

const NIK: &str = "3209015404900001";
const KK: &str = "3209010101200077";

fn said(village: &str) -> Vec<(&str, &str)> {
    vec![
        ("members.name", "Rukmini Contoh"),
        ("members.sex", "female"),
        ("members.birth_date", "1990-04-14"),
        ("members.nik", NIK),
        ("village", village),
        ("register.address", "Dusun Pahing RT 1 RW 2"),
    ]
}

impl Phone {
    fn village(&self) -> String {
        self.families[0].village.unwrap().to_string()
    }

    fn register(&mut self, registration: Registration) -> Vec<u8> {
        let seq = self.next;
        self.next += 1;
        registering(self.session.user, self.session.vault, seq, registration).to_bytes()
    }

    fn holds(&self, kpm: KpmId) -> bool {
        self.families.iter().any(|family| family.id == kpm)
    }
}

async fn phone(server: &Server, account: usize, number: u8) -> Phone {
    let mut phone = Phone::new(server, account, number).await;
    phone.sync(server, &[]).await;
    phone
}

#[tokio::test]
async fn a_family_is_the_authors_at_once_with_what_is_written_about_it_in_the_same_request() {
    let server = server().await;
    let mut dewi = phone(&server, 0, 1).await;
    let village = dewi.village();
    let registration = registered(90, &said(&village));
    let family = registration.family().unwrap();
    let entry = dewi.register(registration);
    let visit = [
        ("visit.done", Value::Codes(vec!["talk".into()])),
        ("visit.next_on", Value::Date(today())),
    ];
    let note = written(&family, 91, &today().to_string(), "visit", &visit);
    let seq = dewi.next;
    let note = noted(dewi.session.user, dewi.session.vault, seq, note).to_bytes();
    let before = dewi.chain;
    let sent = [entry, note];
    let outcomes = dewi.sync(&server, &sent).await;
    assert!(
        matches!(
            outcomes[..],
            [ReceiptOutcome::Accepted(_), ReceiptOutcome::Accepted(_)]
        ),
        "{outcomes:?}"
    );
    // What a phone has made itself is not sent back to it; another phone of the same person gets it.
    assert!(!dewi.holds(family.id));
    let other = phone(&server, 0, 2).await;
    let held = other.families.iter().find(|held| held.id == family.id);
    let held = held.unwrap();
    assert_eq!((&held.name, held.notes.0.len()), (&family.name, 1));
    assert_eq!(held.roster, family.roster);
    assert!(!phone(&server, 1, 3).await.holds(family.id));

    dewi.chain = before;
    let again = dewi.sync(&server, &sent).await;
    let had = |outcome: &ReceiptOutcome| matches!(outcome, ReceiptOutcome::AlreadyHad(_));
    assert!(again.iter().all(had), "{again:?}");
}

#[tokio::test]
async fn the_same_numbers_again_are_taken_and_proposed_as_a_duplicate() {
    let server = server().await;
    let mut dewi = phone(&server, 0, 1).await;
    let mut budi = phone(&server, 1, 2).await;
    let village = dewi.village();
    let with_card = |number, name| {
        let mut all = said(&village);
        all[0].1 = name;
        all.push(("kk", KK));
        registered(number, &all)
    };
    let first = dewi.register(registered(90, &said(&village)));
    dewi.sync(&server, &[first]).await;
    let second = budi.register(with_card(91, "Orang Lain Contoh"));
    let third = budi.register(Registration {
        answers: with_card(92, "Nama Ketiga Contoh")
            .answers
            .iter()
            .filter(|(path, _)| !path.to_string().ends_with(".nik"))
            .map(|(path, answer)| (path.clone(), answer.clone()))
            .collect(),
        ..with_card(92, "")
    });
    let outcomes = budi.sync(&server, &[second, third]).await;
    let taken = |outcome: &ReceiptOutcome| matches!(outcome, ReceiptOutcome::Accepted(_));
    assert!(outcomes.iter().all(taken), "{outcomes:?}");
    let db = &server.state.db;
    let likely = db
        .likely(dewi.session.area, KpmId::from_bytes([91; 16]))
        .await
        .unwrap();
    let id = |number| KpmId::from_bytes([number; 16]);
    assert_eq!(
        likely,
        [
            (id(92), "same_kk".to_owned()),
            (id(90), "same_nik".to_owned())
        ]
    );
    assert!(!budi.holds(id(90)), "nothing is merged");
}

#[tokio::test]
async fn a_list_that_comes_later_finds_the_family_and_brings_its_card() {
    let server = server().await;
    let mut dewi = phone(&server, 0, 1).await;
    let village = dewi.village();
    let entry = dewi.register(registered(90, &said(&village)));
    dewi.sync(&server, &[entry]).await;
    let incoming = Incoming {
        regency: dewi.session.area,
        village: Some(village.parse().unwrap()),
        village_if_new: None,
        village_name: None,
        address: None,
        kk: Some(KK.parse().unwrap()),
        name: None,
        people: vec![Person {
            nik: Some(NIK.parse().unwrap()),
            name: Some("RUKMINI CONTOH".into()),
            ..Person::default()
        }],
        facts: Vec::new(),
        figures: Vec::new(),
        stated: Default::default(),
        as_of: Date::parse("2026-07-10").unwrap(),
        source: Source::Dtsen,
        holder: None,
        random: vec![[7; 10]; 3],
    };
    let secret = server._folder.path().join(crate::intake::keys::FILE);
    let listing = Listing {
        ring: KeyRing::open(&secret).unwrap(),
        reassign: false,
        now: NOON,
        spoken: Default::default(),
    };
    let taken = server
        .state
        .db
        .take_in(listing, vec![incoming])
        .await
        .unwrap();
    let taken = taken[0].clone().unwrap();
    assert_eq!(
        (taken.kpm, taken.taken_as),
        (KpmId::from_bytes([90; 16]), TakenAs::Updated)
    );
    dewi.sync(&server, &[]).await;
    let held = dewi.families.iter().find(|held| held.id == taken.kpm);
    assert_eq!(held.unwrap().kk, KK.parse().ok());
}

#[tokio::test]
async fn what_is_no_family_of_this_person_has_its_code() {
    let server = server().await;
    let mut dewi = phone(&server, 0, 1).await;
    let village = dewi.village();
    let known = dewi.families[0].id;
    type Spoil<'a> = &'a dyn Fn(&mut Registration);
    let without = |fact: &'static str| {
        move |registration: &mut Registration| {
            let head = registration.head;
            let path = match fact.strip_prefix("members.") {
                Some(own) => FactPath::member(head, own),
                None => FactPath::family(fact),
            };
            registration.answers.remove(&path);
        }
    };
    let say = |fact: &'static str, value: Value| {
        move |registration: &mut Registration| {
            let path = FactPath::member(registration.head, fact);
            let answer = naik_kelas_domain::answer::Answer::asked(value.clone());
            registration.answers.set(path, answer);
        }
    };
    let elsewhere = |registration: &mut Registration| {
        let answer = naik_kelas_domain::answer::Answer::asked(Value::Text("3101010001".into()));
        registration
            .answers
            .set(FactPath::family("village"), answer);
    };
    let tomorrow = Date::parse("2026-11-25").unwrap();
    let spoils: [(Spoil<'_>, RefusalCode); 10] = [
        (&without("members.name"), RefusalCode::BadAnswer),
        (&without("members.sex"), RefusalCode::BadAnswer),
        (&without("village"), RefusalCode::BadAnswer),
        (
            &say("name", Value::Text(" ".into())),
            RefusalCode::BadAnswer,
        ),
        (
            &say("nik", Value::Text("123".into())),
            RefusalCode::BadAnswer,
        ),
        (&say("jkn", Value::Bool(true)), RefusalCode::BadAnswer),
        (
            &say("birth_date", Value::Date(tomorrow)),
            RefusalCode::FutureDate,
        ),
        (
            &|registration| registration.on = tomorrow,
            RefusalCode::FutureDate,
        ),
        (
            &|registration| registration.pack.hash = [7; 32],
            RefusalCode::UnknownPack,
        ),
        (&elsewhere, RefusalCode::WrongVillage),
    ];
    for (number, (spoil, code)) in (100..).zip(spoils) {
        let mut registration = registered(number, &said(&village));
        spoil(&mut registration);
        let entry = dewi.register(registration);
        let outcomes = dewi.sync(&server, &[entry]).await;
        assert_eq!(
            outcomes,
            [ReceiptOutcome::Refused(code)],
            "{number} {code:?}"
        );
    }
    let mut taken = registered(120, &said(&village));
    taken.kpm = known;
    let mut entry = Entry::from_bytes(&dewi.register(taken)).unwrap();
    entry.id = naik_kelas_domain::id::EntryId::from_bytes([120; 16]);
    assert_eq!(
        dewi.sync(&server, &[entry.to_bytes()]).await,
        [ReceiptOutcome::Refused(RefusalCode::FamilyExists)]
    );
    let coordinator = server
        .state
        .practice
        .iter()
        .position(|account| account.role == Role::Coordinator);
    let mut coordinator = phone(&server, coordinator.unwrap(), 9).await;
    let entry = coordinator.register(registered(121, &said(&village)));
    assert_eq!(
        coordinator.sync(&server, &[entry]).await,
        [ReceiptOutcome::Refused(RefusalCode::NotYourFamily)]
    );
}
