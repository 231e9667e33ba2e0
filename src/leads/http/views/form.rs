//! The pages for a new lead and for an edit.

use askama::Template;

use crate::error::FieldErrors;
use crate::leads::actions::likely_duplicates::LikelyDuplicate;
use crate::leads::domain::display::extra_label;
use crate::leads::domain::extra::{COMMON, ExtraFields};
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead::{Lead, LeadField};
use crate::leads::http::paths::{LeadLinks, RETURN_TO};
use crate::leads::http::views::rule_inputs::RuleInputs;
use crate::money::example_amount;
use crate::records::field::Field;
use crate::statuses::LeadStatus;
use crate::web::Page;

/// The choices in the form of a lead.
pub struct FormOptions {
    /// Ids and names.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The systems in which leads have references.
    pub systems: Vec<String>,
    /// The statuses in use, in pipeline order.
    pub statuses: Vec<LeadStatus>,
    /// The users who can receive a new lead.
    pub receivers: Vec<(i64, String)>,
    pub can_manage: bool,
    /// The leads that are likely the same.
    pub duplicates: Vec<LikelyDuplicate>,
}

/// The fields that are beside each other.
const PAIRS: [(LeadField, LeadField); 4] = [
    (LeadField::Email, LeadField::Phone),
    (LeadField::Source, LeadField::Owner),
    (LeadField::Value, LeadField::Currency),
    (LeadField::ExternalRef, LeadField::ExternalSystem),
];

/// True if `id` is that of one of the statuses.
pub fn has_option(statuses: &[&LeadStatus], id: &str) -> bool {
    let mut ids = statuses.iter().map(|status| status.id.to_string());
    ids.any(|other| other == id)
}

/// The fields of a lead as they were typed, with their errors.
pub struct FormView {
    pub typed: LeadForm,
    pub errors: FieldErrors,
    pub options: FormOptions,
    /// The leads that are likely the same.
    pub duplicates: Vec<LikelyDuplicate>,
    /// The address to return to after saving or cancelling.
    pub back: String,
}

impl FormView {
    /// A new form, or one with errors.
    pub fn new(
        typed: LeadForm,
        errors: FieldErrors,
        mut options: FormOptions,
        back: String,
    ) -> FormView {
        FormView {
            duplicates: std::mem::take(&mut options.duplicates),
            typed,
            errors,
            options,
            back,
        }
    }

    fn text(&self, field: &LeadField) -> &str {
        self.typed.text(*field)
    }

    /// The fields in the rows of the form.
    fn rows(&self) -> Vec<Vec<LeadField>> {
        let mut rows: Vec<Vec<LeadField>> = Vec::new();
        for field in LeadField::ALL {
            match rows.last_mut() {
                Some(row) if PAIRS.contains(&(row[0], field)) => row.push(field),
                _ => rows.push(vec![field]),
            }
        }
        rows
    }

    /// Name, label and text of the extra fields: the common ones, and others that the lead has.
    fn extra_fields(&self, page: &Page) -> Vec<(String, String, String)> {
        let extra = ExtraFields::stored(self.typed.text(LeadField::Extra));
        let common = COMMON.iter().map(|(name, _)| *name);
        let texts = extra.texts();
        let others = texts.iter().map(|(name, _)| *name);
        let others = others.filter(|name| COMMON.iter().all(|(common, _)| common != name));
        common
            .chain(others)
            .map(|name| {
                let label = extra_label(name, page.lang).to_owned();
                (format!("extra.{name}"), label, extra.text(name))
            })
            .collect()
    }

    /// True if an extra field is filled in or has an error, so that they are shown.
    fn has_extra(&self) -> bool {
        let extra = ExtraFields::stored(self.typed.text(LeadField::Extra));
        let is_filled = extra.texts().iter().any(|(_, text)| !text.is_empty());
        is_filled || self.errors.at(LeadField::Extra.name()).is_some()
    }

    /// An example of an amount in the number format of the form.
    fn example(&self) -> &'static str {
        example_amount(self.typed.value_lang.unwrap_or_default())
    }

    /// The selected status.
    fn selected_status(&self) -> Option<&LeadStatus> {
        let selected = self.typed.status.text();
        let mut all = self.options.statuses.iter();
        all.find(|status| status.id.to_string() == selected)
    }

    fn statuses(&self) -> Vec<&LeadStatus> {
        self.options.statuses.iter().collect()
    }

    /// The catalogue key of the hint about who can be the owner.
    fn owner_hint(&self) -> &'static str {
        match self.options.can_manage {
            true => "lead-form-owner-hint",
            false => "lead-form-owner-own",
        }
    }

    /// The value of `data-guard`: a form with errors is not saved yet.
    fn guard(&self) -> &'static str {
        if self.errors.is_empty() { "" } else { "dirty" }
    }
}

/// The form for a new lead.
#[derive(Template)]
#[template(path = "leads/new.html")]
pub struct NewPage {
    pub page: Page,
    pub form: FormView,
    /// The questions of the rules that are not met.
    pub missing: RuleInputs,
    /// True if the user may pass them.
    pub can_pass: bool,
    /// The receiver, as it was typed.
    pub offer_to: String,
}

impl NewPage {
    /// The form without questions.
    pub fn new(page: Page, form: FormView) -> NewPage {
        NewPage {
            page,
            form,
            missing: RuleInputs::default(),
            can_pass: false,
            offer_to: String::new(),
        }
    }
}

/// The form for a lead that exists.
#[derive(Template)]
#[template(path = "leads/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub form: FormView,
    pub lead: Lead,
}

impl EditPage {
    fn title(&self) -> String {
        let name = self.lead.fields.name.as_str();
        self.page.t1("lead-form-edit", "name", name)
    }
}
