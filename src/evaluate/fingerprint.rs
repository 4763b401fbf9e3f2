//! A fingerprint of labelled data, so that two reports can be seen to be on the same data.

use sha2::{Digest, Sha256};

use super::JudgedDocument;

/// The first thing hashed; changes when the framing changes.
const DOMAIN: &[u8] = b"smallprint judged data 1\n";

/// SHA-256 over publisher, id, and every paragraph's index, label and text, in the order given, as
/// 64 lower-case hex digits. Probabilities do not enter.
///
/// Every string is preceded by its length in bytes and every list by its length, both as 8 bytes,
/// little endian; a paragraph without a label has the empty string for it. So no two different data
/// sets are framed alike.
#[must_use]
pub fn data_fingerprint(documents: &[JudgedDocument]) -> String {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    number(&mut hash, documents.len());
    for document in documents {
        string(&mut hash, &document.publisher);
        string(&mut hash, &document.id);
        number(&mut hash, document.paragraphs.len());
        for paragraph in &document.paragraphs {
            number(&mut hash, paragraph.index);
            string(&mut hash, paragraph.gold.map_or("", crate::label::Label::as_str));
            string(&mut hash, &paragraph.text);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn number(hash: &mut Sha256, n: usize) {
    hash.update((n as u64).to_le_bytes());
}

pub(super) fn string(hash: &mut Sha256, s: &str) {
    number(hash, s.len());
    hash.update(s.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, paragraph};
    use super::*;
    use crate::label::Label::{Body, Related};

    #[test]
    fn everything_but_the_probabilities_counts() {
        let base = || {
            vec![
                document("a", "bc", vec![paragraph(Body, &[(Body, 1.0)], "one")]),
                document("b", "c", vec![paragraph(Body, &[(Body, 1.0)], "two")]),
            ]
        };
        let print = data_fingerprint(&base());
        assert_eq!(print.len(), 64);
        assert!(print.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()));

        let mut same = base();
        same[0].paragraphs[0].probabilities[3] = 0.5;
        assert_eq!(data_fingerprint(&same), print);

        let changes: [fn(&mut Vec<JudgedDocument>); 8] = [
            |d| d.swap(0, 1),
            |d| d[0].id.push('x'),
            |d| d[0].paragraphs[0].index = 9,
            |d| d[0].paragraphs[0].gold = None,
            |d| d[0].paragraphs[0].gold = Some(Related),
            |d| d[0].paragraphs[0].text.push(' '),
            // The same bytes, cut elsewhere: publisher "b" and id "ca".
            |d| (d[0].publisher, d[0].id) = ("b".into(), "ca".into()),
            |d| {
                let moved = d[1].paragraphs.pop().unwrap();
                d[0].paragraphs.push(moved);
            },
        ];
        for (i, change) in changes.iter().enumerate() {
            let mut other = base();
            change(&mut other);
            assert_ne!(data_fingerprint(&other), print, "change {i}");
        }
    }

    #[test]
    fn the_framing_stays_as_it_is() {
        // sha256sum of DOMAIN and eight zero bytes.
        assert_eq!(
            data_fingerprint(&[]),
            "6c4c728506120b84e84decfeba6ee855c97977ba49dccf6e2d2ce1febd0d85d2"
        );
    }
}
