//! The sort keys of the list of leads.

use crate::records::list::{Sort, SortKey};

/// The sort key of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadSort {
    CreatedAt,
    Name,
    Value,
    /// The time in their status.
    Age,
    UpdatedAt,
}

impl SortKey for LeadSort {
    const ALL: &'static [LeadSort] = &[
        LeadSort::CreatedAt,
        LeadSort::Name,
        LeadSort::Value,
        LeadSort::Age,
        LeadSort::UpdatedAt,
    ];

    const DEFAULT: Sort<LeadSort> = Sort {
        key: LeadSort::CreatedAt,
        is_reversed: true,
    };

    fn as_str(self) -> &'static str {
        match self {
            LeadSort::CreatedAt => "created_at",
            LeadSort::Name => "name",
            LeadSort::Value => "value",
            LeadSort::Age => "age",
            LeadSort::UpdatedAt => "updated_at",
        }
    }
}
