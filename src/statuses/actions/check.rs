//! The integrity check of statuses, for the command that checks the database.

use std::collections::HashMap;

use crate::audit;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::actions::changes::SUBJECT;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::rules::{check_days, check_kind};
use crate::statuses::domain::snapshot::Snapshot;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;

/// The number of statuses, archived ones too.
pub fn count_all(conn: &mut Conn) -> Result<i64> {
    Ok(store::list_all(conn)?.len() as i64)
}

/// The rules of the domain that the database violates, one sentence for each violation.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>> {
    let statuses = store::list_all(conn)?;
    let mut faults = Vec::new();
    roles(&statuses, &store::role_holders(conn)?, &mut faults);
    positions(&statuses, &mut faults);
    names(&statuses, &mut faults);
    for status in &statuses {
        values(status, &mut faults);
    }
    keys(conn, &statuses, &mut faults)?;
    for status in &statuses {
        history(conn, status, &mut faults)?;
    }
    Ok(faults)
}

/// The status at the beginning of a sentence.
fn label(status: &LeadStatus) -> String {
    format!("The status {} ({})", status.id, status.name)
}

/// Each role has exactly one holder, which is in use and of the role's kind.
fn roles(statuses: &[LeadStatus], holders: &[(Role, i64)], faults: &mut Vec<String>) {
    for role in Role::ALL {
        let ids: Vec<i64> = holders
            .iter()
            .filter(|(held, _)| *held == role)
            .map(|(_, id)| *id)
            .collect();
        let [id] = ids.as_slice() else {
            faults.push(format!("{} statuses hold the role {role}.", ids.len()));
            continue;
        };
        match statuses.iter().find(|status| status.id == *id) {
            None => faults.push(format!(
                "The role {role} is held by {id}, which doesn't exist."
            )),
            Some(status) if status.is_archived() => {
                faults.push(format!(
                    "{} is archived and holds the role {role}.",
                    label(status)
                ));
            }
            Some(status) if check_kind([role].into_iter(), status.kind).is_err() => {
                let kind = status.kind;
                faults.push(format!(
                    "{} is of kind {kind} and holds the role {role}.",
                    label(status)
                ));
            }
            Some(_) => {}
        }
    }
}

/// Statuses in use have the positions 1..n; archived ones have none.
fn positions(statuses: &[LeadStatus], faults: &mut Vec<String>) {
    let mut placed: Vec<i32> = statuses
        .iter()
        .filter_map(|status| status.position)
        .collect();
    placed.sort_unstable();
    if !is_consecutive(&placed) {
        faults.push(format!(
            "The positions of the pipeline are not 1 to {}: {placed:?}.",
            placed.len()
        ));
    }
    for status in statuses {
        if status.is_archived() == status.position.is_some() {
            faults.push(format!(
                "{} must have a position if and only if it is in use.",
                label(status)
            ));
        }
    }
}

/// True for 1, 2, 3 and so on.
fn is_consecutive(positions: &[i32]) -> bool {
    positions
        .iter()
        .zip(1..)
        .all(|(position, number)| *position == number)
}

/// Names are unique among statuses in use, slugs among all.
fn names(statuses: &[LeadStatus], faults: &mut Vec<String>) {
    let mut by_name: HashMap<String, i64> = HashMap::new();
    let mut by_slug: HashMap<&str, i64> = HashMap::new();
    for status in statuses {
        if let Some(other) = by_slug.insert(status.slug.as_str(), status.id) {
            faults.push(format!("{} has the slug of {other}.", label(status)));
        }
        if status.is_archived() {
            continue;
        }
        if let Some(other) = by_name.insert(status.name.key(), status.id) {
            faults.push(format!("{} has the name of {other}.", label(status)));
        }
    }
}

/// Every value is one that the form accepts.
fn values(status: &LeadStatus, faults: &mut Vec<String>) {
    let name = Name::parse(status.name.as_str());
    if !name.is_ok_and(|name| name == status.name) {
        faults.push(format!("{} has a name that can't be.", label(status)));
    }
    if Slug::parse(status.slug.as_str()).is_err() {
        faults.push(format!(
            "{} has the slug {:?}.",
            label(status),
            status.slug.as_str()
        ));
    }
    if Color::parse(status.color.as_str()).is_err() {
        faults.push(format!(
            "{} has the colour {:?}.",
            label(status),
            status.color.as_str()
        ));
    }
    if check_days(status.target_days, status.limit_days).is_err() {
        faults.push(format!("{} has a target above its limit.", label(status)));
    }
}

/// The folded texts match name and definition.
fn keys(conn: &mut Conn, statuses: &[LeadStatus], faults: &mut Vec<String>) -> Result<()> {
    for (status, keys) in statuses.iter().zip(store::list_folded_texts(conn)?) {
        debug_assert_eq!(status.id, keys.id);
        if keys.name_key != status.name.key() {
            faults.push(format!(
                "{} has the name key {:?}.",
                label(status),
                keys.name_key
            ));
        }
        if keys.search_key != store::write::search_key(&status.fields()) {
            faults.push(format!(
                "{} is not found by its name and definition: its search key is out of date.",
                label(status)
            ));
        }
    }
    Ok(())
}

/// The audit log holds the creation of the status, and its newest entry matches the status.
fn history(conn: &mut Conn, status: &LeadStatus, faults: &mut Vec<String>) -> Result<()> {
    let entries = audit::list_by_subject(conn, SUBJECT, status.id, None, i64::MAX)?;
    let is_made = |action: &str| matches!(action, "create" | "bring-back");
    if !entries.iter().any(|entry| is_made(&entry.action)) {
        faults.push(format!("{} was never made, says the log.", label(status)));
        return Ok(());
    }
    let newest = entries.first().and_then(|entry| entry.after());
    let newest = newest.and_then(|value| serde_json::from_value::<Snapshot>(value).ok());
    // The order has entries of its own.
    let placed = |snapshot: Snapshot| Snapshot {
        position: None,
        ..snapshot
    };
    if newest.map(placed) != Some(placed(Snapshot::from(status))) {
        faults.push(format!(
            "{} is not as its newest entry in the log says.",
            label(status)
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::statuses::domain::kind::Kind;
    use crate::statuses::domain::status::tests::status;

    fn pipeline() -> Vec<LeadStatus> {
        let mut statuses = vec![status(1, "New"), status(2, "Won"), status(3, "Lost")];
        statuses[1].kind = Kind::Won;
        statuses[2].kind = Kind::Lost;
        statuses
    }

    const HELD: [(Role, i64); 2] = [(Role::Default, 1), (Role::Converted, 2)];

    fn faults_of(statuses: &[LeadStatus], holders: &[(Role, i64)]) -> Vec<String> {
        let mut faults = Vec::new();
        roles(statuses, holders, &mut faults);
        positions(statuses, &mut faults);
        names(statuses, &mut faults);
        for status in statuses {
            values(status, &mut faults);
        }
        faults
    }

    #[test]
    fn a_sound_pipeline_has_no_faults() {
        assert_eq!(faults_of(&pipeline(), &HELD), Vec::<String>::new());
    }

    #[test]
    fn every_violated_rule_is_named() {
        type Damage = fn(&mut Vec<LeadStatus>);
        let damages: [(Damage, &str); 8] = [
            (|all| all[0].kind = Kind::Lost, "of kind lost"),
            (|all| all[0].position = Some(2), "[2, 2, 3]"),
            (|all| all[2].position = Some(4), "[1, 2, 4]"),
            (|all| all[2].name = all[1].name.clone(), "has the name of 2"),
            (|all| all[2].slug = all[1].slug.clone(), "has the slug of 2"),
            (|all| all[2].color = Color::stored("red".into()), "colour"),
            (|all| all[1].archived_at = Some(Timestamp(1)), "is archived"),
            (|all| drop(all.remove(0)), "which doesn't exist"),
        ];
        for (damage, complaint) in damages {
            let mut statuses = pipeline();
            damage(&mut statuses);
            let faults = faults_of(&statuses, &HELD).join("\n");
            assert!(faults.contains(complaint), "{complaint}: {faults}");
        }
        let none = faults_of(&pipeline(), &HELD[1..]);
        assert_eq!(none, ["0 statuses hold the role default."]);
    }
}
