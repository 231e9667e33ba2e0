//! The optional columns of a list, and those that a URL names.

use crate::records::fields::Fields;

/// A column of a list that a user can hide.
pub trait Column: Copy + PartialEq + 'static {
    /// All columns, from left to right.
    const ALL: &'static [Self];

    /// Its value in the URL.
    fn as_str(self) -> &'static str;

    /// The catalogue key of its heading.
    fn key(self) -> &'static str;

    /// True if a list shows it whose URL names no columns.
    fn is_default(self) -> bool {
        true
    }
}

/// Makes the table of a list's columns: for each a variant, its value in the URL and the key of its heading.
macro_rules! column_table {
    ($(#[$about:meta])* $table:ident { $($column:ident = $name:literal, $key:literal;)+ }
     $(hidden { $($hidden:ident),+ })?) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $table { $($column),+ }

        impl $crate::records::columns::Column for $table {
            const ALL: &'static [$table] = &[$($table::$column),+];

            fn as_str(self) -> &'static str {
                match self { $($table::$column => $name),+ }
            }

            fn key(self) -> &'static str {
                match self { $($table::$column => $key),+ }
            }

            $(fn is_default(self) -> bool {
                !matches!(self, $($table::$hidden)|+)
            })?
        }
    };
}
pub(crate) use column_table;

/// The columns that a list shows: the default ones unless the URL names some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisibleColumns<C>(Vec<C>);

impl<C: Column> Default for VisibleColumns<C> {
    fn default() -> Self {
        let columns = C::ALL.iter().copied();
        VisibleColumns(columns.filter(|column| column.is_default()).collect())
    }
}

impl<C: Column> VisibleColumns<C> {
    /// Reads the columns that `cols` names; no known name means the default ones.
    pub fn read(fields: &Fields) -> VisibleColumns<C> {
        let names = fields.all("cols");
        let mut columns = C::ALL.to_vec();
        columns.retain(|column| names.contains(&column.as_str()));
        match columns.is_empty() {
            true => VisibleColumns::default(),
            false => VisibleColumns(columns),
        }
    }

    /// True if the list shows `column`.
    pub fn has(&self, column: C) -> bool {
        self.0.contains(&column)
    }

    /// The value, the catalogue key of each column, and whether the list shows it.
    pub fn choices(&self) -> Vec<(&'static str, &'static str, bool)> {
        let choice = |column: &C| (column.as_str(), column.key(), self.has(*column));
        C::ALL.iter().map(choice).collect()
    }

    /// Their query parameters; none for the default ones.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        if *self == VisibleColumns::default() {
            return Vec::new();
        }
        let columns = self.0.iter();
        columns
            .map(|column| ("cols", column.as_str().to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    column_table! {
        /// Columns of the tests.
        BoxColumn {
            Name = "name", "web-name";
            Size = "size", "web-size";
            Note = "note", "web-note";
        }
        hidden { Note }
    }

    #[test]
    fn the_default_columns_are_shown_unless_some_are_named() {
        let read = |query: &str| {
            VisibleColumns::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
        };
        let default = VisibleColumns(vec![BoxColumn::Name, BoxColumn::Size]);
        assert_eq!(read(""), default);
        assert_eq!(read("cols=odd"), default);
        let some = read("cols=note&cols=name");
        assert!(
            some.has(BoxColumn::Name) && some.has(BoxColumn::Note) && !some.has(BoxColumn::Size)
        );
        assert_eq!(some.pairs().len(), 2);
        assert!(default.pairs().is_empty());
    }
}
