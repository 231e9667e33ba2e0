//! A status as it is read.

use std::ops::Deref;

use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::records::field::Field;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::name::Slug;
use crate::statuses::domain::state::Cutoffs;

pub use crate::statuses::domain::deleted_status::{DeletedStatus, UndeletedStatus};
pub use crate::statuses::domain::new_status::NewLeadStatus;
pub use crate::statuses::domain::status_fields::{StatusField, StatusFields, StatusValue};

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
    /// Goes up with every change of a field for which [`StatusField::changes_definition`] is true.
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
        Message::new("status-replace-progress")
            .with("moved", self.moved)
            .with("total", self.total.max(self.moved))
            .with("name", self.to_name.as_str())
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
pub mod tests {
    use super::*;
    use crate::statuses::domain::name::Name;

    /// A status for tests, as the store would read it.
    pub fn status(id: i64, name: &str) -> LeadStatus {
        let name = Name::parse(name).unwrap();
        LeadStatus {
            id,
            slug: Slug::of(&name),
            fields: StatusFields::with_name(name),
            position: i32::try_from(id).ok(),
            is_default: false,
            is_converted: false,
            archived_at: None,
            being_replaced: None,
            version: 1,
            definition_version: 1,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            created_by: "Ana".to_owned(),
            updated_by: "Ana".to_owned(),
        }
    }

    #[test]
    fn a_new_status_never_takes_a_slug_that_exists() {
        let new = NewLeadStatus::new(status(1, "Won").fields(), |slug| slug == "won");
        assert_eq!(new.slug.as_str(), "won-2");
    }
}
