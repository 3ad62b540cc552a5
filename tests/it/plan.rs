//! A plan that is written on two phones at once: nothing of either is lost, and who sees both is asked.

use crate::{
    notes::{YES, a_family, codes, day, note},
    phone::{Phone, sync},
};
use naik_kelas_app::{
    services::Services,
    usecase::{FinishError, open_family, start_note},
};
use naik_kelas_domain::{Value, answer::FactPath, id::KpmId, plan::Versions};

async fn plan(
    services: &Services,
    kpm: KpmId,
    steps: &[&str],
    by: &str,
) -> Result<(), FinishError> {
    let said = [
        ("plan.goals", codes(&["savings"])),
        ("plan.steps", codes(steps)),
        ("plan.by", day(by)),
        ("plan.visit_on", day("2026-12-03")),
        ("plan.agreed", YES),
    ];
    note(services, kpm, "plan", &said).await
}

/// What stands at each fact of the plan: one value, or several between which somebody has to choose.
async fn stands(services: &Services, kpm: KpmId) -> Vec<(&'static str, Vec<Value>)> {
    let notes = open_family(services, kpm).await.unwrap().kpm.notes;
    let versions = Versions::new(&notes, "plan");
    let facts = ["plan.goals", "plan.steps", "plan.by"];
    let values = |fact| {
        let path = FactPath::family(fact);
        let said = versions.said(&path);
        let answers = said.iter().filter_map(|note| note.answers.get(&path));
        (
            fact,
            answers
                .filter_map(|answer| answer.value().cloned())
                .collect(),
        )
    };
    facts.map(values).to_vec()
}

/// The notes are written at the same instant: the order in which two that differ are told is of no account.
fn steps(stands: &[(&'static str, Vec<Value>)]) -> usize {
    stands[1].1.len()
}

/// What a new plan begins with.
async fn begins_with(services: &Services, kpm: KpmId, fact: &str) -> Option<Value> {
    let draft = start_note(services, kpm, "plan").await.unwrap();
    let answer = draft.answers.get(&FactPath::family(fact))?;
    answer.value().cloned()
}

#[tokio::test]
async fn what_two_phones_wrote_of_a_plan_comes_together_or_is_asked() {
    let (endpoint, phone, services, kpm) = a_family().await;
    plan(&services, kpm, &["save"], "2026-12-20").await.unwrap();
    sync(&services).await;
    let other = Phone::new(2);
    let others = other.sign_in(&endpoint, 0).await;
    assert_eq!(stands(&others, kpm).await, stands(&services, kpm).await);

    // Both write without having heard of the other: one other steps, the other another day.
    phone.disconnect();
    other.disconnect();
    plan(&services, kpm, &["books", "save"], "2026-12-20")
        .await
        .unwrap();
    plan(&others, kpm, &["save"], "2027-01-15").await.unwrap();
    for (phone, services) in [(&phone, &services), (&other, &others), (&phone, &services)] {
        phone.connect(&endpoint);
        sync(services).await;
    }
    let together = [
        ("plan.goals", vec![codes(&["savings"])]),
        ("plan.steps", vec![codes(&["books", "save"])]),
        ("plan.by", vec![day("2027-01-15")]),
    ];
    assert_eq!(stands(&services, kpm).await, together);
    assert_eq!(
        stands(&others, kpm).await,
        together,
        "both phones show the same"
    );
    assert_eq!(
        begins_with(&services, kpm, "plan.steps").await,
        Some(codes(&["books", "save"]))
    );

    // Both change the steps.
    phone.disconnect();
    other.disconnect();
    plan(&services, kpm, &["training"], "2027-01-15")
        .await
        .unwrap();
    plan(&others, kpm, &["market"], "2027-01-15").await.unwrap();
    for (phone, services) in [(&phone, &services), (&other, &others), (&phone, &services)] {
        phone.connect(&endpoint);
        sync(services).await;
    }
    for services in [&services, &others] {
        let here = stands(services, kpm).await;
        assert_eq!(steps(&here), 2, "both are kept and shown: {here:?}");
    }
    assert_eq!(
        begins_with(&services, kpm, "plan.steps").await,
        None,
        "it is asked"
    );
    assert_eq!(
        begins_with(&services, kpm, "plan.goals").await,
        Some(codes(&["savings"]))
    );

    // Who sees both chooses.
    plan(&others, kpm, &["market"], "2027-01-15").await.unwrap();
    sync(&others).await;
    sync(&services).await;
    let here = stands(&services, kpm).await;
    assert_eq!(steps(&here), 1, "{here:?}");
    assert_eq!(here, stands(&others, kpm).await);
}

#[tokio::test]
async fn two_first_plans_written_at_once_are_both_received() {
    let (endpoint, phone, services, kpm) = a_family().await;
    sync(&services).await;
    let other = Phone::new(2);
    let others = other.sign_in(&endpoint, 0).await;
    phone.disconnect();
    other.disconnect();
    plan(&services, kpm, &["save"], "2026-12-20").await.unwrap();
    plan(&others, kpm, &["books"], "2026-12-20").await.unwrap();
    for (phone, services) in [(&phone, &services), (&other, &others), (&phone, &services)] {
        phone.connect(&endpoint);
        sync(services).await;
        assert_eq!(crate::phone::shown(services).refused, 0);
    }
    for services in [&services, &others] {
        assert_eq!(steps(&stands(services, kpm).await), 2);
    }
}
