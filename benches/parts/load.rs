//! The load: connections that send a request, read the answer to its end, and repeat.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::Range;
use std::time::{Duration, Instant};

/// Concurrent connections.
const CONNECTIONS: usize = 32;

/// Requests to one address, sent in turn.
#[derive(Clone)]
pub struct Target {
    pub address: SocketAddr,
    pub requests: Vec<Vec<u8>>,
}

/// The result of one run.
pub struct Round {
    took: Duration,
    /// Sorted.
    times: Vec<Duration>,
    pub failed: usize,
}

impl Round {
    /// The result of requests that took this long in all.
    pub fn of(mut times: Vec<Duration>, took: Duration) -> Round {
        times.sort();
        Round {
            took,
            times,
            failed: 0,
        }
    }

    /// How many were answered well.
    pub fn answered(&self) -> usize {
        self.times.len()
    }

    /// Several results as one.
    pub fn merge(rounds: Vec<Round>) -> Round {
        let took = rounds.iter().map(|round| round.took).max();
        let failed = rounds.iter().map(|round| round.failed).sum();
        let times = rounds.into_iter().flat_map(|round| round.times).collect();
        Round {
            failed,
            ..Round::of(times, took.unwrap_or_default())
        }
    }

    /// How many took longer than so many milliseconds.
    pub fn longer_than(&self, millis: f64) -> usize {
        let is_longer = |time: &&Duration| time.as_secs_f64() * 1000.0 > millis;
        self.times.iter().filter(is_longer).count()
    }

    pub fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// In milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times
            .get(at)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
    }
}

/// The median of a figure over all rounds.
pub fn median(rounds: &[Round], figure: impl Fn(&Round) -> f64) -> f64 {
    let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

impl Target {
    /// The body of the first request's answer, which must be a good one.
    pub fn fetch(&self) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        let mut buffer = Vec::new();
        let (status, head) = ask(&mut stream, &self.requests[0], &mut buffer);
        let text = String::from_utf8_lossy(&buffer[..head]);
        assert!((200..300).contains(&status), "{text}");
        buffer[head..].to_vec()
    }
}

/// Sends requests on all connections for this number of seconds.
pub fn run_load(target: &Target, seconds: usize) -> Round {
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds as u64);
    let asked: Vec<(Vec<Duration>, usize)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|n| scope.spawn(move || ask_until(target, n..CONNECTIONS, until)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    let took = begun.elapsed();
    let failed = asked.iter().map(|(_, failed)| failed).sum();
    let mut times: Vec<Duration> = asked.into_iter().flat_map(|(times, _)| times).collect();
    times.sort();
    Round {
        took,
        times,
        failed,
    }
}

/// Repeats one request on one connection for this long.
pub fn ask_until_over(address: SocketAddr, request: &[u8], seconds: Duration) -> Round {
    let begun = Instant::now();
    let target = Target {
        address,
        requests: vec![request.to_vec()],
    };
    let (times, failed) = ask_until(&target, 0..1, begun + seconds);
    Round {
        failed,
        ..Round::of(times, begun.elapsed())
    }
}

/// Sends each request whose number has the rest `connection.start` after division by `connection.end`, so that
/// connections share the requests.
fn ask_until(target: &Target, connection: Range<usize>, until: Instant) -> (Vec<Duration>, usize) {
    let mut stream = TcpStream::connect(target.address).expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    let (mut times, mut failed, mut buffer) = (Vec::new(), 0, Vec::new());
    let mut requests = target
        .requests
        .iter()
        .cycle()
        .skip(connection.start)
        .step_by(connection.end);
    while Instant::now() < until {
        let Some(request) = requests.next() else {
            break;
        };
        let asked = Instant::now();
        let (status, _) = ask(&mut stream, request, &mut buffer);
        if (200..300).contains(&status) {
            times.push(asked.elapsed());
        } else {
            failed += 1;
        }
    }
    (times, failed)
}

/// Sends a request and reads its answer whole into `buffer`: the status and where the body begins.
pub fn ask(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> (u16, usize) {
    stream.write_all(request).expect("the server listens");
    buffer.clear();
    let mut chunk = [0u8; 65_536];
    loop {
        let read = stream.read(&mut chunk).expect("an answer");
        assert!(
            read > 0,
            "the connection was closed: {}",
            String::from_utf8_lossy(buffer)
        );
        buffer.extend_from_slice(&chunk[..read]);
        let Some(head) = buffer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .map(|at| at + 4)
        else {
            continue;
        };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        let length = text
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.split("\r\n").next());
        let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
        if buffer.len() >= head + length {
            let status = text
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok());
            return (status.unwrap_or(0), head);
        }
    }
}
