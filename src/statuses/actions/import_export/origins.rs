//! The statuses that leads can come from, as files name them: by slug or by name, also those that the file itself makes.

use std::collections::HashMap;

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::fields::parse_id;
use crate::statuses::domain::form::StatusForm;
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::domain::movement::{CREATED, EnterFrom};
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::status::{LeadStatus, StatusField};
use crate::web::FormValue;

/// The ids of statuses by the words of a file. A status that a row makes has, until then, the negative number of the row.
pub struct Origins {
    by_word: HashMap<String, i64>,
    ids: Vec<i64>,
}

/// The stand-in for the status that the row at this index makes.
pub fn stand_in(row: usize) -> i64 {
    -(row as i64) - 1
}

/// The row of a stand-in.
pub fn row_of(stand_in: i64) -> Option<usize> {
    usize::try_from(-(stand_in + 1))
        .ok()
        .filter(|_| stand_in < 0)
}

impl Origins {
    /// The words for these statuses and for those that the rows may make.
    pub fn of(existing: &[LeadStatus], rows: &[ImportRow]) -> Origins {
        let mut by_word = HashMap::new();
        for (row, at) in rows.iter().zip(0..) {
            let text = |name| row.fields.text(name).unwrap_or_default().trim().to_owned();
            if let Ok(name) = Name::parse(&text("name")) {
                by_word.insert(name.key(), stand_in(at));
                by_word.insert(Slug::of(&name).to_string(), stand_in(at));
            }
            by_word.insert(text("slug"), stand_in(at));
        }
        for status in existing {
            by_word.insert(status.name.key(), status.id);
        }
        for status in existing {
            by_word.insert(status.slug.to_string(), status.id);
        }
        by_word.remove("");
        Origins {
            by_word,
            ids: existing.iter().map(|status| status.id).collect(),
        }
    }

    /// Replaces the words in a form by ids.
    pub fn resolve(&self, form: &mut StatusForm, errors: &mut FieldErrors) {
        let Ok(Some(typed)) = form.fields.get(StatusField::EnterFrom).lines() else {
            return;
        };
        let mut ids = Vec::new();
        for word in typed.split(['\n', ',']).map(str::trim) {
            match self.find(word) {
                _ if word.is_empty() => {}
                Some(id) => ids.push(id.to_string()),
                None => {
                    let message = Message::new("status-enter-from-unknown").with("name", word);
                    errors.add("enter_from", message);
                }
            }
        }
        let ids = FormValue::Text(ids.join("\n"));
        form.fields.set(StatusField::EnterFrom, ids);
    }

    fn find(&self, word: &str) -> Option<i64> {
        let by_name = || {
            Name::parse(word)
                .ok()
                .and_then(|name| self.by_word.get(&name.key()))
        };
        match self.by_word.get(word).or_else(by_name) {
            Some(id) => Some(*id),
            None if word == CREATED.to_string() => Some(CREATED),
            None => parse_id(word).filter(|id| self.ids.contains(id)),
        }
    }
}

/// The statuses with ids in place of stand-ins, by `id` of the row that made them.
pub fn with_ids(from: &EnterFrom, id: impl Fn(usize) -> Option<i64>) -> EnterFrom {
    let ids = from.ids().iter().filter_map(|one| match row_of(*one) {
        Some(row) => id(row),
        None => Some(*one),
    });
    EnterFrom::of(ids.collect())
}
