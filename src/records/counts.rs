//! What was left out, in words.

use std::fmt;

/// Writes `3 files skipped: 1 hidden, 2 with another ending`; nothing where all counts are 0. `what` is
/// one of the things that were left out.
pub(super) fn write_counts(
    f: &mut fmt::Formatter<'_>,
    what: &str,
    what_happened: &str,
    reasons: &[(u64, &str)],
) -> fmt::Result {
    let total: u64 = reasons.iter().map(|(count, _)| count).sum();
    if total == 0 {
        return Ok(());
    }
    let plural = if total == 1 { "" } else { "s" };
    write!(f, "{total} {what}{plural} {what_happened}")?;
    let mut separator = ": ";
    for (count, reason) in reasons.iter().filter(|&&(count, _)| count > 0) {
        write!(f, "{separator}{count} {reason}")?;
        separator = ", ";
    }
    Ok(())
}
