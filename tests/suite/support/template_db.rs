//! A migrated template database for each backend, which every test copies.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use lead_statuses::db::DatabaseUrl;
use tempfile::TempDir;

use super::people::{Tokens, create_users};
use super::{Backend, Cluster, Person};

/// The name of the database that others are copied from.
const TEMPLATE: &str = "template";

static SQLITE: LazyLock<(TempDir, Tokens)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a directory");
    let tokens = prepare(&sqlite_url(&dir.path().join("template.db")));
    (dir, tokens)
});

static POSTGRES: LazyLock<Tokens> = LazyLock::new(|| {
    let cluster = Cluster::get().expect("asked before");
    cluster.execute(&format!("CREATE DATABASE {TEMPLATE}"));
    prepare(&cluster.url(TEMPLATE).parse().expect("our own address"))
});

static COPIES: AtomicU32 = AtomicU32::new(0);

/// A database of one test, deleted with it.
pub struct DatabaseCopy {
    pub url: DatabaseUrl,
    name: Option<String>,
    tokens: &'static [(&'static str, String)],
}

impl DatabaseCopy {
    /// The API token of a person.
    pub fn token(&self, who: Person) -> &'static str {
        let mut tokens = self.tokens.iter();
        let found = tokens.find(|(email, _)| *email == who.email);
        found
            .map(|(_, token)| token.as_str())
            .expect("everyone has one")
    }

    /// A copy of the template, below `dir` if it is a file; `None` where PostgreSQL is missing.
    pub fn take(backend: Backend, dir: &Path) -> Option<DatabaseCopy> {
        match backend {
            Backend::Sqlite => {
                let file = dir.join("lead-statuses.db");
                for end in ["", "-wal"] {
                    let from = SQLITE.0.path().join(format!("template.db{end}"));
                    if from.exists() {
                        fs::copy(from, dir.join(format!("lead-statuses.db{end}"))).expect("a copy");
                    }
                }
                Some(DatabaseCopy {
                    url: sqlite_url(&file),
                    name: None,
                    tokens: &SQLITE.1,
                })
            }
            Backend::Postgres => {
                let cluster = Cluster::get()?;
                let tokens = &*POSTGRES;
                let name = format!("test_{}", COPIES.fetch_add(1, Ordering::Relaxed));
                cluster.execute(&format!(
                    "CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"
                ));
                Some(DatabaseCopy {
                    url: cluster.url(&name).parse().expect("our own address"),
                    name: Some(name),
                    tokens,
                })
            }
        }
    }

    /// An empty database of each available backend, with the directory of its files.
    pub fn empty_on_each() -> Vec<(DatabaseCopy, TempDir)> {
        let backends = [Backend::Sqlite, Backend::Postgres].into_iter();
        let copies = backends.filter_map(|backend| {
            let dir = tempfile::tempdir().expect("a directory");
            Some((DatabaseCopy::empty(backend, dir.path())?, dir))
        });
        copies.collect()
    }

    /// An empty database, without a schema.
    pub fn empty(backend: Backend, dir: &Path) -> Option<DatabaseCopy> {
        match backend {
            Backend::Sqlite => Some(DatabaseCopy {
                url: sqlite_url(&dir.join("empty.db")),
                name: None,
                tokens: &[],
            }),
            Backend::Postgres => {
                let cluster = Cluster::get()?;
                let name = format!("empty_{}", COPIES.fetch_add(1, Ordering::Relaxed));
                cluster.execute(&format!("CREATE DATABASE {name}"));
                Some(DatabaseCopy {
                    url: cluster.url(&name).parse().expect("our own address"),
                    name: Some(name),
                    tokens: &[],
                })
            }
        }
    }
}

impl Drop for DatabaseCopy {
    fn drop(&mut self) {
        if let (Some(name), Some(cluster)) = (&self.name, Cluster::get()) {
            cluster.execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn sqlite_url(file: &Path) -> DatabaseUrl {
    DatabaseUrl::Sqlite(PathBuf::from(file))
}

/// Migrates and seeds the database and creates its users, with the program itself.
fn prepare(url: &DatabaseUrl) -> Tokens {
    let dir = tempfile::tempdir().expect("a directory");
    create_users(url, dir.path())
}
