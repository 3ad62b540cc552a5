//! Finding a family by what a person types: name, village, or the end of a number.

/// Lower case, without accents, apostrophes and double spaces; `Moh.Yusuf` is two words; `oe`, `dj`, `tj`
/// as in the old spelling become `u`, `j`, `c`, so that *Soekarno* is found as *Sukarno*.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ä' | 'ã' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'ö' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            // `oe`, `dj` and `tj` of the old spelling.
            'e' if out.ends_with('o') => {
                out.pop();
                out.push('u');
            }
            'j' if out.ends_with('d') => {
                out.pop();
                out.push('j');
            }
            'j' if out.ends_with('t') => {
                out.pop();
                out.push('c');
            }
            c if c.is_alphanumeric() => out.push(c),
            c if (c.is_whitespace() || matches!(c, '-' | '.' | ',' | '/'))
                && !out.is_empty()
                && !out.ends_with(' ') =>
            {
                out.push(' ');
            }
            _ => {}
        }
    }
    let trimmed = out.trim_end().len();
    out.truncate(trimmed);
    out
}

/// Whether every word of the folded query begins a word of the folded text, or
/// stands inside a number of it.
#[must_use]
pub fn matches(folded_text: &str, folded_query: &str) -> bool {
    folded_query
        .split(' ')
        .filter(|w| !w.is_empty())
        .all(|word| {
            let numeric = word.bytes().all(|b| b.is_ascii_digit());
            folded_text
                .split(' ')
                .any(|part| part.starts_with(word) || (numeric && part.contains(word)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_thumb_types_finds_the_family() {
        let text = folded("Siti Aminah Contoh, Sukamaju 3201014105939001");
        for query in ["siti", "ami sit", "SUKA", "9001", "Sîti"] {
            assert!(matches(&text, &folded(query)), "{query}");
        }
        for query in ["minah", "siti b", "9002"] {
            assert!(!matches(&text, &folded(query)), "{query}");
        }
        assert!(matches(&text, &folded("  ")));
    }

    #[test]
    fn the_old_spelling_is_the_same_name() {
        assert_eq!(folded("Soekardjo"), folded("Sukarjo"));
    }
}
