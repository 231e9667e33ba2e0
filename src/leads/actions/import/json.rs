//! Reads a JSON array as rows, one object at a time.

use std::fmt;

use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::files::{MAX_COLUMNS, Record};
use crate::i18n::Message;
use crate::leads::actions::import::source::{OnRow, SourceFile, json_row};

/// Called with the number of each entry, from 1; false to stop.
type OnEntry<'a> = dyn FnMut(usize, Value) -> Result<bool> + 'a;

impl SourceFile {
    /// The names of all members, in the order of their first appearance.
    pub(crate) fn json_titles(&self) -> Result<Vec<String>> {
        let mut titles: Vec<String> = Vec::new();
        self.each_entry(&mut |_, value| {
            if let Value::Object(members) = value {
                let new = members.into_iter().map(|(name, _)| name);
                let old = titles.len();
                titles.extend(new.filter(|name| !name.is_empty()));
                let mut at = old;
                while at < titles.len() {
                    match titles[..old].contains(&titles[at]) {
                        true => drop(titles.remove(at)),
                        false => at += 1,
                    }
                }
            }
            Ok(titles.len() <= MAX_COLUMNS)
        })?;
        Ok(titles)
    }

    /// Reads the entries as rows, with cells in the order of the titles.
    pub(crate) fn json_rows(&self, titles: &[String], on_row: &mut OnRow) -> Result<()> {
        let mut record = Record::default();
        self.each_entry(&mut |at, value| {
            let result = read_object(&mut record, titles, &value);
            on_row(at, result.map(|()| json_row(&record)))
        })
    }

    fn each_entry(&self, each: &mut OnEntry) -> Result<()> {
        let mut reader = serde_json::Deserializer::from_reader(self.open_text()?);
        let mut progress = EntryProgress {
            count: 0,
            is_stopped: false,
            error: None,
        };
        let entries = EntryVisitor {
            each,
            progress: &mut progress,
        };
        let result = reader.deserialize_seq(entries).and_then(|()| reader.end());
        match (result, progress) {
            (
                _,
                EntryProgress {
                    error: Some(error), ..
                },
            ) => Err(error),
            (
                _,
                EntryProgress {
                    is_stopped: true, ..
                },
            )
            | (Ok(()), _) => Ok(()),
            (Err(error), EntryProgress { count: 0, .. }) if error.is_data() => {
                Err(Error::Unreadable(Message::new("lead-import-not-array")))
            }
            (Err(error), _) => Err(Error::Unreadable(
                Message::new("import-not-json")
                    .with("line", error.line())
                    .with("column", error.column()),
            )),
        }
    }
}

struct EntryProgress {
    count: usize,
    is_stopped: bool,
    error: Option<Error>,
}

struct EntryVisitor<'a, 'b> {
    each: &'a mut OnEntry<'b>,
    progress: &'a mut EntryProgress,
}

impl<'de> Visitor<'de> for EntryVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(value) = entries.next_element::<Value>()? {
            self.progress.count += 1;
            match (self.each)(self.progress.count, value) {
                Ok(true) => {}
                Ok(false) => {
                    self.progress.is_stopped = true;
                    return Err(A::Error::custom("enough"));
                }
                Err(error) => {
                    self.progress.error = Some(error);
                    return Err(A::Error::custom("stopped"));
                }
            }
        }
        Ok(())
    }
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
                return Err(Message::new("lead-text-control"));
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
