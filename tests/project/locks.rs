//! The packages beside the main one lock the dependencies that the main one has: else their commands,
//! which are run with `--locked` and by hand, fail.

use std::collections::BTreeSet;

use crate::tree;

/// The dependencies of the library without features, as `Cargo.toml` declares them.
fn declared() -> BTreeSet<String> {
    let manifest = tree::read("Cargo.toml");
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let (section, _) = rest.split_once("\n[").unwrap();
    let lines = section.lines().filter(|line| !line.contains("optional = true"));
    lines.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
}

/// The dependencies of the library in a lock file.
fn locked(lock: &str) -> BTreeSet<String> {
    let (_, rest) = lock.split_once("\nname = \"smallprint\"\n").expect("smallprint is locked");
    let (_, rest) = rest.split_once("dependencies = [\n").unwrap();
    let (list, _) = rest.split_once("\n]").unwrap();
    // A second version of a crate is named with its version.
    let name =
        |line: &str| line.trim().trim_matches(['"', ',']).split(' ').next().map(str::to_owned);
    list.lines().filter_map(name).collect()
}

#[test]
fn packages_beside_the_main_one_lock_its_dependencies() {
    let declared = declared();
    assert!(declared.contains("ndarray") && !declared.contains("clap"), "{declared:?}");
    for lock in ["fuzz/Cargo.lock", "benches/compare/Cargo.lock"] {
        assert_eq!(
            locked(&tree::read(lock)),
            declared,
            "{lock}: run `cargo update -p smallprint` there"
        );
    }
}
