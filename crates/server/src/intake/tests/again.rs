//! Importing again: nothing doubles, what changed is said with its day.

use super::*;
use crate::synth::Random;

#[test]
fn a_new_desil_is_a_new_fact_and_an_old_list_overwrites_nothing() {
    let mut office = Office::new(Source::Dtsen);
    let with = |desil: &str| family("3209150101200012", "Siti Aminah Contoh", desil);
    office.import(&[FAMILIES, &with("2")]);
    office.settings.as_of = Date::parse("2026-10-10").ok();
    let newer = office.import(&[FAMILIES, &with("4")]);
    assert_eq!((newer.summary.added, newer.summary.updated), (0, 1));
    assert_eq!(fact(&office.families()[0], "desil"), Some(&Value::Int(4)));
    assert_eq!(
        fact(&office.families()[0], "desil_version"),
        Some(&Value::Date(Date::parse("2026-10-10").unwrap()))
    );
    office.settings.as_of = Date::parse("2026-01-10").ok();
    office.import(&[FAMILIES, &with("1")]);
    assert_eq!(
        fact(&office.families()[0], "desil"),
        Some(&Value::Int(4)),
        "the newer list stays"
    );
    let kpm = office.families()[0].id;
    let history = office
        .runtime
        .block_on(office.db.registry_facts(regency(), kpm))
        .unwrap();
    let desils: Vec<(String, Value)> = history
        .into_iter()
        .filter(|row| row.fact == "desil")
        .map(|row| (row.as_of.to_string(), row.value))
        .collect();
    assert_eq!(
        desils,
        [
            ("2026-01-10".into(), Value::Int(1)),
            ("2026-07-10".into(), Value::Int(2)),
            ("2026-10-10".into(), Value::Int(4)),
        ]
    );
}

#[test]
fn without_a_card_people_are_found_by_number_then_by_name() {
    let office = Office::new(Source::Dtsen);
    let header = "kode_desa,kk,nik,nama,tanggal_lahir";
    let first = office.import(&[
        header,
        "3209152001,3209150101200012,3209154405909001,Siti Aminah Contoh,1990-05-04",
        "3209152001,,,Joko Contoh,1980-01-02",
    ]);
    assert_eq!(first.summary.added, 2);
    let again = office.import(&[
        header,
        "3209152001,,3209154405909001,Siti Aminah Contoh,1990-05-04",
        "3209152001,,,JOKO  CONTOH,1980-01-02",
    ]);
    assert_eq!(
        (again.summary.added, office.families().len()),
        (0, 2),
        "{again:?}"
    );
}

#[test]
fn likely_duplicates_are_proposed_once_and_never_merged() {
    let office = Office::new(Source::Dtsen);
    let header = "kode_desa,alamat,kk,nik,nama,tanggal_lahir";
    let lines = [
        header,
        "3209152001,Jl. Melati 7,3209150101200012,3209154405909001,Moh. Soekardjo Contoh,1990-05-04",
        "3209152001,Dusun 2,3209150101200013,,Muhammad Sukarjo Contoh,1990-05-04",
        "3209152001,jl melati no 07,3209150101200014,,Mochamad Sukarjo Contoh,",
        "3209152002,Dusun 9,3209150101200015,3209154405909001,Lain Sekali Contoh,1970-05-04",
        "3209152001,Jl. Melati 7,3209150101200016,,Bambang Contoh,1990-05-04",
    ];
    let first = office.import(&lines);
    assert_eq!(
        first.likely,
        ["name_birth_date", "name_address", "same_nik"]
    );
    assert_eq!(office.families().len(), 5);
    assert_eq!(office.import(&lines).likely, [""; 0]);
}

#[test]
fn families_that_came_otherwise_are_found_too() {
    let office = Office::new(Source::Dtsen);
    let line = family("3209150101200012", "Siti Aminah Contoh", "2");
    office.import(&[FAMILIES, &line]);
    let mut phones = office.families().remove(0);
    phones.id = naik_kelas_domain::id::KpmId::from_bytes([9; 16]);
    phones.kk = "3209150101200099".parse().ok();
    let new = crate::db::NewFamily {
        regency: regency(),
        village: phones.village.unwrap(),
        kpm: phones,
        holder: dewi().user,
    };
    office
        .runtime
        .block_on(office.db.add_families(vec![new]))
        .unwrap();
    let outcome = office.import(&[
        FAMILIES,
        &family("3209150101200099", "Siti Aminah Contoh", "5"),
    ]);
    assert_eq!((outcome.summary.added, outcome.summary.updated), (0, 1));
}

#[test]
fn with_another_secret_families_are_found_all_the_same() {
    let mut office = Office::new(Source::Dtsen);
    let line = family("3209150101200012", "Siti Aminah Contoh", "2");
    office.import(&[FAMILIES, &line]);
    office.secret = [8; 32];
    let outcome = office.import(&[FAMILIES, &line]);
    assert_eq!((outcome.summary.added, outcome.summary.unchanged), (0, 1));
}

#[test]
fn what_a_visit_found_after_the_lists_day_stays() {
    let office = Office::new(Source::Dtsen);
    let header = format!("{FAMILIES},jenis_lantai_terluas");
    let line = |floor: &str| family("3209150101200012", "Siti Aminah Contoh", "2") + "," + floor;
    office.import(&[&header, &line("8")]);
    let mut kpm = office.families().remove(0);
    let floor = FactPath::family("housing.floor");
    let said = Answer::asked(Value::Code("tile".into()));
    kpm.known.set(floor.clone(), said.clone());
    let assessed = crate::testing::assessment(&kpm, 1, 0);
    kpm.last = Some(naik_kelas_domain::kpm::LastAssessment {
        id: assessed.id,
        on: assessed.decision.on,
        decision: assessed.decision,
    });
    let mut incoming = crate::intake::merge::Incoming {
        regency: regency(),
        village: None,
        village_if_new: None,
        village_name: None,
        address: None,
        kk: None,
        name: None,
        people: Vec::new(),
        facts: vec![("housing.floor", Value::Code("earth".into()))],
        figures: Vec::new(),
        as_of: Date::parse("2026-07-10").unwrap(),
        stated: true,
        holder: None,
        source: Source::Dtsen,
        random: Vec::new(),
    };
    let merged = crate::intake::merge::merge(kpm.clone(), &incoming, false, NOON);
    assert_eq!(merged.kpm.known.get(&floor), Some(&said));
    assert!(!merged.changed);
    incoming.as_of = Date::parse("2027-07-10").unwrap();
    let merged = crate::intake::merge::merge(kpm, &incoming, false, NOON);
    let after = merged.kpm.known.get(&floor).and_then(Answer::value);
    assert_eq!(after.cloned(), code("earth"));
}

/// Random lists with every kind of row, in any order: what was taken once is there once.
#[test]
fn importing_twice_changes_nothing() {
    for seed in 0..15 {
        let office = Office::new(Source::Dtsen);
        let mut random = Random::of(seed, 0);
        let lines = lines(&mut random);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        office.import(&lines);
        let (families, last) = (office.families(), office.last_position());
        let second = office.import(&lines);
        assert_eq!(
            (second.summary.added, second.summary.updated),
            (0, 0),
            "seed {seed}"
        );
        assert_eq!(second.likely, [""; 0], "seed {seed}");
        assert_eq!(
            office.last_position(),
            last,
            "seed {seed}: nobody hears of nothing"
        );
        assert!(office.families() == families, "seed {seed}");
    }
}

fn lines(random: &mut Random) -> Vec<String> {
    const NAMES: [&str; 6] = [
        "Siti Aminah",
        "Moh. Yusuf",
        "Muhammad Yusup",
        "Sri",
        "Budi",
        "",
    ];
    let mut lines =
        vec!["kode_desa,alamat,kk,nik,nama,tanggal_lahir,desil,hubungan_keluarga".to_owned()];
    for _ in 0..random.below(40) {
        let kk = match random.below(8) {
            0 => String::new(),
            1 => "\"3,2E+15\"".to_owned(),
            2 => format!("'32091501012090{:02}", random.below(12)),
            _ => format!("32091501012090{:02}", random.below(12)),
        };
        let nik = match random.below(4) {
            0 => String::new(),
            _ => format!("32091544059090{:02}", random.below(30)),
        };
        let name = NAMES[random.below(NAMES.len())];
        let name = if name.is_empty() {
            String::new()
        } else {
            format!("{name} Contoh")
        };
        let born = match random.below(4) {
            0 => String::new(),
            n => format!("{:02}/05/199{n}", 1 + random.below(28)),
        };
        let village = ["3209152001", "3209152002", "99"][random.below(3)];
        let desil = random.below(12);
        let relation = ["1", "3", "Istri/suami", "9"][random.below(4)];
        lines.push(format!(
            "{village},Jl. Melati {},{kk},{nik},{name},{born},{desil},{relation}",
            random.below(4)
        ));
    }
    lines
}
