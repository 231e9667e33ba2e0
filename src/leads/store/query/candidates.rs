//! The leads that may match a search.

use std::rc::Rc;

use diesel::sql_types::BigInt;

use crate::db::{Conn, SqlText};
use crate::error::Result;

/// The most ids of a search that are read at once; their rows are read in 4 ms.
pub const MAX_FEW: i64 = 2_000;
/// How many leads are read to give a lower bound of a search's matches.
pub const SAMPLE_SIZE: usize = 300;

/// The leads that the trigram index finds for a search, and those of owners. Some may not contain the words.
#[derive(Clone)]
pub struct Candidates {
    /// The owners' leads in the bin are found by another index.
    pub is_in_bin: bool,
    /// The query of their ids; nothing if a word of the search has no trigram in the index.
    pub select: Option<SqlText>,
    /// Up to one id more than [`MAX_FEW`].
    pub first_ids: Rc<[i64]>,
    /// How many there are, estimated from the first ids if they are not few; nothing if they are too many.
    pub count: Option<i64>,
}

impl Candidates {
    /// True if the rows of all of them are read at once.
    pub fn are_few(&self) -> bool {
        self.count.is_some_and(|count| count <= MAX_FEW)
    }

    /// One of how many leads is a candidate, estimated from the first ids; nothing if the index doesn't find them.
    pub fn leads_per_candidate(&self) -> Option<i64> {
        let last = self.select.as_ref().and(self.first_ids.iter().max())?;
        Some(last / self.first_ids.len() as i64)
    }

    /// The condition that a lead is one of them, and their number; nothing if they are too many to be worth it.
    pub fn condition(&self) -> Option<(SqlText, i64)> {
        let is_among = |select: &SqlText| SqlText::new("id in (").then(select.clone()).sql(")");
        let condition = self.select.as_ref().map(is_among);
        Some((condition.unwrap_or(SqlText::new("1 = 0")), self.count?))
    }
}

/// The ids of the newest leads, as a sample.
pub fn newest_ids(conn: &mut Conn) -> Result<Vec<i64>> {
    let query = format!(
        "select id from leads where deleted_at is null order by created_at desc, id desc limit {SAMPLE_SIZE}"
    );
    Ok(SqlText::new(query).load::<BigInt, _>(conn)?)
}
