//! The values of a lead's fields in words, for histories and comparisons.

use std::collections::HashMap;

use super::{LeadFields, LeadSnapshot, Money};
use crate::clock::Timestamp;
use crate::i18n::Lang;

/// The names of people by their ids.
pub type People = HashMap<i64, String>;

/// The catalogue key of a field's label.
pub fn label(field: &str) -> &'static str {
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

/// A field of a lead in words; empty if it has no value.
pub fn shown(fields: &LeadFields, field: &str, people: &People, lang: Lang) -> String {
    let text = |text: &str| text.to_owned();
    match field {
        "name" => text(fields.name.as_str()),
        "company" => text(fields.company.as_str()),
        "email" => text(fields.email.as_str()),
        "phone" => text(fields.phone.as_str()),
        "source" => text(fields.source.as_str()),
        "owner" => fields.owner.map_or_else(String::new, |id| name(people, id)),
        "value" => fields
            .money()
            .map_or_else(String::new, |money| Money::text(money, lang)),
        "currency" => text(fields.currency.code()),
        _ => text(fields.external_ref.as_str()),
    }
}

fn name(people: &People, id: i64) -> String {
    people.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
}

/// Until when a lead was paused at that moment; empty if it was not.
pub fn paused(moment: &LeadSnapshot, lang: Lang) -> String {
    let until = moment.paused_until.as_deref().and_then(Timestamp::parse);
    let day = until.map_or_else(String::new, |until| lang.date(until));
    match moment.pause_reason.as_str() {
        "" => day,
        reason => format!("{day} · {reason}"),
    }
}
