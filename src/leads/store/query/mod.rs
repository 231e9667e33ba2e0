//! The query of leads: lists, counts and the ids of all that match, at any size.
//!
//! [`LeadQuery`](lead_query::LeadQuery) is what callers use. `pages` finds pages and ids, `page_rows` reads the rows, `counts`
//! counts, `status_ranges` reads the board and the worklists. `conditions` has the SQL of every filter, `order` that of every
//! sort.
//!
//! A page of a list ([`LeadQuery::page`](lead_query::LeadQuery::page)) is read in the first of these ways that serves it:
//!
//! 1. Of the leads at risk or stuck, newest first, `overdue` finds the newest ids.
//! 2. If an index has exactly the leads of the list in its order (`access_path::OrderedRange`), the page is read from it.
//! 3. If a search has few candidates, or a filter has a short range of its index (`index_range::IndexRange`), all leads that
//!    match are read (`matches`, `match_cache::LeadMatch`) and sorted.
//! 4. By last change, the longest ago first, `changed` begins where the first lead of the list can be.
//! 5. The first entries of the index of the order are read for leads that match, of a search for its candidates.
//! 6. The smallest range (`match_cache::SmallestRange`), or of a search the candidates in it, is sorted; or the index of the
//!    order is read up to the page. For frequent words on PostgreSQL the first entries that meet the other filters are.
//!
//! Candidates are the leads that SQLite's trigram index finds for a search: all that match are among them. `search` has
//! its terms, `trigram` finds the candidates, `candidates::Candidates` holds their ids and number. On PostgreSQL
//! `search_table` finds the leads with the words, and PostgreSQL estimates how many leads a search or a range has.
//!
//! A count ([`MatchCount`](counts::MatchCount)) is exact or a lower bound; `actions::counts` makes a `BoundedCount` of it,
//! which a page shows. `match_cache` keeps matches and ranges for one request, `range_sizes` sizes of ranges for some
//! seconds. `nearest` finds names like those of a search that finds nothing.

mod access_path;
mod candidates;
mod changed;
mod conditions;
pub mod counts;
mod index_range;
pub mod lead_query;
mod match_cache;
mod matches;
pub mod nearest;
pub mod order;
mod overdue;
pub mod page_rows;
pub mod pages;
mod range_sizes;
mod search;
mod search_table;
pub mod status_ranges;
mod trigram;
