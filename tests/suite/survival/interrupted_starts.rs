//! Starts and upgrades that are killed at each change of the file system: the next start needs no help.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use lead_statuses::db::{DatabaseUrl, hold_open, migrate_held};

use crate::support::{
    ALICE, Backend, DatabaseCopy, Process, environment, open_postgres, open_sqlite, program,
    query_text,
};

/// The system calls that change files.
const CHANGES: &str = "pwrite64,ftruncate,fsync,fdatasync,rename,unlink,linkat";
/// The program is killed after each of these first changes, then after each eleventh.
const EACH: usize = 40;

pub(super) fn file_of(url: &DatabaseUrl) -> &Path {
    match url {
        DatabaseUrl::Sqlite(file) => file,
        DatabaseUrl::Postgres(_) => unreachable!(),
    }
}

/// A database of an older version: the newest migrations are reverted.
fn older_database(dir: &Path, back: usize) -> DatabaseCopy {
    let copy = DatabaseCopy::take(Backend::Sqlite, dir).expect("SQLite");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite");
    let mut conn = open_sqlite(file_of(&copy.url));
    for _ in 0..back {
        let source = FileBasedMigrations::from_path(folder).expect("migrations");
        conn.revert_last_migration(source).expect("a way back");
    }
    conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("its log is empty");
    copy
}

/// Runs the program and kills it at the `n`-th change; false if it ends before. `None` where that isn't possible.
fn kill_at(url: &DatabaseUrl, dir: &Path, arguments: &[&str], n: usize) -> Option<bool> {
    let mut command = Command::new("strace");
    let inject = format!("inject={CHANGES}:signal=KILL:when={n}");
    let trace = format!("trace={CHANGES}");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
    command
        .arg(env!("CARGO_BIN_EXE_lead-statuses"))
        .args(arguments);
    let done = environment(&mut command, url, dir)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    match (done.status.signal(), done.status.code()) {
        (Some(9), _) => Some(true),
        (_, Some(0)) => Some(false),
        _ => {
            let stderr = String::from_utf8_lossy(&done.stderr);
            assert!(stderr.contains("ptrace"), "{arguments:?}: {stderr}");
            None
        }
    }
}

pub(super) fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a directory").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }
}

/// Kills the program at each of its changes to files in `dir`, and calls `judge` after each kill.
pub(super) fn kill_everywhere(
    dir: &Path,
    name: &str,
    arguments: &[&str],
    judge: impl Fn(&Path, usize),
) {
    let mut n = 1;
    loop {
        let fresh = tempfile::tempdir().expect("a directory");
        copy_files(dir, fresh.path());
        let url = DatabaseUrl::Sqlite(fresh.path().join(name));
        match kill_at(&url, fresh.path(), arguments, n) {
            None => return eprintln!("strace is missing: kills at each change are left out."),
            Some(false) => break,
            Some(true) => judge(fresh.path(), n),
        }
        n += if n < EACH { 1 } else { 11 };
    }
    assert!(n > 4, "{arguments:?} changes something");
}

/// Runs a command that must succeed; returns what it prints.
pub(super) fn run(url: &DatabaseUrl, dir: &Path, arguments: &[&str], when: &str) -> String {
    let done = program(url, dir, arguments, "");
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?} {when}: {stderr}");
    String::from_utf8(done.stdout).expect("UTF-8")
}

fn assert_starts(dir: &Path, name: &str, people: &str, when: &str) {
    let url = DatabaseUrl::Sqlite(dir.join(name));
    for start in ["first", "second"] {
        let listed = run(
            &url,
            dir,
            &["user", "list"],
            &format!("{when}, {start} start"),
        );
        assert_eq!(listed, people, "{when}");
    }
    assert_eq!(leftovers(dir), Vec::<PathBuf>::new(), "{when}");
}

/// Files that are neither databases nor their backups and locks.
pub(super) fn leftovers(dir: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(dir).expect("a directory").flatten();
    let files = files.map(|entry| entry.path());
    let ends = ["new", "unfinished", "restoring", "new-journal"];
    let is_left = |file: &PathBuf| {
        let end = file.extension().and_then(|end| end.to_str());
        end.is_some_and(|end| ends.contains(&end))
    };
    files.filter(is_left).collect()
}

#[test]
fn a_first_start_that_is_killed_is_followed_by_another() {
    let dir = tempfile::tempdir().expect("a directory");
    kill_everywhere(dir.path(), "a.db", &["migrate"], |dir, n| {
        assert_starts(dir, "a.db", "", &format!("killed at {n}"));
    });
}

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let copy = older_database(dir.path(), 2);
    let name = "lead-statuses.db";
    let aside = tempfile::tempdir().expect("a directory");
    copy_files(dir.path(), aside.path());
    let url = DatabaseUrl::Sqlite(aside.path().join(name));
    let people = run(&url, aside.path(), &["user", "list"], "not killed");
    assert!(people.contains(ALICE.email));
    kill_everywhere(dir.path(), name, &["migrate"], |dir, n| {
        let when = format!("killed at {n}");
        assert_starts(dir, name, &people, &when);
        let url = DatabaseUrl::Sqlite(dir.join(name));
        let backup = backup_in(dir);
        run(
            &url,
            dir,
            &["restore", backup.to_str().expect("UTF-8")],
            &when,
        );
        assert_starts(dir, name, &people, &format!("{when}, its backup restored"));
    });
    drop(copy);
}

/// The only backup, which an upgrade has made.
fn backup_in(dir: &Path) -> PathBuf {
    let files = fs::read_dir(dir).expect("a directory").flatten();
    let mut backups = files
        .map(|entry| entry.path())
        .filter(|file| file.extension().is_some_and(|end| end == "bak"));
    let (first, more) = (backups.next(), backups.next());
    assert_eq!(more, None);
    first.expect("a backup")
}

#[test]
fn the_leftovers_of_an_interrupted_backup_do_no_harm() {
    let dir = tempfile::tempdir().expect("a directory");
    let copy = older_database(dir.path(), 1);
    let file = file_of(&copy.url);
    let newest = query_text(
        &copy.url,
        "select count(*) || '' as value from __diesel_schema_migrations",
    );
    run(&copy.url, dir.path(), &["migrate"], "at first");
    let backup = backup_in(dir.path());
    let whole = fs::read(&backup).expect("a backup");
    for left in [&whole[..whole.len() / 2], b"", b"SQLite format 3\0"] {
        run(
            &copy.url,
            dir.path(),
            &["restore", backup.to_str().expect("UTF-8")],
            "again",
        );
        fs::write(&backup, left).expect("half a backup");
        let mut unfinished = file.as_os_str().to_owned();
        unfinished.push(".unfinished");
        fs::write(&unfinished, left).expect("a leftover");
        run(&copy.url, dir.path(), &["migrate"], "over half a backup");
        let applied = "select count(*) || '' as value from __diesel_schema_migrations";
        assert_eq!(
            query_text(&DatabaseUrl::Sqlite(backup.clone()), applied),
            newest
        );
        assert_eq!(leftovers(dir.path()), Vec::<PathBuf>::new());
    }
}

#[test]
fn the_backup_from_before_the_first_step_of_an_upgrade_stays() {
    let dir = tempfile::tempdir().expect("a directory");
    let copy = older_database(dir.path(), 2);
    run(&copy.url, dir.path(), &["migrate"], "at first");
    let backup = backup_in(dir.path());
    let before = fs::read(&backup).expect("a backup");
    // As a version left it that ran migrations one by one and was killed between two.
    let other = tempfile::tempdir().expect("a directory");
    let half = older_database(other.path(), 1);
    fs::copy(file_of(&half.url), file_of(&copy.url)).expect("a copy");
    for log in ["-wal", "-shm"] {
        let _ = fs::remove_file(dir.path().join(format!("lead-statuses.db{log}")));
    }
    run(&copy.url, dir.path(), &["migrate"], "from the middle");
    assert!(
        fs::read(&backup).expect("a backup") == before,
        "it was replaced"
    );
}

#[test]
fn two_that_start_at_once_share_the_upgrade() {
    for round in 0..4 {
        let dir = tempfile::tempdir().expect("a directory");
        let copy = match round % 2 {
            0 => older_database(dir.path(), 2),
            _ => DatabaseCopy::empty(Backend::Sqlite, dir.path()).expect("SQLite"),
        };
        start_together(&copy, dir.path());
    }
}

#[test]
fn two_that_start_at_once_on_postgresql_share_the_upgrade() {
    let dir = tempfile::tempdir().expect("a directory");
    if let Some(copy) = DatabaseCopy::empty(Backend::Postgres, dir.path()) {
        start_together(&copy, dir.path());
    }
}

/// Two servers and a `migrate` at once: all succeed, and the statuses are seeded once.
fn start_together(copy: &DatabaseCopy, dir: &Path) {
    std::thread::scope(|scope| {
        let servers = [0, 1].map(|_| scope.spawn(|| Process::serve(&copy.url, dir)));
        let migrating = scope.spawn(|| run(&copy.url, dir, &["migrate"], "beside servers"));
        migrating.join().expect("it migrates");
        for server in servers {
            drop(server.join().expect("it serves"));
        }
    });
    let query = "select cast(count(*) as varchar(20)) as value from lead_statuses";
    assert_eq!(query_text(&copy.url, query), "6");
    run(&copy.url, dir, &["check"], "afterwards");
}

#[test]
fn a_start_waits_for_the_migration_of_another() {
    let dir = tempfile::tempdir().expect("a directory");
    let Some(copy) = DatabaseCopy::take(Backend::Postgres, dir.path()) else {
        return;
    };
    let DatabaseUrl::Postgres(url) = &copy.url else {
        unreachable!()
    };
    let mut other = open_postgres(url);
    let lock = format!("select pg_advisory_lock({})", 0x4c53_0001);
    other.batch_execute(&lock).expect("the lock");
    let (sender, receiver) = std::sync::mpsc::channel();
    let migrated = std::thread::scope(|scope| {
        scope.spawn(|| {
            sender.send(
                program(&copy.url, dir.path(), &["migrate"], "")
                    .status
                    .success(),
            )
        });
        // Longer than any lock is waited for otherwise.
        let early = receiver.recv_timeout(Duration::from_secs(7));
        drop(other);
        early.or_else(|_| receiver.recv_timeout(Duration::from_secs(10)))
    });
    assert_eq!(migrated, Ok(true), "it waits, and goes on");
}

#[tokio::test]
async fn a_start_does_not_wait_for_the_log_that_a_crash_left() {
    let super::RunningServer {
        program,
        copy,
        dir: _dir,
    } = super::RunningServer::start(Backend::Sqlite).expect("SQLite");
    program.api(copy.token(ALICE)).create_status("One").await;
    program.kill();
    let log = format!("{}-wal", file_of(&copy.url).display());
    let bytes = || fs::metadata(&log).map_or(0, |found| found.len());
    let left = bytes();
    assert!(left > 0, "the log is not empty");
    let held = hold_open(&copy.url);
    migrate_held(&copy.url, held.as_ref()).expect("nothing to migrate");
    assert_eq!(bytes(), left);
    drop(held);
    assert_eq!(bytes(), 0, "the last connection folds it");
}

#[tokio::test]
async fn another_program_that_opens_and_closes_the_file_loses_nothing_that_is_written() {
    let super::RunningServer {
        program,
        copy,
        dir: _dir,
    } = super::RunningServer::start(Backend::Sqlite).expect("SQLite");
    let api = program.api(copy.token(ALICE));
    let query = "select cast(count(*) as varchar(20)) as value from lead_statuses where name in ('One', 'Two')";
    api.create_status("One").await;
    assert_eq!(query_text(&copy.url, query), "1");
    api.create_status("Two").await;
    program.kill();
    assert_eq!(query_text(&copy.url, query), "2");
}
