//! The progress of a bulk action that runs in steps.

use askama::Template;

use crate::i18n::Message;
use crate::leads::domain::import_job::StoredMessage;
use crate::web::Page;

/// The progress of a bulk action, and in the end what it did and left out.
#[derive(Template)]
#[template(path = "leads/bulk_job.html")]
pub struct BulkJobPage {
    pub page: Page,
    pub id: i64,
    /// The list that the user came from.
    pub back: String,
    /// What is done to how many leads.
    pub heading: String,
    pub total: i64,
    /// Leads that were looked at.
    pub done: i64,
    /// Leads that were left out.
    pub skipped: i64,
    /// The sentence that says what the job did, once it has ended.
    pub outcome: Option<Message>,
    /// Path and name of the first leads that were left out, and why.
    pub left_out: Vec<(String, String, StoredMessage)>,
}

impl BulkJobPage {
    /// Why a lead was left out.
    fn text(&self, reason: &StoredMessage) -> String {
        reason.text(self.page.lang)
    }

    /// The number of left-out leads that are not named.
    fn hidden_leads(&self) -> i64 {
        self.skipped - self.left_out.len() as i64
    }
}
