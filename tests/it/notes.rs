//! The journey between two assessments: plan, consent, referral, the partner's answer, the proposal.

use crate::phone::{Endpoint, Phone, assess, families, shown, sync};
use naik_kelas_app::{
    assess::Blocker,
    platform::Bench,
    services::Services,
    usecase::{
        FinishError, discard_draft, finish_record, list_outbox, open_family, save_draft,
        start_assessment, start_note,
    },
};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, FactPath},
    id::KpmId,
    journey::NoteFault,
    kpm::{JourneyState, Kpm},
};

fn code(text: &str) -> Value {
    Value::Code(text.into())
}

pub(crate) fn codes(all: &[&str]) -> Value {
    Value::Codes(all.iter().map(|code| (*code).into()).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub(crate) fn day(text: &str) -> Value {
    Value::Date(Date::parse(text).unwrap())
}

pub(crate) const YES: Value = Value::Bool(true);

/// Writes a note on a form.
pub(crate) async fn note(
    services: &Services,
    kpm: KpmId,
    form: &str,
    said: &[(&str, Value)],
) -> Result<(), FinishError> {
    let mut draft = start_note(services, kpm, form).await.unwrap();
    for (fact, value) in said {
        let answer = Answer::asked(value.clone());
        draft.answers.set(FactPath::family(*fact), answer);
    }
    let draft = save_draft(services, &draft).await.unwrap();
    let finished = finish_record(services, &draft, &[]).await;
    Bench::run_tasks().await;
    finished
}

async fn plan(services: &Services, kpm: KpmId) -> Result<(), FinishError> {
    let said = [
        ("plan.goals", codes(&["savings"])),
        ("plan.steps", codes(&["save", "books"])),
        ("plan.visit_on", day("2026-12-03")),
        ("plan.agreed", YES),
    ];
    note(services, kpm, "plan", &said).await
}

async fn consent(services: &Services, kpm: KpmId) -> Result<(), FinishError> {
    let said = [
        ("consent.to", code("mekaar")),
        ("consent.fields", codes(&["identity", "business"])),
        ("consent.purpose", text("modal usaha")),
        ("consent.read", YES),
        ("consent.agreed", YES),
    ];
    note(services, kpm, "consent", &said).await
}

fn referral() -> [(&'static str, Value); 4] {
    [
        ("referral.to", code("mekaar")),
        ("referral.need", text("modal warung")),
        ("referral.amount", Value::Int(3_000_000)),
        ("referral.ask_on", day("2026-12-10")),
    ]
}

async fn family(services: &Services, kpm: KpmId) -> Kpm {
    open_family(services, kpm).await.unwrap().kpm
}

pub(crate) async fn a_family() -> (Endpoint, Phone, Services, KpmId) {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let kpm = families(&services)[0];
    assess(&services, kpm).await;
    (endpoint, phone, services, kpm)
}

#[tokio::test]
async fn a_month_of_notes_reaches_the_endpoint_and_the_next_holder_sees_it_all() {
    let (endpoint, phone, services, kpm) = a_family().await;
    phone.disconnect();
    plan(&services, kpm).await.unwrap();
    assert_eq!(family(&services, kpm).await.state, JourneyState::Planned);
    consent(&services, kpm).await.unwrap();
    note(&services, kpm, "referral", &referral()).await.unwrap();
    assert_eq!(list_outbox(&services).await.unwrap().len(), 3);
    phone.connect(&endpoint);
    sync(&services).await;
    assert_eq!((shown(&services).waiting, shown(&services).refused), (0, 0));

    let answer = [
        ("answer.from", code("mekaar")),
        ("answer.status", code("accepted")),
    ];
    note(&services, kpm, "answer", &answer).await.unwrap();
    sync(&services).await;
    let held = family(&services, kpm).await;
    assert_eq!(held.state, JourneyState::InEmpowerment);

    let other = Phone::new(2);
    let budi = other.sign_in(&endpoint, 1).await;
    let db = &endpoint.state.db;
    let to = &budi.person;
    db.hand_over(to.area, kpm, to.user).await.unwrap();
    sync(&budi).await;
    let seen = family(&budi, kpm).await;
    assert_eq!(seen.notes, held.notes);
    assert_eq!(seen.state, JourneyState::InEmpowerment);
}

#[tokio::test]
async fn nothing_is_shared_without_consent_and_a_withdrawn_one_ends_the_referral() {
    let (_endpoint, _phone, services, kpm) = a_family().await;
    let refused = note(&services, kpm, "referral", &referral()).await;
    assert!(
        matches!(refused, Err(FinishError::NotYet(_))),
        "{refused:?}"
    );
    consent(&services, kpm).await.unwrap();
    // The draft that was refused is still there, with what was typed, and can be finished now.
    note(&services, kpm, "referral", &[]).await.unwrap();
    assert_eq!(family(&services, kpm).await.referred(), ["mekaar"]);

    let withdrawal = [("withdrawal.from", code("mekaar"))];
    note(&services, kpm, "withdrawal", &withdrawal)
        .await
        .unwrap();
    let held = family(&services, kpm).await;
    assert!(held.consents().is_empty() && held.referred().is_empty());
}

#[tokio::test]
async fn a_second_loan_waits_for_the_first() {
    let (_endpoint, _phone, services, kpm) = a_family().await;
    consent(&services, kpm).await.unwrap();
    note(&services, kpm, "referral", &referral()).await.unwrap();
    let mut second = referral();
    second[0].1 = code("umi");
    let refused = note(&services, kpm, "referral", &second).await;
    assert!(
        matches!(refused, Err(FinishError::NotYet(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn steps_out_of_order_are_refused_by_phone_and_endpoint() {
    let (endpoint, _phone, services, kpm) = a_family().await;
    let relapse = [("relapse.reason", text("usaha bangkrut"))];
    let refused = note(&services, kpm, "relapse", &relapse).await;
    assert_eq!(refused, Err(FinishError::Note(NoteFault::OutOfOrder)));

    // A phone that does not know what another has done meanwhile: its plan comes after the hand-over.
    let other = Phone::new(2);
    let twin = other.sign_in(&endpoint, 0).await;
    sync(&services).await;
    sync(&twin).await;
    other.disconnect();
    let proposal = [
        ("proposal.reason", code("economy")),
        ("proposal.overrule", text("tabungan kuat")),
        ("proposal.evidence", codes(&["books"])),
        ("proposal.statement", YES),
    ];
    note(&services, kpm, "proposal", &proposal).await.unwrap();
    sync(&services).await;
    note(&twin, kpm, "proposal", &proposal).await.unwrap();
    other.connect(&endpoint);
    sync(&twin).await;
    assert_eq!((shown(&twin).waiting, shown(&twin).refused), (0, 1));
    assert_eq!(family(&services, kpm).await.state, JourneyState::Proposed);
}

#[tokio::test]
async fn what_was_promised_is_due_and_a_visit_begins_with_the_last_figures() {
    let (_endpoint, _phone, services, kpm) = a_family().await;
    plan(&services, kpm).await.unwrap();
    let summary = services.caseload.summary(kpm).unwrap();
    assert_eq!(summary.due, Some(Date::parse("2026-12-03").unwrap().days()));
    assert_eq!(summary.due_by.as_deref(), Some("plan"));
    let visit = [
        ("visit.done", codes(&["coaching"])),
        ("visit.savings", Value::Int(400_000)),
        ("visit.note", text("rajin")),
        ("visit.next_on", day("2026-12-20")),
    ];
    note(&services, kpm, "visit", &visit).await.unwrap();
    let next = start_note(&services, kpm, "visit").await.unwrap();
    let value = |fact: &str| {
        let answer = next.answers.get(&FactPath::family(fact));
        answer.and_then(Answer::value).cloned()
    };
    assert_eq!(value("visit.savings"), Some(Value::Int(400_000)));
    assert_eq!(value("visit.note"), None, "said anew each time");
    assert_eq!(
        services.caseload.summary(kpm).unwrap().due_by.as_deref(),
        Some("visit")
    );
}

#[tokio::test]
async fn not_knowing_is_no_consent_and_the_form_says_which_question_stands_open() {
    let (_endpoint, _phone, services, kpm) = a_family().await;
    let mut draft = start_note(&services, kpm, "consent").await.unwrap();
    for (fact, answer) in [
        ("consent.to", Answer::asked(code("mekaar"))),
        ("consent.fields", Answer::asked(codes(&["identity"]))),
        ("consent.purpose", Answer::asked(text("modal usaha"))),
        ("consent.read", Answer::asked(YES)),
        ("consent.agreed", Answer::unknown()),
    ] {
        draft.answers.set(FactPath::family(fact), answer);
    }
    let draft = save_draft(&services, &draft).await.unwrap();
    let refused = finish_record(&services, &draft, &[]).await;
    let open = Blocker::Required(FactPath::family("consent.agreed"));
    assert_eq!(refused, Err(FinishError::NotYet(vec![open])));
    assert!(family(&services, kpm).await.consents().is_empty());
}

#[tokio::test]
async fn a_begun_note_is_found_again_and_thrown_away_with_nothing_else() {
    let (_endpoint, _phone, services, kpm) = a_family().await;
    let assessment = start_assessment(&services, kpm).await.unwrap();
    let mut draft = start_note(&services, kpm, "visit").await.unwrap();
    let said = Answer::asked(codes(&["talk"]));
    draft.answers.set(FactPath::family("visit.done"), said);
    let draft = save_draft(&services, &draft).await.unwrap();
    assert_eq!(open_family(&services, kpm).await.unwrap().begun, ["visit"]);
    // Where it was saved since in another tab, it stays.
    let newer = save_draft(&services, &draft).await.unwrap();
    assert!(discard_draft(&services, &draft).await.is_err());
    discard_draft(&services, &newer).await.unwrap();
    let opened = open_family(&services, kpm).await.unwrap();
    assert_eq!(opened.begun, [""; 0]);
    assert_eq!(opened.draft, Some(assessment));
    let summary = services.caseload.summary(kpm).unwrap();
    assert!(summary.draft_since.is_some(), "the assessment goes on");
    assert_eq!(
        start_note(&services, kpm, "visit").await.unwrap().revision,
        0
    );
}
