//! The history of a lead: which visits count, and how voiding a move changes them. No I/O.

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::visit::Visit;

/// A move that is undone within this many seconds looks like a mistake.
const MISTAKE_SECONDS: i64 = 600;

/// How a visit changes when moves are voided.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitChange {
    pub id: i64,
    pub left_at: Option<Timestamp>,
    pub next_status_id: Option<i64>,
    pub is_voided: bool,
}

/// The visits that are not voided, oldest first.
pub fn effective_visits(visits: &[Visit]) -> impl DoubleEndedIterator<Item = &Visit> {
    visits.iter().filter(|visit| visit.is_effective())
}

/// The name of the user who moved the lead last.
pub fn last_mover<'a>(lead: &'a Lead, visits: &'a [Visit]) -> &'a str {
    let last = effective_visits(visits).next_back();
    last.map_or(&lead.updated_by, |last| &last.actor)
}

/// The changes to the history when the visits `ids` are voided, those first. The visit before a voided one extends to
/// the next visit that counts.
///
/// # Errors
/// The reason if one can't be voided: it isn't in the history, is voided already, is the first visit, or was made by
/// replacing a status or by an answer to an offer.
pub fn plan_void(
    visits: &[Visit],
    ids: &[i64],
    now: Timestamp,
) -> Result<Vec<VisitChange>, Message> {
    let before: Vec<&Visit> = effective_visits(visits).collect();
    for id in ids {
        let index = before.iter().position(|visit| visit.id == *id);
        match index {
            None => return Err(Message::new("lead-void-unknown")),
            Some(0) => return Err(Message::new("lead-void-first")),
            Some(index) if before[index].channel == Channel::Replace => {
                return Err(Message::new("lead-void-replace"));
            }
            Some(index) if before[index].channel == Channel::Handoff => {
                return Err(Message::new("lead-void-answer"));
            }
            Some(_) => {}
        }
    }
    let is_voided = |visit: &Visit| ids.contains(&visit.id);
    let voided = before
        .iter()
        .filter(|visit| is_voided(visit))
        .map(|visit| VisitChange {
            id: visit.id,
            left_at: visit.left_at.or(Some(now.max(visit.entered_at))),
            next_status_id: visit.next_status_id,
            is_voided: true,
        });
    let mut changes: Vec<VisitChange> = voided.collect();
    for (index, visit) in before.iter().enumerate() {
        let loses_its_next = before.get(index + 1).is_some_and(|next| is_voided(next));
        if is_voided(visit) || !loses_its_next {
            continue;
        }
        let next = before[index + 1..].iter().find(|next| !is_voided(next));
        changes.push(VisitChange {
            id: visit.id,
            left_at: next.map(|next| next.entered_at.max(visit.entered_at)),
            next_status_id: next.map(|next| next.status_id),
            is_voided: false,
        });
    }
    Ok(changes)
}

/// The last two visits, if one user moved the lead to a status and back within ten minutes: most likely a mistake that
/// voiding both corrects.
pub fn find_mistake(visits: &[Visit]) -> Option<[i64; 2]> {
    let mut latest = effective_visits(visits).rev();
    let (second, first, origin) = (latest.next()?, latest.next()?, latest.next()?);
    let is_same_person = second.actor_id.is_some() && second.actor_id == first.actor_id;
    let seconds = second.recorded_at.seconds_since(first.recorded_at);
    let is_quick = (0..=MISTAKE_SECONDS).contains(&seconds);
    let others = [Channel::Replace, Channel::Import, Channel::Handoff];
    let is_move = |visit: &Visit| !others.contains(&visit.channel);
    (is_same_person
        && is_quick
        && second.status_id == origin.status_id
        && is_move(second)
        && is_move(first))
    .then_some([first.id, second.id])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Channel;
    use crate::leads::domain::judgement::EntryRecord;
    use crate::leads::domain::text::{Note, TextLine};

    /// Visits to these statuses by user 7, one every 100 seconds.
    fn history(statuses: &[i64]) -> Vec<Visit> {
        let at = |n: usize| Timestamp(n as i64 * 100_000_000);
        let visit = |(n, status_id): (usize, &i64)| Visit {
            id: n as i64 + 1,
            lead_id: 1,
            status_id: *status_id,
            entered_at: at(n),
            left_at: (n + 1 < statuses.len()).then(|| at(n + 1)),
            next_status_id: statuses.get(n + 1).copied(),
            clock_from: None,
            channel: Channel::Ui,
            actor: "Ana".to_owned(),
            actor_id: Some(7),
            reason: TextLine::default(),
            note: Note::default(),
            recorded_at: at(n),
            voided_at: None,
            voided_by: None,
            entry: EntryRecord::default(),
        };
        statuses.iter().enumerate().map(visit).collect()
    }

    const NOW: Timestamp = Timestamp(1_000_000_000);

    #[test]
    fn voiding_the_last_move_reopens_the_visit_before() {
        let changes = plan_void(&history(&[1, 2, 3]), &[3], NOW).unwrap();
        assert_eq!(changes.len(), 2);
        assert!(changes[0].is_voided && changes[0].left_at == Some(NOW));
        assert_eq!((changes[1].id, changes[1].left_at), (2, None));
        assert_eq!(changes[1].next_status_id, None);
    }

    #[test]
    fn voiding_a_move_in_the_middle_joins_its_neighbours() {
        let changes = plan_void(&history(&[1, 2, 3]), &[2], NOW).unwrap();
        let left = Some(Timestamp(200_000_000));
        assert_eq!((changes[1].id, changes[1].left_at), (1, left));
        assert_eq!(changes[1].next_status_id, Some(3));
    }

    #[test]
    fn the_first_visit_and_a_voided_one_cannot_be_voided() {
        let mut visits = history(&[1, 2, 3]);
        assert_eq!(
            plan_void(&visits, &[1], NOW).unwrap_err().key,
            "lead-void-first"
        );
        assert_eq!(
            plan_void(&visits, &[9], NOW).unwrap_err().key,
            "lead-void-unknown"
        );
        visits[1].voided_at = Some(NOW);
        assert_eq!(
            plan_void(&visits, &[2], NOW).unwrap_err().key,
            "lead-void-unknown"
        );
    }

    #[test]
    fn two_opposite_moves_by_one_user_within_ten_minutes_look_like_a_mistake() {
        let mut visits = history(&[1, 2, 1]);
        assert_eq!(find_mistake(&visits), Some([2, 3]));
        let both = plan_void(&visits, &[2, 3], NOW).unwrap();
        assert_eq!(both.len(), 3);
        assert_eq!((both[2].id, both[2].left_at), (1, None));
        visits[2].recorded_at = visits[1].recorded_at.plus_seconds(601);
        assert_eq!(find_mistake(&visits), None);
        let mut by_two = history(&[1, 2, 1]);
        by_two[2].actor_id = Some(8);
        assert_eq!(find_mistake(&by_two), None);
        assert_eq!(find_mistake(&history(&[1, 2, 3])), None);
    }
}
