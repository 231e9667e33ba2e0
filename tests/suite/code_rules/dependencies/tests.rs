//! Planted violations of the rules between folders of `src`.

use super::super::Source;
use super::{
    between_folders, foreign_stores, listed_folders, past_the_root, queries_elsewhere, slice_words,
    wrongly_listed_folders,
};

/// Empty files that planted paths lead to.
const TREE: [&str; 24] = [
    "src/lib.rs",
    "src/db.rs",
    "src/web.rs",
    "src/error.rs",
    "src/routes.rs",
    "src/access/mod.rs",
    "src/api_docs/mod.rs",
    "src/sessions/mod.rs",
    "src/audit/mod.rs",
    "src/statuses/mod.rs",
    "src/statuses/domain/kind.rs",
    "src/statuses/actions/changes.rs",
    "src/statuses/store/mod.rs",
    "src/leads/mod.rs",
    "src/leads/domain/lead.rs",
    "src/leads/domain/mod.rs",
    "src/leads/store/mod.rs",
    "src/leads/actions/moves.rs",
    "src/leads/http/mod.rs",
    "src/leads/http/paths.rs",
    "src/leads/http/pages/list.rs",
    "src/leads/http/views/list.rs",
    "src/leads/http/api/one.rs",
    "src/pipeline/mod.rs",
];

type Rule = fn(&[Source]) -> Vec<String>;

/// The complaints about a file among the files of [`TREE`].
fn complaints_about(rule: Rule, path: &str, text: &str) -> Vec<String> {
    let mut sources: Vec<Source> = TREE
        .iter()
        .filter(|known| **known != path)
        .map(|known| Source::planted(known, ""))
        .collect();
    sources.push(Source::planted(path, text));
    rule(&sources)
}

/// Each planted text has one complaint, which ends as given.
pub fn assert_found(rule: Rule, planted: &[(&str, &str, &str)]) {
    for (path, text, complaint) in planted {
        let complaints = complaints_about(rule, path, text);
        assert_eq!(complaints.len(), 1, "{path}: {text}: {complaints:?}");
        assert!(complaints[0].ends_with(complaint), "{complaints:?}");
    }
}

pub fn assert_allowed(rule: Rule, allowed: &[(&str, &str)]) {
    for (path, text) in allowed {
        assert_eq!(
            complaints_about(rule, path, text),
            Vec::<String>::new(),
            "{text}"
        );
    }
}

#[test]
fn a_dependency_on_a_folder_above_is_found() {
    assert_found(
        between_folders,
        &[
            (
                "src/db/queue.rs",
                "use crate::statuses::Kind;",
                "db → statuses",
            ),
            (
                "src/statuses/http/pages/list.rs",
                "use crate::{\n    error::Error,\n    routes::lines,\n};",
                "statuses → routes",
            ),
            (
                "src/access/who.rs",
                "fn a() { crate::statuses::b() }",
                "access → statuses",
            ),
            (
                "src/statuses/store/mod.rs",
                "use crate::leads::Lead;",
                "statuses → leads",
            ),
            (
                "src/leads/actions/moves.rs",
                "use crate::pipeline::x;",
                "leads → pipeline",
            ),
            (
                "src/audit/store.rs",
                "use crate::leads::Lead;",
                "audit → leads",
            ),
            (
                "src/web/page.rs",
                "use super::super::leads::Lead;",
                "web → leads",
            ),
            (
                "src/records/edit.rs",
                "use crate::leads::Lead;",
                "records → leads",
            ),
            (
                "src/sessions/begin.rs",
                "use crate::statuses::Kind;",
                "sessions → statuses",
            ),
            (
                "src/leads/actions/moves.rs",
                "use crate::counts;",
                "leads → lib",
            ),
            (
                "src/records/edit.rs",
                "use crate::web::Page;",
                "records → web",
            ),
            ("src/unknown/mod.rs", "use crate::db::Db;", "unknown → db"),
            (
                "src/leads/mod.rs",
                "use crate::api_docs::x;",
                "leads → api_docs",
            ),
            (
                "src/api_docs/mod.rs",
                "use crate::sessions::x;",
                "api_docs → sessions",
            ),
        ],
    );
    let list =
        "use crate::{access::Who, db::{self, Conn}}; use crate::web::Page; // crate::routes::x";
    assert_allowed(
        between_folders,
        &[
            ("src/statuses/http/pages/list.rs", list),
            ("src/app.rs", "use crate::leads::x;\nuse crate::counts;"),
            (
                "src/pipeline/actions.rs",
                "use crate::leads::x;\nuse crate::statuses::x;",
            ),
        ],
    );
}

#[test]
fn a_folder_that_is_listed_and_missing_or_not_listed_is_found() {
    let mut folders = listed_folders();
    folders.remove("app");
    folders.remove("clock");
    folders.insert("stray");
    let sources: Vec<Source> = folders
        .iter()
        .map(|folder| Source::planted(&format!("src/{folder}.rs"), ""))
        .collect();
    assert_eq!(
        wrongly_listed_folders(&sources),
        [
            "src/app is missing",
            "src/clock is missing",
            "src/stray is not listed"
        ]
    );
}

#[test]
fn a_log_that_knows_users_is_found() {
    let text = "use crate::access::Who;";
    assert_found(
        between_folders,
        &[("src/audit/store.rs", text, "audit → access")],
    );
    assert_allowed(between_folders, &[("src/audit_log/pages.rs", text)]);
}

#[test]
fn a_path_into_a_foreign_store_is_found() {
    assert_found(
        foreign_stores,
        &[
            (
                "src/leads/mod.rs",
                "use crate::statuses::store::find;",
                "the store of statuses",
            ),
            (
                "src/leads/actions/moves.rs",
                "use crate::statuses;\nfn a() { statuses::store::find() }",
                "the store of statuses",
            ),
            (
                "src/app.rs",
                "fn a() { crate::leads::store::find() }",
                "the store of leads",
            ),
        ],
    );
    assert_allowed(
        foreign_stores,
        &[(
            "src/leads/mod.rs",
            "use crate::leads::store::find;\nuse crate::statuses::find;",
        )],
    );
}

#[test]
fn a_path_past_the_root_of_a_slice_is_found() {
    assert_found(
        past_the_root,
        &[
            (
                "src/leads/mod.rs",
                "use crate::statuses::domain::kind::Kind;",
                "statuses::domain",
            ),
            (
                "src/leads/actions/moves.rs",
                "use crate::statuses;\nfn a() { statuses::actions::changes::b() }",
                "statuses::actions",
            ),
            (
                "src/pipeline/mod.rs",
                "use crate::leads::http::paths::LIST;",
                "leads::http",
            ),
        ],
    );
    let routes = "fn a() { crate::leads::http::pages::list::list() }";
    assert_allowed(
        past_the_root,
        &[
            ("src/routes.rs", routes),
            ("src/leads/mod.rs", "use crate::statuses::Kind;"),
        ],
    );
}

#[test]
fn a_word_of_a_slice_in_shared_code_is_found() {
    let planted = |path: &str| {
        vec![Source::planted(
            path,
            "fn a() { b(\"lead-name\"); c(\"/admin/leads\"); d(\"web-save\") }",
        )]
    };
    for path in ["src/web/kept.rs", "src/web.rs", "src/records/edit.rs"] {
        assert_eq!(slice_words(&planted(path)).len(), 2, "{path}");
    }
    assert_eq!(
        slice_words(&planted("src/leads/mod.rs")),
        Vec::<String>::new()
    );
}

#[test]
fn a_query_on_a_page_is_found() {
    let page = Source::planted("src/leads/http/pages/list.rs", "use diesel::prelude::*;");
    let store = Source::planted("src/leads/store/mod.rs", "use diesel::prelude::*;");
    assert_eq!(
        queries_elsewhere(&[page, store]),
        ["src/leads/http/pages/list.rs:1: diesel::"]
    );
}
