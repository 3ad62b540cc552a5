//! Derived values and schedules by name: compiled when they are first read, whatever their order in the file.

mod schedules;

use crate::expression::{self, Scope};
use crate::files::{Files, Parsed};
use crate::finding::{Findings, Place, Problem};
use crate::graph::{Graph, Kind, Typed};
use crate::review::{Asked, Role};
use crate::source::DerivedFileSource;
use crate::units::Units;
use crate::vocabulary::Vocabulary;
use naik_kelas_rules::node::Node;
use naik_kelas_rules::pack::{MEMBERS, Schedule};
use std::collections::{BTreeMap, BTreeSet};

/// What names stand for, and the nodes so far.
pub(crate) struct Names<'a> {
    pub(crate) graph: Graph,
    pub(crate) units: Units,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) findings: Findings,
    pub(crate) facts_read: BTreeSet<u16>,
    /// Facts that questions read, for what they are relevant to and for checks.
    pub(crate) facts_asked_about: BTreeSet<u16>,
    /// Conditions so far, for the findings about what can never hold.
    pub(crate) asked: Vec<Asked>,
    pub(crate) parameters_read: BTreeSet<String>,
    pub(crate) schedules: Vec<Schedule>,
    /// How many parts the expression that is being compiled may still come to.
    pub(crate) parts_left: u32,
    source: Option<&'a Parsed<DerivedFileSource>>,
    /// Derived values that are done; `None` where one could not be compiled, which has been said.
    done: BTreeMap<String, Option<Typed>>,
    in_progress: Vec<String>,
    indicators: Vec<String>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(files: &'a Files, vocabulary: Vocabulary, findings: Findings) -> Names<'a> {
        let indicators = files
            .readiness
            .iter()
            .flat_map(|readiness| &readiness.parsed.indicator);
        Names {
            graph: Graph::default(),
            units: Units::default(),
            vocabulary,
            findings,
            facts_read: BTreeSet::new(),
            facts_asked_about: BTreeSet::new(),
            asked: Vec::new(),
            parameters_read: BTreeSet::new(),
            schedules: Vec::new(),
            parts_left: 0,
            source: files.derived.as_ref(),
            done: BTreeMap::new(),
            in_progress: Vec::new(),
            indicators: indicators
                .map(|indicator| indicator.id.get_ref().clone())
                .collect(),
        }
    }

    /// A derived value by its id; `None` where there is none of that name.
    pub(crate) fn derived(&mut self, id: &str) -> Option<Result<Typed, Problem>> {
        if let Some(done) = self.done.get(id) {
            return Some(done.ok_or_else(already_said));
        }
        // What a schedule pays is defined together with the schedule.
        if let Some(schedule) = id.strip_suffix("_amount")
            && self.schedule_names().any(|known| known == schedule)
        {
            return match self.derived(schedule)? {
                Ok(_) => self.done.get(id).map(|done| done.ok_or_else(already_said)),
                Err(problem) => Some(Err(problem)),
            };
        }
        if !self.derived_names().any(|known| known == id) {
            return None;
        }
        if self.in_progress.iter().any(|other| other == id) {
            let ring = format!("{} → {id}", self.in_progress.join(" → "));
            let advice = "A derived value cannot hang on itself.";
            return Some(Err(Problem::new(
                format!("derived values in a ring: {ring}"),
                advice,
            )));
        }
        self.in_progress.push(id.to_owned());
        self.define(id);
        self.in_progress.pop();
        self.done.get(id).map(|done| done.ok_or_else(already_said))
    }

    /// Names of derived values and schedules.
    pub(crate) fn derived_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let derived = self
            .source
            .into_iter()
            .flat_map(|source| &source.parsed.derived);
        derived
            .map(|derived| derived.id.get_ref().as_str())
            .chain(self.schedule_names())
    }

    fn schedule_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let schedules = self
            .source
            .into_iter()
            .flat_map(|source| &source.parsed.schedule);
        schedules.map(|schedule| schedule.id.get_ref().as_str())
    }

    /// The colour of an indicator, or a count of colours.
    pub(crate) fn of_grades(&mut self, name: &str) -> Option<Typed> {
        let (node, kind) = match name {
            "greens" => (Node::Greens, Kind::Number(0)),
            "reds" => (Node::Reds, Kind::Number(0)),
            name => {
                let place = self
                    .indicators
                    .iter()
                    .position(|indicator| indicator == name)?;
                (Node::Indicator(u16::try_from(place).ok()?), Kind::Colour)
            }
        };
        let node = self.graph.node(node);
        Some(Typed {
            node,
            kind,
            of_member: false,
            money: false,
            unit: None,
        })
    }

    fn define(&mut self, id: &str) {
        let Some(source) = self.source else {
            return;
        };
        if let Some(derived) = source
            .parsed
            .derived
            .iter()
            .find(|derived| derived.id.get_ref() == id)
        {
            let scope = if id.starts_with(MEMBERS) {
                Scope::member()
            } else {
                Scope::family()
            };
            let result = expression::compile(self, derived.expr.get_ref(), &scope);
            let result = result
                .and_then(|typed| fits_scope(id, typed))
                .and_then(|typed| self.in_declared_unit(derived.unit.as_deref(), typed));
            let typed = self.keep(result, |source| source.file.place(&derived.expr));
            self.done.insert(id.to_owned(), typed);
        } else if let Some(schedule) = source
            .parsed
            .schedule
            .iter()
            .find(|schedule| schedule.id.get_ref() == id)
        {
            let typed = self.define_schedule(source, schedule);
            self.done.insert(id.to_owned(), typed);
        }
    }

    fn in_declared_unit(&mut self, unit: Option<&str>, typed: Typed) -> Result<Typed, Problem> {
        let unit = match unit {
            Some(unit) => Some(self.units.declared(unit, typed.unit)?),
            None => typed.unit,
        };
        Ok(Typed { unit, ..typed })
    }

    /// The value of a result, or nothing after its problem has been written down.
    fn keep<'p>(
        &mut self,
        result: Result<Typed, Problem>,
        place: impl Fn(&'a Parsed<DerivedFileSource>) -> Place<'p>,
    ) -> Option<Typed>
    where
        'a: 'p,
    {
        match (result, self.source) {
            (Ok(typed), _) => Some(typed),
            (Err(problem), Some(source)) => {
                if !problem.message.is_empty() {
                    self.findings.error(place(source), problem);
                }
                None
            }
            (Err(_), None) => None,
        }
    }

    /// Keeps a condition for the review of the whole.
    pub(crate) fn ask(&mut self, place: Place<'_>, role: Role, name: String, typed: Typed) {
        self.asked.push(Asked {
            file: place.file.to_owned(),
            line: place.line,
            name,
            node: typed.node,
            of_member: typed.of_member,
            role,
        });
    }

    /// Says where a limit of the pack was passed, if one was just passed.
    pub(crate) fn say_fault(&mut self, place: Place<'_>) {
        let fault = self.graph.fault.take().or_else(|| self.units.fault.take());
        if let Some(problem) = fault
            && !problem.message.is_empty()
        {
            self.findings.error(place, problem);
        }
    }
}

/// The problem stands where the name is defined.
pub(crate) fn already_said() -> Problem {
    Problem::new("", "")
}

fn fits_scope(id: &str, typed: Typed) -> Result<Typed, Problem> {
    match (id.starts_with(MEMBERS), typed.of_member) {
        (false, true) => Err(Problem::new(
            format!("{id} is the family's and reads one member"),
            "Call it members.…, or ask about all members.",
        )),
        _ => Ok(typed),
    }
}
