//! The optional columns of the lists of leads.

use crate::records::columns::column_table;

column_table! {
    /// A column of the list that a user can hide.
    ListColumn {
        Owner = "owner", "lead-list-owner";
        Value = "value", "lead-list-value";
        Age = "age", "lead-list-age";
        Source = "source", "lead-list-source";
        Created = "created", "lead-list-created";
        Updated = "updated", "web-updated";
    }
}

column_table! {
    /// A column of a worklist that a user can hide.
    WorklistColumn {
        Owner = "owner", "lead-list-owner";
        Value = "value", "lead-list-value";
        Age = "age", "stuck-column-age";
        Limit = "limit", "stuck-column-limit";
        Note = "note", "stuck-column-note";
    }
}
