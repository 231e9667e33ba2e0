//! Lead Statuses: what the statuses of a lead mean, and which leads are stuck in one.
//!
//! [`commands`] runs the command line that [`config`] describes; [`Application`] is the server, and [`routes`] its URL
//! table with the permission of each route. A slice holds one thing of the domain, from its pages down to its queries:
//! - [`statuses`]: the lifecycle states, their order and their rules;
//! - [`leads`]: leads, their moves between statuses, and which are stuck;
//! - [`pipeline`]: what knows both: replacing a status, whose leads move to another one, undoing imports, and the totals of
//!   the frame;
//! - [`reports`]: the figures of the pipeline, their pages and their API;
//! - [`access`]: users, roles, and the authorization of every request;
//! - [`sessions`]: signing in and out, the set-up, one's own profile;
//! - [`api_tokens`]: the tokens of other systems; `idempotency`: calls and forms that are sent twice;
//! - [`audit`]: the log of every change, and `audit_log`, its page; [`operations`]: health and metrics;
//! - [`api_docs`]: the reference of the API.
//!
//! What they share: [`web`] (requests and responses), [`records`] (fields, filters, lists, edits and selections of
//! records), [`files`] (CSV and workbooks), [`i18n`] (catalogues and languages), [`money`] (amounts), [`channel`] (how a
//! change came), [`db`] (the database), [`signer`] (signatures and random tokens), [`error`], [`clock`], [`log`], [`memory`] (a
//! setting of the allocator).
//! [`demo`] makes the data of a demonstration.

pub mod access;
pub mod api_docs;
pub mod api_tokens;
mod app;
pub mod audit;
mod audit_log;
pub mod channel;
pub mod clock;
pub mod commands;
pub mod config;
pub mod db;
pub mod demo;
pub mod digest;
pub mod error;
pub mod files;
pub mod i18n;
mod idempotency;
pub mod leads;
pub mod log;
pub mod memory;
pub mod money;
pub mod operations;
pub mod pipeline;
pub mod records;
pub mod reports;
pub mod routes;
pub mod sessions;
pub mod signer;
pub mod statuses;
pub mod theme;
pub mod web;
mod words;

pub use crate::app::{Application, open};
