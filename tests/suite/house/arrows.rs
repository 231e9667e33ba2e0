//! Which room may know which: the graph of ARCHITECTURE as data.

use super::Source;
use super::lexer::code_only;

/// What every slice stands on.
const FLOOR: [&str; 8] = [
    "web", "files", "money", "i18n", "config", "db", "error", "clock",
];

/// Each room with the rooms it may call. `app` and `lib` put the house together and may call all.
const ALLOWED: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("i18n", &["clock"]),
    ("error", &["i18n", "clock"]),
    ("db", &["error", "clock", "i18n"]),
    ("config", &["db", "clock"]),
    ("log", &["config"]),
    ("money", &["i18n"]),
    ("files", &["i18n"]),
    ("web", &["i18n", "config", "db", "error", "clock", "log"]),
    // The log is written below everyone; only its pages ask who is looking.
    ("audit", &["access"]),
    ("access", &["audit"]),
    ("idempotency", &["access"]),
    ("sessions", &["access", "audit"]),
    ("api_tokens", &["access", "audit", "idempotency"]),
    ("operations", &["access", "audit"]),
    ("statuses", &["access", "audit", "idempotency"]),
    ("leads", &["statuses", "access", "audit", "idempotency"]),
    ("reports", &["leads", "statuses", "access", "audit"]),
    // It knows the calls of every slice, and none of them knows it.
    ("api_docs", &["access", "statuses", "leads", "reports"]),
];

/// Rooms that don't stand on the floor of the slices, but below it.
const GROUND: [&str; 9] = [
    "clock", "i18n", "error", "db", "config", "money", "web", "files", "log",
];

/// Rooms that know everyone.
const ROOF: [&str; 7] = [
    "main", "lib", "app", "routes", "commands", "demo", "openapi",
];

/// Files of a slice that may only compute: no database, no server, no files.
const PURE: &[&str] = &[
    "src/statuses/color.rs",
    "src/statuses/days.rs",
    "src/statuses/form.rs",
    "src/statuses/kind.rs",
    "src/statuses/name.rs",
    "src/statuses/rules.rs",
    "src/statuses/status.rs",
];
const IMPURE: [&str; 6] = [
    "crate::db",
    "diesel",
    "actix_web",
    "tokio",
    "std::fs",
    "std::net",
];

/// Column types have to say how they are stored.
const COLUMN_TYPES: [&str; 1] = ["src/clock.rs"];

fn room(path: &str) -> &str {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    inner
        .split('/')
        .next()
        .unwrap_or(inner)
        .trim_end_matches(".rs")
}

fn may(from: &str, to: &str) -> bool {
    if ROOF.contains(&from) || from == to {
        return true;
    }
    let listed = ALLOWED.iter().find(|(room, _)| *room == from);
    listed.is_some_and(|(_, rooms)| {
        rooms.contains(&to) || (!GROUND.contains(&from) && FLOOR.contains(&to))
    })
}

/// Calls from a room to one that it must not know, and into another slice's store.
pub fn forbidden(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.is_product()) {
        let from = room(&source.path);
        for (at, to, inner) in uses(&code_only(source.product_text())) {
            if !may(from, &to) {
                found.push(format!("{}: {from} → {to}", source.place(at)));
            }
            if from != to && inner == "store" {
                found.push(format!("{}: {from} → the store of {to}", source.place(at)));
            }
            let is_log = from == "audit" && to == "access";
            if is_log
                && !["pages.rs", "views.rs"]
                    .iter()
                    .any(|end| source.path.ends_with(end))
            {
                found.push(format!("{}: the log asks who is looking", source.place(at)));
            }
        }
    }
    found
}

/// Stores that know about pages, and pure files that do something.
pub fn out_of_place(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.is_product()) {
        let code = code_only(source.product_text());
        let is_store = source.path.ends_with("/store.rs") || source.path.contains("/store/");
        for (at, to, _) in uses(&code) {
            if is_store && to == "web" {
                found.push(format!("{}: store → web", source.place(at)));
            }
        }
        if PURE.contains(&source.path.as_str()) {
            for word in IMPURE {
                found.extend(
                    code.find(word)
                        .map(|at| format!("{}: {word}", source.place(at))),
                );
            }
        }
    }
    found
}

/// The query language outside of stores, reports and the database.
pub fn queries_elsewhere(sources: &[Source]) -> Vec<String> {
    let is_home = |path: &str| {
        path.ends_with("/store.rs")
            || path.contains("/store/")
            || ["src/db", "src/reports/"]
                .iter()
                .any(|home| path.starts_with(home))
            || COLUMN_TYPES.contains(&path)
    };
    let guests = sources
        .iter()
        .filter(|source| source.is_product() && !is_home(&source.path));
    guests
        .flat_map(|source| {
            let code = code_only(source.product_text());
            let words = ["diesel::", "db::schema", "sql_query"];
            let found = words
                .iter()
                .filter_map(|word| Some((code.find(word)?, *word)));
            found
                .map(|(at, word)| format!("{}: {word}", source.place(at)))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Every `crate::room::inner`, also inside braces: offset, room, what of it.
fn uses(code: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let follows_word =
            code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '$' || c == '_');
        let rest = &code[at + start.len()..];
        if follows_word {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(list) => found.extend(
                members(list)
                    .into_iter()
                    .map(|(room, inner)| (at, room, inner)),
            ),
            None => {
                let (room, inner) = path_of(rest);
                found.push((at, room, inner));
            }
        }
    }
    found
}

/// The paths of a list in braces, at its own depth.
fn members(list: &str) -> Vec<(String, String)> {
    let (mut depth, mut found, mut is_start) = (0, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => is_start = true,
            _ if is_start && c.is_alphabetic() => {
                found.push(path_of(&list[at..]));
                is_start = false;
            }
            _ => {}
        }
    }
    found
}

fn path_of(text: &str) -> (String, String) {
    let word = |text: &str| {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let room = word(text);
    let inner = text[room.len()..].strip_prefix("::").map(word);
    // Names that `lib` gives out itself belong to nobody's room.
    let is_item = room.starts_with(char::is_uppercase);
    (
        if is_item { "error".into() } else { room },
        inner.unwrap_or_default(),
    )
}

#[test]
fn a_forbidden_arrow_is_found() {
    let planted = [
        (
            "src/db/queue.rs",
            "use crate::statuses::Kind;",
            "db → statuses",
        ),
        (
            "src/statuses/pages.rs",
            "use crate::{\n  error::Error,\n  routes::lines,\n};",
            "statuses → routes",
        ),
        (
            "src/access/who.rs",
            "fn a() { crate::statuses::b() }",
            "access → statuses",
        ),
        (
            "src/leads/mod.rs",
            "use crate::statuses::store::find;",
            "leads → the store of statuses",
        ),
        (
            "src/audit/store.rs",
            "use crate::access::Who;",
            "the log asks who is looking",
        ),
        ("src/unknown/mod.rs", "use crate::db::Db;", "unknown → db"),
    ];
    for (path, text, complaint) in planted {
        let found = forbidden(&[Source::planted(path, text)]);
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert!(found[0].ends_with(complaint), "{found:?}");
    }
    let allowed =
        "use crate::{access::Who, db::{self, Conn}}; use crate::web::Page; // crate::routes::x";
    assert_eq!(
        forbidden(&[Source::planted("src/statuses/pages.rs", allowed)]),
        Vec::<String>::new()
    );
}

#[test]
fn a_store_that_knows_pages_is_found() {
    let store = Source::planted("src/leads/store.rs", "use crate::web::Page;");
    let pure = Source::planted("src/statuses/kind.rs", "use crate::db::Conn;");
    assert_eq!(out_of_place(&[store, pure]).len(), 2);
}

#[test]
fn a_query_on_a_page_is_found() {
    let page = Source::planted("src/leads/pages.rs", "use diesel::prelude::*;");
    let store = Source::planted("src/leads/store.rs", "use diesel::prelude::*;");
    assert_eq!(
        queries_elsewhere(&[page, store]),
        ["src/leads/pages.rs:1: diesel::"]
    );
}

#[test]
fn every_file_that_must_be_pure_exists() {
    let sources = super::repository();
    for path in PURE {
        assert!(sources.iter().any(|source| source.path == *path), "{path}");
    }
}
