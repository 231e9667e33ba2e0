//! Lead Statuses: what the statuses of a lead mean, and which leads are stuck in one.
//!
//! The rooms, from the door inwards: [`config`] reads the command line, [`Application`] builds the server,
//! [`routes`] is the URL table, each slice ([`statuses`], [`sessions`], [`api_tokens`], [`access`], [`audit`], [`api_docs`])
//! holds one thing of the domain from its pages down to its queries, [`web`] is what pages share, [`files`] what
//! files are made of, [`i18n`] the words, [`money`] amounts, [`db`] the database, [`error`] what can go wrong,
//! [`clock`] the time.

pub mod access;
pub mod api_docs;
pub mod api_tokens;
mod app;
pub mod audit;
pub mod clock;
pub mod commands;
pub mod config;
pub mod db;
pub mod demo;
pub mod error;
pub mod files;
pub mod i18n;
mod idempotency;
pub mod leads;
pub mod log;
pub mod money;
pub mod operations;
pub mod routes;
pub mod sessions;
pub mod statuses;
pub mod web;

pub use app::{Application, open};

/// What the frame around every page counts.
fn frame_counts(conn: &mut db::Conn, viewer: web::Viewer) -> error::Result<web::Counts> {
    let stuck = match viewer.sees_all {
        true => statuses::stuck_in_all(conn, viewer.now)?,
        false => statuses::stuck_of_owner(conn, viewer.user_id, viewer.now)?,
    };
    Ok(web::Counts {
        statuses: statuses::count(conn)?,
        leads: statuses::leads_in_all(conn)?,
        stuck,
    })
}
