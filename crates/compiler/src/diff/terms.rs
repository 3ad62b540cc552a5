//! Words for what a pack names by a number: kinds, units of time, ways to change.

use super::Shown;
use naik_kelas_rules::Text;
use naik_kelas_rules::pack::{
    AmountKind, AmountUnit, Change, CheckLevel, DecisionGroup, FactKind, ParameterKind, Pattern,
    Sensitivity, Source,
};

fn words(id: &str, en: &str) -> Shown {
    Shown::Words(Text {
        id: id.to_owned(),
        en: en.to_owned(),
    })
}

pub(super) fn fact_kind(kind: FactKind) -> Shown {
    match kind {
        FactKind::Bool => words("ya atau tidak", "yes or no"),
        FactKind::Int => words("bilangan bulat", "whole number"),
        FactKind::Money => words("rupiah", "rupiah"),
        FactKind::Decimal => words("bilangan desimal", "decimal number"),
        FactKind::Date => words("tanggal", "day"),
        FactKind::Code => words("satu pilihan", "one choice"),
        FactKind::Codes => words("beberapa pilihan", "several choices"),
        FactKind::Text => words("teks", "text"),
    }
}

pub(super) fn parameter_kind(kind: ParameterKind) -> Shown {
    match kind {
        ParameterKind::Int => words("bilangan bulat", "whole number"),
        ParameterKind::Money => words("rupiah", "rupiah"),
        ParameterKind::Decimal => words("bilangan desimal", "decimal number"),
        ParameterKind::List => words("daftar", "list"),
    }
}

pub(super) fn pattern(pattern: Pattern) -> Shown {
    Shown::Plain(match pattern {
        Pattern::Nik => "NIK (16)".to_owned(),
        Pattern::Kk => "KK (16)".to_owned(),
        Pattern::Village => "BPS (10)".to_owned(),
        Pattern::Kbli => "KBLI (5)".to_owned(),
    })
}

pub(super) fn source(source: Source) -> Shown {
    match source {
        Source::Question => words("ditanyakan kepada keluarga", "asked of the family"),
        Source::Registry => words("dari data induk", "from the registry"),
    }
}

pub(super) fn may_change(change: Change) -> Shown {
    match change {
        Change::Family => words("keluarga dapat mengubahnya", "the family can change it"),
        Change::Waiting => words("bertambah dengan waktu", "it grows with time"),
        Change::Never => words("tidak pernah disarankan", "it is never proposed"),
        Change::Gain => words("keluarga dapat memperolehnya", "the family can obtain it"),
        Change::Shed => words("keluarga dapat melepasnya", "the family can be rid of it"),
    }
}

pub(super) fn sensitivity(sensitivity: Sensitivity) -> Shown {
    match sensitivity {
        Sensitivity::Open => words("L2, terbuka", "L2, open"),
        Sensitivity::QuasiIdentifier => words("L3, petunjuk identitas", "L3, quasi-identifier"),
        Sensitivity::Personal => words("L4, data pribadi", "L4, personal data"),
    }
}

pub(super) fn group(group: DecisionGroup) -> Shown {
    match group {
        DecisionGroup::Protection => words("perlindungan sosial", "social protection"),
        DecisionGroup::Empowerment => words("pemberdayaan", "empowerment"),
    }
}

pub(super) fn amount_unit(unit: AmountUnit) -> Shown {
    match unit {
        AmountUnit::Year => words("setahun", "a year"),
        AmountUnit::Once => words("sekali", "once"),
    }
}

pub(super) fn amount_kind(kind: AmountKind) -> Shown {
    match kind {
        AmountKind::Cash => words("uang tunai", "cash"),
        AmountKind::Premium => words("iuran yang dibayarkan", "a premium that is paid"),
        AmountKind::Goods => words("barang", "goods"),
        AmountKind::Grant => words("hibah untuk suatu tujuan", "a grant for a purpose"),
    }
}

pub(super) fn level(level: CheckLevel) -> Shown {
    match level {
        CheckLevel::Stop => words(
            "jawaban ditolak bila tidak:",
            "the answer is refused unless:",
        ),
        CheckLevel::Warn => words(
            "diminta periksa lagi bila tidak:",
            "asked to look again unless:",
        ),
    }
}
