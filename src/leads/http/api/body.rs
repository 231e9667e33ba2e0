//! The bodies in which the API answers leads and notes, and the body that changes a lead. Their doc comments
//! are texts of the API reference.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, Type};

use crate::clock::Timestamp;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::extra::ExtraFields;
use crate::leads::domain::handoff::Offer;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::new_lead::LeadNote;
use crate::leads::http::api::history_body::OfferBody;
use crate::money::Money;
use crate::statuses::State;

/// The schema of the state of a lead in a body.
fn state_schema() -> Object {
    let description =
        "The state of the lead by target and limit; `none` if its status is not open.";
    let states = [
        State::OnTrack,
        State::AtRisk,
        State::Stuck,
        State::Paused,
        State::None,
    ];
    Object::builder()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(states.map(State::as_str)))
        .examples([State::OnTrack.as_str()])
        .build()
}

/// A lead.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Lead)]
pub struct LeadBody {
    /// Never reused.
    #[schema(example = 1)]
    pub id: i64,
    /// Its id in another system; unique there.
    #[schema(required = true, example = "CRM-1054")]
    pub external_ref: Option<String>,
    /// The system that `external_ref` belongs to; empty if none is named.
    #[schema(example = "HubSpot")]
    pub external_system: String,
    /// The person or company that may buy.
    #[schema(example = "Ioana Dumitrescu")]
    pub name: String,
    /// Empty if unknown, like the other texts.
    #[schema(example = "Dumitrescu & Fiii SRL")]
    pub company: String,
    #[schema(example = "ioana@example.com")]
    pub email: String,
    #[schema(example = "+40 722 123 456")]
    pub phone: String,
    /// Where it came from.
    #[schema(example = "Trade fair")]
    pub source: String,
    /// The id of the owner; null without one.
    #[schema(required = true, example = 2)]
    pub owner: Option<i64>,
    /// In major units of `currency`; null if unknown.
    #[schema(required = true, example = 1054.5)]
    pub value: Option<f64>,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub currency: String,
    /// The id of its status.
    #[schema(example = 3)]
    pub status: i64,
    #[schema(example = "Qualified")]
    pub status_name: String,
    /// When it entered its status; RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub status_since: String,
    #[schema(schema_with = state_schema)]
    pub state: State,
    /// The last offer of its present status, if it waits for an answer or was accepted; else null.
    #[schema(required = true)]
    pub handoff: Option<OfferBody>,
    /// While it is paused: when it resumes automatically.
    #[schema(format = DateTime, required = true, example = json!(null))]
    pub paused_until: Option<String>,
    /// Increases with every change. Send it with a change, so that you overwrite no one else’s.
    #[schema(example = 2)]
    pub version: i32,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-08T14:20:00Z")]
    pub created_at: String,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub updated_at: String,
    /// What other systems know of it beside these fields, by name, as it was sent.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, example = json!({"website": "https://dumitrescu.example"}))]
    pub extra: ExtraFields,
    /// The last note; empty if there is none.
    #[schema(example = "Wants to see the warehouse first.")]
    pub description: String,
    /// Another name for `phone`.
    #[schema(example = "+40 722 123 456")]
    pub phonenumber: String,
    /// Another name for `value`.
    #[schema(required = true, example = 1054.5)]
    pub lead_value: Option<f64>,
    /// Another name for `source`.
    #[schema(example = "Trade fair")]
    pub source_name: String,
    /// Another name for `owner`.
    #[schema(required = true, example = 2)]
    pub assigned: Option<i64>,
    /// Another name for `created_at`.
    #[schema(format = DateTime, example = "2026-05-08T14:20:00Z")]
    pub dateadded: String,
}

/// The fields of a lead that you can send. Fields you don’t send stay. Of two names of
/// one field, the first one here counts. What isn’t saved is named in `warnings`.
#[derive(ToSchema)]
pub struct LeadChanges {
    /// The person or company that may buy.
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200, example = "Ioana Dumitrescu")]
    pub name: Option<String>,
    #[schema(value_type = String, required = false, max_length = 200, example = "Dumitrescu & Fiii SRL")]
    pub company: Option<String>,
    #[schema(value_type = String, required = false, max_length = 254, example = "ioana@example.com")]
    pub email: Option<String>,
    #[schema(value_type = String, required = false, max_length = 50, example = "+40 722 123 456")]
    pub phone: Option<String>,
    /// Where it came from.
    #[schema(value_type = String, required = false, max_length = 100, example = "Trade fair")]
    pub source: Option<String>,
    /// The id of a user. Empty or null for no owner. Only managers and administrators can reassign leads.
    pub owner: Option<i64>,
    /// In major units, with no more decimals than the currency has. Empty or null if unknown.
    #[schema(minimum = 0, example = 1054.5)]
    pub value: Option<f64>,
    /// ISO 4217, in any case; EUR by default.
    #[schema(value_type = String, required = false, pattern = "^[A-Za-z]{3}$", example = "EUR")]
    pub currency: Option<String>,
    /// Its id in another system; unique there. Empty or null removes it.
    #[schema(max_length = 100)]
    pub external_ref: Option<String>,
    /// The system that `external_ref` belongs to.
    #[schema(value_type = String, required = false, max_length = 100, example = "HubSpot")]
    pub external_system: Option<String>,
    /// The id of an active status; moves the lead there, if it meets the rules of the status.
    #[schema(value_type = i64, required = false)]
    pub status: Option<i64>,
    /// What other systems know of it beside these fields: a value for each name, up to 50. Those you don’t send stay;
    /// null or a blank text removes one.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, required = false)]
    pub extra: Option<ExtraFields>,
    /// A new lead: its first note. A lead that exists: a note, unless it is the last one.
    #[schema(value_type = String, required = false, max_length = 2000, example = "Wants to see the warehouse first.")]
    pub description: Option<String>,
    /// A new lead: when it was made, if earlier than now; RFC 3339 or a day. Only managers and administrators can send
    /// it.
    #[schema(value_type = String, required = false)]
    pub created_at: Option<String>,
    /// `true` moves the lead to the status for lost leads, if there is exactly one.
    #[schema(value_type = bool, required = false)]
    pub lost: Option<bool>,
    /// `true` moves the lead to the status for junk, if there is exactly one.
    #[schema(value_type = bool, required = false)]
    pub junk: Option<bool>,
    /// Another name for `phone`.
    #[schema(value_type = String, required = false, max_length = 50)]
    pub phonenumber: Option<String>,
    /// Another name for `value`.
    #[schema(minimum = 0)]
    pub lead_value: Option<f64>,
    /// Another name for `owner`; `0` for no owner.
    pub assigned: Option<i64>,
    /// Another name for `created_at`.
    #[schema(value_type = String, required = false)]
    pub dateadded: Option<String>,
    /// Why it enters the status.
    #[schema(value_type = String, required = false, max_length = 200, example = "")]
    pub reason: Option<String>,
    /// The ids of rules that you confirm.
    #[schema(value_type = Vec<i64>, required = false, example = json!([]))]
    pub confirmed: Option<Vec<i64>>,
    /// Evidence by the id of the rule: a text or a link of up to 500 characters.
    #[schema(value_type = std::collections::HashMap<String, String>, required = false)]
    pub evidence: Option<()>,
    /// `true` passes rules that aren’t met; needs `override_reason`. Only managers and administrators can send it.
    #[schema(value_type = bool, required = false, example = false)]
    pub r#override: Option<bool>,
    /// Why rules are passed; recorded in the history and in the audit log.
    #[schema(value_type = String, required = false, max_length = 200, example = "")]
    pub override_reason: Option<String>,
    /// With `status`, into a status with a hand-off: the id of the receiver. Without it, all users of the role can
    /// accept.
    #[schema(value_type = i64, required = false)]
    pub offer_to: Option<i64>,
    /// The version that you read; if the record has changed since, nothing is changed: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

impl LeadBody {
    /// The body for a lead at `now`, with the last offer of its present visit; `lookup` holds the statuses.
    pub fn new(
        lead: &Lead,
        offer: Option<&Offer>,
        lookup: &RelatedRecords,
        now: Timestamp,
    ) -> LeadBody {
        let fields = &lead.fields;
        let reference = fields.external_ref.as_str();
        let status = lookup.status(lead.status_id);
        LeadBody {
            id: lead.id,
            external_ref: (!reference.is_empty()).then(|| reference.to_owned()),
            external_system: fields.external_system.to_string(),
            name: fields.name.to_string(),
            company: fields.company.to_string(),
            email: fields.email.to_string(),
            phone: fields.phone.to_string(),
            source: fields.source.to_string(),
            owner: fields.owner,
            value: fields.money().map(Money::to_number),
            currency: fields.currency.code().to_owned(),
            status: lead.status_id,
            status_name: status.map_or_else(String::new, |status| status.name.to_string()),
            status_since: lead.status_since.rfc3339(),
            state: lookup.state(lead, now),
            handoff: offer.and_then(|offer| OfferBody::of(offer, now)),
            paused_until: lead
                .paused_until
                .filter(|_| lead.is_paused(now))
                .map(Timestamp::rfc3339),
            version: lead.version,
            created_at: lead.created_at.rfc3339(),
            updated_at: lead.updated_at.rfc3339(),
            extra: fields.extra.clone(),
            description: lead.last_note.clone(),
            phonenumber: fields.phone.to_string(),
            lead_value: fields.money().map(Money::to_number),
            source_name: fields.source.to_string(),
            assigned: fields.owner,
            dateadded: lead.created_at.rfc3339(),
        }
    }
}
/// A note on a lead.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Note)]
pub struct NoteBody {
    #[schema(example = 1)]
    pub id: i64,
    #[schema(example = "Wants to see the warehouse first.")]
    pub note: String,
    /// Who wrote it.
    #[schema(example = "Radu Stănescu")]
    pub actor: String,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub created_at: String,
}

impl From<LeadNote> for NoteBody {
    fn from(note: LeadNote) -> NoteBody {
        NoteBody {
            id: note.id,
            note: note.body.to_string(),
            actor: note.author,
            created_at: note.created_at.rfc3339(),
        }
    }
}
