//! A lead as it is read, its editable fields, and its snapshot for the audit log.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::i18n::fold_name;
use crate::leads::domain::text::{
    Company, ExternalRef, LeadEmail, LeadSource, Name, Phone, TextLine, search_key,
};
use crate::money::{Currency, Money};

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
    /// The moment at which its pause ends, the start of a day in UTC; may be past.
    pub paused_until: Option<Timestamp>,
    pub pause_reason: String,
    pub last_note: String,
    pub last_note_at: Option<Timestamp>,
    pub last_activity_at: Timestamp,
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

    /// True if it is in the bin.
    pub fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }

    /// Its state for the audit log.
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

/// The editable fields of a lead, each value checked.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadFields {
    /// Empty if it was not imported.
    pub external_ref: ExternalRef,
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
}

/// The names of the editable fields in HTML, in the API and in files, in the order of the form.
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
    /// The fields of a lead with a name and nothing else.
    pub fn with_name(name: Name) -> LeadFields {
        LeadFields {
            external_ref: TextLine::default(),
            name,
            company: TextLine::default(),
            email: LeadEmail::default(),
            phone: TextLine::default(),
            source: TextLine::default(),
            owner: None,
            value_cents: None,
            currency: Currency::DEFAULT,
        }
    }

    /// Its value, if one is set.
    pub fn money(&self) -> Option<Money> {
        self.value_cents.map(|cents| Money {
            cents,
            currency: self.currency,
        })
    }

    /// The folded name, by which lists sort.
    pub fn name_key(&self) -> String {
        fold_name(self.name.as_str())
    }

    /// The folded text that a search reads: name, company, e-mail, phone and external reference.
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
    pub fn changed_fields(&self, other: &LeadFields) -> Vec<&'static str> {
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

    /// Copies one field from `other`.
    pub fn copy_field(&mut self, field: &str, other: &LeadFields) {
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

/// The state of a lead before or after a change, as the audit log stores it.
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
    /// The editable fields at that moment, for merging a later edit. `None` if a value is invalid today.
    pub fn fields(&self) -> Option<LeadFields> {
        let currency = Currency::parse(&self.currency).ok()?;
        let value = self.value.as_deref();
        let value = value.map(|value| Money::parse(value, currency)).transpose();
        Some(LeadFields {
            external_ref: TextLine::parse(&self.external_ref).ok()?,
            name: TextLine::parse(&self.name).ok()?,
            company: TextLine::parse(&self.company).ok()?,
            email: LeadEmail::parse(&self.email).ok()?,
            phone: TextLine::parse(&self.phone).ok()?,
            source: TextLine::parse(&self.source).ok()?,
            owner: self.owner,
            value_cents: value.ok()?.map(|money| money.cents),
            currency,
        })
    }
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
    fn every_editable_field_is_compared_copied_and_in_the_snapshot() {
        let mut mine = lead(1, "Mine").fields;
        let theirs = LeadFields {
            external_ref: TextLine::parse("X-1").unwrap(),
            name: TextLine::parse("Theirs").unwrap(),
            company: TextLine::parse("Acme").unwrap(),
            email: LeadEmail::parse("a@b.ro").unwrap(),
            phone: TextLine::parse("0722").unwrap(),
            source: TextLine::parse("web").unwrap(),
            owner: Some(3),
            value_cents: Some(105_450),
            currency: Currency::parse("RON").unwrap(),
        };
        assert_eq!(mine.changed_fields(&theirs), FIELDS);
        for field in FIELDS {
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
