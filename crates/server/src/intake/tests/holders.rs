//! Who holds an imported family, and that their phones hear of it.

use super::*;

const BUDI: UserId = UserId::from_bytes([0xb; 16]);

#[test]
fn a_column_names_the_facilitator() {
    let mut office = Office::new(Source::Dtsen);
    office.settings.holder = None;
    office.account("budi", BUDI, regency());
    office.account(
        "jauh",
        UserId::from_bytes([0xa; 16]),
        "3273".parse().unwrap(),
    );
    let header = format!("{FAMILIES},Pendamping");
    let line = |kk: &str, name: &str| format!("{},{name}", family(kk, "Siti Contoh", "2"));
    let outcome = office.import(&[
        &header,
        &line("3209150101200012", "Dewi"),
        &line("3209150101200013", "budi"),
        &line("3209150101200014", ""),
        &line("3209150101200015", "siapa"),
        &line("3209150101200016", "jauh"),
    ]);
    assert_eq!(
        outcome.findings,
        ["5 G facilitator-unknown", "6 G facilitator-elsewhere"]
    );
    assert_eq!((outcome.summary.added, outcome.summary.assigned), (3, 2));
    assert_eq!(
        (office.families().len(), office.families_of(BUDI).len()),
        (1, 1)
    );
}

#[test]
fn another_holder_keeps_the_family_unless_it_is_to_move() {
    let mut office = Office::new(Source::Dtsen);
    office.account("budi", BUDI, regency());
    let line = family("3209150101200012", "Siti Contoh", "2");
    office.import(&[FAMILIES, &line]);
    office.settings.holder = Some(Holder {
        user: BUDI,
        regency: regency(),
    });
    assert_eq!(
        office.import(&[FAMILIES, &line]).findings,
        ["2 - held-by-another"]
    );
    assert_eq!(
        (office.families().len(), office.families_of(BUDI).len()),
        (1, 0)
    );
    office.settings.reassign = true;
    assert_eq!(office.import(&[FAMILIES, &line]).summary.assigned, 1);
    assert_eq!(
        (office.families().len(), office.families_of(BUDI).len()),
        (0, 1)
    );
}

#[test]
fn a_family_that_was_imported_without_a_holder_is_given_later() {
    let mut office = Office::new(Source::Dtsen);
    office.settings.holder = None;
    let line = family("3209150101200012", "Siti Contoh", "2");
    office.import(&[FAMILIES, &line]);
    assert!(office.families().is_empty());
    office.settings.holder = Some(dewi());
    let outcome = office.import(&[FAMILIES, &line]);
    assert_eq!((outcome.summary.added, outcome.summary.assigned), (0, 1));
    assert_eq!(office.families().len(), 1);
}

#[test]
fn only_the_chosen_area_is_taken() {
    let mut office = Office::new(Source::Dtsen);
    office.settings.holder = None;
    office.settings.area = Some(regency());
    let elsewhere =
        family("3273150101200012", "Siti Contoh", "2").replace("3209152001", "3273152001");
    let outcome = office.import(&[
        FAMILIES,
        &elsewhere,
        &family("3209150101200013", "Budi Contoh", "2"),
    ]);
    assert_eq!(outcome.findings, ["2 A village-elsewhere"]);
    assert_eq!(outcome.summary.added, 1);
}
