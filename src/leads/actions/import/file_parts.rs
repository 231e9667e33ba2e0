//! Stores the file of a job in the database, part by part, and reads it back into a temporary file.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::files::{OffsetFile, unreadable};
use crate::i18n::Message;
use crate::leads::store::import_parts;

/// The most bytes of a part: writing one takes no longer than writing a chunk of rows.
const PART_BYTES: usize = 256 << 10;

/// A file to import.
pub struct ImportFile {
    path: PathBuf,
    /// The bytes before the content.
    prefix_len: u64,
    /// SHA-256.
    pub digest: String,
}

impl ImportFile {
    /// Reads the digest of the file behind its first `prefix_len` bytes.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] if it can't be read.
    pub fn read(path: PathBuf, prefix_len: u64) -> Result<ImportFile> {
        let mut file = OffsetFile::open(&path, prefix_len).map_err(unreadable)?;
        let mut hash = Sha256::new();
        while let Some(bytes) = read_part(&mut file)? {
            hash.update(&bytes);
        }
        Ok(ImportFile {
            path,
            prefix_len,
            digest: HEXLOWER.encode(&hash.finalize()),
        })
    }
}

/// The bytes before the file itself in an upload of an earlier schema: its name, and a NUL character.
///
/// # Errors
/// Returns [`Error::Internal`] if it can't be read.
pub fn prefix_len(path: &Path) -> Result<u64> {
    let file = File::open(path).map_err(Error::internal)?;
    let length = BufReader::new(file)
        .skip_until(0)
        .map_err(Error::internal)?;
    Ok(length as u64)
}

/// Stores a file in the database, one part per transaction.
///
/// # Errors
/// Returns [`Error::Unreadable`] if it can't be read, or has another digest by now.
pub fn store_file(db: &Db, id: i64, file: &ImportFile) -> Result<()> {
    let mut content = OffsetFile::open(&file.path, file.prefix_len).map_err(unreadable)?;
    let (mut hash, mut number) = (Sha256::new(), 0);
    while let Some(bytes) = read_part(&mut content)? {
        hash.update(&bytes);
        db.write_unsynced(move |conn| import_parts::insert(conn, id, number, &bytes))?;
        number += 1;
    }
    match HEXLOWER.encode(&hash.finalize()) == file.digest {
        true => Ok(()),
        false => Err(Error::Unreadable(Message::new("lead-import-file-changed"))),
    }
}

/// Writes a stored file into a temporary one that is deleted when dropped.
///
/// # Errors
/// Returns [`Error::Busy`] if it can't be written.
pub fn fetch_file(db: &Db, id: i64, dir: &Path) -> Result<NamedTempFile> {
    let unwritable = |cause: std::io::Error| {
        Error::Busy(format!("the file of an import can't be spooled: {cause}"))
    };
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    let mut builder = tempfile::Builder::new();
    let spool = builder.prefix(SPOOL_PREFIX).tempfile_in(dir);
    let mut spool = spool.map_err(unwritable)?;
    for number in 0.. {
        match db.read_blocking(|conn| import_parts::find(conn, id, number))? {
            Some(bytes) => spool.write_all(&bytes).map_err(unwritable)?,
            None => break,
        }
    }
    spool.flush().map_err(unwritable)?;
    Ok(spool)
}

/// The prefix of temporary files.
const SPOOL_PREFIX: &str = "spool-";
/// The age at which a temporary file belongs to a process that is gone.
const STALE_AFTER: std::time::Duration = std::time::Duration::from_secs(7 * 86_400);

/// Deletes temporary files that killed processes left in a directory.
pub fn delete_stale(dir: &Path) {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    for entry in entries {
        let is_spool = entry
            .file_name()
            .to_string_lossy()
            .starts_with(SPOOL_PREFIX);
        let written = entry.metadata().and_then(|metadata| metadata.modified());
        let age = written.ok().and_then(|written| written.elapsed().ok());
        if is_spool && age.is_some_and(|age| age > STALE_AFTER) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Deletes a stored file, a few parts per transaction.
///
/// # Errors
/// Returns errors of the database.
pub fn delete_file(db: &Db, id: i64) -> Result<()> {
    let delete = move |conn: &mut Conn| import_parts::delete_some(conn, id);
    while db.write_unsynced(delete)?.0 {}
    Ok(())
}

fn read_part(file: &mut OffsetFile) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(PART_BYTES);
    let result = file
        .by_ref()
        .take(PART_BYTES as u64)
        .read_to_end(&mut bytes);
    result.map_err(unreadable)?;
    Ok((!bytes.is_empty()).then_some(bytes))
}
