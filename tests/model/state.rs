//! What a call changes, and what the server shows of the state that follows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::act::{Act, Bulk, Call, LeadFields, Replacement, StatusFields};
use super::lead::{DAY, Lead};
use super::world::{World, new_status, overlay, user_id};
use crate::support::RADU;

/// RFC 3339 in UTC.
pub fn rfc3339(at: i64) -> String {
    lead_statuses::clock::Timestamp(at * 1_000_000).rfc3339()
}

impl World {
    /// Applies an accepted operation; `made` is the id of what it created.
    pub fn apply(&mut self, call: &Call, made: Option<i64>) {
        let before = Box::new(World {
            before: None,
            ..self.clone()
        });
        self.before = None;
        match &call.act {
            Act::MakeStatus(fields) => {
                let id = made.expect("the id of a new status");
                assert!(!self.statuses.contains_key(&id), "an id is used again");
                self.statuses.insert(id, new_status());
                self.set_status(id, fields);
                if fields.archived != Some(true) {
                    self.put_into_use(id);
                }
            }
            Act::EditStatus(id, fields) => self.set_status(*id, fields),
            Act::DeleteStatus(id, replacement) => self.retire(&[*id], true, *replacement),
            Act::Order { ids, .. } => self.order = ids.clone(),
            Act::MakeLead(fields) => {
                let status = fields.status.unwrap_or(self.default);
                let mut lead = Lead::new("", status, "api", self.now);
                overlay_lead(&mut lead, fields);
                if call.who == RADU {
                    lead.owner = Some(user_id(RADU));
                }
                self.leads.insert(made.expect("the id of a new lead"), lead);
            }
            Act::EditLead(id, fields) => self.edit_lead(*id, fields),
            Act::Move { id, to, entered } => {
                self.enter(*id, *to, entered.unwrap_or(self.now), "api")
            }
            Act::Pause(id, days) => self.pause(*id, *days),
            Act::Note(id) => self.lead(*id).version += 1,
            Act::DeleteLead(id) => self.set_bin(*id, true),
            Act::RestoreLead(id) => self.set_bin(*id, false),
            Act::Void(id, visit) => {
                let now = self.now;
                let lead = self.lead(*id);
                let index = lead
                    .visits
                    .iter()
                    .position(|known| known.id == Some(*visit));
                lead.void(index.expect("a visit"), now);
            }
            Act::Retire {
                ids,
                delete,
                replacement,
            } => {
                let has_leads = self.leads.values().any(|lead| ids.contains(&lead.status()));
                self.retire(ids, *delete, *replacement);
                self.before = (!has_leads).then_some(before);
            }
            Act::Reuse(ids) => {
                let in_order: BTreeSet<i64> = ids.iter().copied().collect();
                for id in in_order {
                    let fields = StatusFields {
                        archived: Some(false),
                        ..StatusFields::default()
                    };
                    self.set_status(id, &fields);
                }
                self.before = Some(before);
            }
            Act::GiveRole(id, role) => {
                self.give_role(*id, *role == "default");
                self.before = Some(before);
            }
            Act::Step(id, to) => {
                self.step(*id, to);
                self.before = Some(before);
            }
            Act::Undo => {}
            Act::Bulk(ids, bulk) => self.bulk(ids, bulk),
            Act::Import(lines) => self.import(lines),
            Act::Export => {}
            Act::Enable(true) => drop(self.users.insert(user_id(RADU))),
            Act::Enable(false) => drop(self.users.remove(&user_id(RADU))),
            Act::Wait(seconds) => self.now += seconds,
        }
    }

    /// Restores the statuses; the version is higher if something changed.
    pub fn take_back(&mut self, before: &World) {
        let now = self.statuses.clone();
        self.statuses = before.statuses.clone();
        for (id, status) in &mut self.statuses {
            let now = now.get(id);
            let is_same = now.is_some_and(|now| now.archived == status.archived)
                && (self.default == *id) == (before.default == *id)
                && (self.converted == *id) == (before.converted == *id);
            status.version = now.map_or(status.version, |now| now.version);
            status.is_changed = !is_same;
        }
        (self.order, self.default, self.converted) =
            (before.order.clone(), before.default, before.converted);
        self.before = None;
    }

    fn lead(&mut self, id: i64) -> &mut Lead {
        self.leads.get_mut(&id).expect("a lead that exists")
    }

    fn give_role(&mut self, id: i64, is_default: bool) {
        let holder = if is_default {
            &mut self.default
        } else {
            &mut self.converted
        };
        let giver = std::mem::replace(holder, id);
        if giver != id {
            for id in [giver, id] {
                self.statuses.get_mut(&id).expect("a status").is_changed = true;
            }
        }
    }

    fn set_status(&mut self, id: i64, sent: &StatusFields) {
        let status = self.statuses.get_mut(&id).expect("a status");
        let after = overlay(status, sent);
        if after != *status {
            let mut is_restored = false;
            match (status.archived, after.archived) {
                (false, true) => self.order.retain(|other| *other != id),
                (true, false) => is_restored = true,
                _ => {}
            }
            *status = after;
            status.is_changed = true;
            if is_restored {
                self.put_into_use(id);
            }
        }
        if sent.isdefault == Some(true) {
            self.give_role(id, true);
        }
        if sent.isconverted == Some(true) {
            self.give_role(id, false);
        }
    }

    /// An open status comes behind the last open one, another one to the end.
    fn put_into_use(&mut self, id: i64) {
        let is_open = |id: &i64| self.statuses[id].kind == "open";
        let last_open = self.order.iter().rposition(is_open);
        let place = match is_open(&id) {
            true => last_open.map_or(0, |index| index + 1),
            false => self.order.len(),
        };
        self.order.insert(place, id);
    }

    fn retire(&mut self, ids: &[i64], delete: bool, replacement: Replacement) {
        for id in ids
            .iter()
            .filter(|id| delete || self.order.contains(id))
            .copied()
            .collect::<Vec<_>>()
        {
            if let Some((to, restarts)) = replacement {
                if self.default == id {
                    self.give_role(to, true);
                }
                if self.converted == id {
                    self.give_role(to, false);
                }
                let now = self.now;
                for lead in self.leads.values_mut().filter(|lead| lead.status() == id) {
                    match restarts {
                        true => lead.enter(to, now, "replace"),
                        false => lead.replace_status(to, now),
                    }
                }
            }
            if delete {
                self.statuses.remove(&id);
                self.order.retain(|other| *other != id);
            } else {
                let fields = StatusFields {
                    archived: Some(true),
                    ..StatusFields::default()
                };
                self.set_status(id, &fields);
            }
        }
    }

    fn step(&mut self, id: i64, to: &str) {
        let from = self
            .order
            .iter()
            .position(|other| *other == id)
            .expect("in use");
        self.order.remove(from);
        let to = match to {
            "up" => from.saturating_sub(1),
            "down" => (from + 1).min(self.order.len()),
            "top" => 0,
            _ => self.order.len(),
        };
        self.order.insert(to, id);
    }

    fn edit_lead(&mut self, id: i64, sent: &LeadFields) {
        let now = self.now;
        if let Some(to) = sent.status {
            self.enter(id, to, now, "api");
        }
        let lead = self.lead(id);
        let before = lead.clone();
        overlay_lead(lead, sent);
        if *lead != before {
            lead.version += 1;
        }
    }

    fn enter(&mut self, id: i64, to: i64, at: i64, via: &'static str) {
        let lead = self.lead(id);
        if lead.status() != to {
            lead.enter(to, at, via);
        }
    }

    fn pause(&mut self, id: i64, days: Option<i64>) {
        let (now, until) = (self.now, days.map(|days| self.day(days)));
        self.lead(id).pause(until, now);
    }

    fn set_bin(&mut self, id: i64, in_bin: bool) {
        let lead = self.lead(id);
        lead.version += i64::from(lead.in_bin != in_bin);
        lead.in_bin = in_bin;
    }

    fn bulk(&mut self, ids: &[i64], bulk: &Bulk) {
        for id in ids {
            match bulk {
                Bulk::Move(to) => self.enter(*id, *to, self.now, "bulk"),
                Bulk::Assign(owner) => {
                    let lead = self.lead(*id);
                    lead.version += i64::from(lead.owner != *owner);
                    lead.owner = *owner;
                }
                Bulk::Pause(days) => self.pause(*id, Some(*days)),
                Bulk::Note => self.lead(*id).version += 1,
                Bulk::Delete => self.set_bin(*id, true),
                Bulk::Restore => self.set_bin(*id, false),
            }
        }
    }

    /// New references make leads, whose ids are read from the server afterwards: negative until then.
    fn import(&mut self, lines: &[(String, String, String, i64)]) {
        for (index, (reference, name, company, status)) in lines.iter().enumerate() {
            let fields = LeadFields {
                name: Some(name.clone()),
                company: Some(company.clone()),
                ..LeadFields::default()
            };
            match self.by_reference(reference) {
                Some(id) => self.edit_lead(id, &fields),
                None => {
                    let mut lead = Lead::new(name, *status, "import", self.now);
                    lead.reference = Some(reference.clone());
                    lead.company = company.clone();
                    self.leads.insert(-1 - index as i64, lead);
                }
            }
        }
    }

    /// On track, at risk or stuck, by target and limit of the lead's status.
    pub fn state(&self, lead: &Lead) -> &'static str {
        let status = &self.statuses[&lead.status()];
        let age = lead.age(self.now);
        let is_past = |days: Option<i64>| days.is_some_and(|days| age >= days * DAY);
        match () {
            () if status.kind != "open" => "none",
            () if lead.is_paused(self.now) => "paused",
            () if is_past(status.limit) => "stuck",
            () if is_past(status.target) => "at_risk",
            () => "on_track",
        }
    }

    /// A status as the API shows it, without what the model doesn't know.
    pub fn status_body(&self, id: i64) -> Value {
        let status = &self.statuses[&id];
        let inside = self
            .leads
            .values()
            .filter(|lead| !lead.in_bin && lead.status() == id);
        let stuck = inside
            .clone()
            .filter(|lead| self.state(lead) == "stuck")
            .count();
        let position = self.order.iter().position(|other| *other == id);
        json!({
            "id": id, "name": status.name, "kind": status.kind,
            "statusorder": position.map(|index| index + 1),
            "isdefault": self.default == id, "isconverted": self.converted == id,
            "target_days": status.target, "limit_days": status.limit,
            "lead_count": inside.count(), "stuck_count": stuck, "archived": status.archived,
        })
    }

    /// A lead as the API shows it.
    pub fn lead_body(&self, id: i64) -> Value {
        let lead = &self.leads[&id];
        let status = lead.status();
        json!({
            "id": id, "external_ref": lead.reference, "name": lead.name, "company": lead.company,
            "owner": lead.owner, "value": lead.value.map(|value| value as f64),
            "status": status, "status_name": self.statuses[&status].name,
            "status_since": rfc3339(lead.current().entered), "state": self.state(lead),
            "paused_until": lead.paused_until.filter(|_| lead.is_paused(self.now)).map(rfc3339),
            "version": lead.version,
        })
    }

    /// The history of a lead as the API shows it.
    pub fn visit_bodies(&self, id: i64) -> Vec<Value> {
        let visits = self.leads[&id].visits.iter();
        let body = visits.map(|visit| {
            json!({
                "status": visit.status, "entered_at": rfc3339(visit.entered), "left_at": visit.left.map(rfc3339),
                "via": visit.via, "voided": visit.voided,
            })
        });
        body.collect()
    }
}

fn overlay_lead(lead: &mut Lead, sent: &LeadFields) {
    lead.reference = sent.reference.clone().or(lead.reference.take());
    lead.name = sent.name.clone().unwrap_or(std::mem::take(&mut lead.name));
    lead.company = sent
        .company
        .clone()
        .unwrap_or(std::mem::take(&mut lead.company));
    lead.owner = sent.owner.unwrap_or(lead.owner);
    lead.value = sent.value.or(lead.value);
}
