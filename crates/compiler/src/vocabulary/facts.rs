//! Facts and their codes.

use super::{Vocabulary, choose, number};
use crate::files::SourceFile;
use crate::finding::{Findings, Problem};
use crate::source::{CodeSource, FactSource};
use naik_kelas_rules::pack::{
    Change, Code, CodeList, Fact, FactKind, Pattern, Sensitivity, Source,
};
use toml::Spanned;

impl Vocabulary {
    pub(super) fn add_fact(
        &mut self,
        file: &SourceFile,
        source: &FactSource,
        findings: &mut Findings,
    ) {
        let place = file.place(&source.path);
        let path = source.path.get_ref().clone();
        let kind = choose(
            file,
            &source.kind,
            findings,
            &[
                ("bool", FactKind::Bool),
                ("int", FactKind::Int),
                ("money", FactKind::Money),
                ("decimal", FactKind::Decimal),
                ("date", FactKind::Date),
                ("code", FactKind::Code),
                ("codes", FactKind::Codes),
                ("text", FactKind::Text),
            ],
        );
        let pattern = source.pattern.as_ref().and_then(|pattern| {
            choose(
                file,
                pattern,
                findings,
                &[
                    ("nik", Pattern::Nik),
                    ("kk", Pattern::Kk),
                    ("village", Pattern::Village),
                    ("kbli", Pattern::Kbli),
                ],
            )
        });
        let from = choose(
            file,
            &source.source,
            findings,
            &[
                ("question", Source::Question),
                ("registry", Source::Registry),
            ],
        );
        let change = choose(
            file,
            &source.change,
            findings,
            &[
                ("family", Change::Family),
                ("gain", Change::Gain),
                ("shed", Change::Shed),
                ("waiting", Change::Waiting),
                ("never", Change::Never),
            ],
        );
        let sensitivity = choose(
            file,
            &source.sensitivity,
            findings,
            &[
                ("L2", Sensitivity::Open),
                ("L3", Sensitivity::QuasiIdentifier),
                ("L4", Sensitivity::Personal),
            ],
        );
        let (Some(kind), Some(from), Some(change), Some(sensitivity)) =
            (kind, from, change, sensitivity)
        else {
            return;
        };
        let mut bound = |value: &Option<Spanned<toml::Value>>| {
            let value = value.as_ref()?;
            let number = number(value.get_ref(), kind == FactKind::Decimal);
            if number.is_none() {
                let problem = Problem::new(
                    "this bound is not a number of the fact's kind",
                    "Write a whole number, or at most three decimals for a decimal.",
                );
                findings.error(file.place(value), problem);
            }
            number
        };
        let (mut min, mut max) = (bound(&source.min), bound(&source.max));
        if kind == FactKind::Money {
            min = min.or(Some(0));
            max = max.or(Some(LARGEST_MONEY));
        }
        let has_codes = matches!(kind, FactKind::Code | FactKind::Codes);
        let elsewhere = match &source.codes_of {
            None => None,
            Some(other) => {
                let list = self
                    .fact(other.get_ref())
                    .and_then(|(_, fact)| fact.code_list);
                if list.is_none() {
                    let problem = Problem::new(
                        format!("{} has no codes", other.get_ref()),
                        "Name a fact with codes that stands above this one.",
                    );
                    findings.error(file.place(other), problem);
                    return;
                }
                list
            }
        };
        let none_named = source.codes.is_empty() && elsewhere.is_none();
        if has_codes == none_named || elsewhere.is_some() && !source.codes.is_empty() {
            let problem = Problem::new(
                format!(
                    "{path}: a list of codes belongs to the types code and codes, and only to them"
                ),
                "Add `codes = [...]`, or change the type.",
            );
            findings.error(place, problem);
            return;
        }
        let code_list =
            elsewhere.or_else(|| has_codes.then(|| self.codes(file, &source.codes, findings)));
        if self.fact_places.contains_key(&path) {
            findings.error(
                place,
                Problem::new(format!("{path} is defined twice"), "Remove one of the two."),
            );
            return;
        }
        self.fact_places
            .insert(path.clone(), self.facts.len() as u16);
        self.fact_lines.push(place.line);
        self.facts.push(Fact {
            path,
            kind,
            min,
            max,
            unit: source.unit.clone(),
            pattern,
            code_list,
            source: from,
            change,
            sensitivity,
            confirm: source.confirm,
            label: source.label.text(),
        });
    }

    fn codes(&mut self, file: &SourceFile, sources: &[CodeSource], findings: &mut Findings) -> u16 {
        let mut codes: Vec<Code> = Vec::new();
        for source in sources {
            let code = source.code.get_ref().clone();
            if codes.iter().any(|known| known.code == code) {
                let problem = Problem::new(
                    format!("the code '{code}' stands twice in its list"),
                    "Remove one.",
                );
                findings.error(file.place(&source.code), problem);
            }
            codes.push(Code {
                code,
                label: source.label.text(),
                dtsen: source.dtsen,
            });
        }
        if codes.len() > 64
            && let Some(first) = sources.first()
        {
            let problem =
                Problem::new("this list has more than 64 codes", "Split the fact in two.");
            findings.error(file.place(&first.code), problem);
        }
        self.add_code_list(CodeList { codes })
    }
}

/// The largest whole number that every JSON reader keeps exactly, and the schema's largest amount.
const LARGEST_MONEY: i64 = 9_007_199_254_740_991;
