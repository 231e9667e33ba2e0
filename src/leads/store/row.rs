//! The rows of `leads` and `visits` as the database returns them.

use std::borrow::Cow;

use chrono::NaiveDate;
use diesel::dsl::Eq;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::SqlType;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::Backend;
use crate::db::schema::{leads, resumes_on, visits};
use crate::leads::domain::extra::ExtraFields;
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::text::{LeadEmail, Note, TextLine};
use crate::leads::domain::visit::Visit;
use crate::money::Currency;

/// The columns of the editable fields.
#[derive(Queryable, Selectable, Insertable)]
// An insert stays prepared only if its columns are the same each time.
#[diesel(table_name = leads, treat_none_as_default_value = false)]
pub struct FieldColumns<'a> {
    external_ref: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    company: Cow<'a, str>,
    email: Cow<'a, str>,
    phone: Cow<'a, str>,
    source: Cow<'a, str>,
    owner_id: Option<i64>,
    value_cents: Option<i64>,
    currency: Cow<'a, str>,
    extra: Cow<'a, str>,
    external_system: Cow<'a, str>,
}

impl<'a> FieldColumns<'a> {
    /// The columns of these values.
    pub fn of(fields: &'a LeadFields) -> FieldColumns<'a> {
        let external_ref = fields.external_ref.as_str();
        FieldColumns {
            external_ref: (!external_ref.is_empty()).then_some(external_ref.into()),
            name: fields.name.as_str().into(),
            company: fields.company.as_str().into(),
            email: fields.email.as_str().into(),
            phone: fields.phone.as_str().into(),
            source: fields.source.as_str().into(),
            owner_id: fields.owner,
            value_cents: fields.value_cents,
            currency: fields.currency.code().into(),
            extra: fields.extra.to_stored().into(),
            external_system: fields.external_system.as_str().into(),
        }
    }

    /// These columns, with texts of their own.
    pub fn into_owned(self) -> FieldColumns<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        FieldColumns {
            external_ref: self.external_ref.map(owned),
            name: owned(self.name),
            company: owned(self.company),
            email: owned(self.email),
            phone: owned(self.phone),
            source: owned(self.source),
            currency: owned(self.currency),
            extra: owned(self.extra),
            external_system: owned(self.external_system),
            owner_id: self.owner_id,
            value_cents: self.value_cents,
        }
    }

    fn into_fields(self) -> LeadFields {
        let external_ref = self.external_ref.unwrap_or_default();
        LeadFields {
            external_ref: TextLine::stored(external_ref.into_owned()),
            name: TextLine::stored(self.name.into_owned()),
            company: TextLine::stored(self.company.into_owned()),
            email: LeadEmail::stored(self.email.into_owned()),
            phone: TextLine::stored(self.phone.into_owned()),
            source: TextLine::stored(self.source.into_owned()),
            owner: self.owner_id,
            value_cents: self.value_cents,
            currency: Currency::from_stored(&self.currency),
            extra: ExtraFields::stored(&self.extra),
            external_system: TextLine::stored(self.external_system.into_owned()),
        }
    }

    /// The columns that differ from `before`; the others are not written.
    pub fn changed_from(
        self,
        before: FieldColumns<'a>,
    ) -> impl AsChangeset<Target = leads::table, Changeset: QueryFragment<Backend>> + 'a {
        let FieldColumns {
            external_ref,
            name,
            company,
            email,
            phone,
            source,
            owner_id,
            value_cents,
            currency,
            extra,
            external_system,
        } = self;
        (
            changed(leads::external_ref, before.external_ref, external_ref),
            changed(leads::name, before.name, name),
            changed(leads::company, before.company, company),
            changed(leads::email, before.email, email),
            changed(leads::phone, before.phone, phone),
            changed(leads::source, before.source, source),
            changed(leads::owner_id, before.owner_id, owner_id),
            changed(leads::value_cents, before.value_cents, value_cents),
            changed(leads::currency, before.currency, currency),
            changed(leads::extra, before.extra, extra),
            changed(
                leads::external_system,
                before.external_system,
                external_system,
            ),
        )
    }
}

/// The columns that sorting, searching and matching read, which follow from the fields.
#[derive(Insertable, PartialEq)]
#[diesel(table_name = leads, treat_none_as_default_value = false)]
pub struct DerivedColumns {
    name_key: String,
    value_key: i64,
    search_key: String,
    email_key: String,
    phone_key: String,
}

impl DerivedColumns {
    /// The columns of these values.
    pub fn of(fields: &LeadFields) -> DerivedColumns {
        DerivedColumns {
            name_key: fields.name_key(),
            value_key: fields.value_cents.unwrap_or(-1),
            search_key: fields.search_key(),
            email_key: fields.email_key(),
            phone_key: fields.phone_key(),
        }
    }

    /// The columns that differ from `before`.
    pub fn changed_from(
        self,
        before: DerivedColumns,
    ) -> impl AsChangeset<Target = leads::table, Changeset: QueryFragment<Backend>> {
        (
            changed(leads::name_key, before.name_key, self.name_key),
            changed(leads::value_key, before.value_key, self.value_key),
            changed(leads::search_key, before.search_key, self.search_key),
            changed(leads::email_key, before.email_key, self.email_key),
            changed(leads::phone_key, before.phone_key, self.phone_key),
        )
    }
}

/// The assignment of the new value, if it differs from the old one.
fn changed<C, T>(column: C, old: T, new: T) -> Option<Eq<C, T>>
where
    C: Column + ExpressionMethods,
    C::SqlType: SqlType,
    T: PartialEq + AsExpression<C::SqlType>,
{
    (new != old).then(|| column.eq(new))
}

/// A row of `leads`, without the columns that only searches read.
#[derive(Queryable, Selectable)]
#[diesel(table_name = leads)]
pub struct LeadRow {
    id: i64,
    #[diesel(embed)]
    fields: FieldColumns<'static>,
    status_id: i64,
    status_since: Timestamp,
    clock_from: Timestamp,
    paused_until: Option<Timestamp>,
    /// A day since 1970.
    #[diesel(select_expression = resumes_on)]
    #[diesel(select_expression_type = resumes_on)]
    resumes_on: Option<i32>,
    pause_reason: String,
    last_note: String,
    last_note_at: Option<Timestamp>,
    last_activity_at: Timestamp,
    offer_due_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
    version: i32,
    created_at: Timestamp,
    created_by: String,
    updated_at: Timestamp,
    updated_by: String,
}

/// The types of the columns of a lead.
pub type LeadColumns = <LeadRow as Selectable<Backend>>::SelectExpression;

impl From<LeadRow> for Lead {
    fn from(row: LeadRow) -> Lead {
        Lead {
            id: row.id,
            fields: row.fields.into_fields(),
            status_id: row.status_id,
            status_since: row.status_since,
            clock_from: row.clock_from,
            paused_until: row.paused_until,
            resumes_on: row.resumes_on.and_then(NaiveDate::from_epoch_days),
            pause_reason: row.pause_reason,
            last_note: row.last_note,
            last_note_at: row.last_note_at,
            last_activity_at: row.last_activity_at,
            offer_due_at: row.offer_due_at,
            deleted_at: row.deleted_at,
            version: row.version,
            created_at: row.created_at,
            created_by: row.created_by,
            updated_at: row.updated_at,
            updated_by: row.updated_by,
        }
    }
}

/// A row of `visits`.
#[derive(Queryable)]
pub struct VisitRow {
    id: i64,
    lead_id: i64,
    status_id: i64,
    entered_at: Timestamp,
    left_at: Option<Timestamp>,
    next_status_id: Option<i64>,
    clock_from: Option<Timestamp>,
    via: String,
    actor: String,
    actor_id: Option<i64>,
    reason: String,
    note: String,
    recorded_at: Timestamp,
    voided_at: Option<Timestamp>,
    voided_by: Option<String>,
    definition_version: Option<i32>,
    override_reason: Option<String>,
    confirmed: Option<String>,
    evidence: Option<String>,
    unmet: Option<String>,
}

impl From<VisitRow> for Visit {
    fn from(row: VisitRow) -> Visit {
        Visit {
            id: row.id,
            lead_id: row.lead_id,
            status_id: row.status_id,
            entered_at: row.entered_at,
            left_at: row.left_at,
            next_status_id: row.next_status_id,
            clock_from: row.clock_from,
            channel: Channel::from_word(&row.via).unwrap_or(Channel::Ui),
            actor: row.actor,
            actor_id: row.actor_id,
            reason: TextLine::stored(row.reason),
            note: Note::stored(row.note),
            recorded_at: row.recorded_at,
            voided_at: row.voided_at,
            voided_by: row.voided_by,
            entry: EntryRecord {
                definition_version: row.definition_version,
                override_reason: row.override_reason,
                confirmed: list(row.confirmed),
                evidence: list(row.evidence),
                unmet: list(row.unmet),
            },
        }
    }
}

/// A list from its JSON; nothing is an empty one.
fn list<T: DeserializeOwned>(json: Option<String>) -> Vec<T> {
    let list = json.and_then(|json| serde_json::from_str(&json).ok());
    list.unwrap_or_default()
}

/// The columns of how a visit began. Nothing is stored for an empty list.
#[derive(Clone, Selectable, Insertable)]
#[diesel(table_name = visits, treat_none_as_default_value = false)]
pub struct EntryColumns {
    pub definition_version: Option<i32>,
    pub override_reason: Option<String>,
    pub confirmed: Option<String>,
    pub evidence: Option<String>,
    pub unmet: Option<String>,
}

impl EntryColumns {
    /// The columns of these values.
    pub fn of(entry: &EntryRecord) -> EntryColumns {
        EntryColumns {
            definition_version: entry.definition_version,
            override_reason: entry.override_reason.clone(),
            confirmed: json(&entry.confirmed),
            evidence: json(&entry.evidence),
            unmet: json(&entry.unmet),
        }
    }
}

fn json<T: Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty())
        .then(|| serde_json::to_string(list).ok())
        .flatten()
}
