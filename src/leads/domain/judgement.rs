//! Judges a move: whether a lead may enter a status, and what its visit records of the rules. No I/O.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::error::{RequirementKind, Unmet};
use crate::i18n::Message;
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::lead::LeadFields;
use crate::leads::domain::text::{Reason, listed_reason, source_key};
use crate::statuses::{EntryRule, FieldTest, LeadStatus, RuleField, RuleLevel, RuleTest};

/// The rules by which a move is judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RuleScope {
    /// All: a person or another system moves the lead.
    #[default]
    All,
    /// Those about fields and reasons: a row of a file confirms nothing, and where the lead comes from and who moves it
    /// isn't asked.
    FieldsAndReasons,
    /// None, and no new offer: the replacement of a status, or an answer to an offer, moves the lead.
    None,
}

/// A move before it is judged.
pub struct MoveAttempt<'a> {
    pub target: &'a LeadStatus,
    /// The status that the lead leaves; nothing for a new lead.
    pub from: Option<i64>,
    /// The lead as it would be.
    pub fields: &'a LeadFields,
    /// The role of who moves it; nothing for the program.
    pub mover: Option<Role>,
    pub reason: &'a Reason,
    pub answers: &'a MoveAnswers,
    pub rule_scope: RuleScope,
}

/// A requirement (a rule, the origin, the mover or the reason) that a lead did not meet when it entered a status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedUnmet {
    /// Nothing for a requirement without a rule: origin, mover or reason.
    pub rule: Option<i64>,
    #[serde(rename = "type")]
    pub kind: RequirementKind,
    /// The text of the rule at the time of the move.
    #[serde(default)]
    pub text: String,
}

impl RecordedUnmet {
    /// The sentence that names it.
    pub fn message(&self) -> Message {
        self.kind.message(&self.text)
    }
}

/// A sentence that was confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmation {
    pub rule: i64,
    pub text: String,
}

/// A text or a link, as evidence for a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub rule: i64,
    /// The text of the rule at the time of the move.
    pub text: String,
    /// The text or the link.
    pub value: String,
}

impl Evidence {
    /// True if it is a link that a browser can open.
    pub fn is_link(&self) -> bool {
        let schemes = ["https://", "http://"].into_iter();
        let is_address = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
        schemes
            .filter_map(|scheme| self.value.strip_prefix(scheme))
            .any(is_address)
    }
}

/// What a visit records of the rules of its status when it began.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryRecord {
    /// The version of the definition in force; nothing for visits before there were versions.
    pub definition_version: Option<i32>,
    /// The reason for an override; nothing without one.
    pub override_reason: Option<String>,
    pub confirmed: Vec<Confirmation>,
    pub evidence: Vec<Evidence>,
    /// The rules that were not met: overridden ones, and warnings.
    pub unmet: Vec<RecordedUnmet>,
}

/// The result of judging a move.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Everything that is missing: what blocks first, then warnings.
    pub unmet: Vec<Unmet>,
    /// The reason, as the list of the status has it.
    pub reason: Reason,
    pub record: EntryRecord,
}

impl Judgement {
    /// True if the lead may enter.
    pub fn is_passed(&self) -> bool {
        self.record.override_reason.is_some() || !self.unmet.iter().any(Unmet::is_blocking)
    }
}

/// Judges a move. An override passes everything but who may move.
pub fn judge(attempt: &MoveAttempt) -> Judgement {
    let status = attempt.target;
    let version = Some(status.definition_version);
    let mut judgement = Judgement {
        unmet: Vec::new(),
        reason: attempt.reason.clone(),
        record: EntryRecord {
            definition_version: version,
            ..EntryRecord::default()
        },
    };
    if attempt.rule_scope == RuleScope::None || status.is_open_to_all() {
        return judgement;
    }
    let unmet: Vec<&EntryRule> = status
        .entry_rules
        .iter()
        .filter(|rule| !is_met(attempt, rule, &mut judgement.record))
        .collect();
    let of_level = |level| unmet.iter().filter(move |rule| rule.level == level);
    judgement.unmet = of_level(RuleLevel::Block)
        .map(|rule| unmet_rule(rule))
        .collect();
    judgement
        .unmet
        .extend(unmet_by_status(attempt, &mut judgement.reason));
    judgement
        .unmet
        .extend(of_level(RuleLevel::Warn).map(|rule| unmet_rule(rule)));
    let mut blocking = judgement.unmet.iter().filter(|unmet| unmet.is_blocking());
    let is_overridable = blocking
        .clone()
        .all(|unmet| unmet.kind != RequirementKind::Mover);
    if blocking.next().is_some() && is_overridable {
        judgement.record.override_reason = attempt.answers.override_reason.clone();
    }
    judgement.record.unmet = judgement.unmet.iter().map(recorded_unmet).collect();
    judgement
}

fn recorded_unmet(unmet: &Unmet) -> RecordedUnmet {
    RecordedUnmet {
        rule: unmet.rule,
        kind: unmet.kind,
        text: unmet.text.clone().unwrap_or_default(),
    }
}

/// True if a rule is met; confirmations and evidence are added to the record.
fn is_met(attempt: &MoveAttempt, rule: &EntryRule, record: &mut EntryRecord) -> bool {
    let (id, text) = (rule.id, &rule.text);
    match &rule.test {
        RuleTest::Field(test) => meets(attempt.fields, test),
        _ if attempt.rule_scope == RuleScope::FieldsAndReasons => true,
        RuleTest::Confirm => {
            let is_confirmed = attempt.answers.confirmed.contains(&id);
            let text = text.clone();
            record
                .confirmed
                .extend(is_confirmed.then_some(Confirmation { rule: id, text }));
            is_confirmed
        }
        RuleTest::Evidence => {
            let value = attempt.answers.evidence_for(id);
            record.evidence.extend(value.map(|value| Evidence {
                rule: id,
                text: text.clone(),
                value: value.to_owned(),
            }));
            value.is_some()
        }
    }
}

/// True if the fields of a lead pass a test.
pub fn meets(fields: &LeadFields, test: &FieldTest) -> bool {
    match test {
        FieldTest::Set(RuleField::Company) => !fields.company.is_empty(),
        FieldTest::Set(RuleField::Email) => !fields.email.is_empty(),
        FieldTest::Set(RuleField::Phone) => !fields.phone.is_empty(),
        FieldTest::Set(RuleField::Source) => !fields.source.is_empty(),
        FieldTest::Set(RuleField::Owner) => fields.owner.is_some(),
        FieldTest::Set(RuleField::Value) => fields.value_cents.is_some(),
        FieldTest::ValueAtLeast(least) => fields
            .money()
            .is_some_and(|money| money.currency == least.currency && money.cents >= least.cents),
        FieldTest::SourceOneOf(sources) => {
            let source = source_key(fields.source.as_str());
            sources.iter().any(|other| source_key(other) == source)
        }
    }
}

/// The unmet requirements beside the rules: where the lead may come from, who may move it, and the reason.
fn unmet_by_status(attempt: &MoveAttempt, reason: &mut Reason) -> Vec<Unmet> {
    let (status, mover) = (attempt.target, attempt.mover);
    let asks_all = attempt.rule_scope == RuleScope::All;
    let mut unmet = Vec::new();
    if asks_all && !status.enter_from.allows(attempt.from) {
        unmet.push(Unmet::of(RequirementKind::From));
    }
    if asks_all && mover.is_some_and(|role| !status.movers.allows(role)) {
        unmet.push(Unmet::of(RequirementKind::Mover));
    }
    match listed_reason(reason, status.reasons.lines()) {
        Ok(listed) => *reason = listed,
        Err(_) if !reason.is_visible() && !status.requires_reason => {}
        Err(missing) => unmet.push(missing),
    }
    unmet
}

fn unmet_rule(rule: &EntryRule) -> Unmet {
    let (kind, field) = match &rule.test {
        RuleTest::Field(test) => (RequirementKind::Field, Some(test.field().as_str())),
        RuleTest::Confirm => (RequirementKind::Confirm, None),
        RuleTest::Evidence => (RequirementKind::Evidence, None),
    };
    Unmet {
        rule: Some(rule.id),
        level: Some(rule.level),
        field,
        text: Some(rule.text.clone()),
        ..Unmet::of(kind)
    }
}

#[cfg(test)]
#[path = "judgement_tests.rs"]
mod tests;
