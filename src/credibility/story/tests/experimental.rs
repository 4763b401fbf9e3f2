//! Attributions lost, corroboration and what one account alone says, on invented articles.

use super::super::{Account, Comparison, Identity, Likeness, Membership, Side};
use super::{account, account_of, quote, read_in};
use crate::credibility::Options;

/// Compares with the experimental signals; all articles must be of one story.
fn tried(accounts: &[Account]) -> Comparison {
    let comparison =
        Comparison::with(accounts, &Options { experimental: true, ..Options::default() });
    for n in 1..accounts.len() {
        assert_eq!(comparison.membership(0, n), Membership::SameStory, "article {n}");
    }
    comparison
}

/// The paragraphs that the two articles share word for word, so that they are of one story.
const QUAY: [&str; 2] = [
    "The quay at Reedham gave way on Monday night under the weight of gravel for the Harlow bridge.",
    "Divers from Saltmarsh will look at the piles before the Reedham council lets the barges return.",
];

/// Two articles on the quay, each with its own paragraph before the last of what they share, and one
/// that keeps that apart from what comes before.
fn on_the_quay(first: &'static str, second: &'static str) -> [Account; 2] {
    let between = "Gravel lay in the water, and two lorries stood on their sides beside the crane.";
    let other = "Anglers found their huts gone and the path along the bank closed by a fence.";
    [
        account("star", &["Quay at Reedham gives way", QUAY[0], between, first, between, QUAY[1]]),
        account("echo", &["Reedham quay falls in", QUAY[0], other, second, other, QUAY[1]]),
    ]
}

/// The sides that state what the other attributes, with the paragraphs of both.
fn lost(accounts: &[Account; 2]) -> Vec<(Side, usize, usize)> {
    let comparison = tried(accounts);
    let pair = comparison.pair(0, 1).unwrap();
    pair.lost.iter().map(|l| (l.stated_by, l.found.a.paragraph, l.found.b.paragraph)).collect()
}

const SAID: &str =
    "“The contractor piled twice the permitted load on the quay for three weeks,” said Okoro.";
const STATED: &str =
    "The contractor piled twice the permitted load on the quay for three weeks before it fell.";

#[test]
fn a_quotation_stated_as_a_fact_is_an_attribution_lost() {
    assert_eq!(lost(&on_the_quay(SAID, STATED)), [(Side::Second, 3, 3)]);
    assert_eq!(lost(&on_the_quay(STATED, SAID)), [(Side::First, 3, 3)]);
}

#[test]
fn a_statement_stated_as_a_fact_is_an_attribution_lost() {
    let said = "Ingrid Vallory said the contractor piled twice the permitted load on the quay for \
                three weeks before it fell.";
    let accounts = on_the_quay(said, STATED);
    assert_eq!(lost(&accounts), [(Side::Second, 3, 3)]);
    let comparison = tried(&accounts);
    let found = &comparison.pair(0, 1).unwrap().lost[0].found;
    assert_eq!(accounts[0].text(found.a), said);
    assert_eq!(accounts[1].text(found.b), STATED);
}

#[test]
fn a_word_of_reporting_is_an_attribution() {
    for second in [
        "The contractor reportedly piled twice the permitted load on the quay for three weeks.",
        "According to Okoro, the contractor piled twice the permitted load on the quay for three weeks.",
        "The contractor piled twice the permitted load on the quay for three weeks, officials said.",
        // A sentence before or after.
        "Okoro told the council of it. The contractor piled twice the permitted load on the quay for \
         three weeks.",
        "The contractor piled twice the permitted load on the quay for three weeks. That is what Okoro \
         told the council.",
    ] {
        assert_eq!(lost(&on_the_quay(SAID, second)), [], "{second}");
    }
}

#[test]
fn what_is_quoted_in_both_is_not_lost() {
    let both = "“The contractor piled twice the permitted load on the quay for three weeks,” said \
                Okoro. The gravel was wet.";
    assert_eq!(lost(&on_the_quay(SAID, both)), []);
}

#[test]
fn the_voice_of_a_speaker_without_marks_is_no_statement_of_the_writer() {
    let said = "“We piled twice the permitted load on the quay for three weeks,” said Okoro.";
    let second = "We piled twice the permitted load on the quay for three weeks.";
    assert_eq!(lost(&on_the_quay(said, second)), []);
}

#[test]
fn other_words_are_not_lost_attributions() {
    let second =
        "The contractor brought the gravel by barge from a pit near Saltmarsh since spring.";
    assert_eq!(lost(&on_the_quay(SAID, second)), []);
    // Nobody is quoted by name.
    let nobody = "“The contractor piled twice the permitted load on the quay for three weeks.”";
    assert_eq!(lost(&on_the_quay(nobody, STATED)), []);
}

#[test]
fn nothing_is_tried_unasked() {
    let accounts = on_the_quay(SAID, STATED);
    let comparison = Comparison::new(&accounts);
    assert!(comparison.pair(0, 1).unwrap().lost.is_empty());
    assert_eq!(comparison.single, None);
}

/// Two reports in other words, which three aligned statements and their titles make one story.
fn reports(first: &'static str, second: &'static str) -> [Account; 2] {
    [
        account(
            "star",
            &[
                "Lock gates at Harlow fail, flooding Mill Street",
                "The lock gates at Harlow failed before dawn and water ran down Mill Street into cellars.",
                "Thirty families from Mill Street slept in the Harlow school hall under blankets.",
                first,
                "Engineers of the county hope to close the Harlow lock with timber by the weekend.",
            ],
        ),
        account(
            "echo",
            &[
                "Mill Street flooded as Harlow lock gates fail",
                "Cellars in Mill Street filled with water after lock gates failed at Harlow.",
                "In the hall of the school at Harlow, families of Mill Street were given blankets.",
                second,
                "With timber, county engineers want to have closed the lock at Harlow this weekend.",
            ],
        ),
    ]
}

fn corroborated(accounts: &[Account; 2]) -> Vec<(usize, usize)> {
    let comparison = tried(accounts);
    let pair = comparison.pair(0, 1).unwrap();
    assert!(pair.corroborated.iter().all(|found| found.likeness == Likeness::Terms));
    pair.corroborated.iter().map(|found| (found.a.paragraph, found.b.paragraph)).collect()
}

const BY_VALLORY: &str = "Ingrid Vallory said the hinges of the Harlow gates had been cracked since a barge struck them.";

#[test]
fn two_persons_who_say_the_same_corroborate_it() {
    let second = "A barge struck the gates at Harlow and cracked the hinges, Tomas Farrar said.";
    assert_eq!(corroborated(&reports(BY_VALLORY, second)), [(3, 3)]);
}

#[test]
fn one_person_nobody_or_a_denial_corroborates_nothing() {
    for second in [
        "A barge struck the gates at Harlow and cracked the hinges, Ms Vallory said.",
        "A barge struck the gates at Harlow and cracked the hinges, Ingrid Vallory said.",
        "A barge struck the gates at Harlow and cracked the hinges.",
        "A barge struck the gates at Harlow and cracked the hinges, a spokesman said.",
        "No barge struck the gates at Harlow or cracked the hinges, Tomas Farrar said.",
        "Tomas Farrar said Ingrid Vallory knew that a barge struck the Harlow gates and cracked hinges.",
    ] {
        assert_eq!(corroborated(&reports(BY_VALLORY, second)), [], "{second}");
    }
}

#[test]
fn articles_that_share_text_corroborate_nothing() {
    let shared = "“The water came up to the second stair within five minutes,” said Okoro. \
                  Ingrid Vallory said a barge struck the Harlow gates and cracked the hinges.";
    let other = "“The water came up to the second stair within five minutes,” said Okoro. \
                 Tomas Farrar said the hinges of the Harlow gates were cracked as a barge struck.";
    assert_eq!(corroborated(&reports(shared, other)), []);
}

/// Three accounts of one event; the first has a paragraph of its own.
fn of_three(own: &'static str, third: Identity) -> [Account; 3] {
    let last = "The barges wait at Saltmarsh meanwhile, and a second inspection follows in a week.";
    let star = ["Quay at Reedham gives way", QUAY[0], own, QUAY[1], last, last];
    let echo = ["Reedham quay falls in", QUAY[0], QUAY[1], last];
    [account("star", &star), account("echo", &echo), account_of(third, &echo)]
}

fn of(publisher: &str) -> Identity {
    let publisher = Some(publisher.to_owned());
    Identity { id: "third".to_owned(), publisher, ..Identity::default() }
}

#[test]
fn what_one_of_three_accounts_says_is_named() {
    let own = "A watchman from Reedham had warned about cracks beside the old slipway in autumn.";
    let accounts = of_three(own, of("herald.example"));
    let single = tried(&accounts).single.unwrap();
    let texts: Vec<_> = single.iter().map(|&(n, of)| (n, accounts[n].text(of))).collect();
    assert_eq!(texts, [(0, own)]);
}

#[test]
fn what_another_account_says_too_or_what_is_off_the_story_is_not_single() {
    for own in [
        // The same in other words.
        "Under gravel meant for the bridge at Harlow, the Reedham quay gave way on Monday.",
        // Another matter, as notices are.
        "Vellum Media brings its readers a weekly letter on gardens, kitchens and old machines.",
    ] {
        let accounts = of_three(own, of("herald.example"));
        assert_eq!(tried(&accounts).single, Some(Vec::new()), "{own}");
    }
    // Two accounts of one's own publisher, or two in all, show nothing.
    let own = "A watchman from Reedham had warned about cracks beside the old slipway in autumn.";
    let accounts = of_three(own, of("star.example"));
    assert_eq!(tried(&accounts).single, Some(Vec::new()));
    assert_eq!(tried(&accounts[..2]).single, Some(Vec::new()));
}

#[test]
fn statements_are_compared_in_english_alone() {
    let second = "A barge struck the gates at Harlow and cracked the hinges, Tomas Farrar said.";
    let texts = |account: &Account| -> Vec<String> {
        account.sentences.iter().map(|sentence| account.text(sentence.passage).to_owned()).collect()
    };
    let english = reports(BY_VALLORY, second);
    let again = english.each_ref().map(|account| {
        let texts = texts(account);
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        (account.identity.clone(), texts.join("\n"))
    });
    for (language, is_compared) in [(None, true), (Some("en"), true), (Some("nl"), false)] {
        let accounts = again.each_ref().map(|(identity, text)| {
            let texts: Vec<_> = text.lines().collect();
            let mut reading = read_in(language, &texts);
            quote(&mut reading);
            Account::new(&reading, identity.clone()).with_attributions(&reading)
        });
        let comparison = Comparison::new(&accounts);
        let statements = comparison.pair(0, 1).map_or(0, |pair| pair.shared.statements);
        assert_eq!(statements > 0, is_compared, "{language:?}");
    }
}
