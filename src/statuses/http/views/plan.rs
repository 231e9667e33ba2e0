//! The preview of an import or a standard set: rows, order and roles.

use crate::i18n::{Lang, Message};
use crate::statuses::actions::import::ImportPreview;
use crate::statuses::actions::import_export::plan::{PlannedRow, RowCounts, RowOutcome, StatusRef};
use crate::statuses::domain::color::Color;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::status::{LeadStatus, StatusFields, label_key};
use crate::statuses::http::views::history::ChangeView;

/// The most rows shown.
const SHOWN: usize = 500;
/// The longest pipeline shown as badges.
const BADGES: usize = 60;

/// The preview of an import or a standard set in one language.
pub struct PlanView {
    pub preview: ImportPreview,
    pub counts: RowCounts,
    /// The rows that change something or are refused, in the order of the file.
    pub lines: Vec<PlanLine>,
    /// The number of rows not shown.
    pub hidden: usize,
    /// The statuses that stay unchanged.
    pub same: Vec<Badge>,
    /// The pipeline afterwards; empty if the import can't be done.
    pub order: Vec<Badge>,
    /// A sentence for each role that moves.
    pub roles: Vec<Message>,
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
                let changes = changes.iter().map(|change| ChangeView::of(change, lang));
                line.changes = changes.collect();
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
    pub fn of(preview: ImportPreview, lang: Lang) -> PlanView {
        let rows = preview.plan.rows.iter();
        let mut lines: Vec<PlanLine> = rows.filter_map(|row| PlanLine::of(row, lang)).collect();
        let hidden = lines.len().saturating_sub(SHOWN);
        // Refused rows come first, so that none is cut off.
        if hidden > 0 {
            lines.sort_by_key(|line| line.errors.is_empty());
        }
        lines.truncate(SHOWN);
        PlanView {
            counts: preview.plan.counts(),
            lines,
            hidden,
            same: same(&preview),
            order: order(&preview),
            roles: roles(&preview),
            preview,
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

fn find(preview: &ImportPreview, id: i64) -> Option<&LeadStatus> {
    preview.existing.iter().find(|status| status.id == id)
}

fn same(preview: &ImportPreview) -> Vec<Badge> {
    let rows = preview.plan.rows.iter();
    rows.filter_map(|row| match row.outcome {
        RowOutcome::Unchanged { id } => find(preview, id),
        _ => None,
    })
    .map(|status| Badge::of(&status.fields(), false))
    .collect()
}

/// The badge of a status with the fields it will have.
fn badge(preview: &ImportPreview, status: StatusRef) -> Option<Badge> {
    let mut rows = preview.plan.rows.iter();
    match status {
        StatusRef::New(index) => match &preview.plan.rows.get(index)?.outcome {
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
            let fields = changed.or_else(|| Some(find(preview, id)?.fields()))?;
            Some(Badge::of(&fields, false))
        }
    }
}

fn order(preview: &ImportPreview) -> Vec<Badge> {
    let archived: Vec<i64> = preview.archived().map(|status| status.id).collect();
    let is_kept =
        |status: &&StatusRef| !matches!(status, StatusRef::Existing(id) if archived.contains(id));
    if !preview.is_acceptable() || preview.plan.order.len() > BADGES {
        return Vec::new();
    }
    let statuses = preview.plan.order.iter().filter(is_kept);
    statuses
        .filter_map(|status| badge(preview, *status))
        .collect()
}

fn roles(preview: &ImportPreview) -> Vec<Message> {
    let moved = Role::ALL.into_iter().filter_map(|role| {
        let from = preview.existing.iter().find(|status| status.holds(role))?;
        let to = preview.plan.holder(role)?;
        if to == StatusRef::Existing(from.id) {
            return None;
        }
        let key = match role {
            Role::Default => "plan-role-default",
            Role::Converted => "plan-role-converted",
        };
        let to = badge(preview, to)?.name;
        Some(
            Message::new(key)
                .with("from", from.name.as_str())
                .with("to", to),
        )
    });
    moved.collect()
}
