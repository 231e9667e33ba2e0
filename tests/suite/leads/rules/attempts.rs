//! The ways to bring a lead into a status.

use std::cell::OnceCell;

use serde_json::{Value, json};

use super::super::fixtures::LIST;
use super::cases::{EntryInput, StatusIds};
use crate::support::{ALICE, Api, Browser, Page, TestApp};

/// A way to bring a lead into a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Call,
    Put,
    Post,
    Page,
    Board,
    Bulk,
    NewPage,
    File,
    NewInFile,
}

pub const CHANNELS: [Channel; 9] = [
    Channel::Call,
    Channel::Put,
    Channel::Post,
    Channel::Page,
    Channel::Board,
    Channel::Bulk,
    Channel::NewPage,
    Channel::File,
    Channel::NewInFile,
];

impl Channel {
    pub fn is_file(self) -> bool {
        matches!(self, Channel::File | Channel::NewInFile)
    }

    pub fn creates(self) -> bool {
        matches!(self, Channel::Post | Channel::NewPage | Channel::NewInFile)
    }
}

/// A status with rules, and the clients of an administrator.
pub struct RulesFixture<'a> {
    pub app: &'a TestApp,
    pub api: Api,
    pub browser: Browser,
    pub csrf: OnceCell<String>,
    pub ids: StatusIds,
}

impl<'a> RulesFixture<'a> {
    pub async fn new(app: &'a TestApp) -> RulesFixture<'a> {
        let api = app.api(ALICE);
        let target = api.create_status("Gated").await;
        let ids = StatusIds {
            new: api.status_id("New").await,
            contacted: api.status_id("Contacted").await,
            target,
        };
        let browser = app.signed_in(ALICE).await;
        RulesFixture {
            app,
            api,
            browser,
            csrf: OnceCell::new(),
            ids,
        }
    }

    pub async fn rule(&self, body: Value) {
        let path = format!("lead_statuses/{}", self.ids.target);
        let done = self.api.put(&path, body).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }

    /// A lead in New that has a name and a reference alone.
    pub async fn lead(&self, reference: &str) -> i64 {
        let body = json!({"name": reference, "external_ref": reference});
        let made = self.api.post("leads", body).await;
        assert_eq!(made.status, 201, "{}", made.text());
        made.json()["record_id"].as_i64().expect("an id")
    }

    pub async fn csrf(&self) -> String {
        if let Some(csrf) = self.csrf.get() {
            return csrf.clone();
        }
        let profile = self.browser.get("/admin/profile").await;
        let csrf = profile
            .form("form[method=post]")
            .value("csrf")
            .map(str::to_owned);
        self.csrf.get_or_init(|| csrf.expect("a token")).clone()
    }

    pub async fn post(&self, path: &str, mut fields: Vec<(String, String)>) -> Page {
        fields.push(("csrf".to_owned(), self.csrf().await));
        let pairs = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        self.browser.post(path, &pairs.collect::<Vec<_>>()).await
    }

    /// The lead with this reference, if there is one: its id and its status.
    pub async fn find_lead(&self, reference: &str) -> Option<(i64, i64)> {
        let found = self
            .api
            .get(&format!("leads/search/{reference}"))
            .await
            .json();
        let found = found.as_array().expect("a list").first()?.clone();
        Some((found["id"].as_i64()?, found["status"].as_i64()?))
    }

    /// Tries to bring a lead into the status; returns status code and text of the answer.
    pub async fn attempt(
        &self,
        channel: Channel,
        reference: &str,
        input: &EntryInput,
    ) -> (u16, String) {
        let target = self.ids.target;
        let id = match channel.creates() {
            true => 0,
            false => self.lead(reference).await,
        };
        let answer = match channel {
            Channel::Call => {
                let mut body = answers_json(input);
                body["status"] = target.into();
                body["fields"] = input
                    .field
                    .map_or(json!({}), |(name, value)| json!({name: value}));
                self.api.post(&format!("leads/{id}/status"), body).await
            }
            Channel::Put | Channel::Post => {
                let mut body = answers_json(input);
                body["status"] = target.into();
                if let Some((name, value)) = input.field {
                    body[name] = value.into();
                }
                match channel {
                    Channel::Put => self.api.put(&format!("leads/{id}"), body).await,
                    _ => {
                        body["name"] = reference.into();
                        body["external_ref"] = reference.into();
                        self.api.post("leads", body).await
                    }
                }
            }
            _ => return self.attempt_on_page(channel, reference, id, input).await,
        };
        (answer.status, answer.text().to_owned())
    }

    pub async fn attempt_on_page(
        &self,
        channel: Channel,
        reference: &str,
        id: i64,
        input: &EntryInput,
    ) -> (u16, String) {
        if channel.is_file() {
            return self.attempt_by_file(reference, input).await;
        }
        let mut fields = answers_form(input);
        fields.push(("status".to_owned(), self.ids.target.to_string()));
        let member = match channel {
            Channel::NewPage => |name: &str| name.to_owned(),
            _ => |name: &str| format!("fields[{name}]"),
        };
        if let (Some((name, value)), true) = (input.field, channel != Channel::Bulk) {
            fields.push((member(name), value.to_owned()));
        }
        let path = match channel {
            Channel::Board => format!("{LIST}/{id}/move"),
            Channel::Bulk => {
                let bulk = [
                    ("action", "move"),
                    ("confirm", "1"),
                    ("ids", &id.to_string()),
                ];
                let bulk = bulk.map(|(name, value)| (name.to_owned(), value.to_owned()));
                fields.extend(bulk);
                if let Some((name, value)) = input.field {
                    // A bulk action sets no field that differs from lead to lead.
                    let body = json!({name: value});
                    self.api.put(&format!("leads/{id}"), body).await;
                }
                format!("{LIST}/bulk")
            }
            Channel::NewPage => {
                fields.push(("name".to_owned(), reference.to_owned()));
                fields.push(("external_ref".to_owned(), reference.to_owned()));
                LIST.to_owned()
            }
            _ => format!("{LIST}/{id}/status"),
        };
        let page = self.post(&path, fields).await;
        (page.status, page.text())
    }

    pub async fn attempt_by_file(&self, reference: &str, input: &EntryInput) -> (u16, String) {
        let (column, value) = input.field.unwrap_or(("phone", ""));
        let reason = input.reason.unwrap_or_default();
        let file = format!(
            "external_ref,name,status,{column},reason\n{reference},{reference},gated,{value},{reason}\n"
        );
        let page = self.browser.get("/admin/leads/import").await;
        let file = ("file", "leads.csv", file.as_bytes());
        let preview = self.browser.upload(&page, "form[enctype]", file, &[]).await;
        let why = input.override_reason.unwrap_or_default();
        let preview = match why {
            "" => preview,
            why => {
                let fields = [("override_reason", why)];
                self.browser
                    .submit(&preview, "form.plan-form", &fields)
                    .await
            }
        };
        let fields = [("confirm", "1"), ("override_reason", why)];
        let done = self
            .browser
            .submit(&preview, "form.plan-form", &fields)
            .await;
        (done.status, done.text())
    }
}

pub fn answers_json(input: &EntryInput) -> Value {
    let mut body = json!({});
    if input.is_confirmed {
        body["confirmed"] = json!([1]);
    }
    if let Some(text) = input.evidence {
        body["evidence"] = json!({"1": text});
    }
    if let Some(reason) = input.reason {
        body["reason"] = reason.into();
    }
    if let Some(id) = input.offer_to {
        body["offer_to"] = id.into();
    }
    if let Some(reason) = input.override_reason {
        body["override"] = true.into();
        body["override_reason"] = reason.into();
    }
    body
}

pub fn answers_form(input: &EntryInput) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut add = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
    if input.is_confirmed {
        add("confirmed", "1");
    }
    if let Some(text) = input.evidence {
        add("evidence[1]", text);
    }
    if let Some(reason) = input.reason {
        add("reason", reason);
    }
    if let Some(id) = input.offer_to {
        add("offer_to", &id.to_string());
    }
    if let Some(reason) = input.override_reason {
        add("override", "1");
        add("override_reason", reason);
    }
    fields
}

pub async fn last_visit(api: &Api, id: i64) -> Value {
    let visits = api.get(&format!("leads/{id}/visits")).await.json();
    visits
        .as_array()
        .and_then(|visits| visits.last())
        .expect("a visit")
        .clone()
}
