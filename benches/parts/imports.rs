//! How long imports of many leads and of their visits take at the command line, in how much memory, and how long the
//! writes of a server on the same database take meanwhile.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use super::dataset::{SIZES, dataset_dir};
use super::load::{Round, ask};
use super::scale::ScaleServer;
use super::server::{command, program};
use super::stalls::copy_dataset;

/// The pause between two writes of the others.
const PAUSE: Duration = Duration::from_millis(10);

/// Prints it for `ROWS` leads, a million unless it is set, into a database with owners and statuses, but no leads.
pub fn print() {
    let dir = tempfile::tempdir().expect("a directory");
    copy_dataset(&dataset_dir(SIZES[0]), dir.path());
    let file = dir.path().join("lead-statuses.db");
    let conn = SqliteConnection::establish(&file.display().to_string());
    conn.expect("a connection")
        .batch_execute("pragma foreign_keys = on; delete from leads; vacuum")
        .expect("no leads");
    let rows = std::env::var("ROWS").ok();
    let rows = rows.map_or(usize::MAX, |rows| rows.parse().expect("a number"));
    let files = ["leads", "visits"].map(|what| (what, dir.path().join(format!("{what}.csv"))));
    let last = export("leads", rows, None, &files[0].1);
    export("visits", usize::MAX, last.as_deref(), &files[1].1);
    println!(
        "\n{:<10}{:>10}{:>9}{:>10}{:>9}{:>10}   writes of others{:>9}{:>9}{:>9}",
        "import", "rows", "s", "rows/s", "MiB", "log MiB", "p50 ms", "p99", "worst"
    );
    let served = ScaleServer::start(dir.path(), SIZES[0]);
    for (what, file) in files {
        import(what, &file, &served, dir.path());
    }
    drop(served);
    println!("{}", command(dir.path(), &["check"], "").trim());
}

/// Exports the first rows of a million, or those up to the last row of a lead, and returns the reference of the last row.
fn export(what: &str, rows: usize, last: Option<&str>, to: &Path) -> Option<String> {
    let mut child = program(&dataset_dir(SIZES[1]))
        .args(["export", what, "--format", "csv"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut out = BufWriter::new(File::create(to).expect("a file"));
    let (mut reference, mut is_over) = (None, false);
    for line in lines.map_while(Result::ok).take(rows.saturating_add(1)) {
        let next = line.split(',').next().map(str::to_owned);
        is_over |= last.is_some() && reference.as_deref() == last;
        if is_over && reference != next {
            break;
        }
        writeln!(out, "{line}").expect("a line");
        reference = next;
    }
    out.flush().expect("a file");
    let _ = child.kill();
    child.wait().expect("an end");
    reference
}

fn import(what: &str, file: &Path, served: &ScaleServer, dir: &Path) {
    let rows = BufReader::new(File::open(file).expect("a file"));
    let rows = rows.lines().count() - 1;
    let begun = Instant::now();
    let mut child = program(dir)
        .args(["import", what])
        .arg(file)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program");
    let (mut memory, mut log, mut times) = (0.0, 0, Vec::new());
    let mut stream = TcpStream::connect(served.address).expect("a connection");
    while child.try_wait().expect("a child").is_none() {
        let asked = Instant::now();
        let (status, _) = ask(&mut stream, &served.change(times.len()), &mut Vec::new());
        assert_eq!(status, 200, "others write");
        times.push(asked.elapsed());
        memory = f64::max(memory, peak_memory(&child));
        let length = fs::metadata(dir.join("lead-statuses.db-wal")).map(|log| log.len());
        log = log.max(length.unwrap_or(0));
        std::thread::sleep(PAUSE);
    }
    let took = begun.elapsed();
    let others = Round::of(times, took);
    println!(
        "{what:<10}{rows:>10}{:>9.0}{:>10.0}{memory:>9.1}{:>10}   {:>16}{:>9.1}{:>9.1}{:>9.1}",
        took.as_secs_f64(),
        rows as f64 / took.as_secs_f64(),
        log >> 20,
        others.answered(),
        others.percentile(50),
        others.percentile(99),
        others.percentile(100),
    );
}

/// The most resident memory so far, in MiB.
fn peak_memory(program: &Child) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: Option<f64> =
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kibibytes.map_or(0.0, |kibibytes| kibibytes / 1024.0)
}
