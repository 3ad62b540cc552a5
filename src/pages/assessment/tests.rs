//! The assessment's view models on the practice pack, as a facilitator meets them.

// The pack is compiled for these: natively only.
#![cfg(not(target_family = "wasm"))]

use super::{
    questions::{Carried, Control, DONT_KNOW, Said, Shape, State, shapes, state},
    typed::Typed,
    view::{Bar, Before, Progress, bar, before_finish, members, resume, sections},
};
use crate::{
    assess::{Assessed, evaluate},
    decided::{Decided, Mark, Verdict, decided},
    i18n::Lang,
    packs,
    route::Step,
    words::Words,
};
use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, FactPath, Provenance, Reply},
    assessment::Draft,
    id::{AssessmentId, KpmId, MemberId},
};
use naik_kelas_rules::{
    pack::{CheckLevel, Pack},
    value::Decimal,
};
use std::sync::OnceLock;

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/graduasi-2026");
        let built = naik_kelas_compiler::build(&source).unwrap();
        naik_kelas_compiler::read(&built.bytes).unwrap()
    })
}

fn words() -> Words<'static> {
    Words::new(pack(), Lang::Id)
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn code(code: &str) -> Value {
    Value::Code(code.into())
}

/// A family being assessed on 24 November 2026.
struct Visit(Draft);

impl Visit {
    fn of(members: u8) -> Self {
        Self(Draft {
            form: None,
            upon: naik_kelas_domain::plan::Upon::default(),
            id: AssessmentId::from_bytes([1; 16]),
            kpm: KpmId::from_bytes([2; 16]),
            started: Millis(0),
            on: date("2026-11-24"),
            pack: packs::reference(pack()),
            members: (0..members)
                .map(|at| MemberId::from_bytes([10 + at; 16]))
                .collect(),
            removed: Vec::new(),
            answers: Default::default(),
            at: None,
            revision: 0,
            replaces: None,
        })
    }

    fn family(mut self, fact: &str, value: Value) -> Self {
        self.0
            .answers
            .set(FactPath::family(fact), Answer::asked(value));
        self
    }

    fn member(mut self, at: usize, fact: &str, value: Value) -> Self {
        let path = FactPath::member(self.0.members[at], fact);
        self.0.answers.set(path, Answer::asked(value));
        self
    }

    /// A mother and her daughter in the fourth year of SD, desil 2, without a public servant.
    fn mother_and_daughter() -> Self {
        Self::of(2)
            .member(0, "name", Value::Text("Siti Contoh".into()))
            .member(0, "sex", code("female"))
            .member(0, "birth_date", Value::Date(date("1993-05-05")))
            .member(0, "relation", code("head"))
            .member(0, "employment", code("casual_farm"))
            .member(0, "pregnant", Value::Bool(false))
            .member(0, "attending", Value::Bool(false))
            .member(0, "level", code("sma"))
            .member(1, "name", Value::Text("Ani Contoh".into()))
            .member(1, "sex", code("female"))
            .member(1, "birth_date", Value::Date(date("2016-08-20")))
            .member(1, "relation", code("child"))
            .member(1, "attending", Value::Bool(true))
            .member(1, "level", code("sd"))
            .member(1, "employment", code("none"))
            .member(0, "severe_disability", Value::Bool(false))
            .member(1, "severe_disability", Value::Bool(false))
            .member(0, "rights_violation_victim", Value::Bool(false))
            .member(1, "rights_violation_victim", Value::Bool(false))
            .member(1, "pregnant", Value::Bool(false))
            .family("desil", Value::Int(2))
    }

    fn carried(mut self, fact: &str, value: Value) -> Self {
        let answer = Answer {
            reply: Reply::Known(value),
            provenance: Provenance::Carried(date("2026-05-05")),
        };
        self.0.answers.set(FactPath::family(fact), answer);
        self
    }

    fn assessed(&self) -> Assessed {
        evaluate(pack(), &self.0)
    }

    fn question(&self, name: &str) -> (Shape, State) {
        let who = name
            .strip_prefix("members.")
            .and_then(|rest| rest.split_once('.'))
            .map(|(at, _)| {
                let at: usize = at.parse().unwrap();
                (self.0.members[at], at)
            });
        let all = (0..pack().sections().len()).flat_map(|section| shapes(words(), section, who));
        let shape = { all }.find(|shape| shape.name == name).unwrap();
        let state = state(words(), &self.assessed().form, &self.0.answers, &shape);
        (shape, state)
    }

    fn result(&self) -> Decided {
        let assessed = self.assessed();
        decided(words(), &assessed.family, &assessed.decisions)
    }

    fn bar(&self) -> Bar {
        let assessed = self.assessed();
        bar(words(), &assessed.family, &assessed.decisions)
    }

    fn before(&self, unreadable: &[FactPath]) -> Before {
        before_finish(words(), &self.0, &self.assessed(), unreadable)
    }

    fn progress(&self, section: &str) -> Progress {
        let rows = sections(words(), &self.0, &self.assessed());
        rows.into_iter()
            .find(|row| row.id == section)
            .unwrap()
            .progress
    }
}

#[test]
fn each_kind_of_fact_has_its_control() {
    let visit = Visit::of(1);
    let control = |name: &str| visit.question(name).0.control;
    let Control::Few(sexes) = control("members.0.sex") else {
        panic!("few")
    };
    assert_eq!(
        sexes.last().map(|choice| choice.code.as_str()),
        Some(DONT_KNOW)
    );
    assert_eq!(sexes.len(), 3);
    let Control::Many(floors) = control("housing.floor") else {
        panic!("many")
    };
    assert_eq!(floors.len(), 10);
    assert!(matches!(control("business.exists"), Control::Few(choices) if choices.len() == 3));
    assert!(
        matches!(control("members.0.skills"), Control::Several(choices) if choices.len() == 14)
    );
    assert!(matches!(
        control("members.0.birth_date"),
        Control::Typed(Typed::Day, None)
    ));
    assert!(matches!(
        control("members.0.nik"),
        Control::Typed(Typed::Nik, None)
    ));
    assert!(matches!(
        control("savings"),
        Control::Typed(Typed::Money { min: 0, .. }, None)
    ));
    assert_eq!(
        control("housing.floor_area_m2"),
        Control::Typed(
            Typed::Decimal {
                min: 1_000,
                max: 10_000_000
            },
            Some("m²")
        )
    );
}

#[test]
fn a_choice_says_what_was_chosen_and_can_be_taken_back() {
    let visit = Visit::of(1);
    let (shape, _) = visit.question("business.exists");
    assert_eq!(
        Said::of_code(&shape.control, "true"),
        Said::Value(Value::Bool(true))
    );
    assert_eq!(Said::of_code(&shape.control, DONT_KNOW), Said::Unknown);
    assert_eq!(Said::of_code(&shape.control, ""), Said::Nothing);
    let (shape, _) = visit.question("members.0.skills");
    let two = Said::Nothing
        .toggled(&shape.control, "sewing")
        .toggled(&shape.control, "cooking");
    assert_eq!(
        two,
        Said::Value(Value::Codes(vec!["cooking".into(), "sewing".into()]))
    );
    assert_eq!(two.toggled(&shape.control, "sewing").codes(), ["cooking"]);
}

#[test]
fn questions_follow_what_was_said() {
    let visit = Visit::mother_and_daughter().family("housing.toilet", code("none"));
    assert!(!visit.question("housing.closet").1.asked);
    assert!(visit.question("members.0.pregnant").1.asked);
    assert!(visit.question("members.1.marital").1.asked, "ten years old");
    let visit = visit.family("housing.toilet", code("own"));
    assert!(visit.question("housing.closet").1.asked);
}

#[test]
fn a_birth_date_in_the_future_is_told_under_its_field() {
    let visit =
        Visit::mother_and_daughter().member(1, "birth_date", Value::Date(date("2030-05-05")));
    let (_, state) = visit.question("members.1.birth_date");
    assert!(
        state
            .broken
            .iter()
            .any(|(level, text)| *level == CheckLevel::Stop && text.contains("masa depan"))
    );
    let before = visit.before(&[]);
    assert_eq!(
        before
            .mend
            .iter()
            .map(|item| item.label.as_str())
            .collect::<Vec<_>>(),
        ["Tanggal lahir: Ani Contoh"]
    );
    assert!(!before.is_clear());
}

#[test]
fn a_nik_that_disagrees_warns_and_stops_nobody() {
    let visit = Visit::mother_and_daughter();
    for (nik, warns) in [
        ("3209014505939001", false), // a woman born on 5 May 1993
        ("3209010505939001", true),  // a man
        ("3209014605939001", true),  // another day
        ("3209017805939001", true),  // a day that cannot be
    ] {
        let visit = Visit(visit.0.clone()).member(0, "nik", Value::Text(nik.into()));
        let (_, state) = visit.question("members.0.nik");
        assert_eq!(!state.broken.is_empty(), warns, "{nik}");
        assert!(
            state
                .broken
                .iter()
                .all(|(level, _)| *level == CheckLevel::Warn)
        );
        assert!(visit.before(&[]).mend.is_empty());
    }
}

#[test]
fn what_was_known_is_shown_as_such_until_it_is_confirmed() {
    let visit = Visit::mother_and_daughter().carried("savings", Value::Int(50_000));
    let (_, state) = visit.question("savings");
    assert_eq!(state.carried, Some(Carried::Earlier(date("2026-05-05"))));
    assert_eq!(state.said, Said::Value(Value::Int(50_000)));
    assert_eq!(visit.progress("money"), Progress::Todo);
    let before = visit.before(&[]);
    assert_eq!(
        before
            .confirm
            .iter()
            .map(|item| item.label.as_str())
            .collect::<Vec<_>>(),
        ["Keuangan keluarga (1)"]
    );
    let visit = visit.family("savings", Value::Int(50_000));
    assert_eq!(visit.progress("money"), Progress::Partly(1, 4));
    assert!(visit.before(&[]).is_clear());
}

#[test]
fn a_text_that_cannot_be_read_stands_before_finishing() {
    let path = FactPath::family("expenditure_month");
    let before = Visit::mother_and_daughter().before(std::slice::from_ref(&path));
    assert_eq!(before.typed.len(), 1);
    let Step::Section { section, at, .. } = &before.typed[0].step else {
        panic!("a section")
    };
    assert_eq!(
        (section.as_str(), at.as_deref()),
        ("money", Some("expenditure_month"))
    );
}

#[test]
fn a_family_without_members_is_asked_for_them_first() {
    let before = Visit::of(0).before(&[]);
    assert_eq!(
        before.need.first().map(|item| item.label.as_str()),
        Some("Anggota keluarga")
    );
    assert_eq!(Visit::of(0).progress("members"), Progress::Todo);
    let unnamed = Visit::of(1).before(&[]);
    assert!(
        unnamed
            .need
            .iter()
            .any(|item| item.label == "Nama: Anggota baru"),
        "{:?}",
        unnamed.need
    );
}

#[test]
fn unknown_facts_leave_it_open_and_name_what_decides() {
    let mut visit = Visit::mother_and_daughter();
    visit
        .0
        .answers
        .set(FactPath::family("desil"), Answer::unknown());
    let pkh = visit
        .result()
        .programmes
        .into_iter()
        .find(|programme| programme.id == "pkh")
        .unwrap();
    assert_eq!(pkh.verdict, Verdict::Open);
    assert_eq!(
        pkh.deciding.first().map(|question| question.label.as_str()),
        Some("Desil DTSEN")
    );
    assert!(pkh.reasons.iter().any(|reason| reason.mark == Mark::Ask));
    let bar = visit.bar();
    assert!(
        bar.depends.starts_with("Tergantung 1 pertanyaan: "),
        "{}",
        bar.depends
    );
}

#[test]
fn the_result_tells_amounts_a_quarter_at_a_time_and_cover_apart_from_cash() {
    let result = Visit::mother_and_daughter().result();
    let of = |id: &str| {
        result
            .programmes
            .iter()
            .find(|programme| programme.id == id)
            .unwrap()
    };
    assert_eq!(of("pkh").verdict, Verdict::Yes);
    assert_eq!(
        of("pkh").amounts,
        ["Rp900.000 setahun", "Rp225.000 tiap tahap (tiga bulan)"]
    );
    assert_eq!(of("pkh").shares, ["Ani Contoh: anak SD, Rp900.000"]);
    assert!(
        of("pbi_jkn").amounts[0].contains("Bukan uang tunai"),
        "{:?}",
        of("pbi_jkn").amounts
    );
    // PKH, Sembako and PIP: 900,000 + 2,400,000 + 450,000; the premium is not in it.
    assert!(
        result.sentence.contains("Rp3.750.000"),
        "{}",
        result.sentence
    );
    assert!(
        of("pkh")
            .reasons
            .iter()
            .all(|reason| !reason.text.contains('{'))
    );
    assert!(
        result
            .programmes
            .iter()
            .all(|programme| !programme.about.contains('{'))
    );
}

#[test]
fn a_member_card_says_who_and_what_they_bring() {
    let visit = Visit::mother_and_daughter();
    let cards = members(words(), &visit.0, &visit.assessed(), 0);
    assert_eq!(cards[1].name, "Ani Contoh");
    assert_eq!(cards[1].about, "10 th · Anak");
    assert_eq!(
        cards[1].brings.as_deref(),
        Some("anak SD · komponen PKH Rp900.000")
    );
    assert_eq!(cards[0].brings, None);
}

#[test]
fn coming_back_leads_to_the_question_where_it_was_left() {
    let mut visit = Visit::mother_and_daughter()
        .family("housing.floor_area_m2", Value::Decimal(Decimal(36_000)));
    assert_eq!(resume(pack(), &visit.0), Step::Sections);
    visit.0.at = Some(FactPath::family("housing.floor_area_m2"));
    let here = Step::Section {
        section: "housing".into(),
        member: None,
        at: Some("housing.floor_area_m2".into()),
    };
    assert_eq!(resume(pack(), &visit.0), here);
    let ani = visit.0.members[1];
    visit.0.at = Some(FactPath::member(ani, "level"));
    let here = Step::Section {
        section: "school_health".into(),
        member: Some(ani),
        at: Some("members.level".into()),
    };
    assert_eq!(resume(pack(), &visit.0), here);
}
