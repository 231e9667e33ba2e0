//! Why a call is refused.

use std::collections::BTreeSet;

use super::act::{Act, Bulk, Call, LeadFields, Replacement, StatusFields};
use super::lead::Lead;
use super::world::{World, folded, new_status, overlay, user_id};
use crate::support::{ALICE, MARA, Person, RADU};

fn manages(who: Person) -> bool {
    who == ALICE || who == MARA
}

/// The status codes of the conditions that are true.
fn codes_of(cases: &[(bool, u16)]) -> Vec<u16> {
    let found = cases.iter().filter(|(is_so, _)| *is_so);
    found.map(|(_, code)| *code).collect()
}

impl World {
    /// Every status code with which the call may be refused; empty if it must be accepted.
    pub fn faults(&self, call: &Call) -> Vec<u16> {
        let who = call.who;
        let by_page = matches!(
            call.act,
            Act::Retire { .. }
                | Act::Reuse(_)
                | Act::GiveRole(..)
                | Act::Step(..)
                | Act::Undo
                | Act::Bulk(..)
                | Act::Import(_)
                | Act::Export
                | Act::Enable(_)
                | Act::Wait(_)
        );
        if !by_page && !self.users.contains(&user_id(who)) {
            return vec![401];
        }
        match &call.act {
            Act::MakeStatus(_)
            | Act::EditStatus(..)
            | Act::DeleteStatus(..)
            | Act::Order { .. }
                if who != ALICE =>
            {
                vec![403]
            }
            Act::MakeStatus(fields) => self.status_faults(None, fields),
            Act::EditStatus(id, fields) => self.status_faults(Some(*id), fields),
            Act::DeleteStatus(id, replacement) => match self.statuses.contains_key(id) {
                true => self.leaving_faults(&[*id], *replacement),
                false => vec![404],
            },
            Act::Order { ids, expect } => self.order_faults(ids, expect.as_deref()),
            Act::MakeLead(fields) => self.new_lead_faults(who, fields),
            Act::EditLead(id, fields) => {
                self.on_lead(who, *id, |lead| self.edit_faults(who, lead, fields))
            }
            Act::Move { id, to, entered } => self.on_lead(who, *id, |lead| {
                let early = entered.is_some_and(|at| at < lead.current().entered || at > self.now);
                codes_of(&[
                    (!self.in_use(*to), 422),
                    (lead.in_bin, 409),
                    (entered.is_some() && !manages(who), 403),
                    (early, 422),
                ])
            }),
            Act::Pause(id, days) => self.on_lead(who, *id, |lead| self.pause_faults(lead, *days)),
            Act::Note(id) => self.on_lead(who, *id, |lead| codes_of(&[(lead.in_bin, 409)])),
            Act::DeleteLead(id) => {
                let is_there = self.leads.get(id).is_some_and(|lead| !lead.in_bin);
                codes_of(&[(!manages(who), 403), (!is_there, 404)])
            }
            Act::RestoreLead(id) => {
                codes_of(&[(!manages(who), 403), (!self.leads.contains_key(id), 404)])
            }
            Act::Void(id, visit) => self.on_lead(who, *id, |lead| self.void_faults(lead, *visit)),
            Act::Retire {
                ids,
                delete,
                replacement,
            } => self.retire_faults(ids, *delete, *replacement),
            Act::Reuse(ids) => self.reuse_faults(ids),
            Act::GiveRole(id, role) => {
                let status = &self.statuses[id];
                let needs = if *role == "default" { "open" } else { "won" };
                codes_of(&[(status.archived || status.kind != needs, 409)])
            }
            Act::Bulk(ids, bulk) => self.bulk_faults(ids, bulk),
            Act::Step(..)
            | Act::Undo
            | Act::Import(_)
            | Act::Export
            | Act::Enable(_)
            | Act::Wait(_) => vec![],
        }
    }

    fn on_lead(&self, who: Person, id: i64, faults: impl Fn(&Lead) -> Vec<u16>) -> Vec<u16> {
        let may_write = manages(who) || who == RADU;
        match self.leads.get(&id) {
            _ if !may_write => vec![403],
            None => vec![404],
            Some(lead) if !manages(who) && lead.owner != Some(user_id(who)) => vec![403],
            Some(lead) => faults(lead),
        }
    }

    fn status_faults(&self, id: Option<i64>, sent: &StatusFields) -> Vec<u16> {
        let before = id.map(|id| self.statuses.get(&id));
        let Some(before) = before
            .unwrap_or(None)
            .cloned()
            .or_else(|| id.is_none().then(new_status))
        else {
            return vec![404];
        };
        let after = overlay(&before, sent);
        let role = |holder: i64, asked: Option<bool>, needs: &str| {
            let holds = Some(holder) == id;
            let drops = asked == Some(false) && holds;
            let is_wrong = (holds || asked == Some(true)) && after.kind != needs;
            drops || is_wrong || (asked == Some(true) && !holds && after.archived)
        };
        let has_role = Some(self.default) == id || Some(self.converted) == id;
        let is_held = has_role || id.is_some_and(|id| !self.in_status(id).is_empty());
        let renamed = after.name != before.name && !before.archived;
        let comes_back = before.archived && !after.archived;
        codes_of(&[
            (
                sent.version
                    .is_some_and(|version| version != before.version),
                409,
            ),
            (
                matches!((after.target, after.limit), (Some(target), Some(limit)) if target > limit),
                422,
            ),
            (role(self.default, sent.isdefault, "open"), 422),
            (role(self.converted, sent.isconverted, "won"), 422),
            (!before.archived && after.archived && is_held, 409),
            (
                (id.is_none() || renamed || comes_back) && self.is_taken(&after.name, id),
                409,
            ),
        ])
    }

    /// Why these can't all be archived or deleted.
    fn leaving_faults(&self, ids: &[i64], replacement: Replacement) -> Vec<u16> {
        let to = replacement.map(|(to, _)| to);
        let fits =
            |kind: &str| to.is_some_and(|to| self.in_use(to) && self.statuses[&to].kind == kind);
        let has_leads = ids.iter().any(|id| !self.in_status(*id).is_empty());
        codes_of(&[
            (
                to.is_some_and(|to| ids.contains(&to) || !self.in_use(to)),
                422,
            ),
            (ids.contains(&self.default) && !fits("open"), 409),
            (ids.contains(&self.converted) && !fits("won"), 409),
            (to.is_none() && has_leads, 409),
        ])
    }

    fn retire_faults(&self, ids: &[i64], delete: bool, replacement: Replacement) -> Vec<u16> {
        let mut faults = self.leaving_faults(ids, replacement);
        if !delete && !faults.contains(&422) {
            // An archived status stays as it is.
            let left: Vec<i64> = ids.iter().copied().filter(|id| self.in_use(*id)).collect();
            faults = self.leaving_faults(&left, replacement);
        }
        faults
    }

    fn reuse_faults(&self, ids: &[i64]) -> Vec<u16> {
        let back: Vec<i64> = ids.iter().copied().filter(|id| !self.in_use(*id)).collect();
        let names: BTreeSet<String> = back
            .iter()
            .map(|id| folded(&self.statuses[id].name))
            .collect();
        let is_taken = back
            .iter()
            .any(|id| self.is_taken(&self.statuses[id].name, None));
        codes_of(&[(is_taken || names.len() < back.len(), 409)])
    }

    fn order_faults(&self, ids: &[i64], expect: Option<&[i64]>) -> Vec<u16> {
        let (mut sent, mut known) = (ids.to_vec(), self.order.clone());
        sent.sort_unstable();
        known.sort_unstable();
        let is_stale = expect.is_some_and(|expect| expect != self.order);
        match sent == known {
            _ if is_stale => vec![409],
            true => vec![],
            false => vec![if expect.is_some() { 422 } else { 409 }],
        }
    }

    fn new_lead_faults(&self, who: Person, sent: &LeadFields) -> Vec<u16> {
        let owner = sent.owner.flatten();
        let is_others = owner.is_some_and(|owner| owner != user_id(who));
        codes_of(&[
            (!manages(who) && who != RADU, 403),
            (who == RADU && is_others, 403),
            (owner.is_some_and(|owner| !self.users.contains(&owner)), 422),
            (sent.status.is_some_and(|status| !self.in_use(status)), 422),
            (self.is_reference_taken(sent, None), 409),
        ])
    }

    fn is_reference_taken(&self, sent: &LeadFields, except: Option<i64>) -> bool {
        let holder = sent
            .reference
            .as_deref()
            .and_then(|reference| self.by_reference(reference));
        holder.is_some() && holder != except
    }

    fn edit_faults(&self, who: Person, lead: &Lead, sent: &LeadFields) -> Vec<u16> {
        let owner = sent.owner.unwrap_or(lead.owner);
        let is_given = owner != lead.owner;
        let moves = sent.status.filter(|status| *status != lead.status());
        let same = self
            .leads
            .iter()
            .find(|(_, other)| *other == lead)
            .map(|(id, _)| *id);
        codes_of(&[
            (lead.in_bin, 409),
            (
                sent.version.is_some_and(|version| version != lead.version),
                409,
            ),
            (is_given && !manages(who), 403),
            (
                is_given && owner.is_some_and(|owner| !self.users.contains(&owner)),
                422,
            ),
            (moves.is_some_and(|status| !self.in_use(status)), 422),
            (self.is_reference_taken(sent, same), 409),
        ])
    }

    fn pause_faults(&self, lead: &Lead, days: Option<i64>) -> Vec<u16> {
        let is_past = days.is_some_and(|days| self.day(days) <= self.now);
        let is_open = self.statuses[&lead.status()].kind == "open";
        codes_of(&[
            (lead.in_bin, 409),
            (is_past, 422),
            (days.is_some() && !is_open, 409),
        ])
    }

    fn void_faults(&self, lead: &Lead, visit: i64) -> Vec<u16> {
        let index = lead.visits.iter().position(|known| known.id == Some(visit));
        let Some(index) = index else {
            return vec![404];
        };
        let is_move = lead
            .valid_visits()
            .iter()
            .skip(1)
            .any(|other| *other == index);
        let back = lead.falls_back_to(index);
        codes_of(&[
            (lead.in_bin, 409),
            (!is_move || lead.visits[index].via == "replace", 409),
            (back.is_some_and(|back| !self.in_use(back)), 409),
        ])
    }

    fn bulk_faults(&self, ids: &[i64], bulk: &Bulk) -> Vec<u16> {
        let leads: Vec<&Lead> = ids.iter().map(|id| &self.leads[id]).collect();
        let in_bin = leads.iter().any(|lead| lead.in_bin);
        match bulk {
            Bulk::Move(to) => codes_of(&[(in_bin, 409), (!self.in_use(*to), 422)]),
            Bulk::Assign(owner) => {
                // A lead in the bin isn't compared with what is asked.
                let is_given = in_bin || leads.iter().any(|lead| lead.owner != *owner);
                let is_gone = owner.is_some_and(|owner| !self.users.contains(&owner));
                codes_of(&[(in_bin, 409), (is_given && is_gone, 422)])
            }
            Bulk::Pause(days) => {
                let each = leads
                    .iter()
                    .map(|lead| self.pause_faults(lead, Some(*days)));
                each.flatten().collect()
            }
            Bulk::Note => codes_of(&[(in_bin, 409)]),
            Bulk::Delete | Bulk::Restore => vec![],
        }
    }
}
