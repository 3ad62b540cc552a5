//! `naik-kelas synth`: synthetic families after `household.schema.json`, a line each.

mod forget;
mod table;
#[cfg(test)]
pub(super) mod tests;

use super::Failure;
use crate::synth::{self, Fact, Facts, Random, Synthetic, Wanted};
use clap::Args;
use serde_json::{Map, Number, Value as Json};
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::PathBuf;
use table::Table;

/// Which families to make.
#[derive(Args, Debug)]
pub struct SynthArgs {
    /// How many families.
    #[arg(long)]
    count: u64,
    /// The same seed gives the same families.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Probability, 0 to 1, that an optional fact is unknown.
    #[arg(long, default_value_t = 0.0)]
    unknown: f64,
    /// Families of one province only (two digits).
    #[arg(long)]
    province: Option<String>,
    /// How families are written: lines of JSON, or a Parquet file (`docs/parquet.md`).
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
    /// The file to write; standard output where it is not given.
    #[arg(short, long, required_if_eq("format", "parquet"))]
    output: Option<PathBuf>,
}

/// How families are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A household a line.
    Ndjson,
    /// A household a row.
    Parquet,
}

/// Writes the families.
///
/// # Errors
/// A province without villages, a probability that is none, or an output that cannot be written.
pub fn run(args: SynthArgs, out: &mut impl Write) -> Result<(), Failure> {
    if !(0.0..=1.0).contains(&args.unknown) {
        return Err(Failure::say("--unknown is a probability from 0 to 1"));
    }
    let SynthArgs {
        count,
        seed,
        unknown,
        province,
        format,
        output,
    } = args;
    let families = synth::families(&Wanted {
        count,
        seed,
        province,
    })
    .map_err(|_| Failure::say("--province is the two digits of a province, such as 32"))?;
    let mut lines = families.map(|synthetic| line(&synthetic, seed, unknown));
    let mut file;
    let out: &mut dyn Write = match (output, format) {
        (Some(path), Format::Parquet) => {
            let mut table = Table::create(&path)?;
            lines.try_for_each(|line| table.add(&line))?;
            return table.close();
        }
        (Some(path), Format::Ndjson) => {
            file = BufWriter::new(File::create(path)?);
            &mut file
        }
        (None, Format::Parquet) => return Err(Failure::say("--format parquet needs -o FILE")),
        (None, Format::Ndjson) => out,
    };
    let written = lines
        .try_for_each(|line| writeln!(out, "{line}"))
        .and_then(|()| out.flush());
    match written {
        // A reader that has seen enough, such as `head`, is no failure of ours.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

fn line(synthetic: &Synthetic, seed: u64, unknown: f64) -> Json {
    let index = synthetic.index;
    let id = format!("SYN-{seed}-{index:08}");
    let mut json = Map::new();
    json.insert("household_id".into(), id.into());
    json.insert("assessed_on".into(), synthetic.day.to_string().into());
    write(&mut json, &synthetic.family.facts);
    let members = synthetic
        .family
        .people
        .iter()
        .enumerate()
        .map(|(number, person)| {
            let id = format!("{index}-{}", number + 1);
            let mut member = Map::new();
            member.insert("member_id".into(), id.as_str().into());
            member.insert("name".into(), format!("Warga Sintetis {id}").into());
            write(&mut member, &person.facts);
            Json::Object(member)
        });
    json.insert("members".into(), members.collect());
    let mut json = Json::Object(json);
    if unknown > 0.0 {
        // Another stream: with and without unknowns the families are the same.
        forget::forget(&mut json, unknown, &mut Random::of(!seed, index));
    }
    json
}

/// Facts by their paths, groups within the object.
fn write(json: &mut Map<String, Json>, facts: &Facts) {
    for (path, fact) in facts {
        let value = value(path, fact);
        match path.split_once('.') {
            None => {
                json.insert((*path).into(), value);
            }
            Some((group, name)) => {
                let group = json
                    .entry(group)
                    .or_insert_with(|| Json::Object(Map::new()));
                if let Some(group) = group.as_object_mut() {
                    group.insert(name.into(), value);
                }
            }
        }
    }
}

fn value(path: &str, fact: &Fact) -> Json {
    match fact {
        // The schema has the installed power as a number, the pack as one of five codes.
        Fact::Code(code) if path == "housing.power_va" => {
            code.parse::<i64>().map_or(Json::Null, Json::from)
        }
        Fact::Bool(truth) => (*truth).into(),
        Fact::Int(number) => (*number).into(),
        // As digits, never through a binary fraction.
        Fact::Tenths(tenths) if tenths % 10 == 0 => (tenths / 10).into(),
        Fact::Tenths(tenths) => Json::Number(Number::from_string_unchecked(format!(
            "{}.{}",
            tenths / 10,
            tenths % 10
        ))),
        Fact::Code(code) => (*code).into(),
        Fact::Text(text) => text.clone().into(),
        Fact::Day(day) => day.to_string().into(),
    }
}
