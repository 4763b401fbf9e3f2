//! The same records as CSV (RFC 4180 with `\n` at the end of a line): one row a paragraph for
//! `classify`, one row a document for `clean`. The last column, `error`, is empty where all went
//! well.

use std::io::Write as _;

use super::records::{Origin, ParagraphRecord};
use crate::document::{Document, Source};
use crate::error::Error;
use crate::verdict::{CleanText, Verdict};

/// Columns of `classify --format csv`.
pub const CLASSIFY_HEADER: &str = "path,id,url,source,language,title,index,start,end,label,group,\
                                   probability,boilerplate,text,error\n";

/// Columns of `clean --format csv`.
pub const CLEAN_HEADER: &str = "path,id,url,title,text,kept_paragraphs,kept_words,\
                                dropped_paragraphs,dropped_words,published,authors,error\n";

/// Columns of `--dropped FILE.csv`.
pub const DROPPED_HEADER: &str =
    "path,id,url,index,start,end,label,group,probability,boilerplate,text\n";

/// Appends one row a paragraph.
pub fn classify_csv(document: &Document, verdict: &Verdict, out: &mut Vec<u8>) {
    let mut beginning = Vec::new();
    origin(&document.into(), &mut beginning);
    let source = match verdict.source {
        Source::Text => "text",
        Source::Html => "html",
        Source::Paragraphs => "paragraphs",
    };
    for text in [Some(source), verdict.language, document.known_title()] {
        field(text.unwrap_or_default(), &mut beginning);
        beginning.push(b',');
    }
    for paragraph in &verdict.paragraphs {
        out.extend_from_slice(&beginning);
        paragraph_fields(&ParagraphRecord::new(document, paragraph), out);
        out.extend_from_slice(b",\n");
    }
}

/// Appends the row of a document that could not be read.
pub fn classify_csv_failed(from: &Origin<'_>, error: &Error, out: &mut Vec<u8>) {
    origin(from, out);
    out.extend_from_slice(&[b','; 11]);
    field(&error.to_string(), out);
    out.push(b'\n');
}

/// Appends the row of a cleaned document.
pub fn clean_csv(document: &Document, clean: &CleanText, out: &mut Vec<u8>) {
    origin(&document.into(), out);
    field(document.known_title().unwrap_or_default(), out);
    out.push(b',');
    field(&clean.text, out);
    let paragraphs: u64 = clean.dropped.iter().map(|count| count.paragraphs).sum();
    let words: u64 = clean.dropped.iter().map(|count| count.words).sum();
    let kept = clean.kept;
    write(out, format_args!(",{},{},{paragraphs},{words},", kept.paragraphs, kept.words));
    let metadata = document.metadata();
    let published = metadata.and_then(|metadata| metadata.published.as_ref());
    field(published.map_or("", |published| &published.value), out);
    out.push(b',');
    let authors = metadata.and_then(|metadata| metadata.authors.as_ref());
    field(&authors.map_or_else(String::new, |authors| authors.value.join("; ")), out);
    out.extend_from_slice(b",\n");
}

/// Appends the row of a document that could not be read.
pub fn clean_csv_failed(from: &Origin<'_>, error: &Error, out: &mut Vec<u8>) {
    origin(from, out);
    out.extend_from_slice(b",,0,0,0,0,,,");
    field(&error.to_string(), out);
    out.push(b'\n');
}

/// Appends one row for each paragraph that clean text leaves out.
pub fn dropped_csv(document: &Document, verdict: &Verdict, clean: &CleanText, out: &mut Vec<u8>) {
    for paragraph in clean.dropped_paragraphs(verdict) {
        origin(&document.into(), out);
        paragraph_fields(&ParagraphRecord::new(document, paragraph), out);
        out.push(b'\n');
    }
}

/// The fields of an origin, a comma behind each.
pub(super) fn origin(origin: &Origin<'_>, out: &mut Vec<u8>) {
    for text in [origin.path, origin.id, origin.url] {
        field(text.unwrap_or_default(), out);
        out.push(b',');
    }
}

fn paragraph_fields(p: &ParagraphRecord<'_>, out: &mut Vec<u8>) {
    write(out, format_args!("{},", p.index));
    for position in [p.start, p.end] {
        if let Some(position) = position {
            write(out, format_args!("{position}"));
        }
        out.push(b',');
    }
    write(out, format_args!("{},{},", p.label, p.group));
    write(out, format_args!("{},{},", p.probability.value(), p.boilerplate.value()));
    field(p.text, out);
}

fn write(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to memory cannot fail");
}

/// A field, in quotes where it needs them.
pub(super) fn field(text: &str, out: &mut Vec<u8>) {
    if !text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    let mut parts = text.split('"');
    out.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        out.extend_from_slice(b"\"\"");
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::verdict::Keep;

    fn rows(header: &str, body: &[u8]) -> Vec<Vec<String>> {
        let text = [header.as_bytes(), body].concat();
        let mut reader = csv::Reader::from_reader(text.as_slice());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn error() -> Error {
        Error::data("no, \"never\"").in_file("b.csv")
    }

    #[test]
    fn classify_rows_read_back() {
        let (document, verdict) = sample::document();
        let mut out = Vec::new();
        classify_csv(&document, &verdict, &mut out);
        classify_csv_failed(
            &Origin { path: Some("b.csv"), ..Origin::default() },
            &error(),
            &mut out,
        );
        let rows = rows(CLASSIFY_HEADER, &out);
        assert_eq!(rows.len(), 6);
        assert_eq!(
            rows[2].join("|"),
            "news/ferry.txt|||text|en|Ferry \"saved\"|2|28|97|body|content|1|0|The council voted on \
             Monday to keep the ferry running,\n  she said.\t\u{e9}|"
        );
        assert_eq!(rows[3][11], "0.8765");
        assert_eq!((rows[5][0].as_str(), rows[5][9].as_str()), ("b.csv", ""));
        assert!(rows[5][14].ends_with("no, \"never\""), "{:?}", rows[5]);
    }

    #[test]
    fn clean_and_dropped_rows_read_back() {
        let (document, verdict) = sample::split_document();
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
        let mut out = Vec::new();
        clean_csv(&document, &clean, &mut out);
        clean_csv_failed(&Origin::default(), &error(), &mut out);
        let rows_of_clean = rows(CLEAN_HEADER, &out);
        assert_eq!(rows_of_clean[0][4], clean.text);
        assert_eq!(rows_of_clean[0][5..], ["2", "16", "3", "13", "", "", ""]);
        assert_eq!(rows_of_clean[1][4..9], ["", "0", "0", "0", "0"]);
        out.clear();
        dropped_csv(&document, &verdict, &clean, &mut out);
        let dropped = rows(DROPPED_HEADER, &out);
        assert_eq!(dropped.len(), 3);
        assert_eq!(dropped[1][1..10].join("|"), "7||3|||share_prompt|furniture|0.8765|0.9877");
    }

    #[test]
    fn fields_are_quoted_only_where_needed() {
        for (text, expected) in
            [("a b", "a b"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("a\rb", "\"a\rb\""), ("", "")]
        {
            let mut out = Vec::new();
            field(text, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
