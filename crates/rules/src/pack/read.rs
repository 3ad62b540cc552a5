//! Reading a compiled pack: field by field, under the keys that `model` gives them.

use super::model::*;
use crate::cbor::Reader;
use crate::date::Date;
use crate::node::{Node, NodeId};
use crate::text::Text;
use crate::value::{Decimal, Value};

/// Reads a whole pack; nothing where the bytes are not one.
pub(super) fn read(bytes: &[u8]) -> Option<PackFile> {
    let mut reader = Reader::new(bytes);
    let file = pack_file(&mut reader);
    reader.is_whole().then_some(file)
}

fn pack_file(reader: &mut Reader<'_>) -> PackFile {
    let mut file = PackFile::default();
    reader.map(0x3_ffdf, &mut |reader, key| {
        match key {
            0 => file.format = reader.bounded(i64::from(u32::MAX)) as u32,
            1 => file.id = reader.string(),
            2 => file.version = reader.string(),
            3 => file.title = text(reader),
            4 => file.effective_from = date(reader),
            5 => file.effective_to = Some(date(reader)),
            6 => file.signed_off_by = reader.string(),
            7 => file.groups = reader.list(group),
            8 => file.code_lists = reader.list(code_list),
            9 => file.facts = reader.list(fact),
            10 => file.parameters = reader.list(parameter),
            11 => file.tables = reader.list(table),
            12 => file.nodes = reader.list(node),
            13 => file.derived = reader.list(derived),
            14 => file.schedules = reader.list(schedule),
            15 => file.decisions = reader.list(decision),
            16 => file.readiness = readiness(reader),
            17 => file.sections = reader.list(section),
            18 => file.loan_order = Some(reader.string()),
            19 => file.forms = reader.list(form),
            _ => return false,
        }
        true
    });
    file
}

#[inline(never)]
fn text(reader: &mut Reader<'_>) -> Text {
    reader.tuple(2);
    Text {
        id: reader.string(),
        en: reader.string(),
    }
}

fn date(reader: &mut Reader<'_>) -> Date {
    let days = i32::try_from(reader.int()).ok().and_then(Date::from_days);
    days.unwrap_or_else(|| {
        reader.fail();
        Date::MIN
    })
}

/// One of some values by its number.
fn choose<T: Copy>(reader: &mut Reader<'_>, known: &[T]) -> T {
    let number = reader.small();
    match known.get(usize::from(number)) {
        Some(value) => *value,
        None => {
            reader.fail();
            known[0]
        }
    }
}

fn node(reader: &mut Reader<'_>) -> Node {
    let length = reader.list_length();
    if !(1..=4).contains(&length) {
        reader.fail();
        return Node::Bool(false);
    }
    let op = reader.small();
    let mut numbers = [0; 3];
    for number in &mut numbers[..length as usize - 1] {
        *number = reader.int();
    }
    Node::from_parts(op, numbers, length as usize - 1).unwrap_or_else(|| {
        reader.fail();
        Node::Bool(false)
    })
}

fn group(reader: &mut Reader<'_>) -> Group {
    let mut group = Group::default();
    reader.map(0b11, &mut |reader, key| {
        match key {
            0 => group.id = reader.string(),
            1 => group.label = text(reader),
            _ => return false,
        }
        true
    });
    group
}

fn code_list(reader: &mut Reader<'_>) -> CodeList {
    let mut list = CodeList::default();
    reader.map(1, &mut |reader, key| {
        match key {
            0 => list.codes = reader.list(code),
            _ => return false,
        }
        true
    });
    list
}

fn code(reader: &mut Reader<'_>) -> Code {
    let mut code = Code::default();
    reader.map(0b11, &mut |reader, key| {
        match key {
            0 => code.code = reader.string(),
            1 => code.label = text(reader),
            2 => code.dtsen = Some(reader.place()),
            _ => return false,
        }
        true
    });
    code
}

fn fact(reader: &mut Reader<'_>) -> Fact {
    let mut fact = Fact::default();
    reader.map(0b1111_1000_0011, &mut |reader, key| {
        match key {
            0 => fact.path = reader.string(),
            1 => fact.kind = choose(reader, &FactKind::ALL),
            2 => fact.min = Some(reader.int()),
            3 => fact.max = Some(reader.int()),
            4 => fact.unit = Some(reader.string()),
            5 => fact.pattern = Some(choose(reader, &Pattern::ALL)),
            6 => fact.code_list = Some(reader.place()),
            7 => fact.source = choose(reader, &Source::ALL),
            8 => fact.change = choose(reader, &Change::ALL),
            9 => fact.sensitivity = choose(reader, &Sensitivity::ALL),
            10 => fact.confirm = reader.bool(),
            11 => fact.label = text(reader),
            _ => return false,
        }
        true
    });
    fact
}

fn parameter(reader: &mut Reader<'_>) -> Parameter {
    let mut parameter = Parameter::default();
    reader.map(0b1_1011, &mut |reader, key| {
        match key {
            0 => parameter.key = reader.string(),
            1 => parameter.kind = choose(reader, &ParameterKind::ALL),
            2 => parameter.unit = Some(reader.string()),
            3 => parameter.label = text(reader),
            4 => parameter.values = reader.list(parameter_value),
            5 => parameter.code_list = Some(reader.place()),
            _ => return false,
        }
        true
    });
    parameter
}

fn parameter_value(reader: &mut Reader<'_>) -> ParameterValue {
    let mut value = ParameterValue::default();
    reader.map(0b11, &mut |reader, key| {
        match key {
            0 => value.from = date(reader),
            1 => value.value = reader.int(),
            2 => value.list = Some(reader.list(Reader::string)),
            3 => value.law = Some(reader.string()),
            4 => value.note = Some(reader.string()),
            _ => return false,
        }
        true
    });
    value
}

fn table(reader: &mut Reader<'_>) -> Table {
    let mut table = Table::default();
    reader.map(0b1_0011, &mut |reader, key| {
        match key {
            0 => table.key = reader.string(),
            1 => table.by = table_key(reader),
            2 => table.label = Some(text(reader)),
            3 => table.law = Some(reader.string()),
            4 => table.rows = reader.list(table_row),
            _ => return false,
        }
        true
    });
    table
}

fn table_key(reader: &mut Reader<'_>) -> TableKey {
    reader.tuple(2);
    match reader.small() {
        0 => {
            reader.tuple(0);
            TableKey::Region
        }
        1 => {
            reader.tuple(1);
            TableKey::Code(reader.place())
        }
        _ => {
            reader.fail();
            TableKey::Region
        }
    }
}

fn table_row(reader: &mut Reader<'_>) -> TableRow {
    reader.tuple(3);
    let key = reader.bounded(i64::from(u32::MAX)) as u32;
    TableRow {
        key,
        from: date(reader),
        value: reader.int(),
    }
}

fn derived(reader: &mut Reader<'_>) -> Derived {
    let mut derived = Derived::default();
    reader.map(0b101, &mut |reader, key| {
        match key {
            0 => derived.id = reader.string(),
            1 => derived.label = Some(text(reader)),
            2 => derived.node = reader.place(),
            3 => derived.unit = Some(reader.string()),
            _ => return false,
        }
        true
    });
    derived
}

fn schedule(reader: &mut Reader<'_>) -> Schedule {
    let mut schedule = Schedule::default();
    reader.map(0b1101, &mut |reader, key| {
        match key {
            0 => schedule.id = reader.string(),
            1 => schedule.label = Some(text(reader)),
            2 => schedule.options = reader.list(schedule_option),
            3 => schedule.code_list = reader.place(),
            _ => return false,
        }
        true
    });
    schedule
}

fn schedule_option(reader: &mut Reader<'_>) -> ScheduleOption {
    reader.tuple(2);
    ScheduleOption {
        when: reader.place(),
        amount: reader.place(),
    }
}

fn decision(reader: &mut Reader<'_>) -> Decision {
    let mut decision = Decision::default();
    reader.map(0b1100_0111_1111, &mut |reader, key| {
        match key {
            0 => decision.id = reader.string(),
            1 => decision.group = choose(reader, &DecisionGroup::ALL),
            2 => decision.title = text(reader),
            3 => decision.about = text(reader),
            4 => decision.law = reader.string(),
            5 => decision.conditions = reader.list(condition),
            6 => decision.eligible = reader.place(),
            7 => decision.amount = Some(reader.place()),
            8 => decision.amount_unit = Some(choose(reader, &AmountUnit::ALL)),
            9 => decision.amount_kind = Some(choose(reader, &AmountKind::ALL)),
            10 => decision.per_quarter = reader.bool(),
            11 => decision.loan = reader.bool(),
            12 => decision.names_members = Some(reader.place()),
            _ => return false,
        }
        true
    });
    decision
}

fn condition(reader: &mut Reader<'_>) -> Condition {
    let mut condition = Condition::default();
    reader.map(0b1_1111, &mut |reader, key| {
        match key {
            0 => condition.id = reader.string(),
            1 => condition.test = reader.place(),
            2 => condition.yes = text(reader),
            3 => condition.no = text(reader),
            4 => condition.unknown = text(reader),
            5 => condition.law = Some(reader.string()),
            6 => condition.never_propose = reader.bool(),
            _ => return false,
        }
        true
    });
    condition
}

fn readiness(reader: &mut Reader<'_>) -> Readiness {
    let mut readiness = Readiness::default();
    reader.map(0b111_1100, &mut |reader, key| {
        match key {
            0 => readiness.title = Some(text(reader)),
            1 => readiness.about = Some(text(reader)),
            2 => readiness.indicators = reader.list(indicator),
            3 => readiness.protected = reader.place(),
            4 => readiness.protected_label = text(reader),
            5 => readiness.protected_text = text(reader),
            6 => readiness.grades = reader.list(grade),
            7 => readiness.law = Some(reader.string()),
            8 => readiness.unknown_label = Some(text(reader)),
            9 => readiness.unknown_text = Some(text(reader)),
            _ => return false,
        }
        true
    });
    readiness
}

fn indicator(reader: &mut Reader<'_>) -> Indicator {
    let mut indicator = Indicator::default();
    reader.map(0b1_1011, &mut |reader, key| {
        match key {
            0 => indicator.id = reader.string(),
            1 => indicator.label = text(reader),
            2 => indicator.help = Some(text(reader)),
            3 => indicator.green = reader.place(),
            4 => indicator.yellow = reader.place(),
            5 => indicator.law = Some(reader.string()),
            _ => return false,
        }
        true
    });
    indicator
}

fn grade(reader: &mut Reader<'_>) -> Grade {
    let mut grade = Grade::default();
    reader.map(0b101, &mut |reader, key| {
        match key {
            0 => grade.id = reader.string(),
            1 => grade.when = Some(reader.place()),
            2 => grade.label = text(reader),
            3 => grade.text = Some(text(reader)),
            _ => return false,
        }
        true
    });
    grade
}

fn section(reader: &mut Reader<'_>) -> Section {
    let mut section = Section::default();
    reader.map(0b1_0111, &mut |reader, key| {
        match key {
            0 => section.id = reader.string(),
            1 => section.title = text(reader),
            2 => section.roster = reader.bool(),
            3 => section.relevant = Some(reader.place()),
            4 => section.questions = reader.list(question),
            _ => return false,
        }
        true
    });
    section
}

fn form(reader: &mut Reader<'_>) -> JourneyForm {
    let mut form = JourneyForm::default();
    reader.map(0b1011, &mut |reader, key| {
        match key {
            0 => form.id = reader.string(),
            1 => form.title = text(reader),
            2 => form.about = Some(text(reader)),
            3 => form.section = section(reader),
            4 => form.from = reader.place(),
            5 => form.becomes = reader.list(becomes),
            6 => form.next = Some(reader.place()),
            7 => form.carries = reader.list(Reader::place),
            8 => form.office = reader.bool(),
            _ => return false,
        }
        true
    });
    form
}

fn becomes(reader: &mut Reader<'_>) -> Becomes {
    let mut becomes = Becomes::default();
    reader.map(1, &mut |reader, key| {
        match key {
            0 => becomes.state = reader.place(),
            1 => becomes.when = Some(reader.place()),
            _ => return false,
        }
        true
    });
    becomes
}

fn question(reader: &mut Reader<'_>) -> Question {
    let mut question = Question::default();
    reader.map(0b1011_0011, &mut |reader, key| {
        match key {
            0 => question.fact = reader.place(),
            1 => question.ask = text(reader),
            2 => question.hint = Some(text(reader)),
            3 => question.relevant = Some(reader.place() as NodeId),
            4 => question.required = reader.bool(),
            5 => question.first = reader.bool(),
            6 => question.skip = Some(value(reader)),
            7 => question.checks = reader.list(check),
            _ => return false,
        }
        true
    });
    question
}

fn check(reader: &mut Reader<'_>) -> Check {
    let mut check = Check::default();
    reader.map(0b111, &mut |reader, key| {
        match key {
            0 => check.test = reader.place(),
            1 => check.level = choose(reader, &CheckLevel::ALL),
            2 => check.text = text(reader),
            _ => return false,
        }
        true
    });
    check
}

fn value(reader: &mut Reader<'_>) -> Value {
    reader.tuple(2);
    let kind = reader.small();
    reader.tuple(1);
    match kind {
        0 => Value::Bool(reader.bool()),
        1 => Value::Int(reader.int()),
        2 => Value::Decimal(Decimal(reader.int())),
        3 => Value::Date(date(reader)),
        4 => Value::Code(reader.string()),
        5 => Value::Codes(reader.list(Reader::string)),
        6 => Value::Text(reader.string()),
        _ => {
            reader.fail();
            Value::Bool(false)
        }
    }
}
