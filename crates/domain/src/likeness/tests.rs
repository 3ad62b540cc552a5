use super::*;
use crate::{
    Value,
    answer::{Answer, FactPath},
    id::{KpmId, MemberId},
    kpm::{JourneyState, Kpm, Member, Presence},
    note::Notes,
};

fn person(name: &str, born: &str, address: &str) -> Likeness {
    Likeness {
        name: name_key(name),
        born: Date::parse(born).ok(),
        address: address_key(address),
    }
}

fn check(one: (&str, &str, &str), other: (&str, &str, &str), expected: Option<Because>) {
    let (a, b) = (
        person(one.0, one.1, one.2),
        person(other.0, other.1, other.2),
    );
    assert_eq!(alike(&a, &b), expected, "{a:?} {b:?}");
    assert_eq!(alike(&b, &a), expected, "the other way round");
}

#[test]
fn a_name_is_one_in_all_its_spellings() {
    for (one, other) in [
        ("Moh. Yusuf Contoh", "Muhammad Yusuf Contoh"),
        ("M. Yusuf Contoh", "Mochamad Yusup Contoh"),
        ("Soekardjo Contoh", "Sukarjo Contoh"),
        ("Sjarifoedin Contoh", "Syarifudin Contoh"),
        ("Hj. Siti Chotimah Contoh", "SITI KHOTIMAH CONTOH"),
        ("Zaenal Contoh", "Zainal  Contoh"),
        ("Fitri Contoh", "Vitrie Contoh"),
        ("Abd. Aziz Contoh", "Abdul Azis Contoh"),
        ("Annisa Contoh", "Anisah Contoh"),
    ] {
        check(
            (one, "1990-05-14", ""),
            (other, "1990-05-14", ""),
            Some(Because::NameAndBirthDate),
        );
    }
}

#[test]
fn short_names_are_not_stretched() {
    for (one, other) in [
        ("Ani", "Ana"),
        ("Siti Aminah", "Budi Santoso"),
        ("Sri", "Sari"),
        ("", ""),
    ] {
        check((one, "1990-05-14", ""), (other, "1990-05-14", ""), None);
    }
}

#[test]
fn another_birth_date_wants_the_same_house() {
    let home = "Jl. Melati No. 7 RT 001/RW 02";
    let same = "jalan melati 07, RT1 RW002";
    let siti = ("Siti Aminah Contoh", "1990-05-04", home);
    let swapped = ("Siti Aminah Contoh", "1990-04-05", same);
    check(siti, swapped, Some(Because::NearBirthDate));
    check(siti, (swapped.0, swapped.1, "Jl. Kenanga 3"), None);
    check(siti, (siti.0, "1971-12-30", same), None);
    check(siti, (siti.0, "", same), Some(Because::NameAndAddress));
    check((siti.0, "", ""), (siti.0, "", ""), None);
}

#[test]
fn a_longer_name_holds_a_shorter_one() {
    let born = "1990-05-14";
    check(
        ("Siti Aminah", born, ""),
        ("Siti Nur Aminah Contoh", born, ""),
        Some(Because::NameAndBirthDate),
    );
}

/// A family of one person, or of its name alone.
fn family(number: u8, name: &str, born: &str, address: &str) -> Kpm {
    let head = MemberId::from_bytes([number; 16]);
    let said = [
        ("name", Value::Text(name.into())),
        (
            "birth_date",
            Date::parse(born).map_or(Value::Bool(false), Value::Date),
        ),
    ];
    let said = said
        .into_iter()
        .filter(|(_, value)| *value != Value::Bool(false));
    Kpm {
        id: KpmId::from_bytes([number; 16]),
        name: name.into(),
        kk: None,
        village: None,
        village_name: "Sukamaju".into(),
        address: address.into(),
        state: JourneyState::Assisted,
        roster: vec![Member {
            id: head,
            presence: Presence::Here,
        }],
        known: said
            .map(|(fact, value)| (FactPath::member(head, fact), Answer::asked(value)))
            .collect(),
        last: None,
        notes: Notes::default(),
        past: Default::default(),
        registered: None,
    }
}

fn with_nik(mut kpm: Kpm, nik: &str) -> Kpm {
    let path = FactPath::member(kpm.roster[0].id, "nik");
    kpm.known.set(path, Answer::asked(Value::Text(nik.into())));
    kpm
}

#[test]
fn families_are_compared_by_their_numbers_first_and_then_person_by_person() {
    let siti = || family(1, "Siti Aminah Contoh", "1990-05-14", "Dusun Pahing");
    let other = || family(2, "Budi Contoh", "1970-01-01", "Dusun Wage");
    assert_eq!(families_alike(&siti(), &other()), None);
    let same_nik = families_alike(
        &with_nik(siti(), "3209015404900001"),
        &with_nik(other(), "3209015404900001"),
    );
    assert_eq!(same_nik, Some(Because::SameNik));
    let kk = |mut kpm: Kpm| {
        kpm.kk = "3209010101200077".parse().ok();
        kpm
    };
    assert_eq!(
        families_alike(&kk(siti()), &kk(other())),
        Some(Because::SameKk)
    );
    let spelt = family(3, "Sitti Amina Contoh", "1990-05-14", "");
    assert_eq!(
        families_alike(&siti(), &spelt),
        Some(Because::NameAndBirthDate)
    );
    // Two whole numbers that differ are two people, but where name and birth date are one.
    let near = family(4, "Siti Aminah Contoh", "", "dsn. Pahing");
    assert_eq!(
        families_alike(&siti(), &near),
        Some(Because::NameAndAddress)
    );
    let (one, two) = (
        with_nik(siti(), "3209015404900001"),
        with_nik(near, "3209015404900002"),
    );
    assert_eq!(families_alike(&one, &two), None);
}

#[test]
fn whoever_is_alike_is_among_the_few_that_are_opened() {
    let names = [
        "Siti Aminah Contoh",
        "Sitti Amina",
        "Hj. Siti Aminah",
        "Sri",
        "Sri Wahyuni Contoh",
        "Moh.Yusuf Contoh",
        "Muhammad Yusup Contoh",
        "M. Yusuf",
        "Nur Hayati",
        "Nurhayati",
        "Abd. Aziz",
        "Abdul Azis Contoh",
        "Ani",
        "Ana",
        "Budi Santoso Contoh",
        "Contoh Santoso Budi Wijaya",
        "Soekardjo",
        "Sukarjo",
    ];
    let folded = |name: &str| crate::search::folded(&format!("{name} Sukamaju {name}"));
    let (mut alike, mut opened) = (0, 0);
    for one in names {
        let sought = Sought::of(&family(1, one, "1990-05-14", ""));
        for other in names {
            let may_be = sought.may_be(&folded(other));
            opened += usize::from(may_be);
            let found = families_alike(
                &family(1, one, "1990-05-14", ""),
                &family(2, other, "1990-05-14", ""),
            );
            alike += usize::from(found.is_some());
            assert!(found.is_none() || may_be, "{one} and {other}");
        }
    }
    assert!(alike > names.len(), "{alike}");
    assert!(
        opened < names.len() * names.len() / 2,
        "{opened} of {}",
        names.len().pow(2)
    );
    let by_number = Sought::of(&with_nik(family(1, "Rukmini", "", ""), "3209015404900001"));
    assert!(by_number.may_be("budi contoh sukamaju 3209015404900001"));
    assert!(!by_number.may_be("budi contoh sukamaju 3209015404900002"));
}
