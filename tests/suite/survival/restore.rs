//! Backups and restores that are killed at each change of the file system, and what a restore does with the database
//! that was there.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use lead_statuses::db::DatabaseUrl;

use super::interrupted_starts::{copy_files, file_of, kill_everywhere, leftovers, run};
use crate::support::{ALICE, Backend, DatabaseCopy, execute, open_sqlite, program};

/// A database with rows that are only in its WAL, as a kill leaves it, and an earlier backup.
fn database_with_wal(dir: &Path) -> (DatabaseCopy, PathBuf) {
    let copy = DatabaseCopy::take(Backend::Sqlite, dir).expect("SQLite");
    let (file, backup) = (file_of(&copy.url).to_owned(), dir.join("backup.db"));
    run(
        &copy.url,
        dir,
        &["backup", backup.to_str().expect("UTF-8")],
        "at first",
    );
    let mut conn = open_sqlite(&file);
    let rename = "PRAGMA wal_checkpoint(TRUNCATE); update users set name = 'Later' where email = 'alice@example.com'";
    conn.batch_execute(rename).expect("a row");
    let keep = tempfile::tempdir().expect("a directory");
    for end in ["", "-wal"] {
        let name = format!("lead-statuses.db{end}");
        fs::copy(dir.join(&name), keep.path().join(&name)).expect("a copy");
    }
    drop(conn);
    copy_files(keep.path(), dir);
    let _ = fs::remove_file(dir.join("lead-statuses.db-shm"));
    (copy, backup)
}

#[test]
fn a_restore_that_is_killed_leaves_either_database() {
    let dir = tempfile::tempdir().expect("a directory");
    let (copy, _) = database_with_wal(dir.path());
    let name = "lead-statuses.db";
    kill_everywhere(dir.path(), name, &["restore", "backup.db"], |dir, n| {
        let url = DatabaseUrl::Sqlite(dir.join(name));
        let is_replaced = !dir.join("lead-statuses.db.restoring").exists()
            && fs::read(dir.join(name)).expect("a file")
                == fs::read(dir.join("backup.db")).expect("a file");
        let listed = run(&url, dir, &["user", "list"], &format!("killed at {n}"));
        assert_eq!(
            listed.contains("Later"),
            !is_replaced,
            "killed at {n}: {listed}"
        );
        run(&url, dir, &["check"], &format!("killed at {n}"));
        run(&url, dir, &["restore", "backup.db"], "again");
        let listed = run(&url, dir, &["user", "list"], "restored");
        assert!(!listed.contains("Later"), "killed at {n}: {listed}");
    });
    drop(copy);
}

#[test]
fn a_damaged_database_is_replaced_and_kept_with_its_log() {
    let dir = tempfile::tempdir().expect("a directory");
    let (copy, backup) = database_with_wal(dir.path());
    let file = file_of(&copy.url);
    let (mut bytes, log) = (
        fs::read(file).expect("a file"),
        fs::read(dir.path().join("lead-statuses.db-wal")).expect("a log"),
    );
    bytes.truncate(bytes.len() / 2);
    fs::write(file, &bytes).expect("a damaged file");
    let backup = backup.to_str().expect("UTF-8");
    let stdout = run(&copy.url, dir.path(), &["restore", backup], "over damage");
    assert!(stdout.contains("lead-statuses.db.damaged"), "{stdout}");
    let kept = |end: &str| fs::read(dir.path().join(format!("lead-statuses.db.damaged{end}")));
    assert!(kept("").expect("kept") == bytes && kept("-wal").expect("kept") == log);
    let listed = run(&copy.url, dir.path(), &["user", "list"], "afterwards");
    assert!(
        listed.contains(ALICE.email) && !listed.contains("Later"),
        "{listed}"
    );
}

#[test]
fn a_database_that_another_program_reads_is_not_replaced() {
    let dir = tempfile::tempdir().expect("a directory");
    let (copy, backup) = database_with_wal(dir.path());
    let mut reader = open_sqlite(file_of(&copy.url));
    let reading = "begin; select count(*) from users";
    reader.batch_execute(reading).expect("a reader");
    // A reader is open, so the WAL can't be emptied.
    execute(
        &copy.url,
        "update users set name = 'Later still' where name = 'Later'",
    );
    let refused = program(
        &copy.url,
        dir.path(),
        &["restore", backup.to_str().expect("UTF-8")],
        "",
    );
    let stderr = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("in use"), "{stderr}");
    drop(reader);
    let listed = run(&copy.url, dir.path(), &["user", "list"], "afterwards");
    assert!(listed.contains("Later still"), "{listed}");
}

#[test]
fn a_backup_that_is_killed_is_made_by_the_next() {
    let dir = tempfile::tempdir().expect("a directory");
    let copy = DatabaseCopy::take(Backend::Sqlite, dir.path()).expect("SQLite");
    let name = "lead-statuses.db";
    kill_everywhere(dir.path(), name, &["backup", "copy.db"], |dir, n| {
        let url = DatabaseUrl::Sqlite(dir.join(name));
        if !dir.join("copy.db").exists() {
            run(&url, dir, &["backup", "copy.db"], &format!("killed at {n}"));
        }
        let copied = DatabaseUrl::Sqlite(dir.join("copy.db"));
        run(
            &copied,
            dir,
            &["check"],
            &format!("the copy, killed at {n}"),
        );
        assert_eq!(leftovers(dir), Vec::<PathBuf>::new());
    });
    drop(copy);
}
