//! The columns of a status in the database.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::schema::lead_statuses;
use crate::error::{Error, Result};
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::status::{LeadStatus, ReplacementProgress};

/// A row of the table.
#[derive(Queryable)]
pub(super) struct StatusRow {
    id: i64,
    name: String,
    slug: String,
    color: String,
    kind: String,
    position: Option<i32>,
    definition: String,
    enter_when: String,
    leave_when: String,
    target_days: Option<i32>,
    limit_days: Option<i32>,
    archived_at: Option<Timestamp>,
    version: i32,
    created_at: Timestamp,
    created_by: String,
    updated_at: Timestamp,
    updated_by: String,
}

type RowColumns = (
    lead_statuses::id,
    lead_statuses::name,
    lead_statuses::slug,
    lead_statuses::color,
    lead_statuses::kind,
    lead_statuses::position,
    lead_statuses::definition,
    lead_statuses::enter_when,
    lead_statuses::leave_when,
    lead_statuses::target_days,
    lead_statuses::limit_days,
    lead_statuses::archived_at,
    lead_statuses::version,
    lead_statuses::created_at,
    lead_statuses::created_by,
    lead_statuses::updated_at,
    lead_statuses::updated_by,
);

/// The columns of a row, in the order of its fields.
pub(super) const ROW_COLUMNS: RowColumns = (
    lead_statuses::id,
    lead_statuses::name,
    lead_statuses::slug,
    lead_statuses::color,
    lead_statuses::kind,
    lead_statuses::position,
    lead_statuses::definition,
    lead_statuses::enter_when,
    lead_statuses::leave_when,
    lead_statuses::target_days,
    lead_statuses::limit_days,
    lead_statuses::archived_at,
    lead_statuses::version,
    lead_statuses::created_at,
    lead_statuses::created_by,
    lead_statuses::updated_at,
    lead_statuses::updated_by,
);

impl StatusRow {
    /// The status with its roles and, if it is being replaced, the progress.
    pub(super) fn into_status(
        self,
        holders: &[(Role, i64)],
        leaving: &[(i64, ReplacementProgress)],
    ) -> Result<LeadStatus> {
        let kind = self
            .kind
            .parse()
            .map_err(|_| Error::internal("a status has an unknown kind"))?;
        let id = self.id;
        let holds = |role| holders.contains(&(role, id));
        Ok(LeadStatus {
            id,
            name: Name::stored(self.name),
            slug: Slug::stored(self.slug),
            color: Color::stored(self.color),
            kind,
            position: self.position,
            is_default: holds(Role::Default),
            is_converted: holds(Role::Converted),
            definition: Definition::stored(self.definition),
            enter_when: Criteria::stored(&self.enter_when),
            leave_when: Criteria::stored(&self.leave_when),
            target_days: self.target_days.and_then(Days::new),
            limit_days: self.limit_days.and_then(Days::new),
            archived_at: self.archived_at,
            being_replaced: leaving
                .iter()
                .find(|(from, _)| *from == id)
                .map(|(_, leaving)| leaving.clone()),
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            created_by: self.created_by,
            updated_by: self.updated_by,
        })
    }
}
