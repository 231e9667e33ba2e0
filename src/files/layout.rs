//! Where the header and the cells of a file are: the separator, the line of the header, and the columns without a
//! title.

use std::collections::BTreeMap;
use std::io::Cursor;

use crate::files::csv::Reader;
use crate::files::{Record, Separator};

/// The most records from which the layout is guessed.
pub const SAMPLE_RECORDS: usize = 200;
/// The most bytes of these records.
pub const SAMPLE_BYTES: u64 = 256 * 1024;
/// A header is among the first records with data.
const HEADER_RECORDS: usize = 20;

/// The fewest rows that are wider than the header by intention, not by a separator without quotes.
const MIN_WIDE_ROWS: usize = 3;

/// True for the title of a field: a row that has several is the header.
pub type IsTitle<'a> = &'a dyn Fn(&str) -> bool;

/// The first records of a file with their lines.
pub type SampleRecords = Vec<(usize, Record)>;

/// Where the header is, and how many columns there are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The line on which the header begins; 0 for a file without one.
    pub header_line: usize,
    /// The number of columns, of which the last may have no title.
    pub width: usize,
    /// The columns with data and without a title, from 0.
    pub untitled: Vec<usize>,
}

impl Layout {
    /// The layout of these records, which have `columns` columns at least. The header is the record on `header_line`,
    /// or the next one; without such a line it is guessed.
    pub fn of(
        records: &SampleRecords,
        columns: usize,
        header_line: Option<usize>,
        is_title: IsTitle,
    ) -> Layout {
        let header = match header_line {
            Some(line) => records.iter().position(|(other, _)| *other >= line),
            None => find_header(records, is_title),
        };
        let Some(index) = header else {
            return Layout {
                header_line: header_line.unwrap_or(0),
                ..Layout::default()
            };
        };
        let (line, titles) = &records[index];
        let rows = &records[index + 1..];
        let width = common_width(rows).max(titles.len()).max(columns);
        let has_data = |column: &usize| {
            let mut cells = rows.iter().filter_map(|(_, row)| row.get(*column));
            cells.any(|cell| !cell.trim().is_empty())
        };
        let is_untitled = |column: &usize| {
            titles
                .get(*column)
                .is_none_or(|title| title.trim().is_empty())
        };
        Layout {
            header_line: *line,
            width,
            untitled: (0..width).filter(is_untitled).filter(has_data).collect(),
        }
    }
}

/// The number of cells of a record that aren't blank.
pub(super) fn count_filled(record: &Record) -> usize {
    record.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// The header: the first record that is at least half as wide as the widest, else one further down that has two known
/// titles or more where the first has none.
fn find_header(records: &SampleRecords, is_title: IsTitle) -> Option<usize> {
    let first: Vec<_> = records
        .iter()
        .enumerate()
        .filter(|(_, (_, record))| !record.is_blank())
        .take(HEADER_RECORDS)
        .map(|(index, (_, record))| (index, record))
        .collect();
    let widest = first.iter().map(|(_, record)| count_filled(record)).max()?;
    let is_wide = |record: &Record| count_filled(record) * 2 >= widest;
    let (guess, titles) = first.iter().find(|(_, record)| is_wide(record))?;
    let count_titles = |record: &Record| record.iter().filter(|cell| is_title(cell)).count();
    if count_titles(titles) > 0 {
        return Some(*guess);
    }
    let better = first.iter().find(|(_, record)| count_titles(record) >= 2);
    Some(better.map_or(*guess, |(index, _)| *index))
}

/// The number of cells that all of some rows have: a cell more in a few comes from a separator without quotes.
fn common_width(rows: &[(usize, Record)]) -> usize {
    let mut widths = rows.iter().filter(|(_, row)| !row.is_blank());
    let first = widths.next().map_or(0, |(_, row)| row.len());
    let is_common = rows.len() >= MIN_WIDE_ROWS && widths.all(|(_, row)| row.len() == first);
    if is_common { first } else { 0 }
}

/// The first records of a text of CSV that begins on `line`; a text that is cut ends with a record that is left out.
/// False if it can't be read to its end.
pub fn read_sample(
    text: &[u8],
    line: usize,
    separator: Separator,
    is_cut: bool,
) -> (SampleRecords, bool) {
    let mut reader = Reader::new(Cursor::new(text), separator.byte(), line, usize::MAX);
    let mut records = Vec::new();
    loop {
        let mut record = Record::default();
        match reader.read(&mut record) {
            Ok(Some(line)) => records.push((line, record)),
            Ok(None) => {
                if is_cut && records.len() > 1 {
                    records.pop();
                }
                return (records, true);
            }
            Err(_) => return (records, is_cut),
        }
        if records.len() == SAMPLE_RECORDS {
            return (records, true);
        }
    }
}

/// The separator with which most records have the same number of cells, two or more.
pub fn guess_separator(text: &[u8], line: usize, is_cut: bool) -> Separator {
    let mut best: Option<(Fit, Separator)> = None;
    for (separator, _) in Separator::KNOWN {
        let (records, is_readable) = read_sample(text, line, separator, is_cut);
        let Some(fit) = Fit::of(&records, is_readable) else {
            continue;
        };
        if best.as_ref().is_none_or(|(other, _)| fit > *other) {
            best = Some((fit, separator));
        }
    }
    // A text of one column gets a separator that it doesn't contain.
    let is_unused = |separator: &Separator| !text.contains(&separator.byte());
    let mut known = Separator::KNOWN.iter().map(|(separator, _)| *separator);
    let unused = known.find(is_unused).unwrap_or(Separator::COMMA);
    best.map_or(unused, |(_, separator)| separator)
}

/// How well a separator fits: the greater, the better.
#[derive(Debug, PartialEq, PartialOrd)]
struct Fit {
    is_readable: bool,
    /// The share of records with the most frequent number of cells.
    share: f64,
    /// True if the cells of the header don't go on after a space, as in prose.
    is_tight: bool,
    width: usize,
}

impl Fit {
    fn of(records: &SampleRecords, is_readable: bool) -> Option<Fit> {
        let rows: Vec<&Record> = records
            .iter()
            .map(|(_, record)| record)
            .filter(|record| !record.is_blank())
            .collect();
        let mut counts = BTreeMap::<usize, usize>::new();
        let wide = rows.iter().filter(|row| row.len() > 1);
        wide.for_each(|row| *counts.entry(row.len()).or_default() += 1);
        let (width, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        let goes_on = |row: &Record| row.iter().skip(1).all(|cell| cell.starts_with(' '));
        let is_prose = rows[0].len() == 1 && rows.iter().all(|row| goes_on(row));
        if is_prose {
            return None;
        }
        let is_tight = !rows[0].iter().skip(1).any(|cell| cell.starts_with(' '));
        Some(Fit {
            is_readable,
            share: count as f64 / rows.len() as f64,
            is_tight,
            width,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn separator(text: &str) -> &'static str {
        let separator = guess_separator(text.as_bytes(), 1, false);
        let known = Separator::KNOWN
            .iter()
            .find(|(other, _)| *other == separator);
        known.unwrap().1
    }

    fn layout(text: &str) -> Layout {
        let separator = guess_separator(text.as_bytes(), 1, false);
        let (records, _) = read_sample(text.as_bytes(), 1, separator, false);
        Layout::of(&records, 0, None, &|title| {
            ["name", "email"].contains(&title)
        })
    }

    #[test]
    fn the_separator_is_the_one_that_makes_rows_alike() {
        for (text, expected) in [
            ("name;kind;color\na;b;c", "semicolon"),
            ("name\tkind", "tab"),
            ("name|kind\na|b", "pipe"),
            ("name,kind", "comma"),
            ("name", "comma"),
            (
                "name;\"Last contact (date, time, who)\";email\nA;1;a@b.ro",
                "semicolon",
            ),
            (
                "name;Value, EUR;Notes, remarks, misc;email\nA;1;x;a@b.ro",
                "semicolon",
            ),
            ("name;Value, EUR\nA;1,5\nB;2,5\n", "semicolon"),
            ("name;value\nA;1,5\nB;2,5\n", "semicolon"),
            ("name,note\nA,one; two; three\nB,\"x\ty\"\n", "comma"),
        ] {
            assert_eq!(separator(text), expected, "{text}");
        }
        assert_ne!(separator("name\nPop, Ana\nIon, Dan\n"), "comma");
        assert_eq!(layout("name\nPop, Ana\n").width, 1);
    }

    #[test]
    fn the_header_is_below_titles_of_the_sheet() {
        for (text, line) in [
            ("name,email\nA,b", 1),
            (
                "Leads report Q3,,\nGenerated 2025-10-01,,\n\nname,company,email\nA,B,c",
                4,
            ),
            ("Leads report\n\nname;company;email\nA;B;c", 3),
            ("Report:,Leads,Q3\nname,company,email\nA,B,c", 2),
            ("First Name,name,company,email\nA,B\nC,D,E,c", 1),
            ("\n\nx,y\n1,2\n", 3),
            ("name\nA\n", 1),
        ] {
            assert_eq!(layout(text).header_line, line, "{text}");
        }
    }

    #[test]
    fn columns_without_a_title_are_known_where_they_have_data() {
        let table = layout("name,company,\nA,B,remark\nC,D,\n");
        assert_eq!((table.width, table.untitled), (3, vec![2]));
        let table = layout("name,company,\nA,B,\n");
        assert_eq!((table.width, table.untitled), (3, vec![]));
        let table = layout("name,company\nA,B,remark\nC,D,other\nE,F,\n");
        assert_eq!((table.width, table.untitled), (3, vec![2]));
    }
}
