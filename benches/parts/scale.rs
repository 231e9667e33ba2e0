//! Response times of pages and calls, one after the other on one connection, with ten thousand leads and with
//! a million, which should be equal. Answers may be cached, so each is measured twice: warm,
//! and after a write that empties the cache.

use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use super::dataset::{COMMON, RARE, SIZES, dataset_dir};
use super::load::{Round, Target, ask, run_load};
use super::queries::prepare_postgres;
use super::server::{program, read_address, resident_memory, sign_in};
use super::stalls::copy_dataset;

/// Moves that are sent before one is repeated.
const MOVES: usize = 131_072;
/// How often each is asked.
const TIMES: usize = 200;
/// No more than this many seconds for one of them.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked: a name, a path and whether it is a call. `{n}` is another lead each time, `{slug}` a status's id.
const ASKED: [(&str, &str, bool); 20] = [
    ("status list", "/admin/leads/statuses", false),
    ("one status", "/admin/leads/statuses/{qualified}", false),
    ("list", "/admin/leads", false),
    ("list, last page", "/admin/leads?at=end", false),
    (
        "list of a status",
        "/admin/leads?status={qualified}&sort=name",
        false,
    ),
    ("list, stuck", "/admin/leads?state=stuck", false),
    ("search, few", "/admin/leads?q={rare}", false),
    ("search, many", "/admin/leads?q={common}", false),
    ("board", "/admin/leads/board", false),
    ("stuck list", "/admin/leads/stuck", false),
    ("detail", "/admin/leads/{n}", false),
    ("API statuses", "/api/lead_statuses", true),
    ("API list", "/api/leads?page=1&per_page=25", true),
    (
        "API list of a status",
        "/api/leads?status={qualified}&page=1&per_page=25",
        true,
    ),
    ("API search", "/api/leads/search/{rare}", true),
    ("API get one", "/api/leads/{n}", true),
    ("API visits", "/api/leads/{n}/visits", true),
    ("report", "/admin/reports/pipeline", false),
    (
        "report, all time",
        "/admin/reports/pipeline?period=all",
        false,
    ),
    (
        "API report",
        "/api/reports/time_in_status?from=2025-01-01",
        true,
    ),
];

/// The program on a database with this number of leads.
pub struct ScaleServer {
    child: Child,
    pub address: SocketAddr,
    cookie: String,
    token: String,
    /// Slugs and ids.
    statuses: Vec<(String, i64)>,
    size: u32,
}

impl Drop for ScaleServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl ScaleServer {
    /// Starts it and signs the manager in.
    pub fn start(dir: &Path, size: u32) -> ScaleServer {
        let mut child = program(dir)
            .env("LS_RATE_LIMITS", "off")
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a start");
        let address = read_address(&mut child);
        let token = std::fs::read_to_string(dir.join("token")).expect("a token");
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build();
        let http = http.expect("a client");
        let base = format!("http://{address}");
        let system = actix_web::rt::System::new();
        let cookie = system.block_on(sign_in(&http, &base));
        let mut served = ScaleServer {
            child,
            address,
            cookie,
            token,
            statuses: Vec::new(),
            size,
        };
        let all = served.target("/api/lead_statuses", true).fetch();
        let all: Vec<serde_json::Value> = serde_json::from_slice(&all).expect("statuses");
        let pair =
            |one: &serde_json::Value| Some((one["slug"].as_str()?.to_owned(), one["id"].as_i64()?));
        served.statuses = all.iter().filter_map(pair).collect();
        served
    }

    /// A page or a call; `{n}` is replaced by the ids of two hundred leads in turn.
    pub fn target(&self, path: &str, is_call: bool) -> Target {
        let who = match is_call {
            true => format!("authtoken: {}", self.token),
            false => format!("Cookie: {}", self.cookie),
        };
        let path = path.replace("{rare}", RARE).replace("{common}", COMMON);
        let named = |path: String, (slug, id): &(String, i64)| {
            path.replace(&format!("{{{slug}}}"), &id.to_string())
        };
        let path = self.statuses.iter().fold(path, named);
        let step = self.size as usize / TIMES;
        let request = |n: usize| {
            let path = path.replace("{n}", &(n * step + 1).to_string());
            format!(
                "GET {path} HTTP/1.1\r\nHost: {}\r\n{who}\r\n\r\n",
                self.address
            )
            .into_bytes()
        };
        let several = if path.contains("{n}") { TIMES } else { 1 };
        Target {
            address: self.address,
            requests: (0..several).map(request).collect(),
        }
    }

    /// A call of the API with a body.
    pub fn call(&self, method: &str, path: &str, body: &serde_json::Value) -> Vec<u8> {
        let body = body.to_string();
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nauthtoken: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )
        .into_bytes()
    }

    /// A form that a user submits.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        let body = body.extend_pairs(fields).finish();
        format!(
            "POST {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {2}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        )
        .into_bytes()
    }

    /// The id of a status.
    pub fn status(&self, slug: &str) -> i64 {
        let mut statuses = self.statuses.iter();
        let found = statuses.find(|(other, _)| other == slug);
        found.map(|(_, id)| *id).expect("a status")
    }

    /// How many leads a status has.
    pub fn lead_count(&self, status: i64) -> i64 {
        let path = format!("/api/lead_statuses/{status}");
        let body = self.target(&path, true).fetch();
        let status: serde_json::Value = serde_json::from_slice(&body).expect("a status");
        status["lead_count"].as_i64().expect("a count")
    }

    /// Begins to replace a status by another.
    pub fn replace(&self, status: i64, by: i64) {
        let path = format!("/api/lead_statuses/{status}?replace_with={by}");
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        let request = self.call("DELETE", &path, &json!({}));
        let (code, _) = ask(&mut stream, &request, &mut Vec::new());
        assert_eq!(code, 200, "the status is being replaced");
    }

    /// A small change of one status, another one each time.
    pub fn change(&self, turn: usize) -> Vec<u8> {
        let (_, id) = &self.statuses[turn % self.statuses.len()];
        let body = json!({"definition": format!("Somebody has been spoken to {turn} times.")});
        self.call("PUT", &format!("/api/lead_statuses/{id}"), &body)
    }

    /// Moves leads of the whole database to another status and back.
    fn moves(&self) -> Target {
        let open = ["contacted", "qualified", "demo", "proposal"];
        let ids: Vec<i64> = self
            .statuses
            .iter()
            .filter(|(slug, _)| open.contains(&slug.as_str()))
            .map(|(_, id)| *id)
            .collect();
        let size = self.size as usize;
        let request = |n: usize| {
            // Leads in no order, each once before any is moved again, and then to another status.
            let lead = n * 7_919 % size;
            self.call(
                "POST",
                &format!("/api/leads/{}/status", lead + 1),
                &json!({"status": ids[(lead + n / size) % ids.len()]}),
            )
        };
        Target {
            address: self.address,
            requests: (0..MOVES).map(request).collect(),
        }
    }

    /// One after the other on one connection, with a write before each or with none; nothing where it isn't there.
    fn wait_for(&self, target: &Target, writes_between: bool) -> Result<Round, u16> {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        let (mut times, mut buffer) = (Vec::new(), Vec::new());
        let begun = Instant::now();
        for (turn, request) in target.requests.iter().cycle().take(TIMES + 3).enumerate() {
            if writes_between {
                ask(&mut stream, &self.change(turn), &mut buffer);
            }
            let asked = Instant::now();
            let (status, _) = ask(&mut stream, request, &mut buffer);
            let took = asked.elapsed();
            // Some leads are in the bin, and calls leave those out.
            let is_gone = status == 404 && target.requests.len() > 1 && turn > 0;
            match status {
                200..300 if turn >= 3 => times.push(took),
                200..300 => {}
                _ if is_gone => {}
                other => return Err(other),
            }
            if begun.elapsed() > PATIENCE {
                break;
            }
        }
        Ok(Round::of(times, begun.elapsed()))
    }
}

/// Prints how long each takes at both sizes, and what memory the larger one needs under load.
pub fn print() {
    let served = SIZES.map(|size| ScaleServer::start(&dataset_dir(size), size));
    println!("\n{TIMES} times one after the other, milliseconds; after a write, and warm");
    let head = format!(
        "{:>9}{:>9}{:>9}{:>9}{:>7}",
        "10,000", "p99", "1,000,000", "p99", "ratio"
    );
    println!("{:<22}{head}   {head}  (required 1.5)", "");
    for (name, path, is_call) in ASKED {
        let mut line = format!("{name:<22}");
        for writes_between in [true, false] {
            let rounds = served
                .each_ref()
                .map(|one| one.wait_for(&one.target(path, is_call), writes_between));
            let [Ok(small), Ok(large)] = rounds else {
                let failed = rounds.iter().find_map(|round| round.as_ref().err());
                line = format!("{name:<22}{}: not there", failed.unwrap_or(&0));
                break;
            };
            let ratio = large.percentile(50) / small.percentile(50);
            let mark = if ratio > 1.5 { " !" } else { "  " };
            line += &format!(
                "{:>9.2}{:>9.2}{:>9.2}{:>9.2}{ratio:>7.2}{mark} ",
                small.percentile(50),
                small.percentile(99),
                large.percentile(50),
                large.percentile(99)
            );
        }
        println!("{line}");
    }
    memory(&served[1]);
}

/// Every page and call at once.
fn memory(served: &ScaleServer) {
    let idle = resident_memory(&served.child);
    let found = ASKED.iter().filter_map(|(_, path, is_call)| {
        let target = served.target(path, *is_call);
        served
            .wait_for(
                &Target {
                    requests: target.requests[..1].to_vec(),
                    ..target.clone()
                },
                false,
            )
            .ok()?;
        Some(target.requests)
    });
    let requests: Vec<Vec<u8>> = found.flatten().collect();
    let round = run_load(
        &Target {
            address: served.address,
            requests,
        },
        10,
    );
    println!(
        "\nmemory among {} leads: {idle:.1} MiB, under load {:.1} MiB (required 100), {:.0} requests/s",
        SIZES[1],
        resident_memory(&served.child),
        round.per_second()
    );
}

/// Prints how fast leads move, at both sizes, on a copy that may change, or on PostgreSQL.
pub fn print_moves(seconds: usize, cluster: Option<&str>) {
    println!(
        "\nmoves by the API, 32 connections (required: 2000/s and p99 50 ms; PostgreSQL 1000/s)"
    );
    for size in SIZES {
        let copy = tempfile::tempdir().expect("a directory");
        match cluster {
            Some(url) => prepare_postgres(&url.replace("{}", &size.to_string()), size, copy.path()),
            None => copy_dataset(&dataset_dir(size), copy.path()),
        }
        let served = ScaleServer::start(copy.path(), size);
        let target = served.moves();
        let mut stream = TcpStream::connect(served.address).expect("a connection");
        let (status, _) = ask(&mut stream, &target.requests[0], &mut Vec::new());
        if !(200..300).contains(&status) {
            println!("{size:>9} leads  {status}: not there");
            continue;
        }
        let round = run_load(&target, seconds);
        println!(
            "{size:>9} leads{:>9.0} moves/s, p50 {:.2} ms, p99 {:.2} ms, {} refused (in the bin), {:.1} MiB",
            round.per_second(),
            round.percentile(50),
            round.percentile(99),
            round.failed,
            resident_memory(&served.child)
        );
    }
}
