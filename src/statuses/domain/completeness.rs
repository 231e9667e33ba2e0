//! How completely a status is defined.

use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::status::StatusFields;
use crate::words::word_enum;

word_enum! {
    /// A part of a complete status.
    pub enum Part {
        Definition = "definition", "status-part-definition";
        EnterWhen = "enter_when", "status-part-enter";
        LeaveWhen = "leave_when", "status-part-leave";
        Times = "times", "status-part-times";
        Rule = "rule", "status-part-rule";
    }
}

/// The parts that a status has and those that it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// How many parts a status of its kind has.
    pub total: usize,
    pub missing: Vec<Part>,
}

impl Completeness {
    /// How complete a status is. Target and limit belong to open statuses alone.
    pub fn of(status: &StatusFields) -> Completeness {
        let applies = |part: &Part| *part != Part::Times || status.kind == Kind::Open;
        let parts: Vec<Part> = Part::ALL.into_iter().filter(applies).collect();
        let is_present = |part: &Part| match part {
            Part::Definition => !status.definition.is_empty(),
            Part::EnterWhen => !status.enter_when.is_empty(),
            Part::LeaveWhen => !status.leave_when.is_empty(),
            Part::Times => status.target_days.is_some() && status.limit_days.is_some(),
            Part::Rule => !status.is_open_to_all(),
        };
        Completeness {
            total: parts.len(),
            missing: parts.into_iter().filter(|part| !is_present(part)).collect(),
        }
    }

    /// How many parts it has.
    pub fn present(&self) -> usize {
        self.total - self.missing.len()
    }

    /// True if nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::field::FieldValues;
    use crate::statuses::domain::status::StatusField;
    use crate::statuses::domain::status::tests::status;

    #[test]
    fn a_status_lacks_what_is_not_filled_in() {
        let mut fields = status(1, "New").fields();
        let bare = Completeness::of(&fields);
        assert_eq!((bare.present(), bare.total), (0, 5));
        for (field, text) in [
            (StatusField::Definition, "Meant."),
            (StatusField::EnterWhen, "Called"),
            (StatusField::LeaveWhen, "Left"),
            (StatusField::TargetDays, "3"),
            (StatusField::ReasonRequired, "1"),
        ] {
            fields.parse(field, text).unwrap();
        }
        assert_eq!(Completeness::of(&fields).missing, [Part::Times]);
        fields.kind = Kind::Won;
        let won = Completeness::of(&fields);
        assert!(won.is_complete() && won.total == 4);
    }
}
