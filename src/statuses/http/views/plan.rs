//! The preview of an import or a standard set: rows, order and roles.

use crate::i18n::{Lang, Message};
use crate::statuses::actions::import::{ImportPreview, UnlistedStatus};
use crate::statuses::actions::import_export::plan::{PlannedRow, RowCounts, RowOutcome, StatusRef};
use crate::statuses::domain::color::Color;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::status::{LeadStatus, StatusFields, label_key};
use crate::statuses::http::views::history::ChangeView;
use crate::statuses::http::views::value::value_view;

/// The most rows shown.
const SHOWN: usize = 500;
/// The longest pipeline shown as badges.
const BADGES: usize = 60;

/// The preview of an import or a standard set in one language.
pub struct PlanView {
    pub counts: RowCounts,
    /// The rows that change something or are refused, in the order of the file.
    pub lines: Vec<PlanLine>,
    /// The number of rows not shown.
    pub left_out: usize,
    /// The statuses that stay unchanged.
    pub same: Vec<Badge>,
    /// The pipeline afterwards; empty if the import can't be done.
    pub order: Vec<Badge>,
    /// True if existing statuses change their order.
    pub is_reordered: bool,
    /// A sentence for each role that moves.
    pub roles: Vec<Message>,
    /// The errors of the file as a whole.
    pub problems: Vec<Message>,
    pub unlisted: Vec<UnlistedStatus>,
    pub archived: usize,
    pub is_acceptable: bool,
    pub changes_nothing: bool,
    pub fingerprint: String,
}

/// A badge of a status.
#[derive(Clone)]
pub struct Badge {
    pub name: String,
    pub color: Color,
    pub kind: Kind,
    pub is_new: bool,
}

/// A row of the preview.
pub struct PlanLine {
    pub number: usize,
    /// The name as typed, for a row without a badge.
    pub name: String,
    pub badge: Option<Badge>,
    /// The definition of a new status.
    pub about: String,
    pub changes: Vec<ChangeView>,
    pub errors: Vec<LineError>,
}

/// An error of a row, with the label of its field.
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

impl PlanLine {
    /// True if it creates a status.
    pub fn is_new(&self) -> bool {
        self.badge.as_ref().is_some_and(|badge| badge.is_new)
    }

    fn of(row: &PlannedRow, lang: Lang) -> Option<PlanLine> {
        let mut line = PlanLine {
            number: row.line,
            name: row.name.clone(),
            badge: None,
            about: String::new(),
            changes: Vec::new(),
            errors: Vec::new(),
        };
        match &row.outcome {
            RowOutcome::Unchanged { .. } => return None,
            RowOutcome::Create(new) => {
                line.badge = Some(Badge::of(&new.fields, true));
                line.about = new.fields.definition.to_string();
            }
            RowOutcome::Change {
                fields, changes, ..
            } => {
                line.badge = Some(Badge::of(fields, false));
                line.changes = changes
                    .iter()
                    .map(|change| ChangeView {
                        label: lang.t(change.label_key()),
                        before: value_view(&change.before, lang),
                        after: value_view(&change.after, lang),
                    })
                    .collect();
            }
            RowOutcome::Invalid { errors } => {
                let errors = errors.iter().map(|(field, message)| LineError {
                    label: lang.t(label_key(field)),
                    message: message.clone(),
                });
                line.errors = errors.collect();
            }
        }
        Some(line)
    }
}

impl PlanView {
    /// The preview in a language.
    pub fn of(forecast: &ImportPreview, lang: Lang) -> PlanView {
        let plan = &forecast.plan;
        let mut lines: Vec<PlanLine> = plan
            .rows
            .iter()
            .filter_map(|row| PlanLine::of(row, lang))
            .collect();
        let left_out = lines.len().saturating_sub(SHOWN);
        // Refused rows come first, so that none is cut off.
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
            is_reordered: plan.is_reordered,
            roles: roles(forecast),
            problems: plan.problems.clone(),
            unlisted: forecast.unlisted.clone(),
            archived: forecast.archived().count(),
            is_acceptable: forecast.is_acceptable(),
            changes_nothing: forecast.changes_nothing(),
            fingerprint: forecast.fingerprint(),
        }
    }

    /// The number of statuses created or changed.
    pub fn count(&self) -> usize {
        self.counts.created + self.counts.changed
    }

    /// The first refused rows, for the summary of errors.
    pub fn refused(&self) -> impl Iterator<Item = &PlanLine> {
        self.lines
            .iter()
            .filter(|line| !line.errors.is_empty())
            .take(20)
    }
}

fn find(forecast: &ImportPreview, id: i64) -> Option<&LeadStatus> {
    forecast.existing.iter().find(|status| status.id == id)
}

fn same(forecast: &ImportPreview) -> Vec<Badge> {
    let rows = forecast.plan.rows.iter();
    rows.filter_map(|row| match row.outcome {
        RowOutcome::Unchanged { id } => find(forecast, id),
        _ => None,
    })
    .map(|status| Badge::of(&status.fields(), false))
    .collect()
}

/// The badge of a status with the fields it will have.
fn badge(forecast: &ImportPreview, place: StatusRef) -> Option<Badge> {
    let mut rows = forecast.plan.rows.iter();
    match place {
        StatusRef::New(at) => match &forecast.plan.rows.get(at)?.outcome {
            RowOutcome::Create(new) => Some(Badge::of(&new.fields, true)),
            _ => None,
        },
        StatusRef::Existing(id) => {
            let changed = rows.find_map(|row| match &row.outcome {
                RowOutcome::Change {
                    id: other, fields, ..
                } if *other == id => Some(fields.clone()),
                _ => None,
            });
            let fields = changed.or_else(|| Some(find(forecast, id)?.fields()))?;
            Some(Badge::of(&fields, false))
        }
    }
}

fn order(forecast: &ImportPreview) -> Vec<Badge> {
    let archived: Vec<i64> = forecast.archived().map(|status| status.id).collect();
    let is_kept =
        |place: &&StatusRef| !matches!(place, StatusRef::Existing(id) if archived.contains(id));
    if !forecast.is_acceptable() || forecast.plan.order.len() > BADGES {
        return Vec::new();
    }
    let places = forecast.plan.order.iter().filter(is_kept);
    places.filter_map(|place| badge(forecast, *place)).collect()
}

fn roles(forecast: &ImportPreview) -> Vec<Message> {
    let moved = Role::ALL.into_iter().filter_map(|role| {
        let from = forecast.existing.iter().find(|status| status.holds(role))?;
        let to = forecast.plan.holder(role)?;
        if to == StatusRef::Existing(from.id) {
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
