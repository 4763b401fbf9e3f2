//! Parts: whole or not there, no document twice, none lost.

use super::*;
use crate::records::run_record::tests::record;

const FORM: PartsForm = PartsForm { ending: "csv", start: "id\n" };

fn open(folder: &Path, resume: bool) -> Result<Parts> {
    Parts::open(folder, FORM, RunRecord { shard_size: 3, ..record() }, resume)
}

/// Writes the documents from the first that is not in a whole part up to `end`.
fn write(parts: &mut Parts, end: u64) -> Result<()> {
    let whole = parts.whole_parts();
    (0..end).filter(|&number| !whole.hold(number)).try_for_each(|number| {
        // Every fifth document goes to no output.
        let bytes = format!("{number}\n");
        parts.document(number, (number % 5 != 4).then_some(bytes.as_bytes()))
    })
}

/// The text of every visible part, and the names of all other files.
fn contents(folder: &Path) -> (Vec<String>, Vec<String>) {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let (parts, others): (Vec<_>, Vec<_>) =
        names.into_iter().partition(|name| name.starts_with("part-"));
    let text = |name: &String| {
        let bytes = zstd::decode_all(File::open(folder.join(name)).unwrap()).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    (parts.iter().map(text).collect(), others)
}

const ALL: [&str; 3] = ["id\n0\n1\n2\n", "id\n3\n5\n", "id\n6\n7\n"];

#[test]
fn the_nth_document_is_in_part_n_by_size_and_the_last_part_may_be_short() {
    let folder = tempfile::tempdir().unwrap();
    let mut parts = open(folder.path(), false).unwrap();
    write(&mut parts, 8).unwrap();
    assert_eq!(contents(folder.path()).0, ALL[..2], "the short part comes at the end");
    parts.finish(8).unwrap();
    assert_eq!(contents(folder.path()), (ALL.map(str::to_owned).to_vec(), vec!["run.json".into()]));
    let json = fs::read(folder.path().join("run.json")).unwrap();
    assert_eq!(RunRecord::from_json(&json).unwrap().documents, Some(8));
}

#[test]
fn a_run_that_ended_anywhere_is_gone_on_with() {
    for end in 0..=8 {
        let folder = tempfile::tempdir().unwrap();
        let mut parts = open(folder.path(), end % 2 == 0).unwrap();
        write(&mut parts, end).unwrap();
        // What a killed run leaves behind: nothing puts its file away.
        std::mem::forget(parts.current.take());
        drop(parts);
        let mut parts = open(folder.path(), true).unwrap();
        assert_eq!(parts.n_whole(), end / 3);
        assert!(!parts.whole_parts().hold(end));
        write(&mut parts, 8).unwrap();
        parts.finish(8).unwrap();
        let expected = (ALL.map(str::to_owned).to_vec(), vec!["run.json".into()]);
        assert_eq!(contents(folder.path()), expected, "{end}");
        // Once more, with nothing to do, and with a part that somebody removed.
        for lost in [None, Some("part-00000.csv.zst")] {
            if let Some(name) = lost {
                fs::remove_file(folder.path().join(name)).unwrap();
            }
            let mut parts = open(folder.path(), true).unwrap();
            write(&mut parts, 8).unwrap();
            parts.finish(8).unwrap();
            assert_eq!(contents(folder.path()), expected, "{end}");
        }
    }
}

#[test]
fn nothing_is_overwritten_or_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let mut parts = open(folder.path(), false).unwrap();
    write(&mut parts, 4).unwrap();
    let message = |result: Result<Parts>| {
        let error = result.unwrap_err();
        assert_eq!(error.kind().name(), "usage");
        error.to_string()
    };
    assert!(message(open(folder.path(), true)).contains("another run writes"));
    drop(parts);
    assert!(message(open(folder.path(), false)).contains("--resume"));
    let other = RunRecord { shard_size: 4, ..record() };
    let opened = Parts::open(folder.path(), FORM, other, true);
    assert!(message(opened).contains("run.json: the run to be resumed was another: --shard-size"));
    fs::remove_file(folder.path().join("run.json")).unwrap();
    assert!(message(open(folder.path(), true)).contains("no `run.json`"));
    assert_eq!(contents(folder.path()).0, ALL[..1]);
}

#[test]
fn inputs_that_hold_another_number_of_documents_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut parts = open(folder.path(), false).unwrap();
    write(&mut parts, 8).unwrap();
    parts.finish(8).unwrap();
    for documents in [5, 7, 9, 10, 20] {
        let mut parts = open(folder.path(), true).unwrap();
        let result = write(&mut parts, documents).and_then(|()| parts.finish(documents));
        let error = result.unwrap_err();
        assert_eq!((error.kind().name(), error.path()), ("usage", Some(folder.path())));
        let expected = if documents < 8 { "fewer" } else { "more" };
        assert!(error.message().contains(expected), "{documents}: {error}");
        assert_eq!(contents(folder.path()).0, ALL, "{documents}");
    }
    // Fewer than there are parts for, of a run that had not come to its end.
    let folder = tempfile::tempdir().unwrap();
    write(&mut open(folder.path(), false).unwrap(), 7).unwrap();
    let parts = open(folder.path(), true).unwrap();
    assert!(parts.finish(3).unwrap_err().message().contains("fewer"));
}

#[test]
fn a_part_that_cannot_take_its_place_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let mut parts = open(folder.path(), false).unwrap();
    let taken = folder.path().join("part-00001.csv.zst");
    write(&mut parts, 5).unwrap();
    fs::create_dir(&taken).unwrap();
    let error = parts.document(5, None).unwrap_err();
    assert_eq!((error.kind().name(), error.path()), ("io", Some(&*taken)));
    fs::remove_dir(&taken).unwrap();
    drop(parts);
    assert_eq!(contents(folder.path()), (vec![ALL[0].to_owned()], vec!["run.json".into()]));
}
