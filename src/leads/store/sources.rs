//! The sources of leads. Those that differ by case alone are one source, in the spelling of the first lead that has it:
//! the canonical one.

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

/// The canonical spelling of a source; a new one is stored.
fn canonical_source(conn: &mut Conn, source: &LeadSource) -> Result<LeadSource> {
    if source.is_empty() {
        return Ok(source.clone());
    }
    let key = source_key(source.as_str());
    let find = |conn: &mut Conn| -> Result<Option<String>> {
        let row = lead_sources::table.find(&key).select(lead_sources::source);
        Ok(row.first(conn).optional()?)
    };
    if let Some(canonical) = find(conn)? {
        return Ok(TextLine::stored(canonical));
    }
    on_either!(conn, conn => diesel::insert_into(lead_sources::table)
        .values((lead_sources::source_key.eq(&key), lead_sources::source.eq(source.as_str())))
        .on_conflict_do_nothing()
        .execute(conn)?);
    let canonical = find(conn)?.unwrap_or_else(|| source.to_string());
    Ok(TextLine::stored(canonical))
}

/// The canonical spellings of sources, by their keys.
pub fn canonical_sources<'a>(
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
        *source = canonical_source(conn, source)?;
    }
    Ok(by_key)
}

/// These fields with the canonical spelling of the source. That of `before` is canonical already.
pub fn with_canonical_source(
    conn: &mut Conn,
    fields: &LeadFields,
    before: Option<&LeadFields>,
) -> Result<LeadFields> {
    let mut fields = fields.clone();
    if before.is_none_or(|before| before.source != fields.source) {
        fields.source = canonical_source(conn, &fields.source)?;
    }
    Ok(fields)
}

/// True if no stored sources differ by their case alone.
pub fn are_unified(conn: &mut Conn) -> Result<bool> {
    let stored = by_key(conn)?;
    Ok(stored
        .iter()
        .all(|(key, source)| *key == source_key(source)))
}

/// Gives sources that differ by case alone the spelling of the oldest of their leads, after a migration that didn't know
/// the case of all letters.
pub fn unify(conn: &mut Conn) -> Result<()> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in by_key(conn)?.into_values() {
        groups.entry(source_key(&source)).or_default().push(source);
    }
    diesel::delete(lead_sources::table).execute(conn)?;
    for (key, sources) in groups {
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
