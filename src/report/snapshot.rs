//! Compares a report with the reviewed one under `tests/snapshots/`.

use std::path::Path;

/// Fails unless `found` is exactly the snapshot `name`; with `UPDATE_SNAPSHOTS=1` in the
/// environment, writes it instead, to be reviewed as a diff.
pub(crate) fn assert_snapshot(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1") {
        std::fs::write(&path, found).expect("the snapshot can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("tests/snapshots/{name}: {e}; run with UPDATE_SNAPSHOTS=1"));
    let mut lines = expected.lines().zip(found.lines()).enumerate();
    if let Some((i, (old, new))) = lines.find(|(_, (old, new))| old != new) {
        panic!(
            "tests/snapshots/{name}:{}: reports differ\nexpected: {old}\n   found: {new}\n\
             If that is meant, run with UPDATE_SNAPSHOTS=1 and review the diff.",
            i + 1
        );
    }
    assert!(expected == found, "tests/snapshots/{name}: one report is longer than the other");
}
