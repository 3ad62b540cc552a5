//! What would make a family eligible that is not: changes of facts in its own hands, each tried before it is named.

use super::{ProposedChange, ToChange};
use crate::date::Date;
use crate::evaluate::{Evaluation, Outcome};
use crate::explain::walk::{Purpose, Read};
use crate::node::{Node, NodeId};
use crate::pack::{Change, FactKind, FactRef};
use crate::possible::{ANY_TRUTH, FALSE, Possible, TRUE, all_bits};
use crate::value::Value;

/// The most facts that are proposed to change together.
const MOST_CHANGES: usize = 4;
/// The most proposals for one decision.
const MOST_PROPOSALS: usize = 3;
/// The longest wait that is looked at, in days.
const LONGEST_WAIT: i128 = 36_525;
/// The most combinations that are tried for one decision.
const MOST_TRIED: usize = 200;

/// One change that is being tried.
#[derive(Clone, Copy)]
struct Trial {
    at: FactRef,
    node: NodeId,
    to: Possible,
}

/// What is being looked for, and what was found.
struct Search<'a> {
    tests: &'a [NodeId],
    /// Conditions that nobody is told to bring about.
    never: &'a [NodeId],
    result: NodeId,
    nodes: &'a [NodeId],
    trials: Vec<Trial>,
    found: Vec<Vec<Trial>>,
    tried: usize,
}

impl Evaluation<'_> {
    /// What would make the family eligible for a decision for which it is not; empty where that is not in its
    /// hands, or where facts are missing that would have to be known first.
    pub fn to_change(&mut self, decision: usize) -> Vec<ToChange> {
        let pack = self.pack;
        let Some(definition) = pack.decisions().get(decision) else {
            return Vec::new();
        };
        if self.decision(decision).outcome != Outcome::NotEligible {
            return Vec::new();
        }
        let tests: Vec<NodeId> = definition
            .conditions
            .iter()
            .map(|condition| condition.test)
            .collect();
        let refused = definition
            .conditions
            .iter()
            .filter(|condition| condition.never_propose);
        let never: Vec<NodeId> = refused.map(|condition| condition.test).collect();
        self.ways_to(definition.eligible, &tests, &never)
    }

    /// What would turn an indicator green that is yellow or red for certain; empty as of [`Self::to_change`].
    pub fn to_green(&mut self, indicator: usize) -> Vec<ToChange> {
        let pack = self.pack;
        let Some(definition) = pack.readiness().indicators.get(indicator) else {
            return Vec::new();
        };
        let green = definition.green;
        if self.exact(green, None).truth() != FALSE {
            return Vec::new();
        }
        // Each part by itself: what breaks two of them is mended by two changes.
        let mut parts = vec![green];
        let mut at = 0;
        while let Some(&part) = parts.get(at) {
            match *self.node(part) {
                Node::And(a, b) => {
                    parts[at] = a;
                    parts.insert(at + 1, b);
                }
                _ => at += 1,
            }
        }
        self.ways_to(green, &parts, &[])
    }

    fn ways_to(&mut self, result: NodeId, tests: &[NodeId], never: &[NodeId]) -> Vec<ToChange> {
        let mut proposed: Vec<ToChange> = Vec::new();
        let nodes = self.below(result);
        let (trials, found) = (Vec::new(), Vec::new());
        let mut search = Search {
            tests,
            never,
            result,
            nodes: &nodes,
            trials,
            found,
            tried: 0,
        };
        self.mend_next(&mut search);
        // Few changes come before many.
        let found = search.found;
        let sizes = 1..=MOST_CHANGES;
        for trials in sizes.flat_map(|size| found.iter().filter(move |trials| trials.len() == size))
        {
            let changes: Vec<ProposedChange> = trials
                .iter()
                .filter_map(|trial| self.proposed(trial))
                .collect();
            // The nearest values were tried first: the same facts with other values say nothing new.
            let larger = proposed.iter().any(|known| {
                known
                    .changes
                    .iter()
                    .all(|change| changes.iter().any(|other| other.at == change.at))
            });
            if changes.len() < trials.len() || larger || proposed.len() >= MOST_PROPOSALS {
                continue;
            }
            // Whoever waits grows older, and new law may come: what waiting does not bring is not named.
            if let Some(until) = self.waited_for(result, &changes) {
                proposed.push(ToChange { changes, until });
            }
        }
        proposed
    }

    /// Mends the first condition that does not hold, in each way there is, and goes on with what is left.
    fn mend_next(&mut self, search: &mut Search<'_>) {
        if search.tried >= MOST_TRIED {
            return;
        }
        let broken = search
            .tests
            .iter()
            .copied()
            .find(|test| self.exact(*test, None).truth() == FALSE);
        let Some(test) = broken else {
            if self.exact(search.result, None).truth() == TRUE {
                search.found.push(search.trials.clone());
            }
            return;
        };
        if search.trials.len() >= MOST_CHANGES || search.never.contains(&test) {
            return;
        }
        let mut reads = self.reads();
        self.walk(test, 0, Purpose::Settled, &mut reads);
        for read in reads.found {
            if let Read::Fact(at) = read {
                self.mend_with(search, test, at);
            }
        }
    }

    /// Tries the values of one fact that make a condition hold.
    fn mend_with(&mut self, search: &mut Search<'_>, test: NodeId, at: FactRef) {
        let Some(fact) = self.pack.fact(at.fact) else {
            return;
        };
        let already = search.trials.iter().any(|trial| trial.at == at);
        if fact.change == Change::Never || already || !self.family.knows(self.pack, at) {
            return;
        }
        let is_the_fact =
            |node: &&NodeId| matches!(self.node(**node), Node::Fact(fact) if *fact == at.fact.0);
        let Some(&node) = search.nodes.iter().find(is_the_fact) else {
            return;
        };
        let candidates = match fact.kind {
            FactKind::Date => self.waited(search, test, node, at, fact.change),
            _ => self.candidates(search, node, at, fact.change),
        };
        for to in candidates {
            search.tried += 1;
            let mark = self.mark();
            self.suppose(search.nodes, node, member_of(at), to);
            if self.exact(test, None).truth() == TRUE {
                search.trials.push(Trial { at, node, to });
                self.mend_next(search);
                search.trials.pop();
            }
            self.put_back(mark);
        }
    }

    /// Of a day since when something is: the last one with which a condition holds. That it had been so for longer is to
    /// wait, and whoever waits long enough goes on waiting.
    fn waited(
        &mut self,
        search: &Search<'_>,
        test: NodeId,
        node: NodeId,
        at: FactRef,
        change: Change,
    ) -> Vec<Possible> {
        let Some(now) = self.value(node, member_of(at)).exactly() else {
            return Vec::new();
        };
        if change != Change::Waiting {
            return Vec::new();
        }
        let (mut enough, mut short) = (now - LONGEST_WAIT, now);
        // Halved so often that nothing is left between the two.
        while short - enough > 1 {
            let middle = (enough + short) / 2;
            let mark = self.mark();
            self.suppose(search.nodes, node, member_of(at), Possible::point(middle));
            match self.exact(test, None).truth() {
                TRUE => enough = middle,
                _ => short = middle,
            }
            self.put_back(mark);
        }
        vec![Possible::point(enough)]
    }

    /// Other values of a fact: of a number the nearest in each stretch in which nothing changes.
    fn candidates(
        &mut self,
        search: &Search<'_>,
        node: NodeId,
        at: FactRef,
        change: Change,
    ) -> Vec<Possible> {
        let now = self.value(node, member_of(at));
        let Some(fact) = self.pack.fact(at.fact) else {
            return Vec::new();
        };
        let anything = match (fact.kind, now) {
            (FactKind::Bool, _) => ANY_TRUTH,
            (FactKind::Code, _) => Possible::Code(all_bits(self.pack.codes(at.fact).len())),
            (FactKind::Int | FactKind::Money | FactKind::Decimal, Possible::Number { .. }) => {
                Possible::Number {
                    low: fact.min.map_or(i128::from(i64::MIN), i128::from),
                    high: fact.max.map_or(i128::from(i64::MAX), i128::from),
                }
            }
            _ => return Vec::new(),
        };
        let mark = self.mark();
        self.suppose(search.nodes, node, member_of(at), anything);
        let pieces = self.pieces(search.nodes, node, member_of(at));
        self.put_back(mark);
        let mut values = Vec::new();
        for piece in pieces {
            match (piece, now) {
                (Possible::Number { low, high }, Possible::Number { low: own, .. }) => {
                    // Upwards the nearest comes first by itself, downwards last.
                    if low > own && change != Change::Shed {
                        values.push(Possible::point(low));
                    } else if high < own && matches!(change, Change::Family | Change::Shed) {
                        values.insert(0, Possible::point(high));
                    }
                }
                (Possible::Truth(TRUE), _) if change == Change::Shed => {}
                (Possible::Truth(FALSE), _) if change == Change::Gain => {}
                (piece, now) if piece != now => values.push(piece),
                _ => {}
            }
        }
        values
    }

    /// The day until which these changes make the family wait, `Some(None)` where they do not; `None` where waiting does
    /// not make it eligible.
    fn waited_for(&self, result: NodeId, changes: &[ProposedChange]) -> Option<Option<Date>> {
        let (pack, today) = (self.pack, self.family.assessed_on());
        let mut then = self.family.clone();
        let (mut least, mut most) = (today.days(), today.days());
        for change in changes {
            let fact = pack.fact(change.at.fact)?;
            match (fact.change, &change.from, &change.to) {
                (Change::Waiting, Some(Value::Date(from)), Value::Date(enough)) => {
                    // A year has no fixed number of days: those around are tried too. The fact itself stays.
                    let counted = today.days() + (from.days() - enough.days());
                    least = least.max(counted - 2);
                    most = most.max(counted + 2);
                    continue;
                }
                (Change::Waiting, Some(Value::Int(from)), Value::Int(enough)) => {
                    let months_each = match fact.unit.as_deref() {
                        Some("months") => 1,
                        Some("years") => 12,
                        _ => return None,
                    };
                    let months = (enough - from).checked_mul(months_each)?;
                    let months = i32::try_from(months).ok()?;
                    let counted = today.after_months(months)?.days();
                    (least, most) = (least.max(counted), most.max(counted));
                }
                _ => {}
            }
            then.set(pack, change.at, &change.to).ok()?;
        }
        if most == today.days() {
            return Some(None);
        }
        let mut days = (least..=most).filter_map(Date::from_days);
        let day = days.find(|day| {
            then.set_assessed_on(*day);
            let value = Evaluation::of_decisions(pack, &then).exact(result, None);
            value.truth() == TRUE
        })?;
        Some(Some(day))
    }

    fn proposed(&self, trial: &Trial) -> Option<ProposedChange> {
        let from = self.family.get(self.pack, trial.at).value();
        let to = self.value_of(trial.node, trial.to)?;
        Some(ProposedChange {
            at: trial.at,
            from,
            to,
        })
    }
}

fn member_of(at: FactRef) -> usize {
    at.member.map_or(0, usize::from)
}
