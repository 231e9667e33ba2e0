//! One client of many.

use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};

use super::journal::Journal;
use crate::support::{Answer, Api, Browser, Random};

/// The number of clients.
pub const TASKS: usize = 10;
/// Leads that everyone changes.
pub const SHARED: usize = 20;

pub fn ids(list: &[Value]) -> Vec<i64> {
    list.iter().filter_map(|one| one["id"].as_i64()).collect()
}

pub struct Client {
    pub task: usize,
    pub api: Api,
    pub admin: Api,
    /// A manager who is signed in, and the token of the forms.
    pub browser: (Browser, String),
    pub leads: Vec<i64>,
    /// The first statuses, which no client deletes.
    pub statuses: Vec<i64>,
    pub random: Random,
    pub journal: Journal,
}

impl Client {
    pub async fn work(mut self, until: Instant) -> Journal {
        let mut turn = 0;
        while Instant::now() < until {
            turn += 1;
            match self.random.below(20) {
                0 => self.make_lead(turn).await,
                1..=4 => self.edit_lead(turn).await,
                5..=9 => self.move_lead(turn).await,
                10 | 11 => self.act_on_lead().await,
                12 | 13 => self.bulk().await,
                14 | 15 => self.define(turn).await,
                16 => self.order().await,
                17 => self.give_role().await,
                18 => self.make_status(turn).await,
                _ => self.drop_status().await,
            }
        }
        self.journal
    }

    /// True if it was done. It may be refused if another client was faster, but must not fail.
    fn is_done(&mut self, what: String, answer: &Answer) -> bool {
        let line = format!("{what} → {}", answer.status);
        self.journal.last.push(line);
        if self.journal.last.len() > 30 {
            self.journal.last.remove(0);
        }
        let last = || self.journal.last.join("\n");
        let is_known = [200, 201, 303, 404, 409, 412, 422].contains(&answer.status);
        assert!(is_known, "{}: {}\n{}", answer.status, answer.text(), last());
        let is_done = answer.status < 400;
        *if is_done {
            &mut self.journal.done
        } else {
            &mut self.journal.refused
        } += 1;
        is_done
    }

    async fn make_lead(&mut self, turn: usize) {
        let name = format!("Made {} {turn}", self.task);
        let answer = self.api.post("leads", json!({"name": name})).await;
        if self.is_done("make a lead".into(), &answer) {
            let id = answer.json()["record_id"].as_i64().expect("an id");
            self.journal.made.insert(id, name);
        }
    }

    /// Each lead has one client that writes its company and another that writes its phone.
    async fn edit_lead(&mut self, turn: usize) {
        let (field, place) = match self.random.percent(50) {
            true => ("company", self.task),
            false => ("phone", (self.task + 3) % TASKS),
        };
        let id = self.leads[place + TASKS * self.random.below(SHARED / TASKS)];
        let value = format!("{} {turn}", self.task);
        let mut body = json!({});
        body[field] = value.clone().into();
        let answer = self.api.put(&format!("leads/{id}"), body).await;
        if self.is_done(format!("{field} of {id}: {value}"), &answer) {
            self.journal.fields.insert((id, field), value);
        }
    }

    async fn move_lead(&mut self, turn: usize) {
        let (id, reason) = (self.any_lead(), format!("{} {turn}", self.task));
        let all = ids(&self.api.statuses().await);
        let to = self.random.pick(&all);
        let body = json!({"status": to, "reason": reason});
        let answer = self.api.post(&format!("leads/{id}/status"), body).await;
        let is_done = self.is_done(format!("move {id} to {to}: {reason}"), &answer);
        // A lead that is there already does not move.
        if is_done && answer.json()["message"] == "Lead moved." {
            self.journal.moves.push((id, reason));
        }
    }

    async fn act_on_lead(&mut self) {
        let (id, kind) = (self.any_lead(), self.random.below(6));
        let path = format!("leads/{id}");
        let paused = json!({"until": "2099-06-01", "reason": "away"});
        let post =
            async |end: &str, body: Value| self.api.post(&format!("{path}/{end}"), body).await;
        let (what, answer) = match kind {
            0 => ("pause", post("pause", paused).await),
            1 => ("resume", post("pause", json!({"until": ""})).await),
            2 => ("note", post("notes", json!({"note": "seen"})).await),
            3 => ("delete", self.api.delete(&path).await),
            4 => ("restore", post("restore", json!({})).await),
            _ => {
                let visits = self.api.get(&format!("{path}/visits")).await.json();
                let last = visits.as_array().and_then(|all| all.last()?["id"].as_i64());
                let end = format!("visits/{}/void", last.unwrap_or(1));
                ("void", post(&end, json!({})).await)
            }
        };
        self.is_done(format!("{what} {id}"), &answer);
    }

    async fn bulk(&mut self) {
        let ids = self.random.sample(&self.leads, 5);
        let to = self.random.pick(&self.statuses).to_string();
        let owner = self.random.pick(&["", "1", "2"]);
        let mut fields = vec![("csrf", self.browser.1.clone()), ("confirm", "1".into())];
        fields.extend(ids.iter().map(|id| ("ids", id.to_string())));
        let is_move = self.random.percent(60);
        fields.extend(match is_move {
            true => [("action", "move".to_owned()), ("status", to)],
            false => [("action", "assign".to_owned()), ("owner", owner.to_owned())],
        });
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let page = self.browser.0.post("/admin/leads/bulk", &fields).await;
        self.is_done(format!("bulk {fields:?}"), &page.answer);
    }

    /// Each status of the beginning has one client that writes its definition.
    async fn define(&mut self, turn: usize) {
        let Some(id) = self.statuses.get(self.task).copied() else {
            return;
        };
        let text = format!("{} {turn}", self.task);
        let answer = self
            .admin
            .put(&format!("lead_statuses/{id}"), json!({"definition": text}))
            .await;
        if self.is_done(format!("define {id}: {text}"), &answer) {
            self.journal.definitions.insert(id, text);
        }
    }

    async fn order(&mut self) {
        let now = ids(&self.admin.statuses().await);
        let mut expected = now.clone();
        expected.swap(0, self.random.below(now.len()));
        let body = json!({"ids": expected, "expect": now});
        let answer = self.admin.put("lead_statuses/order", body).await;
        self.is_done(format!("order {expected:?}"), &answer);
    }

    async fn give_role(&mut self) {
        let all = self.admin.statuses().await;
        let open: Vec<&Value> = all
            .iter()
            .filter(|status| status["kind"] == "open")
            .collect();
        let id = self.random.pick(&open)["id"].clone();
        let answer = self
            .admin
            .put(&format!("lead_statuses/{id}"), json!({"isdefault": true}))
            .await;
        self.is_done(format!("default {id}"), &answer);
    }

    async fn make_status(&mut self, turn: usize) {
        if self.journal.statuses.len() - self.journal.deleted.len() > 1 {
            return;
        }
        let body =
            json!({"name": format!("Step {} {turn}", self.task), "kind": "open", "limit_days": 3});
        let answer = self.admin.post("lead_statuses", body).await;
        if self.is_done("make a status".into(), &answer) {
            let id = answer.json()["record_id"].as_i64().expect("an id");
            self.journal.statuses.insert(id);
        }
    }

    /// Archives, restores or deletes a status of this client; its leads and roles go to another.
    async fn drop_status(&mut self) {
        let kept = self.journal.statuses.difference(&self.journal.deleted);
        let Some(id) = kept.copied().next() else {
            return;
        };
        let to = self.random.pick(&self.statuses);
        let path = format!("lead_statuses/{id}");
        match self.random.below(4) {
            0 => {
                let body = json!({"archived": true, "replace_with": to});
                let answer = self.admin.put(&path, body).await;
                self.is_done(format!("archive {id} for {to}"), &answer);
            }
            1 => {
                let answer = self.admin.put(&path, json!({"archived": false})).await;
                self.is_done(format!("restore {id}"), &answer);
            }
            _ => {
                let path = format!("{path}?replace_with={to}");
                let request = self.admin.request(Method::DELETE, &path);
                let answer = self.admin.send(request).await;
                if self.is_done(format!("delete {id} for {to}"), &answer) {
                    self.journal.deleted.insert(id);
                }
            }
        }
    }

    fn any_lead(&mut self) -> i64 {
        self.random.pick(&self.leads)
    }
}
