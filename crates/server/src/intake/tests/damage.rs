//! Numbers and dates as spreadsheets leave them.

use super::*;
use crate::intake::{
    cell::Cell,
    number::{Endings, sixteen},
};

fn check(text: &str, expected: Result<&str, &str>) {
    let read = sixteen(&Cell::text(text), false);
    let read = read.map(|found| found.map_or(String::new(), |found| found.digits));
    let read = read.as_deref().map_err(|trouble| trouble.code());
    assert_eq!(read, expected, "{text}");
}

#[test]
fn every_kind_of_damage_has_a_name() {
    for scientific in [
        "3,2E+15",
        "3.2E+15",
        "3,20915010120001E+15",
        "3.2e15",
        "'3,2E+15",
    ] {
        check(scientific, Err("number-scientific"));
    }
    for decimal in [
        "3209150101200012.0",
        "3209150101200012,00",
        "3209150101200012.",
    ] {
        check(decimal, Err("number-decimal"));
    }
    check("#N/A", Err("formula-failed"));
    check("3209150101200000", Err("number-rounded"));
    check("3200000000000000", Err("number-rounded"));
    check("209150101200012", Err("number-short"));
    check("0209150101200012", Err("number-impossible"));
    check("32091501012000123", Err("number-long"));
    check("32O9150101200012", Err("number-signs"));
    check("Siti Contoh", Err("number-signs"));
    for none in ["", "-", "0", "tidak ada"] {
        check(none, Ok(""));
    }
}

#[test]
fn where_no_digit_is_lost_the_number_is_mended() {
    for whole in [
        "3209150101200012",
        "'3209150101200012",
        "\u{2019}3209150101200012",
        "=\"3209150101200012\"",
        " 3209 1501 0120 0012 ",
        "3209\u{a0}1501.0120-0012",
    ] {
        check(whole, Ok("3209150101200012"));
    }
}

#[test]
fn a_number_cell_keeps_fifteen_digits() {
    let of =
        |number| sixteen(&Cell::Number(number), false).map_err(|trouble| trouble.code().to_owned());
    assert_eq!(of(3_209_150_101_200_010.0), Err("number-rounded".into()));
    assert_eq!(of(3.209_15e15), Err("number-rounded".into()));
    // Written by a program, not by Excel: all sixteen are there.
    assert!(of(3_209_150_101_200_012.0).is_ok_and(|found| found.is_some()));
    // Beyond 2^53 a double does not hold them.
    assert_eq!(of(9_209_150_101_200_012.0), Err("number-rounded".into()));
    assert_eq!(of(320_915.0), Err("number-short".into()));
    assert_eq!(of(0.5), Err("number-scientific".into()));
}

#[test]
fn a_column_of_zeros_was_rounded_and_one_zero_was_not() {
    let see = |numbers: &[&str]| {
        let mut endings = Endings::default();
        numbers
            .iter()
            .for_each(|number| endings.see(&Cell::text(number)));
        endings.are_rounded()
    };
    let zeros = [
        "3209150101200010",
        "3209150101200020",
        "3209150101200030",
        "3209150101200040",
    ];
    assert!(see(&zeros));
    assert!(!see(&zeros[..3]), "three families may end so");
    assert!(!see(&["3209150101200010"; 9]), "members of one family");
    assert!(!see(&[&zeros[..], &["3209150101200011"]].concat()));
}

#[test]
fn a_rounded_column_is_refused_row_by_row() {
    let office = Office::new(Source::Dtsen);
    let lines: Vec<String> = (1..=5)
        .map(|n| family(&format!("32091501012000{n}0"), "Siti Contoh", "2"))
        .collect();
    let mut all = vec![FAMILIES];
    all.extend(lines.iter().map(String::as_str));
    let outcome = office.import(&all);
    assert_eq!(outcome.summary.bad, 5);
    assert_eq!(outcome.findings[0], "2 D number-rounded");
    assert!(office.families().is_empty());
}

#[test]
fn dates_are_read_day_first_and_numbers_are_no_dates() {
    let office = Office::new(Source::Dtsen);
    let header = "kode_kelurahan_desa,nomor_kartu_keluarga,nomor_induk_kependudukan,nama,tanggal_lahir,jenis_kelamin";
    let line = |serial: u32, born: &str| {
        format!(
            "3209152001,3209150101209{serial:03},3209154405909{serial:03},Contoh {serial},{born},2"
        )
    };
    let written = [
        "14/05/1990",
        "1990-05-14",
        "14 Mei 1990",
        "14-5-1990",
        "1990-05-14 00:00:00",
        "33007",
        "14/05/90",
        "05/14/1990",
        "31/02/1990",
        "14/05/2090",
        "14/05/1890",
        "kemarin",
    ];
    let lines: Vec<String> = written
        .iter()
        .enumerate()
        .map(|(at, born)| line(u32::try_from(at).unwrap() + 1, born))
        .collect();
    let mut all = vec![header];
    all.extend(lines.iter().map(String::as_str));
    let outcome = office.import(&all);
    assert_eq!(
        outcome.findings,
        [
            "7 E date-as-number",
            "8 E date-unclear",
            "9 E date-unclear",
            "10 E date-unclear",
            "11 E date-impossible",
            "12 E date-impossible",
            "13 E date-unclear",
        ]
    );
    let families = office.families();
    assert_eq!(families.len(), 5);
    for kpm in &families {
        assert_eq!(
            member_fact(kpm, 0, "birth_date"),
            Some(&Value::Date(Date::parse("1990-05-14").unwrap()))
        );
    }
}
