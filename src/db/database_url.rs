//! The address of the database.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where the database is.
#[derive(Clone, PartialEq)]
pub enum DatabaseUrl {
    /// `sqlite://path`: a file, relative to the working directory or absolute.
    Sqlite(PathBuf),
    /// `postgres://…`, as libpq reads it.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        match url.split_once("://") {
            Some(("sqlite", path)) if !path.is_empty() && !path.starts_with(':') => {
                Ok(DatabaseUrl::Sqlite(PathBuf::from(path)))
            }
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => {
                Ok(DatabaseUrl::Postgres(url.to_owned()))
            }
            _ => Err(
                "DATABASE_URL must be sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME".into(),
            ),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    /// Without the password that a PostgreSQL address may hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => {
                write!(f, "postgres://…@{}", address_and_query(url).0)
            }
        }
    }
}

/// libpq notices a dead or silent server only with these settings; those in the address win.
pub(super) fn with_timeouts(url: &str) -> String {
    let query = address_and_query(url).1;
    let is_given = |name| {
        query.is_some_and(|query| {
            query
                .split('&')
                .any(|each| each.split('=').next() == Some(name))
        })
    };
    let (mut full, mut separator) = (url.to_owned(), if query.is_some() { '&' } else { '?' });
    for (name, value) in [
        ("connect_timeout", "3"),
        ("keepalives_idle", "5"),
        ("keepalives_interval", "2"),
        ("keepalives_count", "2"),
        ("tcp_user_timeout", "6000"),
    ] {
        if !is_given(name) {
            full.push_str(&format!("{separator}{name}={value}"));
            separator = '&';
        }
    }
    full
}

/// The host and the database of an address of PostgreSQL, and what follows the `?`. As for libpq, user and password
/// end at the first `@` before any `/`.
fn address_and_query(url: &str) -> (&str, Option<&str>) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let address = match rest.find(['@', '/']) {
        Some(end) if rest[end..].starts_with('@') => &rest[end + 1..],
        _ => rest,
    };
    let parts = address.split_once('?');
    parts.map_or((address, None), |(address, query)| (address, Some(query)))
}
