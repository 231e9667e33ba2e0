//! The versions of the definition of a status.

use crate::clock::Timestamp;
use crate::statuses::domain::definition::Why;
use crate::statuses::domain::status::StatusFields;

/// What a status meant from one moment until the next version.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionVersion {
    /// From 1.
    pub version: i32,
    /// The definition and the rules; other fields are blank.
    pub fields: StatusFields,
    pub why: Why,
    /// The name of its author.
    pub author: String,
    /// The instant from which it holds.
    pub valid_from: Timestamp,
}
