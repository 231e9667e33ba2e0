//! What reports read of a lead: its visits as they were at an instant.

use crate::reports::domain::durations::Exit;
use crate::reports::domain::flow::PipelineStatus;

/// A lead as reports read it. Instants are seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadFacts {
    pub id: i64,
    pub owner: Option<i64>,
    /// The index of its source in the file of histories.
    pub source: u32,
    pub value_cents: Option<i64>,
    /// Three letters.
    pub currency: [u8; 3],
    pub deleted_at: Option<i64>,
    /// The instant from which its clock counts now, as in the lists of leads.
    pub clock_from: i64,
    pub paused_until: Option<i64>,
}

/// A row of the history of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitFacts {
    /// The index of its status in the file of histories.
    pub status: usize,
    pub entered_at: i64,
    pub left_at: Option<i64>,
    pub recorded_at: i64,
    pub voided_at: Option<i64>,
    /// True if the replacement of a status began it, which is no move.
    pub is_replacement: bool,
}

/// How a stay ended, if it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It has not ended yet.
    Ongoing,
    /// By a move to the status of this index.
    Moved(usize),
    /// By the replacement of the status or the deletion of the lead.
    Censored,
}

/// A visit that is not voided, as it is at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The index of its status.
    pub status: usize,
    pub entered_at: i64,
    /// When it ended, or the instant up to which it is followed.
    pub until: i64,
    pub end: End,
    /// From this instant on the lead was in the status. It is later than `entered_at` where a replacement kept the age.
    pub present_from: i64,
}

impl Stay {
    /// Its duration so far in seconds.
    pub fn seconds(&self) -> i64 {
        (self.until - self.entered_at).max(0)
    }

    /// Replaces the index of each of its statuses by the one that `indexes` has in that place.
    pub fn map_statuses(&mut self, indexes: &[usize]) {
        self.status = indexes[self.status];
        if let End::Moved(to) = &mut self.end {
            *to = indexes[*to];
        }
    }

    /// True if the lead was in the status at `end`, the end of a day, or is at `as_of` if the day is not over.
    pub fn is_there_at_end(&self, end: i64, as_of: i64) -> bool {
        self.present_from < end && (self.is_ongoing() || self.until >= end.min(as_of + 1))
    }

    /// True if it has not ended.
    pub fn is_ongoing(&self) -> bool {
        self.end == End::Ongoing
    }

    /// How it ended; nothing while it is open or if it is censored.
    pub fn exit(&self, pipeline: &[PipelineStatus]) -> Option<Exit> {
        match self.end {
            End::Moved(to) => Some(pipeline[self.status].exit_to(&pipeline[to])),
            End::Ongoing | End::Censored => None,
        }
    }
}

/// A lead with its stays, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct LeadStays<'a> {
    pub facts: &'a LeadFacts,
    pub stays: &'a [Stay],
    /// Its pauses, from and until; each counts for the stay in which it began.
    pub pauses: &'a [(i64, i64)],
    pub as_of: i64,
}

impl LeadStays<'_> {
    /// True if the lead was in the bin at the instant of the report.
    pub fn is_deleted(&self) -> bool {
        self.facts.deleted_at.is_some_and(|at| at <= self.as_of)
    }
}

/// Fills `stays` with the visits of a lead up to `as_of`, without those that were voided since.
pub fn fill_stays(stays: &mut Vec<Stay>, lead: &LeadFacts, visits: &[VisitFacts], as_of: i64) {
    stays.clear();
    let is_valid = |visit: &&VisitFacts| visit.voided_at.is_none() && visit.entered_at <= as_of;
    let deleted_at = lead.deleted_at.filter(|at| *at <= as_of);
    let mut valid_visits = visits.iter().filter(is_valid).peekable();
    let mut present_from = i64::MIN;
    while let Some(visit) = valid_visits.next() {
        let left_at = visit.left_at.filter(|at| *at <= as_of);
        let end = match (left_at, valid_visits.peek()) {
            (Some(_), Some(next)) if next.is_replacement => End::Censored,
            (Some(_), Some(next)) => End::Moved(next.status),
            _ if deleted_at.is_some() => End::Censored,
            _ => End::Ongoing,
        };
        let until = match end {
            End::Ongoing => as_of,
            End::Moved(_) => left_at.unwrap_or(as_of),
            End::Censored => left_at.or(deleted_at).unwrap_or(as_of),
        };
        let until = until.max(visit.entered_at);
        stays.push(Stay {
            status: visit.status,
            entered_at: visit.entered_at,
            until,
            end,
            present_from: visit.entered_at.max(present_from),
        });
        present_from = until;
        // A replacement that kept the age has a visit that begins before the replacement itself.
        if left_at.is_none() {
            break;
        }
    }
}

/// True if this visit began before `as_of` but was recorded or voided after it, so that figures of that time differ now.
pub fn is_revision(visit: &VisitFacts, as_of: i64) -> bool {
    let is_late = |at: i64| at > as_of;
    visit.entered_at <= as_of
        && (is_late(visit.recorded_at) || visit.voided_at.is_some_and(is_late))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: LeadFacts = LeadFacts {
        id: 1,
        owner: None,
        source: 0,
        value_cents: None,
        currency: *b"EUR",
        deleted_at: None,
        clock_from: 0,
        paused_until: None,
    };

    fn visit(status: usize, entered_at: i64, left_at: Option<i64>) -> VisitFacts {
        VisitFacts {
            status,
            entered_at,
            left_at,
            recorded_at: entered_at,
            voided_at: None,
            is_replacement: false,
        }
    }

    fn stays(lead: &LeadFacts, visits: &[VisitFacts], as_of: i64) -> Vec<(i64, End, i64)> {
        let mut stays = Vec::new();
        fill_stays(&mut stays, lead, visits, as_of);
        stays
            .iter()
            .map(|stay| (stay.seconds(), stay.end, stay.present_from))
            .collect()
    }

    #[test]
    fn later_moves_and_entries_are_not_known_yet() {
        let visits = [visit(0, 0, Some(10)), visit(1, 10, None)];
        let both = [(10, End::Moved(1), 0), (20, End::Ongoing, 10)];
        assert_eq!(stays(&LEAD, &visits, 30), both);
        assert_eq!(stays(&LEAD, &visits, 7), [(7, End::Ongoing, 0)]);
        assert!(is_revision(
            &VisitFacts {
                recorded_at: 31,
                ..visits[0]
            },
            30
        ));
        assert!(!is_revision(&visits[1], 5));
    }

    #[test]
    fn replacements_and_deletions_censor() {
        let replaced = VisitFacts {
            is_replacement: true,
            ..visit(1, 0, None)
        };
        let visits = [visit(0, 0, Some(10)), replaced];
        let kept_age = [(10, End::Censored, 0), (30, End::Ongoing, 10)];
        assert_eq!(stays(&LEAD, &visits, 30), kept_age);
        assert_eq!(stays(&LEAD, &visits, 5), [(5, End::Ongoing, 0)]);
        let deleted = LeadFacts {
            deleted_at: Some(20),
            ..LEAD
        };
        assert_eq!(stays(&deleted, &visits, 30)[1], (20, End::Censored, 10));
        assert_eq!(stays(&deleted, &visits, 15)[1], (15, End::Ongoing, 10));
    }

    #[test]
    fn voided_visits_do_not_exist() {
        let voided = VisitFacts {
            voided_at: Some(12),
            ..visit(1, 10, Some(12))
        };
        let visits = [visit(0, 0, None), voided];
        assert_eq!(stays(&LEAD, &visits, 30), [(30, End::Ongoing, 0)]);
    }
}
