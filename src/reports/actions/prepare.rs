//! Prepares a report from the parameters of an address: names become ids, and missing parameters get their defaults.

use crate::access::{Principal, Role};
use crate::clock::{Timestamp, Zone};
use crate::db::Conn;
use crate::error::{FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::OwnerFilter;
use crate::reports::actions::statuses::report_statuses;
use crate::reports::domain::conversion::ConversionSpec;
use crate::reports::domain::counted_set::MAX_DAYS;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::period::Period;
use crate::reports::domain::query::ReportQuery;
use crate::reports::domain::report_spec::{Owners, ReportSpec};
use crate::reports::store::history::is_pipeline_changed;
use crate::statuses;

/// A report that can be counted, with the statuses that it names.
#[derive(Debug, Clone)]
pub struct PreparedReport {
    pub spec: ReportSpec,
    /// All statuses.
    pub statuses: Vec<ReportStatus>,
    pub now: Timestamp,
    /// True if the pipeline was changed after the instant that it is about.
    pub is_pipeline_changed: bool,
}

impl PreparedReport {
    /// The report of all leads now, in the usual period.
    ///
    /// # Errors
    /// Returns an error if the database can't be read.
    pub fn about_now(conn: &mut Conn, now: Timestamp) -> Result<PreparedReport> {
        build(conn, &ReportQuery::default(), Owners::All, now)
    }

    /// This report and that of the period before, if there is one: the page of the pipeline shows both.
    pub fn specs_with_period_before(&self) -> Vec<ReportSpec> {
        let before = self.spec.before();
        std::iter::once(self.spec.clone()).chain(before).collect()
    }
}

/// Prepares the report of a query of the API; without a period it is about all time.
///
/// # Errors
/// Returns [`crate::error::Error::Invalid`] for unreadable values, a period that ends before it begins, an instant in the
/// future and unknown statuses.
pub fn prepare_valid(
    conn: &mut Conn,
    principal: &Principal,
    query: &ReportQuery,
) -> Result<PreparedReport> {
    let report = prepare(conn, principal, query)?;
    refusals(query, &report.statuses, principal.now).value_or_invalid(())?;
    let period = match query.names_period() {
        true => report.spec.period,
        false => Period::default(),
    };
    let spec = ReportSpec {
        period,
        as_of: query.now.unwrap_or(principal.now),
        ..report.spec
    };
    Ok(PreparedReport { spec, ..report })
}

/// Prepares the report of a query of a page; without a period it is about the usual one. Pages show the
/// [`refusals`] themselves.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn prepare(
    conn: &mut Conn,
    principal: &Principal,
    query: &ReportQuery,
) -> Result<PreparedReport> {
    let owners = owners(principal, query);
    build(conn, query, owners, principal.now)
}

fn build(
    conn: &mut Conn,
    query: &ReportQuery,
    owners: Owners,
    now: Timestamp,
) -> Result<PreparedReport> {
    let start = match query.start {
        Some(start) => start,
        None => statuses::default_id(conn)?,
    };
    let as_of = query.now.unwrap_or(now).min(now);
    let (from, to) = query.period(Zone::UTC.day(as_of));
    Ok(PreparedReport {
        spec: ReportSpec {
            period: Period { from, to: Some(to) },
            owners,
            source: query.source.clone(),
            as_of,
            conversion: ConversionSpec {
                start,
                within_days: query.within_days().clamp(1, MAX_DAYS),
                rule: query.rule(),
            },
            reach: query.reach,
        },
        statuses: report_statuses(conn)?,
        now,
        is_pipeline_changed: match query.now {
            Some(at) => is_pipeline_changed(conn, at.plus_seconds(1))?,
            None => false,
        },
    })
}

/// Representatives see their own leads, all others those of the query.
fn owners(principal: &Principal, query: &ReportQuery) -> Owners {
    let of = |owner: OwnerFilter| match owner {
        OwnerFilter::Me => Owners::User(principal.user_id),
        OwnerFilter::User(id) => Owners::User(id),
        OwnerFilter::Unassigned => Owners::Unassigned,
    };
    match (query.owner, query.except) {
        _ if principal.role == Role::Rep => Owners::User(principal.user_id),
        (Some(owner), _) => of(owner),
        (None, Some(except)) => of(except).others().unwrap_or_default(),
        (None, None) => Owners::All,
    }
}

/// A sentence for each parameter that is not valid.
pub fn refusals(query: &ReportQuery, statuses: &[ReportStatus], now: Timestamp) -> FieldErrors {
    let mut errors = query.unreadable.errors();
    if let (Some(from), Some(to)) = (query.from, query.to)
        && to <= from
    {
        errors.add("to", Message::new("report-to-before-from"));
    }
    if let (Some(from), Some(to)) = (query.with_from, query.with_to)
        && to <= from
    {
        errors.add("with_to", Message::new("report-to-before-from"));
    }
    if query.now.is_some_and(|at| at > now) {
        errors.add("now", Message::new("report-now-to-come"));
    }
    for (name, id) in [("start", query.start), ("reach", query.reach)] {
        if id.is_some_and(|id| statuses.iter().all(|status| status.id != id)) {
            errors.add(name, Message::new("lead-status-unknown"));
        }
    }
    if !(1..=MAX_DAYS).contains(&query.within_days()) {
        let message = Message::new("report-within").with("most", MAX_DAYS);
        errors.add("within_days", message);
    }
    errors
}

/// The id of the status that won leads go to: what the API takes for `reach` unless one is named.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn default_reach(conn: &mut Conn) -> Result<Option<i64>> {
    let in_use = statuses::list_in_use(conn)?;
    let won = in_use.iter().find(|status| status.is_converted);
    Ok(won.map(|status| status.id))
}
