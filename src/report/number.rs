//! Numbers as reports show them: ratios as `.842`, shares of words as `0.42 %`, counts as `12,345`.

use crate::evaluate::Figure;

/// What stands for a value that is undefined.
pub(crate) const UNDEFINED: &str = "-";

/// A ratio in 0..=1 with three decimals and no leading zero: `.842`, `1.000`.
pub(crate) fn ratio(value: Option<f64>) -> String {
    value.map_or_else(|| UNDEFINED.to_owned(), |v| strip_zero(&format!("{v:.3}")))
}

/// A difference of ratios with its sign: `+.012`, `-.012`.
pub(crate) fn difference(value: Option<f64>) -> String {
    let Some(value) = value else { return UNDEFINED.to_owned() };
    match format!("{value:+.3}").as_str() {
        "-0.000" | "+0.000" => ".000".to_owned(),
        number => strip_zero(number),
    }
}

/// A ratio as a percentage with two decimals: `0.42 %`.
pub(crate) fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| UNDEFINED.to_owned(), |v| format!("{:.2} %", v * 100.0))
}

/// A ratio with its interval: `.842 (.801 to .873)`.
pub(crate) fn ratio_interval(figure: Figure) -> String {
    let value = ratio(figure.value);
    match (figure.low, figure.high) {
        (None, _) | (_, None) => value,
        (low, high) => format!("{value} ({} to {})", ratio(low), ratio(high)),
    }
}

/// A percentage with its interval: `0.42 % (0.31 to 0.55)`.
pub(crate) fn percent_interval(figure: Figure) -> String {
    let value = percent(figure.value);
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!("{value} ({:.2} to {:.2})", low * 100.0, high * 100.0),
        _ => value,
    }
}

/// A count with commas between thousands.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.char_indices() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 document`, `2 documents`.
pub(crate) fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" })
}

fn strip_zero(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix(['+', '-']) {
        Some(digits) => (&number[..1], digits),
        None => ("", number),
    };
    format!("{sign}{}", digits.strip_prefix('0').unwrap_or(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_promised() {
        assert_eq!(ratio(Some(0.8423)), ".842");
        assert_eq!(ratio(Some(1.0)), "1.000");
        assert_eq!(ratio(Some(0.0)), ".000");
        assert_eq!(ratio(None), "-");
        assert_eq!(difference(Some(-0.0124)), "-.012");
        assert_eq!(difference(Some(0.5)), "+.500");
        assert_eq!(difference(Some(-0.0001)), ".000");
        assert_eq!(percent(Some(0.0042)), "0.42 %");
        assert_eq!(percent(Some(1.0)), "100.00 %");
        assert_eq!(["0", "999", "1,000", "12,345,678"], [0, 999, 1000, 12_345_678].map(count));
        assert_eq!(counted(1, "word") + &counted(0, "word"), "1 word0 words");
        let figure = Figure { value: Some(0.5), low: Some(0.25), high: Some(1.0) };
        assert_eq!(ratio_interval(figure), ".500 (.250 to 1.000)");
        assert_eq!(percent_interval(figure), "50.00 % (25.00 to 100.00)");
        assert_eq!(ratio_interval(Figure { low: None, high: None, ..figure }), ".500");
    }
}
