use askama::Template;

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::Lead;
use crate::leads::act_forms::PauseForm;
use crate::leads::pages::back::{WAY, path_of};
use crate::web::Page;
use crate::web::fields::Fields;

/// Until when a lead is set aside, and why.
#[derive(Template)]
#[template(path = "leads/pause.html")]
pub struct PausePage {
    pub page: Page,
    pub lead: Lead,
    pub typed: PauseForm,
    pub errors: FieldErrors,
    /// Why it was not done.
    pub why: Option<Message>,
    pub back: String,
}

impl PausePage {
    /// The form, which leads back to where it was opened from.
    pub fn new(
        page: Page,
        lead: Lead,
        typed: PauseForm,
        errors: FieldErrors,
        sent: &Fields,
    ) -> PausePage {
        PausePage {
            back: WAY.back_to(sent, &path_of(lead.id)),
            page,
            lead,
            typed,
            errors,
            why: None,
        }
    }

    fn path(&self) -> String {
        path_of(self.lead.id)
    }

    fn list(&self) -> String {
        WAY.list_of(&self.back)
    }

    fn heading(&self) -> String {
        let name = self.lead.fields.name.as_str();
        self.page.t1("lead-pause-title", "name", name)
    }
}
