//! The statuses that a status names, as files write them: by slug or by name, also those that the file itself makes.

use std::collections::HashMap;

use serde_json::Value;

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::field::json_text;
use crate::records::fields::parse_id;
use crate::records::form_value::FormValue;
use crate::statuses::domain::form::StatusForm;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::domain::movement::{CREATED, EnterFrom};
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::status::{LeadStatus, StatusField, StatusFields};

/// The ids of statuses by the words of a file. A status that a row makes has, until then, a [`provisional_id`].
pub struct NamedStatuses {
    by_word: HashMap<String, i64>,
    ids: Vec<i64>,
}

/// The provisional id, which is negative, of the status that the row at this index makes.
pub fn provisional_id(row: usize) -> i64 {
    -(row as i64) - 1
}

/// The row of a provisional id.
pub fn row_of(id: i64) -> Option<usize> {
    usize::try_from(-(id + 1)).ok().filter(|_| id < 0)
}

impl NamedStatuses {
    /// The words for these statuses and for those that the rows may make.
    pub fn of(existing: &[LeadStatus], rows: &[ImportRow]) -> NamedStatuses {
        let mut by_word = HashMap::new();
        for (row, index) in rows.iter().zip(0..) {
            let text = |name| row.fields.text(name).unwrap_or_default().trim().to_owned();
            if let Ok(name) = Name::parse(&text("name")) {
                by_word.insert(name.key(), provisional_id(index));
                by_word.insert(Slug::of(&name).to_string(), provisional_id(index));
            }
            by_word.insert(text("slug"), provisional_id(index));
        }
        for status in existing {
            by_word.insert(status.name.key(), status.id);
        }
        for status in existing {
            by_word.insert(status.slug.to_string(), status.id);
        }
        by_word.remove("");
        NamedStatuses {
            by_word,
            ids: existing.iter().map(|status| status.id).collect(),
        }
    }

    /// Replaces the words in a form by ids.
    pub fn resolve(&self, form: &mut StatusForm, errors: &mut FieldErrors) {
        self.resolve_origins(form, errors);
        self.resolve_handoff(form, errors);
    }

    fn resolve_handoff(&self, form: &mut StatusForm, errors: &mut FieldErrors) {
        let Ok(Some(typed)) = form.fields.get(StatusField::Handoff).nested() else {
            return;
        };
        // What is no object is refused by the field itself.
        let Ok(Value::Object(mut members)) = serde_json::from_str(typed) else {
            return;
        };
        for member in Handoff::STATUSES {
            let word = members.get(member).map(json_text).unwrap_or_default();
            match self.find(word.trim()) {
                _ if word.trim().is_empty() => {}
                Some(id) if id != CREATED => {
                    members.insert(member.to_owned(), id.into());
                }
                _ => {
                    let message = Message::new("status-named-unknown");
                    errors.add("handoff", message.with("name", word));
                }
            }
        }
        let json = FormValue::Text(Value::Object(members).to_string());
        form.fields.set(StatusField::Handoff, json);
    }

    fn resolve_origins(&self, form: &mut StatusForm, errors: &mut FieldErrors) {
        let Ok(Some(typed)) = form.fields.get(StatusField::EnterFrom).lines() else {
            return;
        };
        let mut ids = Vec::new();
        for word in typed.split(['\n', ',']).map(str::trim) {
            match self.find(word) {
                _ if word.is_empty() => {}
                Some(id) => ids.push(id.to_string()),
                None => {
                    let message = Message::new("status-named-unknown").with("name", word);
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

/// The fields with ids in place of provisional ids, by `id` of the row that made a status.
pub fn with_ids(fields: &StatusFields, id: impl Fn(usize) -> Option<i64>) -> StatusFields {
    let resolve = |named: i64| match row_of(named) {
        Some(row) => id(row),
        None => Some(named),
    };
    let from = fields.enter_from.ids().iter().filter_map(|id| resolve(*id));
    let handoff = fields.handoff.clone();
    StatusFields {
        enter_from: EnterFrom::of(from.collect()),
        handoff: handoff.map(|handoff| handoff.with_statuses(resolve)),
        ..fields.clone()
    }
}
