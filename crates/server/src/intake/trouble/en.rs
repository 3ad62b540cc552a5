//! Reasons and advice in English.

use super::Trouble;

impl Trouble {
    /// The reason and the advice.
    pub(super) fn en(&self) -> (String, &'static str) {
        const AS_TEXT: &str = "Go back to the original file, format this column as Text before typing or pasting, and enter the numbers again; lost digits do not return by changing the format.";
        let (reason, advice) = match self {
            Self::NumberSpreadsheet => (
                "the number was turned into 3.2E+15: its last digits are lost",
                AS_TEXT,
            ),
            Self::NumberRounded => (
                "the 16th digit (perhaps more) became 0: Excel keeps 15 digits",
                AS_TEXT,
            ),
            Self::NumberFloat => (
                "the number ends in .0: it was once stored as a decimal",
                "Keep this column as text in the program that made the file (pandas: dtype=str) and export again.",
            ),
            Self::NumberShort(count) => {
                return (
                    format!("the number has {count} digits, not 16"),
                    "Compare with the KK or KTP. If zeros in front were lost, format the column as Text and enter it again.",
                );
            }
            Self::NumberLong(count) => {
                return (
                    format!("the number has {count} digits, not 16"),
                    "Compare with the KK or KTP; two numbers may stand in one cell.",
                );
            }
            Self::NumberSigns => (
                "the number holds letters or signs",
                "Write 16 digits only; look for O and l in the place of 0 and 1.",
            ),
            Self::NumberImpossible => (
                "no such number begins with 0",
                "Compare with the KK or KTP: the first two digits are a province, 11 and above.",
            ),
            Self::NobodyKnown => (
                "no KK number, no NIK, and no name with birth date and village",
                "Give the KK number, else the NIK.",
            ),
            Self::NameMissing => ("the name is empty", "Give the name as on the KTP."),
            Self::TooLong => (
                "the text is too long",
                "See whether several cells ran into one.",
            ),
            Self::FormulaFailed => (
                "the formula of this cell failed (#N/A, #REF!)",
                "Replace the formula by its value: copy, then paste values.",
            ),
            Self::DateAsNumber => (
                "the date was turned into a number",
                "Format the cell as a date, or write it like 14/05/1990.",
            ),
            Self::DateUnclear => (
                "the date cannot be read",
                "Write day/month/year like 14/05/1990, or 1990-05-14.",
            ),
            Self::DateImpossible => (
                "the birth date is after the list's own date, or before 1900",
                "Compare with the KTP.",
            ),
            Self::CodeUnknown => (
                "DTSEN's list of codes does not have this answer",
                "Write the code's number or the official text of this variable.",
            ),
            Self::NotANumber => ("not a number", "Write digits only."),
            Self::OutOfRange(least, most) => {
                return (
                    format!("must be from {least} to {most}"),
                    "Look it up in the source.",
                );
            }
            Self::VillageMissing => (
                "a new family without a village code",
                "Add a column with the village's 10-digit code, import the Keluarga set first, or give --village CODE.",
            ),
            Self::VillageUnknown => (
                "the village code is not 10 digits of a known regency",
                "Give the 10-digit area code, such as 3209152001.",
            ),
            Self::VillageElsewhere => (
                "the village lies outside the chosen regency",
                "Check the village code, or leave out --area.",
            ),
            Self::FacilitatorUnknown => (
                "no facilitator signs in with this name",
                "Add the account first: naik-kelas user add --role facilitator.",
            ),
            Self::FacilitatorElsewhere => (
                "this facilitator works in another regency",
                "Choose a facilitator of the family's regency.",
            ),
            Self::TwoFamilies => (
                "this NIK stands in two families",
                "Give the KK number in this row.",
            ),
            Self::NumberMended => (
                "signs around the number (spaces, quotes) were taken away; its 16 digits are whole",
                "Nothing to do; format the column as Text to keep it clean.",
            ),
            Self::HeldByAnother => (
                "another facilitator holds this family, and keeps it",
                "Give --reassign if it is to move.",
            ),
        };
        (reason.to_owned(), advice)
    }
}
