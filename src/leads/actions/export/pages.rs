//! Reads the rows of an export page by page. Each read is short, so that a slow download holds no transaction.

use std::collections::HashMap;

use crate::access::users;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::leads::actions::export::export_row::ExportRow;
use crate::leads::actions::export::request::{Export, ExportError};
use crate::leads::domain::dataset::{Dataset, fallback_ref};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::reference::Reference;
use crate::leads::domain::visit::Visit;
use crate::leads::store;
use crate::statuses;

/// The leads of one page.
const PAGE_LEADS: i64 = 500;

/// Called with the rows of each page.
pub type OnPage<'a> = dyn FnMut(&[ExportRow]) -> Result<(), ExportError> + 'a;

/// The names of owners and statuses in a file, by id.
struct ExportNames {
    owners: HashMap<i64, String>,
    statuses: HashMap<i64, String>,
}

impl ExportNames {
    fn load(conn: &mut Conn) -> Result<ExportNames> {
        let owners = users::list_unlimited(conn)?.into_iter();
        Ok(ExportNames {
            owners: owners.map(|user| (user.id, user.email)).collect(),
            statuses: statuses::StatusLookup::load(conn)?.export_names(),
        })
    }

    fn lacks_names_of(&self, lead: &Lead) -> bool {
        let owner = lead.fields.owner;
        !self.statuses.contains_key(&lead.status_id)
            || owner.is_some_and(|id| !self.owners.contains_key(&id))
    }

    fn lead_row(&self, lead: &Lead, reference: &str) -> ExportRow {
        let owner = lead.fields.owner.and_then(|id| self.owners.get(&id));
        ExportRow::of_lead(lead, reference, owner.cloned(), self.status(lead.status_id))
    }

    fn visit_row(&self, visit: &Visit, lead: &Lead, reference: &str) -> ExportRow {
        ExportRow::of_visit(visit, lead, reference, self.status(visit.status_id))
    }

    fn status(&self, id: i64) -> String {
        self.statuses.get(&id).cloned().unwrap_or_default()
    }
}

/// Reads all rows of an export, by the ids of their leads, each with the cells of these columns.
pub fn each_page(
    db: &Db,
    export: &Export,
    columns: &[&str],
    on_page: &mut OnPage,
) -> Result<(), ExportError> {
    let (mut names, mut after) = (None::<ExportNames>, 0);
    loop {
        let (mut rows, last) = db.read_part(|conn| read_page(conn, export, after, &mut names))?;
        for row in &mut rows {
            row.retain_columns(columns);
        }
        on_page(&rows)?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// The rows of the next leads, and the id after which to continue, if there may be more.
fn read_page(
    conn: &mut Conn,
    export: &Export,
    after: i64,
    names: &mut Option<ExportNames>,
) -> Result<(Vec<ExportRow>, Option<i64>)> {
    let (leads, last) = store::export::export_page(conn, &export.scope, after, PAGE_LEADS)?;
    // Users and statuses may be new since the last page.
    let names = match names.take() {
        Some(loaded) if !leads.iter().any(|lead| loaded.lacks_names_of(lead)) => {
            names.insert(loaded)
        }
        _ => names.insert(ExportNames::load(conn)?),
    };
    let references = references(conn, &leads)?;
    let leads = leads.iter().zip(references.iter().map(String::as_str));
    let rows = match export.dataset {
        Dataset::Leads => leads
            .map(|(lead, reference)| names.lead_row(lead, reference))
            .collect(),
        Dataset::Visits => {
            let ids: Vec<i64> = leads.clone().map(|(lead, _)| lead.id).collect();
            let visits = store::many_rows::visits_by_lead(conn, &ids)?;
            let rows = leads.flat_map(|(lead, reference)| {
                let visits = visits.get(&lead.id).map_or(&[][..], Vec::as_slice);
                let names = &*names;
                let row = move |visit| names.visit_row(visit, lead, reference);
                visits.iter().map(row)
            });
            rows.collect()
        }
    };
    Ok((rows, last))
}

/// The reference of each lead in the file, by which an import finds it: its external reference, else a fallback made of
/// its id. Empty if another lead has that fallback as its reference.
fn references(conn: &mut Conn, leads: &[Lead]) -> Result<Vec<String>> {
    let has_no_reference = |lead: &&Lead| lead.fields.external_ref.is_empty();
    let fallback = |lead: &Lead| Reference {
        text: fallback_ref(lead.id),
        ..lead.fields.reference()
    };
    let fallbacks = leads.iter().filter(has_no_reference).map(fallback);
    let fallbacks: Vec<Reference> = fallbacks.collect();
    let existing = store::matching::find_by_references(conn, fallbacks.iter())?;
    let references = leads.iter().map(|lead| {
        let fallback = match lead.fields.external_ref.as_str() {
            "" => fallback(lead),
            reference => return reference.to_owned(),
        };
        let holder = existing.get(&fallback);
        match holder.is_none_or(|holder| holder.id == lead.id) {
            true => fallback.text,
            false => String::new(),
        }
    });
    Ok(references.collect())
}
