//! The form of a lead as it was typed, and the checked fields that it stands for.

use crate::error::FieldErrors;
use crate::i18n::{Lang, Message};
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::text::{LeadEmail, TextLine};
use crate::money::{Currency, Money};
use crate::records::fields::{Fields, parse_id};
use crate::web::{FormValue, parse_field, parse_version};

/// A lead as a person typed it or another system sent it. An invalid form shows these texts again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadForm {
    pub name: FormValue,
    pub company: FormValue,
    pub email: FormValue,
    pub phone: FormValue,
    pub source: FormValue,
    /// A user's id; empty for no owner.
    pub owner: FormValue,
    /// In major units; empty for no value.
    pub value: FormValue,
    pub currency: FormValue,
    pub external_ref: FormValue,
    /// A status's id, for a new lead and for the API.
    pub status: FormValue,
    pub version: FormValue,
    /// The language whose number format the value has; `None` for the decimal point of files and of the API.
    pub value_lang: Option<Lang>,
}

impl LeadForm {
    /// Reads the form from what a browser or another system sent. Unknown fields are ignored.
    pub fn read(fields: &Fields) -> LeadForm {
        let raw = |name| FormValue::read(fields, name);
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
            value_lang: None,
        }
    }

    /// Reads the form that a person typed on a page in `lang`. The form field `manner` takes precedence, because the
    /// language may have changed while the page was open.
    pub fn read_in_lang(fields: &Fields, lang: Lang) -> LeadForm {
        let manner = fields.text("manner").and_then(Lang::from_tag);
        LeadForm {
            value_lang: Some(manner.unwrap_or(lang)),
            ..LeadForm::read(fields)
        }
    }

    /// The form for editing a lead.
    pub fn from_lead(lead: &Lead, lang: Lang) -> LeadForm {
        LeadForm {
            version: FormValue::Text(lead.version.to_string()),
            status: FormValue::Text(lead.status_id.to_string()),
            ..LeadForm::from_fields(&lead.fields, Some(lang))
        }
    }

    /// This form with new values and a new version. A value that equals the typed one keeps its typed text.
    pub fn with_values(&self, fields: &LeadFields, version: FormValue) -> LeadForm {
        let mut form = LeadForm::from_fields(fields, self.value_lang);
        form.version = version;
        let is_typed = self.value.is_sent()
            && matches!(self.parse_amount(self.value.text(), fields.currency), Ok(cents) if cents == fields.value_cents);
        if is_typed {
            form.value = self.value.clone();
        }
        form
    }

    /// The form with these values; `manner` formats the amount.
    fn from_fields(fields: &LeadFields, manner: Option<Lang>) -> LeadForm {
        let text = |text: &str| FormValue::Text(text.to_owned());
        let owner = fields.owner.map(|owner| owner.to_string());
        let value = fields.money().map(|money| match manner {
            Some(lang) => money.to_typed(lang),
            None => money.to_plain(),
        });
        LeadForm {
            value_lang: manner,
            name: text(fields.name.as_str()),
            company: text(fields.company.as_str()),
            email: text(fields.email.as_str()),
            phone: text(fields.phone.as_str()),
            source: text(fields.source.as_str()),
            owner: FormValue::Text(owner.unwrap_or_default()),
            value: FormValue::Text(value.unwrap_or_default()),
            currency: text(fields.currency.code()),
            external_ref: text(fields.external_ref.as_str()),
            ..LeadForm::default()
        }
    }

    /// Name and text of the sent fields, for hidden inputs; without status and version.
    pub fn sent_texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
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

    /// The checked fields. A field that was not sent keeps its value in `current`.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self, current: Option<&LeadFields>) -> Result<LeadFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let parse_name = |typed: &str| TextLine::required(typed, "lead-name-missing");
        let name = parse_field(&mut errors, "name", self.name.simple(), parse_name);
        if name.is_none() && current.is_none() && errors.is_empty() {
            errors.add("name", Message::new("lead-name-missing"));
        }
        // The other fields are checked too, so that one answer names every error.
        let blank = || LeadFields::with_name(TextLine::default());
        let mut fields = current.cloned().unwrap_or_else(blank);
        fields.name = name.unwrap_or(fields.name);
        self.apply_texts(&mut fields, &mut errors);
        self.apply_owner(&mut fields, &mut errors);
        self.apply_money(&mut fields, &mut errors);
        if errors.is_empty() {
            Ok(fields)
        } else {
            Err(errors)
        }
    }

    fn apply_texts(&self, fields: &mut LeadFields, errors: &mut FieldErrors) {
        if let Some(text) = parse_field(errors, "company", self.company.simple(), TextLine::parse) {
            fields.company = text;
        }
        if let Some(text) = parse_field(errors, "email", self.email.simple(), LeadEmail::parse) {
            fields.email = text;
        }
        if let Some(text) = parse_field(errors, "phone", self.phone.simple(), TextLine::parse) {
            fields.phone = text;
        }
        if let Some(text) = parse_field(errors, "source", self.source.simple(), TextLine::parse) {
            fields.source = text;
        }
        let reference = self.external_ref.simple();
        if let Some(text) = parse_field(errors, "external_ref", reference, TextLine::parse) {
            fields.external_ref = text;
        }
    }

    fn apply_owner(&self, fields: &mut LeadFields, errors: &mut FieldErrors) {
        if let Some(owner) = parse_field(errors, "owner", self.owner.simple(), parse_owner) {
            fields.owner = owner;
        }
    }

    /// A value that was not sent keeps its digits, because another currency may have other minor units.
    fn apply_money(&self, fields: &mut LeadFields, errors: &mut FieldErrors) {
        let currency = parse_field(errors, "currency", self.currency.simple(), Currency::parse);
        let currency = currency.unwrap_or(fields.currency);
        let unchanged = fields.money().filter(|_| !self.value.is_sent());
        let value = match unchanged.map(Money::to_plain) {
            Some(plain) => parse_field(errors, "value", Ok(Some(plain.as_str())), |plain| {
                Money::parse(plain, currency).map(|money| Some(money.cents))
            }),
            None => parse_field(errors, "value", self.value.simple(), |typed| {
                self.parse_amount(typed, currency)
            }),
        };
        if let Some(cents) = value {
            fields.value_cents = cents;
        }
        fields.currency = currency;
    }

    /// The amount in minor units.
    fn parse_amount(&self, text: &str, currency: Currency) -> Result<Option<i64>, Message> {
        let money = match (text.trim(), self.value_lang) {
            ("", _) => return Ok(None),
            (text, Some(lang)) => Money::typed(text, currency, lang),
            (text, None) => Money::parse(text, currency),
        };
        money.map(|money| Some(money.cents))
    }

    /// The status, if one was sent.
    ///
    /// # Errors
    /// A message at `status`.
    pub fn parse_status(&self) -> Result<Option<i64>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let parse = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => parse_id(typed)
                .map(Some)
                .ok_or_else(|| Message::new("lead-status-unknown")),
        };
        let status = parse_field(&mut errors, "status", self.status.simple(), parse);
        match errors.is_empty() {
            true => Ok(status.flatten()),
            false => Err(errors),
        }
    }

    /// The version that the edit started from, if one was sent.
    ///
    /// # Errors
    /// A message at `version`.
    pub fn parse_version(&self) -> Result<Option<i32>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let sent = parse_field(&mut errors, "version", self.version.simple(), parse_version);
        match errors.is_empty() {
            true => Ok(sent.flatten()),
            false => Err(errors),
        }
    }
}

/// A user's id, or `None` for an empty text.
///
/// # Errors
/// The sentence to show.
pub fn parse_owner(typed: &str) -> Result<Option<i64>, Message> {
    match typed.trim() {
        "" => Ok(None),
        typed => parse_id(typed)
            .map(Some)
            .ok_or_else(|| Message::new("lead-owner-unknown")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::tests::lead;

    fn form(pairs: &[(&str, &str)]) -> LeadForm {
        LeadForm::read(&Fields::from_pairs(pairs.iter().copied()))
    }

    #[test]
    fn only_what_was_sent_changes() {
        let current = lead(1, "Ana").fields;
        let changed = form(&[("company", " Acme ")])
            .parse(Some(&current))
            .unwrap();
        assert_eq!(changed.changed_fields(&current), ["company"]);
        assert_eq!(
            LeadForm::from_fields(&current, None).parse(None),
            Ok(current)
        );
    }

    #[test]
    fn a_value_keeps_its_digits_when_its_currency_changes() {
        let mut current = lead(1, "Ana").fields;
        current.value_cents = Some(105_400);
        let yen = form(&[("currency", "jpy")]).parse(Some(&current)).unwrap();
        assert_eq!(yen.money().map(Money::to_plain).as_deref(), Some("1054"));
        current.value_cents = Some(105_450);
        let errors = form(&[("currency", "JPY")])
            .parse(Some(&current))
            .unwrap_err();
        assert_eq!(
            errors.at("value").map(|message| message.key),
            Some("money-fine")
        );
        let cleared = form(&[("value", "")]).parse(Some(&current)).unwrap();
        assert_eq!(cleared.value_cents, None);
    }

    #[test]
    fn a_value_is_read_in_the_language_of_the_form() {
        let sent = |value, manner| {
            let pairs = [("name", "Ana"), ("value", value), ("manner", manner)];
            LeadForm::read_in_lang(&Fields::from_pairs(pairs), Lang::En)
        };
        let cents = |form: LeadForm| form.parse(None).map(|fields| fields.value_cents);
        assert_eq!(cents(sent("1.000", "ro")), Ok(Some(100_000)));
        assert_eq!(cents(sent("1,000", "")), Ok(Some(100_000)));
        assert!(cents(sent("1.000", "en")).is_err());
        let typed = sent("1.054,5", "ro");
        let mut fields = typed.parse(None).unwrap();
        assert_eq!(
            typed
                .with_values(&fields, FormValue::default())
                .value
                .text(),
            "1.054,5"
        );
        fields.value_cents = Some(200_050);
        assert_eq!(
            typed
                .with_values(&fields, FormValue::default())
                .value
                .text(),
            "2000,50"
        );
    }

    #[test]
    fn all_errors_are_reported_together() {
        let form = form(&[
            ("email", "x"),
            ("owner", "me"),
            ("value", "-1"),
            ("currency", "EURO"),
        ]);
        let errors = form.parse(None).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "email", "owner", "currency", "value"]);
    }
}
