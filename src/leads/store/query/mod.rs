//! The query of leads: lists, counts and the ids of all that match, at any size.
//!
//! [`LeadQuery`](lead_query::LeadQuery) is what callers use. `pages` reads pages, ids and counts, `status_ranges` the
//! board and the stuck list. `conditions` has the SQL of every filter. `access_path` chooses how SQLite finds the leads,
//! with the help of `trigram` for searches and `overdue` for leads at risk or stuck; `predicates` has the conditions
//! that all of them share.

mod access_path;
mod conditions;
pub mod lead_query;
mod overdue;
pub mod pages;
mod predicates;
pub mod status_ranges;
mod trigram;
