//! The parameters of a report, as they are in its address.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::clock::{Timestamp, Zone};
use crate::leads::OwnerFilter;
use crate::records::fields::{Fields, parse_id};
use crate::records::filter_value::{FilterParam, word_filter};
use crate::records::filters::{FilterSet, UnreadableFilters, filter_table};
use crate::reports::domain::counted_set::MAX_DAYS;
use crate::reports::domain::figures::{LimitBasis, ReachRule, ReportStatus};
use crate::reports::domain::period::Period;
use crate::words::word_enum;

/// The parameters that only comparisons have.
pub const COMPARISON_NAMES: [&str; 5] = ["compare", "day", "with_from", "with_to", "with_owner"];

/// Within so many days a cohort has to reach a status, unless the address says otherwise.
pub const WITHIN_DAYS: i64 = 30;

word_enum! {
    /// A period that ends today.
    pub enum Preset {
        Days30 = "30d", "report-period-30";
        Days90 = "90d", "report-period-90";
        /// From the first day of the quarter.
        Quarter = "quarter", "report-period-quarter";
        Months12 = "12m", "report-period-year";
        /// From the first visit there is.
        All = "all", "report-period-all";
    }
}

word_enum! {
    /// What the page sets side by side.
    pub enum Comparison {
        /// The period and the one of equal length before it.
        Periods = "period", "report-compare-periods";
        /// The owners of leads.
        Owners = "owners", "report-compare-owners";
        /// What came before a day, and what came from that day on.
        Day = "day", "report-compare-day";
    }
}

word_filter!(Preset);
word_filter!(Comparison);
word_filter!(ReachRule);

/// The filters of a report, and the parameters of its sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportQuery {
    pub preset: Option<Preset>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub owner: Option<OwnerFilter>,
    /// All owners but this one; `owner` is stronger.
    pub except: Option<OwnerFilter>,
    pub source: Option<String>,
    /// The instant up to which visits are followed.
    pub now: Option<Timestamp>,
    /// Where the funnel begins.
    pub start: Option<i64>,
    /// The one status that is to be reached; nothing for all steps of the funnel.
    pub reach: Option<i64>,
    pub within: Option<i64>,
    pub rule: Option<ReachRule>,
    pub compare: Option<Comparison>,
    /// The day of a comparison of before and after.
    pub day: Option<NaiveDate>,
    /// The period that another one is compared with; nothing is the one of equal length before it.
    pub with_from: Option<NaiveDate>,
    pub with_to: Option<NaiveDate>,
    /// The owners that are compared; none for those with most leads.
    pub with_owners: Vec<OwnerFilter>,
    /// The limits in days that the user tries out, by the id of their status.
    pub tried_limits: Vec<(i64, i64)>,
    pub unreadable: UnreadableFilters<ReportFilter>,
}

filter_table! {
    /// The filters of a report.
    ReportFilter of ReportQuery {
        /// A period that ends today; `from` and `to` are stronger.
        Preset = "period", preset: Option<Preset>, "web-filter-unreadable";
        /// The first day, in UTC.
        From = "from", from: Option<NaiveDate>, "report-filter-day";
        /// The day after the last one, in UTC.
        To = "to", to: Option<NaiveDate>, "report-filter-day";
        /// The id of a user, `me` for the owner of the token, or `none` for leads without an owner.
        Owner = "owner", owner: Option<OwnerFilter>, "web-filter-unreadable";
        /// All owners but this one.
        Except = "except", except: Option<OwnerFilter>, "web-filter-unreadable";
        /// This source, without regard to case.
        Source = "source", source: Option<String>, "web-filter-unreadable";
        /// The instant up to which visits are followed.
        Now = "now", now: Option<Timestamp>, "web-filter-unreadable";
        /// The status at which the funnel begins.
        Start = "start", start: Option<i64>, "web-filter-unreadable";
        /// The status that is to be reached.
        Reach = "reach", reach: Option<i64>, "web-filter-unreadable";
        /// The days within which a status has to be reached.
        Within = "within_days", within: Option<i64>, "web-filter-unreadable";
        /// Whether a status that was skipped counts as reached.
        Rule = "rule", rule: Option<ReachRule>, "web-filter-unreadable";
        /// What is set side by side.
        Compare = "compare", compare: Option<Comparison>, "web-filter-unreadable";
        /// The day of a comparison of before and after.
        Day = "day", day: Option<NaiveDate>, "report-filter-day";
        /// The first day of the period that another one is compared with.
        WithFrom = "with_from", with_from: Option<NaiveDate>, "report-filter-day";
        /// The day after its last one.
        WithTo = "with_to", with_to: Option<NaiveDate>, "report-filter-day";
    }
}

impl ReportQuery {
    /// Reads the fields of an address.
    pub fn parse(sent: &Fields) -> ReportQuery {
        let statuses = sent.all("try_status").into_iter();
        let tried_limits = statuses.zip(sent.all("try_days"));
        let days = |days| parse_id(days).filter(|days| *days <= MAX_DAYS);
        let limit = |(status, tried)| Some((parse_id(status)?, days(tried)?));
        let owners = sent.all("with_owner").into_iter();
        ReportQuery {
            tried_limits: tried_limits.filter_map(limit).collect(),
            with_owners: owners.filter_map(OwnerFilter::from_param).collect(),
            ..ReportQuery::read(sent)
        }
    }

    /// The first day and the day after the last one. Nothing is the first visit there is.
    pub fn period(&self, today: NaiveDate) -> (Option<NaiveDate>, NaiveDate) {
        let tomorrow = today + Days::new(1);
        if self.from.is_some() || self.to.is_some() {
            return (self.from, self.to.unwrap_or(tomorrow));
        }
        let first = match self.preset() {
            Preset::Days30 => tomorrow.checked_sub_days(Days::new(30)),
            Preset::Days90 => tomorrow.checked_sub_days(Days::new(90)),
            Preset::Quarter => NaiveDate::from_ymd_opt(today.year(), today.month0() / 3 * 3 + 1, 1),
            Preset::Months12 => tomorrow.checked_sub_months(Months::new(12)),
            Preset::All => None,
        };
        (first, tomorrow)
    }

    /// The preset that the address names, or the usual one.
    pub fn preset(&self) -> Preset {
        self.preset.unwrap_or(Preset::Days90)
    }

    /// True if the address names a period, by its days or by a preset.
    pub fn names_period(&self) -> bool {
        self.has_own_days() || self.preset.is_some()
    }

    /// True if the address names days itself.
    pub fn has_own_days(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The days within which a status of the funnel has to be reached.
    pub fn within_days(&self) -> i64 {
        self.within.unwrap_or(WITHIN_DAYS)
    }

    /// The rule by which a status of the funnel is reached.
    pub fn rule(&self) -> ReachRule {
        self.rule.unwrap_or(ReachRule::Visited)
    }

    /// The limit in days that is tried for a status.
    pub fn tried_limit(&self, status: i64) -> Option<i64> {
        let tried = self.tried_limits.iter().find(|(tried, _)| *tried == status);
        tried.map(|(_, days)| *days)
    }

    /// The limit that is tried for a status: that of the address, else the one that recent visits suggest, else the one
    /// there is.
    pub fn tried_days(&self, status: &ReportStatus, basis: &LimitBasis) -> Option<i64> {
        let suggested = basis.suggested.and_then(|limits| limits.limit_days);
        let tried = self.tried_limit(status.id).or(suggested);
        tried.or(status.limit_days.map(i64::from))
    }

    /// Name and value of everything that the address says.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter_pairs();
        let owners = self.with_owners.iter();
        pairs.extend(owners.map(|owner| ("with_owner", owner.to_param())));
        for (status, days) in &self.tried_limits {
            pairs.push(("try_status", status.to_string()));
            pairs.push(("try_days", days.to_string()));
        }
        pairs
    }

    /// The period to compare with: the one that the address names, or the one before.
    pub fn other_period(&self, period: Period) -> Option<Period> {
        match (self.with_from, self.with_to) {
            (None, None) => period.before(),
            (from, to) => Some(Period {
                from,
                to: to.or(period.from),
            }),
        }
    }

    /// This query about another period.
    pub fn between(&self, period: Period) -> ReportQuery {
        ReportQuery {
            preset: period.from.is_none().then_some(Preset::All),
            from: period.from,
            to: period.to,
            ..self.clone()
        }
    }

    /// This query about the leads of an owner, or of all others.
    pub fn of_owner(&self, owner: Option<OwnerFilter>, except: Option<OwnerFilter>) -> ReportQuery {
        ReportQuery {
            owner,
            except,
            ..self.clone()
        }
    }

    /// The pairs of the report that a comparison came from.
    pub fn report_pairs(&self) -> Vec<(&'static str, String)> {
        self.pairs_without(&COMPARISON_NAMES)
    }

    /// The pairs without those of these names.
    pub fn pairs_without(&self, names: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = self.pairs();
        pairs.retain(|(name, _)| !names.contains(name));
        pairs
    }

    /// This query with its period and its instant written out, so that it means the same for ever.
    pub fn fixed(&self, as_of: Timestamp) -> ReportQuery {
        let (from, to) = self.period(Zone::UTC.day(as_of));
        ReportQuery {
            preset: from.is_none().then_some(Preset::All),
            from,
            to: Some(to),
            now: Some(as_of),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> ReportQuery {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        ReportQuery::parse(&Fields::from_pairs(pairs))
    }

    fn period(query: &str) -> (Option<String>, String) {
        let (from, to) = read(query).period("2026-11-23".parse().unwrap());
        (from.map(|day| day.to_string()), to.to_string())
    }

    #[test]
    fn a_period_ends_today_unless_the_address_says_otherwise() {
        for (query, from, to) in [
            ("", Some("2026-08-26"), "2026-11-24"),
            ("period=30d", Some("2026-10-25"), "2026-11-24"),
            ("period=quarter", Some("2026-10-01"), "2026-11-24"),
            ("period=12m", Some("2025-11-24"), "2026-11-24"),
            ("period=all", None, "2026-11-24"),
            (
                "period=all&from=2026-01-01",
                Some("2026-01-01"),
                "2026-11-24",
            ),
            (
                "from=2026-01-01&to=2026-02-01",
                Some("2026-01-01"),
                "2026-02-01",
            ),
        ] {
            assert_eq!(
                period(query),
                (from.map(str::to_owned), to.to_owned()),
                "{query}"
            );
        }
    }

    #[test]
    fn what_an_address_says_is_written_back() {
        let query =
            "from=2026-01-01&owner=none&start=2&within_days=14&rule=passed&try_status=3&try_days=7";
        let pairs = read(query).pairs();
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(pairs.join("&"), query);
        assert_eq!(read(query).tried_limit(3), Some(7));
    }

    #[test]
    fn a_fixed_query_means_the_same_on_any_day() {
        let as_of = Timestamp::parse_rfc3339("2026-11-23T09:00:00Z").unwrap();
        let fixed = read("period=30d&source=Web").fixed(as_of);
        let later = "2027-01-01".parse().unwrap();
        assert_eq!(
            fixed.period(later),
            read("period=30d").period("2026-11-23".parse().unwrap())
        );
        assert_eq!(fixed.now, Some(as_of));
        assert_eq!(fixed.source.as_deref(), Some("Web"));
    }
}
