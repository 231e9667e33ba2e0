//! The funnel with its three conversions.

use crate::clock::DAY_SECONDS;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{
    Funnel, FunnelStep, ReachRule, ReportStatus, StepConversion,
};
use crate::reports::domain::share::Share;
use crate::reports::http::charts::PathData;
use crate::reports::http::views::context::{ReportContext, hue_class};
use crate::reports::http::views::time::{Count, count};
use crate::reports::http::views::wording::{days, duration, share, share_interval};

/// Leads below which shares are said to be unsure.
const SMALL_COHORT: i64 = 10;
/// The days that the menu offers.
const WITHIN_CHOICES: [i64; 7] = [7, 14, 30, 60, 90, 180, 365];

/// A share with its interval, as a bar.
pub struct ShareBar {
    pub share: String,
    /// The 95 % interval.
    pub interval: String,
    /// Its length in percent.
    pub width: f64,
    /// The path that shows the ends of its interval, in a box of 100 by 16.
    pub whisker: String,
}

impl ShareBar {
    /// The bar of a share.
    pub fn of(part: &Share) -> ShareBar {
        let (low, high) = (part.low * 100.0, part.high * 100.0);
        let mut whisker = PathData::default();
        for end in [low, high] {
            whisker.move_to(end, 4.0);
            whisker.down_to(12.0);
        }
        whisker.move_to(low, 8.0);
        whisker.across_to(high);
        ShareBar {
            share: share(part.value),
            interval: share_interval(part),
            width: part.value * 100.0,
            whisker: whisker.into_string(),
        }
    }
}

/// A status of the funnel.
pub struct FunnelRow<'a> {
    pub status: &'a ReportStatus,
    pub is_start: bool,
    /// The class of its colour, or nothing.
    pub class: String,
    /// Nothing without leads in the cohort.
    pub cohort: Option<ShareBar>,
    pub reached: Count,
    /// Of the leads that reached the step before: "61% of Contacted"; empty where there is none.
    pub step: String,
    pub from_previous: Option<Count>,
    /// Entries for each entry into the start; empty without any.
    pub throughput: String,
    /// The length of its bar, and where the bar of all entries would end, in percent.
    pub throughput_width: f64,
    pub all_width: f64,
    pub is_above_all: bool,
    pub entries: Count,
}

/// The funnel.
pub struct FunnelView<'a> {
    pub rows: Vec<FunnelRow<'a>>,
    /// What the cohort is, and what its shares are of.
    pub cohort_about: String,
    pub eligible: Count,
    /// Nothing if none is too recent.
    pub too_recent: Option<Count>,
    /// A warning, or empty.
    pub small: String,
    /// A sentence if half of the wins take longer than the days of the funnel; else empty.
    pub slow_wins: String,
    pub throughput_about: String,
    pub rule_about: &'static str,
    pub resolved: Option<ShareBar>,
    pub won: Count,
    pub lost: Count,
    /// Value and label of the statuses where a funnel may begin.
    pub starts: Vec<(String, String)>,
    pub withins: Vec<(String, String)>,
    pub rules: Vec<(String, String)>,
    pub start_value: String,
    pub within_value: String,
    pub rule_value: &'static str,
}

impl<'a> FunnelView<'a> {
    /// True if a throughput is above 100 %.
    pub fn is_above_all(&self) -> bool {
        self.rows.iter().any(|row| row.is_above_all)
    }

    /// The funnel of these figures.
    pub fn of(context: &ReportContext<'a>) -> FunnelView<'a> {
        let funnel = &context.figures.funnel;
        let start = context.name_of(funnel.start);
        let resolved = funnel.resolved.share();
        let (won, lost) = (funnel.resolved.won, funnel.resolved.lost);
        let count = |key, number, set| count(context, key, number, set);
        let (leads, too_recent) = (funnel.eligible, funnel.too_recent);
        let recent = count("report-funnel-younger", too_recent, CountedSet::TooRecent);
        FunnelView {
            rows: rows(context, funnel),
            cohort_about: about(context, "report-cohort-about", funnel, start),
            eligible: count("report-funnel-eligible", leads, CountedSet::Eligible),
            too_recent: Some(recent).filter(|_| too_recent > 0),
            small: small(context, leads),
            slow_wins: slow_wins(context, funnel.within_days),
            throughput_about: about(context, "report-throughput-about", funnel, start),
            rule_about: context.t(rule_about(funnel.rule)),
            resolved: resolved.as_ref().map(ShareBar::of),
            won: count("report-count-won", won, CountedSet::ResolvedWon),
            lost: count("report-count-lost", lost, CountedSet::ResolvedLost),
            starts: starts(context, funnel.start),
            withins: withins(context, funnel.within_days),
            rules: ReachRule::ALL
                .map(|rule| (rule.to_string(), context.t(rule.key()).to_owned()))
                .into(),
            start_value: funnel.start.to_string(),
            within_value: funnel.within_days.to_string(),
            rule_value: funnel.rule.as_str(),
        }
    }
}

fn about(context: &ReportContext, key: &'static str, funnel: &Funnel, start: &str) -> String {
    let within = days(context.lang, funnel.within_days);
    let args = [("start", start.into()), ("within", within.into())];
    context.say(key, &args)
}

fn rule_about(rule: ReachRule) -> &'static str {
    match rule {
        ReachRule::Visited => "report-rule-visited-about",
        ReachRule::Passed => "report-rule-passed-about",
    }
}

fn small(context: &ReportContext, eligible: i64) -> String {
    match eligible {
        0 => context.t("report-funnel-nobody").to_owned(),
        few if few < SMALL_COHORT => context.count("report-funnel-few", few),
        _ => String::new(),
    }
}

fn slow_wins(context: &ReportContext, within: i64) -> String {
    let median = context.figures.wins.median_seconds;
    match median.filter(|seconds| *seconds > within * DAY_SECONDS) {
        None => String::new(),
        Some(seconds) => {
            let args = [
                ("time", duration(context.lang, seconds).into()),
                ("within", days(context.lang, within).into()),
            ];
            context.say("report-funnel-slow-wins", &args)
        }
    }
}

fn rows<'a>(context: &ReportContext<'a>, funnel: &Funnel) -> Vec<FunnelRow<'a>> {
    let most = funnel
        .steps
        .iter()
        .filter_map(|step| funnel.throughput(step));
    let most = most.fold(1.0, f64::max);
    let row = |step: &FunnelStep| {
        let throughput = funnel.throughput(step);
        let status = context.figures.status(step.status)?;
        Some(FunnelRow {
            class: hue_class(&status.color),
            status,
            is_start: step.status == funnel.start,
            cohort: funnel.share(step).as_ref().map(ShareBar::of),
            reached: Count {
                text: count_of(context, step.reached, funnel.eligible),
                href: context.visits_href(CountedSet::Reached(step.status)),
            },
            step: step
                .from_previous
                .map_or_else(String::new, |from| step_share(context, &from)),
            from_previous: step.from_previous.map(|from| Count {
                text: count_of(context, from.reached, from.previous_reached),
                href: context.visits_href(CountedSet::FromPrevious(step.status)),
            }),
            throughput: throughput.map_or_else(String::new, share),
            throughput_width: throughput.unwrap_or(0.0) / most * 100.0,
            all_width: 100.0 / most,
            is_above_all: throughput.is_some_and(|part| part > 1.0),
            entries: Count {
                text: context.count("report-count-entries", step.entries),
                href: context.visits_href(CountedSet::Entries(step.status)),
            },
        })
    };
    funnel.steps.iter().filter_map(row).collect()
}

fn count_of(context: &ReportContext, count: i64, all: i64) -> String {
    context.say(
        "report-count-of",
        &[("count", count.into()), ("all", all.into())],
    )
}

/// "61% of Contacted", of few only that they are.
fn step_share(context: &ReportContext, from: &StepConversion) -> String {
    if from.previous_reached < SMALL_COHORT {
        return context.t("report-verdict-few").to_owned();
    }
    let part = share(from.reached as f64 / from.previous_reached as f64);
    let name = context.name_of(from.previous);
    context.say(
        "report-step-of",
        &[("share", part.into()), ("name", name.into())],
    )
}

fn starts(context: &ReportContext, current: i64) -> Vec<(String, String)> {
    let is_start = |status: &&ReportStatus| {
        (!status.kind.is_closed() && status.is_in_use) || status.id == current
    };
    let statuses = context.figures.statuses.iter().filter(is_start);
    statuses
        .map(|status| (status.id.to_string(), status.name.clone()))
        .collect()
}

fn withins(context: &ReportContext, current: i64) -> Vec<(String, String)> {
    let mut choices = WITHIN_CHOICES.to_vec();
    if !choices.contains(&current) {
        choices.push(current);
        choices.sort_unstable();
    }
    let choice = |number: i64| (number.to_string(), days(context.lang, number));
    choices.into_iter().map(choice).collect()
}
