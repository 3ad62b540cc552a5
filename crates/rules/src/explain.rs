//! Why a decision came out as it did: each condition with the facts that settled it, and what is still missing.

mod change;
mod values;
mod walk;

use crate::date::Date;
use crate::evaluate::{Colour, Evaluation, Outcome, ReadinessOutcome};
use crate::family::{Answer, Family};
use crate::node::{Node, NodeId};
use crate::pack::{FactRef, Pack};
use crate::possible::{ERROR, FALSE, Possible, TRUE};
use crate::value::Value;
use walk::{Purpose, Read, Reads};

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds whatever is still unknown.
    Yes,
    /// It does not hold, whatever is still unknown.
    No,
    /// Unknown facts can still make it hold or not.
    Unknown,
    /// It has no result: an amount beyond what can be computed.
    Error,
}

/// One condition of a decision, or one indicator of readiness, and what settled it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Place of the condition in its decision.
    pub condition: usize,
    /// Whether it holds.
    pub truth: Truth,
    /// The facts that settled it, or that it hangs on. Their values are the family's: [`Family::get`].
    pub facts: Vec<FactRef>,
    /// The parameters that it was compared with.
    pub parameters: Vec<ParameterUse>,
}

/// A parameter as it was on the day of the assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterUse {
    /// Place in [`crate::pack::PackFile::parameters`].
    pub parameter: u16,
    /// Its value (thousandths for decimals); `None` where no line is in force.
    pub value: Option<i64>,
    /// From which day it holds.
    pub from: Option<Date>,
}

/// What is not known and could still change a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A fact.
    Fact(FactRef),
    /// A parameter that is not in force on that day: its place in the pack.
    Parameter(u16),
}

/// Changes that together would make the family eligible.
#[derive(Clone, Debug, PartialEq)]
pub struct ToChange {
    /// The changes.
    pub changes: Vec<ProposedChange>,
    /// The first day on which the family is eligible, where it has to wait: it was decided as on that day, with ages and
    /// parameters of then.
    pub until: Option<Date>,
}

/// One fact that would have to be different.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedChange {
    /// The fact.
    pub at: FactRef,
    /// What it is now.
    pub from: Option<Value>,
    /// What it would have to be.
    pub to: Value,
}

/// What one member adds to the amount.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountLine {
    /// The member's place in the family.
    pub member: usize,
    /// The option of the schedule that pays: list of codes and place in it. `None` where there is no schedule, or
    /// where the option is not certain.
    pub component: Option<(u16, usize)>,
    /// Whole rupiah.
    pub amount: i64,
}

/// One decision, explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Every condition, in the order of the pack.
    pub reasons: Vec<Reason>,
    /// What could still change an undetermined outcome, the most deciding first.
    pub missing: Vec<Missing>,
    /// Members who could apply for certain, where the programme names them.
    pub members: Vec<usize>,
    /// What each member adds to the amount, where it is a sum over members.
    pub lines: Vec<AmountLine>,
    /// The least and the most that an eligible family can get while the amount is not certain.
    pub amount_between: Option<(i64, Option<i64>)>,
}

/// Readiness, explained: one reason an indicator, and what could still change the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadinessExplanation {
    /// One an indicator; the truth is yes for green, no for red, unknown for yellow and for not known.
    pub reasons: Vec<Reason>,
    /// What could still change an undetermined outcome.
    pub missing: Vec<Missing>,
}

/// What a name in braces of a text stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    /// A fact of the family, and what is known about it.
    Fact(FactRef, Answer),
    /// A derived value: its place in the pack, and its value where that is certain.
    Derived(usize, Option<Value>),
    /// There is no such name.
    Nothing,
}

/// Explains one decision.
pub fn explain(pack: &Pack, family: &Family, decision: usize) -> Explanation {
    Evaluation::of_decisions(pack, family).explain(decision)
}

/// Explains readiness.
pub fn explain_readiness(pack: &Pack, family: &Family) -> ReadinessExplanation {
    Evaluation::of_decisions(pack, family).explain_readiness()
}

impl Evaluation<'_> {
    /// Explains one decision by its place in the pack; a place that does not exist has nothing to say.
    pub fn explain(&mut self, decision: usize) -> Explanation {
        let mut explanation = Explanation {
            reasons: Vec::new(),
            missing: Vec::new(),
            members: Vec::new(),
            lines: Vec::new(),
            amount_between: None,
        };
        let Some(definition) = self.pack.decisions().get(decision) else {
            return explanation;
        };
        let result = self.decision(decision);
        let mut open = Vec::new();
        let mut reads = self.reads();
        explanation
            .reasons
            .reserve_exact(definition.conditions.len());
        for (place, condition) in definition.conditions.iter().enumerate() {
            let truth = truth_of(self.exact(condition.test, None));
            if truth == Truth::Unknown {
                open.push(condition.test);
            }
            let reason = self.reason(place, truth, &[condition.test], &mut reads);
            explanation.reasons.push(reason);
        }
        if result.outcome == Outcome::Undetermined {
            explanation.missing = self.missing(&open, Some(definition.eligible));
        }
        if let Some(named) = definition.names_members {
            let certain = |member: &usize| self.truth(named, *member) == TRUE;
            explanation.members = (0..self.persons()).filter(certain).collect();
        }
        if let (Outcome::Eligible, Some(amount)) = (result.outcome, definition.amount) {
            explanation.lines = self.amount_lines(amount);
            if let Possible::Number { low, high } = self.exact(amount, None)
                && low != high
                && let Ok(low) = i64::try_from(low)
            {
                explanation.amount_between = Some((low, i64::try_from(high).ok()));
            }
        }
        explanation
    }

    /// Explains readiness.
    pub fn explain_readiness(&mut self) -> ReadinessExplanation {
        let mut reasons = Vec::with_capacity(self.pack.readiness().indicators.len());
        let mut open = Vec::new();
        let mut reads = self.reads();
        let readiness = self.readiness();
        let indicators = self.pack.readiness().indicators.iter();
        for (place, (indicator, colour)) in indicators.zip(readiness.indicators).enumerate() {
            let truth = match colour {
                Colour::Green => Truth::Yes,
                Colour::Red => Truth::No,
                Colour::Yellow => Truth::Unknown,
                Colour::Unknown => {
                    open.extend([indicator.green, indicator.yellow]);
                    Truth::Unknown
                }
            };
            let tests = [indicator.green, indicator.yellow];
            reasons.push(self.reason(place, truth, &tests, &mut reads));
        }
        let protected = self.pack.readiness().protected;
        let mut missing = Vec::new();
        if readiness.outcome == ReadinessOutcome::Undetermined {
            // Being protected comes first, so what decides that comes first.
            missing = self.missing(&[protected], None);
            for other in self.missing(&open, None) {
                if !missing.contains(&other) {
                    missing.push(other);
                }
            }
        }
        ReadinessExplanation { reasons, missing }
    }

    fn reason(
        &self,
        condition: usize,
        truth: Truth,
        tests: &[NodeId],
        reads: &mut Reads,
    ) -> Reason {
        reads.again();
        for &test in tests {
            self.walk(test, 0, Purpose::Settled, reads);
        }
        let facts = reads.found.iter();
        let facts = facts.filter(|read| matches!(read, Read::Fact(_))).count();
        let mut reason = Reason {
            condition,
            truth,
            facts: Vec::with_capacity(facts),
            parameters: Vec::with_capacity(reads.found.len() - facts),
        };
        for read in &reads.found {
            match *read {
                Read::Fact(at) => reason.facts.push(at),
                Read::Parameter(parameter) => reason.parameters.push(self.parameter_use(parameter)),
            }
        }
        reason
    }

    fn parameter_use(&self, parameter: u16) -> ParameterUse {
        let values = &self.pack.file().parameters[usize::from(parameter)].values;
        let line = crate::pack::in_force(values, self.family.assessed_on(), |line| line.from);
        ParameterUse {
            parameter,
            value: line.map(|line| line.value),
            from: line.map(|line| line.from),
        }
    }

    /// What the open tests hang on. With a result to decide, the facts that alone can decide it come first.
    fn missing(&mut self, open: &[NodeId], result: Option<NodeId>) -> Vec<Missing> {
        let mut reads = self.reads();
        for &test in open {
            self.walk(test, 0, Purpose::Open, &mut reads);
        }
        let mut ranked: Vec<(u32, Missing)> = Vec::new();
        for read in reads.found {
            let entry = match read {
                Read::Fact(at) => {
                    let share = result.map_or(0, |result| self.deciding_share(at, result));
                    (share, Missing::Fact(at))
                }
                Read::Parameter(parameter) => (0, Missing::Parameter(parameter)),
            };
            // Behind all that decide as much: the order of the conditions is kept.
            let place = ranked
                .iter()
                .position(|other| other.0 < entry.0)
                .unwrap_or(ranked.len());
            ranked.insert(place, entry);
        }
        ranked.into_iter().map(|(_, missing)| missing).collect()
    }

    /// In how many of 1,000 cases knowing this fact alone would decide a result.
    fn deciding_share(&mut self, at: FactRef, result: NodeId) -> u32 {
        let nodes = self.below(result);
        let is_the_fact = |node: &&NodeId| *self.node(**node) == Node::Fact(at.fact.0);
        let Some(&node) = nodes.iter().find(is_the_fact) else {
            return 0;
        };
        let member = at.member.map_or(0, usize::from);
        let pieces = self.pieces(&nodes, node, member);
        let tried = pieces.len() as u32;
        let mut decided = 0;
        for piece in pieces {
            let mark = self.mark();
            self.suppose(&nodes, node, member, piece);
            decided += u32::from(self.exact(result, None).is_certain());
            self.put_back(mark);
        }
        (decided * 1000).checked_div(tried).unwrap_or(0)
    }

    /// Every node that a result is made of, members' too, in the order of evaluation.
    fn below(&self, result: NodeId) -> Vec<NodeId> {
        let mut inside = vec![false; usize::from(result) + 1];
        inside[usize::from(result)] = true;
        let mut nodes = Vec::new();
        for place in (0..inside.len()).rev() {
            if inside[place] {
                nodes.push(place as NodeId);
                self.reads_any(place as NodeId, |read| {
                    inside[usize::from(read)] = true;
                    false
                });
            }
        }
        nodes.reverse();
        nodes
    }
}

fn truth_of(value: Possible) -> Truth {
    match value.truth() {
        TRUE => Truth::Yes,
        FALSE => Truth::No,
        ERROR => Truth::Error,
        _ => Truth::Unknown,
    }
}
