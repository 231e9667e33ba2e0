//! The leads that may match a search.

use std::rc::Rc;

use crate::db::SqlText;

/// The leads that the trigram index finds for a search, and those of owners. Some may not contain the words.
#[derive(Clone)]
pub struct Candidates {
    /// The owners' leads in the bin are found by another index.
    pub is_in_bin: bool,
    /// The query of their ids; nothing if a word of the search has no trigram in the index.
    pub select: Option<SqlText>,
    /// The first ids, one more than are few.
    pub first_ids: Rc<[i64]>,
    /// How many there are, estimated from the first ids if they are not few; nothing if they are too many.
    pub count: Option<i64>,
}
