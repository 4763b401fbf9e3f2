//! The pages: where they are, what people took for their text.
//!
//! The source of a page is read when it is asked for: two sets at once would fill half a gigabyte.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use smallprint::document::GoldPage;

use crate::args::SetName;
use crate::error::{Error, Result};

/// A page and what is known of it.
#[derive(Debug)]
pub struct Page {
    /// Its name in the set.
    pub id: String,
    /// What kind of page it is; `article` in a set of articles.
    pub page_type: String,
    /// Its source, compressed with gzip.
    pub path: PathBuf,
    /// The text that people took for the page's own.
    pub gold: String,
    /// Pieces that an extraction must have.
    pub must_include: Vec<String>,
    /// Pieces that it must not have.
    pub must_exclude: Vec<String>,
}

impl Page {
    /// What smallprint's judge holds an extraction against.
    pub fn gold(&self) -> GoldPage {
        GoldPage {
            id: self.id.clone(),
            text: self.gold.clone(),
            must_include: self.must_include.clone(),
            must_exclude: self.must_exclude.clone(),
            ..GoldPage::default()
        }
    }

    /// Its source, decoded. Bytes that are no UTF-8 become replacement characters, for all tools
    /// alike.
    pub fn source(&self) -> Result<String> {
        let file = File::open(&self.path).map_err(Error::file(&self.path))?;
        let mut bytes = Vec::new();
        MultiGzDecoder::new(BufReader::new(file))
            .read_to_end(&mut bytes)
            .map_err(Error::file(&self.path))?;
        Ok(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        })
    }
}

/// A line of `wcxb-dev/pages.jsonl`.
#[derive(Deserialize)]
struct WcxbPage {
    id: String,
    page_type: String,
    main_content: String,
    #[serde(default)]
    must_include: Vec<String>,
    #[serde(default)]
    must_exclude: Vec<String>,
}

/// An element of `newspaper-pages/articles.json`.
#[derive(Deserialize)]
struct Article {
    html_file: String,
    text: String,
}

/// The first `limit` pages of a set, in the order of its list.
pub fn read(data: &Path, set: SetName, limit: Option<usize>) -> Result<Vec<Page>> {
    let folder = data.join(set.as_str());
    let mut pages = match set {
        SetName::WcxbDev => wcxb(&folder)?,
        SetName::NewspaperPages => newspaper(&folder)?,
    };
    pages.truncate(limit.unwrap_or(usize::MAX));
    Ok(pages)
}

fn source_path(folder: &Path, name: &str) -> PathBuf {
    folder.join("html").join(format!("{name}.html.gz"))
}

fn wcxb(folder: &Path) -> Result<Vec<Page>> {
    let path = folder.join("pages.jsonl");
    let file = BufReader::new(File::open(&path).map_err(Error::file(&path))?);
    let mut pages = Vec::new();
    for line in file.lines() {
        let line = line.map_err(Error::file(&path))?;
        let page: WcxbPage = serde_json::from_str(&line)
            .map_err(|source| Error::Json { path: path.clone(), source })?;
        pages.push(Page {
            path: source_path(folder, &page.id),
            id: page.id,
            page_type: page.page_type,
            gold: page.main_content,
            must_include: page.must_include,
            must_exclude: page.must_exclude,
        });
    }
    Ok(pages)
}

fn newspaper(folder: &Path) -> Result<Vec<Page>> {
    let path = folder.join("articles.json");
    let file = BufReader::new(File::open(&path).map_err(Error::file(&path))?);
    let articles: Vec<Article> =
        serde_json::from_reader(file).map_err(|source| Error::Json { path, source })?;
    let page = |article: Article| Page {
        path: source_path(folder, &article.html_file),
        id: article.html_file,
        page_type: "article".to_owned(),
        gold: article.text,
        must_include: Vec::new(),
        must_exclude: Vec::new(),
    };
    Ok(articles.into_iter().map(page).collect())
}
