use serde::{Deserialize, Serialize};

use super::text::{Company, ExternalRef, Line, Mail, Name, Phone, Source, search_key};
use super::{Currency, Money};
use crate::clock::Timestamp;
use crate::i18n::fold_name;

/// A lead as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    pub id: i64,
    pub fields: LeadFields,
    pub status_id: i64,
    /// When the current visit began.
    pub status_since: Timestamp,
    /// From when target and limit count: `status_since` and the time paused since then.
    pub clock_from: Timestamp,
    /// The first moment of the day on which it resurfaces; may be past.
    pub paused_until: Option<Timestamp>,
    pub pause_reason: String,
    pub last_note: String,
    pub last_note_at: Option<Timestamp>,
    pub last_activity_at: Timestamp,
    /// When it was put into the bin.
    pub deleted_at: Option<Timestamp>,
    /// Counts the changes; an edit names the version it was made from.
    pub version: i32,
    pub created_at: Timestamp,
    pub created_by: String,
    pub updated_at: Timestamp,
    pub updated_by: String,
}

impl Lead {
    /// Its age: how long it has been in its status, in seconds.
    pub fn age_seconds(&self, now: Timestamp) -> i64 {
        now.seconds_since(self.status_since).max(0)
    }

    /// True if it is set aside at this moment.
    pub fn is_paused(&self, now: Timestamp) -> bool {
        self.paused_until.is_some_and(|until| until > now)
    }

    /// True if it lies in the bin.
    pub fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }

    /// What the audit log keeps of it.
    pub fn snapshot(&self) -> LeadSnapshot {
        LeadSnapshot {
            id: self.id,
            external_ref: self.fields.external_ref.as_str().to_owned(),
            name: self.fields.name.as_str().to_owned(),
            company: self.fields.company.as_str().to_owned(),
            email: self.fields.email.as_str().to_owned(),
            phone: self.fields.phone.as_str().to_owned(),
            source: self.fields.source.as_str().to_owned(),
            owner: self.fields.owner,
            value: self.fields.money().map(Money::to_plain),
            currency: self.fields.currency.code().to_owned(),
            status: self.status_id,
            status_since: self.status_since.rfc3339(),
            paused_until: self.paused_until.map(Timestamp::rfc3339),
            pause_reason: self.pause_reason.clone(),
            deleted: self.is_deleted(),
            version: self.version,
        }
    }
}

/// What a person or a system may write about a lead, every value checked.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadFields {
    /// Empty if it was not imported.
    pub external_ref: ExternalRef,
    pub name: Name,
    pub company: Company,
    pub email: Mail,
    pub phone: Phone,
    pub source: Source,
    /// A user's id.
    pub owner: Option<i64>,
    /// In minor units of `currency`.
    pub value_cents: Option<i64>,
    pub currency: Currency,
}

/// The editable fields in the order of the form, under the names they have in HTML, in the API and in files.
pub const FIELDS: [&str; 9] = [
    "name",
    "company",
    "email",
    "phone",
    "source",
    "owner",
    "value",
    "currency",
    "external_ref",
];

impl LeadFields {
    /// A lead of which only the name is known.
    pub fn named(name: Name) -> LeadFields {
        LeadFields {
            external_ref: Line::default(),
            name,
            company: Line::default(),
            email: Mail::default(),
            phone: Line::default(),
            source: Line::default(),
            owner: None,
            value_cents: None,
            currency: Currency::DEFAULT,
        }
    }

    /// What it is worth, if that is known.
    pub fn money(&self) -> Option<Money> {
        self.value_cents.map(|cents| Money {
            cents,
            currency: self.currency,
        })
    }

    /// What lists sort names by.
    pub fn name_key(&self) -> String {
        fold_name(self.name.as_str())
    }

    /// What a search looks into: name, company, e-mail, phone and external reference, folded.
    pub fn search_key(&self) -> String {
        let texts = [
            self.name.as_str(),
            self.company.as_str(),
            self.email.as_str(),
            self.external_ref.as_str(),
        ];
        search_key(texts, self.phone.as_str())
    }

    /// The names of the fields in which these differ from `other`, in the order of the form.
    pub fn changed(&self, other: &LeadFields) -> Vec<&'static str> {
        let differs = |field: &&str| match *field {
            "name" => self.name != other.name,
            "company" => self.company != other.company,
            "email" => self.email != other.email,
            "phone" => self.phone != other.phone,
            "source" => self.source != other.source,
            "owner" => self.owner != other.owner,
            "value" => self.value_cents != other.value_cents,
            "currency" => self.currency != other.currency,
            _ => self.external_ref != other.external_ref,
        };
        FIELDS.into_iter().filter(differs).collect()
    }

    /// Takes one field, by its name, from `other`.
    pub fn take(&mut self, field: &str, other: &LeadFields) {
        match field {
            "name" => self.name = other.name.clone(),
            "company" => self.company = other.company.clone(),
            "email" => self.email = other.email.clone(),
            "phone" => self.phone = other.phone.clone(),
            "source" => self.source = other.source.clone(),
            "owner" => self.owner = other.owner,
            "value" => self.value_cents = other.value_cents,
            "currency" => self.currency = other.currency,
            _ => self.external_ref = other.external_ref.clone(),
        }
    }
}

/// A lead at one moment, as the audit log keeps it before and after a change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeadSnapshot {
    pub id: i64,
    pub external_ref: String,
    pub name: String,
    pub company: String,
    pub email: String,
    pub phone: String,
    pub source: String,
    pub owner: Option<i64>,
    /// In major units with a point.
    pub value: Option<String>,
    pub currency: String,
    pub status: i64,
    pub status_since: String,
    pub paused_until: Option<String>,
    pub pause_reason: String,
    pub deleted: bool,
    pub version: i32,
}

impl LeadSnapshot {
    /// The editable fields at that moment, as a later edit merges with them; nothing if one can't be read.
    pub fn fields(&self) -> Option<LeadFields> {
        let currency = Currency::parse(&self.currency).ok()?;
        let value = self.value.as_deref();
        let value = value.map(|value| Money::parse(value, currency)).transpose();
        Some(LeadFields {
            external_ref: Line::parse(&self.external_ref).ok()?,
            name: Line::parse(&self.name).ok()?,
            company: Line::parse(&self.company).ok()?,
            email: Mail::parse(&self.email).ok()?,
            phone: Line::parse(&self.phone).ok()?,
            source: Line::parse(&self.source).ok()?,
            owner: self.owner,
            value_cents: value.ok()?.map(|money| money.cents),
            currency,
        })
    }
}

#[cfg(test)]
pub(in crate::leads) mod tests {
    use super::*;

    /// A lead as the store would read it, for the tests of this slice.
    pub(in crate::leads) fn lead(id: i64, name: &str) -> Lead {
        Lead {
            id,
            fields: LeadFields::named(Line::parse(name).unwrap()),
            status_id: 1,
            status_since: Timestamp(0),
            clock_from: Timestamp(0),
            paused_until: None,
            pause_reason: String::new(),
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
    fn every_editable_field_is_compared_taken_and_kept() {
        let mut mine = lead(1, "Mine").fields;
        let theirs = LeadFields {
            external_ref: Line::parse("X-1").unwrap(),
            name: Line::parse("Theirs").unwrap(),
            company: Line::parse("Acme").unwrap(),
            email: Mail::parse("a@b.ro").unwrap(),
            phone: Line::parse("0722").unwrap(),
            source: Line::parse("web").unwrap(),
            owner: Some(3),
            value_cents: Some(105_450),
            currency: Currency::parse("RON").unwrap(),
        };
        assert_eq!(mine.changed(&theirs), FIELDS);
        for field in FIELDS {
            mine.take(field, &theirs);
        }
        assert_eq!(mine, theirs);
        let kept = Lead {
            fields: theirs.clone(),
            ..lead(1, "x")
        };
        assert_eq!(kept.snapshot().fields(), Some(theirs));
    }
}
