//! The form that answers an offer, and the page of the leads that wait for a user.

use askama::Template;

use crate::error::FieldErrors;
use crate::leads::actions::related_records::{NamedStatus, RelatedRecords};
use crate::leads::actions::waiting::WaitingLeads;
use crate::leads::domain::answer_form::AnswerForm;
use crate::leads::domain::handoff::{Offer, OfferAnswer};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::http::paths::{LIST_PATH, LeadLinks, OFFERS_PATH, RETURN_TO};
use crate::leads::http::views::offer::{OfferTag, offer_tag};
use crate::records::fields::Fields;
use crate::records::link::link;
use crate::web::Page;

/// The data of the form.
pub struct AnswerData {
    pub lead: Lead,
    pub offer: Offer,
    /// The reasons to choose from.
    pub reasons: Vec<String>,
    pub lookup: RelatedRecords,
    pub rights: Rights,
}

/// The form that answers an offer.
#[derive(Template)]
#[template(path = "leads/handoff.html")]
pub struct AnswerPage {
    page: Page,
    data: AnswerData,
    typed: AnswerForm,
    errors: FieldErrors,
    back: String,
}

impl AnswerPage {
    /// The form, which returns to the page it was opened from.
    pub fn new(
        page: Page,
        data: AnswerData,
        typed: AnswerForm,
        errors: FieldErrors,
        fields: &Fields,
    ) -> AnswerPage {
        AnswerPage {
            back: RETURN_TO.read_or(fields, &data.lead.path()),
            page,
            data,
            typed,
            errors,
        }
    }

    fn heading(&self) -> String {
        let key = match self.typed.selected_answer() {
            Some(OfferAnswer::Reject) => "offer-reject-title",
            Some(OfferAnswer::Recycle) => "offer-recycle-title",
            _ => "offer-answer-title",
        };
        self.page
            .t1(key, "name", self.data.lead.fields.name.as_str())
    }

    /// The answers that this form offers: the chosen one that asks for more, else all that the user may give.
    fn answers(&self) -> Vec<OfferAnswer> {
        let mut answers = allowed_answers(&self.data.offer, self.data.rights);
        let selected = self.typed.selected_answer();
        if let Some(answer) = selected.filter(|answer| answer.needs_reason()) {
            answers.retain(|other| *other == answer);
        }
        answers
    }

    fn offer_tag(&self) -> Option<OfferTag> {
        let data = &self.data;
        offer_tag(&self.page, &data.lookup, &data.lead, data.rights)
    }

    fn action(&self) -> String {
        format!("{}/handoff", self.data.lead.path())
    }

    /// What an answer does, in one sentence.
    fn about(&self, answer: &OfferAnswer) -> &'static str {
        self.page.t(match answer {
            OfferAnswer::Accept => "offer-accept-about",
            OfferAnswer::Reject => "offer-reject-about",
            OfferAnswer::Recycle => "offer-recycle-about",
            OfferAnswer::Withdraw => "offer-withdraw-about",
        })
    }
}

/// The answers that a user may give.
pub fn allowed_answers(offer: &Offer, rights: Rights) -> Vec<OfferAnswer> {
    let all = OfferAnswer::ALL.into_iter();
    all.filter(|answer| offer.allows(*answer, rights)).collect()
}

/// The page of the leads that wait for a user.
#[derive(Template)]
#[template(path = "leads/offers.html")]
pub struct WaitingPage {
    pub page: Page,
    pub waiting: WaitingLeads,
    pub rights: Rights,
}

impl WaitingPage {
    fn status(&self, lead: &Lead) -> NamedStatus {
        self.waiting.lookup.named_status(lead.status_id)
    }

    fn owner(&self, lead: &Lead) -> &str {
        let owner = self.waiting.lookup.owner(lead);
        owner.unwrap_or(self.page.t("lead-owner-nobody"))
    }

    fn offer_tag(&self, lead: &Lead) -> Option<OfferTag> {
        offer_tag(&self.page, &self.waiting.lookup, lead, self.rights)
    }

    fn answers(&self, lead: &Lead) -> Vec<OfferAnswer> {
        let offer = self.waiting.lookup.offer(lead);
        offer.map_or_else(Vec::new, |offer| allowed_answers(offer, self.rights))
    }

    fn offer_id(&self, lead: &Lead) -> i64 {
        self.waiting.lookup.offer(lead).map_or(0, |offer| offer.id)
    }

    /// The page of a lead, which returns here.
    fn lead_href(&self, lead: &Lead) -> String {
        link(&lead.path(), [("back", OFFERS_PATH)])
    }

    /// The form for an answer that asks for more.
    fn answer_href(&self, lead: &Lead, answer: &OfferAnswer) -> String {
        let path = format!("{}/handoff", lead.path());
        link(&path, [("answer", answer.as_str()), ("back", OFFERS_PATH)])
    }

    /// The day on which a lead came back.
    fn resumed(&self, lead: &Lead) -> String {
        let day = lead.resumes_on.unwrap_or_default();
        self.page
            .t1("offer-back-since", "day", self.page.lang.date(day))
    }

    /// How many leads are not shown.
    fn hidden(&self) -> i64 {
        let shown_count = self.waiting.offered_leads.len() + self.waiting.resurfaced_leads.len();
        (self.waiting.count - shown_count as i64).max(0)
    }
}
