//! The fields of a lead as text, for histories and comparisons.

use std::collections::HashMap;

use crate::clock::{Timestamp, Zone};
use crate::i18n::Lang;
use crate::leads::domain::extra::COMMON;
use crate::leads::domain::lead::{LeadField, LeadFields, LeadValue};
use crate::leads::domain::snapshot::LeadSnapshot;
use crate::records::field::FieldValues;

/// Names of users by id.
pub type UserNames = HashMap<i64, String>;

/// A field as text; empty without a value.
pub fn display(fields: &LeadFields, field: LeadField, users: &UserNames, lang: Lang) -> String {
    match fields.value(field) {
        LeadValue::Text(text) => text.to_owned(),
        LeadValue::Owner(owner) => owner.map_or_else(String::new, |id| user_name(users, id)),
        LeadValue::Cents(_) => fields
            .money()
            .map_or_else(String::new, |money| money.text(lang)),
        LeadValue::Extra(extra) => {
            let texts = extra.texts().into_iter();
            let texts = texts.map(|(name, text)| format!("{}: {text}", extra_label(name, lang)));
            texts.collect::<Vec<_>>().join("; ")
        }
    }
}

/// The label of an extra field: its name, but for the common ones.
pub fn extra_label(name: &str, lang: Lang) -> &str {
    let common = COMMON.iter().find(|(common, _)| *common == name);
    common.map_or(name, |(_, key)| lang.t(key))
}

fn user_name(users: &UserNames, id: i64) -> String {
    users.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
}

/// The end and reason of the pause in a snapshot; empty without one.
pub fn display_pause(snapshot: &LeadSnapshot, lang: Lang) -> String {
    // Older entries hold the instant alone, the beginning of a day in UTC.
    let until = snapshot.paused_until.as_deref();
    let until = until.and_then(Timestamp::parse_rfc3339);
    let day = snapshot.resumes_on.or(until.map(|at| Zone::UTC.day(at)));
    let day = day.map_or_else(String::new, |day| lang.date(day));
    match snapshot.pause_reason.as_str() {
        "" => day,
        reason => format!("{day} · {reason}"),
    }
}
