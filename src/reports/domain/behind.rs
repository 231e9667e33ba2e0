//! The leads and visits behind a number, as its link names them.

use chrono::NaiveDate;

use crate::records::fields::{Fields, parse_id};
use crate::records::filter_value::FilterWord;
use crate::reports::domain::durations::WayOut;
use crate::reports::domain::flow::Direction;
use crate::statuses::Days;

/// The most days that are asked about: those of the longest limit there is.
pub const MAX_DAYS: i64 = Days::MAX as i64;

/// What a number counts. Visits are those of the sample, leads those that the filters choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BehindSet {
    /// The visits to a status.
    Visits(i64),
    /// Those that a move ended, whichever way.
    Exits(i64),
    /// Those that ended one way.
    ExitsBy(i64, WayOut),
    /// Those that are still open.
    Open(i64),
    /// Those that a replacement, a merge or a deletion ended.
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
    Younger,
    /// The leads of the cohort that reached a status.
    Reached(i64),
    /// The entries into a status in the period.
    Entries(i64),
    /// The leads that were won, or lost, in the period.
    ResolvedWon,
    ResolvedLost,
    /// The leads in open and paused statuses at the end of a day.
    OpenOn(NaiveDate),
    /// The leads at risk at the end of a day.
    AtRiskOn(NaiveDate),
    /// The leads that were stuck at the end of a day.
    StuckOn(NaiveDate),
    /// The visits of the last 180 days to a status that a move ended.
    Evidence(i64),
    /// The leads now in a status for at least so many days, without those that are paused.
    Flagged {
        status: i64,
        days: i64,
    },
}

impl BehindSet {
    /// The status that it is about; of moves the one that they led from.
    pub fn status(self) -> Option<i64> {
        match self {
            BehindSet::Visits(status)
            | BehindSet::Exits(status)
            | BehindSet::ExitsBy(status, _)
            | BehindSet::Open(status)
            | BehindSet::Censored(status)
            | BehindSet::TargetMet(status)
            | BehindSet::TargetMissed(status)
            | BehindSet::TargetUndecided(status)
            | BehindSet::Moves { from: status, .. }
            | BehindSet::Reached(status)
            | BehindSet::Entries(status)
            | BehindSet::Evidence(status)
            | BehindSet::Flagged { status, .. } => Some(status),
            BehindSet::Direction(_)
            | BehindSet::Returns
            | BehindSet::Eligible
            | BehindSet::Younger
            | BehindSet::ResolvedWon
            | BehindSet::ResolvedLost
            | BehindSet::OpenOn(_)
            | BehindSet::AtRiskOn(_)
            | BehindSet::StuckOn(_) => None,
        }
    }

    /// The day that it is about.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            BehindSet::OpenOn(day) | BehindSet::AtRiskOn(day) | BehindSet::StuckOn(day) => {
                Some(day)
            }
            _ => None,
        }
    }

    /// The parameters that name it.
    pub fn to_query(self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("set", self.word().to_owned())];
        pairs.extend(self.status().map(|status| ("status", status.to_string())));
        pairs.extend(self.day().map(|day| ("day", day.to_param())));
        pairs.extend(match self {
            BehindSet::ExitsBy(_, way) => Some(("way", way.as_str().to_owned())),
            BehindSet::Direction(way) => Some(("way", way.as_str().to_owned())),
            BehindSet::Moves { to, .. } => Some(("next", to.to_string())),
            BehindSet::Flagged { days, .. } => Some(("days", days.to_string())),
            _ => None,
        });
        pairs
    }

    /// What these parameters name; nothing if they name none.
    pub fn parse(sent: &Fields) -> Option<BehindSet> {
        let status = || parse_id(sent.text("status")?);
        let day = || NaiveDate::from_param(sent.text("day")?);
        let way = || sent.text("way");
        Some(match sent.text("set")? {
            "visits" => BehindSet::Visits(status()?),
            "exits" => BehindSet::Exits(status()?),
            "exits-by" => BehindSet::ExitsBy(status()?, WayOut::from_word(way()?)?),
            "open" => BehindSet::Open(status()?),
            "censored" => BehindSet::Censored(status()?),
            "target-met" => BehindSet::TargetMet(status()?),
            "target-missed" => BehindSet::TargetMissed(status()?),
            "target-undecided" => BehindSet::TargetUndecided(status()?),
            "moves" => BehindSet::Moves {
                from: status()?,
                to: parse_id(sent.text("next")?)?,
            },
            "direction" => BehindSet::Direction(Direction::from_word(way()?)?),
            "returns" => BehindSet::Returns,
            "eligible" => BehindSet::Eligible,
            "younger" => BehindSet::Younger,
            "reached" => BehindSet::Reached(status()?),
            "entries" => BehindSet::Entries(status()?),
            "resolved-won" => BehindSet::ResolvedWon,
            "resolved-lost" => BehindSet::ResolvedLost,
            "open-on" => BehindSet::OpenOn(day()?),
            "at-risk-on" => BehindSet::AtRiskOn(day()?),
            "stuck-on" => BehindSet::StuckOn(day()?),
            "evidence" => BehindSet::Evidence(status()?),
            "flagged" => BehindSet::Flagged {
                status: status()?,
                days: parse_id(sent.text("days")?).filter(|days| *days <= MAX_DAYS)?,
            },
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            BehindSet::Visits(_) => "visits",
            BehindSet::Exits(_) => "exits",
            BehindSet::ExitsBy(..) => "exits-by",
            BehindSet::Open(_) => "open",
            BehindSet::Censored(_) => "censored",
            BehindSet::TargetMet(_) => "target-met",
            BehindSet::TargetMissed(_) => "target-missed",
            BehindSet::TargetUndecided(_) => "target-undecided",
            BehindSet::Moves { .. } => "moves",
            BehindSet::Direction(_) => "direction",
            BehindSet::Returns => "returns",
            BehindSet::Eligible => "eligible",
            BehindSet::Younger => "younger",
            BehindSet::Reached(_) => "reached",
            BehindSet::Entries(_) => "entries",
            BehindSet::ResolvedWon => "resolved-won",
            BehindSet::ResolvedLost => "resolved-lost",
            BehindSet::OpenOn(_) => "open-on",
            BehindSet::AtRiskOn(_) => "at-risk-on",
            BehindSet::StuckOn(_) => "stuck-on",
            BehindSet::Evidence(_) => "evidence",
            BehindSet::Flagged { .. } => "flagged",
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
            BehindSet::Visits(1),
            BehindSet::Exits(1),
            BehindSet::Open(1),
            BehindSet::Censored(1),
            BehindSet::TargetMet(1),
            BehindSet::TargetMissed(1),
            BehindSet::TargetUndecided(1),
            BehindSet::Moves { from: 1, to: 2 },
            BehindSet::Returns,
            BehindSet::Eligible,
            BehindSet::Younger,
            BehindSet::Reached(3),
            BehindSet::Entries(3),
            BehindSet::ResolvedWon,
            BehindSet::ResolvedLost,
            BehindSet::OpenOn(day),
            BehindSet::AtRiskOn(day),
            BehindSet::StuckOn(day),
            BehindSet::Evidence(4),
            BehindSet::Flagged { status: 4, days: 7 },
        ];
        sets.extend(WayOut::ALL.map(|way| BehindSet::ExitsBy(2, way)));
        sets.extend(Direction::ALL.map(BehindSet::Direction));
        for set in sets {
            let pairs = set.to_query();
            let sent =
                Fields::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
            assert_eq!(BehindSet::parse(&sent), Some(set));
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
            assert_eq!(BehindSet::parse(&sent), None, "{pairs:?}");
        }
    }
}
