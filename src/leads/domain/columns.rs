//! The optional columns of the list of leads, and which of them a URL asks for.

use crate::records::fields::Fields;

/// A column of the list that a user can hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListColumn {
    Owner,
    Value,
    Age,
    Source,
    Created,
    Updated,
}

impl ListColumn {
    /// All columns, from left to right.
    pub const ALL: [ListColumn; 6] = [
        ListColumn::Owner,
        ListColumn::Value,
        ListColumn::Age,
        ListColumn::Source,
        ListColumn::Created,
        ListColumn::Updated,
    ];

    /// Its value in the URL.
    pub fn as_str(self) -> &'static str {
        match self {
            ListColumn::Owner => "owner",
            ListColumn::Value => "value",
            ListColumn::Age => "age",
            ListColumn::Source => "source",
            ListColumn::Created => "created",
            ListColumn::Updated => "updated",
        }
    }

    /// The catalogue key of its heading.
    pub fn key(self) -> &'static str {
        match self {
            ListColumn::Owner => "lead-list-owner",
            ListColumn::Value => "lead-list-value",
            ListColumn::Age => "lead-list-age",
            ListColumn::Source => "lead-list-source",
            ListColumn::Created => "lead-list-created",
            ListColumn::Updated => "web-updated",
        }
    }
}

/// The columns that a list shows: all of them unless the URL names some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisibleColumns(Vec<ListColumn>);

impl Default for VisibleColumns {
    fn default() -> Self {
        VisibleColumns(ListColumn::ALL.to_vec())
    }
}

impl VisibleColumns {
    /// Reads the columns that `cols` names; no known name means all.
    pub fn read(fields: &Fields) -> VisibleColumns {
        let names = fields.all("cols");
        let mut shown = ListColumn::ALL.to_vec();
        shown.retain(|column| names.contains(&column.as_str()));
        match shown.is_empty() {
            true => VisibleColumns::default(),
            false => VisibleColumns(shown),
        }
    }

    /// True if the list shows `column`.
    pub fn has(&self, column: ListColumn) -> bool {
        self.0.contains(&column)
    }

    /// Their query parameters; none if all columns are shown.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        if *self == VisibleColumns::default() {
            return Vec::new();
        }
        let shown = self.0.iter();
        shown
            .map(|column| ("cols", column.as_str().to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_columns_are_shown_unless_some_are_named() {
        let read = |query: &str| {
            VisibleColumns::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
        };
        assert_eq!(read("cols=odd"), VisibleColumns::default());
        let some = read("cols=updated&cols=owner");
        assert!(
            some.has(ListColumn::Owner)
                && some.has(ListColumn::Updated)
                && !some.has(ListColumn::Age)
        );
        assert_eq!(some.pairs().len(), 2);
        assert!(read("").pairs().is_empty());
    }
}
