//! The packages beside the main one lock the dependencies that the main one has, in the versions
//! that it has: else their commands, which are run with `--locked` and by hand, fail, or fuzz and
//! measure another program than the one that is shipped.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree;

const MAIN: &str = "Cargo.lock";
const BESIDE: [&str; 2] = ["fuzz/Cargo.lock", "benches/compare/Cargo.lock"];

/// The dependencies of the library without features, as `Cargo.toml` declares them.
fn declared() -> BTreeSet<String> {
    let manifest = tree::read("Cargo.toml");
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let (section, _) = rest.split_once("\n[").unwrap();
    let lines = section.lines().filter(|line| !line.contains("optional = true"));
    lines.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
}

/// A value of a line such as `name = "csv"`.
fn value<'a>(package: &'a str, key: &str) -> &'a str {
    let mut lines = package.lines();
    let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
    value.and_then(|value| value.strip_suffix('"')).unwrap_or_else(|| panic!("no {key}: {package}"))
}

/// The dependencies of the library in the text of a lock file, by name, with their versions.
fn locked(lock: &str) -> BTreeMap<String, String> {
    let packages: Vec<&str> = lock.split("[[package]]\n").skip(1).collect();
    let main = packages.iter().find(|package| value(package, "name") == "smallprint");
    let main = main.expect("smallprint is locked");
    let (_, list) = main.split_once("dependencies = [\n").expect("smallprint has dependencies");
    let (list, _) = list.split_once("\n]").expect("the list ends");
    let dependency = |line: &str| {
        // A crate that is locked in several versions is named with the one that is meant.
        let named = line.trim().trim_matches(['"', ',']);
        let (name, version) = named.split_once(' ').unzip();
        let name = name.unwrap_or(named);
        let version = version.unwrap_or_else(|| {
            let package = packages.iter().find(|package| value(package, "name") == name);
            value(package.unwrap_or_else(|| panic!("{name} is not locked")), "version")
        });
        (name.to_owned(), version.to_owned())
    };
    list.lines().map(dependency).collect()
}

#[test]
fn packages_beside_the_main_one_lock_its_dependencies_in_its_versions() {
    let declared = declared();
    assert!(declared.contains("ndarray") && !declared.contains("clap"), "{declared:?}");
    let mut main = locked(&tree::read(MAIN));
    main.retain(|name, _| declared.contains(name));
    assert_eq!(main.keys().collect::<Vec<_>>(), declared.iter().collect::<Vec<_>>(), "{MAIN}");
    for lock in BESIDE {
        let found = locked(&tree::read(lock));
        let pairs = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
            let differs = |(name, version): &(&String, &String)| other.get(*name) != Some(*version);
            let different = one.iter().filter(differs);
            different.map(|(name, version)| format!("{name} {version}")).collect::<Vec<_>>()
        };
        let (expected, other) = (pairs(&main, &found), pairs(&found, &main));
        assert!(
            expected.is_empty() && other.is_empty(),
            "{lock}: expected {expected:?} as in {MAIN}, found {other:?}: run \
             `cargo update -p NAME --precise VERSION` there, or `cargo update -p smallprint` where a \
             dependency is new or gone"
        );
    }
}

#[test]
fn dependencies_are_read_with_the_version_that_is_meant() {
    let lock = "version = 4\n\n[[package]]\nname = \"csv\"\nversion = \"1.4.0\"\ndependencies = [\n \
                \"memchr\",\n]\n\n[[package]]\nname = \"sha2\"\nversion = \"0.10.9\"\n\n\
                [[package]]\nname = \"sha2\"\nversion = \"0.11.0\"\n\n[[package]]\n\
                name = \"smallprint\"\nversion = \"0.1.0\"\ndependencies = [\n \"csv\",\n \
                \"sha2 0.10.9\",\n]\n\n[[package]]\nname = \"smallprint-fuzz\"\nversion = \"0.0.0\"\n";
    let found: Vec<(String, String)> = locked(lock).into_iter().collect();
    let expected = [("csv", "1.4.0"), ("sha2", "0.10.9")];
    assert_eq!(found, expected.map(|(name, version)| (name.to_owned(), version.to_owned())));
}
