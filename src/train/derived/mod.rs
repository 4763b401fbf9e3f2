//! Numbers derived from labelled documents whose text may not be passed on.
//!
//! A derived document is its feature rows, labels, word counts and a hash of its publisher's name;
//! beside the rows stand cues that occur at many publishers, with their weights. [`make`] computes
//! them from text, [`rows`] and [`cues`] are their files. In training, derived documents join the
//! folds as written ones do.

pub mod cues;
mod make;
pub mod rows;
pub(super) mod table;

pub use make::{Material, PublisherCues, make, written_cues};

use sha2::{Digest as _, Sha256};

use crate::error::Result;
use crate::featurize::cues::Cue;
use crate::featurize::stored::StoredParagraphs;
use crate::label::Label;
use table::label_byte;

/// Where derived documents come from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Name of the set.
    pub name: String,
    /// What it was made from, and by whom.
    pub origin: String,
    /// Its licence.
    pub licence: String,
}

/// A document in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct DerivedDocument {
    /// Index of its origin.
    pub origin: usize,
    /// [`publisher_hash`] of its publisher: the unit by which data are split.
    pub publisher: String,
    /// The label of each paragraph; `None` makes it context.
    pub labels: Vec<Option<Label>>,
    /// Words of each paragraph, separated by white space.
    pub words: Vec<u32>,
    /// The paragraphs' rows.
    pub rows: StoredParagraphs,
}

impl DerivedDocument {
    /// Whether every paragraph has a label: a whole document, not loose blocks.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.labels.iter().all(Option::is_some)
    }
}

/// All that is derived.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Derived {
    /// Where the documents come from.
    pub origins: Vec<Origin>,
    /// The documents.
    pub documents: Vec<DerivedDocument>,
    /// Cues of the documents: each has at most three words, and occurs at five publishers or more.
    pub cues: Vec<Cue>,
}

impl Derived {
    /// From the contents of the file of rows, without cues.
    ///
    /// # Errors
    /// As [`rows::decode`].
    pub fn from_rows(bytes: &[u8]) -> Result<Self> {
        let (origins, documents) = rows::decode(bytes)?;
        Ok(Self { origins, documents, cues: Vec::new() })
    }

    /// The same with the contents of the file of cues.
    ///
    /// # Errors
    /// As [`cues::from_text`].
    pub fn with_cues(self, text: &str) -> Result<Self> {
        Ok(Self { cues: cues::from_text(text)?, ..self })
    }

    /// The contents of the two files: rows and cues.
    #[must_use]
    pub fn to_files(&self) -> (Vec<u8>, String) {
        (rows::encode(&self.origins, &self.documents), cues::to_text(&self.cues))
    }

    /// SHA-256 of all values, hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for document in &self.documents {
            hash.update(&document.publisher);
            hash.update(document.labels.iter().map(|l| label_byte(*l)).collect::<Vec<u8>>());
            document.words.iter().for_each(|words| hash.update(words.to_le_bytes()));
            document.rows.values().iter().for_each(|value| hash.update(value.to_le_bytes()));
        }
        hash.update(cues::to_text(&self.cues));
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Number of labelled paragraphs.
    #[must_use]
    pub fn labelled(&self) -> usize {
        self.documents.iter().flat_map(|d| &d.labels).flatten().count()
    }
}

/// The first 8 hexadecimal digits of the SHA-256 of a publisher's name.
#[must_use]
pub fn publisher_hash(publisher: &str) -> String {
    Sha256::digest(publisher)[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}
