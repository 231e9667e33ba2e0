//! The file of an import on its way into the database, part by part, and out of it again.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::source::unreadable;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::store::import_parts;

/// The most bytes of a part: writing one takes no longer than a step.
const PART: usize = 256 << 10;

/// The digest of a file that begins after `skip` bytes of something else.
///
/// # Errors
/// [`Error::Unreadable`] if it can't be read.
pub fn digest(path: &Path, skip: u64) -> Result<String> {
    let (mut sum, mut file) = (Sha256::new(), open(path, skip)?);
    while let Some(bytes) = next(&mut file)? {
        sum.update(&bytes);
    }
    Ok(HEXLOWER.encode(&sum.finalize()))
}

/// Puts a file into the database, in steps between which others write.
///
/// # Errors
/// [`Error::Unreadable`] if it can't be read, or is not the one of this digest any more.
pub fn send(db: &Db, id: i64, path: &Path, skip: u64, digest: &str) -> Result<()> {
    let (mut sum, mut file) = (Sha256::new(), open(path, skip)?);
    let mut number = 0;
    while let Some(bytes) = next(&mut file)? {
        sum.update(&bytes);
        db.write_alone(move |conn| import_parts::insert(conn, id, number, &bytes))?;
        number += 1;
    }
    match HEXLOWER.encode(&sum.finalize()) == digest {
        true => Ok(()),
        false => Err(Error::Unreadable(Message::new("lead-import-file-changed"))),
    }
}

/// The file as it lies in the database, in a temporary one that vanishes when it is dropped.
///
/// # Errors
/// [`Error::Busy`] if it can't be written.
pub fn spool(db: &Db, id: i64, dir: &Path) -> Result<NamedTempFile> {
    let unwritable = |cause: std::io::Error| {
        Error::Busy(format!("the file of an import can't be spooled: {cause}"))
    };
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    let mut builder = tempfile::Builder::new();
    let spool = builder.prefix(SPOOL).tempfile_in(dir);
    let mut spool = spool.map_err(unwritable)?;
    for number in 0.. {
        match db.read_blocking(|conn| import_parts::part(conn, id, number))? {
            Some(bytes) => spool.write_all(&bytes).map_err(unwritable)?,
            None => break,
        }
    }
    spool.flush().map_err(unwritable)?;
    Ok(spool)
}

/// How the names of spooled files begin.
const SPOOL: &str = "spool-";
/// After how long a spooled file belongs to a process that has gone.
const STALE: std::time::Duration = std::time::Duration::from_secs(7 * 86_400);

/// Removes what processes that were killed have left in a directory.
pub fn sweep(dir: &Path) {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    for entry in entries {
        let is_spool = entry.file_name().to_string_lossy().starts_with(SPOOL);
        let written = entry.metadata().and_then(|known| known.modified());
        let age = written.ok().and_then(|written| written.elapsed().ok());
        if is_spool && age.is_some_and(|age| age > STALE) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes a file from the database, in steps.
///
/// # Errors
/// What the database refuses.
pub fn remove(db: &Db, id: i64) -> Result<()> {
    while db.write_alone(move |conn| import_parts::remove_some(conn, id))? {}
    Ok(())
}

fn open(path: &Path, skip: u64) -> Result<File> {
    let mut file = File::open(path).map_err(unreadable)?;
    file.seek(SeekFrom::Start(skip)).map_err(unreadable)?;
    Ok(file)
}

fn next(file: &mut File) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(PART);
    let read = file.take(PART as u64).read_to_end(&mut bytes);
    read.map_err(unreadable)?;
    Ok((!bytes.is_empty()).then_some(bytes))
}
