//! References of a file that belong to leads with other names: the file may be from another system.

use crate::i18n::{Message, fold_name};
use crate::leads::actions::import::parsed::ParsedLead;
use crate::leads::domain::known_systems::known_system;
use crate::leads::domain::lead::Lead;

/// Rows whose reference a lead with another name has.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherNames {
    pub count: usize,
    /// The line and the reference of the first row, the name of the lead, and the name in the file.
    pub line: usize,
    pub reference: String,
    pub lead_name: String,
    pub name_in_file: String,
}

impl OtherNames {
    /// Adds a row if it names no system, and its name and its e-mail address differ from those of the lead with its
    /// reference.
    pub fn add(names: &mut Option<OtherNames>, row: &ParsedLead, lead: &Lead) {
        let fields = &lead.fields;
        let Some(name) = &row.name else { return };
        let email = row.texts.email_key();
        let is_same = fold_name(name.as_str()) == fields.name_key()
            || (!email.is_empty() && email == fields.email_key());
        if is_same || fields.external_ref.is_empty() || !row.external_system.is_empty() {
            return;
        }
        let first = names.get_or_insert_with(|| OtherNames {
            count: 0,
            line: row.line,
            reference: row.external_ref.to_string(),
            lead_name: fields.name.to_string(),
            name_in_file: name.to_string(),
        });
        first.count += 1;
    }

    /// The warning, and the system that the titles of the file look like, if it is a known one.
    pub fn messages(&self, titles: &[String]) -> Vec<Message> {
        let warning = Message::new("lead-import-other-names")
            .with("count", self.count)
            .with("reference", self.reference.as_str())
            .with("here", self.lead_name.as_str())
            .with("there", self.name_in_file.as_str())
            .with("line", self.line);
        let system = known_system(titles);
        let system =
            system.map(|name| Message::new("lead-import-like-system").with("system", name));
        std::iter::once(warning).chain(system).collect()
    }
}
