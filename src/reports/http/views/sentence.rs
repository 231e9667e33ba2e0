//! The sentence on top of the page, which names the worst problem of the pipeline.

use std::cmp::Reverse;

use crate::clock::DAY_SECONDS;
use crate::reports::domain::figures::{CurrentCounts, CurrentInStatus};
use crate::reports::domain::figures::{ReportStatus, TimeInStatus};
use crate::reports::http::paths::STUCK_LEADS_PATH;
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::wording::{amounts, duration};
use crate::statuses::Kind;

/// Visits below which nothing is said about time.
const FEW_VISITS: i64 = 10;

/// The sentence on top of the page.
#[derive(Default)]
pub struct Sentence {
    pub text: String,
    /// `danger`, `warn`, `ok` or `info`.
    pub tone: &'static str,
    /// The status that it is about.
    pub status: Option<i64>,
    /// What its link says and where it leads; empty without a status.
    pub link: String,
    pub href: String,
}

/// A status in which half of the leads stay longer than they may.
struct SlowStatus<'a> {
    status: &'a ReportStatus,
    /// Half stay at least so long.
    seconds: i64,
    allowed_days: i64,
}

impl Sentence {
    /// The sentence for these figures.
    pub fn of(context: &ReportContext) -> Sentence {
        let sentence = Sentence::without_link(context, &context.figures.current);
        let Some(status) = sentence.status else {
            return sentence;
        };
        let (name, stuck) = (
            context.name_of(status),
            context.figures.current.of(status).stuck,
        );
        let (link, href) = match stuck > 0 && context.lists_show_these() {
            true => {
                let only = [("status", status.to_string())];
                let stuck = context.leads_href(STUCK_LEADS_PATH, &only);
                ("report-sentence-open", stuck)
            }
            false => ("report-sentence-show", format!("#time-{status}")),
        };
        let args = [("name", name.into()), ("count", stuck.into())];
        Sentence {
            link: context.say(link, &args),
            href,
            ..sentence
        }
    }

    fn without_link(context: &ReportContext, current: &CurrentCounts) -> Sentence {
        let slow = slowest(context, |status| status.limit_days);
        let worst = |counts: fn(&CurrentInStatus) -> i64| most(context, current, counts);
        let visits: i64 = context.figures.times.iter().map(|times| times.visits).sum();
        if current.stuck > 0 {
            return stuck(context, current, worst(|counts| counts.stuck));
        }
        if current.at_risk > 0 {
            return at_risk(context, current, worst(|counts| counts.at_risk));
        }
        if let Some(slow) = slow.or_else(|| slowest(context, |status| status.target_days)) {
            return Sentence {
                text: context.say("report-sentence-slow", &slow.args(context)),
                tone: "warn",
                status: Some(slow.status.id),
                ..Sentence::default()
            };
        }
        let (text, tone) = match visits {
            0 => (context.t("report-sentence-none").to_owned(), "info"),
            few if few < FEW_VISITS => (context.count("report-sentence-few", few), "info"),
            _ => (context.t("report-sentence-fine").to_owned(), "ok"),
        };
        Sentence {
            text,
            tone,
            ..Sentence::default()
        }
    }
}

/// How many are at risk; then the status with most of them.
fn at_risk(
    context: &ReportContext,
    current: &CurrentCounts,
    most: Option<(&ReportStatus, i64)>,
) -> Sentence {
    let (status, count) = most.unzip();
    let args = [
        ("count", current.at_risk.into()),
        ("name", status.map_or("", |status| &status.name).into()),
        ("most", count.unwrap_or(current.at_risk).into()),
    ];
    Sentence {
        text: context.say("report-sentence-at-risk", &args),
        tone: "warn",
        status: status.map(|status| status.id),
        ..Sentence::default()
    }
}

/// How many are stuck and what they are worth; then the status with most of them, and how long leads stay there.
fn stuck(
    context: &ReportContext,
    current: &CurrentCounts,
    most: Option<(&ReportStatus, i64)>,
) -> Sentence {
    let value = amounts(context.lang, &current.stuck_values);
    let worth = match current.stuck_values.is_empty() {
        true => context.count("report-sentence-stuck", current.stuck),
        false => {
            let args = [("count", current.stuck.into()), ("value", value.into())];
            context.say("report-sentence-stuck-worth", &args)
        }
    };
    let details = most.map_or_else(String::new, |(status, count)| {
        let time = time_past_limit(context, status);
        let args = [
            ("name", status.name.as_str().into()),
            ("count", count.into()),
        ];
        match (current.stuck == count, time.is_empty()) {
            (true, true) => context.say("report-sentence-all", &args),
            (false, true) => context.say("report-sentence-most", &args),
            _ => {
                let [name, count] = args;
                context.say(
                    "report-sentence-worst",
                    &[name, count, ("time", time.into())],
                )
            }
        }
    });
    Sentence {
        text: format!("{worth}{details}."),
        tone: "danger",
        status: most.map(|(status, _)| status.id),
        ..Sentence::default()
    }
}

/// "half stay longer than 41 days against a limit of 18", or how many stay past the limit; empty where nothing is known
/// or hardly any do.
fn time_past_limit(context: &ReportContext, status: &ReportStatus) -> String {
    let times = context.figures.times.iter();
    let times = times.filter(|times| times.status == status.id);
    let curve = times.filter_map(|times| times.curve.as_ref()).next();
    let Some((curve, limit)) = curve.zip(status.limit_days) else {
        return String::new();
    };
    let limit = i64::from(limit);
    let half = curve.quantile(0.5).seconds.unwrap_or(curve.longest());
    if half > limit * DAY_SECONDS {
        let args = [
            ("time", duration(context.lang, half).into()),
            ("limit", limit.into()),
        ];
        return context.say("report-sentence-half", &args);
    }
    let tenths = (curve.survival_at(limit * DAY_SECONDS) * 10.0).round() as i64;
    match tenths {
        0 => String::new(),
        tenths => context.say(
            "report-sentence-tenths",
            &[("count", tenths.into()), ("limit", limit.into())],
        ),
    }
}

impl SlowStatus<'_> {
    fn args(&self, context: &ReportContext) -> [(&'static str, crate::i18n::Arg); 3] {
        [
            ("name", self.status.name.as_str().into()),
            ("time", duration(context.lang, self.seconds).into()),
            ("allowed", self.allowed_days.into()),
        ]
    }
}

/// The open status whose median is furthest beyond what is allowed, as a ratio.
fn slowest<'a>(
    context: &ReportContext<'a>,
    allowed: fn(&ReportStatus) -> Option<i32>,
) -> Option<SlowStatus<'a>> {
    let pairs = context.figures.statuses.iter().zip(&context.figures.times);
    let open = pairs.filter(|(status, _)| status.kind == Kind::Open && status.is_in_use);
    let slow = |(status, times): (&'a ReportStatus, &TimeInStatus)| {
        let curve = times.curve.as_ref()?;
        let seconds = curve.quantile(0.5).seconds.unwrap_or(curve.longest());
        let allowed_days = i64::from(allowed(status)?);
        let is_slow = seconds > allowed_days * DAY_SECONDS;
        is_slow.then_some(SlowStatus {
            status,
            seconds,
            allowed_days,
        })
    };
    let ratio = |slow: &SlowStatus| slow.seconds / slow.allowed_days.max(1);
    open.filter_map(slow).max_by_key(ratio)
}

/// The status with most of these leads, and how many.
fn most<'a>(
    context: &ReportContext<'a>,
    current: &CurrentCounts,
    counts: fn(&CurrentInStatus) -> i64,
) -> Option<(&'a ReportStatus, i64)> {
    let worst = current
        .by_status
        .iter()
        .min_by_key(|status| Reverse(counts(status)))?;
    let status = context.figures.status(worst.status)?;
    Some((status, counts(worst)))
}
