//! Signals of how the writer speaks.

use super::*;

#[test]
fn shouts_are_the_writers_own() {
    let shouts = |line: &str| texts(Signal::Shouting, &[(Body, line), (Body, PROSE)]);
    assert_eq!(shouts("They NEVER asked us! What a day!"), ["NEVER", "us!", "day!"]);
    for line in [
        "“Never! Never!” he cried, “NEVER, nothing!”",
        "Yahoo! and Jeb! met, and Yahoo! won",
        "NATO, UNESCO and the NASDAQ were there.",
        "THE WORLD IS UNDER WATER! EVERYTHING!",
        "NEVER AGAIN the sea came in.",
        "One mark alone!",
        "She wore Fenwick Roller Lash! He drank Reedham Cola Zero!",
        "a != b, !done, and #[derive]!x",
    ] {
        assert!(shouts(line).is_empty(), "{line}");
    }
}

#[test]
fn sensational_words_must_set_the_tone() {
    let tone = |line: &str| texts(Signal::SensationalWords, &[(Body, line)]);
    let line =
        "The shocking truth about this evil plan is sickening, and its deranged makers go free.";
    assert_eq!(tone(line), ["shocking", "evil", "sickening", "deranged"]);
    assert_eq!(tone("A shocking and brutal film."), ["shocking", "brutal"]);
    assert!(tone("A shocking film.").is_empty());
    assert!(tone("A brutal and bloody war.").is_empty());
    assert!(tone("The lunatic asylum is a gruesome place.").is_empty());
    assert!(tone("He said “shocking, evil, sickening, vile” and left.").is_empty());
    assert!(
        tone("They saw a film, Shocking Evil, by the Vile Brothers in the Insane Garage.")
            .is_empty()
    );
}

#[test]
fn clickbait_withholds() {
    for (title, expected) in [
        ("You won’t believe what the ferry did", true),
        ("9 reasons your ferry is late", true),
        ("Here's why the ferry is late", true),
        ("These Are the Best Ferries in Fenwick", true),
        ("The pier you’ve never heard of", true),
        ("Pier fire: what you need to know", true),
        ("Ferry to run until spring", false),
        ("3 things: ferry, pier, money", false),
        ("7 killed in ferry fire", false),
    ] {
        let page = [(Heading, title), (Body, PROSE)];
        assert_eq!(!texts(Signal::Clickbait, &page).is_empty(), expected, "{title}");
    }
    let (document, verdict) = document(&[(Body, PROSE)]);
    let untitled = test(Signal::Clickbait, &Reading::new(&document, &verdict), &[]).unwrap();
    assert_eq!(untitled.state, State::Unknown);
}

#[test]
fn opinions_are_the_writers_own() {
    for (line, expected) in [
        ("We must keep the ferry.", &["We must"][..]),
        ("I believe the county should pay.", &["I believe the county should"]),
        ("The US must pay.", &[]),
        ("We reached out to the operator.", &[]),
        ("The mayor said we should wait.", &[]),
        ("We should wait, the mayor said.", &[]),
        ("“We must wait,” he wrote.", &[]),
        ("You should clean the filter.", &[]),
        ("Calloway: We must keep it.", &[]),
        ("We should note that it is late.", &[]),
    ] {
        assert_eq!(texts(Signal::OpinionVoice, &[(Body, line)]), expected, "{line}");
    }
}
