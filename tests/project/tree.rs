//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Paths of all tracked and new files below the root, with `/`, in order: what git would commit.
/// Without git, or outside a work tree, every file but hidden ones and `target`.
pub fn files() -> Vec<String> {
    let mut files = tracked().unwrap_or_else(walked);
    files.retain(|name| root().join(name).is_file());
    files.sort();
    files
}

fn tracked() -> Option<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let names = String::from_utf8(output.stdout).expect("file names are UTF-8");
    let names: Vec<String> = names.split_terminator('\0').map(str::to_owned).collect();
    // An unpacked crate inside somebody's repository has no tracked file of its own.
    (!names.is_empty()).then_some(names)
}

fn walked() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            if name == "target" || name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(root(), &mut found);
    let name = |path: PathBuf| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    found.into_iter().map(|path| name(path).replace('\\', "/")).collect()
}

/// A file's text; bytes that are no UTF-8 become replacement characters.
pub fn read(name: &str) -> String {
    let bytes = fs::read(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The labelled real material beside the repository, or `None` with a word on what is skipped.
pub fn shared_data(skipped: &str) -> Option<PathBuf> {
    let folder = root().join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {skipped}: there is no folder ../shared/data beside the repository");
    None
}
