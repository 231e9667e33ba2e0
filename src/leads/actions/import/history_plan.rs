//! Plans the visits of one lead. Pure.

use crate::channel::Channel;
use crate::i18n::Message;
use crate::leads::actions::import::lookups::Lookups;
use crate::leads::actions::import::parsed::ParsedVisit;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::request::ParsedHistory;
use crate::leads::actions::import::row_plan::{RowOutcome, UnknownName, resolve_status};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::visit::{ImportedVisit, Visit};
use crate::statuses::StatusMatch;

/// Plans the rows of a history from its lead and the visits of the lead; missing statuses are added to `unknown`.
///
/// # Errors
/// Returns every problem of the rows.
pub fn plan_history(
    history: &ParsedHistory,
    lead: Option<&Lead>,
    visits: &[Visit],
    lookups: &Lookups,
    unknown: &mut Vec<UnknownName>,
) -> Result<RowOutcome, Vec<Problem>> {
    let lead = lead.filter(|lead| matches_lead(history, lead, visits));
    if lead.is_some_and(Lead::is_in_bin) {
        return Ok(RowOutcome::InBin);
    }
    let mut problems = Vec::new();
    let planned = planned_visits(history, lookups, unknown, &mut problems);
    for row in &history.invalid {
        if !row.status.is_empty() && lookups.statuses.find(&row.status) == StatusMatch::Unknown {
            unknown.push(UnknownName::Status(row.status.clone()));
        }
    }
    let is_unchanged = has_these_visits(history, &planned, visits, lookups);
    let is_imported = |visit: &Visit| visit.channel == Channel::Import && visit.is_effective();
    if lead.is_none() {
        let message =
            Message::new("lead-import-no-lead").with("reference", history.reference.text.as_str());
        problems.push(Problem::for_field(history.line(), "external_ref", message));
    } else if !is_unchanged && !visits.iter().all(is_imported) {
        let message =
            Message::new("lead-import-lived").with("reference", history.reference.text.as_str());
        problems.push(Problem::for_line(history.line(), message));
    }
    match (problems.is_empty(), is_unchanged) {
        (false, _) => Err(problems),
        (true, true) => Ok(RowOutcome::Unchanged),
        (true, false) => Ok(RowOutcome::Replace(planned)),
    }
}

fn planned_visits(
    history: &ParsedHistory,
    lookups: &Lookups,
    unknown: &mut Vec<UnknownName>,
    problems: &mut Vec<Problem>,
) -> Vec<ImportedVisit> {
    let text = |text: Option<String>| text.unwrap_or_default();
    let mut planned = Vec::with_capacity(history.visits.len());
    for (index, row) in history.visits.iter().enumerate() {
        let is_last = index + 1 == history.visits.len();
        let status = resolve_status(lookups, row.line, &row.status, is_last, unknown);
        planned.push(ImportedVisit {
            status_id: status
                .unwrap_or_else(|problem| {
                    problems.push(problem);
                    None
                })
                .unwrap_or(0),
            entered_at: row.entered_at,
            actor: text(row.actor.as_ref().map(ToString::to_string)),
            reason: text(row.reason.as_ref().map(ToString::to_string)),
            note: text(row.note.as_ref().map(ToString::to_string)),
        });
    }
    planned
}

/// True if the rows are about this lead: a lead that was matched by its id alone must have one of the visits.
fn matches_lead(history: &ParsedHistory, lead: &Lead, visits: &[Visit]) -> bool {
    let is_visit = |row: &ParsedVisit| {
        let mut visits = visits.iter();
        visits.any(|visit| visit.entered_at == row.entered_at)
    };
    !lead.fields.external_ref.is_empty() || history.visits.iter().any(is_visit)
}

/// True if the lead already has exactly these visits; actors, reasons and notes are compared if the file has them.
fn has_these_visits(
    history: &ParsedHistory,
    planned: &[ImportedVisit],
    visits: &[Visit],
    lookups: &Lookups,
) -> bool {
    let valid: Vec<&Visit> = visits.iter().filter(|visit| visit.is_effective()).collect();
    let mut rows = valid.iter().zip(planned).zip(&history.visits);
    valid.len() == planned.len()
        && rows.all(|((visit, planned), row)| {
            let actor = row.actor.as_ref().map_or("", |actor| actor.as_str());
            lookups.statuses.is_named(visit.status_id, &row.status)
                && visit.entered_at == planned.entered_at
                && (actor.is_empty() || actor == visit.actor)
                && *row.reason.as_ref().unwrap_or(&visit.reason) == visit.reason
                && *row.note.as_ref().unwrap_or(&visit.note) == visit.note
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::leads::actions::import::lookups::tests::lookups;
    use crate::leads::domain::judgement::EntryRecord;
    use crate::leads::domain::lead::tests::lead;
    use crate::leads::domain::reference::Reference;
    use crate::leads::domain::text::{Note, TextLine};

    fn stay(line: usize, status: &str, at: i64) -> ParsedVisit {
        ParsedVisit {
            line,
            status: status.to_owned(),
            entered_at: Timestamp(at),
            actor: None,
            reason: None,
            note: None,
        }
    }

    fn history(stays: Vec<ParsedVisit>) -> ParsedHistory {
        ParsedHistory {
            reference: Reference::new("", "X-1"),
            visits: stays,
            invalid: Vec::new(),
        }
    }

    fn visit(status_id: i64, at: i64, via: Channel) -> Visit {
        Visit {
            id: at,
            lead_id: 1,
            status_id,
            entered_at: Timestamp(at),
            left_at: None,
            next_status_id: None,
            clock_from: None,
            channel: via,
            actor: "Ana".to_owned(),
            actor_id: None,
            reason: TextLine::default(),
            note: Note::default(),
            recorded_at: Timestamp(at),
            voided_at: None,
            voided_by: None,
            entry: EntryRecord::default(),
        }
    }

    fn outcome(rows: Vec<ParsedVisit>, visits: &[Visit]) -> Result<RowOutcome, &'static str> {
        let mut unknown = Vec::new();
        let mut lead = lead(1, "x");
        lead.fields.external_ref = TextLine::parse("X-1").unwrap();
        let result = plan_history(
            &history(rows),
            Some(&lead),
            visits,
            &lookups(),
            &mut unknown,
        );
        assert!(unknown.is_empty() || result.is_ok());
        result.map_err(|problems| problems[0].message.key)
    }

    #[test]
    fn a_history_replaces_imported_visits_and_a_second_import_changes_nothing() {
        let rows = || vec![stay(2, "new", 1), stay(3, "Won", 5)];
        let result = outcome(rows(), &[visit(2, 9, Channel::Import)]);
        assert!(matches!(result, Ok(RowOutcome::Replace(past)) if past.len() == 2));
        let same = [visit(1, 1, Channel::Ui), visit(2, 5, Channel::Import)];
        assert_eq!(outcome(rows(), &same), Ok(RowOutcome::Unchanged));
    }

    #[test]
    fn visits_that_people_recorded_are_not_replaced() {
        let edited = [visit(1, 1, Channel::Import), visit(2, 9, Channel::Ui)];
        assert_eq!(
            outcome(vec![stay(2, "new", 1)], &edited),
            Err("lead-import-lived")
        );
    }

    #[test]
    fn a_past_status_may_be_deleted_but_the_current_one_may_not() {
        let import = [visit(1, 9, Channel::Import)];
        let rows = vec![stay(2, "Old", 1), stay(3, "Gone", 2), stay(4, "new", 3)];
        assert!(matches!(outcome(rows, &import), Ok(RowOutcome::Replace(_))));
        assert_eq!(
            outcome(vec![stay(2, "Old", 1)], &import),
            Err("lead-import-archived")
        );
    }
}
