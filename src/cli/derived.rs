//! The files of derived documents: `training-data/derived/`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::train::write_file;
use crate::classify::{Classifier, Options, load_model};
use crate::error::{Error, Result};
use crate::records::{GoldPages, LabelMap, read_labelled};
use crate::train::CueOptions;
use crate::train::derived::{Derived, Material, Origin, cues, make};
use crate::train::pages::{DerivedPages, PageMaterial, PagesOptions, make_pages, rows};

/// Folder within the training data, and the files there.
const FOLDER: &str = "derived";
const ROWS: &str = "rows.gz";
const CUES: &str = "cues.tsv";
const ORIGINS: &str = "origins.json";
const PAGES: &str = "pages.gz";
const PAGE_CUES: &str = "page-cues.tsv";
const PAGE_ORIGINS: &str = "page-origins.json";
/// Most pages that numbers are derived from.
pub(super) const MAX_PAGES: usize = 490;

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
    let text = read_text(&cues)?;
    let derived = Derived::from_rows(&read(&rows)?).map_err(|error| error.in_file(&rows))?;
    derived.with_cues(&text).map_err(|error| error.in_file(&cues))
}

/// Computes the derived documents of a training-data folder anew and writes them there, or into
/// another folder.
///
/// Those of pages need a text model, which tells the kinds of boilerplate that nobody labelled.
pub(super) fn derive(data: &Path, output: Option<&Path>, text_model: &Path) -> Result<()> {
    let folder = data.join(FOLDER);
    let map = LabelMap::default();
    let material: Vec<Material> = named(&folder.join(ORIGINS))?
        .into_iter()
        .map(|named| {
            let documents = read_labelled(&named.file, &map)?;
            Ok(Material { origin: named.origin(), documents })
        })
        .collect::<Result<_>>()?;
    let written = read_labelled(data, &map)?;
    let (derived, cues) = make(&written, &material, CueOptions::default())?;
    let (rows, words) = derived.to_files();
    let output = output.unwrap_or(&folder);
    write_file(&output.join(ROWS), &rows)?;
    write_file(&output.join(CUES), words.as_bytes())?;
    let pages: Vec<PageMaterial> = named(&folder.join(PAGE_ORIGINS))?
        .into_iter()
        .map(|named| {
            let pages = GoldPages::open(&named.file)?.collect::<Result<_>>()?;
            Ok(PageMaterial { origin: named.origin(), pages })
        })
        .collect::<Result<_>>()?;
    let labelled: Vec<_> = material.into_iter().flat_map(|m| m.documents).collect();
    let options = PagesOptions {
        labelled: &labelled,
        cues: &|publisher| cues.of(publisher),
        teacher: &Classifier::new(load_model(text_model)?, Options::default()),
        max_pages: MAX_PAGES,
        all: false,
    };
    let (pages, _) = make_pages(&pages, &options)?;
    write_file(&output.join(PAGES), &rows::encode(&pages.origins, &pages.pages))?;
    write_file(&output.join(PAGE_CUES), cues::to_text(&pages.cues).as_bytes())
}

/// Reads the pages in numbers of a training-data folder; none where it holds none.
pub(super) fn read_pages(data: &Path) -> Result<DerivedPages> {
    let folder = data.join(FOLDER);
    let (rows, words) = (folder.join(PAGES), folder.join(PAGE_CUES));
    if !rows.exists() {
        return Ok(DerivedPages::default());
    }
    let (origins, pages) = rows::decode(&read(&rows)?).map_err(|error| error.in_file(&rows))?;
    let cues = cues::from_text(&read_text(&words)?).map_err(|error| error.in_file(&words))?;
    Ok(DerivedPages { origins, pages, cues })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path)
        .map_err(|error| Error::io("cannot read derived numbers", error).in_file(path))
}

fn read_text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).map_err(|_| Error::data("expected UTF-8").in_file(path))
}

/// The files that numbers are derived from.
fn named(path: &Path) -> Result<Vec<Named>> {
    let json = std::fs::read_to_string(path)
        .map_err(|error| Error::io("cannot read the list of origins", error).in_file(path))?;
    serde_json::from_str(&json).map_err(|error| {
        Error::data(format!("expected a list of name, file, origin and licence: {error}"))
            .at(error.line() as u64, error.column() as u64)
            .in_file(path)
    })
}

impl Named {
    fn origin(&self) -> Origin {
        Origin {
            name: self.name.clone(),
            origin: self.origin.clone(),
            licence: self.licence.clone(),
        }
    }
}
