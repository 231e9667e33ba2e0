//! Checks the pages, the references and the schema of the database.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::conn::Conn;
use super::migrations::{applied_versions, known_versions};
use crate::error::Result;

/// The most faults of one kind; a damaged file has thousands.
const MAX_FAULTS: usize = 100;

/// The faults of the database file, its references and its schema, one sentence each.
///
/// # Errors
/// Returns an error if the database can't be read at all.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>> {
    if let Some(fault) = schema_fault(conn) {
        return Ok(vec![fault]);
    }
    let mut faults = match conn {
        Conn::Sqlite(conn) => sqlite_faults(conn)?,
        Conn::Postgres(conn) => {
            // A whole database takes its time.
            conn.batch_execute("SET LOCAL statement_timeout = 0")?;
            Vec::new()
        }
    };
    faults.extend(orphans(conn)?);
    Ok(faults)
}

/// The fault of the schema, if it has one: then nothing else is checked.
fn schema_fault(conn: &mut Conn) -> Option<String> {
    let applied: BTreeSet<String> = match applied_versions(conn) {
        Ok(applied) => applied.into_iter().collect(),
        Err(cause) => return Some(format!("The schema can't be read: {cause}.")),
    };
    let missing: Vec<String> = known_versions()
        .into_iter()
        .filter(|version| !applied.contains(version))
        .collect();
    (!missing.is_empty()).then(|| {
        let list = missing.join(", ");
        format!("The schema lacks {list}; run `lead-statuses migrate`.")
    })
}

fn sqlite_faults(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    let pages: Vec<String> = sql::<Text>(&format!(
        "SELECT integrity_check FROM pragma_integrity_check LIMIT {MAX_FAULTS}"
    ))
    .load(conn)?;
    let references: Vec<String> = sql::<Text>(&format!(
        "SELECT \"table\" || ', row ' || coalesce(rowid, '?') || ' → ' || parent \
         FROM pragma_foreign_key_check LIMIT {MAX_FAULTS}"
    ))
    .load(conn)?;
    let pages = pages.iter().filter(|page| *page != "ok");
    let pages = pages.map(|page| format!("The file is damaged: {page}."));
    let references = references.iter();
    let references = references.map(|row| format!("A row points at nothing: {row}."));
    Ok(pages.chain(references).collect())
}

/// Rows that belong to nothing: what they are, what they lack, and the query for their ids.
const ORPHANS: [(&str, &str, &str); 3] = [
    (
        "session",
        "user",
        "select sessions.id from sessions left join users on users.id = user_id where users.id is null",
    ),
    (
        "API token",
        "user",
        "select api_tokens.id from api_tokens left join users on users.id = user_id where users.id is null",
    ),
    (
        "idempotency key",
        "API token",
        "select idempotency_keys.id from idempotency_keys \
         left join api_tokens on api_tokens.id = token_id where api_tokens.id is null",
    ),
];

fn orphans(conn: &mut Conn) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (kind, owner, query) in ORPHANS {
        let ids: Vec<i64> = sql::<BigInt>(query).load(conn)?;
        let ids = ids.into_iter().take(MAX_FAULTS);
        faults.extend(ids.map(|id| format!("The {kind} {id} belongs to no {owner}.")));
    }
    Ok(faults)
}
