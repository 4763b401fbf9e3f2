//! The guess of a text's language.
//!
//! Input: a text. Output: an ISO 639-1 code. English, which most of a crawl is, is told by its
//! function words in one cheap look without allocation; only other texts are given to whatlang.
//! Both see four windows spread over the text, so that the larger part of a mixed one decides.
//! Not done here: languages of single paragraphs.

use whatlang::{Lang, detect};

use crate::kernel::masks::{BLOCK, masks};

/// Number of windows.
const WINDOWS: usize = 4;
/// Bytes of a window in which English words are counted; this runs on every document.
const ENGLISH_WINDOW: usize = 256;
/// Bytes of a window that is given to whatlang.
const WINDOW: usize = 1024;
/// Letters below which a guess is worth nothing. A Han character, kana or hangul counts as three.
const FEWEST_LETTERS: usize = 20;
/// Words below which function words cannot be counted.
const FEWEST_WORDS: usize = 8;
/// English prose has 20 to 30 of the counted words in 100, other languages hardly one: half of the
/// lower bound and more is a text that is English in its larger part.
const CLEAR_PERCENT: usize = 12;
/// With so many, whatlang's word for English counts even where it is not sure (headlines, menus).
const SOME_PERCENT: usize = 3;

/// English words that no other language of Latin script has among its frequent ones: hence not
/// `in`, `was`, `die` (German), `is`, `we` (Dutch), `on` (French), `for`, `her` (Danish).
const ENGLISH_WORDS: [&str; 40] = [
    "about", "after", "and", "are", "because", "been", "but", "by", "could", "from", "has", "he",
    "his", "how", "its", "more", "new", "not", "of", "our", "said", "she", "should", "than",
    "that", "the", "their", "there", "they", "this", "to", "were", "what", "when", "which", "who",
    "with", "would", "you", "your",
];

/// ISO 639-1 code of the language in which the larger part of the text is written.
///
/// `None` where it has fewer than about 20 letters, or no language is likely enough.
#[must_use]
pub fn detect_language(text: &str) -> Option<&'static str> {
    let mut counts = Counts::default();
    for window in windows(text, ENGLISH_WINDOW) {
        counts.add(window.as_bytes());
    }
    if counts.words >= FEWEST_WORDS && counts.is_latin() && counts.share_is(CLEAR_PERCENT) {
        return Some("en");
    }
    let sample = windows(text, WINDOW).join(" ");
    if letters(&sample) < FEWEST_LETTERS {
        return None;
    }
    let info = detect(&sample)?;
    let perhaps_english = info.lang() == Lang::Eng && counts.share_is(SOME_PERCENT);
    if info.is_reliable() || perhaps_english { iso_639_1(info.lang()) } else { None }
}

/// Windows of about `size` bytes, from the beginning to the end of the text; a text that is no
/// longer than all of them is covered by the first.
fn windows(text: &str, size: usize) -> [&str; WINDOWS] {
    if text.len() <= WINDOWS * size {
        return [text, "", "", ""];
    }
    let step = (text.len() - size) / (WINDOWS - 1);
    std::array::from_fn(|n| {
        let start = floor_char_boundary(text, n * step);
        &text[start..floor_char_boundary(text, start + size)]
    })
}

/// The last character boundary at or before `at`; the standard library's own asks for Rust 1.91.
fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Letters of a text, as many as are needed.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).map(|c| if c >= '\u{2E80}' { 3 } else { 1 }).sum()
}

/// Words and letters of a text.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Runs of letters.
    words: usize,
    /// Those in [`ENGLISH_WORDS`].
    english: usize,
    /// Bytes of ASCII letters.
    ascii: usize,
    /// Bytes outside ASCII.
    other: usize,
}

impl Counts {
    /// Counts the words of a piece of UTF-8. The naive twin in the tests splits and looks up. Here
    /// where words begin and end is read off bit masks of 64 bytes.
    fn add(&mut self, text: &[u8]) {
        // Where the word begins that reaches into the next block.
        let mut open = None;
        for (start, block) in (0..).step_by(BLOCK).zip(text.chunks(BLOCK)) {
            let masks = match block.first_chunk() {
                Some(block) => masks(block),
                None => {
                    let mut padded = [0; BLOCK];
                    padded[..block.len()].copy_from_slice(block);
                    masks(&padded).first(block.len())
                }
            };
            let ascii = masks.lower | masks.upper;
            self.ascii += ascii.count_ones() as usize;
            self.other += masks.beyond.count_ones() as usize;
            let letters = ascii | masks.beyond;
            let before = letters << 1 | u64::from(open.is_some());
            let (mut starts, mut ends) = (letters & !before, !letters & before);
            while ends != 0 {
                let from = open.take().unwrap_or_else(|| start + next(&mut starts));
                self.add_word(text, from, start + next(&mut ends));
            }
            if starts != 0 {
                open = Some(start + next(&mut starts));
            }
        }
        if let Some(from) = open {
            self.add_word(text, from, text.len());
        }
    }

    fn add_word(&mut self, text: &[u8], from: usize, to: usize) {
        self.words += 1;
        let length = to - from;
        if length <= 8 {
            // In lower case, eight bytes in an integer. A byte beyond ASCII is in no English word:
            // a letter with an accent, or a quotation mark, which costs a few words at the edges of
            // quotations.
            let mut eight = [0; 8];
            match text.get(from..from + 8) {
                Some(bytes) => eight.copy_from_slice(bytes),
                None => eight[..length].copy_from_slice(&text[from..to]),
            }
            let lower = u64::from_be_bytes(eight) | u64::from_be_bytes([0x20; 8]);
            self.english += usize::from(is_english(lower >> (64 - 8 * length)));
        }
    }

    fn is_latin(&self) -> bool {
        self.other * 3 <= self.ascii
    }

    fn share_is(&self, percent: usize) -> bool {
        self.english > 0 && self.english * 100 >= self.words * percent
    }
}

/// Takes the lowest of the bits that are set; its number.
fn next(bits: &mut u64) -> usize {
    let number = bits.trailing_zeros() as usize;
    *bits &= bits.wrapping_sub(1);
    number
}

/// Bits of a slot number: few words share a slot.
const SLOT_BITS: u32 = 8;

/// [`ENGLISH_WORDS`] by slot; a word whose slot is taken lies in the next free one.
static SLOTS: [u64; 1 << SLOT_BITS] = slots();

const fn slots() -> [u64; 1 << SLOT_BITS] {
    let mut slots = [0; 1 << SLOT_BITS];
    let mut n = 0;
    while n < ENGLISH_WORDS.len() {
        let bytes = ENGLISH_WORDS[n].as_bytes();
        let (mut word, mut i) = (0_u64, 0);
        while i < bytes.len() {
            word = word << 8 | bytes[i] as u64;
            i += 1;
        }
        let mut at = slot(word);
        while slots[at] != 0 {
            at = (at + 1) % slots.len();
        }
        slots[at] = word;
        n += 1;
    }
    slots
}

const fn slot(word: u64) -> usize {
    (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOT_BITS)) as usize
}

fn is_english(word: u64) -> bool {
    let mut at = slot(word);
    while SLOTS[at] != 0 {
        if SLOTS[at] == word {
            return true;
        }
        at = (at + 1) % SLOTS.len();
    }
    false
}

/// The code as [`detect_language`] would give it; `None` for one that it never gives.
#[must_use]
pub fn known_language(code: &str) -> Option<&'static str> {
    CODES.iter().map(|&(_, known)| known).find(|known| known.eq_ignore_ascii_case(code))
}

/// The two-letter code of a language that whatlang knows; a test finds any that is missing.
fn iso_639_1(lang: Lang) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == lang).map(|&(_, code)| code)
}

/// Every language that whatlang knows, with its code.
const CODES: [(Lang, &str); 70] = [
    (Lang::Epo, "eo"),
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
    (Lang::Cym, "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ENGLISH: &str = "The harbour town opened its new bridge on Monday after nine years of work. \
        The mayor cut a ribbon in the rain and thanked the builders who had stayed.";
    const GERMAN: &str = "Nach neun Jahren Arbeit hat die Hafenstadt am Montag ihre neue Brücke eröffnet. \
        Der Bürgermeister durchschnitt im Regen ein Band und dankte den Arbeitern.";

    #[test]
    fn names_the_language() {
        let cases = [
            ("en", ENGLISH),
            ("en", "Mayor of harbour town opens the new bridge after nine years"),
            ("en", "“It’s not what we wanted,” she said, “but it’s what the town could pay for.”"),
            ("en", "Share this article with your friends and subscribe to our newsletter"),
            ("de", GERMAN),
            (
                "fr",
                "Après neuf ans de travaux, la ville portuaire a inauguré lundi son nouveau pont. Le maire a coupé un ruban sous la pluie et remercié les ouvriers.",
            ),
            (
                "es",
                "Tras nueve años de obras, la ciudad inauguró el lunes su nuevo puente. El alcalde cortó una cinta bajo la lluvia y dio las gracias a los obreros.",
            ),
            (
                "nl",
                "Na negen jaar werk heeft de havenstad maandag haar nieuwe brug geopend. De burgemeester knipte in de regen een lint door en bedankte de bouwers.",
            ),
            (
                "ru",
                "После девяти лет работы в портовом городе в понедельник открыли новый мост. Мэр перерезал ленту под дождём и поблагодарил строителей.",
            ),
            (
                "ja",
                "港町では九年にわたる工事を経て、新しい橋が月曜日に開通した。市長は雨の中でテープを切った。",
            ),
            (
                "ko",
                "항구 도시는 구 년의 공사 끝에 월요일 새 다리를 개통했다. 시장은 빗속에서 리본을 잘랐다.",
            ),
            (
                "zh",
                "经过九年的施工，港口城市的新桥于星期一正式通车。市长在雨中剪彩，并感谢了建筑工人。",
            ),
            (
                "ar",
                "بعد تسع سنوات من العمل افتتحت المدينة الساحلية جسرها الجديد يوم الاثنين وشكر رئيس البلدية العمال.",
            ),
            (
                "hi",
                "नौ साल के काम के बाद बंदरगाह शहर ने सोमवार को अपना नया पुल खोल दिया। महापौर ने मज़दूरों को धन्यवाद दिया।",
            ),
        ];
        for (code, text) in cases {
            assert_eq!(detect_language(text), Some(code), "{text}");
        }
    }

    #[test]
    fn every_language_has_a_code() {
        for &lang in Lang::all() {
            let code = iso_639_1(lang).unwrap_or_default();
            assert_eq!(code.len(), 2, "{lang:?}");
        }
    }

    #[test]
    fn loan_words_and_names_do_not_make_a_text_english() {
        let text = "Das Start-up „The New Way“ hat beim Meeting im Coworking-Space sein Software-Update \
            vorgestellt. Der CEO nannte das Release auf Twitter „the best of the year“, doch viele User \
            klagen über den Support und das Interface der App.";
        assert_eq!(detect_language(text), Some("de"));
    }

    #[test]
    fn the_larger_part_of_a_mixed_text_decides() {
        let mixed = |english: usize, german: usize| {
            format!("{}{}", ENGLISH.repeat(english), GERMAN.repeat(german))
        };
        for times in [1, 20] {
            assert_eq!(detect_language(&mixed(3 * times, times)), Some("en"));
            assert_eq!(detect_language(&mixed(times, 3 * times)), Some("de"));
        }
        let japanese = "港町では九年にわたる工事を経て、新しい橋が月曜日に開通した。".repeat(4);
        assert_eq!(
            detect_language(&format!("{japanese} The Times of the town, by the editor")),
            Some("ja")
        );
    }

    #[test]
    fn says_nothing_without_enough_letters() {
        for text in
            ["", "  \n", "Home", "Login | Menu", "12 345 678 901 234 567 890 123", "*** --- ***"]
        {
            assert_eq!(detect_language(text), None, "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn counts_like_the_naive_twin(text in "(the|of|Said|theory|Wouldn|\\PC| |, |\n|[a-z]{1,9}){0,60}") {
            let words: Vec<_> = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).collect();
            let english = words.iter().filter(|w| ENGLISH_WORDS.contains(&&*w.to_ascii_lowercase())).count();
            let mut counts = Counts::default();
            counts.add(text.as_bytes());
            prop_assert_eq!((counts.words, counts.english), (words.len(), english));
        }

        #[test]
        fn any_text_is_taken(text in "\\PC{0,600}", times in 1..30_usize) {
            let _ = detect_language(&text.repeat(times));
        }
    }
}
