use askama::Template;

use super::ages::AgesChart;
use super::history::History;
use super::list::{ActOn, acts_on};
use super::outcome::Outcome;
use crate::i18n::Lang;
use crate::money::{Currency, Money};
use crate::statuses::pages::LIST;
use crate::statuses::pages::back::with_back;
use crate::statuses::{Days, Headcount, Kind, LeadStatus, Occupancy, Role};
use crate::web::Page;

/// Where a status stands in the pipeline, between its neighbours.
pub struct Place {
    /// From 1.
    pub position: i64,
    pub total: i64,
    pub before: Option<LeadStatus>,
    pub after: Option<LeadStatus>,
}

impl Place {
    /// The place of a status in the pipeline; nothing if it isn't in it.
    pub fn of(pipeline: &[LeadStatus], id: i64) -> Option<Place> {
        let at = pipeline.iter().position(|status| status.id == id)?;
        let before = at.checked_sub(1).and_then(|at| pipeline.get(at));
        Some(Place {
            position: at as i64 + 1,
            total: pipeline.len() as i64,
            before: before.cloned(),
            after: pipeline.get(at + 1).cloned(),
        })
    }

    fn is_first(&self) -> bool {
        self.before.is_none()
    }

    fn is_last(&self) -> bool {
        self.after.is_none()
    }
}

/// The roles that a status holds: icon, and the key of what that means.
pub fn roles_of(status: &LeadStatus) -> Vec<(&'static str, &'static str)> {
    let told = status.roles().map(|role| match role {
        Role::Default => ("flag", "status-show-is-default"),
        Role::Converted => ("trophy", "status-show-is-converted"),
    });
    told.collect()
}

/// The sums of a head count as people read them, one for each currency.
pub fn sums(head: &Headcount, lang: Lang) -> Vec<String> {
    let sums = head.sums.iter().map(|(code, cents)| Money {
        cents: *cents,
        currency: Currency::stored(code),
    });
    sums.map(|sum| sum.text(lang)).collect()
}

/// One status, as a new rep reads it.
#[derive(Template)]
#[template(path = "statuses/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub status: LeadStatus,
    pub occupancy: Occupancy,
    pub place: Option<Place>,
    pub history: History,
    /// The list that it was opened from.
    pub back: String,
    /// The address of this status in the API.
    pub api: String,
    /// What was just done to it.
    pub outcome: Option<Outcome>,
    pub may_write: bool,
}

impl ShowPage {
    fn path(&self) -> String {
        format!("{LIST}/{}", self.status.id)
    }

    /// This page, to come back to.
    fn here(&self) -> String {
        with_back(&self.path(), &self.back)
    }

    fn edit(&self) -> String {
        with_back(&format!("{}/edit", self.path()), &self.here())
    }

    /// The page of a neighbour.
    fn path_of(&self, status: &LeadStatus) -> String {
        with_back(&format!("{LIST}/{}", status.id), &self.back)
    }

    /// How long a lead should stay and may stay, in a sentence.
    fn time(&self) -> String {
        let days = |days: Option<Days>| days.map(|days| i64::from(days.get()));
        let (target, limit) = (days(self.status.target_days), days(self.status.limit_days));
        let page = &self.page;
        match (self.status.kind, target, limit) {
            (Kind::Open, Some(target), Some(limit)) => {
                page.t2("status-show-time-both", "target", target, "limit", limit)
            }
            (Kind::Open, Some(target), None) => page.tn("status-show-time-target", target),
            (Kind::Open, None, Some(limit)) => page.tn("status-show-time-limit", limit),
            (Kind::Open, None, None) => page.t("status-show-time-none").to_owned(),
            _ => page.t("status-show-time-closed").to_owned(),
        }
    }

    /// True if a rep would learn nothing from this page yet.
    fn is_undefined(&self) -> bool {
        self.status.definition.is_empty()
            && self.status.enter_when.is_empty()
            && self.status.leave_when.is_empty()
    }

    /// What to do about that.
    fn prompt(&self) -> &'static str {
        if self.may_write {
            "status-show-undefined-write"
        } else {
            "status-show-undefined-read"
        }
    }

    /// What its leads are worth, one sum for each currency, the largest first, with the list of the leads behind it.
    fn sums(&self) -> Vec<(String, String)> {
        let codes = self.occupancy.head.sums.iter().map(|(code, _)| code);
        let hrefs = codes.map(|code| format!("{}&currency={code}&sort=-value", self.leads()));
        let sums = sums(&self.occupancy.head, self.page.lang);
        sums.into_iter().zip(hrefs).collect()
    }

    /// The list of the leads in it.
    fn leads(&self) -> String {
        format!("/admin/leads?status={}", self.status.id)
    }

    fn chart(&self) -> AgesChart {
        AgesChart::of(&self.occupancy.ages, self.page.now, self.page.lang)
    }

    /// What can be done to it.
    fn acts(&self) -> Vec<ActOn> {
        acts_on(&self.status)
    }
}
