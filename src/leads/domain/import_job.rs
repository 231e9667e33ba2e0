//! An import job: what it imports, who works on it, and its progress.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::i18n::{Arg, Lang, Message};
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::import_options::ImportOptions;
use crate::money::Currency;

/// The length of a lease, by the lease clock.
const LEASE_SECONDS: i64 = 10;

/// The numbers of leads that an import creates, changes and doesn't change; for visits, of the leads whose histories it
/// changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub created: usize,
    pub changed: usize,
    pub same: usize,
    /// Unchanged, since they are in the bin.
    pub in_bin: usize,
}

/// A job that is about to start.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub dataset: Dataset,
    pub filename: String,
    pub mapping: String,
    pub options: ImportOptions,
    pub currency: Option<Currency>,
    /// The reason for overriding the rules of statuses for all rows.
    pub override_reason: Option<String>,
    /// The digest of file, mapping, currency and options: jobs with the same digest do the same.
    pub digest: String,
    /// The start of the import: no date may be later.
    pub started_at: Timestamp,
}

/// A job with its progress.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    /// `None` for the command line.
    pub user_id: Option<i64>,
    pub actor: String,
    pub request_id: String,
    pub batch_id: i64,
    pub dataset: Dataset,
    pub filename: String,
    /// The file in the data directory of a server, for jobs of an earlier schema; else empty.
    pub file: String,
    pub mapping: String,
    pub options: ImportOptions,
    pub currency: Option<Currency>,
    pub override_reason: Option<String>,
    pub digest: Option<String>,
    pub started_at: Timestamp,
    pub rows_total: i64,
    pub rows_done: i64,
    /// Rows of leads, or histories, that are done.
    pub items_done: i64,
    pub counts: ImportCounts,
    /// Rows that the job skipped.
    pub skipped_rows: i64,
    pub problem: Option<String>,
    /// True once the whole file is stored and every row was checked: from then on the job is always finished.
    pub is_ready: bool,
    pub holder: LeaseHolder,
    pub lease_until: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl Job {
    /// The reason why it ended early.
    pub fn problem(&self) -> Option<StoredMessage> {
        serde_json::from_str(self.problem.as_deref()?).ok()
    }

    /// True once it has ended.
    pub fn is_finished(&self) -> bool {
        self.finished_at.is_some()
    }

    /// True while its lease is in force, by the lease clock.
    pub fn is_worked_on(&self, now: Timestamp) -> bool {
        is_in_force(self.lease_until, now)
    }

    /// True if it does the same as a new job.
    pub fn is_same_as(&self, new: &NewJob) -> bool {
        self.digest.as_ref() == Some(&new.digest)
    }

    /// True if its lease was renewed, or another run took it over, since `before` was read.
    pub fn is_renewed_since(&self, before: &Job) -> bool {
        (&self.holder, self.lease_until) != (&before.holder, before.lease_until)
    }
}

/// The result of one chunk of a job.
#[derive(Debug, Clone, Default)]
pub struct ChunkResult {
    pub items: usize,
    pub rows: usize,
    pub counts: ImportCounts,
    /// Rows that were skipped.
    pub skipped_rows: usize,
    /// Their problems.
    pub problems: Vec<SkippedLine>,
}

/// A line that passed the check and was refused when it was applied.
#[derive(Debug, Clone, PartialEq)]
pub struct SkippedLine {
    pub line: usize,
    /// The field with the problem; `None` for the whole line.
    pub field: Option<String>,
    pub reason: StoredMessage,
}

impl SkippedLine {
    /// A line with its stored reason; nothing if that can't be read.
    pub fn stored(line: usize, field: Option<String>, reason: &str) -> Option<SkippedLine> {
        let reason = serde_json::from_str(reason).ok()?;
        Some(SkippedLine {
            line,
            field,
            reason,
        })
    }
}

/// A message as stored in the database, with the tag of earlier versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename = "error")]
pub struct StoredMessage {
    key: String,
    args: Vec<(String, Arg)>,
}

impl StoredMessage {
    /// The sentence in a language.
    pub fn text(&self, lang: Lang) -> String {
        lang.format_owned(&self.key, &self.args)
    }

    /// The text that is stored.
    ///
    /// # Errors
    /// [`Error::Internal`] if it can't be written.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::internal)
    }
}

impl From<Message> for StoredMessage {
    fn from(message: Message) -> StoredMessage {
        let args = message.args.into_iter();
        StoredMessage {
            key: message.key.to_owned(),
            args: args.map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}

/// The run of a job that holds its lease: process id, host name and a unique number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaseHolder(String);

impl LeaseHolder {
    /// A holder as stored.
    pub fn stored(name: String) -> LeaseHolder {
        LeaseHolder(name)
    }

    /// The text that is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The process id and the host name.
    pub fn process_and_host(&self) -> Option<(&str, &str)> {
        let mut words = self.0.split(' ');
        Some((words.next()?, words.next()?))
    }

    /// The end of a lease that is renewed now.
    pub fn lease_end(now: Timestamp) -> Timestamp {
        now.plus_seconds(LEASE_SECONDS)
    }
}

/// True if a lease is in force. One that ends later than any lease can was written before the clock was set back.
pub fn is_in_force(until: Timestamp, now: Timestamp) -> bool {
    now < until && until <= now.plus_seconds(LEASE_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_expires_and_one_from_the_future_is_invalid() {
        let now = Timestamp(1_000_000_000);
        let until = LeaseHolder::lease_end(now);
        assert!(is_in_force(until, now));
        assert!(!is_in_force(until, now.plus_seconds(LEASE_SECONDS)));
        assert!(!is_in_force(until, now.plus_seconds(-1)));
        assert!(!is_in_force(Timestamp(0), now));
    }

    #[test]
    fn a_stored_message_has_the_form_of_earlier_versions() {
        let message = Message::new("lead-import-meanwhile").with("line", 2usize);
        let stored = StoredMessage::from(message);
        let json = stored.to_json().unwrap();
        assert!(
            json.starts_with(r#"{"kind":"error","key":"lead-import-meanwhile","args":[["line","#),
            "{json}"
        );
        let earlier = json.replace("]]}", r#"]],"batch":null}"#);
        assert_eq!(
            serde_json::from_str::<StoredMessage>(&earlier).unwrap(),
            stored
        );
    }
}
