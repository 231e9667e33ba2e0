//! Kills, faults of disk and database, damage, slow disks and slow clients.

mod bulk_job;
mod damage;
mod deadlines;
mod faults;
mod interrupted_starts;
mod log;
mod refused_starts;
mod replacement;
mod restore;
mod shutdown;
mod unreachable_postgres;
mod workbooks;

use serde_json::json;
use tempfile::TempDir;

use crate::support::{ALICE, Api, Backend, DatabaseCopy, Process};

/// A database and the program that serves it.
struct RunningServer {
    program: Process,
    copy: DatabaseCopy,
    dir: TempDir,
}

impl RunningServer {
    /// `None` where PostgreSQL is missing.
    fn start(backend: Backend) -> Option<RunningServer> {
        let dir = tempfile::tempdir().expect("a directory");
        let copy = DatabaseCopy::take(backend, dir.path())?;
        let program = Process::serve(&copy.url, dir.path());
        Some(RunningServer { program, copy, dir })
    }

    fn api(&self) -> Api {
        self.program.api(self.copy.token(ALICE))
    }

    /// The rules of the domain, over the whole database.
    fn assert_sound(&self) {
        let check = crate::support::program(&self.copy.url, self.dir.path(), &["check"], "");
        assert!(
            check.status.success(),
            "{}",
            String::from_utf8_lossy(&check.stdout)
        );
    }
}

/// Creates statuses until the server is gone; returns the acknowledged names.
async fn create_until_stopped(api: Api, task: usize) -> Vec<String> {
    let mut made = Vec::new();
    for turn in 0..10_000 {
        let name = format!("Kept {task} {turn}");
        let request = api.request(reqwest::Method::POST, "lead_statuses");
        let body = json!({"name": name, "color": "#2a80e2", "kind": "open"});
        match request.json(&body).send().await {
            Ok(answer) if answer.status() == 201 => made.push(name),
            _ => break,
        }
    }
    made
}

async fn names(api: &Api) -> Vec<String> {
    let all = api.statuses().await;
    all.iter()
        .map(|one| one["name"].as_str().expect("a name").to_owned())
        .collect()
}

/// Inserts a lead in a status, without the program.
async fn seed_lead(url: &lead_statuses::db::DatabaseUrl, status: i64) {
    use lead_statuses::channel::Channel;
    use lead_statuses::leads::actions::changes;
    use lead_statuses::leads::domain::text::TextLine;
    use lead_statuses::leads::{LeadFields, LeadRequest, Rights};
    let db = lead_statuses::db::Db::open(url, 1).expect("a database");
    let actor = lead_statuses::audit::Actor::program(
        Channel::Cli,
        lead_statuses::clock::Clock::shifted(0).now(),
    );
    let fields = LeadFields::with_name(TextLine::parse("Ana").expect("a name"));
    let make = move |conn: &mut lead_statuses::db::Conn| {
        let request = LeadRequest::of(fields.clone(), Some(status), Channel::Ui);
        changes::create(conn, &actor, Rights::program(), request).map(|(lead, _)| lead)
    };
    db.write(make).await.expect("a lead");
    db.close().await;
}
