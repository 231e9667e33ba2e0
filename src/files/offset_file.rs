//! A file with a prefix that is skipped: uploads begin with their form fields.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// A file whose first `skip` bytes are not part of it.
pub struct OffsetFile {
    pub file: File,
    skip: u64,
}

impl OffsetFile {
    /// Opens the file behind its prefix.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn open(path: &Path, skip: u64) -> std::io::Result<OffsetFile> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(skip))?;
        Ok(OffsetFile { file, skip })
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
            SeekFrom::Start(at) => SeekFrom::Start(at + self.skip),
            other => other,
        };
        Ok(self.file.seek(to)?.saturating_sub(self.skip))
    }
}
