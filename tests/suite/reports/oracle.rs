//! The figures are those that a script in Python works out with lifelines from exported files alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lead_statuses::leads;
use serde_json::{Map, Value, json};

use super::oracle_data::{import_deals, import_pipeline};
use super::report;
use crate::support::packages::{python, run};
use crate::support::{ALICE, Api, Backend, MARA, RADU, TestApp};

#[tokio::test]
async fn figures_are_those_that_lifelines_works_out_from_exported_files() {
    let list = sources().join("requirements.txt");
    let Some(python) = python(&list, "oracle") else {
        return;
    };
    let stage = tempfile::tempdir().unwrap();
    let mut folders = Vec::new();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = || TestApp::with(backend, |_| {});
        let folder = |name| stage.path().join(format!("{name}-{backend:?}"));
        if let Some(app) = app().await {
            folders.push(ask_about_deals(&app, folder("deals")).await);
        }
        if let Some(app) = app().await {
            folders.push(ask_about_pipeline(&app, folder("pipeline")).await);
        }
    }
    let script = sources().join("figures.py");
    let mut command = Command::new(python);
    run(command.arg("-B").arg(script).args(&folders)).unwrap();
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle")
}

async fn ask_about_deals(app: &TestApp, folder: PathBuf) -> PathBuf {
    import_deals(app);
    let mut questions = Questions {
        period: ["2016-12-01", "2017-06-15"].map(str::to_owned),
        now: "2018-01-01T12:00:00Z".to_owned(),
        ..Questions::new(app, folder).await
    };
    questions.export();
    questions
        .ask_all(&[("Engaging", "Won"), ("Prospecting", "Engaging")])
        .await;
    questions.finish(&[]).await
}

async fn ask_about_pipeline(app: &TestApp, folder: PathBuf) -> PathBuf {
    let ids = import_pipeline(app).await;
    let gone = replace(&app.api(ALICE), "Contacted", "Qualified").await;
    let mut questions = Questions::new(app, folder).await;
    questions.statuses.push(gone);
    questions.export();
    let deleted = &ids[..40];
    for id in deleted {
        let answer = app.api(ALICE).delete(&format!("leads/{id}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    questions
        .ask_all(&[("New", "Won"), ("Qualified", "Proposal")])
        .await;
    questions.finish(deleted).await
}

/// Deletes a status whose leads go to another one. Returns it as it was last.
async fn replace(api: &Api, name: &str, by: &str) -> Value {
    let (mut gone, by) = (api.status(name).await, api.status_id(by).await);
    let path = format!("lead_statuses/{}?replace_with={by}", gone["id"]);
    let deleted = api.delete(&path).await;
    assert_eq!(deleted.status, 200, "{}", deleted.text());
    gone["archived"] = json!(true);
    // Without a place in the pipeline it has no target.
    gone["target_days"] = Value::Null;
    gone
}

/// The questions to one server, with its answers.
struct Questions<'a> {
    app: &'a TestApp,
    folder: PathBuf,
    /// The days of a period, and an earlier instant than now.
    period: [String; 2],
    now: String,
    statuses: Vec<Value>,
    answers: Vec<Value>,
}

impl<'a> Questions<'a> {
    async fn new(app: &'a TestApp, folder: PathBuf) -> Questions<'a> {
        fs::create_dir(&folder).unwrap();
        let now = app.clock.now();
        let ago = |days: i64| now.plus_seconds(-days * 86_400).rfc3339();
        let statuses = app.api(ALICE).get("lead_statuses?archived=all").await;
        Questions {
            app,
            folder,
            period: [400, 150].map(|days| ago(days)[..10].to_owned()),
            now: ago(60),
            statuses: statuses.json().as_array().unwrap().clone(),
            answers: Vec::new(),
        }
    }

    fn export(&self) {
        for what in ["leads", "visits"] {
            let done = self.app.program(&["export", what], "");
            assert!(done.status.success());
            fs::write(self.folder.join(format!("{what}.csv")), done.stdout).unwrap();
        }
    }

    /// Asks for all reports about several periods, leads and instants; for conversions between these statuses.
    async fn ask_all(&mut self, conversions: &[(&str, &str)]) {
        let api = self.app.api(ALICE);
        let mut pairs = Vec::new();
        for (start, reach) in conversions {
            let (start, reach) = (api.status_id(start).await, api.status_id(reach).await);
            pairs.extend([(start, reach, "visited", 30), (start, reach, "passed", 10)]);
        }
        let ([from, to], now) = (&self.period, &self.now);
        // The order of the users in every test.
        let (mara, radu) = (2, 3);
        for (owner, query) in [
            ("", json!({})),
            ("", json!({"from": from, "to": to})),
            ("", json!({"from": from, "now": now})),
            (MARA.email, json!({"owner": mara})),
            (
                RADU.email,
                json!({"owner": radu, "source": "web", "to": to, "now": now}),
            ),
            ("", json!({"source": "Fair"})),
        ] {
            for name in ["time_in_status", "flow"] {
                self.answers.push(ask(&api, name, &query, owner).await);
            }
            for (start, reach, rule, within_days) in &pairs {
                let mut query = query.clone();
                query["start"] = json!(start);
                query["reach"] = json!(reach);
                query["rule"] = json!(rule);
                query["within_days"] = json!(within_days);
                self.answers
                    .push(ask(&api, "conversion", &query, owner).await);
            }
        }
    }

    /// Writes what the script reads besides the exported files.
    async fn finish(self, deleted: &[i64]) -> PathBuf {
        let ids = deleted.to_vec();
        let read = move |conn: &mut lead_statuses::db::Conn| {
            let mut deletions = Map::new();
            for id in ids {
                let lead = leads::find(conn, id)?;
                let at = lead.deleted_at.map(|at| at.rfc3339());
                deletions.insert(lead.fields.external_ref.to_string(), json!(at));
            }
            Ok(Value::Object(deletions))
        };
        let deletions = self.app.db.read(read).await.unwrap();
        for (name, value) in [
            ("statuses", json!(self.statuses)),
            ("answers", json!(self.answers)),
            ("deletions", deletions),
        ] {
            let file = self.folder.join(format!("{name}.json"));
            fs::write(file, value.to_string()).unwrap();
        }
        self.folder
    }
}

async fn ask(api: &Api, name: &str, query: &Value, owner: &str) -> Value {
    let parameter = |(key, value): (&String, &Value)| match value.as_str() {
        Some(text) => format!("{key}={text}"),
        None => format!("{key}={value}"),
    };
    let parameters: Vec<String> = query.as_object().unwrap().iter().map(parameter).collect();
    let body = report(api, &format!("{name}?{}", parameters.join("&"))).await;
    json!({"report": name, "query": query, "owner": owner, "body": body})
}
