use super::text::{Line, Mail};
use super::{Currency, Lead, LeadFields, Money};
use crate::error::FieldErrors;
use crate::i18n::{Lang, Message};
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
    /// In major units; empty if it is not known.
    pub value: Raw,
    pub currency: Raw,
    pub external_ref: Raw,
    /// A status's id, for a new lead and for the API.
    pub status: Raw,
    pub version: Raw,
    /// The language in whose manner the value is written; nothing for the point of files and of the API.
    pub manner: Option<Lang>,
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
            manner: None,
        }
    }

    /// The same of what a person typed on a page in that language. A form says in `manner` how it was written, since
    /// the language may have changed while it was open.
    pub fn read_typed(fields: &Fields, lang: Lang) -> LeadForm {
        let manner = fields.text("manner").and_then(Lang::from_tag);
        LeadForm {
            manner: Some(manner.unwrap_or(lang)),
            ..LeadForm::read(fields)
        }
    }

    /// The form as it opens for a lead that exists.
    pub fn of(lead: &Lead, lang: Lang) -> LeadForm {
        LeadForm {
            version: Raw::Text(lead.version.to_string()),
            status: Raw::Text(lead.status_id.to_string()),
            ..LeadForm::of_fields(&lead.fields, Some(lang))
        }
    }

    /// The same form with these values and another version; a value that is still the typed one stays as it was typed.
    pub fn again(&self, fields: &LeadFields, version: Raw) -> LeadForm {
        let mut again = LeadForm::of_fields(fields, self.manner);
        again.version = version;
        let is_typed = self.value.is_sent()
            && matches!(self.amount(self.value.text(), fields.currency), Ok(cents) if cents == fields.value_cents);
        if is_typed {
            again.value = self.value.clone();
        }
        again
    }

    /// The form that holds these values, the amount in the manner of a language.
    fn of_fields(fields: &LeadFields, manner: Option<Lang>) -> LeadForm {
        let text = |text: &str| Raw::Text(text.to_owned());
        let owner = fields.owner.map(|owner| owner.to_string());
        let value = fields.money().map(|money| match manner {
            Some(lang) => money.to_typed(lang),
            None => money.to_plain(),
        });
        LeadForm {
            manner,
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
        let currency = take(errors, "currency", self.currency.simple(), Currency::parse);
        let currency = currency.unwrap_or(fields.currency);
        let kept = fields.money().filter(|_| !self.value.is_sent());
        let value = match kept.map(Money::to_plain) {
            Some(plain) => take(errors, "value", Ok(Some(plain.as_str())), |plain| {
                Money::parse(plain, currency).map(|money| Some(money.cents))
            }),
            None => take(errors, "value", self.value.simple(), |typed| {
                self.amount(typed, currency)
            }),
        };
        if let Some(cents) = value {
            fields.value_cents = cents;
        }
        fields.currency = currency;
    }

    /// The minor units of an amount as this form is written.
    fn amount(&self, text: &str, currency: Currency) -> Result<Option<i64>, Message> {
        let money = match (text.trim(), self.manner) {
            ("", _) => return Ok(None),
            (text, Some(lang)) => Money::typed(text, currency, lang),
            (text, None) => Money::parse(text, currency),
        };
        money.map(|money| Some(money.cents))
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
        assert_eq!(LeadForm::of_fields(&current, None).parse(None), Ok(current));
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
    fn a_value_is_read_as_the_form_was_written() {
        let sent = |value, manner| {
            let pairs = [("name", "Ana"), ("value", value), ("manner", manner)];
            LeadForm::read_typed(&Fields::from_pairs(pairs), Lang::En)
        };
        let cents = |form: LeadForm| form.parse(None).map(|fields| fields.value_cents);
        assert_eq!(cents(sent("1.000", "ro")), Ok(Some(100_000)));
        assert_eq!(cents(sent("1,000", "")), Ok(Some(100_000)));
        assert!(cents(sent("1.000", "en")).is_err());
        let typed = sent("1.054,5", "ro");
        let mut fields = typed.parse(None).unwrap();
        assert_eq!(typed.again(&fields, Raw::default()).value.text(), "1.054,5");
        fields.value_cents = Some(200_050);
        assert_eq!(typed.again(&fields, Raw::default()).value.text(), "2000,50");
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
