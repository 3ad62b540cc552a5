use super::*;

fn drawn(count: u64, seed: u64) -> Vec<Synthetic> {
    families(&Wanted {
        count,
        seed,
        province: None,
    })
    .unwrap()
    .collect()
}

fn fact<'a>(facts: &'a Facts, path: &str) -> &'a Fact {
    facts
        .iter()
        .find(|(found, _)| *found == path)
        .map(|(_, fact)| fact)
        .unwrap()
}

#[test]
fn the_same_seed_gives_the_same_families_and_another_gives_others() {
    assert_eq!(drawn(50, 7), drawn(50, 7));
    assert_ne!(drawn(1, 7), drawn(1, 8));
    // Bytes that every machine gives: a change here is a change of everybody's district.
    let first = &drawn(1, 7)[0];
    assert_eq!(text(&first.family.facts, "village").map(str::len), Some(10));
}

#[test]
fn a_province_is_kept_to_and_a_wrong_one_is_said() {
    let wanted = |code: &str| Wanted {
        count: 20,
        seed: 1,
        province: Some(code.into()),
    };
    for synthetic in families(&wanted("73")).unwrap() {
        assert!(
            text(&synthetic.family.facts, "village")
                .unwrap()
                .starts_with("73")
        );
    }
    assert!(families(&wanted("99")).is_err());
}

#[test]
fn nobody_can_be_taken_for_a_real_person() {
    for Synthetic { family, day, .. } in drawn(200, 1) {
        assert!(text(&family.facts, "kk").unwrap()[12..].starts_with('9'));
        for person in &family.people {
            let nik = text(&person.facts, "nik").unwrap();
            assert!(nik.len() == 16 && nik[12..].starts_with('9'), "{nik}");
            assert!(matches!(fact(&person.facts, "birth_date"), Fact::Day(born) if *born <= day));
        }
        let heads = family
            .people
            .iter()
            .filter(|person| person.relation == "head");
        assert_eq!(heads.count(), 1);
    }
}

#[test]
fn the_spread_is_that_of_the_country() {
    let families = drawn(4000, 7);
    let share = |test: &dyn Fn(&Family) -> bool| {
        let found = families
            .iter()
            .filter(|synthetic| test(&synthetic.family))
            .count();
        f64::from(u32::try_from(found).unwrap()) / 4000.0
    };
    let is = |path: &'static str, wanted: Fact| {
        move |family: &Family| *fact(&family.facts, path) == wanted
    };
    for (what, share, low, high) in [
        (
            "in West Java",
            share(&|f| text(&f.facts, "village").unwrap().starts_with("32")),
            0.15,
            0.21,
        ),
        (
            "in the poorest desil",
            share(&is("desil", Fact::Int(1))),
            0.24,
            0.30,
        ),
        (
            "with a business",
            share(&is("business.exists", Fact::Bool(true))),
            0.32,
            0.38,
        ),
        ("of four", share(&|f| f.people.len() == 4), 0.23, 0.29),
        (
            "with a toilet of their own",
            share(&is("housing.toilet", Fact::Code("own"))),
            0.77,
            0.83,
        ),
    ] {
        assert!((low..=high).contains(&share), "{share} {what}");
    }
}
