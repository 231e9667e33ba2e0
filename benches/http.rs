//! Requests per second of the pages and calls that are asked for most, beside the floor: the same bytes served
//! from memory by the same framework in the same process. Machines are noisy, so what counts is the share.
//!
//! `benches/run` prints the table. `ROUNDS` and `SECONDS` in the environment make it longer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "parts/house.rs"]
mod house;
#[path = "parts/load.rs"]
mod load;

use load::{Round, median, storm};

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let rounds = wish("ROUNDS", 5);
    let seconds = wish("SECONDS", 2);
    let house = house::House::build();
    println!(
        "{} cores, {} statuses, 32 connections kept alive, {rounds} × {seconds} s in turn\n",
        std::thread::available_parallelism().map_or(0, usize::from),
        house::STATUSES
    );
    println!(
        "{:<22}{:>12}{:>9}{:>9}{:>9}  share of the floor",
        "", "requests/s", "p50 ms", "p99 ms", "bytes"
    );
    for (name, target, required, goal) in house.reads() {
        let bytes = target.fetch();
        let floor = house.floor(&bytes);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        storm(&target, 1);
        storm(&floor, 1);
        for _ in 0..rounds {
            theirs.push(storm(&floor, seconds));
            ours.push(storm(&target, seconds));
        }
        line(&format!("{name}, from memory"), &theirs, bytes.len(), "");
        let share = median(&ours, Round::per_second) / median(&theirs, Round::per_second);
        line(
            name,
            &ours,
            bytes.len(),
            &format!("{share:.2}  (required {required}, goal {goal})"),
        );
    }
    println!();
    let writes: Vec<Round> = (0..rounds)
        .map(|_| storm(&house.writes(), seconds))
        .collect();
    line(
        "API change one",
        &writes,
        0,
        "(required 5000/s, p99 50 ms, none failing)",
    );
    println!();
    let starts = house.cold_starts(rounds);
    println!(
        "cold start to the first 200: {:.0} ms (required 150)",
        starts.millis
    );
    println!(
        "memory when idle: {:.1} MiB (required 40)",
        starts.mebibytes
    );
}

fn wish(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

fn line(name: &str, rounds: &[Round], bytes: usize, note: &str) {
    let failed: usize = rounds.iter().map(|round| round.failed).sum();
    let failures = if failed > 0 {
        format!("  {failed} FAILED")
    } else {
        String::new()
    };
    println!(
        "{name:<22}{:>12.0}{:>9.2}{:>9.2}{bytes:>9}  {note}{failures}",
        median(rounds, Round::per_second),
        median(rounds, |round| round.percentile(50)),
        median(rounds, |round| round.percentile(99)),
    );
}
