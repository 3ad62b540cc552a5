//! What a case uses that this language does not have: protobuf, and libraries beside the standard one.

use cel::common::ast::{CallExpr, EntryExpr, Expr, IdedExpr, operators};

const MESSAGES: &str = "protobuf messages";
const OPTIONALS: &str = "optional values";

/// Namespaces of libraries beside the standard one.
const LIBRARIES: [(&str, &str); 9] = [
    ("math", "the library math"),
    ("base64", "the library encoders"),
    ("strings", "the library strings"),
    ("sets", "the library sets"),
    ("lists", "the library lists"),
    ("regex", "the library regex"),
    ("proto", MESSAGES),
    ("optional", OPTIONALS),
    ("cel", "the library block"),
];

/// Functions of libraries beside the standard one.
const FUNCTIONS: [(&str, &[&str]); 5] = [
    (
        "the library strings",
        &[
            "charAt",
            "indexOf",
            "lastIndexOf",
            "lowerAscii",
            "upperAscii",
            "replace",
            "split",
            "substring",
            "trim",
            "join",
            "format",
            "quote",
            "reverse",
        ],
    ),
    (
        "the library network",
        &[
            "ip",
            "cidr",
            "isIP",
            "isCIDR",
            "family",
            "isUnspecified",
            "isLoopback",
            "isGlobalUnicast",
            "isLinkLocalMulticast",
            "isLinkLocalUnicast",
            "isCanonical",
            "containsIP",
            "containsCIDR",
            "masked",
            "prefixLength",
        ],
    ),
    (
        OPTIONALS,
        &[
            "orValue",
            "or",
            "hasValue",
            "value",
            "optMap",
            "optFlatMap",
            "optional_type",
        ],
    ),
    (
        "the library lists",
        &[
            "flatten", "slice", "sort", "sortBy", "distinct", "first", "last",
        ],
    ),
    ("protobuf enums", &["enum"]),
];

/// The first reason why an expression is outside, if there is one.
pub(crate) fn reason(expression: &IdedExpr) -> Option<&'static str> {
    match &expression.expr {
        Expr::Struct(_) => Some(MESSAGES),
        Expr::Call(call) => of_call(call),
        Expr::Select(select) => reason(&select.operand),
        Expr::List(list) => match list.optional_indices.is_empty() {
            true => list.elements.iter().find_map(reason),
            false => Some(OPTIONALS),
        },
        Expr::Map(map) => map.entries.iter().find_map(|entry| match &entry.expr {
            EntryExpr::MapEntry(entry) if entry.optional => Some(OPTIONALS),
            EntryExpr::MapEntry(entry) => reason(&entry.key).or_else(|| reason(&entry.value)),
            EntryExpr::StructField(_) => Some(MESSAGES),
        }),
        Expr::Comprehension(inner) => {
            let parts = [
                &inner.iter_range,
                &inner.accu_init,
                &inner.loop_step,
                &inner.result,
            ];
            parts.into_iter().find_map(reason)
        }
        Expr::Ident(name) if name == "optional_type" => Some(OPTIONALS),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => None,
    }
}

fn of_call(call: &CallExpr) -> Option<&'static str> {
    let name = call.func_name.as_str();
    if matches!(name, operators::OPT_INDEX | operators::OPT_SELECT) {
        return Some(OPTIONALS);
    }
    if let Some(Expr::Ident(root)) = call.target.as_deref().map(|target| &target.expr)
        && !(root == "cel" && name == "bind")
        && let Some((_, library)) = LIBRARIES.iter().find(|(known, _)| known == root)
    {
        return Some(library);
    }
    let function = FUNCTIONS.iter().find(|(_, names)| names.contains(&name));
    if let Some((library, _)) = function {
        return Some(library);
    }
    let target = call.target.as_deref();
    target.into_iter().chain(&call.args).find_map(reason)
}
