//! Documents in each manner of writing, and properties that hold for every text.

use proptest::prelude::*;

use super::space::{is_blank, is_break};
use super::*;

#[track_caller]
fn check(name: &str, text: &str, layout: Layout, paragraphs: &[&str]) {
    let found = segment(text, Split::Auto);
    let texts: Vec<_> = found.paragraphs.iter().map(|span| unwrap(span.slice(text))).collect();
    assert_eq!(
        (found.layout, &texts[..]),
        (layout, &paragraphs.iter().map(|&p| p.into()).collect::<Vec<_>>()[..]),
        "{name}"
    );
}

/// Wraps words greedily at a width, the first line indented by `first`, others by `rest`.
fn fill(paragraph: &str, width: usize, first: &str, rest: &str) -> String {
    let mut lines = vec![first.to_owned()];
    for word in paragraph.split(' ') {
        let line = lines.last_mut().unwrap();
        let empty = line.trim().is_empty();
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("{rest}{word}"));
        } else {
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

const TITLE: &str = "Harbour town opens its new bridge";
const FIRST: &str = "The harbour town of Eastmere opened its new bridge on Monday after nine years of \
    work, three lawsuits and a flood that carried off the scaffolding twice. The mayor cut a ribbon \
    in the rain and thanked the builders.";
const SECOND: &str = "Nobody had believed in it any more, said the owner of a nearby bakery, who sold \
    rolls to the workers every morning. She now hopes that tourists will cross the river and find \
    her shop.";
const THIRD: &str = "The bridge cost 41 million crowns, twice as much as planned; the state paid most \
    of it. An older one, built in 1911, will be taken down next spring.";
const MENU: [&str; 5] = ["Home", "About us", "Contact", "Terms of use", "Follow us on Facebook"];

#[test]
fn a_paragraph_a_line() {
    let paragraphs = [TITLE, "By Jane Doe", FIRST, SECOND, THIRD, "***", "Share", "Copyright 2020"];
    for (name, separator) in [
        ("bare", "\n"),
        ("windows", "\r\n"),
        ("old mac", "\r"),
        ("line separators", "\u{2028}"),
        ("blank lines", "\n\n"),
        ("windows, blank lines", "\r\n\r\n"),
        ("spaces", " \n \u{A0}\n"),
    ] {
        check(name, &paragraphs.join(separator), Layout::Line, &paragraphs);
    }
}

#[test]
fn short_lines_are_paragraphs() {
    let poem = "The wind came over the water,\nand carried the sand to the door,\nand no one could tell in the morning\nwhat the garden had been before.";
    check("poem", poem, Layout::Line, &poem.lines().collect::<Vec<_>>());
    check("menu", &MENU.join("\n"), Layout::Line, &MENU);
    let headlines = [
        "Mayor opens the new bridge in Eastmere after nine years",
        "Flood carries off scaffolding for the second time this spring",
        "Bakery owner hopes for tourists as the old bridge comes down",
        "State pays most of the forty-one million for harbour town",
        "Builders thanked in the rain by a mayor without an umbrella",
    ];
    check("headlines", &headlines.join("\n"), Layout::Line, &headlines);
}

#[test]
fn wrapped_between_blank_lines() {
    for width in [60, 66, 72, 76, 80] {
        let wrapped = [TITLE, FIRST, SECOND, THIRD].map(|p| fill(p, width, "", ""));
        for separator in ["\n\n", "\n \n", "\n\n\n\n"] {
            check("plain", &wrapped.join(separator), Layout::Blank, &[TITLE, FIRST, SECOND, THIRD]);
        }
        let windows = wrapped.join("\n\n").replace('\n', "\r\n");
        check("windows", &windows, Layout::Blank, &[TITLE, FIRST, SECOND, THIRD]);
        let mac = wrapped.join("\n\n").replace('\n', "\r");
        check("old mac", &mac, Layout::Blank, &[TITLE, FIRST, SECOND, THIRD]);
        let menu = format!("{}\n\n***\n{}", wrapped.join("\n\n"), MENU.join("\n"));
        let mut expected = vec![TITLE, FIRST, SECOND, THIRD, "***"];
        expected.extend(MENU);
        check("a menu at the end", &menu, Layout::Blank, &expected);
        let indented = wrapped.join("\n\n").replace('\n', "\n        ");
        check(
            "all indented",
            &format!("        {indented}"),
            Layout::Blank,
            &[TITLE, FIRST, SECOND, THIRD],
        );
    }
}

#[test]
fn wrapped_with_indented_first_lines() {
    for indent in ["  ", "    ", "\t", "\u{A0}\u{A0}\u{A0}"] {
        let paragraphs = [FIRST, SECOND, THIRD].map(|p| fill(p, 72, indent, ""));
        let text = format!("{TITLE}\n{}", paragraphs.join("\n"));
        check(indent, &text, Layout::Indented, &[TITLE, FIRST, SECOND, THIRD]);
    }
}

#[test]
fn lists_in_a_wrapped_text() {
    let items = [
        "- the bridge, which took nine years and cost far more than anybody had foreseen",
        "- the bakery",
        "- the river, which does not care about either of them and flows on as before",
    ];
    let starred = items.map(|item| item.replacen('-', "*", 1));
    let numbered = [items[0].replacen('-', "1.", 1), items[1].replacen('-', "2.", 1)];
    for list in [&items.map(str::to_owned)[..], &starred, &numbered] {
        let hanging: Vec<_> = list.iter().map(|item| fill(item, 60, "", "  ")).collect();
        let text = format!(
            "{}\n\n{}\n\n{}",
            fill(FIRST, 60, "", ""),
            hanging.join("\n"),
            fill(SECOND, 60, "", "")
        );
        let mut expected = vec![FIRST];
        expected.extend(list.iter().map(String::as_str));
        expected.push(SECOND);
        check("list", &text, Layout::Blank, &expected);
    }
}

#[test]
fn a_dash_or_number_inside_a_wrapped_sentence_is_no_item() {
    let text = "It was the old harbour town that suffered most in those years\n- nobody knew why - and it was there that help came last, in the\n3. district of all places, where the roads had been washed away\nand the wells were full of sand.";
    check("dash", text, Layout::Blank, &[&text.replace('\n', " ")]);
}

#[test]
fn mail_broken_by_hand() {
    let text = "Dear neighbours,\n\nas some of you have heard, the council will meet on Thursday\nto talk about the old bridge once more. We would like\nto see as many of you there as can come, since the plan to\ntake it down was never put to a vote.\n\n> Why was there no vote on the matter in the spring, when the\n> plan was first laid out?\n\nGood question. Come and ask it yourselves, at seven o'clock in\nthe school.\n\nJane Doe\nHarbour Street 5\nEastmere";
    check(
        "mail",
        text,
        Layout::Blank,
        &[
            "Dear neighbours,",
            "as some of you have heard, the council will meet on Thursday to talk about the old bridge once more. We would like to see as many of you there as can come, since the plan to take it down was never put to a vote.",
            "> Why was there no vote on the matter in the spring, when the > plan was first laid out?",
            "Good question. Come and ask it yourselves, at seven o'clock in the school.",
            "Jane Doe",
            "Harbour Street 5",
            "Eastmere",
        ],
    );
}

#[test]
fn scripts_without_case_or_spaces() {
    let japanese = "港町イーストミアでは九年にわたる工事を経て新しい橋が月曜日に開通した。市長は雨の中でテープを切り、工事に携わった人々に感謝の言葉を述べた。近くのパン屋の主人は、もう誰も信じていなかったと話している。";
    let wrapped: Vec<String> =
        japanese.chars().collect::<Vec<_>>().chunks(35).map(|line| line.iter().collect()).collect();
    let text = format!("{0}\n\n{0}", wrapped.join("\n"));
    check("japanese", &text, Layout::Blank, &[japanese, japanese]);
    check("japanese line", &format!("{japanese}\n{japanese}"), Layout::Line, &[japanese, japanese]);
}

#[test]
fn an_article_on_one_line_is_cut_into_sentences() {
    let article = [FIRST, SECOND, THIRD].join(" ").repeat(3);
    let text = format!("{TITLE}\n{article} Follow us on Facebook");
    let found = segment(&text, Split::Auto);
    assert_eq!(found.layout, Layout::Sentence);
    let texts: Vec<_> = found.paragraphs.iter().map(|span| span.slice(&text)).collect();
    assert_eq!(texts[0], TITLE);
    assert_eq!(texts.last(), Some(&"Follow us on Facebook"));
    assert!(texts.contains(&"An older one, built in 1911, will be taken down next spring."));
}

#[test]
fn a_split_can_be_forced() {
    let wrapped = [FIRST, SECOND].map(|p| fill(p, 60, "", ""));
    let text = wrapped.join("\n\n");
    let by = |split| segment(&text, split);
    assert_eq!(by(Split::Line).paragraphs.len(), text.lines().filter(|l| !l.is_empty()).count());
    let blank: Vec<_> = by(Split::Blank).paragraphs.iter().map(|p| p.slice(&text)).collect();
    assert_eq!(blank, wrapped);
    let sentences = by(Split::Sentence);
    let texts: Vec<_> = sentences.paragraphs.iter().map(|p| unwrap(p.slice(&text))).collect();
    assert_eq!(texts.len(), 4);
    assert_eq!(texts[1], "The mayor cut a ribbon in the rain and thanked the builders.");
    assert_eq!(
        [Split::Line, Split::Blank, Split::Sentence].map(|split| by(split).layout),
        [Layout::Line, Layout::Blank, Layout::Sentence]
    );
    let menu = segment("Home\nAbout\n\nFAQ", Split::Blank);
    assert_eq!(menu.paragraphs, [Span::new(0, 10), Span::new(12, 15)]);
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", "\n", " \u{FEFF}\u{A0}\r\n\u{200B}"] {
        assert_eq!(segment(text, Split::Auto), Segmentation::default(), "{text:?}");
    }
}

/// A time quadratic in the length would take hours here.
#[test]
fn large_texts_take_linear_time() {
    let texts = [
        "a\n".repeat(200_000),
        "\n \n".repeat(200_000),
        "x".repeat(1_000_000),
        "a.B c. ".repeat(100_000),
        ". ".repeat(300_000),
        "Mr.Com\"(".repeat(100_000),
        " ".repeat(1_000_000) + "a." + &" ".repeat(500_000) + "B",
        format!("{}\n", "word ".repeat(14)).repeat(10_000),
    ];
    for text in &texts {
        for split in [Split::Auto, Split::Blank, Split::Sentence] {
            check_spans(text, split);
        }
    }
}

/// What [`Segmentation::paragraphs`] promises.
fn check_spans(text: &str, split: Split) {
    let mut end = 0;
    let blank = |part: &str| part.chars().all(is_blank);
    for span in segment(text, split).paragraphs {
        assert!(span.start >= end && !span.is_empty(), "{span:?} after {end}");
        assert!(blank(&text[end..span.start]), "lost before {span:?}");
        let paragraph = span.slice(text);
        assert!(
            !paragraph.starts_with(is_blank) && !paragraph.ends_with(is_blank),
            "{paragraph:?}"
        );
        end = span.end;
    }
    assert!(blank(&text[end..]), "lost after {end}");
}

/// Pieces of which texts are made that come near every rule.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\u{2028}",
        "\u{2029}",
        "\u{C}",
        "\t",
        "   ",
        " ",
        "\u{A0}",
        "\u{200B}",
        "\u{FEFF}",
        ". ",
        ".",
        "?",
        "!”",
        ".\"",
        "\"",
        "…",
        "。",
        "- ",
        "* ",
        "1. ",
        "***",
        "> ",
        "U.S.",
        "Mr.",
        "end.Follow",
        "www.a.com",
        "[12]",
        "\0",
        "é",
        "日本語",
        "😀",
        "the words of a line that goes on for sixty or seventy columns",
        "The end of it",
    ]);
    prop_oneof![3 => fixed.prop_map(str::to_owned), 1 => "[a-zA-Z]{1,12}", 1 => "\\PC{0,8}", 1 => any::<char>().prop_map(String::from)]
}

fn any_text() -> impl Strategy<Value = String> {
    (prop::collection::vec(piece(), 0..120), 1..40_usize)
        .prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_visible_character_lies_in_one_span(text in any_text()) {
        for split in [Split::Auto, Split::Line, Split::Blank, Split::Sentence] {
            check_spans(&text, split);
        }
    }

    /// The fast scan against the one-liner that it replaces.
    #[test]
    fn lines_are_those_of_the_naive_split(text in any_text()) {
        let naive: Vec<_> = text.split(is_break).map(|l| l.trim_matches(is_blank)).filter(|l| !l.is_empty()).collect();
        let found = segment(&text, Split::Line).paragraphs;
        let found: Vec<_> = found.iter().map(|span| span.slice(&text)).collect();
        prop_assert_eq!(found, naive);
    }

    #[test]
    fn unwrapping_touches_nothing_but_blanks(text in any_text()) {
        let visible = |text: &str| text.chars().filter(|&c| !is_blank(c)).collect::<String>();
        let line = unwrap(&text);
        prop_assert!(!line.contains(is_break));
        prop_assert_eq!(visible(&line), visible(&text));
    }
}
