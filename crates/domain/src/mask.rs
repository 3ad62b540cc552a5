//! Numbers of people are never printed whole by accident.

use core::fmt;

/// Writes all but the last four characters as `•`: for `Debug` of NIK, KK and tokens.
pub(crate) fn masked(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let kept = text.len().saturating_sub(4);
    for (at, c) in text.char_indices() {
        fmt::Write::write_char(f, if at < kept { '•' } else { c })?;
    }
    Ok(())
}
