//! A row of a file.

/// The most columns of a file.
pub const MAX_COLUMNS: usize = 2_000;

/// The cells of one row, in one text, so that reading a million rows allocates memory once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    text: String,
    /// The offset at which each cell ends.
    ends: Vec<usize>,
}

impl Record {
    /// The number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True if there are no cells.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell by its index, from 0.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }

    /// The cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The number of bytes of all cells.
    pub fn size(&self) -> usize {
        self.text.len()
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Removes the cells and keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// True if all cells are blank.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Takes the empty buffers of the cells, to read the next row into them.
    pub(super) fn take_buffers(&mut self) -> (Vec<u8>, Vec<usize>) {
        self.ends.clear();
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.clear();
        (bytes, std::mem::take(&mut self.ends))
    }

    /// Sets the cells that were read into the buffers of [`Record::take_buffers`].
    ///
    /// # Errors
    /// Returns the bytes before the first one that is not UTF-8.
    pub(super) fn fill(&mut self, bytes: Vec<u8>, ends: Vec<usize>) -> Result<(), Vec<u8>> {
        match String::from_utf8(bytes) {
            Ok(text) => {
                (self.text, self.ends) = (text, ends);
                Ok(())
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(valid);
                Err(bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_out_as_they_went_in() {
        let mut record = Record::default();
        for cell in ["a", "", "ș"] {
            record.push(cell);
        }
        assert_eq!(record.iter().collect::<Vec<_>>(), ["a", "", "ș"]);
        assert_eq!((record.len(), record.get(3)), (3, None));
        record.clear();
        assert!(record.is_empty() && record.is_blank());
    }
}
