//! The leads of an export, page by page in the order of their ids.

use diesel::prelude::*;

use crate::db::schema::{leads, visits};
use crate::db::{Conn, MAX_VALUES, columns_of};
use crate::error::Result;
use crate::leads::domain::dataset::ExportScope;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::row::LeadRow;

/// The next leads after an id, without deleted ones, and the id to continue after; none at the end.
pub fn export_page(
    conn: &mut Conn,
    scope: &ExportScope,
    after: i64,
    limit: i64,
) -> Result<(Vec<Lead>, Option<i64>)> {
    if let Some((listing, query)) = matching(conn, scope)? {
        let leads = match listing.filter.is_in_bin {
            true => Vec::new(),
            false => query.page_by_id(conn, &listing.filter, after, limit)?,
        };
        let last = leads.last().map(|lead| lead.id);
        return Ok((leads, last));
    }
    let query = leads::table
        .filter(leads::deleted_at.is_null())
        .filter(leads::id.gt(after))
        .order(leads::id)
        .limit(limit)
        .select(columns_of::<LeadRow>());
    let (rows, last): (Vec<LeadRow>, Option<i64>) = match scope {
        ExportScope::All | ExportScope::Matching { .. } => (query.load(conn)?, None),
        ExportScope::Ids(ids) => {
            let page = next_ids(ids, after, limit);
            let last = page.last().copied();
            (query.filter(leads::id.eq_any(page)).load(conn)?, last)
        }
    };
    let leads: Vec<Lead> = rows.into_iter().map(Lead::from).collect();
    let last = last.or_else(|| leads.last().map(|lead| lead.id));
    Ok((leads, last))
}

/// The list and the query of a scope that is filtered.
fn matching(conn: &mut Conn, scope: &ExportScope) -> Result<Option<(Listing, LeadQuery)>> {
    let ExportScope::Matching {
        filter,
        user_id,
        now,
    } = scope
    else {
        return Ok(None);
    };
    let listing = Listing::of((**filter).clone());
    let query = LeadQuery::load(conn, *user_id, *now, &filter.q)?;
    Ok(Some((listing, query)))
}

/// The next ids after one; the parameters of a statement are limited.
fn next_ids(ids: &[i64], after: i64, limit: i64) -> Vec<i64> {
    let mut next: Vec<i64> = ids.iter().copied().filter(|id| *id > after).collect();
    next.sort_unstable();
    next.dedup();
    next.truncate(usize::try_from(limit).unwrap_or(MAX_VALUES));
    next
}

/// The number of leads in an export.
pub fn count_exported(conn: &mut Conn, scope: &ExportScope) -> Result<i64> {
    if let Some((listing, query)) = matching(conn, scope)? {
        return match listing.filter.is_in_bin {
            true => Ok(0),
            false => query.count(conn, &listing.filter),
        };
    }
    match scope {
        ExportScope::Ids(ids) => Ok(ids.len() as i64),
        ExportScope::All | ExportScope::Matching { .. } => {
            let leads = leads::table.filter(leads::deleted_at.is_null());
            Ok(leads.count().get_result(conn)?)
        }
    }
}

/// The number of visits in an export of visits. Those of a filtered list are counted only if all visits are more than
/// `max`; else all of them are the answer.
pub fn count_exported_visits(conn: &mut Conn, scope: &ExportScope, max: i64) -> Result<i64> {
    let exported = visits::table
        .inner_join(leads::table)
        .filter(leads::deleted_at.is_null());
    let ids = match scope {
        ExportScope::Ids(ids) => ids.clone(),
        ExportScope::All | ExportScope::Matching { .. } => {
            let all = exported.count().get_result(conn)?;
            match matching(conn, scope)? {
                Some((listing, query)) if all > max => match listing.filter.is_in_bin {
                    true => Vec::new(),
                    // Each lead has a visit.
                    false => query.ids(conn, &listing.filter, max + 1)?,
                },
                _ => return Ok(all),
            }
        }
    };
    let mut total = 0;
    for chunk in ids.chunks(MAX_VALUES) {
        let part = exported.filter(leads::id.eq_any(chunk.to_vec()));
        total += part.count().get_result::<i64>(conn)?;
    }
    Ok(total)
}
