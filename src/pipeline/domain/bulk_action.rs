//! The actions on statuses that are previewed first.

use crate::pipeline::domain::bulk_edit::BulkEdit;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::statuses::Role;

/// An action on statuses.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkAction {
    /// Archive or delete; leads and roles move to the replacement first, if one is named.
    Remove(Removal, Option<Replacement>),
    Restore,
    /// Change the same fields in all.
    Edit(BulkEdit),
    /// Move a role to the status.
    GiveRole(Role),
}

/// The catalogue keys of an action.
pub struct ActionTexts {
    /// The question for one status and for several.
    pub questions: [&'static str; 2],
    pub about: &'static str,
    pub button: &'static str,
    pub done: &'static str,
}

fn texts(
    questions: [&'static str; 2],
    about: &'static str,
    button: &'static str,
    done: &'static str,
) -> ActionTexts {
    ActionTexts {
        questions,
        about,
        button,
        done,
    }
}

impl BulkAction {
    /// The status that receives leads and roles, and how.
    pub fn replacement(&self) -> Option<Replacement> {
        match self {
            BulkAction::Remove(_, replacement) => *replacement,
            _ => None,
        }
    }

    /// The id of the status that receives leads and roles.
    pub fn replace_with(&self) -> Option<i64> {
        self.replacement().map(|replacement| replacement.to)
    }

    /// The action without its replacement.
    pub fn without_replacement(&self) -> BulkAction {
        match self {
            BulkAction::Remove(removal, _) => BulkAction::Remove(*removal, None),
            other => other.clone(),
        }
    }

    /// True for an edit that changes nothing.
    pub fn is_empty_edit(&self) -> bool {
        matches!(self, BulkAction::Edit(edit) if edit.is_empty())
    }

    /// Its value in forms.
    pub fn as_str(&self) -> &'static str {
        match self {
            BulkAction::Remove(removal, _) => removal.as_str(),
            BulkAction::Restore => "restore",
            BulkAction::Edit(_) => "edit",
            BulkAction::GiveRole(role) => role.as_str(),
        }
    }

    /// What pages say about it.
    pub fn texts(&self) -> ActionTexts {
        match self {
            BulkAction::Remove(Removal::Archive, _) => texts(
                ["status-ask-archive-one", "status-ask-archive"],
                "status-about-archive",
                "status-do-archive",
                "status-flash-archived",
            ),
            BulkAction::Remove(Removal::Delete, _) => texts(
                ["status-ask-delete-one", "status-ask-delete"],
                "status-about-delete",
                "status-do-delete",
                "status-flash-deleted",
            ),
            BulkAction::Restore => texts(
                ["status-ask-restore-one", "status-ask-restore"],
                "status-about-restore",
                "status-do-restore",
                "status-flash-restored",
            ),
            BulkAction::Edit(_) => texts(
                ["status-ask-edit-one", "status-ask-edit"],
                "status-about-edit",
                "status-do-edit",
                "status-flash-edited",
            ),
            BulkAction::GiveRole(Role::Default) => texts(
                ["status-ask-default"; 2],
                "status-about-default",
                "status-do-default",
                "status-flash-default",
            ),
            BulkAction::GiveRole(Role::Converted) => texts(
                ["status-ask-converted"; 2],
                "status-about-converted",
                "status-do-converted",
                "status-flash-converted",
            ),
        }
    }
}
