//! How long small writes take while a status with very many leads is replaced.

use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::dataset::{SIZES, dataset_dir};
use super::load::{Round, ask, ask_until_over};
use super::scale::ScaleServer;

/// Clients that write meanwhile.
const WRITERS: usize = 4;
/// The longest that a write may take, in milliseconds.
const STALL: f64 = 250.0;

/// Prints it, for each on a copy of the database, which changes.
pub fn print(seconds: usize) {
    let seconds = Duration::from_secs(seconds as u64);
    println!(
        "\nsmall writes of {WRITERS} clients, {} leads{:>12}{:>9}{:>9}{:>9}   over {STALL} ms",
        SIZES[1], "requests", "p50 ms", "p99", "worst"
    );
    with_copy(|served| {
        line("quiet", &write_for(served, seconds));
        let (lost, won) = (served.status("lost"), served.status("won"));
        let before = served.lead_count(lost);
        served.replace(lost, won);
        line("while a status is replaced", &write_for(served, seconds));
        print_moved(before, served.lead_count(lost), seconds);
    });
    with_copy(|served| {
        let won = served.status("won");
        let before = served.lead_count(won);
        move_all(served, won, served.status("nurture"));
        line("while leads are moved in bulk", &write_for(served, seconds));
        print_moved(before, served.lead_count(won), seconds);
    });
    println!("(required: p99 50, worst {STALL})");
}

fn with_copy(measure: impl FnOnce(&ScaleServer)) {
    let copy = tempfile::tempdir().expect("a directory");
    copy_dataset(&dataset_dir(SIZES[1]), copy.path());
    measure(&ScaleServer::start(copy.path(), SIZES[1]));
}

fn print_moved(before: i64, left: i64, seconds: Duration) {
    let moved = before - left;
    let per_second = moved as f64 / seconds.as_secs_f64();
    println!("{moved} of {before} leads moved meanwhile, {per_second:.0} a second");
}

/// Begins to move the leads of a status that are worth euros in bulk, as a user does: at most 200,000 may be moved.
fn move_all(served: &ScaleServer, from: i64, to: i64) {
    let (from, to) = (from.to_string(), to.to_string());
    let list = format!("/admin/leads?status={from}&currency=EUR");
    let page = served.target(&list, false).fetch();
    let (csrf, total) = (value_of(&page, "csrf"), value_of(&page, "expect"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("action", "move"),
        ("scope", "all"),
        ("status", &from),
        ("currency", "EUR"),
        ("status", &to),
    ];
    let mut stream = TcpStream::connect(served.address).expect("a connection");
    let mut send = |more: &[(&str, &str)], expected| {
        let (mut buffer, fields) = (Vec::new(), [&fields, more].concat());
        let request = served.form("/admin/leads/bulk", &fields);
        let (code, head) = ask(&mut stream, &request, &mut buffer);
        let answer = String::from_utf8_lossy(&buffer).into_owned();
        assert_eq!(code, expected, "{answer}");
        buffer.split_off(head)
    };
    let preview = send(&[("expect", &total)], 200);
    let expect = value_of(&preview, "expect");
    let count = value_of(&preview, "expect_count");
    let confirmed = [
        ("expect", &*expect),
        ("expect_count", &*count),
        ("confirm", "1"),
    ];
    send(&confirmed, 303);
}

/// The value of a hidden field of a page.
fn value_of(page: &[u8], name: &str) -> String {
    let page = String::from_utf8_lossy(page);
    let value = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = value.and_then(|rest| rest.split('"').next());
    value.expect("a field").to_owned()
}

/// Copies the files of a database and waits until they are on the disk: else the first write that is synced waits for
/// the whole copy (ext4 writes the data of new files with its journal), 400 to 770 ms that no running server has.
pub fn copy_dataset(from: &Path, to: &Path) {
    for file in ["lead-statuses.db", "lead-statuses.db-wal", "token"] {
        if from.join(file).exists() {
            std::fs::copy(from.join(file), to.join(file)).expect("a copy");
            let copy = std::fs::File::open(to.join(file)).expect("the copy");
            copy.sync_all().expect("a copy on the disk");
        }
    }
}

fn write_for(served: &ScaleServer, seconds: Duration) -> Round {
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
    Round::merge(rounds)
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
