//! The common parts of the pages that list the visits or the offers behind a number.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::i18n::Lang;
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::actions::counted_visits::LeadLine;
use crate::reports::actions::row_page::RowPage;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::{LEADS_PATH, PIPELINE_PATH};
use crate::reports::http::views::context::scope_text;

/// A page of rows, each about one lead, and what is shown with them.
pub struct Listing<T> {
    pub page: RowPage<T>,
    /// The path of the page, and its parameters without its number.
    pub path: &'static str,
    pub pairs: Vec<(&'static str, String)>,
    pub query: ReportQuery,
    pub as_of: Timestamp,
    /// A sentence for each parameter that is not valid.
    pub problems: Vec<FilterProblem>,
    /// All owners; none for those who see only their own leads.
    pub owners: Vec<(i64, String)>,
    /// All statuses.
    pub statuses: Vec<ReportStatus>,
    /// The leads of the page, by id.
    pub leads: HashMap<i64, LeadLine>,
}

impl<T> Listing<T> {
    /// Period, owner and source in words.
    pub fn scope(&self, lang: Lang) -> String {
        scope_text(lang, &self.query, self.as_of, &self.owners)
    }

    /// The status of an id.
    pub fn status(&self, id: &i64) -> Option<&ReportStatus> {
        self.statuses.iter().find(|status| status.id == *id)
    }

    /// The name of a lead; empty for one that is gone.
    pub fn lead_name(&self, lead: &i64) -> &str {
        let lead = self.leads.get(lead);
        lead.map_or("", |lead| lead.name.as_str())
    }

    /// The name of the owner of a lead; empty without one.
    pub fn owner_name(&self, lead: &i64) -> &str {
        let id = self.leads.get(lead).and_then(|lead| lead.owner);
        let owner = self.owners.iter().find(|(owner, _)| Some(*owner) == id);
        owner.map_or("", |(_, name)| name.as_str())
    }

    /// The address of a lead, whose page links back to `address`.
    pub fn lead_href(&self, lead: &i64, address: &str) -> String {
        link(
            &format!("{LEADS_PATH}/{lead}"),
            [("back", address.to_owned())],
        )
    }

    /// The address of the report that the number is on.
    pub fn report_href(&self) -> String {
        link(PIPELINE_PATH, self.query.pairs())
    }

    /// The address of the previous page, if there is one.
    pub fn previous(&self) -> Option<String> {
        self.page_href(self.page.number.saturating_sub(1))
    }

    /// The address of the next page, if there is one.
    pub fn next(&self) -> Option<String> {
        self.page_href(self.page.number + 1)
    }

    fn page_href(&self, number: usize) -> Option<String> {
        let mut pairs = self.pairs.clone();
        if number > 1 {
            pairs.push(("page", number.to_string()));
        }
        (1..=self.page.pages)
            .contains(&number)
            .then(|| link(self.path, pairs))
    }
}
