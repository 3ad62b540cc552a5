//! What one programme answered: 0 no, 1 yes, 2 undetermined, 3 an error.

use minicbor::{
    Decoder, Encoder,
    decode::Error as DecodeError,
    encode::{Error as EncodeError, Write},
};
use naik_kelas_rules::evaluate::{EvalError, Outcome};

pub(crate) fn encode<C, W: Write>(
    outcome: &Outcome,
    e: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), EncodeError<W::Error>> {
    e.u8(match outcome {
        Outcome::NotEligible => 0,
        Outcome::Eligible => 1,
        Outcome::Undetermined => 2,
        Outcome::Error(EvalError::Arithmetic) => 3,
    })?
    .ok()
}

pub(crate) fn decode<'b, C>(d: &mut Decoder<'b>, _: &mut C) -> Result<Outcome, DecodeError> {
    match d.u8()? {
        0 => Ok(Outcome::NotEligible),
        1 => Ok(Outcome::Eligible),
        2 => Ok(Outcome::Undetermined),
        3 => Ok(Outcome::Error(EvalError::Arithmetic)),
        _ => Err(DecodeError::message("no outcome")),
    }
}
