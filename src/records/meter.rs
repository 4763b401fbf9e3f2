//! How much of the inputs there is, and how much of it has been read.
//!
//! Input: a [`Walk`]; a file that is being read. Output: [`InputSize`] and [`Meter`], in bytes as
//! they lie on the disk, compressed where they are. Not done here: telling time.

use std::fs;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::inputs::{Input, Walk};

/// Files and their bytes on the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InputSize {
    /// Number of files.
    pub files: u64,
    /// Bytes of all of them together.
    pub bytes: u64,
}

impl InputSize {
    /// Looks at everything that a walk finds, without opening it; what cannot be found counts as
    /// nothing. `None` where the walk finds an input that has no size, such as standard input or a
    /// FIFO.
    #[must_use]
    pub fn of(walk: Walk) -> Option<Self> {
        let mut size = Self::default();
        for input in walk.flatten() {
            let Input::File(path) = input else { return None };
            let Ok(metadata) = fs::metadata(path) else { continue };
            if !metadata.is_file() {
                return None;
            }
            size.files += 1;
            size.bytes += metadata.len();
        }
        Some(size)
    }
}

/// Counts the bytes of files as they are read. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes read so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// The same reader, counted.
    pub(super) fn watch<R: Read>(&self, reader: R) -> impl Read + use<R> {
        Watched { reader, meter: self.clone() }
    }
}

struct Watched<R> {
    reader: R,
    meter: Meter,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(out)?;
        self.meter.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::records::source::tests::gzip;
    use crate::records::{Batch, ReadOptions};

    #[test]
    fn what_is_measured_is_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let zipped = gzip(b"{\"text\": \"one\"}\n");
        fs::write(folder.path().join("a.txt"), "plain").unwrap();
        fs::write(folder.path().join("b.jsonl.gz"), &zipped).unwrap();
        fs::write(folder.path().join("c.pdf"), "not read").unwrap();
        let walk = || Walk::new([folder.path().to_owned(), folder.path().join("missing")]);
        let size = InputSize::of(walk()).unwrap();
        assert_eq!(size, InputSize { files: 2, bytes: 5 + zipped.len() as u64 });
        let meter = Meter::default();
        let batch = Batch::new(walk(), ReadOptions::default()).with_meter(&meter);
        assert_eq!(batch.filter(Result::is_ok).count(), 2);
        assert_eq!(meter.bytes(), size.bytes);
    }

    #[test]
    fn standard_input_has_no_size() {
        assert_eq!(InputSize::of(Walk::new([PathBuf::from("-")])), None);
    }
}
