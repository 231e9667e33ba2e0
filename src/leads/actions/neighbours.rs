//! The leads before and behind one in the list that it was opened from, so that the next follows when one is done.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::worklist::{StatusLimits, worklist_page};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::worklist::Worklist;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::order::cursor_of;
use crate::records::list::{List, PagePosition};
use crate::statuses::State;

/// The leads before and behind one in the list that it was opened from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub previous: Option<i64>,
    pub next: Option<i64>,
}

/// The neighbours of a lead; of one that is not in the list, the first of the list is the next.
pub fn neighbours(
    conn: &mut Conn,
    worklist: &Worklist,
    lead: &Lead,
    query: &LeadQuery,
) -> Result<Neighbours> {
    let mut id_of_row = |listing: &Worklist| -> Result<Option<i64>> {
        let rows = worklist_page(conn, listing, query)?.page.rows;
        let mut ids = rows.iter().map(|row| row.id);
        Ok(ids.rfind(|id| *id != lead.id))
    };
    let state = query.state(lead.status_id, lead.clock_from, lead.paused_until);
    let is_listed = match worklist.is_own {
        true => lead.fields.owner == Some(query.user_id) && state != State::None,
        false => state == State::Stuck,
    };
    if lead.is_in_bin() || !is_listed {
        let first = Worklist {
            per_page: 1,
            ..worklist.first_page()
        };
        return Ok(Neighbours {
            previous: None,
            next: id_of_row(&first)?,
        });
    }
    Ok(Neighbours {
        previous: id_of_row(&beside(worklist, lead, query, true))?,
        next: id_of_row(&beside(worklist, lead, query, false))?,
    })
}

/// The row before a lead of a list, or behind it.
fn beside(worklist: &Worklist, lead: &Lead, query: &LeadQuery, is_before: bool) -> Worklist {
    let limits = StatusLimits::new(&query.statuses, Some(lead.status_id), worklist.is_own);
    let (by_ratio, by_key) = (
        limits.cursor(lead),
        cursor_of(lead, worklist.sort.unwrap_or_default().key),
    );
    let (position, position_by_key) = match is_before {
        true => (PagePosition::Before(by_ratio), PagePosition::Before(by_key)),
        false => (PagePosition::After(by_ratio), PagePosition::After(by_key)),
    };
    Worklist {
        per_page: 1,
        at: Some(query.now),
        position,
        position_by_key,
        ..worklist.clone()
    }
}
