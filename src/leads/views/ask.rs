use askama::Template;

use super::timeline::duration;
use crate::i18n::Message;
use crate::leads::pages::back::{WAY, path_of};
use crate::leads::voids;
use crate::leads::{Cast, Lead, NamedStatus, Relinked, Visit};
use crate::web::Page;

/// What voiding moves would do to a history.
pub struct Strike {
    pub cast: Cast,
    pub visits: Vec<Visit>,
    pub ids: Vec<i64>,
    pub changes: Vec<Relinked>,
}

/// A status that something is said about.
pub struct Line {
    pub status: NamedStatus,
    pub text: String,
}

impl Strike {
    fn visit(&self, id: i64) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.id == id)
    }

    /// Why it can't go back: where it would go is out of use, or being replaced.
    pub fn refusal(&self) -> Option<Message> {
        let reopened = self
            .changes
            .iter()
            .find(|change| change.left_at.is_none())?;
        let status = self.visit(reopened.id)?.status_id;
        voids::refusal(self.cast.status(status))
    }

    /// What becomes of each visit.
    fn lines(&self, page: &Page) -> Vec<Line> {
        let line = |change: &Relinked| {
            let visit = self.visit(change.id)?;
            Some(Line {
                status: self.cast.named(visit.status_id),
                text: self.outcome(change, visit, page),
            })
        };
        self.changes.iter().filter_map(line).collect()
    }

    fn outcome(&self, change: &Relinked, visit: &Visit, page: &Page) -> String {
        match (change.is_struck, change.left_at) {
            (true, _) => page.t("lead-ask-struck").to_owned(),
            (false, None) => {
                let clock = visit.clock_from.unwrap_or(visit.entered_at);
                let stood = page.now.seconds_since(clock).max(0);
                page.t1("lead-ask-back", "time", duration(stood, page.lang))
            }
            (false, Some(until)) => {
                let next = change.next_status_id.unwrap_or_default();
                let next = self.cast.named(next).name;
                let day = page.lang.datetime(until);
                page.t2("lead-ask-joined", "day", day, "status", next)
            }
        }
    }
}

/// What would happen to a lead, before it does.
#[derive(Template)]
#[template(path = "leads/ask.html")]
pub struct AskPage {
    pub page: Page,
    pub lead: Lead,
    pub heading: String,
    pub sentence: String,
    pub lines: Vec<Line>,
    /// Why it is refused, or was not done just now.
    pub why: Option<Message>,
    pub may_go_on: bool,
    /// Where the form leads.
    pub action: String,
    /// The visits that are meant.
    pub visits: Vec<i64>,
    pub button: &'static str,
    pub back: String,
}

impl AskPage {
    /// Before a lead goes into the bin.
    pub fn delete(page: Page, lead: Lead, back: String) -> AskPage {
        let name = lead.fields.name.as_str();
        AskPage {
            heading: page.t1("lead-one-ask-delete", "name", name),
            sentence: page.t("lead-ask-delete-about").to_owned(),
            lines: Vec::new(),
            why: None,
            may_go_on: true,
            action: format!("{}/delete", path_of(lead.id)),
            visits: Vec::new(),
            button: page.t("lead-one-delete"),
            page,
            lead,
            back,
        }
    }

    /// Before moves are voided.
    pub fn strike(
        page: Page,
        lead: Lead,
        strike: &Strike,
        why: Option<Message>,
        may_go_on: bool,
        back: String,
    ) -> AskPage {
        let count = strike.ids.len();
        AskPage {
            heading: page.tn("lead-ask-void", count),
            sentence: page.t("lead-ask-void-about").to_owned(),
            lines: strike.lines(&page),
            why,
            may_go_on,
            action: format!("{}/void", path_of(lead.id)),
            visits: strike.ids.clone(),
            button: page.t("lead-do-void"),
            page,
            lead,
            back,
        }
    }

    fn path(&self) -> String {
        path_of(self.lead.id)
    }

    fn list(&self) -> String {
        WAY.list_of(&self.back)
    }
}
