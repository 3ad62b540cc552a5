//! The source of a pack as it stands in its TOML files. Unknown fields are refused: a misspelt one must not be lost.

use naik_kelas_rules::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A text in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextSource {
    pub(crate) id: Spanned<String>,
    pub(crate) en: Spanned<String>,
}

impl TextSource {
    pub(crate) fn text(&self) -> Text {
        Text {
            id: self.id.get_ref().clone(),
            en: self.en.get_ref().clone(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackSource {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) effective_from: Spanned<String>,
    pub(crate) effective_to: Option<Spanned<String>>,
    pub(crate) languages: Spanned<Vec<String>>,
    pub(crate) title: TextSource,
    pub(crate) signed_off_by: String,
    pub(crate) order: Vec<Spanned<String>>,
    pub(crate) loan_order: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactsSource {
    #[serde(default)]
    pub(crate) group: Vec<GroupSource>,
    #[serde(default)]
    pub(crate) fact: Vec<FactSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupSource {
    pub(crate) id: String,
    pub(crate) label: TextSource,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactSource {
    pub(crate) path: Spanned<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Spanned<String>,
    pub(crate) min: Option<Spanned<toml::Value>>,
    pub(crate) max: Option<Spanned<toml::Value>>,
    pub(crate) unit: Option<String>,
    pub(crate) pattern: Option<Spanned<String>>,
    pub(crate) source: Spanned<String>,
    pub(crate) change: Spanned<String>,
    pub(crate) sensitivity: Spanned<String>,
    #[serde(default)]
    pub(crate) confirm: bool,
    pub(crate) label: TextSource,
    #[serde(default)]
    pub(crate) codes: Vec<CodeSource>,
    /// The codes of another fact instead of own ones.
    pub(crate) codes_of: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeSource {
    pub(crate) code: Spanned<String>,
    pub(crate) dtsen: Option<u16>,
    pub(crate) label: TextSource,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DerivedFileSource {
    #[serde(default)]
    pub(crate) derived: Vec<DerivedSource>,
    #[serde(default)]
    pub(crate) schedule: Vec<ScheduleSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DerivedSource {
    pub(crate) id: Spanned<String>,
    pub(crate) expr: Spanned<String>,
    pub(crate) unit: Option<String>,
    pub(crate) label: Option<TextSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduleSource {
    pub(crate) id: Spanned<String>,
    pub(crate) label: Option<TextSource>,
    pub(crate) option: Vec<OptionSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionSource {
    pub(crate) code: Spanned<String>,
    pub(crate) when: Spanned<String>,
    pub(crate) amount: Spanned<String>,
    pub(crate) label: TextSource,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParametersSource {
    #[serde(default)]
    pub(crate) parameter: Vec<ParameterSource>,
    #[serde(default)]
    pub(crate) table: Vec<TableSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParameterSource {
    pub(crate) key: Spanned<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Spanned<String>,
    pub(crate) unit: Option<String>,
    /// What reads it besides conditions and texts: the screens, by its key.
    pub(crate) read_by: Option<Spanned<String>>,
    pub(crate) label: TextSource,
    pub(crate) values: Vec<Spanned<ParameterValueSource>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParameterValueSource {
    pub(crate) from: String,
    pub(crate) value: toml::Value,
    pub(crate) law: Option<String>,
    pub(crate) note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableSource {
    pub(crate) key: Spanned<String>,
    pub(crate) by: Spanned<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Spanned<String>,
    pub(crate) unit: Option<String>,
    pub(crate) law: Option<String>,
    #[expect(dead_code, reason = "said for the reader of the file")]
    pub(crate) note: Option<String>,
    pub(crate) label: Option<TextSource>,
    pub(crate) rows: Vec<Spanned<RowSource>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RowSource {
    pub(crate) region: String,
    pub(crate) from: String,
    pub(crate) value: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionSource {
    pub(crate) id: Spanned<String>,
    pub(crate) group: Spanned<String>,
    #[expect(
        dead_code,
        reason = "the order of pack.toml rules; here it only sorts the folder for its reader"
    )]
    pub(crate) order: Option<i64>,
    pub(crate) title: TextSource,
    pub(crate) about: TextSource,
    pub(crate) law: String,
    pub(crate) amount: Option<Spanned<String>>,
    pub(crate) amount_unit: Option<Spanned<String>>,
    pub(crate) amount_kind: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) per_quarter: bool,
    #[serde(default)]
    pub(crate) loan: bool,
    pub(crate) names_members: Option<Spanned<String>>,
    pub(crate) condition: Vec<ConditionSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionSource {
    pub(crate) id: Spanned<String>,
    pub(crate) test: Spanned<String>,
    pub(crate) yes: TextSource,
    pub(crate) no: TextSource,
    pub(crate) unknown: TextSource,
    pub(crate) law: Option<String>,
    #[serde(default)]
    pub(crate) never_propose: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadinessSource {
    #[expect(
        dead_code,
        reason = "always `readiness`; said for the reader of the file"
    )]
    pub(crate) id: Option<String>,
    pub(crate) title: Option<TextSource>,
    pub(crate) about: Option<TextSource>,
    pub(crate) law: Option<String>,
    pub(crate) protected: Spanned<String>,
    pub(crate) protected_label: TextSource,
    pub(crate) protected_text: TextSource,
    pub(crate) unknown_label: Option<TextSource>,
    pub(crate) unknown_text: Option<TextSource>,
    pub(crate) indicator: Vec<IndicatorSource>,
    pub(crate) grade: Vec<GradeSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorSource {
    pub(crate) id: Spanned<String>,
    pub(crate) label: TextSource,
    pub(crate) help: Option<TextSource>,
    pub(crate) green: Spanned<String>,
    pub(crate) yellow: Spanned<String>,
    pub(crate) law: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GradeSource {
    pub(crate) id: Spanned<String>,
    pub(crate) when: Option<Spanned<String>>,
    pub(crate) label: TextSource,
    pub(crate) text: Option<TextSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionnaireSource {
    pub(crate) section: Vec<SectionSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SectionSource {
    pub(crate) id: String,
    pub(crate) title: TextSource,
    #[serde(default)]
    pub(crate) roster: bool,
    pub(crate) relevant: Option<Spanned<String>>,
    pub(crate) question: Vec<QuestionSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionSource {
    pub(crate) fact: Spanned<String>,
    pub(crate) ask: TextSource,
    pub(crate) hint: Option<TextSource>,
    pub(crate) relevant: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) first: bool,
    pub(crate) skip: Option<SkipSource>,
    #[serde(default)]
    pub(crate) check: Vec<CheckSource>,
}

/// `journey.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JourneySource {
    #[serde(default)]
    pub(crate) group: Vec<GroupSource>,
    #[serde(default)]
    pub(crate) fact: Vec<FactSource>,
    pub(crate) form: Vec<FormSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormSource {
    pub(crate) id: Spanned<String>,
    pub(crate) title: TextSource,
    pub(crate) about: Option<TextSource>,
    #[serde(default)]
    pub(crate) from: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) becomes: Vec<BecomesSource>,
    pub(crate) next: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) carries: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) office: bool,
    pub(crate) question: Vec<QuestionSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BecomesSource {
    pub(crate) state: Spanned<String>,
    pub(crate) when: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SkipSource {
    pub(crate) value: Spanned<toml::Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckSource {
    pub(crate) test: Spanned<String>,
    pub(crate) level: Spanned<String>,
    pub(crate) text: TextSource,
}

/// A file of families from which cases start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BaseSource {
    pub(crate) family: toml::Table,
}

/// A file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CasesSource {
    pub(crate) base: String,
    #[serde(default)]
    pub(crate) case: Vec<CaseSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseSource {
    pub(crate) id: Spanned<String>,
    #[expect(dead_code, reason = "said for the reader of the file")]
    pub(crate) about: Option<String>,
    #[serde(default)]
    pub(crate) set: BTreeMap<String, toml::Value>,
    #[serde(default)]
    pub(crate) unknown: Vec<String>,
    pub(crate) keep: Option<Vec<usize>>,
    pub(crate) expect: BTreeMap<String, ExpectSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectSource {
    pub(crate) outcome: String,
    pub(crate) amount: Option<i64>,
    pub(crate) yes: Option<Vec<String>>,
    pub(crate) no: Option<Vec<String>>,
    pub(crate) open: Option<Vec<String>>,
    pub(crate) missing: Option<Vec<String>>,
    pub(crate) indicators: Option<BTreeMap<String, String>>,
}
