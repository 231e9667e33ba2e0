//! Targets and limits that recent visits suggest, and what other limits would do.

use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{LimitBasis, ReportStatus};
use crate::reports::domain::query::WITHIN_DAYS;
use crate::reports::http::paths;
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::time::{Count, count, number};
use crate::reports::http::views::wording::{days, share};
use crate::statuses::Kind;

/// The effect of a limit of so many days.
pub struct LimitPreview {
    pub days: i64,
    /// "12 leads would be flagged today"
    pub flagged: Count,
    /// "of those still here at 7 days, 38% go on to advance within 30 days"; empty if nothing is known.
    pub chance: String,
}

/// An open status with its limits.
pub struct LimitRow<'a> {
    pub status: &'a ReportStatus,
    pub target_now: String,
    pub limit_now: String,
    /// A number of days, or why no number is suggested.
    pub target_suggested: String,
    pub limit_suggested: String,
    /// True if the suggestion has a number.
    pub has_suggestion: bool,
    /// The suggested days, for the form; empty without a suggestion.
    pub target_days: String,
    pub limit_days: String,
    /// The days that are set now; empty without any. The form sends them, so that it never overwrites a later edit.
    pub was_target: String,
    pub was_limit: String,
    /// True if the suggestion is set already.
    pub is_set: bool,
    pub exits: Count,
    pub preview: Option<LimitPreview>,
    /// Where the suggestion is set.
    pub action: String,
}

/// The rows of the open statuses in use.
pub fn rows<'a>(context: &ReportContext<'a>) -> Vec<LimitRow<'a>> {
    let pairs = context.figures.statuses.iter().zip(&context.figures.times);
    let pairs = pairs.filter(|(status, _)| status.kind == Kind::Open && status.is_in_use);
    pairs
        .map(|(status, times)| row(context, status, &times.limit_basis))
        .collect()
}

fn row<'a>(context: &ReportContext, status: &'a ReportStatus, basis: &LimitBasis) -> LimitRow<'a> {
    let id = status.id;
    let suggested = basis.suggested.unwrap_or_default();
    let text = |suggested: Option<i64>| match (basis.suggested, suggested) {
        (None, _) => context.t("report-limits-few").to_owned(),
        (Some(_), None) => context.t("report-limits-open").to_owned(),
        (Some(_), Some(number)) => days(context.lang, number),
    };
    let now = |now: Option<i32>| now.map_or_else(String::new, |now| days(context.lang, now.into()));
    let form = |days: Option<i64>| days.map_or_else(String::new, |days| days.to_string());
    let is_same = |suggested: Option<i64>, now: Option<i32>| {
        suggested.is_none_or(|days| now.map(i64::from) == Some(days))
    };
    LimitRow {
        status,
        target_now: now(status.target_days),
        limit_now: now(status.limit_days),
        target_suggested: text(suggested.target_days),
        limit_suggested: text(suggested.limit_days),
        has_suggestion: suggested.target_days.is_some() || suggested.limit_days.is_some(),
        target_days: form(suggested.target_days),
        limit_days: form(suggested.limit_days),
        was_target: form(status.target_days.map(i64::from)),
        was_limit: form(status.limit_days.map(i64::from)),
        is_set: is_same(suggested.target_days, status.target_days)
            && is_same(suggested.limit_days, status.limit_days),
        exits: number(context, basis.exits, CountedSet::LimitBasis(id)),
        preview: preview(context, status, basis),
        action: paths::limits(id),
    }
}

fn preview(
    context: &ReportContext,
    status: &ReportStatus,
    basis: &LimitBasis,
) -> Option<LimitPreview> {
    let id = status.id;
    let tried = context.query.tried_days(status, basis)?;
    let within = days(context.lang, WITHIN_DAYS);
    let flagged = basis.flagged_at(tried);
    let chance = basis.chance_to_move_on(tried, WITHIN_DAYS);
    let chance = chance.map_or_else(String::new, |chance| {
        let args = [
            ("days", days(context.lang, tried).into()),
            ("share", share(chance).into()),
            ("within", within.into()),
        ];
        context.say("report-trial-chance", &args)
    });
    let set = CountedSet::Flagged {
        status: id,
        days: tried,
    };
    Some(LimitPreview {
        days: tried,
        flagged: count(context, "report-trial-flagged", flagged, set),
        chance,
    })
}
