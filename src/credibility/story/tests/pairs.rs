//! What two articles share, and whether they tell one story.

use proptest::prelude::*;

use super::super::{Comparison, Credit, Dates, Identity, Likeness, Membership};
use super::{account, account_of};

const FIRE: &[&str] = &[
    "Old mill at Reedham burns down",
    "A fire destroyed the old paper mill at Reedham before dawn, and two keepers escaped by boat.",
    "The mill had stood empty since the Harlow brothers sold their machines to a Danish printer.",
    "“We heard the roof come down and ran for the water,” said Okoro, who kept the lock.",
    "Reedham council had planned to turn the building into flats for nurses at the new hospital.",
];
const COPY: &[&str] = &[
    "Keepers flee as Reedham mill burns",
    "The mill had stood empty since the Harlow brothers sold all their machines to a Danish printer.",
    "Two keepers escaped by boat when a fire destroyed the old paper mill at Reedham before dawn.",
    "Nobody at the county would say on record what becomes of the site and its chimneys.",
];
const INTERVIEW: &[&str] = &[
    "Lock keeper tells of Reedham blaze",
    "The man who raised the alarm at Reedham has described his night to this paper in his kitchen.",
    "Okoro said: “We heard the roof come down and ran for the water.”",
    "He has asked the Reedham council for another house, and he wants it by the river.",
];
const ELECTION: &[&str] = &[
    "Okoro stands for Reedham council",
    "Okoro, of Reedham, will stand for the council in spring with a promise of cheaper ferries.",
    "The Harlow brothers back the campaign of Mrs Okoro, and so do several anglers of the county.",
];

#[test]
fn copied_and_reordered_sentences_are_shared_text() {
    let accounts = [account("star", FIRE), account("echo", COPY)];
    let comparison = Comparison::new(&accounts);
    let pair = comparison.pair(1, 0).unwrap();
    assert!(pair.quotations.is_empty());
    let found: Vec<_> =
        pair.text.iter().map(|m| (m.a.paragraph, m.b.paragraph, m.likeness)).collect();
    assert_eq!(found, [(1, 2, Likeness::Contained), (2, 1, Likeness::Whole)]);
    assert!(pair.text.iter().all(|m| m.similarity >= 0.75));
    assert_eq!(pair.credit, None);
    assert_eq!(comparison.membership(0, 1), Membership::SameStory);
    assert_eq!(comparison.stories, [[0, 1]]);
    // Every passage slices to the sentence that it names.
    assert_eq!(accounts[0].text(pair.text[1].a), FIRE[2]);
    assert_eq!(accounts[1].evidence(pair.text[1].b, None).text, COPY[1]);
}

#[test]
fn one_origin_of_a_quotation_is_no_shared_text() {
    let accounts = [account("star", FIRE), account("herald", INTERVIEW)];
    let comparison = Comparison::new(&accounts);
    let pair = comparison.pair(0, 1).unwrap();
    assert_eq!(pair.quotations.len(), 1);
    assert_eq!(pair.quotations[0].similarity, 1.0);
    assert_eq!(accounts[0].quotes[0].speaker.as_deref(), Some("Okoro"));
    assert!(pair.text.is_empty());
}

#[test]
fn names_alone_make_no_story() {
    let accounts = [account("star", FIRE), account("voice", ELECTION)];
    let comparison = Comparison::new(&accounts);
    let pair = comparison.pair(0, 1).unwrap();
    assert!(pair.quotations.is_empty() && pair.text.is_empty());
    assert_eq!(comparison.membership(0, 1), Membership::Related);
    assert!(comparison.stories.is_empty());
}

#[test]
fn articles_with_nothing_in_common_are_unrelated() {
    let other = account(
        "pan",
        &[
            "A loaf for winter",
            "Knead the dough until it no longer sticks, then leave it under a cloth near the stove.",
        ],
    );
    let comparison = Comparison::new(&[account("star", FIRE), other]);
    assert_eq!(comparison.pair(0, 1), None);
    assert_eq!(comparison.membership(0, 1), Membership::Unrelated);
}

#[test]
fn common_wire_copy_is_credited() {
    let by = |id: &str, credits: &[&str], published: Option<&str>| Identity {
        id: id.to_owned(),
        publisher: Some(format!("{id}.example")),
        published: published.map(str::to_owned),
        credits: credits.iter().map(|&name| name.to_owned()).collect(),
    };
    let compare = |a: Identity, b: Identity| {
        let comparison = Comparison::new(&[account_of(a, FIRE), account_of(b, COPY)]);
        let pair = comparison.pair(0, 1).unwrap();
        (pair.credit.clone(), pair.dates)
    };
    let (day, next) = (Some("2021-03-04T09:00:00Z"), Some("2021-03-05"));
    let agency = Credit::Common("AP".to_owned());
    assert_eq!(
        compare(by("star", &["AP"], day), by("echo", &["The Associated Press"], next)),
        (Some(agency), Dates::FirstEarlier)
    );
    assert_eq!(
        compare(by("star", &[], next), by("echo", &["The Star"], day)),
        (Some(Credit::SecondCreditsFirst), Dates::SecondEarlier)
    );
    assert_eq!(compare(by("star", &["Echo"], day), by("echo", &[], day)).1, Dates::Same);
    assert_eq!(
        compare(by("star", &["AP"], None), by("echo", &["Reuters"], day)),
        (None, Dates::Unknown)
    );
    assert_eq!(
        compare(by("star", &[], None), by("star", &[], None)).0,
        Some(Credit::SamePublisher)
    );
}

#[test]
fn turns_of_phrase_notices_and_titles_are_not_shared() {
    let with = |id: &str, sentence: &str, quote: &str| {
        account(
            id,
            &[&format!("{sentence} It was said in {id}. “{quote}” is what they called it there.")],
        )
    };
    for (a, b) in [
        (
            "The last thing you want to do is to fry an egg.",
            "The last thing you want to do is move house.",
        ),
        (
            "We use cookies on our website to give you the most relevant experience by remembering \
             your preferences and repeat visits.",
            "We use cookies on our website to give you the most relevant experience by remembering \
             your preferences and repeat visits.",
        ),
    ] {
        let comparison = Comparison::new(&[
            with("star", a, "The Keepers of the Long Winter"),
            with("echo", b, "The Keepers of the Long Winter"),
        ]);
        let shared = comparison.pair(0, 1).map(|pair| pair.quotations.len() + pair.text.len());
        assert_eq!(shared.unwrap_or(0), 0, "{a}");
    }
}

#[test]
fn a_few_quoted_words_belong_to_the_sentence() {
    let quoted = FIRE[2].replace("stood empty", "“stood empty”");
    let accounts = [account("star", &[FIRE[1], &quoted]), account("echo", &[COPY[2], FIRE[2]])];
    let comparison = Comparison::new(&accounts);
    let pair = comparison.pair(0, 1).unwrap();
    assert!(pair.text.iter().any(|m| m.a.paragraph == 1 && m.similarity == 1.0));
    assert!(accounts[0].quotes.is_empty());
}

#[test]
fn a_quotation_within_a_longer_one_is_found() {
    let long = "“I saw the light first. We heard the roof come down and ran for the water. \
                Then it was quiet,” Okoro said of the Reedham mill.";
    let comparison = Comparison::new(&[account("star", FIRE), account("echo", &[long])]);
    let pair = comparison.pair(0, 1).unwrap();
    assert_eq!(pair.quotations[0].likeness, Likeness::Part);
}

/// A digest that carries the first sentences of two stories does not make one of them.
#[test]
fn a_digest_does_not_chain_stories() {
    let flood: &[&str] = &[
        "Bridge at Wexcombe swept away",
        "The river Arle swept away the stone bridge at Wexcombe after three days of rain in the hills.",
        "Engineers from Calder had warned the parish that its middle pier stood on sand and gravel.",
        "Farmers of Wexcombe now drive their sheep eleven miles round to reach the market in Calder.",
    ];
    let twin = |id: &str, of: &[&str]| account(id, of);
    let digest = account("digest", &["The day in brief", FIRE[1], FIRE[2], flood[1], flood[2]]);
    let accounts = [
        twin("star", FIRE),
        twin("echo", FIRE),
        twin("sun", FIRE),
        twin("post", flood),
        twin("mail", flood),
        twin("times", flood),
        digest,
    ];
    let comparison = Comparison::new(&accounts);
    assert_ne!(comparison.membership(0, 3), Membership::SameStory);
    assert_eq!(comparison.membership(0, 2), Membership::SameStory);
    assert_eq!(comparison.membership(3, 5), Membership::SameStory);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Pairs come out the same in any order of the input.
    #[test]
    fn the_order_of_articles_does_not_matter(order in Just(vec![0, 1, 2, 3]).prop_shuffle()) {
        let texts = [("star", FIRE), ("echo", COPY), ("herald", INTERVIEW), ("voice", ELECTION)];
        let accounts: Vec<_> = texts.iter().map(|(id, text)| account(id, text)).collect();
        let shuffled: Vec<_> = order.iter().map(|&n| accounts[n].clone()).collect();
        let (straight, other) = (Comparison::new(&accounts), Comparison::new(&shuffled));
        for (a, of_a) in order.iter().enumerate() {
            for (b, of_b) in order.iter().enumerate().skip(a + 1) {
                prop_assert_eq!(other.membership(a, b), straight.membership(*of_a, *of_b));
                let (x, y) = (other.pair(a, b), straight.pair(*of_a, *of_b));
                prop_assert_eq!(x.is_some(), y.is_some());
                let (Some(x), Some(y)) = (x, y) else { continue };
                prop_assert_eq!(x.shared, y.shared);
                let sides = |flip: bool, pair: &super::super::Pair| {
                    let all = pair.text.iter().chain(&pair.quotations);
                    let mut all: Vec<_> = all
                        .map(|m| if flip { (m.b, m.a) } else { (m.a, m.b) })
                        .collect();
                    all.sort();
                    all
                };
                prop_assert_eq!(sides(of_a > of_b, x), sides(false, y));
            }
        }
    }
}

/// The passages that two pages of other publishers share, each of them a page of one paragraph.
fn shared_text(a: &str, b: &str) -> usize {
    let comparison = Comparison::new(&[account("star", &[a]), account("echo", &[b])]);
    comparison.pair(0, 1).map_or(0, |pair| pair.text.len())
}

#[test]
fn what_is_no_sentence_of_prose_is_not_shared() {
    let prose =
        "The keeper of the lock rows a green boat along the weir near Harlow every evening.";
    assert_eq!(shared_text(prose, prose), 1);
    // Without a stop, from the middle of a sentence, or an address.
    let line = prose.trim_end_matches('.');
    assert_eq!(shared_text(line, line), 0);
    let rest = format!("t{}", &prose[1..]);
    assert_eq!(shared_text(&rest, &rest), 0);
    let address =
        "Harlow Harbour Office, Division of Weirs and Locks, Saltmarsh Plaza, Reedham Road.";
    assert_eq!(shared_text(address, address), 0);
}

#[test]
fn templates_and_notices_are_not_shared_alone() {
    for (a, b) in [
        (
            "Full results of all tests of 18 rubber boats are found in the table below this list.",
            "Full results of all tests of 25 rubber boats are found in the table below this list.",
        ),
        (
            "The folding boat Halcyon is available in several colours and sizes with free oars.",
            "The folding boat Vellum is available in several colours and sizes with free oars.",
        ),
        (
            "We rely on trusted figures of the harbour office to rank the boats in every list here.",
            "We rely on trusted figures of the harbour office to rank the boats in every list here.",
        ),
    ] {
        assert_eq!(shared_text(a, b), 0, "{a}");
    }
}

#[test]
fn lines_of_a_list_are_not_shared() {
    let line = "The folding boat is available in several colours and sizes with free oars.";
    let list = [line; 3].join(" ");
    assert_eq!(shared_text(line, &list), 0);
    assert_eq!(shared_text(line, line), 1);
}

/// Guides on one topic agree in statements and titles, and report nothing.
#[test]
fn guides_on_one_topic_are_no_story() {
    let guides = |said: &str| {
        [
            account(
                "star",
                &[
                    "How to form a ferry company in Harlow",
                    "A ferry company in Harlow must register its boats and landing stages with the harbour.",
                    "The Harlow harbour asks each company for a licence and a fee for every boat it owns.",
                    "Insurance for a ferry in Harlow covers passengers, cargo and damage to the landing stage.",
                ],
            ),
            account(
                "echo",
                &[
                    "Form your ferry company in Harlow",
                    "Boats and landing stages of a company in Harlow have to be registered at the harbour.",
                    "A licence from Harlow harbour costs a company its fee for each boat that it owns.",
                    "Passengers, cargo and landing stage damage are covered by insurance of a Harlow ferry.",
                    said,
                ],
            ),
        ]
    };
    let membership = |said: &str| Comparison::new(&guides(said)).membership(0, 1);
    assert_eq!(membership("Oars are cheap in spring."), Membership::Related);
    assert_eq!(membership("Oars are cheap, said Ingrid Vallory."), Membership::SameStory);
}

/// The frame of a publisher's pages binds none of them, unless one is another edition of the other.
#[test]
fn pages_of_one_publisher_are_not_bound_by_their_frame() {
    let page = |id: &str, title: &str, own: &str| {
        let identity = Identity {
            id: id.to_owned(),
            publisher: Some("boats.example".to_owned()),
            ..Identity::default()
        };
        account_of(
            identity,
            &[title, own, FIRE[1], FIRE[2], FIRE[4], COPY[3], ELECTION[1], ELECTION[2]],
        )
    };
    let own = "The keeper of the lock rows a green boat along the weir near Harlow every evening.";
    let comparison = Comparison::new(&[
        page("one", "Folding boat Halcyon", "It folds into a bag that fits below a bench."),
        page("two", "Rubber boat Vellum", "Its floor is a board of beech with brass hinges."),
        page("three", "Green boat of the weir", own),
        page("four", "Green boat of the weir", own),
    ]);
    assert!(comparison.pair(0, 1).is_none_or(|pair| pair.text.is_empty()));
    assert_ne!(comparison.membership(0, 1), Membership::SameStory);
    assert_eq!(comparison.membership(2, 3), Membership::SameStory);
}
