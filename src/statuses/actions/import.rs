//! Applying the plan of an import or a standard set: all of it, or nothing.

use std::collections::HashMap;

use crate::audit::{Actor, ImportSummary, record_import};
use crate::db::{Conn, locks};
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::actions::changes;
use crate::statuses::actions::changeset;
use crate::statuses::actions::changeset::{Changeset, apply_changeset, resolve_id};
use crate::statuses::actions::import_export::plan::{ImportPlan, RowCounts, RowOutcome, StatusRef};
use crate::statuses::actions::import_export::planner::RowPlanner;
use crate::statuses::actions::stats::{lead_totals, lead_totals_of};
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::rules::blockers;
use crate::statuses::domain::stats::LeadTotals;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;

/// The preview of an import: its plan against the statuses of one moment.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    pub plan: ImportPlan,
    /// The statuses of that moment, archived ones too.
    pub existing: Vec<LeadStatus>,
    /// The statuses in use that the rows don't name; a set may archive them.
    pub unlisted: Vec<UnlistedStatus>,
}

/// A status in use that the rows don't name.
#[derive(Debug, Clone)]
pub struct UnlistedStatus {
    pub status: LeadStatus,
    /// True if the import archives it.
    pub is_archived: bool,
    /// The number of its leads, those in the bin too.
    pub leads: i64,
}

/// What happens to statuses in use that the rows don't name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlistedPolicy {
    /// They stay in use, after those of the rows.
    Keep,
    /// They are archived, unless they have leads or hold a role afterwards.
    Archive,
}

/// The result of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportResult {
    pub counts: RowCounts,
    pub archived: usize,
    /// True if existing statuses changed their order.
    pub is_reordered: bool,
}

impl ImportResult {
    /// True if nothing was written.
    pub fn is_empty(&self) -> bool {
        let RowCounts {
            created, changed, ..
        } = self.counts;
        created + changed + self.archived == 0 && !self.is_reordered
    }
}

/// Plans the import of these rows into the existing statuses, archived ones included.
///
/// A row is about the status with its slug, else about the one in use with its name, else about a new one.
/// The rows give the order of the pipeline; statuses that the file doesn't name follow in their present order. If the
/// file adds nothing and its rows are in the present order, nothing moves.
pub fn plan_import(existing: &[LeadStatus], rows: &[ImportRow]) -> ImportPlan {
    let mut planner = RowPlanner::read(existing, rows);
    planner.refuse_duplicates();
    let default = planner.assign_role(Role::Default);
    let converted = planner.assign_role(Role::Converted);
    planner.refuse_taken_names();
    planner.refuse_handoffs();
    let (order, is_reordered) = planner.order();
    let problems = std::mem::take(&mut planner.problems);
    ImportPlan {
        rows: planner.outcomes([default, converted]),
        order,
        is_reordered,
        default,
        converted,
        problems,
    }
}

/// Previews these rows against the present statuses.
pub fn preview(
    conn: &mut Conn,
    rows: &[ImportRow],
    policy: UnlistedPolicy,
) -> Result<ImportPreview> {
    let existing = store::list_all(conn)?;
    let plan = plan_import(&existing, rows);
    let unlisted = unlisted_statuses(&plan, &existing, &lead_totals(conn)?, policy);
    Ok(ImportPreview {
        plan,
        existing,
        unlisted,
    })
}

fn unlisted_statuses(
    plan: &ImportPlan,
    existing: &[LeadStatus],
    totals: &HashMap<i64, LeadTotals>,
    policy: UnlistedPolicy,
) -> Vec<UnlistedStatus> {
    let named: Vec<i64> = plan
        .rows
        .iter()
        .filter_map(|row| match row.outcome {
            RowOutcome::Change { id, .. } | RowOutcome::Unchanged { id } => Some(id),
            RowOutcome::Create(_) | RowOutcome::Invalid { .. } => None,
        })
        .collect();
    let mut in_use: Vec<&LeadStatus> = existing
        .iter()
        .filter(|status| !status.is_archived())
        .collect();
    in_use.sort_by_key(|status| status.position);
    in_use
        .into_iter()
        .filter(|status| !named.contains(&status.id))
        .map(|status| {
            let own_ref = Some(StatusRef::Existing(status.id));
            let keeps_role = Role::ALL.iter().any(|role| plan.holder(*role) == own_ref);
            let leads = totals
                .get(&status.id)
                .map_or(0, |totals| totals.including_bin());
            UnlistedStatus {
                status: status.clone(),
                is_archived: policy == UnlistedPolicy::Archive && !keeps_role && leads == 0,
                leads,
            }
        })
        .collect()
}

impl ImportPreview {
    /// True if no row is refused and nothing is wrong with the whole.
    pub fn is_acceptable(&self) -> bool {
        self.plan.is_acceptable()
    }

    /// True if the import would change nothing.
    pub fn changes_nothing(&self) -> bool {
        self.plan.changes_nothing() && self.archived().next().is_none()
    }

    /// The statuses that the import archives.
    pub fn archived(&self) -> impl Iterator<Item = &LeadStatus> {
        let archived = self.unlisted.iter().filter(|unlisted| unlisted.is_archived);
        archived.map(|unlisted| &unlisted.status)
    }

    /// A hash of the preview; equal hashes mean equal effects.
    pub fn fingerprint(&self) -> String {
        let archived: Vec<i64> = self.archived().map(|status| status.id).collect();
        sha256_hex(&format!("{:?} {archived:?}", self.plan))
    }
}

/// Imports `rows` if the effect is still the one that was previewed.
///
/// # Errors
/// [`Error::Conflict`] if a row is refused by now, or if the fingerprint of the preview is not `expect`.
pub fn run(
    conn: &mut Conn,
    actor: &Actor,
    rows: &[ImportRow],
    policy: UnlistedPolicy,
    expect: Option<&str>,
) -> Result<ImportResult> {
    locks::pipeline(conn)?;
    let preview = preview(conn, rows, policy)?;
    let is_outdated = expect.is_some_and(|expect| expect != preview.fingerprint());
    if is_outdated || !preview.is_acceptable() {
        return Err(Error::Conflict(Message::new("import-changed")));
    }
    apply(conn, actor, &preview)
}

/// Imports `rows` if none is refused; returns the preview in any case.
///
/// # Errors
/// Returns an error if the database can't be written.
pub fn run_if_acceptable(
    conn: &mut Conn,
    actor: &Actor,
    rows: &[ImportRow],
    policy: UnlistedPolicy,
) -> Result<(ImportPreview, Option<ImportResult>)> {
    locks::pipeline(conn)?;
    let preview = preview(conn, rows, policy)?;
    let result = match preview.is_acceptable() {
        true => Some(apply(conn, actor, &preview)?),
        false => None,
    };
    Ok((preview, result))
}

/// Records the import of a file, if it changed anything.
///
/// # Errors
/// Returns an error if the database can't be written.
pub fn record_file(
    conn: &mut Conn,
    actor: &Actor,
    filename: &str,
    result: &ImportResult,
) -> Result<()> {
    if result.is_empty() {
        return Ok(());
    }
    let RowCounts {
        created,
        changed,
        same,
        refused,
    } = result.counts;
    let summary = ImportSummary {
        dataset: "statuses".to_owned(),
        rows: (created + changed + same + refused) as i64,
        created: created as i64,
        changed: changed as i64,
        same: same as i64,
        ..ImportSummary::default()
    };
    record_import(conn, actor, filename, None, &summary)
}

/// Applies a preview that was made under the same lock.
fn apply(conn: &mut Conn, actor: &Actor, preview: &ImportPreview) -> Result<ImportResult> {
    let plan = &preview.plan;
    let (changeset, indexes) = changeset_of(plan);
    let updated = changeset.updates.iter().map(|(id, _)| *id);
    let changed_ids: Vec<i64> = updated
        .chain(preview.archived().map(|status| status.id))
        .collect();
    changeset::lock(conn, &changed_ids)?;
    let created = apply_changeset(conn, actor, &changeset)?;
    let mut archived = Vec::new();
    for status in preview.archived() {
        // The preview checked the blockers before the roles moved.
        let current = store::find(conn, status.id)?;
        if !blockers(&current, &lead_totals_of(conn, current.id)?).is_empty() {
            return Err(Error::Conflict(Message::new("import-changed")));
        }
        archived.push(changes::archive(conn, actor, status.id)?.id);
    }
    changes::close_gaps(conn)?;
    let is_reordered = apply_order(conn, actor, plan, |status| {
        let id = resolve_id(renumber(status, &indexes), &created)?;
        Ok((!archived.contains(&id)).then_some(id))
    })?;
    Ok(ImportResult {
        counts: plan.counts(),
        archived: archived.len(),
        is_reordered,
    })
}

/// The changeset of a plan, and the rows of its new statuses.
fn changeset_of(plan: &ImportPlan) -> (Changeset, Vec<usize>) {
    let mut changeset = Changeset::default();
    let mut indexes = Vec::new();
    for (index, row) in plan.rows.iter().enumerate() {
        match &row.outcome {
            RowOutcome::Create(new) => {
                changeset.creates.push(new.clone());
                indexes.push(index);
            }
            RowOutcome::Change { id, fields, .. } => changeset.updates.push((*id, fields.clone())),
            RowOutcome::Unchanged { .. } | RowOutcome::Invalid { .. } => {}
        }
    }
    let roles = Role::ALL
        .into_iter()
        .filter_map(|role| Some((role, renumber(plan.holder(role)?, &indexes))));
    changeset.roles = roles.collect();
    changeset.created_rows = indexes.clone();
    (changeset, indexes)
}

/// Converts the index of a new status from rows to created statuses.
fn renumber(status: StatusRef, indexes: &[usize]) -> StatusRef {
    match status {
        StatusRef::New(row) => {
            let index = indexes.iter().position(|other| *other == row);
            StatusRef::New(index.unwrap_or(usize::MAX))
        }
        existing => existing,
    }
}

/// Writes the order of the pipeline as the last step; true if existing statuses changed their order.
fn apply_order(
    conn: &mut Conn,
    actor: &Actor,
    plan: &ImportPlan,
    id: impl Fn(StatusRef) -> Result<Option<i64>>,
) -> Result<bool> {
    let mut ids = Vec::with_capacity(plan.order.len());
    for status in &plan.order {
        ids.extend(id(*status)?);
    }
    let current = store::pipeline_ids(conn)?;
    let mut sorted = [ids.clone(), current.clone()];
    sorted.iter_mut().for_each(|ids| ids.sort_unstable());
    if sorted[0] != sorted[1] {
        return Err(Error::internal(
            "a plan orders other statuses than there are",
        ));
    }
    changes::set_order(conn, actor, &current, &ids)?;
    Ok(plan.is_reordered)
}
