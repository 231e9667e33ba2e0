//! From the parameters of an address to a question, checked against the data.

use crate::access::{Principal, Role};
use crate::clock::{Timestamp, Zone};
use crate::db::Conn;
use crate::error::{FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::OwnerFilter;
use crate::reports::actions::statuses::report_statuses;
use crate::reports::domain::conversion::ConversionQuestion;
use crate::reports::domain::counted_set::MAX_DAYS;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::query::ReportQuery;
use crate::reports::domain::question::{Owners, ReportQuestion};
use crate::reports::domain::window::Period;
use crate::reports::store::history::is_pipeline_changed;
use crate::statuses;

/// A question with the statuses that its answer names.
#[derive(Debug, Clone)]
pub struct ReportRequest {
    pub question: ReportQuestion,
    /// All there are.
    pub statuses: Vec<ReportStatus>,
    pub now: Timestamp,
    /// True if the pipeline was changed after the instant that it is about.
    pub is_pipeline_changed: bool,
}

impl ReportRequest {
    /// The question about all leads now, in the usual period.
    ///
    /// # Errors
    /// If the database can't.
    pub fn about_now(conn: &mut Conn, now: Timestamp) -> Result<ReportRequest> {
        request(conn, &ReportQuery::default(), Owners::All, now)
    }

    /// The question, and that about the period before, if there is one: what the page of the pipeline shows.
    pub fn with_before(&self) -> Vec<ReportQuestion> {
        let before = self.question.before();
        std::iter::once(self.question.clone())
            .chain(before)
            .collect()
    }
}

/// The question of a query about the period that it names, or without one about all time.
///
/// # Errors
/// [`crate::error::Error::Invalid`] at what can't be: unreadable values, a period that ends before it begins, an instant
/// to come, unknown statuses.
pub fn ask(conn: &mut Conn, principal: &Principal, query: &ReportQuery) -> Result<ReportRequest> {
    let asked = ask_leniently(conn, principal, query)?;
    refusals(query, &asked.statuses, principal.now).or(())?;
    let period = match query.names_period() {
        true => asked.question.period,
        false => Period::default(),
    };
    let question = ReportQuestion {
        period,
        as_of: query.now.unwrap_or(principal.now),
        ..asked.question
    };
    Ok(ReportRequest { question, ..asked })
}

/// The question of a query about the period that it names, or the usual one. What can't be finds nothing.
///
/// # Errors
/// If the database can't.
pub fn ask_leniently(
    conn: &mut Conn,
    principal: &Principal,
    query: &ReportQuery,
) -> Result<ReportRequest> {
    let owners = owners(principal, query);
    request(conn, query, owners, principal.now)
}

fn request(
    conn: &mut Conn,
    query: &ReportQuery,
    owners: Owners,
    now: Timestamp,
) -> Result<ReportRequest> {
    let start = match query.start {
        Some(start) => start,
        None => statuses::default_id(conn)?,
    };
    let as_of = query.now.unwrap_or(now).min(now);
    let (from, to) = query.period(Zone::UTC.day(as_of));
    Ok(ReportRequest {
        question: ReportQuestion {
            period: Period { from, to: Some(to) },
            owners,
            source: query.source.clone(),
            as_of,
            conversion: ConversionQuestion {
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

/// Representatives see their own leads, all others those that they ask for.
fn owners(principal: &Principal, query: &ReportQuery) -> Owners {
    let of = |asked: OwnerFilter| match asked {
        OwnerFilter::Me => Owners::User(principal.user_id),
        OwnerFilter::User(id) => Owners::User(id),
        OwnerFilter::Unassigned => Owners::Unassigned,
    };
    match (query.owner, query.except) {
        _ if principal.role == Role::Rep => Owners::User(principal.user_id),
        (Some(owner), _) => of(owner),
        (None, Some(except)) => of(except).rest().unwrap_or_default(),
        (None, None) => Owners::All,
    }
}

/// A sentence at each parameter that can't be.
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
/// If the database can't.
pub fn default_reach(conn: &mut Conn) -> Result<Option<i64>> {
    let in_use = statuses::list_in_use(conn)?;
    let won = in_use.iter().find(|status| status.is_converted);
    Ok(won.map(|status| status.id))
}
