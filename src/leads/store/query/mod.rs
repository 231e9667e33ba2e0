//! The query of leads: lists, counts and the ids of all that match, at any size.
//!
//! [`LeadQuery`](lead_query::LeadQuery) is what callers use. `pages` reads pages and ids, `counts` counts, `status_ranges`
//! reads the board and the stuck list. `conditions` has the SQL of every filter, `access_path` chooses the index that
//! a filter or an order is read by, `order` has the SQL of the orders. `matches` finds all leads of a list where they are few, with
//! the help of `trigram` for searches, whose terms `search` reads; `overdue` finds the newest leads at risk or stuck, and
//! `nearest` names like those of a search that finds nothing.

mod access_path;
mod candidates;
mod conditions;
pub mod counts;
mod index_range;
pub mod lead_query;
mod match_cache;
mod matches;
pub mod nearest;
pub mod order;
mod overdue;
pub mod pages;
mod range_sizes;
mod search;
pub mod status_ranges;
mod trigram;
