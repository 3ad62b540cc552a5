//! Whether expressions of two packs are the same: each operation with names for its facts and numbers, and each operand by
//! the same rule, gets one number in both packs.

use naik_kelas_rules::node::Node;
use naik_kelas_rules::pack::PackFile;
use std::collections::HashMap;

/// Numbers of expressions, shared by the packs that are compared.
#[derive(Default)]
pub(super) struct Alike {
    numbers: HashMap<(String, Vec<usize>), usize>,
}

impl Alike {
    /// The number of every node of a pack, in its order.
    pub(super) fn number(&mut self, file: &PackFile) -> Vec<usize> {
        let mut numbers: Vec<usize> = Vec::with_capacity(file.nodes.len());
        for node in &file.nodes {
            let mut operands: Vec<usize> = Vec::new();
            if let Node::Schedule(place) = node {
                let options = file.schedules.get(usize::from(*place));
                for option in options.into_iter().flat_map(|schedule| &schedule.options) {
                    for read in [option.when, option.amount] {
                        operands.extend(numbers.get(usize::from(read)));
                    }
                }
            }
            operands.extend(
                node.reads()
                    .filter_map(|read| numbers.get(usize::from(read))),
            );
            let next = self.numbers.len();
            let key = (own_part(file, node), operands);
            numbers.push(*self.numbers.entry(key).or_insert(next));
        }
        numbers
    }
}

/// The operation, with what it names beside its operands. Codes go by the list's names, not by their places.
fn own_part(file: &PackFile, node: &Node) -> String {
    let list = |place: usize| file.code_lists.get(place).map(|list| &list.codes);
    let named = |list: Option<usize>, bits: u64| -> String {
        let codes = list.and_then(list_of(file)).unwrap_or_default();
        let chosen = codes
            .iter()
            .enumerate()
            .filter(|(place, _)| bits >> place & 1 == 1);
        let chosen: Vec<&str> = chosen.map(|(_, code)| code.as_str()).collect();
        format!("{chosen:?} of {}", codes.len())
    };
    match *node {
        Node::Bool(value) => format!("{value}"),
        Node::Number { value, scale } => format!("{value}e{scale}"),
        Node::Fact(fact) => format!(
            "fact {}",
            file.facts
                .get(usize::from(fact))
                .map_or("", |fact| &fact.path)
        ),
        Node::Parameter(place) => format!("param {}", parameter(file, place)),
        Node::Table { table, .. } => format!(
            "table {}",
            file.tables
                .get(usize::from(table))
                .map_or("", |table| &table.key)
        ),
        Node::Indicator(place) => format!(
            "indicator {}",
            file.readiness
                .indicators
                .get(usize::from(place))
                .map_or("", |it| &it.id)
        ),
        Node::Schedule(place) => {
            let schedule = file.schedules.get(usize::from(place));
            let codes = schedule.and_then(|schedule| list(usize::from(schedule.code_list)));
            let codes: Vec<&str> = codes
                .into_iter()
                .flatten()
                .map(|code| &*code.code)
                .collect();
            format!("schedule {codes:?}")
        }
        Node::OneOf(of, bits) => format!("one of {}", named(code_list(file, of), bits)),
        Node::Includes(of, bit) => {
            format!("includes {}", named(code_list(file, of), 1 << (bit & 63)))
        }
        Node::OneOfParameter(_, place) => format!("one of param {}", parameter(file, place)),
        Node::Compare(how, ..) => format!("{how:?}"),
        Node::Scale(_, digits) => format!("scale {digits}"),
        _ => {
            let name = format!("{node:?}");
            name.split('(').next().unwrap_or_default().to_owned()
        }
    }
}

fn list_of(file: &PackFile) -> impl Fn(usize) -> Option<Vec<String>> {
    |place| {
        let list = file.code_lists.get(place)?;
        Some(list.codes.iter().map(|code| code.code.clone()).collect())
    }
}

fn parameter(file: &PackFile, place: u16) -> &str {
    let parameter = file.parameters.get(usize::from(place));
    parameter.map_or("", |parameter| &parameter.key)
}

/// The list of codes that a node's value comes from.
pub(super) fn code_list(file: &PackFile, node: u16) -> Option<usize> {
    let list = match *file.nodes.get(usize::from(node))? {
        Node::Fact(fact) => file.facts.get(usize::from(fact))?.code_list?,
        Node::Schedule(place) => file.schedules.get(usize::from(place))?.code_list,
        // Both branches are of one list.
        Node::If(_, branch, _) => return code_list(file, branch),
        _ => return None,
    };
    Some(usize::from(list))
}
