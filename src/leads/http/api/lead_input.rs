//! A lead as it was sent through the API: under our names of fields, or under those that other clients of this family of
//! APIs know.

use serde_json::{Map, Value};

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::domain::extra::COMMON;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::instant::parse_instant;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields};
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::lead_request::EntryForm;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::Note;
use crate::leads::http::api::body::LeadBody;
use crate::records::field::Field as _;
use crate::records::fields::Fields;
use crate::records::filter_value::FilterParam as _;
use crate::records::form_value::{FormValue, parse_field};
use crate::records::unsaved_fields::{english, unsaved_fields};
use crate::statuses::{Kind, State};

/// The other names of fields, each with ours.
const OTHER_NAMES: [(&str, &str); 4] = [
    ("phonenumber", "phone"),
    ("lead_value", "value"),
    ("assigned", "owner"),
    ("dateadded", "created_at"),
];
/// Fields that close a lead, each with the kind of the status that it moves to.
const CLOSING_FIELDS: [(&str, Kind); 2] = [("lost", Kind::Lost), ("junk", Kind::Junk)];
/// The extra fields, as other clients send them.
const CUSTOM_FIELDS: &str = "custom_fields";
/// The fields that a body may have beside those of a lead.
const OTHER_FIELDS: [&str; 12] = [
    "status",
    "extra",
    "description",
    "created_at",
    "lost",
    "junk",
    "reason",
    "confirmed",
    "evidence",
    "override",
    "override_reason",
    "offer_to",
];

/// The body of a call that creates or changes a lead.
#[derive(Debug, Clone)]
pub struct LeadInput {
    body: Fields,
    pub form: LeadForm,
    pub answers: EntryForm,
    /// The other names that were used, each with ours.
    renamed: Vec<(&'static str, &'static str)>,
}

/// The checked values of a body.
pub struct LeadToSave {
    pub fields: LeadFields,
    /// The id of the status, if one was sent.
    pub status: Option<i64>,
    /// The day of creation of a new lead, if one was sent.
    pub created_at: Option<Timestamp>,
    /// The note to add, if there is a new one.
    pub note: Option<Note>,
}

impl LeadInput {
    /// Reads the body of a call. Where both names of a field were sent, ours is read.
    pub fn read(body: &Fields) -> LeadInput {
        let mut body = body.clone();
        let mut renamed = OTHER_NAMES.to_vec();
        renamed.retain(|(other, name)| body.rename(other, name));
        let mut form = LeadForm::read(&body);
        form.fields.set(LeadField::Extra, FormValue::Absent);
        let is_zero = form.text(LeadField::Owner).trim() == "0";
        if is_zero && renamed.iter().any(|(other, _)| *other == "assigned") {
            form.fields.set(LeadField::Owner, FormValue::Null);
        }
        if let Some(changes) = extra_changes(&body) {
            form.fields.set(LeadField::Extra, FormValue::Text(changes));
        }
        LeadInput {
            answers: EntryForm::read(&body),
            body,
            form,
            renamed,
        }
    }

    /// The checked values, for the lead `before` or for a new one.
    ///
    /// # Errors
    /// Messages at the fields, each under the name that it was sent under.
    pub fn parse(
        &self,
        before: Option<&Lead>,
        rights: Rights,
        now: Timestamp,
    ) -> Result<LeadToSave> {
        let mut errors = FieldErrors::new();
        let parsed = self.form.parse_all(before.map(|lead| &lead.fields));
        let parsed = parsed.map_err(|more| errors.extend(more)).ok();
        let value = FormValue::read(&self.body, "created_at");
        let created_at = parse_field(&mut errors, "created_at", value.simple(), |text| {
            parse_created(text, before, rights, now)
        });
        let value = FormValue::read(&self.body, "description");
        let note = parse_field(&mut errors, "description", value.simple(), Note::parse);
        for (other, name) in &self.renamed {
            errors.rename(name, other);
        }
        errors.rename(LeadField::Extra.name(), "extra");
        let is_new = |note: &Note| {
            !note.is_empty() && before.is_none_or(|lead| lead.last_note != note.to_string())
        };
        match parsed.filter(|_| errors.is_empty()) {
            Some((fields, status)) => Ok(LeadToSave {
                fields,
                status,
                created_at: created_at.flatten(),
                note: note.filter(is_new),
            }),
            None => Err(Error::Invalid(errors)),
        }
    }

    /// The field that asks for the lead to be closed, and the kind of the status that it is to move to.
    ///
    /// # Errors
    /// A message at the field.
    pub fn closing_kind(&self) -> Result<Option<(&'static str, Kind)>> {
        if self.form.status.is_sent() {
            return Ok(None);
        }
        for (name, kind) in CLOSING_FIELDS {
            let is_blank = FormValue::read(&self.body, name).is_blank();
            if !is_blank && self.body.strict_boolean(name)? {
                return Ok(Some((name, kind)));
            }
        }
        Ok(None)
    }

    /// The move to a status, with the fields that were sent.
    ///
    /// # Errors
    /// Messages at the reason and the answers.
    pub fn to_move(&self, to: i64) -> Result<Move> {
        let (reason, answers) = self.answers.parse().map_err(Error::Invalid)?;
        Ok(Move {
            reason,
            answers,
            changes: Box::new(self.form.clone()),
            ..Move::new(to, Channel::Api)
        })
    }

    /// Sentences about the fields that are not saved; `current` is the lead as it was before.
    pub fn warnings(&self, current: Option<&LeadBody>) -> Result<Vec<String>> {
        let is_saved = |name: &str| self.is_saved(name) || (name == "version" && current.is_some());
        Ok(english(&unsaved_fields(&self.body, is_saved, current)?))
    }

    /// True if all fields that were sent are saved, so that [`LeadInput::warnings`] about a lead has nothing to say.
    pub fn is_all_saved(&self) -> bool {
        let mut names = self.body.names();
        names.all(|name| self.is_saved(name) || name == "version")
    }

    fn is_saved(&self, name: &str) -> bool {
        is_field(name)
            || OTHER_FIELDS.contains(&name)
            || name.starts_with("evidence[")
            || is_extra(&self.body, name)
    }

    /// Sentences about the fields that do not change with a move, which changes the fields of a lead alone.
    pub fn warnings_of_move(&self) -> Result<Vec<String>> {
        let is_saved = |name: &str| is_field(name) || name == "extra" || is_extra(&self.body, name);
        Ok(english(&unsaved_fields(&self.body, is_saved, None::<&()>)?))
    }
}

/// True for the name of a field of ours; extra fields are sent one by one.
fn is_field(name: &str) -> bool {
    let field = LeadField::from_name(name);
    field.is_some_and(|field| field != LeadField::Extra)
}

/// The day of creation: that of a new lead from those who manage leads. That of `before` may be sent back.
fn parse_created(
    text: &str,
    before: Option<&Lead>,
    rights: Rights,
    now: Timestamp,
) -> Result<Option<Timestamp>, Message> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match before {
        Some(lead) if lead.created_at.rfc3339() == text.trim() => Ok(None),
        Some(_) => Err(Message::new("lead-api-created-at-fixed")),
        None if !rights.can_manage => Err(Message::new("lead-api-created-at-rights")),
        None => {
            let at = Timestamp::from_param(text).map(Timestamp::rfc3339);
            parse_instant(at.as_deref().unwrap_or(text), now).map(Some)
        }
    }
}

/// True for a name under which an extra field is sent: a common one, or `custom_fields`. Where `state` is a word of
/// ours it is the state of the lead.
fn is_extra(body: &Fields, name: &str) -> bool {
    let is_common = COMMON.iter().any(|(common, _)| *common == name);
    match name {
        "state" => !body.text(name).is_some_and(is_state),
        name => is_common || name == CUSTOM_FIELDS || custom_name(name).is_some(),
    }
}

fn is_state(text: &str) -> bool {
    let states = [
        State::OnTrack,
        State::AtRisk,
        State::Stuck,
        State::Paused,
        State::None,
    ];
    states.iter().any(|state| state.as_str() == text)
}

/// The name in `custom_fields[leads][name]`, the way in which forms name the members of an object.
fn custom_name(name: &str) -> Option<&str> {
    let path = name.strip_prefix(CUSTOM_FIELDS)?.strip_prefix('[')?;
    path.strip_suffix(']')?.rsplit("][").next()
}

/// The changes of extra fields that were sent, as JSON; nothing if none was. `extra` counts before the other names.
fn extra_changes(body: &Fields) -> Option<String> {
    let extra = match body.to_json("extra") {
        Some(Value::Object(members)) => members,
        // Null, or what can't be read.
        Some(Value::String(text)) => return Some(text),
        Some(other) => return Some(other.to_string()),
        None => Map::new(),
    };
    let mut changes = match body.to_json(CUSTOM_FIELDS) {
        Some(custom) => match custom_members(custom) {
            Some(members) => members,
            // Refused, since it is no object.
            None => return Some("[]".to_owned()),
        },
        None => Map::new(),
    };
    for name in body
        .names()
        .filter(|name| is_extra(body, name) && *name != CUSTOM_FIELDS)
    {
        if let Some(value) = body.to_json(name) {
            let name = custom_name(name).unwrap_or(name);
            changes.insert(name.to_owned(), value);
        }
    }
    changes.extend(extra);
    (!changes.is_empty()).then(|| Value::Object(changes).to_string())
}

/// The members of `custom_fields`: an object, an object under `leads`, or a list of objects with `id` or `name`, and
/// `value`.
fn custom_members(custom: Value) -> Option<Map<String, Value>> {
    match custom {
        Value::Object(mut members) => match members.remove("leads") {
            Some(Value::Object(leads)) => Some(leads),
            Some(other) => {
                members.insert("leads".to_owned(), other);
                Some(members)
            }
            None => Some(members),
        },
        Value::Array(items) => items.into_iter().map(custom_item).collect(),
        _ => None,
    }
}

fn custom_item(mut item: Value) -> Option<(String, Value)> {
    let members = item.as_object_mut()?;
    let name = ["slug", "name", "id"]
        .into_iter()
        .find_map(|key| members.get(key));
    let name = match name? {
        Value::String(name) => name.clone(),
        other => other.to_string(),
    };
    Some((name, members.remove("value")?))
}
