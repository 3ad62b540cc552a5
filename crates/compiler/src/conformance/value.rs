//! Values of the whole language, as the public suite has them: also those that packs do not hold.

use super::time::{Length, Moment};
use std::cmp::Ordering;

/// A value whose type is known only when it is looked at.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Value>),
    /// Keys and values, in the order in which they were written; no key twice.
    Map(Vec<(Value, Value)>),
    /// The name of a type.
    Type(String),
    Moment(Moment),
    Length(Length),
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing takes operands of these types.
    NoOverload(String),
    DivideByZero,
    /// Beyond the bounds of the type.
    Range,
    NoSuchKey,
    RepeatedKey,
    BadKey,
    /// No such place in a list.
    BadIndex,
    /// Nothing is called this.
    Unbound(String),
    /// A text or bytes that cannot be read as another type.
    BadConversion,
    /// A pattern that is none.
    BadPattern,
    /// A variable was given as an error.
    Given,
    /// More work than an expression may ask for.
    TooMuch,
}

/// A value, or why there is none.
pub(crate) type Outcome = Result<Value, Fault>;

impl Value {
    /// The name of its type.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null_type",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Uint(_) => "uint",
            Value::Double(_) => "double",
            Value::Text(_) => "string",
            Value::Bytes(_) => "bytes",
            Value::List(_) => "list",
            Value::Map(_) => "map",
            Value::Type(_) => "type",
            Value::Moment(_) => "google.protobuf.Timestamp",
            Value::Length(_) => "google.protobuf.Duration",
        }
    }

    /// Whether two values are equal as `==` sees it: numbers across types, everything else within its type.
    pub(crate) fn equals(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            (Value::Type(a), Value::Type(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
            }
            (Value::Map(a), Value::Map(b)) => {
                let found = |(key, value): &(Value, Value)| {
                    find(b, key).is_some_and(|other| value.equals(other))
                };
                a.len() == b.len() && a.iter().all(found)
            }
            _ => self.order(other) == Some(Ordering::Equal),
        }
    }

    /// Which of two values comes first, where their types have an order.
    pub(crate) fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            (Value::Bytes(a), Value::Bytes(b)) => Some(a.cmp(b)),
            (Value::Moment(a), Value::Moment(b)) => Some(a.cmp(b)),
            (Value::Length(a), Value::Length(b)) => Some(a.cmp(b)),
            (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
            (Value::Uint(a), Value::Uint(b)) => Some(a.cmp(b)),
            (Value::Int(a), Value::Uint(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
            (Value::Uint(a), Value::Int(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
            (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
            // The suite's own reading: the whole number is made a double, which may lose its last digits.
            (Value::Int(a), Value::Double(b)) => (*a as f64).partial_cmp(b),
            (Value::Double(a), Value::Int(b)) => a.partial_cmp(&(*b as f64)),
            (Value::Uint(a), Value::Double(b)) => (*a as f64).partial_cmp(b),
            (Value::Double(a), Value::Uint(b)) => a.partial_cmp(&(*b as f64)),
            _ => None,
        }
    }

    /// Whether `<` may stand between the two: of types with an order, though not a number (NaN) has none.
    pub(crate) fn can_be_ordered(&self, other: &Value) -> bool {
        self.is_number() && other.is_number() || self.order(other).is_some()
    }

    fn is_number(&self) -> bool {
        matches!(self, Value::Int(_) | Value::Uint(_) | Value::Double(_))
    }
}

/// The value under a key; numbers are found across their types.
pub(crate) fn find<'a>(map: &'a [(Value, Value)], key: &Value) -> Option<&'a Value> {
    map.iter()
        .find(|(known, _)| known.equals(key))
        .map(|(_, value)| value)
}
