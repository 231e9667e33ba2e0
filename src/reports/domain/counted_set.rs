//! The leads and visits that a number counts, as the link of the number names them.

use chrono::NaiveDate;

use crate::records::fields::{Fields, parse_id};
use crate::records::filter_value::FilterParam;
use crate::reports::domain::durations::Exit;
use crate::reports::domain::flow::Direction;
use crate::statuses::Days;

/// The most days of a parameter: those of the longest limit that a status can have.
pub const MAX_DAYS: i64 = Days::MAX as i64;

/// What a number counts: visits, moves or entries of the sample, or leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedSet {
    /// The visits to a status.
    Visits(i64),
    /// Those that a move ended, by any exit.
    Exits(i64),
    /// Those that ended by one exit.
    ExitsBy(i64, Exit),
    /// Those that moved on: advanced or won.
    MovedOn(i64),
    /// Those that were lost or found to be junk.
    Dropped(i64),
    /// Those that have not ended.
    Ongoing(i64),
    /// Those that the replacement of the status or the deletion of the lead ended.
    Censored(i64),
    TargetMet(i64),
    TargetMissed(i64),
    TargetUndecided(i64),
    /// The moves from one status to another.
    Moves {
        from: i64,
        to: i64,
    },
    /// The moves in one direction.
    Direction(Direction),
    /// The moves to a status where the lead had been before.
    Returns,
    /// The leads of the cohort.
    Eligible,
    /// The leads that entered the start of the funnel too late for the cohort.
    TooRecent,
    /// The leads of the cohort that reached a status.
    Reached(i64),
    /// The leads of the cohort that reached a step of the funnel and the previous one.
    FromPrevious(i64),
    /// The entries into a status in the period.
    Entries(i64),
    /// The leads that were won, or lost, in the period.
    ResolvedWon,
    ResolvedLost,
    /// The leads in open and paused statuses at the end of a day.
    OpenOrPausedOn(NaiveDate),
    /// The leads at risk at the end of a day.
    AtRiskOn(NaiveDate),
    /// The leads that were stuck at the end of a day.
    StuckOn(NaiveDate),
    /// The visits of the last `LIMIT_BASIS_DAYS` to a status that a move ended.
    LimitBasis(i64),
    /// The leads now in a status for at least so many days, without those that are paused.
    Flagged {
        status: i64,
        days: i64,
    },
}

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedUnit {
    Leads,
    Entries,
    Moves,
}

/// The sets that have no values.
const WITHOUT_VALUES: [CountedSet; 5] = [
    CountedSet::Returns,
    CountedSet::Eligible,
    CountedSet::TooRecent,
    CountedSet::ResolvedWon,
    CountedSet::ResolvedLost,
];
/// The sets whose only value is the id of a status.
const OF_STATUS: [fn(i64) -> CountedSet; 13] = [
    CountedSet::Visits,
    CountedSet::Exits,
    CountedSet::MovedOn,
    CountedSet::Dropped,
    CountedSet::Ongoing,
    CountedSet::Censored,
    CountedSet::TargetMet,
    CountedSet::TargetMissed,
    CountedSet::TargetUndecided,
    CountedSet::Reached,
    CountedSet::FromPrevious,
    CountedSet::Entries,
    CountedSet::LimitBasis,
];
/// The sets whose only value is a day.
const OF_DAY: [fn(NaiveDate) -> CountedSet; 3] = [
    CountedSet::OpenOrPausedOn,
    CountedSet::AtRiskOn,
    CountedSet::StuckOn,
];

impl CountedSet {
    /// The unit of the number.
    pub fn unit(self) -> CountedUnit {
        match self {
            CountedSet::Moves { .. } | CountedSet::Direction(_) | CountedSet::Returns => {
                CountedUnit::Moves
            }
            CountedSet::ResolvedWon
            | CountedSet::ResolvedLost
            | CountedSet::OpenOrPausedOn(_)
            | CountedSet::AtRiskOn(_)
            | CountedSet::StuckOn(_)
            | CountedSet::Flagged { .. } => CountedUnit::Leads,
            set if set.is_of_cohort() => CountedUnit::Leads,
            _ => CountedUnit::Entries,
        }
    }

    /// True for leads of the cohort, and those that are too recent for it.
    pub fn is_of_cohort(self) -> bool {
        matches!(
            self,
            CountedSet::Eligible
                | CountedSet::TooRecent
                | CountedSet::Reached(_)
                | CountedSet::FromPrevious(_)
        )
    }

    /// The status that it is about; of moves the one that they led from.
    pub fn status(self) -> Option<i64> {
        match self {
            CountedSet::Visits(status)
            | CountedSet::Exits(status)
            | CountedSet::ExitsBy(status, _)
            | CountedSet::MovedOn(status)
            | CountedSet::Dropped(status)
            | CountedSet::Ongoing(status)
            | CountedSet::Censored(status)
            | CountedSet::TargetMet(status)
            | CountedSet::TargetMissed(status)
            | CountedSet::TargetUndecided(status)
            | CountedSet::Moves { from: status, .. }
            | CountedSet::Reached(status)
            | CountedSet::FromPrevious(status)
            | CountedSet::Entries(status)
            | CountedSet::LimitBasis(status)
            | CountedSet::Flagged { status, .. } => Some(status),
            CountedSet::Direction(_)
            | CountedSet::Returns
            | CountedSet::Eligible
            | CountedSet::TooRecent
            | CountedSet::ResolvedWon
            | CountedSet::ResolvedLost
            | CountedSet::OpenOrPausedOn(_)
            | CountedSet::AtRiskOn(_)
            | CountedSet::StuckOn(_) => None,
        }
    }

    /// The day that it is about.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            CountedSet::OpenOrPausedOn(day)
            | CountedSet::AtRiskOn(day)
            | CountedSet::StuckOn(day) => Some(day),
            _ => None,
        }
    }

    /// The parameters that name it. `way` is the exit or the direction.
    pub fn to_query(self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("set", self.word().to_owned())];
        pairs.extend(self.status().map(|status| ("status", status.to_string())));
        pairs.extend(self.day().map(|day| ("day", day.to_param())));
        pairs.extend(match self {
            CountedSet::ExitsBy(_, exit) => Some(("way", exit.as_str().to_owned())),
            CountedSet::Direction(direction) => Some(("way", direction.as_str().to_owned())),
            CountedSet::Moves { to, .. } => Some(("next", to.to_string())),
            CountedSet::Flagged { days, .. } => Some(("days", days.to_string())),
            _ => None,
        });
        pairs
    }

    /// The set that these parameters name; nothing if they name none.
    pub fn parse(sent: &Fields) -> Option<CountedSet> {
        let word = sent.text("set")?;
        let id = |name: &str| parse_id(sent.text(name)?);
        let (status, way) = (id("status"), sent.text("way"));
        let exit = way.and_then(Exit::from_word);
        let day = sent.text("day").and_then(NaiveDate::from_param);
        let days = id("days").filter(|days| *days <= MAX_DAYS);
        let others = [
            status.zip(exit).map(|(id, exit)| Self::ExitsBy(id, exit)),
            status
                .zip(id("next"))
                .map(|(from, to)| Self::Moves { from, to }),
            status
                .zip(days)
                .map(|(status, days)| Self::Flagged { status, days }),
            way.and_then(Direction::from_word).map(Self::Direction),
        ];
        let of_status = status
            .into_iter()
            .flat_map(|id| OF_STATUS.map(|set| set(id)));
        let of_day = day.into_iter().flat_map(|day| OF_DAY.map(|set| set(day)));
        let with_values = of_status.chain(of_day).chain(others.into_iter().flatten());
        let mut sets = WITHOUT_VALUES.into_iter().chain(with_values);
        sets.find(|set| set.word() == word)
    }

    /// The word that names it in an address. Older words stay, since addresses are kept: younger, from-before, open-on and
    /// evidence.
    fn word(self) -> &'static str {
        match self {
            CountedSet::Visits(_) => "visits",
            CountedSet::Exits(_) => "exits",
            CountedSet::ExitsBy(..) => "exits-by",
            CountedSet::MovedOn(_) => "moved-on",
            CountedSet::Dropped(_) => "dropped",
            CountedSet::Ongoing(_) => "open",
            CountedSet::Censored(_) => "censored",
            CountedSet::TargetMet(_) => "target-met",
            CountedSet::TargetMissed(_) => "target-missed",
            CountedSet::TargetUndecided(_) => "target-undecided",
            CountedSet::Moves { .. } => "moves",
            CountedSet::Direction(_) => "direction",
            CountedSet::Returns => "returns",
            CountedSet::Eligible => "eligible",
            CountedSet::TooRecent => "younger",
            CountedSet::Reached(_) => "reached",
            CountedSet::FromPrevious(_) => "from-before",
            CountedSet::Entries(_) => "entries",
            CountedSet::ResolvedWon => "resolved-won",
            CountedSet::ResolvedLost => "resolved-lost",
            CountedSet::OpenOrPausedOn(_) => "open-on",
            CountedSet::AtRiskOn(_) => "at-risk-on",
            CountedSet::StuckOn(_) => "stuck-on",
            CountedSet::LimitBasis(_) => "evidence",
            CountedSet::Flagged { .. } => "flagged",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_from_the_parameters_that_name_it() {
        let day = "2026-11-23".parse().unwrap();
        let mut sets = vec![
            CountedSet::Visits(1),
            CountedSet::Exits(1),
            CountedSet::MovedOn(1),
            CountedSet::Dropped(1),
            CountedSet::Ongoing(1),
            CountedSet::Censored(1),
            CountedSet::TargetMet(1),
            CountedSet::TargetMissed(1),
            CountedSet::TargetUndecided(1),
            CountedSet::Moves { from: 1, to: 2 },
            CountedSet::Returns,
            CountedSet::Eligible,
            CountedSet::TooRecent,
            CountedSet::Reached(3),
            CountedSet::FromPrevious(3),
            CountedSet::Entries(3),
            CountedSet::ResolvedWon,
            CountedSet::ResolvedLost,
            CountedSet::OpenOrPausedOn(day),
            CountedSet::AtRiskOn(day),
            CountedSet::StuckOn(day),
            CountedSet::LimitBasis(4),
            CountedSet::Flagged { status: 4, days: 7 },
        ];
        sets.extend(Exit::ALL.map(|exit| CountedSet::ExitsBy(2, exit)));
        sets.extend(Direction::ALL.map(CountedSet::Direction));
        for set in sets {
            let pairs = set.to_query();
            let sent =
                Fields::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
            assert_eq!(CountedSet::parse(&sent), Some(set));
        }
    }

    #[test]
    fn what_names_no_set_is_none() {
        for pairs in [
            &[][..],
            &[("set", "all")],
            &[("set", "visits")],
            &[("set", "visits"), ("status", "-1")],
            &[("set", "exits-by"), ("status", "1"), ("way", "away")],
            &[("set", "stuck-on"), ("day", "2026-02-30")],
        ] {
            let sent = Fields::from_pairs(pairs.iter().copied());
            assert_eq!(CountedSet::parse(&sent), None, "{pairs:?}");
        }
    }
}
