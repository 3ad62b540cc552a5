//! Schedules: the best paid option of each member, and what it pays.

use super::Names;
use crate::expression::{self, Scope};
use crate::files::Parsed;
use crate::finding::Problem;
use crate::graph::{Kind, Typed};
use crate::review::Role;
use crate::source::{DerivedFileSource, ScheduleSource};
use naik_kelas_rules::Text;
use naik_kelas_rules::node::Node;
use naik_kelas_rules::pack::{Code, CodeList, MEMBERS, Schedule, ScheduleOption};

/// What a schedule gives for a member to whom nothing applies.
const NOTHING: &str = "none";

impl<'a> Names<'a> {
    pub(super) fn define_schedule(
        &mut self,
        source: &'a Parsed<DerivedFileSource>,
        schedule: &'a ScheduleSource,
    ) -> Option<Typed> {
        let id = schedule.id.get_ref();
        if !id.starts_with(MEMBERS) {
            let problem = Problem::new(
                format!("the schedule {id} is not about members"),
                "Begin its id with members.",
            );
            self.findings
                .error(source.file.place(&schedule.id), problem);
            return None;
        }
        let mut options = Vec::new();
        let mut unit = None;
        let mut codes = Vec::new();
        for option in &schedule.option {
            let when = expression::condition(self, option.when.get_ref(), &Scope::member());
            let when = self.keep(when, |source| source.file.place(&option.when));
            if let Some(when) = when {
                let name = format!("the option {} of {id}", option.code.get_ref());
                self.ask(source.file.place(&option.when), Role::Option, name, when);
            }
            let amount = expression::amount(self, option.amount.get_ref(), &Scope::family());
            let amount = self.keep(amount, |source| source.file.place(&option.amount));
            unit = self.units.same(unit, amount.and_then(|amount| amount.unit));
            self.say_fault(source.file.place(&option.amount));
            codes.push(Code {
                code: option.code.get_ref().clone(),
                label: option.label.text(),
                dtsen: None,
            });
            if let (Some(when), Some(amount)) = (when, amount) {
                options.push(ScheduleOption {
                    when: when.node,
                    amount: amount.node,
                });
            }
        }
        if options.len() != schedule.option.len() {
            return None;
        }
        let label = Text {
            id: "tidak ada".to_owned(),
            en: "none".to_owned(),
        };
        codes.push(Code {
            code: NOTHING.to_owned(),
            label,
            dtsen: None,
        });
        let code_list = self.vocabulary.add_code_list(CodeList { codes });
        let label = schedule.label.as_ref().map(|label| label.text());
        let place = u16::try_from(self.schedules.len()).ok()?;
        self.schedules.push(Schedule {
            id: id.clone(),
            label,
            options,
            code_list,
        });
        let node = self
            .graph
            .schedule(place, &self.schedules[usize::from(place)]);
        let typed = Typed {
            node,
            kind: Kind::Code(code_list),
            of_member: true,
            money: false,
            unit: None,
        };
        let amount = self.graph.node(Node::ScheduleAmount(node));
        self.say_fault(source.file.place(&schedule.id));
        let pays = Typed {
            node: amount,
            kind: Kind::Number(0),
            of_member: true,
            money: true,
            unit,
        };
        self.done.insert(format!("{id}_amount"), Some(pays));
        Some(typed)
    }
}
