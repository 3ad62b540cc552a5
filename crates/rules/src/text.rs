//! Texts that a person reads, and the places in them where values are put in.

/// A language that every text of a pack is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Bahasa Indonesia.
    Id,
    /// English.
    En,
}

/// One text in all languages.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    /// Bahasa Indonesia.
    pub id: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Id => &self.id,
            Lang::En => &self.en,
        }
    }
}

/// A piece of a text: what is written, or the name of a value that the reader's formatter puts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Words as they are.
    Words(&'a str),
    /// `{param:key}`: the value of a parameter on the day of the assessment.
    Parameter(&'a str),
    /// `{path}`: the value of a fact, or of a derived value, by its name.
    Named(&'a str),
}

/// The pieces of a text in order. A brace without its partner is taken as a word.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text }
}

/// See [`tokens`].
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(inside) = self.rest.strip_prefix('{')
            && let Some(end) = inside.find('}')
        {
            let name = &inside[..end];
            self.rest = &inside[end + 1..];
            return Some(match name.strip_prefix("param:") {
                Some(key) => Token::Parameter(key),
                None => Token::Named(name),
            });
        }
        // The first character belongs to the words: it is no brace, or a brace that is never closed.
        let mut braces = self.rest.match_indices('{').map(|(at, _)| at);
        let length = braces.find(|&at| at > 0).unwrap_or(self.rest.len());
        let (words, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(Token::Words(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_words_and_names() {
        let found: Vec<_> = tokens("Desil {desil}, paling tinggi {param:pkh.desil_max}.").collect();
        assert_eq!(
            found,
            [
                Token::Words("Desil "),
                Token::Named("desil"),
                Token::Words(", paling tinggi "),
                Token::Parameter("pkh.desil_max"),
                Token::Words("."),
            ]
        );
    }

    #[test]
    fn an_unclosed_brace_stays_as_it_is_written() {
        assert_eq!(
            tokens("a { b").collect::<Vec<_>>(),
            [Token::Words("a "), Token::Words("{ b")]
        );
        assert_eq!(tokens("").next(), None);
        assert_eq!(
            tokens("é{a}").collect::<Vec<_>>(),
            [Token::Words("é"), Token::Named("a")]
        );
    }
}
