//! The sort keys of the list of leads.

use crate::records::list::{Sort, SortKey};
use crate::words::word_enum;

word_enum! {
    /// The sort key of a list.
    pub enum LeadSort {
        CreatedAt = "created_at",
        Name = "name",
        Value = "value",
        /// The time in their status.
        Age = "age",
        UpdatedAt = "updated_at",
    }
}

impl SortKey for LeadSort {
    const ALL: &'static [LeadSort] = &LeadSort::ALL;

    const DEFAULT: Sort<LeadSort> = Sort {
        key: LeadSort::CreatedAt,
        is_reversed: true,
    };

    fn as_str(self) -> &'static str {
        self.as_str()
    }
}
