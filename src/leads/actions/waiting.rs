//! The leads that wait for a user: offered ones, and those whose wait in a paused status is over.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::handoff::Receiver;
use crate::leads::domain::lead::Lead;
use crate::leads::store::{self, waiting};

/// The most leads of each kind that the page shows.
pub const MAX_SHOWN: i64 = 200;

/// The leads that wait for a user.
pub struct WaitingLeads {
    /// The leads that are offered, those due first.
    pub offered_leads: Vec<Lead>,
    /// The leads whose wait is over, the longest ago first.
    pub resurfaced_leads: Vec<Lead>,
    /// The number of both.
    pub count: i64,
    pub lookup: RelatedRecords,
}

/// The number of leads that wait for a user.
pub fn count_waiting(conn: &mut Conn, receiver: &Receiver) -> Result<i64> {
    waiting::count(conn, receiver)
}

/// The leads that wait for a user.
pub fn list_waiting(conn: &mut Conn, receiver: &Receiver) -> Result<WaitingLeads> {
    let ids = waiting::offered_ids(conn, receiver, MAX_SHOWN)?;
    let offered_leads = find_in_order(conn, &ids)?;
    let ids = waiting::resurfaced_ids(conn, receiver, MAX_SHOWN)?;
    let resurfaced_leads = find_in_order(conn, &ids)?;
    let both = offered_leads.iter().chain(&resurfaced_leads);
    let both: Vec<Lead> = both.cloned().collect();
    Ok(WaitingLeads {
        count: waiting::count(conn, receiver)?,
        lookup: RelatedRecords::load(conn, &both)?,
        offered_leads,
        resurfaced_leads,
    })
}

fn find_in_order(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    let mut leads = store::find_many(conn, ids)?;
    leads.sort_by_key(|lead| ids.iter().position(|id| *id == lead.id));
    Ok(leads)
}
