//! A bulk action whose leads are being changed when the program ends: the next start finishes it.

use super::RunningServer;
use crate::status_leads::insert_copies;
use crate::support::{ALICE, Backend, Browser, Process, ask_again, query_text};

const MANY: i64 = 6_000;

#[tokio::test]
async fn a_bulk_job_is_finished_after_a_kill() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(RunningServer { program, copy, dir }) = RunningServer::start(backend) else {
            continue;
        };
        let api = program.api(copy.token(ALICE));
        let from = api.create_status("Old").await;
        let to = api.status_id("Qualified").await;
        super::seed_lead(&copy.url, from).await;
        insert_copies(&copy.url, from, MANY - 1);
        let browser = Browser::new(&program.base);
        browser.sign_in(ALICE).await;
        let profile = browser.get("/admin/profile").await;
        let csrf = profile.csrf();
        let (from, to) = (from.to_string(), to.to_string());
        let sent = [
            ("csrf", csrf.as_str()),
            ("action", "move"),
            ("scope", "all"),
            ("status", &from),
            ("status", &to),
            ("expect", "6000"),
            ("confirm", "1"),
        ];
        let answer = browser.post("/admin/leads/bulk", &sent).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let query = "select cast(done as varchar(20)) as value from bulk_jobs";
        let done = || {
            query_text(&copy.url, query)
                .parse::<i64>()
                .expect("a number")
        };
        while done() == 0 {
            ask_again().await;
        }
        program.kill();
        let so_far = done();
        assert!(so_far > 0 && so_far < MANY, "{so_far}");
        let program = Process::serve(&copy.url, dir.path());
        let second = Process::serve(&copy.url, dir.path());
        while done() < MANY {
            ask_again().await;
        }
        drop(second);
        let served = RunningServer { program, copy, dir };
        assert_eq!(served.api().status("Qualified").await["lead_count"], MANY);
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
