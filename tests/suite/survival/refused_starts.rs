//! Files that a start must refuse: it exits with 2 and one sentence, and leaves every byte as it is.

use std::fs;
use std::path::Path;

use lead_statuses::db::DatabaseUrl;

use crate::support::{Backend, DatabaseCopy, execute, program};

/// Starts the program on a file; it must refuse and leave the file as it is.
fn assert_refused(file: &Path, why: &str) {
    let before = fs::read(file).expect("a file");
    let url = DatabaseUrl::Sqlite(file.to_owned());
    let dir = file.parent().expect("a directory");
    let done = program(&url, dir, &["serve"], "");
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{why}: {stderr}");
    assert_eq!(stderr.trim().lines().count(), 1, "{why}: {stderr}");
    assert!(stderr.trim().ends_with('.'), "{why}: {stderr}");
    assert_eq!(
        fs::read(file).expect("a file"),
        before,
        "{why}: bytes were changed"
    );
}

/// A database without a WAL, and without a connection to it.
fn database_without_wal(dir: &Path) -> std::path::PathBuf {
    let _copy = DatabaseCopy::take(Backend::Sqlite, dir).expect("SQLite");
    let file = dir.join("lead-statuses.db");
    execute(
        &DatabaseUrl::Sqlite(file.clone()),
        "PRAGMA wal_checkpoint(TRUNCATE)",
    );
    file
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    for (name, bytes) in [
        ("text.db", b"just some words\n".repeat(100)),
        ("short.db", b"SQLite".to_vec()),
        ("zeros.db", vec![0; 8192]),
    ] {
        let file = dir.path().join(name);
        fs::write(&file, bytes).expect("a file");
        assert_refused(&file, name);
    }
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("other.db");
    execute(
        &DatabaseUrl::Sqlite(file.clone()),
        "create table things (id integer); insert into things values (1)",
    );
    assert_refused(&file, "no mark");
    execute(
        &DatabaseUrl::Sqlite(file.clone()),
        "PRAGMA application_id = 42",
    );
    assert_refused(&file, "the mark of another");
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = database_without_wal(dir.path());
    execute(
        &DatabaseUrl::Sqlite(file.clone()),
        "insert into __diesel_schema_migrations (version) values ('29991231000000'); PRAGMA wal_checkpoint(TRUNCATE)",
    );
    assert_refused(&file, "newer");
}

#[test]
fn a_damaged_database_is_left_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = database_without_wal(dir.path());
    let bytes = fs::read(&file).expect("a file");
    let mut garbled = bytes.clone();
    for page in 2..garbled.len() / 4096 {
        garbled[page * 4096..page * 4096 + 64].fill(0xa5);
    }
    fs::write(&file, &garbled).expect("a file");
    assert_refused(&file, "garbled");
    fs::write(&file, &bytes[..bytes.len() / 2]).expect("a file");
    assert_refused(&file, "cut in half");
}

#[test]
fn a_wrong_configuration_exits_with_2_and_one_sentence() {
    let dir = tempfile::tempdir().expect("a directory");
    let url = DatabaseUrl::Sqlite(dir.path().join("a.db"));
    for arguments in [
        ["serve", "--bind", "nonsense"].as_slice(),
        &["serve", "--workers", "0"],
        &["serve", "--public-url", "ftp://x"],
        &["serve", "--database-url", "mysql://u@h/d"],
        &["serve", "--rate-limits", "sometimes"],
        &["nonsense"],
        &["serve", "--nonsense"],
    ] {
        let done = program(&url, dir.path(), arguments, "");
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(!done.stderr.is_empty(), "{arguments:?}");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let done = program(&url, dir.path(), &["serve", "--bind", &address], "");
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&done.stderr).trim().lines().count(),
        1
    );
}
