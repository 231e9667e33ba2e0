//! The progress of a bulk action that runs in steps.

use askama::Template;

use crate::i18n::Message;
use crate::leads::actions::bulk_jobs::{BulkJob, LeftOutLead};
use crate::leads::http::paths::lead_path;
use crate::web::Page;

/// The progress of a bulk action, and in the end what it did and left out.
#[derive(Template)]
#[template(path = "leads/bulk_job.html")]
pub struct BulkJobPage {
    pub page: Page,
    pub job: BulkJob,
    /// What was done.
    pub message: Message,
    /// The first leads that were left out.
    pub left_out: Vec<LeftOutLead>,
}

impl BulkJobPage {
    /// The page of a job, with what it did and left out.
    pub fn of(page: Page, (job, message, left_out): (BulkJob, Message, Vec<LeftOutLead>)) -> Self {
        BulkJobPage {
            page,
            job,
            message,
            left_out,
        }
    }

    fn heading(&self) -> String {
        self.page.tn("lead-bulk-job-title", self.job.total)
    }

    fn path(&self, lead: &LeftOutLead) -> String {
        lead_path(lead.id)
    }

    /// Why a lead was left out.
    fn reason(&self, lead: &LeftOutLead) -> String {
        lead.reason.text(self.page.lang)
    }

    /// The number of left-out leads that are not named.
    fn hidden_leads(&self) -> i64 {
        self.job.left_out - self.left_out.len() as i64
    }
}
