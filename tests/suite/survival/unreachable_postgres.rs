//! A PostgreSQL that is silent, gone, or lost between a commit and its answer.

use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder};
use serde_json::json;

use tempfile::TempDir;

use crate::support::{
    ALICE, Api, Backend, Browser, DatabaseCopy, Process, Proxy, ask_again, query_text,
};

/// Every request must end within this time.
const LONGEST: Duration = Duration::from_secs(10);
/// The program must work again within this time.
const HEALED: Duration = Duration::from_secs(2);

/// A server that reaches its PostgreSQL through a proxy that can cut the connection.
struct ProxiedServer {
    program: Process,
    proxy: Proxy,
    copy: DatabaseCopy,
    _dir: TempDir,
}

impl ProxiedServer {
    /// `None` where PostgreSQL is missing.
    fn start() -> Option<ProxiedServer> {
        let dir = tempfile::tempdir().expect("a directory");
        let copy = DatabaseCopy::take(Backend::Postgres, dir.path())?;
        let (proxy, through) = Proxy::before(&copy.url);
        Some(ProxiedServer {
            program: Process::serve(&through, dir.path()),
            proxy,
            copy,
            _dir: dir,
        })
    }

    fn api(&self) -> Api {
        self.program.api(self.copy.token(ALICE))
    }
}

/// How long a request takes, and the status of its answer; 0 if there is none.
async fn measure(request: RequestBuilder) -> (Duration, u16) {
    let start = Instant::now();
    let answer = request.send().await;
    let status = answer.map_or(0, |answer| answer.status().as_u16());
    (start.elapsed(), status)
}

#[tokio::test]
async fn without_its_database_every_request_ends_within_ten_seconds() {
    let Some(behind) = ProxiedServer::start() else {
        return;
    };
    let (api, proxy) = (behind.api(), &behind.proxy);
    let browser = Browser::new(&behind.program.base);
    browser.sign_in(ALICE).await;
    let form = browser.get("/admin/leads/statuses/new").await;
    let csrf = form.attributes("form[action='/admin/leads/statuses'] [name=csrf]", "value");
    let fields = [
        ("csrf", csrf.first().expect("a token").as_str()),
        ("name", "Unheard"),
        ("color", "#2a80e2"),
        ("kind", "open"),
    ];
    for (what, is_silent) in [("silent", true), ("cut", false)] {
        match is_silent {
            true => proxy.silence(),
            false => proxy.cut(),
        }
        let body = json!({"name": "Unheard", "color": "#2a80e2", "kind": "open"});
        let mut requests: Vec<RequestBuilder> = Vec::new();
        for _ in 0..8 {
            requests.push(browser.request(Method::GET, "/admin/leads/statuses"));
            requests.push(api.request(Method::GET, "lead_statuses"));
            requests.push(api.request(Method::POST, "lead_statuses").json(&body));
            let post = browser.request(Method::POST, "/admin/leads/statuses");
            requests.push(post.header("origin", &behind.program.base).form(&fields));
        }
        requests.push(browser.request(Method::GET, "/readyz"));
        let tasks: Vec<_> = requests
            .into_iter()
            .map(|request| tokio::spawn(measure(request)))
            .collect();
        for (number, task) in tasks.into_iter().enumerate() {
            let (took, status) = task.await.expect("no panic");
            assert!(
                took < LONGEST,
                "{what}, request {number}: {status} after {took:?}"
            );
            assert!(
                [503, 504].contains(&status),
                "{what}, request {number}: {status}"
            );
        }
        assert_eq!(browser.get("/healthz").await.status, 200);
        proxy.open();
        let begun = Instant::now();
        while measure(api.request(Method::GET, "lead_statuses")).await.1 != 200 {
            assert!(begun.elapsed() < HEALED, "{what}: it does not heal");
            ask_again().await;
        }
    }
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_reported_as_unknown_and_by_its_key() {
    let Some(behind) = ProxiedServer::start() else {
        return;
    };
    let api = behind.api();
    let make = || {
        let body = json!({"name": "Lost on the way", "color": "#2a80e2", "kind": "open"});
        let request = api.request(Method::POST, "lead_statuses").json(&body);
        api.send(request.header("idempotency-key", "once"))
    };
    // The use of the token is noted first, beside the calls.
    api.statuses().await;
    while query_text(
        &behind.copy.url,
        "select cast(count(*) as varchar(20)) as value from api_tokens where last_used_at is not null",
    ) == "0"
    {
        ask_again().await;
    }
    behind.proxy.cut_after_commit();
    let unknown = make().await;
    assert_eq!(unknown.status, 504, "{}", unknown.text());
    let message = unknown.json()["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(message.contains("Check whether"), "{message}");
    let known = make().await;
    assert_eq!(known.status, 201, "{}", known.text());
    let made = api.status("Lost on the way").await;
    assert_eq!(known.json()["record_id"], made["id"]);
}
