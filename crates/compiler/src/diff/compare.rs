//! Two outlines side by side.

use super::outline::{Field, Item};
use super::{Area, Aspect, Change, Detail, Difference, Shown};
use std::collections::BTreeSet;

pub(super) fn compare(old: &[Item], new: &[Item]) -> Vec<Difference> {
    let mut differences = Vec::new();
    for item in new {
        let difference = match find(old, item) {
            None => Some(only(item, Change::New)),
            Some(before) => changed(before, item),
        };
        differences.extend(difference.map(|difference| affecting(difference, new)));
    }
    for item in old.iter().filter(|item| find(new, item).is_none()) {
        differences.push(affecting(only(item, Change::Gone), old));
    }
    // Stable: within an area the order of the packs is kept, what is gone last.
    differences.sort_by_key(rank);
    differences
}

fn find<'a>(items: &'a [Item], like: &Item) -> Option<&'a Item> {
    let mut items = items.iter();
    items.find(|item| item.area == like.area && item.id == like.id)
}

/// Programmes with their conditions in one, then the other areas.
fn rank(difference: &Difference) -> (Area, String) {
    match difference.area {
        Area::Decision | Area::Condition => {
            (Area::Decision, programme_of(&difference.id).to_owned())
        }
        area => (area, String::new()),
    }
}

fn programme_of(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

/// What is in one pack alone, with all that it says.
fn only(item: &Item, change: Change) -> Difference {
    let details = item.fields.iter().filter(|field| !is_order(field.aspect));
    let details = details.map(|field| {
        let shown = Some(field.shown.clone());
        match change {
            Change::Gone => detail(field, shown, None),
            Change::New | Change::Changed => detail(field, None, shown),
        }
    });
    difference(item, change, details.collect())
}

/// What is in both packs, where it differs.
fn changed(old: &Item, new: &Item) -> Option<Difference> {
    let mut details = Vec::new();
    for field in &new.fields {
        match old
            .fields
            .iter()
            .find(|before| is_same_field(before, field))
        {
            Some(before) if says_the_same(before, field) => {}
            Some(before) => details.push(detail(
                field,
                Some(before.shown.clone()),
                Some(field.shown.clone()),
            )),
            None => details.push(detail(
                field,
                in_force(&old.fields, field),
                Some(field.shown.clone()),
            )),
        }
    }
    for field in &old.fields {
        if !new.fields.iter().any(|other| is_same_field(field, other)) {
            let now = in_force(&new.fields, field);
            details.push(detail(field, Some(field.shown.clone()), now));
        }
    }
    (!details.is_empty()).then(|| difference(new, Change::Changed, details))
}

/// Only how what both packs have is arranged.
fn is_order(aspect: Aspect) -> bool {
    matches!(aspect, Aspect::Order | Aspect::FormOrder)
}

fn is_same_field(a: &Field, b: &Field) -> bool {
    a.aspect == b.aspect && a.of.which == b.of.which && a.of.day == b.of.day
}

fn says_the_same(old: &Field, new: &Field) -> bool {
    if is_order(old.aspect) {
        let both = |mine: &Field, other: &Field| -> Vec<String> {
            let other: BTreeSet<&str> = other.same.split(' ').collect();
            let names = mine.same.split(' ').filter(|name| other.contains(name));
            names.map(str::to_owned).collect()
        };
        return both(old, new) == both(new, old);
    }
    // An expression that reads as before computes something else only because a value that it names does.
    old.same == new.same || (old.spelt.is_some() && old.spelt == new.spelt)
}

/// Of a number that begins on a day: what holds on that day without it.
fn in_force(fields: &[Field], like: &Field) -> Option<Shown> {
    let day = like.of.day?;
    let before = fields.iter().filter(|field| {
        field.aspect == like.aspect
            && field.of.which == like.of.which
            && field.of.day.is_some_and(|from| from < day)
    });
    before
        .max_by_key(|field| field.of.day)
        .map(|field| field.shown.clone())
}

fn detail(field: &Field, from: Option<Shown>, to: Option<Shown>) -> Detail {
    Detail {
        aspect: field.aspect,
        of: field.of.shown.clone(),
        from,
        to,
        law: field.law.clone(),
    }
}

fn difference(item: &Item, change: Change, details: Vec<Detail>) -> Difference {
    Difference {
        area: item.area,
        id: item.id.clone(),
        name: item.name.clone(),
        within: item.within.clone(),
        change,
        details,
        affects: Vec::new(),
    }
}

/// Adds what hangs on a number or a derived value, near or far.
fn affecting(mut difference: Difference, items: &[Item]) -> Difference {
    let read = matches!(
        difference.area,
        Area::Parameter | Area::Table | Area::Derived | Area::Schedule
    );
    if !read {
        return difference;
    }
    let mut names: BTreeSet<&str> = BTreeSet::from([difference.id.as_str()]);
    let reads = |item: &Item, names: &BTreeSet<&str>| {
        let mut fields = item.fields.iter();
        fields.any(|field| field.names.iter().any(|name| names.contains(name.as_str())))
    };
    loop {
        let more = items.iter().filter(|item| {
            matches!(item.area, Area::Derived | Area::Schedule) && reads(item, &names)
        });
        let more: Vec<&str> = more.map(|item| item.id.as_str()).collect();
        let before = names.len();
        names.extend(more);
        if names.len() == before {
            break;
        }
    }
    let mut affects: Vec<String> = Vec::new();
    for item in items.iter().filter(|item| reads(item, &names)) {
        let id = match item.area {
            Area::Decision | Area::Condition => programme_of(&item.id),
            Area::Indicator | Area::Readiness => &item.id,
            Area::Grade => "readiness",
            _ => continue,
        };
        if !affects.iter().any(|known| known == id) {
            affects.push(id.to_owned());
        }
    }
    difference.affects = affects;
    difference
}
