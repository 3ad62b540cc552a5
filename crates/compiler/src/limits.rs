//! How much an expression may ask for, so that whatever is written gives findings and an end.

use crate::finding::Problem;
use cel::common::ast::{EntryExpr, Expr, IdedExpr};
use naik_kelas_rules::pack::MOST_DEPTH;

/// The most characters of one expression.
const MOST_CHARACTERS: usize = 10_000;
/// How deep an expression may be nested.
const MOST_NESTED: usize = 64;
/// The most parts of one expression, with those that its loops over written lists come to.
pub(crate) const MOST_PARTS: u32 = 4_000;
/// The most nodes of a pack. The first pack has about five hundred.
pub(crate) const MOST_NODES: usize = 8_192;

const ADVICE: &str = "Give parts of it names as derived values, or write less in one expression.";

/// Stack for the parser, which needs some 60 kB for each level of nesting. Only what is touched is ever used.
const STACK: usize = 256 << 20;

/// Runs something on a stack that is large enough for every expression that the limits allow.
pub(crate) fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        match thread.spawn_scoped(scope, work)?.join() {
            Ok(done) => Ok(done),
            // What went wrong there goes wrong here, as if there had been no other stack.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Parses an expression of a pack within the limits.
pub(crate) fn parse(text: &str) -> Result<IdedExpr, Problem> {
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        return Err(Problem::new(
            format!(
                "this expression has {length} characters, and at most {MOST_CHARACTERS} are read"
            ),
            ADVICE,
        ));
    }
    let parser = cel::parser::Parser::new().max_recursion_depth(MOST_NESTED as u16);
    let expression = parser.parse(text).map_err(|errors| {
        let said = errors
            .errors
            .first()
            .map(|error| (error.pos.1, error.msg.clone()));
        let (column, message) = said.unwrap_or((0, "it cannot be read".to_owned()));
        match message.contains("Recursion limit") {
            true => too_deep(),
            false => Problem::new(
                format!(
                    "not a CEL expression: {message} (at character {column} of `{}`)",
                    cut(text)
                ),
                "packs/README.md lists what an expression may hold.",
            ),
        }
    })?;
    match depth(&expression) > MOST_NESTED {
        true => Err(too_deep()),
        false => Ok(expression),
    }
}

fn too_deep() -> Problem {
    Problem::new(
        format!("this expression is nested deeper than {MOST_NESTED} levels"),
        ADVICE,
    )
}

/// What to say about an expression that comes to too many parts.
pub(crate) fn too_many_parts() -> Problem {
    Problem::new(
        format!(
            "this expression comes to more than {MOST_PARTS} parts, as its loops over lists are written out"
        ),
        "Go through `members` rather than through written lists in one another.",
    )
}

/// What to say about an expression whose nodes hang on one another in too long a chain.
pub(crate) fn too_long_a_chain() -> Problem {
    Problem::new(
        format!(
            "this expression, with the derived values that it reads, is a chain of more than {MOST_DEPTH} steps"
        ),
        ADVICE,
    )
}

/// What to say where a pack has no room for an expression.
pub(crate) fn too_many_nodes() -> Problem {
    Problem::new(
        format!("with this expression the pack has more than {MOST_NODES} nodes"),
        "Write what several conditions share as one derived value, or split the pack in two.",
    )
}

/// The beginning of a text, for findings.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// How many levels of an expression are within one another.
fn depth(expression: &IdedExpr) -> usize {
    let deepest = |parts: &mut dyn Iterator<Item = &IdedExpr>| parts.map(depth).max().unwrap_or(0);
    1 + match &expression.expr {
        Expr::Call(call) => deepest(&mut call.target.as_deref().into_iter().chain(&call.args)),
        Expr::Select(select) => depth(&select.operand),
        Expr::List(list) => deepest(&mut list.elements.iter()),
        Expr::Comprehension(inner) => {
            deepest(&mut [&inner.iter_range, &inner.accu_init, &inner.loop_step].into_iter())
        }
        Expr::Map(map) => {
            let entries = map.entries.iter().map(|entry| match &entry.expr {
                EntryExpr::MapEntry(entry) => depth(&entry.key).max(depth(&entry.value)),
                EntryExpr::StructField(field) => depth(&field.value),
            });
            entries.max().unwrap_or(0)
        }
        Expr::Struct(message) => {
            let fields = message.entries.iter().map(|entry| match &entry.expr {
                EntryExpr::MapEntry(entry) => depth(&entry.key).max(depth(&entry.value)),
                EntryExpr::StructField(field) => depth(&field.value),
            });
            fields.max().unwrap_or(0)
        }
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => 0,
    }
}
