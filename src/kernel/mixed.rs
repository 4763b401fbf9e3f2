//! Runs with apostrophes or characters beyond ASCII, and very long ones: byte by byte.
//!
//! Such a run can hold several words and signs: `“Don’t”—he`. Letters and signs of ASCII are
//! counted elsewhere, whatever run they stand in; here the others are, and what words they make.

use super::class::{Class, FOLD, LETTER, beyond_ascii, character, is_letter};
use super::scan::Scan;
use super::table::{WORD_SEED, hash_byte};
use super::words::Word;

/// Takes the words of a run to `take`.
pub(super) fn mixed_run(
    bytes: &[u8],
    start: usize,
    end: usize,
    scan: &mut Scan,
    mut take: impl FnMut(&mut Scan, Word),
) {
    let run = &bytes[..end];
    let mut i = start;
    while i < end {
        let (class, length) = character(run, i);
        if is_letter(class) {
            let word = word(run, i, scan);
            i = word.end as usize;
            take(scan, word);
        } else {
            scan.classes[class as usize] += u32::from(run[i] >= 0x80);
            i += length;
        }
    }
}

/// The word that begins at `start`; `run` ends with the run.
fn word(run: &[u8], start: usize, scan: &mut Scan) -> Word {
    let mut hash = WORD_SEED;
    let (mut lower, mut upper, mut digits, mut other) = (0u32, 0u32, 0u32, 0u32);
    let mut i = start;
    while i < run.len() {
        let byte = run[i];
        let letter = LETTER[usize::from(byte)];
        if letter != 0 {
            hash = hash_byte(hash, FOLD[usize::from(byte)]);
            lower += u32::from(letter & 1);
            upper += u32::from(letter >> 1 & 1);
            digits += u32::from(letter >> 2);
            i += 1;
            continue;
        }
        let joined = apostrophe(run, i);
        if joined > 0 {
            // That of ASCII is counted with the signs.
            scan.classes[Class::SingleQuote as usize] += u32::from(byte >= 0x80);
            let is_glued = run[i - 1].is_ascii_lowercase() && run[i + joined].is_ascii_uppercase();
            scan.glued += u32::from(is_glued);
            i += joined;
            continue;
        }
        let (class, length) =
            if byte < 0x80 { (Class::SingleQuote, 1) } else { beyond_ascii(&run[i..]) };
        if class != Class::OtherLetter {
            break;
        }
        for &byte in &run[i..i + length] {
            hash = hash_byte(hash, byte);
        }
        other += 1;
        i += length;
    }
    let number = upper + lower + other == 0;
    let first_two = run.get(start..start + 2).unwrap_or_default();
    scan.classes[Class::OtherLetter as usize] += other;
    scan.word_bytes += (i - start) as u32;
    scan.capitalised += u32::from(run[start].is_ascii_uppercase());
    scan.all_caps += u32::from(upper >= 2 && lower + digits + other == 0);
    scan.numbers += u32::from(number);
    scan.years += u32::from(number && digits == 4 && matches!(first_two, b"19" | b"20"));
    scan.long_words += u32::from(i - start >= 12);
    scan.links += u32::from(&run[start..i] == b"www");
    Word { hash, start: start as u32, end: i as u32 }
}

/// Length in bytes of an apostrophe at `i` that joins two letters; 0 where there is none.
#[inline(always)]
fn apostrophe(run: &[u8], i: usize) -> usize {
    let length = match run[i] {
        b'\'' => 1,
        0xE2 if run[i..].starts_with("’".as_bytes()) => 3,
        _ => return 0,
    };
    if run.get(i + length).is_some_and(u8::is_ascii_alphabetic) { length } else { 0 }
}
