//! Rows of a JSON array, one object after the other.

use std::fmt;

use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::Value;

use super::source::{Source, Take, plain};
use crate::error::{Error, Result};
use crate::files::{MAX_COLUMNS, Record};
use crate::i18n::Message;

/// What is done with each entry; false to see no more.
type Each<'a> = dyn FnMut(usize, Value) -> Result<bool> + 'a;

impl Source {
    /// The names of all members, in the order in which they first occur.
    pub(super) fn members(&self) -> Result<Vec<String>> {
        let mut titles: Vec<String> = Vec::new();
        self.entries(&mut |_, value| {
            if let Value::Object(members) = value {
                let new = members.into_iter().map(|(name, _)| name);
                let known = titles.len();
                titles.extend(new.filter(|name| !name.is_empty()));
                let mut at = known;
                while at < titles.len() {
                    match titles[..known].contains(&titles[at]) {
                        true => drop(titles.remove(at)),
                        false => at += 1,
                    }
                }
            }
            Ok(titles.len() <= MAX_COLUMNS)
        })?;
        Ok(titles)
    }

    /// The entries as rows of cells in the order of the titles.
    pub(super) fn objects(&self, titles: &[String], take: &mut Take) -> Result<()> {
        let mut record = Record::default();
        self.entries(&mut |at, value| {
            let filled = fill(&mut record, titles, &value);
            take(at, filled.map(|()| plain(&record)))
        })
    }

    fn entries(&self, each: &mut Each) -> Result<()> {
        let mut reader = serde_json::Deserializer::from_reader(self.text()?);
        let mut seen = Seen {
            count: 0,
            is_enough: false,
            failed: None,
        };
        let entries = Entries {
            each,
            seen: &mut seen,
        };
        let read = reader.deserialize_seq(entries).and_then(|()| reader.end());
        match (read, seen) {
            (
                _,
                Seen {
                    failed: Some(error),
                    ..
                },
            ) => Err(error),
            (
                _,
                Seen {
                    is_enough: true, ..
                },
            )
            | (Ok(()), _) => Ok(()),
            (Err(error), Seen { count: 0, .. }) if error.is_data() => {
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

struct Seen {
    count: usize,
    is_enough: bool,
    failed: Option<Error>,
}

struct Entries<'a, 'b> {
    each: &'a mut Each<'b>,
    seen: &'a mut Seen,
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(value) = entries.next_element::<Value>()? {
            self.seen.count += 1;
            match (self.each)(self.seen.count, value) {
                Ok(true) => {}
                Ok(false) => {
                    self.seen.is_enough = true;
                    return Err(A::Error::custom("enough"));
                }
                Err(error) => {
                    self.seen.failed = Some(error);
                    return Err(A::Error::custom("stopped"));
                }
            }
        }
        Ok(())
    }
}

fn fill(record: &mut Record, titles: &[String], value: &Value) -> Result<(), Message> {
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
            Some(Value::Bool(truth)) => record.push(&truth.to_string()),
            Some(Value::Array(_) | Value::Object(_)) => {
                return Err(Message::new("lead-import-nested").with("column", title.as_str()));
            }
        }
    }
    Ok(())
}
