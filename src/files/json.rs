//! Reads a JSON array as rows, one object at a time.

use std::fmt;

use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::files::MAX_COLUMNS;
use crate::files::source::SourceFile;
use crate::i18n::Message;

/// Called with the number of each element, from 1; false to stop.
type OnElement<'a> = dyn FnMut(usize, Value) -> Result<bool> + 'a;

impl SourceFile {
    /// The names of all members, in the order of their first appearance.
    pub(super) fn json_titles(&self) -> Result<Vec<String>> {
        let mut titles: Vec<String> = Vec::new();
        self.each_element(&mut |_, value| {
            if let Value::Object(members) = value {
                let names = members.into_iter().map(|(name, _)| name);
                let is_new = |name: &String| !name.is_empty() && !titles.contains(name);
                let names: Vec<String> = names.filter(is_new).collect();
                titles.extend(names);
            }
            Ok(titles.len() <= MAX_COLUMNS)
        })?;
        Ok(titles)
    }

    /// Calls `each` with the elements of the array.
    pub(super) fn each_element(&self, each: &mut OnElement) -> Result<()> {
        let mut reader = serde_json::Deserializer::from_reader(self.open_text()?);
        let mut progress = ElementProgress::default();
        let visitor = ElementVisitor {
            each,
            progress: &mut progress,
        };
        let result = reader.deserialize_seq(visitor).and_then(|()| reader.end());
        match (progress.error, result) {
            (Some(error), _) => Err(error),
            (None, Err(error)) if !progress.is_stopped => Err(Error::Unreadable(
                match progress.count == 0 && error.is_data() {
                    true => Message::new("import-not-array"),
                    false => Message::new("import-not-json")
                        .with("line", error.line())
                        .with("column", error.column()),
                },
            )),
            _ => Ok(()),
        }
    }
}

#[derive(Default)]
struct ElementProgress {
    count: usize,
    is_stopped: bool,
    error: Option<Error>,
}

struct ElementVisitor<'a, 'b> {
    each: &'a mut OnElement<'b>,
    progress: &'a mut ElementProgress,
}

impl<'de> Visitor<'de> for ElementVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(value) = elements.next_element::<Value>()? {
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
