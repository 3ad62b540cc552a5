//! The pack's words with this family's values in them. Pure: pack, family and language in, text out.

use crate::i18n::{Lang, Texts, format, texts};
use naik_kelas_domain::{answer::FactPath, note::Note};
use naik_kelas_rules::{
    date::Date,
    evaluate::Evaluation,
    explain::Named,
    family::{Answer, Family},
    pack::{FactIndex, FactKind, FactRef, JourneyForm, Pack, ParameterKind},
    text::{Text, Token, tokens},
    value::{Decimal, Value},
};

/// Who speaks: a pack in a language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The language.
    pub lang: Lang,
    /// The app's own words in it.
    pub t: &'static Texts,
}

impl<'a> Words<'a> {
    /// A pack's words in a language.
    #[must_use]
    pub fn new(pack: &'a Pack, lang: Lang) -> Self {
        Self {
            pack,
            lang,
            t: texts(lang),
        }
    }

    /// A text of the pack as it stands.
    #[must_use]
    pub fn say(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }

    /// A value of a fact as people read it.
    #[must_use]
    pub fn value(&self, fact: FactIndex, value: &Value) -> String {
        match value {
            Value::Bool(yes) => (if *yes { self.t.yes } else { self.t.no }).into(),
            Value::Int(number) => self.whole(self.is_money(fact), *number),
            Value::Decimal(number) => format::decimal(self.lang, *number),
            Value::Date(date) => format::day(self.lang, *date),
            Value::Code(code) => self.code(fact, code),
            Value::Codes(codes) if codes.is_empty() => self.t.none_of_these.into(),
            Value::Codes(codes) => {
                let labels: Vec<String> = codes.iter().map(|code| self.code(fact, code)).collect();
                labels.join(", ")
            }
            Value::Text(text) => text.clone(),
        }
    }

    /// What a note says, a line an answer, in the order of its form.
    #[must_use]
    pub fn noted(&self, form: &JourneyForm, note: &Note) -> Vec<String> {
        let questions = form.section.questions.iter();
        let facts = questions.map(|question| question.fact_index());
        facts.filter_map(|fact| self.noted_of(fact, note)).collect()
    }

    /// What a note says of a fact, with its label.
    #[must_use]
    pub fn noted_of(&self, at: FactIndex, note: &Note) -> Option<String> {
        let fact = self.pack.fact(at)?;
        let path = FactPath::family(fact.path.as_str());
        let value = note.answers.get(&path)?.value()?;
        Some([&self.say(&fact.label), ": ", &self.value(at, value)].concat())
    }

    /// The words of a code; the code itself where the pack has none.
    #[must_use]
    pub fn code(&self, fact: FactIndex, code: &str) -> String {
        let found = self
            .pack
            .codes(fact)
            .iter()
            .find(|entry| entry.code == code);
        found.map_or_else(|| code.to_owned(), |entry| self.say(&entry.label))
    }

    fn is_money(&self, fact: FactIndex) -> bool {
        self.pack
            .fact(fact)
            .is_some_and(|fact| fact.kind == FactKind::Money)
    }

    fn whole(&self, money: bool, number: i64) -> String {
        if money {
            format::rupiah(self.lang, number)
        } else {
            format::grouped(self.lang, number)
        }
    }

    /// A text of the pack with the figures of a day put in; for texts that name no family's values.
    #[must_use]
    pub fn dated(&self, text: &Text, on: Date) -> String {
        self.put_in(text, None, on)
    }

    /// A text of the pack with its values put in; what is not known is said so.
    #[must_use]
    pub fn filled(&self, text: &Text, evaluation: &mut Evaluation<'_>, on: Date) -> String {
        self.put_in(text, Some(evaluation), on)
    }

    fn put_in(&self, text: &Text, mut evaluation: Option<&mut Evaluation<'_>>, on: Date) -> String {
        let mut out = String::new();
        for token in tokens(text.get(self.lang)) {
            match token {
                Token::Words(words) => out.push_str(words),
                Token::Parameter(key) => out.push_str(&self.parameter(key, on)),
                Token::Named(name) => {
                    let named = evaluation
                        .as_mut()
                        .map_or(Named::Nothing, |evaluation| evaluation.named(name));
                    out.push_str(&self.named(named));
                }
            }
        }
        out
    }

    fn named(&self, named: Named) -> String {
        let unknown = || self.t.unknown_value.to_owned();
        match named {
            Named::Fact(at, Answer::Known(value)) => self.value(at.fact, &value),
            Named::Derived(place, Some(Value::Int(number))) => {
                let unit = self
                    .pack
                    .file()
                    .derived
                    .get(place)
                    .and_then(|derived| derived.unit.as_deref());
                self.whole(unit.is_some_and(|unit| unit.starts_with("rupiah")), number)
            }
            Named::Derived(_, Some(Value::Decimal(number))) => format::decimal(self.lang, number),
            Named::Derived(_, Some(Value::Date(date))) => format::day(self.lang, date),
            Named::Derived(_, Some(Value::Bool(yes))) => {
                (if yes { self.t.yes } else { self.t.no }).into()
            }
            Named::Derived(_, Some(Value::Code(text) | Value::Text(text))) => text,
            Named::Fact(..) | Named::Derived(..) | Named::Nothing => unknown(),
        }
    }

    fn parameter(&self, key: &str, on: Date) -> String {
        let parameter = self
            .pack
            .file()
            .parameters
            .iter()
            .find(|parameter| parameter.key == key);
        let (Some(parameter), Some(line)) = (parameter, self.pack.parameter_on(key, on)) else {
            return self.t.unknown_value.into();
        };
        match parameter.kind {
            ParameterKind::Money => format::rupiah(self.lang, line.value),
            ParameterKind::Int => format::grouped(self.lang, line.value),
            // A part of a whole is read in hundredths: 0.2 is 20%.
            ParameterKind::Decimal if parameter.unit.as_deref() == Some("part") => {
                let hundredths = Decimal(line.value.saturating_mul(100));
                let mut percent = format::decimal(self.lang, hundredths);
                percent.push('%');
                percent
            }
            ParameterKind::Decimal => format::decimal(self.lang, Decimal(line.value)),
            ParameterKind::List => line.list.as_deref().unwrap_or_default().join(", "),
        }
    }

    /// The unit behind a typed value, where people say one.
    #[must_use]
    pub fn unit(&self, unit: &str) -> Option<&'static str> {
        Some(match unit {
            "rupiah/month" => self.t.per_month,
            "rupiah/year" => self.t.per_year,
            "m2" => self.t.unit_m2,
            "months" => self.t.unit_months,
            "days" => self.t.unit_days,
            "persons" => self.t.unit_persons,
            "hours/week" => self.t.unit_hours_week,
            "years" => self.t.unit_years,
            _ => return None,
        })
    }

    /// A member's name; a new member has none yet.
    #[must_use]
    pub fn member_name(&self, family: &Family, member: u16) -> String {
        let name = self.pack.fact_index("members.name");
        let answer = name.map(|name| family.get(self.pack, FactRef::member(name, member)));
        match answer {
            Some(Answer::Known(Value::Text(name))) => name,
            _ => self.t.new_member.into(),
        }
    }

    /// A fact as a link to its question says it: *Lantai terluas*, *Masih sekolah: Budi Contoh*.
    #[must_use]
    pub fn fact_label(&self, family: &Family, at: FactRef) -> String {
        let mut label = self
            .pack
            .fact(at.fact)
            .map_or_else(String::new, |fact| self.say(&fact.label));
        if let Some(member) = at.member {
            label.push_str(": ");
            label.push_str(&self.member_name(family, member));
        }
        label
    }
}

/// Names in a sentence: `PKH, Sembako dan KUR`.
#[must_use]
pub fn listed(t: &Texts, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => [&most.join(", "), " ", t.and, " ", last].concat(),
    }
}
