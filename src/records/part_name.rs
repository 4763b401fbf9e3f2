//! The names of parts: `part-00000.jsonl.zst`, and so on, in byte order.

/// Digits of a number where they are enough.
const DIGITS: usize = 5;
/// What every name begins with.
const START: &str = "part-";
/// What every name ends with: parts are compressed.
const END: &str = ".zst";

/// The name of a part. `ending` is that of the format, without a full stop.
///
/// A number of more than five digits has a letter before it that says how many more: `part-a100000`,
/// `part-b1000000`. Letters come after digits in byte order, so that `part-99999` still comes first.
pub(super) fn part_name(number: u64, ending: &str) -> String {
    let digits = number.to_string();
    let more = digits.len().saturating_sub(DIGITS);
    // A number of 64 bits has at most 20 digits.
    let letter = (more > 0).then(|| char::from(b'a' + (more as u8 - 1)));
    let letter = letter.map_or_else(String::new, String::from);
    format!("{START}{letter}{digits:0>DIGITS$}.{ending}{END}")
}

/// The number of a part and its ending, out of a name as [`part_name`] makes it; `None` for others.
pub(super) fn parse_part_name(name: &str) -> Option<(u64, &str)> {
    let rest = name.strip_prefix(START)?.strip_suffix(END)?;
    let (number, ending) = rest.split_once('.')?;
    let number = number.trim_start_matches(|c: char| c.is_ascii_lowercase()).parse().ok()?;
    (part_name(number, ending) == name).then_some((number, ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_numbers_do_and_are_read_back() {
        let mut numbers = vec![0, 1, 9, 10, 99_999, 100_000, 100_001, 999_999, 1_000_000];
        numbers.extend([10_u64.pow(12), u64::MAX - 1, u64::MAX]);
        let names: Vec<_> = numbers.iter().map(|&n| part_name(n, "jsonl")).collect();
        assert!(names.is_sorted(), "{names:?}");
        assert_eq!(names[0], "part-00000.jsonl.zst");
        assert_eq!(names[5], "part-a100000.jsonl.zst");
        for (number, name) in numbers.iter().zip(&names) {
            assert_eq!(parse_part_name(name), Some((*number, "jsonl")));
        }
    }

    #[test]
    fn other_names_are_no_parts() {
        for name in [
            "part-0.jsonl.zst",
            "part-000000.jsonl.zst",
            "part-b100000.jsonl.zst",
            "part-00000.jsonl",
            ".part-00000.jsonl.zst",
            "part-.jsonl.zst",
            "part-+0001.jsonl.zst",
            "run.json",
        ] {
            assert_eq!(parse_part_name(name), None, "{name}");
        }
    }
}
