//! Reading and writing statuses as JSON.

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::files::MAX_COLUMNS;
use crate::i18n::Message;
use crate::statuses::actions::import_export::ExportRecord;
use crate::statuses::actions::import_export::table::Table;

/// Writes an indented JSON array with one object for each status.
pub(crate) fn write(records: &[ExportRecord]) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(records).map_err(Error::internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads a JSON array of objects; the members of all objects are the columns.
pub(crate) fn read(text: &str) -> Result<Table, Message> {
    let value = serde_json::from_str(text).map_err(|error| {
        Message::new("import-not-json")
            .with("line", error.line())
            .with("column", error.column())
    })?;
    let Value::Array(items) = value else {
        return Err(Message::new("import-not-array"));
    };
    let mut objects: Vec<Map<String, Value>> = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        match item {
            Value::Object(members) => objects.push(members),
            _ => return Err(Message::new("import-not-object").with("line", at + 1)),
        }
    }
    let titles = titles(&objects);
    let mut table = Table::new(titles.clone())?;
    for (at, mut members) in objects.into_iter().enumerate() {
        let cells = titles.iter().map(|title| members.remove(title)).collect();
        table.push(at + 1, cells)?;
    }
    Ok(table)
}

/// The names of all members in the order of their first occurrence; stops at one more than allowed.
fn titles(objects: &[Map<String, Value>]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(Map::keys) {
        if !titles.contains(name) {
            titles.push(name.clone());
        }
        if titles.len() > MAX_COLUMNS {
            break;
        }
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_but_an_array_of_objects_is_refused_with_its_line() {
        let error = |text: &str| read(text).unwrap_err();
        assert_eq!(
            error("[{\"name\": \"New\"},\n oops]"),
            Message::new("import-not-json")
                .with("line", 2usize)
                .with("column", 2usize)
        );
        assert_eq!(error("{\"name\": \"New\"}").key, "import-not-array");
        assert_eq!(
            error("[{}, 5]"),
            Message::new("import-not-object").with("line", 2usize)
        );
        assert_eq!(
            error(&format!("[{}]", vec!["{}"; 5_001].join(","))).key,
            "import-too-many-rows"
        );
    }
}
