//! The rules about kinds and roles, and about what keeps a status from being archived or deleted.

use crate::error::{Blocker, FieldErrors};
use crate::i18n::Message;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::entry_rule::{EntryRule, RuleLevel};
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::stats::LeadTotals;
use crate::statuses::domain::status::{LeadStatus, ReplacementProgress};

/// Checks that a status with these roles may be of this kind; the errors are at `kind`.
pub fn check_kind(roles: impl Iterator<Item = Role>, kind: Kind) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    for role in roles.filter(|role| role.required_kind() != kind) {
        errors.add(
            "kind",
            Message::new(match role {
                Role::Default => "status-kind-held-default",
                Role::Converted => "status-kind-held-converted",
            }),
        );
    }
    errors.value_or_errors(())
}

/// Checks that the target is not above the limit; the error is at `target_days`.
pub fn check_days(target: Option<Days>, limit: Option<Days>) -> Result<(), FieldErrors> {
    match (target, limit) {
        (Some(target), Some(limit)) if target > limit => {
            let message = Message::new("status-target-above-limit");
            let message = message.with("count", i64::from(limit.get()));
            Err(FieldErrors::one("target_days", message))
        }
        _ => Ok(()),
    }
}

/// Checks that a status may take this role: it is in use and of the kind that the role requires.
pub fn check_role(status: &LeadStatus, role: Role) -> Result<(), FieldErrors> {
    check_role_with_kind(Some(status), status.kind, role)
}

/// As [`check_role`], for a status that will be of this kind; `before` is nothing for a new one.
pub fn check_role_with_kind(
    before: Option<&LeadStatus>,
    kind: Kind,
    role: Role,
) -> Result<(), FieldErrors> {
    let key = match role {
        _ if before.is_some_and(|status| status.is_archived()) => "status-role-archived",
        _ if before.is_some_and(|status| status.being_replaced.is_some()) => {
            "status-role-being-replaced"
        }
        _ if kind == role.required_kind() => return Ok(()),
        Role::Default => "status-role-needs-open",
        Role::Converted => "status-role-needs-won",
    };
    Err(FieldErrors::one(role.field(), Message::new(key)))
}

/// A warning that the status that receives new leads holds some of them back; nothing for any other status.
pub fn new_leads_warning(status: &LeadStatus) -> Option<Message> {
    let is_required = |rule: &EntryRule| rule.level == RuleLevel::Block;
    let may_refuse = status.entry_rules.iter().any(is_required)
        || status.requires_reason
        || !status.enter_from.allows(None);
    (status.is_default && may_refuse).then(|| Message::new("status-holds-back-new-leads"))
}

/// The reason why a status that is being replaced can't be changed; nothing for any other.
pub fn being_replaced_message(status: &LeadStatus) -> Option<Message> {
    let progress = status.being_replaced.as_ref()?;
    let message = Message::new("status-being-replaced").with("name", status.name.as_str());
    Some(message.with("to", progress.to_name.as_str()))
}

/// The reason why a status that receives leads can't be archived or deleted; nothing for any other.
pub fn receiving_leads_message(
    status: &LeadStatus,
    running: &[(i64, ReplacementProgress)],
) -> Option<Message> {
    let is_receiving = running.iter().any(|(_, progress)| progress.to == status.id);
    is_receiving.then(|| Message::new("status-receiving-leads").with("name", status.name.as_str()))
}

/// The roles and leads that keep a status from being archived or deleted.
pub fn blockers(status: &LeadStatus, totals: &LeadTotals) -> Vec<Blocker> {
    let mut blockers: Vec<Blocker> = status
        .roles()
        .map(|role| Blocker {
            kind: "role",
            status: status.id,
            role: Some(role.as_str()),
            count: None,
            link: format!("/admin/leads/statuses/{}", status.id),
        })
        .collect();
    let leads = format!("/admin/leads?status={}", status.id);
    let groups = [
        ("leads", totals.leads, leads.clone()),
        ("leads_in_bin", totals.in_bin, format!("{leads}&bin=1")),
    ];
    for (kind, count, link) in groups {
        if count > 0 {
            blockers.push(Blocker {
                kind,
                status: status.id,
                role: None,
                count: Some(count),
                link,
            });
        }
    }
    blockers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::statuses::domain::status::tests::status;

    #[test]
    fn a_role_forbids_other_kinds() {
        let mut held = status(1, "New");
        held.is_default = true;
        assert_eq!(check_kind(held.roles(), Kind::Open), Ok(()));
        let errors = check_kind(held.roles(), Kind::Lost).unwrap_err();
        assert_eq!(errors.at("kind").unwrap().key, "status-kind-held-default");
        held.is_default = false;
        assert_eq!(check_kind(held.roles(), Kind::Lost), Ok(()));
    }

    #[test]
    fn a_role_goes_only_to_a_status_of_its_kind_that_is_in_use() {
        let mut won = status(5, "Won");
        won.kind = Kind::Won;
        assert_eq!(check_role(&won, Role::Converted), Ok(()));
        assert!(
            check_role(&won, Role::Default)
                .unwrap_err()
                .at("isdefault")
                .is_some()
        );
        won.archived_at = Some(Timestamp(1));
        assert!(check_role(&won, Role::Converted).is_err());
    }

    #[test]
    fn roles_and_leads_are_blockers_with_links() {
        let mut held = status(7, "New");
        let mut totals = LeadTotals::default();
        assert_eq!(blockers(&held, &totals), []);
        held.is_default = true;
        (totals.leads, totals.in_bin) = (3, 1);
        let blockers = blockers(&held, &totals);
        assert_eq!(blockers.len(), 3);
        assert_eq!(blockers[2].link, "/admin/leads?status=7&bin=1");
        assert_eq!(
            (blockers[0].kind, blockers[0].role),
            ("role", Some("default"))
        );
        assert_eq!((blockers[1].kind, blockers[1].count), ("leads", Some(3)));
        assert_eq!(blockers[1].link, "/admin/leads?status=7");
    }
}
