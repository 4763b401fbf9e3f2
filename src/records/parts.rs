//! Output in parts, so that a run that was killed can be gone on with.
//!
//! Input: a folder, what makes the run what it is ([`RunRecord`]), and documents by their number in
//! the input. Output: in the folder, `run.json` and a compressed file for every so many documents.
//! Document `n`, counted from 0, is in part `n / shard_size`, whatever becomes of the documents
//! before it; that is how a resumed run knows which are done.
//!
//! A part is a hidden file until it is whole, on the disk and renamed into its place. A part with
//! fewer documents than the others is put in its place only after `run.json` holds how many
//! documents there are: every other part in its place is a full one. Not done here: reading,
//! classifying, the shape of documents.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempPath;
use zstd::stream::write::Encoder;

use super::output::{cannot_write, temporary_in};
use super::part_name::{parse_part_name, part_name};
use super::run_record::RunRecord;
use crate::error::{Error, Result};

/// The file that holds the [`RunRecord`].
const RUN_FILE: &str = "run.json";
/// How often, and how long after one another, a lock in the way is tried again.
const LOCK_LOOKS: usize = 20;
const LOCK_LOOK: Duration = Duration::from_millis(10);
/// What the names of unfinished files begin with.
const UNFINISHED: &str = ".smallprint-part-";

/// What stands in a part besides documents.
#[derive(Debug, Clone, Copy)]
pub struct PartsForm {
    /// The ending of a part's name before `.zst`, such as `jsonl`.
    pub ending: &'static str,
    /// What every part begins with, such as a header line.
    pub start: &'static str,
}

/// Which documents were in whole parts when the run began.
#[derive(Debug, Clone, Default)]
pub struct WholeParts {
    shard_size: u64,
    numbers: Arc<BTreeSet<u64>>,
}

impl WholeParts {
    /// Whether the document of this number, counted from 0, is in a part that is whole.
    #[must_use]
    pub fn hold(&self, document: u64) -> bool {
        !self.numbers.is_empty() && self.numbers.contains(&(document / self.shard_size))
    }
}

/// The parts of a run. Without [`Parts::finish`], the part that is not whole goes with it.
#[derive(Debug)]
pub struct Parts {
    folder: PathBuf,
    form: PartsForm,
    record: RunRecord,
    whole: WholeParts,
    /// Parts in their places.
    n_whole: u64,
    current: Option<Part>,
    /// Held as long as the run writes, so that no other run writes here; the system lets go of it
    /// however the run ends.
    _lock: Option<File>,
}

impl Parts {
    /// Opens a folder, which is made where there is none. With `resume` the run goes on with the one
    /// whose parts are there, if any; files that it left unfinished are removed.
    ///
    /// # Errors
    /// Of the kind `usage`, with the path: there are parts of an earlier run but no `resume`; that
    /// run was another (see [`RunRecord::check`]) or nobody knows what it was; another run writes
    /// into the folder at this moment. Of the kind `io`: the system refuses.
    pub fn open(folder: &Path, form: PartsForm, record: RunRecord, resume: bool) -> Result<Self> {
        let cannot = |action| move |error| Error::io(action, error).in_file(folder);
        fs::create_dir_all(folder).map_err(cannot("cannot create the folder"))?;
        let lock = lock(folder).map_err(|error| error.in_file(folder))?;
        let found = Found::look(folder).map_err(cannot("cannot read the folder"))?;
        let before = earlier_run(folder, &found, resume)?;
        if let Some(before) = &before {
            before.check(&record).map_err(|error| error.in_file(folder.join(RUN_FILE)))?;
        }
        for path in &found.unfinished {
            fs::remove_file(path)
                .map_err(|error| Error::io("cannot remove", error).in_file(path))?;
        }
        let numbers: BTreeSet<u64> = found.parts.into_iter().collect();
        let parts = Self {
            folder: folder.to_owned(),
            form,
            n_whole: numbers.len() as u64,
            whole: WholeParts { shard_size: record.shard_size, numbers: Arc::new(numbers) },
            current: None,
            _lock: lock,
            record: before.clone().unwrap_or(record),
        };
        if before.is_none() {
            parts.write_record()?;
        }
        Ok(parts)
    }

    /// The parts that were whole when the run began.
    #[must_use]
    pub fn whole_parts(&self) -> WholeParts {
        self.whole.clone()
    }

    /// How many parts are in their places by now.
    #[must_use]
    pub fn n_whole(&self) -> u64 {
        self.n_whole
    }

    /// How many documents are in them, and need not be given to a run that goes on; with those that go
    /// to no output.
    #[must_use]
    pub fn n_documents(&self) -> u64 {
        self.n_whole * self.record.shard_size
    }

    /// Adds the document of this number, counted from 0: its bytes, or `None` for one that goes to no
    /// output but counts. Numbers come in ascending order, and all but those in parts that were
    /// whole.
    ///
    /// # Errors
    /// The system refuses, with the path of the part; the parts before it are whole. Of the kind
    /// `usage`: the inputs hold more documents than they did for the run that is resumed.
    pub fn document(&mut self, number: u64, bytes: Option<&[u8]>) -> Result<()> {
        if self.record.documents.is_some_and(|documents| number >= documents) {
            return Err(self.other_inputs("more"));
        }
        let size = self.record.shard_size;
        let mut part = match self.current.take() {
            Some(part) => part,
            None => Part::create(self.folder.join(self.name(number / size)), self.form.start)?,
        };
        if let Some(bytes) = bytes {
            part.put(bytes)?;
        }
        if number % size == size - 1 {
            self.place(part)
        } else {
            self.current = Some(part);
            Ok(())
        }
    }

    /// Puts the last part into its place, where the inputs hold `documents` in all.
    ///
    /// # Errors
    /// As [`Parts::document`]; the inputs may also hold fewer documents than they did.
    pub fn finish(mut self, documents: u64) -> Result<()> {
        let before = self.record.documents;
        let last = self.whole.numbers.last();
        let is_beyond = |&part: &u64| part.saturating_mul(self.record.shard_size) >= documents;
        if before.is_some_and(|before| documents < before) || last.is_some_and(is_beyond) {
            return Err(self.other_inputs("fewer"));
        }
        if before.is_some_and(|before| documents > before) {
            return Err(self.other_inputs("more"));
        }
        if before.is_none() {
            self.record.documents = Some(documents);
            self.write_record()?;
        }
        match self.current.take() {
            Some(part) => self.place(part),
            None => Ok(()),
        }
    }

    fn name(&self, part: u64) -> String {
        part_name(part, self.form.ending)
    }

    fn place(&mut self, part: Part) -> Result<()> {
        part.place(&self.folder)?;
        self.n_whole += 1;
        Ok(())
    }

    fn write_record(&self) -> Result<()> {
        let path = self.folder.join(RUN_FILE);
        let write = || {
            let (mut file, hidden) = temporary_in(&self.folder, UNFINISHED)?;
            file.write_all(&self.record.to_json())?;
            put_in_place(file, hidden, &path, &self.folder)
        };
        write().map_err(|error| cannot_write(error).in_file(&path))
    }

    fn other_inputs(&self, what: &str) -> Error {
        Error::usage(format!(
            "the inputs hold {what} documents than they did for the run to be resumed, so that \
             its parts are not theirs: name another output folder"
        ))
        .in_file(&self.folder)
    }
}

/// What a folder holds of a run.
#[derive(Debug, Default)]
struct Found {
    parts: Vec<u64>,
    unfinished: Vec<PathBuf>,
    has_record: bool,
}

impl Found {
    fn look(folder: &Path) -> io::Result<Self> {
        let mut found = Self::default();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            if !entry.file_type()?.is_file() {
                continue;
            }
            // Parts of another ending count too: they make the folder one of another run.
            if let Some((number, _)) = parse_part_name(name) {
                found.parts.push(number);
            } else if name.starts_with(UNFINISHED) {
                found.unfinished.push(entry.path());
            } else if name == RUN_FILE {
                found.has_record = true;
            }
        }
        Ok(found)
    }
}

/// The record of the run to be resumed; `None` where the folder holds nothing of any run.
fn earlier_run(folder: &Path, found: &Found, resume: bool) -> Result<Option<RunRecord>> {
    let usage = |message: &str| Err(Error::usage(message).in_file(folder));
    let is_new = found.parts.is_empty() && !found.has_record;
    if is_new {
        return Ok(None);
    }
    if !resume {
        return usage(
            "the folder holds the parts of an earlier run: go on with it by --resume, or name \
             another output folder",
        );
    }
    if !found.has_record {
        return usage(
            "cannot resume: the folder holds parts but no `run.json`, which says what they were \
             made of: name another output folder",
        );
    }
    let path = folder.join(RUN_FILE);
    let json = fs::read(&path).map_err(|error| Error::io("cannot read", error).in_file(&path))?;
    RunRecord::from_json(&json).map(Some).map_err(|error| error.in_file(path))
}

/// Locks a folder for this run alone, on systems that can. A lock goes with the run that held it, but
/// not at once where that run had just started another program, which holds what it held until it is
/// loaded; so a lock in the way is waited for a little.
fn lock(folder: &Path) -> Result<Option<File>> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    let mut locked = file.try_lock();
    for _ in 0..LOCK_LOOKS {
        if !matches!(locked, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(LOCK_LOOK);
        locked = file.try_lock();
    }
    match locked {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(Error::usage(
            "another run writes into this folder: wait for its end, or name another one",
        )),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// A part that is being written.
struct Part {
    encoder: Encoder<'static, BufWriter<File>>,
    hidden: TempPath,
    path: PathBuf,
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Part").field(&self.path).finish()
    }
}

impl Part {
    fn create(path: PathBuf, start: &str) -> Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let (file, hidden) = temporary_in(folder, UNFINISHED)
            .map_err(|error| Error::io("cannot create", error).in_file(&path))?;
        let begun = Encoder::new(BufWriter::new(file), zstd::DEFAULT_COMPRESSION_LEVEL).and_then(
            |mut encoder| {
                encoder.include_checksum(true)?;
                encoder.write_all(start.as_bytes())?;
                Ok(encoder)
            },
        );
        match begun {
            Ok(encoder) => Ok(Self { encoder, hidden, path }),
            Err(error) => Err(cannot_write(error).in_file(path)),
        }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.encoder.write_all(bytes).map_err(|error| cannot_write(error).in_file(&self.path))
    }

    fn place(self, folder: &Path) -> Result<()> {
        let Self { encoder, hidden, path } = self;
        encoder
            .finish()
            .and_then(|writer| writer.into_inner().map_err(io::IntoInnerError::into_error))
            .and_then(|file| put_in_place(file, hidden, &path, folder))
            .map_err(|error| cannot_write(error).in_file(path))
    }
}

/// Renames a file once its bytes are on the disk, and sees to it that the name is there too.
fn put_in_place(file: File, hidden: TempPath, path: &Path, folder: &Path) -> io::Result<()> {
    file.sync_all()?;
    drop(file);
    hidden.persist(path).map_err(|error| error.error)?;
    // Not every system opens folders; where one does not, the name comes to the disk in time.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests;
