//! Uploaded files that wait for a confirmation: the owner sees a preview and confirms it without a second upload. They are
//! stored in the data directory, because a file of 64 MiB in a table would delay every other write.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use super::App;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::signer::{Signer, random_token};

/// How long a file waits.
const MAX_AGE: Duration = Duration::from_secs(3600);
/// How long a claimed file is kept, if the process ended before it was in the database.
const MAX_CLAIMED_AGE: Duration = Duration::from_secs(24 * 3600);
/// The most files that wait at once; the oldest are deleted.
const MAX_STAGED: usize = 16;
const PURPOSE: &str = "upload";

/// The files that wait for their confirmation.
#[derive(Clone)]
pub struct StagedUploads {
    dir: PathBuf,
    /// Files that are being received.
    receiving_dir: PathBuf,
    /// Files that an import works on.
    claimed_dir: PathBuf,
    signer: Signer,
}

/// A stored file.
#[derive(Debug, Clone, PartialEq)]
pub struct StagedFile {
    pub filename: String,
    pub path: PathBuf,
    /// The number of bytes before the content of the file, which hold its name.
    pub prefix_len: u64,
}

/// A received file, which is deleted with this value unless it is staged.
#[derive(Debug)]
pub struct ReceivedFile {
    file: NamedTempFile,
}

impl ReceivedFile {
    /// Adds bytes at its end.
    ///
    /// # Errors
    /// [`Error::Busy`] if they can't be written.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(unwritable)
    }
}

impl StagedFile {
    /// The file at this path, which begins with its name.
    ///
    /// # Errors
    /// [`Error::Internal`] if it can't be read.
    pub fn at(path: PathBuf) -> Result<StagedFile> {
        let file = fs::File::open(&path).map_err(Error::internal)?;
        let mut head = Vec::new();
        BufReader::new(file)
            .read_until(0, &mut head)
            .map_err(Error::internal)?;
        let filename = head.strip_suffix(&[0]).unwrap_or(&head);
        Ok(StagedFile {
            filename: String::from_utf8_lossy(filename).into_owned(),
            prefix_len: head.len() as u64,
            path,
        })
    }
}

impl StagedUploads {
    /// The key of the message about an upload that is not there any more.
    pub const MISSING: &str = "import-gone";

    /// The uploads below a data directory.
    pub fn new(data_dir: &Path, signer: &Signer) -> StagedUploads {
        StagedUploads {
            dir: data_dir.join("uploads"),
            receiving_dir: data_dir.join("receiving"),
            claimed_dir: data_dir.join("claimed"),
            signer: signer.clone(),
        }
    }

    /// The uploads of a server.
    pub fn of(app: &App) -> StagedUploads {
        StagedUploads::new(&app.data_dir, &app.signer)
    }

    /// Begins an empty file that arrives under `filename`.
    ///
    /// # Errors
    /// [`Error::Busy`] if it can't be written.
    pub fn receive(&self, filename: &str) -> Result<ReceivedFile> {
        fs::create_dir_all(&self.receiving_dir).map_err(unwritable)?;
        delete_oldest(&self.receiving_dir, MAX_AGE, usize::MAX)?;
        let file = NamedTempFile::new_in(&self.receiving_dir).map_err(unwritable)?;
        let mut received = ReceivedFile { file };
        received.append(last_part(filename).replace('\0', "").as_bytes())?;
        received.append(&[0])?;
        Ok(received)
    }

    /// Stages a file; returns the token with which its owner, and no other user, finds it.
    ///
    /// # Errors
    /// [`Error::Busy`] if it can't be moved.
    pub fn stage(&self, owner: i64, received: ReceivedFile) -> Result<String> {
        let token = random_token(18);
        fs::create_dir_all(&self.dir).map_err(unwritable)?;
        delete_oldest(&self.dir, MAX_AGE, MAX_STAGED)?;
        let persisted = received.file.persist(self.path(owner, &token));
        persisted.map_err(|failure| unwritable(failure.error))?;
        Ok(token)
    }

    /// Reads the received file, or else the staged one; returns its token and the result. A received file that can't be read
    /// is deleted.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show if there is none; what `read` returns.
    pub fn open<T>(
        &self,
        owner: i64,
        received: Option<ReceivedFile>,
        token: String,
        read: impl FnOnce(&StagedFile) -> Result<T>,
    ) -> Result<(String, T)> {
        let missing = |key| Error::Unreadable(Message::new(key));
        let is_new = received.is_some();
        let token = match received {
            Some(file) => self.stage(owner, file)?,
            None if token.is_empty() => return Err(missing("import-choose-file")),
            None => token,
        };
        let staged = self.find(owner, &token)?;
        let result = read(&staged.ok_or_else(|| missing(StagedUploads::MISSING))?);
        if is_new && result.is_err() {
            self.discard(owner, &token);
        }
        Ok((token, result?))
    }

    /// A staged file; nothing if it is gone or belongs to another user.
    ///
    /// # Errors
    /// [`Error::Internal`] if it is there and can't be read.
    pub fn find(&self, owner: i64, token: &str) -> Result<Option<StagedFile>> {
        let path = self.path(owner, token);
        match age(&path).is_some_and(|age| age <= MAX_AGE) {
            true => StagedFile::at(path).map(Some),
            false => Ok(None),
        }
    }

    /// Claims a staged file for an import; returns the name under which it is stored until it is released.
    ///
    /// # Errors
    /// [`Error::NotFound`] if another request has claimed it; [`Error::Busy`] if it can't be moved.
    pub fn claim(&self, owner: i64, token: &str) -> Result<String> {
        let name = random_token(18);
        fs::create_dir_all(&self.claimed_dir).map_err(unwritable)?;
        delete_oldest(&self.claimed_dir, MAX_CLAIMED_AGE, usize::MAX)?;
        let moved = fs::rename(self.path(owner, token), self.claimed_dir.join(&name));
        moved.map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => Error::NotFound,
            _ => unwritable(cause),
        })?;
        Ok(name)
    }

    /// Stages a claimed file again.
    pub fn return_claimed(&self, owner: i64, token: &str, name: &str) {
        let _ = fs::rename(self.claimed_dir.join(name), self.path(owner, token));
    }

    /// A claimed file.
    ///
    /// # Errors
    /// [`Error::Internal`] if it can't be read.
    pub fn claimed(&self, name: &str) -> Result<StagedFile> {
        StagedFile::at(self.claimed_dir.join(name))
    }

    /// Deletes a claimed file.
    pub fn release(&self, name: &str) {
        let _ = fs::remove_file(self.claimed_dir.join(name));
    }

    /// Deletes a staged file.
    pub fn discard(&self, owner: i64, token: &str) {
        let _ = fs::remove_file(self.path(owner, token));
    }

    /// The owner is part of the name, so that the token works for no other user.
    fn path(&self, owner: i64, token: &str) -> PathBuf {
        self.dir
            .join(self.signer.sign(PURPOSE, &format!("{owner} {token}")))
    }
}

/// Deletes files of `dir` that are too old, and the oldest ones if there are `max_files` or more.
fn delete_oldest(dir: &Path, max_age: Duration, max_files: usize) -> Result<()> {
    let mut files: Vec<(Duration, PathBuf)> = fs::read_dir(dir)
        .map_err(unwritable)?
        .flatten()
        .filter_map(|entry| Some((age(&entry.path())?, entry.path())))
        .collect();
    files.sort();
    for (index, (age, path)) in files.iter().enumerate() {
        if *age > max_age || index + 1 >= max_files {
            let _ = fs::remove_file(path);
        }
    }
    Ok(())
}

/// The last 80 characters of the file name, which fit a heading.
fn last_part(filename: &str) -> String {
    let name = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let length = name.chars().count();
    name.chars().skip(length.saturating_sub(80)).collect()
}

/// The time since a file was written; nothing if it doesn't exist.
fn age(path: &Path) -> Option<Duration> {
    let written = fs::metadata(path).ok()?.modified().ok()?;
    // A time in the future means that the clock was set back.
    Some(
        SystemTime::now()
            .duration_since(written)
            .unwrap_or_default(),
    )
}

fn unwritable(cause: std::io::Error) -> Error {
    Error::Busy(format!("the upload can't be kept: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uploads() -> (tempfile::TempDir, StagedUploads) {
        let dir = tempfile::tempdir().unwrap();
        let signer = Signer::load(dir.path()).unwrap();
        let uploads = StagedUploads::new(dir.path(), &signer);
        (dir, uploads)
    }

    fn keep(uploads: &StagedUploads, filename: &str, bytes: &[u8]) -> String {
        let mut received = uploads.receive(filename).unwrap();
        received.append(bytes).unwrap();
        uploads.stage(1, received).unwrap()
    }

    fn files(uploads: &StagedUploads) -> Vec<PathBuf> {
        let found = fs::read_dir(&uploads.dir).unwrap();
        found.map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn a_file_waits_for_its_owner_alone() {
        let (_dir, uploads) = uploads();
        let token = keep(&uploads, "C:\\files/ș.csv", b"name\n\0x");
        let file = uploads.find(1, &token).unwrap().unwrap();
        assert_eq!(file.filename, "ș.csv");
        let bytes = fs::read(&file.path).unwrap();
        assert_eq!(&bytes[file.prefix_len as usize..], b"name\n\0x");
        for (owner, token) in [
            (2, token.as_str()),
            (1, "other"),
            (1, "../signing.key"),
            (1, ""),
        ] {
            assert!(uploads.find(owner, token).unwrap().is_none(), "{token}");
        }
        uploads.discard(2, &token);
        assert!(uploads.find(1, &token).unwrap().is_some());
        uploads.discard(1, &token);
        assert!(uploads.find(1, &token).unwrap().is_none());
    }

    #[test]
    fn a_file_that_is_not_kept_leaves_nothing() {
        let (_dir, uploads) = uploads();
        let mut received = uploads.receive("a.csv").unwrap();
        received.append(b"name").unwrap();
        let count = || fs::read_dir(&uploads.receiving_dir).unwrap().count();
        assert_eq!(count(), 1);
        drop(received);
        assert_eq!(count(), 0);
    }

    #[test]
    fn a_file_waits_for_an_hour() {
        let (_dir, uploads) = uploads();
        let token = keep(&uploads, "a.csv", b"name");
        let long_ago = SystemTime::now() - MAX_AGE - Duration::from_secs(1);
        let file = fs::File::options().write(true).open(&files(&uploads)[0]);
        file.unwrap().set_modified(long_ago).unwrap();
        assert!(uploads.find(1, &token).unwrap().is_none());
        keep(&uploads, "b.csv", b"name");
        assert_eq!(files(&uploads).len(), 1);
    }

    #[test]
    fn a_claimed_file_waits_no_longer_and_stays() {
        let (_dir, uploads) = uploads();
        let token = keep(&uploads, "ș.csv", b"name\n");
        let kept = uploads.find(1, &token).unwrap().unwrap();
        assert_eq!((kept.filename.as_str(), kept.prefix_len), ("ș.csv", 7));
        assert_eq!(uploads.find(2, &token).unwrap(), None);
        let name = uploads.claim(1, &token).unwrap();
        assert_eq!(uploads.find(1, &token).unwrap(), None);
        assert_eq!(uploads.claimed(&name).unwrap().filename, "ș.csv");
        uploads.return_claimed(1, &token, &name);
        assert!(uploads.find(1, &token).unwrap().is_some());
        let name = uploads.claim(1, &token).unwrap();
        uploads.release(&name);
        assert!(uploads.claimed(&name).is_err());
    }

    #[test]
    fn only_so_many_files_wait() {
        let (_dir, uploads) = uploads();
        for _ in 0..MAX_STAGED + 4 {
            keep(&uploads, "a.csv", b"name");
        }
        assert_eq!(files(&uploads).len(), MAX_STAGED);
    }
}
