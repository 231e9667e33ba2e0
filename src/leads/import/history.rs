//! What becomes of the rows of visits of one lead. Pure.

use super::decide::several_statuses;
use super::draft::Stay;
use super::lookups::Lookups;
use super::order::History;
use super::problem::Problem;
use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::leads::{Lead, Via, Visit};
use crate::statuses::Meant;

/// What becomes of a lead's history.
#[derive(Debug, Clone, PartialEq)]
pub enum Retold {
    /// It is so already.
    Same,
    /// It takes the place of what imports wrote before.
    Replace(Vec<Past>),
    /// The lead lies in the bin and is left there.
    InBin,
}

/// A visit as the file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub status_id: i64,
    pub entered_at: Timestamp,
    /// Empty for whoever imports.
    pub actor: String,
    pub reason: String,
}

/// What becomes of these rows, given the lead and its visits; statuses that have yet to be made go to `unknown`.
///
/// # Errors
/// Everything that is wrong with the rows.
pub fn retell(
    history: &History,
    lead: Option<&Lead>,
    visits: &[Visit],
    lookups: &Lookups,
    unknown: &mut Vec<String>,
) -> Result<Retold, Vec<Problem>> {
    let lead = lead.filter(|lead| is_about(history, lead, visits));
    if lead.is_some_and(Lead::is_deleted) {
        return Ok(Retold::InBin);
    }
    let mut problems = Vec::new();
    let past = past(history, lookups, unknown, &mut problems);
    for stay in &history.doubtful {
        if !stay.status.is_empty() && lookups.statuses.find(&stay.status) == Meant::Unknown {
            unknown.push(stay.status.clone());
        }
    }
    let is_told = is_told(history, &past, visits, lookups);
    let is_ours = |visit: &Visit| visit.via == Via::Import && visit.stands();
    if lead.is_none() {
        let told = Message::new("lead-import-no-lead").with("reference", &*history.external_ref);
        problems.push(Problem::at(history.line(), "external_ref", told));
    } else if !is_told && !visits.iter().all(is_ours) {
        let told = Message::new("lead-import-lived").with("reference", &*history.external_ref);
        problems.push(Problem::whole(history.line(), told));
    }
    match (problems.is_empty(), is_told) {
        (false, _) => Err(problems),
        (true, true) => Ok(Retold::Same),
        (true, false) => Ok(Retold::Replace(past)),
    }
}

fn past(
    history: &History,
    lookups: &Lookups,
    unknown: &mut Vec<String>,
    problems: &mut Vec<Problem>,
) -> Vec<Past> {
    let text = |text: Option<String>| text.unwrap_or_default();
    let mut past = Vec::with_capacity(history.stays.len());
    for (at, stay) in history.stays.iter().enumerate() {
        let is_last = at + 1 == history.stays.len();
        let status = status(stay, is_last, lookups, unknown);
        past.push(Past {
            status_id: status.unwrap_or_else(|problem| {
                problems.push(problem);
                0
            }),
            entered_at: stay.entered_at,
            actor: text(stay.actor.as_ref().map(ToString::to_string)),
            reason: text(stay.reason.as_ref().map(ToString::to_string)),
        });
    }
    past
}

/// A lead that is only known by its id must have one of the visits: else the rows come from elsewhere.
fn is_about(history: &History, lead: &Lead, visits: &[Visit]) -> bool {
    let has = |stay: &Stay| {
        let mut visits = visits.iter();
        visits.any(|visit| visit.entered_at == stay.entered_at)
    };
    !lead.fields.external_ref.is_empty() || history.stays.iter().any(has)
}

/// A status of the past may be out of use or gone; the one where the lead is now may not.
fn status(
    stay: &Stay,
    is_last: bool,
    lookups: &Lookups,
    unknown: &mut Vec<String>,
) -> Result<i64, Problem> {
    match lookups.statuses.find(&stay.status) {
        Meant::InUse(id) => Ok(id),
        Meant::Archived(id) | Meant::Past(id) if !is_last => Ok(id),
        Meant::Archived(_) => {
            let told = Message::new("lead-import-archived").with("name", stay.status.as_str());
            Err(Problem::at(stay.line, "status", told))
        }
        Meant::Several => {
            let told = several_statuses(lookups, &stay.status);
            Err(Problem::at(stay.line, "status", told))
        }
        Meant::Past(_) | Meant::Unknown => {
            unknown.push(stay.status.clone());
            Ok(0)
        }
    }
}

/// True if the visits that count are these already; actors and reasons count where the file has them.
fn is_told(history: &History, past: &[Past], visits: &[Visit], lookups: &Lookups) -> bool {
    let standing: Vec<&Visit> = visits.iter().filter(|visit| visit.stands()).collect();
    standing.len() == past.len()
        && standing
            .iter()
            .zip(past)
            .zip(&history.stays)
            .all(|((visit, past), stay)| {
                let same_actor = stay
                    .actor
                    .as_ref()
                    .is_none_or(|actor| actor.is_empty() || actor.as_str() == visit.actor);
                let same_reason = stay
                    .reason
                    .as_ref()
                    .is_none_or(|reason| *reason == visit.reason);
                lookups.statuses.is_called(visit.status_id, &stay.status)
                    && visit.entered_at == past.entered_at
                    && same_actor
                    && same_reason
            })
}

#[cfg(test)]
mod tests {
    use super::super::lookups::tests::lookups;
    use super::*;
    use crate::leads::lead::tests::lead;
    use crate::leads::text::{Line, Note};

    fn stay(line: usize, status: &str, at: i64) -> Stay {
        Stay {
            line,
            status: status.to_owned(),
            entered_at: Timestamp(at),
            actor: None,
            reason: None,
        }
    }

    fn history(stays: Vec<Stay>) -> History {
        History {
            external_ref: "X-1".to_owned(),
            stays,
            doubtful: Vec::new(),
        }
    }

    fn visit(status_id: i64, at: i64, via: Via) -> Visit {
        Visit {
            id: at,
            lead_id: 1,
            status_id,
            entered_at: Timestamp(at),
            left_at: None,
            next_status_id: None,
            clock_from: None,
            via,
            actor: "Ana".to_owned(),
            actor_id: None,
            reason: Line::default(),
            note: Note::default(),
            recorded_at: Timestamp(at),
            voided_at: None,
            voided_by: None,
        }
    }

    fn told(rows: Vec<Stay>, visits: &[Visit]) -> Result<Retold, &'static str> {
        let mut unknown = Vec::new();
        let mut lead = lead(1, "x");
        lead.fields.external_ref = Line::parse("X-1").unwrap();
        let found = retell(
            &history(rows),
            Some(&lead),
            visits,
            &lookups(),
            &mut unknown,
        );
        assert!(unknown.is_empty() || found.is_ok());
        found.map_err(|problems| problems[0].message.key)
    }

    #[test]
    fn a_history_takes_the_place_of_what_imports_wrote_and_then_is_so_already() {
        let rows = || vec![stay(2, "new", 1), stay(3, "Won", 5)];
        let found = told(rows(), &[visit(2, 9, Via::Import)]);
        assert!(matches!(found, Ok(Retold::Replace(past)) if past.len() == 2));
        let same = [visit(1, 1, Via::Ui), visit(2, 5, Via::Import)];
        assert_eq!(told(rows(), &same), Ok(Retold::Same));
    }

    #[test]
    fn what_people_did_here_is_not_replaced() {
        let lived = [visit(1, 1, Via::Import), visit(2, 9, Via::Ui)];
        assert_eq!(
            told(vec![stay(2, "new", 1)], &lived),
            Err("lead-import-lived")
        );
    }

    #[test]
    fn a_status_of_the_past_may_be_gone_but_not_the_present_one() {
        let import = [visit(1, 9, Via::Import)];
        let rows = vec![stay(2, "Old", 1), stay(3, "Gone", 2), stay(4, "new", 3)];
        assert!(matches!(told(rows, &import), Ok(Retold::Replace(_))));
        assert_eq!(
            told(vec![stay(2, "Old", 1)], &import),
            Err("lead-import-archived")
        );
    }
}
