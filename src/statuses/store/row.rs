//! The columns of a status in the database.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::schema::lead_statuses;
use crate::error::{Error, Result};
use crate::records::field::{FieldValues, json_text};
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::entry_rule::EntryRules;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::movement::{EnterFrom, Movers};
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::status::{LeadStatus, ReplacementProgress, StatusField, StatusFields};

/// The columns of the editable fields.
#[derive(Queryable, Selectable, AsChangeset, Insertable)]
#[diesel(table_name = lead_statuses, treat_none_as_null = true)]
pub(super) struct FieldColumns {
    name: String,
    color: String,
    kind: String,
    definition: String,
    enter_when: String,
    leave_when: String,
    target_days: Option<i32>,
    limit_days: Option<i32>,
    #[diesel(embed)]
    rules: RuleColumns,
}

/// The columns of the rules about leads that enter. Lists are JSON.
#[derive(Queryable, Selectable, AsChangeset, Insertable)]
#[diesel(table_name = lead_statuses, treat_none_as_null = true)]
pub(super) struct RuleColumns {
    pub(super) entry_rules: String,
    pub(super) enter_from: String,
    pub(super) movers: String,
    pub(super) reasons: String,
    pub(super) reason_required: bool,
    pub(super) handoff: Option<String>,
}

impl RuleColumns {
    /// The columns of these values.
    pub(super) fn of(fields: &StatusFields) -> RuleColumns {
        let json = |field| fields.json(field).to_string();
        RuleColumns {
            entry_rules: json(StatusField::EntryRules),
            enter_from: json(StatusField::EnterFrom),
            movers: json(StatusField::Movers),
            reasons: fields.reasons.to_json(),
            reason_required: fields.requires_reason,
            handoff: fields
                .handoff
                .as_ref()
                .map(|handoff| handoff.to_json().to_string()),
        }
    }
}

impl FieldColumns {
    /// The columns of these values.
    pub(super) fn of(fields: &StatusFields) -> FieldColumns {
        FieldColumns {
            name: fields.name.to_string(),
            color: fields.color.to_string(),
            kind: fields.kind.to_string(),
            definition: fields.definition.to_string(),
            enter_when: fields.enter_when.to_json(),
            leave_when: fields.leave_when.to_json(),
            target_days: fields.target_days.map(Days::get),
            limit_days: fields.limit_days.map(Days::get),
            rules: RuleColumns::of(fields),
        }
    }

    fn into_fields(self) -> Result<StatusFields> {
        let kind = self.kind.parse();
        Ok(StatusFields {
            name: Name::stored(self.name),
            color: Color::stored(self.color),
            kind: kind.map_err(|_| Error::internal("a status has an unknown kind"))?,
            definition: Definition::stored(self.definition),
            enter_when: Criteria::stored(&self.enter_when),
            leave_when: Criteria::stored(&self.leave_when),
            target_days: self.target_days.and_then(Days::new),
            limit_days: self.limit_days.and_then(Days::new),
            entry_rules: EntryRules::stored(&self.rules.entry_rules),
            enter_from: EnterFrom::parse(&json_lines(&self.rules.enter_from)).unwrap_or_default(),
            movers: Movers::parse(&json_lines(&self.rules.movers)).unwrap_or_default(),
            reasons: Criteria::stored(&self.rules.reasons),
            requires_reason: self.rules.reason_required,
            handoff: Handoff::stored(self.rules.handoff.as_deref()),
        })
    }
}

/// The items of a JSON list, one in each line.
pub(super) fn json_lines(json: &str) -> String {
    serde_json::from_str(json).map_or_else(|_| String::new(), |list| json_text(&list))
}

/// A row of the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = lead_statuses)]
pub(super) struct StatusRow {
    id: i64,
    #[diesel(embed)]
    fields: FieldColumns,
    slug: String,
    position: Option<i32>,
    archived_at: Option<Timestamp>,
    version: i32,
    definition_version: i32,
    created_at: Timestamp,
    created_by: String,
    updated_at: Timestamp,
    updated_by: String,
}

impl StatusRow {
    /// The status with its roles and, if it is being replaced, the progress.
    pub(super) fn into_status(
        self,
        holders: &[(Role, i64)],
        replacements: &[(i64, ReplacementProgress)],
    ) -> Result<LeadStatus> {
        let id = self.id;
        let holds = |role| holders.contains(&(role, id));
        Ok(LeadStatus {
            id,
            fields: self.fields.into_fields()?,
            slug: Slug::stored(self.slug),
            position: self.position,
            is_default: holds(Role::Default),
            is_converted: holds(Role::Converted),
            archived_at: self.archived_at,
            being_replaced: replacements
                .iter()
                .find(|(from, _)| *from == id)
                .map(|(_, progress)| progress.clone()),
            version: self.version,
            definition_version: self.definition_version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            created_by: self.created_by,
            updated_by: self.updated_by,
        })
    }
}
