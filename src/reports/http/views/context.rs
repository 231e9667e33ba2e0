//! What every section of a report needs: the language, the figures, and links to the leads and visits that the figures count.

use chrono::NaiveDate;

use crate::clock::{Timestamp, Zone};
use crate::i18n::{Arg, Lang};
use crate::leads::OwnerFilter;
use crate::records::link::link;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{Figures, ReportStatus};
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::{CsvTable, PIPELINE_PATH, VISITS_PATH, csv};
use crate::statuses::Color;

/// The language and the figures of a report.
#[derive(Clone, Copy)]
pub struct ReportContext<'a> {
    pub lang: Lang,
    pub query: &'a ReportQuery,
    pub figures: &'a Figures,
}

impl<'a> ReportContext<'a> {
    /// The address of the page of the visits that a number counts.
    pub fn visits_href(&self, set: CountedSet) -> String {
        let fixed = self.query.fixed(self.figures.as_of);
        let mut pairs = fixed.report_pairs();
        pairs.retain(|(name, _)| !["try_status", "try_days"].contains(name));
        link(VISITS_PATH, set.to_query().into_iter().chain(pairs))
    }

    /// True if the lists of leads show what the figures count: not at a fixed instant, and they have no filter for all
    /// owners but one.
    pub fn lists_show_these(&self) -> bool {
        self.query.now.is_none() && self.query.except.is_none()
    }

    /// A list of leads with the owner and the source of the report.
    pub fn leads_href(&self, path: &str, pairs: &[(&'static str, String)]) -> String {
        let filters = self.query.pairs().into_iter();
        let filters = filters.filter(|(name, _)| ["owner", "source"].contains(name));
        link(path, pairs.iter().cloned().chain(filters))
    }

    /// The day of the instant that the figures are of.
    pub fn day(&self) -> NaiveDate {
        Zone::UTC.day(self.figures.as_of)
    }

    /// The numbers of a chart as a file.
    pub fn csv(&self, table: CsvTable) -> String {
        link(&csv(table), self.query.fixed(self.figures.as_of).pairs())
    }

    /// The address of exactly these figures.
    pub fn fixed_page(&self) -> String {
        link(PIPELINE_PATH, self.query.fixed(self.figures.as_of).pairs())
    }

    /// A text without arguments.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.lang.t(key)
    }

    /// A sentence with arguments.
    pub fn say(&self, key: &'static str, args: &[(&'static str, Arg)]) -> String {
        self.lang.format(key, args).into_owned()
    }

    /// A sentence about `count` things.
    pub fn count(&self, key: &'static str, count: i64) -> String {
        self.lang.tn(key, count)
    }

    /// A number with separators.
    pub fn number(&self, number: i64) -> String {
        self.lang.number(number)
    }

    /// The name of a status.
    pub fn name_of(&self, status: i64) -> &'a str {
        let status = self.figures.status(status);
        status.map_or("", |status: &ReportStatus| status.name.as_str())
    }

    /// The first day of the period and its last, as people say them.
    pub fn period(&self) -> String {
        period_text(self.lang, self.query, self.figures.as_of)
    }
}

/// The class of a colour that has a name; empty for others.
pub fn hue_class(color: &Color) -> String {
    color
        .hue()
        .map_or_else(String::new, |hue| format!("hue-{}", hue.as_str()))
}

/// Period, owner and source in words; without `owners` of those who see only their own leads.
pub fn scope_text(
    lang: Lang,
    query: &ReportQuery,
    as_of: Timestamp,
    owners: &[(i64, String)],
) -> String {
    let mut parts = vec![period_text(lang, query, as_of)];
    let say = |key, name: &str| lang.format(key, &[("name", name.into())]).into_owned();
    parts.push(match (query.owner, query.except) {
        _ if owners.is_empty() => lang.t("report-scope-own").to_owned(),
        (None, None) => lang.t("report-scope-anyone").to_owned(),
        (Some(owner), _) => say("report-scope-owner", &owner_name(lang, owner, owners)),
        (None, Some(owner)) => say("report-scope-except", &owner_name(lang, owner, owners)),
    });
    if let Some(source) = &query.source {
        parts.push(say("report-scope-source", source));
    }
    parts.join(" · ")
}

/// What an owner is called.
pub fn owner_name(lang: Lang, owner: OwnerFilter, owners: &[(i64, String)]) -> String {
    match owner {
        OwnerFilter::Unassigned => lang.t("lead-owner-nobody").to_owned(),
        OwnerFilter::Me => lang.t("lead-owner-me").to_owned(),
        OwnerFilter::User(id) => {
            let owner = owners.iter().find(|(owner, _)| *owner == id);
            owner.map_or_else(|| format!("#{id}"), |(_, name)| name.clone())
        }
    }
}

/// The period of a query: `1 Sep 2026 – 23 Nov 2026`.
pub fn period_text(lang: Lang, query: &ReportQuery, as_of: Timestamp) -> String {
    let (from, to) = query.period(Zone::UTC.day(as_of));
    days_text(lang, from, Some(to))
}

/// A period from its first day to the day before `to`.
pub fn days_text(lang: Lang, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let last = to.map(|to| lang.date(to.pred_opt().unwrap_or(to)));
    let first = from.map(|from| lang.date(from));
    match (first, last) {
        (Some(first), Some(last)) => format!("{first} – {last}"),
        (None, Some(last)) => lang
            .format("report-period-until", &[("day", last.into())])
            .into_owned(),
        (Some(first), None) => first,
        (None, None) => lang.t("report-period-all").to_owned(),
    }
}
