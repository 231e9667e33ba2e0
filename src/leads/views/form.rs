use askama::Template;

use crate::error::FieldErrors;
use crate::leads::pages::back::{WAY, path_of};
use crate::leads::{Currency, Lead, LeadForm};
use crate::money::example;
use crate::statuses::LeadStatus;
use crate::web::Page;

/// What there is to choose from in the form of a lead.
pub struct Offered {
    /// Ids and names.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// Those in use, in pipeline order.
    pub statuses: Vec<LeadStatus>,
    pub may_manage: bool,
}

/// True if what was typed or proposed is one of the statuses to choose from.
pub fn is_offered(statuses: &[&LeadStatus], chosen: &str) -> bool {
    let mut ids = statuses.iter().map(|status| status.id.to_string());
    ids.any(|id| id == chosen)
}

/// The fields of a lead in a form, as they were typed, with what is wrong with them.
pub struct FormPart {
    pub typed: LeadForm,
    pub errors: FieldErrors,
    pub offered: Offered,
    /// Where Cancel leads, and where saving leads.
    pub back: String,
}

impl FormPart {
    /// A form that was just opened, or comes back with errors.
    pub fn new(typed: LeadForm, errors: FieldErrors, offered: Offered, back: String) -> FormPart {
        FormPart {
            typed,
            errors,
            offered,
            back,
        }
    }

    /// An amount in the manner in which this form is written.
    fn example(&self) -> &'static str {
        example(self.typed.manner.unwrap_or_default())
    }

    fn currencies(&self) -> [&'static str; 8] {
        Currency::COMMON
    }

    /// The status that is chosen.
    fn chosen(&self) -> Option<&LeadStatus> {
        let chosen = self.typed.status.text();
        let mut all = self.offered.statuses.iter();
        all.find(|status| status.id.to_string() == chosen)
    }

    fn statuses(&self) -> Vec<&LeadStatus> {
        self.offered.statuses.iter().collect()
    }

    fn chosen_word(&self) -> &str {
        self.typed.status.text()
    }

    /// Who may be the owner.
    fn owner_hint(&self) -> &'static str {
        match self.offered.may_manage {
            true => "lead-form-owner-hint",
            false => "lead-form-owner-own",
        }
    }

    /// The list, in the state it was left in if that is known.
    fn list(&self) -> String {
        WAY.list_of(&self.back)
    }

    /// The words for `data-guard`: what came back with errors isn't saved yet.
    fn guard(&self) -> &'static str {
        if self.errors.is_empty() { "" } else { "dirty" }
    }
}

/// The form for a new lead.
#[derive(Template)]
#[template(path = "leads/new.html")]
pub struct NewPage {
    pub page: Page,
    pub form: FormPart,
}

/// The form for a lead that exists.
#[derive(Template)]
#[template(path = "leads/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub form: FormPart,
    pub lead: Lead,
}

impl EditPage {
    fn path(&self) -> String {
        path_of(self.lead.id)
    }

    fn title(&self) -> String {
        let name = self.lead.fields.name.as_str();
        self.page.t1("lead-form-edit", "name", name)
    }
}
