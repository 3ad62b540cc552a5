//! The public suite of CEL, and cases of our own in its form for what the kept files do not ask.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use naik_kelas_compiler::conformance::{self, FileReport};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

fn kept() -> Vec<(PathBuf, FileReport)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/cel");
    let paths = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    files
        .map(|path| {
            let report = conformance::run(&fs::read_to_string(&path).unwrap());
            (path, report)
        })
        .collect()
}

#[test]
fn every_case_of_the_public_suite_comes_out_or_is_about_protobuf() {
    let (mut passed, mut typed, mut skipped) = (0, 0, 0);
    for (path, report) in kept() {
        let name = path.display();
        assert!(report.failures.is_empty(), "{name}: {:#?}", report.failures);
        for (reason, count) in &report.skipped {
            assert_eq!(*reason, "protobuf messages", "{name}");
            skipped += count;
        }
        passed += report.passed;
        typed += report.typed;
    }
    assert_eq!((passed, skipped), (779, 72));
    assert!(typed >= 125, "only {typed} went a pack's way");
}

/// What comes of one expression: `passed`, `typed`, `failed`, or why it is skipped.
fn verdict(expression: &str, expected: serde_json::Value) -> String {
    let mut test = json!({ "name": "own", "expr": expression });
    for (key, value) in expected.as_object().unwrap() {
        test[key] = value.clone();
    }
    let file = json!({ "name": "own", "section": [{ "name": "own", "test": [test] }] });
    let report = conformance::run(&file.to_string());
    if let Some(failure) = report.failures.first() {
        return format!("failed: {failure}");
    }
    if let Some((reason, _)) = report.skipped.first_key_value() {
        return (*reason).to_owned();
    }
    match report.typed {
        0 => "passed".to_owned(),
        _ => "typed".to_owned(),
    }
}

fn holds(expression: &str) {
    let found = verdict(expression, json!({}));
    assert!(["passed", "typed"].contains(&found.as_str()), "{found}");
}

fn has_no_value(expression: &str) {
    let found = verdict(expression, json!({ "eval_error": {} }));
    assert!(["passed", "typed"].contains(&found.as_str()), "{found}");
}

#[test]
fn whole_numbers_truths_and_their_lists_go_a_packs_way() {
    let typed = |expression: &str, expected: serde_json::Value| {
        assert_eq!(verdict(expression, expected), "typed", "{expression}");
    };
    typed(
        "-9223372036854775807 - 1",
        json!({ "value": { "int64_value": "-9223372036854775808" } }),
    );
    typed("-9223372036854775807 - 2", json!({ "eval_error": {} }));
    typed(
        "3 in [1, 2, 3].filter(n, n < 3)",
        json!({ "value": { "bool_value": false } }),
    );
    typed("2 in [1, 2, 3].filter(n, n < 3)", json!({}));
    typed("true in [false, true]", json!({}));
    typed("7 in []", json!({ "value": { "bool_value": false } }));
    typed(
        "[1, 2, 3].map(n, n * n)",
        json!({ "value": { "list_value": { "values": [
        { "int64_value": "1" }, { "int64_value": "4" }, { "int64_value": "9" }
    ] } } }),
    );
    typed(
        "x > 2 ? 1 / (x - 3) == 0 : false",
        json!({
            "bindings": { "x": { "value": { "int64_value": "3" } } },
            "eval_error": {}
        }),
    );
    typed(
        "x || 1 / 0 > 0",
        json!({ "bindings": { "x": { "value": { "bool_value": true } } } }),
    );
}

#[test]
fn a_wrong_answer_fails() {
    for (expression, wrong) in [
        ("1 + 1", json!({ "value": { "int64_value": "3" } })),
        ("1 + 1", json!({ "value": { "uint64_value": "2" } })),
        ("1 + 1", json!({ "eval_error": {} })),
        ("1 / 0", json!({ "value": { "int64_value": "0" } })),
        ("false", json!({})),
        ("[1]", json!({ "value": { "list_value": {} } })),
        ("1 +", json!({})),
    ] {
        let found = verdict(expression, wrong);
        assert!(found.starts_with("failed"), "{expression}: {found}");
    }
    for text in [
        "",
        "[]",
        "{}",
        "{\"section\": []}",
        "{\"section\": [",
        "null",
    ] {
        assert_eq!(conformance::run(text).failures.len(), 1, "{text}");
    }
}

#[test]
fn instants_and_spans_of_time() {
    for expression in [
        "int(timestamp('2026-11-24T00:00:00Z')) == 1795478400",
        "string(timestamp('2026-11-24T06:30:00.250+07:00')) == '2026-11-23T23:30:00.25Z'",
        "timestamp('2024-02-29T12:00:00Z') + duration('24h') == timestamp('2024-03-01T12:00:00Z')",
        "timestamp('2024-03-01T00:00:00Z') - timestamp('2024-02-29T00:00:00Z') == duration('1440m')",
        "duration('1h30m') - duration('30m') == duration('3600s')",
        "string(duration('-1.5s')) == '-1.5s' && string(duration('1m1ms')) == '60.001s'",
        "timestamp('2026-11-24T18:00:00Z').getDate('Asia/Jakarta') == 25",
        "timestamp('2026-11-24T18:00:00Z').getHours('+09:00') == 3",
        "timestamp('2026-11-24T18:00:00Z').getDayOfWeek() == 2",
        "timestamp('2026-11-24T18:00:00Z').getDayOfYear() == 327",
        "timestamp('2026-11-24T18:00:00Z').getMonth() == 10",
        "duration('3h59m').getHours() == 3 && duration('2m').getSeconds() == 120",
        "type(timestamp(0)) == google.protobuf.Timestamp",
        "duration('1s') < duration('1001ms')",
    ] {
        holds(expression);
    }
    for expression in [
        "timestamp('2026-02-29T00:00:00Z')",
        "timestamp('2026-11-24')",
        "timestamp('2026-11-24T25:00:00Z')",
        "timestamp('2026-11-24T00:00:00Z').getDate('Nowhere/City')",
        "timestamp('9999-12-31T23:59:59Z') + duration('1s')",
        "timestamp('9999-01-01T00:00:00Z') - timestamp('0001-01-01T00:00:00Z')",
        "duration('320000000000s')",
        "duration('1 hour')",
        "duration('')",
    ] {
        has_no_value(expression);
    }
}

#[test]
fn numbers_texts_and_maps() {
    for expression in [
        "2.0 * 8.988466e+307 > 1.7e308",
        "1.0 / 0.0 == double('Infinity') && double('NaN') != double('NaN')",
        "!(double('NaN') < 1.0) && !(1 > double('NaN'))",
        "1 == 1u && 1u == 1.0 && !(1 == 1.5) && [1] == [1.0]",
        "{'a': 1, 'b': [2u]} == {'b': [2], 'a': 1.0}",
        "string(1e100) == '1e+100' && string(0.00001) == '1e-05' && string(2.0) == '2'",
        "'\\u00e9tage'.size() == 5 && size(bytes('\\u00e9')) == 2",
        "'abc'.matches('^[a-c]+$') && matches('xaby', 'ab') && !'abc'.matches('^b')",
        "{1: 'a'}[1u] == 'a' && 2.0 in {2: true}",
        "[1, 2, 3].exists(i, v, i == 2 && v == 3) && {'a': 1}.all(k, v, k == 'a' && v == 1)",
        "[4, 5].transformList(i, v, i + v) == [4, 6] && {'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
        "cel.bind(x, 3, x * x) == 9",
        "[1, 'a', true].exists(e, e == 'a') && (1 / 0 > 0 || true)",
    ] {
        holds(expression);
    }
    for expression in [
        "1 + 1.0",
        "1 < 'a'",
        "-(-9223372036854775807 - 1)",
        "5.0 % 2.0",
        "int('1.5')",
        "uint(-1.0)",
        "{'a': 1, 'a': 2}",
        "{1: 1, 1u: 2}",
        "{1.5: 1}",
        "[1][-1]",
        "'a'.matches('(')",
        "has({'a': 1}.a.b)",
        "[1, 0].map(n, 1 / n)",
        "missing",
        "missing(1)",
        "1 ? 2 : 3",
    ] {
        has_no_value(expression);
    }
}

#[test]
fn names_within_containers_and_loops() {
    let bound = |container: &str, names: &[(&str, i64)]| {
        let mut bindings = json!({});
        for (name, value) in names {
            bindings[*name] = json!({ "value": { "int64Value": value.to_string() } });
        }
        json!({ "container": container, "bindings": bindings })
    };
    for (expression, context) in [
        (
            "y == 1",
            bound("a.b", &[("a.b.y", 1), ("a.y", 2), ("y", 3)]),
        ),
        ("y == 2", bound("a.b", &[("a.y", 2), ("y", 3)])),
        (".y == 3", bound("a.b", &[("a.b.y", 1), ("y", 3)])),
        ("x.y.z == 4", bound("", &[("x.y.z", 4), ("x", 1)])),
        (
            "[{'z': 0}].exists(y, y.z == 0)",
            bound("a", &[("a.y.z", 7), ("y.z", 8)]),
        ),
        (
            "[{'z': 0}].exists(y, .y.z == 8)",
            bound("a", &[("a.y.z", 7), ("y.z", 8)]),
        ),
        (
            "[1].exists(y, [2].exists(y, y == 2))",
            bound("", &[("y", 5)]),
        ),
    ] {
        let found = verdict(expression, context);
        assert!(
            ["passed", "typed"].contains(&found.as_str()),
            "{expression}: {found}"
        );
    }
}

#[test]
fn what_is_outside_is_passed_over_with_its_reason() {
    for (expression, context, reason) in [
        (
            "TestAllTypes{single_int64: 1}.single_int64 == 1",
            json!({}),
            "protobuf messages",
        ),
        (
            "GlobalEnum.GAZ == 2",
            json!({ "container": "cel.expr.conformance.proto3" }),
            "protobuf enums and types",
        ),
        (
            "TestAllTypes.NestedEnum(5000000000)",
            json!({ "container": "cel.expr.conformance.proto3", "eval_error": {} }),
            "protobuf enums and types",
        ),
        ("optional.of(1).hasValue()", json!({}), "optional values"),
        (
            "{'a': 1}[?'a'].orValue(0) == 1",
            json!({}),
            "optional values",
        ),
        ("math.greatest(1, 2) == 2", json!({}), "the library math"),
        (
            "'tacocat'.charAt(3) == 'o'",
            json!({}),
            "the library strings",
        ),
        (
            "1 + 1",
            json!({ "check_only": true }),
            "asks the type checker alone",
        ),
        (
            "x == 1",
            json!({ "bindings": { "x": { "unknown": {} } } }),
            "unknown values",
        ),
        (
            "x",
            json!({ "bindings": { "x": { "value": { "object_value": { "@type": "a/b.C" } } } } }),
            "protobuf messages",
        ),
    ] {
        assert_eq!(verdict(expression, context), reason, "{expression}");
    }
    // A bare word for a number that JSON does not have spoils no file.
    let file = r#"{"section": [{"test": [{"expr": "0.0 / 0.0", "value": {"double_value": NaN}}, {"expr": "'NaN'", "value": {"string_value": "NaN"}}]}]}"#;
    assert_eq!(conformance::run(file).passed, 2);
}

#[test]
fn what_is_written_is_kept_to_the_last_character() {
    let text = |expression: &str, expected: &str| {
        let found = verdict(expression, json!({ "value": { "string_value": expected } }));
        assert_eq!(found, "passed", "{expression}");
    };
    text("''' \r\n '''", " \r\n ");
    text("r'''\\n \r'''", "\\n \r");
    text("''' ? \" ' ` '''", " ? \" ' ` ");
    text("'\\x41\\101\\u0041\\U00000041\\n'", "AAAA\n");
    let bytes = json!({ "value": { "bytes_value": "DQo=" } });
    assert_eq!(verdict("b'''\r\n'''", bytes), "passed");
    holds("1 +\r\n1 == 2");
}

#[test]
fn an_expression_that_asks_for_endless_work_is_stopped() {
    let digits = "[0,1,2,3,4,5,6,7,8,9]";
    let mut expression = "true".to_owned();
    for depth in 0..9 {
        expression = format!("{digits}.all(v{depth}, {expression})");
    }
    let found = verdict(&expression, json!({}));
    assert!(found.contains("TooMuch"), "{found}");
}
