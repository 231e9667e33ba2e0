//! Whether a lead is on track, at risk or stuck, by its age and the target and limit of its status.

use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::{DAY, Timestamp};
use crate::statuses::domain::days::Days;
use crate::statuses::domain::kind::Kind;
use crate::words::word_enum;

word_enum! {
    /// Whether a lead has been in its status for longer than target or limit.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = LeadState)]
    pub enum State {
        /// Not yet at the target, or without one before the limit.
        OnTrack = "on_track", "state-on-track";
        /// At or past the target.
        AtRisk = "at_risk", "state-at-risk";
        /// At or past the limit.
        Stuck = "stuck", "state-stuck";
        /// Set aside until a date; it resurfaces by itself.
        Paused = "paused", "state-paused";
        /// Its status is not open: nothing there is ever at risk or stuck.
        None = "none", "state-none";
    }
}

impl State {
    /// The catalogue key of its name for several leads.
    pub fn plural_key(self) -> &'static str {
        match self {
            State::OnTrack => "state-on-track-plural",
            State::AtRisk => "state-at-risk-plural",
            State::Stuck => "state-stuck-plural",
            State::Paused => "state-paused-plural",
            State::None => self.key(),
        }
    }
}

/// The instants that decide "at risk" and "stuck" for the leads of one status at one moment. Badge, counts, filter,
/// list, API and the present numbers of reports all use these; reports on past days work the state out from the visits.
/// A lead's clock begins at its entry and stops while the lead is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutoffs {
    now: Timestamp,
    is_open: bool,
    /// A clock that began at this instant or earlier is at the target.
    pub at_risk: Option<Timestamp>,
    /// A clock that began at this instant or earlier is at the limit.
    pub stuck: Option<Timestamp>,
}

impl Cutoffs {
    /// The cutoffs of a status of this kind, target and limit.
    pub fn new(kind: Kind, target: Option<Days>, limit: Option<Days>, now: Timestamp) -> Cutoffs {
        let is_open = kind == Kind::Open;
        let before = |days: Days| Timestamp(now.0 - i64::from(days.get()) * DAY);
        let stuck = limit.filter(|_| is_open).map(before);
        let at_risk = target.filter(|_| is_open).map(before);
        Cutoffs {
            now,
            is_open,
            at_risk: at_risk.or(stuck),
            stuck,
        }
    }

    /// The state of a lead whose clock began at `clock_from` and which is or was paused until `paused_until`.
    pub fn state(&self, clock_from: Timestamp, paused_until: Option<Timestamp>) -> State {
        let is_past = |cutoff: Option<Timestamp>| cutoff.is_some_and(|cutoff| clock_from <= cutoff);
        match () {
            () if !self.is_open => State::None,
            () if paused_until.is_some_and(|until| until > self.now) => State::Paused,
            () if is_past(self.stuck) => State::Stuck,
            () if is_past(self.at_risk) => State::AtRisk,
            () => State::OnTrack,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000 * DAY);

    fn cutoffs(kind: Kind, target: Option<i32>, limit: Option<i32>) -> Cutoffs {
        Cutoffs::new(
            kind,
            target.and_then(Days::new),
            limit.and_then(Days::new),
            NOW,
        )
    }

    fn at(cutoffs: Cutoffs, days: i64) -> State {
        cutoffs.state(Timestamp(NOW.0 - days * DAY), None)
    }

    #[test]
    fn at_risk_begins_at_the_target_and_stuck_at_the_limit() {
        let both = cutoffs(Kind::Open, Some(5), Some(10));
        let almost = |days: i64| Timestamp(NOW.0 - days * DAY + 1);
        assert_eq!(both.state(almost(5), None), State::OnTrack);
        assert_eq!(at(both, 5), State::AtRisk);
        assert_eq!(both.state(almost(10), None), State::AtRisk);
        assert_eq!(at(both, 10), State::Stuck);
    }

    #[test]
    fn there_is_no_upper_cut_off() {
        assert_eq!(at(cutoffs(Kind::Open, None, Some(10)), 999), State::Stuck);
    }

    #[test]
    fn without_a_target_on_track_until_the_limit_and_without_a_limit_at_risk_at_most() {
        assert_eq!(at(cutoffs(Kind::Open, None, Some(10)), 9), State::OnTrack);
        assert_eq!(at(cutoffs(Kind::Open, None, Some(10)), 10), State::Stuck);
        assert_eq!(at(cutoffs(Kind::Open, Some(5), None), 900), State::AtRisk);
        assert_eq!(at(cutoffs(Kind::Open, None, None), 900), State::OnTrack);
    }

    #[test]
    fn no_other_kind_is_ever_at_risk_or_stuck() {
        for kind in [Kind::Paused, Kind::Won, Kind::Lost, Kind::Junk] {
            assert_eq!(at(cutoffs(kind, Some(1), Some(2)), 900), State::None);
        }
    }

    #[test]
    fn a_paused_lead_resurfaces_by_itself_at_the_first_moment_of_its_day() {
        let both = cutoffs(Kind::Open, Some(5), Some(10));
        let old = Timestamp(0);
        assert_eq!(both.state(old, Some(Timestamp(NOW.0 + 1))), State::Paused);
        assert_eq!(both.state(old, Some(NOW)), State::Stuck);
    }
}
