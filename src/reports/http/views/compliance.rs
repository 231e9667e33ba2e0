//! The views of compliance.

use askama::Template;

use crate::reports::domain::compliance::{Compliance, FailingLead, StatusCompliance};
use crate::reports::http::paths::{COMPLIANCE_PATH, PIPELINE_PATH};
use crate::statuses::{LeadStatus, RuleLevel};
use crate::web::Page;

/// How many leads meet the rules of their status now.
#[derive(Template)]
#[template(path = "reports/compliance.html")]
pub struct CompliancePage {
    pub page: Page,
    pub figures: Compliance,
}

impl CompliancePage {
    /// The share as text; nothing without leads.
    fn share(&self, of: &StatusCompliance) -> String {
        let percent = of.share().map(|share| (share * 100.0).floor() as i64);
        percent.map_or(String::new(), |percent| format!("{percent}%"))
    }

    /// The page of the leads that don't meet the rules.
    fn failing_href(&self, of: &StatusCompliance) -> String {
        format!("{COMPLIANCE_PATH}/{}", of.status.id)
    }

    /// The statuses that have rules.
    fn ruled(&self) -> Vec<&StatusCompliance> {
        let statuses = self.figures.statuses.iter();
        statuses.filter(|of| !of.rules.is_empty()).collect()
    }
}

/// The leads of a status that don't meet its rules.
#[derive(Template)]
#[template(path = "reports/failing.html")]
pub struct FailingPage {
    pub page: Page,
    pub status: LeadStatus,
    /// The first ones.
    pub leads: Vec<FailingLead>,
}

impl FailingPage {
    /// The page of a status.
    pub fn new(page: Page, status: LeadStatus, leads: Vec<FailingLead>) -> FailingPage {
        FailingPage {
            page,
            status,
            leads,
        }
    }

    fn title(&self) -> String {
        let name = self.status.name.as_str();
        self.page.t1("compliance-failing-title", "status", name)
    }

    /// True if there may be more leads than are shown.
    fn is_cut(&self) -> bool {
        self.leads.len() as i64 >= crate::reports::actions::compliance::MAX_FAILING
    }

    fn href(&self, lead: &FailingLead) -> String {
        format!("/admin/leads/{}", lead.id)
    }
}
