//! Random bytes from the operating system: tokens, salts, identities.

/// The operating system gives no random bytes: nothing secret may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRandom;

/// Fresh random bytes.
///
/// # Errors
/// [`NoRandom`] where the system has none to give.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandom> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandom)?;
    Ok(bytes)
}

/// A whole number from 0 up to and including `most`, for spreading phones in time.
///
/// # Errors
/// [`NoRandom`] where the system has none to give.
pub fn up_to(most: u32) -> Result<u32, NoRandom> {
    let number = u64::from(u32::from_be_bytes(bytes()?));
    let span = u64::from(most) + 1;
    // Multiply and shift: the bias of 2^-32 harms nothing here.
    Ok(u32::try_from((number * span) >> 32).unwrap_or(most))
}
