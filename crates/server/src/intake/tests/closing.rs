//! The final closing of SIKS-NG.

use super::*;

const HEADER: &str = "NO,PENGURUS,AUD,SD,SMP,SMA,DISABILITAS,LANSIA,HAMIL,HAM,NOMINAL";

fn office() -> Office {
    let mut office = Office::new(Source::FinalClosing);
    office.settings.village = "3209152001".parse().ok();
    office
}

#[test]
fn name_and_number_in_one_cell_are_parted() {
    for cell in [
        "\"SITI AMINAH CONTOH\n3209150101200012\"",
        "SITI AMINAH CONTOH 3209150101200012",
        "SITI AMINAH CONTOH (3209150101200012)",
        "\"SITI AMINAH CONTOH\nNO KK: 3209 1501 0120 0012\"",
    ] {
        let office = office();
        let outcome = office.import(&[HEADER, &format!("1,{cell},0,1,0,0,0,0,1,0,Rp 975.000")]);
        assert_eq!(
            (outcome.summary.added, outcome.summary.bad),
            (1, 0),
            "{cell} {outcome:?}"
        );
        let families = office.families();
        assert_eq!(families[0].name, "SITI AMINAH CONTOH");
        assert_eq!(
            families[0].kk.as_ref().unwrap().as_str(),
            "3209150101200012"
        );
        assert_eq!(
            fact(&families[0], "social_assistance.pkh"),
            Some(&Value::Bool(true))
        );
    }
}

#[test]
fn a_damaged_number_in_such_a_cell_is_refused() {
    let office = office();
    let outcome = office.import(&[
        HEADER,
        "1,SITI AMINAH CONTOH 3.20915E+15,0,1,0,0,0,0,0,0,225000",
        "2,BUDI CONTOH,0,1,0,0,0,0,0,0,225000",
        "3,JOKO CONTOH 3209150101200014,0,satu,0,0,0,0,0,0,-5",
        "TOTAL,,0,3,0,0,0,0,0,0,675000",
    ]);
    assert_eq!(
        outcome.findings,
        [
            "2 B number-scientific",
            "3 B identity-missing",
            "4 D not-a-number",
            "4 K out-of-range"
        ]
    );
    assert_eq!((outcome.summary.rows, outcome.summary.bad), (3, 3));
}

#[test]
fn a_header_over_two_rows_is_one() {
    let office = office();
    let outcome = office.import(&[
        "NO,NAMA PENGURUS,NOKK,KOMPONEN,,,,,,,,",
        ",,,AUD,SD,SMP,SMA,DISABILITAS,LANSIA,HAMIL,HAM,NOMINAL",
        "1,Siti Contoh,3209150101200012,0,1,0,0,0,0,0,0,225000",
    ]);
    assert_eq!(
        (outcome.summary.rows, outcome.summary.added),
        (1, 1),
        "{outcome:?}"
    );
}

#[test]
fn without_a_village_new_families_wait_and_known_ones_are_paid() {
    let mut office = office();
    office.import(&[
        HEADER,
        "1,SITI CONTOH 3209150101200012,0,1,0,0,0,0,0,0,225000",
    ]);
    office.settings.village = None;
    office.settings.as_of = Date::parse("2026-10-10").ok();
    let outcome = office.import(&[
        HEADER,
        "1,SITI CONTOH 3209150101200012,0,1,0,0,0,0,0,0,225000",
        "2,BUDI CONTOH 3209150101200013,0,1,0,0,0,0,0,0,225000",
    ]);
    assert_eq!(outcome.findings, ["3 - village-missing"]);
    assert_eq!(outcome.summary.updated + outcome.summary.unchanged, 1);
}

#[test]
fn a_nil_amount_is_no_payment() {
    let office = office();
    office.import(&[HEADER, "1,SITI CONTOH 3209150101200012,0,0,0,0,0,0,0,0,0"]);
    assert_eq!(fact(&office.families()[0], "social_assistance.pkh"), None);
}
