//! A status that is to be created.

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
