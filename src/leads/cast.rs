//! The statuses and people that a page or an answer about leads names, read once for all its rows.

use std::collections::HashMap;

use super::{Lead, State};
use crate::access::users;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::{self, Color, DeletedStatus, Kind, LeadStatus};

/// Statuses and people by id.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// Every status, archived ones too.
    pub statuses: Vec<LeadStatus>,
    /// What is left of those that were deleted; only where history is shown.
    pub deleted: Vec<DeletedStatus>,
    people: HashMap<i64, String>,
}

/// A status as a badge shows it: one that is there, or the name that is left of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedStatus {
    pub id: i64,
    pub name: String,
    pub color: Color,
    pub kind: Kind,
    /// False if it was deleted.
    pub exists: bool,
}

impl Cast {
    /// Those that these leads name.
    pub fn of(conn: &mut Conn, leads: &[Lead]) -> Result<Cast> {
        let statuses = statuses::everything(conn)?;
        Cast::with(conn, statuses, leads)
    }

    /// The same where every status was read already.
    pub fn with(conn: &mut Conn, statuses: Vec<LeadStatus>, leads: &[Lead]) -> Result<Cast> {
        let mut owners: Vec<i64> = leads.iter().filter_map(|lead| lead.fields.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        Ok(Cast {
            statuses,
            deleted: Vec::new(),
            people: users::names(conn, &owners)?,
        })
    }

    /// The statuses alone, for answers that name people by their ids.
    pub fn of_statuses(conn: &mut Conn) -> Result<Cast> {
        Cast::of(conn, &[])
    }

    /// The same with the statuses that were deleted, which only history names.
    pub fn with_history(conn: &mut Conn, leads: &[Lead]) -> Result<Cast> {
        Ok(Cast {
            deleted: statuses::deleted(conn)?,
            ..Cast::of(conn, leads)?
        })
    }

    /// A status that is there.
    pub fn status(&self, id: i64) -> Option<&LeadStatus> {
        self.statuses.iter().find(|status| status.id == id)
    }

    /// A status as a badge shows it.
    pub fn named(&self, id: i64) -> NamedStatus {
        if let Some(status) = self.status(id) {
            return NamedStatus {
                id,
                name: status.name.to_string(),
                color: status.color.clone(),
                kind: status.kind,
                exists: true,
            };
        }
        let left = self.deleted.iter().find(|status| status.id == id);
        NamedStatus {
            id,
            name: left.map_or_else(|| format!("#{id}"), |status| status.name.clone()),
            color: left.map(|status| status.color.clone()).unwrap_or_default(),
            kind: left.map(|status| status.kind).unwrap_or_default(),
            exists: false,
        }
    }

    /// The statuses in use, in pipeline order.
    pub fn in_use(&self) -> Vec<&LeadStatus> {
        let mut found: Vec<&LeadStatus> = self
            .statuses
            .iter()
            .filter(|status| !status.is_archived())
            .collect();
        found.sort_by_key(|status| status.position);
        found
    }

    /// The name of a lead's owner; nothing if it has none.
    pub fn owner(&self, lead: &Lead) -> Option<&str> {
        self.people.get(&lead.fields.owner?).map(String::as_str)
    }

    /// How a lead stands.
    pub fn state(&self, lead: &Lead, now: Timestamp) -> State {
        self.status(lead.status_id).map_or(State::None, |status| {
            status
                .cutoffs(now)
                .state(lead.clock_from, lead.paused_until)
        })
    }
}
