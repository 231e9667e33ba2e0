use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// The file behind what stands before it.
pub struct After {
    pub file: File,
    skip: u64,
}

impl After {
    /// Opens the file at its own beginning.
    ///
    /// # Errors
    /// What the file answers.
    pub fn open(path: &Path, skip: u64) -> std::io::Result<After> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(skip))?;
        Ok(After { file, skip })
    }
}

impl Read for After {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.file.read(into)
    }
}

impl Seek for After {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => SeekFrom::Start(at + self.skip),
            other => other,
        };
        Ok(self.file.seek(to)?.saturating_sub(self.skip))
    }
}
