//! Reads leads with their visits and pauses from the database, some at a time in the order of their ids.

use std::collections::BTreeSet;

use diesel::dsl::max;
use diesel::prelude::*;
use serde_json::Value;

use crate::audit::filter::Subject;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{audit_entries, lead_pauses, leads, visits};
use crate::error::Result;
use crate::leads::SUBJECT;

/// More changes of statuses are not looked through.
const MAX_STATUS_CHANGES: i64 = 1_000;

/// A lead as it is read.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct LeadRow {
    pub id: i64,
    pub owner: Option<i64>,
    pub source: String,
    pub value_cents: Option<i64>,
    pub currency: String,
    pub deleted_at: Option<Timestamp>,
    pub clock_from: Timestamp,
    pub paused_until: Option<Timestamp>,
}

/// A visit as it is read.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct VisitRow {
    pub lead_id: i64,
    pub status_id: i64,
    pub entered_at: Timestamp,
    pub left_at: Option<Timestamp>,
    pub recorded_at: Timestamp,
    pub voided_at: Option<Timestamp>,
    pub is_replacement: bool,
}

/// A pause as it is read.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct PauseRow {
    pub lead_id: i64,
    pub began_at: Timestamp,
    pub ends_at: Timestamp,
}

/// Leads by id with their visits and pauses, each in the order of leads and then of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HistoryPage {
    pub leads: Vec<LeadRow>,
    pub visits: Vec<VisitRow>,
    pub pauses: Vec<PauseRow>,
}

/// The leads with ids from `first` up to `last`, those in the bin too.
pub fn page(conn: &mut Conn, first: i64, last: i64) -> Result<HistoryPage> {
    let leads = leads::table
        .filter(leads::id.between(first, last))
        .order(leads::id)
        .select((
            leads::id,
            leads::owner_id,
            leads::source,
            leads::value_cents,
            leads::currency,
            leads::deleted_at,
            leads::clock_from,
            leads::paused_until,
        ));
    let visits = visits::table
        .filter(visits::lead_id.between(first, last))
        .order((visits::lead_id, visits::id))
        .select((
            visits::lead_id,
            visits::status_id,
            visits::entered_at,
            visits::left_at,
            visits::recorded_at,
            visits::voided_at,
            visits::via.eq(Channel::Replace.as_str()),
        ));
    let pauses = lead_pauses::table
        .filter(lead_pauses::lead_id.between(first, last))
        .order((lead_pauses::lead_id, lead_pauses::id))
        .select((
            lead_pauses::lead_id,
            lead_pauses::began_at,
            lead_pauses::ends_at,
        ));
    Ok(HistoryPage {
        leads: leads.load(conn)?,
        visits: visits.load(conn)?,
        pauses: pauses.load(conn)?,
    })
}

/// The largest id of a lead; 0 without any.
pub fn last_lead(conn: &mut Conn) -> Result<i64> {
    let last: Option<i64> = leads::table.select(max(leads::id)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// The id of the newest entry of the log, which every change of a lead writes to, and when it was recorded; zeros without
/// any.
pub fn newest_change(conn: &mut Conn) -> Result<(i64, Timestamp)> {
    let newest = audit_entries::table
        .order(audit_entries::id.desc())
        .select((audit_entries::id, audit_entries::recorded_at))
        .first(conn)
        .optional()?;
    Ok(newest.unwrap_or((0, Timestamp(0))))
}

/// The pages, of `size` ids each, of leads that were changed since an instant; nothing if more than `most` changes were
/// made.
pub fn changed_pages(
    conn: &mut Conn,
    since: Timestamp,
    size: i64,
    most: i64,
) -> Result<Option<BTreeSet<i64>>> {
    let ids: Vec<Option<i64>> = audit_entries::table
        .filter(audit_entries::subject.eq(SUBJECT))
        .filter(audit_entries::recorded_at.ge(since))
        .select(audit_entries::subject_id)
        .limit(most + 1)
        .load(conn)?;
    let is_complete = ids.len() as i64 <= most;
    Ok(is_complete.then(|| ids.into_iter().flatten().map(|id| id / size).collect()))
}

/// True if kinds, positions, targets or limits of statuses were changed from an instant on.
pub fn is_pipeline_changed(conn: &mut Conn, since: Timestamp) -> Result<bool> {
    let [status, order] = [Subject::LeadStatus, Subject::LeadStatusOrder].map(Subject::as_str);
    let entries: Vec<(String, Option<String>, Option<String>)> = audit_entries::table
        .filter(audit_entries::subject.eq_any([status, order]))
        .filter(audit_entries::recorded_at.ge(since))
        .select((
            audit_entries::subject,
            audit_entries::before_json,
            audit_entries::after_json,
        ))
        .limit(MAX_STATUS_CHANGES)
        .load(conn)?;
    let is_other = |(subject, before, after): &(String, Option<String>, Option<String>)| {
        subject == order || figures_of(before.as_deref()) != figures_of(after.as_deref())
    };
    Ok(entries.len() as i64 == MAX_STATUS_CHANGES || entries.iter().any(is_other))
}

/// What reports depend on in the snapshot of a status.
fn figures_of(snapshot: Option<&str>) -> Option<[Value; 5]> {
    let snapshot: Value = serde_json::from_str(snapshot?).ok()?;
    let value = |name: &str| snapshot.get(name).cloned().unwrap_or_default();
    Some(["kind", "position", "archived", "target_days", "limit_days"].map(value))
}

/// The id of a lead, its name, the id of its owner, its value in minor units and the currency.
pub type LeadLineRow = (i64, String, Option<i64>, Option<i64>, String);

/// The leads of these ids.
pub fn lead_lines(conn: &mut Conn, ids: &[i64]) -> Result<Vec<LeadLineRow>> {
    let leads = leads::table.filter(leads::id.eq_any(ids.to_vec()));
    let columns = (
        leads::id,
        leads::name,
        leads::owner_id,
        leads::value_cents,
        leads::currency,
    );
    Ok(leads.select(columns).load(conn)?)
}
