//! The answers to writes agree with their outcomes.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use futures_util::FutureExt;

use crate::db::conn::Connector;
use crate::db::deadline::limited;
use crate::db::health::Health;
use crate::db::queue::{Commit, Queue, WriteHandle};
use crate::db::{Conn, DatabaseUrl};
use crate::error::{Error, Result};

/// Less time than any answer takes.
const SHORT: Duration = Duration::from_millis(20);

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn queue() -> (tempfile::TempDir, Queue) {
    queue_with(Health::default())
}

fn queue_with(health: Health) -> (tempfile::TempDir, Queue) {
    let dir = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(dir.path().join("a.db"));
    let queue = Queue::start(Connector::writer(&url), health, Arc::default()).unwrap();
    run(&queue, "create table rows (n integer)").unwrap();
    (dir, queue)
}

fn run(queue: &Queue, statement: &'static str) -> Result<()> {
    submit(queue, move |conn| Ok(conn.batch_execute(statement)?))?.wait_blocking()
}

fn submit<T: Send + 'static>(
    queue: &Queue,
    change: impl Fn(&mut Conn) -> Result<T> + Send + 'static,
) -> Result<WriteHandle<T>> {
    queue.submit(change, Commit::Shared)
}

fn count(queue: &Queue) -> i64 {
    let query = "select count(*) as count from rows";
    let job = submit(queue, move |conn| {
        let found: Count = diesel::sql_query(query).get_result(conn)?;
        Ok(found.count)
    });
    job.unwrap().wait_blocking().unwrap()
}

/// What comes of it for a request that has no time to spare.
fn short<F: Future>(request: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_time().build().unwrap();
    runtime.block_on(limited(SHORT, request))
}

/// A job that has begun, and waits for the sender.
fn begun(queue: &Queue) -> (WriteHandle<()>, Sender<()>) {
    let ((begin, has_begun), (free, wait)) = (channel(), channel());
    let wait = Mutex::new(wait);
    let job = submit(queue, move |conn| {
        conn.batch_execute("insert into rows values (1)")?;
        let _ = begin.send(());
        let _ = wait.lock().unwrap().recv();
        Ok(())
    });
    has_begun.recv().unwrap();
    (job.unwrap(), free)
}

#[test]
fn what_has_begun_is_late_and_what_has_not_never_begins() {
    let (_dir, queue) = queue();
    let (first, free) = begun(&queue);
    let second = submit(&queue, |conn| {
        Ok(conn.batch_execute("insert into rows values (2)")?)
    });
    let second = short(second.unwrap().wait());
    assert!(matches!(second, Err(Error::Busy(_))), "{second:?}");
    let first = short(first.wait());
    assert!(matches!(first, Err(Error::OutcomeUnknown(_))), "{first:?}");
    free.send(()).unwrap();
    assert_eq!(count(&queue), 1, "the first was done, the second wasn't");
}

#[test]
fn a_request_has_one_deadline_for_all_it_waits_for() {
    let (_dir, queue) = queue();
    let (_first, free) = begun(&queue);
    let write = || {
        submit(&queue, |conn| {
            Ok(conn.batch_execute("insert into rows values (2)")?)
        })
    };
    let request = async {
        let waited = write().unwrap().wait().await;
        assert!(matches!(waited, Err(Error::Busy(_))), "{waited:?}");
        let refused = write().unwrap().wait().now_or_never();
        assert!(matches!(refused, Some(Err(Error::Busy(_)))), "{refused:?}");
    };
    short(request);
    free.send(()).unwrap();
    assert_eq!(count(&queue), 1);
}

#[test]
fn where_sqlite_took_the_transaction_back_nothing_of_the_batch_is_kept() {
    let (_dir, queue) = queue();
    let (first, free) = begun(&queue);
    // As SQLite does by itself after an I/O error.
    let broken = submit(&queue, |conn| {
        conn.batch_execute("rollback")?;
        Err::<(), _>(Error::Busy("disk I/O error".into()))
    });
    let third = submit(&queue, |conn| {
        Ok(conn.batch_execute("insert into rows values (3)")?)
    });
    free.send(()).unwrap();
    assert!(matches!(first.wait_blocking(), Err(Error::Busy(_))));
    assert!(matches!(
        broken.unwrap().wait_blocking(),
        Err(Error::Busy(_))
    ));
    let is_done = third.unwrap().wait_blocking().is_ok();
    assert_eq!(
        count(&queue),
        i64::from(is_done),
        "the result says what is there"
    );
    run(&queue, "insert into rows values (4)").unwrap();
}

#[test]
fn a_batch_that_began_before_damage_was_met_is_not_committed() {
    let health = Health::default();
    let (_dir, queue) = queue_with(health.clone());
    let (first, free) = begun(&queue);
    let second = submit(&queue, |conn| {
        Ok(conn.batch_execute("insert into rows values (2)")?)
    });
    let damage = Err::<(), _>(Error::Corrupt("the file is malformed".into()));
    assert!(health.record(damage).is_err());
    free.send(()).unwrap();
    for job in [first, second.unwrap()] {
        let outcome = job.wait_blocking();
        assert!(matches!(outcome, Err(Error::Corrupt(_))), "{outcome:?}");
    }
}

#[test]
fn the_log_stays_short_while_two_processes_write_without_a_pause() {
    const MAX_PAGES: i32 = 4_000;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.db");
    let url = DatabaseUrl::Sqlite(file.clone());
    let start = || {
        let connector = Connector::writer(&url);
        Queue::start_with(connector, Health::default(), Arc::default(), MAX_PAGES).unwrap()
    };
    let (one, other) = (start(), start());
    run(&one, "create table rows (n blob)").unwrap();
    let log = dir.path().join("a.db-wal");
    let longest = |queue: &Queue| {
        let lengths = (0..300).map(|_| {
            run(queue, "insert into rows values (zeroblob(400000))").unwrap();
            std::fs::metadata(&log).unwrap().len() / 4_096
        });
        lengths.max()
    };
    let pages = std::thread::scope(|scope| {
        let beside = scope.spawn(|| longest(&one));
        longest(&other).max(beside.join().unwrap())
    });
    let limit = 5 * MAX_PAGES as u64;
    assert!(
        pages < Some(limit),
        "60,000 were written, the log had {pages:?}"
    );
    other.stop();
    one.stop();
}
