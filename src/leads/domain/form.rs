//! The form of a lead, of a page or an API call, and how it is parsed into fields.

use crate::error::FieldErrors;
use crate::i18n::Lang;
use crate::leads::domain::extra::changes_of_form;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields, parse_amount};
use crate::records::edit::EditForm;
use crate::records::field::FieldValues;
use crate::records::fields::{Fields, parse_optional_id};
use crate::records::form_value::{FormValue, SentFields, parse_field, parse_version};

/// The form of a lead, before it is checked. An invalid form shows these texts again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadForm {
    /// The owner is a user's id, the value is in major units.
    pub fields: SentFields<LeadField>,
    /// A status's id, for a new lead and for the API.
    pub status: FormValue,
    pub version: FormValue,
    /// The language whose number format the value has; `None` for the decimal point of files and of the API.
    pub value_lang: Option<Lang>,
}

impl LeadForm {
    /// Reads the form. Unknown fields are ignored.
    pub fn read(fields: &Fields) -> LeadForm {
        let mut values = SentFields::read(fields);
        if let Some(changes) = changes_of_form(fields.texts()) {
            values.set(LeadField::Extra, FormValue::Text(changes));
        }
        LeadForm {
            fields: values,
            status: FormValue::read(fields, "status"),
            version: FormValue::read(fields, "version"),
            value_lang: None,
        }
    }

    /// Reads the form of a page in `lang`. The form field `manner`, the language of the value's number format, takes
    /// precedence, because the language may have changed while the page was open.
    pub fn read_in_lang(fields: &Fields, lang: Lang) -> LeadForm {
        let number_lang = fields.text("manner").and_then(Lang::from_tag);
        LeadForm {
            value_lang: Some(number_lang.unwrap_or(lang)),
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

    /// The form with these values; `lang` formats the amount.
    pub fn from_fields(values: &LeadFields, lang: Option<Lang>) -> LeadForm {
        let mut fields = SentFields::of(values);
        if let (Some(money), Some(lang)) = (values.money(), lang) {
            fields.set(LeadField::Value, FormValue::Text(money.to_input(lang)));
        }
        LeadForm {
            fields,
            value_lang: lang,
            ..LeadForm::default()
        }
    }

    /// True if no field was sent.
    pub fn is_empty(&self) -> bool {
        self.fields.texts().next().is_none()
    }

    /// The text of a field.
    pub fn text(&self, field: LeadField) -> &str {
        self.fields.get(field).text()
    }

    /// The checked fields. A field that was not sent keeps its value in `current`.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self, current: Option<&LeadFields>) -> Result<LeadFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut values = current.cloned().unwrap_or_else(LeadFields::blank);
        let mut fields = self.fields.clone();
        if current.is_none() && !fields.get(LeadField::Name).is_sent() {
            fields.set(LeadField::Name, FormValue::Null);
        }
        let is_value_sent = fields.get(LeadField::Value).is_sent();
        if let (false, Some(money)) = (is_value_sent, values.money()) {
            // The value keeps its digits, because another currency may have other minor units.
            fields.set(LeadField::Value, FormValue::Text(money.to_plain()));
        }
        let value_lang = self.value_lang.filter(|_| is_value_sent);
        fields.apply(
            &mut values,
            &mut errors,
            |values, field, text| match field {
                LeadField::Value => {
                    values.value_cents = parse_amount(text, values.currency, value_lang)?;
                    Ok(())
                }
                other => values.parse(other, text),
            },
        );
        errors.value_or_errors(values)
    }

    /// The fields by which likely duplicates are found; those with an error are blank.
    pub fn duplicate_keys(&self) -> LeadFields {
        let mut fields = LeadFields::blank();
        for field in [
            LeadField::Name,
            LeadField::Company,
            LeadField::Email,
            LeadField::Phone,
        ] {
            // The error of a field that stays blank is shown beside it.
            let _ = fields.parse(field, self.text(field));
        }
        fields
    }

    /// The checked fields and the status, with the errors of both.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse_all(
        &self,
        current: Option<&LeadFields>,
    ) -> Result<(LeadFields, Option<i64>), FieldErrors> {
        match (self.parse(current), self.parse_status()) {
            (Ok(fields), Ok(status)) => Ok((fields, status)),
            (fields, status) => {
                let mut errors = fields.err().unwrap_or_default();
                errors.extend(status.err().unwrap_or_default());
                Err(errors)
            }
        }
    }

    /// The status, if one was sent.
    ///
    /// # Errors
    /// A message at `status`.
    pub fn parse_status(&self) -> Result<Option<i64>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let parse = |text: &str| parse_optional_id(text, "lead-status-unknown");
        let status = parse_field(&mut errors, "status", self.status.simple(), parse);
        errors.value_or_errors(status.flatten())
    }

    /// The version that the edit started from, if one was sent.
    ///
    /// # Errors
    /// A message at `version`.
    pub fn parse_version(&self) -> Result<Option<i32>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let version = parse_field(&mut errors, "version", self.version.simple(), parse_version);
        errors.value_or_errors(version.flatten())
    }
}

impl EditForm<LeadFields> for LeadForm {
    fn version(&self) -> &FormValue {
        &self.version
    }

    fn parse_edit(&self, current: &LeadFields) -> Result<LeadFields, FieldErrors> {
        self.parse(Some(current))
    }

    /// A value that equals the typed one keeps its typed text.
    fn with_values(&self, values: &LeadFields, version: FormValue) -> LeadForm {
        let mut form = LeadForm::from_fields(values, self.value_lang);
        form.version = version;
        let value = self.fields.get(LeadField::Value);
        let is_unchanged = value.is_sent()
            && matches!(parse_amount(value.text(), values.currency, self.value_lang), Ok(cents) if cents == values.value_cents);
        if is_unchanged {
            form.fields.set(LeadField::Value, value.clone());
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::tests::lead;
    use crate::money::Money;

    fn form(pairs: &[(&str, &str)]) -> LeadForm {
        LeadForm::read(&Fields::from_pairs(pairs.iter().copied()))
    }

    #[test]
    fn only_what_was_sent_changes() {
        let current = lead(1, "Ana").fields;
        let changed = form(&[("company", " Acme ")])
            .parse(Some(&current))
            .unwrap();
        assert_eq!(changed.changed_fields(&current), [LeadField::Company]);
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
        let read = |value, number_lang| {
            let pairs = [("name", "Ana"), ("value", value), ("manner", number_lang)];
            LeadForm::read_in_lang(&Fields::from_pairs(pairs), Lang::En)
        };
        let cents = |form: LeadForm| form.parse(None).map(|fields| fields.value_cents);
        assert_eq!(cents(read("1.000", "ro")), Ok(Some(100_000)));
        assert_eq!(cents(read("1,000", "")), Ok(Some(100_000)));
        assert!(cents(read("1.000", "en")).is_err());
        let form = read("1.054,5", "ro");
        let mut fields = form.parse(None).unwrap();
        assert_eq!(
            form.with_values(&fields, FormValue::default())
                .text(LeadField::Value),
            "1.054,5"
        );
        fields.value_cents = Some(200_050);
        assert_eq!(
            form.with_values(&fields, FormValue::default())
                .text(LeadField::Value),
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
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "email", "owner", "currency", "value"]);
    }
}
