//! The versions of the definitions of statuses, and who has read them.

use diesel::prelude::*;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{definition_readers, lead_statuses, status_definitions};
use crate::db::{Conn, columns_of};
use crate::error::Result;
use crate::records::field::FieldValues;
use crate::statuses::domain::definition::{Criteria, Definition, Why};
use crate::statuses::domain::definition_version::DefinitionVersion;
use crate::statuses::domain::entry_rule::EntryRules;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::movement::{EnterFrom, Movers};
use crate::statuses::domain::status::StatusFields;
use crate::statuses::store::row::{RuleColumns, json_lines};

/// The columns of a version.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = status_definitions)]
struct VersionRow {
    status_id: i64,
    version: i32,
    definition: String,
    enter_when: String,
    leave_when: String,
    entry_rules: String,
    enter_from: String,
    movers: String,
    reasons: String,
    reason_required: bool,
    why: String,
    created_at: Timestamp,
    created_by: String,
    handoff: Option<String>,
}

impl VersionRow {
    fn new(
        actor: &Actor,
        status_id: i64,
        version: i32,
        fields: &StatusFields,
        why: &Why,
    ) -> VersionRow {
        let rules = RuleColumns::of(fields);
        VersionRow {
            status_id,
            version,
            definition: fields.definition.to_string(),
            enter_when: fields.enter_when.to_json(),
            leave_when: fields.leave_when.to_json(),
            entry_rules: rules.entry_rules,
            enter_from: rules.enter_from,
            movers: rules.movers,
            reasons: rules.reasons,
            reason_required: rules.reason_required,
            why: why.to_string(),
            created_at: actor.now,
            created_by: actor.name.clone(),
            handoff: rules.handoff,
        }
    }
}

impl From<VersionRow> for DefinitionVersion {
    fn from(row: VersionRow) -> DefinitionVersion {
        DefinitionVersion {
            version: row.version,
            fields: StatusFields {
                definition: Definition::stored(row.definition),
                enter_when: Criteria::stored(&row.enter_when),
                leave_when: Criteria::stored(&row.leave_when),
                entry_rules: EntryRules::stored(&row.entry_rules),
                enter_from: EnterFrom::parse(&json_lines(&row.enter_from)).unwrap_or_default(),
                movers: Movers::parse(&json_lines(&row.movers)).unwrap_or_default(),
                reasons: Criteria::stored(&row.reasons),
                requires_reason: row.reason_required,
                handoff: Handoff::stored(row.handoff.as_deref()),
                ..StatusFields::blank()
            },
            why: Why::stored(row.why),
            author: row.created_by,
            valid_from: row.created_at,
        }
    }
}

/// Stores a version that holds from now on.
pub fn insert(
    conn: &mut Conn,
    actor: &Actor,
    status_id: i64,
    version: i32,
    fields: &StatusFields,
    why: &Why,
) -> Result<()> {
    diesel::insert_into(status_definitions::table)
        .values(VersionRow::new(actor, status_id, version, fields, why))
        .execute(conn)?;
    Ok(())
}

/// The versions of a status, newest first.
pub fn list(conn: &mut Conn, status_id: i64) -> Result<Vec<DefinitionVersion>> {
    let rows: Vec<VersionRow> = status_definitions::table
        .filter(status_definitions::status_id.eq(status_id))
        .order(status_definitions::version.desc())
        .select(columns_of::<VersionRow>())
        .load(conn)?;
    Ok(rows.into_iter().map(DefinitionVersion::from).collect())
}

/// Which definitions were changed from one instant up to another one, and when: status, version and instant, the oldest
/// first. First versions are no changes.
pub fn changed_between(
    conn: &mut Conn,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(i64, i32, Timestamp)>> {
    Ok(status_definitions::table
        .filter(status_definitions::version.gt(1))
        .filter(status_definitions::created_at.ge(from))
        .filter(status_definitions::created_at.lt(to))
        .order((
            status_definitions::created_at,
            status_definitions::status_id,
        ))
        .select((
            status_definitions::status_id,
            status_definitions::version,
            status_definitions::created_at,
        ))
        .load(conn)?)
}

/// Notes that a user has read a version; a second time changes nothing.
pub fn mark_read(
    conn: &mut Conn,
    (status_id, version): (i64, i32),
    user_id: i64,
    now: Timestamp,
) -> Result<()> {
    let row = definition_readers::table.find((status_id, version, user_id));
    let count: i64 = row.count().get_result(conn)?;
    if count == 0 {
        diesel::insert_into(definition_readers::table)
            .values((
                definition_readers::status_id.eq(status_id),
                definition_readers::version.eq(version),
                definition_readers::user_id.eq(user_id),
                definition_readers::read_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Who has read which version: status, version and user.
pub fn readers(conn: &mut Conn) -> Result<Vec<(i64, i32, i64)>> {
    Ok(definition_readers::table
        .select((
            definition_readers::status_id,
            definition_readers::version,
            definition_readers::user_id,
        ))
        .load(conn)?)
}

/// Sets the statuses that a new one names, in its first version.
pub fn set_named_ids(conn: &mut Conn, status_id: i64, fields: &StatusFields) -> Result<()> {
    let rules = RuleColumns::of(fields);
    diesel::update(lead_statuses::table.find(status_id))
        .set((
            lead_statuses::enter_from.eq(&rules.enter_from),
            lead_statuses::handoff.eq(&rules.handoff),
        ))
        .execute(conn)?;
    diesel::update(status_definitions::table.find((status_id, 1)))
        .set((
            status_definitions::enter_from.eq(&rules.enter_from),
            status_definitions::handoff.eq(&rules.handoff),
        ))
        .execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Channel;
    use crate::statuses::domain::status::StatusField;
    use crate::statuses::domain::status_fields::tests::filled;

    #[test]
    fn a_version_keeps_every_field_of_the_definition_and_no_other() {
        let fields = filled();
        let actor = Actor::program(Channel::Setup, Timestamp(0));
        let row = VersionRow::new(&actor, 1, 1, &fields, &Why::default());
        let stored = DefinitionVersion::from(row).fields;
        for field in StatusField::ALL {
            let is_kept = stored.field_equals(field, &fields);
            assert_eq!(is_kept, field.changes_definition(), "{field}");
        }
    }
}
