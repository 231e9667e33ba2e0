//! Plans items against the leads and visits that exist: for the dry run, and again when a chunk is written.

use crate::files::Format;
use crate::leads::actions::import::existing::ExistingLeads;
use crate::leads::actions::import::history_plan::plan_history;
use crate::leads::actions::import::lookups::Lookups;
use crate::leads::actions::import::parsed::ParsedLead;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::request::{ImportItem, ImportRequest};
use crate::leads::actions::import::row_plan::{RowOutcome, RowPlanner, UnknownName};
use crate::leads::actions::import::target_statuses::TargetStatuses;
use crate::leads::domain::lead::Lead;

/// An item with its outcome.
pub struct PlannedItem<'a> {
    pub lead: Option<&'a Lead>,
    pub outcome: Result<RowOutcome, Vec<Problem>>,
    /// Names that no user and no status has.
    pub unknown: Vec<UnknownName>,
    /// True for a new lead whose value gets the default currency.
    pub uses_default_currency: bool,
}

/// Plans items by the options of an import.
pub struct ItemPlanner<'a> {
    targets: &'a TargetStatuses,
    rows: RowPlanner<'a>,
    override_reason: Option<String>,
}

impl ItemPlanner<'_> {
    /// The planner of an import.
    pub fn new<'a>(
        request: &ImportRequest,
        lookups: &'a Lookups,
        targets: &'a TargetStatuses,
    ) -> ItemPlanner<'a> {
        let rows = RowPlanner {
            lookups,
            currency: request.currency,
            now: request.now,
            blank_erases: request.options.blank_erases,
            matches_email: request.options.matches_email,
            rounds: request.source.format == Format::Xlsx,
        };
        ItemPlanner {
            targets,
            rows,
            override_reason: request.override_reason.clone(),
        }
    }

    /// Plans an item. A row with problems is planned too, so that all problems are reported at once.
    pub fn plan<'a>(&self, item: &ImportItem, existing: &'a ExistingLeads) -> PlannedItem<'a> {
        let (lead, match_problem) = existing.lead_or_problem(item);
        let mut planned = PlannedItem {
            lead,
            outcome: Err(Vec::new()),
            unknown: Vec::new(),
            uses_default_currency: false,
        };
        planned.outcome = match item {
            ImportItem::Lead(row) => self.plan_row(row, &mut planned),
            ImportItem::Invalid(row, problems) => {
                let result = row.as_ref().map(|row| self.plan_row(row, &mut planned));
                let mut all_problems = result.and_then(Result::err).unwrap_or_default();
                all_problems.extend_from_slice(problems);
                Err(all_problems)
            }
            ImportItem::History(history) => {
                let lead = planned.lead;
                let visits = lead.map_or(&[][..], |lead| existing.visits_of(lead));
                plan_history(
                    history,
                    lead,
                    visits,
                    self.rows.lookups,
                    &mut planned.unknown,
                )
                .and_then(|outcome| self.targets.check(history.line(), lead, outcome))
                // The problems of its rows are reported with the chunk.
                .and_then(|outcome| match history.invalid.is_empty() {
                    true => Ok(outcome),
                    false => Err(Vec::new()),
                })
            }
        };
        if let Some(problem) = match_problem {
            let others = planned.outcome.err().unwrap_or_default();
            planned.outcome = Err(std::iter::once(problem).chain(others).collect());
        }
        planned
    }

    fn plan_row(
        &self,
        row: &ParsedLead,
        planned: &mut PlannedItem,
    ) -> Result<RowOutcome, Vec<Problem>> {
        let outcome = self.rows.plan(row, planned.lead, &mut planned.unknown)?;
        let outcome = self.targets.check(row.line, planned.lead, outcome)?;
        let override_reason = self.override_reason.as_deref();
        let outcome = self
            .targets
            .judge(row.line, planned.lead, outcome, override_reason)?;
        planned.uses_default_currency =
            matches!(outcome, RowOutcome::Create(_)) && self.rows.uses_default_currency(row);
        Ok(outcome)
    }
}
