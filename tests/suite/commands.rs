//! The program at the command line: what it prints, and how it ends.

use std::path::Path;
use std::process::Output;

use lead_statuses::config::CommandLine;
use lead_statuses::db::DatabaseUrl;

use crate::support::{Backend, TestApp, program};

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    let url: DatabaseUrl = format!("sqlite://{}", dir.join("a.db").display())
        .parse()
        .unwrap();
    program(&url, dir, arguments, "violet trams under oaks\n")
}

fn add(dir: &Path) -> Output {
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
    assert!(add(dir).status.success());
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
    assert_eq!(said(&refused.stderr).lines().count(), 1);
}

#[tokio::test]
async fn postgresql_is_backed_up_with_its_own_tool() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    for command in ["backup", "restore"] {
        let refused = app.program(&[command, "b.db"], "");
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused.stderr).contains("pg_"), "{command}");
    }
}

#[test]
fn a_start_that_can_t_be_ends_with_two_and_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let file = dir.join("a.db");
    std::fs::write(&file, "this is a letter, not a database").unwrap();
    for arguments in [&["user", "list"][..], &["migrate"], &["serve"], &["--demo"]] {
        let refused = run(dir, arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert_eq!(said(&refused.stderr).trim_end().lines().count(), 1);
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
    assert!(add(dir).status.success());
    let refused = run(dir, &["serve", "--demo", "--bind", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused.stderr).contains("empty"));
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
    assert!(said(&version.stdout).starts_with("lead-statuses "));
}

#[test]
fn migrating_twice_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let first = run(dir.path(), &["migrate"]);
    assert!(said(&first.stdout).starts_with("Applied "));
    let again = run(dir.path(), &["migrate"]);
    assert!(said(&again.stdout).contains("already"));
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
