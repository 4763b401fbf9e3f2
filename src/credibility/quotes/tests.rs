//! Quotations and speakers of invented articles, read as a person would read them.

use super::*;

fn article<'a>(paragraphs: &[&'a str]) -> Vec<ReadParagraph<'a>> {
    let read =
        |(index, &text): (usize, &&'a str)| ReadParagraph::new(index, text, Label::Body, None);
    paragraphs.iter().enumerate().map(read).collect()
}

/// Each quotation's first words and its speaker's name.
fn speakers(paragraphs: &[&str]) -> Vec<(String, Option<String>)> {
    let mut read = article(paragraphs);
    let found = quotations(&mut read);
    let first = |quotation: &Quotation| {
        let part = quotation.parts[0];
        let inner = part.within.slice(read[part.paragraph].text);
        inner.split(' ').next().unwrap_or_default().trim_end_matches(',').to_owned()
    };
    found.iter().map(|q| (first(q), q.speaker.as_ref().map(|s| s.name.clone()))).collect()
}

#[track_caller]
fn assert_speakers(paragraphs: &[&str], expected: &[(&str, Option<&str>)]) {
    let expected: Vec<_> =
        expected.iter().map(|(word, name)| ((*word).to_owned(), name.map(str::to_owned))).collect();
    assert_eq!(speakers(paragraphs), expected);
}

const PELL: Option<&str> = Some("Ivor Pell");

#[test]
fn the_verb_stands_before_after_or_amid() {
    assert_speakers(
        &["Ivor Pell told the Larkhaven Gazette: “Ships will come.”"],
        &[("Ships", PELL)],
    );
    assert_speakers(&["“Ships will come,” Ivor Pell said."], &[("Ships", PELL)]);
    assert_speakers(&["“Ships will come,” said Ivor Pell, 61, who runs it."], &[("Ships", PELL)]);
    assert_speakers(
        &["“Ships,” Mr Ivor Pell said, “will come.” “Soon,” he added."],
        &[("Ships", PELL), ("will", PELL), ("Soon", PELL)],
    );
    assert_speakers(&["According to Ivor Pell, the pier is “a ruin”."], &[("a", PELL)]);
    assert_speakers(&["The pier is “a ruin”, according to Ivor Pell."], &[("a", PELL)]);
    assert_speakers(&["Said Ivor Pell: “Ships will come.”"], &[("Ships", PELL)]);
}

#[test]
fn appositions_and_offices_do_not_hide_the_name() {
    for text in [
        "Ivor Pell, the director of the harbour board, said: “Ships will come.”",
        "Ivor Pell (Ind.) said: “Ships will come.”",
        "The board's director, Ivor Pell, said: “Ships will come.”",
        "Harbour board director Ivor Pell said: “Ships will come.”",
        "“Ships will come,” said the board's director, Ivor Pell.",
        "On Tuesday, Ivor Pell, 61, repeatedly said, “Ships will come.”",
        "The mayor met Ivor Pell, who said: “Ships will come.”",
    ] {
        assert_speakers(&[text], &[("Ships", PELL)]);
    }
}

#[test]
fn roles_and_bodies_speak_too() {
    let name = |text: &str| speakers(&[text]).pop().and_then(|(_, name)| name);
    assert_eq!(name("“It will close,” the ministry said.").as_deref(), Some("the ministry"));
    assert_eq!(
        name("A spokesman for the board said: “It will close.”").as_deref(),
        Some("A spokesman for the board")
    );
    assert_eq!(
        name("“It will close,” Larkhaven police said.").as_deref(),
        Some("Larkhaven police")
    );
}

#[test]
fn those_who_are_told_do_not_speak() {
    assert_speakers(&["Ivor Pell was told “go home” by nobody."], &[("go", None)]);
    assert_speakers(&["Ivor Pell never said “go home” to them."], &[("go", None)]);
}

#[test]
fn titles_and_scare_quotes_have_no_speaker() {
    assert_speakers(&["Ivor Pell wrote “The Harbour at Night” in a year."], &[("The", None)]);
    assert_speakers(&["The “smart” lamps failed."], &[("smart", None)]);
    assert_speakers(&["A club called “harbour rats” met there."], &[("harbour", None)]);
}

#[test]
fn pronouns_and_surnames_mean_the_person_named_before() {
    let orr = Some("Pia Orr");
    assert_speakers(
        &[
            "Pia Orr came first.",
            "Mr Ivor Pell came late.",
            "“No,” she said.",
            "“Yes,” Pell said.",
            "“Well,” Ms Orr said.",
        ],
        &[("No", orr), ("Yes", PELL), ("Well", orr)],
    );
    assert_speakers(
        &["Ivor Pell spoke.", "One woman laughed.", "“We never saw him here,” he said."],
        &[("We", PELL)],
    );
}

#[test]
fn a_paragraph_of_speech_alone_is_said_by_who_spoke_before() {
    assert_speakers(
        &[
            "“Ships will come,” Ivor Pell said.",
            "“They are on their way.”",
            "The pier is old.",
            "“We will wait here.”",
        ],
        &[("Ships", PELL), ("They", PELL), ("We", PELL)],
    );
    assert_speakers(&["Ivor Pell said the pier was safe.", "“It will stand.”"], &[("It", PELL)]);
    assert_speakers(&["The pier is old.", "“It will stand.”"], &[("It", None)]);
}

#[test]
fn speech_goes_on_in_the_next_paragraph() {
    for (open, close) in [("“", "”"), ("‘", "’"), ("\"", "\"")] {
        let first = format!("Ivor Pell said: {open}Ships will come. They always did.");
        let second = format!("{open}And we will wait.{close} He left.");
        let mut read = article(&[&first, &second]);
        let found = quotations(&mut read);
        assert_eq!(found.len(), 1, "{open}");
        assert_eq!(found[0].parts.len(), 2);
        assert_eq!(found[0].words, 10);
        assert_eq!(found[0].ending, Ending::Closed);
        assert_eq!(found[0].speaker.as_ref().map(|s| s.name.as_str()), PELL);
        assert_eq!(read[1].quoted[0].slice(read[1].text), second.trim_end_matches(" He left."));
    }
}

#[test]
fn a_fragment_never_closed_is_not_gone_on_with() {
    let mut read = article(&[
        "Ivor Pell said they were asked to “talk to the harbour board.",
        "“I will not go,” he said.",
    ]);
    let found = quotations(&mut read);
    assert_eq!(found.iter().map(|q| q.ending).collect::<Vec<_>>(), [Ending::Open, Ending::Closed]);
}

#[test]
fn offices_and_bodies_before_a_name_are_no_part_of_it() {
    for text in [
        "“Ships will come,” says Larkhaven Tours Co-Owner and Lead Planner Ivor Pell.",
        "“Ships will come,” former Oyster Growers of Norland president Ivor Pell wrote.",
        "The Norland Prime Minister, Ivor Pell, said: “Ships will come.”",
        "“Ships will come,” stressed Visual Designer Ivor Pell.",
        "Ivor Pell – “Ships will come.”",
    ] {
        assert_speakers(&[text], &[("Ships", PELL)]);
    }
    // He speaks for another.
    let spokesman = Some("A spokesman for director Ivor Pell");
    let text = "A spokesman for director Ivor Pell said: “Ships will come.”";
    assert_speakers(&[text], &[("Ships", spokesman)]);
}

#[test]
fn a_surname_may_be_a_common_word() {
    assert_speakers(&["“Ships will come,” said Helen Long."], &[("Ships", Some("Helen Long"))]);
}

#[test]
fn a_surname_of_several_persons_is_who_is_meant_or_nobody() {
    let both = "Pia Pell met Ivor Pell on the pier.";
    assert_speakers(&[both, "“No,” Ms Pell said."], &[("No", Some("Pia Pell"))]);
    assert_speakers(
        &[both, "“Yes,” Ivor Pell said.", "“No,” Pell said."],
        &[("Yes", PELL), ("No", PELL)],
    );
    assert_speakers(
        &[both, "It rained.", "On.", "On.", "On.", "On.", "“No,” Pell said."],
        &[("No", Some("Pell"))],
    );
    assert_speakers(&["Pia Das Orr came.", "“No,” Das Orr said."], &[("No", Some("Pia Das Orr"))]);
}

#[test]
fn capitals_of_no_person_are_not_meant_by_a_pronoun() {
    let text = "The mud of Ostra Basin was tested, says Ivor Pell, a chemist. “It holds,” he says.";
    assert_speakers(&[text], &[("It", PELL)]);
    assert_speakers(
        &["Quiet Harbours won a prize.", "It rained.", "“It holds,” he said."],
        &[("It", Some("he"))],
    );
    // Nor by a surname alone.
    assert_speakers(
        &["Sorry Orr, but the pier is shut.", "“It holds,” Orr said."],
        &[("It", Some("Orr"))],
    );
}

#[test]
fn an_ending_tells_no_gender_of_a_surname() {
    assert_speakers(
        &["“No,” said Okara.", "The pier is old.", "He added: “Never again.”"],
        &[("No", Some("Okara")), ("Never", Some("Okara"))],
    );
}

#[test]
fn a_name_alone_before_a_colon_leads_to_the_words_below() {
    assert_speakers(
        &["“No,” said Pia Orr.", "Ivor Pell:", "“Ships will come.”"],
        &[("No", Some("Pia Orr")), ("Ships", PELL)],
    );
    // Who is not understood is not who spoke long before.
    assert_speakers(
        &["“No,” said Pia Orr.", "It rained.", "From an old letter:", "“Ships will come.”"],
        &[("No", Some("Pia Orr")), ("Ships", None)],
    );
}

#[test]
fn a_signature_below_a_long_quotation_beats_an_earlier_speaker() {
    assert_speakers(
        &["“No,” said Pia Orr.", "“Ships will come.", "“They always did.” — Ivor Pell"],
        &[("No", Some("Pia Orr")), ("Ships", PELL)],
    );
}

#[test]
fn what_stands_around_a_sentence_is_not_its_speaker() {
    let text = "Before the vote, Ivor Pell changed it, saying it was “too long”.";
    assert_speakers(&[text], &[("too", PELL)]);
    let text = "Ivor Pell wrote last week, according to the Gazette, “and it will stand.”";
    assert_speakers(&[text], &[("and", PELL)]);
    let text = "A fair called “the Eel Days” followed, the Gazette reported.";
    assert_speakers(&[text], &[("the", None)]);
    let text = "In “Ten Nights with an Eel,” Pia Orr explains all.";
    assert_speakers(&[text], &[("Ten", None)]);
    let text = "President Orr’s alleged “lapse” was told to the Gazette.";
    assert_speakers(&[text], &[("lapse", None)]);
    let text = "Pell says that if it rains, you are “called to go in.”";
    assert_speakers(&[text], &[("called", Some("Pell"))]);
}

#[test]
fn who_signs_as_a_customer_is_no_named_person() {
    let found = quotations(&mut article(&["“The lamp is very good and bright.” — Pier Customer"]));
    assert!(found[0].speaker.as_ref().is_some_and(|speaker| !speaker.is_named_person()));
}

#[test]
fn named_persons_are_told_from_roles_and_bodies() {
    let kind = |text: &str| {
        let found = quotations(&mut article(&[text]));
        found[0].speaker.clone().map(|speaker| speaker.kind)
    };
    assert_eq!(kind("“No,” Peter Pell said."), Some(SpeakerKind::Person));
    assert_eq!(kind("“No,” Ivor Pell, 41, said."), Some(SpeakerKind::Person));
    assert_eq!(kind("“No,” Harbour Glow said."), Some(SpeakerKind::Name));
    assert_eq!(kind("“No,” Mr Pell said."), Some(SpeakerKind::Person));
    assert_eq!(kind("“No,” Pell said."), Some(SpeakerKind::Name));
    assert_eq!(kind("“No,” the Harbour Council said."), Some(SpeakerKind::Organisation));
    assert_eq!(kind("“No,” a spokesman said."), Some(SpeakerKind::Role));
    assert_eq!(kind("“No,” they said."), Some(SpeakerKind::Pronoun));
}

#[test]
fn statements_without_marks_have_speakers() {
    let found = statements(&article(&["Ivor Pell said the pier was safe. “No,” Pia Orr said."]));
    assert_eq!(found.iter().map(|s| s.speaker.name.as_str()).collect::<Vec<_>>(), ["Ivor Pell"]);
}

#[test]
fn headings_are_only_marked() {
    let mut read = article(&["Pier ‘safe’, says Ivor Pell"]);
    read[0].label = Label::Heading;
    assert!(quotations(&mut read).is_empty());
    assert_eq!(read[0].quoted[0].slice(read[0].text), "‘safe’");
}

#[test]
fn every_text_is_read_without_a_panic_and_marked_in_order() {
    use proptest::prelude::*;
    let pieces = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "’",
        "‘",
        "«",
        "»",
        "„",
        " ",
        ". ",
        ", ",
        ": ",
        "said",
        " he ",
        "Ivor Pell",
        "U.S.",
        "—",
        " (",
        ") ",
        "é",
        "\n",
        "told",
        "the board",
        "who",
        "12",
        "`",
        "according to ",
        "saying",
    ]);
    let paragraph = prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat());
    proptest!(|(texts in prop::collection::vec(paragraph, 1..4))| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut read = article(&texts);
        let found = quotations(&mut read);
        for paragraph in &read {
            prop_assert!(paragraph.quoted.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(paragraph.quoted.iter().all(|span| !span.slice(paragraph.text).is_empty()));
        }
        let parts: usize = found.iter().map(|q| q.parts.len()).sum();
        prop_assert_eq!(parts, read.iter().map(|p| p.quoted.len()).sum::<usize>());
        for quotation in &found {
            for part in &quotation.parts {
                prop_assert!(read[part.paragraph].is_quoted(part.within.start));
            }
        }
        let _ = statements(&read);
    });
}

#[test]
fn ten_thousand_quotations_in_one_paragraph() {
    for piece in
        ["“No,” he said. ", "said “no”, ", "Ivor Pell, ", "the said of ", "\"a", "‘No’ ", "(who, "]
    {
        let text = piece.repeat(10_000);
        let mut read = article(&[&text]);
        let _ = quotations(&mut read);
        let _ = statements(&read);
    }
}
