//! The files of derived documents: `training-data/derived/`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::train::write_file;
use crate::error::{Error, Result};
use crate::records::{LabelMap, read_labelled};
use crate::train::CueOptions;
use crate::train::derived::{Derived, Material, Origin, make};

/// Folder within the training data, and the files there.
const FOLDER: &str = "derived";
const ROWS: &str = "rows.gz";
const CUES: &str = "cues.tsv";
const ORIGINS: &str = "origins.json";

/// A labelled file of which rows are made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    /// As seen from the repository's root.
    file: PathBuf,
    origin: String,
    licence: String,
}

/// Reads the derived documents of a training-data folder; none where it holds none.
pub(super) fn read_derived(data: &Path) -> Result<Derived> {
    let folder = data.join(FOLDER);
    let (rows, cues) = (folder.join(ROWS), folder.join(CUES));
    if !rows.exists() {
        return Ok(Derived::default());
    }
    let read = |path: &Path| {
        std::fs::read(path)
            .map_err(|error| Error::io("cannot read derived numbers", error).in_file(path))
    };
    let text = String::from_utf8(read(&cues)?)
        .map_err(|_| Error::data("expected UTF-8").in_file(&cues))?;
    let derived = Derived::from_rows(&read(&rows)?).map_err(|error| error.in_file(&rows))?;
    derived.with_cues(&text).map_err(|error| error.in_file(&cues))
}

/// Computes the derived documents of a training-data folder anew and writes them there, or into
/// another folder.
pub(super) fn derive(data: &Path, output: Option<&Path>) -> Result<()> {
    let folder = data.join(FOLDER);
    let path = folder.join(ORIGINS);
    let json = std::fs::read_to_string(&path)
        .map_err(|error| Error::io("cannot read the list of origins", error).in_file(&path))?;
    let named: Vec<Named> = serde_json::from_str(&json).map_err(|error| {
        Error::data(format!("expected a list of name, file, origin and licence: {error}"))
            .at(error.line() as u64, error.column() as u64)
            .in_file(&path)
    })?;
    let map = LabelMap::default();
    let material: Vec<Material> = named
        .into_iter()
        .map(|Named { name, file, origin, licence }| {
            let documents = read_labelled(&file, &map)?;
            Ok(Material { origin: Origin { name, origin, licence }, documents })
        })
        .collect::<Result<_>>()?;
    let written = read_labelled(data, &map)?;
    let (rows, cues) = make(&written, &material, CueOptions::default())?.to_files();
    let folder = output.unwrap_or(&folder);
    write_file(&folder.join(ROWS), &rows)?;
    write_file(&folder.join(CUES), cues.as_bytes())
}
