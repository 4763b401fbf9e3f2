//! Hand-made WARC files, whole and broken.

use std::io::{Cursor, Read as _};

use super::*;
use crate::document::Content;
use crate::records::limit::MAX_DOCUMENT;
use crate::records::source::tests::{gzip, varied};

/// A record; `{length}` bytes are claimed, or as many as there are.
fn claiming(length: usize, head: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\n{head}\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn record(head: &str, block: &[u8]) -> Vec<u8> {
    claiming(block.len(), head, block)
}

fn wet_head(id: &str) -> String {
    format!(
        "WARC-Type: conversion\r\nWARC-Target-URI: https://news.example.com/{id}\r\n\
         WARC-Record-ID: <urn:uuid:{id}>\r\nContent-Type: text/plain"
    )
}

/// The text of a page.
fn wet(id: &str, text: &str) -> Vec<u8> {
    record(&wet_head(id), text.as_bytes())
}

fn response(id: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {head}\r\n\r\n");
    let fields = format!(
        "WARC-Type: response\r\nWARC-Target-URI: <https://example.com/{id}>\r\n\
         WARC-Record-ID: <{id}>\r\nContent-Type: application/http; msgtype=response"
    );
    record(&fields, &[head.as_bytes(), body].concat())
}

fn documents(limit: usize, bytes: &[u8]) -> WarcDocuments {
    WarcDocuments::new(Source::new(Cursor::new(bytes.to_vec())), limit)
}

/// What a record came to: its identifier, and its text, its page, or the kind of error and number of
/// the record.
fn summary(read: &Read) -> (String, String) {
    match read {
        Ok(document) => {
            let content = match &document.content {
                Content::Text(text) => text.clone(),
                Content::Html(page) => format!("page {}", page.source()),
                Content::Paragraphs(_) => panic!("{document:?}"),
            };
            (document.id.clone().unwrap_or_default(), content)
        }
        Err(Failure { id, error }) => {
            let number = error.position().record.unwrap();
            (id.clone().unwrap_or_default(), format!("{} in {number}", error.kind().name()))
        }
    }
}

#[track_caller]
fn check_within(limit: usize, bytes: &[u8], expected: &[(&str, &str)]) -> PassedOver {
    let mut documents = documents(limit, bytes);
    let found: Vec<_> = documents.by_ref().map(|read| summary(&read)).collect();
    let expected: Vec<_> =
        expected.iter().map(|&(id, what)| (id.to_owned(), what.to_owned())).collect();
    assert_eq!(found, expected);
    documents.passed_over()
}

#[track_caller]
fn check(bytes: &[u8], expected: &[(&str, &str)]) -> PassedOver {
    check_within(MAX_DOCUMENT, bytes, expected)
}

#[test]
fn text_records_become_documents_with_identifier_and_address() {
    let info = record("WARC-Type: warcinfo\r\nContent-Type: application/warc-fields", b"a: b");
    let file = [info, wet("1", "One\nstory"), wet("2", "Grüße"), wet("3", "")].concat();
    for bytes in [file.clone(), gzip(&file), zstd::encode_all(&file[..], 1).unwrap()] {
        let expected = [("urn:uuid:1", "One\nstory"), ("urn:uuid:2", "Grüße"), ("urn:uuid:3", "")];
        let passed_over = check(&bytes, &expected);
        assert_eq!(passed_over, PassedOver { other_types: 1, ..PassedOver::default() });
    }
    let first = documents(100, &file).next().unwrap().unwrap();
    assert_eq!(first.url.as_deref(), Some("https://news.example.com/1"));
}

#[test]
fn members_of_their_own_come_out_in_order() {
    let texts: Vec<String> = (1..50).map(|n| varied(n * 3000)[n * 100..].to_owned()).collect();
    let records = texts.iter().enumerate().map(|(n, text)| wet(&n.to_string(), text));
    let file: Vec<u8> = records.flat_map(|record| gzip(&record)).collect();
    let found: Vec<_> = documents(MAX_DOCUMENT, &file).map(|read| summary(&read).1).collect();
    assert_eq!(found, texts);
}

#[test]
fn responses_become_pages_and_texts_and_the_others_are_counted() {
    let latin = b"<p>Gr\xFC\xDFe aus der kleinen Stadt";
    let file = [
        response("a", "200 OK\r\nContent-Type: text/html; charset=iso-8859-1", latin),
        response("b", "203 Other\r\nContent-Type: text/plain", b"plain"),
        response("c", "200 OK\r\nContent-Type: application/xhtml+xml", b"<p>x"),
        response("d", "200 OK", b"\n<!DOCTYPE html><p>d"),
        response(
            "e",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\
             Transfer-Encoding: chunked",
            &{
                let packed = gzip(b"<p>packed");
                [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat()
            },
        ),
        response("f", "404 Not Found\r\nContent-Type: text/html", b"<p>no"),
        response("g", "301 Moved\r\nLocation: /", b""),
        response("h", "200 OK\r\nContent-Type: image/png", &[0x89; 3_000_000]),
        response("i", "200 OK", b"who knows"),
        record("WARC-Type: request\r\nContent-Type: application/http", b"GET / HTTP/1.1\r\n\r\n"),
        record("WARC-Type: revisit\r\nContent-Type: application/http", b"HTTP/1.1 304\r\n\r\n"),
        record("WARC-Type: response\r\nContent-Type: text/dns", b"example.com 1 IN A 192.0.2.1"),
        record("WARC-Type: resource\r\nWARC-Record-ID: <j>\r\nContent-Type: text/html", b"<p>j"),
        record("WARC-Type: resource\r\nContent-Type: audio/ogg", b"OggS"),
    ]
    .concat();
    let expected = [
        ("a", "page <p>Grüße aus der kleinen Stadt"),
        ("b", "plain"),
        ("c", "page <p>x"),
        ("d", "page \n<!DOCTYPE html><p>d"),
        ("e", "page <p>packed"),
        ("j", "page <p>j"),
    ];
    let passed_over = check(&file, &expected);
    assert_eq!(passed_over, PassedOver { other_types: 2, other_status: 2, other_content: 4 });
    let shown = "8 records passed over: 2 of other WARC types, 2 with another HTTP status than 2xx, \
                 4 neither text nor web page";
    assert_eq!(passed_over.to_string(), shown);
}

#[test]
fn a_broken_response_is_an_error_and_the_next_record_follows() {
    let bomb = gzip(&vec![b'a'; 10_000_000]);
    let packed = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    let file = [
        response("a", packed, &bomb[..bomb.len() / 2]),
        response("b", packed, &bomb),
        response("c", "200 OK\r\nContent-Type: text/html", b"%PDF-1.7"),
        response("d", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", b"\x8B\xFF\x80"),
        record("WARC-Type: response\r\nWARC-Record-ID: <e>", b"no head"),
        record("WARC-Type: response\r\nWARC-Segment-Number: 1", b"HTTP/1.1 200 OK\r\n\r\n"),
        wet("f", "whole"),
    ]
    .concat();
    let expected = [
        ("a", "too_large in 1"),
        ("b", "too_large in 2"),
        ("c", "not_text in 3"),
        ("d", "http in 4"),
        ("e", "http in 5"),
        ("", "warc in 6"),
        ("urn:uuid:f", "whole"),
    ];
    check_within(1_000_000, &file, &expected);
    // What the archive itself says it has cut off is no error.
    let cut = gzip(varied(1000).as_bytes());
    let block = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n",
        &cut[..cut.len() / 2],
    ]
    .concat();
    let read = documents(
        MAX_DOCUMENT,
        &record(
            "WARC-Type: response\r\nContent-Type: application/http\r\nWARC-Truncated: length",
            &block,
        ),
    )
    .next();
    let (_, text) = summary(&read.unwrap());
    assert!(text.len() > 100 && varied(1000).starts_with(&text), "{text}");
}

#[test]
fn a_wrong_length_is_an_error_and_no_other_record_is_lost() {
    let text = "A story of some length.\nAnd a line more.";
    for wrong in [0, 1, 20, 39, 46, 100, 200, 1_000, 1_000_000] {
        let file = [
            wet("1", "before"),
            claiming(wrong, &wet_head("2"), text.as_bytes()),
            wet("3", "after"),
            wet("4", &"long ".repeat(100)),
            wet("5", "last"),
        ]
        .concat();
        let long = "long ".repeat(100);
        let expected = [
            ("urn:uuid:1", "before"),
            ("urn:uuid:2", "warc in 2"),
            ("urn:uuid:3", "after"),
            ("urn:uuid:4", &*long),
            ("urn:uuid:5", "last"),
        ];
        check(&file, &expected);
        check(&gzip(&file), &expected);
        // A length beyond what documents may have is no reason to lose the others.
        if wrong > 1000 {
            let expected = expected
                .map(|(id, what)| (id, if what == "warc in 2" { "too_large in 2" } else { what }));
            check_within(1000, &file, &expected);
        }
    }
    let broken = claiming(5, &wet_head("1"), b"not so long");
    let error = documents(100, &broken).next().unwrap().unwrap_err().error;
    assert_eq!((error.position().record, error.position().byte), (Some(1), Some(0)));
    assert!(error.message().contains("Content-Length says 5 bytes"), "{error}");
}

/// With a copy of the look-ahead for each record this would take minutes.
#[test]
fn many_wrong_lengths_take_linear_time() {
    const RECORDS: usize = 50_000;
    for claimed in [2_000_000, 100_000_000] {
        let file = claiming(claimed, "WARC-Type: conversion", b"text").repeat(RECORDS);
        let mut found = documents(MAX_DOCUMENT, &file);
        assert_eq!(found.by_ref().filter(Result::is_err).count(), RECORDS);
        assert_eq!(found.number, RECORDS as u64 + 1);
    }
}

#[test]
fn records_about_warc_are_read_whole() {
    let text = "A record looks so:\n\nWARC/1.0\r\nWARC-Type: response\r\n\r\nand so on.";
    check(&[wet("1", text), wet("2", "x")].concat(), &[("urn:uuid:1", text), ("urn:uuid:2", "x")]);
}

#[test]
fn what_is_no_record_is_an_error_and_reading_goes_on() {
    let no_length = b"WARC/1.0\r\nWARC-Record-ID: <n>\r\nWARC-Type: conversion\r\n\r\nx\r\n\r\n";
    let long_head = format!("WARC/1.0\r\nX: {}\r\n\r\n", "y".repeat(100_000));
    let file = [
        &b"rubbish\nmore of it\n"[..],
        &wet("1", "one"),
        no_length,
        long_head.as_bytes(),
        &record("X: no type", b"z"),
        &wet("2", "two"),
        b"WARC/1.0\r\nWARC-Type: conv",
    ]
    .concat();
    let expected = [
        ("", "warc in 1"),
        ("urn:uuid:1", "one"),
        ("n", "warc in 3"),
        ("", "warc in 4"),
        ("urn:uuid:2", "two"),
        ("", "warc in 7"),
    ];
    let passed_over = check(&file, &expected);
    assert_eq!(passed_over.other_types, 1);
    for nothing in [&b""[..], b"\r\n\n"] {
        check(nothing, &[]);
    }
    check(b"Not a WARC file at all", &[("", "warc in 1")]);
}

#[test]
fn a_record_beyond_the_limit_is_not_held_and_the_next_follows() {
    // Two gigabytes of a record, made as they are read.
    let head = claiming(2 << 30, &wet_head("2"), b"");
    let head = &head[..head.len() - 4];
    let start = [&wet("1", "one")[..], head].concat();
    let body = std::io::repeat(b'a').take(2 << 30);
    let end = [&b"\r\n\r\n"[..], &wet("3", "three")].concat();
    let reader = Cursor::new(start).chain(body).chain(Cursor::new(end));
    let documents = WarcDocuments::new(Source::new(reader), 1 << 20);
    let found: Vec<_> = documents.map(|read| summary(&read).1).collect();
    assert_eq!(found, ["one", "too_large in 2", "three"]);
    let error = too_large(1 << 20, Some(2 << 30));
    assert!(error.message().contains("at most 1048576 bytes, found 2147483648"), "{error}");
}

#[test]
fn large_records_without_text_are_passed_over_as_their_length_says() {
    let film = "WARC-Type: resource\r\nContent-Type: video/mp4";
    let block = vec![b'\n'; 3 << 20];
    let file = [record(film, &block), wet("1", "one")].concat();
    assert_eq!(check_within(1000, &file, &[("urn:uuid:1", "one")]).other_content, 1);
    let file =
        [claiming(block.len() - 100, film, &block), wet("1", "one"), wet("2", "two")].concat();
    let expected = [("", "warc in 1"), ("urn:uuid:1", "one"), ("urn:uuid:2", "two")];
    check(&file, &expected);
    let file = [claiming(4 << 20, film, &block), wet("1", "one")].concat();
    check(&file, &[("", "warc in 1")]);
}

#[test]
fn a_cut_off_or_corrupt_member_is_an_error_and_the_rest_is_read() {
    let texts: Vec<String> =
        (0..5).map(|n| varied(50_000)[n * 7000..][..20_000].to_owned()).collect();
    let members: Vec<Vec<u8>> =
        texts.iter().enumerate().map(|(n, text)| gzip(&wet(&n.to_string(), text))).collect();
    let whole = members.concat();
    let last = members[4].len();
    let cut = &whole[..whole.len() - last / 2];
    let mut expected: Vec<(String, &str)> =
        (0..5).map(|n| (format!("urn:uuid:{n}"), &*texts[n])).collect();
    expected[4].1 = "compression in 5";
    let expected: Vec<_> = expected.iter().map(|(id, what)| (&**id, *what)).collect();
    check(cut, &expected);
    // A member in the middle is corrupt: the others come out.
    let at = members[0].len() + members[1].len() / 2;
    let mut corrupt = whole.clone();
    corrupt[at..at + 8].fill(0xFF);
    let found: Vec<_> = documents(MAX_DOCUMENT, &corrupt).map(|read| summary(&read)).collect();
    for n in [0, 2, 3, 4] {
        assert!(found.contains(&(format!("urn:uuid:{n}"), texts[n].clone())), "{n}");
    }
    assert!(found.iter().any(|(_, what)| what.starts_with("compression in")), "{}", found.len());
    // Its text is wrong, and only the checksum says so.
    let mut wrong = whole.clone();
    wrong[members[0].len() + members[1].len() - 8] ^= 1;
    let mut expected: Vec<(String, &str)> =
        (0..5).map(|n| (format!("urn:uuid:{n}"), &*texts[n])).collect();
    expected[1].1 = "compression in 2";
    let expected: Vec<_> = expected.iter().map(|(id, what)| (&**id, *what)).collect();
    check(&wrong, &expected);
    // Zstandard ends there.
    let file: Vec<u8> = (0..5).flat_map(|n| wet(&n.to_string(), &texts[n])).collect();
    let packed = zstd::encode_all(&file[..], 1).unwrap();
    let found: Vec<_> =
        documents(MAX_DOCUMENT, &packed[..packed.len() - 10]).map(|read| summary(&read)).collect();
    let (last, before) = found.split_last().unwrap();
    assert!(before.iter().zip(&texts).all(|((_, found), text)| found == text));
    assert!(last.1.starts_with("compression in"), "{}", last.1);
}

#[test]
fn an_input_that_cannot_be_read_ends() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        }
    }
    let start = [wet("1", "one"), claiming(100, &wet_head("2"), b"start")].concat();
    let reader = Cursor::new(start).chain(Failing);
    let found: Vec<_> =
        WarcDocuments::new(Source::new(reader), 1000).map(|read| summary(&read)).collect();
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], ("urn:uuid:2".to_owned(), "io in 2".to_owned()));
}

#[test]
fn identifiers_may_be_missing_or_come_twice() {
    let bare = record("WARC-Type: conversion", b"none");
    let file = [wet("1", "a"), wet("1", "b"), bare].concat();
    check(&file, &[("urn:uuid:1", "a"), ("urn:uuid:1", "b"), ("", "none")]);
}
