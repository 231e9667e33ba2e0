use askama::Template;

use super::timeline::{Change, Timeline};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::act_forms::MoveForm;
use crate::leads::pages::LIST;
use crate::leads::pages::back::{WAY, path_of};
use crate::leads::{Cast, Lead, NamedStatus, Rights, State};
use crate::statuses::{Days, Kind, LeadStatus};
use crate::web::{Page, Raw, link};

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// What was typed in the forms of the page, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Acting {
    pub moving: MoveForm,
    pub move_errors: FieldErrors,
    pub note: Raw,
    pub note_errors: FieldErrors,
    /// Why nothing was done.
    pub why: Option<Message>,
}

impl Acting {
    fn is_refused(&self) -> bool {
        !self.move_errors.is_empty() || !self.note_errors.is_empty()
    }
}

/// The state of a lead as a tag: tone, icon and words.
pub struct StateTag {
    pub tone: &'static str,
    pub icon: &'static str,
    pub text: String,
}

/// One lead.
#[derive(Template)]
#[template(path = "leads/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub lead: Lead,
    pub cast: Cast,
    pub rights: Rights,
    pub timeline: Timeline,
    pub changes: Vec<Change>,
    /// The two moves that look like a mistake.
    pub mistake: Option<[i64; 2]>,
    /// True if they were made by the one who looks, just now.
    pub is_fresh_mistake: bool,
    pub acting: Acting,
    /// The list that it was opened from.
    pub back: String,
    /// The address of this lead in the API.
    pub api: String,
}

impl ShowPage {
    fn path(&self) -> String {
        path_of(self.lead.id)
    }

    /// This page, to come back to.
    fn here(&self) -> String {
        WAY.with_back(&self.path(), &self.back)
    }

    /// A page of this lead that comes back here.
    fn below(&self, name: &str) -> String {
        WAY.with_back(&format!("{}/{name}", self.path()), &self.here())
    }

    /// This page with the entries after the newest `from`.
    fn further(&self, from: &usize) -> String {
        let from = from.to_string();
        let page = link(&self.path(), &[("from", from.as_str())]);
        WAY.with_back(&page, &self.back)
    }

    fn status(&self) -> NamedStatus {
        self.cast.named(self.lead.status_id)
    }

    fn status_path(&self, id: &i64) -> String {
        format!("/admin/leads/statuses/{id}")
    }

    /// True if this person may act on it now.
    fn may_act(&self) -> bool {
        self.rights.may_touch(&self.lead) && !self.lead.is_deleted()
    }

    fn is_paused(&self) -> bool {
        self.lead.is_paused(self.page.now)
    }

    fn state(&self) -> State {
        self.cast.state(&self.lead, self.page.now)
    }

    /// How it stands, in a word and its days; nothing in a closed status.
    fn tag(&self) -> Option<StateTag> {
        let page = &self.page;
        let status = self.cast.status(self.lead.status_id);
        let status = status.filter(|_| !self.lead.is_deleted())?;
        let seconds = page.now.seconds_since(self.lead.clock_from).max(0);
        let days = seconds / DAY_SECONDS;
        let measured = |key, limit: Option<Days>| match limit {
            Some(limit) => page.t2(key, "days", days, "most", i64::from(limit.get())),
            None => page.tn("moment-days", days),
        };
        let state = self.state();
        let (tone, icon, said) = match state {
            State::None => return None,
            State::Paused => {
                let until = self.lead.paused_until.unwrap_or_default();
                let text = page.t1("lead-show-paused", "day", page.lang.date(until));
                let (tone, icon) = ("accent", "circle-pause");
                return Some(StateTag { tone, icon, text });
            }
            State::Stuck => {
                let said = measured("lead-show-of-limit", status.limit_days);
                ("danger", "triangle-alert", said)
            }
            State::AtRisk => {
                let said = measured("lead-show-of-target", status.target_days);
                ("warn", "clock", said)
            }
            State::OnTrack => {
                let said = measured("lead-show-of-target", status.target_days);
                ("ok", "circle-check", said)
            }
        };
        let text = format!("{} · {said}", page.t(state.key()));
        Some(StateTag { tone, icon, text })
    }

    /// The statuses that it can be moved to.
    fn targets(&self) -> Vec<&LeadStatus> {
        let mut others = self.cast.in_use();
        others.retain(|status| status.id != self.lead.status_id);
        others
    }

    /// The status that is chosen in the form: what was typed, else the next one of the pipeline.
    fn chosen(&self) -> String {
        if self.acting.moving.status.is_sent() {
            return self.acting.moving.status.text().to_owned();
        }
        let current = self.cast.status(self.lead.status_id);
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
        let chosen = self.chosen();
        let mut targets = self.targets().into_iter();
        targets.find(|status| status.id.to_string() == chosen)
    }

    /// True if the form says when it happened.
    fn is_earlier(&self) -> bool {
        !self.acting.moving.entered_at.text().is_empty()
    }

    /// The words for `data-guard` of the form that moves it: what came back isn't done yet.
    fn move_guard(&self) -> &'static str {
        let is_clean = self.acting.move_errors.is_empty() && self.acting.why.is_none();
        if is_clean { "" } else { "dirty" }
    }

    /// The same for a note.
    fn note_guard(&self) -> &'static str {
        if self.acting.note_errors.is_empty() {
            ""
        } else {
            "dirty"
        }
    }

    fn value(&self) -> Option<String> {
        let money = self.lead.fields.money()?;
        Some(money.text(self.page.lang))
    }

    fn mailto(&self) -> String {
        let address = self.lead.fields.email.as_str().as_bytes();
        let encoded: String = form_urlencoded::byte_serialize(address).collect();
        format!("mailto:{encoded}")
    }

    /// The address in the parts between which a line may break.
    fn mail_parts(&self) -> impl Iterator<Item = &str> {
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
        link(LIST, &[("owner", owner.as_str())])
    }

    /// The leads from the same source.
    fn source_leads(&self) -> String {
        link(LIST, &[("source", self.lead.fields.source.as_str())])
    }
}
