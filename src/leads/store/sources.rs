//! The sources of leads. One is written as it was the first time, whatever the case of those that come later.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::schema::{lead_sources, leads};
use crate::db::{Conn, on_either};
use crate::error::Result;
use crate::leads::domain::lead::LeadFields;
use crate::leads::domain::text::{LeadSource, TextLine, source_key};

/// All sources by their key.
fn by_key(conn: &mut Conn) -> Result<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> = lead_sources::table
        .select((lead_sources::source_key, lead_sources::source))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// All sources, by name.
pub fn list(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(by_key(conn)?.into_values().collect())
}

/// The source as it was written the first time, which is now if it is new.
fn first_written(conn: &mut Conn, source: &LeadSource) -> Result<LeadSource> {
    if source.is_empty() {
        return Ok(source.clone());
    }
    let key = source_key(source.as_str());
    let known = |conn: &mut Conn| -> Result<Option<String>> {
        let row = lead_sources::table.find(&key).select(lead_sources::source);
        Ok(row.first(conn).optional()?)
    };
    if let Some(known) = known(conn)? {
        return Ok(TextLine::stored(known));
    }
    on_either!(conn, conn => diesel::insert_into(lead_sources::table)
        .values((lead_sources::source_key.eq(&key), lead_sources::source.eq(source.as_str())))
        .on_conflict_do_nothing()
        .execute(conn)?);
    let written = known(conn)?.unwrap_or_else(|| source.to_string());
    Ok(TextLine::stored(written))
}

/// The sources of some leads as each was written the first time, by their keys.
pub fn first_written_of<'a>(
    conn: &mut Conn,
    sources: impl Iterator<Item = &'a LeadSource>,
) -> Result<BTreeMap<String, LeadSource>> {
    // In one order, so that transactions that write the same ones wait for each other.
    let mut by_key: BTreeMap<String, LeadSource> = BTreeMap::new();
    for source in sources {
        let key = source_key(source.as_str());
        by_key.entry(key).or_insert_with(|| source.clone());
    }
    for source in by_key.values_mut() {
        *source = first_written(conn, source)?;
    }
    Ok(by_key)
}

/// These fields with the source as it was written the first time. The one that the lead has is.
pub fn with_first_written(
    conn: &mut Conn,
    fields: &LeadFields,
    before: Option<&LeadFields>,
) -> Result<LeadFields> {
    let mut fields = fields.clone();
    if before.is_none_or(|before| before.source != fields.source) {
        fields.source = first_written(conn, &fields.source)?;
    }
    Ok(fields)
}

/// True if sources that are known differ by more than their case.
pub fn are_unified(conn: &mut Conn) -> Result<bool> {
    let stored = by_key(conn)?;
    Ok(stored
        .iter()
        .all(|(key, source)| *key == source_key(source)))
}

/// Makes one of the sources that differ by case alone, after a migration that didn't know the case of all letters: as the
/// oldest of their leads has it.
pub fn unify(conn: &mut Conn) -> Result<()> {
    let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in by_key(conn)?.into_values() {
        alike.entry(source_key(&source)).or_default().push(source);
    }
    diesel::delete(lead_sources::table).execute(conn)?;
    for (key, sources) in alike {
        let oldest: Option<(Timestamp, String)> = leads::table
            .filter(leads::source.eq_any(sources.clone()))
            .filter(leads::deleted_at.is_null())
            .order((leads::created_at, leads::id))
            .select((leads::created_at, leads::source))
            .first(conn)
            .optional()?;
        let first = oldest
            .map(|(_, source)| source)
            .or(sources.first().cloned());
        let others = leads::table.filter(leads::source.eq_any(sources));
        let others = others.filter(leads::source.ne(first.clone().unwrap_or_default()));
        diesel::update(others)
            .set(leads::source.eq(first.clone().unwrap_or_default()))
            .execute(conn)?;
        diesel::insert_into(lead_sources::table)
            .values((
                lead_sources::source_key.eq(key),
                lead_sources::source.eq(first.unwrap_or_default()),
            ))
            .execute(conn)?;
    }
    Ok(())
}
