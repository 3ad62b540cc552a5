//! Every word that the app says by itself, in Bahasa Indonesia and in English.
//!
//! Words of the programmes (questions, reasons, labels) come with the pack. A text
//! that lacks one of the two languages does not compile: [`Texts`] has one field a
//! text, and both tables are written by the same line of [`mod@texts`].

pub mod format;
mod texts;

pub use naik_kelas_rules::text::Lang;
pub use texts::Texts;

/// All texts of a language.
#[must_use]
pub fn texts(lang: Lang) -> &'static Texts {
    match lang {
        Lang::Id => &texts::ID,
        Lang::En => &texts::EN,
    }
}

/// The code that `<html lang>` and the stored choice use.
#[must_use]
pub const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Id => "id",
        Lang::En => "en",
    }
}

/// The language of a stored choice; Bahasa Indonesia where it is not one of ours.
#[must_use]
pub fn from_code(code: &str) -> Lang {
    if code == "en" { Lang::En } else { Lang::Id }
}

/// Puts values in the places `{}` of a text, in order.
#[must_use]
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut values = values.iter();
    // A place is `{}`, and no text has a brace of its own: to look for one letter takes less code than for two.
    for letter in template.chars() {
        match letter {
            '{' => out.push_str(values.next().unwrap_or(&"")),
            '}' => {}
            _ => out.push(letter),
        }
    }
    out
}

/// A text with a count in it. English writes `{} family|{} families`: the part
/// after the bar is for every number but one. Indonesian has no bar.
#[must_use]
pub fn counted(template: &str, count: usize) -> String {
    let form = match template.split_once('|') {
        Some((one, _)) if count == 1 => one,
        Some((_, many)) => many,
        None => template,
    };
    fill(form, &[&format::whole(count as i64)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_in_their_places() {
        assert_eq!(fill("{} dari {}", &["3", "7"]), "3 dari 7");
        assert_eq!(fill("{} dari {}", &["3"]), "3 dari ");
        assert_eq!(fill("tanpa tempat", &["3"]), "tanpa tempat");
    }

    #[test]
    fn english_counts_and_indonesian_does_not() {
        assert_eq!(counted("{} family|{} families", 1), "1 family");
        assert_eq!(counted("{} family|{} families", 0), "0 families");
        assert_eq!(counted("{} keluarga", 2), "2 keluarga");
    }

    #[test]
    fn both_languages_have_the_same_places_for_values() {
        for (name, id, en) in texts::all() {
            let places = |text: &str| text.split('|').map(|form| form.matches("{}").count()).max();
            assert_eq!(places(id), places(en), "{name}");
            let braces =
                |text: &str| text.matches(['{', '}']).count() == 2 * text.matches("{}").count();
            assert!(braces(id) && braces(en), "{name} has a brace of its own");
            assert!(!id.contains('!') && !en.contains('!'), "{name} shouts");
            assert!(!id.is_empty() && !en.is_empty(), "{name} is empty");
        }
    }
}
