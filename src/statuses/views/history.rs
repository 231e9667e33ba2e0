use super::value::Value;
use crate::audit::{Recorded, shown_actor};
use crate::clock::Timestamp;
use crate::i18n::{Lang, Message};
use crate::statuses::diff;
use crate::statuses::edit::moments;

/// What became of a status, the newest first.
pub struct History {
    pub events: Vec<Event>,
    /// The entry from which older ones follow; nothing if these are the oldest.
    pub older: Option<i64>,
    /// True if newer ones were left out.
    pub is_continued: bool,
}

/// One change: who did what, when, through which door.
pub struct Event {
    /// "Ana changed it".
    pub sentence: String,
    /// The catalogue key of the door, if it says more than "on a page".
    pub door: Option<&'static str>,
    pub at: Timestamp,
    pub changes: Vec<Change>,
    /// True if there are too many changes to read at a glance.
    pub is_long: bool,
}

/// One field before and after.
pub struct Change {
    pub label: &'static str,
    pub before: Value,
    pub after: Value,
}

impl Change {
    /// True for texts that need lines of their own.
    pub fn is_long(&self) -> bool {
        let is_long = |value: &Value| value.text.len() > 60 || value.text.contains('\n');
        is_long(&self.before) || is_long(&self.after)
    }
}

/// More changes than these are folded.
const AT_A_GLANCE: usize = 4;

impl History {
    /// The first `shown` of the entries; one more says that there are older ones.
    pub fn of(entries: &[Recorded], shown: usize, is_continued: bool, lang: Lang) -> History {
        let taken = &entries[..entries.len().min(shown)];
        let older = taken.last().filter(|_| entries.len() > shown);
        History {
            events: taken.iter().map(|entry| Event::of(entry, lang)).collect(),
            older: older.map(|last| last.id),
            is_continued,
        }
    }
}

impl Event {
    fn of(entry: &Recorded, lang: Lang) -> Event {
        let (before, after) = moments(entry);
        let changes: Vec<Change> = diff(before.as_ref(), after.as_ref())
            .into_iter()
            .map(|change| Change {
                label: lang.t(change.label()),
                before: Value::of(&change.before, lang),
                after: Value::of(&change.after, lang),
            })
            .collect();
        let who = shown_actor(&entry.actor, lang);
        let sentence = Message::new(action(&entry.action)).with("who", who);
        Event {
            sentence: sentence.text(lang),
            door: door(&entry.door),
            at: entry.recorded_at,
            is_long: changes.len() > AT_A_GLANCE,
            changes,
        }
    }
}

fn action(word: &str) -> &'static str {
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

fn door(word: &str) -> Option<&'static str> {
    match word {
        "bulk" => Some("status-door-bulk"),
        "import" => Some("status-door-import"),
        "api" => Some("status-door-api"),
        "undo" => Some("status-door-undo"),
        "cli" => Some("status-door-cli"),
        "setup" => Some("status-door-setup"),
        _ => None,
    }
}
