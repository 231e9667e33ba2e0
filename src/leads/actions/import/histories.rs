//! The rows of a file of visits, histories into the histories of leads.

use std::collections::HashMap;

use crate::error::Result;
use crate::files::FileRow;
use crate::i18n::Message;
use crate::leads::actions::import::cell_parser::CellParser;
use crate::leads::actions::import::parsed::ParsedVisit;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::repetition::{FNV_START, fnv1a};
use crate::leads::actions::import::request::{
    Chunker, ImportItem, ImportRequest, ParsedHistory, RowsWithoutItem,
};
use crate::leads::domain::reference::Reference;

/// The most rows of visits in memory, and bytes of their notes. A file is read lead by lead if the rows of each lead
/// are together, as export writes them; a longer one of others several times, each time for a part of the leads.
const MAX_VISIT_ROWS: usize = 100_000;
const MAX_NOTE_BYTES: usize = 32 << 20;

impl ImportRequest {
    /// Reads the histories, each time in the same order.
    ///
    /// # Errors
    /// Returns the errors of [`ImportRequest::read_chunks`].
    pub(super) fn read_visits(&self, chunker: &mut Chunker) -> Result<()> {
        let (parts, is_grouped) = self.survey()?;
        if is_grouped {
            return self.read_grouped(chunker);
        }
        for part in 0..parts {
            if !self.read_histories(part, parts, chunker)? {
                break;
            }
        }
        Ok(())
    }

    fn cell<'a>(&self, row: FileRow<'a>, field: &str) -> &'a str {
        let column = self.mapping.column(field);
        column.map_or("", |column| row.get(column).trim())
    }

    fn reference_of(&self, row: &Result<FileRow, Message>) -> Reference {
        let Ok(row) = row else {
            return Reference::default();
        };
        let system = match self.cell(*row, "external_system") {
            "" => &self.options.system,
            system => system,
        };
        Reference::new(system, self.cell(*row, "external_ref"))
    }

    /// True for the row of a move that was voided.
    fn is_voided(&self, row: FileRow) -> bool {
        let mut cells = CellParser::new(0, row, self.row_context(&[]));
        cells.parse_date("voided_at").is_some()
    }

    /// The number of parts that fit in memory, and whether the rows of each lead are together.
    fn survey(&self) -> Result<(usize, bool)> {
        let (mut rows, mut note_bytes) = (0, 0);
        let (mut last, mut hashes) = (Reference::default(), Vec::new());
        self.each_row(&mut |_, row| {
            rows += 1;
            note_bytes += row.as_ref().map_or(0, |row| self.cell(*row, "note").len());
            let reference = self.reference_of(&row);
            if !reference.is_empty() && reference != last {
                hashes.push(hash_of(&reference));
                last = reference;
            }
            Ok(true)
        })?;
        hashes.sort_unstable();
        // If two references have one hash, the file is only read more often.
        let is_grouped = hashes.windows(2).all(|pair| pair[0] != pair[1]);
        let parts = (rows / MAX_VISIT_ROWS).max(note_bytes / MAX_NOTE_BYTES) + 1;
        Ok((parts, is_grouped))
    }

    /// Reads the histories of a file in which the rows of each lead are together. Rows without a history are passed on
    /// with the history after them.
    fn read_grouped(&self, chunker: &mut Chunker) -> Result<()> {
        let (mut histories, mut without_item) =
            (HistoriesByReference::default(), RowsWithoutItem::default());
        let mut should_continue = true;
        let footer_lines = self.each_row(&mut |line, row| {
            let reference = self.reference_of(&row);
            let is_voided = row.as_ref().is_ok_and(|row| self.is_voided(*row));
            let is_next = !reference.is_empty() && !is_voided && histories.is_another(&reference);
            if is_next && let Some(history) = histories.take() {
                let without_item = std::mem::take(&mut without_item);
                should_continue = push_history(chunker, history, without_item)?;
            }
            if should_continue {
                self.add_visit(line, row, (0, 1), &mut histories, &mut without_item);
            }
            Ok(should_continue)
        })?;
        without_item.footer_lines += footer_lines;
        let without_item = match histories.take() {
            Some(history) if should_continue => {
                should_continue = push_history(chunker, history, without_item)?;
                RowsWithoutItem::default()
            }
            // Without any history, they are passed on alone.
            _ => without_item,
        };
        if should_continue {
            chunker.flush(without_item)?;
        }
        Ok(())
    }

    /// Reads the histories of a part of the leads; true to continue.
    fn read_histories(&self, part: usize, parts: usize, chunker: &mut Chunker) -> Result<bool> {
        let (mut histories, mut without_item) =
            (HistoriesByReference::default(), RowsWithoutItem::default());
        let footer_lines = self.each_row(&mut |line, row| {
            self.add_visit(line, row, (part, parts), &mut histories, &mut without_item);
            Ok(true)
        })?;
        if part == 0 {
            without_item.footer_lines += footer_lines;
        }
        let mut is_new = histories.histories.is_empty();
        for history in histories.histories {
            if !chunker.skip_if_done() {
                is_new = true;
                let history = sort_by_time(history);
                if !chunker.push(ImportItem::History(history))? {
                    return Ok(false);
                }
            }
        }
        match is_new {
            true => chunker.flush(without_item),
            // Rows without a history were passed on with the last history.
            false => Ok(true),
        }
    }

    fn add_visit(
        &self,
        line: usize,
        row: Result<FileRow, Message>,
        (part, parts): (usize, usize),
        histories: &mut HistoriesByReference,
        without_item: &mut RowsWithoutItem,
    ) {
        let reference = self.reference_of(&row);
        if part_of(&reference, parts) != part {
            return;
        }
        let row = match row {
            Ok(row) if self.is_voided(row) => {
                without_item.rows += 1;
                without_item.voided += 1;
                return;
            }
            Ok(row) if !reference.is_empty() => row,
            Ok(_) => {
                without_item.rows += 1;
                without_item.without_reference += 1;
                return;
            }
            Err(message) => {
                without_item.rows += 1;
                return without_item.problems.push(Problem::for_line(line, message));
            }
        };
        let (visit, problems) = ParsedVisit::parse(line, row, self.row_context(&[]));
        let history = histories.entry(reference);
        match problems.is_empty() {
            true => history.visits.push(visit),
            false => history.invalid.push(visit),
        }
        without_item.problems.extend(problems);
    }
}

/// Adds the next history, unless it is done, and rows before it that have none; true to continue.
fn push_history(
    chunker: &mut Chunker,
    history: ParsedHistory,
    without_item: RowsWithoutItem,
) -> Result<bool> {
    if chunker.skip_if_done() {
        return Ok(true);
    }
    chunker.chunk.without_item.add(without_item);
    chunker.push(ImportItem::History(sort_by_time(history)))
}

#[derive(Default)]
struct HistoriesByReference {
    indexes: HashMap<Reference, usize>,
    histories: Vec<ParsedHistory>,
}

impl HistoriesByReference {
    /// True if the last history is of another lead.
    fn is_another(&self, reference: &Reference) -> bool {
        let last = self.histories.last();
        last.is_some_and(|history| history.reference != *reference)
    }

    /// Takes the only history.
    fn take(&mut self) -> Option<ParsedHistory> {
        std::mem::take(self).histories.pop()
    }

    fn entry(&mut self, reference: Reference) -> &mut ParsedHistory {
        let next = self.histories.len();
        let index = *self.indexes.entry(reference.clone()).or_insert(next);
        if index == next {
            self.histories.push(ParsedHistory {
                reference,
                visits: Vec::new(),
                invalid: Vec::new(),
            });
        }
        &mut self.histories[index]
    }
}

/// Sorts visits by time; equal times keep the order of the file.
fn sort_by_time(mut history: ParsedHistory) -> ParsedHistory {
    history.visits.sort_by_key(|visit| visit.entered_at);
    history
}

/// The part of a reference: the same in every process.
fn part_of(reference: &Reference, parts: usize) -> usize {
    if parts < 2 || reference.is_empty() {
        return 0;
    }
    (hash_of(reference) % parts as u64) as usize
}

fn hash_of(reference: &Reference) -> u64 {
    let system = fnv1a(FNV_START, reference.system.as_bytes());
    fnv1a(system, reference.text.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::clock::Timestamp;
    use crate::files::ReadOptions;
    use crate::leads::actions::import::cells::{open_source, read_titles};
    use crate::leads::actions::import::request::{Chunk, ChunkRange};
    use crate::leads::domain::dataset::Dataset;
    use crate::leads::domain::import_options::ImportOptions;
    use crate::records::mapping::Mapping;

    fn request(rows: &str) -> (tempfile::TempDir, ImportRequest) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("visits.csv");
        std::fs::write(
            &path,
            format!("external_ref,status,entered_at,voided_at\n{rows}"),
        )
        .unwrap();
        let dataset = Dataset::Visits;
        let read = ReadOptions::default();
        let source = open_source(dataset, &path, 0, "visits.csv", &read).unwrap();
        let titles = read_titles(&source).unwrap();
        let request = ImportRequest {
            mapping: Mapping::parse(dataset.field_set(), &titles, &[], &[]).unwrap(),
            dataset,
            source,
            options: ImportOptions::default(),
            currency: None,
            override_reason: None,
            now: Timestamp(i64::MAX / 2),
            made_at: None,
        };
        (dir, request)
    }

    /// For each chunk of two rows its leads, and how many rows without a history come with it.
    fn read_grouped(rows: &str, start: usize) -> Vec<(String, usize)> {
        let ((_dir, request), size) = (request(rows), AtomicUsize::new(2));
        let mut chunks = Vec::new();
        let mut each = |chunk: Chunk| {
            let items = chunk.items.iter().filter_map(ImportItem::reference);
            let items = items.map(|reference| reference.text);
            chunks.push((items.collect(), chunk.without_item.rows));
            Ok(true)
        };
        let range = ChunkRange {
            start,
            size: &size,
            finds_repetitions: false,
        };
        let mut chunker = Chunker::new(range, &mut each);
        request.read_grouped(&mut chunker).unwrap();
        chunks
    }

    #[test]
    fn a_file_is_grouped_if_the_rows_of_each_lead_are_together() {
        let survey = |rows: &str| request(rows).1.survey().unwrap();
        assert_eq!(survey("a,New,,\na,New,,\n,New,,\nb,New,,\n"), (1, true));
        assert_eq!(survey("a,New,,\nb,New,,\na,New,,\n"), (1, false));
        assert_eq!(survey(&"a,New,,\n".repeat(MAX_VISIT_ROWS)), (2, true));
    }

    #[test]
    fn voided_rows_make_no_history_and_are_counted() {
        let row = |(reference, voided_at): (&str, &str)| {
            format!("{reference},New,2026-01-01,{voided_at}\n")
        };
        let voided = "2026-01-02";
        let rows = [
            ("a", ""),
            ("b", voided),
            ("c", ""),
            ("c", voided),
            ("d", voided),
        ];
        let chunk = |leads: &str, rows: usize| (leads.to_owned(), rows);
        let read = read_grouped(&rows.map(row).concat(), 0);
        assert_eq!(read, [chunk("ac", 3)]);
    }

    #[test]
    fn histories_are_read_one_by_one_and_what_was_passed_on_is_not_again() {
        let row = |reference: &str| format!("{reference},New,2026-01-01,\n");
        let rows: String = ["a", "a", "", "b", "c", "", "c", "d"].map(row).concat();
        let chunk = |leads: &str, rows: usize| (leads.to_owned(), rows);
        let expected = [chunk("a", 1), chunk("bc", 1), chunk("d", 0)];
        assert_eq!(read_grouped(&rows, 0), expected);
        assert_eq!(read_grouped(&rows, 3), [chunk("d", 0)]);
        assert!(read_grouped(&rows, 4).is_empty());
        assert_eq!(read_grouped(",New,2026-01-01,\n", 0), [chunk("", 1)]);
    }
}
