//! A status as it is read, the fields that an edit may change, and the names of those fields.

use std::ops::Deref;

use serde_json::Value;

use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::records::field::{Field, FieldValues};
use crate::records::form_value::parse_bool;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::entry_rule::EntryRules;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::movement::{EnterFrom, Movers};
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::state::Cutoffs;
use crate::words::word_enum;

pub use crate::statuses::domain::absent_status::{DeletedStatus, NewLeadStatus, RestoredStatus};

/// A lead status as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadStatus {
    pub id: i64,
    pub fields: StatusFields,
    pub slug: Slug,
    /// The position in the pipeline, from 1; nothing while archived.
    pub position: Option<i32>,
    pub is_default: bool,
    pub is_converted: bool,
    pub archived_at: Option<Timestamp>,
    /// Set while its leads move to the status that replaces it. Until they have moved it takes no leads and can't be
    /// changed.
    pub being_replaced: Option<ReplacementProgress>,
    /// Goes up with every change; an edit names the version it was made from.
    pub version: i32,
    /// Goes up with every change of what [`StatusField::is_of_definition`] names.
    pub definition_version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub created_by: String,
    pub updated_by: String,
}

impl LeadStatus {
    /// A status that does not exist yet, with a number in place of its id.
    pub fn planned(id: i64, fields: StatusFields) -> LeadStatus {
        LeadStatus {
            id,
            slug: Slug::of(&fields.name),
            fields,
            position: None,
            is_default: false,
            is_converted: false,
            archived_at: None,
            being_replaced: None,
            version: 0,
            definition_version: 0,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            created_by: String::new(),
            updated_by: String::new(),
        }
    }

    /// The instants that decide which of its leads are at risk or stuck at `now`.
    pub fn cutoffs(&self, now: Timestamp) -> Cutoffs {
        Cutoffs::new(self.kind, self.target_days, self.limit_days, now)
    }

    /// The fields that an edit may change.
    pub fn fields(&self) -> StatusFields {
        self.fields.clone()
    }

    /// True if it is out of use.
    pub fn is_archived(&self) -> bool {
        self.archived_at.is_some()
    }

    /// True if it holds this role.
    pub fn holds(&self, role: Role) -> bool {
        match role {
            Role::Default => self.is_default,
            Role::Converted => self.is_converted,
        }
    }

    /// The roles it holds.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(|role| self.holds(*role))
    }

    /// The swatch of its colour; nothing for a custom colour.
    pub fn hue(&self) -> Option<crate::statuses::domain::color::Hue> {
        self.color.hue()
    }
}

/// A status is read like its fields: `status.name`.
impl Deref for LeadStatus {
    type Target = StatusFields;

    fn deref(&self) -> &StatusFields {
        &self.fields
    }
}

/// The progress of a replacement whose leads move in batches.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplacementProgress {
    /// The status that receives the leads.
    pub to: i64,
    pub to_name: String,
    pub moved: i64,
    pub total: i64,
}

impl ReplacementProgress {
    /// The progress as a sentence.
    pub fn message(&self) -> Message {
        Message::new("status-leaving")
            .with("moved", self.moved)
            .with("total", self.total.max(self.moved))
            .with("name", self.to_name.as_str())
    }
}

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
    pub reason_required: bool,
    /// Who receives its leads; nothing for a status that hands nothing over.
    pub handoff: Option<Handoff>,
}

impl StatusFields {
    /// A status with this name and defaults for the other fields.
    pub fn named(name: Name) -> StatusFields {
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
            reason_required: false,
            handoff: None,
        }
    }

    /// True if a lead may enter it in any way. A move asks nothing more then.
    pub fn is_open_to_all(&self) -> bool {
        self.entry_rules.is_empty()
            && self.enter_from.is_everywhere()
            && self.movers.roles().is_empty()
            && self.reasons.is_empty()
            && !self.reason_required
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
        changed.into_iter().any(StatusField::is_of_definition)
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
    pub fn is_of_definition(self) -> bool {
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
        StatusFields::named(Name::stored(String::new()))
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
            StatusField::ReasonRequired => StatusValue::Flag(self.reason_required),
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
                self.reason_required = parse_bool(text)?.unwrap_or(false);
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
            StatusField::ReasonRequired => self.reason_required = other.reason_required,
            StatusField::Handoff => self.handoff = other.handoff.clone(),
        }
    }
}

/// The catalogue key of the label of a field or of another value in the history of a status.
pub fn label_key(field: &str) -> &'static str {
    match field {
        "slug" => "status-field-slug",
        "position" => "status-field-position",
        "isdefault" => "status-field-isdefault",
        "isconverted" => "status-field-isconverted",
        "archived" => "status-field-archived",
        name => StatusField::from_name(name).map_or("status-field-version", Field::label),
    }
}

#[cfg(test)]
impl std::ops::DerefMut for LeadStatus {
    fn deref_mut(&mut self) -> &mut StatusFields {
        &mut self.fields
    }
}

#[cfg(test)]
#[path = "status_tests.rs"]
pub mod tests;
