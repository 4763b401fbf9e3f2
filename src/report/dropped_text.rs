//! The paragraphs that clean text leaves out, for people: where each stood, its label, its text.

use super::classify_terminal::name;
use super::number::ratio;
use super::styled::{Flow, Palette, Tone};
use crate::document::Document;
use crate::verdict::{CleanText, Verdict};

/// Columns before the text.
const INDENT: usize = 4;

/// One line of facts and the wrapped text for each dropped paragraph; nothing where nothing was
/// dropped. The place is the range of bytes, or the index for input that came already split.
#[must_use]
pub fn dropped_text(
    document: &Document,
    verdict: &Verdict,
    clean: &CleanText,
    width: usize,
) -> String {
    let mut out = String::new();
    let (plain, name) = (Palette::plain(), name(&document.into()));
    for paragraph in clean.dropped_paragraphs(verdict) {
        let place = match paragraph.span {
            Some(span) => format!("bytes {}..{}", span.start, span.end),
            None => format!("paragraph {}", paragraph.index),
        };
        let probability = ratio(Some(f64::from(paragraph.probability)));
        out += &format!("{name}, {place}: {} {probability}\n", paragraph.label);
        out.extend(std::iter::repeat_n(' ', INDENT));
        let text = paragraph.text(document);
        Flow::new(&mut out, &plain, width, INDENT).push(Tone::Plain, text).end();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::Label;
    use crate::verdict::Keep;

    #[test]
    fn every_dropped_paragraph_has_place_label_probability_and_text() {
        let (document, verdict) = sample::document();
        let keep = [Label::Body, Label::Heading, Label::Byline].into_iter().collect();
        let clean = CleanText::new(&document, &verdict, keep, "\n");
        assert_eq!(
            dropped_text(&document, &verdict, &clean, 30),
            "news/ferry.txt, bytes 98..116: share_prompt .876\n    Share on ␛Facebook\n\
             news/ferry.txt, bytes 117..156: copyright .750\n    © 2019 Ferry News. All\n    \
             rights reserved\n"
        );
        let (document, verdict) = sample::split_document();
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
        let text = dropped_text(&document, &verdict, &clean, 80);
        assert!(text.starts_with("news/ferry.txt 7, paragraph 1: byline .881\n"), "{text}");
    }
}
