//! A status as it is read, the fields that an edit may change, and the names of those fields.

use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::name::{Name, Slug};

/// A lead status as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadStatus {
    pub id: i64,
    pub name: Name,
    pub slug: Slug,
    pub color: Color,
    pub kind: Kind,
    /// The position in the pipeline, from 1; nothing while archived.
    pub position: Option<i32>,
    pub is_default: bool,
    pub is_converted: bool,
    pub definition: Definition,
    pub enter_when: Criteria,
    pub leave_when: Criteria,
    pub target_days: Option<Days>,
    pub limit_days: Option<Days>,
    pub archived_at: Option<Timestamp>,
    /// Set while its leads move to the status that replaces it. Until they have moved it takes no leads and can't be
    /// changed.
    pub being_replaced: Option<ReplacementProgress>,
    /// Goes up with every change; an edit names the version it was made from.
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub created_by: String,
    pub updated_by: String,
}

impl LeadStatus {
    /// The fields that an edit may change.
    pub fn fields(&self) -> StatusFields {
        StatusFields {
            name: self.name.clone(),
            color: self.color.clone(),
            kind: self.kind,
            definition: self.definition.clone(),
            enter_when: self.enter_when.clone(),
            leave_when: self.leave_when.clone(),
            target_days: self.target_days,
            limit_days: self.limit_days,
        }
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

/// What history shows of a deleted status.
#[derive(Debug, Clone, PartialEq)]
pub struct DeletedStatus {
    pub id: i64,
    pub name: String,
    pub color: Color,
    pub kind: Kind,
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
        }
    }

    /// The names of the fields in which these differ from `other`, in the order of the form.
    pub fn changed(&self, other: &StatusFields) -> Vec<&'static str> {
        FIELDS
            .into_iter()
            .filter(|field| !self.field_equals(field, other))
            .collect()
    }

    /// True if the field of this name has one value in both.
    pub(crate) fn field_equals(&self, field: &str, other: &StatusFields) -> bool {
        match field {
            "name" => self.name == other.name,
            "color" => self.color == other.color,
            "kind" => self.kind == other.kind,
            "definition" => self.definition == other.definition,
            "enter_when" => self.enter_when == other.enter_when,
            "leave_when" => self.leave_when == other.leave_when,
            "target_days" => self.target_days == other.target_days,
            _ => self.limit_days == other.limit_days,
        }
    }

    /// Copies the field of this name from `other`.
    pub(crate) fn copy_field(&mut self, field: &str, other: &StatusFields) {
        match field {
            "name" => self.name = other.name.clone(),
            "color" => self.color = other.color.clone(),
            "kind" => self.kind = other.kind,
            "definition" => self.definition = other.definition.clone(),
            "enter_when" => self.enter_when = other.enter_when.clone(),
            "leave_when" => self.leave_when = other.leave_when.clone(),
            "target_days" => self.target_days = other.target_days,
            _ => self.limit_days = other.limit_days,
        }
    }
}

/// The editable fields in the order of the form, under the names they have in HTML, in the API and in files.
pub const FIELDS: [&str; 8] = [
    "name",
    "color",
    "kind",
    "definition",
    "enter_when",
    "leave_when",
    "target_days",
    "limit_days",
];

/// The catalogue key of a field's label.
pub fn label_key(field: &str) -> &'static str {
    match field {
        "name" => "status-field-name",
        "slug" => "status-field-slug",
        "color" => "status-field-color",
        "kind" => "status-field-kind",
        "position" => "status-field-position",
        "isdefault" => "status-field-isdefault",
        "isconverted" => "status-field-isconverted",
        "definition" => "status-field-definition",
        "enter_when" => "status-field-enter-when",
        "leave_when" => "status-field-leave-when",
        "target_days" => "status-field-target-days",
        "limit_days" => "status-field-limit-days",
        "archived" => "status-field-archived",
        _ => "status-field-version",
    }
}

/// A status that does not exist yet.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLeadStatus {
    pub fields: StatusFields,
    pub slug: Slug,
}

impl NewLeadStatus {
    /// A status with a slug made from its name; `is_taken` says which slugs exist.
    pub fn new(fields: StatusFields, is_taken: impl Fn(&str) -> bool) -> NewLeadStatus {
        let slug = Slug::of(&fields.name).unique(is_taken);
        NewLeadStatus { fields, slug }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A status for tests, as the store would read it.
    pub(crate) fn status(id: i64, name: &str) -> LeadStatus {
        let name = Name::parse(name).unwrap();
        LeadStatus {
            id,
            slug: Slug::of(&name),
            name,
            color: Color::default(),
            kind: Kind::Open,
            position: i32::try_from(id).ok(),
            is_default: false,
            is_converted: false,
            definition: Definition::default(),
            enter_when: Criteria::default(),
            leave_when: Criteria::default(),
            target_days: None,
            limit_days: None,
            archived_at: None,
            being_replaced: None,
            version: 1,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            created_by: "Ana".to_owned(),
            updated_by: "Ana".to_owned(),
        }
    }

    #[test]
    fn changed_names_the_fields_that_differ_and_copying_them_makes_both_equal() {
        let mine = status(1, "New").fields();
        let mut theirs = mine.clone();
        theirs.kind = Kind::Lost;
        theirs.limit_days = Days::new(5);
        assert_eq!(mine.changed(&theirs), ["kind", "limit_days"]);
        let mut merged = mine;
        for field in FIELDS {
            merged.copy_field(field, &theirs);
        }
        assert_eq!(merged, theirs);
    }

    #[test]
    fn every_editable_field_is_compared_and_taken() {
        let mine = StatusFields::named(Name::parse("Mine").unwrap());
        let theirs = StatusFields {
            name: Name::parse("Theirs").unwrap(),
            color: Color::parse("#111").unwrap(),
            kind: Kind::Won,
            definition: Definition::parse("d").unwrap(),
            enter_when: Criteria::parse("e").unwrap(),
            leave_when: Criteria::parse("l").unwrap(),
            target_days: Days::new(1),
            limit_days: Days::new(2),
        };
        assert_eq!(mine.changed(&theirs), FIELDS);
    }

    #[test]
    fn a_new_status_never_takes_a_slug_that_exists() {
        let new = NewLeadStatus::new(status(1, "Won").fields(), |slug| slug == "won");
        assert_eq!(new.slug.as_str(), "won-2");
    }
}
