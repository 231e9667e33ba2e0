//! The titles and rows of a file of leads or visits. A row with cells beyond the header and nested values of JSON are
//! problems of their line.

use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::files::{FileRow, ReadOptions, Record, SourceFile};
use crate::i18n::Message;
use crate::leads::domain::dataset::Dataset;

/// Called with the line of each row, and its cells or their problem; returns false to stop.
pub type OnCells<'a> = dyn FnMut(usize, Result<FileRow, Message>) -> Result<bool> + 'a;

/// Opens a file of leads or visits behind its first `prefix_len` bytes.
///
/// # Errors
/// Returns [`Error::Unreadable`] with the message to show.
pub fn open_source(
    dataset: Dataset,
    path: &Path,
    prefix_len: u64,
    filename: &str,
    read: &ReadOptions,
) -> Result<SourceFile> {
    SourceFile::open(path, prefix_len, filename, read, &|title| {
        dataset.is_title(title)
    })
}

/// The titles of the columns; in JSON, the names of all members.
///
/// # Errors
/// Returns [`Error::Unreadable`] with the message to show.
pub fn read_titles(source: &SourceFile) -> Result<Vec<String>> {
    let unreadable = |key| Err(Error::Unreadable(Message::new(key)));
    match source.titles() {
        Ok(titles) if titles.is_empty() => unreadable("lead-import-empty"),
        Err(Error::Unreadable(message)) if message.key == "import-not-array" => {
            unreadable("lead-import-not-array")
        }
        other => other,
    }
}

/// Reads the rows below the titles, with cells in the order of the titles; returns the number of lines in the footer of
/// the table.
///
/// # Errors
/// Returns [`Error::Unreadable`] with the message to show, and the errors of `on_cells`.
pub fn each_row(source: &SourceFile, titles: &[String], on_cells: &mut OnCells) -> Result<usize> {
    let (mut record, mut footer_lines) = (Record::default(), 0);
    source.rows(&mut |line, row| {
        let cells = match row {
            FileRow::Json(value) => {
                read_object(&mut record, titles, value).map(|()| FileRow::Sheet(&record))
            }
            FileRow::Csv(cells) | FileRow::Sheet(cells) => {
                check_cells(cells, titles.len()).map(|()| row)
            }
            FileRow::Footer(_) => {
                footer_lines += 1;
                return Ok(true);
            }
        };
        on_cells(line, cells)
    })?;
    Ok(footer_lines)
}

/// Checks the number of cells. Programs leave out blank ones at the end; those beyond the header come from cells that
/// should have quotes.
fn check_cells(cells: &Record, titles: usize) -> Result<(), Message> {
    let mut extra = cells.iter().skip(titles);
    if !extra.any(|cell| !cell.trim().is_empty()) {
        return Ok(());
    }
    let message = Message::new("lead-import-many-cells").with("length", cells.len());
    Err(message.with("max", titles))
}

fn read_object(record: &mut Record, titles: &[String], value: &Value) -> Result<(), Message> {
    record.clear();
    let Value::Object(members) = value else {
        return Err(Message::new("lead-import-no-object"));
    };
    for title in titles {
        match members.get(title) {
            None | Some(Value::Null) => record.push(""),
            Some(Value::String(text)) if text.contains('\0') => {
                return Err(Message::new("web-line-control"));
            }
            Some(Value::String(text)) => record.push(text),
            Some(Value::Number(number)) => record.push(&number.to_string()),
            Some(Value::Bool(value)) => record.push(&value.to_string()),
            Some(Value::Array(_) | Value::Object(_)) => {
                return Err(Message::new("lead-import-nested").with("column", title.as_str()));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    type ReadFile = (Vec<String>, Vec<(usize, Result<Vec<String>, &'static str>)>);

    fn read(filename: &str, bytes: &[u8]) -> Result<ReadFile> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, [b"before\0", bytes].concat()).unwrap();
        let source = open_source(Dataset::Leads, &path, 7, filename, &ReadOptions::default())?;
        let titles = read_titles(&source)?;
        let mut rows = Vec::new();
        each_row(&source, &titles, &mut |line, row| {
            let cells = row.map(|row| {
                (0..titles.len())
                    .map(|column| row.get(column).to_owned())
                    .collect()
            });
            rows.push((line, cells.map_err(|message| message.key)));
            Ok(true)
        })?;
        Ok((titles, rows))
    }

    fn refusal(filename: &str, bytes: &[u8]) -> &'static str {
        match read(filename, bytes) {
            Err(Error::Unreadable(message)) => message.key,
            other => panic!("{other:?}"),
        }
    }

    fn cells(cells: [&str; 2]) -> Result<Vec<String>, &'static str> {
        Ok(cells.map(str::to_owned).to_vec())
    }

    #[test]
    fn every_format_and_encoding_reads_alike() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(
                "a\tb\r\nȘ\t=1\r\n"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes),
            )
            .collect();
        let files: [(&str, &[u8], usize); 6] = [
            ("a.csv", "a,b\nȘ,'=1\n\n , \n".as_bytes(), 2),
            ("a.csv", "\u{feff}\n\na;b\r\nȘ;'=1;\r\n".as_bytes(), 4),
            ("a.csv", "sep=;\r\na;b\r\nȘ;'=1".as_bytes(), 3),
            ("a.csv", "a,b\rȘ,'=1".as_bytes(), 2),
            ("a.csv", &utf16, 2),
            ("a.txt", r#" [{"a": "Ș", "b": "=1"}]"#.as_bytes(), 1),
        ];
        for (name, bytes, line) in files {
            let (titles, rows) = read(name, bytes).unwrap();
            assert_eq!(titles, ["a", "b"]);
            assert_eq!(rows, [(line, cells(["Ș", "=1"]))], "{name}");
        }
    }

    #[test]
    fn missing_cells_are_blank_and_those_beyond_the_header_are_refused() {
        let (_, rows) = read("a.csv", b"a,b\n1\n1,2,3\n1,2,\n").unwrap();
        assert_eq!(rows[0], (2, cells(["1", ""])));
        assert_eq!(rows[1], (3, Err("lead-import-many-cells")));
        assert_eq!(rows[2], (4, cells(["1", "2"])));
    }

    #[test]
    fn members_of_any_json_object_are_columns() {
        let json = br#"[{"a": 1.50, "b": null}, {"b": true}, {"a": [1]}, 5]"#;
        let (titles, rows) = read("a.json", json).unwrap();
        assert_eq!(titles, ["a", "b"]);
        assert_eq!(rows[0], (1, cells(["1.5", ""])));
        assert_eq!(rows[1], (2, cells(["", "true"])));
        assert_eq!(rows[2], (3, Err("lead-import-nested")));
        assert_eq!(rows[3], (4, Err("lead-import-no-object")));
    }

    #[test]
    fn an_unreadable_file_is_refused_with_one_message() {
        let giant = [b"a\n\"".to_vec(), vec![b'x'; 2 << 20]].concat();
        for (name, bytes, key) in [
            ("a.csv", &b""[..], "lead-import-empty"),
            ("a.csv", b"\xef\xbb\xbf \r\n", "lead-import-empty"),
            ("a.csv", b"a\nx\0\n", "import-nul"),
            ("a.csv", "a,ș,ț,ă\n\u{0}".as_bytes(), "import-nul"),
            ("a.csv", b"\xff\xfe\x00\xd8", "import-not-utf16"),
            ("a.csv", b"a\n\"x\n", "import-unclosed-quote"),
            ("a.csv", &giant, "import-line-too-long"),
            ("a.json", b"{\"a\": 1}", "lead-import-not-array"),
            ("a.json", b"[{\"a\": 1}, oops]", "import-not-json"),
            ("a.json", b"[{\"a\": 1}] more", "import-not-json"),
            ("a.json", b"[]", "lead-import-empty"),
            ("a.xlsx", b"PK\x03\x04oops", "import-not-xlsx"),
            ("a.xls", b"\xd0\xcf\x11\xe0oops", "import-not-xlsx"),
        ] {
            assert_eq!(refusal(name, bytes), key, "{name}");
        }
        assert_eq!(
            refusal("a.csv", "a,".repeat(3_000).as_bytes()),
            "import-too-many-columns"
        );
        assert_eq!(refusal("a.json", &b"[".repeat(100_000)), "import-not-json");
    }
}
