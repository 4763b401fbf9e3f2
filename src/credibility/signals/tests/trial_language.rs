//! Signals of title, verbs and form that are still on trial.

use super::*;

#[test]
fn titles_are_inferred_with_the_article() {
    let hinted = "Pell hinted at a quarrel in the board when he was asked about the ferry.";
    let inferred = |title: &str, line: &str| {
        texts(Signal::InferredHeadline, &[(Heading, title), (Body, line), (Body, PROSE)])
    };
    assert_eq!(
        inferred("Pell suggests a split over the ferry", hinted),
        ["suggests", "hinted at a quarrel in the board when he"]
    );
    for (title, line) in [
        ("Pell suggests a split over the ferry", "Pell said that the board is split."),
        ("Pell says that the board is split", hinted),
        ("Study suggests that ferries are late", hinted),
        ("Answers and hints for the puzzle", hinted),
        ("Pell suggests a split over the ferry", "“It appears to be split,” Pell said."),
    ] {
        assert!(inferred(title, line).is_empty(), "{title}: {line}");
    }
    let untitled = [(Body, PROSE)];
    let (document, verdict) = document(&untitled);
    let finding = test(Signal::InferredHeadline, &Reading::new(&document, &verdict), &[]).unwrap();
    assert_eq!(finding.state, State::Unknown);
}

#[test]
fn verbs_colour_what_is_said_or_hold_it_at_a_distance() {
    let kinds = |line: &str| found(Signal::ReportingVerbs, &[(Body, line), (Body, PROSE)]);
    for (line, verb, kind) in [
        ("Ivor Pell admitted that the boat is old.", "admitted that the boat is old", "loaded"),
        ("Pell has since revealed that he sold it.", "revealed that he sold it", "loaded"),
        ("“It is old,” Ivor Pell conceded.", "conceded", "loaded"),
        ("Ivor Pell went on the radio to reveal he sold it.", "reveal he sold it", "loaded"),
        ("Ivor Pell claimed that it is new.", "claimed that it is new", "cautious"),
        ("The board alleged that he sold it.", "alleged that he sold it", "cautious"),
    ] {
        assert_eq!(kinds(line), [(verb.to_owned(), Some(kind.to_owned()))], "{line}");
    }
    for line in [
        "Ivor Pell said that the boat is old.",
        "Her small claims court is at the pier, and fishing claims are heard there.",
        "The storm claimed the lives of two.",
        "Pell claimed the trophy in May.",
        "The study revealed that boats are late.",
        "The island revealed itself in the fog.",
        "Pell was admitted to the ward.",
        "The alleged thief was seen at the pier.",
        "“He admitted that it is old,” she said.",
        "Pell says to drop the broad claims, they help nobody.",
        "Ivor Pell Insurance claims can take a year.",
        "Orr, Pell and Bo Lund file claims to get paid.",
        "The page reveals Pell’s plans.",
        "The website reveals he sold it.",
        "I’ll admit I like the boat.",
    ] {
        assert!(kinds(line).is_empty(), "{line}");
    }
}

#[test]
fn titles_stand_in_their_articles() {
    let page = |title: &'static str| [(Heading, title), (Body, PROSE), (Body, MORE), (Body, THIRD)];
    let lost = |title| found(Signal::TitleSupport, &page(title));
    assert!(lost("Board votes to pay the ferry’s operator").is_empty());
    let value = Some("0.25".to_owned());
    let words = ["Mermaids", "haunt", "museum"].map(|word| (word.to_owned(), value.clone()));
    assert_eq!(lost("Mermaids haunt the ferry museum"), words);
    let state = |paragraphs: &[(Label, &str)]| {
        let (document, verdict) = document(paragraphs);
        test(Signal::TitleSupport, &Reading::new(&document, &verdict), &[]).unwrap().state
    };
    assert_eq!(state(&page("Ferry to run on")), State::NotApplicable);
    assert_eq!(state(&page("Mermaids haunt dusty museums")), State::Unknown);
    assert_eq!(state(&page("Board votes to pay the ferry’s operator")[..2]), State::NotApplicable);
    assert_eq!(state(&[(Body, PROSE)]), State::Unknown);
    let below = [
        (Heading, "Mermaids haunt the ferry museum"),
        (Heading, "Boats"),
        (Body, PROSE),
        (Body, MORE),
        (Body, THIRD),
    ];
    assert!(texts(Signal::TitleSupport, &below).is_empty());
}

const THIRD: &str = "Nobody on the island had believed that so small a town could find the money, and \
                     many had already begun to look for work, for schools and for houses on the mainland, \
                     where rents are high, winters short, and the doctor lives around the corner. The \
                     oldest shop had closed, the baker had sold his oven, and the church stood empty.";

#[test]
fn tails_that_share_no_name_are_breaks() {
    let lede =
        "The town of Fenwick will keep its ferry, as Ivor Pell of the Harbour Board has promised.";
    let tail = [
        "A new library is to open in Reedham in May, with more than a hundred seats for readers.",
        "The roof of the mill at Aldmoor was mended by a friend of the mayor within one week.",
        "In the cold the market of Reedham is held indoors, since the square is under the snow then.",
    ];
    let values = |paragraphs: &[&str]| {
        let page: Vec<_> = paragraphs.iter().map(|text| (Body, *text)).collect();
        found(Signal::TopicBreak, &page)
            .into_iter()
            .map(|(_, value)| value.unwrap())
            .collect::<Vec<_>>()
    };
    let with = |tail: &[&'static str]| values(&[&[lede, PROSE, MORE, THIRD][..], tail].concat());
    assert_eq!(with(&tail), ["4 to 6", "4 to 6"]);
    assert!(with(&tail[..2]).is_empty());
    // Other names, of the same topic.
    let ferries = [
        "The money for the ferry of Aldmoor came from a friend of the mayor within one week.",
        "In the cold the ferry of Reedham stays in port, since the sound is under the ice then.",
    ];
    assert!(with(&[tail[0], ferries[0], ferries[1]]).is_empty());
    let back =
        "At the end Pell was asked whether the boats of Reedham will be bought by the board.";
    assert!(with(&[tail[0], tail[1], back]).is_empty());
    assert!(with(&[MORE, THIRD, PROSE]).is_empty());
    let lede_alone = [PROSE, MORE, THIRD, PROSE, tail[0], tail[1], tail[2]];
    assert!(values(&lede_alone).is_empty());
}

/// As for the others: thousands of hits in one paragraph.
#[test]
fn long_paragraphs_are_read_in_linear_time() {
    for piece in [
        "a source close to ",
        "seen as in circles ",
        "senior official said ",
        "did not respond to request ",
        "denied the claims ",
        "12 percent, ",
        "Bo Lund told state TV that. ",
        "according to report ",
        "Bo claimed that ",
        "suggests that ",
        "to reveal he ",
        "“x,” said Bo Lund on state TV. ",
    ] {
        let text = piece.repeat(4_000);
        texts_of_all(&[(Heading, "Bo Lund suggests a split"), (Body, PROSE), (Body, &text)]);
        texts_of_all(&[(Heading, &text), (Body, PROSE), (Body, MORE)]);
    }
}
