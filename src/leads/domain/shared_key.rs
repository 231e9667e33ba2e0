//! Likely duplicates: what two leads have in common.

use crate::i18n::fold_name;
use crate::leads::domain::lead::LeadFields;
use crate::words::word_enum;

word_enum! {
    /// What two leads have in common.
    pub enum SharedKey {
        Email = "email", "lead-like-email";
        Phone = "phone", "lead-like-phone";
        Name = "name", "lead-like-name";
    }
}

/// What two leads have in common; nothing if they are likely different. A name counts together with a company.
pub fn shared_key(one: &LeadFields, other: &LeadFields) -> Option<SharedKey> {
    let is_same = |one: String, other: String| !one.is_empty() && one == other;
    let company = |fields: &LeadFields| fold_name(fields.company.as_str());
    if is_same(one.email_key(), other.email_key()) {
        Some(SharedKey::Email)
    } else if is_same(one.phone_key(), other.phone_key()) {
        Some(SharedKey::Phone)
    } else if one.name_key() == other.name_key() && is_same(company(one), company(other)) {
        Some(SharedKey::Name)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::LeadField;
    use crate::leads::domain::lead::tests::lead;
    use crate::records::field::FieldValues;

    fn fields(name: &str, company: &str, email: &str, phone: &str) -> LeadFields {
        let mut fields = lead(1, name).fields;
        for (field, text) in [
            (LeadField::Company, company),
            (LeadField::Email, email),
            (LeadField::Phone, phone),
        ] {
            fields.parse(field, text).unwrap();
        }
        fields
    }

    #[test]
    fn address_number_or_name_with_company_make_leads_alike() {
        let ana = fields("Ana Pop", "Acme", "ana@acme.ro", "+40 722 123 456");
        for (other, expected) in [
            (fields("X", "", "ANA@acme.ro", ""), Some(SharedKey::Email)),
            (fields("X", "", "", "0722-123-456"), Some(SharedKey::Phone)),
            (fields("ANĂ POP", "acme", "", ""), Some(SharedKey::Name)),
            (fields("Ana Pop", "", "", ""), None),
            (fields("Ana Pop", "Beta", "b@c.ro", "0722 123 457"), None),
        ] {
            assert_eq!(shared_key(&ana, &other), expected, "{other:?}");
        }
        let bare = fields("Ana Pop", "", "", "");
        assert_eq!(shared_key(&bare, &bare), None);
    }
}
