//! Which module may use which: the graph of ARCHITECTURE.md as data, between the folders of `src` and inside a slice.

use std::collections::BTreeSet;

use super::Source;
use super::lexer::{code_only, texts, without_comments};
use super::modules::{Module, Modules, Reference};

/// Each folder of `src` with the folders that it may use; slices may use [`SHARED`] as well.
const ALLOWED: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("digest", &[]),
    ("memory", &[]),
    ("theme", &["words"]),
    ("words", &[]),
    ("channel", &["words"]),
    ("i18n", &["clock"]),
    ("error", &["i18n", "clock", "words"]),
    ("db", &["error", "clock", "i18n"]),
    ("config", &["db", "clock", "digest", "i18n"]),
    ("signer", &["db"]),
    ("log", &["config"]),
    ("money", &["i18n", "words"]),
    ("files", &["i18n", "error", "words"]),
    // What lists of things share knows fields and forms, and nothing of HTTP.
    (
        "records",
        &[
            "files", "money", "i18n", "config", "db", "error", "clock", "digest",
        ],
    ),
    (
        "web",
        &[
            "records", "i18n", "config", "db", "error", "clock", "log", "digest", "signer",
            "theme", "words",
        ],
    ),
    ("audit", &[]),
    ("audit_log", &["leads", "statuses", "access", "audit"]),
    ("access", &["audit"]),
    ("idempotency", &["access"]),
    ("sessions", &["access", "audit"]),
    ("api_tokens", &["access", "audit", "idempotency"]),
    ("operations", &["access", "audit"]),
    ("statuses", &["access", "audit", "idempotency"]),
    ("leads", &["statuses", "access", "audit", "idempotency"]),
    (
        "pipeline",
        &["leads", "statuses", "access", "audit", "idempotency"],
    ),
    ("reports", &["leads", "statuses", "access", "audit"]),
    (
        "api_docs",
        &["access", "statuses", "leads", "pipeline", "reports"],
    ),
];

/// Folders below the slices. Slices may use all but those of [`NOT_FOR_SLICES`].
const SHARED: [&str; 16] = [
    "channel", "clock", "digest", "theme", "i18n", "error", "db", "config", "signer", "log",
    "memory", "money", "files", "web", "records", "words",
];

/// Shared folders that slices may not use.
const NOT_FOR_SLICES: [&str; 2] = ["log", "memory"];

/// What puts the program together: it may use everything.
const ABOVE: [&str; 6] = ["main", "lib", "app", "routes", "commands", "demo"];

/// It describes the calls of every slice, which are in their `http/api`.
const REFERENCE: &str = "api_docs";

/// Domain files compute: none of these.
const IO: [&str; 7] = [
    "diesel::",
    "actix_web::",
    "tokio::",
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
];

/// What a domain file may not use of the crate.
const NOT_IN_DOMAIN: [&str; 7] = ["db", "web", "log", "config", "app", "routes", "audit"];

/// Column types have to say how they are stored.
const COLUMN_TYPES: [&str; 1] = ["src/clock.rs"];

/// Keys of messages and addresses that belong to slices begin with these.
const SLICE_WORDS: [&str; 8] = [
    "lead-",
    "leads-",
    "status-",
    "statuses-",
    "board-",
    "token-",
    "audit-",
    "/admin/leads",
];

/// The part of a slice that a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Domain,
    Store,
    Actions,
    Pages,
    Api,
    Views,
    Paths,
    /// `http/mod.rs` and files beside its folders.
    Http,
    /// `mod.rs`: what the slice offers.
    Root,
}

impl Layer {
    /// Flat slices have files in place of folders; their other files are domain and actions in one.
    fn of(name: &[String]) -> Layer {
        let inner: Vec<&str> = name.iter().skip(1).map(String::as_str).collect();
        match inner.as_slice() {
            [] => Layer::Root,
            ["domain", ..] => Layer::Domain,
            ["store", ..] => Layer::Store,
            ["http", "pages", ..] | ["pages", ..] => Layer::Pages,
            ["http", "api", ..] | ["api", ..] => Layer::Api,
            ["http", "views", ..] | ["views", ..] => Layer::Views,
            ["http", "paths", ..] | ["paths", ..] => Layer::Paths,
            ["http", ..] => Layer::Http,
            _ => Layer::Actions,
        }
    }

    fn is_http(self) -> bool {
        use Layer::{Api, Http, Pages, Paths, Views};
        matches!(self, Pages | Api | Views | Paths | Http)
    }

    /// True if a file of this layer may use one of `other` in its slice, where `is_flat` says that the slice has no
    /// `domain` folder.
    fn may_use(self, other: Layer, is_flat: bool) -> bool {
        use Layer::{Actions, Api, Domain, Http, Pages, Paths, Root, Store, Views};
        match self {
            Domain => other == Domain,
            Store => {
                matches!(other, Domain | Store) || (is_flat && matches!(other, Actions | Root))
            }
            Actions => matches!(other, Domain | Store | Actions | Root),
            Paths => matches!(other, Domain | Paths) || (is_flat && other == Actions),
            Views => !matches!(other, Store | Pages | Api),
            Pages | Api | Http | Root => true,
        }
    }
}

fn folder(name: &[String]) -> &str {
    name.first().map_or("lib", String::as_str)
}

fn is_slice(folder: &str) -> bool {
    !SHARED.contains(&folder) && !ABOVE.contains(&folder)
}

fn may_use(from: &str, to: &str) -> bool {
    if ABOVE.contains(&from) || from == to {
        return true;
    }
    let listed = ALLOWED.iter().find(|(folder, _)| *folder == from);
    listed.is_some_and(|(_, folders)| {
        let is_open = SHARED.contains(&to) && !NOT_FOR_SLICES.contains(&to);
        folders.contains(&to) || (!SHARED.contains(&from) && is_open)
    })
}

/// One complaint for each reference that `judge` refuses, in the order of the files.
fn complaints(
    sources: &[Source],
    judge: impl Fn(&Modules, &Module, &Reference) -> Option<String>,
) -> Vec<String> {
    let modules = Modules::of(sources);
    let mut found = BTreeSet::new();
    for module in modules.iter() {
        for reference in modules.references(module) {
            if let Some(complaint) = judge(&modules, module, &reference) {
                found.insert(format!(
                    "{}: {complaint}",
                    module.source.location(reference.offset)
                ));
            }
        }
    }
    found.into_iter().collect()
}

/// The folder of `src` that a path as written leads into.
fn target_folder<'a>(modules: &Modules, reference: &'a Reference) -> &'a str {
    match reference.path.first() {
        Some(first) if modules.exists(&reference.path[..1]) => first,
        _ => "lib",
    }
}

/// Folders of `src` that use a folder which ARCHITECTURE.md doesn't allow them.
pub fn between_folders(sources: &[Source]) -> Vec<String> {
    complaints(sources, |modules, module, reference| {
        let (from, to) = (folder(&module.name), target_folder(modules, reference));
        (!may_use(from, to)).then(|| format!("{from} → {to}"))
    })
}

/// The folders of `src` that the lists above name.
fn listed_folders() -> BTreeSet<&'static str> {
    let allowed = ALLOWED
        .iter()
        .flat_map(|(folder, uses)| uses.iter().chain([folder]));
    let listed = allowed.chain(&SHARED).chain(&ABOVE);
    listed.copied().collect()
}

/// Folders that the lists name and `src` doesn't have, and folders of `src` that they don't name.
pub fn wrongly_listed_folders(sources: &[Source]) -> Vec<String> {
    let (modules, listed) = (Modules::of(sources), listed_folders());
    let existing: BTreeSet<&str> = modules.iter().map(|module| folder(&module.name)).collect();
    let missing = listed.difference(&existing);
    let missing = missing.map(|folder| format!("src/{folder} is missing"));
    let unlisted = existing.difference(&listed);
    let unlisted = unlisted.map(|folder| format!("src/{folder} is not listed"));
    missing.chain(unlisted).collect()
}

/// Paths into another slice's `store`.
pub fn foreign_stores(sources: &[Source]) -> Vec<String> {
    complaints(sources, |_, module, reference| {
        let (from, to) = (folder(&module.name), folder(&reference.path));
        let is_store = reference.path.get(1).is_some_and(|part| part == "store");
        (from != to && is_slice(to) && is_store).then(|| format!("{from} → the store of {to}"))
    })
}

/// Paths of a slice past the `mod.rs` of another, into one of its folders.
pub fn past_the_root(sources: &[Source]) -> Vec<String> {
    complaints(sources, |modules, module, reference| {
        let (from, to) = (folder(&module.name), folder(&reference.path));
        let inner = reference.path.get(1)?;
        let is_folder = ["domain", "actions", "http"].contains(&inner.as_str())
            && modules.exists(&reference.path[..2]);
        let is_exempt = ABOVE.contains(&from) || (from == REFERENCE && inner == "http");
        let is_foreign = from != to && is_slice(to) && !is_exempt;
        (is_foreign && is_folder).then(|| format!("{from} → {to}::{inner}"))
    })
}

/// Files that use a layer of their slice which is above their own.
pub fn between_layers(sources: &[Source]) -> Vec<String> {
    complaints(sources, |modules, module, reference| {
        let slice = folder(&module.name);
        if !is_slice(slice) || slice != folder(&reference.target) {
            return None;
        }
        let (from, to) = (Layer::of(&module.name), Layer::of(&reference.target));
        let is_flat = !modules.exists(&[slice.to_owned(), "domain".to_owned()]);
        let names_only = reference.is_module && to == Layer::Root;
        (!names_only && !from.may_use(to, is_flat)).then(|| format!("{from:?} → {to:?}"))
    })
}

/// Domain files that use the database, the web, files or the network, or the actions of another slice.
pub fn impure_domain(sources: &[Source]) -> Vec<String> {
    let is_domain = |module: &Module| {
        is_slice(folder(&module.name)) && Layer::of(&module.name) == Layer::Domain
    };
    let mut found = complaints(sources, |_, module, reference| {
        let to = folder(&reference.path);
        let layer = Layer::of(&reference.target);
        let is_foreign_action = is_slice(to)
            && to != folder(&module.name)
            && !reference.is_module
            && (layer == Layer::Store || layer == Layer::Root || layer.is_http());
        let is_forbidden = NOT_IN_DOMAIN.contains(&to) || is_foreign_action;
        (is_domain(module) && is_forbidden)
            .then(|| format!("domain → {}", reference.path.join("::")))
    });
    for module in Modules::of(sources)
        .iter()
        .filter(|module| is_domain(module))
    {
        let code = code_only(module.source.product_text());
        let words = IO.iter().filter_map(|word| Some((code.find(word)?, word)));
        found.extend(
            words.map(|(offset, word)| {
                format!("{}: domain → {word}", module.source.location(offset))
            }),
        );
    }
    found
}

/// Views and stores that know what they must not: views the database, stores pages and requests.
pub fn views_and_stores(sources: &[Source]) -> Vec<String> {
    complaints(sources, |_, module, reference| {
        let to = folder(&reference.path);
        match (is_slice(folder(&module.name)), Layer::of(&module.name), to) {
            (true, Layer::Views, "db") => Some("views → db".into()),
            (true, Layer::Store, "web") => Some("store → web".into()),
            _ => None,
        }
    })
}

/// Words and addresses of slices in what all slices share.
pub fn slice_words(sources: &[Source]) -> Vec<String> {
    let shared = sources.iter().filter(|source| {
        let name = source.path.strip_prefix("src/").unwrap_or("-");
        let start = name.split(['/', '.']).next().unwrap_or_default();
        source.is_product() && ["web", "records", "files"].contains(&start)
    });
    shared
        .flat_map(|source| {
            let code = without_comments(source.product_text());
            let complaints = texts(&code)
                .into_iter()
                .filter(|(_, text)| SLICE_WORDS.iter().any(|start| text.starts_with(start)));
            complaints
                .map(|(offset, text)| format!("{}: {text:?}", source.location(offset)))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The query language outside of stores and the database.
pub fn queries_elsewhere(sources: &[Source]) -> Vec<String> {
    let is_home = |path: &str| {
        path.ends_with("/store.rs")
            || path.contains("/store/")
            || path.starts_with("src/db")
            || COLUMN_TYPES.contains(&path)
    };
    let others = sources
        .iter()
        .filter(|source| source.is_product() && !is_home(&source.path));
    others
        .flat_map(|source| {
            let code = code_only(source.product_text());
            let words = ["diesel::", "db::schema", "sql_query"];
            let complaints = words
                .iter()
                .filter_map(|word| Some((code.find(word)?, *word)));
            complaints
                .map(|(offset, word)| format!("{}: {word}", source.location(offset)))
                .collect::<Vec<_>>()
        })
        .collect()
}

mod tests;
mod tests_of_layers;
