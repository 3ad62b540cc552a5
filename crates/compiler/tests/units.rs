//! Units of measure: a month is not compared with a year.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod broken;

use broken::{finds_only, listed, with};

const PKH: &str = "decisions/pkh.toml";
const PKH_TEST: &str = "desil <= param('pkh.desil_max')";

#[test]
fn units_that_are_mixed_are_found() {
    // A month with a year.
    let derived = "derived.toml";
    finds_only(
        derived,
        "12 * business.turnover_month",
        "business.turnover_month",
        0,
        "comes out in rupiah/month, and should be in rupiah/year",
    );
    finds_only(
        PKH,
        PKH_TEST,
        "business.turnover_month <= param('pkh.amount_year.sd')",
        0,
        "rupiah/month and rupiah/year are mixed",
    );
    finds_only(
        PKH,
        PKH_TEST,
        "members.exists(m, m.age < business.months)",
        0,
        "month and year are mixed",
    );
    // Rupiah with persons, and with rupiah a month.
    finds_only(
        PKH,
        PKH_TEST,
        "savings > persons",
        0,
        "person and rupiah are mixed",
    );
    finds_only(
        PKH,
        PKH_TEST,
        "savings + income_month > 0",
        0,
        "rupiah and rupiah/month are mixed",
    );
    finds_only(
        PKH,
        PKH_TEST,
        "(business.exists ? savings : income_month) > 0",
        0,
        "rupiah and rupiah/month are mixed",
    );
    finds_only(
        PKH,
        PKH_TEST,
        "min(savings, persons) > 0",
        0,
        "person and rupiah are mixed",
    );
    // An amount a year that is one a month.
    finds_only(
        PKH,
        "best(param('pkh.max_persons'), members.map(m, m.pkh_component_amount))",
        "min(income_month, 10)",
        0,
        "comes out in rupiah/month, and should be in rupiah/year",
    );
}

#[test]
fn units_that_fit_are_not_complained_about() {
    let fits = [
        "savings >= business.months * income_month",
        "savings / business.months >= income_month",
        "12 * income_month >= turnover_year",
        "income_month / persons > 0 && income_per_capita * persons <= income_month",
        "debt_payment_month <= param('graduation.debt_low') * income_month",
        "housing.floor_area_m2 >= 7 * persons",
        "members.exists(m, years(m.birth_date, days_before(assessed_on, 30)) < m.age + 1)",
    ];
    let joined: Vec<String> = fits
        .iter()
        .map(|test| format!("({test} || desil > 0)"))
        .collect();
    let (checked, _) = with(&[(
        "derived.toml",
        "[[derived]]",
        &format!(
            "[[derived]]\nid = \"fits\"\nexpr = \"{}\"\n\n[[derived]]",
            joined.join(" && ")
        ),
    )]);
    assert!(checked.findings.is_empty(), "{}", listed(&checked.findings));
}
