//! Signals of whose statements are reported that are still on trial.

use super::*;

fn body(signal: Signal, line: &str) -> Vec<String> {
    texts(signal, &[(Body, line), (Body, PROSE)])
}

#[test]
fn sources_are_unnamed_by_what_is_said_of_them() {
    for (line, expected) in [
        (
            "A source close to the ferry board spoke of a quarrel.",
            Some("A source close to the ferry board"),
        ),
        (
            "The talks failed, said two officials who asked not to be named.",
            Some("asked not to be named"),
        ),
        (
            "The boat is lost, a senior harbour official said.",
            Some("a senior harbour official said"),
        ),
        (
            "One source close to the ferry board spoke of a quarrel.",
            Some("One source close to the ferry board"),
        ),
        ("A clerk, who wishes to stay anonymous, saw the boat.", Some("wishes to stay anonymous")),
        ("Readers of the Star remain anonymous.", None),
        ("The boat is lost, according to port sources.", Some("according to port sources")),
        ("Sources told the Star that the boat is lost.", Some("Sources told")),
        (
            "Pell is seen as weak even in harbour circles.",
            Some("seen as weak even in harbour circles"),
        ),
        ("Pell is seen as a hard man.", None),
        ("He was seen as a loyal man who rose through the ranks.", None),
        ("City officials said that the boat is lost.", None),
        ("The official said that the boat is lost.", None),
        ("The boat is lost, according to a senior official, Ivor Pell.", None),
        ("The spring is the source of the river.", None),
        ("Open sources show the boat.", None),
        ("“A source close to me told me,” he joked.", None),
    ] {
        assert_eq!(
            body(Signal::AnonymousSource, line).first().map(String::as_str),
            expected,
            "{line}"
        );
    }
}

#[test]
fn replies_are_those_of_the_accused() {
    for (line, expected) in [
        ("The operator declined to comment.", Some("declined to comment")),
        (
            "The operator did not respond to several requests for comment.",
            Some("did not respond to several requests for comment"),
        ),
        ("Pell has denied the allegations.", Some("denied the allegations")),
        ("Pell denies any wrongdoing.", Some("denies any wrongdoing")),
        ("Pell denied having sold the boat.", Some("denied having")),
        ("Both pleaded not guilty.", Some("pleaded not guilty")),
        ("Pell has denied knowingly selling it.", Some("denied knowingly selling")),
        (
            "The Star has reached out to Pell’s office for comment.",
            Some("reached out to Pell’s office for comment"),
        ),
        ("Pell declined to say who paid.", Some("declined to say")),
        (
            "Pell did not respond to three interview requests.",
            Some("did not respond to three interview requests"),
        ),
        ("“It is late,” Pell said in response to a reader.", None),
        ("The patients did not respond to the drug.", None),
        ("Insurers deny claims after every storm.", None),
        ("The court dismissed the charges.", None),
        ("It cannot be denied that claims were made.", None),
        ("She was denied entry to the pier.", None),
        ("“He declined to comment,” she said.", None),
    ] {
        assert_eq!(
            body(Signal::ResponseSought, line).first().map(String::as_str),
            expected,
            "{line}"
        );
    }
}

#[test]
fn figures_have_no_source_near() {
    let plain =
        "The ferry has long been the only way over the sound for those who live on the island.";
    let figure = "Some 38 percent of all crossings failed in the winter of the great storms.";
    let one = |near: &str| texts(Signal::UnsourcedFigure, &[(Body, near), (Body, figure)]);
    assert_eq!(
        found(Signal::UnsourcedFigure, &[(Body, plain), (Body, figure)]),
        [(figure.to_owned(), Some("38 percent".to_owned()))]
    );
    assert!(
        one("The board says so in its report on the year and on what it cost to run.").is_empty()
    );
    assert!(one("Ivor Pell said that the winter was hard on the boat.").is_empty());
    let far = [(Body, "Ivor Pell said that the winter was hard."), (Body, plain), (Body, figure)];
    assert_eq!(texts(Signal::UnsourcedFigure, &far), [figure]);
    for (sentence, is_figure) in [
        ("The town has lost 12,400 people since the old bridge over the sound was closed.", true),
        ("The new pier has cost $4.5 million since it was begun in the spring.", true),
        ("The fares on the new ferry have risen by 38% since the spring of last year.", true),
        ("The new ferry is 38 percent faster than the old one that it replaced.", true),
        ("The board sells a mast with a 75% layout that suits all small boats.", false),
        ("The old pier stands on a slope of some 38% at the foot of the hill.", false),
        ("It is a screen with 16.8 million colours for the bridge of a boat.", false),
        ("Owners of old boats get back up to 40% of the costs of a new one.", false),
        ("It is a coat of 100% wool, and it comes in five colours for the winter.", false),
        ("The coat is now 30% off in the shop at the pier until the spring.", false),
        ("The old bridge was closed in 1987, on 12 May, after 104 years over the sound.", false),
        ("We lost 38 percent of our crossings in the winter of the great storms.", false),
        ("The plan is that 38 percent of all boats will be electric in ten years.", false),
        ("Was it 38 percent of all crossings that failed in the great storms?", false),
        ("Down 38 percent.", false),
    ] {
        let hits = texts(Signal::UnsourcedFigure, &[(Body, plain), (Body, sentence)]);
        assert_eq!(!hits.is_empty(), is_figure, "{sentence}");
    }
}

#[test]
fn documents_are_cited_or_unknown() {
    for (line, expected) in [
        ("Ferries are late, according to a new study.", Some("according to a new study")),
        ("The audit found that the boat is old.", Some("audit found")),
        ("A report by the Fenwick Institute is of May.", Some("report by the Fenwick")),
        ("Court records tell of a debt.", Some("Court records")),
        ("It is late, according to data scientist Bo Lund.", None),
        ("Studies show that ferries are late.", None),
        ("Harbour data show that ferries are late.", Some("data show")),
        ("Statistics show that ferries are late.", None),
        ("It was slow when filing claims for the boat.", None),
        ("They run government data exchanges.", None),
        ("According to our data, ferries are late.", None),
        ("A news report said so.", None),
        ("She went to study by the sea.", None),
        ("“The audit found it,” he said.", None),
    ] {
        assert_eq!(body(Signal::Documents, line).first().map(String::as_str), expected, "{line}");
    }
    let (document, verdict) = document(&[(Body, PROSE)]);
    let finding = test(Signal::Documents, &Reading::new(&document, &verdict), &[]).unwrap();
    assert_eq!((finding.state, finding.reason), (State::Unknown, Some("links are lost")));
}

/// The media found in an article, with their values, where the user lists some.
fn media(paragraphs: &[&str], listed: &[&str]) -> Vec<(String, Option<String>)> {
    let paragraphs: Vec<_> = paragraphs.iter().map(|text| (Body, *text)).collect();
    let (document, verdict) = document(&paragraphs);
    let listed: Vec<_> = listed.iter().map(|name| (*name).to_owned()).collect();
    let finding =
        test(Signal::SoleStateOutlet, &Reading::new(&document, &verdict), &listed).unwrap();
    finding.evidence.into_iter().map(|e| (e.text, e.value)).collect()
}

#[test]
fn one_voice_on_a_medium_of_the_state() {
    let said = "Ivor Pell told state TV that the ferry is safe. He said that it is new.";
    let more = "“It has never failed,” Pell said.";
    let called = |text: &str| (text.to_owned(), None);
    assert_eq!(media(&[said, more], &[]), [called("state TV")]);
    let itself = "The ferry is safe, state-run news agency Fenpress said.";
    assert_eq!(media(&[itself], &[]), [called("state-run news agency")]);
    assert!(media(&[said, "Bo Lund said that it is old."], &[]).is_empty());
    assert!(media(&[said, "A spokesman for the town said that it is old."], &[]).is_empty());
    assert!(media(&["Ivor Pell told Fenwick State TV that the ferry is safe."], &[]).is_empty());
    assert!(media(&["Ivor Pell told the state highway agency that it is safe."], &[]).is_empty());
    assert!(
        media(&["Ivor Pell said it is safe.", "There is a state TV in Fenwick."], &[]).is_empty()
    );

    let listed = "Ivor Pell told Fenwick One that the ferry is safe.";
    assert!(media(&[listed], &[]).is_empty());
    let value = Some("listed".to_owned());
    assert_eq!(
        media(&[listed], &["Reedham Voice", "Fenwick One"]),
        [("Fenwick One".to_owned(), value)]
    );
    assert!(
        media(&["Ivor Pell told fenwick one that it is safe."], &["Fenwick One", " "]).is_empty()
    );
}
