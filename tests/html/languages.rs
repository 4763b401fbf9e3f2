//! Articles in other languages than the English that the training data are written in: most of each
//! must be kept, by letters, and little beside it. The pages are invented, in the manner of
//! publishers of each language.

use smallprint::verdict::{CleanText, Keep};
use smallprint::{Classifier, Document};

/// A page's name, and its markup; the elements that hold its article are marked `data-gold`.
struct Case {
    name: &'static str,
    page: &'static str,
}

const CASES: &[Case] = &[
    Case { name: "korean-portal", page: include_str!("languages/korean-portal.html") },
    Case { name: "korean-daily", page: include_str!("languages/korean-daily.html") },
    Case { name: "japanese-daily", page: include_str!("languages/japanese-daily.html") },
    Case { name: "japanese-blog", page: include_str!("languages/japanese-blog.html") },
    Case { name: "russian-agency", page: include_str!("languages/russian-agency.html") },
    Case { name: "russian-regional", page: include_str!("languages/russian-regional.html") },
    Case { name: "german-daily", page: include_str!("languages/german-daily.html") },
    Case { name: "german-local", page: include_str!("languages/german-local.html") },
    Case { name: "portuguese-daily", page: include_str!("languages/portuguese-daily.html") },
    Case { name: "portuguese-blog", page: include_str!("languages/portuguese-blog.html") },
];

/// At least this share of an article's letters and digits is kept, in paragraphs that come out whole.
const KEPT: f64 = 0.8;
/// At most this share of the letters and digits that come out is not of such paragraphs.
const ADDED: f64 = 0.25;

/// The texts of the elements marked `data-gold`, as the pages have them: one paragraph a line.
fn gold(page: &str) -> Vec<&str> {
    let marked = page.split("data-gold>").skip(1);
    marked.map(|rest| rest.split('<').next().unwrap_or_default().trim()).collect()
}

/// Letters, digits and the signs of scripts without an alphabet.
fn n_letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[test]
fn articles_in_other_languages_are_kept() {
    let classifier = Classifier::embedded();
    let mut faults = Vec::new();
    for Case { name, page } in CASES {
        let gold = gold(page);
        assert!(gold.len() >= 3, "{name}: the page marks no article");
        // The marks are for this test, not for the reader.
        let document = Document::from_html(page.replace(" data-gold", ""));
        let verdict = classifier.classify(&document);
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n").text;
        let all: usize = gold.iter().map(|paragraph| n_letters(paragraph)).sum();
        let kept = gold.iter().filter(|paragraph| clean.lines().any(|line| line == **paragraph));
        let kept: usize = kept.map(|paragraph| n_letters(paragraph)).sum();
        let share = kept as f64 / all as f64;
        let added = n_letters(&clean).saturating_sub(kept) as f64 / n_letters(&clean).max(1) as f64;
        eprintln!("{name}: kept {share:.2} of the article, {added:.2} of the text is not its own");
        if share < KEPT || added > ADDED {
            faults.push(format!("{name}: kept {share:.2}, added {added:.2}:\n{clean}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
