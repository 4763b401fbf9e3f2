//! The file of derived cues: tab-separated, one cue a line, readable and diffable.
//!
//! Columns: `place`, `words`, then one weight a label, under the labels' names; weights have two
//! decimals, 0 stands empty.

use std::fmt::Write as _;

use crate::error::{Error, Result};
use crate::featurize::cues::{Cue, MAX_WORDS, Place};
use crate::label::Label;

const PLACES: [(&str, Place); 3] =
    [("any", Place::Any), ("start", Place::Start), ("end", Place::End)];

fn header() -> String {
    let labels = Label::ALL.map(Label::as_str).join("\t");
    format!("place\twords\t{labels}")
}

/// Cues as the text of a file.
#[must_use]
pub fn to_text(cues: &[Cue]) -> String {
    let mut out = header() + "\n";
    for cue in cues {
        let (place, _) =
            PLACES.iter().find(|(_, p)| *p == cue.place).expect("every place is listed");
        let weights = cue.weights.map(|w| if w == 0.0 { String::new() } else { format!("{w:.2}") });
        writeln!(out, "{place}\t{}\t{}", cue.text, weights.join("\t"))
            .expect("writing to a string cannot fail");
    }
    out
}

/// Reads the text of a file.
///
/// # Errors
/// [`crate::error::ErrorKind::Data`] with line and column for anything that [`to_text`] does not
/// write.
pub fn from_text(text: &str) -> Result<Vec<Cue>> {
    let mut lines = text.lines().zip(1u64..);
    match lines.next() {
        Some((line, _)) if line == header() => {}
        found => {
            let found = found.map_or("nothing", |(line, _)| line);
            return Err(Error::data(format!(
                "expected the header `{}`, found `{found}`",
                header()
            ))
            .at(1, 1));
        }
    }
    lines.map(|(line, number)| cue(line, number)).collect()
}

fn cue(line: &str, number: u64) -> Result<Cue> {
    let fields: Vec<&str> = line.split('\t').collect();
    let fault = |column: usize, what: String| Err(Error::data(what).at(number, column as u64 + 1));
    if fields.len() != Label::COUNT + 2 {
        return fault(0, format!("{} fields, expected {}", fields.len(), Label::COUNT + 2));
    }
    let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == fields[0]) else {
        return fault(0, format!("place `{}`, expected any, start or end", fields[0]));
    };
    let n_words = fields[1].split(' ').filter(|word| !word.is_empty()).count();
    if !(1..=MAX_WORDS).contains(&n_words) {
        return fault(1, format!("`{}`, expected one to {MAX_WORDS} words", fields[1]));
    }
    let mut weights = [0.0f32; Label::COUNT];
    for (index, (weight, field)) in weights.iter_mut().zip(&fields[2..]).enumerate() {
        if field.is_empty() {
            continue;
        }
        match field.parse::<f32>() {
            Ok(number) if number.is_finite() => *weight = number,
            _ => return fault(index + 2, format!("`{field}`, expected a number or nothing")),
        }
    }
    Ok(Cue { text: fields[1].to_owned(), place: *place, weights })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_read_back_and_faults_have_a_place() {
        let mut weights = [0.0; Label::COUNT];
        weights[3] = -1.25;
        let cues = vec![
            Cue { text: "photo by".into(), place: Place::Start, weights },
            Cue { text: "reserved".into(), place: Place::Any, weights },
        ];
        let text = to_text(&cues);
        assert_eq!(from_text(&text).unwrap(), cues);
        for (bad, line, column) in [
            ("", 1, 1),
            (&*text.replace("start\t", "begin\t"), 2, 1),
            (&*text.replace("-1.25", "much"), 2, 6),
            (&*text.replace("photo by", "a b c d"), 2, 2),
            (&*text.replace("reserved\t", "reserved\t\t"), 3, 1),
        ] {
            let error = from_text(bad).unwrap_err();
            let position = error.position();
            assert_eq!((position.line, position.column), (Some(line), Some(column)), "{error}");
        }
    }
}
