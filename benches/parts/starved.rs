//! A lead's page while others ask for the slowest lists, and the start of the program, with a million leads.

use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::dataset::{SIZES, dataset_dir};
use super::load::{Round, Target, ask};
use super::scale::ScaleServer;
use super::server::first_answer;

/// Clients that ask for slow lists.
const CLIENTS: usize = 12;
/// Starts that are measured.
const STARTS: usize = 5;

/// What they ask for: a path and whether it is a call. `{owner}` and `{letters}` are others each time, so that no answer is
/// from memory.
const SLOW: [(&str, bool); 6] = [
    ("/admin/leads?q={letters}", false),
    ("/admin/leads?currency=USD&q={letters}", false),
    (
        "/admin/leads?owner={owner}&source=Partner&currency=EUR",
        false,
    ),
    ("/api/leads/search/{letters}", true),
    ("/admin/leads?owner={owner}&currency=EUR", false),
    ("/api/leads/search/Marinescu?owner={owner}", true),
];
/// Letters that are seldom side by side.
const LETTERS: [&str; 6] = ["q", "j", "x", "z", "w", "k"];

/// Prints both.
pub fn print(seconds: usize) {
    let dir = dataset_dir(SIZES[1]);
    let mut starts: Vec<f64> = (0..STARTS).map(|_| first_answer(&dir)).collect();
    starts.sort_by(f64::total_cmp);
    println!(
        "\nstart to the first 200 with {} leads: {:.0} ms, worst {:.0} (required 150)",
        SIZES[1],
        starts[STARTS / 2],
        starts[STARTS - 1]
    );
    let served = ScaleServer::start(&dir, SIZES[1]);
    let page = served.target("/admin/leads/{n}", false);
    let seconds = Duration::from_secs(seconds as u64);
    let quiet = until(&page, |begun| begun.elapsed() > seconds);
    let is_over = AtomicBool::new(false);
    let (starved, slow) = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (path, is_call) = SLOW[client % SLOW.len()];
                let target = slow_target(&served, path, is_call, client);
                let is_over = &is_over;
                scope.spawn(move || until(&target, |_| is_over.load(Ordering::SeqCst)))
            })
            .collect();
        let starved = until(&page, |begun| begun.elapsed() > seconds);
        is_over.store(true, Ordering::SeqCst);
        let slow = clients.into_iter().map(|one| one.join().expect("no panic"));
        (starved, slow.collect::<Vec<_>>())
    });
    println!(
        "\na lead's page, {} leads      requests   p50 ms     worst   failed",
        SIZES[1]
    );
    line("quiet", &quiet);
    line("beside 12 slow clients", &starved);
    let ratio = |percent| starved.percentile(percent) / quiet.percentile(percent);
    println!(
        "{:<34}{:>17.1}{:>10.1}   (required 3)",
        "ratio",
        ratio(50),
        ratio(100)
    );
    let answered: usize = slow.iter().map(Round::answered).sum();
    let failed: usize = slow.iter().map(|round| round.failed).sum();
    println!("the slow clients: {answered} answers, {failed} refused");
}

/// Fifty requests, beginning with other ones for each client.
fn slow_target(served: &ScaleServer, path: &str, is_call: bool, client: usize) -> Target {
    let requests = (client * 7..client * 7 + 50).flat_map(|n| {
        let letters = format!("{}{}", LETTERS[n % 6], LETTERS[n / 6 % 6]);
        let path = path.replace("{letters}", &letters);
        let path = path.replace("{owner}", &(n % 50 + 1).to_string());
        served.target(&path, is_call).requests
    });
    Target {
        address: served.address,
        requests: requests.collect(),
    }
}

fn line(name: &str, round: &Round) {
    println!(
        "{name:<34}{:>7}{:>10.2}{:>10.2}{:>9}",
        round.answered(),
        round.percentile(50),
        round.percentile(100),
        round.failed
    );
}

/// One after the other, each on a connection of its own, which is closed as soon as there is an answer: of a list that is
/// streamed, its first part.
fn until(target: &Target, is_over: impl Fn(Instant) -> bool) -> Round {
    let (mut times, mut failed, mut buffer) = (Vec::new(), 0, Vec::new());
    let begun = Instant::now();
    for request in target.requests.iter().cycle() {
        if is_over(begun) {
            break;
        }
        let mut stream = TcpStream::connect(target.address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        let asked = Instant::now();
        match ask(&mut stream, request, &mut buffer).0 {
            // Leads in the bin have a page as well.
            200..300 => times.push(asked.elapsed()),
            _ => failed += 1,
        }
    }
    let mut round = Round::of(times, begun.elapsed());
    round.failed = failed;
    round
}
