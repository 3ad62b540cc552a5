use super::*;

fn wanted(count: u64, unknown: f64) -> Vec<Json> {
    let wanted = Wanted { count, seed: 7, unknown, province: None };
    families(&wanted).unwrap().collect()
}

#[test]
fn the_same_seed_gives_the_same_families_and_another_gives_others() {
    assert_eq!(wanted(50, 0.1), wanted(50, 0.1));
    let other = Wanted { count: 1, seed: 8, unknown: 0.0, province: None };
    assert_ne!(families(&other).unwrap().next().as_ref(), wanted(1, 0.0).first());
}

#[test]
fn a_province_is_kept_to_and_a_wrong_one_is_said() {
    let wanted = |code: &str| Wanted { count: 20, seed: 1, unknown: 0.0, province: Some(code.into()) };
    for family in families(&wanted("73")).unwrap() {
        assert!(family["village"].as_str().unwrap().starts_with("73"));
    }
    assert!(families(&wanted("99")).is_err());
}

#[test]
fn nobody_can_be_taken_for_a_real_person() {
    for family in wanted(200, 0.0) {
        assert!(family["kk"].as_str().unwrap()[12..].starts_with('9'));
        for member in family["members"].as_array().unwrap() {
            assert_eq!(member["nik"].as_str().unwrap().len(), 16);
            assert!(member["nik"].as_str().unwrap()[12..].starts_with('9'));
            assert!(member["name"].as_str().unwrap().starts_with("Warga Sintetis"));
            assert!(member["birth_date"].as_str().unwrap() <= family["assessed_on"].as_str().unwrap());
        }
        let heads = family["members"].as_array().unwrap().iter();
        assert_eq!(heads.filter(|member| member["relation"] == "head").count(), 1);
    }
}

#[test]
fn unknowns_change_no_other_fact() {
    for (whole, holed) in wanted(100, 0.0).iter().zip(wanted(100, 0.2)) {
        for (key, value) in holed.as_object().unwrap() {
            if !value.is_null() && !value.is_object() && !value.is_array() {
                assert_eq!(whole[key], *value, "{key}");
            }
        }
    }
}

#[test]
fn the_spread_is_that_of_the_country() {
    let families = wanted(4000, 0.0);
    let share = |test: &dyn Fn(&Json) -> bool| {
        let found = families.iter().filter(|family| test(family)).count();
        f64::from(u32::try_from(found).unwrap()) / 4000.0
    };
    for (what, share, low, high) in [
        ("in West Java", share(&|f| f["village"].as_str().unwrap().starts_with("32")), 0.15, 0.21),
        ("in the poorest four desil", share(&|f| f["desil"].as_i64().unwrap() <= 4), 0.77, 0.83),
        ("with a business", share(&|f| f["business"]["exists"] == true), 0.32, 0.38),
        ("of four", share(&|f| f["members"].as_array().unwrap().len() == 4), 0.23, 0.29),
        ("with a toilet of their own", share(&|f| f["housing"]["toilet"] == "own"), 0.77, 0.83),
    ] {
        assert!((low..=high).contains(&share), "{share} {what}");
    }
}
