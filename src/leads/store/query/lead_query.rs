//! What a query of leads depends on beside the list.

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::store::query::match_cache::MatchCache;
use crate::leads::store::query::trigram::TrigramSearch;
use crate::statuses::{self, LeadStatus};

/// Queries of leads for a user at a moment. One serves all queries of a request.
pub struct LeadQuery {
    /// Every status, archived ones too.
    pub statuses: Vec<LeadStatus>,
    /// The moment that states are computed for.
    pub now: Timestamp,
    /// The user that `owner=me` means.
    pub(super) user_id: i64,
    pub(super) trigrams: TrigramSearch,
    pub(super) found: MatchCache,
}

impl LeadQuery {
    /// Reads the statuses.
    pub fn load(conn: &mut Conn, user_id: i64, now: Timestamp) -> Result<LeadQuery> {
        Ok(LeadQuery::new(statuses::list_all(conn)?, user_id, now))
    }

    /// Uses statuses that the caller has read.
    pub fn new(statuses: Vec<LeadStatus>, user_id: i64, now: Timestamp) -> LeadQuery {
        LeadQuery {
            statuses,
            now,
            user_id,
            trigrams: TrigramSearch::default(),
            found: MatchCache::default(),
        }
    }

    /// The statuses that a list is narrowed to.
    pub(super) fn selected_statuses(
        &self,
        status: Option<i64>,
    ) -> impl Iterator<Item = &LeadStatus> {
        let is_selected = move |each: &&LeadStatus| status.is_none_or(|id| id == each.id);
        self.statuses.iter().filter(is_selected)
    }
}
