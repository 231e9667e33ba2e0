use super::history::Change;
use super::value::Value;
use crate::i18n::{Lang, Message};
use crate::statuses::exchange::{Counts, Outcome, Place, PlannedRow};
use crate::statuses::import::{Forecast, Other};
use crate::statuses::{Color, Kind, LeadStatus, Role, StatusFields, label};

/// The most lines that are shown; a pipeline has a dozen.
const SHOWN: usize = 500;
/// The longest pipeline that is shown as a row of badges.
const BADGES: usize = 60;

/// What an import or a standard set would do, as people read it.
pub struct PlanView {
    pub counts: Counts,
    /// The lines that do something or are refused, in the order of the file.
    pub lines: Vec<Line>,
    /// How many more there are.
    pub left_out: usize,
    /// The statuses that are so already.
    pub same: Vec<Badge>,
    /// The pipeline afterwards; empty if nothing may be done yet.
    pub order: Vec<Badge>,
    /// True if statuses that exist change places.
    pub moves: bool,
    /// The roles that change hands, each in a sentence.
    pub roles: Vec<Message>,
    /// What is wrong with the whole.
    pub problems: Vec<Message>,
    pub others: Vec<Other>,
    pub archived: usize,
    pub is_acceptable: bool,
    pub changes_nothing: bool,
    pub fingerprint: String,
}

/// A status as a badge shows it.
#[derive(Clone)]
pub struct Badge {
    pub name: String,
    pub color: Color,
    pub kind: Kind,
    pub is_new: bool,
}

/// What becomes of a line.
pub struct Line {
    pub number: usize,
    /// The name as it was typed, where there is no badge.
    pub name: String,
    pub badge: Option<Badge>,
    /// What a new status means.
    pub about: String,
    pub changes: Vec<Change>,
    pub errors: Vec<LineError>,
}

/// What is wrong with a line, and at which field.
pub struct LineError {
    pub label: &'static str,
    pub message: Message,
}

impl Badge {
    /// The badge of these fields.
    pub fn of(fields: &StatusFields, is_new: bool) -> Badge {
        Badge {
            name: fields.name.to_string(),
            color: fields.color.clone(),
            kind: fields.kind,
            is_new,
        }
    }
}

impl Line {
    /// True if it makes a status.
    pub fn is_new(&self) -> bool {
        self.badge.as_ref().is_some_and(|badge| badge.is_new)
    }

    fn of(row: &PlannedRow, lang: Lang) -> Option<Line> {
        let mut line = Line {
            number: row.line,
            name: row.name.clone(),
            badge: None,
            about: String::new(),
            changes: Vec::new(),
            errors: Vec::new(),
        };
        match &row.outcome {
            Outcome::Same { .. } => return None,
            Outcome::Create(new) => {
                line.badge = Some(Badge::of(&new.fields, true));
                line.about = new.fields.definition.to_string();
            }
            Outcome::Change {
                fields, changes, ..
            } => {
                line.badge = Some(Badge::of(fields, false));
                line.changes = changes
                    .iter()
                    .map(|change| Change {
                        label: lang.t(change.label()),
                        before: Value::of(&change.before, lang),
                        after: Value::of(&change.after, lang),
                    })
                    .collect();
            }
            Outcome::Refused { errors } => {
                let errors = errors.iter().map(|(field, message)| LineError {
                    label: lang.t(label(field)),
                    message: message.clone(),
                });
                line.errors = errors.collect();
            }
        }
        Some(line)
    }
}

impl PlanView {
    /// The forecast in a language.
    pub fn of(forecast: &Forecast, lang: Lang) -> PlanView {
        let plan = &forecast.plan;
        let mut lines: Vec<Line> = plan
            .rows
            .iter()
            .filter_map(|row| Line::of(row, lang))
            .collect();
        let left_out = lines.len().saturating_sub(SHOWN);
        // Nobody may miss a refusal among hundreds of lines.
        if left_out > 0 {
            lines.sort_by_key(|line| line.errors.is_empty());
        }
        lines.truncate(SHOWN);
        PlanView {
            counts: plan.counts(),
            lines,
            left_out,
            same: same(forecast),
            order: order(forecast),
            moves: plan.moves,
            roles: roles(forecast),
            problems: plan.problems.clone(),
            others: forecast.others.clone(),
            archived: forecast.archived().count(),
            is_acceptable: forecast.is_acceptable(),
            changes_nothing: forecast.changes_nothing(),
            fingerprint: forecast.fingerprint(),
        }
    }

    /// How many statuses are made or changed.
    pub fn count(&self) -> usize {
        self.counts.created + self.counts.changed
    }

    /// The refused lines, for the list above everything.
    pub fn refused(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| !line.errors.is_empty())
            .take(20)
    }
}

fn find(forecast: &Forecast, id: i64) -> Option<&LeadStatus> {
    forecast.existing.iter().find(|status| status.id == id)
}

fn same(forecast: &Forecast) -> Vec<Badge> {
    let rows = forecast.plan.rows.iter();
    rows.filter_map(|row| match row.outcome {
        Outcome::Same { id } => find(forecast, id),
        _ => None,
    })
    .map(|status| Badge::of(&status.fields(), false))
    .collect()
}

/// A status of the pipeline to be, with the fields that it has then.
fn badge(forecast: &Forecast, place: Place) -> Option<Badge> {
    let mut rows = forecast.plan.rows.iter();
    match place {
        Place::New(at) => match &forecast.plan.rows.get(at)?.outcome {
            Outcome::Create(new) => Some(Badge::of(&new.fields, true)),
            _ => None,
        },
        Place::Existing(id) => {
            let changed = rows.find_map(|row| match &row.outcome {
                Outcome::Change {
                    id: other, fields, ..
                } if *other == id => Some(fields.clone()),
                _ => None,
            });
            let fields = changed.or_else(|| Some(find(forecast, id)?.fields()))?;
            Some(Badge::of(&fields, false))
        }
    }
}

fn order(forecast: &Forecast) -> Vec<Badge> {
    let archived: Vec<i64> = forecast.archived().map(|status| status.id).collect();
    let is_kept = |place: &&Place| !matches!(place, Place::Existing(id) if archived.contains(id));
    if !forecast.is_acceptable() || forecast.plan.order.len() > BADGES {
        return Vec::new();
    }
    let places = forecast.plan.order.iter().filter(is_kept);
    places.filter_map(|place| badge(forecast, *place)).collect()
}

fn roles(forecast: &Forecast) -> Vec<Message> {
    let moved = Role::ALL.into_iter().filter_map(|role| {
        let from = forecast.existing.iter().find(|status| status.holds(role))?;
        let to = forecast.plan.holder(role)?;
        if to == Place::Existing(from.id) {
            return None;
        }
        let key = match role {
            Role::Default => "plan-role-default",
            Role::Converted => "plan-role-converted",
        };
        let to = badge(forecast, to)?.name;
        Some(
            Message::new(key)
                .with("from", from.name.as_str())
                .with("to", to),
        )
    });
    moved.collect()
}
