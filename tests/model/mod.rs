//! Random operations through the real server, judged by a small model in memory. It is written from docs/API.md
//! and docs/GLOSSARY.md.
//!
//! [`sequential`]: one client; every answer and the whole state afterwards agree with the model. [`concurrent`]: many
//! clients of two servers on one database; no acknowledged change is lost, and the rules hold at every read. A run that
//! fails prints its seed and its last operations; `MODEL_SEED` repeats the operations of [`sequential`], `MODEL_SECONDS`
//! is the time of each test.

mod act;
mod client;
mod compare;
mod concurrent;
mod driver;
mod faults;
mod journal;
mod lead;
mod requests;
mod sequential;
mod state;
mod world;

use std::time::{Duration, Instant, SystemTime};

/// Seconds for each of the four tests in the suite.
const SECONDS: f64 = 7.5;

/// When a test is to end.
fn deadline() -> Instant {
    let given = std::env::var("MODEL_SECONDS").ok();
    let seconds = given.map_or(SECONDS, |text| {
        text.parse().expect("MODEL_SECONDS in seconds")
    });
    Instant::now() + Duration::from_secs_f64(seconds)
}

/// The seed to repeat, or a new one.
fn seed() -> u64 {
    match std::env::var("MODEL_SEED") {
        Ok(text) => text.parse().expect("MODEL_SEED is a number"),
        Err(_) => {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            since.expect("a time after 1970").as_nanos() as u64 % 1_000_000_000
        }
    }
}
