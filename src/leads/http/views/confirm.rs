//! The confirmation page before a lead is deleted or its moves are voided.

use askama::Template;

use crate::i18n::Message;
use crate::leads::actions::related_records::{NamedStatus, RelatedRecords};
use crate::leads::actions::void as voids;
use crate::leads::domain::history::VisitChange;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::visit::Visit;
use crate::leads::http::paths::{LeadLinks, RETURN_TO};
use crate::leads::http::views::timeline::duration;
use crate::records::fields::Fields;
use crate::web::Page;

/// How voiding moves changes a history.
pub struct VoidPreview {
    pub lookup: RelatedRecords,
    pub visits: Vec<Visit>,
    pub ids: Vec<i64>,
    pub changes: Vec<VisitChange>,
}

/// A visit that changes, by its status, and how.
pub struct VisitEffect {
    pub status: NamedStatus,
    pub text: String,
}

impl VoidPreview {
    fn visit(&self, id: i64) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.id == id)
    }

    /// Why the lead can't return to the status before: it is archived, being replaced, or deleted.
    pub fn refusal(&self) -> Option<Message> {
        let reopened = self
            .changes
            .iter()
            .find(|change| change.left_at.is_none())?;
        let status = self.visit(reopened.id)?.status_id;
        voids::return_refusal(self.lookup.status(status))
    }

    /// The change of each visit, in words.
    fn effects(&self, page: &Page) -> Vec<VisitEffect> {
        let line = |change: &VisitChange| {
            let visit = self.visit(change.id)?;
            Some(VisitEffect {
                status: self.lookup.named_status(visit.status_id),
                text: self.effect_text(change, visit, page),
            })
        };
        self.changes.iter().filter_map(line).collect()
    }

    fn effect_text(&self, change: &VisitChange, visit: &Visit, page: &Page) -> String {
        match (change.is_voided, change.left_at) {
            (true, _) => page.t("lead-ask-struck").to_owned(),
            (false, None) => {
                let clock = visit.clock_from.unwrap_or(visit.entered_at);
                let seconds = page.now.seconds_since(clock).max(0);
                page.t1("lead-ask-back", "time", duration(seconds, page.lang))
            }
            (false, Some(until)) => {
                let next = change.next_status_id.unwrap_or_default();
                let next = self.lookup.named_status(next).name;
                let day = page.datetime(&until);
                page.t2("lead-ask-joined", "day", day, "status", next)
            }
        }
    }
}

/// The question before a change of a lead.
#[derive(Template)]
#[template(path = "leads/confirm.html")]
pub struct ConfirmPage {
    pub page: Page,
    pub lead: Lead,
    pub heading: String,
    pub sentence: String,
    pub effects: Vec<VisitEffect>,
    /// Why the change is refused, or failed.
    pub why: Option<Message>,
    pub can_confirm: bool,
    /// The address that the form is sent to.
    pub action: String,
    /// The visits to void.
    pub visits: Vec<i64>,
    pub button: &'static str,
    pub back: String,
    /// The id of the lead whose page follows, from the form; empty for the list.
    pub next: Option<String>,
}

impl ConfirmPage {
    /// The question before a lead is deleted.
    pub fn delete(page: Page, lead: Lead, fields: &Fields) -> ConfirmPage {
        let name = lead.fields.name.as_str();
        ConfirmPage {
            heading: page.t1("lead-one-ask-delete", "name", name),
            sentence: page.t("lead-ask-delete-about").to_owned(),
            effects: Vec::new(),
            why: None,
            can_confirm: true,
            action: format!("{}/delete", lead.path()),
            visits: Vec::new(),
            button: page.t("lead-one-delete"),
            back: RETURN_TO.read_or(fields, &lead.path()),
            next: fields.text("next").map(str::to_owned),
            page,
            lead,
        }
    }

    /// The question before moves are voided.
    pub fn void(
        page: Page,
        lead: Lead,
        preview: &VoidPreview,
        why: Option<Message>,
        can_confirm: bool,
        back: String,
    ) -> ConfirmPage {
        let count = preview.ids.len();
        ConfirmPage {
            heading: page.tn("lead-ask-void", count),
            sentence: page.t("lead-ask-void-about").to_owned(),
            effects: preview.effects(&page),
            why,
            can_confirm,
            action: format!("{}/void", lead.path()),
            visits: preview.ids.clone(),
            button: page.t("lead-do-void"),
            page,
            lead,
            back,
            next: None,
        }
    }
}
