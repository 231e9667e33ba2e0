//! The leads that have an e-mail address, a telephone number or a name in common with others, each by an index.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::db::schema::leads;
use crate::db::{Conn, MAX_VALUES, columns_of};
use crate::error::Result;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::store::row::LeadRow;

/// The most leads that one condition finds for each lead of a chunk.
const MAX_FOUND: usize = 20;

/// The lowest limit of a query, also for one lead: many leads may share a name, and their companies are compared only after it.
const MIN_LIMIT: usize = 1_000;

/// The leads that are not in the bin and may be the same as one of these, the oldest of each key.
pub fn find<'a>(
    conn: &mut Conn,
    all: impl Iterator<Item = &'a LeadFields> + Clone,
) -> Result<Vec<Lead>> {
    let names = all.clone().filter(|fields| !fields.company.is_empty());
    let emails = distinct(all.clone().map(LeadFields::email_key));
    let phones = distinct(all.map(LeadFields::phone_key));
    let names = distinct(names.map(LeadFields::name_key));
    // PostgreSQL uses a partial index only if the query repeats its condition.
    macro_rules! find_by {
        ($column:expr, $keys:expr, $condition:literal) => {{
            let mut leads: Vec<Lead> = Vec::new();
            for chunk in $keys.chunks(MAX_VALUES) {
                let rows: Vec<LeadRow> = leads::table
                    .filter($column.eq_any(chunk.to_vec()))
                    .filter(sql::<Bool>($condition))
                    .order(($column, leads::id))
                    .limit((chunk.len() * MAX_FOUND).max(MIN_LIMIT) as i64)
                    .select(columns_of::<LeadRow>())
                    .load(conn)?;
                leads.extend(rows.into_iter().map(Lead::from));
            }
            leads
        }};
    }
    let mut leads = find_by!(
        leads::email_key,
        emails,
        "email_key <> '' and deleted_at is null"
    );
    leads.extend(find_by!(
        leads::phone_key,
        phones,
        "phone_key <> '' and deleted_at is null"
    ));
    leads.extend(find_by!(leads::name_key, names, "deleted_at is null"));
    leads.sort_by_key(|lead| lead.id);
    leads.dedup_by_key(|lead| lead.id);
    Ok(leads)
}

fn distinct(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut keys: Vec<String> = keys.filter(|key| !key.is_empty()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
