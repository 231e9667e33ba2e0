//! The view of one status.

use askama::Template;

use crate::records::field::{Field, FieldValues};
use crate::statuses::domain::days::Days;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::rules::new_leads_warning;
use crate::statuses::domain::stats::StatusStats;
use crate::statuses::domain::status::{LeadStatus, StatusField, StatusValue};
use crate::statuses::http::paths::{RETURN_TO, StatusLinks};
use crate::statuses::http::views::ages::AgeChart;
use crate::statuses::http::views::history::History;
use crate::statuses::http::views::list::ActionButton;
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::statuses::http::views::versions::VersionView;
use crate::web::Page;

/// The position of a status in the pipeline, with its neighbours.
pub struct PipelinePosition {
    /// From 1.
    pub position: i64,
    pub total: i64,
    pub before: Option<LeadStatus>,
    pub after: Option<LeadStatus>,
}

impl PipelinePosition {
    /// The position of a status; nothing if the pipeline doesn't contain it.
    pub fn of(pipeline: &[LeadStatus], id: i64) -> Option<PipelinePosition> {
        let index = pipeline.iter().position(|status| status.id == id)?;
        let before = index.checked_sub(1).and_then(|before| pipeline.get(before));
        Some(PipelinePosition {
            position: index as i64 + 1,
            total: pipeline.len() as i64,
            before: before.cloned(),
            after: pipeline.get(index + 1).cloned(),
        })
    }
}

/// The roles of a status: icon and catalogue key.
pub fn roles_of(status: &LeadStatus) -> Vec<(&'static str, &'static str)> {
    let roles = status.roles().map(|role| match role {
        Role::Default => ("flag", "status-show-is-default"),
        Role::Converted => ("trophy", "status-show-is-converted"),
    });
    roles.collect()
}

/// Target and limit of an open status as a sentence; nothing for another status, and without both.
pub fn time_sentence(status: &LeadStatus, page: &Page) -> Option<String> {
    let days = |days: Option<Days>| days.map(|days| i64::from(days.get()));
    match (days(status.target_days), days(status.limit_days)) {
        _ if status.kind != Kind::Open => None,
        (Some(target), Some(limit)) => {
            Some(page.t2("status-show-time-both", "target", target, "limit", limit))
        }
        (Some(target), None) => Some(page.tn("status-show-time-target", target)),
        (None, Some(limit)) => Some(page.tn("status-show-time-limit", limit)),
        (None, None) => None,
    }
}

/// The page of one status.
#[derive(Template)]
#[template(path = "statuses/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub status: LeadStatus,
    pub stats: StatusStats,
    pub position: Option<PipelinePosition>,
    pub history: History,
    /// The address of the list that it was opened from.
    pub back: String,
    /// The address of this status in the API.
    pub api: String,
    /// The result of the batch just done.
    pub outcome: Option<BatchOutcome>,
    pub can_write: bool,
    /// The versions of its definition, the newest first.
    pub versions: Vec<VersionView>,
    /// The statuses that leads can come from, by name; nothing if they can come from anywhere.
    pub origins: String,
    /// The hand-off in words.
    pub handoff: Vec<String>,
}

impl ShowPage {
    /// Label and text of the filled fields that are one line of text, besides the name.
    fn plain_facts(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_shown_elsewhere =
            |field: &StatusField| matches!(field, StatusField::Name | StatusField::Definition);
        let fields = StatusField::ALL
            .iter()
            .filter(move |field| !is_shown_elsewhere(field));
        fields.filter_map(|field| match self.status.fields.value(*field) {
            StatusValue::Text(text) if !text.is_empty() => Some((self.page.t(field.label()), text)),
            _ => None,
        })
    }

    /// The address of this page, as a return address.
    fn address(&self) -> String {
        RETURN_TO.add_to(&self.status.path(), &self.back)
    }

    fn edit(&self) -> String {
        RETURN_TO.add_to(&format!("{}/edit", self.status.path()), &self.address())
    }

    /// The page of a neighbour.
    fn path_of(&self, status: &LeadStatus) -> String {
        RETURN_TO.add_to(&status.path(), &self.back)
    }

    /// Target and limit as a sentence.
    fn time(&self) -> String {
        let key = match self.status.kind {
            Kind::Open => "status-show-time-none",
            _ => "status-show-time-closed",
        };
        time_sentence(&self.status, &self.page).unwrap_or_else(|| self.page.t(key).to_owned())
    }

    /// A warning that its rules hold back new leads.
    fn new_leads_warning(&self) -> Option<String> {
        let warning = new_leads_warning(&self.status)?;
        Some(warning.text(self.page.lang))
    }

    /// True if definition and criteria are empty.
    fn is_undefined(&self) -> bool {
        self.status.definition.is_empty()
            && self.status.enter_when.is_empty()
            && self.status.leave_when.is_empty()
    }

    /// The catalogue key of the hint for a status without a definition.
    fn prompt(&self) -> &'static str {
        if self.can_write {
            "status-show-undefined-write"
        } else {
            "status-show-undefined-read"
        }
    }

    /// The value of its leads by currency, largest first, with the address of the list of these leads.
    fn sums(&self) -> Vec<(String, String)> {
        let codes = self.stats.counts.totals.sums.iter().map(|(code, _)| code);
        let hrefs = codes.map(|code| format!("{}&currency={code}&sort=-value", self.leads()));
        let sums = self.stats.counts.totals.sum_texts(self.page.lang);
        sums.into_iter().zip(hrefs).collect()
    }

    /// The address of the list of its leads.
    fn leads(&self) -> String {
        format!("/admin/leads?status={}", self.status.id)
    }

    fn chart(&self) -> AgeChart {
        AgeChart::of(&self.stats.ages, self.page.now, self.page.lang)
    }
}
