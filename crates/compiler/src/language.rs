//! The names of the language that conditions are written in. `packs/README.md` explains each of them with an example,
//! and a test holds it to these lists.

/// Functions. What is not listed here cannot be called.
pub const FUNCTIONS: [&str; 9] = [
    "param",
    "years",
    "days_before",
    "size",
    "sum",
    "best",
    "min",
    "max",
    "known",
];

/// Macros over lists.
pub const MACROS: [&str; 5] = ["exists", "all", "exists_one", "filter", "map"];

/// Operators, as they are written.
pub const OPERATORS: [&str; 16] = [
    "&&", "||", "!", "? :", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%",
];

/// Names that stand for something in every pack.
pub const NAMES: [&str; 3] = ["members", "assessed_on", "province"];
