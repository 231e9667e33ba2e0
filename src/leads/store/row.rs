//! The rows of `leads` and `visits` as the database returns them.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::schema::leads;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::text::{LeadEmail, Note, TextLine};
use crate::leads::domain::visit::{Channel, Visit};
use crate::money::Currency;

/// The id of a lead, from a query in plain SQL.
#[derive(QueryableByName)]
pub struct IdRow {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
}

/// A row of `leads`, without the columns that only searches read.
#[derive(Queryable)]
pub struct LeadRow {
    id: i64,
    external_ref: Option<String>,
    name: String,
    company: String,
    email: String,
    phone: String,
    source: String,
    owner_id: Option<i64>,
    value_cents: Option<i64>,
    currency: String,
    status_id: i64,
    status_since: Timestamp,
    clock_from: Timestamp,
    paused_until: Option<Timestamp>,
    pause_reason: String,
    last_note: String,
    last_note_at: Option<Timestamp>,
    last_activity_at: Timestamp,
    deleted_at: Option<Timestamp>,
    version: i32,
    created_at: Timestamp,
    created_by: String,
    updated_at: Timestamp,
    updated_by: String,
}

/// The types of the columns of a lead.
pub type LeadColumns = (
    leads::id,
    leads::external_ref,
    leads::name,
    leads::company,
    leads::email,
    leads::phone,
    leads::source,
    leads::owner_id,
    leads::value_cents,
    leads::currency,
    leads::status_id,
    leads::status_since,
    leads::clock_from,
    leads::paused_until,
    leads::pause_reason,
    leads::last_note,
    leads::last_note_at,
    leads::last_activity_at,
    leads::deleted_at,
    leads::version,
    leads::created_at,
    leads::created_by,
    leads::updated_at,
    leads::updated_by,
);

/// The columns of a lead, in the order of the row's fields.
pub const LEAD_COLUMNS: LeadColumns = (
    leads::id,
    leads::external_ref,
    leads::name,
    leads::company,
    leads::email,
    leads::phone,
    leads::source,
    leads::owner_id,
    leads::value_cents,
    leads::currency,
    leads::status_id,
    leads::status_since,
    leads::clock_from,
    leads::paused_until,
    leads::pause_reason,
    leads::last_note,
    leads::last_note_at,
    leads::last_activity_at,
    leads::deleted_at,
    leads::version,
    leads::created_at,
    leads::created_by,
    leads::updated_at,
    leads::updated_by,
);

impl From<LeadRow> for Lead {
    fn from(row: LeadRow) -> Lead {
        Lead {
            id: row.id,
            fields: LeadFields {
                external_ref: TextLine::from_db(row.external_ref.unwrap_or_default()),
                name: TextLine::from_db(row.name),
                company: TextLine::from_db(row.company),
                email: LeadEmail::from_db(row.email),
                phone: TextLine::from_db(row.phone),
                source: TextLine::from_db(row.source),
                owner: row.owner_id,
                value_cents: row.value_cents,
                currency: Currency::from_stored(&row.currency),
            },
            status_id: row.status_id,
            status_since: row.status_since,
            clock_from: row.clock_from,
            paused_until: row.paused_until,
            pause_reason: row.pause_reason,
            last_note: row.last_note,
            last_note_at: row.last_note_at,
            last_activity_at: row.last_activity_at,
            deleted_at: row.deleted_at,
            version: row.version,
            created_at: row.created_at,
            created_by: row.created_by,
            updated_at: row.updated_at,
            updated_by: row.updated_by,
        }
    }
}

/// A row of `visits`.
#[derive(Queryable)]
pub struct VisitRow {
    id: i64,
    lead_id: i64,
    status_id: i64,
    entered_at: Timestamp,
    left_at: Option<Timestamp>,
    next_status_id: Option<i64>,
    clock_from: Option<Timestamp>,
    via: String,
    actor: String,
    actor_id: Option<i64>,
    reason: String,
    note: String,
    recorded_at: Timestamp,
    voided_at: Option<Timestamp>,
    voided_by: Option<String>,
}

impl From<VisitRow> for Visit {
    fn from(row: VisitRow) -> Visit {
        Visit {
            id: row.id,
            lead_id: row.lead_id,
            status_id: row.status_id,
            entered_at: row.entered_at,
            left_at: row.left_at,
            next_status_id: row.next_status_id,
            clock_from: row.clock_from,
            channel: row.via.parse().unwrap_or(Channel::Ui),
            actor: row.actor,
            actor_id: row.actor_id,
            reason: TextLine::from_db(row.reason),
            note: Note::from_db(row.note),
            recorded_at: row.recorded_at,
            voided_at: row.voided_at,
            voided_by: row.voided_by,
        }
    }
}
