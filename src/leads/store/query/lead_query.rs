//! The context of queries of leads: user, instant, statuses, and what a request has read already.

use std::cell::RefCell;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::store::query::candidates::Candidates;
use crate::leads::store::query::match_cache::MatchCache;
use crate::leads::store::query::search::Search;
use crate::statuses::{self, LeadStatus, State};

/// Queries of leads for a user at a moment. One serves all queries of a request.
pub struct LeadQuery {
    /// Every status, archived ones too.
    pub statuses: Vec<LeadStatus>,
    /// The moment that states are computed for.
    pub now: Timestamp,
    /// The user that `owner=me` means.
    pub user_id: i64,
    /// The search of the list.
    pub(super) search: Search,
    /// Its candidates, once they were read.
    pub(super) cached_candidates: RefCell<Option<Candidates>>,
    pub(super) cache: MatchCache,
}

impl LeadQuery {
    /// Reads the statuses, and the owners that the search of a list finds.
    pub fn load(conn: &mut Conn, user_id: i64, now: Timestamp, q: &str) -> Result<LeadQuery> {
        let statuses = statuses::list_all(conn)?;
        LeadQuery::new(statuses, user_id, now).searching(conn, q)
    }

    /// This query with the search of a list.
    ///
    /// # Errors
    /// What the database refuses.
    pub fn searching(mut self, conn: &mut Conn, q: &str) -> Result<LeadQuery> {
        self.search = Search::load(conn, q)?;
        Ok(self)
    }

    /// Uses statuses that the caller has read.
    pub fn new(statuses: Vec<LeadStatus>, user_id: i64, now: Timestamp) -> LeadQuery {
        LeadQuery {
            statuses,
            now,
            user_id,
            search: Search::default(),
            cached_candidates: RefCell::default(),
            cache: MatchCache::default(),
        }
    }

    /// The state of a lead with this status, start of its clock and end of its pause.
    pub fn state(
        &self,
        status_id: i64,
        clock_from: Timestamp,
        paused_until: Option<Timestamp>,
    ) -> State {
        let status = self.selected_statuses(Some(status_id)).next();
        status.map_or(State::None, |status| {
            status.cutoffs(self.now).state(clock_from, paused_until)
        })
    }

    /// The statuses that a list is narrowed to.
    pub fn selected_statuses(&self, status: Option<i64>) -> impl Iterator<Item = &LeadStatus> {
        let is_selected = move |each: &&LeadStatus| status.is_none_or(|id| id == each.id);
        self.statuses.iter().filter(is_selected)
    }
}
