//! The differences as a text.

use super::shown::{readable, written};
use super::words::{aspect, change, heading, said, thing};
use naik_kelas_compiler::diff::{Area, Change, Detail, Difference, Shown};
use naik_kelas_rules::{Lang, Pack};

/// Longer values stand on lines of their own.
const SHORT: usize = 48;

/// The whole report.
pub(super) fn report(old: &Pack, new: &Pack, differences: &[Difference], lang: Lang) -> String {
    let mut out = String::new();
    let of = |pack: &Pack| format!("{} {}", pack.id(), pack.version());
    line(&mut out, &format!("{} → {}", of(old), of(new)));
    if differences.is_empty() {
        line(
            &mut out,
            said(("tidak ada perbedaan", "no differences"), lang),
        );
        if old.hash() != new.hash() {
            let written_otherwise = (
                "(berkasnya tidak sama, tetapi isinya sama: hanya susunannya yang lain)",
                "(the files are not the same, but they say the same: only their arrangement differs)",
            );
            line(&mut out, said(written_otherwise, lang));
        }
        return out;
    }
    let mut above = None;
    let telling = Telling { old, new, lang };
    for difference in differences {
        let heading = said(heading(difference.area), lang);
        if above != Some(heading) {
            line(&mut out, "");
            line(&mut out, heading);
            above = Some(heading);
        }
        telling.difference(&mut out, difference);
    }
    out
}

struct Telling<'a> {
    old: &'a Pack,
    new: &'a Pack,
    lang: Lang,
}

impl Telling<'_> {
    fn difference(&self, out: &mut String, difference: &Difference) {
        let lang = self.lang;
        let (mark, pack) = match difference.change {
            Change::New => ('+', self.new),
            Change::Gone => ('-', self.old),
            Change::Changed => ('~', self.new),
        };
        let mut head = format!(
            "  {mark} {} {}",
            said(thing(difference.area), lang),
            said(change(difference.change), lang)
        );
        if difference.area != Area::Pack {
            head.push_str(": ");
            if let Some(within) = &difference.within {
                head.push_str(&format!("{}: ", within.get(lang)));
            }
            match &difference.name {
                Some(name) => {
                    let name = readable(pack, name, lang);
                    head.push_str(&format!("{name} [{}]", difference.id));
                }
                None => head.push_str(&difference.id),
            }
        }
        line(out, &head);
        for detail in &difference.details {
            self.detail(out, difference, detail);
        }
        if !difference.affects.is_empty() {
            let affects: Vec<&str> = difference.affects.iter().map(|id| self.title(id)).collect();
            let label = said(("memengaruhi", "affects"), lang);
            line(out, &format!("      {label}: {}", affects.join(", ")));
        }
    }

    fn detail(&self, out: &mut String, difference: &Difference, detail: &Detail) {
        // The name stands above already.
        let both = (detail.from.as_ref(), detail.to.as_ref());
        let named = difference.name.clone().map(Shown::Words);
        if difference.change != Change::Changed && both.0.or(both.1) == named.as_ref() {
            return;
        }
        let lang = self.lang;
        let mut label = format!("      {}", said(aspect(detail.aspect), lang));
        if let Some(of) = &detail.of {
            let since = said((" sejak ", " from "), lang);
            match of {
                Shown::Day(_) => label.push_str(since),
                _ => label.push(' '),
            }
            label.push_str(&written(self.new, of, lang));
        }
        let law = detail.law.as_ref().map(|law| format!(" ({law})"));
        let law = law.unwrap_or_default();
        let in_language = |lang| {
            let from = both.0.map(|shown| written(self.old, shown, lang));
            (from, both.1.map(|shown| written(self.new, shown, lang)))
        };
        let (mut from, mut to) = in_language(lang);
        if from == to {
            // It was changed in the other language alone.
            let (other, name) = match lang {
                Lang::Id => (Lang::En, " (bahasa Inggris)"),
                Lang::En => (Lang::Id, " (Indonesian)"),
            };
            (from, to) = in_language(other);
            label.push_str(name);
        }
        match (difference.change, from, to) {
            (Change::Changed, from, to) => {
                // What is not said of a yes is a no.
                let is_truth = matches!(both.0.or(both.1), Some(Shown::Truth(_)));
                let absent = match is_truth {
                    true => ("tidak", "no"),
                    false => ("(tidak ada)", "(none)"),
                };
                let none = || said(absent, lang).to_owned();
                let (from, to) = (from.unwrap_or_else(none), to.unwrap_or_else(none));
                if from.chars().count().max(to.chars().count()) <= SHORT {
                    line(out, &format!("{label}: {from} → {to}{law}"));
                } else {
                    line(out, &format!("{label}{law}:"));
                    line(
                        out,
                        &format!("        {} {from}", said(("dulu:", "was:"), lang)),
                    );
                    line(
                        out,
                        &format!("        {} {to}", said(("kini:", "now:"), lang)),
                    );
                }
            }
            (_, from, to) => {
                let value = from.or(to).unwrap_or_default();
                line(out, &format!("{label}: {value}{law}"));
            }
        }
    }

    /// The name of a programme or indicator.
    fn title<'b>(&'b self, id: &'b str) -> &'b str {
        for pack in [self.new, self.old] {
            if id == "readiness" {
                let title = pack.readiness().title.as_ref();
                return title.map_or("", |title| title.get(self.lang));
            }
            let mut decisions = pack.decisions().iter();
            if let Some(decision) = decisions.find(|decision| decision.id == id) {
                return decision.title.get(self.lang);
            }
            let mut indicators = pack.readiness().indicators.iter();
            if let Some(indicator) = indicators.find(|indicator| indicator.id == id) {
                return indicator.label.get(self.lang);
            }
        }
        id
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
