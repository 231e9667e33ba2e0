//! The fields of a lead as text, for histories and comparisons.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::i18n::Lang;
use crate::leads::domain::lead::{LeadFields, LeadSnapshot};
use crate::money::Money;

/// Names of users by id.
pub type UserNames = HashMap<i64, String>;

/// The catalogue key of a field's label.
pub fn field_label(field: &str) -> &'static str {
    match field {
        "name" => "lead-form-name",
        "company" => "lead-form-company",
        "email" => "lead-form-email",
        "phone" => "lead-form-phone",
        "source" => "lead-form-source",
        "owner" => "lead-form-owner",
        "value" => "lead-form-value",
        "currency" => "lead-form-currency",
        "paused_until" => "lead-form-paused",
        _ => "lead-form-reference",
    }
}

/// A field as text; empty without a value.
pub fn display(fields: &LeadFields, field: &str, people: &UserNames, lang: Lang) -> String {
    let text = |text: &str| text.to_owned();
    match field {
        "name" => text(fields.name.as_str()),
        "company" => text(fields.company.as_str()),
        "email" => text(fields.email.as_str()),
        "phone" => text(fields.phone.as_str()),
        "source" => text(fields.source.as_str()),
        "owner" => fields
            .owner
            .map_or_else(String::new, |id| user_name(people, id)),
        "value" => fields
            .money()
            .map_or_else(String::new, |money| Money::text(money, lang)),
        "currency" => text(fields.currency.code()),
        _ => text(fields.external_ref.as_str()),
    }
}

fn user_name(people: &UserNames, id: i64) -> String {
    people.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
}

/// The end and reason of the pause in a snapshot; empty without one.
pub fn display_pause(snapshot: &LeadSnapshot, lang: Lang) -> String {
    let until = snapshot.paused_until.as_deref().and_then(Timestamp::parse);
    let day = until.map_or_else(String::new, |until| lang.date(until));
    match snapshot.pause_reason.as_str() {
        "" => day,
        reason => format!("{day} · {reason}"),
    }
}
