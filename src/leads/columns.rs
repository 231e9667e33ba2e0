use crate::web::fields::Fields;

/// A column of the list that one may do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Owner,
    Value,
    Age,
    Source,
    Created,
    Updated,
}

impl Column {
    /// The columns there are, from left to right.
    pub const ALL: [Column; 6] = [
        Column::Owner,
        Column::Value,
        Column::Age,
        Column::Source,
        Column::Created,
        Column::Updated,
    ];

    /// The word in the URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Column::Owner => "owner",
            Column::Value => "value",
            Column::Age => "age",
            Column::Source => "source",
            Column::Created => "created",
            Column::Updated => "updated",
        }
    }

    /// The catalogue key of its heading.
    pub fn key(self) -> &'static str {
        match self {
            Column::Owner => "lead-list-owner",
            Column::Value => "lead-list-value",
            Column::Age => "lead-list-age",
            Column::Source => "lead-list-source",
            Column::Created => "lead-list-created",
            Column::Updated => "web-updated",
        }
    }
}

/// The columns that a list shows: all, unless the URL names some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        Columns(Column::ALL.to_vec())
    }
}

impl Columns {
    /// The columns that `cols` names; none of them known means all.
    pub fn read(fields: &Fields) -> Columns {
        let named = fields.all("cols");
        let mut shown = Column::ALL.to_vec();
        shown.retain(|column| named.contains(&column.as_str()));
        match shown.is_empty() {
            true => Columns::default(),
            false => Columns(shown),
        }
    }

    /// True if the list shows `column`.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// What the URL says of them: nothing if all are shown.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        if *self == Columns::default() {
            return Vec::new();
        }
        let named = self.0.iter();
        named
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
            Columns::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
        };
        assert_eq!(read("cols=odd"), Columns::default());
        let some = read("cols=updated&cols=owner");
        assert!(some.has(Column::Owner) && some.has(Column::Updated) && !some.has(Column::Age));
        assert_eq!(some.pairs().len(), 2);
        assert!(read("").pairs().is_empty());
    }
}
