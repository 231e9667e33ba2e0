//! The report of hand-offs: the offers of a period and their results.

use std::collections::{HashMap, HashSet};

use crate::clock::{DAY, DAY_SECONDS, Timestamp};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::{OfferOutcome, source_key};
use crate::reports::actions::prepare::PreparedReport;
use crate::reports::domain::flow::PipelineStatus;
use crate::reports::domain::handoffs::{BOUNCE_DAYS, Offer, OfferResult};
use crate::reports::domain::report_spec::ReportSpec;
use crate::reports::store::handoffs::{self, OfferRow};
use crate::statuses::{self, Kind, LeadStatus};

/// The offers of a period that were not withdrawn, the oldest first, each as it was at the instant of the report.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn offers(conn: &mut Conn, report: &PreparedReport) -> Result<Vec<Offer>> {
    let spec = &report.spec;
    let (from, to) = spec.period.instants().timestamps();
    let period = (from, to.min(spec.as_of.plus_seconds(1)));
    let rows = handoffs::offers(conn, period.0, period.1)?;
    let returned = match rows.is_empty() {
        true => HashSet::new(),
        false => returned(conn, report, &rows, period)?,
    };
    let source = spec.source.as_deref().map(source_key);
    let is_included = |row: &OfferRow| {
        let is_of_source = |source: &String| source_key(&row.source) == *source;
        spec.owners.includes(row.owner) && source.as_ref().is_none_or(is_of_source)
    };
    let rows = rows.into_iter().filter(is_included);
    let offer = |row: OfferRow| offer(row, spec, &returned);
    Ok(rows.filter_map(offer).collect())
}

/// The offers whose leads returned after they had been accepted.
fn returned(
    conn: &mut Conn,
    report: &PreparedReport,
    rows: &[OfferRow],
    period: (Timestamp, Timestamp),
) -> Result<HashSet<i64>> {
    let within = BOUNCE_DAYS * DAY;
    let entered = handoffs::entered_after_acceptance(conn, period, within)?;
    let pipeline: HashMap<i64, PipelineStatus> = report
        .statuses
        .iter()
        .map(|status| (status.id, status.in_pipeline()))
        .collect();
    let of_offer: HashMap<i64, i64> = rows.iter().map(|row| (row.id, row.status_id)).collect();
    let recycled_to = recycled_to(conn)?;
    let is_return = |(offer, to): &(i64, i64)| {
        let from = of_offer.get(offer)?;
        let (from, to) = (pipeline.get(from)?, pipeline.get(to)?);
        let is_dropped = matches!(to.kind, Kind::Lost | Kind::Junk);
        let is_back = to.kind != Kind::Won && from.comes_after(to);
        let is_recycled = recycled_to.get(&from.id) == Some(&to.id);
        Some(is_dropped || is_back || is_recycled)
    };
    let returns = entered
        .iter()
        .filter(|entry| is_return(entry) == Some(true));
    Ok(returns.map(|(offer, _)| *offer).collect())
}

/// By status with a hand-off, the status that its recycled leads go to.
fn recycled_to(conn: &mut Conn) -> Result<HashMap<i64, i64>> {
    let all = statuses::list_all(conn)?;
    let to = |status: &LeadStatus| Some((status.id, status.handoff.as_ref()?.recycle_to?));
    Ok(all.iter().filter_map(to).collect())
}

/// The offer as it was at the instant of the report; nothing if it had been withdrawn.
fn offer(row: OfferRow, spec: &ReportSpec, returned: &HashSet<i64>) -> Option<Offer> {
    // An address names its instant by the second, so instants are compared by the second.
    let as_of = spec.as_of.second();
    let (offered_at, due_at) = (row.offered_at.second(), row.due_at.second());
    let ended_at = row.ended_at.map(Timestamp::second);
    let ended_at = ended_at.filter(|ended| *ended <= as_of);
    let outcome = row.outcome.as_deref().filter(|_| ended_at.is_some());
    let outcome = outcome.and_then(OfferOutcome::from_word);
    let has_run_out = due_at < as_of;
    let result = match outcome {
        None if has_run_out => OfferResult::Expired,
        None => OfferResult::Pending,
        Some(OfferOutcome::Accepted) if ended_at <= Some(due_at) => OfferResult::AcceptedInTime,
        Some(OfferOutcome::Accepted) => OfferResult::AcceptedLate,
        Some(OfferOutcome::Rejected) => OfferResult::Rejected,
        Some(OfferOutcome::Recycled) => OfferResult::Recycled,
        Some(OfferOutcome::MovedOn) => OfferResult::MovedOn,
        Some(OfferOutcome::Withdrawn) => return None,
    };
    let accepted_at = ended_at.filter(|_| outcome == Some(OfferOutcome::Accepted));
    let is_old = |at: &i64| at + BOUNCE_DAYS * DAY_SECONDS <= as_of;
    Some(Offer {
        id: row.id,
        lead: row.lead_id,
        status: row.status_id,
        result,
        offered_at: row.offered_at,
        due_at: row.due_at,
        seconds: ended_at.unwrap_or(as_of) - offered_at,
        has_run_out,
        has_bounced: accepted_at
            .filter(is_old)
            .map(|_| returned.contains(&row.id)),
        reason: row.reason,
        source: row.source,
    })
}
