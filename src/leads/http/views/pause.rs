//! The form for pausing a lead.

use askama::Template;

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::pause_form::PauseForm;
use crate::leads::http::paths::{LeadLinks, RETURN_TO};
use crate::records::fields::Fields;
use crate::web::Page;

/// The form for a pause.
#[derive(Template)]
#[template(path = "leads/pause.html")]
pub struct PausePage {
    pub page: Page,
    pub lead: Lead,
    pub typed: PauseForm,
    pub errors: FieldErrors,
    /// Why the lead was not paused.
    pub why: Option<Message>,
    pub back: String,
    /// The id of the lead whose page follows, from the form; empty for the list.
    pub next: Option<String>,
}

impl PausePage {
    /// The form, which returns to the page it was opened from.
    pub fn new(
        page: Page,
        lead: Lead,
        typed: PauseForm,
        errors: FieldErrors,
        fields: &Fields,
    ) -> PausePage {
        PausePage {
            back: RETURN_TO.read_or(fields, &lead.path()),
            next: fields.text("next").map(str::to_owned),
            page,
            lead,
            typed,
            errors,
            why: None,
        }
    }

    fn heading(&self) -> String {
        let name = self.lead.fields.name.as_str();
        self.page.t1("lead-pause-title", "name", name)
    }
}
