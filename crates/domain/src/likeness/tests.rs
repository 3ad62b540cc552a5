use super::*;

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
