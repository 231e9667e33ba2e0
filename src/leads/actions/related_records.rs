//! The statuses, the names of owners and the open offers that a page or an answer shows with its leads, read once for all
//! rows.

use std::collections::HashMap;

use crate::access::users;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::domain::handoff::Offer;
use crate::leads::domain::lead::Lead;
use crate::leads::store;
use crate::statuses::State;
use crate::statuses::{self, Color, DeletedStatus, Kind, LeadStatus};

/// What is shown with leads: their statuses, the names of their owners, and their open offers.
#[derive(Debug, Clone, Default)]
pub struct RelatedRecords {
    /// Every status, archived ones too.
    pub statuses: Vec<LeadStatus>,
    /// Deleted statuses, only for pages that show history.
    pub deleted_statuses: Vec<DeletedStatus>,
    /// The names of owners, and of users that offers name.
    users: HashMap<i64, String>,
    /// The open offers by lead.
    offers: HashMap<i64, Offer>,
}

/// A status as a badge shows it, also after it was deleted.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedStatus {
    pub id: i64,
    pub name: String,
    pub color: Color,
    pub kind: Kind,
    /// False if it was deleted.
    pub exists: bool,
}

impl RelatedRecords {
    /// Reads all statuses and the owners of these leads.
    pub fn load(conn: &mut Conn, leads: &[Lead]) -> Result<RelatedRecords> {
        let statuses = statuses::list_all(conn)?;
        RelatedRecords::with_statuses(conn, statuses, leads)
    }

    /// Reads the owners of these leads and their open offers; the statuses were read before.
    pub fn with_statuses<'a>(
        conn: &mut Conn,
        statuses: Vec<LeadStatus>,
        leads: impl IntoIterator<Item = &'a Lead>,
    ) -> Result<RelatedRecords> {
        let leads: Vec<&Lead> = leads.into_iter().collect();
        let with_offer = leads.iter().filter(|lead| lead.offer_due_at.is_some());
        let ids: Vec<i64> = with_offer.map(|lead| lead.id).collect();
        let offers = store::handoffs::of_present_visits(conn, &ids)?;
        let owners = leads.iter().filter_map(|lead| lead.fields.owner);
        let mut users: Vec<i64> = owners
            .chain(offers.values().flat_map(Offer::users))
            .collect();
        users.sort_unstable();
        users.dedup();
        Ok(RelatedRecords {
            statuses,
            deleted_statuses: Vec::new(),
            users: users::names(conn, &users)?,
            offers,
        })
    }

    /// Reads the statuses alone, for answers that give owners as ids.
    pub fn load_statuses(conn: &mut Conn) -> Result<RelatedRecords> {
        RelatedRecords::load(conn, &[])
    }

    /// Reads the statuses, deleted ones too, and the owners of these leads.
    pub fn load_with_deleted(conn: &mut Conn, leads: &[Lead]) -> Result<RelatedRecords> {
        Ok(RelatedRecords {
            deleted_statuses: statuses::list_deleted(conn)?,
            ..RelatedRecords::load(conn, leads)?
        })
    }

    /// A status that exists.
    pub fn status(&self, id: i64) -> Option<&LeadStatus> {
        self.statuses.iter().find(|status| status.id == id)
    }

    /// A status as a badge shows it.
    pub fn named_status(&self, id: i64) -> NamedStatus {
        if let Some(status) = self.status(id) {
            return NamedStatus {
                id,
                name: status.name.to_string(),
                color: status.color.clone(),
                kind: status.kind,
                exists: true,
            };
        }
        let deleted = self.deleted_statuses.iter().find(|status| status.id == id);
        NamedStatus {
            id,
            name: deleted.map_or_else(|| format!("#{id}"), |status| status.name.clone()),
            color: deleted
                .map(|status| status.color.clone())
                .unwrap_or_default(),
            kind: deleted.map(|status| status.kind).unwrap_or_default(),
            exists: false,
        }
    }

    /// The statuses in use, in pipeline order.
    pub fn in_use(&self) -> Vec<&LeadStatus> {
        let mut statuses: Vec<&LeadStatus> = self
            .statuses
            .iter()
            .filter(|status| !status.is_archived())
            .collect();
        statuses.sort_by_key(|status| status.position);
        statuses
    }

    /// The name of a lead's owner; nothing if it has none.
    pub fn owner(&self, lead: &Lead) -> Option<&str> {
        self.users.get(&lead.fields.owner?).map(String::as_str)
    }

    /// The open offer of a lead.
    pub fn offer(&self, lead: &Lead) -> Option<&Offer> {
        self.offers.get(&lead.id)
    }

    /// The name of a user, if it was read.
    pub fn user(&self, id: i64) -> Option<&str> {
        self.users.get(&id).map(String::as_str)
    }

    /// Reads the names of the users that these offers name.
    pub fn add_users(&mut self, conn: &mut Conn, offers: &[Offer]) -> Result<()> {
        let ids: Vec<i64> = offers.iter().flat_map(Offer::users).collect();
        self.users.extend(users::names(conn, &ids)?);
        Ok(())
    }

    /// The state of a lead.
    pub fn state(&self, lead: &Lead, now: Timestamp) -> State {
        self.status(lead.status_id).map_or(State::None, |status| {
            status
                .cutoffs(now)
                .state(lead.clock_from, lead.paused_until)
        })
    }
}
