//! The bodies in which the API answers visits and offers. Their doc comments are texts of the API reference.

use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::i18n::Lang;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::handoff::Offer;
use crate::leads::domain::judgement::Evidence;
use crate::leads::domain::visit::Visit;

/// A status of a lead, from entering to leaving.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Visit)]
pub struct VisitBody {
    #[schema(example = 2)]
    pub id: i64,
    /// The id of the status, which may be deleted now.
    #[schema(example = 3)]
    pub status: i64,
    /// The name of the status, or its last name if it was deleted.
    #[schema(example = "Qualified")]
    pub status_name: String,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub entered_at: String,
    /// Null while the lead is in this status.
    #[schema(format = DateTime, required = true, example = json!(null))]
    pub left_at: Option<String>,
    /// How it was moved: `ui`, `board`, `bulk`, `import`, `api`, `replace`, `undo` or `handoff`.
    #[schema(example = "api")]
    pub via: &'static str,
    /// Who moved it.
    #[schema(example = "Radu Stănescu")]
    pub actor: String,
    #[schema(example = "Asked for a proposal")]
    pub reason: String,
    #[schema(example = "")]
    pub note: String,
    /// True if the move was undone: reports don’t count it.
    pub voided: bool,
    /// The version of the definition that held when it began; null if that is not known.
    #[schema(required = true, example = 2)]
    pub definition_version: Option<i32>,
    /// True if the lead entered although a rule was not met.
    pub overridden: bool,
    /// Why it entered all the same.
    #[schema(example = "")]
    pub override_reason: String,
    /// The sentences that were confirmed.
    pub confirmed: Vec<String>,
    /// The evidence that was entered.
    pub evidence: Vec<EvidenceBody>,
    /// The rules that were not met: overridden ones, and warnings.
    pub unmet: Vec<String>,
}

/// Evidence for a rule.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceBody {
    /// The text of the rule.
    pub text: String,
    /// The text or the link that was entered.
    pub value: String,
}

impl VisitBody {
    /// The body for a visit; `lookup` must hold the deleted statuses.
    pub fn new(visit: &Visit, lookup: &RelatedRecords) -> VisitBody {
        let (confirmed, unmet) = (visit.entry.confirmed.iter(), visit.entry.unmet.iter());
        VisitBody {
            id: visit.id,
            status: visit.status_id,
            status_name: lookup.named_status(visit.status_id).name,
            entered_at: visit.entered_at.rfc3339(),
            left_at: visit.left_at.map(Timestamp::rfc3339),
            via: visit.channel.as_str(),
            actor: visit.actor.clone(),
            reason: visit.reason.to_string(),
            note: visit.note.to_string(),
            voided: !visit.is_effective(),
            definition_version: visit.entry.definition_version,
            overridden: visit.entry.override_reason.is_some(),
            override_reason: visit.entry.override_reason.clone().unwrap_or_default(),
            confirmed: confirmed.map(|rule| rule.text.clone()).collect(),
            evidence: visit.entry.evidence.iter().map(EvidenceBody::of).collect(),
            unmet: unmet.map(|unmet| unmet.message().text(Lang::En)).collect(),
        }
    }
}

impl EvidenceBody {
    fn of(evidence: &Evidence) -> EvidenceBody {
        EvidenceBody {
            text: evidence.text.clone(),
            value: evidence.value.clone(),
        }
    }
}

/// An offer of a lead.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = LeadHandoff)]
pub struct OfferBody {
    /// `pending`, `overdue` or `accepted`.
    #[schema(example = "pending")]
    pub state: &'static str,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub offered_at: String,
    /// From when it is overdue.
    #[schema(format = DateTime, example = "2026-05-11T09:51:26Z")]
    pub due_at: String,
    /// Null until it is accepted.
    #[schema(format = DateTime, required = true, example = json!(null))]
    pub accepted_at: Option<String>,
    /// The id of the user who offered it; null for the program.
    #[schema(required = true, example = 2)]
    pub from: Option<i64>,
    /// The id of the receiver; null for all users of the role.
    #[schema(required = true, example = json!(null))]
    pub to: Option<i64>,
}

impl OfferBody {
    /// The body for an offer; nothing for one that ended without being accepted.
    pub fn of(offer: &Offer, now: Timestamp) -> Option<OfferBody> {
        let state = offer.state(now)?;
        let end = offer.end.as_ref();
        Some(OfferBody {
            state: state.as_str(),
            offered_at: offer.offered_at.rfc3339(),
            due_at: offer.due_at.rfc3339(),
            accepted_at: end.map(|end| end.at.rfc3339()),
            from: offer.offered_by,
            to: offer.to_user,
        })
    }
}
