//! The ZIP archive of a workbook, unpacked within limits.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder};

use crate::files::workbook::messages::{not_a_workbook, unreadable};
use crate::files::workbook::xml::Xml;
use crate::i18n::Message;

/// The most files in the archive; a workbook has one for each sheet and a dozen beside them.
const MAX_PARTS: usize = 10_000;
/// The most bytes of a path inside the archive.
const MAX_PATH: usize = 512;
/// The most bytes from the end of the file in which the directory of the archive is looked for.
const SEARCH_BYTES: u64 = 128 * 1024;
/// Bytes that every workbook may unpack to, however small its file is.
const MIN_UNPACKED: u64 = 16 * 1024 * 1024;
/// How many bytes one byte of the file may unpack to. Sheets reach 10 to 20, and files made to fill memory 1,000.
const RATIO: u64 = 100;
/// The most bytes that a workbook may unpack to: a million rows of leads take half of them.
const MAX_UNPACKED: u64 = 2 * 1024 * 1024 * 1024;

/// Reads the bytes of the file from any offset.
struct Bytes<R>(RefCell<R>);

impl<R: Read + Seek> ReaderAt for Bytes<R> {
    fn read_at(&self, into: &mut [u8], offset: u64) -> std::io::Result<usize> {
        let mut input = self.0.borrow_mut();
        input.seek(SeekFrom::Start(offset))?;
        input.read(into)
    }
}

/// The files in a workbook. The sizes that the archive declares can only refuse it; every unpacked byte is counted.
pub struct Package<R> {
    archive: ZipArchive<Bytes<R>>,
    /// By path in lower case, as programs disagree about the case.
    parts: HashMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
    /// Bytes that may still be unpacked.
    remaining: Cell<u64>,
}

impl<R: Read + Seek> Package<R> {
    /// Reads the directory of the archive.
    ///
    /// # Errors
    /// Returns the message to show if the file is no archive, or one with too many files.
    pub fn open(mut input: R) -> Result<Package<R>, Message> {
        let length = input.seek(SeekFrom::End(0)).map_err(unreadable)?;
        let mut buffer = vec![0; rawzip::RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::with_max_search_space(SEARCH_BYTES)
            .locate_in_reader(Bytes(RefCell::new(input)), &mut buffer, length)
            .map_err(|(_, cause)| unreadable(cause))?;
        let (mut parts, mut declared_size) = (HashMap::new(), 0u64);
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(unreadable)? {
            // A file that unpacks to more than its declared size is refused when it is read.
            declared_size = declared_size.saturating_add(entry.uncompressed_size_hint());
            if declared_size > max_unpacked_size(length) {
                return Err(Message::new("import-workbook-large"));
            }
            let path = entry.file_path();
            let path = path.as_bytes();
            if parts.len() == MAX_PARTS || path.len() > MAX_PATH {
                return Err(not_a_workbook());
            }
            if let (Ok(path), false) = (std::str::from_utf8(path), entry.flags().is_encrypted()) {
                parts.insert(key(path), (entry.wayfinder(), entry.compression_method()));
            }
        }
        Ok(Package {
            archive,
            parts,
            remaining: Cell::new(max_unpacked_size(length)),
        })
    }

    /// A file of XML inside the workbook; `None` if there is none.
    ///
    /// # Errors
    /// Returns the message to show if it can't be unpacked.
    pub fn part(&self, path: &str) -> Result<Option<Xml<'_>>, Message> {
        let Some((wayfinder, method)) = self.parts.get(&key(path)) else {
            return Ok(None);
        };
        let entry = self.archive.get_entry(*wayfinder).map_err(unreadable)?;
        let unpacked: Box<dyn Read + '_> = match *method {
            CompressionMethod::STORE => Box::new(entry.verifying_reader(entry.reader())),
            CompressionMethod::DEFLATE => {
                Box::new(entry.verifying_reader(DeflateDecoder::new(entry.reader())))
            }
            _ => return Err(not_a_workbook()),
        };
        Ok(Some(Xml::new(unpacked, &self.remaining)))
    }
}

/// The most bytes that a workbook of this length may unpack to.
pub fn max_unpacked_size(length: u64) -> u64 {
    MAX_UNPACKED.min(MIN_UNPACKED.saturating_add(length.saturating_mul(RATIO)))
}

fn key(path: &str) -> String {
    let path = path.trim_start_matches('/').replace('\\', "/");
    path.to_ascii_lowercase()
}
