//! The actions on several leads.

use crate::access::Permission;
use crate::channel::Channel;
use crate::clock::{DAY, Timestamp, Zone};
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::{Note, Reason, TextLine};
use crate::words::word_enum;

/// An action on several leads.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkAction {
    Move(Move),
    /// To a user; `None` removes the owner.
    Assign(Option<i64>),
    /// Until the start of a day; `until: None` ends the pause.
    Pause {
        until: Option<PauseEnd>,
        reason: Reason,
    },
    Note(Note),
    /// Into the bin.
    Delete,
    /// Out of the bin.
    Restore,
}

impl BulkAction {
    /// The catalogue key of its button, which says what it does to how many leads.
    pub fn button_key(&self) -> &'static str {
        match self {
            BulkAction::Move(_) => "lead-do-move",
            BulkAction::Assign(_) => "lead-do-assign",
            BulkAction::Pause { until: Some(_), .. } => "lead-do-pause",
            BulkAction::Pause { until: None, .. } => "lead-do-resume",
            BulkAction::Note(_) => "lead-do-note",
            BulkAction::Delete => "lead-do-delete",
            BulkAction::Restore => "lead-do-restore",
        }
    }
}

word_enum! {
    /// A kind of bulk action, in the order of the buttons.
    pub enum BulkActionKind {
        Move = "move", "lead-act-move";
        Assign = "assign", "lead-act-assign";
        Pause = "pause", "lead-act-pause";
        Note = "note", "lead-act-note";
        Restore = "restore", "lead-act-restore";
        Delete = "delete", "lead-act-delete";
    }
}

impl BulkActionKind {
    /// The name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            BulkActionKind::Move => "circle-arrow-right",
            BulkActionKind::Assign => "user-plus",
            BulkActionKind::Pause => "circle-pause",
            BulkActionKind::Note => "message-square",
            BulkActionKind::Delete => "trash-2",
            BulkActionKind::Restore => "archive-restore",
        }
    }

    /// The permission that it needs.
    pub fn permission(self) -> Permission {
        match self {
            BulkActionKind::Move | BulkActionKind::Pause | BulkActionKind::Note => {
                Permission::LeadsWrite
            }
            BulkActionKind::Assign | BulkActionKind::Delete | BulkActionKind::Restore => {
                Permission::LeadsManage
            }
        }
    }

    /// The form field that this kind shares with a filter of the list.
    pub fn filter_field(self) -> Option<&'static str> {
        match self {
            BulkActionKind::Move => Some("status"),
            BulkActionKind::Assign => Some("owner"),
            _ => None,
        }
    }

    /// The kinds that a user may apply to the list, or to the bin.
    pub fn allowed(rights: Rights, is_in_bin: bool) -> Vec<BulkActionKind> {
        let kinds = BulkActionKind::ALL.into_iter().filter(|kind| {
            let is_allowed = match kind.permission() {
                Permission::LeadsManage => rights.can_manage,
                _ => rights.can_write,
            };
            is_allowed && (*kind == BulkActionKind::Restore) == is_in_bin
        });
        kinds.collect()
    }

    /// An action with default values, to check the leads before the user has filled in the form.
    pub(crate) fn sample_action(self, now: Timestamp) -> BulkAction {
        match self {
            BulkActionKind::Move => BulkAction::Move(Move::new(0, Channel::Bulk)),
            BulkActionKind::Assign => BulkAction::Assign(None),
            BulkActionKind::Pause => BulkAction::Pause {
                until: PauseEnd::of_day(Zone::UTC.day(Timestamp(now.0 + 2 * DAY)), Zone::UTC),
                reason: TextLine::default(),
            },
            BulkActionKind::Note => BulkAction::Note(Note::default()),
            BulkActionKind::Delete => BulkAction::Delete,
            BulkActionKind::Restore => BulkAction::Restore,
        }
    }
}
