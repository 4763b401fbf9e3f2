//! Notices, credits and prompts beside the lines that look like them.

use super::*;

/// Texts of a signal on a page whose line of interest stands amid others.
fn amid(signal: Signal, before: (Label, &str), line: (Label, &str), behind: (Label, &str)) -> bool {
    let page = [(Heading, "Ferry"), (Body, PROSE), (Body, MORE), before, line, behind];
    !texts(signal, &page).is_empty()
}

#[test]
fn bylines_may_be_bare_names_beside_other_lines_of_the_article() {
    let byline = |name: &'static str, next: (Label, &'static str)| {
        texts(Signal::Byline, &[(Heading, "Ferry"), (Byline, name), next, (Body, PROSE)])
    };
    let date = (Byline, "3 March 2021");
    assert_eq!(byline("Imogen Farrar", date), ["Imogen Farrar"]);
    assert_eq!(byline("ByImogen Farrar", date), ["Imogen Farrar"]);
    assert_eq!(byline("By Imogen FarrarPublished: 3 March 2021", date), ["Imogen Farrar"]);
    assert_eq!(byline("By Imogen", date), ["Imogen"]);
    assert!(byline("By Bloomberg", date).is_empty());
    assert!(byline("Senior Editor", date).is_empty());
    assert!(byline("Imogen Farrar", (Navigation, "Sport")).is_empty());
}

#[test]
fn bylines_and_dates_may_follow_a_summary() {
    let page = [
        (Heading, "Ferry to run on"),
        (Navigation, "Save"),
        (Navigation, "Print"),
        (Body, MORE),
        (Byline, "By Imogen Farrar"),
        (Byline, "3 March 2021"),
        (Body, PROSE),
        (Body, PROSE),
        (Body, PROSE),
        (Body, PROSE),
        (Navigation, "Home"),
    ];
    assert_eq!(texts(Signal::Byline, &page), ["Imogen Farrar"]);
    assert_eq!(texts(Signal::Date, &page), ["3 March 2021"]);
}

#[test]
fn lines_of_other_pieces_and_clocks_are_none_of_the_article() {
    let title = (Related, "Bridge to open in spring");
    let body = (Related, "The bridge was closed for years.");
    let line = (Byline, "By Imogen Farrar, Associated Press, 3 March 2021");
    for signal in [Signal::Byline, Signal::Date, Signal::AgencyCredit] {
        assert!(!amid(signal, title, line, body), "{signal:?}");
        assert!(amid(signal, (EditorialNote, "Notes"), line, body), "{signal:?}");
    }
    let clock = |line: &'static str| {
        texts(
            Signal::Date,
            &[(Navigation, "Home"), (Byline, line), (Navigation, "Sport"), (Body, PROSE)],
        )
    };
    assert!(clock("Wednesday, March 3, 2021").is_empty());
    assert_eq!(clock("Wednesday 3 March 2021 09:25"), ["3 March 2021"]);
}

#[test]
fn datelines_may_end_in_a_hyphen_and_ranges_are_none() {
    let opening = |start: &str| {
        let story = format!("{start} {PROSE}");
        !texts(Signal::Dateline, &[(Heading, "Ferry"), (Body, &story), (Body, MORE)]).is_empty()
    };
    assert!(opening("FENWICK-"));
    assert!(opening("FENWICK (AP)-"));
    assert!(!opening("MEMORY SIZE (4GB–24GB)"));
    assert!(!opening("FENWICK–REEDHAM ferries run."));
}

#[test]
fn agencies_are_not_credited_with_prices() {
    let credit = |label, line: &str| below(Signal::AgencyCredit, label, line);
    assert_eq!(
        credit(Body, "Includes information from The Associated Press"),
        ["The Associated Press"]
    );
    assert_eq!(credit(Copyright, "Copyright 2021 Reuters"), ["Reuters"]);
    assert!(credit(Copyright, "Data and quotes © 2021 Reuters").is_empty());
}

#[test]
fn republications_are_told_in_more_wordings() {
    let origin = |line: &str| {
        let page = [(Heading, "Ferry"), (Body, PROSE), (Body, MORE), (EditorialNote, line)];
        found(Signal::Republication, &page).into_iter().find_map(|(_, value)| value)
    };
    for (line, expected) in [
        (
            "A version of this story appeared in The Reedham Review, Vol. 3.",
            Some("The Reedham Review"),
        ),
        ("This also appeared in the May 2021 issue of Reedham Monthly.", Some("Reedham Monthly")),
        ("Originally published at blog.FENWICK.example", Some("blog.FENWICK.example")),
        ("Originally posted by Bo Lund", None),
        ("This article appears in print today, Section B, page 4.", None),
        ("This article appeared in the Harbours section of the print edition.", None),
    ] {
        assert_eq!(origin(line).as_deref(), expected, "{line}");
    }
}

#[test]
fn corrections_may_stand_first_or_in_a_byline() {
    let first = "Editor’s note, 3 March 2021: we have added the new fares of the ferry company.";
    let page = [(Heading, "A"), (Navigation, "B"), (Navigation, "C"), (Body, first), (Body, PROSE)];
    assert_eq!(texts(Signal::Correction, &page).len(), 1);
    let line = "Editor’s note: We updated this article with the fares.";
    assert_eq!(below(Signal::Correction, Byline, line).len(), 1);
    assert!(below(Signal::Correction, Byline, "Updated: this story was updated today").is_empty());
}

#[test]
fn bios_may_be_in_the_first_person_or_of_a_first_name() {
    for (line, expected) in [
        ("I’m Imogen, a harbour journalist and a swimmer.", true),
        ("Hello! I am the editor of this site.", true),
        ("Imogen is a content writer at the Star.", true),
        ("Imogen Farrar has been a reporter since 2019.", true),
        ("Northgate is a provider of cement.", false),
        ("This is a writer.", false),
        ("I’m proud of the boats.", false),
    ] {
        assert_eq!(!below(Signal::AuthorBio, AuthorBio, line).is_empty(), expected, "{line}");
    }
}

#[test]
fn paid_links_are_disclosed_and_mark_a_page() {
    for (label, line, expected) in [
        (Disclaimer, "Berths booked from our links earn us some commission.", true),
        (Disclaimer, "If you click, we may receive referral compensation.", true),
        (Body, "Please note: if you buy here, I make a small commission.", true),
        (Body, "The shop made a commission on each purchase.", false),
    ] {
        for signal in [Signal::Disclosure, Signal::Advertising] {
            assert_eq!(!below(signal, label, line).is_empty(), expected, "{line}");
        }
    }
    let free = "This review does not contain affiliate links.";
    assert_eq!(below(Signal::Disclosure, Disclaimer, free).len(), 1);
    assert!(below(Signal::Advertising, Disclaimer, free).is_empty());
    assert!(
        below(Signal::Disclosure, Disclaimer, "It is not offered or sponsored by us.").is_empty()
    );
}

#[test]
fn shops_and_cookies_are_no_advertisements() {
    for line in ["Shop now", "BUY NOW", "Fenwick coupon code", "Advertise with us"] {
        assert!(below(Signal::Advertising, Advertisement, line).is_empty(), "{line}");
    }
    let mark = (Advertisement, "Advertisement");
    let menu = (Navigation, "Analytics");
    let told = (Navigation, "These cookies show you what you like.");
    assert!(amid(Signal::Advertising, menu, mark, menu));
    assert!(!amid(Signal::Advertising, menu, mark, told));
}

#[test]
fn appeals_of_houses_are_told_from_logs_and_removals() {
    for (label, line, expected) in [
        (Navigation, "Donate to Fenwick Radio", true),
        (Navigation, "Donate your old things", false),
        (SubscribePrompt, "Donate a car", false),
    ] {
        assert_eq!(!below(Signal::DonationAppeal, label, line).is_empty(), expected, "{line}");
    }
    let log = format!("We ask you to donate money to us today. {}", "step done ".repeat(200));
    assert!(below(Signal::DonationAppeal, Advertisement, &log).is_empty());
}

#[test]
fn shops_terms_decline_no_responsibility_for_texts() {
    for (line, expected) in [
        ("We are not responsible for the accuracy of this page.", true),
        ("We are not responsible for delays of orders.", false),
        ("Publication does not constitute an endorsement of these views.", true),
        ("A link does not constitute an endorsement of the boat.", false),
    ] {
        let found = below(Signal::ResponsibilityDisclaimer, Disclaimer, line);
        assert_eq!(!found.is_empty(), expected, "{line}");
    }
}

#[test]
fn channels_are_prompts_in_rows_and_accounts_are_none() {
    let menu = (Navigation, "Home");
    let share = (SharePrompt, "Share");
    let prompt = |line: &'static str| amid(Signal::SharePrompts, menu, (SharePrompt, line), menu);
    assert!(prompt("Facebook X LinkedIn"));
    assert!(prompt("Stay in touch"));
    for line in ["Facebook", "Email us", "Sign in", "View this post on Instagram", "Send feedback"]
    {
        assert!(!prompt(line), "{line}");
    }
    let facebook = (SharePrompt, "Facebook");
    let rows = [(Body, PROSE), share, facebook, (SharePrompt, "Telegram @fenwick")];
    assert_eq!(texts(Signal::SharePrompts, &rows), ["Share", "Facebook"]);
}

#[test]
fn opinions_are_told_from_explanations() {
    let voice =
        |line: &str| !texts(Signal::OpinionVoice, &[(Body, line), (Body, PROSE)]).is_empty();
    assert!(voice("I think we should start with the bridge."));
    assert!(voice("We can and must keep the ferry."));
    assert!(!voice("We should start with the bridge."));
    assert!(!voice("We must wait until the ferry comes."));
    let code = [(Body, "We should return it."), (Body, "const a = b.json();")];
    assert!(texts(Signal::OpinionVoice, &code).is_empty());
}
