//! The leads that rows of a file mean: by their references, or by their e-mail addresses.

use std::collections::{BTreeMap, HashMap};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::db::schema::leads;
use crate::db::{Conn, MAX_VALUES, columns_of, locks};
use crate::error::Result;
use crate::leads::domain::dataset::{fallback_ref, parse_fallback_ref};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::reference::Reference;
use crate::leads::store::find_many;
use crate::leads::store::row::LeadRow;

/// The references and e-mail addresses of rows, by which their leads are found.
#[derive(Debug, Clone, Default)]
pub struct LeadKeys {
    pub references: Vec<Reference>,
    /// The keys of e-mail addresses, if leads are matched by them.
    pub emails: Vec<String>,
}

/// The leads that match these keys.
#[derive(Debug, Clone, Default)]
pub struct MatchedLeads {
    pub by_reference: HashMap<Reference, Lead>,
    /// By the keys of their e-mail addresses, oldest first; none of the bin.
    pub by_email: HashMap<String, Vec<Lead>>,
}

impl MatchedLeads {
    /// Finds leads.
    pub fn find(conn: &mut Conn, keys: &LeadKeys) -> Result<MatchedLeads> {
        Ok(MatchedLeads {
            by_reference: find_by_references(conn, keys.references.iter())?,
            by_email: find_by_emails(conn, &keys.emails)?,
        })
    }

    /// Finds leads and locks them until the transaction ends.
    pub fn lock(conn: &mut Conn, keys: &LeadKeys) -> Result<MatchedLeads> {
        let matched = MatchedLeads::find(conn, keys)?;
        let by_email = matched.by_email.values().flatten();
        let leads = matched.by_reference.values().chain(by_email);
        let mut ids: Vec<i64> = leads.map(|lead| lead.id).collect();
        ids.sort_unstable();
        ids.dedup();
        locks::leads(conn, &ids)?;
        match conn {
            // There is one writer, so nothing changed after they were read.
            Conn::Sqlite(_) => Ok(matched),
            Conn::Postgres(_) => Ok(MatchedLeads::of(find_many(conn, &ids)?)),
        }
    }

    fn of(leads: Vec<Lead>) -> MatchedLeads {
        let mut matched = MatchedLeads::default();
        for lead in leads {
            let key = lead.fields.email_key();
            if !key.is_empty() && !lead.is_in_bin() {
                matched.by_email.entry(key).or_default().push(lead.clone());
            }
            matched.by_reference.insert(file_reference(&lead), lead);
        }
        matched
    }
}

/// The leads with these references. Leads without one are found by their fallback reference, which export writes, in the
/// system that they name.
pub fn find_by_references<'a>(
    conn: &mut Conn,
    references: impl Iterator<Item = &'a Reference>,
) -> Result<HashMap<Reference, Lead>> {
    let references: Vec<&Reference> = references
        .filter(|reference| !reference.is_empty())
        .collect();
    let mut by_system = BTreeMap::<&str, Vec<&str>>::new();
    for reference in &references {
        let texts = by_system.entry(&reference.system).or_default();
        texts.push(&reference.text);
    }
    let mut by_reference = HashMap::with_capacity(references.len());
    for (system, texts) in by_system {
        for lead in find_in_system(conn, system, &texts)? {
            by_reference.insert(lead.fields.reference(), lead);
        }
    }
    let others = references
        .iter()
        .filter(|reference| !by_reference.contains_key(**reference));
    let ids: Vec<i64> = others
        .filter_map(|reference| parse_fallback_ref(&reference.text))
        .collect();
    for chunk in ids.chunks(MAX_VALUES) {
        let rows: Vec<LeadRow> = leads::table
            .filter(leads::id.eq_any(chunk.to_vec()))
            .filter(leads::external_ref.is_null())
            .select(columns_of::<LeadRow>())
            .load(conn)?;
        let leads = rows.into_iter().map(Lead::from);
        by_reference.extend(leads.map(|lead| (file_reference(&lead), lead)));
    }
    Ok(by_reference)
}

/// The leads that have these references in a system.
fn find_in_system(conn: &mut Conn, system: &str, references: &[&str]) -> Result<Vec<Lead>> {
    let mut leads = Vec::new();
    for chunk in references.chunks(MAX_VALUES) {
        let rows: Vec<LeadRow> = leads::table
            .filter(leads::external_system.eq(system))
            .filter(leads::external_ref.eq_any(chunk.to_vec()))
            // PostgreSQL uses a partial index only if the query repeats its condition. The literal also keeps the
            // statement from being prepared: a plan made for an empty table would stay.
            .filter(sql::<Bool>("external_ref is not null"))
            .select(columns_of::<LeadRow>())
            .load(conn)?;
        leads.extend(rows.into_iter().map(Lead::from));
    }
    Ok(leads)
}

/// The reference of a lead in files: its own, else its fallback.
fn file_reference(lead: &Lead) -> Reference {
    let own = lead.fields.reference();
    match own.is_empty() {
        true => Reference {
            text: fallback_ref(lead.id),
            ..own
        },
        false => own,
    }
}

/// The leads that are not in the bin and have one of these e-mail addresses, by its key, oldest first.
fn find_by_emails(conn: &mut Conn, keys: &[String]) -> Result<HashMap<String, Vec<Lead>>> {
    let mut by_email = HashMap::<String, Vec<Lead>>::new();
    for chunk in keys.chunks(MAX_VALUES) {
        let rows: Vec<LeadRow> = leads::table
            .filter(leads::email_key.eq_any(chunk.to_vec()))
            .filter(sql::<Bool>("email_key <> '' and deleted_at is null"))
            .order(leads::id)
            .select(columns_of::<LeadRow>())
            .load(conn)?;
        for lead in rows.into_iter().map(Lead::from) {
            let leads = by_email.entry(lead.fields.email_key()).or_default();
            leads.push(lead);
        }
    }
    Ok(by_email)
}
