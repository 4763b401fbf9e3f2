//! Words as Python's `\w+` finds them, in lower case.

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A hash of a run of words: FNV-1a, one byte between words. Equal on every machine.
pub fn hash(run: &[String]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for word in run {
        word.bytes().for_each(&mut add);
        add(0xff);
    }
    hash
}

#[test]
fn words_are_letters_digits_and_underscores() {
    assert_eq!(words("Don’t “STOP”—now_2!"), ["don", "t", "stop", "now_2"]);
    assert_ne!(hash(&words("ab c")), hash(&words("a bc")));
}
