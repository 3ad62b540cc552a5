//! A pack: vocabulary, questionnaire, parameters, decisions and texts, as data.
//!
//! [`PackFile`] is the compiled file as it stands in its bytes; [`Pack`] is the same after every reference and
//! every type in it has been checked, ready to be evaluated.

mod check;
pub(crate) mod cones;
mod model;
mod read;
mod vocabulary;
mod write;

pub use check::{MOST_DEPTH, PackError};
pub use model::*;

use crate::date::Date;
use crate::value::Value;
use check::Checked;
pub(crate) use check::{OF_MEMBER, Type};

/// A checked pack. Nothing in it can fail to be found, and every expression has the type that its place asks for.
#[derive(Clone, Debug)]
pub struct Pack {
    file: PackFile,
    hash: [u8; 32],
    pub(crate) checked: Checked,
}

/// The place of a fact in the vocabulary of its pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactIndex(pub u16);

/// One fact of one family: which fact, and of which member where it is a member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactRef {
    /// The fact.
    pub fact: FactIndex,
    /// The member's place in the family's list; `None` for a fact of the family.
    pub member: Option<u16>,
}

impl Pack {
    /// Reads a compiled pack and checks it. `hash` is the SHA-256 of the bytes, computed by the caller.
    ///
    /// # Errors
    /// Any damage gives an error, whatever the bytes.
    pub fn decode(bytes: &[u8], hash: [u8; 32]) -> Result<Pack, PackError> {
        let file = read::read(bytes).ok_or(PackError::Malformed)?;
        Pack::from_file(file, hash)
    }

    /// Checks a pack that has just been compiled.
    ///
    /// # Errors
    /// A reference that leads nowhere, or an expression of the wrong type.
    pub fn from_file(file: PackFile, hash: [u8; 32]) -> Result<Pack, PackError> {
        let checked = Checked::new(&file)?;
        Ok(Pack {
            file,
            hash,
            checked,
        })
    }

    /// Everything that the file says.
    pub fn file(&self) -> &PackFile {
        &self.file
    }

    /// The pack's name, such as `graduasi-2026`.
    pub fn id(&self) -> &str {
        &self.file.id
    }

    /// The pack's version, such as `2026.11.1`.
    pub fn version(&self) -> &str {
        &self.file.version
    }

    /// SHA-256 of the compiled bytes.
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// The vocabulary, in the order of the pack.
    pub fn facts(&self) -> &[Fact] {
        &self.file.facts
    }

    /// One fact. The index must be of this pack; a foreign one gives `None`.
    pub fn fact(&self, index: FactIndex) -> Option<&Fact> {
        self.file.facts.get(usize::from(index.0))
    }

    /// The place of a fact by its path: `housing.floor`, or `members.sex` for a fact of each member.
    pub fn fact_index(&self, path: &str) -> Option<FactIndex> {
        let place = self.file.facts.iter().position(|fact| fact.path == path)?;
        u16::try_from(place).ok().map(FactIndex)
    }

    /// The codes that a fact may have, in the order of the pack; empty where it has none.
    pub fn codes(&self, index: FactIndex) -> &[Code] {
        self.fact(index)
            .and_then(|fact| fact.code_list)
            .and_then(|list| self.file.code_lists.get(usize::from(list)))
            .map_or(&[], |list| &list.codes)
    }

    /// The questionnaire.
    pub fn sections(&self) -> &[Section] {
        &self.file.sections
    }

    /// What is written down between two assessments, in the order in which it is offered.
    pub fn forms(&self) -> &[JourneyForm] {
        &self.file.forms
    }

    /// The form of this id.
    pub fn form(&self, id: &str) -> Option<&JourneyForm> {
        self.file.forms.iter().find(|form| form.id == id)
    }

    /// The same pack with a form's questions in the place of the questionnaire's, so that all that asks, checks and
    /// resumes works for both; `None` where it has no such form.
    #[must_use]
    pub fn turned_to(mut self, form: &str) -> Option<Pack> {
        let form = self.file.forms.iter_mut().find(|known| known.id == form)?;
        self.file.sections = vec![form.section.clone()];
        Some(self)
    }

    /// The programmes, in the order in which they are shown.
    pub fn decisions(&self) -> &[Decision] {
        &self.file.decisions
    }

    /// The place of a decision by its id.
    pub fn decision_index(&self, id: &str) -> Option<usize> {
        self.file
            .decisions
            .iter()
            .position(|decision| decision.id == id)
    }

    /// Graduation readiness: indicators and grades.
    pub fn readiness(&self) -> &Readiness {
        &self.file.readiness
    }

    /// The line of a parameter that is in force on a day; `None` before its first line or for an unknown key.
    pub fn parameter_on(&self, key: &str, day: Date) -> Option<&ParameterValue> {
        let parameter = self
            .file
            .parameters
            .iter()
            .find(|parameter| parameter.key == key)?;
        in_force(&parameter.values, day, |line| line.from)
    }

    /// The label of a code of a list, such as that of a schedule's option.
    pub fn code_label(&self, list: u16, code: &str) -> Option<&crate::text::Text> {
        let codes = &self.file.code_lists.get(usize::from(list))?.codes;
        codes
            .iter()
            .find(|entry| entry.code == code)
            .map(|entry| &entry.label)
    }

    /// The path by which people name a fact of a family: `housing.floor`, `members.0.birth_date`.
    pub fn path_of(&self, fact: FactRef) -> String {
        let path = self.fact(fact.fact).map_or("", |fact| fact.path.as_str());
        match (fact.member, path.strip_prefix(MEMBERS)) {
            (Some(member), Some(name)) => {
                let mut text = String::from(MEMBERS);
                push_number(&mut text, member);
                text.push('.');
                text.push_str(name);
                text
            }
            _ => String::from(path),
        }
    }

    /// The fact that a path such as `members.0.birth_date` or `housing.floor` names.
    pub fn fact_at(&self, path: &str) -> Option<FactRef> {
        if let Some(rest) = path.strip_prefix(MEMBERS)
            && let Some((member, name)) = rest.split_once('.')
        {
            let member = member.parse().ok()?;
            let place = self
                .file
                .facts
                .iter()
                .position(|fact| fact.path.strip_prefix(MEMBERS) == Some(name))?;
            let fact = FactIndex(u16::try_from(place).ok()?);
            return Some(FactRef {
                fact,
                member: Some(member),
            });
        }
        let fact = self.fact_index(path)?;
        let of_member = self.fact(fact)?.of_member();
        (!of_member).then_some(FactRef { fact, member: None })
    }

    /// The value written for a question that is skipped, where the questionnaire names one.
    pub fn skip_value(&self, section: usize, question: usize) -> Option<&Value> {
        self.file
            .sections
            .get(section)?
            .questions
            .get(question)?
            .skip
            .as_ref()
    }
}

/// What the paths of members' facts begin with.
pub const MEMBERS: &str = "members.";

/// The last line that begins on or before a day. Lines stand in the order of their dates.
pub(crate) fn in_force<T>(lines: &[T], day: Date, from: impl Fn(&T) -> Date) -> Option<&T> {
    lines.iter().rev().find(|line| from(line) <= day)
}

fn push_number(text: &mut String, number: u16) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}
