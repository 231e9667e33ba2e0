//! A file with a prefix that is skipped: uploads begin with their form fields.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// A file whose first `prefix_len` bytes are not part of its content.
pub struct OffsetFile {
    pub file: File,
    prefix_len: u64,
}

impl OffsetFile {
    /// Opens the file behind its prefix.
    ///
    /// # Errors
    /// Returns an error if the file can't be opened.
    pub fn open(path: &Path, prefix_len: u64) -> std::io::Result<OffsetFile> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(prefix_len))?;
        Ok(OffsetFile { file, prefix_len })
    }
}

impl Read for OffsetFile {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.file.read(into)
    }
}

impl Seek for OffsetFile {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let to = match to {
            SeekFrom::Start(offset) => SeekFrom::Start(offset + self.prefix_len),
            other => other,
        };
        Ok(self.file.seek(to)?.saturating_sub(self.prefix_len))
    }
}
