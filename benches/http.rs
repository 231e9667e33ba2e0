//! How fast: requests per second of the pages and calls that are asked for most, beside the floor (the same bytes
//! served from memory by the same framework in the same process); how long pages take among ten thousand leads and
//! among a million; how fast leads move. Machines are noisy, so what counts are the shares and ratios of one run.
//!
//! `benches/run` prints the tables. In the environment: `PARTS` (of `floor`, `scale`, `writes`, `queries`, by commas) asks
//! for some of them, `ROUNDS` and `SECONDS` make it longer, `POSTGRES` is an address with `{}` for a size in the name of an
//! empty database, of which the queries are asked instead.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "parts/crowd.rs"]
mod crowd;
#[path = "parts/house.rs"]
mod house;
#[path = "parts/load.rs"]
mod load;
#[path = "parts/queries.rs"]
mod queries;
#[path = "parts/scale.rs"]
mod scale;

use load::{Round, median, storm};

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let wanted = std::env::var("PARTS").unwrap_or_else(|_| "floor,scale,writes,queries".into());
    let is_wanted = |part: &str| wanted.split(',').any(|one| one.trim() == part);
    if is_wanted("floor") {
        floor(wish("ROUNDS", 5), wish("SECONDS", 2));
    }
    if is_wanted("scale") {
        scale::print();
    }
    if is_wanted("writes") {
        scale::print_moves(5 * wish("SECONDS", 2));
    }
    if is_wanted("queries") {
        queries::print(std::env::var("POSTGRES").ok().as_deref());
    }
}

fn floor(rounds: usize, seconds: usize) {
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
