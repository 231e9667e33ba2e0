use super::text::{Line, Mail};
use super::{Currency, Lead, LeadFields, Money};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::web::fields::{Fields, parse_id};
use crate::web::{Raw, take, version};

/// A lead as it was typed, by a person or by another system: what an invalid form shows again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadForm {
    pub name: Raw,
    pub company: Raw,
    pub email: Raw,
    pub phone: Raw,
    pub source: Raw,
    /// A user's id; empty for nobody.
    pub owner: Raw,
    /// In major units with a point; empty if it is not known.
    pub value: Raw,
    pub currency: Raw,
    pub external_ref: Raw,
    /// A status's id, for a new lead and for the API.
    pub status: Raw,
    pub version: Raw,
}

impl LeadForm {
    /// The form in what a browser or another system sent. Unknown fields are ignored.
    pub fn read(fields: &Fields) -> LeadForm {
        let raw = |name| Raw::read(fields, name);
        LeadForm {
            name: raw("name"),
            company: raw("company"),
            email: raw("email"),
            phone: raw("phone"),
            source: raw("source"),
            owner: raw("owner"),
            value: raw("value"),
            currency: raw("currency"),
            external_ref: raw("external_ref"),
            status: raw("status"),
            version: raw("version"),
        }
    }

    /// The form as it opens for a lead that exists.
    pub fn of(lead: &Lead) -> LeadForm {
        LeadForm {
            version: Raw::Text(lead.version.to_string()),
            status: Raw::Text(lead.status_id.to_string()),
            ..LeadForm::of_fields(&lead.fields)
        }
    }

    /// The form that holds these values.
    pub fn of_fields(fields: &LeadFields) -> LeadForm {
        let text = |text: &str| Raw::Text(text.to_owned());
        let owner = fields.owner.map(|owner| owner.to_string());
        let value = fields.money().map(Money::to_plain);
        LeadForm {
            name: text(fields.name.as_str()),
            company: text(fields.company.as_str()),
            email: text(fields.email.as_str()),
            phone: text(fields.phone.as_str()),
            source: text(fields.source.as_str()),
            owner: Raw::Text(owner.unwrap_or_default()),
            value: Raw::Text(value.unwrap_or_default()),
            currency: text(fields.currency.code()),
            external_ref: text(fields.external_ref.as_str()),
            ..LeadForm::default()
        }
    }

    /// Name and text of every field that was sent, to be carried on in hidden fields; status and lock are left out.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("name", &self.name),
            ("company", &self.company),
            ("email", &self.email),
            ("phone", &self.phone),
            ("source", &self.source),
            ("owner", &self.owner),
            ("value", &self.value),
            ("currency", &self.currency),
            ("external_ref", &self.external_ref),
        ];
        let sent = fields.into_iter().filter(|(_, raw)| raw.is_sent());
        sent.map(|(name, raw)| (name, raw.text()))
    }

    /// The fields: those of `current` where none was sent, with every error in one answer.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self, current: Option<&LeadFields>) -> Result<LeadFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let named = |typed: &str| Line::required(typed, "lead-name-missing");
        let name = take(&mut errors, "name", self.name.simple(), named);
        if name.is_none() && current.is_none() && errors.is_empty() {
            errors.add("name", Message::new("lead-name-missing"));
        }
        // Without a name the other fields are still judged, so that one answer names every error.
        let blank = || LeadFields::named(Line::default());
        let mut fields = current.cloned().unwrap_or_else(blank);
        fields.name = name.unwrap_or(fields.name);
        self.overlay_texts(&mut fields, &mut errors);
        self.overlay_owner(&mut fields, &mut errors);
        self.overlay_money(&mut fields, &mut errors);
        if errors.is_empty() {
            Ok(fields)
        } else {
            Err(errors)
        }
    }

    fn overlay_texts(&self, fields: &mut LeadFields, errors: &mut FieldErrors) {
        if let Some(text) = take(errors, "company", self.company.simple(), Line::parse) {
            fields.company = text;
        }
        if let Some(text) = take(errors, "email", self.email.simple(), Mail::parse) {
            fields.email = text;
        }
        if let Some(text) = take(errors, "phone", self.phone.simple(), Line::parse) {
            fields.phone = text;
        }
        if let Some(text) = take(errors, "source", self.source.simple(), Line::parse) {
            fields.source = text;
        }
        let reference = self.external_ref.simple();
        if let Some(text) = take(errors, "external_ref", reference, Line::parse) {
            fields.external_ref = text;
        }
    }

    fn overlay_owner(&self, fields: &mut LeadFields, errors: &mut FieldErrors) {
        if let Some(owner) = take(errors, "owner", self.owner.simple(), owner) {
            fields.owner = owner;
        }
    }

    /// A value is kept as it reads: another currency may have other digits.
    fn overlay_money(&self, fields: &mut LeadFields, errors: &mut FieldErrors) {
        let plain = fields.money().map(Money::to_plain).unwrap_or_default();
        let currency = take(errors, "currency", self.currency.simple(), Currency::parse);
        let currency = currency.unwrap_or(fields.currency);
        let value = self.value.simple().map(|sent| Some(sent.unwrap_or(&plain)));
        let parse = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => Money::parse(typed, currency).map(|money| Some(money.cents)),
        };
        if let Some(cents) = take(errors, "value", value, parse) {
            fields.value_cents = cents;
        }
        fields.currency = currency;
    }

    /// The status that was asked for, if one was.
    ///
    /// # Errors
    /// A message at `status`.
    pub fn status(&self) -> Result<Option<i64>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let parse = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => parse_id(typed)
                .map(Some)
                .ok_or_else(|| Message::new("lead-status-unknown")),
        };
        let status = take(&mut errors, "status", self.status.simple(), parse);
        match errors.is_empty() {
            true => Ok(status.flatten()),
            false => Err(errors),
        }
    }

    /// The version that the edit was made from, if one was sent.
    ///
    /// # Errors
    /// A message at `version`.
    pub fn version(&self) -> Result<Option<i32>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let sent = take(&mut errors, "version", self.version.simple(), version);
        match errors.is_empty() {
            true => Ok(sent.flatten()),
            false => Err(errors),
        }
    }
}

/// A user's id, or nobody for an empty text.
///
/// # Errors
/// The sentence to show.
pub fn owner(typed: &str) -> Result<Option<i64>, Message> {
    match typed.trim() {
        "" => Ok(None),
        typed => parse_id(typed)
            .map(Some)
            .ok_or_else(|| Message::new("lead-owner-unknown")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lead::tests::lead;
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> LeadForm {
        LeadForm::read(&Fields::from_pairs(pairs.iter().copied()))
    }

    #[test]
    fn only_what_was_sent_changes() {
        let current = lead(1, "Ana").fields;
        let changed = form(&[("company", " Acme ")])
            .parse(Some(&current))
            .unwrap();
        assert_eq!(changed.changed(&current), ["company"]);
        assert_eq!(LeadForm::of_fields(&current).parse(None), Ok(current));
    }

    #[test]
    fn a_value_is_kept_as_it_reads_when_its_currency_changes() {
        let mut current = lead(1, "Ana").fields;
        current.value_cents = Some(105_400);
        let yen = form(&[("currency", "jpy")]).parse(Some(&current)).unwrap();
        assert_eq!(yen.money().map(Money::to_plain).as_deref(), Some("1054"));
        current.value_cents = Some(105_450);
        let told = form(&[("currency", "JPY")])
            .parse(Some(&current))
            .unwrap_err();
        assert_eq!(
            told.at("value").map(|told| told.key),
            Some("lead-value-fine")
        );
        let cleared = form(&[("value", "")]).parse(Some(&current)).unwrap();
        assert_eq!(cleared.value_cents, None);
    }

    #[test]
    fn every_error_comes_in_one_answer() {
        let told = form(&[
            ("email", "x"),
            ("owner", "me"),
            ("value", "-1"),
            ("currency", "EURO"),
        ]);
        let told = told.parse(None).unwrap_err();
        let fields: Vec<_> = told.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "email", "owner", "currency", "value"]);
    }
}
