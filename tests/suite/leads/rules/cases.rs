//! The rules, and what lets a lead in.

use serde_json::{Value, json};

/// What a lead is given so that it passes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given {
    pub field: Option<(&'static str, &'static str)>,
    pub is_confirmed: bool,
    pub evidence: Option<&'static str>,
    pub reason: Option<&'static str>,
    pub override_reason: Option<&'static str>,
    /// The id of the receiver.
    pub offer_to: Option<i64>,
}

/// A rule: the status as it refuses a lead of Alice that is in New, and what lets it in.
pub struct RuleCase {
    /// The type that `unmet` names.
    pub kind: &'static str,
    pub status: fn(&Ids) -> Value,
    pub given: Given,
    /// The status as it lets the lead in, where no answer does.
    pub opened: Option<fn(&Ids) -> Value>,
    /// True if a file is asked for it.
    pub is_for_files: bool,
    pub can_be_overridden: bool,
}

/// The statuses of a test.
pub struct Ids {
    pub new: i64,
    pub contacted: i64,
    pub target: i64,
}

pub const NOTHING: Given = Given {
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
        given: Given {
            field: Some(("email", "ana@example.com")),
            ..NOTHING
        },
        opened: None,
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
        given: Given {
            field: Some(("value", "500")),
            ..NOTHING
        },
        opened: None,
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
        given: Given {
            field: Some(("source", "târg")),
            ..NOTHING
        },
        opened: None,
        is_for_files: true,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "confirm",
        status: |_| rules(json!({"id": 1, "type": "confirm", "text": "We spoke"})),
        given: Given {
            is_confirmed: true,
            ..NOTHING
        },
        opened: None,
        is_for_files: false,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "evidence",
        status: |_| rules(json!({"id": 1, "type": "evidence", "text": "Link to the call"})),
        given: Given {
            evidence: Some("https://example.com/call"),
            ..NOTHING
        },
        opened: None,
        is_for_files: false,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "reason",
        status: |_| json!({"entry_rules": [], "reasons": ["Preț", "Termen"], "reason_required": true}),
        given: Given {
            reason: Some("PRET"),
            ..NOTHING
        },
        opened: None,
        is_for_files: true,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "from",
        status: |ids| json!({"entry_rules": [], "reasons": [], "reason_required": false, "enter_from": [ids.contacted]}),
        given: NOTHING,
        opened: Some(|ids| json!({"enter_from": [0, ids.new]})),
        is_for_files: false,
        can_be_overridden: true,
    },
    RuleCase {
        kind: "mover",
        status: |_| json!({"enter_from": [], "movers": ["rep"]}),
        given: NOTHING,
        opened: Some(|_| json!({"movers": ["admin", "manager"]})),
        is_for_files: false,
        can_be_overridden: false,
    },
];
