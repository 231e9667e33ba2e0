//! Compliance: how many leads meet the rules of their status now, and how often rules are overridden.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::reports::domain::compliance::{Compliance, FailingLead, RuleFigures, StatusCompliance};
use crate::reports::domain::period::Period;
use crate::reports::store::compliance::{self, MoveCount, RuleCondition};
use crate::statuses::{self, EntryRule, LeadStatus, RuleLevel, RuleTest};

/// The most leads that a page names.
pub const MAX_FAILING: i64 = 200;

/// A rule that a visit did not meet.
#[derive(Deserialize)]
struct UnmetRule {
    rule: Option<i64>,
}

/// What rules judged in the period.
struct Judged {
    moves: Vec<MoveCount>,
    /// The rules of each version of a status.
    versions: HashMap<(i64, i32), HashSet<i64>>,
    overrides: HashMap<(i64, i64), i64>,
}

/// The figures of the statuses in use, moves counted in a period.
pub fn compliance(conn: &mut Conn, period: Period, now: Timestamp) -> Result<Compliance> {
    let in_use = statuses::list_in_use(conn)?;
    let judged = judged(conn, period, &in_use)?;
    let figures = in_use
        .into_iter()
        .map(|status| of_status(conn, status, &judged));
    Ok(Compliance {
        statuses: figures.collect::<Result<_>>()?,
        as_of: now,
    })
}

fn judged(conn: &mut Conn, period: Period, in_use: &[LeadStatus]) -> Result<Judged> {
    let (from, to) = period.instants().timestamps();
    let mut versions = HashMap::new();
    for status in in_use {
        for version in statuses::definitions(conn, status.id)? {
            let rules = version.fields.entry_rules.iter().map(|rule| rule.id);
            versions.insert((status.id, version.version), rules.collect());
        }
    }
    let mut overrides = HashMap::new();
    for (status, unmet) in compliance::overridden(conn, from, to)? {
        let unmet: Vec<UnmetRule> = serde_json::from_str(&unmet).unwrap_or_default();
        for rule in unmet.into_iter().filter_map(|unmet| unmet.rule) {
            *overrides.entry((status, rule)).or_default() += 1;
        }
    }
    Ok(Judged {
        moves: compliance::count_moves(conn, from, to)?,
        versions,
        overrides,
    })
}

impl Judged {
    /// The moves into a status that a rule judged. A file confirms nothing.
    fn moves(&self, status: i64, rule: &EntryRule) -> i64 {
        let is_of_files = matches!(rule.test, RuleTest::Field(_));
        let judges = |count: &&MoveCount| {
            let rules = self.versions.get(&(count.status, count.version));
            count.status == status
                && (is_of_files || !count.is_import)
                && rules.is_some_and(|rules| rules.contains(&rule.id))
        };
        let counts = self.moves.iter().filter(judges);
        counts.map(|count| count.moves).sum()
    }
}

fn of_status(conn: &mut Conn, status: LeadStatus, judged: &Judged) -> Result<StatusCompliance> {
    let (mut rules, mut blocking) = (Vec::new(), Vec::new());
    for rule in status.entry_rules.iter() {
        let condition = compliance::condition(conn, rule)?;
        let overrides = judged.overrides.get(&(status.id, rule.id));
        // A warning holds nothing back, so nothing goes over it.
        let overrides = overrides.filter(|_| rule.level == RuleLevel::Block);
        rules.push(RuleFigures {
            rule: rule.id,
            text: rule.text.clone(),
            level: rule.level,
            meeting: compliance::count_meeting(conn, status.id, &[&condition])?,
            moves: judged.moves(status.id, rule),
            overrides: overrides.copied().unwrap_or(0),
        });
        if rule.level == RuleLevel::Block {
            blocking.push(condition);
        }
    }
    let leads = statuses::lead_totals_of(conn, status.id)?.leads;
    let meeting = match blocking.is_empty() {
        true => leads,
        false => compliance::count_meeting(conn, status.id, &blocking.iter().collect::<Vec<_>>())?,
    };
    Ok(StatusCompliance {
        leads,
        meeting,
        rules,
        status,
    })
}

/// The first leads of a status that lack something that is required.
pub fn failing_leads(conn: &mut Conn, status: &LeadStatus) -> Result<Vec<FailingLead>> {
    let required = status.entry_rules.iter();
    let required: Vec<&EntryRule> = required
        .filter(|rule| rule.level == RuleLevel::Block)
        .collect();
    let conditions = required.iter();
    let conditions = conditions.map(|rule| compliance::condition(conn, rule));
    let conditions: Vec<RuleCondition> = conditions.collect::<Result<_>>()?;
    if conditions.is_empty() {
        return Ok(Vec::new());
    }
    let rows = compliance::failing(conn, status.id, &conditions, MAX_FAILING)?;
    let lead = |(id, name, met): (i64, String, Vec<bool>)| {
        let unmet = required.iter().zip(met).filter(|(_, met)| !met);
        FailingLead {
            id,
            name,
            lacks: unmet.map(|(rule, _)| rule.text.clone()).collect(),
        }
    };
    Ok(rows.into_iter().map(lead).collect())
}
