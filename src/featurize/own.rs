//! Features of one paragraph, from its [`Scan`] and from what the whole document is like.
//!
//! Each feature is declared once, with its name, group, meaning and code, so that the schema and
//! the matrix cannot drift apart.

use std::sync::LazyLock;

use super::lexicon::List;
use super::schema::{Declared, FeatureGroup};
use crate::kernel::class::Class;
use crate::kernel::scan::Scan;

/// From this many words on, a paragraph with a final stop counts as prose.
pub(super) const PROSE_WORDS: u32 = 20;
/// Up to this many words, a paragraph without a final stop counts as a short line.
pub(super) const SHORT_WORDS: u32 = 8;

/// Declares features: the table and the function that fills their columns, in one order.
macro_rules! features {
    ($table:ident, $fill:ident($input:ident: $type:ty);
     $($name:ident, $group:ident, $meaning:literal => $value:expr;)*) => {
        pub(in crate::featurize) const $table: &[Declared] = &[$(Declared {
            name: stringify!($name),
            group: FeatureGroup::$group,
            meaning: $meaning,
        }),*];

        /// Fills the columns of the table of this macro's call, in its order.
        #[inline]
        pub(in crate::featurize) fn $fill($input: &$type, row: &mut [f32]) {
            let values = [$($value),*];
            row.copy_from_slice(&values);
        }
    };
}
pub(super) use features;

/// Counts are small; a flag or a ratio is what a linear model can use.
#[inline]
pub(super) fn flag(condition: bool) -> f32 {
    f32::from(u8::from(condition))
}

/// `part / whole`; 0 if there is nothing.
#[inline]
pub(super) fn ratio(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// Natural logarithm of 1 + a count.
#[inline]
pub(super) fn log1p(count: u32) -> f32 {
    match LOGS.get(count as usize) {
        Some(&log) => log,
        None => libm::logf(1.0 + count as f32),
    }
}

/// The logarithms of the first numbers: most counts are small.
static LOGS: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|count| libm::logf(1.0 + count as f32)));

impl Scan {
    #[inline]
    fn list(&self, list: List) -> u32 {
        self.lists[list as usize]
    }

    #[inline]
    fn begins_with(&self, list: List) -> f32 {
        flag(self.first_lists & (1 << list as u32) != 0)
    }

    #[inline]
    fn share(&self, list: List) -> f32 {
        ratio(self.list(list), self.words)
    }

    #[inline]
    fn has(&self, class: Class) -> f32 {
        flag(self.count(class) > 0)
    }

    #[inline]
    fn per_word(&self, class: Class) -> f32 {
        self.count(class) as f32 / (self.words + 1) as f32
    }

    /// Whether the last character, quotation marks and closing brackets aside, ends a sentence.
    #[inline]
    pub(super) fn ends_with_stop(&self) -> bool {
        matches!(self.terminal, Class::Period | Class::Question | Class::Exclamation)
    }

    #[inline]
    pub(super) fn is_prose(&self) -> bool {
        self.words >= PROSE_WORDS && self.ends_with_stop()
    }

    #[inline]
    pub(super) fn is_short_line(&self) -> bool {
        self.words <= SHORT_WORDS && !self.ends_with_stop()
    }

    fn signs(&self) -> u32 {
        self.classes.iter().sum::<u32>()
            - self.count(Class::Lower)
            - self.count(Class::Upper)
            - self.count(Class::Digit)
            - self.count(Class::OtherLetter)
            - self.count(Class::Space)
    }
}

features! { FEATURES, fill(s: Scan);
    log_words, Shape, "ln(1 + words)" => s.log_words;
    no_words, Shape, "1 if there is no letter or digit" => flag(s.words == 0);
    words_1, Shape, "1 for one word" => flag(s.words == 1);
    words_2_3, Shape, "1 for 2-3 words" => flag((2..=3).contains(&s.words));
    words_4_7, Shape, "1 for 4-7 words" => flag((4..=7).contains(&s.words));
    words_8_14, Shape, "1 for 8-14 words" => flag((8..=14).contains(&s.words));
    words_15_30, Shape, "1 for 15-30 words" => flag((15..=30).contains(&s.words));
    words_61, Shape, "1 for 61 words and more" => flag(s.words > 60);
    word_length, Shape, "bytes a word" => ratio(s.word_bytes, s.words);
    long_word_ratio, Shape, "words of 12 bytes and more, of all words" => ratio(s.long_words, s.words);
    upper_ratio, Shape, "upper-case letters of all ASCII letters"
        => ratio(s.count(Class::Upper), s.count(Class::Upper) + s.count(Class::Lower));
    other_letter_ratio, Shape, "letters beyond ASCII of all letters"
        => ratio(s.count(Class::OtherLetter),
            s.count(Class::OtherLetter) + s.count(Class::Upper) + s.count(Class::Lower));
    capitalised_ratio, Shape, "words with a capital of all words" => ratio(s.capitalised, s.words);
    title_case_ratio, Shape, "words with a capital over words that are no function words, at most 1"
        => ratio(s.capitalised, s.words.saturating_sub(s.list(List::Function)).max(1)).min(1.0);
    all_caps_ratio, Shape, "words in capitals of all words" => ratio(s.all_caps, s.words);
    number_ratio, Shape, "numbers of all words" => ratio(s.numbers, s.words);
    digit_ratio, Shape, "digits per byte in words" => ratio(s.count(Class::Digit), s.word_bytes);
    year, Shape, "1 if there is a year" => flag(s.years > 0);
    time, Shape, "1 if there is a time of day" => flag(s.times > 0);
    glued, Shape, "places where words are glued, per word" => ratio(s.glued, s.words);
    first_lower, Shape, "1 if it begins with a lower-case letter" => flag(s.first == Class::Lower);
    first_upper, Shape, "1 if it begins with a capital" => flag(s.first == Class::Upper);
    first_digit, Shape, "1 if it begins with a digit" => flag(s.first == Class::Digit);
    first_quote, Punctuation, "1 if it begins with a quotation mark"
        => flag(matches!(s.first, Class::DoubleQuote | Class::SingleQuote));
    first_bullet, Punctuation, "1 if it begins with a bullet, dash or ornament"
        => flag(matches!(s.first, Class::Bullet | Class::Dash | Class::Ornament));
    first_bracket, Punctuation, "1 if it begins with a bracket"
        => flag(matches!(s.first, Class::ParenOpen | Class::Bracket));
    first_sign, Punctuation, "1 if it begins with another sign"
        => flag(matches!(s.first, Class::Symbol | Class::Angle | Class::At | Class::Hash
            | Class::Pipe | Class::And | Class::CopyrightSign));
    last_period, Punctuation, "1 if it ends in a full stop" => flag(s.last == Class::Period);
    last_question, Punctuation, "1 if it ends in a question mark" => flag(s.last == Class::Question);
    last_exclamation, Punctuation, "1 if it ends in an exclamation mark"
        => flag(s.last == Class::Exclamation);
    last_colon, Punctuation, "1 if it ends in a colon" => flag(s.last == Class::Colon);
    last_comma, Punctuation, "1 if it ends in a comma or semicolon"
        => flag(matches!(s.last, Class::Comma | Class::Semicolon));
    last_quote, Punctuation, "1 if it ends in a quotation mark"
        => flag(matches!(s.last, Class::DoubleQuote | Class::SingleQuote));
    last_bracket, Punctuation, "1 if it ends in a closing bracket"
        => flag(matches!(s.last, Class::ParenClose | Class::Bracket));
    last_letter, Punctuation, "1 if it ends in a letter or digit"
        => flag(matches!(s.last, Class::Lower | Class::Upper | Class::Digit | Class::OtherLetter));
    last_angle, Punctuation, "1 if it ends in an arrow, angle or ellipsis"
        => flag(matches!(s.last, Class::Angle | Class::Ellipsis));
    stop, Punctuation, "1 if the last sign ends a sentence" => flag(s.ends_with_stop());
    short_line, Punctuation, "1 for up to 8 words without a final stop" => flag(s.is_short_line());
    prose, Punctuation, "1 for 20 words and more with a final stop" => flag(s.is_prose());
    sentences, Punctuation, "ln(1 + ends of sentences)" => log1p(s.stops);
    stops_per_word, Punctuation, "ends of sentences a word" => ratio(s.stops, s.words);
    commas_per_word, Punctuation, "commas a word" => s.per_word(Class::Comma);
    signs_per_word, Punctuation, "signs a word, at most 3" => ratio(s.signs(), s.words.max(1)).min(3.0);
    colon, Punctuation, "1 if there is a colon" => s.has(Class::Colon);
    semicolon, Punctuation, "1 if there is a semicolon" => s.has(Class::Semicolon);
    question, Punctuation, "1 if there is a question mark" => s.has(Class::Question);
    exclamation, Punctuation, "1 if there is an exclamation mark" => s.has(Class::Exclamation);
    double_quote, Punctuation, "1 if there is a double quotation mark" => s.has(Class::DoubleQuote);
    single_quote, Punctuation, "apostrophes and single quotation marks a word"
        => s.per_word(Class::SingleQuote);
    parenthesis, Punctuation, "1 if there is a parenthesis" => s.has(Class::ParenOpen);
    square_bracket, Punctuation, "1 if there is a square or curly bracket" => s.has(Class::Bracket);
    slashes, Punctuation, "slashes a word" => s.per_word(Class::Slash);
    pipes, Punctuation, "vertical bars a word" => s.per_word(Class::Pipe);
    at_sign, Punctuation, "1 if there is an at sign" => s.has(Class::At);
    address, Punctuation, "1 if there is an e-mail address" => flag(s.addresses > 0);
    link, Punctuation, "1 if there is a web address" => flag(s.links > 0);
    hash, Punctuation, "1 if there is a hash sign" => s.has(Class::Hash);
    currency, Punctuation, "1 if there is a currency sign" => s.has(Class::Currency);
    percent, Punctuation, "1 if there is a per-cent sign" => s.has(Class::Percent);
    dashes, Punctuation, "hyphens and dashes a word" => s.per_word(Class::Dash);
    ornaments, Punctuation, "asterisks, underscores and the like a word, at most 3"
        => s.per_word(Class::Ornament).min(3.0);
    and_sign, Punctuation, "1 if there is an ampersand or plus" => s.has(Class::And);
    angles, Punctuation, "arrows and angles a word, at most 3" => s.per_word(Class::Angle).min(3.0);
    bullets, Punctuation, "bullets and middle dots a word, at most 3"
        => s.per_word(Class::Bullet).min(3.0);
    copyright_sign, Punctuation, "1 if there is a copyright sign" => s.has(Class::CopyrightSign);
    trade_sign, Punctuation, "1 if there is a trademark sign" => s.has(Class::TradeSign);
    symbol, Punctuation, "1 if there is an emoji or other symbol" => s.has(Class::Symbol);
    function_share, Words, "function words of all words" => s.share(List::Function);
    we_share, Words, "we, our, us of all words" => s.share(List::We);
    you_share, Words, "you, your of all words" => s.share(List::You);
    i_share, Words, "I, my, me of all words" => s.share(List::I);
    they_share, Words, "he, she, they of all words" => s.share(List::They);
    said, Words, "1 if there is a verb of reporting" => flag(s.list(List::Said) > 0);
    quoted_speech, Words, "1 for a quotation mark and a verb of reporting"
        => flag(s.list(List::Said) > 0
            && s.count(Class::DoubleQuote) + s.count(Class::SingleQuote) > 0);
    past_share, Words, "past-tense verbs of all words" => s.share(List::Past);
    month, Words, "1 if there is a month" => flag(s.list(List::Month) > 0);
    short_date, Words, "1 for a month and a number in up to 12 words"
        => flag(s.list(List::Month) > 0 && s.numbers > 0 && s.words <= 12);
    day_share, Words, "days, times and zones of all words" => s.share(List::Day);
    network_share, Words, "social networks of all words" => s.share(List::Network);
    prompt_share, Words, "prompting verbs of all words" => s.share(List::Prompt);
    legal_share, Words, "words of rights and responsibility of all words" => s.share(List::Legal);
    photo_share, Words, "words of pictures of all words" => s.share(List::Photo);
    account_share, Words, "words of newsletters and accounts of all words" => s.share(List::Account);
    comment_share, Words, "words of comment sections of all words" => s.share(List::Comment);
    more_share, Words, "words of link lists of all words" => s.share(List::More);
    role_share, Words, "trades and offices of all words" => s.share(List::Role);
    agency_share, Words, "agencies of all words" => s.share(List::Agency);
    begins_prompt, Words, "1 if the first word is a prompting verb" => s.begins_with(List::Prompt);
    begins_more, Words, "1 if the first word is of link lists" => s.begins_with(List::More);
    begins_photo, Words, "1 if the first word is of pictures" => s.begins_with(List::Photo);
    begins_they, Words, "1 if the first word is he, she, they" => s.begins_with(List::They);
    begins_function, Words, "1 if the first word is a function word" => s.begins_with(List::Function);
    begins_month, Words, "1 if the first word is a month" => s.begins_with(List::Month);
}

/// What both passes know of the whole document, for one of its paragraphs.
pub(super) struct InDocument<'a> {
    /// ln(1 + words) of the paragraph.
    pub(super) log_words: f32,
    pub(super) summary: &'a Summary,
}

/// What a document is like.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Summary {
    pub(super) paragraphs: u32,
    pub(super) words: u32,
    pub(super) prose_words: u32,
    pub(super) prose: u32,
    pub(super) short_lines: u32,
    pub(super) mean_log_words: f32,
}

impl Summary {
    pub(super) fn add(&mut self, scan: &Scan) {
        let n = self.paragraphs as f32;
        self.mean_log_words = (self.mean_log_words * n + scan.log_words) / (n + 1.0);
        self.paragraphs += 1;
        self.words += scan.words;
        self.prose += u32::from(scan.is_prose());
        self.prose_words += if scan.is_prose() { scan.words } else { 0 };
        self.short_lines += u32::from(scan.is_short_line());
    }
}

features! { DOCUMENT_FEATURES, fill_document(d: InDocument<'_>);
    document_length, Document, "ln(1 + paragraphs of the document)" => log1p(d.summary.paragraphs);
    document_prose, Document, "words in prose of all words" => ratio(d.summary.prose_words, d.summary.words);
    document_prose_paragraphs, Document, "ln(1 + prose paragraphs)" => log1p(d.summary.prose);
    document_short_lines, Document, "short lines of all paragraphs"
        => ratio(d.summary.short_lines, d.summary.paragraphs);
    document_log_words, Document, "mean of ln(1 + words) over the paragraphs" => d.summary.mean_log_words;
    relative_length, Document, "ln(1 + words) less the document's mean"
        => d.log_words - d.summary.mean_log_words;
}
