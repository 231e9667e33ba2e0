//! A lead's visits, notes and other changes in one timeline.

use std::collections::HashMap;

use crate::audit::{StoredEntry, actor_label};
use crate::channel::Channel;
use crate::clock::{DAY_SECONDS, Timestamp};
use crate::i18n::{Lang, Message};
use crate::leads::actions::related_records::{NamedStatus, RelatedRecords};
use crate::leads::domain::display::{UserNames, display, display_pause};
use crate::leads::domain::history::plan_void;
use crate::leads::domain::lead::LeadField;
use crate::leads::domain::new_lead::LeadNote;
use crate::leads::domain::snapshot::LeadSnapshot;
use crate::leads::domain::visit::Visit;
use crate::records::field::Field;
use crate::web::Page;

/// Entries on a page of the timeline.
pub const ENTRIES_PER_PAGE: usize = 50;
/// A visit that was recorded more than this many seconds after it began was recorded later.
const LATE_SECONDS: i64 = 60;

/// The visits, notes and other changes of a lead, the newest first.
pub struct Timeline {
    pub entries: Vec<TimelineEntry>,
    /// The offset of the next page; `None` on the last one.
    pub older: Option<usize>,
    /// True if newer entries come before this page.
    pub has_newer: bool,
}

/// An entry of the timeline.
pub enum TimelineEntry {
    Visit(Box<TimelineVisit>),
    Note(LeadNote),
    Change(LoggedChange),
}

/// A visit as the timeline shows it.
pub struct TimelineVisit {
    pub visit: Visit,
    pub status: NamedStatus,
    /// Its duration, so far.
    pub duration: String,
    /// The name of the status that was replaced by this one and whose age continues here.
    pub replaced_status: Option<String>,
    pub can_be_voided: bool,
    /// The offer that it began with, and how it ended.
    pub offer: Vec<String>,
}

impl TimelineVisit {
    /// The rules that were not met.
    pub fn unmet(&self, page: &Page) -> Vec<String> {
        let unmet = self.visit.entry.unmet.iter();
        unmet.map(|unmet| page.text(&unmet.message())).collect()
    }

    /// The version of the definition in force when it began.
    pub fn version(&self) -> Option<i64> {
        self.visit.entry.definition_version.map(i64::from)
    }

    /// True if it was recorded later than it happened.
    pub fn is_late(&self) -> bool {
        let visit = &self.visit;
        visit.recorded_at.seconds_since(visit.entered_at) > LATE_SECONDS
    }
}

impl TimelineEntry {
    fn key(&self) -> (Timestamp, u8, i64) {
        match self {
            TimelineEntry::Visit(entry) => (entry.visit.entered_at, 0, entry.visit.id),
            TimelineEntry::Change(change) => (change.at, 1, change.id),
            TimelineEntry::Note(note) => (note.created_at, 2, note.id),
        }
    }
}

impl Timeline {
    /// The page of entries from offset `from`. `others` are notes, one more than the page shows, and changes.
    pub fn new(
        visits: &[Visit],
        others: Vec<TimelineEntry>,
        lookup: &RelatedRecords,
        now: Timestamp,
        lang: Lang,
        from: usize,
    ) -> Timeline {
        let entry = |visit: &Visit| TimelineVisit {
            status: lookup.named_status(visit.status_id),
            duration: duration(visit.seconds(now), lang),
            replaced_status: replaced_visit(visits, visit)
                .map(|from| lookup.named_status(from.status_id).name),
            can_be_voided: false,
            offer: Vec::new(),
            visit: visit.clone(),
        };
        let entries = visits
            .iter()
            .map(|visit| TimelineEntry::Visit(Box::new(entry(visit))));
        let mut items: Vec<TimelineEntry> = entries.chain(others).collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.key()));
        let next = from.saturating_add(ENTRIES_PER_PAGE);
        let older = (items.len() > next).then_some(next);
        let mut items: Vec<TimelineEntry> = items
            .into_iter()
            .skip(from)
            .take(ENTRIES_PER_PAGE)
            .collect();
        for item in &mut items {
            if let TimelineEntry::Visit(entry) = item {
                entry.can_be_voided = plan_void(visits, &[entry.visit.id], now).is_ok();
            }
        }
        Timeline {
            entries: items,
            older,
            has_newer: from > 0,
        }
    }
}

impl Timeline {
    /// With the offers, in words, by the visits that began with them.
    pub fn with_offers(mut self, mut lines: HashMap<i64, Vec<String>>) -> Timeline {
        for item in &mut self.entries {
            if let TimelineEntry::Visit(entry) = item {
                entry.offer = lines.remove(&entry.visit.id).unwrap_or_default();
            }
        }
        self
    }
}

/// The visit before, if its status was replaced and its age continues in this one.
fn replaced_visit<'a>(visits: &'a [Visit], visit: &Visit) -> Option<&'a Visit> {
    let earlier = visits.iter().take_while(|earlier| earlier.id != visit.id);
    let before = earlier.filter(|earlier| earlier.is_effective()).last()?;
    let continues = visit.channel == Channel::Replace && before.entered_at == visit.entered_at;
    continues.then_some(before)
}

/// A duration in its largest unit.
pub fn duration(seconds: i64, lang: Lang) -> String {
    match seconds {
        DAY_SECONDS.. => lang.tn("moment-days", seconds / DAY_SECONDS),
        3_600.. => lang.tn("lead-hours", seconds / 3_600),
        60.. => lang.tn("lead-minutes", seconds / 60),
        _ => lang.t("lead-under-a-minute").to_owned(),
    }
}

/// A change that is no visit, note or void.
pub struct LoggedChange {
    /// The id of its audit entry.
    pub id: i64,
    /// "Ana changed it".
    pub sentence: String,
    pub at: Timestamp,
    pub fields: Vec<FieldChange>,
}

/// One field before and after.
pub struct FieldChange {
    pub label: &'static str,
    pub before: String,
    pub after: String,
}

/// The changes in the audit log, newest first.
pub fn logged_changes(
    entries: &[StoredEntry],
    owner_names: &UserNames,
    lang: Lang,
) -> Vec<LoggedChange> {
    let changes = entries.iter().filter_map(|entry| {
        let key = action_key(&entry.action)?;
        let principal = actor_label(&entry.actor, lang);
        Some(LoggedChange {
            id: entry.id,
            sentence: Message::new(key).with("who", principal).text(lang),
            at: entry.recorded_at,
            fields: field_changes(entry, owner_names, lang),
        })
    });
    changes.collect()
}

/// The catalogue key of an action; `None` for those that the timeline shows as visits and notes.
fn action_key(action: &str) -> Option<&'static str> {
    Some(match action {
        "update" => "lead-change-update",
        "assign" => "lead-change-assign",
        "pause" => "lead-change-pause",
        "resume" => "lead-change-resume",
        "delete" => "lead-change-delete",
        "restore" => "lead-change-restore",
        "accept-offer" => "lead-change-accept",
        "recycle-offer" => "lead-change-recycle",
        _ => return None,
    })
}

fn field_changes(entry: &StoredEntry, owner_names: &UserNames, lang: Lang) -> Vec<FieldChange> {
    let (Some(before), Some(after)) = (entry.before(), entry.after()) else {
        return Vec::new();
    };
    let texts = |snapshot: &LeadSnapshot| -> Vec<(&'static str, String)> {
        let values = snapshot.fields();
        let values = values.iter().flat_map(|fields| {
            let all = LeadField::ALL.iter();
            all.map(|field| (field.label(), display(fields, *field, owner_names, lang)))
        });
        let paused = [("lead-form-paused", display_pause(snapshot, lang))];
        values.chain(paused).collect()
    };
    let pairs = texts(&before).into_iter().zip(texts(&after));
    pairs
        .filter(|((_, old), (_, new))| old != new)
        .map(|((label, before), (_, after))| FieldChange {
            label: lang.t(label),
            before,
            after,
        })
        .collect()
}

/// The ids of the owners in entries of the audit log.
pub fn owner_ids(entries: &[StoredEntry]) -> Vec<i64> {
    let both = entries
        .iter()
        .flat_map(|entry| [entry.before::<LeadSnapshot>(), entry.after()]);
    let mut ids: Vec<i64> = both
        .flatten()
        .filter_map(|snapshot| snapshot.owner())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_in_its_largest_unit() {
        let text = |seconds| duration(seconds, Lang::En);
        assert_eq!(text(59), "< 1 minute");
        assert_eq!(text(60), "1 minute");
        assert_eq!(text(2 * 3_600), "2 hours");
        assert_eq!(text(86_399), "23 hours");
        assert_eq!(text(12 * 86_400), "12 days");
    }
}
