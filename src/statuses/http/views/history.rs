//! The history of a status, from the audit log.

use crate::audit::{StoredEntry, actor_label};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::i18n::{Lang, Message};
use crate::statuses::domain::snapshot::{FieldChange, diff};
use crate::statuses::http::views::value::value_view;
use crate::web::ValueView;

/// A page of the history of a status, newest first.
pub struct History {
    pub events: Vec<HistoryEvent>,
    /// The id of the last entry shown, if older ones follow.
    pub older: Option<i64>,
    /// True if this is not the first page.
    pub is_continued: bool,
}

/// A change: who did what, when, through which channel.
pub struct HistoryEvent {
    /// "Ana changed it".
    pub sentence: String,
    /// The catalogue key of the channel; nothing for a page.
    pub channel: Option<&'static str>,
    pub recorded_at: Timestamp,
    pub changes: Vec<ChangeView>,
    /// True if the changes are folded, because they are many.
    pub is_long: bool,
}

/// A field before and after the change.
pub struct ChangeView {
    pub label: &'static str,
    pub before: ValueView,
    pub after: ValueView,
}

impl ChangeView {
    /// A change in a language.
    pub fn of(change: &FieldChange, lang: Lang) -> ChangeView {
        ChangeView {
            label: lang.t(change.label_key()),
            before: value_view(&change.before, lang),
            after: value_view(&change.after, lang),
        }
    }

    /// True if a value is long or has several lines.
    pub fn is_long(&self) -> bool {
        let is_long = |value: &ValueView| value.text.len() > 60 || value.text.contains('\n');
        is_long(&self.before) || is_long(&self.after)
    }
}

/// The most changes that are shown unfolded.
const MAX_UNFOLDED: usize = 4;

impl History {
    /// The first `shown` of the entries; a further entry means that there are older ones.
    pub fn of(entries: &[StoredEntry], shown: usize, is_continued: bool, lang: Lang) -> History {
        let taken = &entries[..entries.len().min(shown)];
        let older = taken.last().filter(|_| entries.len() > shown);
        History {
            events: taken
                .iter()
                .map(|entry| HistoryEvent::of(entry, lang))
                .collect(),
            older: older.map(|last| last.id),
            is_continued,
        }
    }
}

impl HistoryEvent {
    fn of(entry: &StoredEntry, lang: Lang) -> HistoryEvent {
        let (before, after) = (entry.before(), entry.after());
        let changes = diff(before.as_ref(), after.as_ref());
        let changes = changes.iter().map(|change| ChangeView::of(change, lang));
        let changes: Vec<ChangeView> = changes.collect();
        let principal = actor_label(&entry.actor, lang);
        let sentence = Message::new(action_key(&entry.action)).with("who", principal);
        HistoryEvent {
            sentence: sentence.text(lang),
            channel: Channel::from_word(&entry.channel).and_then(channel_key),
            recorded_at: entry.recorded_at,
            is_long: changes.len() > MAX_UNFOLDED,
            changes,
        }
    }
}

fn action_key(word: &str) -> &'static str {
    match word {
        "create" => "status-history-create",
        "bring-back" => "status-history-bring-back",
        "archive" => "status-history-archive",
        "restore" => "status-history-restore",
        "delete" => "status-history-delete",
        "take-role" => "status-history-take-role",
        "give-up-role" => "status-history-give-up-role",
        _ => "status-history-update",
    }
}

/// The catalogue key of the channel; nothing for the usual one.
fn channel_key(channel: Channel) -> Option<&'static str> {
    match channel {
        Channel::Ui | Channel::Board | Channel::Replace | Channel::Handoff => None,
        Channel::Bulk => Some("status-history-via-bulk"),
        Channel::Import => Some("status-history-via-import"),
        Channel::Api => Some("status-history-via-api"),
        Channel::Undo => Some("status-history-via-undo"),
        Channel::Cli => Some("status-history-via-cli"),
        Channel::Setup => Some("status-history-via-setup"),
    }
}
