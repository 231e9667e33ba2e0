//! Columns as pages show them, those without a title too.

use crate::i18n::{Lang, Message};
use crate::records::mapping::Mapping;

/// A column as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedColumn {
    pub at: usize,
    /// Its title, or its letters.
    pub name: String,
    /// Its first cells.
    pub sample: String,
    /// The names of its fields, joined by a plus sign.
    pub fields: String,
}

impl Mapping {
    /// The titles of the columns that are not mapped; one of `untitled` columns is called by its letters.
    pub fn unmapped_titles(&self, lang: Lang, untitled: &[usize]) -> Vec<String> {
        let columns = self.fields_by_title().enumerate();
        let unmapped = columns.filter(|(_, (_, field))| field.is_none());
        let titles = unmapped.filter_map(|(at, (title, _))| match title {
            "" if untitled.contains(&at) => Some(untitled_name(at).text(lang)),
            "" => None,
            title => Some(title.to_owned()),
        });
        titles.collect()
    }

    /// The columns that have a title or are among `untitled` ones, with samples.
    pub fn shown(&self, lang: Lang, untitled: &[usize], samples: &[String]) -> Vec<MappedColumn> {
        let titles = self.titles().iter().enumerate();
        let shown = titles.filter(|(at, title)| !title.is_empty() || untitled.contains(at));
        let columns = shown.map(|(at, title)| MappedColumn {
            at,
            name: match title.as_str() {
                "" => untitled_name(at).text(lang),
                title => title.to_owned(),
            },
            sample: samples.get(at).cloned().unwrap_or_default(),
            fields: self.fields(at).collect::<Vec<_>>().join("+"),
        });
        columns.collect()
    }
}

/// The name of a column without a title.
fn untitled_name(at: usize) -> Message {
    Message::new("import-untitled-column").with("letters", column_letters(at))
}

/// The letters by which spreadsheets call a column, from 0: A, B, … Z, AA.
fn column_letters(at: usize) -> String {
    let (mut letters, mut left) = (Vec::new(), at + 1);
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let columns = [
            (0, "A"),
            (2, "C"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
        ];
        for (at, letters) in columns {
            assert_eq!(column_letters(at), letters);
        }
    }
}
