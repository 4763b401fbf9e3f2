//! Pages with gold text, for the evaluation of extraction.
//!
//! Input: a file of JSONL, or one JSON array of objects; the page stands in the object, or in a file
//! beside. Output: [`GoldPages`], an iterator, so that pages are held one at a time. The first
//! mistake ends it: figures on half of the pages would look like figures on all. Not done here:
//! extraction.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use super::gold_record::GoldRecord;
use super::json_record::json_error;
use super::jsonl::Lines;
use super::source::Source;
use crate::document::{GoldPage, decode, decode_page};
use crate::error::{Error, ErrorKind, Result};

/// The folder beside the file in which pages are looked for.
const FOLDER: &str = "html";
/// What the name of a page's file may lack.
const ENDINGS: [&str; 6] = ["", ".gz", ".zst", ".html", ".html.gz", ".html.zst"];

/// Iterator over the pages of one file; it ends after the first error, which names the file and,
/// where one is at fault, the line of the record.
///
/// A record is an object with the gold text in `text` or `main_content`, and the page in `html`, or
/// in the file that `html_file` names, or in `ID.html`; such a file stands beside this one or in
/// its folder `html`, also compressed (`.gz`, `.zst`). Optional: `id` (else the record is named after its
/// line), `url` or `link`, `publisher` (else the host of the address is the site), `page_type` or
/// `kind`, `must_include`, `must_exclude`. A file that is plainly no text is no mistake of the list:
/// the page comes as unreadable.
pub struct GoldPages {
    path: PathBuf,
    list: List,
    seen: BTreeSet<String>,
    ended: bool,
}

/// What is left of the records.
enum List {
    Lines(Lines),
    /// Records of an array with the lines they begin in.
    Array(std::vec::IntoIter<(u64, Box<RawValue>)>),
}

impl GoldPages {
    /// Opens a file. An array is read at once, lines one by one.
    ///
    /// # Errors
    /// With the file: it cannot be opened, or is no JSON array though it begins as one.
    pub fn open(path: &Path) -> Result<Self> {
        let list = open(path).map_err(|error| error.in_file(path))?;
        Ok(Self { path: path.to_owned(), list, seen: BTreeSet::new(), ended: false })
    }

    fn advance(&mut self) -> Result<Option<GoldPage>> {
        let (line, record) = match &mut self.list {
            List::Lines(lines) => match lines.advance()? {
                None => return Ok(None),
                Some((number, line)) => (number, GoldRecord::parse(&line, number)?),
            },
            List::Array(records) => match records.next() {
                None => return Ok(None),
                Some((number, record)) => (number, GoldRecord::parse(record.get(), number)?),
            },
        };
        self.page(record, line).map(Some)
    }

    fn page(&mut self, record: GoldRecord, line: u64) -> Result<GoldPage> {
        let GoldRecord { id, url, publisher, kind, html, html_file, text, .. } = record;
        let has_id = id.is_some();
        let id = id.unwrap_or_else(|| format!("line-{line}"));
        if !self.seen.insert(id.clone()) {
            return Err(Error::data(format!("page `{id}` comes a second time")).at_line(line));
        }
        let decoded = match (html, html_file) {
            (Some(html), _) => Ok(html),
            (None, Some(name)) => self.html(&name, line)?,
            (None, None) if has_id => self.html(&id, line)?,
            (None, None) => {
                let expected = "`html`, `html_file` or `id`".to_owned();
                let error = ErrorKind::MissingField { expected, found: "none of them".to_owned() };
                return Err(Error::from(error).at_line(line));
            }
        };
        let (html, unreadable) = match decoded {
            Ok(html) => (html, None),
            Err(error) => (String::new(), Some(error.to_string())),
        };
        Ok(GoldPage {
            site: publisher.or_else(|| host(url.as_deref()?)),
            id,
            url,
            kind,
            html,
            unreadable,
            text,
            must_include: record.must_include,
            must_exclude: record.must_exclude,
        })
    }

    /// The source of a page in a file of its own. That its bytes are no text is the page's fault, not
    /// that of the data: the inner error.
    fn html(&self, name: &str, line: u64) -> Result<Result<String>> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let places = [folder.join(FOLDER), folder.to_owned()];
        let mut candidates = places.iter().flat_map(|place| {
            ENDINGS.iter().map(move |ending| place.join(format!("{name}{ending}")))
        });
        let Some(file) = candidates.find(|candidate| candidate.is_file()) else {
            return Err(Error::data(format!(
                "no page for `{name}`: expected {FOLDER}/{name}.html or {FOLDER}/{name}.html.gz \
                 beside this file; put it there, or give `html_file` or `html`"
            ))
            .at_line(line));
        };
        let mut bytes = Vec::new();
        let mut source = Source::open(&file).map_err(|error| error.in_file(&file))?;
        match source.read_to_end(&mut bytes) {
            Ok(_) => Ok(decode_page(&bytes, None)
                .map(|decoded| decoded.text.into_owned())
                .map_err(|error| error.in_file(file))),
            Err(error) => Err(source.error(error).in_file(file)),
        }
    }
}

impl Iterator for GoldPages {
    type Item = Result<GoldPage>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.advance().map_err(|error| error.in_file(&self.path)).transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

fn open(path: &Path) -> Result<List> {
    let mut source = Source::open(path)?.without_mark();
    let is_text = |bytes: &[u8]| !bytes.trim_ascii_start().is_empty();
    if !source.peek(is_text).trim_ascii_start().starts_with(b"[") {
        return Ok(List::Lines(Lines::new(source)));
    }
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes).map_err(|error| source.error(error))?;
    array(&decode(&bytes).text)
}

/// The records of an array with the lines they begin in.
fn array(text: &str) -> Result<List> {
    let records: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| {
        json_error(&error).at(error.line() as u64, error.column().max(1) as u64)
    })?;
    let (mut line, mut at) = (1, text.as_ptr().addr());
    let mut rest = text.as_bytes();
    let mut numbered = Vec::with_capacity(records.len());
    for record in records {
        // The record is a slice of the text, behind the one before.
        let (before, after) = rest.split_at(record.get().as_ptr().addr() - at);
        line += memchr::memchr_iter(b'\n', before).count() as u64;
        (rest, at) = (after, record.get().as_ptr().addr());
        numbered.push((line, record.to_owned()));
    }
    Ok(List::Array(numbered.into_iter()))
}

/// The host of an address, in lower case, without `www.`.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::source::tests::gzip;
    use super::*;
    use std::fs;

    /// A folder with files, of which the first is the list.
    fn read(files: &[(&str, &[u8])]) -> Result<Vec<GoldPage>> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        GoldPages::open(&folder.path().join(files[0].0))?.collect()
    }

    #[track_caller]
    fn fails(list: &str, kind: &str, line: Option<u64>, part: &str) {
        let error = read(&[("list", list.as_bytes()), ("html/a.html", b"<p>")]).unwrap_err();
        assert_eq!((error.kind().name(), error.position().line), (kind, line), "{error}");
        assert!(error.path().unwrap().ends_with("list"), "{error}");
        assert!(error.message().contains(part), "{error}");
    }

    #[test]
    fn lines_name_everything_about_a_page() {
        let list = br#"{"id": "0001", "url": "https://www.a.example/x", "page_type": "forum", "main_content": "Gold", "must_include": ["G"], "must_exclude": ["x", "y"], "publisher": "a.example", "author": null, "html": "<p>Gold"}

{"text": "Two", "kind": null, "html": "", "link": "http://me@News.B.example:80?x", "must_include": null}
"#;
        let found = read(&[("list.jsonl", list)]).unwrap();
        let first = GoldPage {
            id: "0001".into(),
            url: Some("https://www.a.example/x".into()),
            site: Some("a.example".into()),
            kind: Some("forum".into()),
            html: "<p>Gold".into(),
            unreadable: None,
            text: "Gold".into(),
            must_include: vec!["G".into()],
            must_exclude: vec!["x".into(), "y".into()],
        };
        let second = GoldPage {
            id: "line-3".into(),
            url: Some("http://me@News.B.example:80?x".into()),
            site: Some("news.b.example".into()),
            text: "Two".into(),
            ..GoldPage::default()
        };
        assert_eq!(found, [first, second]);
    }

    #[test]
    fn pages_are_found_beside_the_list() {
        let list = br#" [{"id": 7, "text": "a"},
 {"id": 8, "text": "b", "html_file": "page"}, {"id": 9, "text": "c", "html_file": "sub/c.htm"},
 {"id": 10, "text": "d"}]"#;
        let found = read(&[
            ("articles.json", list),
            ("html/7.html", b"seven"),
            ("html/page.html.gz", &gzip("Gr\u{fc}\u{df}e".as_bytes())),
            ("sub/c.htm", b"caf\xE9 \x93quoted\x94"),
            ("10.html", b"ten"),
        ])
        .unwrap();
        let pages: Vec<_> = found.iter().map(|p| (p.id.as_str(), p.html.as_str())).collect();
        let nine = "caf\u{e9} \u{201c}quoted\u{201d}";
        assert_eq!(pages, [("7", "seven"), ("8", "Gr\u{fc}\u{df}e"), ("9", nine), ("10", "ten")]);
        assert_eq!((found[0].group(), &found[0].kind), ("7", &None));
    }

    #[test]
    fn bytes_that_are_no_text_make_a_page_unreadable_and_the_next_one_comes() {
        let list = b"{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"b\", \"text\": \"y\"}";
        let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x10";
        let found =
            read(&[("list", list), ("html/a.html", png), ("html/b.html", b"<p>y")]).unwrap();
        let reason = found[0].unreadable.as_deref().unwrap();
        assert!(reason.contains("a.html"), "{reason}");
        assert_eq!((found[0].html.as_str(), found[1].html.as_str()), ("", "<p>y"));
        assert_eq!(found[1].unreadable, None);
    }

    #[test]
    fn mistakes_name_the_line() {
        let good = r#"{"id": "a", "text": "x"}"#;
        fails(&format!("{good}\n{good}"), "data", Some(2), "`a` comes a second time");
        fails(
            &format!("{good}\n\n{{\"id\": \"b\", \"text\": \"x\"}}"),
            "data",
            Some(3),
            "html/b.html",
        );
        fails("{\"id\": \"a\"}", "missing_field", Some(1), "`text` or `main_content`");
        fails("{\"text\": \"x\"}", "missing_field", Some(1), "`html_file`");
        fails(&format!("{good}\noops"), "json", Some(2), "");
        fails("{\"text\": 5}", "json", Some(1), "");
        fails(&format!("[\n{good},\n\n{{\"id\": 1}}]"), "missing_field", Some(4), "main_content");
        fails(&format!("[\n{good},\n5]"), "json", Some(3), "");
        fails(&format!("[\n{good},\n"), "json", Some(3), "");
        let two_lines = "[{\"id\": \"a\",\n\"text\": 5}]";
        fails(two_lines, "json", Some(2), "");
    }

    #[test]
    fn files_that_cannot_be_read_are_named() {
        let missing = GoldPages::open(Path::new("no/such.jsonl")).map(|_| ()).unwrap_err();
        assert!(missing.path().unwrap().ends_with("such.jsonl"));
        let whole = gzip("long enough a page to be cut off".as_bytes());
        let list = br#"{"id": "a", "text": "x"}"#;
        let error = read(&[("list", list), ("html/a.html.gz", &whole[..20])]).unwrap_err();
        assert_eq!(error.kind().name(), "compression");
        assert!(error.path().unwrap().ends_with("html/a.html.gz"), "{error}");
        assert!(read(&[("list", b"")]).unwrap().is_empty());
        assert!(read(&[("list", b" [ ]")]).unwrap().is_empty());
    }

    #[test]
    fn hosts_are_read_from_addresses() {
        for (url, expected) in [
            ("https://www.Saltmarsh.example/a?b", Some("saltmarsh.example")),
            ("//a.example", Some("a.example")),
            ("https://:80/", None),
            ("saltmarsh.example/a", None),
            ("", None),
        ] {
            assert_eq!(host(url).as_deref(), expected, "{url}");
        }
    }
}
