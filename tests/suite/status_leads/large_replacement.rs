use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::replacement::post;
use super::{LIST, deleted_names, insert_copies, insert_lead};
use crate::leads::files::write;
use crate::support::{ALICE, TestApp, ask_again, query_text};

both!(
    many_leads_move_while_others_work,
    several_statuses_leave_together,
);

/// More than one step moves, and enough to be observed while they move.
const MANY: i64 = 8_000;

async fn many_leads_move_while_others_work(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let old = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    let first = insert_lead(&app, "Ana", old, 9, Some(100)).await;
    insert_copies(&app.config.database_url, old, MANY - 1);
    let dry = api
        .delete(&format!("lead_statuses/{old}?replace_with={to}&dry_run=1"))
        .await;
    assert_eq!(dry.json()["leads"], MANY);
    let begun = api
        .delete(&format!("lead_statuses/{old}?replace_with={to}"))
        .await;
    assert_eq!(
        (begun.status, &begun.json()["moving"]),
        (200, &json!(MANY)),
        "{}",
        begun.text()
    );

    assert_under_way(&app, old, to).await;
    let list = browser.get(LIST).await;
    let shown = list.texts(".leaving");
    assert!(
        shown[0].contains("of 8,000 leads to “Qualified”"),
        "{shown:?}"
    );
    let page = browser.get(&format!("{LIST}/{old}")).await;
    assert!(
        page.text()
            .contains("This status is being replaced and takes no new leads.")
    );

    let mut slowest = Duration::ZERO;
    let mut turn = 0;
    while api.get(&format!("lead_statuses/{old}")).await.status == 200 {
        // A fast machine would make thousands.
        if turn == 30 {
            ask_again().await;
            continue;
        }
        let begun = Instant::now();
        api.create_status(&format!("Meanwhile {turn}")).await;
        slowest = slowest.max(begun.elapsed());
        turn += 1;
    }
    eprintln!(
        "{:?}: {turn} writes meanwhile, the slowest {slowest:?}",
        app.backend
    );
    assert!(turn > 0, "others write meanwhile");
    assert!(slowest < Duration::from_secs(3), "{slowest:?}");
    assert_eq!(api.status("Qualified").await["lead_count"], MANY);
    assert_eq!(deleted_names(&app).await, ["Old"]);
    assert_one_outcome(&app, MANY);
    let (after, visits) = super::lead_with_visits(&app, first.id).await;
    assert_eq!(
        (after.status_since, after.clock_from),
        (first.status_since, first.clock_from)
    );
    assert_eq!(visits.len(), 2);
    crate::exchange::assert_sound(&app);
}

/// Every other action on the two statuses is refused.
async fn assert_under_way(app: &TestApp, old: i64, to: i64) {
    let api = app.api(ALICE);
    let state = api.get(&format!("lead_statuses/{old}")).await.json();
    assert_eq!(state["leaving"]["replace_with"], to, "{state}");
    assert_eq!(state["leaving"]["total"], MANY);
    let refused = |shown: &crate::support::Answer, what: &str| {
        assert_eq!(shown.status, 409, "{what}: {}", shown.text());
        let message = shown.json()["message"].clone();
        assert!(
            message
                .as_str()
                .is_some_and(|text| text.contains("Wait until")),
            "{what}: {message}"
        );
    };
    refused(&api.delete(&format!("lead_statuses/{old}")).await, "delete");
    refused(
        &api.delete(&format!("lead_statuses/{old}?replace_with={to}"))
            .await,
        "replace",
    );
    refused(
        &api.put(&format!("lead_statuses/{old}"), json!({"name": "Other"}))
            .await,
        "edit",
    );
    refused(
        &api.put(&format!("lead_statuses/{old}"), json!({"archived": true}))
            .await,
        "archive",
    );
    refused(
        &api.delete(&format!("lead_statuses/{to}?replace_with=1"))
            .await,
        "Choose another",
    );
    let role = api
        .put(&format!("lead_statuses/{old}"), json!({"isdefault": true}))
        .await;
    assert_eq!(role.status, 422, "{}", role.text());
    let into = api
        .delete(&format!("lead_statuses/2?replace_with={old}"))
        .await;
    assert_eq!(into.status, 422, "{}", into.text());
    assert_no_lead_enters(app, old).await;
}

/// Leads are refused in the same words by the API, in bulk, and in the preview of an import.
async fn assert_no_lead_enters(app: &TestApp, status: i64) {
    let why = "This status is being replaced. Choose another one";
    let eva = insert_lead(app, "Eva", 1, 1, None).await.id.to_string();
    let (path, body) = (format!("leads/{eva}/status"), json!({"status": status}));
    let call = app.api(ALICE).post(&path, body).await;
    assert_eq!(call.json()["errors"]["status"], json!([why]));
    let (browser, to) = (app.signed_in(ALICE).await, status.to_string());
    let fields = [("action", "move"), ("ids", &eva), ("status", &to)];
    let preview = post(&browser, "/admin/leads/bulk", &fields).await;
    assert_eq!(preview.status, 422);
    assert!(preview.text().contains(why), "{preview:?}");
    let file = write(app, "eva.csv", b"name,status\nEva,Old\n");
    let (exit, stdout, _) = app.run(&["import", "leads", &file, "--dry-run"]);
    assert!(exit != 0 && stdout.contains(why), "{exit}: {stdout}");
}

/// One batch in the audit log: a move for each lead, and the removal of the status.
fn assert_one_outcome(app: &TestApp, leads: i64) {
    let query = "select cast(count(distinct batch_id) as varchar(20)) || ' batch, ' || cast(sum(case when action = 'move' then 1 else 0 end) as varchar(20)) \
        || ' moves, ' || cast(sum(case when subject = 'lead_status' and action = 'delete' then 1 else 0 end) as varchar(20)) || ' deletion' as value \
        from audit_entries where batch_id in (select batch_id from replacements)";
    let outcome = query_text(&app.config.database_url, query);
    assert_eq!(outcome, format!("1 batch, {leads} moves, 1 deletion"));
}

async fn several_statuses_leave_together(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let to = api.status_id("Qualified").await;
    let mut ids = Vec::new();
    for name in ["One", "Two", "Empty"] {
        ids.push(api.create_status(name).await);
    }
    for id in &ids[..2] {
        insert_lead(&app, "Ana", *id, 9, None).await;
        insert_copies(&app.config.database_url, *id, 449);
    }
    let ticked: Vec<String> = ids.iter().map(i64::to_string).collect();
    let preview = crate::status_list::bulk(
        &browser,
        &ticked,
        &[("action", "archive"), ("replace_with", &to.to_string())],
    )
    .await;
    let shown = preview.texts(".going li");
    assert!(shown[0].starts_with("900 leads move to"), "{shown:?}");
    assert!(
        shown
            .iter()
            .any(|line| line.starts_with("This many leads move in the background"))
    );
    let done = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303, "{done:?}");
    let list = browser.follow(&done).await;
    assert!(list.text().contains("Moving 900 leads"), "{}", list.text());
    assert!(!list.has("form[action$='/undo']"));
    let is_archived = |all: &Value| {
        let all = all.as_array().unwrap();
        let found = all
            .iter()
            .filter(|one| ids.iter().any(|id| one["id"] == *id));
        found.filter(|one| one["archived"] == true).count() == 3
    };
    while !is_archived(&api.get("lead_statuses?archived=all").await.json()) {
        ask_again().await;
    }
    assert_eq!(api.status("Qualified").await["lead_count"], 900);
    crate::exchange::assert_sound(&app);
}
