//! What was acknowledged to one client of many, to be looked for at the end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::Api;

/// Only this client changes these things, so the last acknowledged value must be found.
#[derive(Default)]
pub struct Journal {
    /// Leads that it made, with their names.
    pub made: BTreeMap<i64, String>,
    /// Lead, field, value.
    pub fields: BTreeMap<(i64, &'static str), String>,
    /// Leads with the reasons of moves.
    pub moves: Vec<(i64, String)>,
    /// Statuses with their definitions.
    pub definitions: BTreeMap<i64, String>,
    /// Statuses that it made, and those of them that it deleted.
    pub statuses: BTreeSet<i64>,
    pub deleted: BTreeSet<i64>,
    /// How many calls were done and refused.
    pub done: usize,
    pub refused: usize,
    /// The last calls with their answers.
    pub last: Vec<String>,
}

impl Journal {
    /// The acknowledged values that the server lacks.
    pub async fn missing(&self, api: &Api) -> Vec<String> {
        let mut lost = Vec::new();
        for (id, name) in &self.made {
            lost.extend(differs(&read(api, *id).await, "name", name));
        }
        for ((id, field), value) in &self.fields {
            lost.extend(differs(&read(api, *id).await, field, value));
        }
        let mut visits: BTreeMap<i64, Value> = BTreeMap::new();
        for (id, reason) in &self.moves {
            if !visits.contains_key(id) {
                let read = api.get(&format!("leads/{id}/visits")).await.json();
                visits.insert(*id, read);
            }
            let mut all = visits[id].as_array().into_iter().flatten();
            if !all.any(|visit| visit["reason"] == json!(reason)) {
                lost.push(format!("lead {id}: the move {reason} is lost"));
            }
        }
        lost.extend(self.missing_statuses(api).await);
        lost
    }

    async fn missing_statuses(&self, api: &Api) -> Vec<String> {
        let all = api.get("lead_statuses?archived=all").await.json();
        let all = all.as_array().cloned().unwrap_or_default();
        let found = |id: &i64| all.iter().find(|status| status["id"] == json!(id)).cloned();
        let mut lost = Vec::new();
        for (id, definition) in &self.definitions {
            lost.extend(differs(
                &found(id).unwrap_or_default(),
                "definition",
                definition,
            ));
        }
        let kept = self.statuses.difference(&self.deleted);
        let missing = kept.filter(|id| found(id).is_none());
        lost.extend(missing.map(|id| format!("status {id} is lost")));
        let back = self.deleted.iter().filter(|id| found(id).is_some());
        lost.extend(back.map(|id| format!("status {id} was deleted and is there")));
        lost
    }
}

async fn read(api: &Api, id: i64) -> Value {
    api.get(&format!("leads/{id}")).await.json()
}

fn differs(read: &Value, field: &str, expected: &str) -> Option<String> {
    let lost = || format!("{field} {expected} was acknowledged, and there is {read}");
    (read[field] != json!(expected)).then(lost)
}
