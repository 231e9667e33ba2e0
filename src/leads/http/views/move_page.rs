//! The form that asks for what a lead lacks to enter a status, and moves it.

use askama::Template;

use crate::error::FieldErrors;
use crate::i18n::Lang;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::lead::{Lead, LeadField};
use crate::leads::http::paths::{LeadLinks, RETURN_TO};
use crate::leads::http::views::rule_inputs::{FieldInput, RuleInputs};
use crate::records::field::Field;
use crate::records::fields::Fields;
use crate::statuses::{CREATED, LeadStatus};
use crate::web::Page;

/// The names of the form's own fields.
const OWN: [&str; 4] = ["csrf", "once", "asked", "fields[manner]"];

/// The form.
#[derive(Template)]
#[template(path = "leads/move.html")]
pub struct MovePage {
    pub page: Page,
    pub lead: Lead,
    pub target: LeadStatus,
    pub lookup: RelatedRecords,
    pub missing: RuleInputs,
    pub errors: FieldErrors,
    /// The users who may own the lead.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The path that the form is sent to.
    pub action: String,
    /// The fields that were sent before, which the form doesn't show again.
    pub hidden: Vec<(String, String)>,
    /// The users who can receive the lead.
    pub receivers: Vec<(i64, String)>,
    pub offer_to: String,
    pub back: String,
    /// The language of the value.
    pub lang: Lang,
}

impl MovePage {
    /// The values of the form before, as hidden inputs, without those that this form has inputs for.
    pub fn hidden(fields: &Fields, missing: &RuleInputs, can_offer: bool) -> Vec<(String, String)> {
        let pairs = fields
            .texts()
            .filter(|(name, _)| !OWN.contains(name) && !missing.has_input(name))
            .filter(|(name, _)| !(can_offer && *name == "offer_to"));
        pairs
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect()
    }

    fn heading(&self) -> String {
        let (name, status) = (self.lead.fields.name.as_str(), self.target.name.as_str());
        self.page
            .t2("lead-move-title", "name", name, "status", status)
    }

    /// The statuses that the target can be entered from, by name.
    fn origins(&self) -> String {
        let names = self.target.enter_from.ids().iter().map(|id| match *id {
            CREATED => self.page.t("status-enter-from-created").to_owned(),
            id => self.lookup.named_status(id).name,
        });
        names.collect::<Vec<_>>().join(", ")
    }

    fn label(&self, field: &FieldInput) -> &'static str {
        self.page.t(field.field.label())
    }

    fn is_owner(&self, field: &FieldInput) -> bool {
        field.field == LeadField::Owner
    }

    fn kind(&self, field: &FieldInput) -> &'static str {
        match field.field {
            LeadField::Email => "email",
            LeadField::Phone => "tel",
            _ => "text",
        }
    }

    /// The suggestions for a field: the id of a list.
    fn list(&self, field: &FieldInput) -> &'static str {
        match field.field {
            LeadField::Source => "sources",
            LeadField::Currency => "currencies",
            _ => "",
        }
    }

    fn button(&self) -> String {
        let status = self.target.name.as_str();
        self.page.t1("lead-move-button", "status", status)
    }

    /// The list behind the page that it was opened from.
    fn list_path(&self) -> String {
        RETURN_TO.list_of(&self.back)
    }
}
