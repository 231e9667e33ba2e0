//! Imports as jobs: who works on one, what is left out of it, and those of an earlier schema.

use std::path::Path;

use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::Clock;
use lead_statuses::db::{Db, migrate};
use lead_statuses::files::ReadOptions;
use lead_statuses::leads::actions::import::cells::open_source;
use lead_statuses::leads::actions::import::context::JobContext;
use lead_statuses::leads::actions::import::dry_run::dry_run;
use lead_statuses::leads::actions::import::file_parts::ImportFile;
use lead_statuses::leads::actions::import::guesses;
use lead_statuses::leads::actions::import::job::new_job;
use lead_statuses::leads::actions::import::request::ImportRequest;
use lead_statuses::leads::actions::import::resume::list_abandoned;
use lead_statuses::leads::actions::import::run::JobRun;
use lead_statuses::leads::domain::dataset::Dataset;
use lead_statuses::leads::domain::import_options::ImportOptions;
use lead_statuses::records::mapping::Mapping;
use serde_json::json;

use super::files::{assert_sound, leads_of};
use super::import_concurrency::{number, until};
use crate::support::{
    ALICE, Api, Backend, DatabaseCopy, MARA, Process, TestApp, execute, program, query_text,
    revert_from,
};

both!(
    rows_that_do_not_pass_any_more_are_left_out_and_named,
    what_people_save_after_the_rows_were_judged_is_kept_and_named,
    a_running_worker_keeps_its_import_whatever_other_clocks_say,
    an_import_that_was_confirmed_twice_is_refused,
    a_file_in_the_directory_of_one_server_is_imported_by_that_one,
    an_import_whose_file_never_arrived_is_taken_away,
);

const FILE: &str = "external_ref,name,status\nA-1,Ana,New\nA-2,Dan,Contacted\nA-3,Zoe,Qualified\n";
const UNFINISHED: &str = "select count(*) from import_jobs where finished_at is null";

fn context(db: &Db, dir: &Path, shift: i64) -> JobContext {
    JobContext::for_command(db.clone(), Clock::shifted(shift), &dir.join("data"))
}

/// The import of a file whose rows were judged, and of which none was applied yet.
fn start_import(db: &Db, dir: &Path) -> JobRun {
    let path = dir.join("leads.csv");
    std::fs::write(&path, FILE).unwrap();
    let read = ReadOptions::default();
    let source = open_source(Dataset::Leads, &path, 0, "leads.csv", &read).unwrap();
    let now = Clock::shifted(0).now();
    let mut order = ImportRequest {
        dataset: Dataset::Leads,
        mapping: Mapping::guess(Dataset::Leads.field_set(), &source.titles().unwrap(), &[]),
        source,
        options: ImportOptions::default(),
        currency: None,
        override_reason: None,
        now,
        made_at: None,
    };
    guesses::guess_options(&mut order).unwrap();
    let context = context(db, dir, 0);
    let survey = dry_run(db, &order, &mut |_| ()).unwrap();
    assert!(survey.is_acceptable() && survey.rows == 3);
    let file = ImportFile::read(path, 0).unwrap();
    let new = new_job(&order, &file.digest);
    let actor = Actor::program(Channel::Import, now);
    let run = JobRun::start(&context, &actor, &new)
        .unwrap()
        .expect("nobody else");
    assert!(JobRun::start(&context, &actor, &new).unwrap().is_none());
    run.accept(&file, &[], 3).unwrap();
    run
}

async fn run_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("no panic")
}

/// Deletes what two of the three rows need.
async fn delete_prerequisites(api: &Api) {
    let contacted = api.status_id("Contacted").await;
    let path = format!("lead_statuses/{contacted}");
    let archived = api.put(&path, json!({"archived": true})).await;
    assert_eq!(archived.status, 200, "{}", archived.text());
    let qualified = api.status_id("Qualified").await;
    let deleted = api.delete(&format!("lead_statuses/{qualified}")).await;
    assert_eq!(deleted.status, 200, "{}", deleted.text());
}

async fn rows_that_do_not_pass_any_more_are_left_out_and_named(app: TestApp) {
    let (db, dir) = (app.db.clone(), app.dir().to_owned());
    let run = run_blocking(move || start_import(&db, &dir)).await;
    delete_prerequisites(&app.api(ALICE)).await;
    let job = run_blocking(move || run.finish(&|_| ()).unwrap().expect("its end")).await;
    assert_eq!((job.counts.created, job.skipped_rows), (1, 2));
    let browser = app.signed_in(MARA).await;
    let page = browser
        .get(&format!("/admin/leads/import/{}", job.id))
        .await;
    assert!(page.has(".banner.warn"), "{page:?}");
    assert_eq!(page.texts("table.plan tbody th"), ["3", "4"]);
    let why = page.texts("table.plan tbody td");
    assert_eq!(
        why,
        [
            "Status",
            "The status “Contacted” is archived. Restore it first, or use another",
            "Status",
            "The status “Qualified” no longer exists",
        ]
    );
    assert_eq!(leads_of(&app).await.len(), 1);
    assert_sound(&app);
}

async fn what_people_save_after_the_rows_were_judged_is_kept_and_named(app: TestApp) {
    let api = app.api(ALICE);
    let make = async |reference: &str, name: &str| {
        let new = json!({"external_ref": reference, "name": name});
        api.post("leads", new).await.json()["record_id"].clone()
    };
    let (dan, zoe) = (make("A-2", "Dan").await, make("A-3", "Zoe").await);
    let (db, dir) = (app.db.clone(), app.dir().to_owned());
    let run = run_blocking(move || start_import(&db, &dir)).await;
    let proposal = api.status_id("Proposal").await;
    let moved = json!({"status": proposal});
    assert_eq!(api.put(&format!("leads/{dan}"), moved).await.status, 200);
    let company = json!({"company": "Acme"});
    assert_eq!(api.put(&format!("leads/{zoe}"), company).await.status, 200);
    let ana = make("A-1", "Ana Maria").await;
    let job = run_blocking(move || run.finish(&|_| ()).unwrap().expect("its end")).await;
    assert_eq!((job.counts.changed, job.skipped_rows), (1, 2));
    let browser = app.signed_in(MARA).await;
    let page = browser
        .get(&format!("/admin/leads/import/{}", job.id))
        .await;
    assert_eq!(page.texts("table.plan tbody th"), ["2", "3"]);
    let now = async |id: serde_json::Value| api.get(&format!("leads/{id}")).await.json();
    assert_eq!(now(ana).await["name"], "Ana Maria");
    assert_eq!(now(dan).await["status"], proposal);
    let zoe = now(zoe).await;
    assert_eq!(
        (&zoe["status_name"], &zoe["company"]),
        (&json!("Qualified"), &json!("Acme"))
    );
    assert_sound(&app);
}

#[tokio::test]
async fn a_command_names_the_lines_that_are_left_out() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let dir = tempfile::tempdir().unwrap();
        let Some(copy) = DatabaseCopy::take(backend, dir.path()) else {
            continue;
        };
        let (url, path) = (copy.url.clone(), dir.path().to_owned());
        let db = run_blocking(move || {
            let db = Db::open(&url, 2).unwrap();
            drop(start_import(&db, &path));
            db
        });
        db.await.close().await;
        execute(&copy.url, "update import_jobs set lease_until = 0");
        execute(
            &copy.url,
            "update lead_statuses set name = 'Gone', name_key = 'gone', slug = 'gone' where slug = 'qualified'",
        );
        let done = program(&copy.url, dir.path(), &["import", "leads", "leads.csv"], "");
        let (stdout, stderr) = (
            String::from_utf8(done.stdout).unwrap(),
            String::from_utf8(done.stderr).unwrap(),
        );
        assert_eq!(done.status.code(), Some(1), "{stdout}{stderr}");
        assert!(
            stdout.contains("was interrupted after 0 of 3 rows"),
            "{stdout}"
        );
        assert!(
            stdout.contains("Done: 2 new, 0 changed, 0 unchanged, 1 skipped."),
            "{stdout}"
        );
        assert!(
            stdout.contains("line 4: status: The status “Qualified” no longer exists"),
            "{stdout}"
        );
        assert!(stderr.starts_with("1 line was skipped"), "{stderr}");
        assert_eq!(number(&copy.url, "select count(*) from leads").await, 2);
    }
}

async fn a_running_worker_keeps_its_import_whatever_other_clocks_say(app: TestApp) {
    let (db, dir) = (app.db.clone(), app.dir().to_owned());
    run_blocking(move || {
        let run = start_import(&db, &dir);
        for shift in [-400 * 86_400, 0, 400 * 86_400] {
            let other = context(&db, &dir, shift);
            assert!(list_abandoned(&other).unwrap().is_empty(), "{shift}");
            assert!(
                JobRun::take_over(&other, run.id).unwrap().is_none(),
                "{shift}"
            );
        }
    })
    .await;
    // It has gone; when its lease has run out, the server goes on.
    let url = &app.config.database_url;
    execute(url, "update import_jobs set lease_until = 0");
    until(url, UNFINISHED, |jobs| jobs == 0).await;
    assert_eq!(leads_of(&app).await.len(), 3);
    assert_sound(&app);
}

async fn an_import_that_was_confirmed_twice_is_refused(app: TestApp) {
    let (db, dir) = (app.db.clone(), app.dir().to_owned());
    let run = run_blocking(move || start_import(&db, &dir)).await;
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/import").await;
    let upload = ("file", "other.csv", FILE.as_bytes());
    let preview = browser.upload(&page, "form[enctype]", upload, &[]).await;
    let confirmed = [("confirm", "1")];
    let second = browser.submit(&preview, "form.plan-form", &confirmed).await;
    assert_eq!(second.status, 409, "{second:?}");
    let shown = second.texts(".error-summary li").join("\n");
    assert!(shown.contains("is already importing this file"), "{shown}");
    run_blocking(move || run.finish(&|_| ()).unwrap()).await;
    assert_eq!(leads_of(&app).await.len(), 3);
}

/// A job as the schema before this one kept it.
const OLD_JOB: &str = "insert into import_jobs (user_id, actor, request_id, batch_id, subject, filename, file, places, \
    started_at, rows_total, rows_done, {batches}) values ({user}, 'Mara Ionescu', '', 7, 'leads', 'old.csv', 'kept', \
    '{\"external_ref\":0,\"name\":1}', {now}, 3, {done})";

fn old_job(batches: &str, user: &str, done: &str) -> String {
    let now = Clock::shifted(0).now().0.to_string();
    let job = OLD_JOB
        .replace("{batches}", batches)
        .replace("{user}", user);
    job.replace("{now}", &now).replace("{done}", done)
}

async fn a_file_in_the_directory_of_one_server_is_imported_by_that_one(app: TestApp) {
    let elsewhere = tempfile::tempdir().unwrap();
    let imports = elsewhere.path().join("data/imports");
    std::fs::create_dir_all(&imports).unwrap();
    std::fs::write(imports.join("kept"), format!("old.csv\0{FILE}")).unwrap();
    let url = &app.config.database_url;
    let user = "(select min(id) from users)";
    execute(url, &old_job("units_done", user, "1, 1"));
    let other = Process::serve(url, elsewhere.path());
    until(url, UNFINISHED, |jobs| jobs == 0).await;
    drop(other);
    let ended = "select count(*) from import_jobs where problem is null and created = 2";
    assert_eq!(number(url, ended).await, 1);
    // The first row had been imported before.
    assert_eq!(leads_of(&app).await.len(), 2);
    assert!(!imports.join("kept").exists());
    until(url, "select count(*) from import_parts", |parts| parts == 0).await;
}

async fn an_import_whose_file_never_arrived_is_taken_away(app: TestApp) {
    let url = &app.config.database_url;
    // A process that ended while it sent the file.
    let job = old_job("is_ready", "null", "0, false").replace("'kept'", "''");
    let part = match app.backend {
        Backend::Sqlite => "x'41'",
        Backend::Postgres => "cast('\\x41' as bytea)",
    };
    let part = format!("select max(id), 0, {part} from import_jobs");
    let part = format!("insert into import_parts (job_id, number, bytes) {part}");
    // In one transaction: the server would take the job away between two.
    execute(url, &format!("begin; {job}; {part}; commit"));
    until(url, "select count(*) from import_jobs", |jobs| jobs == 0).await;
    until(url, "select count(*) from import_parts", |parts| parts == 0).await;
    assert!(leads_of(&app).await.is_empty());
}

/// The migration that makes imports of every channel jobs.
const VERSION: &str = "20261128161700";

#[test]
fn jobs_of_the_schema_before_are_kept() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_from(&copy.url, VERSION);
        let user = "insert into users (id, email, email_key, name, role, password_hash, language, theme, has_shortcuts, \
            search_key, created_at, updated_at) values (9, 'a@b.ro', 'a@b.ro', 'Ana', 'admin', 'x', '', 'auto', false, 'ana', 1, 1)";
        execute(&copy.url, user);
        execute(&copy.url, &old_job("batches_done", "9", "2, 1"));
        let visits = old_job("batches_done", "9", "2400, 2").replace("'leads'", "'visits'");
        execute(&copy.url, &visits);
        let large = visits.replace(", 3, 2400", ", 250000, 2400");
        execute(&copy.url, &large);
        execute(
            &copy.url,
            &large
                .replace("rows_total,", "finished_at, rows_total,")
                .replace(", 250000,", ", 5, 250000,"),
        );
        migrate(&copy.url).unwrap();
        let found = "select cast(rows_done as varchar(9)) || ' ' || cast(units_done as varchar(9)) || ' ' || file || ' ' \
            || worker || case when is_ready then 'ready' else '' end as value from import_jobs where id = ";
        for (id, expected) in [
            (1, "2 2 kept ready"),
            (2, "2400 1000 kept ready"),
            (3, "0 0 kept ready"),
            (4, "2400 1000  ready"),
        ] {
            assert_eq!(
                query_text(&copy.url, &format!("{found}{id}")),
                expected,
                "{:?}",
                copy.url
            );
        }
        execute(
            &copy.url,
            "update import_jobs set user_id = null where id = 1",
        );
    }
}
