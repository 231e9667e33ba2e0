use super::super::{FieldChange, LeadStatus, NewLeadStatus, Role, StatusFields};
use super::Row;
use super::decide::Decision;
use crate::error::FieldErrors;
use crate::i18n::Message;

/// What an import would do, line by line. It is done wholly or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPlan {
    /// One for each row of the file, in its order.
    pub rows: Vec<PlannedRow>,
    /// The pipeline afterwards: the statuses in use, first to last.
    pub order: Vec<Place>,
    /// True if statuses that exist change places.
    pub moves: bool,
    /// Who holds the default role afterwards.
    pub default: Option<Place>,
    /// Who receives won leads afterwards.
    pub converted: Option<Place>,
    /// What is wrong with the file as a whole, beyond its rows.
    pub problems: Vec<Message>,
}

/// A status of the pipeline to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One that exists, by its id.
    Existing(i64),
    /// One that the import makes, by its index in [`ImportPlan::rows`].
    New(usize),
}

/// What becomes of one row of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedRow {
    /// Where the row begins in the file.
    pub line: usize,
    /// The name in the row, as it was typed.
    pub name: String,
    pub outcome: Outcome,
}

/// What becomes of one row of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A status is made.
    Create(NewLeadStatus),
    /// A status gets these fields; `changes` names the ones that differ, roles included.
    Change {
        id: i64,
        fields: StatusFields,
        changes: Vec<FieldChange>,
    },
    /// The status is as the row says already.
    Same { id: i64 },
    /// The row can't be accepted.
    Refused { errors: FieldErrors },
}

/// How many rows have which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: usize,
    pub changed: usize,
    pub same: usize,
    pub refused: usize,
}

impl ImportPlan {
    /// True if nothing is refused, so that it may be done.
    pub fn is_acceptable(&self) -> bool {
        self.problems.is_empty() && self.counts().refused == 0
    }

    /// True if everything is as the file says already.
    pub fn changes_nothing(&self) -> bool {
        !self.moves && self.problems.is_empty() && self.counts().same == self.rows.len()
    }

    /// How many rows have which outcome.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match row.outcome {
                Outcome::Create(_) => counts.created += 1,
                Outcome::Change { .. } => counts.changed += 1,
                Outcome::Same { .. } => counts.same += 1,
                Outcome::Refused { .. } => counts.refused += 1,
            }
        }
        counts
    }

    /// Who holds a role afterwards.
    pub fn holder(&self, role: Role) -> Option<Place> {
        match role {
            Role::Default => self.default,
            Role::Converted => self.converted,
        }
    }
}

/// Decides what importing these rows would do to the statuses that exist, archived ones included.
///
/// A row is about the status with its slug, else about the one in use with its name, else about a new one.
/// The order of the rows is the order of the pipeline, and statuses that the file doesn't name keep their
/// order after them; a file that adds nothing and keeps to the present order moves nothing.
pub fn plan(existing: &[LeadStatus], rows: &[Row]) -> ImportPlan {
    let mut decision = Decision::read(existing, rows);
    decision.refuse_doubles();
    let default = decision.give_role(Role::Default);
    let converted = decision.give_role(Role::Converted);
    decision.refuse_taken_names();
    let (order, moves) = decision.order();
    let problems = std::mem::take(&mut decision.problems);
    ImportPlan {
        rows: decision.outcomes(default, converted),
        order,
        moves,
        default,
        converted,
        problems,
    }
}
