//! The page of one lead.

use askama::Template;

use crate::clock::DAY_SECONDS;
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::actions::likely_duplicates::LikelyDuplicate;
use crate::leads::actions::neighbours::Neighbours;
use crate::leads::actions::related_records::{NamedStatus, RelatedRecords};
use crate::leads::domain::display::extra_label;
use crate::leads::domain::handoff::OfferAnswer;
use crate::leads::domain::lead::{Lead, LeadField, LeadValue};
use crate::leads::domain::move_form::MoveForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::paths::{LIST_PATH, LeadLinks, RETURN_TO, lead_path_with_list};
use crate::leads::http::views::handoff::allowed_answers;
use crate::leads::http::views::offer::{OfferTag, offer_tag};
use crate::leads::http::views::progress::{ProgressStage, stages};
use crate::leads::http::views::timeline::Timeline;
use crate::records::field::{Field, FieldValues};
use crate::records::link::link;
use crate::statuses::State;
use crate::statuses::{Days, Kind, LeadStatus};
use crate::web::Page;

/// The form of the page as it was typed, for a move or a note, with its errors.
#[derive(Debug, Default)]
pub struct LeadPageForms {
    pub move_form: MoveForm,
    pub errors: FieldErrors,
    /// Why the action failed.
    pub why: Option<Message>,
}

impl LeadPageForms {
    fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// The page of a lead.
#[derive(Template)]
#[template(path = "leads/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub lead: Lead,
    pub lookup: RelatedRecords,
    pub rights: Rights,
    /// The users who can receive it.
    pub receivers: Vec<(i64, String)>,
    pub timeline: Timeline,
    /// The ids of two visits that look like a mistake.
    pub mistake: Option<[i64; 2]>,
    /// True if the user made these two moves just now.
    pub is_fresh_mistake: bool,
    /// The status that the form selects, from the URL.
    pub selected_status: Option<i64>,
    pub forms: LeadPageForms,
    /// The leads that are likely the same.
    pub duplicates: Vec<LikelyDuplicate>,
    /// The list that it was opened from.
    pub back: String,
    /// Its neighbours in that list, if the list is worked through lead by lead.
    pub neighbours: Option<Neighbours>,
    /// The URL of this lead in the API.
    pub api: String,
}

impl ShowPage {
    /// The URL of this page, to return to.
    fn url(&self) -> String {
        RETURN_TO.add_to(&self.lead.path(), &self.back)
    }

    /// A page below this one, which returns to it.
    fn child_href(&self, name: &str) -> String {
        RETURN_TO.add_to(&format!("{}/{name}", self.lead.path()), &self.url())
    }

    /// The form for a pause, which leads where the form of this page does.
    fn pause_href(&self) -> String {
        let next = self.next().map(|next| format!("&next={next}"));
        format!("{}{}", self.child_href("pause"), next.unwrap_or_default())
    }

    /// The id of the lead that follows, for the forms; empty behind the last one.
    fn next(&self) -> Option<String> {
        let next = self.neighbours?.next;
        Some(next.map(|id| id.to_string()).unwrap_or_default())
    }

    /// The page of another lead of the same list.
    fn neighbour_href(&self, id: &i64) -> String {
        lead_path_with_list(*id, &self.back)
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
        self.rights.can_edit(&self.lead) && !self.lead.is_in_bin()
    }

    /// The open offer in words.
    fn offer(&self) -> Option<OfferTag> {
        offer_tag(&self.page, &self.lookup, &self.lead, self.rights)
    }

    /// The id of the open offer, and the answers that the user may give.
    fn answers(&self) -> (i64, Vec<OfferAnswer>) {
        let offer = self
            .lookup
            .offer(&self.lead)
            .filter(|_| !self.lead.is_in_bin());
        offer.map_or((0, Vec::new()), |offer| {
            (offer.id, allowed_answers(offer, self.rights))
        })
    }

    /// The form for an answer that asks for more.
    fn answer_href(&self, answer: &OfferAnswer) -> String {
        let path = format!("{}/handoff", self.lead.path());
        RETURN_TO.add_to(&link(&path, [("answer", answer.as_str())]), &self.url())
    }

    fn is_paused(&self) -> bool {
        self.lead.is_paused(self.page.now)
    }

    fn state(&self) -> State {
        self.lookup.state(&self.lead, self.page.now)
    }

    /// The state with its days; `None` in a closed status.
    fn state_text(&self) -> Option<String> {
        let page = &self.page;
        let status = self.lookup.status(self.lead.status_id);
        let status = status.filter(|_| !self.lead.is_in_bin())?;
        let seconds = page.now.seconds_since(self.lead.clock_from).max(0);
        let days = seconds / DAY_SECONDS;
        let days_of = |key, limit: Option<Days>| match limit {
            Some(limit) => page.t2(key, "days", days, "most", i64::from(limit.get())),
            None => page.tn("moment-days", days),
        };
        let state = self.state();
        let days_text = match state {
            State::None => return None,
            State::Paused => {
                let day = self.lead.resumes_on.unwrap_or_default();
                return Some(page.t1("lead-show-paused", "day", page.lang.date(day)));
            }
            State::Stuck => days_of("lead-show-of-limit", status.limit_days),
            State::AtRisk | State::OnTrack => days_of("lead-show-of-target", status.target_days),
        };
        Some(format!("{} · {days_text}", page.t(state.key())))
    }

    /// The statuses that the lead can enter.
    fn targets(&self) -> Vec<&LeadStatus> {
        let mut others = self.lookup.in_use();
        others.retain(|status| status.id != self.lead.status_id);
        others
    }

    /// The id of the status that the form selects: that of the form or of the URL, else the next open one of the
    /// pipeline. One that is not open is never preselected.
    fn selected_id(&self) -> String {
        if self.forms.move_form.status.is_sent() {
            return self.forms.move_form.status.text().to_owned();
        }
        let targets = self.targets();
        let is_target = |id: &i64| targets.iter().any(|status| status.id == *id);
        if let Some(id) = self.selected_status.filter(is_target) {
            return id.to_string();
        }
        let current = self.lookup.status(self.lead.status_id);
        let position = current
            .filter(|current| !current.kind.is_closed())
            .and_then(|current| current.position);
        let next = targets.into_iter().find(|status| {
            position.is_some() && status.position > position && status.kind == Kind::Open
        });
        next.map(|next| next.id.to_string()).unwrap_or_default()
    }

    fn selected_target(&self) -> Option<&LeadStatus> {
        let selected = self.selected_id();
        let mut targets = self.targets().into_iter();
        targets.find(|status| status.id.to_string() == selected)
    }

    /// True if the form sets when the lead entered the status.
    fn has_entered_at(&self) -> bool {
        !self.forms.move_form.entered_at.text().is_empty()
    }

    /// The value of `data-guard`: what was refused is not saved yet.
    fn guard(&self) -> &'static str {
        let is_clean = self.forms.errors.is_empty() && self.forms.why.is_none();
        if is_clean { "" } else { "dirty" }
    }

    fn stages(&self) -> Vec<ProgressStage> {
        stages(&self.lookup, self.lead.status_id)
    }

    /// This page with the status of a stage selected in its form; nothing where the user can't move the lead there.
    fn stage_href(&self, stage: &ProgressStage) -> Option<String> {
        if stage.is_current || !self.can_edit() {
            return None;
        }
        let id = stage.id.to_string();
        let page = link(&self.lead.path(), [("to", id.as_str())]);
        Some(format!("{}#f-status", RETURN_TO.add_to(&page, &self.back)))
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

    /// Label and text of the extra fields.
    fn extra_facts(&self) -> Vec<(&str, String)> {
        let texts = self.lead.fields.extra.texts().into_iter();
        texts
            .map(|(name, text)| (extra_label(name, self.page.lang), text))
            .collect()
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
