//! Checks of what expressions name, and what is kept about facts for evaluation.

use super::check::{PackError, Place};
use super::{Fact, FactIndex, FactKind, PackFile, Pattern, TableKey, TableRow};
use crate::date::Date;
use crate::possible::{ANY_TRUTH, NO_HIGH, NO_LOW, Possible, all_bits};

pub(super) fn check_vocabulary(file: &PackFile) -> Result<(), PackError> {
    for fact in &file.facts {
        if let Some(list) = fact.code_list
            && usize::from(list) >= file.code_lists.len()
        {
            return Err(PackError::Reference);
        }
        if let (Some(min), Some(max)) = (fact.min, fact.max)
            && min > max
        {
            return Err(PackError::Order);
        }
    }
    for parameter in &file.parameters {
        if parameter
            .code_list
            .is_some_and(|list| usize::from(list) >= file.code_lists.len())
        {
            return Err(PackError::Reference);
        }
        if !parameter
            .values
            .is_sorted_by(|earlier, later| earlier.from < later.from)
        {
            return Err(PackError::Order);
        }
    }
    for table in &file.tables {
        let order = |row: &TableRow| (row.key, row.from);
        if !table
            .rows
            .is_sorted_by(|earlier, later| order(earlier) < order(later))
        {
            return Err(PackError::Order);
        }
        if let TableKey::Code(list) = table.by
            && usize::from(list) >= file.code_lists.len()
        {
            return Err(PackError::Reference);
        }
    }
    for schedule in &file.schedules {
        let list = file
            .code_lists
            .get(usize::from(schedule.code_list))
            .ok_or(PackError::Reference)?;
        // One code for each option, and `none` last.
        if list.codes.len() != schedule.options.len() + 1 {
            return Err(PackError::Reference);
        }
    }
    Ok(())
}

pub(super) fn places(file: &PackFile) -> (Vec<Place>, usize, usize) {
    let (mut family, mut member) = (0, 0);
    let mut places = Vec::with_capacity(file.facts.len());
    for fact in &file.facts {
        let of_member = fact.of_member();
        let next = if of_member { &mut member } else { &mut family };
        places.push(Place {
            slot: *next,
            of_member,
        });
        *next += 1;
    }
    (places, family, member)
}

/// The family's fact with the pattern of a village code.
pub(super) fn village(file: &PackFile) -> Option<FactIndex> {
    let of_village = |fact: &Fact| fact.pattern == Some(Pattern::Village) && !fact.of_member();
    let place = file.facts.iter().position(of_village)?;
    u16::try_from(place).ok().map(FactIndex)
}

/// What a fact can be while it is not known.
pub(super) fn domain(file: &PackFile, fact: &Fact) -> Possible {
    let codes = || {
        let list = fact
            .code_list
            .and_then(|list| file.code_lists.get(usize::from(list)));
        all_bits(list.map_or(0, |list| list.codes.len()))
    };
    match fact.kind {
        FactKind::Bool => ANY_TRUTH,
        // The largest amount is a limit of what can be written down, not of what a family can have.
        FactKind::Money => Possible::Number {
            low: fact.min.map_or(NO_LOW, i128::from),
            high: NO_HIGH,
        },
        FactKind::Int | FactKind::Decimal => Possible::Number {
            low: fact.min.map_or(NO_LOW, i128::from),
            high: fact.max.map_or(NO_HIGH, i128::from),
        },
        FactKind::Date => Possible::Number {
            low: i128::from(Date::MIN.days()),
            high: i128::from(Date::MAX.days()),
        },
        FactKind::Code => Possible::Code(codes()),
        FactKind::Codes => Possible::Codes {
            certain: 0,
            possible: codes(),
        },
        FactKind::Text => Possible::Text,
    }
}
