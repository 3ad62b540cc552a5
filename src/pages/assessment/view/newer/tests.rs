use super::newer;
use crate::{
    assess::moved,
    i18n::{Lang, Texts, texts},
    packs::reference,
    words::Words,
};
use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, FactPath},
    assessment::Draft,
    id::{AssessmentId, KpmId, MemberId},
};
use naik_kelas_rules::pack::{Pack, PackFile};

fn pack() -> Pack {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/graduasi-2026");
    naik_kelas_compiler::build(&source).unwrap().pack
}

fn changed(pack: &Pack, change: impl FnOnce(&mut PackFile)) -> Pack {
    let mut file = pack.file().clone();
    change(&mut file);
    Pack::from_file(file, [7; 32]).unwrap()
}

/// The place of a fact.
fn place(pack: &Pack, path: &str) -> u16 {
    pack.fact_index(path).unwrap().0
}

fn without_question(file: &mut PackFile, fact: u16) {
    for section in &mut file.sections {
        section.questions.retain(|question| question.fact != fact);
    }
}

fn draft(pack: &Pack) -> Draft {
    let siti = MemberId::from_bytes([10; 16]);
    let of_siti = |fact: &str| FactPath::member(siti, fact);
    let answers = [
        (
            of_siti("name"),
            Answer::asked(Value::Text("Siti Contoh".into())),
        ),
        (
            of_siti("birth_date"),
            Answer::asked(Value::Date(Date::parse("1990-01-01").unwrap())),
        ),
        (of_siti("free_hours_week"), Answer::asked(Value::Int(20))),
        (
            FactPath::family("savings"),
            Answer::asked(Value::Int(500_000)),
        ),
        (FactPath::family("meals_per_day"), Answer::unknown()),
    ];
    Draft {
        form: None,
        upon: naik_kelas_domain::plan::Upon::default(),
        id: AssessmentId::from_bytes([1; 16]),
        kpm: KpmId::from_bytes([2; 16]),
        started: Millis(0),
        on: Date::parse("2026-11-24").unwrap(),
        pack: reference(pack),
        members: vec![siti],
        removed: Vec::new(),
        answers: answers.into_iter().collect(),
        at: None,
        revision: 0,
        replaces: None,
    }
}

fn lists(old: &Pack, new: &Pack) -> Vec<super::Listed> {
    let moved = moved(&draft(old), old, new);
    newer(Words::new(old, Lang::Id), Words::new(new, Lang::Id), &moved)
}

#[test]
fn each_question_is_told_by_the_words_of_who_asks_it_and_with_what_was_answered() {
    let old = pack();
    let [savings, meals, hours] =
        ["savings", "meals_per_day", "members.free_hours_week"].map(|path| place(&old, path));
    let new = changed(&old, |file| {
        without_question(file, hours);
        file.facts[usize::from(savings)].label.id = "Simpanan".into();
        file.facts[usize::from(hours)].label.id = "Nama baru".into();
        let sections = file.sections.iter_mut();
        for question in sections.flat_map(|section| &mut section.questions) {
            if [savings, meals].contains(&question.fact) {
                question.ask.id = "Dengan kata lain?".into();
            }
        }
    });
    let jkn = place(&old, "members.jkn");
    let old = changed(&old, |file| without_question(file, jkn));
    let t: &Texts = texts(Lang::Id);
    let lines = |lines: &[&str]| -> Vec<String> { lines.iter().map(ToString::to_string).collect() };
    assert_eq!(
        lists(&old, &new),
        [
            (
                t.newer_new,
                lines(&["Punya JKN/BPJS Kesehatan: Siti Contoh"])
            ),
            (
                t.newer_changed,
                lines(&["Simpanan: Rp500.000", "Makan sehari: Tidak tahu"])
            ),
            (
                t.newer_gone,
                lines(&["Waktu luang seminggu: Siti Contoh: 20"])
            ),
        ]
    );
}

#[test]
fn rules_that_ask_this_family_the_same_list_nothing() {
    let old = pack();
    let new = changed(&old, |file| file.version = "2027.1.1".into());
    assert!(lists(&old, &new).is_empty());
}
