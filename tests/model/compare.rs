//! The state of the server beside the model's.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::driver::Driver;
use crate::support::ALICE;

impl Driver {
    /// What differs between the server and the model: everywhere, or only in the statuses and these leads.
    pub async fn compare(&mut self, leads: Option<&[i64]>) -> Result<(), String> {
        self.compare_statuses().await?;
        let api = self.app.api(ALICE);
        if let Some(ids) = leads {
            for id in ids {
                if !self.world.leads.contains_key(id) {
                    continue;
                }
                let answer = api.get(&format!("leads/{id}")).await;
                self.compare_lead(*id, (answer.status == 200).then(|| answer.json()))?;
                self.compare_visits(*id).await?;
            }
            return Ok(());
        }
        let listed = by_id(api.get("leads").await.json());
        let binned: BTreeSet<i64> = by_id(api.get("leads?bin=1").await.json())
            .into_keys()
            .collect();
        let in_bin = self.world.leads.iter().filter(|(_, lead)| lead.in_bin);
        let in_bin: BTreeSet<i64> = in_bin.map(|(id, _)| *id).collect();
        same("the bin", &json!(in_bin), &json!(binned))?;
        same(
            "the number of leads",
            &json!(self.world.leads.len()),
            &json!(listed.len() + binned.len()),
        )?;
        for id in self.world.leads.keys().copied().collect::<Vec<_>>() {
            self.compare_lead(id, listed.get(&id).cloned())?;
            self.compare_visits(id).await?;
        }
        Ok(())
    }

    async fn compare_statuses(&mut self) -> Result<(), String> {
        let api = self.app.api(ALICE);
        let order: Vec<Value> = api
            .statuses()
            .await
            .iter()
            .map(|status| status["id"].clone())
            .collect();
        same("the pipeline", &json!(self.world.order), &json!(order))?;
        let all = by_id(api.get("lead_statuses?archived=all").await.json());
        let known: Vec<i64> = self.world.statuses.keys().copied().collect();
        same(
            "the statuses",
            &json!(known),
            &json!(all.keys().collect::<Vec<_>>()),
        )?;
        for id in known {
            same(
                &format!("status {id}"),
                &self.world.status_body(id),
                &all[&id],
            )?;
            let read = all[&id]["version"].as_i64().expect("a version");
            let slug = all[&id]["slug"].as_str().expect("a slug");
            let status = self.world.statuses.get_mut(&id).expect("known");
            if status.slug.get_or_insert(slug.to_owned()) != slug {
                return Err(format!("status {id}: its slug became {slug}"));
            }
            if (read > status.version) != status.is_changed || read < status.version {
                let kept = status.version;
                return Err(format!(
                    "status {id}: version {kept} became {read}; changed: {}",
                    status.is_changed
                ));
            }
            (status.version, status.is_changed) = (read, false);
        }
        Ok(())
    }

    fn compare_lead(&self, id: i64, read: Option<Value>) -> Result<(), String> {
        match (self.world.leads[&id].in_bin, read) {
            (true, None) => Ok(()),
            (false, Some(read)) => same(&format!("lead {id}"), &self.world.lead_body(id), &read),
            (in_bin, _) => Err(format!(
                "lead {id}: in the bin is {in_bin} in the model only"
            )),
        }
    }

    async fn compare_visits(&mut self, id: i64) -> Result<(), String> {
        if self.world.leads[&id].in_bin {
            return Ok(());
        }
        let read = self
            .app
            .api(ALICE)
            .get(&format!("leads/{id}/visits"))
            .await
            .json();
        let read = read.as_array().cloned().unwrap_or_default();
        let expected = self.world.visit_bodies(id);
        if read.len() != expected.len() {
            return Err(format!("lead {id}: expected {expected:#?}, got {read:#?}"));
        }
        let lead = self.world.leads.get_mut(&id).expect("known");
        for ((visit, expected), read) in lead.visits.iter_mut().zip(&expected).zip(&read) {
            same(&format!("a visit of lead {id}"), expected, read)?;
            let id = read["id"].as_i64();
            if *visit.id.get_or_insert(id.expect("an id")) != id.expect("an id") {
                return Err(format!("visit {:?} became {id:?}", visit.id));
            }
        }
        Ok(())
    }

    /// Reads the ids of leads that a file made.
    pub async fn read_new_ids(&mut self) -> Result<(), String> {
        let new: Vec<i64> = self
            .world
            .leads
            .keys()
            .copied()
            .filter(|id| *id < 0)
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let listed = by_id(self.app.api(ALICE).get("leads").await.json());
        for id in new {
            let lead = self.world.leads.remove(&id).expect("known");
            let mut read = listed.iter();
            let found = read.find(|(_, read)| read["external_ref"] == json!(lead.reference));
            let (found, _) = found.ok_or_else(|| format!("no lead is {:?}", lead.reference))?;
            self.world.leads.insert(*found, lead);
        }
        Ok(())
    }

    /// The export of leads agrees with the model.
    pub async fn compare_export(&mut self) -> Result<(), String> {
        self.manager.ensure_signed_in(self.world.now).await;
        let page = self
            .manager
            .browser
            .get("/admin/leads/export?format=csv")
            .await;
        let text = page.answer.text().trim_start_matches('\u{feff}').to_owned();
        let mut read = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<BTreeMap<String, String>> =
            read.deserialize().map(|row| row.expect("a row")).collect();
        let field =
            |row: &BTreeMap<String, String>, name: &str| row.get(name).cloned().unwrap_or_default();
        let leads = self.world.leads.iter().filter(|(_, lead)| !lead.in_bin);
        let mut expected: BTreeMap<String, [String; 3]> = BTreeMap::new();
        for (id, lead) in leads {
            let reference = lead
                .reference
                .clone()
                .unwrap_or_else(|| format!("lead-{id}"));
            let status = self.world.statuses[&lead.status()].name.clone();
            expected.insert(reference, [lead.name.clone(), lead.company.clone(), status]);
        }
        let mut read: BTreeMap<String, [String; 3]> = BTreeMap::new();
        for row in &rows {
            let [name, company, status] =
                ["name", "company", "status"].map(|name| field(row, name));
            read.insert(
                field(row, "external_ref"),
                [name, company, self.world.named(&status)],
            );
        }
        same(
            "the rows of the export",
            &json!(rows.len()),
            &json!(expected.len()),
        )?;
        match read == expected {
            true => Ok(()),
            false => Err(format!("the export: expected {expected:?}, got {read:?}")),
        }
    }
}

fn by_id(list: Value) -> BTreeMap<i64, Value> {
    let list = list.as_array().cloned().unwrap_or_default();
    list.into_iter()
        .map(|one| (one["id"].as_i64().expect("an id"), one))
        .collect()
}

/// An error if an expected value is missing; unexpected fields of objects are ignored.
fn same(what: &str, expected: &Value, read: &Value) -> Result<(), String> {
    let is_same = match expected.as_object() {
        Some(fields) => fields.iter().all(|(name, value)| read[name] == *value),
        None => expected == read,
    };
    match is_same {
        true => Ok(()),
        false => Err(format!("{what}: expected {expected}, got {read}")),
    }
}
