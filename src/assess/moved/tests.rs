use super::{Moved, moved};
use crate::{
    assess::{Blocker, blockers, evaluate, settled},
    packs::reference,
};
use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, FactPath, Provenance, Reply},
    assessment::Draft,
    freeze,
    id::{AssessmentId, KpmId, MemberId},
    kpm::LeftBecause,
};
use naik_kelas_rules::{
    family::FactError,
    pack::{Fact, FactKind, Pack, PackFile, Question},
    text::Text,
};
use std::{slice::from_ref, sync::OnceLock};

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/graduasi-2026");
        naik_kelas_compiler::build(&source).unwrap().pack
    })
}

/// The pack with one thing changed.
fn newer(change: impl FnOnce(&mut PackFile)) -> Pack {
    let mut file = pack().file().clone();
    file.version = "2027.1.1".into();
    change(&mut file);
    Pack::from_file(file, [7; 32]).unwrap()
}

fn member(at: u8) -> MemberId {
    MemberId::from_bytes([10 + at; 16])
}

fn code(code: &str) -> Value {
    Value::Code(code.into())
}

fn draft() -> Draft {
    let mut draft = Draft {
        form: None,
        upon: naik_kelas_domain::plan::Upon::default(),
        id: AssessmentId::from_bytes([1; 16]),
        kpm: KpmId::from_bytes([2; 16]),
        started: Millis(0),
        on: Date::parse("2026-11-24").unwrap(),
        pack: reference(pack()),
        members: vec![member(0)],
        removed: vec![(member(1), LeftBecause::Moved)],
        answers: Default::default(),
        at: None,
        revision: 3,
        replaces: None,
    };
    let family = [
        ("desil", Value::Int(2)),
        ("housing.floor", code("earth")),
        ("savings", Value::Int(500_000)),
        ("business.exists", Value::Bool(true)),
        ("business.loan_needed", Value::Int(3_000_000)),
    ];
    for (fact, value) in family {
        let path = FactPath::family(fact);
        draft.answers.set(path, Answer::asked(value));
    }
    for at in 0..2 {
        for (fact, value) in [
            ("name", Value::Text("Siti Contoh".into())),
            ("sex", code("female")),
        ] {
            let path = FactPath::member(member(at), fact);
            draft.answers.set(path, Answer::asked(value));
        }
    }
    let asked_in_vain = Answer {
        reply: Reply::Unknown,
        provenance: Provenance::Asked,
    };
    draft
        .answers
        .set(FactPath::family("meals_per_day"), asked_in_vain);
    draft
}

fn question<'a>(file: &'a mut PackFile, path: &str) -> &'a mut Question {
    let fact = file
        .facts
        .iter()
        .position(|fact| fact.path == path)
        .unwrap();
    let sections = file.sections.iter_mut();
    let mut questions = sections.flat_map(|section| &mut section.questions);
    questions
        .find(|question| usize::from(question.fact) == fact)
        .unwrap()
}

fn fact<'a>(file: &'a mut PackFile, path: &str) -> &'a mut Fact {
    file.facts
        .iter_mut()
        .find(|fact| fact.path == path)
        .unwrap()
}

/// Moves the draft to a changed pack; whatever the change, every reply is still there.
fn after(change: impl FnOnce(&mut PackFile)) -> Moved {
    let (draft, new) = (draft(), newer(change));
    let moved = moved(&draft, pack(), &new);
    let replies = |draft: &Draft| -> Vec<(FactPath, Reply)> {
        let answers = draft.answers.iter();
        answers
            .map(|(path, answer)| (path.clone(), answer.reply.clone()))
            .collect()
    };
    assert_eq!(replies(&moved.draft), replies(&draft));
    assert_eq!(moved.draft.pack, reference(&new));
    assert_eq!(
        (moved.draft.on, &moved.draft.members, &moved.draft.removed),
        (draft.on, &draft.members, &draft.removed)
    );
    moved
}

#[test]
fn to_a_pack_that_asks_the_same_nothing_is_shown() {
    let moved = after(|_| {});
    assert_eq!(
        (&moved.new[..], &moved.gone[..], &moved.changed[..]),
        (&[][..], &[][..], &[][..])
    );
    assert_eq!(moved.draft.answers, draft().answers);
}

#[test]
fn a_new_question_is_listed_and_only_where_this_family_is_asked() {
    let add = |file: &mut PackFile, path: &str, relevant: bool| {
        let yes = u16::try_from(file.nodes.len()).unwrap();
        file.nodes
            .push(naik_kelas_rules::node::Node::Bool(relevant));
        file.facts.push(Fact {
            path: path.into(),
            kind: FactKind::Bool,
            ..Fact::default()
        });
        let fact = u16::try_from(file.facts.len() - 1).unwrap();
        let asked = Question {
            fact,
            relevant: Some(yes),
            ..Question::default()
        };
        let section = file
            .sections
            .iter_mut()
            .find(|section| !section.roster)
            .unwrap();
        section.questions.push(asked);
    };
    let moved = after(|file| {
        add(file, "internet", true);
        add(file, "boat", false);
    });
    assert_eq!(moved.new, [FactPath::family("internet")]);
    assert_eq!((moved.gone.len(), moved.changed.len()), (0, 0));
}

#[test]
fn answers_that_are_no_longer_asked_for_are_kept_and_listed() {
    let moved = after(|file| {
        let savings = file
            .facts
            .iter()
            .position(|fact| fact.path == "savings")
            .unwrap();
        for section in &mut file.sections {
            section
                .questions
                .retain(|question| usize::from(question.fact) != savings);
        }
    });
    assert_eq!(moved.gone, [FactPath::family("savings")]);
    // A fact that the new pack calls otherwise: the answer stays under the old name, the new one is asked.
    let moved = after(|file| fact(file, "savings").path = "money.savings".into());
    assert_eq!(moved.gone, [FactPath::family("savings")]);
    assert_eq!(moved.new, [FactPath::family("money.savings")]);
}

#[test]
fn a_question_in_other_words_or_with_other_choices_wants_confirming() {
    let savings = FactPath::family("savings");
    let moved = after(|file| {
        question(file, "savings").ask = Text {
            id: "Tabungan di bank?".into(),
            en: "In the bank?".into(),
        };
    });
    assert_eq!(moved.changed, from_ref(&savings));
    let answer = moved.draft.answers.get(&savings).unwrap();
    assert_eq!(answer.provenance, Provenance::Carried(draft().on));
    let moved = after(|file| fact(file, "savings").unit = Some("rupiah/month".into()));
    assert_eq!(moved.changed, from_ref(&savings));
    let floor = FactPath::family("housing.floor");
    let moved = after(|file| {
        let list = usize::from(fact(file, "housing.floor").code_list.unwrap());
        file.code_lists[list].codes[0].label.id = "Lain".into();
    });
    assert_eq!(moved.changed, [floor]);
    // Who was asked and did not know is asked again; what has no answer is not listed.
    let moved = after(|file| question(file, "meals_per_day").ask.id = "Berapa kali?".into());
    assert_eq!(moved.changed, [FactPath::family("meals_per_day")]);
    let moved = after(|file| question(file, "hungry_days_month").ask.id = "Berapa hari?".into());
    assert_eq!(moved.changed, []);
}

#[test]
fn an_answer_that_the_new_pack_does_not_take_stays_and_counts_for_nothing() {
    let savings = FactPath::family("savings");
    let moved = after(|file| fact(file, "savings").max = Some(100_000));
    assert_eq!(moved.changed, from_ref(&savings));
    let new = newer(|file| fact(file, "savings").max = Some(100_000));
    let assessed = evaluate(&new, &moved.draft);
    let at = new.fact_at("savings").unwrap();
    assert!(!assessed.family.knows(&new, at));
    assert!(assessed.problems.iter().any(|(path, _)| *path == savings));
    // Back on the old pack it is what it was.
    assert!(evaluate(pack(), &moved.draft).problems.is_empty());
}

#[test]
fn an_answer_that_is_neither_taken_nor_asked_for_is_listed_and_stands_in_nobodys_way() {
    let savings = FactPath::family("savings");
    let other_rules = |file: &mut PackFile| {
        fact(file, "savings").max = Some(100_000);
        let place = file.facts.iter().position(|fact| fact.path == "savings");
        for section in &mut file.sections {
            let questions = &mut section.questions;
            questions.retain(|question| Some(usize::from(question.fact)) != place);
        }
    };
    let moved = after(other_rules);
    assert_eq!(moved.gone, from_ref(&savings));
    let (new, draft) = (newer(other_rules), moved.draft);
    let assessed = evaluate(&new, &draft);
    assert!(assessed.problems.iter().any(|(path, _)| *path == savings));
    assert!(
        blockers(&new, &draft, &assessed)
            .iter()
            .all(|blocker| !matches!(blocker, Blocker::Answer(..)))
    );
    // What is kept of it is what phone and endpoint decide alike.
    let kept = settled(&new, &draft, &assessed.form);
    assert!(kept.get(&savings).is_none());
    let decided = freeze::freeze(&new, draft.on, &draft.members, &kept).unwrap();
    assert_eq!(decided, freeze::frozen(&new, draft.on, &assessed.decisions));
    // While it is asked for, it is to be answered again.
    let (new, draft) = (
        newer(|file| fact(file, "savings").max = Some(100_000)),
        draft,
    );
    let refused = Blocker::Answer(savings, FactError::OutOfRange);
    assert!(blockers(&new, &draft, &evaluate(&new, &draft)).contains(&refused));
}

#[test]
fn answers_of_who_left_and_of_the_registry_are_carried_along_in_silence() {
    let moved = after(|file| question(file, "members.name").ask.id = "Nama?".into());
    assert_eq!(moved.changed, [FactPath::member(member(0), "name")]);
    assert!(
        moved
            .draft
            .answers
            .get(&FactPath::member(member(1), "name"))
            .is_some()
    );
    assert_eq!(
        moved.draft.answers.get(&FactPath::family("desil")),
        draft().answers.get(&FactPath::family("desil"))
    );
}
