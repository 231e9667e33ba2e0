//! What waits for a user: leads that are offered, and leads whose wait is over.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::name_lookup::NameLookup;
use crate::leads::domain::handoff::Receiver;
use crate::leads::domain::lead::Lead;
use crate::leads::store::{self, waiting};

/// The most leads of each kind that the page shows.
pub const MAX_SHOWN: i64 = 200;

/// What waits for a user.
pub struct WaitingLeads {
    /// The leads that are offered, those due first.
    pub offered: Vec<Lead>,
    /// Those whose wait is over, the longest ago first.
    pub resurfaced: Vec<Lead>,
    /// How many there are of both.
    pub count: i64,
    pub lookup: NameLookup,
}

/// How many leads wait for a user.
pub fn count_waiting(conn: &mut Conn, receiver: &Receiver) -> Result<i64> {
    waiting::count(conn, receiver)
}

/// The leads that wait for a user.
pub fn list_waiting(conn: &mut Conn, receiver: &Receiver) -> Result<WaitingLeads> {
    let offered = waiting::offered_ids(conn, receiver, MAX_SHOWN)?;
    let offered = in_order(conn, &offered)?;
    let resurfaced = waiting::resurfaced_ids(conn, receiver, MAX_SHOWN)?;
    let resurfaced = in_order(conn, &resurfaced)?;
    let all: Vec<Lead> = offered.iter().chain(&resurfaced).cloned().collect();
    Ok(WaitingLeads {
        count: waiting::count(conn, receiver)?,
        lookup: NameLookup::load(conn, &all)?,
        offered,
        resurfaced,
    })
}

fn in_order(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    let mut leads = store::find_many(conn, ids)?;
    leads.sort_by_key(|lead| ids.iter().position(|id| *id == lead.id));
    Ok(leads)
}
