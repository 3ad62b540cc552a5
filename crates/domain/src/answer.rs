//! Answers are data: `FactPath → Answer`, typed by the pack and not by Rust.
//!
//! A new question or programme needs no app release. Absent = not asked,
//! [`Reply::Unknown`] = *tidak tahu*, [`Provenance::Carried`] = known but not yet
//! confirmed by this family today.

use crate::{Date, Value, id::MemberId};
use core::{fmt, str::FromStr};

/// Which fact of whom: `housing.floor`, or `members.<member id>.sex`.
///
/// `members.0` is a path of a form and never an identity; it does not parse.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FactPath {
    /// A fact of the family, by its path in the pack's vocabulary.
    Family(String),
    /// A fact of one member; the path in the vocabulary is `members.` and this name.
    Member(MemberId, String),
}

/// What was said.
#[derive(Clone, PartialEq, Debug)]
pub enum Reply {
    /// An answer.
    Known(Value),
    /// *Tidak tahu*: asked, and the family does not know.
    Unknown,
}

/// Where an answer comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Provenance {
    /// Answered in this assessment, or confirmed in it.
    Asked,
    /// From the registry (DTSEN), as of this day; not yet confirmed.
    Registry(Date),
    /// From the assessment of this day; not yet confirmed.
    Carried(Date),
    /// Written by the questionnaire when it skipped the question.
    Skipped,
}

/// One answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// What was said.
    pub reply: Reply,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// All answers about one family: a list in the order of paths, each path once.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answers(Vec<(FactPath, Answer)>);

impl Answers {
    /// The answer at a path; `None` = not asked.
    #[must_use]
    pub fn get(&self, path: &FactPath) -> Option<&Answer> {
        let at = self.place(path).ok()?;
        self.0.get(at).map(|(_, answer)| answer)
    }

    /// Records an answer in the place of the one before it.
    pub fn set(&mut self, path: FactPath, answer: Answer) {
        match self.place(&path) {
            Ok(at) => self.0[at].1 = answer,
            Err(at) => self.0.insert(at, (path, answer)),
        }
    }

    /// Makes a question not asked again.
    pub fn remove(&mut self, path: &FactPath) -> Option<Answer> {
        let at = self.place(path).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Where the path is, or where it would be. Records are read in order: the end is looked at first.
    fn place(&self, path: &FactPath) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if last < path => Err(self.0.len()),
            _ => self.0.binary_search_by(|(known, _)| known.cmp(path)),
        }
    }

    /// All answers in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&FactPath, &Answer)> {
        self.0.iter().map(|(path, answer)| (path, answer))
    }

    /// How many questions have an answer or a *tidak tahu*.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing has been asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These answers as a new assessment starts with them: known ones carried
    /// over and marked as not yet confirmed; *tidak tahu* and skipped ones are asked again.
    #[must_use]
    pub fn carried(&self, from: Date) -> Self {
        let kept = self.0.iter().filter_map(|(path, answer)| {
            let provenance = match (&answer.reply, answer.provenance) {
                (Reply::Unknown, _) | (_, Provenance::Skipped) => return None,
                (_, Provenance::Registry(day)) => Provenance::Registry(day),
                (_, Provenance::Carried(day)) => Provenance::Carried(day),
                (_, Provenance::Asked) => Provenance::Carried(from),
            };
            let reply = answer.reply.clone();
            Some((path.clone(), Answer { reply, provenance }))
        });
        Self(kept.collect())
    }
}

impl FromIterator<(FactPath, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (FactPath, Answer)>>(answers: I) -> Self {
        let mut all = Self::default();
        for (path, answer) in answers {
            all.set(path, answer);
        }
        all
    }
}

impl Answer {
    /// An answer given now.
    #[must_use]
    pub const fn asked(value: Value) -> Self {
        Self {
            reply: Reply::Known(value),
            provenance: Provenance::Asked,
        }
    }

    /// *Tidak tahu*, said now.
    #[must_use]
    pub const fn unknown() -> Self {
        Self {
            reply: Reply::Unknown,
            provenance: Provenance::Asked,
        }
    }

    /// The value, where there is one.
    #[must_use]
    pub const fn value(&self) -> Option<&Value> {
        match &self.reply {
            Reply::Known(value) => Some(value),
            Reply::Unknown => None,
        }
    }

    /// Whether the answer still waits for this family's confirmation.
    #[must_use]
    pub const fn is_unconfirmed(&self) -> bool {
        matches!(
            self.provenance,
            Provenance::Registry(_) | Provenance::Carried(_)
        )
    }
}

impl FactPath {
    /// The path of a family's fact.
    #[must_use]
    pub fn family(path: impl Into<String>) -> Self {
        Self::Family(path.into())
    }

    /// The path of a member's fact; `fact` without `members.`.
    #[must_use]
    pub fn member(member: MemberId, fact: impl Into<String>) -> Self {
        Self::Member(member, fact.into())
    }
}

/// Why a text is no fact path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAFactPath;

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Family(fact) => f.write_str(fact),
            Self::Member(member, fact) => write!(f, "members.{member}.{fact}"),
        }
    }
}

impl FromStr for FactPath {
    type Err = NotAFactPath;
    fn from_str(text: &str) -> Result<Self, NotAFactPath> {
        let Some(rest) = text.strip_prefix("members.") else {
            return if is_fact_name(text) {
                Ok(Self::family(text))
            } else {
                Err(NotAFactPath)
            };
        };
        let (member, fact) = rest.split_once('.').ok_or(NotAFactPath)?;
        let member = member.parse().map_err(|_| NotAFactPath)?;
        if is_fact_name(fact) {
            Ok(Self::member(member, fact))
        } else {
            Err(NotAFactPath)
        }
    }
}

fn is_fact_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_in_a_form_is_no_identity() {
        assert_eq!("members.0.sex".parse::<FactPath>(), Err(NotAFactPath));
        assert_eq!(
            "housing.floor".parse(),
            Ok(FactPath::family("housing.floor"))
        );
        let member = MemberId::from_bytes([3; 16]);
        let path = FactPath::member(member, "sex");
        assert_eq!(path.to_string().parse(), Ok(path));
    }

    #[test]
    fn answers_stand_in_the_order_of_their_paths_each_once() {
        let say = |path: &str, number| (FactPath::family(path), Answer::asked(Value::Int(number)));
        let mut answers: Answers = [
            say("b", 1),
            say("d", 2),
            say("a", 3),
            say("c", 4),
            say("b", 5),
        ]
        .into_iter()
        .collect();
        let paths = |answers: &Answers| -> Vec<String> {
            answers.iter().map(|(path, _)| path.to_string()).collect()
        };
        assert_eq!(paths(&answers), ["a", "b", "c", "d"]);
        assert_eq!(answers.get(&FactPath::family("b")), Some(&say("b", 5).1));
        assert_eq!(answers.remove(&FactPath::family("x")), None);
        assert_eq!(answers.remove(&FactPath::family("c")), Some(say("c", 4).1));
        assert_eq!(paths(&answers), ["a", "b", "d"]);
    }

    #[test]
    fn a_new_assessment_starts_with_what_is_known_and_asks_the_rest_again() {
        let day = Date::from_ymd(2026, 5, 1).unwrap();
        let answers: Answers = [
            (FactPath::family("savings"), Answer::asked(Value::Int(5))),
            (FactPath::family("area"), Answer::unknown()),
        ]
        .into_iter()
        .collect();
        let carried = answers.carried(day);
        assert_eq!(carried.len(), 1);
        let savings = carried.get(&FactPath::family("savings")).unwrap();
        assert_eq!(savings.provenance, Provenance::Carried(day));
        assert!(savings.is_unconfirmed());
    }
}
