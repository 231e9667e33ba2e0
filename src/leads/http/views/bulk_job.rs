//! The progress of a bulk action that runs in steps.

use askama::Template;

use crate::i18n::Message;
use crate::leads::domain::import_job::StoredMessage;
use crate::web::Page;

/// The progress of a bulk action, and in the end what it did, and the leads that it skipped.
#[derive(Template)]
#[template(path = "leads/bulk_job.html")]
pub struct BulkJobPage {
    pub page: Page,
    pub id: i64,
    /// The list that the user came from.
    pub back: String,
    /// The action and the number of leads.
    pub heading: String,
    pub total: i64,
    /// Leads that were looked at.
    pub done: i64,
    /// The number of leads that it skipped.
    pub skipped_count: i64,
    /// The sentence that says what the job did, once it has ended.
    pub outcome: Option<Message>,
    /// Path and name of the first leads that it skipped, and why.
    pub skipped: Vec<(String, String, StoredMessage)>,
}

impl BulkJobPage {
    /// Why a lead was skipped.
    fn text(&self, reason: &StoredMessage) -> String {
        reason.text(self.page.lang)
    }

    /// The number of skipped leads that are not named.
    fn hidden_leads(&self) -> i64 {
        self.skipped_count - self.skipped.len() as i64
    }
}
