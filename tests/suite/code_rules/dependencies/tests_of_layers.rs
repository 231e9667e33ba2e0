//! Planted violations of the rules inside a slice.

use super::super::Source;
use super::tests::{assert_allowed, assert_found};
use super::{between_layers, impure_domain, views_and_stores};

#[test]
fn a_dependency_on_a_layer_above_is_found() {
    assert_found(
        between_layers,
        &[
            (
                "src/leads/domain/lead.rs",
                "use crate::leads::store::x;",
                "Domain → Store",
            ),
            (
                "src/leads/domain/lead.rs",
                "use super::super::actions::moves::x;",
                "Domain → Actions",
            ),
            (
                "src/leads/domain/mod.rs",
                "fn a() { crate::leads::http::paths::b() }",
                "Domain → Paths",
            ),
            (
                "src/leads/store/mod.rs",
                "use crate::leads::actions::moves::x;",
                "Store → Actions",
            ),
            (
                "src/leads/store/mod.rs",
                "use crate::leads::http::views::list::x;",
                "Store → Views",
            ),
            (
                "src/leads/actions/moves.rs",
                "use crate::leads::http::pages::list::x;",
                "Actions → Pages",
            ),
            (
                "src/leads/http/views/list.rs",
                "use crate::leads::http::pages::list::x;",
                "Views → Pages",
            ),
            (
                "src/leads/http/views/list.rs",
                "use super::super::api::one::x;",
                "Views → Api",
            ),
            (
                "src/leads/http/views/list.rs",
                "use crate::leads::store::find;",
                "Views → Store",
            ),
            (
                "src/leads/http/paths.rs",
                "use crate::leads::http::pages::list::x;",
                "Paths → Pages",
            ),
            (
                "src/leads/store/mod.rs",
                "use crate::leads::counted;",
                "Store → Root",
            ),
        ],
    );
    assert_allowed(
        between_layers,
        &[
            (
                "src/leads/http/pages/list.rs",
                "use crate::leads::{actions::moves::x, store::y, http::views::list::z};",
            ),
            (
                "src/leads/http/views/list.rs",
                "use crate::leads::domain::lead::x;\nuse super::super::paths::y;",
            ),
            (
                "src/leads/actions/moves.rs",
                "use crate::leads::store;\nuse crate::leads::domain::lead::x;",
            ),
            (
                "src/leads/store/mod.rs",
                "use crate::leads::domain::lead::x;",
            ),
            (
                "src/leads/mod.rs",
                "pub use http::pages::list::x;\npub use store::y;",
            ),
        ],
    );
}

#[test]
fn a_layer_above_is_found_through_a_reexport() {
    let sources = [
        Source::planted(
            "src/leads/mod.rs",
            "pub use actions::moves::go;\npub use domain::lead::Lead;",
        ),
        Source::planted("src/leads/actions/moves.rs", "pub fn go() {}"),
        Source::planted("src/leads/domain/lead.rs", "pub struct Lead;"),
        Source::planted("src/leads/store/mod.rs", "use crate::leads::{Lead, go};"),
    ];
    assert_eq!(
        between_layers(&sources),
        ["src/leads/store/mod.rs:1: Store → Actions"]
    );
}

#[test]
fn flat_slices_have_layers_too() {
    let slice = |path: &str, text: &str| {
        vec![
            Source::planted("src/audit/store.rs", ""),
            Source::planted("src/audit/filter.rs", ""),
            Source::planted("src/audit/pages.rs", ""),
            Source::planted(path, text),
        ]
    };
    let view = slice(
        "src/audit/views.rs",
        "use super::store::x;\nuse super::pages::y;\nuse super::filter::z;",
    );
    assert_eq!(between_layers(&view).len(), 2);
    let store = slice("src/audit/store.rs", "use super::filter::z;");
    assert_eq!(between_layers(&store), Vec::<String>::new());
    let domain = slice("src/audit/filter.rs", "use super::pages::z;");
    assert_eq!(between_layers(&domain).len(), 1);
}

#[test]
fn a_domain_file_that_does_something_is_found() {
    assert_found(
        impure_domain,
        &[
            (
                "src/leads/domain/lead.rs",
                "use crate::db::Conn;",
                "domain → db::Conn",
            ),
            (
                "src/leads/domain/lead.rs",
                "use crate::web::Fields;",
                "domain → web::Fields",
            ),
            (
                "src/leads/domain/lead.rs",
                "use diesel::prelude::*;",
                "domain → diesel::",
            ),
            (
                "src/leads/domain/lead.rs",
                "fn a() { std::fs::read(b) }",
                "domain → std::fs",
            ),
            (
                "src/leads/domain/lead.rs",
                "use crate::audit::record;",
                "domain → audit::record",
            ),
            (
                "src/leads/domain/lead.rs",
                "use crate::statuses::find;",
                "domain → statuses::find",
            ),
        ],
    );
    assert_allowed(
        impure_domain,
        &[
            (
                "src/leads/domain/lead.rs",
                "use crate::clock::Timestamp; // diesel::x",
            ),
            ("src/leads/actions/moves.rs", "use crate::db::Conn;"),
        ],
    );
}

#[test]
fn a_view_that_reads_and_a_store_that_knows_pages_are_found() {
    assert_found(
        views_and_stores,
        &[
            (
                "src/leads/http/views/list.rs",
                "use crate::db::Conn;",
                "views → db",
            ),
            (
                "src/audit/views.rs",
                "fn a(conn: &mut crate::db::Conn) {}",
                "views → db",
            ),
            (
                "src/leads/store/mod.rs",
                "use crate::web::Page;",
                "store → web",
            ),
            ("src/audit/store.rs", "use crate::web::Page;", "store → web"),
        ],
    );
    assert_allowed(
        views_and_stores,
        &[
            ("src/leads/http/pages/list.rs", "use crate::db::Conn;"),
            ("src/audit/store.rs", "use crate::db::Conn;"),
        ],
    );
}
