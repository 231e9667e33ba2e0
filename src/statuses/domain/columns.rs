//! The optional columns of the list of statuses.

use crate::records::fields::Fields;

/// An optional column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Kind,
    Definition,
    Days,
    Leads,
    AtRisk,
    Stuck,
    Median,
    Ages,
    Updated,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Column; 9] = [
        Column::Kind,
        Column::Definition,
        Column::Days,
        Column::Leads,
        Column::AtRisk,
        Column::Stuck,
        Column::Median,
        Column::Ages,
        Column::Updated,
    ];

    /// The columns of a list whose URL names none.
    const DEFAULT: [Column; 7] = [
        Column::Kind,
        Column::Leads,
        Column::AtRisk,
        Column::Stuck,
        Column::Median,
        Column::Ages,
        Column::Updated,
    ];

    /// The word in the URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Column::Kind => "kind",
            Column::Definition => "definition",
            Column::Days => "days",
            Column::Leads => "leads",
            Column::AtRisk => "at_risk",
            Column::Stuck => "stuck",
            Column::Median => "median",
            Column::Ages => "ages",
            Column::Updated => "updated",
        }
    }

    /// The catalogue key of its heading.
    pub fn key(self) -> &'static str {
        match self {
            Column::Kind => "status-kind",
            Column::Definition => "status-definition",
            Column::Days => "status-column-days",
            Column::Leads => "status-column-leads",
            Column::AtRisk => "state-at-risk",
            Column::Stuck => "state-stuck",
            Column::Median => "status-column-median",
            Column::Ages => "status-column-ages",
            Column::Updated => "web-updated",
        }
    }
}

/// The columns that a list shows: the default ones unless the URL names some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        Columns(Column::DEFAULT.to_vec())
    }
}

impl Columns {
    /// The columns that `cols` names; the default ones if it names no known column.
    pub fn read(fields: &Fields) -> Columns {
        let named = fields.all("cols");
        let mut shown = Column::ALL.to_vec();
        shown.retain(|column| named.contains(&column.as_str()));
        if shown.is_empty() {
            Columns::default()
        } else {
            Columns(shown)
        }
    }

    /// True if the list shows `column`.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// The query parameters for these columns; none for the default ones.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        if *self == Columns::default() {
            return Vec::new();
        }
        self.0
            .iter()
            .map(|column| ("cols", column.as_str().to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_columns_are_shown_unless_some_are_named() {
        let read = |query: &str| {
            Columns::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
        };
        assert_eq!(read(""), Columns::default());
        assert_eq!(read("cols=odd"), Columns::default());
        let some = read("cols=updated&cols=kind");
        assert!(some.has(Column::Kind) && some.has(Column::Updated) && !some.has(Column::Days));
        assert_eq!(some.pairs().len(), 2);
        assert!(Columns::default().pairs().is_empty());
    }
}
