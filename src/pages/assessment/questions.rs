//! Questions as a page shows them: what never changes while it is open, and what each answer changes.

use super::typed::Typed;
use crate::{ui::Choice, words::Words};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answers, FactPath, Provenance, Reply},
    id::MemberId,
    identity::{Nik, NikDoubt},
};
use naik_kelas_rules::{
    form::{Form, Relevance},
    pack::{CheckLevel, Fact, FactIndex, FactKind, MEMBERS, Pack, Pattern, Question},
};

/// A member, and their place in the draft.
pub type Who = (MemberId, usize);

/// What a question looks like; fixed as long as its page is open.
#[derive(Clone, PartialEq, Debug)]
pub struct Shape {
    /// The section, and the question in it.
    pub place: (usize, usize),
    /// Whose.
    pub who: Option<Who>,
    /// What it asks for.
    pub fact: FactIndex,
    /// Where its answer lies.
    pub path: FactPath,
    /// The path as people name it, `members.0.sex`: for ids and tests.
    pub name: String,
    /// How it is asked.
    pub ask: String,
    /// What helps to answer.
    pub hint: Option<String>,
    /// Whether it cannot be left out.
    pub required: bool,
    /// How it is answered.
    pub control: Control,
}

/// How a question is answered.
#[derive(Clone, PartialEq, Debug)]
pub enum Control {
    /// One of a few, all in sight; *yes* and *no* are such.
    Few(Vec<Choice>),
    /// One of many.
    Many(Vec<Choice>),
    /// One of a list that the page gives: the villages on this phone.
    Listed(Vec<Choice>),
    /// Any number of a list.
    Several(Vec<Choice>),
    /// Typed, with a unit behind it.
    Typed(Typed, Option<&'static str>),
}

/// What stands at a question now.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    /// Whether it is asked.
    pub asked: bool,
    /// What was said.
    pub said: Said,
    /// Where an unconfirmed answer comes from.
    pub carried: Option<Carried>,
    /// What its answer breaks.
    pub broken: Vec<(CheckLevel, String)>,
    /// Whether a birth date was worked out from an age.
    pub approximate: bool,
}

/// What was said to a question.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// Not asked yet.
    Nothing,
    /// *Tidak tahu*.
    Unknown,
    /// An answer.
    Value(Value),
}

/// Where an answer comes from that waits for confirmation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carried {
    /// What was written down on a day: an assessment, a note, the registration.
    Earlier(Date),
    /// The registry of a day.
    Registry(Date),
}

/// How many codes are shown as radios; more go into a list that opens.
const FEW: usize = 6;

/// The code that stands for *tidak tahu* among choices.
pub const DONT_KNOW: &str = "unknown";

const YES: &str = "true";
const NO: &str = "false";

/// The fact that marks a birth date as worked out from an age.
pub const APPROXIMATE: &str = "birth_date_approximate";
/// The fact whose date may be given as an age.
pub const BIRTH_DATE: &str = "birth_date";

/// The questions of a section, of one member where it is a roster.
#[must_use]
pub fn shapes(words: Words<'_>, section: usize, who: Option<Who>) -> Vec<Shape> {
    let Some(definition) = words.pack.sections().get(section) else {
        return Vec::new();
    };
    let questions = definition.questions.iter().enumerate();
    questions
        .filter_map(|(place, question)| shape(words, (section, place), question, who))
        .collect()
}

fn shape(
    words: Words<'_>,
    place: (usize, usize),
    question: &Question,
    who: Option<Who>,
) -> Option<Shape> {
    let fact = words.pack.fact(question.fact_index())?;
    let (path, name) = match (fact.path.strip_prefix(MEMBERS), who) {
        (Some(own), Some((id, at))) => {
            let name = [MEMBERS, &crate::i18n::format::whole(at as i64), ".", own].concat();
            (FactPath::member(id, own), name)
        }
        (Some(_), None) => return None,
        (None, _) => (FactPath::family(fact.path.as_str()), fact.path.clone()),
    };
    Some(Shape {
        place,
        who,
        fact: question.fact_index(),
        path,
        name,
        ask: words.say(&question.ask),
        hint: question.hint.as_ref().map(|hint| words.say(hint)),
        required: question.required,
        control: control(words, question.fact_index(), fact),
    })
}

fn control(words: Words<'_>, index: FactIndex, fact: &Fact) -> Control {
    let codes = || -> Vec<Choice> {
        let codes = words.pack.codes(index).iter();
        codes
            .map(|code| Choice {
                code: code.code.clone(),
                label: words.say(&code.label),
            })
            .collect()
    };
    let unknown = Choice {
        code: DONT_KNOW.into(),
        label: words.t.dont_know.into(),
    };
    let unit = fact.unit.as_deref().and_then(|unit| words.unit(unit));
    let (min, max) = (fact.min.unwrap_or(0), fact.max.unwrap_or(i64::MAX));
    match (fact.kind, fact.pattern) {
        (FactKind::Bool, _) => {
            let yes = Choice {
                code: YES.into(),
                label: words.t.yes.into(),
            };
            let no = Choice {
                code: NO.into(),
                label: words.t.no.into(),
            };
            Control::Few(vec![yes, no, unknown])
        }
        (FactKind::Code, _) => {
            let mut choices = codes();
            let few = choices.len() <= FEW;
            choices.push(unknown);
            if few {
                Control::Few(choices)
            } else {
                Control::Many(choices)
            }
        }
        (FactKind::Codes, _) => Control::Several(codes()),
        (FactKind::Int, _) => Control::Typed(Typed::Whole { min, max }, unit),
        (FactKind::Money, _) => Control::Typed(Typed::Money { min, max }, unit),
        (FactKind::Decimal, _) => Control::Typed(Typed::Decimal { min, max }, unit),
        (FactKind::Date, _) => Control::Typed(Typed::Day, None),
        (FactKind::Text, None) => Control::Typed(Typed::Text, None),
        (FactKind::Text, Some(Pattern::Nik)) => Control::Typed(Typed::Nik, None),
        (FactKind::Text, Some(Pattern::Kk)) => Control::Typed(Typed::Kk, None),
        (FactKind::Text, Some(Pattern::Village)) => Control::Listed(Vec::new()),
        (FactKind::Text, Some(pattern)) => Control::Typed(Typed::Digits(pattern.digits()), None),
    }
}

impl Shape {
    /// The id of the question on its page.
    #[must_use]
    pub fn dom_id(&self) -> String {
        ["q-", &self.name].concat()
    }

    /// Whether this date may be given as an age.
    #[must_use]
    pub fn takes_an_age(&self) -> bool {
        matches!(&self.path, FactPath::Member(_, fact) if fact == BIRTH_DATE)
    }
}

/// What stands at a question.
#[must_use]
pub fn state(words: Words<'_>, form: &Form, answers: &Answers, shape: &Shape) -> State {
    let (section, place) = shape.place;
    let entry = words.pack.sections().get(section).and_then(|definition| {
        let at = shape.who.map_or(0, |(_, member)| member) * definition.questions.len() + place;
        form.sections.get(section)?.entries.get(at)
    });
    let answer = answers.get(&shape.path);
    let mut broken = Vec::new();
    if let (Some(entry), Some(question)) = (entry, question(words.pack, shape.place)) {
        let checks = entry
            .violations
            .iter()
            .filter_map(|check| question.checks.get(*check));
        broken.extend(checks.map(|check| (check.level, words.say(&check.text))));
    }
    broken.extend(nik_doubt(words, answers, shape).map(|text| (CheckLevel::Warn, text)));
    State {
        asked: entry.is_some_and(|entry| entry.relevance == Relevance::Asked),
        said: match answer.map(|answer| &answer.reply) {
            None => Said::Nothing,
            Some(Reply::Unknown) => Said::Unknown,
            Some(Reply::Known(value)) => Said::Value(value.clone()),
        },
        carried: answer.and_then(|answer| match answer.provenance {
            Provenance::Carried(day) => Some(Carried::Earlier(day)),
            Provenance::Registry(day) => Some(Carried::Registry(day)),
            Provenance::Asked | Provenance::Skipped => None,
        }),
        broken,
        approximate: approximate(answers, shape),
    }
}

fn question(pack: &Pack, (section, place): (usize, usize)) -> Option<&Question> {
    pack.sections().get(section)?.questions.get(place)
}

fn approximate(answers: &Answers, shape: &Shape) -> bool {
    let FactPath::Member(member, fact) = &shape.path else {
        return false;
    };
    let mark = FactPath::member(*member, APPROXIMATE);
    fact == BIRTH_DATE
        && answers.get(&mark).and_then(|answer| answer.value()) == Some(&Value::Bool(true))
}

/// A NIK is compared with sex and birth date; a disagreement is told and never stops anybody.
fn nik_doubt(words: Words<'_>, answers: &Answers, shape: &Shape) -> Option<String> {
    let FactPath::Member(member, _) = &shape.path else {
        return None;
    };
    let Control::Typed(Typed::Nik, _) = &shape.control else {
        return None;
    };
    let value = |fact: &str| {
        answers
            .get(&FactPath::member(*member, fact))
            .and_then(|answer| answer.value())
    };
    let Some(Value::Text(digits)) = value("nik") else {
        return None;
    };
    let female = match value("sex") {
        Some(Value::Code(sex)) => Some(sex == "female"),
        _ => None,
    };
    let guessed = value(APPROXIMATE) == Some(&Value::Bool(true));
    let birth_date = match value(BIRTH_DATE) {
        Some(Value::Date(date)) if !guessed => Some(*date),
        _ => None,
    };
    let text = match digits.parse::<Nik>().ok()?.doubt(female, birth_date)? {
        NikDoubt::Sex => words.t.nik_sex,
        NikDoubt::BirthDate => words.t.nik_date,
        NikDoubt::ImpossibleDate => words.t.nik_odd,
    };
    Some(text.into())
}

impl Said {
    /// The code that is chosen among choices.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Unknown => Some(DONT_KNOW.into()),
            Self::Value(Value::Bool(yes)) => Some((if *yes { YES } else { NO }).into()),
            Self::Value(Value::Code(code) | Value::Text(code)) => Some(code.clone()),
            Self::Value(_) => None,
        }
    }

    /// What choosing a code says; the empty code takes the answer back.
    #[must_use]
    pub fn of_code(control: &Control, code: &str) -> Self {
        match (control, code) {
            (_, "") => Self::Nothing,
            (_, DONT_KNOW) => Self::Unknown,
            (Control::Few(choices), YES | NO) if choices.len() == 3 => {
                Self::Value(Value::Bool(code == YES))
            }
            (Control::Listed(_), code) => Self::Value(Value::Text(code.into())),
            (_, code) => Self::Value(Value::Code(code.into())),
        }
    }

    /// The codes that are ticked.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        match self {
            Self::Value(Value::Codes(codes)) => codes.clone(),
            _ => Vec::new(),
        }
    }

    /// Ticks a code or takes the tick away; the order is that of the pack's list.
    #[must_use]
    pub fn toggled(&self, control: &Control, code: &str) -> Self {
        let ticked = self.codes();
        let Control::Several(choices) = control else {
            return self.clone();
        };
        let kept = choices
            .iter()
            .filter(|choice| (choice.code == code) != ticked.contains(&choice.code));
        Self::Value(Value::Codes(
            kept.map(|choice| choice.code.clone()).collect(),
        ))
    }
}
