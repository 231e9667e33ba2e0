//! The existing leads that items are about, matched by reference or by e-mail address.

use std::collections::HashMap;

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::actions::import::parsed::ParsedLead;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::request::ImportItem;
use crate::leads::domain::import_options::ImportOptions;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::visit::Visit;
use crate::leads::store::many_rows;
use crate::leads::store::matching::{LeadKeys, MatchedLeads};

/// The existing leads that items are about, and the visits of leads with a history.
pub struct ExistingLeads {
    leads: MatchedLeads,
    matches_email: bool,
    visits: HashMap<i64, Vec<Visit>>,
}

impl ExistingLeads {
    /// Reads the leads.
    pub fn find(
        conn: &mut Conn,
        items: &[ImportItem],
        options: &ImportOptions,
    ) -> Result<ExistingLeads> {
        let leads = MatchedLeads::find(conn, &keys(items, options))?;
        ExistingLeads::with_visits(conn, items, options, leads)
    }

    /// Reads the leads and locks them until the transaction ends.
    pub fn lock(
        conn: &mut Conn,
        items: &[ImportItem],
        options: &ImportOptions,
    ) -> Result<ExistingLeads> {
        let leads = MatchedLeads::lock(conn, &keys(items, options))?;
        ExistingLeads::with_visits(conn, items, options, leads)
    }

    fn with_visits(
        conn: &mut Conn,
        items: &[ImportItem],
        options: &ImportOptions,
        leads: MatchedLeads,
    ) -> Result<ExistingLeads> {
        let histories = items.iter().filter_map(ImportItem::history);
        let ids = histories.filter_map(|history| leads.by_reference.get(&history.reference));
        let ids: Vec<i64> = ids.map(|lead| lead.id).collect();
        Ok(ExistingLeads {
            visits: many_rows::visits_by_lead(conn, &ids)?,
            matches_email: options.matches_email,
            leads,
        })
    }

    /// The lead that an item is about, `None` for a new one; and the problem of a row that matches several leads, or
    /// has the reference of another lead.
    pub fn lead_or_problem(&self, item: &ImportItem) -> (Option<&Lead>, Option<Problem>) {
        match self.lead_of(item) {
            Ok(lead) => (lead, None),
            Err(problem) => (None, Some(problem)),
        }
    }

    /// The lead that an item is about; `None` for a new one.
    ///
    /// # Errors
    /// Returns the problem of a row that matches several leads, or has the reference of another lead.
    fn lead_of(&self, item: &ImportItem) -> Result<Option<&Lead>, Problem> {
        match (item, item.lead()) {
            (ImportItem::History(history), _) => {
                Ok(self.leads.by_reference.get(&history.reference))
            }
            (_, Some(row)) if self.matches_email => self.lead_by_email(row),
            (_, row) => Ok(row.and_then(|row| row.find_existing(&self.leads.by_reference))),
        }
    }

    /// The lead with the e-mail address of a row. Another lead must not have the reference of the row.
    fn lead_by_email(&self, row: &ParsedLead) -> Result<Option<&Lead>, Problem> {
        let email = row.texts.email_key();
        let leads = self.leads.by_email.get(&email);
        let lead = match leads.map_or(&[][..], Vec::as_slice) {
            [] => None,
            [lead] => Some(lead),
            [first, second, ..] => {
                let message = Message::new("lead-import-email-several")
                    .with("first", first.fields.name.as_str())
                    .with("second", second.fields.name.as_str());
                return Err(Problem::for_field(row.line, "email", message).with_value(&email));
            }
        };
        let holder = row.find_existing(&self.leads.by_reference);
        match holder.filter(|holder| lead.is_none_or(|lead| lead.id != holder.id)) {
            None => Ok(lead),
            Some(holder) => {
                let message = Message::new("lead-import-reference-other")
                    .with("name", holder.fields.name.as_str());
                let problem = Problem::for_field(row.line, "external_ref", message);
                Err(problem.with_value(row.external_ref.as_str()))
            }
        }
    }

    /// The visits of a lead with a history.
    pub fn visits_of(&self, lead: &Lead) -> &[Visit] {
        self.visits.get(&lead.id).map_or(&[][..], Vec::as_slice)
    }
}

fn keys(items: &[ImportItem], options: &ImportOptions) -> LeadKeys {
    let emails = items.iter().filter_map(ImportItem::lead);
    let emails = emails.filter(|_| options.matches_email);
    let emails = emails.map(|row| row.texts.email_key());
    LeadKeys {
        references: items.iter().filter_map(ImportItem::reference).collect(),
        emails: emails.filter(|key| !key.is_empty()).collect(),
    }
}
