//! Reads that would never end: each has a deadline, ends with the request that waits for it, and leaves connections to
//! short ones.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use lead_statuses::db::{Conn, ReadKind, attempt_within};
use lead_statuses::error::{Error, Result};
use reqwest::Method;
use serde_json::json;
use tokio::task::JoinHandle;

use crate::support::{ALICE, Answer, Browser, TestApp};

both!(
    a_read_that_takes_too_long_is_ended_and_says_so,
    slow_reads_leave_short_ones_their_connections_and_end_with_their_clients,
    a_part_that_takes_too_long_is_left_out_and_the_read_goes_on,
);

const SLOW: &str = "/admin/audit";
const SHORT: &str = "/admin/leads/new";

/// Replaces a table by a view on which each query takes time for every row.
async fn slow_down(app: &TestApp, table: &'static str, sqlite_steps: &'static str, seconds: f32) {
    let statements = move |conn: &mut Conn| -> Result<()> {
        let slow = match conn {
            Conn::Sqlite(conn) => {
                diesel::sql_query("PRAGMA legacy_alter_table = ON").execute(conn)?;
                format!(
                    "(WITH RECURSIVE n (i) AS (SELECT real_{table}.id UNION ALL SELECT i + 1 FROM n {sqlite_steps}) \
                     SELECT count(*) FROM n) > 0"
                )
            }
            Conn::Postgres(_) => format!("pg_sleep({seconds} + 0 * id) IS NOT NULL"),
        };
        for statement in [
            format!("ALTER TABLE {table} RENAME TO real_{table}"),
            format!("CREATE VIEW {table} AS SELECT * FROM real_{table} WHERE {slow}"),
        ] {
            diesel::sql_query(statement).execute(conn)?;
        }
        Ok(())
    };
    app.db.write(statements).await.expect("a slow table");
}

/// Makes the log of changes endless to read.
async fn make_log_endless(app: &TestApp) {
    app.api(ALICE).create_status("One").await;
    slow_down(app, "audit_entries", "", 60.0).await;
}

fn ask_slowly(browser: &Browser) -> JoinHandle<Answer> {
    let (browser, request) = (browser.clone(), browser.request(Method::GET, SLOW));
    tokio::spawn(async move { browser.send(request).await })
}

/// Waits until the number of running reads is as expected; the calls between give the server time.
async fn wait_for_reads(app: &TestApp, wanted: impl Fn(usize) -> bool) {
    let start = Instant::now();
    while !wanted(app.db.running_reads()) {
        assert!(
            start.elapsed() < Duration::from_secs(3),
            "{}",
            app.db.running_reads()
        );
        app.visitor().get("/healthz").await;
    }
}

async fn a_read_that_takes_too_long_is_ended_and_says_so(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    make_log_endless(&app).await;
    let start = Instant::now();
    let page = browser.get(SLOW).await;
    let took = start.elapsed();
    assert_eq!(page.status, 503, "{page:?}");
    assert!(!page.answer.header("retry-after").is_empty());
    assert!((3..8).contains(&took.as_secs()), "{took:?}");
    wait_for_reads(&app, |running| running == 0).await;
}

async fn slow_reads_leave_short_ones_their_connections_and_end_with_their_clients(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    make_log_endless(&app).await;
    let slow: Vec<_> = (0..12).map(|_| ask_slowly(&browser)).collect();
    wait_for_reads(&app, |running| running > 0).await;
    for _ in 0..20 {
        let start = Instant::now();
        assert_eq!(browser.get(SHORT).await.status, 200);
        assert!(
            start.elapsed() < Duration::from_secs(1),
            "{:?}",
            start.elapsed()
        );
    }
    assert!(app.db.running_reads() > 0, "a slow read goes on");
    // An aborted request closes its connection.
    for one in slow {
        one.abort();
    }
    wait_for_reads(&app, |running| running == 0).await;
}

/// A query without an end.
fn endless(conn: &mut Conn) -> Result<i64> {
    let statement = match conn {
        Conn::Sqlite(_) => {
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS found FROM n"
        }
        Conn::Postgres(_) => "SELECT count(*) AS found FROM pg_sleep(60)",
    };
    query_number(conn, statement)
}

#[derive(QueryableByName)]
struct NumberRow {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    found: i64,
}

fn query_number(conn: &mut Conn, statement: &str) -> Result<i64> {
    let row: NumberRow = diesel::sql_query(statement).get_result(conn)?;
    Ok(row.found)
}

async fn a_part_that_takes_too_long_is_left_out_and_the_read_goes_on(app: TestApp) {
    let read = |conn: &mut Conn| {
        let limit = Duration::from_millis(20);
        let before = attempt_within(conn, limit, |conn| {
            query_number(conn, "SELECT count(*) AS found FROM lead_status_roles")
        })?;
        let count = attempt_within(conn, limit, endless)?;
        Ok((
            before.is_some(),
            count,
            query_number(conn, "SELECT count(*) AS found FROM users")? > 0,
        ))
    };
    for kind in [ReadKind::Short, ReadKind::List, ReadKind::Whole] {
        let read = app.db.read_as(kind, read).await;
        assert_eq!(read.expect("an answer"), (true, None, true));
    }
    let start = Instant::now();
    let whole = app.db.read(endless).await;
    assert!(matches!(whole, Err(Error::Busy(_))), "{whole:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// On SQLite lists name their indexes, which a view that is slow doesn't have; what lists do with a count that was left out
/// is the same.
#[tokio::test]
async fn a_list_that_cannot_be_counted_in_time_has_no_total() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    let api = app.api(ALICE);
    for number in 0..12 {
        let lead = json!({"name": format!("Ana {number}"), "source": "Web"});
        assert_eq!(api.post("leads", lead).await.status, 201);
        if number == 0 {
            // Few leads are always counted.
            app.raise_next_lead_id().await;
        }
    }
    let browser = app.signed_in(ALICE).await;
    slow_down(&app, "leads", "LIMIT 30000", 0.02).await;
    let page = async |query: &str| {
        let answer = api
            .get(&format!("leads?source=Web&per_page=5&{query}"))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let body = answer.json();
        let rows = body["data"].as_array().map(Vec::len);
        (rows, body["meta"].clone())
    };
    for (number, rows, has_more) in [(1, 5, true), (2, 5, true), (3, 2, false)] {
        let (found, meta) = page(&format!("page={number}")).await;
        assert_eq!(found, Some(rows), "{meta}");
        assert_eq!(meta["has_more"], has_more, "{meta}");
        assert!(
            meta["total"].is_null() && meta["total_pages"].is_null(),
            "{meta}"
        );
        assert_eq!(meta["page"], number);
    }
    let (found, meta) = page("page=9").await;
    assert_eq!(
        (found, meta["page"].as_i64()),
        (Some(2), Some(3)),
        "the last page"
    );
    let list = browser.get("/admin/leads?source=Web").await;
    assert_eq!(list.status, 200);
    assert!(
        list.texts("#tabs .tab")[0].ends_with("12"),
        "{:?}",
        list.texts("#tabs .tab")
    );
}

#[tokio::test]
async fn a_write_is_done_although_its_client_has_left() {
    let app = TestApp::sqlite().await;
    let api = app.api(ALICE);
    let ((started, has_started), (free, wait)) = (channel(), channel::<()>());
    let (wait, db) = (Mutex::new(wait), app.db.clone());
    let holding = tokio::spawn(async move {
        let hold = move |_: &mut Conn| {
            let _ = started.send(());
            let _ = wait.lock().expect("no panic").recv();
            Ok(())
        };
        db.write(hold).await
    });
    let started = tokio::task::spawn_blocking(move || has_started.recv());
    started.await.expect("no panic").expect("it holds");
    let address = app.base.trim_start_matches("http://");
    let mut client = TcpStream::connect(address).expect("a connection");
    let (token, body) = (app.token(ALICE), r#"{"name":"Ana"}"#);
    let length = body.len();
    let call = format!(
        "POST /api/leads HTTP/1.1\r\nHost: {address}\r\nauthtoken: {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    client.write_all(call.as_bytes()).expect("it is sent");
    // The call has begun once later ones are answered; then its client leaves, which the server notices.
    for leaving in [None, Some(client)] {
        drop(leaving);
        for _ in 0..20 {
            app.visitor().get("/healthz").await;
        }
    }
    free.send(()).expect("it waits");
    holding.await.expect("no panic").expect("nothing fails");
    let start = Instant::now();
    while api.get("leads").await.json()[0]["name"] != "Ana" {
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "it never happened"
        );
    }
}
