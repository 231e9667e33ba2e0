use std::collections::HashMap;

use super::changes::SUBJECT;
use super::{Color, LeadStatus, Name, Role, Slug, Snapshot, check_kind, store};
use crate::audit;
use crate::db::Conn;
use crate::error::Result;

/// How many statuses there are, archived ones too.
pub fn total(conn: &mut Conn) -> Result<i64> {
    Ok(store::everything(conn)?.len() as i64)
}

/// Which rules of the domain don't hold in the whole database, one sentence each.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>> {
    let statuses = store::everything(conn)?;
    let mut found = Vec::new();
    roles(&statuses, &store::role_holders(conn)?, &mut found);
    positions(&statuses, &mut found);
    names(&statuses, &mut found);
    for status in &statuses {
        values(status, &mut found);
    }
    keys(conn, &statuses, &mut found)?;
    for status in &statuses {
        history(conn, status, &mut found)?;
    }
    Ok(found)
}

/// A status in a sentence.
fn called(status: &LeadStatus) -> String {
    format!("The status {} ({})", status.id, status.name)
}

/// Exactly one default and one converted, each in use and of its kind.
fn roles(statuses: &[LeadStatus], holders: &[(Role, i64)], found: &mut Vec<String>) {
    for role in Role::ALL {
        let ids: Vec<i64> = holders
            .iter()
            .filter(|(held, _)| *held == role)
            .map(|(_, id)| *id)
            .collect();
        let [id] = ids.as_slice() else {
            found.push(format!("{} statuses hold the role {role}.", ids.len()));
            continue;
        };
        match statuses.iter().find(|status| status.id == *id) {
            None => found.push(format!(
                "The role {role} is held by {id}, which doesn't exist."
            )),
            Some(status) if status.is_archived() => {
                found.push(format!(
                    "{} is archived and holds the role {role}.",
                    called(status)
                ));
            }
            Some(status) if check_kind([role].into_iter(), status.kind).is_err() => {
                let kind = status.kind;
                found.push(format!(
                    "{} is of kind {kind} and holds the role {role}.",
                    called(status)
                ));
            }
            Some(_) => {}
        }
    }
}

/// Those in use stand at 1..n; archived ones nowhere.
fn positions(statuses: &[LeadStatus], found: &mut Vec<String>) {
    let mut placed: Vec<i32> = statuses
        .iter()
        .filter_map(|status| status.position)
        .collect();
    placed.sort_unstable();
    if !is_counted(&placed) {
        found.push(format!(
            "The positions of the pipeline are not 1 to {}: {placed:?}.",
            placed.len()
        ));
    }
    for status in statuses {
        if status.is_archived() == status.position.is_some() {
            found.push(format!(
                "{} must have a position if and only if it is in use.",
                called(status)
            ));
        }
    }
}

/// True for 1, 2, 3 and so on.
fn is_counted(positions: &[i32]) -> bool {
    positions
        .iter()
        .zip(1..)
        .all(|(position, at)| *position == at)
}

/// No name twice among those in use, no slug twice at all.
fn names(statuses: &[LeadStatus], found: &mut Vec<String>) {
    let mut by_name: HashMap<String, i64> = HashMap::new();
    let mut by_slug: HashMap<&str, i64> = HashMap::new();
    for status in statuses {
        if let Some(other) = by_slug.insert(status.slug.as_str(), status.id) {
            found.push(format!("{} has the slug of {other}.", called(status)));
        }
        if status.is_archived() {
            continue;
        }
        if let Some(other) = by_name.insert(status.name.key(), status.id) {
            found.push(format!("{} has the name of {other}.", called(status)));
        }
    }
}

/// Every value is one that the form would accept.
fn values(status: &LeadStatus, found: &mut Vec<String>) {
    let name = Name::parse(status.name.as_str());
    if !name.is_ok_and(|name| name == status.name) {
        found.push(format!("{} has a name that can't be.", called(status)));
    }
    if Slug::parse(status.slug.as_str()).is_err() {
        found.push(format!(
            "{} has the slug {:?}.",
            called(status),
            status.slug.as_str()
        ));
    }
    if Color::parse(status.color.as_str()).is_err() {
        found.push(format!(
            "{} has the colour {:?}.",
            called(status),
            status.color.as_str()
        ));
    }
    if let (Some(target), Some(limit)) = (status.target_days, status.limit_days)
        && target > limit
    {
        found.push(format!("{} has a target above its limit.", called(status)));
    }
}

/// The folded texts are those of name and definition.
fn keys(conn: &mut Conn, statuses: &[LeadStatus], found: &mut Vec<String>) -> Result<()> {
    for (status, keys) in statuses.iter().zip(store::keys(conn)?) {
        debug_assert_eq!(status.id, keys.id);
        if keys.name_key != status.name.key() {
            found.push(format!(
                "{} has the name key {:?}.",
                called(status),
                keys.name_key
            ));
        }
        if keys.search_key != store::search_key(&status.fields()) {
            found.push(format!(
                "{} is not found by its name and definition: its search key is out of date.",
                called(status)
            ));
        }
    }
    Ok(())
}

/// The log knows how the status came to be, and that it is as its newest entry says.
fn history(conn: &mut Conn, status: &LeadStatus, found: &mut Vec<String>) -> Result<()> {
    let entries = audit::of_subject(conn, SUBJECT, status.id, None, i64::MAX)?;
    let is_made = |action: &str| matches!(action, "create" | "bring-back");
    if !entries.iter().any(|entry| is_made(&entry.action)) {
        found.push(format!("{} was never made, says the log.", called(status)));
        return Ok(());
    }
    let newest = entries.first().and_then(|entry| entry.after());
    let newest = newest.and_then(|value| serde_json::from_value::<Snapshot>(value).ok());
    // The order has entries of its own.
    let placed = |shot: Snapshot| Snapshot {
        position: None,
        ..shot
    };
    if newest.map(placed) != Some(placed(Snapshot::from(status))) {
        found.push(format!(
            "{} is not as its newest entry in the log says.",
            called(status)
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::status::tests::status;
    use super::*;
    use crate::clock::Timestamp;

    fn pipeline() -> Vec<LeadStatus> {
        let mut statuses = vec![status(1, "New"), status(2, "Won"), status(3, "Lost")];
        statuses[1].kind = Kind::Won;
        statuses[2].kind = Kind::Lost;
        statuses
    }

    const HELD: [(Role, i64); 2] = [(Role::Default, 1), (Role::Converted, 2)];

    fn found(statuses: &[LeadStatus], holders: &[(Role, i64)]) -> Vec<String> {
        let mut found = Vec::new();
        roles(statuses, holders, &mut found);
        positions(statuses, &mut found);
        names(statuses, &mut found);
        for status in statuses {
            values(status, &mut found);
        }
        found
    }

    #[test]
    fn a_sound_pipeline_has_no_faults() {
        assert_eq!(found(&pipeline(), &HELD), Vec::<String>::new());
    }

    #[test]
    fn every_rule_that_is_broken_is_named() {
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
            let found = found(&statuses, &HELD).join("\n");
            assert!(found.contains(complaint), "{complaint}: {found}");
        }
        let none = found(&pipeline(), &HELD[1..]);
        assert_eq!(none, ["0 statuses hold the role default."]);
    }
}
