//! What the page of the pipeline and the page that compares read in the transaction that authorizes their sender.

use crate::access::{PageRequest, Permission, Principal, Role};
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::FilterOptions;
use crate::records::fields::{Fields, FromFields};
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::actions::ask::{ReportRequest, ask_leniently, refusals};
use crate::reports::actions::definition_changes::definition_changes;
use crate::reports::domain::figures::DefinitionChange;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::PIPELINE_PATH;
use crate::statuses::BatchOutcome;
use crate::statuses::pages::show::{batch_outcome, flash_batch};

impl FromFields for ReportQuery {
    fn from_fields(fields: Fields) -> Result<ReportQuery> {
        Ok(ReportQuery::parse(&fields))
    }
}

/// The question of a page, and what its filters offer.
pub(super) struct PageQuestion {
    pub asked: ReportRequest,
    /// What is said of the parameters that can't be. With one of them nothing is shown.
    pub problems: Vec<FilterProblem>,
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The definitions that changed in the period.
    pub definition_changes: Vec<DefinitionChange>,
    pub can_set_limits: bool,
    /// The edit of limits that was just made.
    pub outcome: Option<BatchOutcome>,
}

impl PageQuestion {
    /// Reads it for a request.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn of(request: &PageRequest, query: &ReportQuery) -> Result<PageQuestion> {
        let (query, batch) = (query.clone(), flash_batch(request));
        let read = request.read_as(ReadKind::List, move |conn, principal| {
            PageQuestion::read(conn, principal, &query, batch)
        });
        read.await
    }

    fn read(
        conn: &mut Conn,
        principal: &Principal,
        query: &ReportQuery,
        batch: Option<i64>,
    ) -> Result<PageQuestion> {
        let options = FilterOptions::load(conn)?;
        let asked = ask_leniently(conn, principal, query)?;
        let refused = refusals(query, &asked.statuses, principal.now);
        let problem = |(name, sentence): (&str, &Message)| FilterProblem {
            name: name.to_owned(),
            sentence: sentence.clone(),
            href: link(PIPELINE_PATH, query.pairs_without(&[name])),
        };
        Ok(PageQuestion {
            problems: refused.iter().map(problem).collect(),
            definition_changes: definition_changes(conn, &asked)?,
            owners: match principal.role {
                Role::Rep => Vec::new(),
                _ => options.owners,
            },
            sources: options.sources,
            can_set_limits: principal.can(Permission::StatusesWrite),
            outcome: batch_outcome(conn, principal, batch)?,
            asked,
        })
    }
}
