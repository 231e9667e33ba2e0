//! The queries behind the pages, asked of both databases at each size on one connection: what an index answers takes
//! as long among a million leads as among ten thousand.

use std::path::Path;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use lead_statuses::access::{UserForm, accounts};
use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::{Clock, Timestamp};
use lead_statuses::config::Config;
use lead_statuses::db::{Conn, Db};
use lead_statuses::leads::{LeadQuery, Listing, count_states, result_page};
use lead_statuses::records::fields::Fields;
use lead_statuses::statuses::{self, LeadStatus};

use super::dataset::{COMMON, RARE, SIZES, at, insert_leads, replace_statuses};

/// Runs of each query; the median counts.
const TIMES: usize = 15;

/// A query with the statuses and the time that it needs.
type Ask = Box<dyn Fn(&mut Conn, &[LeadStatus], Timestamp)>;

/// Lists by their filters, in `{}` the id of a status.
const LISTS: [&str; 39] = [
    "",
    "at=end",
    "sort=name",
    "sort=name&at=end",
    "sort=value",
    "sort=-value",
    "sort=age",
    "sort=-age",
    "sort=-updated_at",
    "status={qualified}",
    "status={qualified}&at=end",
    "status={qualified}&sort=name",
    "status={qualified}&sort=-value",
    "status={qualified}&sort=-age",
    "status={new}&sort=name",
    "status={lost}&sort=name",
    "owner=9",
    "owner=9&sort=name",
    "owner=9&sort=-age",
    "owner=none&sort=-value",
    "owner=9&status={qualified}&sort=name",
    "source=Partner",
    "source=Partner&sort=name",
    "source=Partner&owner=9&status={demo}",
    "state=stuck",
    "state=stuck&sort=-age",
    "state=at_risk&sort=name",
    "state=paused",
    "state=on_track&sort=-value",
    "state=stuck&owner=9",
    "state=stuck&status={qualified}",
    "created_from=2026-07-01&created_to=2026-07-02&sort=name",
    "created_from=2025-11-01&created_to=2026-10-31&sort=name",
    "entered_from=2026-11-20",
    "status={qualified}&entered_to=2026-08-01&sort=-age",
    "status={qualified}&entered_from=2026-11-10&entered_to=2026-11-14&sort=-age",
    "status={qualified}&currency=EUR&sort=-value",
    "currency=USD",
    "bin=1",
];

/// Searches: with few hits, with many, of two letters, of two words, without hits.
const SEARCHES: [&str; 9] = [
    "q={rare}",
    "q={common}",
    "q=qu",
    "q={common}+agro",
    "q=ana+{common}&sort=name",
    "q=zzzyx",
    "q=ana&status={demo}",
    "q=example.com&owner=9",
    "q=%2B40+7123",
];

/// Prints the table of SQLite, or of PostgreSQL at this address.
pub fn print(cluster: Option<&str>) {
    let dir = tempfile::tempdir().expect("a directory");
    let files = || SIZES.map(|size| format!("sqlite://{}/lead-statuses.db", at(size).display()));
    let named = |url: &str| SIZES.map(|size| url.replace("{}", &size.to_string()));
    let (name, urls) = match cluster {
        Some(url) => ("PostgreSQL", named(url)),
        None => ("SQLite", files()),
    };
    let sized = urls.iter().zip(SIZES);
    let dbs: Vec<Db> = sized
        .map(|(url, size)| open(url, size, dir.path()))
        .collect();
    println!("\n{name:<54}{:>10}{:>10}{:>8}", SIZES[0], SIZES[1], "ratio");
    for (question, ask) in questions(&dbs[0]) {
        let millis: Vec<f64> = dbs.iter().map(|db| time(db, &ask, &question)).collect();
        let ratio = millis[1] / millis[0];
        let mark = if ratio > 1.5 && millis[1] > 1.0 {
            "  <-"
        } else {
            ""
        };
        println!(
            "{question:<54}{:>10.3}{:>10.3}{ratio:>8.1}{mark}",
            millis[0], millis[1]
        );
    }
}

fn questions(db: &Db) -> Vec<(String, Ask)> {
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
    let mut asks: Vec<(String, Ask)> = Vec::new();
    for query in LISTS.iter().chain(&SEARCHES) {
        let listing = read(&named(query));
        let page = listing.clone();
        asks.push((
            format!("page {query}"),
            Box::new(move |conn, statuses, now| {
                drop(
                    result_page(conn, &page, &LeadQuery::new(statuses.to_vec(), 0, now))
                        .expect("a page"),
                )
            }),
        ));
        if query.contains("sort") || query.contains("at=end") {
            continue;
        }
        asks.push((
            format!("census {query}"),
            Box::new(move |conn, statuses, now| {
                _ = count_states(conn, &listing, &LeadQuery::new(statuses.to_vec(), 0, now))
                    .expect("a census");
            }),
        ));
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

fn read(query: &str) -> Listing {
    Listing::read(&Fields::from_urlencoded(query.as_bytes()).expect("a query"))
}

/// Median in milliseconds, with a warm cache.
fn time(db: &Db, ask: &Ask, question: &str) -> f64 {
    let now = Clock::shifted(0).now();
    db.read_blocking(|conn| {
        let all = statuses::list_all(conn)?;
        if std::env::var("SHOW").is_ok_and(|shown| question == shown || shown == "all") {
            println!("-- {question}");
            listen(conn);
        }
        let mut millis = Vec::new();
        while millis.len() < TIMES && millis.iter().sum::<f64>() < 4_000.0 {
            let begun = Instant::now();
            ask(conn, &all, now);
            millis.push(begun.elapsed().as_secs_f64() * 1000.0);
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
        rate_limits: false,
        demo: false,
    };
    let (db, _lock) = lead_statuses::open(&config).expect("a database");
    let now = config.clock.now();
    let have = db.read_blocking(statuses::count_leads).expect("a count");
    if have == 0 {
        let begun = Instant::now();
        let form = UserForm {
            name: "Bench".into(),
            email: "bench@example.com".into(),
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
