//! The fields of a status that an edit may change, and their names.

use serde_json::Value;

use crate::i18n::Message;
use crate::records::field::{Field, FieldValues};
use crate::records::form_value::parse_bool;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::entry_rule::EntryRules;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::movement::{EnterFrom, Movers};
use crate::statuses::domain::name::Name;
use crate::words::word_enum;

/// The fields of a status that may be edited, each value checked.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusFields {
    pub name: Name,
    pub color: Color,
    pub kind: Kind,
    pub definition: Definition,
    pub enter_when: Criteria,
    pub leave_when: Criteria,
    pub target_days: Option<Days>,
    pub limit_days: Option<Days>,
    pub entry_rules: EntryRules,
    pub enter_from: EnterFrom,
    pub movers: Movers,
    /// The reasons to choose from when a lead enters it.
    pub reasons: Criteria,
    /// True if a lead enters it with a reason only.
    pub requires_reason: bool,
    /// Who receives its leads; nothing for a status that hands nothing over.
    pub handoff: Option<Handoff>,
}

impl StatusFields {
    /// A status with this name and defaults for the other fields.
    pub fn with_name(name: Name) -> StatusFields {
        StatusFields {
            name,
            color: Color::default(),
            kind: Kind::default(),
            definition: Definition::default(),
            enter_when: Criteria::default(),
            leave_when: Criteria::default(),
            target_days: None,
            limit_days: None,
            entry_rules: EntryRules::default(),
            enter_from: EnterFrom::default(),
            movers: Movers::default(),
            reasons: Criteria::default(),
            requires_reason: false,
            handoff: None,
        }
    }

    /// True if a lead may enter it in any way. A move asks nothing more then.
    pub fn is_open_to_all(&self) -> bool {
        self.entry_rules.is_empty()
            && self.enter_from.is_everywhere()
            && self.movers.roles().is_empty()
            && self.reasons.is_empty()
            && !self.requires_reason
    }

    /// The ids of the statuses that it names.
    pub fn named_statuses(&self) -> Vec<i64> {
        let handoff = self.handoff.iter().flat_map(Handoff::statuses);
        self.enter_from
            .ids()
            .iter()
            .copied()
            .chain(handoff)
            .collect()
    }

    /// True if these are another version of the definition than `other`.
    pub fn redefines(&self, other: &StatusFields) -> bool {
        let changed = self.changed_fields(other);
        changed.into_iter().any(StatusField::changes_definition)
    }
}

word_enum! {
    /// An editable field of a status.
    pub enum StatusField {
        Name = "name", "status-field-name";
        Color = "color", "status-field-color";
        Kind = "kind", "status-field-kind";
        Definition = "definition", "status-field-definition";
        EnterWhen = "enter_when", "status-field-enter-when";
        LeaveWhen = "leave_when", "status-field-leave-when";
        TargetDays = "target_days", "status-field-target-days";
        LimitDays = "limit_days", "status-field-limit-days";
        EntryRules = "entry_rules", "status-field-entry-rules";
        EnterFrom = "enter_from", "status-field-enter-from";
        Movers = "movers", "status-field-movers";
        Reasons = "reasons", "status-field-reasons";
        ReasonRequired = "reason_required", "status-field-reason-required";
        Handoff = "handoff", "status-field-handoff";
    }
}

impl StatusField {
    /// True if a change of it makes a new version of the definition.
    pub fn changes_definition(self) -> bool {
        match self {
            StatusField::Name
            | StatusField::Color
            | StatusField::Kind
            | StatusField::TargetDays
            | StatusField::LimitDays => false,
            StatusField::Definition
            | StatusField::EnterWhen
            | StatusField::LeaveWhen
            | StatusField::EntryRules
            | StatusField::EnterFrom
            | StatusField::Movers
            | StatusField::Reasons
            | StatusField::ReasonRequired
            | StatusField::Handoff => true,
        }
    }
}

impl Field for StatusField {
    const ALL: &'static [StatusField] = &StatusField::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }

    fn label(self) -> &'static str {
        self.key()
    }

    fn is_list(self) -> bool {
        matches!(
            self,
            StatusField::EnterWhen
                | StatusField::LeaveWhen
                | StatusField::EnterFrom
                | StatusField::Movers
                | StatusField::Reasons
        )
    }

    fn is_nested(self) -> bool {
        matches!(self, StatusField::EntryRules | StatusField::Handoff)
    }
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StatusValue<'a> {
    Text(&'a str),
    Color(&'a Color),
    Kind(Kind),
    Lines(&'a [String]),
    Days(Option<Days>),
    Rules(&'a EntryRules),
    Statuses(&'a EnterFrom),
    Movers(&'a Movers),
    Flag(bool),
    Handoff(Option<&'a Handoff>),
}

impl FieldValues for StatusFields {
    type Field = StatusField;
    type Value<'a> = StatusValue<'a>;

    fn blank() -> StatusFields {
        StatusFields::with_name(Name::stored(String::new()))
    }

    fn value(&self, field: StatusField) -> StatusValue<'_> {
        match field {
            StatusField::Name => StatusValue::Text(self.name.as_str()),
            StatusField::Color => StatusValue::Color(&self.color),
            StatusField::Kind => StatusValue::Kind(self.kind),
            StatusField::Definition => StatusValue::Text(self.definition.as_str()),
            StatusField::EnterWhen => StatusValue::Lines(self.enter_when.lines()),
            StatusField::LeaveWhen => StatusValue::Lines(self.leave_when.lines()),
            StatusField::TargetDays => StatusValue::Days(self.target_days),
            StatusField::LimitDays => StatusValue::Days(self.limit_days),
            StatusField::EntryRules => StatusValue::Rules(&self.entry_rules),
            StatusField::EnterFrom => StatusValue::Statuses(&self.enter_from),
            StatusField::Movers => StatusValue::Movers(&self.movers),
            StatusField::Reasons => StatusValue::Lines(self.reasons.lines()),
            StatusField::ReasonRequired => StatusValue::Flag(self.requires_reason),
            StatusField::Handoff => StatusValue::Handoff(self.handoff.as_ref()),
        }
    }

    fn json(&self, field: StatusField) -> Value {
        match self.value(field) {
            StatusValue::Text(text) => text.into(),
            StatusValue::Color(color) => color.as_str().into(),
            StatusValue::Kind(kind) => kind.as_str().into(),
            StatusValue::Lines(lines) => lines.into(),
            StatusValue::Days(days) => days.map(Days::get).into(),
            StatusValue::Rules(rules) => rules.to_json(),
            StatusValue::Statuses(from) => from.ids().into(),
            StatusValue::Movers(movers) => {
                let roles = movers.roles().iter();
                roles.map(|role| role.as_str()).collect()
            }
            StatusValue::Flag(flag) => flag.into(),
            StatusValue::Handoff(handoff) => handoff.map(Handoff::to_json).into(),
        }
    }

    fn parse(&mut self, field: StatusField, text: &str) -> Result<(), Message> {
        match field {
            StatusField::Name => self.name = Name::parse(text)?,
            StatusField::Color => self.color = Color::parse(text)?,
            StatusField::Kind => self.kind = text.parse()?,
            StatusField::Definition => self.definition = Definition::parse(text)?,
            StatusField::EnterWhen => self.enter_when = Criteria::parse(text)?,
            StatusField::LeaveWhen => self.leave_when = Criteria::parse(text)?,
            StatusField::TargetDays => self.target_days = Days::parse_optional(text)?,
            StatusField::LimitDays => self.limit_days = Days::parse_optional(text)?,
            StatusField::EntryRules => self.entry_rules = EntryRules::parse(text)?,
            StatusField::EnterFrom => self.enter_from = EnterFrom::parse(text)?,
            StatusField::Movers => self.movers = Movers::parse(text)?,
            StatusField::Reasons => self.reasons = Criteria::parse(text)?,
            StatusField::ReasonRequired => {
                self.requires_reason = parse_bool(text)?.unwrap_or(false);
            }
            StatusField::Handoff => self.handoff = Handoff::parse(text)?,
        }
        Ok(())
    }

    fn copy_field(&mut self, field: StatusField, other: &StatusFields) {
        match field {
            StatusField::Name => self.name = other.name.clone(),
            StatusField::Color => self.color = other.color.clone(),
            StatusField::Kind => self.kind = other.kind,
            StatusField::Definition => self.definition = other.definition.clone(),
            StatusField::EnterWhen => self.enter_when = other.enter_when.clone(),
            StatusField::LeaveWhen => self.leave_when = other.leave_when.clone(),
            StatusField::TargetDays => self.target_days = other.target_days,
            StatusField::LimitDays => self.limit_days = other.limit_days,
            StatusField::EntryRules => self.entry_rules = other.entry_rules.clone(),
            StatusField::EnterFrom => self.enter_from = other.enter_from.clone(),
            StatusField::Movers => self.movers = other.movers.clone(),
            StatusField::Reasons => self.reasons = other.reasons.clone(),
            StatusField::ReasonRequired => self.requires_reason = other.requires_reason,
            StatusField::Handoff => self.handoff = other.handoff.clone(),
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Values that differ from those of a new status in every field. A field of another type than text needs a line.
    pub fn filled() -> StatusFields {
        let mut fields = StatusFields::blank();
        for field in StatusField::ALL {
            let text = match field {
                StatusField::Color => "#111111",
                StatusField::Kind => "won",
                StatusField::TargetDays | StatusField::LimitDays | StatusField::EnterFrom => "1",
                StatusField::EntryRules => r#"{"id":1,"type":"confirm","text":"c"}"#,
                StatusField::Movers => "admin",
                StatusField::ReasonRequired => "true",
                StatusField::Handoff => r#"{"to":"rep","within_hours":1}"#,
                _ => "text",
            };
            fields.parse(field, text).unwrap();
        }
        fields
    }

    #[test]
    fn changed_fields_lists_the_fields_that_differ() {
        let mine = StatusFields::with_name(Name::parse("New").unwrap());
        let mut theirs = mine.clone();
        theirs.kind = Kind::Lost;
        theirs.limit_days = Days::new(5);
        let changed = mine.changed_fields(&theirs);
        assert_eq!(changed, [StatusField::Kind, StatusField::LimitDays]);
    }

    #[test]
    fn every_editable_field_is_compared_and_copied() {
        let (mut mine, theirs) = (StatusFields::blank(), filled());
        assert_eq!(mine.changed_fields(&theirs), StatusField::ALL);
        for field in StatusField::ALL {
            mine.copy_field(field, &theirs);
        }
        assert_eq!(mine, theirs);
    }
}
