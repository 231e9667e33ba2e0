//! A lead as it is read, its editable fields, and its snapshot for the audit log.

use chrono::NaiveDate;
use serde_json::Value;

use crate::access::email_key;
use crate::clock::Timestamp;
use crate::i18n::{Lang, Message, fold_name};
use crate::leads::domain::extra::ExtraFields;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::reference::Reference;
use crate::leads::domain::text::{
    Company, ExternalRef, ExternalSystem, LeadEmail, LeadSource, Name, Phone, TextLine, phone_key,
    search_key,
};
use crate::money::{Currency, Money};
use crate::records::field::{Field, FieldValues};
use crate::records::fields::parse_optional_id;
use crate::words::word_enum;

/// A lead as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    pub id: i64,
    pub fields: LeadFields,
    pub status_id: i64,
    /// When the current visit began.
    pub status_since: Timestamp,
    /// When its clock started, against which target and limit count: `status_since` plus the time paused since then.
    pub clock_from: Timestamp,
    /// The instant at which its pause ends; may be past.
    pub paused_until: Option<Timestamp>,
    /// The day that begins then for the user who paused it.
    pub resumes_on: Option<NaiveDate>,
    pub pause_reason: String,
    pub last_note: String,
    pub last_note_at: Option<Timestamp>,
    pub last_activity_at: Timestamp,
    /// When its open offer is due; nothing without one.
    pub offer_due_at: Option<Timestamp>,
    /// When it was put into the bin.
    pub deleted_at: Option<Timestamp>,
    /// Counts the changes; an edit names the version that it started from.
    pub version: i32,
    pub created_at: Timestamp,
    pub created_by: String,
    pub updated_at: Timestamp,
    pub updated_by: String,
}

impl Lead {
    /// The time in its status, in seconds.
    pub fn age_seconds(&self, now: Timestamp) -> i64 {
        now.seconds_since(self.status_since).max(0)
    }

    /// True if it is paused at `now`.
    pub fn is_paused(&self, now: Timestamp) -> bool {
        self.paused_until.is_some_and(|until| until > now)
    }

    /// The end of its pause; may be past.
    pub fn pause_end(&self) -> Option<PauseEnd> {
        let (day, at) = (self.resumes_on?, self.paused_until?);
        Some(PauseEnd { day, at })
    }

    /// True if it is in the bin.
    pub fn is_in_bin(&self) -> bool {
        self.deleted_at.is_some()
    }
}

word_enum! {
    /// An editable field of a lead.
    pub enum LeadField {
        Name = "name", "lead-form-name";
        Company = "company", "lead-form-company";
        Email = "email", "lead-form-email";
        Phone = "phone", "lead-form-phone";
        Source = "source", "lead-form-source";
        Owner = "owner", "lead-form-owner";
        Value = "value", "lead-form-value";
        Currency = "currency", "lead-form-currency";
        ExternalRef = "external_ref", "lead-form-reference";
        ExternalSystem = "external_system", "lead-form-system";
        Extra = "extra_fields", "lead-form-extra";
    }
}

impl Field for LeadField {
    const ALL: &'static [LeadField] = &LeadField::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }

    fn label(self) -> &'static str {
        self.key()
    }

    /// The texts first; the value depends on the currency.
    fn parse_rank(self) -> u8 {
        match self {
            LeadField::Name
            | LeadField::Company
            | LeadField::Email
            | LeadField::Phone
            | LeadField::Source
            | LeadField::ExternalRef
            | LeadField::ExternalSystem
            | LeadField::Extra => 0,
            LeadField::Owner => 1,
            LeadField::Currency => 2,
            LeadField::Value => 3,
        }
    }

    /// A value is merged together with its currency.
    fn merge_group(self) -> LeadField {
        match self {
            LeadField::Currency => LeadField::Value,
            other => other,
        }
    }
}

/// The editable fields of a lead, each value checked.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadFields {
    /// Empty if it was not imported.
    pub external_ref: ExternalRef,
    /// In which `external_ref` is unique; empty where no system is named.
    pub external_system: ExternalSystem,
    pub name: Name,
    pub company: Company,
    pub email: LeadEmail,
    pub phone: Phone,
    pub source: LeadSource,
    /// A user's id.
    pub owner: Option<i64>,
    /// In minor units of `currency`.
    pub value_cents: Option<i64>,
    pub currency: Currency,
    /// Values of other systems for which there is no field.
    pub extra: ExtraFields,
}

impl LeadFields {
    /// The fields of a lead with a name and nothing else.
    pub fn with_name(name: Name) -> LeadFields {
        LeadFields {
            external_ref: TextLine::default(),
            external_system: TextLine::default(),
            name,
            company: TextLine::default(),
            email: LeadEmail::default(),
            phone: TextLine::default(),
            source: TextLine::default(),
            owner: None,
            value_cents: None,
            currency: Currency::DEFAULT,
            extra: ExtraFields::default(),
        }
    }

    /// Its value, if one is set.
    pub fn money(&self) -> Option<Money> {
        self.value_cents.map(|cents| Money {
            cents,
            currency: self.currency,
        })
    }

    /// Its reference in its system.
    pub fn reference(&self) -> Reference {
        Reference::new(self.external_system.as_str(), self.external_ref.as_str())
    }

    /// The e-mail address by which it is the same lead, whatever its case.
    pub fn email_key(&self) -> String {
        email_key(self.email.as_str())
    }

    /// The digits by which its telephone number is the same.
    pub fn phone_key(&self) -> String {
        phone_key(self.phone.as_str())
    }

    /// The folded name, by which lists sort.
    pub fn name_key(&self) -> String {
        fold_name(self.name.as_str())
    }

    /// The folded text that a search reads: name, company, e-mail, phone, external reference and extra fields.
    pub fn search_key(&self) -> String {
        let texts = [
            self.name.as_str(),
            self.company.as_str(),
            self.email.as_str(),
            self.external_ref.as_str(),
        ];
        let extra = self.extra.texts();
        let extra = extra.iter().map(|(_, text)| text.as_str());
        search_key(texts.into_iter().chain(extra), self.phone.as_str())
    }
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LeadValue<'a> {
    Text(&'a str),
    /// A user's id.
    Owner(Option<i64>),
    /// In minor units of the lead's currency.
    Cents(Option<i64>),
    Extra(&'a ExtraFields),
}

impl FieldValues for LeadFields {
    type Field = LeadField;
    type Value<'a> = LeadValue<'a>;

    fn blank() -> LeadFields {
        LeadFields::with_name(TextLine::default())
    }

    fn value(&self, field: LeadField) -> LeadValue<'_> {
        match field {
            LeadField::Name => LeadValue::Text(self.name.as_str()),
            LeadField::Company => LeadValue::Text(self.company.as_str()),
            LeadField::Email => LeadValue::Text(self.email.as_str()),
            LeadField::Phone => LeadValue::Text(self.phone.as_str()),
            LeadField::Source => LeadValue::Text(self.source.as_str()),
            LeadField::Owner => LeadValue::Owner(self.owner),
            LeadField::Value => LeadValue::Cents(self.value_cents),
            LeadField::Currency => LeadValue::Text(self.currency.code()),
            LeadField::ExternalRef => LeadValue::Text(self.external_ref.as_str()),
            LeadField::ExternalSystem => LeadValue::Text(self.external_system.as_str()),
            LeadField::Extra => LeadValue::Extra(&self.extra),
        }
    }

    fn json(&self, field: LeadField) -> Value {
        match self.value(field) {
            LeadValue::Text(text) => text.into(),
            LeadValue::Owner(owner) => owner.into(),
            LeadValue::Cents(_) => self.money().map(Money::to_plain).into(),
            LeadValue::Extra(extra) => extra.to_json(),
        }
    }

    fn parse(&mut self, field: LeadField, text: &str) -> Result<(), Message> {
        match field {
            LeadField::Name => self.name = TextLine::required(text, "lead-name-missing")?,
            LeadField::Company => self.company = TextLine::parse(text)?,
            LeadField::Email => self.email = LeadEmail::parse(text)?,
            LeadField::Phone => self.phone = TextLine::parse(text)?,
            LeadField::Source => self.source = TextLine::parse(text)?,
            LeadField::Owner => self.owner = parse_owner(text)?,
            LeadField::Value => self.value_cents = parse_amount(text, self.currency, None)?,
            LeadField::Currency => self.currency = Currency::parse(text)?,
            LeadField::ExternalRef => self.external_ref = TextLine::parse(text)?,
            LeadField::ExternalSystem => self.external_system = TextLine::parse(text)?,
            LeadField::Extra => self.extra.apply(text)?,
        }
        Ok(())
    }

    fn copy_field(&mut self, field: LeadField, other: &LeadFields) {
        match field {
            LeadField::Name => self.name = other.name.clone(),
            LeadField::Company => self.company = other.company.clone(),
            LeadField::Email => self.email = other.email.clone(),
            LeadField::Phone => self.phone = other.phone.clone(),
            LeadField::Source => self.source = other.source.clone(),
            LeadField::Owner => self.owner = other.owner,
            LeadField::Value => self.value_cents = other.value_cents,
            LeadField::Currency => self.currency = other.currency,
            LeadField::ExternalRef => self.external_ref = other.external_ref.clone(),
            LeadField::ExternalSystem => self.external_system = other.external_system.clone(),
            LeadField::Extra => self.extra = other.extra.clone(),
        }
    }
}

/// A user's id, or `None` for an empty text.
///
/// # Errors
/// The sentence to show.
pub fn parse_owner(text: &str) -> Result<Option<i64>, Message> {
    parse_optional_id(text, "lead-owner-unknown")
}

/// An amount in minor units, in the number format of `lang` or with a decimal point; `None` for an empty text.
///
/// # Errors
/// The sentence to show.
pub fn parse_amount(
    text: &str,
    currency: Currency,
    lang: Option<Lang>,
) -> Result<Option<i64>, Message> {
    let money = match (text.trim(), lang) {
        ("", _) => return Ok(None),
        (text, Some(lang)) => Money::parse_in_lang(text, currency, lang),
        (text, None) => Money::parse(text, currency),
    };
    money.map(|money| Some(money.cents))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A lead for unit tests.
    pub(in crate::leads) fn lead(id: i64, name: &str) -> Lead {
        Lead {
            id,
            fields: LeadFields::with_name(TextLine::parse(name).unwrap()),
            status_id: 1,
            status_since: Timestamp(0),
            clock_from: Timestamp(0),
            paused_until: None,
            resumes_on: None,
            pause_reason: String::new(),
            offer_due_at: None,
            last_note: String::new(),
            last_note_at: None,
            last_activity_at: Timestamp(0),
            deleted_at: None,
            version: 1,
            created_at: Timestamp(0),
            created_by: "Ana".to_owned(),
            updated_at: Timestamp(0),
            updated_by: "Ana".to_owned(),
        }
    }

    #[test]
    fn every_editable_field_is_compared_copied_and_in_the_snapshot() {
        let (mut mine, mut theirs) = (LeadFields::blank(), LeadFields::blank());
        for field in LeadField::in_parse_order() {
            let text = match field {
                LeadField::Email => "a@b.ro",
                LeadField::Owner => "3",
                LeadField::Value => "1054.50",
                LeadField::Currency => "RON",
                LeadField::Extra => r#"{"city":"Iași"}"#,
                _ => "text",
            };
            theirs.parse(field, text).unwrap();
        }
        assert_eq!(mine.changed_fields(&theirs), LeadField::ALL);
        for field in LeadField::ALL {
            mine.copy_field(field, &theirs);
        }
        assert_eq!(mine, theirs);
        let stored = Lead {
            fields: theirs.clone(),
            ..lead(1, "x")
        };
        assert_eq!(stored.snapshot().fields(), Some(theirs));
    }
}
