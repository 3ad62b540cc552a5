//! The compiled form of a condition: a flat array of typed nodes in which children stand before their parents.
//!
//! A node whose value belongs to one member is evaluated once per member; everything else once per family.
//! The same expression written twice is one node, so reading a shared node twice shows where a value that is
//! still unknown has to be split into its cases.

/// The place of a node in [`crate::pack::PackFile::nodes`].
pub type NodeId = u16;

/// How two values are compared. Greater-than is less-than with the sides exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Strictly below.
    Less,
    /// At most.
    AtMost,
}

/// One operation and the places of its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// Yes or no, as written.
    Bool(bool),
    /// A number as written: `value / 10^scale`.
    Number {
        /// Digits without the point.
        value: i64,
        /// How many of them stand behind the point: 0 or 3.
        scale: u8,
    },
    /// A fact, by its place in the vocabulary.
    Fact(u16),
    /// A parameter on the day of the assessment, by its place in the pack.
    Parameter(u16),
    /// A row of a table of parameters, chosen by the value of a node.
    Table {
        /// Place of the table in the pack.
        table: u16,
        /// Region or code that chooses the row.
        key: NodeId,
    },
    /// The day of the assessment.
    AssessedOn,
    /// How many members the family has.
    Persons,
    /// Where the family lives: the regency of its village, which stands in its province.
    Region,
    /// The colour of an indicator of readiness; only in the conditions of grades.
    Indicator(u16),
    /// How many indicators are green; only in the conditions of grades.
    Greens,
    /// How many indicators are red; only in the conditions of grades.
    Reds,
    /// The best paid option of a schedule that applies to a member.
    Schedule(u16),
    /// What that option pays; the operand is the schedule's node.
    ScheduleAmount(NodeId),
    /// True where the operand is false.
    Not(NodeId),
    /// Both.
    And(NodeId, NodeId),
    /// At least one.
    Or(NodeId, NodeId),
    /// Two truth values are the same.
    SameTruth(NodeId, NodeId),
    /// Two numbers of the same scale, or two days.
    Compare(Comparison, NodeId, NodeId),
    /// A code is one of those whose bits are set.
    OneOf(NodeId, u64),
    /// A code is one of those in a list parameter.
    OneOfParameter(NodeId, u16),
    /// Of several codes, one is the code of this bit.
    Includes(NodeId, u8),
    /// The fact has a value. Never unknown itself.
    Known(NodeId),
    /// Sum.
    Add(NodeId, NodeId),
    /// Difference.
    Subtract(NodeId, NodeId),
    /// Product; scales add up.
    Multiply(NodeId, NodeId),
    /// Quotient of two whole numbers, towards zero.
    Divide(NodeId, NodeId),
    /// What is left after [`Node::Divide`].
    Remainder(NodeId, NodeId),
    /// The smaller one.
    Min(NodeId, NodeId),
    /// The larger one.
    Max(NodeId, NodeId),
    /// A condition and what holds if it is true, and if not.
    If(NodeId, NodeId, NodeId),
    /// The same number with more decimals: times `10^digits`.
    Scale(NodeId, u8),
    /// Whole years from the first day to the second.
    Years(NodeId, NodeId),
    /// The day so many days before a day.
    DaysBefore(NodeId, NodeId),
    /// At least one member.
    Any(NodeId),
    /// Every member.
    All(NodeId),
    /// How many members.
    Count(NodeId),
    /// Sum over the members.
    Sum(NodeId),
    /// Sum of the so many largest over the members; the first operand says how many.
    Best(NodeId, NodeId),
}

/// The operands of a node, at most three.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operands {
    nodes: [NodeId; 3],
    count: u8,
}

impl Operands {
    fn new(nodes: [NodeId; 3], count: u8) -> Operands {
        Operands { nodes, count }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = NodeId> {
        self.nodes.into_iter().take(usize::from(self.count))
    }
}

impl Node {
    /// The nodes that this one reads. A schedule's options are listed in the pack, not here.
    pub fn reads(&self) -> impl Iterator<Item = NodeId> {
        self.operands().iter()
    }

    pub(crate) fn operands(&self) -> Operands {
        match *self {
            Node::Bool(_)
            | Node::Number { .. }
            | Node::Fact(_)
            | Node::Parameter(_)
            | Node::AssessedOn
            | Node::Persons
            | Node::Region
            | Node::Indicator(_)
            | Node::Greens
            | Node::Reds
            | Node::Schedule(_) => Operands::new([0, 0, 0], 0),
            Node::Table { key: a, .. }
            | Node::ScheduleAmount(a)
            | Node::Not(a)
            | Node::OneOf(a, _)
            | Node::OneOfParameter(a, _)
            | Node::Includes(a, _)
            | Node::Known(a)
            | Node::Scale(a, _)
            | Node::Any(a)
            | Node::All(a)
            | Node::Count(a)
            | Node::Sum(a) => Operands::new([a, 0, 0], 1),
            Node::And(a, b)
            | Node::Or(a, b)
            | Node::SameTruth(a, b)
            | Node::Compare(_, a, b)
            | Node::Add(a, b)
            | Node::Subtract(a, b)
            | Node::Multiply(a, b)
            | Node::Divide(a, b)
            | Node::Remainder(a, b)
            | Node::Min(a, b)
            | Node::Max(a, b)
            | Node::Years(a, b)
            | Node::DaysBefore(a, b)
            | Node::Best(a, b) => Operands::new([a, b, 0], 2),
            Node::If(a, b, c) => Operands::new([a, b, c], 3),
        }
    }

    /// The operation's number in the file and up to three numbers beside it.
    pub(crate) fn parts(&self) -> (u8, [i64; 3], usize) {
        let one = |op, a: i64| (op, [a, 0, 0], 1);
        let two = |op, a: NodeId, b: NodeId| (op, [i64::from(a), i64::from(b), 0], 2);
        match *self {
            Node::Bool(value) => one(0, i64::from(value)),
            Node::Number { value, scale } => (1, [value, i64::from(scale), 0], 2),
            Node::Fact(fact) => one(2, i64::from(fact)),
            Node::Parameter(parameter) => one(3, i64::from(parameter)),
            Node::Table { table, key } => two(4, table, key),
            Node::AssessedOn => (5, [0; 3], 0),
            Node::Persons => (6, [0; 3], 0),
            Node::Region => (7, [0; 3], 0),
            Node::Indicator(indicator) => one(8, i64::from(indicator)),
            Node::Greens => (9, [0; 3], 0),
            Node::Reds => (10, [0; 3], 0),
            Node::Schedule(schedule) => one(11, i64::from(schedule)),
            Node::ScheduleAmount(a) => one(12, i64::from(a)),
            Node::Not(a) => one(13, i64::from(a)),
            Node::And(a, b) => two(14, a, b),
            Node::Or(a, b) => two(15, a, b),
            Node::SameTruth(a, b) => two(16, a, b),
            Node::Compare(Comparison::Equal, a, b) => two(17, a, b),
            Node::Compare(Comparison::Less, a, b) => two(18, a, b),
            Node::Compare(Comparison::AtMost, a, b) => two(19, a, b),
            Node::OneOf(a, mask) => (20, [i64::from(a), mask as i64, 0], 2),
            Node::OneOfParameter(a, parameter) => two(21, a, parameter),
            Node::Includes(a, bit) => two(22, a, NodeId::from(bit)),
            Node::Known(a) => one(23, i64::from(a)),
            Node::Add(a, b) => two(24, a, b),
            Node::Subtract(a, b) => two(25, a, b),
            Node::Multiply(a, b) => two(26, a, b),
            Node::Divide(a, b) => two(27, a, b),
            Node::Remainder(a, b) => two(28, a, b),
            Node::Min(a, b) => two(29, a, b),
            Node::Max(a, b) => two(30, a, b),
            Node::If(a, b, c) => (31, [i64::from(a), i64::from(b), i64::from(c)], 3),
            Node::Scale(a, digits) => two(32, a, NodeId::from(digits)),
            Node::Years(a, b) => two(33, a, b),
            Node::DaysBefore(a, b) => two(34, a, b),
            Node::Any(a) => one(35, i64::from(a)),
            Node::All(a) => one(36, i64::from(a)),
            Node::Count(a) => one(37, i64::from(a)),
            Node::Sum(a) => one(38, i64::from(a)),
            Node::Best(a, b) => two(39, a, b),
        }
    }

    pub(crate) fn from_parts(op: u8, numbers: [i64; 3], count: usize) -> Option<Node> {
        let id = |at: usize| u16::try_from(numbers[at]).ok();
        let small = |at: usize| u8::try_from(numbers[at]).ok();
        let node = match op {
            0 => Node::Bool(numbers[0] != 0),
            1 => Node::Number {
                value: numbers[0],
                scale: small(1)?,
            },
            2 => Node::Fact(id(0)?),
            3 => Node::Parameter(id(0)?),
            4 => Node::Table {
                table: id(0)?,
                key: id(1)?,
            },
            5 => Node::AssessedOn,
            6 => Node::Persons,
            7 => Node::Region,
            8 => Node::Indicator(id(0)?),
            9 => Node::Greens,
            10 => Node::Reds,
            11 => Node::Schedule(id(0)?),
            12 => Node::ScheduleAmount(id(0)?),
            13 => Node::Not(id(0)?),
            14 => Node::And(id(0)?, id(1)?),
            15 => Node::Or(id(0)?, id(1)?),
            16 => Node::SameTruth(id(0)?, id(1)?),
            17 => Node::Compare(Comparison::Equal, id(0)?, id(1)?),
            18 => Node::Compare(Comparison::Less, id(0)?, id(1)?),
            19 => Node::Compare(Comparison::AtMost, id(0)?, id(1)?),
            20 => Node::OneOf(id(0)?, numbers[1] as u64),
            21 => Node::OneOfParameter(id(0)?, id(1)?),
            22 => Node::Includes(id(0)?, small(1)?),
            23 => Node::Known(id(0)?),
            24 => Node::Add(id(0)?, id(1)?),
            25 => Node::Subtract(id(0)?, id(1)?),
            26 => Node::Multiply(id(0)?, id(1)?),
            27 => Node::Divide(id(0)?, id(1)?),
            28 => Node::Remainder(id(0)?, id(1)?),
            29 => Node::Min(id(0)?, id(1)?),
            30 => Node::Max(id(0)?, id(1)?),
            31 => Node::If(id(0)?, id(1)?, id(2)?),
            32 => Node::Scale(id(0)?, small(1)?),
            33 => Node::Years(id(0)?, id(1)?),
            34 => Node::DaysBefore(id(0)?, id(1)?),
            35 => Node::Any(id(0)?),
            36 => Node::All(id(0)?),
            37 => Node::Count(id(0)?),
            38 => Node::Sum(id(0)?),
            39 => Node::Best(id(0)?, id(1)?),
            _ => return None,
        };
        // A node with too few or too many numbers is not the node that was written.
        (node.parts().2 == count).then_some(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_read_back_as_it_was_written() {
        let mut seen = 0;
        for op in 0..=u8::MAX {
            for count in 0..=3 {
                let Some(node) = Node::from_parts(op, [1, 3, 5], count) else {
                    continue;
                };
                let (op_again, numbers, count_again) = node.parts();
                assert_eq!((op_again, count_again), (op, count));
                assert_eq!(Node::from_parts(op, numbers, count), Some(node));
                seen += 1;
            }
        }
        assert_eq!(seen, 40);
    }
}
