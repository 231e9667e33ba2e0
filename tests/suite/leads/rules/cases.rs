//! The rules, and what lets a lead in.

use serde_json::{Value, json};

/// The values and answers with which a lead meets the rule.
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryInput {
    pub field: Option<(&'static str, &'static str)>,
    pub is_confirmed: bool,
    pub evidence: Option<&'static str>,
    pub reason: Option<&'static str>,
    pub override_reason: Option<&'static str>,
    /// The id of the receiver.
    pub offer_to: Option<i64>,
}

/// A rule: the fields of a status that refuses a lead of Alice in New, and the answers with which the lead may enter.
pub struct RuleCase {
    /// The type that `unmet` names.
    pub kind: &'static str,
    pub status: fn(&StatusIds) -> Value,
    pub input: EntryInput,
    /// The fields of the status that let the lead enter, where no answer does.
    pub open_status: Option<fn(&StatusIds) -> Value>,
    /// True if imports are judged by it.
    pub is_for_files: bool,
    pub can_be_overridden: bool,
}

/// The statuses of a test.
pub struct StatusIds {
    pub new: i64,
    pub contacted: i64,
    pub target: i64,
}

pub const NOTHING: EntryInput = EntryInput {
    field: None,
    is_confirmed: false,
    evidence: None,
    reason: None,
    override_reason: None,
    offer_to: None,
};

pub fn rules(rule: Value) -> Value {
    json!({"entry_rules": [rule], "enter_from": [], "movers": [], "reasons": [], "reason_required": false})
}

pub const CASES: &[RuleCase] = &[
    RuleCase {
        kind: "field",
        status: |_| rules(json!({"id": 1, "type": "field", "field": "email", "op": "set"})),
        input: EntryInput {
            field: Some(("email", "ana@example.com")),
            ..NOTHING
        },
        open_status: None,
        is_for_files: true,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "field",
        status: |_| {
            rules(
                json!({"id": 1, "type": "field", "field": "value", "op": "at_least", "value": 500, "currency": "EUR"}),
            )
        },
        input: EntryInput {
            field: Some(("value", "500")),
            ..NOTHING
        },
        open_status: None,
        is_for_files: true,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "field",
        status: |_| {
            rules(
                json!({"id": 1, "type": "field", "field": "source", "op": "one_of", "value": ["Web", "Târg"]}),
            )
        },
        input: EntryInput {
            field: Some(("source", "târg")),
            ..NOTHING
        },
        open_status: None,
        is_for_files: true,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "confirm",
        status: |_| rules(json!({"id": 1, "type": "confirm", "text": "We spoke"})),
        input: EntryInput {
            is_confirmed: true,
            ..NOTHING
        },
        open_status: None,
        is_for_files: false,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "evidence",
        status: |_| rules(json!({"id": 1, "type": "evidence", "text": "Link to the call"})),
        input: EntryInput {
            evidence: Some("https://example.com/call"),
            ..NOTHING
        },
        open_status: None,
        is_for_files: false,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "reason",
        status: |_| json!({"entry_rules": [], "reasons": ["Preț", "Termen"], "reason_required": true}),
        input: EntryInput {
            reason: Some("PRET"),
            ..NOTHING
        },
        open_status: None,
        is_for_files: true,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "from",
        status: |ids| json!({"entry_rules": [], "reasons": [], "reason_required": false, "enter_from": [ids.contacted]}),
        input: NOTHING,
        open_status: Some(|ids| json!({"enter_from": [0, ids.new]})),
        is_for_files: false,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "mover",
        status: |_| json!({"enter_from": [], "movers": ["rep"]}),
        input: NOTHING,
        open_status: Some(|_| json!({"movers": ["admin", "manager"]})),
        is_for_files: false,
        can_be_overridden: false,
    },
];
