//! Equality and membership: numbers, days, truths, codes as written, and lists of them.

use super::operators::compare;
use super::{Meaning, Scope, functions, meaning, spelled, value};
use crate::finding::Problem;
use crate::graph::{Kind, Typed};
use crate::names::Names;
use cel::common::ast::IdedExpr;
use naik_kelas_rules::node::{Comparison, Node};
use naik_kelas_rules::pack::ParameterKind;

/// The colours of indicators, in the order of their bits.
const COLOURS: [&str; 3] = ["green", "yellow", "red"];

pub(super) fn equal(
    names: &mut Names<'_>,
    a: &IdedExpr,
    b: &IdedExpr,
    scope: &Scope,
) -> Result<Typed, Problem> {
    let (left, right) = (meaning(names, a, scope)?, meaning(names, b, scope)?);
    same(names, &left, &right)?.ok_or_else(|| {
        Problem::new(
            format!("`{}` and `{}` cannot be compared", spelled(a), spelled(b)),
            "Compare numbers with numbers, days with days, and a fact with codes with one of its codes.",
        )
    })
}

/// Whether two things are the same; nothing where they cannot be.
fn same(names: &mut Names<'_>, left: &Meaning, right: &Meaning) -> Result<Option<Typed>, Problem> {
    Ok(match (left, right) {
        (Meaning::Value(typed), Meaning::Literal(code))
        | (Meaning::Literal(code), Meaning::Value(typed)) => {
            Some(code_in(names, *typed, std::slice::from_ref(code))?)
        }
        // Two codes as written: elements of lists that are gone through.
        (Meaning::Literal(a), Meaning::Literal(b)) => Some(names.graph.bool(a == b)),
        (Meaning::Value(a), Meaning::Value(b))
            if a.kind == Kind::Truth && b.kind == Kind::Truth =>
        {
            let of_member = a.of_member || b.of_member;
            Some(
                names
                    .graph
                    .truth(Node::SameTruth(a.node, b.node), of_member),
            )
        }
        (Meaning::Value(a), Meaning::Value(b)) => compare(names, Comparison::Equal, *a, *b),
        _ => None,
    })
}

/// `a in b`.
pub(super) fn one_of(
    names: &mut Names<'_>,
    a: &IdedExpr,
    b: &IdedExpr,
    scope: &Scope,
) -> Result<Typed, Problem> {
    if let Some(parameter) = functions::list_parameter(names, b)? {
        return in_parameter(names, a, parameter, scope);
    }
    match (meaning(names, a, scope)?, meaning(names, b, scope)?) {
        (Meaning::Literal(code), Meaning::Value(typed)) => match typed.kind {
            Kind::Codes(list) => {
                let bit = names.vocabulary.code(list, &code)?;
                Ok(names
                    .graph
                    .truth(Node::Includes(typed.node, bit), typed.of_member))
            }
            _ => Err(Problem::new(
                format!("`{}` does not hold several codes", spelled(b)),
                "Use == here.",
            )),
        },
        (Meaning::Value(sought), Meaning::Value(held))
            if matches!(held.kind, Kind::Codes(_)) && matches!(sought.kind, Kind::Code(_)) =>
        {
            in_codes(names, sought, held).ok_or_else(|| {
            Problem::new(
                format!(
                    "`{}` and `{}` do not have the same codes",
                    spelled(a),
                    spelled(b)
                ),
                "A fact with one code stands in a fact with several of the same list (codes_of).",
            )
        })
        }
        (element, Meaning::List(elements)) => in_list(names, &element, elements),
        _ => Err(Problem::new(
            "`in` needs a list on its right",
            "Write in ['a', 'b'], or in param('list key').",
        )),
    }
}

/// Whether the code of one fact is among the codes of another: each code of their list is tried.
fn in_codes(names: &mut Names<'_>, sought: Typed, held: Typed) -> Option<Typed> {
    let (Kind::Code(list), Kind::Codes(of)) = (sought.kind, held.kind) else {
        return None;
    };
    if list != of {
        return None;
    }
    let codes: Vec<String> = names
        .vocabulary
        .code_names(list)
        .map(str::to_owned)
        .collect();
    let mut found: Option<Typed> = None;
    for (bit, code) in codes.iter().enumerate() {
        let is = code_in(names, sought, std::slice::from_ref(code)).ok()?;
        let node = Node::Includes(held.node, u8::try_from(bit).ok()?);
        let holds = names.graph.truth(node, held.of_member);
        let both = names.graph.and(is, holds);
        found = Some(found.map_or(both, |found| names.graph.or(found, both)));
    }
    found
}

/// Whether something is in a list as written. An element with a condition counts only where its condition holds.
fn in_list(
    names: &mut Names<'_>,
    sought: &Meaning,
    elements: Vec<(Option<Typed>, Meaning)>,
) -> Result<Typed, Problem> {
    let codes = elements.iter().map(|element| match element {
        (None, Meaning::Literal(code)) => Some(code.clone()),
        _ => None,
    });
    // One test of many codes, rather than many tests of one.
    if let (Meaning::Value(typed), Some(codes)) = (sought, codes.collect::<Option<Vec<String>>>())
        && !codes.is_empty()
    {
        return code_in(names, *typed, &codes);
    }
    let mut found: Option<Typed> = None;
    for (filter, element) in elements {
        let same = same(names, sought, &element)?.ok_or_else(|| {
            Problem::new(
                "an element of the list is of another kind",
                "Make all elements of one kind.",
            )
        })?;
        let same = filter.map_or(same, |filter| names.graph.and(filter, same));
        found = Some(found.map_or(same, |found| names.graph.or(found, same)));
    }
    // Nothing is in an empty list.
    Ok(found.unwrap_or_else(|| names.graph.bool(false)))
}

/// Whether a value is one of some codes.
fn code_in(names: &mut Names<'_>, typed: Typed, codes: &[String]) -> Result<Typed, Problem> {
    let mut mask = 0u64;
    for code in codes {
        let place = match typed.kind {
            Kind::Code(list) => names.vocabulary.code(list, code)?,
            Kind::Colour => match COLOURS.iter().position(|colour| colour == code) {
                Some(place) => place as u8,
                None => {
                    return Err(Problem::new(
                        format!("'{code}' is not a colour"),
                        "Write green, yellow or red.",
                    ));
                }
            },
            _ => {
                return Err(Problem::new(
                    format!("only facts with codes can be compared with the text '{code}'"),
                    "A region is used in param(\"...\", province); free text decides nothing.",
                ));
            }
        };
        mask |= 1 << place;
    }
    Ok(names
        .graph
        .truth(Node::OneOf(typed.node, mask), typed.of_member))
}

/// Whether a code is one of those in a list parameter.
fn in_parameter(
    names: &mut Names<'_>,
    a: &IdedExpr,
    parameter: u16,
    scope: &Scope,
) -> Result<Typed, Problem> {
    let typed = value(names, a, scope)?;
    let Kind::Code(list) = typed.kind else {
        return Err(Problem::new(
            format!("`{}` has no codes", spelled(a)),
            "Only codes are looked up in a list parameter.",
        ));
    };
    let parameter_of =
        |names: &Names<'_>| names.vocabulary.parameters[usize::from(parameter)].clone();
    let definition = parameter_of(names);
    debug_assert_eq!(definition.kind, ParameterKind::List);
    for code in definition
        .values
        .iter()
        .flat_map(|line| line.list.iter().flatten())
    {
        names
            .vocabulary
            .code(list, code)
            .map_err(|problem| Problem {
                message: format!(
                    "{} holds a code that is not known: {}",
                    definition.key, problem.message
                ),
                ..problem
            })?;
    }
    match definition.code_list {
        Some(other) if other != list => {
            return Err(Problem::new(
                format!("{} is compared with two lists of codes", definition.key),
                "Use two parameters.",
            ));
        }
        _ => names.vocabulary.parameters[usize::from(parameter)].code_list = Some(list),
    }
    Ok(names
        .graph
        .truth(Node::OneOfParameter(typed.node, parameter), typed.of_member))
}
