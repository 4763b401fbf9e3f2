//! WARC: what crawlers fetched (`response`, `resource`), and WET: the text of it (`conversion`).
//!
//! Input: a [`Source`]. Output: a document for each record that holds a web page or plain text; the
//! others are counted ([`PassedOver`]). A broken record is an error with its number, its place and
//! its identifier, and the next record follows: where a head's `Content-Length` leads to no other
//! record, and where a record is too large to be held, that is the next line that begins as records
//! do. Memory: one record. A `Content-Length` that leads to a record is believed, since pages about
//! WARC hold such lines too.

mod head;
mod http;
mod input;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead as _};

use super::format::is_page;
use super::limit::{Ended, read_until, too_large};
use super::passed_over::PassedOver;
use super::record::Raw;
use super::source::Source;
use super::{Documents, Failure, Read};
use crate::document::{Document, decode_owned, decode_page_owned};
use crate::error::{Error, ErrorKind, Result};
use head::{Head, media_type};
use http::{MAX_HEAD, Media, Response};
use input::{MAGIC, WarcInput};

/// A record without a document is held up to this size, in bytes, until it has turned out that its
/// length is right; a larger one (a film) is believed.
const MAX_HELD: u64 = 1 << 20;
/// Bytes of a line that an error shows.
const SHOWN: usize = 40;

/// Iterator over the documents.
pub(super) struct WarcDocuments {
    input: WarcInput,
    limit: usize,
    /// The record at hand, counted from 1, and where it begins.
    number: u64,
    start: u64,
    /// Whether the next record must be looked for.
    is_lost: bool,
    ended: bool,
    passed_over: PassedOver,
}

/// What a record turned out to be.
enum Record {
    Document(Document),
    PassedOver,
    End,
}

/// How a record is read.
enum Plan {
    /// The block is a document.
    Block(Media),
    /// The block is a response that holds one.
    Response(Result<Response>),
    PassOver(fn(&mut PassedOver) -> &mut u64),
}

const OTHER_CONTENT: Plan = Plan::PassOver(|counts| &mut counts.other_content);

impl WarcDocuments {
    /// Documents of at most `limit` bytes, whether as the file or as a decoded body.
    pub(super) fn new(source: Source, limit: usize) -> Self {
        Self {
            input: WarcInput::new(source),
            limit,
            number: 0,
            start: 0,
            is_lost: false,
            ended: false,
            passed_over: PassedOver::default(),
        }
    }

    fn record(&mut self) -> Result<Record, Failure> {
        self.number += 1;
        self.start = self.input.offset();
        if std::mem::take(&mut self.is_lost) {
            self.input.seek().map_err(|error| self.failed(error))?;
        }
        if !self.input.skip_breaks().map_err(|error| self.failed(error))? {
            return Ok(Record::End);
        }
        self.start = self.input.offset();
        let head = self.head()?;
        let id = head.get("WARC-Record-ID").map(bare);
        self.content(&head).map_err(|error| Failure { id, error })
    }

    /// The error for one of the input's.
    fn failed(&mut self, error: io::Error) -> Error {
        let error = self.input.source().error(error);
        // A corrupt member of a compressed file has others behind it; where the system cannot read,
        // it will not be able to the next time.
        self.is_lost = true;
        self.ended = matches!(error.kind(), ErrorKind::Io { .. });
        error
    }

    fn broken(&mut self, message: String) -> Error {
        self.is_lost = true;
        ErrorKind::Warc { message }.into()
    }

    /// The head of the record, up to and with the blank line behind it.
    fn head(&mut self) -> Result<Head> {
        if self.input.look(MAGIC.len()) != MAGIC {
            if let Some(error) = self.input.take_error() {
                return Err(self.failed(error));
            }
            let start = self.input.look(SHOWN);
            let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
            let line = String::from_utf8_lossy(line).trim_end().to_owned();
            return Err(self.broken(format!(
                "expected a record that begins with `WARC/1.0` or `WARC/1.1`, found `{line}`"
            )));
        }
        let mut head = Vec::new();
        loop {
            let line_start = head.len();
            match read_until(&mut self.input, b'\n', MAX_HEAD, &mut head) {
                Ok(Ended::Line) if matches!(&head[line_start..], b"\r\n" | b"\n") => {
                    return Ok(Head::new(&head));
                }
                Ok(Ended::Line) => {}
                Ok(Ended::Input) => {
                    return Err(self.broken("the input ends in the head of a record".to_owned()));
                }
                Ok(Ended::TooLarge) => {
                    return Err(self.broken(format!(
                        "expected a head of at most {MAX_HEAD} bytes, found a longer one"
                    )));
                }
                Err(error) => return Err(self.failed(error)),
            }
        }
    }

    /// What stands behind a head.
    fn content(&mut self, head: &Head) -> Result<Record> {
        let length = self.length(head)?;
        let plan = self.plan(head, length)?;
        if let Plan::PassOver(counter) = plan {
            self.pass_over(length)?;
            *counter(&mut self.passed_over) += 1;
            return Ok(Record::PassedOver);
        }
        let Some(length) = usize::try_from(length).ok().filter(|&length| length <= self.limit)
        else {
            // Whether the length is wrong or the record so large: the next one is looked for.
            self.is_lost = true;
            return Err(too_large(self.limit, Some(length)));
        };
        self.check(length)?;
        let block = self.input.hand_out(length);
        let found = match plan {
            Plan::Response(response) => {
                let (response, is_cut) = (response?, head.get("WARC-Truncated").is_some());
                let content_type = response.content_type();
                let body = response.body(&block, is_cut, self.limit)?;
                document(body.into_owned(), Media::of(content_type), content_type)?
            }
            Plan::Block(media) => document(block, media, head.get("Content-Type"))?,
            Plan::PassOver(_) => None,
        };
        let Some(document) = found else {
            self.passed_over.other_content += 1;
            return Ok(Record::PassedOver);
        };
        let (id, url) = (head.get("WARC-Record-ID").map(bare), head.get("WARC-Target-URI"));
        Ok(Record::Document(Document { id, url: url.map(bare), ..document }))
    }

    fn length(&mut self, head: &Head) -> Result<u64> {
        let found = head.get("Content-Length");
        found.and_then(|length| length.parse().ok()).ok_or_else(|| {
            let found = found.map_or("none".to_owned(), |found| format!("`{found}`"));
            self.broken(format!("expected a Content-Length in bytes, found {found}"))
        })
    }

    fn plan(&mut self, head: &Head, length: u64) -> Result<Plan> {
        let content_type = head.get("Content-Type");
        let record_type = head.get("WARC-Type").unwrap_or_default().to_ascii_lowercase();
        let plan = match (&*record_type, Media::of(content_type)) {
            ("conversion", Media::Unknown) => Plan::Block(Media::Text),
            ("conversion" | "resource", Media::Other) => OTHER_CONTENT,
            ("conversion" | "resource", media) => Plan::Block(media),
            ("response", Media::Unknown) => self.response(length),
            ("response", _) if content_type.is_some_and(is_http) => self.response(length),
            ("response", _) => OTHER_CONTENT,
            _ => return Ok(Plan::PassOver(|counts| &mut counts.other_types)),
        };
        if head.get("WARC-Segment-Number").is_some() && !matches!(plan, Plan::PassOver(_)) {
            self.pass_over(length)?;
            let message = "a record in several segments is not read: join them first".to_owned();
            return Err(ErrorKind::Warc { message }.into());
        }
        Ok(plan)
    }

    /// How a response is read, as its own head says.
    fn response(&mut self, length: u64) -> Plan {
        let look = usize::try_from(length).map_or(MAX_HEAD, |length| length.min(MAX_HEAD));
        let start = self.input.look(look);
        let response = Response::parse(start);
        match &response {
            Ok(found) if !(200..300).contains(&found.status) => {
                Plan::PassOver(|counts| &mut counts.other_status)
            }
            Ok(found) if Media::of(found.content_type()) == Media::Other => OTHER_CONTENT,
            _ => Plan::Response(response),
        }
    }

    /// Passes over a block.
    fn pass_over(&mut self, length: u64) -> Result<()> {
        if let Some(length) = usize::try_from(length).ok().filter(|_| length <= MAX_HELD) {
            self.check(length)?;
            self.input.consume(length);
            return Ok(());
        }
        let missing = self.input.pass_over(length).map_err(|error| self.failed(error))?;
        if missing > 0 {
            return Err(self.broken(format!(
                "Content-Length says {length} bytes, but the input ends {missing} before that; \
                 records that stood there are lost"
            )));
        }
        if !self.input.ends_behind(0) {
            return Err(self.broken(wrong_length(length)));
        }
        Ok(())
    }

    /// Whether the block is there and another record or the end behind it.
    ///
    /// # Errors
    /// It is not; the input stands where the next record may be.
    fn check(&mut self, length: usize) -> Result<()> {
        let there = self.input.look(length).len();
        if there == length && self.input.ends_behind(length) {
            let Some(error) = self.input.take_corruption() else { return Ok(()) };
            self.input.consume(length);
            return Err(self.failed(error));
        }
        if there < length
            && let Some(error) = self.input.take_error()
        {
            self.input.consume(there);
            return Err(self.failed(error));
        }
        let error = self.broken(if there < length {
            format!("Content-Length says {length} bytes, but only {there} are left")
        } else {
            wrong_length(length as u64)
        });
        self.is_lost = !self.input.seek_within(there);
        Err(error)
    }
}

fn wrong_length(length: u64) -> String {
    format!(
        "Content-Length says {length} bytes, but no record begins behind them; reading goes on at \
         the next line that begins with `WARC/`"
    )
}

impl Iterator for WarcDocuments {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        while !self.ended {
            match self.record() {
                Ok(Record::Document(document)) => return Some(Ok(document)),
                Ok(Record::PassedOver) => {}
                Ok(Record::End) => self.ended = true,
                Err(Failure { id, error }) => {
                    let error = error.at_record(self.number, self.start);
                    return Some(Err(Failure { id, error }));
                }
            }
        }
        None
    }
}

impl Documents for WarcDocuments {
    fn next_raw(&mut self) -> Option<Raw> {
        self.next().map(Raw::Read)
    }

    fn passed_over(&self) -> PassedOver {
        self.passed_over
    }
}

/// A document of these bytes; `None` where nothing says that they are a page or text.
fn document(bytes: Vec<u8>, media: Media, content_type: Option<&str>) -> Result<Option<Document>> {
    Ok(match media {
        Media::Page => Some(Document::from_html(decode_page_owned(bytes, content_type)?)),
        Media::Text if content_type.is_some_and(names_charset) => {
            Some(Document::from_text(decode_page_owned(bytes, content_type)?))
        }
        Media::Text => Some(Document::from_text(decode_owned(bytes))),
        Media::Unknown if is_page(bytes.trim_ascii_start()) => {
            Some(Document::from_html(decode_page_owned(bytes, None)?))
        }
        Media::Unknown | Media::Other => None,
    })
}

fn names_charset(content_type: &str) -> bool {
    content_type.to_ascii_lowercase().contains("charset")
}

fn is_http(content_type: &str) -> bool {
    media_type(content_type) == "application/http"
}

/// An identifier or address without the angle brackets around it.
fn bare(value: &str) -> String {
    let inner = value.strip_prefix('<').and_then(|value| value.strip_suffix('>'));
    inner.unwrap_or(value).to_owned()
}
