//! Statuses that are not there: not yet, or not any more.

use crate::statuses::domain::color::Color;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::name::Slug;
use crate::statuses::domain::status::StatusFields;

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

/// A deleted status that is to exist again, with the id and the slug it had.
pub struct RestoredStatus {
    pub id: i64,
    pub slug: Slug,
    pub fields: StatusFields,
    pub version: i32,
    pub is_archived: bool,
}

/// What history shows of a deleted status.
#[derive(Debug, Clone, PartialEq)]
pub struct DeletedStatus {
    pub id: i64,
    pub name: String,
    pub color: Color,
    pub kind: Kind,
}
