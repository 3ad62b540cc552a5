//! Who lives in a family: relations, ages, schooling, marriage.

use super::random::{Random, whole};

/// Relation to the head, sex, age in whole years.
pub type Sketch = (&'static str, &'static str, i32);

/// A family of so many; the head comes first.
pub fn people(persons: usize, random: &mut Random) -> Vec<Sketch> {
    let head_is_male = random.yes(if persons > 1 { 0.86 } else { 0.4 });
    let (head, other) = if head_is_male {
        ("male", "female")
    } else {
        ("female", "male")
    };
    if persons == 1 {
        let age = if random.yes(0.6) {
            let old = random.unit();
            60 + years(old * old.sqrt() * 28.0)
        } else {
            24 + drawn(random, 36.0)
        };
        return vec![("head", head, age)];
    }
    let age = if persons > 2 {
        23 + years((random.unit() + random.unit() + random.unit()) / 3.0 * 48.0)
    } else {
        22 + years((random.unit() + random.unit()) / 2.0 * 62.0)
    };
    let mut found = vec![("head", head, age)];
    if random.yes(if persons == 2 { 0.6 } else { 0.9 }) {
        let spouse = if head_is_male {
            age - 6 + drawn(random, 10.0)
        } else {
            age - 2 + drawn(random, 8.0)
        };
        found.push(("spouse", other, spouse.max(17)));
    }
    if found.len() < persons && age < 62 && random.yes(0.14) {
        let sex = if random.yes(0.65) { "female" } else { "male" };
        found.push(("parent", sex, (age + 20 + drawn(random, 14.0)).min(95)));
    }
    let oldest_child = f64::from((age - 18).clamp(1, 30));
    while found.len() < persons {
        let kind = random.unit();
        let sex = if random.yes(0.51) { "male" } else { "female" };
        found.push(if age > 48 && kind < 0.22 {
            ("grandchild", sex, drawn(random, 12.0))
        } else if age > 48 && kind < 0.27 {
            ("child_in_law", sex, 19 + drawn(random, 16.0))
        } else if age > 30 && kind < 0.3 {
            ("other", sex, drawn(random, 70.0))
        } else {
            ("child", sex, drawn(random, oldest_child))
        });
    }
    found
}

/// Whether somebody of this age attends school, and the level attended now or the highest attended.
pub fn schooling(age: i32, random: &mut Random) -> (bool, &'static str) {
    let r = random.unit();
    match age {
        ..3 => (false, "none"),
        3..6 if r < 0.38 => (true, "paud"),
        3..6 => (false, "none"),
        6 if r < 0.6 => (true, "sd"),
        6 if r < 0.85 => (true, "paud"),
        6 => (false, "none"),
        12 if r < 0.3 => (true, "smp"),
        7..=12 => (r < 0.985, "sd"),
        15 if r < 0.45 => (true, "sma"),
        13 if r < 0.1 => (true, "sd"),
        13..=15 if r < 0.94 => (true, "smp"),
        13..=15 => (false, "sd"),
        16 if r < 0.1 => (true, "smp"),
        16..=18 if r < 0.73 => (true, "sma"),
        16..=18 => (false, "smp"),
        19..=23 if r < 0.03 => (true, "sma"),
        19..=23 if r < 0.18 => (true, "tertiary"),
        _ if r < 0.22 => (false, "tertiary"),
        _ if r < 0.5 => (false, "sma"),
        _ if r < 0.68 => (false, "smp"),
        _ if r < 0.95 => (false, "sd"),
        _ => (false, "none"),
    }
}

pub fn marital(relation: &str, age: i32, has_spouse: bool, random: &mut Random) -> &'static str {
    let r = random.unit();
    match relation {
        "spouse" | "child_in_law" => "married",
        "head" if has_spouse => "married",
        _ if age < 17 => "never",
        "head" | "parent" if r < 0.6 => "widowed",
        "head" | "parent" if r < 0.85 => "divorced",
        "head" => "never",
        "parent" => "married",
        _ if r < (if age < 24 { 0.9 } else { 0.6 }) => "never",
        _ if r < 0.93 => "married",
        _ if r < 0.98 => "divorced",
        _ => "widowed",
    }
}

fn drawn(random: &mut Random, limit: f64) -> i32 {
    years(random.unit() * limit)
}

fn years(number: f64) -> i32 {
    i32::try_from(whole(number)).unwrap_or(0)
}
