use super::*;

fn lines(count: u64, unknown: f64) -> Vec<Json> {
    let args = SynthArgs {
        count,
        seed: 7,
        unknown,
        province: None,
        format: Format::Ndjson,
        output: None,
    };
    let mut out = Vec::new();
    run(args, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Writes families into a file, as its name ends.
pub(in crate::cli) fn write_families(count: u64, seed: u64, unknown: f64, path: &std::path::Path) {
    let parquet = path.extension().is_some_and(|end| end == "parquet");
    let args = SynthArgs {
        count,
        seed,
        unknown,
        province: None,
        format: if parquet {
            Format::Parquet
        } else {
            Format::Ndjson
        },
        output: Some(path.into()),
    };
    run(args, &mut Vec::new()).unwrap();
}

#[test]
fn a_line_has_the_groups_of_the_schema() {
    let family = &lines(1, 0.0)[0];
    for path in [
        "/housing/floor",
        "/assets/cattle",
        "/business/kbli",
        "/credit/npwp",
        "/social_assistance/since",
    ] {
        assert!(family.pointer(path).is_some(), "{path}");
    }
    assert!(family["housing"]["power_va"].is_i64());
    assert_eq!(family["members"][0]["relation"], "head");
}

#[test]
fn unknowns_change_no_other_fact() {
    let mut holes = 0;
    for (whole, holed) in lines(100, 0.0).iter().zip(lines(100, 0.2)) {
        let (whole, holed) = (
            whole["housing"].as_object().unwrap(),
            holed["housing"].as_object(),
        );
        for (key, value) in whole {
            match holed.and_then(|holed| holed.get(key)) {
                None | Some(Json::Null) => holes += 1,
                Some(kept) => assert_eq!(kept, value, "{key}"),
            }
        }
    }
    assert!((150..450).contains(&holes), "{holes} of 1300 are unknown");
}

#[test]
fn what_cannot_be_is_said() {
    for (unknown, province) in [(1.5, None), (0.0, Some("99".to_owned()))] {
        let args = SynthArgs {
            count: 1,
            seed: 1,
            unknown,
            province,
            format: Format::Ndjson,
            output: None,
        };
        assert!(run(args, &mut Vec::new()).is_err());
    }
}
