//! Operators on whole values: arithmetic, comparison, indexing. Logic and `? :` decide what is evaluated at all and
//! stand in `evaluate`.

use super::value::{Fault, Outcome, Value, find};
use cel::common::ast::operators;
use std::cmp::Ordering;

/// An operator with two operands; `None` where the name is not an operator's.
pub(crate) fn binary(name: &str, a: &Value, b: &Value) -> Option<Outcome> {
    Some(match name {
        operators::EQUALS => Ok(Value::Bool(a.equals(b))),
        operators::NOT_EQUALS => Ok(Value::Bool(!a.equals(b))),
        operators::LESS => ordered(name, a, b, Ordering::is_lt),
        operators::LESS_EQUALS => ordered(name, a, b, Ordering::is_le),
        operators::GREATER => ordered(name, a, b, Ordering::is_gt),
        operators::GREATER_EQUALS => ordered(name, a, b, Ordering::is_ge),
        operators::ADD => add(a, b),
        operators::SUBSTRACT => subtract(a, b),
        operators::MULTIPLY => multiply(a, b),
        operators::DIVIDE => divide(a, b),
        operators::MODULO => remainder(a, b),
        operators::IN => one_of(a, b),
        operators::INDEX => index(a, b),
        _ => return None,
    })
}

/// An operator with one operand.
pub(crate) fn unary(name: &str, a: &Value) -> Option<Outcome> {
    Some(match (name, a) {
        (operators::LOGICAL_NOT, Value::Bool(value)) => Ok(Value::Bool(!value)),
        (operators::NEGATE, Value::Int(number)) => {
            number.checked_neg().map(Value::Int).ok_or(Fault::Range)
        }
        (operators::NEGATE, Value::Double(number)) => Ok(Value::Double(-number)),
        (operators::LOGICAL_NOT | operators::NEGATE, other) => {
            Err(Fault::NoOverload(format!("{name}({})", other.type_name())))
        }
        _ => return None,
    })
}

fn none(name: &str, a: &Value, b: &Value) -> Fault {
    Fault::NoOverload(format!("{name}({}, {})", a.type_name(), b.type_name()))
}

fn ordered(name: &str, a: &Value, b: &Value, holds: fn(Ordering) -> bool) -> Outcome {
    match a.can_be_ordered(b) {
        true => Ok(Value::Bool(a.order(b).is_some_and(holds))),
        false => Err(none(name, a, b)),
    }
}

fn add(a: &Value, b: &Value) -> Outcome {
    let sum = match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.checked_add(*b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => a.checked_add(*b).map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => Some(Value::Double(a + b)),
        (Value::Text(a), Value::Text(b)) => Some(Value::Text(format!("{a}{b}"))),
        (Value::Bytes(a), Value::Bytes(b)) => Some(Value::Bytes([a.as_slice(), b].concat())),
        (Value::List(a), Value::List(b)) => Some(Value::List([a.as_slice(), b].concat())),
        (Value::Moment(moment), Value::Length(length))
        | (Value::Length(length), Value::Moment(moment)) => moment.plus(*length).map(Value::Moment),
        (Value::Length(a), Value::Length(b)) => a.plus(*b).map(Value::Length),
        _ => return Err(none("+", a, b)),
    };
    sum.ok_or(Fault::Range)
}

fn subtract(a: &Value, b: &Value) -> Outcome {
    let difference = match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.checked_sub(*b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => a.checked_sub(*b).map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => Some(Value::Double(a - b)),
        (Value::Moment(a), Value::Moment(b)) => a.since(*b).map(Value::Length),
        (Value::Moment(moment), Value::Length(length)) => moment.minus(*length).map(Value::Moment),
        (Value::Length(a), Value::Length(b)) => a.minus(*b).map(Value::Length),
        _ => return Err(none("-", a, b)),
    };
    difference.ok_or(Fault::Range)
}

fn multiply(a: &Value, b: &Value) -> Outcome {
    let product = match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.checked_mul(*b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => a.checked_mul(*b).map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => Some(Value::Double(a * b)),
        _ => return Err(none("*", a, b)),
    };
    product.ok_or(Fault::Range)
}

fn divide(a: &Value, b: &Value) -> Outcome {
    let quotient = match (a, b) {
        (Value::Int(_), Value::Int(0)) | (Value::Uint(_), Value::Uint(0)) => {
            return Err(Fault::DivideByZero);
        }
        (Value::Int(a), Value::Int(b)) => a.checked_div(*b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => a.checked_div(*b).map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => Some(Value::Double(a / b)),
        _ => return Err(none("/", a, b)),
    };
    quotient.ok_or(Fault::Range)
}

fn remainder(a: &Value, b: &Value) -> Outcome {
    let rest = match (a, b) {
        (Value::Int(_), Value::Int(0)) | (Value::Uint(_), Value::Uint(0)) => {
            return Err(Fault::DivideByZero);
        }
        (Value::Int(a), Value::Int(b)) => a.checked_rem(*b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => a.checked_rem(*b).map(Value::Uint),
        _ => return Err(none("%", a, b)),
    };
    rest.ok_or(Fault::Range)
}

fn one_of(a: &Value, b: &Value) -> Outcome {
    match b {
        Value::List(list) => Ok(Value::Bool(list.iter().any(|element| element.equals(a)))),
        Value::Map(map) => Ok(Value::Bool(find(map, a).is_some())),
        _ => Err(none("in", a, b)),
    }
}

fn index(a: &Value, b: &Value) -> Outcome {
    match a {
        Value::List(list) => {
            let place = match b {
                Value::Int(place) => usize::try_from(*place).ok(),
                Value::Uint(place) => usize::try_from(*place).ok(),
                Value::Double(place) if place.fract() == 0.0 && *place >= 0.0 => {
                    Some(*place as usize)
                }
                _ => None,
            };
            place
                .and_then(|place| list.get(place).cloned())
                .ok_or(Fault::BadIndex)
        }
        Value::Map(map) => find(map, b).cloned().ok_or(Fault::NoSuchKey),
        _ => Err(none("[]", a, b)),
    }
}
