//! Files that appear whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use super::file_system::{remove_if_exists, with_suffix};

/// A file that is written under another name and takes its own once all of it is on the disk. Only its owner may read
/// it: it holds names, addresses and hashes. Dropped before that, it is removed; what a crash leaves is overwritten
/// by the next draft of that name.
pub(super) struct AtomicFile {
    path: PathBuf,
    file: File,
}

impl AtomicFile {
    /// An empty draft at `path`.
    ///
    /// # Errors
    /// Returns [`ErrorKind::WouldBlock`] while another process writes a draft of that name.
    pub(super) fn begin(path: PathBuf) -> Result<AtomicFile> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        let is_ours = file.try_lock().is_ok() && is_at(&file, &path);
        if !is_ours {
            return Err(Error::new(
                ErrorKind::WouldBlock,
                "another process is writing it",
            ));
        }
        remove_if_exists(&with_suffix(&path, "-journal"))?;
        file.set_len(0)?;
        Ok(AtomicFile { path, file })
    }

    /// Where it is written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes all of `from` into it.
    pub(super) fn copy(&mut self, from: &Path) -> Result<()> {
        std::io::copy(&mut File::open(from)?, &mut self.file).map(drop)
    }

    /// Gives it its name, in the place of what has that name now.
    pub(super) fn finish(self, name: &Path) -> Result<()> {
        // By another handle: the data was written by SQLite, or by ours.
        File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, name)?;
        sync_directory_of(name)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // Once it is renamed, the name is free or belongs to a draft of another process.
        if is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// True if this file is what has that name: another process may have renamed it after we opened it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    let (open, named) = (file.metadata(), fs::metadata(path));
    matches!((open.map(identity), named.map(identity)), (Ok(a), Ok(b)) if a == b)
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Makes the names in a directory last: renaming alone may be undone by a power cut.
pub(super) fn sync_directory_of(path: &Path) -> Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    match cfg!(unix) {
        true => File::open(parent.unwrap_or(Path::new(".")))?.sync_all(),
        false => Ok(()),
    }
}
