//! The program at the command line: what it prints, and how it ends.

use std::path::Path;
use std::process::Output;

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;
use lead_statuses::config::CommandLine;
use lead_statuses::db::DatabaseUrl;

use crate::support::{Backend, TestApp, open_sqlite, program};

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    let url: DatabaseUrl = format!("sqlite://{}", dir.join("a.db").display())
        .parse()
        .unwrap();
    program(&url, dir, arguments, "violet trams under oaks\n")
}

fn add_user(dir: &Path) -> Output {
    let arguments = [
        "user",
        "add",
        "--email",
        "ana@example.com",
        "--name",
        "Ana",
        "--role",
        "admin",
        "--password-stdin",
    ];
    run(dir, &arguments)
}

#[test]
fn a_backup_restores_what_it_holds() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    assert!(add_user(dir).status.success());
    let file = dir.join("b.db");
    let file = file.to_str().unwrap();
    assert!(run(dir, &["backup", file]).status.success());
    assert_eq!(run(dir, &["backup", file]).status.code(), Some(1), "exists");
    let before = run(dir, &["user", "list"]);
    std::fs::remove_file(dir.join("a.db")).unwrap();
    assert!(run(dir, &["restore", file]).status.success());
    assert_eq!(run(dir, &["user", "list"]).stdout, before.stdout);
    let nothing = run(dir, &["restore", "nothing.db"]);
    assert_eq!(nothing.status.code(), Some(1));
}

#[tokio::test]
async fn a_database_in_use_is_not_replaced() {
    let app = TestApp::with(Backend::Sqlite, |_| {}).await.unwrap();
    let file = app.dir().join("b.db");
    let file = file.to_str().unwrap();
    assert!(app.program(&["backup", file], "").status.success());
    let refused = app.program(&["restore", file], "");
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(utf8(&refused.stderr).lines().count(), 1);
}

#[tokio::test]
async fn postgresql_is_backed_up_with_its_own_tool() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    for command in ["backup", "restore"] {
        let refused = app.program(&[command, "b.db"], "");
        assert_eq!(refused.status.code(), Some(1));
        assert!(utf8(&refused.stderr).contains("pg_"), "{command}");
    }
}

#[test]
fn a_start_that_fails_exits_with_2_and_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let file = dir.join("a.db");
    std::fs::write(&file, "this is a letter, not a database").unwrap();
    for arguments in [&["user", "list"][..], &["migrate"], &["serve"], &["--demo"]] {
        let refused = run(dir, arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert_eq!(utf8(&refused.stderr).trim_end().lines().count(), 1);
    }
    assert_eq!(
        std::fs::read(&file).unwrap(),
        b"this is a letter, not a database"
    );
}

#[test]
fn a_demonstration_fills_only_an_empty_database() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    assert!(add_user(dir).status.success());
    let refused = run(dir, &["serve", "--demo", "--bind", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(utf8(&refused.stderr).contains("empty"));
}

#[test]
fn the_routes_are_listed_as_json() {
    let dir = tempfile::tempdir().unwrap();
    let done = run(dir.path(), &["routes", "--json"]);
    let lines: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let login =
        serde_json::json!({"method": "POST", "path": "/admin/login", "permission": "public"});
    assert!(lines.as_array().unwrap().contains(&login));
    let version = run(dir.path(), &["--version"]);
    assert!(utf8(&version.stdout).starts_with("lead-statuses "));
}

#[test]
fn migrating_twice_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let first = run(dir.path(), &["migrate"]);
    assert!(utf8(&first.stdout).starts_with("Applied "));
    let again = run(dir.path(), &["migrate"]);
    assert!(utf8(&again.stdout).contains("already"));
}

#[test]
fn the_command_line_knows_every_option_by_its_variable() {
    use clap::CommandFactory;
    let command = CommandLine::command();
    for option in command
        .get_arguments()
        .filter(|option| !["help", "version", "demo"].contains(&option.get_id().as_str()))
    {
        assert!(option.get_env().is_some(), "{}", option.get_id());
    }
}

/// A migrated database in a directory, and a connection to it.
fn migrated_database(dir: &Path) -> SqliteConnection {
    assert!(run(dir, &["migrate"]).status.success());
    open_sqlite(&dir.join("a.db"))
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let mut conn = migrated_database(dir);
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000');
                 PRAGMA journal_mode = DELETE;";
    conn.batch_execute(newer).unwrap();
    drop(conn);
    let (file, live) = (dir.join("a.db"), dir.join("live.db"));
    let before = std::fs::read(&file).unwrap();
    for arguments in [&["migrate"][..], &["serve"], &["check"], &["user", "list"]] {
        let refused = run(dir, arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        let stderr = utf8(&refused.stderr);
        assert!(stderr.contains("newer version"), "{stderr}");
        assert_eq!(stderr.lines().count(), 1);
        assert!(std::fs::read(&file).unwrap() == before, "{arguments:?}");
    }
    std::fs::rename(&file, &live).unwrap();
    assert!(run(dir, &["migrate"]).status.success());
    let before = std::fs::read(&file).unwrap();
    let refused = run(dir, &["restore", live.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(utf8(&refused.stderr).contains("newer version"));
    assert!(std::fs::read(&file).unwrap() == before);
}

#[test]
fn a_check_of_another_file_exits_with_2_and_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name).join("a.db");
    for name in ["letter", "foreign", "damaged", "directory", "empty"] {
        std::fs::create_dir(dir.path().join(name)).unwrap();
    }
    std::fs::write(file("letter"), "this is a letter").unwrap();
    std::fs::write(file("empty"), "").unwrap();
    std::fs::create_dir(file("directory")).unwrap();
    let mut foreign = open_sqlite(&file("foreign"));
    foreign.batch_execute("CREATE TABLE birds (name)").unwrap();
    drop(foreign);
    drop(migrated_database(&dir.path().join("damaged")));
    let mut bytes = std::fs::read(file("damaged")).unwrap();
    bytes[4096..].fill(7);
    std::fs::write(file("damaged"), bytes).unwrap();
    for name in ["letter", "foreign", "damaged", "directory", "empty"] {
        let before = std::fs::read(file(name)).ok();
        let refused = run(&dir.path().join(name), &["check"]);
        assert_eq!(refused.status.code(), Some(2), "{name}");
        let stderr = utf8(&refused.stderr);
        assert_eq!(stderr.lines().count(), 1, "{name}: {stderr}");
        assert!(std::fs::read(file(name)).ok() == before, "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_can_t_be_written_is_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    assert!(add_user(dir).status.success());
    let token = "token add --owner ana@example.com --name n --scopes read";
    for line in [
        "export statuses",
        "user list",
        "routes --json",
        "check",
        token,
    ] {
        let full = std::fs::File::create("/dev/full").unwrap();
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_lead-statuses"))
            .args(line.split(' '))
            .env(
                "DATABASE_URL",
                format!("sqlite://{}", dir.join("a.db").display()),
            )
            .current_dir(dir)
            .env("LS_LOG", "warn")
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(1), "{line}");
        let stderr = utf8(&done.stderr);
        assert!(
            stderr.starts_with("The output can't be written: "),
            "{stderr}"
        );
        assert_eq!(stderr.lines().count(), 1, "{line}");
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_holds_the_data() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let mode = |name: &str| dir.join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert!(run(dir, &["migrate"]).status.success());
    assert!(run(dir, &["backup", "b.db"]).status.success());
    assert_eq!((mode("a.db"), mode("b.db")), (0o600, 0o600));
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(dir.join("b.db"), open).unwrap();
    assert!(run(dir, &["restore", "b.db"]).status.success());
    assert_eq!(mode("a.db"), 0o600, "restored");
}

#[test]
fn a_command_that_reads_does_not_wait_for_those_who_write() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    assert!(add_user(dir).status.success());
    let mut writer = migrated_database(dir);
    writer.batch_execute("BEGIN IMMEDIATE").unwrap();
    for arguments in [&["user", "list"][..], &["export", "statuses"], &["check"]] {
        let done = run(dir, arguments);
        assert!(done.status.success(), "{}", utf8(&done.stderr));
        assert!(!done.stdout.is_empty());
    }
}

#[test]
fn a_log_in_a_file_has_no_colours() {
    let dir = tempfile::tempdir().unwrap();
    let url: DatabaseUrl = "sqlite://a.db".parse().unwrap();
    let done = program(&url, dir.path(), &["--log", "trace", "user", "list"], "");
    assert!(!done.stderr.contains(&0x1b), "{}", utf8(&done.stderr));
}

#[test]
fn a_variable_with_a_wrong_value_is_named() {
    for (name, value) in [
        ("LS_BIND", "here"),
        ("LS_LOG_FORMAT", "xml"),
        ("LS_WORKERS", "0"),
        ("DATABASE_URL", "mysql://x/y"),
    ] {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_lead-statuses"))
            .arg("routes")
            .env(name, value)
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(2), "{name}");
        let stderr = utf8(&done.stderr);
        assert!(stderr.contains(name), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

#[tokio::test]
async fn a_password_of_postgresql_may_hold_a_question_mark() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    let DatabaseUrl::Postgres(url) = &app.config.database_url else {
        panic!("another database");
    };
    let url = url.replace("postgres:///", "postgres://suite:a?connect_timeout@/");
    let url = url.parse().expect("an address");
    let checked = program(&url, app.dir(), &["check"], "");
    assert!(checked.status.success(), "{checked:?}");
}

#[test]
fn no_password_of_an_address_is_shown() {
    for url in [
        "postgres://u:secret@h/db",
        "postgres://u:se?cret@h/db",
        "postgres://h/db?password=a@secret",
        "postgres://u@h/db?sslmode=require&password=secret",
    ] {
        let url: DatabaseUrl = url.parse().expect("an address");
        assert_eq!(format!("{url:?}"), "postgres://…@h/db");
    }
}
