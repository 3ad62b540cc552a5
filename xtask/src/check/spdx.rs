//! Licence expressions as packages write them (SPDX): whether a list of allowed licences satisfies one.

/// `MIT OR Apache-2.0` needs one of them, `A AND B` both; `/` is an old way to write OR. An exception only adds
/// freedoms, so `Apache-2.0 WITH LLVM-exception` is satisfied by `Apache-2.0`. What cannot be read is not allowed.
pub fn is_satisfied(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader {
        words: &words,
        allowed,
    };
    reader
        .any_of()
        .is_some_and(|satisfied| satisfied && reader.words.is_empty())
}

/// `None` where the expression is broken.
struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

impl<'a> Reader<'a> {
    fn any_of(&mut self) -> Option<bool> {
        let mut satisfied = self.all_of()?;
        while self.passes("OR") {
            satisfied |= self.all_of()?;
        }
        Some(satisfied)
    }

    fn all_of(&mut self) -> Option<bool> {
        let mut satisfied = self.licence()?;
        while self.passes("AND") {
            satisfied &= self.licence()?;
        }
        Some(satisfied)
    }

    fn licence(&mut self) -> Option<bool> {
        if self.passes("(") {
            let satisfied = self.any_of()?;
            return self.passes(")").then_some(satisfied);
        }
        let name = self.next()?;
        if matches!(name, "OR" | "AND" | "WITH" | ")") {
            return None;
        }
        if self.passes("WITH") {
            self.next()?;
        }
        Some(self.allowed.iter().any(|allowed| allowed == name))
    }

    fn passes(&mut self, word: &str) -> bool {
        let there = self.words.first() == Some(&word);
        if there {
            self.words = &self.words[1..];
        }
        there
    }

    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::is_satisfied;

    #[test]
    fn expressions_are_read_as_their_authors_mean_them() {
        let allowed: Vec<String> = ["MIT", "Apache-2.0", "Unicode-3.0"]
            .map(String::from)
            .into();
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("GPL-3.0 OR MIT", true),
            ("MIT/Apache-2.0", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("MIT OR Apache-2.0 AND GPL-3.0", true),
            ("(MIT OR Apache-2.0) AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("", false),
            ("MIT OR", false),
            ("(MIT", false),
            ("MIT Apache-2.0", false),
        ] {
            assert_eq!(is_satisfied(expression, &allowed), expected, "{expression}");
        }
    }
}
