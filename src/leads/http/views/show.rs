//! The page of one lead.

use askama::Template;

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::actions::name_lookup::{NameLookup, NamedStatus};
use crate::leads::domain::lead::{Lead, LeadField, LeadValue};
use crate::leads::domain::move_form::MoveForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::paths::{LIST_PATH, LeadLinks, RETURN_TO};
use crate::leads::http::views::timeline::{LoggedChange, Timeline};
use crate::records::field::{Field, FieldValues};
use crate::records::link::link;
use crate::statuses::State;
use crate::statuses::{Days, Kind, LeadStatus};
use crate::web::{FormValue, Page};

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// The forms of the page as they were typed, with their errors.
#[derive(Debug, Default)]
pub struct LeadPageForms {
    pub move_form: MoveForm,
    pub move_errors: FieldErrors,
    pub note: FormValue,
    pub note_errors: FieldErrors,
    /// Why the action failed.
    pub why: Option<Message>,
}

impl LeadPageForms {
    fn is_refused(&self) -> bool {
        !self.move_errors.is_empty() || !self.note_errors.is_empty()
    }
}

/// The state of a lead as a tag.
pub struct StateTag {
    pub tone: &'static str,
    pub icon: &'static str,
    pub text: String,
}

/// The page of a lead.
#[derive(Template)]
#[template(path = "leads/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub lead: Lead,
    pub lookup: NameLookup,
    pub rights: Rights,
    pub timeline: Timeline,
    pub changes: Vec<LoggedChange>,
    /// The ids of two visits that look like a mistake.
    pub mistake: Option<[i64; 2]>,
    /// True if the user made these two moves just now.
    pub is_fresh_mistake: bool,
    pub forms: LeadPageForms,
    /// The list that it was opened from.
    pub back: String,
    /// The URL of this lead in the API.
    pub api: String,
}

impl ShowPage {
    /// The URL of this page, to return to.
    fn here(&self) -> String {
        RETURN_TO.add_to(&self.lead.path(), &self.back)
    }

    /// A page below this one, which returns here.
    fn child_href(&self, name: &str) -> String {
        RETURN_TO.add_to(&format!("{}/{name}", self.lead.path()), &self.here())
    }

    /// This page without the newest `from` entries.
    fn older_href(&self, from: &usize) -> String {
        let from = from.to_string();
        let page = link(&self.lead.path(), [("from", from.as_str())]);
        RETURN_TO.add_to(&page, &self.back)
    }

    fn status(&self) -> NamedStatus {
        self.lookup.named_status(self.lead.status_id)
    }

    fn status_path(&self, id: &i64) -> String {
        format!("/admin/leads/statuses/{id}")
    }

    /// True if the user may edit the lead now.
    fn can_edit(&self) -> bool {
        self.rights.can_edit(&self.lead) && !self.lead.is_deleted()
    }

    fn is_paused(&self) -> bool {
        self.lead.is_paused(self.page.now)
    }

    fn state(&self) -> State {
        self.lookup.state(&self.lead, self.page.now)
    }

    /// The state with its days; `None` in a closed status.
    fn state_tag(&self) -> Option<StateTag> {
        let page = &self.page;
        let status = self.lookup.status(self.lead.status_id);
        let status = status.filter(|_| !self.lead.is_deleted())?;
        let seconds = page.now.seconds_since(self.lead.clock_from).max(0);
        let days = seconds / DAY_SECONDS;
        let measured = |key, limit: Option<Days>| match limit {
            Some(limit) => page.t2(key, "days", days, "most", i64::from(limit.get())),
            None => page.tn("moment-days", days),
        };
        let state = self.state();
        let (tone, icon, days_text) = match state {
            State::None => return None,
            State::Paused => {
                let day = self.lead.resumes_on.unwrap_or_default();
                let text = page.t1("lead-show-paused", "day", page.lang.date(day));
                let (tone, icon) = ("accent", "circle-pause");
                return Some(StateTag { tone, icon, text });
            }
            State::Stuck => {
                let days_text = measured("lead-show-of-limit", status.limit_days);
                ("danger", "triangle-alert", days_text)
            }
            State::AtRisk => {
                let days_text = measured("lead-show-of-target", status.target_days);
                ("warn", "clock", days_text)
            }
            State::OnTrack => {
                let days_text = measured("lead-show-of-target", status.target_days);
                ("ok", "circle-check", days_text)
            }
        };
        let text = format!("{} · {days_text}", page.t(state.key()));
        Some(StateTag { tone, icon, text })
    }

    /// The statuses that the lead can enter.
    fn targets(&self) -> Vec<&LeadStatus> {
        let mut others = self.lookup.in_use();
        others.retain(|status| status.id != self.lead.status_id);
        others
    }

    /// The status that the form selects: the one that was sent, else the next one of the pipeline.
    fn chosen_id(&self) -> String {
        if self.forms.move_form.status.is_sent() {
            return self.forms.move_form.status.text().to_owned();
        }
        let current = self.lookup.status(self.lead.status_id);
        let is_under_way = |kind| matches!(kind, Kind::Open | Kind::Paused);
        let place = current
            .filter(|current| is_under_way(current.kind))
            .and_then(|current| current.position);
        let next = self.targets().into_iter().find(|status| {
            place.is_some()
                && status.position > place
                && !matches!(status.kind, Kind::Lost | Kind::Junk)
        });
        next.map(|next| next.id.to_string()).unwrap_or_default()
    }

    fn chosen_status(&self) -> Option<&LeadStatus> {
        let chosen = self.chosen_id();
        let mut targets = self.targets().into_iter();
        targets.find(|status| status.id.to_string() == chosen)
    }

    /// True if the form sets when the lead entered the status.
    fn has_entered_at(&self) -> bool {
        !self.forms.move_form.entered_at.text().is_empty()
    }

    /// The value of `data-guard` of the move form: a refused move is not saved yet.
    fn move_guard(&self) -> &'static str {
        let is_clean = self.forms.move_errors.is_empty() && self.forms.why.is_none();
        if is_clean { "" } else { "dirty" }
    }

    /// The value of `data-guard` of the note form.
    fn note_guard(&self) -> &'static str {
        if self.forms.note_errors.is_empty() {
            ""
        } else {
            "dirty"
        }
    }

    fn value(&self) -> Option<String> {
        let money = self.lead.fields.money()?;
        Some(money.text(self.page.lang))
    }

    /// Label and text of the filled fields that are shown without a link.
    fn plain_facts(&self) -> impl Iterator<Item = (&str, &str)> {
        let linked = [
            LeadField::Name,
            LeadField::Company,
            LeadField::Email,
            LeadField::Phone,
            LeadField::Source,
            LeadField::Currency,
        ];
        let plain = LeadField::ALL
            .iter()
            .filter(move |field| !linked.contains(field));
        plain.filter_map(|field| match self.lead.fields.value(*field) {
            LeadValue::Text(text) if !text.is_empty() => Some((self.page.t(field.label()), text)),
            _ => None,
        })
    }

    fn mailto(&self) -> String {
        let address = self.lead.fields.email.as_str().as_bytes();
        let encoded: String = form_urlencoded::byte_serialize(address).collect();
        format!("mailto:{encoded}")
    }

    /// The e-mail address in the parts between which a line may break.
    fn email_parts(&self) -> impl Iterator<Item = &str> {
        let address = self.lead.fields.email.as_str();
        address.split_inclusive(['@', '.'])
    }

    fn tel(&self) -> String {
        let phone = self.lead.fields.phone.as_str();
        let dialled = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+');
        format!("tel:{}", dialled.collect::<String>())
    }

    /// The leads of the same owner.
    fn owner_leads(&self) -> String {
        let owner = self.lead.fields.owner;
        let owner = owner.map(|owner| owner.to_string()).unwrap_or_default();
        link(LIST_PATH, [("owner", owner.as_str())])
    }

    /// The leads from the same source.
    fn source_leads(&self) -> String {
        link(LIST_PATH, [("source", self.lead.fields.source.as_str())])
    }
}
