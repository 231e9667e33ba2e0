//! The plan of an import: the outcome of each row, the order of the pipeline and the roles afterwards.

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::snapshot::FieldChange;
use crate::statuses::domain::status::{NewLeadStatus, StatusFields};

/// What an import would do. It is applied as a whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPlan {
    /// One for each row of the file, in its order.
    pub rows: Vec<PlannedRow>,
    /// The pipeline afterwards: the statuses in use, first to last.
    pub order: Vec<StatusRef>,
    /// True if existing statuses change their order.
    pub is_reordered: bool,
    /// The status of new leads afterwards.
    pub default: Option<StatusRef>,
    /// The status of won leads afterwards.
    pub converted: Option<StatusRef>,
    /// The errors of the file as a whole.
    pub problems: Vec<Message>,
}

/// A status that exists or that the import creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusRef {
    /// An existing status by id.
    Existing(i64),
    /// A new status by the index of its row in the plan.
    New(usize),
}

/// A row of the file with its outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedRow {
    /// Where the row begins in the file.
    pub line: usize,
    /// The name in the row, as it was typed.
    pub name: String,
    pub outcome: RowOutcome,
}

/// The outcome of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowOutcome {
    /// Creates a status.
    Create(NewLeadStatus),
    /// Gives a status these fields; `changes` names those that differ, roles included.
    Change {
        id: i64,
        fields: StatusFields,
        changes: Vec<FieldChange>,
    },
    /// The status already has the values of the row.
    Unchanged { id: i64 },
    /// The row is invalid.
    Invalid { errors: FieldErrors },
}

/// The numbers of rows by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowCounts {
    pub created: usize,
    pub changed: usize,
    pub same: usize,
    pub refused: usize,
}

impl ImportPlan {
    /// True if neither the file nor a row is refused.
    pub fn is_acceptable(&self) -> bool {
        self.problems.is_empty() && self.counts().refused == 0
    }

    /// True if the import would change nothing.
    pub fn changes_nothing(&self) -> bool {
        !self.is_reordered && self.problems.is_empty() && self.counts().same == self.rows.len()
    }

    /// The numbers of rows by outcome.
    pub fn counts(&self) -> RowCounts {
        let mut counts = RowCounts::default();
        for row in &self.rows {
            match row.outcome {
                RowOutcome::Create(_) => counts.created += 1,
                RowOutcome::Change { .. } => counts.changed += 1,
                RowOutcome::Unchanged { .. } => counts.same += 1,
                RowOutcome::Invalid { .. } => counts.refused += 1,
            }
        }
        counts
    }

    /// The holder of a role afterwards.
    pub fn holder(&self, role: Role) -> Option<StatusRef> {
        match role {
            Role::Default => self.default,
            Role::Converted => self.converted,
        }
    }
}
