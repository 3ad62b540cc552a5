//! One family: who it is, how it lives, what it earns.

use super::{
    dwelling, earlier,
    facts::{Fact, Facts, facts},
    people::{marital, people, schooling},
    purse::{self, Purse, rounded},
    random::{Random, exponential, whole},
    tables::{self, weighted},
};
use naik_kelas_domain::{Date, region::VillageCode};

/// Where and when a family is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The day of the assessment.
    pub day: Date,
    /// Its village.
    pub village: VillageCode,
    /// Among whom it is drawn.
    pub circumstances: Circumstances,
}

/// Among whom a family is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circumstances {
    /// All families of the registry.
    Country,
    /// The families that a PKH facilitator holds.
    Assisted,
}

/// A family.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// The people, head first.
    pub people: Vec<Person>,
    /// The facts of the family and its groups, by their paths.
    pub facts: Facts,
}

/// One of the family.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// `male` or `female`.
    pub sex: &'static str,
    /// Relation to the head.
    pub relation: &'static str,
    /// The facts by their paths without `members.`; the name is given by whoever draws.
    pub facts: Facts,
}

impl Family {
    /// Draws a family.
    #[must_use]
    pub fn draw(setting: &Setting, random: &mut Random) -> Self {
        let assisted = setting.circumstances == Circumstances::Assisted;
        let desil = match setting.circumstances {
            Circumstances::Country => *weighted(&tables::DESIL, random.unit()),
            Circumstances::Assisted => *weighted(&tables::DESIL_PKH, random.unit()),
        };
        let persons = *weighted(&tables::PERSONS, random.unit());
        let sketches = people(persons, random);
        let median = tables::HEAD_INCOME
            .get(desil - 1)
            .copied()
            .unwrap_or(1000.0)
            * 1000.0;
        #[expect(clippy::cast_precision_loss, reason = "a family has at most nine here")]
        let total = median * exponential(0.36 * random.normal()) * persons as f64;
        let mut purse = Purse::draw(total, random);
        let people = draw_people(&sketches, setting, &mut purse, random);
        let pkh = if assisted {
            random.yes(0.96)
        } else {
            desil <= 4 && random.yes(0.55)
        };
        let facts = household_facts(setting, desil, persons, pkh, &purse, random);
        Self { people, facts }
    }
}

fn draw_people(
    sketches: &[super::people::Sketch],
    setting: &Setting,
    purse: &mut Purse,
    random: &mut Random,
) -> Vec<Person> {
    let has_spouse = sketches.iter().any(|(relation, ..)| *relation == "spouse");
    let covered = if random.yes(0.78) { 0.97 } else { 0.35 };
    let mut weights = Vec::new();
    let mut people = Vec::new();
    for (relation, sex, age) in sketches.iter().copied() {
        let (attending, level) = schooling(age, random);
        let job = job(sex, age, attending, random);
        weights.push(tables::paid(job));
        let born = birth_date(setting.day, age, random);
        let facts = facts! {
            "nik": nik(setting.village, sex, born, random),
            "sex": sex,
            "birth_date": born,
            "relation": relation,
            "marital": marital(relation, age, has_spouse, random),
            "pregnant": sex == "female" && (16..=44).contains(&age) && random.yes(0.035),
            "attending": attending,
            "level": level,
            "severe_disability": random.yes(if age >= 70 { 0.05 } else { 0.012 }),
            "rights_violation_victim": random.yes(0.0006),
            "chronic_illness": random.yes(if age >= 60 { 0.4 } else { 0.08 }),
            "jkn": random.yes(covered),
            "employment": job,
            "income_month": 0_i64,
        };
        people.push(Person {
            sex,
            relation,
            facts,
        });
    }
    purse::pay(&mut people, &weights, purse, random);
    people
}

fn job(sex: &str, age: i32, attending: bool, random: &mut Random) -> &'static str {
    let r = random.unit();
    let idle = age < 15
        || (attending && r < 0.93)
        || age > 78
        || (age >= 65 && r < 0.55)
        || r < (if sex == "female" { 0.48 } else { 0.1 });
    if idle {
        "none"
    } else {
        weighted::<&'static str>(&tables::WORK, random.unit())
    }
}

fn birth_date(day: Date, age: i32, random: &mut Random) -> Date {
    let (year, month, of_month) = day.ymd();
    let birthday = Date::from_ymd(year - age, month, of_month.min(28)).unwrap_or(day);
    earlier(birthday, random.days(364))
}

fn nik(village: VillageCode, sex: &str, born: Date, random: &mut Random) -> String {
    let (year, month, day) = born.ymd();
    let day = if sex == "female" { day + 40 } else { day };
    let district = &village.as_str()[..6];
    format!(
        "{district}{day:02}{month:02}{:02}{}",
        year.rem_euclid(100),
        9000 + random.int(1000.0)
    )
}

fn kk(village: VillageCode, random: &mut Random) -> String {
    let district = &village.as_str()[..6];
    let (day, month, year) = (
        1 + random.int(28.0),
        1 + random.int(12.0),
        5 + random.int(20.0),
    );
    format!(
        "{district}{day:02}{month:02}{year:02}{}",
        9000 + random.int(1000.0)
    )
}

fn household_facts(
    setting: &Setting,
    desil: usize,
    persons: usize,
    pkh: bool,
    purse: &Purse,
    random: &mut Random,
) -> Facts {
    let poor = desil <= 4;
    let long = random.unit();
    // About the power of 0.8: most have been assisted for some years, a few for fourteen.
    let since = whole(long.sqrt() * long.sqrt().sqrt() * 5200.0);
    let spent = rounded(purse.total * (0.7 + 0.45 * random.unit()), random);
    let (saved, owed) = (random.unit(), random.unit());
    #[expect(
        clippy::cast_precision_loss,
        reason = "rupiah of one family lie far below 2^53"
    )]
    let (spent_f, month_f) = (spent as f64, purse.month() as f64);
    let mut facts = facts! {
        "kk": kk(setting.village, random),
        "village": setting.village.as_str().to_owned(),
        "area": area(setting.village, random),
        "desil": desil,
        "desil_version": desil_version(setting.day),
        "social_assistance.pkh": pkh,
        "social_assistance.sembako": desil <= 5 && random.yes(if pkh { 0.85 } else { 0.6 }),
        "social_assistance.pbi_jkn": desil <= 5 && random.yes(0.7),
        "social_assistance.since": earlier(setting.day, i32::try_from(since).unwrap_or(0)),
        "income_other_month": purse.other,
        "expenditure_month": spent,
        "savings": if random.yes(0.42) { 0 } else { rounded(spent_f * 2.2 * saved * saved + 20_000.0, random) },
        "debt_payment_month":
            if random.yes(0.55) { 0 } else { rounded(month_f * 0.6 * owed * owed.sqrt().sqrt(), random) },
        "meals_per_day": *weighted(&tables::MEALS, random.unit()),
        "hungry_days_month": if poor { *weighted(&tables::HUNGRY, random.unit()) } else { 0 },
    };
    facts.extend(dwelling::housing(poor, persons, random));
    facts.extend(dwelling::assets(random));
    facts.extend(purse::business(purse, random));
    facts.extend(facts! {
        "credit.bank_productive": random.yes(0.09),
        "credit.nonbank_productive": random.yes(0.12),
        "credit.bad": random.yes(0.06),
        "credit.npwp": random.yes(0.2),
    });
    facts
}

/// A *kelurahan* (seventh digit 1) is a town; of the *desa*, half on Java are counted as urban.
fn area(village: VillageCode, random: &mut Random) -> &'static str {
    let code = village.as_str().as_bytes();
    let urban = match (code.first(), code.get(6)) {
        (_, Some(b'1')) => 0.93,
        (Some(b'3'), _) => 0.5,
        _ => 0.15,
    };
    if random.yes(urban) { "urban" } else { "rural" }
}

/// The newest version of the registry on a day.
fn desil_version(day: Date) -> Date {
    let versions = [(2026, 7, 10), (2026, 2, 9), (2025, 5, 26)];
    let mut dates = versions
        .iter()
        .filter_map(|(year, month, of_month)| Date::from_ymd(*year, *month, *of_month));
    dates.find(|version| *version <= day).unwrap_or(day)
}
