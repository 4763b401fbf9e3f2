//! Data flows one way: a module imports only from those above it.
//!
//! The check reads lines, not syntax trees: it knows `crate::` paths, `use crate::{...}` over
//! several lines, and `super::` where it climbs to the root. Comments and `#[cfg(test)]` modules
//! are left out.

use crate::tree;

/// The layers, top to bottom. Modules of one layer may import each other.
const LAYERS: [&[&str]; 16] = [
    &["error", "span", "label"],
    &["kernel"],
    &["document"],
    &["segment"],
    &["templates"],
    &["featurize"],
    &["model"],
    &["verdict"],
    &["classify"],
    &["credibility"],
    &["evaluate"],
    &["report"],
    &["records"],
    &["pipeline"],
    &["train"],
    &["cli", "serve"],
];

/// The only module that may hold `unsafe`.
const UNSAFE: &str = "kernel";
/// The only file that names linfa.
const FIT: &str = "src/model/fit.rs";
const MAX_LINES: usize = 500;

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// The path of modules that a file stands for: `src/model/mod.rs` is `["model"]`.
fn module_path(file: &str) -> Vec<&str> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    path.trim_end_matches("/mod").split('/').collect()
}

/// Whether a file holds tests only: it is `tests.rs`, or its parent declares it under
/// `#[cfg(test)]`.
fn is_test_file(file: &str, test_modules: &[String]) -> bool {
    let path = module_path(file);
    path.contains(&"tests") || test_modules.iter().any(|module| *module == path.join("/"))
}

/// A source text without comments and without `#[cfg(test)]` items; lines stay in their places.
/// Also the names of modules that are declared for tests only.
fn production(source: &str) -> (Vec<String>, Vec<String>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let (mut pending, mut until) = (false, None);
    for line in source.lines() {
        let code = if line.trim_start().starts_with("//") { "" } else { line };
        let code = code.split(" // ").next().unwrap_or_default();
        let indent = code.len() - code.trim_start().len();
        if let Some(end) = until {
            if code.trim_end() == format!("{:end$}}}", "") {
                until = None;
            }
            kept.push(String::new());
        } else if code.contains("#[cfg(test)]") {
            pending = true;
            kept.push(String::new());
        } else if pending && !code.trim().is_empty() && !code.trim().starts_with("#[") {
            pending = false;
            if code.trim_end().ends_with('{') {
                until = Some(indent);
            } else if let Some(module) = code.trim().trim_end_matches(';').split("mod ").nth(1) {
                modules.push(module.to_owned());
            }
            kept.push(String::new());
        } else {
            kept.push(code.to_owned());
        }
    }
    (kept, modules)
}

/// Names that follow `prefix` in a line: one, or those of a `{...}` list at the first level.
fn roots_after<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &text[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(first_level(list)),
            None => found.push(identifier(rest)),
        }
    }
    found
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

/// The first identifiers of a list's entries, up to its closing brace.
fn first_level(list: &str) -> Vec<&str> {
    let (mut depth, mut fresh, mut found) = (0, true, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && (c.is_alphabetic() || c == '_') => {
                found.push(identifier(&list[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    found
}

/// What is wrong with a file, one sentence each.
fn faults(file: &str, source: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let n_lines = source.lines().count();
    if n_lines > MAX_LINES {
        faults.push(format!("{file}: {n_lines} lines, expected at most {MAX_LINES}"));
    }
    let (lines, _) = production(source);
    let path = module_path(file);
    let own = match path[0] {
        "lib" | "main" | "bin" => None,
        module => match layer(module) {
            Some(own) => Some((module, own)),
            None => {
                faults.push(format!("{file}: `{module}` has no place in LAYERS of layering.rs"));
                None
            }
        },
    };
    for (at, place) in lines.iter().zip(1..) {
        let name = |fault: &str| format!("{file}:{place}: {fault}");
        if file != FIT && (at.contains("linfa::") || at.contains("linfa_logistic::")) {
            faults.push(name(&format!("only {FIT} names linfa")));
        }
        let Some((own, own_layer)) = own else { continue };
        if own != UNSAFE && roots_after(at, "unsafe ").into_iter().next().is_some() {
            faults.push(name(&format!("only src/{UNSAFE} may hold unsafe code")));
        }
        if own != "cli" {
            faults.extend(forbidden(at).map(|what| name(&format!("only src/cli may use {what}"))));
        }
        // An import may run over lines: what follows up to the semicolon belongs to it.
        let statement = lines[place - 1..].join("\n");
        let end = if at.trim_end().ends_with('{') { statement.find(';') } else { None };
        let statement = &statement[..end.unwrap_or(at.len())];
        let climb = "super::".repeat(path.len());
        for target in
            roots_after(statement, "crate::").into_iter().chain(roots_after(statement, &climb))
        {
            match layer(target) {
                _ if target == own => {}
                Some(layer) if layer <= own_layer => {}
                Some(_) => faults.push(name(&format!("`{own}` stands above `{target}`"))),
                None if target == "super" || target.is_empty() => {}
                None => faults.push(name(&format!("`{target}` is imported from no module"))),
            }
        }
    }
    faults
}

fn forbidden(line: &str) -> impl Iterator<Item = &'static str> {
    let all =
        ["println!", "print!", "process::exit", "env::var", "env::args", "anstream", "clap::"];
    let line = line.to_owned();
    all.into_iter().filter(move |what| {
        line.match_indices(what)
            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

#[test]
fn imports_run_one_way() {
    let files: Vec<String> =
        tree::files().into_iter().filter(|f| f.starts_with("src/") && f.ends_with(".rs")).collect();
    assert!(files.len() > 30, "found only {} files in src/", files.len());
    let mut test_modules = Vec::new();
    for file in &files {
        let parent = module_path(file).join("/");
        let (_, modules) = production(&tree::read(file));
        test_modules.extend(modules.into_iter().map(|module| format!("{parent}/{module}")));
    }
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !is_test_file(file, &test_modules)) {
        found.extend(faults(file, &tree::read(file)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_source_file_is_long() {
    for file in tree::files().iter().filter(|file| file.ends_with(".rs")) {
        let lines = tree::read(file).lines().count();
        assert!(lines <= MAX_LINES, "{file}: {lines} lines, expected at most {MAX_LINES}");
    }
}

#[test]
fn a_wrong_import_is_found() {
    let wrong = |file: &str, source: &str| {
        assert_eq!(faults(file, source).len(), 1, "{file}: {source}: {:?}", faults(file, source));
    };
    wrong("src/kernel/scan.rs", "use crate::document::Document;\n");
    wrong("src/kernel/scan.rs", "fn f() -> crate::records::Output {}\n");
    wrong("src/model/mod.rs", "use crate::{\n    error::Error,\n    train::{Corpus, card},\n};\n");
    wrong("src/span.rs", "use super::verdict::Verdict;\n");
    wrong("src/model/file.rs", "use super::super::train;\n");
    wrong("src/model/file.rs", "use crate::Document;\n");
    wrong("src/model/file.rs", "use linfa::Dataset;\n");
    wrong("src/train/mod.rs", "use linfa_logistic::LogisticRegression;\n");
    wrong(
        "src/records/csv.rs",
        "fn f() { eprintln!(\"x\") }\n".replace("eprintln", "println").as_str(),
    );
    wrong("src/records/csv.rs", "fn f() { std::env::var(\"X\"); }\n");
    wrong("src/records/csv.rs", "fn f() { unsafe { g() } }\n");
    wrong("src/novel.rs", "\n");
    wrong("src/span.rs", &"\n".repeat(MAX_LINES + 1));
}

#[test]
fn right_imports_pass() {
    let right = |file: &str, source: &str| {
        assert_eq!(faults(file, source), Vec::<String>::new(), "{file}: {source}");
    };
    right("src/error.rs", "use crate::label::Label;\n");
    right("src/train/mod.rs", "use crate::{error::{Error, Result}, model::Model};\n");
    right("src/model/fit.rs", "use linfa::Dataset;\nuse linfa_logistic::LogisticRegression;\n");
    right("src/model/file.rs", "use super::train_rows;\nuse super::super::kernel::LANES;\n");
    right("src/kernel/scan.rs", "//! See [`crate::records`].\n// crate::cli\n");
    right("src/cli/mod.rs", "fn f() { anstream::eprintln!(\"x\") }\nuse crate::train::card;\n");
    right(
        "src/kernel/scan.rs",
        "#[cfg(test)]\nmod tests {\n    use crate::train::card;\n    fn f() {\n    }\n}\nuse super::class;\n",
    );
    let after = "#[cfg(test)]\nmod tests {\n}\nuse crate::train::card;\n";
    assert_eq!(faults("src/kernel/scan.rs", after).len(), 1);
}
