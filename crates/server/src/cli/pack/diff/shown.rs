//! Values of a pack as a person reads them, in both languages.

use super::super::super::wording;
use naik_kelas_compiler::diff::Shown;
use naik_kelas_rules::text::{Token, tokens};
use naik_kelas_rules::{Date, Decimal, Lang, Pack, Text};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// What is shown, in words. `pack` is the one that says it.
pub(super) fn written(pack: &Pack, shown: &Shown, lang: Lang) -> String {
    match shown {
        Shown::Words(text) => format!("“{}”", readable(pack, text, lang)),
        Shown::Plain(text) | Shown::Formula(text) => text.clone(),
        Shown::Number {
            value,
            thousandths,
            unit,
        } => number(*value, *thousandths, unit.as_deref(), lang),
        Shown::Day(date) => day(*date, lang),
        Shown::Truth(truth) => match (truth, lang) {
            (true, Lang::Id) => "ya".to_owned(),
            (false, Lang::Id) => "tidak".to_owned(),
            (true, Lang::En) => "yes".to_owned(),
            (false, Lang::En) => "no".to_owned(),
        },
        Shown::List(list) => {
            let list: Vec<String> = list.iter().map(|one| written(pack, one, lang)).collect();
            list.join(", ")
        }
    }
}

/// A text with the names of its values in square brackets: `Desil [Desil DTSEN], batasnya …`.
pub(super) fn readable(pack: &Pack, text: &Text, lang: Lang) -> String {
    let mut out = String::new();
    for token in tokens(text.get(lang)) {
        match token {
            Token::Words(words) => out.push_str(words),
            Token::Parameter(key) => {
                let mut parameters = pack.file().parameters.iter();
                let found = parameters.find(|parameter| parameter.key == key);
                bracket(&mut out, found.map(|found| &found.label), key, lang);
            }
            Token::Named(name) => {
                let fact = pack.fact_index(name).and_then(|fact| pack.fact(fact));
                let mut derived = pack.file().derived.iter();
                let derived = derived.find(|derived| derived.id == name);
                let label = fact.map(|fact| &fact.label);
                let label = label.or_else(|| derived?.label.as_ref());
                bracket(&mut out, label, name, lang);
            }
        }
    }
    out
}

fn bracket(out: &mut String, label: Option<&Text>, name: &str, lang: Lang) {
    out.push('[');
    out.push_str(label.map_or(name, |label| label.get(lang)));
    out.push(']');
}

fn number(value: i64, thousandths: bool, unit: Option<&str>, lang: Lang) -> String {
    let digits = match (thousandths, unit) {
        // A share: 0.2 is 20 %.
        (true, Some("part")) => wording::decimal(Decimal(value.saturating_mul(100))),
        (true, _) => wording::decimal(Decimal(value)),
        (false, Some("rupiah")) => wording::rupiah_of(value.into()),
        (false, _) => wording::grouped(value),
    };
    let digits = match lang {
        Lang::Id => digits,
        Lang::En => digits
            .chars()
            .map(|c| match c {
                '.' => ',',
                ',' => '.',
                other => other,
            })
            .collect(),
    };
    let unit = match (unit, lang) {
        (None | Some("rupiah" | "desil"), _) => "",
        (Some("part"), _) => " %",
        (Some("persons"), Lang::Id) => " orang",
        (Some("families"), Lang::Id) => " keluarga",
        (Some("years"), Lang::Id) => " tahun",
        (Some("months"), Lang::Id) => " bulan",
        (Some("days"), Lang::Id) => " hari",
        (Some("hours/week"), Lang::Id) => " jam seminggu",
        (Some("hours/week"), Lang::En) => " hours a week",
        (Some("m2"), _) => " m²",
        (Some(other), _) => return format!("{digits} {other}"),
    };
    format!("{digits}{unit}")
}

fn day(date: Date, lang: Lang) -> String {
    let (year, month, day) = date.ymd();
    match lang {
        Lang::Id => wording::day(date),
        Lang::En => {
            let month = MONTHS.get(month as usize - 1).copied().unwrap_or("");
            format!("{day} {month} {year}")
        }
    }
}
