//! Who came to a group's meeting, as its draft keeps it: beside the answers of its form, which name no family.

use naik_kelas_domain::{
    Value,
    answer::{Answer, FactPath},
    assessment::Draft,
    id::KpmId,
};

/// No fact of any pack: what is decided and sent passes over it.
const ATTENDING: &str = "attending";

/// The families that came, as they are written.
#[must_use]
pub fn attending(draft: &Draft) -> Vec<String> {
    let path = FactPath::family(ATTENDING);
    match draft.answers.get(&path).and_then(Answer::value) {
        Some(Value::Codes(families)) => families.clone(),
        _ => Vec::new(),
    }
}

/// Notes that these families came, or takes it back.
pub fn attends(draft: &mut Draft, families: &[String], came: bool) {
    let mut all = attending(draft);
    all.retain(|family| !families.contains(family));
    if came {
        all.extend_from_slice(families);
    }
    draft.answers.set(
        FactPath::family(ATTENDING),
        Answer::asked(Value::Codes(all)),
    );
}

/// The families that came.
#[must_use]
pub fn families(draft: &Draft) -> Vec<KpmId> {
    let all = attending(draft);
    all.iter().filter_map(|kpm| kpm.parse().ok()).collect()
}
