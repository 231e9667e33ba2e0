//! Columns as pages show them, those without a title too.

use crate::i18n::{Lang, Message};
use crate::records::mapping::Mapping;

/// A column as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedColumn {
    /// The index in the file, from 0.
    pub index: usize,
    /// The title, or the letters by which spreadsheets call the column.
    pub name: String,
    /// The first cells.
    pub sample: String,
    /// The names of the fields, joined by a plus sign.
    pub fields: String,
}

impl Mapping {
    /// The titles of the columns that are not mapped; a column in `untitled` is called by its letters.
    pub fn unmapped_titles(&self, lang: Lang, untitled: &[usize]) -> Vec<String> {
        let columns = self.fields_by_title().enumerate();
        let unmapped = columns.filter(|(_, (_, field))| field.is_none());
        let titles = unmapped.filter_map(|(index, (title, _))| match title {
            "" if untitled.contains(&index) => Some(untitled_name(index).text(lang)),
            "" => None,
            title => Some(title.to_owned()),
        });
        titles.collect()
    }

    /// The columns that have a title or are in `untitled`, with samples.
    pub fn visible_columns(
        &self,
        lang: Lang,
        untitled: &[usize],
        samples: &[String],
    ) -> Vec<MappedColumn> {
        let titles = self.titles().iter().enumerate();
        let visible = titles.filter(|(index, title)| !title.is_empty() || untitled.contains(index));
        let columns = visible.map(|(index, title)| MappedColumn {
            index,
            name: match title.as_str() {
                "" => untitled_name(index).text(lang),
                title => title.to_owned(),
            },
            sample: samples.get(index).cloned().unwrap_or_default(),
            fields: self.fields(index).collect::<Vec<_>>().join("+"),
        });
        columns.collect()
    }
}

/// The name of a column without a title.
fn untitled_name(index: usize) -> Message {
    Message::new("import-untitled-column").with("letters", column_letters(index))
}

/// The letters by which spreadsheets call a column, from 0: A, B, … Z, AA.
fn column_letters(index: usize) -> String {
    let (mut letters, mut number) = (Vec::new(), index + 1);
    while number > 0 {
        letters.push(char::from(b'A' + ((number - 1) % 26) as u8));
        number = (number - 1) / 26;
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
        for (index, letters) in columns {
            assert_eq!(column_letters(index), letters);
        }
    }
}
