use crate::audit::{Recorded, shown_actor};
use crate::clock::Timestamp;
use crate::i18n::{Lang, Message};
use crate::leads::edit::moments;
use crate::leads::history::strike;
use crate::leads::shown::{People, label, paused, shown};
use crate::leads::{Cast, FIELDS, LeadSnapshot, NamedStatus, Via, Visit, WrittenNote};

/// Entries of the timeline on one page.
pub const ENTRIES: usize = 50;
/// Later than this after the entry, a visit was recorded on another occasion, in seconds.
const LATE_SECONDS: i64 = 60;

/// What happened to a lead, the newest first.
pub struct Timeline {
    pub items: Vec<Item>,
    /// How many older entries to pass over to see what follows; nothing if these are the oldest.
    pub older: Option<usize>,
    /// True if newer ones were left out.
    pub is_continued: bool,
}

/// One entry of it.
pub enum Item {
    Visit(Box<Stay>),
    Note(WrittenNote),
}

/// A visit as the timeline shows it.
pub struct Stay {
    pub visit: Visit,
    pub status: NamedStatus,
    /// How long it lasted, or has lasted so far.
    pub duration: String,
    /// The status that was replaced by this one, from whose entry the age goes on.
    pub kept_from: Option<String>,
    pub can_be_voided: bool,
}

impl Stay {
    /// True if it was entered here on another occasion than it happened.
    pub fn is_late(&self) -> bool {
        let visit = &self.visit;
        visit.recorded_at.seconds_since(visit.entered_at) > LATE_SECONDS
    }
}

impl Item {
    fn key(&self) -> (Timestamp, bool, i64) {
        match self {
            Item::Visit(stay) => (stay.visit.entered_at, false, stay.visit.id),
            Item::Note(note) => (note.at, true, note.id),
        }
    }
}

impl Timeline {
    /// The entries after the newest `from`; the notes must reach one further than what is shown.
    pub fn of(
        visits: &[Visit],
        notes: Vec<WrittenNote>,
        cast: &Cast,
        now: Timestamp,
        lang: Lang,
        from: usize,
    ) -> Timeline {
        let stay = |visit: &Visit| Stay {
            status: cast.named(visit.status_id),
            duration: duration(visit.seconds(now), lang),
            kept_from: replaced(visits, visit).map(|from| cast.named(from.status_id).name),
            can_be_voided: false,
            visit: visit.clone(),
        };
        let stays = visits
            .iter()
            .map(|visit| Item::Visit(Box::new(stay(visit))));
        let mut items: Vec<Item> = stays.chain(notes.into_iter().map(Item::Note)).collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.key()));
        let next = from.saturating_add(ENTRIES);
        let older = (items.len() > next).then_some(next);
        let mut items: Vec<Item> = items.into_iter().skip(from).take(ENTRIES).collect();
        for item in &mut items {
            if let Item::Visit(stay) = item {
                stay.can_be_voided = strike(visits, &[stay.visit.id], now).is_ok();
            }
        }
        Timeline {
            items,
            older,
            is_continued: from > 0,
        }
    }
}

/// The visit that ended because its status was replaced, if the age went on in this one.
fn replaced<'a>(visits: &'a [Visit], visit: &Visit) -> Option<&'a Visit> {
    let earlier = visits.iter().take_while(|earlier| earlier.id != visit.id);
    let before = earlier.filter(|earlier| earlier.stands()).last()?;
    let is_kept = visit.via == Via::Replace && before.entered_at == visit.entered_at;
    is_kept.then_some(before)
}

/// How long something lasted, in the largest unit that says enough.
pub fn duration(seconds: i64, lang: Lang) -> String {
    match seconds {
        86_400.. => lang.tn("moment-days", seconds / 86_400),
        3_600.. => lang.tn("lead-hours", seconds / 3_600),
        60.. => lang.tn("lead-minutes", seconds / 60),
        _ => lang.t("lead-under-a-minute").to_owned(),
    }
}

/// A change of a lead that is no move, note or void.
pub struct Change {
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

/// The changes that the log tells of, newest first.
pub fn changes(entries: &[Recorded], people: &People, lang: Lang) -> Vec<Change> {
    let told = entries.iter().filter_map(|entry| {
        let key = sentence(&entry.action)?;
        let who = shown_actor(&entry.actor, lang);
        Some(Change {
            sentence: Message::new(key).with("who", who).text(lang),
            at: entry.recorded_at,
            fields: fields(entry, people, lang),
        })
    });
    told.collect()
}

/// The catalogue key for an action; moves, notes and voids stand in the timeline.
fn sentence(action: &str) -> Option<&'static str> {
    Some(match action {
        "create" => "lead-change-create",
        "update" => "lead-change-update",
        "assign" => "lead-change-assign",
        "pause" => "lead-change-pause",
        "resume" => "lead-change-resume",
        "delete" => "lead-change-delete",
        "restore" => "lead-change-restore",
        _ => return None,
    })
}

fn fields(entry: &Recorded, people: &People, lang: Lang) -> Vec<FieldChange> {
    let (Some(before), Some(after)) = moments(entry) else {
        return Vec::new();
    };
    let words = |moment: &LeadSnapshot| -> Vec<(&'static str, String)> {
        let known = moment.fields();
        let known = known
            .iter()
            .flat_map(|fields| FIELDS.map(|field| (field, shown(fields, field, people, lang))));
        let paused = [("paused_until", paused(moment, lang))];
        known.chain(paused).collect()
    };
    let pairs = words(&before).into_iter().zip(words(&after));
    pairs
        .filter(|((_, old), (_, new))| old != new)
        .map(|((field, before), (_, after))| FieldChange {
            label: lang.t(label(field)),
            before,
            after,
        })
        .collect()
}

/// The users that entries of the log name as owners.
pub fn owners(entries: &[Recorded]) -> Vec<i64> {
    let both = entries.iter().flat_map(|entry| {
        let (before, after) = moments(entry);
        [before, after]
    });
    let mut ids: Vec<i64> = both.flatten().filter_map(|moment| moment.owner).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_said_in_the_largest_unit_that_says_enough() {
        let said = |seconds| duration(seconds, Lang::En);
        assert_eq!(said(59), "under a minute");
        assert_eq!(said(60), "1 minute");
        assert_eq!(said(2 * 3_600), "2 hours");
        assert_eq!(said(86_399), "23 hours");
        assert_eq!(said(12 * 86_400), "12 days");
    }
}
