//! Numbers of the law with their dates, and tables of them.

use crate::date::Date;
use crate::text::Text;
use minicbor::Encode;

/// What kind of value a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
#[cbor(index_only)]
pub enum ParameterKind {
    /// A whole number.
    #[default]
    #[n(0)]
    Int,
    /// Whole rupiah.
    #[n(1)]
    Money,
    /// Thousandths.
    #[n(2)]
    Decimal,
    /// A list of codes.
    #[n(3)]
    List,
}

impl ParameterKind {
    /// All of them, in the order of their numbers.
    pub const ALL: [ParameterKind; 4] = [
        ParameterKind::Int,
        ParameterKind::Money,
        ParameterKind::Decimal,
        ParameterKind::List,
    ];
}

/// A number of the law, with its dates.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Parameter {
    /// Key, such as `pkh.desil_max`.
    #[n(0)]
    pub key: String,
    /// Kind of its values.
    #[n(1)]
    pub kind: ParameterKind,
    /// Unit.
    #[n(2)]
    pub unit: Option<String>,
    /// Label for people.
    #[n(3)]
    pub label: Text,
    /// Lines in the order of their dates.
    #[n(4)]
    pub values: Vec<ParameterValue>,
    /// For a list that conditions read: the list whose codes it names.
    #[n(5)]
    pub code_list: Option<u16>,
}

/// A value that holds from a day until the next line.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct ParameterValue {
    /// First day.
    #[n(0)]
    pub from: Date,
    /// The value (thousandths for decimals, 0 for lists).
    #[n(1)]
    pub value: i64,
    /// The codes of a list, in order.
    #[n(2)]
    pub list: Option<Vec<String>>,
    /// Legal basis.
    #[n(3)]
    pub law: Option<String>,
    /// What a reader should know about this line.
    #[n(4)]
    pub note: Option<String>,
}

/// What chooses a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Encode)]
pub enum TableKey {
    /// The family's region: two digits for a province, four for a regency, which comes first.
    #[default]
    #[n(0)]
    Region,
    /// A code of this list.
    #[n(1)]
    Code(#[n(0)] u16),
}

/// A parameter by region or by code.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Table {
    /// Key, such as `minimum_wage`.
    #[n(0)]
    pub key: String,
    /// What chooses the row.
    #[n(1)]
    pub by: TableKey,
    /// Label for people.
    #[n(2)]
    pub label: Option<Text>,
    /// Legal basis.
    #[n(3)]
    pub law: Option<String>,
    /// Rows in the order of their keys, each key's in the order of their dates.
    #[n(4)]
    pub rows: Vec<TableRow>,
}

/// One row: the key, the first day, the value in whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub struct TableRow {
    /// Region as a number (11, 3209), or place of the code in its list.
    #[n(0)]
    pub key: u32,
    /// First day.
    #[n(1)]
    pub from: Date,
    /// Value.
    #[n(2)]
    pub value: i64,
}
