//! What the pages of the reports read in the transaction that authorizes their sender.

use crate::access::{PageRequest, Permission, Principal, Role};
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::FilterOptions;
use crate::records::fields::{Fields, FromFields};
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::actions::counted_visits::lead_lines;
use crate::reports::actions::definition_changes::definition_changes;
use crate::reports::actions::prepare::{PreparedReport, prepare, refusals};
use crate::reports::actions::row_page::RowPage;
use crate::reports::domain::figures::DefinitionChange;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::listing::Listing;
use crate::statuses::BatchOutcome;
use crate::statuses::pages::show::{batch_outcome, flash_batch};

impl FromFields for ReportQuery {
    fn from_fields(fields: Fields) -> Result<ReportQuery> {
        Ok(ReportQuery::parse(&fields))
    }
}

/// The report of a page, and what its filters offer.
pub(super) struct PageReport {
    pub prepared: PreparedReport,
    /// A sentence for each parameter that is not valid. If there is one, the page shows no figures.
    pub problems: Vec<FilterProblem>,
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The definitions that changed in the period.
    pub definition_changes: Vec<DefinitionChange>,
    pub can_set_limits: bool,
    /// The edit of limits that was just made.
    pub outcome: Option<BatchOutcome>,
}

impl PageReport {
    /// Reads the report of a request.
    ///
    /// # Errors
    /// Returns an error if the database can't be read, or if the sender may not see the page.
    pub async fn of(request: &PageRequest, query: &ReportQuery) -> Result<PageReport> {
        let (query, batch) = (query.clone(), flash_batch(request));
        let read = request.read_as(ReadKind::List, move |conn, principal| {
            PageReport::read(conn, principal, &query, batch)
        });
        read.await
    }

    /// The page of these rows, each about the lead that `lead_of` returns, at this path with these parameters.
    ///
    /// # Errors
    /// Returns an error if the database can't be read.
    pub async fn listing<T>(
        self,
        request: &PageRequest,
        query: ReportQuery,
        (path, pairs): (&'static str, Vec<(&'static str, String)>),
        page: RowPage<T>,
        lead_of: fn(&T) -> i64,
    ) -> Result<Listing<T>> {
        let ids: Vec<i64> = page.rows.iter().map(lead_of).collect();
        let read = request.read(move |conn, _| lead_lines(conn, &ids));
        Ok(Listing {
            leads: read.await?,
            page,
            path,
            pairs,
            query,
            as_of: self.prepared.spec.as_of,
            problems: self.problems,
            owners: self.owners,
            statuses: self.prepared.statuses,
        })
    }

    fn read(
        conn: &mut Conn,
        principal: &Principal,
        query: &ReportQuery,
        batch: Option<i64>,
    ) -> Result<PageReport> {
        let options = FilterOptions::load(conn)?;
        let report = prepare(conn, principal, query)?;
        let errors = refusals(query, &report.statuses, principal.now);
        let problem = |(name, sentence): (&str, &Message)| FilterProblem {
            name: name.to_owned(),
            sentence: sentence.clone(),
            href: link(PIPELINE_PATH, query.pairs_without(&[name])),
        };
        Ok(PageReport {
            problems: errors.iter().map(problem).collect(),
            definition_changes: definition_changes(conn, &report)?,
            owners: match principal.role {
                Role::Rep => Vec::new(),
                _ => options.owners,
            },
            sources: options.sources,
            can_set_limits: principal.can(Permission::StatusesWrite),
            outcome: batch_outcome(conn, principal, batch)?,
            prepared: report,
        })
    }
}
