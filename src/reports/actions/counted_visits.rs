//! The visits that a number counts: they are counted again from the histories by the same rules.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::io;

use crate::db::Conn;
use crate::error::Result;
use crate::money::{Currency, Money};
use crate::reports::actions::figures::each_lead;
use crate::reports::actions::row_page::RowPage;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::report_spec::ReportSpec;
use crate::reports::domain::stay_filter::StayFilter;
use crate::reports::domain::stays::{End, LeadFacts, LeadStays, Stay};
use crate::reports::store::history::{self, LeadLineRow};
use crate::reports::store::history_file::HistoryFile;

/// The last page that is shown: more pages would take more memory to sort.
const MAX_PAGE: usize = 200;

/// A visit behind a number. Instants are seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountedVisit {
    /// The first field, since visits are sorted by it.
    pub seconds: i64,
    pub lead: i64,
    pub entered_at: i64,
    /// The id of its status.
    pub status: i64,
    /// The id of the next status of the lead.
    pub next: Option<i64>,
    pub is_ongoing: bool,
    /// True for a lead that is in the bin.
    pub is_deleted: bool,
}

/// A page of the visits behind a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountedVisits {
    pub page: RowPage<CountedVisit>,
    /// How many of all these visits are of leads in the bin.
    pub deleted: i64,
}

/// The page of this number of the visits that `set` counts, the longest first. `statuses` are all statuses.
///
/// # Errors
/// Returns an error if the file of histories can't be read.
pub fn counted_visits(
    histories: &HistoryFile,
    mut statuses: Vec<ReportStatus>,
    spec: &ReportSpec,
    set: CountedSet,
    number: usize,
) -> io::Result<CountedVisits> {
    let most = RowPage::<CountedVisit>::rows_up_to(number.clamp(1, MAX_PAGE));
    let (mut total, mut deleted) = (0, 0);
    let (mut longest, mut filter) = (BinaryHeap::new(), None);
    let sources = spec.matching_sources(&histories.dictionary.sources);
    let is_included = |lead: &LeadFacts| spec.includes(lead, &sources);
    let as_of = spec.as_of;
    each_lead(
        histories,
        &mut statuses,
        as_of,
        is_included,
        |lead, _, statuses| {
            let filter = filter.get_or_insert_with(|| StayFilter::new(set, spec, statuses));
            for stay in filter.stays(lead) {
                total += 1;
                deleted += i64::from(lead.is_deleted());
                longest.push(Reverse(visit(lead, stay, statuses)));
                if longest.len() > most {
                    longest.pop();
                }
            }
        },
    )?;
    let visits = longest.into_sorted_vec().into_iter().map(|visit| visit.0);
    Ok(CountedVisits {
        page: RowPage::new(visits, total, number, MAX_PAGE),
        deleted,
    })
}

/// What a page shows of the lead of a row.
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
/// Returns an error if the database can't be read.
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
        lead: lead.facts.id,
        entered_at: stay.entered_at,
        status: statuses[stay.status].id,
        next: match stay.end {
            End::Moved(to) => Some(statuses[to].id),
            End::Ongoing | End::Censored => None,
        },
        is_ongoing: stay.is_ongoing(),
        is_deleted: lead.is_deleted(),
    }
}
