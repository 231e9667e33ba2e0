//! Imports concurrent with edits, other imports, other servers and kills.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Child, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use lead_statuses::db::DatabaseUrl;
use lead_statuses::leads::Lead;
use serde_json::json;

use super::files::{assert_sound, leads_of, named, write};
use crate::support::{
    ALICE, Api, Backend, Browser, DatabaseCopy, MARA, Page, Process, TestApp, ask_again, begin,
    query_text,
};

both!(
    edits_that_are_made_meanwhile_are_kept,
    a_command_that_is_killed_is_finished_by_the_server,
    a_server_without_the_file_leaves_an_import_alone,
    a_file_that_is_imported_twice_at_once_is_imported_once,
    two_files_with_the_same_new_leads_make_each_once,
    others_write_while_a_command_imports,
);

/// A file with this number of leads, and these columns after the reference.
fn file(count: usize, columns: &str, row: impl Fn(usize) -> String) -> String {
    let rows: String = (1..=count)
        .map(|number| format!("L{number:05},{}\n", row(number)))
        .collect();
    format!("external_ref,{columns}\n{rows}")
}

/// Imports this number of leads.
fn make(app: &TestApp, count: usize) {
    let name = write(
        app,
        "first.csv",
        file(count, "name", |n| format!("Lead {n}")).as_bytes(),
    );
    let (status, stdout, stderr) = app.run(&["import", "leads", &name]);
    assert_eq!(status, 0, "{stdout}{stderr}");
}

/// Begins an import at the command line.
fn command(app: &TestApp, name: &str, content: &str) -> Child {
    command_on(&app.config.database_url, app.dir(), name, content)
}

fn command_on(url: &DatabaseUrl, dir: &Path, name: &str, content: &str) -> Child {
    std::fs::write(dir.join(name), content).expect("a file");
    begin(url, dir, &["import", "leads", name])
}

/// The exit status, stdout and stderr of a command.
async fn ended(child: Child) -> (i32, String, String) {
    let wait = tokio::task::spawn_blocking(move || child.wait_with_output());
    let Output {
        status,
        stdout,
        stderr,
    } = wait.await.expect("no panic").expect("an end");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// The number that a query returns.
pub async fn number(url: &DatabaseUrl, query: &str) -> i64 {
    let (url, query) = (url.clone(), query.to_owned());
    let asked = tokio::task::spawn_blocking(move || {
        query_text(
            &url,
            &format!("select cast(({query}) as varchar(20)) as value"),
        )
    });
    asked.await.expect("no panic").parse().expect("a number")
}

/// Waits until a query returns an expected number; returns it.
pub async fn until(url: &DatabaseUrl, query: &str, is_enough: impl Fn(i64) -> bool) -> i64 {
    let start = Instant::now();
    loop {
        let found = number(url, query).await;
        if is_enough(found) {
            return found;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{query}: {found}"
        );
        ask_again().await;
    }
}

const LEADS: &str = "select count(*) from leads";

/// Edits other leads until the import has finished; returns the last acknowledged values.
async fn edit(api: Api, ids: Vec<i64>, is_over: Arc<AtomicBool>) -> HashMap<i64, String> {
    let mut acknowledged = HashMap::new();
    for turn in 0.. {
        for id in &ids {
            if is_over.load(Ordering::SeqCst) {
                return acknowledged;
            }
            let company = format!("Company {id} {turn}");
            let path = format!("leads/{id}");
            let saved = api.put(&path, json!({"company": company})).await;
            if saved.status == 200 {
                acknowledged.insert(*id, company);
            }
        }
    }
    acknowledged
}

async fn edits_that_are_made_meanwhile_are_kept(app: TestApp) {
    const COUNT: usize = 2_000;
    make(&app, COUNT);
    let ids: Vec<i64> = leads_of(&app).await.iter().map(|lead| lead.id).collect();
    let is_over = Arc::new(AtomicBool::new(false));
    let sources = file(COUNT, "source", |_| "Fair".to_owned());
    let child = command(&app, "sources.csv", &sources);
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let mine = ids.iter().copied().skip(task).step_by(8).collect();
            tokio::spawn(edit(app.api(ALICE), mine, is_over.clone()))
        })
        .collect();
    let (status, stdout, stderr) = ended(child).await;
    assert_eq!(status, 0, "{stdout}{stderr}");
    is_over.store(true, Ordering::SeqCst);
    let mut acknowledged = HashMap::new();
    for task in tasks {
        acknowledged.extend(task.await.expect("no panic"));
    }
    let all = leads_of(&app).await;
    let lost = all.iter().filter(|lead| {
        let company = acknowledged.get(&lead.id);
        company.is_some_and(|company| company.as_str() != lead.fields.company.as_str())
    });
    let (edits, lost) = (acknowledged.len(), lost.count());
    assert!(edits > 100, "{edits}");
    assert_eq!(lost, 0, "of {edits} edits");
    let is_fair = |lead: &Lead| lead.fields.source.as_str() == "Fair";
    assert!(all.iter().all(is_fair));
    assert_sound(&app);
}

async fn kill_import(url: &DatabaseUrl, dir: &Path) -> String {
    let content = file(2_500, "name,status", |n| format!("Lead {n},Contacted"));
    let mut child = command_on(url, dir, "large.csv", &content);
    until(url, LEADS, |leads| leads > 0).await;
    child.kill().expect("it lives");
    ended(child).await;
    let so_far = number(url, LEADS).await;
    assert!((1..2_500).contains(&so_far), "{so_far}");
    content
}

/// Every lead of that file is there once, and nothing of the import is left but its row.
async fn assert_finished(url: &DatabaseUrl, dir: &Path) {
    assert_eq!(number(url, LEADS).await, 2_500);
    let each = "select count(distinct external_ref) from leads";
    assert_eq!(number(url, each).await, 2_500);
    let parts = "select count(*) from import_parts";
    until(url, parts, |parts| parts == 0).await;
    let check = crate::support::program(url, dir, &["check"], "");
    let output = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success(), "{output}");
}

async fn a_command_that_is_killed_is_finished_by_the_server(app: TestApp) {
    let (url, dir) = (&app.config.database_url, app.dir());
    kill_import(url, dir).await;
    let unfinished = "select count(*) from import_jobs where finished_at is null";
    until(url, unfinished, |jobs| jobs == 0).await;
    assert_finished(url, dir).await;
}

#[tokio::test]
async fn a_command_that_is_killed_is_finished_by_the_next_one() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let dir = tempfile::tempdir().expect("a directory");
        let Some(copy) = DatabaseCopy::take(backend, dir.path()) else {
            continue;
        };
        let content = kill_import(&copy.url, dir.path()).await;
        let again = command_on(&copy.url, dir.path(), "again.csv", &content);
        let (status, stdout, stderr) = ended(again).await;
        assert_eq!(status, 0, "{stdout}{stderr}");
        assert!(stdout.contains("was interrupted"), "{stdout}");
        assert_finished(&copy.url, dir.path()).await;
    }
}

async fn a_server_without_the_file_leaves_an_import_alone(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let content = file(2_900, "name", |n| format!("Lead {n}"));
    let page = browser.get("/admin/leads/import").await;
    let upload = ("file", "large.csv", content.as_bytes());
    let preview = browser.upload(&page, "form[enctype]", upload, &[]).await;
    let done = browser
        .submit(&preview, "form.plan-form", &[("confirm", "1")])
        .await;
    let path = done.leads_to().expect("a page of its own");
    let elsewhere = tempfile::tempdir().expect("a directory");
    let other = Process::serve(&app.config.database_url, elsewhere.path());
    let looks = Browser::new(&other.base);
    looks.sign_in(MARA).await;
    let page = wait_for_import(&looks, &path).await;
    assert!(page.has(".banner.ok"), "{page:?}");
    assert_eq!(page.texts(".kpi-value"), ["2,900", "0", "0"]);
    assert_eq!(number(&app.config.database_url, LEADS).await, 2_900);
    assert_sound(&app);
}

/// Waits until an import has finished; returns its page.
async fn wait_for_import(browser: &Browser, path: &str) -> Page {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        let page = browser.get(path).await;
        if page.has(".banner") {
            return page;
        }
        ask_again().await;
    }
    panic!("it does not end")
}

async fn a_file_that_is_imported_twice_at_once_is_imported_once(app: TestApp) {
    let rows: String = (1..=1_000)
        .map(|number| format!("Lead {number}\n"))
        .collect();
    let content = format!("name\n{rows}");
    let name = write(&app, "nameless.csv", content.as_bytes());
    let (url, arguments) = (&app.config.database_url, ["import", "leads", &name]);
    let children: Vec<Child> = (0..3).map(|_| begin(url, app.dir(), &arguments)).collect();
    let mut outcomes = Vec::new();
    for child in children {
        outcomes.push(ended(child).await);
    }
    assert_eq!(
        number(&app.config.database_url, LEADS).await,
        1_000,
        "{outcomes:?}"
    );
    let done = outcomes.iter().filter(|outcome| outcome.0 == 0);
    assert_eq!(done.count(), 1, "{outcomes:?}");
    for (_, _, stderr) in outcomes.iter().filter(|outcome| outcome.0 != 0) {
        assert!(stderr.contains("This file"), "{stderr}");
    }
    assert_sound(&app);
}

async fn two_files_with_the_same_new_leads_make_each_once(app: TestApp) {
    let (first, second) = (
        file(1_500, "name,company", |n| format!("Lead {n},First")),
        file(1_500, "name,phone", |n| format!("Lead {n},07{n}")),
    );
    let children = [
        command(&app, "a.csv", &first),
        command(&app, "b.csv", &second),
    ];
    for child in children {
        let (status, stdout, stderr) = ended(child).await;
        assert_eq!(status, 0, "{stdout}{stderr}");
    }
    let all = leads_of(&app).await;
    assert_eq!(all.len(), 1_500);
    for lead in &all {
        assert_eq!(lead.fields.company.as_str(), "First", "{:?}", lead.fields);
        assert!(
            lead.fields.phone.as_str().starts_with("07"),
            "{:?}",
            lead.fields
        );
    }
    assert!(!named(&all, "L00001").is_in_bin());
    assert_sound(&app);
}

async fn others_write_while_a_command_imports(app: TestApp) {
    let content = file(2_900, "name", |n| format!("Lead {n}"));
    let child = command(&app, "large.csv", &content);
    let (is_over, longest) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let other = {
        let (api, is_over, longest) = (app.api(ALICE), is_over.clone(), longest.clone());
        tokio::spawn(async move {
            let mut made = 0;
            while !is_over.load(Ordering::SeqCst) {
                let begun = Instant::now();
                let answer = api
                    .post("leads", json!({"name": format!("Other {made}")}))
                    .await;
                assert_eq!(answer.status, 201, "{}", answer.text());
                let took = begun.elapsed().as_millis() as u64;
                longest.fetch_max(took, Ordering::SeqCst);
                made += 1;
            }
            made
        })
    };
    let begun = Instant::now();
    let (status, stdout, stderr) = ended(child).await;
    let whole = begun.elapsed().as_millis() as u64;
    is_over.store(true, Ordering::SeqCst);
    assert_eq!(status, 0, "{stdout}{stderr}");
    let made = other.await.expect("no panic");
    let longest = longest.load(Ordering::SeqCst);
    eprintln!("others made {made} leads in {whole} ms, the slowest in {longest} ms");
    assert!(
        longest < whole / 2 && made >= 10,
        "{longest} of {whole} ms, {made} made"
    );
    let left = number(
        &app.config.database_url,
        "select count(*) from leads where external_ref is not null",
    )
    .await;
    assert_eq!(left, 2_900);
    assert_sound(&app);
}
