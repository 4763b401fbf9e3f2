//! The documents say what is so: links lead somewhere, commands exist, outputs are the program's.
//!
//! A block under `<!-- output of: COMMAND -->` holds what COMMAND prints when it is run by `sh` in
//! the repository's root with the program on the path. `UPDATE_README=1` writes it there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tree;

const README: &str = "README.md";
const MARK: &str = "<!-- output of: ";

/// The program of this build; `None` in a build without the command line.
fn program(name: &str) -> Option<PathBuf> {
    let path = match name {
        "smallprint" => option_env!("CARGO_BIN_EXE_smallprint"),
        _ => option_env!("CARGO_BIN_EXE_train"),
    };
    path.map(PathBuf::from).filter(|path| cfg!(feature = "cli") && path.exists())
}

/// A fenced block: the command in the comment above it, the language of its fence, its lines.
struct Block {
    command: Option<String>,
    language: String,
    start: usize,
    lines: Vec<String>,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut open, mut command) = (false, None);
    for (line, at) in document.lines().zip(1..) {
        if let Some(language) = line.trim().strip_prefix("```") {
            if !open {
                let (command, language) = (command.take(), language.to_owned());
                blocks.push(Block { command, language, start: at + 1, lines: Vec::new() });
            }
            open = !open;
        } else if open {
            blocks.last_mut().expect("a fence stood above").lines.push(line.to_owned());
        } else if let Some(rest) = line.trim().strip_prefix(MARK) {
            command = Some(rest.trim_end_matches("-->").trim().to_owned());
        } else if !line.trim().is_empty() {
            assert!(command.is_none(), "{at}: the comment above stands at no block");
        }
    }
    blocks
}

fn output(command: &str, program: &Path) -> String {
    let folder = program.parent().unwrap().to_string_lossy().into_owned();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(tree::root())
        .env("PATH", path)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{README}: `{command}` failed: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn outputs_are_what_the_program_prints() {
    let Some(program) = program("smallprint") else {
        eprintln!("skipped: outputs in {README}: this build has no command line");
        return;
    };
    let mut document = tree::read(README);
    let update = std::env::var("UPDATE_README").is_ok_and(|value| value == "1");
    let mut n = 0;
    for block in blocks(&document.clone()) {
        let Some(command) = &block.command else { continue };
        n += 1;
        let found = output(command, &program);
        let found: Vec<&str> = found.trim_end().lines().map(str::trim_end).collect();
        let expected: Vec<&str> = block.lines.iter().map(|line| line.trim_end()).collect();
        if update && found != expected {
            let fence = |lines: &[&str]| {
                format!("{command} -->\n```{}\n{}\n```", block.language, lines.join("\n"))
            };
            document = document.replace(&fence(&expected), &fence(&found));
            assert!(
                document.contains(&fence(&found)),
                "no blank line between comment and block, please"
            );
            continue;
        }
        let differs = found.iter().zip(&expected).position(|(a, b)| a != b);
        let differs = differs.unwrap_or(found.len().min(expected.len()));
        assert!(
            found == expected,
            "{README}:{}: `{command}` prints something else now; UPDATE_README=1 mends it\nprinted: \
             {:?}\n{README}: {:?}",
            block.start + differs,
            found.get(differs),
            expected.get(differs),
        );
    }
    assert!(n > 0, "{README}: no block under `{MARK}COMMAND -->`, expected at least one");
    if update {
        std::fs::write(tree::root().join(README), document).unwrap();
    }
}

/// The words of each call of `smallprint` or `train` in a line of shell.
fn calls(line: &str) -> Vec<Vec<&str>> {
    let line = line.trim().trim_start_matches("$ ").split(" #").next().unwrap_or_default();
    let parts = line.split(['|', ';', '&', '>', '<']).map(|part| part.split_whitespace().collect());
    parts.filter_map(|part: Vec<&str>| call(&part)).collect()
}

/// `smallprint ...`, `cargo run -- ...` and `cargo run --bin train -- ...` as program and arguments.
fn call<'l>(part: &[&'l str]) -> Option<Vec<&'l str>> {
    match part {
        ["smallprint", ..] => Some(part.to_vec()),
        ["cargo", "run", ..] => {
            let name =
                part.windows(2).find(|pair| pair[0] == "--bin").map_or("smallprint", |p| p[1]);
            let arguments = part.iter().skip_while(|&&word| word != "--").skip(1);
            Some(std::iter::once(name).chain(arguments.copied()).collect())
        }
        _ => None,
    }
}

/// What is wrong with a call, by the help of the program it calls.
fn fault(call: &[&str], help: impl Fn(&[&str]) -> Option<String>) -> Option<String> {
    let has_sub = call[0] == "smallprint" && call.get(1).is_some_and(|word| !word.starts_with('-'));
    let mut command = &call[..if has_sub { 2 } else { 1 }];
    let missing = |command: &[&str]| Some(format!("there is no `{}`", command.join(" ")));
    let Some(mut help_text) = help(command) else { return missing(command) };
    // A subcommand may have subcommands of its own.
    if has_sub && call.len() > 2 && help_text.contains("Commands:") {
        command = &call[..3];
        let Some(text) = help(command) else { return missing(command) };
        help_text = text;
    }
    let flags = &call[command.len()..];
    let known = |flag: &str| {
        help_text.split(|c: char| c.is_whitespace() || ",=[".contains(c)).any(|word| word == flag)
    };
    let flags = flags.iter().map(|word| word.split('=').next().unwrap_or_default());
    flags
        .filter(|word| word.len() > 1 && word.starts_with('-') && *word != "--")
        .find(|flag| !known(flag))
        .map(|flag| format!("`{}` has no flag {flag}", command.join(" ")))
}

#[test]
fn commands_in_documents_exist() {
    let Some(_) = program("smallprint") else {
        eprintln!("skipped: commands in documents: this build has no command line");
        return;
    };
    let help = |command: &[&str]| {
        let mut call = Command::new(program(command[0])?);
        let output = call.args(&command[1..]).arg("--help").output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for name in documents() {
        for block in blocks(&tree::read(&name)) {
            if !["sh", "bash", "console", "shell"].contains(&block.language.as_str()) {
                continue;
            }
            for (line, at) in block.lines.iter().zip(block.start..) {
                for call in calls(line) {
                    let fault = fault(&call, help);
                    assert_eq!(fault, None, "{name}:{at}: {line}");
                }
            }
        }
    }
}

#[test]
fn a_wrong_command_is_found() {
    let help = |command: &[&str]| match command {
        ["smallprint", "clean"] => Some("  -o, --output <FILE>\n      --keep <LABELS>".to_owned()),
        ["smallprint", "templates"] => Some("Commands:\n  learn".to_owned()),
        ["smallprint", "templates", "learn"] => Some("--split <HOW>".to_owned()),
        ["train"] => Some("--quiet".to_owned()),
        _ => None,
    };
    let faults = |line: &str| calls(line).iter().filter_map(|call| fault(call, help)).count();
    assert_eq!(faults("$ smallprint clean - --keep=body -o x | head -n 3  # --no"), 0);
    assert_eq!(faults("smallprint clean --kept body"), 1);
    assert_eq!(faults("cat x | smallprint tidy"), 1);
    assert_eq!(faults("smallprint templates learn x --split line"), 0);
    assert_eq!(faults("smallprint templates learn x --keep body"), 1);
    assert_eq!(faults("smallprint templates forget x"), 1);
    assert_eq!(faults("cargo run --release -- clean x"), 0);
    assert_eq!(faults("cargo run --release -- clean x --kept"), 1);
    assert_eq!(faults("cargo run --release --bin train -- --quiet"), 0);
    assert_eq!(faults("cargo run --release --bin train -- --loud"), 1);
    assert_eq!(faults("python3 -m smallprint --kept"), 0);
}

fn documents() -> Vec<String> {
    tree::files().into_iter().filter(|name| name.ends_with(".md")).collect()
}

/// Targets of `[text](target)` outside of code, with their lines.
fn links(document: &str) -> Vec<(usize, String)> {
    let (mut found, mut code) = (Vec::new(), false);
    for (line, at) in document.lines().zip(1..) {
        code ^= line.trim_start().starts_with("```");
        if code {
            continue;
        }
        for (place, _) in line.match_indices("](") {
            // Within `code` nothing is a link.
            if line[..place].matches('`').count() % 2 == 0
                && let Some(end) = line[place..].find(')')
            {
                found.push((at, line[place + 2..place + end].to_owned()));
            }
        }
    }
    found
}

#[test]
fn links_lead_somewhere() {
    let mut n = 0;
    for name in documents() {
        let folder = tree::root().join(&name).parent().unwrap().to_owned();
        for (line, link) in links(&tree::read(&name)) {
            let target = link.split(['#', ' ']).next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            assert!(folder.join(target).exists(), "{name}:{line}: there is no {target}");
            n += 1;
        }
    }
    assert!(n > 0, "no relative link in any document: does the test still see them?");
}

#[test]
fn links_and_blocks_are_read() {
    let text =
        "[a](b.md#c) `[no](no)`\n```sh\n[no](no)\n```\n<!-- output of: ls -->\n```text\nx\n```\n";
    assert_eq!(links(text), [(1, "b.md#c".to_owned())]);
    let blocks = blocks(text);
    assert_eq!((blocks[0].language.as_str(), blocks[0].command.as_deref()), ("sh", None));
    assert_eq!((blocks[1].command.as_deref(), blocks[1].start), (Some("ls"), 7));
    assert_eq!(blocks[1].lines, ["x"]);
}
