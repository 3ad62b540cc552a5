//! What to ask: which questions apply to this family, what their answers break, and how far the work has come.

use crate::evaluate::Evaluation;
use crate::family::{Answer, Family};
use crate::node::NodeId;
use crate::pack::{Fact, FactRef, Pack, Question, Section};
use crate::possible::{FALSE, TRUE};
use crate::value::Value;

/// The questionnaire as it applies to one family.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// One entry a section, in the order of the pack.
    pub sections: Vec<SectionState>,
}

/// One section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionState {
    /// Whether it is asked at all.
    pub asked: bool,
    /// Its questions in order; in a roster all questions of the first member, then of the second, and so on.
    pub entries: Vec<Entry>,
    /// How many asked questions have an answer; "don't know" is one.
    pub answered: usize,
    /// How many questions are asked.
    pub total: usize,
}

/// One question, to the family or to one member.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Place of the question in its section.
    pub question: usize,
    /// The fact that it asks for, of the member who is asked.
    pub at: FactRef,
    /// Whether it is asked.
    pub relevance: Relevance,
    /// The checks that its answer breaks: places in the question.
    pub violations: Vec<usize>,
}

/// Whether a question is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Relevance {
    /// It applies, or could apply as far as is known.
    Asked,
    /// It does not apply; the value is written for it where the questionnaire names one, otherwise it is left out.
    Skipped(Option<Value>),
}

/// What to ask of a family.
pub fn form(pack: &Pack, family: &Family) -> Form {
    Evaluation::new(pack, family).form()
}

impl Evaluation<'_> {
    /// What to ask of the family. The evaluation must be a whole one: [`Evaluation::new`].
    pub fn form(&mut self) -> Form {
        let sections = self.pack.sections().iter();
        Form {
            sections: sections.map(|section| self.section(section)).collect(),
        }
    }

    /// Whether a condition about the family is certain to hold.
    pub fn holds(&mut self, condition: NodeId) -> bool {
        self.exact(condition, None).truth() == TRUE
    }

    fn section(&mut self, section: &Section) -> SectionState {
        let asked = self.applies(section.relevant, 0);
        let mut state = SectionState {
            asked,
            entries: Vec::new(),
            answered: 0,
            total: 0,
        };
        let persons = if section.roster { self.persons() } else { 1 };
        for person in 0..persons {
            for (place, question) in section.questions.iter().enumerate() {
                // Where a family is registered, one page asks about the family and about its first person.
                let fact = self.pack.fact(question.fact_index());
                let of_member = fact.is_some_and(Fact::of_member);
                let member = of_member.then_some(person as u16);
                let entry = self.entry(place, question, member, asked);
                if entry.relevance == Relevance::Asked {
                    state.total += 1;
                    let answer = self.family.get(self.pack, entry.at);
                    state.answered += usize::from(answer != Answer::Absent);
                }
                state.entries.push(entry);
            }
        }
        state
    }

    fn entry(
        &mut self,
        place: usize,
        question: &Question,
        member: Option<u16>,
        asked: bool,
    ) -> Entry {
        let at = FactRef {
            fact: question.fact_index(),
            member,
        };
        let person = member.map_or(0, usize::from);
        let relevance = match asked && self.applies(question.relevant, person) {
            true => Relevance::Asked,
            false => Relevance::Skipped(question.skip.clone()),
        };
        let mut violations = Vec::new();
        if relevance == Relevance::Asked && self.family.knows(self.pack, at) {
            for (number, check) in question.checks.iter().enumerate() {
                if self.exact(check.test, Some(person)).truth() == FALSE {
                    violations.push(number);
                }
            }
        }
        Entry {
            question: place,
            at,
            relevance,
            violations,
        }
    }

    /// A question is left out only where it is certain that it does not apply.
    fn applies(&mut self, relevant: Option<NodeId>, member: usize) -> bool {
        relevant.is_none_or(|relevant| self.exact(relevant, Some(member)).truth() != FALSE)
    }
}
