//! The view of the dictionary.

use askama::Template;

use crate::statuses::domain::completeness::Completeness;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::paths::StatusLinks;
use crate::statuses::http::views::show::time_sentence;
use crate::statuses::http::views::versions::{handoff_lines, origin_names};
use crate::web::Page;

/// The data of the dictionary.
pub struct DictionaryData {
    /// Every status, archived ones too.
    pub all: Vec<LeadStatus>,
    /// Those in use, in pipeline order.
    pub statuses: Vec<LeadStatus>,
    /// Who has read which version: status, version and user.
    pub readers: Vec<(i64, i32, i64)>,
    /// The users who work with leads: the id and the name.
    pub people: Vec<(i64, String)>,
    /// True if the user sees who has not read what.
    pub shows_readers: bool,
    pub user_id: i64,
}

/// The dictionary.
#[derive(Template)]
#[template(path = "statuses/dictionary.html")]
pub struct DictionaryPage {
    page: Page,
    data: DictionaryData,
}

impl DictionaryPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: DictionaryData) -> DictionaryPage {
        DictionaryPage { page, data }
    }

    fn completeness(&self, status: &LeadStatus) -> Completeness {
        Completeness::of(status)
    }

    /// The missing parts as a list of words.
    fn missing(&self, status: &LeadStatus) -> String {
        let missing = Completeness::of(status).missing;
        let words = missing.iter().map(|part| self.page.t(part.key()));
        words.collect::<Vec<_>>().join(", ")
    }

    fn origins(&self, status: &LeadStatus) -> String {
        origin_names(status, &self.data.all, &self.page)
    }

    fn handoff(&self, status: &LeadStatus) -> Vec<String> {
        handoff_lines(status, &self.data.all, &self.page)
    }

    fn has_read(&self, status: &LeadStatus, user: i64) -> bool {
        let read = (status.id, status.definition_version, user);
        self.data.readers.contains(&read)
    }

    fn is_read(&self, status: &LeadStatus) -> bool {
        self.has_read(status, self.data.user_id)
    }

    /// The names of the users who have not read the present version.
    fn names_of_non_readers(&self, status: &LeadStatus) -> String {
        let people = self.data.people.iter();
        let names = people.filter(|(id, _)| !self.has_read(status, *id));
        let names = names.map(|(_, name)| name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }

    /// Target and limit as a sentence; nothing for a status that has none.
    fn time(&self, status: &LeadStatus) -> String {
        time_sentence(status, &self.page).unwrap_or_default()
    }
}
