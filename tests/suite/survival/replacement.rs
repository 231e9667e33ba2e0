//! A status whose leads are moving when the program ends: the next start finishes it.

use super::RunningServer;
use crate::status_leads::insert_copies;
use crate::support::{ALICE, Api, Backend, Process, ask_again, execute, query_text};

const MANY: i64 = 6_000;

/// How many leads have moved; `None` once the status is gone.
async fn moved_count(api: &Api, id: i64) -> Option<i64> {
    let read = api.get(&format!("lead_statuses/{id}")).await;
    (read.status == 200).then(|| read.json()["leaving"]["moved"].as_i64().unwrap_or(0))
}

#[tokio::test]
async fn a_replacement_is_finished_after_a_kill() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(RunningServer { program, copy, dir }) = RunningServer::start(backend) else {
            continue;
        };
        let api = program.api(copy.token(ALICE));
        let old = api.create_status("Old").await;
        let to = api.status_id("Qualified").await;
        let first = format!(
            "status_id = {old}, status_since = 1, clock_from = 1, last_activity_at = 1, created_at = 1"
        );
        super::seed_lead(&copy.url, old).await;
        execute(
            &copy.url,
            &format!("update visits set entered_at = 1; update leads set {first}"),
        );
        insert_copies(&copy.url, old, MANY - 1);
        let answer = api
            .delete(&format!("lead_statuses/{old}?replace_with={to}"))
            .await;
        assert_eq!(answer.json()["moving"], MANY, "{}", answer.text());
        while moved_count(&api, old).await.is_some_and(|moved| moved == 0) {
            ask_again().await;
        }
        program.kill();
        let query = "select cast(moved as varchar(20)) as value from replacements where finished_at is null";
        let so_far: i64 = query_text(&copy.url, query).parse().expect("a number");
        assert!(so_far > 0 && so_far < MANY, "{so_far}");
        let program = Process::serve(&copy.url, dir.path());
        let second = Process::serve(&copy.url, dir.path());
        let served = RunningServer { program, copy, dir };
        let api = served.api();
        while moved_count(&api, old).await.is_some() {
            ask_again().await;
        }
        drop(second);
        assert_eq!(api.status("Qualified").await["lead_count"], MANY);
        let query = "select cast(count(*) as varchar(20)) || ' of ' || cast(count(distinct subject_id) as varchar(20)) as value \
                     from audit_entries where subject = 'lead' and action = 'move'";
        assert_eq!(
            query_text(&served.copy.url, query),
            format!("{MANY} of {MANY}"),
            "each once"
        );
        served.assert_sound();
    }
}
