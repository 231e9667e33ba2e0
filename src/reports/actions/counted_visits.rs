//! The visits behind a number: counted again from the histories, in the same way, the longest first.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::io;

use crate::db::Conn;
use crate::error::Result;
use crate::money::{Currency, Money};
use crate::reports::actions::figures::each_lead;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::matching::Matching;
use crate::reports::domain::report_spec::ReportSpec;
use crate::reports::domain::stays::{End, LeadFacts, LeadStays, Stay};
use crate::reports::store::history::{self, LeadLineRow};
use crate::reports::store::history_file::HistoryFile;

/// Visits on a page.
pub const PER_PAGE: usize = 50;
/// The last page that is shown: sorting more takes memory.
pub const MAX_PAGE: usize = 200;

/// A visit behind a number. Instants are seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountedVisit {
    /// First, since the longest come first.
    pub seconds: i64,
    pub lead: i64,
    pub entered_at: i64,
    /// The id of its status.
    pub status: i64,
    /// The id of the status that it was left for.
    pub next: Option<i64>,
    pub is_open: bool,
    /// True for a lead that is in the bin.
    pub is_deleted: bool,
}

/// A page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountedVisits {
    pub visits: Vec<CountedVisit>,
    /// All visits behind the number.
    pub total: i64,
    /// Those of leads that are in the bin.
    pub deleted: i64,
    /// The number of the page, from 1.
    pub page: usize,
    pub pages: usize,
}

/// The visits on a page of those behind a number. `statuses` are all there are.
///
/// # Errors
/// If the file of histories can't be read.
pub fn counted_visits(
    histories: &HistoryFile,
    mut statuses: Vec<ReportStatus>,
    spec: &ReportSpec,
    set: CountedSet,
    page: usize,
) -> io::Result<CountedVisits> {
    let page = page.clamp(1, MAX_PAGE);
    let mut found = CountedVisits::default();
    let (mut longest, mut matching) = (BinaryHeap::new(), None);
    let sources = spec.matching_sources(&histories.dictionary.sources);
    let is_included = |lead: &LeadFacts| spec.includes(lead, &sources);
    let as_of = spec.as_of;
    each_lead(
        histories,
        &mut statuses,
        as_of,
        is_included,
        |lead, _, statuses| {
            let matching = matching.get_or_insert_with(|| Matching::new(set, spec, statuses));
            for stay in matching.stays(lead) {
                found.total += 1;
                found.deleted += i64::from(lead.is_deleted());
                longest.push(Reverse(visit(lead, stay, statuses)));
                if longest.len() > page * PER_PAGE {
                    longest.pop();
                }
            }
        },
    )?;
    found.pages = (found.total as usize).div_ceil(PER_PAGE).clamp(1, MAX_PAGE);
    found.page = page.min(found.pages);
    let sorted = longest.into_sorted_vec().into_iter();
    found.visits = sorted
        .skip((found.page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .map(|visit| visit.0)
        .collect();
    Ok(found)
}

/// What is said of a lead beside its visit.
#[derive(Debug, Clone)]
pub struct LeadLine {
    pub name: String,
    /// The id of its owner.
    pub owner: Option<i64>,
    pub value: Option<Money>,
}

/// The leads of these ids.
///
/// # Errors
/// If the database can't.
pub fn lead_lines(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, LeadLine>> {
    let line = |(id, name, owner, cents, currency): LeadLineRow| {
        let currency = Currency::from_stored(&currency);
        let value = cents.map(|cents| Money { cents, currency });
        (id, LeadLine { name, owner, value })
    };
    let rows = history::lead_lines(conn, ids)?;
    Ok(rows.into_iter().map(line).collect())
}

fn visit(lead: &LeadStays, stay: &Stay, statuses: &[ReportStatus]) -> CountedVisit {
    CountedVisit {
        seconds: stay.seconds(),
        lead: lead.lead.id,
        entered_at: stay.entered_at,
        status: statuses[stay.status].id,
        next: match stay.end {
            End::Moved(to) => Some(statuses[to].id),
            End::Open | End::Censored => None,
        },
        is_open: stay.is_open(),
        is_deleted: lead.is_deleted(),
    }
}
