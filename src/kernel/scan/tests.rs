//! The naive twin of the scan, and the property that both agree.

use std::collections::HashMap;

use proptest::prelude::*;

use super::super::class::beyond_ascii;
use super::super::table::{END, Entry, START, WORD_SEED, hash_byte, join};
use super::*;

/// Words with their byte ranges, found character by character.
fn naive_words(text: &str) -> Vec<(usize, usize)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let is_letter = |i: usize| {
        characters.get(i).is_some_and(|&(_, c)| {
            matches!(class_of(c), Class::Lower | Class::Upper | Class::Digit | Class::OtherLetter)
        })
    };
    let mut words = Vec::new();
    let mut i = 0;
    while i < characters.len() {
        if !is_letter(i) {
            i += 1;
            continue;
        }
        let start = i;
        loop {
            let joins = matches!(characters.get(i), Some((_, '\'' | '’')))
                && characters.get(i + 1).is_some_and(|c| c.1.is_ascii_alphabetic());
            if is_letter(i) || joins {
                i += 1;
            } else {
                break;
            }
        }
        let end = characters.get(i).map_or(text.len(), |c| c.0);
        words.push((characters[start].0, end));
    }
    words
}

fn class_of(c: char) -> Class {
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).as_bytes();
    if c.is_ascii() { CLASS[usize::from(bytes[0])] } else { beyond_ascii(bytes).0 }
}

fn naive_key(word: &str) -> u64 {
    let folded: String = word
        .chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| if c.is_ascii_digit() { '0' } else { c.to_ascii_lowercase() })
        .collect();
    folded.bytes().fold(WORD_SEED, hash_byte)
}

fn naive_classes(text: &str) -> [u32; CLASSES] {
    let mut counts = [0; CLASSES];
    for c in text.chars() {
        counts[class_of(c) as usize] += 1;
    }
    counts
}

/// Rows of all cues found, sorted.
fn naive_hits(text: &str, cues: &HashMap<u64, u32>) -> Vec<u32> {
    let keys: Vec<u64> =
        naive_words(text).into_iter().map(|(s, e)| naive_key(&text[s..e])).collect();
    let mut wanted = Vec::new();
    for i in 0..keys.len() {
        wanted.push(keys[i]);
        if i >= 1 {
            wanted.push(join(keys[i - 1], keys[i]));
        }
        if i >= 2 {
            wanted.push(join(join(keys[i - 2], keys[i - 1]), keys[i]));
        }
    }
    if let [first, ..] = keys[..] {
        wanted.push(join(START, first));
        wanted.push(join(END, keys[keys.len() - 1]));
    }
    if let [first, second, ..] = keys[..] {
        wanted.push(join(START, join(first, second)));
        wanted.push(join(END, join(keys[keys.len() - 2], keys[keys.len() - 1])));
    }
    let mut hits: Vec<u32> = wanted.iter().filter_map(|key| cues.get(key).copied()).collect();
    hits.sort_unstable();
    hits
}

fn cues() -> HashMap<u64, u32> {
    let word = |w: &str| naive_key(w);
    [
        word("share"),
        word("dont"),
        word("0000"),
        word("été"),
        join(word("share"), word("this")),
        join(join(word("share"), word("this")), word("now")),
        join(START, word("share")),
        join(START, join(word("share"), word("this"))),
        join(END, word("now")),
        join(END, join(word("this"), word("now"))),
    ]
    .into_iter()
    .zip(0..)
    .collect()
}

fn table() -> CueTable {
    let weights = (0..10).map(|row| [row as f32 - 4.0; LANES]).collect();
    CueTable::new(cues().into_iter().map(|(key, row)| (key, Entry { lists: 0, row })), weights)
}

#[derive(Default)]
struct Heard {
    words: Vec<(usize, usize)>,
    hits: Vec<Hit>,
}

impl Listener for Heard {
    const HEARS_HITS: bool = true;
    fn words(&mut self, words: &[Word]) {
        self.words.extend(words.iter().map(|w| (w.start as usize, w.end as usize)));
    }
    fn hit(&mut self, hit: Hit) {
        self.hits.push(hit);
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "share",
        "Share",
        "this",
        "now",
        "don't",
        "don’t",
        "'",
        "’",
        "2019",
        "19:45",
        "été",
        "É",
        " ",
        "\u{a0}",
        "  ",
        ".",
        "!",
        "@",
        "://",
        "www",
        "©",
        "—",
        "“",
        "”",
        "InstagramTwitter",
        "NATO",
        "文",
        "🙂",
        "\n",
        "a@b",
        "(",
        ")",
        "…",
        "\0",
        "€",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn equals_its_naive_twin(text in prop_oneof![pieces(), any::<String>()]) {
        let table = table();
        let mut heard = Heard::default();
        let scan = Scanner::new(&table).scan(&text, &mut heard);
        let hits = heard.hits;
        prop_assert_eq!(&heard.words, &naive_words(&text));
        let words = naive_words(&text);
        prop_assert_eq!(scan.words as usize, words.len());
        prop_assert_eq!(scan.classes, naive_classes(&text));
        prop_assert_eq!(scan.word_bytes as usize, words.iter().map(|w| w.1 - w.0).sum::<usize>());
        prop_assert_eq!(scan.first, text.chars().next().map_or(Class::Space, class_of));
        prop_assert_eq!(scan.last, text.chars().last().map_or(Class::Space, class_of));
        let mut rows: Vec<u32> = hits.iter().map(|hit| hit.row).collect();
        rows.sort_unstable();
        prop_assert_eq!(&rows, &naive_hits(&text, &cues()));
        let sum: f32 = rows.iter().map(|&row| row as f32 - 4.0).sum();
        prop_assert!((scan.cue_sum[0] + scan.cue_edge[0] - sum).abs() < 1e-3);
        for hit in hits {
            prop_assert!(text.get(hit.start..hit.end).is_some_and(|cue| !cue.is_empty()));
        }
    }
}

#[test]
fn counts_what_its_fields_say() {
    let scan = scan(
        "By Ann NATO at 7:45, 2019. Mail a@b.org or see https://x.y InstagramTwitter!",
        &table(),
    );
    assert_eq!(scan.words, 17);
    assert_eq!(scan.capitalised, 5);
    assert_eq!(scan.all_caps, 1);
    assert_eq!((scan.numbers, scan.years, scan.times), (3, 1, 1));
    assert_eq!((scan.addresses, scan.links, scan.glued), (1, 1, 1));
    assert_eq!(scan.stops, 2);
    assert_eq!((scan.first, scan.last), (Class::Upper, Class::Exclamation));
    assert_eq!(super::scan("“Yes.”", &table()).terminal, Class::Period);
}

#[test]
fn a_scanner_forgets_one_paragraph_before_the_next() {
    let table = table();
    let mut scanner = Scanner::new(&table);
    let texts = ["Share this now", "", "’", "now", "don’t share this", &"this now. ".repeat(300)];
    for text in texts.iter().chain(texts.iter().rev()) {
        assert_eq!(scanner.scan(text, &mut ()), scan(text, &table), "{text}");
    }
}

#[test]
fn very_long_words_and_paragraphs_are_whole() {
    for offset in 0..2 {
        let text = "a".repeat(offset) + &"é".repeat(1_200_000);
        let mut heard = Heard::default();
        let scan = Scanner::new(&table()).scan(&text, &mut heard);
        assert_eq!(scan.words, 1);
        assert_eq!(scan.count(Class::OtherLetter), 1_200_000);
        assert_eq!(heard.words, [(0, text.len())]);
    }
    let text = "Share this now, don’t wait: ".repeat(1000);
    let mut heard = Heard::default();
    let scan = Scanner::new(&table()).scan(&text, &mut heard);
    assert_eq!(scan.words, 5000);
    assert_eq!(heard.words, naive_words(&text));
    let mut rows: Vec<u32> = heard.hits.iter().map(|hit| hit.row).collect();
    rows.sort_unstable();
    assert_eq!(rows, naive_hits(&text, &cues()));
}

proptest! {
    #[test]
    fn machines_without_wide_registers_give_the_same_bits(text in prop_oneof![pieces(), any::<String>()]) {
        let table = table();
        let portable = Scanner::new(&table).scan_portable(text.as_bytes(), &mut ());
        prop_assert_eq!(&portable, &scan(&text, &table));
        #[cfg(target_arch = "x86_64")]
        if has_wide_registers() {
            // SAFETY: the processor has all that the function requires.
            #[allow(unsafe_code)]
            let wide = unsafe { Scanner::new(&table).scan_avx2(text.as_bytes(), &mut ()) };
            prop_assert_eq!(&portable, &wide);
        }
    }
}
