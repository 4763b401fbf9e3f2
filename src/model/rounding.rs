//! Numbers as model files store them: few significant decimals, so that files are small and equal.

/// `value` rounded to `digits` significant decimals, exactly as its decimal form would be read
/// back. Not-a-number and infinities stay as they are.
#[must_use]
pub fn significant(value: f64, digits: usize) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    format!("{value:.*e}", digits.saturating_sub(1)).parse().unwrap_or(value)
}

/// Significant decimals of stored weights and scales.
pub const STORED_DIGITS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_to_significant_decimals() {
        assert_eq!(significant(0.000_123_456, 4), 0.000_123_5);
        assert_eq!(significant(-98_768.0, 4), -98_770.0);
        assert_eq!(significant(0.0, 4), 0.0);
        assert_eq!(significant(1.0, 4), 1.0);
    }
}
