//! `naik-kelas decide`: households on standard input, decisions on standard output, a line for a line.

use super::explained::{add_explanation, missing_path};
use super::households::{LineError, read_household};
use super::trust::{TrustArgs, load};
use naik_kelas_rules::evaluate::{Colour, Evaluation, Outcome, ReadinessOutcome};
use naik_kelas_rules::{Date, Pack};
use serde_json::{Map, Value as Json, json};
use std::io::{BufRead, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Decides households.
#[derive(clap::Args, Debug)]
pub struct DecideArgs {
    /// Folder of a pack, or a compiled pack.
    #[arg(long)]
    pub pack: PathBuf,
    /// Decides as on this day (2026-11-24) and not on each household's own.
    #[arg(long, value_parser = parse_day)]
    pub on: Option<Date>,
    /// Adds reasons, what is missing, and what would change a decision.
    #[arg(long)]
    pub explain: bool,
    /// Whose packs are taken.
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// The longest line that is read: a household of forty members needs less than 30 kB.
const LONGEST_LINE: u64 = 1 << 20;

/// Runs the command. Exit status 1 where a line could not be decided, 2 where nothing could.
pub fn run(args: DecideArgs) -> ExitCode {
    let trusted = args.trust.read();
    let pack = match trusted.and_then(|trust| load(&args.pack, trust.as_ref())) {
        Ok(pack) => pack,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let input = std::io::stdin().lock();
    let output = std::io::BufWriter::new(std::io::stdout().lock());
    match decide_all(&pack, args.on, args.explain, input, output) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // A reader that has seen enough, such as `head`, is no failure of ours.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot go on reading or writing: {error}");
            ExitCode::from(2)
        }
    }
}

/// Decides each line; true where every one could be decided.
///
/// # Errors
/// Input or output failed.
pub fn decide_all(
    pack: &Pack,
    on: Option<Date>,
    explain: bool,
    mut input: impl BufRead,
    mut output: impl Write,
) -> std::io::Result<bool> {
    let head = json!({
        "id": pack.id(),
        "version": pack.version(),
        "hash": hex(pack.hash()),
    });
    let mut all_decided = true;
    let mut line = Vec::new();
    let mut number = 0u64;
    loop {
        line.clear();
        let read = input
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        number += 1;
        let cut = line.last() != Some(&b'\n') && line.len() as u64 == LONGEST_LINE;
        if cut {
            skip_line(&mut input)?;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match cut {
            true => Err(LineError::new(
                "too_long",
                "",
                "This line is longer than 1 MB. Write one household a line.",
            )),
            false => decide_line(pack, &head, on, explain, line.trim_ascii_end()),
        };
        let answer = answer.unwrap_or_else(|error| {
            all_decided = false;
            json!({ "line": number, "error": error_json(&error) })
        });
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(all_decided)
}

pub(super) fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (used, done) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn decide_line(
    pack: &Pack,
    head: &Json,
    on: Option<Date>,
    explain: bool,
    line: &[u8],
) -> Result<Json, LineError> {
    let household = read_household(pack, line, on)?;
    let mut evaluation = Evaluation::of_decisions(pack, &household.family);
    let mut decisions = Map::new();
    for (place, definition) in pack.decisions().iter().enumerate() {
        let result = evaluation.decision(place);
        let outcome = match result.outcome {
            Outcome::Eligible => "eligible",
            Outcome::NotEligible => "not_eligible",
            Outcome::Undetermined => "undetermined",
            Outcome::Error(_) => return Err(arithmetic(&format!("decisions.{}", definition.id))),
        };
        let mut decision = Map::new();
        decision.insert("outcome".to_owned(), json!(outcome));
        decision.insert("amount".to_owned(), json!(result.amount));
        if explain {
            add_explanation(
                pack,
                &household.family,
                &mut evaluation,
                place,
                &mut decision,
            );
        }
        decisions.insert(definition.id.clone(), Json::Object(decision));
    }
    let readiness = readiness(pack, &mut evaluation, explain)?;
    let mut answer = Map::new();
    answer.insert("household_id".to_owned(), json!(household.id));
    answer.insert(
        "on".to_owned(),
        json!(household.family.assessed_on().to_string()),
    );
    answer.insert("pack".to_owned(), head.clone());
    answer.insert("decisions".to_owned(), Json::Object(decisions));
    answer.insert("readiness".to_owned(), readiness);
    if !household.warnings.is_empty() {
        answer.insert(
            "warnings".to_owned(),
            household.warnings.iter().map(error_json).collect(),
        );
    }
    Ok(Json::Object(answer))
}

fn error_json(error: &LineError) -> Json {
    json!({ "code": error.code, "path": error.path, "message": error.message })
}

fn arithmetic(path: &str) -> LineError {
    LineError::new(
        "arithmetic",
        path,
        "An amount is beyond what can be computed. Check the amounts of this household.",
    )
}

fn readiness(
    pack: &Pack,
    evaluation: &mut Evaluation<'_>,
    explain: bool,
) -> Result<Json, LineError> {
    let result = evaluation.readiness();
    let outcome = match result.outcome {
        ReadinessOutcome::Grade(place) => pack
            .readiness()
            .grades
            .get(place)
            .map_or("undetermined", |grade| &grade.id),
        ReadinessOutcome::Protected => "protected",
        ReadinessOutcome::Undetermined => "undetermined",
        ReadinessOutcome::Error(_) => return Err(arithmetic("readiness")),
    };
    let mut indicators = Map::new();
    for (indicator, colour) in pack.readiness().indicators.iter().zip(&result.indicators) {
        let colour = match colour {
            Colour::Green => "green",
            Colour::Yellow => "yellow",
            Colour::Red => "red",
            Colour::Unknown => "unknown",
        };
        indicators.insert(indicator.id.clone(), json!(colour));
    }
    let mut readiness = Map::new();
    readiness.insert("outcome".to_owned(), json!(outcome));
    readiness.insert("indicators".to_owned(), Json::Object(indicators));
    if explain {
        let missing = evaluation.explain_readiness().missing;
        readiness.insert(
            "missing".to_owned(),
            missing
                .iter()
                .map(|missing| missing_path(pack, missing))
                .collect(),
        );
    }
    Ok(Json::Object(readiness))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse_day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|_| "write a day that exists, as 2026-11-24".to_owned())
}
