//! The sentence on top of the page, which says where it hurts.

use std::cmp::Reverse;

use crate::reports::domain::durations::DAY_SECONDS;
use crate::reports::domain::figures::{Present, PresentCounts};
use crate::reports::domain::figures::{ReportStatus, TimeInStatus};
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::wording::{amounts, duration};
use crate::statuses::Kind;

/// Visits below which nothing is said about time.
const FEW_VISITS: i64 = 10;

/// The sentence.
pub struct Sentence {
    pub text: String,
    /// `danger`, `warn`, `ok` or `info`.
    pub tone: &'static str,
    /// The status that it is about.
    pub status: Option<i64>,
    /// Its name.
    pub name: String,
}

/// A status in which half of the leads stay longer than they may.
struct Slow<'a> {
    status: &'a ReportStatus,
    /// Half stay at least so long.
    seconds: i64,
    allowed_days: i64,
}

impl Sentence {
    /// The sentence for these figures.
    pub fn of(context: &ReportContext) -> Sentence {
        let sentence = Sentence::without_name(context, &context.figures.present);
        let name = sentence.status.map_or("", |status| context.name_of(status));
        Sentence {
            name: name.to_owned(),
            ..sentence
        }
    }

    fn without_name(context: &ReportContext, present: &Present) -> Sentence {
        let slow = slowest(context, |status| status.limit_days);
        let worst = |counts: fn(&PresentCounts) -> i64| most(context, present, counts);
        let visits: i64 = context.figures.times.iter().map(|times| times.visits).sum();
        if present.stuck > 0 {
            return stuck(context, present, slow, worst(|counts| counts.stuck));
        }
        if present.at_risk > 0 {
            let (status, count) = worst(|counts| counts.at_risk).unzip();
            let args = [
                ("count", present.at_risk.into()),
                ("name", status.map_or("", |status| &status.name).into()),
                ("most", count.unwrap_or(present.at_risk).into()),
            ];
            let text = context.say("report-sentence-at-risk", &args);
            return Sentence {
                text,
                tone: "warn",
                status: status.map(|status| status.place.id),
                name: String::new(),
            };
        }
        if let Some(slow) = slow.or_else(|| slowest(context, |status| status.target_days)) {
            return Sentence {
                text: context.say("report-sentence-slow", &slow.args(context)),
                tone: "warn",
                status: Some(slow.status.place.id),
                name: String::new(),
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
            status: None,
            name: String::new(),
        }
    }
}

fn stuck(
    context: &ReportContext,
    present: &Present,
    slow: Option<Slow>,
    most: Option<(&ReportStatus, i64)>,
) -> Sentence {
    let worth = match present.stuck_values.is_empty() {
        true => context.count("report-sentence-stuck", present.stuck),
        false => {
            let value = amounts(context.lang, &present.stuck_values);
            let args = [("count", present.stuck.into()), ("value", value.into())];
            context.say("report-sentence-stuck-worth", &args)
        }
    };
    let (rest, status) = match (slow, most) {
        (Some(slow), _) => {
            let text = context.say("report-sentence-worst", &slow.args(context));
            (text, Some(slow.status.place.id))
        }
        (None, Some((status, count))) => {
            let args = [
                ("name", status.name.as_str().into()),
                ("count", count.into()),
            ];
            let text = context.say("report-sentence-most", &args);
            (text, Some(status.place.id))
        }
        (None, None) => (String::new(), None),
    };
    Sentence {
        text: format!("{worth}{rest}."),
        tone: "danger",
        status,
        name: String::new(),
    }
}

impl Slow<'_> {
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
) -> Option<Slow<'a>> {
    let pairs = context.figures.statuses.iter().zip(&context.figures.times);
    let open =
        pairs.filter(|(status, _)| status.place.kind == Kind::Open && status.place.is_in_use);
    let slow = |(status, times): (&'a ReportStatus, &TimeInStatus)| {
        let curve = times.curve.as_ref()?;
        let seconds = curve.quantile(0.5).seconds.unwrap_or(curve.longest());
        let allowed_days = i64::from(allowed(status)?);
        let is_slow = seconds > allowed_days * DAY_SECONDS;
        is_slow.then_some(Slow {
            status,
            seconds,
            allowed_days,
        })
    };
    let ratio = |slow: &Slow| slow.seconds / slow.allowed_days.max(1);
    open.filter_map(slow).max_by_key(ratio)
}

/// The status with most of these leads, and how many.
fn most<'a>(
    context: &ReportContext<'a>,
    present: &Present,
    counts: fn(&PresentCounts) -> i64,
) -> Option<(&'a ReportStatus, i64)> {
    let worst = present
        .by_status
        .iter()
        .min_by_key(|one| Reverse(counts(one)))?;
    let status = context.figures.status(worst.status)?;
    Some((status, counts(worst)))
}
