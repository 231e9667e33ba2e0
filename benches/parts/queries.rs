//! The queries behind the pages, asked of both databases at each size on one connection: what an index answers takes
//! as long among a million leads as among ten thousand.

use std::path::Path;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use lead_statuses::access::{UserForm, accounts};
use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::{Clock, Timestamp, Zone};
use lead_statuses::config::Config;
use lead_statuses::db::{Conn, DatabaseUrl, Db};
use lead_statuses::digest::PasswordCost;
use lead_statuses::i18n::Lang;
use lead_statuses::leads::actions::bulk::MAX_LEADS;
use lead_statuses::leads::actions::numbered_page::numbered_page;
use lead_statuses::leads::{
    BoardListing, LeadQuery, Listing, Worklist, board_columns, count_states, result_page,
    worklist_counts, worklist_page,
};
use lead_statuses::records::fields::Fields;
use lead_statuses::records::list::List;
use lead_statuses::statuses::{self, LeadStatus};
use rustix::time::{ClockId, clock_gettime};

use super::dataset::{COMMON, RARE, SIZES, dataset_dir, insert_leads, replace_statuses};
use super::server::{EMAIL, PASSWORD, command};

/// Runs of each query; the median counts.
const TIMES: usize = 5;

/// A query with the statuses and the time that it needs.
type QueryRun = Box<dyn Fn(&mut Conn, &[LeadStatus], Timestamp)>;

/// The filters of a list, in `{}` the id of a status.
const FILTERS: [&str; 18] = [
    "status={qualified}",
    "status={lost}",
    "owner=9",
    "owner=none",
    "source=Partner",
    "state=stuck",
    "state=at_risk",
    "state=on_track",
    "state=paused",
    "created_from=2026-07-01&created_to=2026-07-02",
    "created_from=2025-11-01&created_to=2026-10-31",
    "created_to=2025-09-01",
    "entered_from=2026-11-20",
    "entered_to=2026-03-01",
    "currency=EUR",
    "currency=USD",
    "currency=GBP",
    "bin=1",
];

/// Searches: with few hits, with many, with two words, without hits, of two letters with many hits, with few and with
/// none, of one letter.
const SEARCHES: [&str; 9] = [
    "q={rare}",
    "q={common}",
    "q={common}+agro",
    "q=zzzyx",
    "q=qu",
    "q=ui",
    "q=zq",
    "q=e",
    "q=%2B40+7123",
];

/// The orders of a list, and its last page.
const ORDERS: [&str; 11] = [
    "",
    "sort=created_at",
    "sort=name",
    "sort=-name",
    "sort=value",
    "sort=-value",
    "sort=age",
    "sort=-age",
    "sort=updated_at",
    "sort=-updated_at",
    "at=end",
];

/// Every filter and search, and every pair of them that is not of the same filter.
fn filters() -> Vec<String> {
    let all: Vec<&str> = FILTERS.iter().chain(&SEARCHES).copied().collect();
    let name = |filter: &str| {
        filter
            .split(['=', '_'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let mut filters = vec![String::new()];
    for (at, one) in all.iter().enumerate() {
        filters.push((*one).to_owned());
        let others = all[at + 1..]
            .iter()
            .filter(|other| name(other) != name(one));
        filters.extend(others.map(|other| format!("{one}&{other}")));
    }
    filters.extend(["source=Partner&owner=9&currency=USD".to_owned()]);
    filters
}

/// Prints the table of SQLite, or of PostgreSQL at this address: what is not flat or takes over 50 ms. With
/// `SHOW=all` every row; with `QUERIES=text` only the queries whose names contain it.
pub fn print(cluster: Option<&str>) {
    let dir = tempfile::tempdir().expect("a directory");
    let files =
        || SIZES.map(|size| format!("sqlite://{}/lead-statuses.db", dataset_dir(size).display()));
    let named = |url: &str| SIZES.map(|size| url.replace("{}", &size.to_string()));
    let (name, urls) = match cluster {
        Some(url) => ("PostgreSQL", named(url)),
        None => ("SQLite", files()),
    };
    let sized = urls.iter().zip(SIZES);
    let dbs: Vec<Db> = sized
        .map(|(url, size)| open(url, size, dir.path()))
        .collect();
    println!("\n{name:<78}{:>10}{:>10}{:>8}", SIZES[0], SIZES[1], "ratio");
    let mut questions = questions(&dbs[0]);
    if let Ok(text) = std::env::var("QUERIES") {
        questions.retain(|(question, _)| question.contains(&text));
    }
    let mut over = [0; 2];
    for (question, ask) in &questions {
        let millis: Vec<f64> = dbs.iter().map(|db| time(db, ask, question)).collect();
        let ratio = millis[1] / millis[0];
        let mark = match millis[1] {
            long if long > 50.0 => "  over 50 ms",
            long if long > 5.0 && ratio > 1.5 => "  not flat",
            _ if std::env::var("SHOW").is_ok() => "",
            _ => continue,
        };
        over[usize::from(millis[1] > 50.0)] += 1;
        println!(
            "{question:<78}{:>10.3}{:>10.3}{ratio:>8.1}{mark}",
            millis[0], millis[1]
        );
    }
    println!(
        "{} queries, of which {} take over 50 ms, and {} over 5 ms and over 1.5 times as long",
        questions.len(),
        over[1],
        over[0]
    );
}

fn questions(db: &Db) -> Vec<(String, QueryRun)> {
    let all = db.read_blocking(statuses::list_all).expect("statuses");
    let named = |text: &str| {
        let text = text.replace("{rare}", RARE).replace("{common}", COMMON);
        all.iter().fold(text, |text, status| {
            text.replace(
                &format!("{{{}}}", status.slug.as_str()),
                &status.id.to_string(),
            )
        })
    };
    let mut asks: Vec<(String, QueryRun)> = Vec::new();
    for filter in filters() {
        for order in ORDERS {
            let listing = read(&named(&format!("{filter}&{order}")));
            asks.push((
                format!("page {filter} {order}"),
                Box::new(move |conn, statuses, now| {
                    let query = LeadQuery::new(statuses.to_vec(), 0, now);
                    let query = query.searching(conn, &listing.filter.q).expect("owners");
                    drop(result_page(conn, &listing, &query).expect("a page"))
                }),
            ));
        }
        let listing = read(&named(&filter));
        let of = |ask: fn(&mut Conn, &Listing, &LeadQuery)| -> QueryRun {
            let listing = listing.clone();
            Box::new(move |conn, statuses, now| {
                let query = LeadQuery::new(statuses.to_vec(), 0, now);
                let query = query.searching(conn, &listing.filter.q).expect("owners");
                ask(conn, &listing, &query);
            })
        };
        asks.extend([
            (
                format!("counts {filter}"),
                of(|conn, listing, query| {
                    _ = count_states(conn, listing, query).expect("counts");
                }),
            ),
            (
                format!("first page of the API {filter}"),
                of(|conn, listing, query| {
                    drop(numbered_page(conn, listing, query, 1).expect("a page"))
                }),
            ),
            (
                format!("board {filter}"),
                of(|conn, listing, query| {
                    let board = BoardListing::read(&to_fields(listing));
                    drop(board_columns(conn, &board, query).expect("a board"))
                }),
            ),
            (
                format!("preview of bulk {filter}"),
                of(|conn, listing, query| {
                    drop(
                        query
                            .ids(conn, &listing.filter, MAX_LEADS + 1)
                            .expect("ids"),
                    )
                }),
            ),
            (
                format!("stuck list {filter}"),
                of(|conn, listing, query| {
                    let worklist = Worklist::read(&to_fields(listing), query.now);
                    drop(worklist_page(conn, &worklist, query).expect("a page"));
                    drop(worklist_counts(conn, &worklist, query).expect("counts"))
                }),
            ),
        ]);
    }
    asks.push((
        "middle of the list by name".into(),
        Box::new(|conn, statuses, now| {
            drop(
                result_page(
                    conn,
                    &read("sort=name&after=ion+lazar~5"),
                    &LeadQuery::new(statuses.to_vec(), 0, now),
                )
                .expect("a page"),
            );
        }),
    ));
    asks.push((
        "occupancy".into(),
        Box::new(|conn, all, now| drop(statuses::stats(conn, all, now).expect("counts"))),
    ));
    asks.push((
        "stuck in all".into(),
        Box::new(|conn, _, now| _ = statuses::count_stuck(conn, now).expect("a count")),
    ));
    asks.push((
        "stuck of one owner".into(),
        Box::new(|conn, _, now| _ = statuses::count_stuck_of_owner(conn, 9, now).expect("a count")),
    ));
    asks
}

/// The fields of the URL of a list.
fn to_fields(listing: &Listing) -> Fields {
    let pairs = listing.pairs();
    Fields::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))
}

fn read(query: &str) -> Listing {
    Listing::read(&Fields::from_urlencoded(query.as_bytes()).expect("a query"))
}

/// What this thread has computed so far, which doesn't depend on what else the machine does; with PostgreSQL, whose server
/// computes, the time that has passed. In milliseconds.
fn millis_now(db: &Db) -> f64 {
    let clock = match db.url() {
        DatabaseUrl::Sqlite(_) => ClockId::ThreadCPUTime,
        DatabaseUrl::Postgres(_) => ClockId::Monotonic,
    };
    let now = clock_gettime(clock);
    now.tv_sec as f64 * 1e3 + now.tv_nsec as f64 / 1e6
}

/// Median in milliseconds, with a warm cache.
fn time(db: &Db, ask: &QueryRun, question: &str) -> f64 {
    let now = Clock::shifted(0).now();
    // A count that takes too long is left out, as on a page.
    db.read_part(|conn| {
        let all = statuses::list_all(conn)?;
        if std::env::var("SHOW").is_ok_and(|shown| question == shown || shown == "all") {
            println!("-- {question}");
            listen(conn);
        }
        let mut millis = Vec::new();
        while millis.len() < TIMES && millis.iter().sum::<f64>() < 4_000.0 {
            let begun = millis_now(db);
            ask(conn, &all, now);
            millis.push(millis_now(db) - begun);
            stop_logging(conn);
        }
        millis.sort_by(f64::total_cmp);
        Ok(millis[millis.len() / 2])
    })
    .expect("an answer")
}

fn listen(conn: &mut Conn) {
    let said = |event: diesel::connection::InstrumentationEvent<'_>| {
        if let diesel::connection::InstrumentationEvent::StartQuery { query, .. } = event {
            println!("{query}");
        }
    };
    match conn {
        Conn::Sqlite(conn) => conn.set_instrumentation(said),
        Conn::Postgres(conn) => conn.set_instrumentation(said),
    }
}

fn stop_logging(conn: &mut Conn) {
    match conn {
        Conn::Sqlite(conn) => {
            conn.set_instrumentation(None::<Box<dyn diesel::connection::Instrumentation>>)
        }
        Conn::Postgres(conn) => {
            conn.set_instrumentation(None::<Box<dyn diesel::connection::Instrumentation>>)
        }
    }
}

/// Fills a database of PostgreSQL with so many leads, if it is a new one, and writes the address of a copy and a token into a
/// directory.
pub fn prepare_postgres(url: &str, size: u32, dir: &Path) {
    drop(open(url, size, dir));
    let copy = copy_database(url);
    std::fs::write(dir.join("url"), copy).expect("an address");
    let password = ["user", "password", EMAIL, "--password-stdin"];
    command(dir, &password, PASSWORD);
    let token = ["token", "add", "--owner", EMAIL, "--name", "bench"];
    let token = token.into_iter().chain(["--scopes", "read,write,delete"]);
    let output = command(dir, &token.collect::<Vec<_>>(), "");
    let token = output.trim().lines().last().expect("a token");
    std::fs::write(dir.join("token"), token).expect("a token");
}

/// Copies a database of PostgreSQL beside it, in place of the copy of before.
fn copy_database(url: &str) -> String {
    let (server, name) = url.rsplit_once('/').expect("the name of a database");
    let copy = format!("{name}_copy");
    let mut conn = PgConnection::establish(&format!("{server}/postgres")).expect("a connection");
    for statement in [
        format!("drop database if exists {copy} with (force)"),
        format!("create database {copy} template {name} strategy file_copy"),
    ] {
        conn.batch_execute(&statement).expect("a copy");
    }
    format!("{server}/{copy}")
}

/// A database with so many leads, filled now if it is a new one of PostgreSQL.
fn open(url: &str, size: u32, dir: &Path) -> Db {
    let config = Config {
        database_url: url.parse().expect("an address"),
        bind: std::net::SocketAddr::from((std::net::Ipv4Addr::LOCALHOST, 0)),
        data_dir: dir.join("data"),
        public_url: None,
        trusted_proxies: Vec::new(),
        workers: 2,
        clock: Clock::shifted(0),
        language: Lang::En,
        time_zone: Zone::UTC,
        has_rate_limits: false,
        password_cost: PasswordCost::RECOMMENDED,
        is_demo: false,
    };
    let (db, _lock) = lead_statuses::open(&config).expect("a database");
    let now = config.clock.now();
    let have = db.read_blocking(statuses::count_leads).expect("a count");
    if have == 0 {
        let begun = Instant::now();
        let form = UserForm {
            name: "Bench".into(),
            email: EMAIL.into(),
            role: "manager".into(),
        };
        let fields = form.parse().expect("a user");
        db.write_blocking(move |conn| {
            accounts::create(conn, &Actor::program(Channel::Setup, now), &fields, "-")?;
            replace_statuses(conn, now);
            Ok(())
        })
        .expect("a user");
        let mut conn = PgConnection::establish(url)
            .map(Conn::Postgres)
            .expect("a connection");
        insert_leads(&mut conn, size, now);
        if let Conn::Postgres(conn) = &mut conn {
            conn.batch_execute("vacuum analyze").expect("statistics");
        }
        println!(
            "{size} leads made in {:.0} s",
            begun.elapsed().as_secs_f64()
        );
    }
    db
}
