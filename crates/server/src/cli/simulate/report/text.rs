//! The report for people.

use super::{explained, families, groups, name_of, per_second, rate_of_a_core};
use crate::cli::simulate::By;
use crate::cli::simulate::tally::{ALL_AT, Change, Group};
use crate::cli::simulate::work::Outcome;
use crate::cli::wording::rupiah_of;
use naik_kelas_rules::Pack;
use serde_json::Value as Json;
use std::io::{Result, Write};

pub(super) fn write(
    packs: &[Pack],
    outcome: &Outcome,
    by: &[By],
    out: &mut impl Write,
) -> Result<()> {
    for (place, pack) in packs.iter().enumerate() {
        let role = if place == 0 { "pack" } else { "against" };
        writeln!(out, "{role}: {} {}", pack.id(), pack.version())?;
    }
    let count = families(outcome);
    writeln!(
        out,
        "{count} families, {} rows refused, {} left to the first driver",
        outcome.bad_rows, outcome.fallbacks
    )?;
    let a_core = rate_of_a_core(packs, outcome);
    let reading = outcome.reading.as_secs_f64();
    writeln!(
        out,
        "evaluation: {a_core:.0} families a second and core; reading or making them: {:.0}; in all {:.1} s on {} threads",
        per_second(count, reading),
        outcome.elapsed.as_secs_f64(),
        outcome.threads
    )?;
    if let Some(all) = outcome.tally.groups.get(ALL_AT) {
        table(outcome, "all", all, out)?;
    }
    for by in by {
        let (name, groups) = groups(*by);
        for (key, place) in groups {
            match outcome.tally.groups.get(place) {
                Some(group) if group.families > 0 => {
                    table(outcome, &format!("{name} {key}"), group, out)?;
                }
                _ => {}
            }
        }
    }
    if packs.len() > 1 {
        examples(packs, outcome, out)?;
    }
    Ok(())
}

fn table(outcome: &Outcome, title: &str, group: &Group, out: &mut impl Write) -> Result<()> {
    writeln!(out, "\n{title}: {} families", group.families)?;
    let two = outcome.programmes.packs > 1;
    for (programme, counts) in outcome.programmes.list.iter().zip(&group.programmes) {
        let id = &programme.id;
        if !two {
            writeln!(
                out,
                "  {id:<18} eligible {:>10}  undetermined {:>8}  {}",
                counts.eligible[0],
                counts.undetermined[0],
                rupiah_of(counts.amount[0])
            )?;
            continue;
        }
        writeln!(
            out,
            "  {id:<18} eligible {:>10} -> {:>10}  gain {:>8}  lose {:>8}  more {:>8}  less {:>8}  {} -> {}",
            counts.eligible[0],
            counts.eligible[1],
            counts.gain,
            counts.lose,
            counts.paid_more,
            counts.paid_less,
            rupiah_of(counts.amount[0]),
            rupiah_of(counts.amount[1])
        )?;
    }
    for (pack, counts) in group.readiness.iter().enumerate() {
        let named = outcome.programmes.readiness.iter().zip(counts);
        let named: Vec<String> = named.map(|(id, count)| format!("{id} {count}")).collect();
        let which = match (two, pack) {
            (false, _) => "",
            (true, 0) => " before",
            (true, _) => " after",
        };
        writeln!(out, "  readiness{which}: {}", named.join(", "))?;
    }
    Ok(())
}

fn examples(packs: &[Pack], outcome: &Outcome, out: &mut impl Write) -> Result<()> {
    writeln!(out, "\nexamples")?;
    for (programme, lists) in outcome.programmes.list.iter().zip(&outcome.examples.of) {
        for (change, examples) in Change::ALL.iter().zip(lists) {
            for example in examples {
                writeln!(
                    out,
                    "  {} {}: {} (row {})",
                    programme.id,
                    name_of(*change),
                    example.id,
                    example.row
                )?;
                let sides = packs.iter().zip(&example.families).zip(&programme.places);
                for (((pack, family), place), side) in sides.zip(["before", "after"]) {
                    said(side, &explained(pack, family, *place), out)?;
                }
            }
        }
    }
    Ok(())
}

/// One side of an example: what came out, and the conditions that do not hold.
fn said(side: &str, decision: &Json, out: &mut impl Write) -> Result<()> {
    let outcome = decision["outcome"].as_str().unwrap_or("not in this pack");
    let amount = decision["amount"].as_i64();
    let amount = amount.map_or_else(String::new, |amount| {
        format!(", {}", rupiah_of(amount.into()))
    });
    writeln!(out, "    {side}: {outcome}{amount}")?;
    for reason in decision["reasons"].as_array().into_iter().flatten() {
        if reason["outcome"] != "yes" {
            writeln!(out, "      {}", reason["text"].as_str().unwrap_or(""))?;
        }
    }
    Ok(())
}
