//! The servers under load: the real one over SQLite, and the baseline.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse, HttpServer};
use lead_statuses::Application;
use lead_statuses::clock::{Clock, Zone};
use lead_statuses::config::Config;
use lead_statuses::i18n::Lang;
use reqwest::header::SET_COOKIE;
use serde_json::json;
use tempfile::TempDir;

use super::load::Target;

/// Statuses on the list.
pub const STATUSES: usize = 25;
/// What a browser accepts, in short.
pub const GZIP: &str = "Accept-Encoding: gzip\r\n";
const PROGRAM: &str = env!("CARGO_BIN_EXE_lead-statuses");
pub const PASSWORD: &str = "a password for the benchmark";
pub const EMAIL: &str = "bench@example.com";

pub struct BenchServer {
    dir: TempDir,
    address: SocketAddr,
    cookie: String,
    token: String,
    ids: Vec<i64>,
}

/// The cost of a start.
pub struct StartCost {
    pub millis: f64,
    pub mebibytes: f64,
}

impl BenchServer {
    /// A server over a fresh database with 25 statuses, one user and a token.
    pub fn build() -> BenchServer {
        BenchServer::with_statuses(STATUSES)
    }

    /// As [`BenchServer::build`], with this number of statuses.
    pub fn with_statuses(statuses: usize) -> BenchServer {
        let dir = tempfile::tempdir().expect("a directory");
        let user = [
            "user",
            "add",
            "--email",
            EMAIL,
            "--name",
            "Bench",
            "--role",
            "admin",
            "--password-stdin",
        ];
        command(dir.path(), &user, PASSWORD);
        let token = [
            "token",
            "add",
            "--owner",
            EMAIL,
            "--name",
            "bench",
            "--scopes",
            "read,write,delete",
        ];
        let output = command(dir.path(), &token, "");
        let token = output.trim().lines().last().expect("a token").to_owned();
        let address = serve(dir.path());
        let mut bench = BenchServer {
            dir,
            address,
            cookie: String::new(),
            token,
            ids: Vec::new(),
        };
        let runtime = actix_web::rt::System::new();
        runtime.block_on(bench.fill(statuses));
        bench
    }

    async fn fill(&mut self, statuses: usize) {
        let base = format!("http://{}", self.address);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let list = format!("{base}/api/lead_statuses");
        let get = || http.get(&list).header("authtoken", &self.token).send();
        let count = |all: serde_json::Value| all.as_array().map_or(0, Vec::len);
        let have = count(get().await.expect("an answer").json().await.expect("JSON"));
        for number in have..statuses {
            let status = json!({"name": format!("Stage {number}"), "color": "#2a80e2", "kind": "open",
                "definition": "Somebody who may buy has been spoken to, and knows what comes next.", "target_days": 5, "limit_days": 10});
            let made = http
                .post(&list)
                .header("authtoken", &self.token)
                .json(&status)
                .send()
                .await
                .expect("an answer");
            assert_eq!(made.status(), 201);
        }
        let all: serde_json::Value = get().await.expect("an answer").json().await.expect("JSON");
        self.ids = all
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|one| one["id"].as_i64())
            .collect();
        assert_eq!(self.ids.len(), statuses);
        self.cookie = sign_in(&http, &base).await;
    }

    /// What is measured: name, target, the share required and the goal.
    pub fn reads(&self) -> Vec<(&'static str, Target, f64, f64)> {
        let one = format!("/api/lead_statuses/{}", self.ids[2]);
        vec![
            (
                "list page",
                self.read("/admin/leads/statuses", false, ""),
                0.25,
                0.5,
            ),
            (
                "list page, gzip",
                self.read("/admin/leads/statuses", false, GZIP),
                0.25,
                0.5,
            ),
            (
                "API list",
                self.read("/api/lead_statuses", true, ""),
                0.3,
                0.6,
            ),
            ("API get one", self.read(&one, true, ""), 0.3, 0.6),
        ]
    }

    /// The directory of its database.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// A page, or a call of the API, asked for with these headers besides.
    pub fn read(&self, path: &str, is_call: bool, headers: &str) -> Target {
        let who = match is_call {
            true => format!("authtoken: {}\r\n", self.token),
            false => format!("Cookie: {}\r\n", self.cookie),
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{who}{headers}\r\n",
            self.address
        );
        Target {
            address: self.address,
            requests: vec![request.into_bytes()],
        }
    }

    /// Small changes to one status after the other.
    pub fn writes(&self) -> Target {
        let change = |id: &i64, turn: usize| {
            let body = json!({"definition": format!("Somebody has been spoken to {turn} times.")})
                .to_string();
            format!("PUT /api/lead_statuses/{id} HTTP/1.1\r\nHost: {}\r\nauthtoken: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                self.address, self.token, body.len()).into_bytes()
        };
        let turns = (0..9).flat_map(|turn| self.ids.iter().map(move |id| (id, turn)));
        Target {
            address: self.address,
            requests: turns.map(|(id, turn)| change(id, turn)).collect(),
        }
    }

    /// A server that answers these bytes from memory.
    pub fn baseline(&self, bytes: &[u8]) -> Target {
        let bytes = Bytes::copy_from_slice(bytes);
        let (listener, address) = listen();
        std::thread::spawn(move || {
            let server = HttpServer::new(move || {
                let bytes = bytes.clone();
                App::new().default_service(web::to(move || {
                    let bytes = bytes.clone();
                    async move {
                        HttpResponse::Ok()
                            .content_type("text/html; charset=utf-8")
                            .body(bytes)
                    }
                }))
            });
            let server = server
                .workers(workers())
                .disable_signals()
                .listen(listener)
                .expect("a server")
                .run();
            actix_web::rt::System::new()
                .block_on(server)
                .expect("the baseline holds");
        });
        let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes();
        Target {
            address,
            requests: vec![request],
        }
    }

    /// Starts the program itself on this database: the median time to its first 200, and its memory a second later.
    pub fn cold_starts(&self, times: usize) -> StartCost {
        let copy = tempfile::tempdir().expect("a directory");
        let backup = copy.path().join("lead-statuses.db");
        command(
            self.dir.path(),
            &["backup", &backup.display().to_string()],
            "",
        );
        let mut millis = Vec::new();
        let mut mebibytes = 0.0;
        for _ in 0..=times {
            let (mut program, took) = start(copy.path());
            millis.push(took);
            std::thread::sleep(Duration::from_secs(1));
            mebibytes = resident_memory(&program);
            program.kill().expect("an end");
            program.wait().expect("an end");
        }
        // The first start unpacks the assets.
        millis.remove(0);
        millis.sort_by(f64::total_cmp);
        StartCost {
            millis: millis[millis.len() / 2],
            mebibytes,
        }
    }
}

/// Starts the program: how many milliseconds it takes to its first 200.
fn start(dir: &Path) -> (Child, f64) {
    let begun = Instant::now();
    let mut program = program(dir)
        .arg("serve")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a start");
    let address = read_address(&mut program);
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes();
    Target {
        address,
        requests: vec![request],
    }
    .fetch();
    (program, begun.elapsed().as_secs_f64() * 1000.0)
}

/// The milliseconds of a start in this directory, which is ended again.
pub fn first_answer(dir: &Path) -> f64 {
    let (mut program, millis) = start(dir);
    program.kill().expect("an end");
    program.wait().expect("an end");
    millis
}

pub fn workers() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// The program on the database in a directory, or on that whose address is in the file `url` there.
pub fn program(dir: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    let file = format!("sqlite://{}", dir.join("lead-statuses.db").display());
    let url = std::fs::read_to_string(dir.join("url")).unwrap_or(file);
    command.env("DATABASE_URL", url);
    command
        .env("LS_DATA_DIR", dir.join("data"))
        .env("LS_BIND", "127.0.0.1:0");
    command.env("LS_LOG", "error").stdin(Stdio::piped());
    command
}

pub fn command(dir: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = program(dir)
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(input.as_bytes())
        .expect("it reads");
    let done = child.wait_with_output().expect("an end");
    assert!(done.status.success(), "{arguments:?}");
    String::from_utf8(done.stdout).expect("UTF-8")
}

fn serve(dir: &Path) -> SocketAddr {
    let file = dir.join("lead-statuses.db");
    let config = Config {
        database_url: format!("sqlite://{}", file.display())
            .parse()
            .expect("an address"),
        bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        data_dir: dir.join("data"),
        public_url: None,
        trusted_proxies: Vec::new(),
        workers: workers(),
        clock: Clock::shifted(0),
        language: Lang::En,
        time_zone: Zone::UTC,
        has_rate_limits: false,
        password_cost: lead_statuses::digest::PasswordCost::RECOMMENDED,
        is_demo: false,
    };
    let (started, start) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let app = Application::build(config).await.expect("a start");
            started.send(app.port()).expect("someone waits");
            app.run().await.expect("the server runs");
        });
    });
    SocketAddr::from((Ipv4Addr::LOCALHOST, start.recv().expect("a port")))
}

pub async fn sign_in(http: &reqwest::Client, base: &str) -> String {
    let url = format!("{base}/admin/login");
    let page = http.get(&url).send().await.expect("an answer");
    let visitor = cookies(&page);
    let html = page.text().await.expect("a page");
    let csrf = html
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a token");
    let fields = [("email", EMAIL), ("password", PASSWORD), ("csrf", csrf)];
    let done = http
        .post(&url)
        .header("cookie", visitor)
        .header("origin", base)
        .form(&fields)
        .send()
        .await
        .expect("an answer");
    assert_eq!(done.status(), 303, "signed in");
    cookies(&done)
}

fn cookies(answer: &reqwest::Response) -> String {
    let all = answer
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let pairs: Vec<&str> = all
        .filter_map(|cookie| cookie.split(';').next())
        .filter(|pair| !pair.ends_with('='))
        .collect();
    pairs.join("; ")
}

pub fn read_address(program: &mut Child) -> SocketAddr {
    let lines = BufReader::new(program.stdout.as_mut().expect("piped"))
        .lines()
        .map_while(Result::ok);
    let mut addresses = lines.filter_map(|line| {
        let rest = line.split("http://").nth(1)?.to_owned();
        rest.split(|c: char| c.is_whitespace() || c == '/')
            .next()?
            .parse()
            .ok()
    });
    addresses.next().expect("it says where it is")
}

/// Resident memory in MiB.
pub fn resident_memory(program: &Child) -> f64 {
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes: Option<f64> =
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kibibytes.map_or(f64::NAN, |kibibytes| kibibytes / 1024.0)
}
