//! What is wrong with a row, and how it is mended where it came from. No text quotes a number or a
//! name of the file: a report may be sent by e-mail.

mod en;
mod id;

/// Language of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
}

/// Why a row is refused, or (see [`Trouble::is_warning`]) what is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// `3,2E+15`.
    NumberSpreadsheet,
    /// Fifteen digits and a zero.
    NumberRounded,
    /// `….0`.
    NumberFloat,
    /// Fewer than sixteen digits.
    NumberShort(usize),
    /// More than sixteen digits.
    NumberLong(usize),
    /// Letters or signs.
    NumberSigns,
    /// Begins with zero.
    NumberImpossible,
    /// Neither KK nor NIK, nor a name with birth date and village.
    NobodyKnown,
    /// No name.
    NameMissing,
    /// A text that is longer than any name or address.
    TooLong,
    /// `#N/A`.
    FormulaFailed,
    /// A number in the place of a date.
    DateAsNumber,
    /// A date that cannot be read.
    DateUnclear,
    /// A birth date after the day of the list, or before 1900.
    DateImpossible,
    /// A code or label that the list of answers does not have.
    CodeUnknown,
    /// Not a whole number.
    NotANumber,
    /// Outside of what can be.
    OutOfRange(i64, i64),
    /// No village, and the family is not known.
    VillageMissing,
    /// No official village code.
    VillageUnknown,
    /// The village lies outside of `--area`.
    VillageElsewhere,
    /// Nobody signs in with this name as a facilitator.
    FacilitatorUnknown,
    /// The facilitator works in another regency.
    FacilitatorElsewhere,
    /// The NIK stands in two families.
    TwoFamilies,
    /// Signs around a number were taken away.
    NumberMended,
    /// Another facilitator holds the family.
    HeldByAnother,
}

impl Trouble {
    /// Whether the row is taken all the same.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        matches!(self, Self::NumberMended | Self::HeldByAnother)
    }

    /// A name that programs may rely on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NumberSpreadsheet => "number-scientific",
            Self::NumberRounded => "number-rounded",
            Self::NumberFloat => "number-decimal",
            Self::NumberShort(_) => "number-short",
            Self::NumberLong(_) => "number-long",
            Self::NumberSigns => "number-signs",
            Self::NumberImpossible => "number-impossible",
            Self::NobodyKnown => "identity-missing",
            Self::NameMissing => "name-missing",
            Self::TooLong => "text-too-long",
            Self::FormulaFailed => "formula-failed",
            Self::DateAsNumber => "date-as-number",
            Self::DateUnclear => "date-unclear",
            Self::DateImpossible => "date-impossible",
            Self::CodeUnknown => "code-unknown",
            Self::NotANumber => "not-a-number",
            Self::OutOfRange(..) => "out-of-range",
            Self::VillageMissing => "village-missing",
            Self::VillageUnknown => "village-unknown",
            Self::VillageElsewhere => "village-elsewhere",
            Self::FacilitatorUnknown => "facilitator-unknown",
            Self::FacilitatorElsewhere => "facilitator-elsewhere",
            Self::TwoFamilies => "nik-of-two-families",
            Self::NumberMended => "number-mended",
            Self::HeldByAnother => "held-by-another",
        }
    }

    /// The reason and the advice.
    #[must_use]
    pub fn say(&self, lang: Lang) -> (String, String) {
        let ((reason_id, advice_id), (reason_en, advice_en)) = (self.id(), self.en());
        match lang {
            Lang::Id => (reason_id, advice_id.to_owned()),
            Lang::En => (reason_en, advice_en.to_owned()),
        }
    }
}
