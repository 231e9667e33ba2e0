//! How long small writes take while a status with very many leads is replaced.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::dataset::{SIZES, at};
use super::load::{Round, ask_until_over};
use super::scale::Served;

/// Clients that write meanwhile.
const WRITERS: usize = 4;
/// The longest that a write may take, in milliseconds.
const STALL: f64 = 250.0;

/// Prints it on a copy of the database, which changes.
pub fn print(seconds: usize) {
    let copy = tempfile::tempdir().expect("a directory");
    copy_dataset(&at(SIZES[1]), copy.path());
    let served = Served::start(copy.path(), SIZES[1]);
    let seconds = Duration::from_secs(seconds as u64);
    println!(
        "\nsmall writes of {WRITERS} clients, {} leads{:>12}{:>9}{:>9}{:>9}   over {STALL} ms",
        SIZES[1], "requests", "p50 ms", "p99", "worst"
    );
    line("quiet", &write_for(&served, seconds));
    let (lost, won) = (served.status("lost"), served.status("won"));
    let before = served.lead_count(lost);
    served.replace(lost, won);
    let beside = write_for(&served, seconds);
    let moved = before - served.lead_count(lost);
    line("while a status is replaced", &beside);
    println!(
        "{moved} of {before} leads moved meanwhile, {:.0} a second (required: p99 50, worst 250)",
        moved as f64 / seconds.as_secs_f64()
    );
}

/// Copies the files of a database.
pub fn copy_dataset(from: &Path, to: &Path) {
    for file in ["lead-statuses.db", "lead-statuses.db-wal", "token"] {
        if from.join(file).exists() {
            std::fs::copy(from.join(file), to.join(file)).expect("a copy");
        }
    }
}

fn write_for(served: &Served, seconds: Duration) -> Round {
    let create = served.call(
        "POST",
        "/api/leads",
        &json!({"name": "Ana Pop", "source": "Web"}),
    );
    let rounds: Vec<Round> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| scope.spawn(|| ask_until_over(served.address, &create, seconds)))
            .collect();
        let ended = writers.into_iter().map(|one| one.join().expect("no panic"));
        ended.collect()
    });
    Round::merged(rounds)
}

fn line(name: &str, round: &Round) {
    println!(
        "{name:<47}{:>12}{:>9.1}{:>9.1}{:>9.1}   {}",
        round.answered(),
        round.percentile(50),
        round.percentile(99),
        round.percentile(100),
        round.longer_than(STALL)
    );
}
