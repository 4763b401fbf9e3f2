//! Wrong calls, help, version, completions.

use sha2::Digest as _;

use crate::workdir::{ARTICLE, Workdir};

#[test]
fn wrong_flags_end_with_2_and_say_how_to_mend_it() {
    let dir = Workdir::with_article();
    for (args, parts) in [
        (&["classify", "ferry.txt", "--threshold", "1.5"][..], &["1.5", "from 0 to 1"][..]),
        (&["classify", "ferry.txt", "--threshold", "NaN"], &["from 0 to 1"]),
        (&["classify", "ferry.txt", "--threads", "0"], &["whole number from 1"]),
        (&["classify", "ferry.txt", "--format", "xml"], &["xml", "text, json, jsonl, csv"]),
        (&["classify", "ferry.txt", "--input-format", "pdf"], &["pdf", "jsonl"]),
        (&["classify", "ferry.txt", "--split", "page"], &["page", "sentence"]),
        (&["classify", "ferry.txt", "--agressive"], &["--aggressive"]),
        (&["clasify", "ferry.txt"], &["classify"]),
        (&["completions", "csh"], &["csh", "bash"]),
        (&["classify", "ferry.txt", "--format", "json", "--output", "new/"], &["folder", "file"]),
    ] {
        let done = dir.run(args).fails(2, parts);
        assert_eq!(done.stdout, "");
    }
    assert_eq!(dir.files(), ["ferry.txt"]);
}

#[test]
fn a_model_that_is_none_is_an_error_of_the_call() {
    let dir = Workdir::with_article();
    for (name, text, parts) in [
        ("corrupt", &crate::model::json()[..900], &["corrupt", "whole model file"][..]),
        ("foreign", "{\"weights\": []}", &["foreign", "smallprint-model"]),
        ("binary", "\u{0}\u{1}", &["binary", "whole model file"]),
    ] {
        dir.write(name, text);
        let command = dir.bare_command(&["classify", "ferry.txt", "--model", name]);
        dir.run_with(command, b"").fails(2, parts);
    }
    dir.write("bytes", [0xff, 0xfe, 0x00]);
    for name in ["bytes", "missing"] {
        let command = dir.bare_command(&["classify", "ferry.txt", "--model", name]);
        dir.run_with(command, b"").fails(2, &[name]);
    }
}

#[test]
fn help_and_completions_and_the_manual_know_every_subcommand() {
    let dir = Workdir::new();
    let run = |args: &[&str]| dir.run_with(dir.bare_command(args), b"").ok();
    let texts = [
        run(&["--help"]),
        run(&["man"]),
        run(&["completions", "bash"]),
        run(&["completions", "zsh"]),
        run(&["completions", "fish"]),
    ];
    for text in &texts {
        for name in ["classify", "clean", "explain", "evaluate", "templates", "completions"] {
            assert!(text.contains(name), "no {name} in {text}");
        }
    }
    assert!(texts[1].contains("aggressive"));
    let clean = run(&["clean", "--help"]);
    for label in smallprint::Label::ALL {
        assert!(clean.contains(label.as_str()), "no {label} in {clean}");
    }
    let (_, provenance) = smallprint::classify::embedded_summary().unwrap();
    let derived = provenance.derived.unwrap();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    for figure in [
        format!("loses {:.2} % of", 100.0 * derived.content_words_lost),
        format!("F1 of {:.3};", derived.boilerplate_f1),
        format!("{:.2} % are lost", 100.0 * derived.aggressive_content_words_lost),
        format!("F1 is {:.3}", derived.aggressive_boilerplate_f1),
    ] {
        assert!(clean.contains(&figure), "no {figure} in {clean}");
    }
    let done = dir.run_with(dir.bare_command(&[]), b"").fails(2, &["Usage"]);
    assert_eq!(done.stdout, "");
}

#[test]
fn the_version_names_the_embedded_model() {
    let dir = Workdir::new();
    let text = dir.run_with(dir.bare_command(&["--version"]), b"").ok();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(concat!("smallprint ", env!("CARGO_PKG_VERSION"))));
    let model = lines.next().unwrap();
    let fingerprint = model.strip_prefix("model text: fingerprint ").unwrap();
    let (fingerprint, schema) = fingerprint.split_once(", schema ").unwrap();
    // The same that `sha256sum models/text.json` prints.
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/models/text.json");
    let digest = sha2::Sha256::digest(std::fs::read(file).unwrap());
    let expected: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(fingerprint, expected);
    assert!(schema.parse::<u32>().is_ok());
}

#[test]
fn the_embedded_model_tells_an_article_from_its_small_print() {
    let dir = Workdir::new();
    let notice = "© 2019 Ferry News. All rights reserved.";
    dir.write("a.txt", ARTICLE.replace("All rights reserved", notice));
    let text = dir.run_with(dir.bare_command(&["clean", "a.txt"]), b"").ok();
    assert!(text.contains("The council voted") && text.contains("Nobody on the island"), "{text}");
    assert!(!text.contains("Facebook") && !text.contains("rights reserved"), "{text}");
}
