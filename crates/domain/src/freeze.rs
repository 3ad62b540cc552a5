//! From answers to a decision that is kept: the same on the phone that decides
//! and on the endpoint that decides again.

use crate::{
    Date,
    answer::{Answers, FactPath, Reply},
    decision::{FrozenDecision, FrozenOutcome, PackRef},
    id::MemberId,
};
use naik_kelas_rules::{
    evaluate::{Decisions, ReadinessOutcome, decide},
    family::{FactError, Family},
    pack::{FactRef, MEMBERS, Pack},
};

/// Why answers do not make a family that this pack can decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// An answer is about a member who is not cited.
    UnknownMember,
    /// The pack has no such fact, or its value is none of the fact's.
    BadAnswer,
    /// A family has one to forty members, each cited once.
    BadMembers,
}

/// The family as the rules see it.
///
/// # Errors
/// [`Misfit`] at the first answer that does not fit; nothing is left out in silence.
pub fn family(
    pack: &Pack,
    on: Date,
    members: &[MemberId],
    answers: &Answers,
) -> Result<Family, Misfit> {
    let twice = (1..members.len()).any(|at| members[..at].contains(&members[at]));
    if twice || members.len() > naik_kelas_rules::family::MAX_MEMBERS {
        return Err(Misfit::BadMembers);
    }
    let mut family = Family::new(pack, on, members.len());
    for (path, answer) in answers.iter() {
        let at = fact_ref(pack, members, path)?;
        match &answer.reply {
            Reply::Known(value) => family.set(pack, at, value),
            Reply::Unknown => family.set_unknown(pack, at),
        }
        .map_err(misfit)?;
    }
    Ok(family)
}

/// Where a path leads in a pack, for a family of these members in this order.
///
/// # Errors
/// The member is not cited, or the pack has no such fact.
pub fn fact_ref(pack: &Pack, members: &[MemberId], path: &FactPath) -> Result<FactRef, Misfit> {
    let (name, member) = match path {
        FactPath::Family(fact) => (fact.clone(), None),
        FactPath::Member(id, fact) => {
            let place = members.iter().position(|member| member == id);
            let place = place.ok_or(Misfit::UnknownMember)?;
            let place = u16::try_from(place).map_err(|_| Misfit::BadMembers)?;
            ([MEMBERS, fact].concat(), Some(place))
        }
    };
    let fact = pack.fact_index(&name).ok_or(Misfit::BadAnswer)?;
    Ok(FactRef { fact, member })
}

/// What the pack decides for these answers on this day, to be kept for ever.
///
/// # Errors
/// [`Misfit`] where the answers make no family.
pub fn freeze(
    pack: &Pack,
    on: Date,
    members: &[MemberId],
    answers: &Answers,
) -> Result<FrozenDecision, Misfit> {
    let family = family(pack, on, members, answers)?;
    Ok(frozen(pack, on, &decide(pack, &family)))
}

/// Decisions under the names of their pack.
#[must_use]
pub fn frozen(pack: &Pack, on: Date, decided: &Decisions) -> FrozenDecision {
    let outcomes = pack.decisions().iter().zip(&decided.decisions);
    let indicators = pack.readiness().indicators.iter();
    FrozenDecision {
        pack: PackRef {
            id: pack.id().to_owned(),
            version: pack.version().to_owned(),
            hash: *pack.hash(),
        },
        on,
        outcomes: outcomes
            .map(|(decision, result)| FrozenOutcome {
                decision: decision.id.clone(),
                outcome: result.outcome,
                amount: result.amount,
            })
            .collect(),
        readiness: readiness(pack, decided.readiness.outcome).to_owned(),
        indicators: indicators
            .zip(&decided.readiness.indicators)
            .map(|(indicator, colour)| (indicator.id.clone(), *colour))
            .collect(),
    }
}

/// The name under which readiness is kept.
fn readiness(pack: &Pack, outcome: ReadinessOutcome) -> &str {
    match outcome {
        ReadinessOutcome::Grade(place) => pack
            .readiness()
            .grades
            .get(place)
            .map_or("undetermined", |grade| &grade.id),
        ReadinessOutcome::Protected => "protected",
        ReadinessOutcome::Undetermined => "undetermined",
        ReadinessOutcome::Error(_) => "error",
    }
}

fn misfit(error: FactError) -> Misfit {
    match error {
        FactError::NoSuchMember => Misfit::UnknownMember,
        FactError::TooManyMembers => Misfit::BadMembers,
        FactError::NoSuchFact
        | FactError::WrongType
        | FactError::OutOfRange
        | FactError::UnknownCode
        | FactError::BadPattern => Misfit::BadAnswer,
    }
}
