//! Requests per second of the most frequent pages and calls, beside the baseline (equal bytes served from memory by the
//! framework in one process with it); what pages weigh; response times with ten thousand and with a million leads; a short page beside slow
//! lists; small writes beside a large one; moves per second; imports of a million leads. Compare ratios within one run only: machines differ.
//!
//! `benches/run` prints the tables. In the environment: `PARTS` (of `baseline`, `weights`, `scale`, `starved`, `stalls`, `writes`,
//! `imports`, `queries`, by commas) asks for some of them, `ROUNDS` and `SECONDS` make it longer, `POSTGRES` is an address with `{}`
//! for a size in the name of an empty database, on which queries and moves are measured instead.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "parts/dataset.rs"]
mod dataset;
#[path = "parts/imports.rs"]
mod imports;
#[path = "parts/load.rs"]
mod load;
#[path = "parts/queries.rs"]
mod queries;
#[path = "parts/scale.rs"]
mod scale;
#[path = "parts/server.rs"]
mod server;
#[path = "parts/stalls.rs"]
mod stalls;
#[path = "parts/starved.rs"]
mod starved;
#[path = "parts/weights.rs"]
mod weights;

use load::{Round, median, run_load};

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let wanted = std::env::var("PARTS")
        .unwrap_or_else(|_| "baseline,weights,scale,starved,stalls,writes,imports,queries".into());
    let cluster = std::env::var("POSTGRES").ok();
    let is_wanted = |part: &str| wanted.split(',').any(|one| one.trim() == part);
    if is_wanted("baseline") {
        baseline(setting("ROUNDS", 5), setting("SECONDS", 2));
    }
    if is_wanted("weights") {
        weights::print();
    }
    if is_wanted("scale") {
        scale::print();
    }
    if is_wanted("starved") {
        starved::print(5 * setting("SECONDS", 2));
    }
    if is_wanted("stalls") {
        stalls::print(5 * setting("SECONDS", 2));
    }
    if is_wanted("writes") {
        scale::print_moves(5 * setting("SECONDS", 2), cluster.as_deref());
    }
    if is_wanted("imports") {
        imports::print();
    }
    if is_wanted("queries") {
        queries::print(cluster.as_deref());
    }
}

fn baseline(rounds: usize, seconds: usize) {
    let bench = server::BenchServer::build();
    println!(
        "{} cores, {} statuses, 32 connections kept alive, {rounds} × {seconds} s in turn\n",
        std::thread::available_parallelism().map_or(0, usize::from),
        server::STATUSES
    );
    println!(
        "{:<22}{:>12}{:>9}{:>9}{:>9}  share of the baseline",
        "", "requests/s", "p50 ms", "p99 ms", "bytes"
    );
    for (name, target, required, goal) in bench.reads() {
        let bytes = target.fetch();
        let baseline = bench.baseline(&bytes);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        run_load(&target, 1);
        run_load(&baseline, 1);
        for _ in 0..rounds {
            theirs.push(run_load(&baseline, seconds));
            ours.push(run_load(&target, seconds));
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
        .map(|_| run_load(&bench.writes(), seconds))
        .collect();
    line(
        "API change one",
        &writes,
        0,
        "(required 5000/s, p99 50 ms, none failing)",
    );
    println!();
    let starts = bench.cold_starts(rounds);
    println!(
        "cold start to the first 200: {:.0} ms (required 150)",
        starts.millis
    );
    println!(
        "memory when idle: {:.1} MiB (required 40)",
        starts.mebibytes
    );
}

fn setting(name: &str, default: usize) -> usize {
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
