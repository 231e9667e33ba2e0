//! Tests through a real server on SQLite and on PostgreSQL, with requests as browsers and other systems send them.
//!
//! A test is a sentence that takes a [`support::TestApp`] and is in the `both!` list at the top of its file:
//!
//! ```ignore
//! both!(a_fresh_pipeline_has_six_statuses);
//! async fn a_fresh_pipeline_has_six_statuses(app: TestApp) { … }
//! ```

// What fails here is the test itself; the lints are for the product.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[macro_use]
mod support;

mod api;
mod api_docs;
mod api_tokens;
mod audit;
mod bodies;
mod code_rules;
mod commands;
mod concurrency;
mod e2e;
mod ended_sessions;
mod exchange;
mod filters;
mod generated_clients;
mod landing;
mod leads;
mod leads_api;
#[path = "../model/mod.rs"]
mod model;
mod operations;
mod profile;
mod repeated_forms;
mod reports;
mod safety;
mod schema;
mod sessions;
mod setup;
mod sign_in;
mod status_leads;
mod status_list;
mod status_pages;
mod survival;
mod throttle;
mod time_zones;
mod users;
