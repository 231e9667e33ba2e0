//! What a lead's visits tell, and what becomes of them when a mistaken move is voided. Pure.

use super::Visit;
use crate::clock::Timestamp;
use crate::i18n::Message;

/// How long after a move taking it back still looks like a mistake, in seconds.
const MISTAKE_SECONDS: i64 = 600;

/// A visit as it will be once others are struck from the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Relinked {
    pub id: i64,
    pub left_at: Option<Timestamp>,
    pub next_status_id: Option<i64>,
    pub is_struck: bool,
}

/// The visits that count, oldest first.
pub fn standing(visits: &[Visit]) -> impl DoubleEndedIterator<Item = &Visit> {
    visits.iter().filter(|visit| visit.stands())
}

/// The visits that change when these are struck, the struck ones first: each visit before one runs on to the next
/// that stands.
///
/// # Errors
/// The sentence to show if one can't be struck: it isn't in the history, is struck already, is where the lead came
/// from, or was made by replacing a status.
pub fn strike(visits: &[Visit], ids: &[i64], now: Timestamp) -> Result<Vec<Relinked>, Message> {
    let before: Vec<&Visit> = standing(visits).collect();
    for id in ids {
        let at = before.iter().position(|visit| visit.id == *id);
        match at {
            None => return Err(Message::new("lead-void-unknown")),
            Some(0) => return Err(Message::new("lead-void-first")),
            Some(at) if before[at].via == super::Via::Replace => {
                return Err(Message::new("lead-void-replace"));
            }
            Some(_) => {}
        }
    }
    let is_struck = |visit: &Visit| ids.contains(&visit.id);
    let struck = before
        .iter()
        .filter(|visit| is_struck(visit))
        .map(|visit| Relinked {
            id: visit.id,
            left_at: visit.left_at.or(Some(now.max(visit.entered_at))),
            next_status_id: visit.next_status_id,
            is_struck: true,
        });
    let mut changes: Vec<Relinked> = struck.collect();
    for (at, visit) in before.iter().enumerate() {
        let loses_its_next = before.get(at + 1).is_some_and(|next| is_struck(next));
        if is_struck(visit) || !loses_its_next {
            continue;
        }
        let next = before[at + 1..].iter().find(|next| !is_struck(next));
        changes.push(Relinked {
            id: visit.id,
            left_at: next.map(|next| next.entered_at.max(visit.entered_at)),
            next_status_id: next.map(|next| next.status_id),
            is_struck: false,
        });
    }
    Ok(changes)
}

/// The two moves of someone who went to a status and came back within ten minutes: most likely a mistake, which
/// voiding both undoes. Nothing once the lead has moved on.
pub fn taken_back(visits: &[Visit]) -> Option<[i64; 2]> {
    let mut latest = standing(visits).rev();
    let (back, there, origin) = (latest.next()?, latest.next()?, latest.next()?);
    let is_same_person = back.actor_id.is_some() && back.actor_id == there.actor_id;
    let took = back.recorded_at.seconds_since(there.recorded_at);
    let is_quick = (0..=MISTAKE_SECONDS).contains(&took);
    let is_move =
        |visit: &Visit| visit.via != super::Via::Replace && visit.via != super::Via::Import;
    (is_same_person
        && is_quick
        && back.status_id == origin.status_id
        && is_move(back)
        && is_move(there))
    .then_some([there.id, back.id])
}

#[cfg(test)]
mod tests {
    use super::super::Via;
    use super::super::text::{Line, Note};
    use super::*;

    /// Visits to these statuses, one each 100 seconds, by user 7.
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
            via: Via::Ui,
            actor: "Ana".to_owned(),
            actor_id: Some(7),
            reason: Line::default(),
            note: Note::default(),
            recorded_at: at(n),
            voided_at: None,
            voided_by: None,
        };
        statuses.iter().enumerate().map(visit).collect()
    }

    const NOW: Timestamp = Timestamp(1_000_000_000);

    #[test]
    fn striking_the_last_move_lets_the_visit_before_run_on() {
        let changes = strike(&history(&[1, 2, 3]), &[3], NOW).unwrap();
        assert_eq!(changes.len(), 2);
        assert!(changes[0].is_struck && changes[0].left_at == Some(NOW));
        assert_eq!((changes[1].id, changes[1].left_at), (2, None));
        assert_eq!(changes[1].next_status_id, None);
    }

    #[test]
    fn striking_a_move_in_the_middle_joins_its_neighbours() {
        let changes = strike(&history(&[1, 2, 3]), &[2], NOW).unwrap();
        let left = Some(Timestamp(200_000_000));
        assert_eq!((changes[1].id, changes[1].left_at), (1, left));
        assert_eq!(changes[1].next_status_id, Some(3));
    }

    #[test]
    fn where_a_lead_came_from_and_what_is_struck_already_cannot_be_struck() {
        let mut visits = history(&[1, 2, 3]);
        assert_eq!(
            strike(&visits, &[1], NOW).unwrap_err().key,
            "lead-void-first"
        );
        assert_eq!(
            strike(&visits, &[9], NOW).unwrap_err().key,
            "lead-void-unknown"
        );
        visits[1].voided_at = Some(NOW);
        assert_eq!(
            strike(&visits, &[2], NOW).unwrap_err().key,
            "lead-void-unknown"
        );
    }

    #[test]
    fn there_and_back_within_ten_minutes_by_the_same_person_looks_like_a_mistake() {
        let mut visits = history(&[1, 2, 1]);
        assert_eq!(taken_back(&visits), Some([2, 3]));
        let both = strike(&visits, &[2, 3], NOW).unwrap();
        assert_eq!(both.len(), 3);
        assert_eq!((both[2].id, both[2].left_at), (1, None));
        visits[2].recorded_at = visits[1].recorded_at.plus_seconds(601);
        assert_eq!(taken_back(&visits), None);
        let mut by_two = history(&[1, 2, 1]);
        by_two[2].actor_id = Some(8);
        assert_eq!(taken_back(&by_two), None);
        assert_eq!(taken_back(&history(&[1, 2, 3])), None);
    }
}
