//! Unpacked bytes, in memory or in a temporary file.

use std::io::{BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::{SpooledTempFile, spooled_tempfile};

use crate::files::workbook::messages::{not_a_workbook, spool_failure};
use crate::i18n::Message;

/// Bytes that are held in memory; more of them go to a temporary file.
const MAX_IN_MEMORY: usize = 1024 * 1024;
/// Bytes of a block, which is read at once.
const BLOCK: usize = 16 * 1024;
/// The most cached blocks.
const MAX_BLOCKS: usize = 256;

/// Writes bytes one after the other, to be read in any order later.
pub struct SpoolWriter(BufWriter<SpooledTempFile>);

impl Default for SpoolWriter {
    fn default() -> SpoolWriter {
        SpoolWriter(BufWriter::with_capacity(
            BLOCK,
            spooled_tempfile(MAX_IN_MEMORY),
        ))
    }
}

impl SpoolWriter {
    /// Adds bytes.
    ///
    /// # Errors
    /// Returns the message to show if they can't be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Message> {
        self.0.write_all(bytes).map_err(spool_failure)
    }

    /// The written bytes, for reading.
    ///
    /// # Errors
    /// Returns the errors of [`SpoolWriter::write`].
    pub fn finish(self) -> Result<Spool, Message> {
        let file = self
            .0
            .into_inner()
            .map_err(|error| spool_failure(error.into_error()))?;
        Ok(Spool {
            file: Some(file),
            blocks: Vec::new(),
        })
    }
}

/// Reads written bytes from any offset, through a cache of blocks.
#[derive(Default)]
pub struct Spool {
    file: Option<SpooledTempFile>,
    blocks: Vec<Block>,
}

#[derive(Clone, Default)]
struct Block {
    /// The number of the block in the file, from 1; 0 for none.
    number: u64,
    bytes: Vec<u8>,
}

impl Spool {
    /// Fills `into` with the bytes that begin at `offset`.
    ///
    /// # Errors
    /// Returns the message to show if they can't be read.
    pub fn read(&mut self, mut offset: u64, into: &mut [u8]) -> Result<(), Message> {
        let mut filled = 0;
        while filled < into.len() {
            let (number, start) = (offset / BLOCK as u64, (offset % BLOCK as u64) as usize);
            let block = self.block(number).map_err(spool_failure)?;
            let bytes = block.get(start..).unwrap_or_default();
            let length = bytes.len().min(into.len() - filled);
            if length == 0 {
                return Err(not_a_workbook());
            }
            into[filled..filled + length].copy_from_slice(&bytes[..length]);
            (filled, offset) = (filled + length, offset + length as u64);
        }
        Ok(())
    }

    fn block(&mut self, number: u64) -> std::io::Result<&[u8]> {
        if self.blocks.is_empty() {
            self.blocks.resize(MAX_BLOCKS, Block::default());
        }
        let block = &mut self.blocks[number as usize % MAX_BLOCKS];
        if let Some(file) = self.file.as_mut().filter(|_| block.number != number + 1) {
            block.number = 0;
            block.bytes.clear();
            file.seek(SeekFrom::Start(number * BLOCK as u64))?;
            let mut bytes = file.take(BLOCK as u64);
            bytes.read_to_end(&mut block.bytes)?;
            block.number = number + 1;
        }
        Ok(&block.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_in_any_order_from_memory_and_from_disk() {
        for blocks in [1usize, 2_000] {
            let mut writer = SpoolWriter::default();
            let bytes: Vec<u8> = (0..blocks * 4096 + 3)
                .map(|index| (index % 251) as u8)
                .collect();
            for chunk in bytes.chunks(1_000) {
                writer.write(chunk).unwrap();
            }
            let mut spool = writer.finish().unwrap();
            let mut into = [0; 100];
            for offset in [
                bytes.len() - 100,
                0,
                bytes.len() / 2,
                16_334.min(bytes.len() - 100),
            ] {
                spool.read(offset as u64, &mut into).unwrap();
                assert_eq!(into[..], bytes[offset..offset + 100]);
            }
            assert!(spool.read(bytes.len() as u64 - 99, &mut into).is_err());
        }
    }
}
