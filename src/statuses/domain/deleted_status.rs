//! Deleted statuses: what history shows of them, and one that is to exist again.

use crate::statuses::domain::color::Color;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::name::Slug;
use crate::statuses::domain::status::StatusFields;

/// A deleted status that is to exist again, with the id and the slug it had.
pub struct UndeletedStatus {
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
