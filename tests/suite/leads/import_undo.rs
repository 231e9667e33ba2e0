//! Taking an import back as a whole.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::files::{assert_sound, leads_of, write};
use super::fixtures::visits;
use super::import_concurrency::until;
use super::real_files::import;
use crate::support::{ALICE, Answer, TestApp};

both!(
    an_import_of_leads_is_taken_back_as_a_whole,
    what_has_changed_since_stays_and_is_named,
    imports_are_taken_back_one_after_the_other,
    histories_come_back_as_they_were,
    an_import_of_statuses_is_taken_back_at_once,
    statuses_that_an_import_made_go_with_it,
    a_large_import_is_taken_back_in_steps,
    an_undo_that_a_server_left_goes_on,
);

pub const BEFORE: &str = "external_ref,name,company,email,phone,owner,value,status,extra_fields\n\
    a1,Ana,Acme,ana@example.com,0722,mara@example.com,100,New,\"{\"\"city\"\":\"\"Iași\"\"}\"\n\
    a2,Dan,Beta,dan@example.com,,,,Contacted,\na3,Eva,,,,,,New,\n";
pub const AFTER: &str = "external_ref,name,company,email,phone,owner,value,status,extra_fields\n\
    a1,Anna,Zeta,anna@example.com,0733,radu@example.com,900,Won,\"{\"\"city\"\":\"\"Cluj\"\"}\"\n\
    a2,Dan,Beta,dan@example.com,,,,Qualified,\na3,Eva B,,,,,,New,\nb1,Bob,,,,,,New,\nb2,Zed,,,,,,Won,\n";

/// The changes, newest first.
pub async fn changes(app: &TestApp) -> Vec<Value> {
    let answer = app.api(ALICE).get("changes").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json().as_array().cloned().unwrap_or_default()
}

pub async fn newest(app: &TestApp) -> i64 {
    changes(app).await[0]["id"].as_i64().expect("an id")
}

pub async fn undo(app: &TestApp, id: i64, query: &str) -> Answer {
    let path = format!("changes/{id}/undo{query}");
    app.api(ALICE).post(&path, json!({})).await
}

async fn an_import_of_leads_is_taken_back_as_a_whole(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    let before = leads_of(&app).await;
    assert_eq!(import(&app, AFTER.as_bytes(), &[]).0, 0);
    let id = newest(&app).await;
    let tried = undo(&app, id, "?dry_run=1").await;
    assert_eq!(tried.status, 200, "{}", tried.text());
    let body = tried.json();
    assert_eq!(
        (&body["restored"], &body["left"], &body["dry_run"]),
        (&json!(5), &json!([]), &json!(true))
    );
    let sentence = "2 new leads go to the bin, 3 leads get back what they were";
    assert!(
        body["message"]
            .as_str()
            .unwrap_or_default()
            .contains(sentence),
        "{body}"
    );
    assert_eq!(leads_of(&app).await[0].fields.name.as_str(), "Anna");
    let done = undo(&app, id, "").await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(done.json()["restored"], 5);
    let after = leads_of(&app).await;
    for (was, is) in before.iter().zip(&after) {
        assert_eq!((&is.fields, is.status_id), (&was.fields, was.status_id));
        assert_eq!(
            (is.status_since, is.clock_from),
            (was.status_since, was.clock_from)
        );
    }
    let history = visits(&app, &after[0]).await;
    let voided: Vec<bool> = history
        .iter()
        .map(|visit| visit.voided_at.is_some())
        .collect();
    assert_eq!(voided, [false, true], "the move is void");
    assert!(after[3].is_in_bin() && after[4].is_in_bin());
    let again = undo(&app, id, "").await;
    assert_eq!(again.status, 409, "{}", again.text());
    let listed = &changes(&app).await[0];
    assert_eq!(
        (&listed["undoable"], listed["undone_at"].is_string()),
        (&json!(false), true)
    );
    // The file can be imported again.
    let (code, stdout, _) = import(&app, AFTER.as_bytes(), &[]);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("2 new, 3 changed"), "{stdout}");
    assert_sound(&app);
}

async fn what_has_changed_since_stays_and_is_named(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    assert_eq!(import(&app, AFTER.as_bytes(), &[]).0, 0);
    let (api, id) = (app.api(ALICE), newest(&app).await);
    let lost = api.status_id("Lost").await;
    let moved = api.post("leads/1/status", json!({"status": lost})).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(
        api.put("leads/3", json!({"phone": "0799"})).await.status,
        200
    );
    assert_eq!(api.delete("leads/4").await.status, 200);
    let kept = leads_of(&app).await;
    let tried = undo(&app, id, "?dry_run=1").await.json();
    let done = undo(&app, id, "").await.json();
    assert_eq!(
        (&tried["left"], &tried["restored"]),
        (&done["left"], &done["restored"])
    );
    assert_eq!(done["restored"], 2, "{done}");
    let left = |id: i64, why: &str| json!({"thing": "lead", "id": id, "why": format!("{why} {} (suite)", ALICE.name)});
    let expected = json!([
        left(1, "Moved since by"),
        left(3, "Changed since by"),
        left(4, "In the bin since, by"),
    ]);
    assert_eq!(done["left"], expected);
    let after = leads_of(&app).await;
    for index in [0, 2, 3] {
        assert_eq!(after[index], kept[index]);
    }
    assert_eq!(after[1].status_id, api.status_id("Contacted").await);
    assert!(after[4].is_in_bin());
    assert_sound(&app);
}

async fn imports_are_taken_back_one_after_the_other(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    assert_eq!(import(&app, AFTER.as_bytes(), &[]).0, 0);
    let note = json!({"note": "Called."});
    assert_eq!(app.api(ALICE).post("leads/2/notes", note).await.status, 201);
    for (index, restored) in [(0, 4), (1, 2)] {
        let id = changes(&app).await[index]["id"].as_i64().unwrap();
        let done = undo(&app, id, "").await;
        assert_eq!(
            (done.status, &done.json()["restored"]),
            (200, &json!(restored)),
            "{}",
            done.text()
        );
    }
    let deleted: Vec<bool> = leads_of(&app)
        .await
        .iter()
        .map(lead_statuses::leads::Lead::is_in_bin)
        .collect();
    assert_eq!(
        deleted,
        [true, false, true, true, true],
        "the one with a note stays"
    );
    assert_sound(&app);
}

async fn histories_come_back_as_they_were(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    let first = "external_ref,status,entered_at,actor,reason,note\n\
        a1,New,2020-01-01,Moses,why,what\na1,Contacted,2020-02-01,,,\n";
    let file = write(&app, "v.csv", first.as_bytes());
    assert_eq!(app.run(&["import", "visits", &file]).0, 0);
    let lead = leads_of(&app).await.remove(0);
    let plain = |visits: Vec<lead_statuses::leads::Visit>| {
        let visits = visits.into_iter();
        visits
            .map(|visit| lead_statuses::leads::Visit { id: 0, ..visit })
            .collect::<Vec<_>>()
    };
    let before = plain(visits(&app, &lead).await);
    let second =
        "external_ref,status,entered_at\na1,New,2019-01-01\na1,Won,2019-06-01\na2,Won,2019-01-01\n";
    let file = write(&app, "w.csv", second.as_bytes());
    assert_eq!(app.run(&["import", "visits", &file]).0, 0);
    assert_ne!(plain(visits(&app, &lead).await), before);
    let done = undo(&app, newest(&app).await, "").await;
    assert_eq!(
        (done.status, &done.json()["restored"]),
        (200, &json!(2)),
        "{}",
        done.text()
    );
    assert_eq!(plain(visits(&app, &lead).await), before);
    let after = leads_of(&app).await.remove(0);
    assert_eq!(
        (
            after.status_id,
            after.status_since,
            after.clock_from,
            after.created_at
        ),
        (
            lead.status_id,
            lead.status_since,
            lead.clock_from,
            lead.created_at
        )
    );
    // The import of the leads themselves comes before that of their histories.
    let imports = changes(&app).await;
    let leads = undo(&app, imports[2]["id"].as_i64().unwrap(), "")
        .await
        .json();
    assert_eq!(
        leads["restored"], 2,
        "one with another history stays: {leads}"
    );
    assert_sound(&app);
}

async fn an_import_of_statuses_is_taken_back_at_once(app: TestApp) {
    let api = app.api(ALICE);
    let before = api.statuses().await;
    let file = "name,definition\nContacted,We spoke.\nDemo,Shown.\n";
    let name = write(&app, "s.csv", file.as_bytes());
    let (code, stdout, _) = app.run(&["import", "statuses", &name]);
    assert_eq!(code, 0, "{stdout}");
    let change = &changes(&app).await[0];
    assert!(
        change["summary"]
            .as_str()
            .unwrap()
            .contains("New statuses: 1, changed: 1"),
        "{change}"
    );
    let id = change["id"].as_i64().unwrap();
    let tried = undo(&app, id, "?dry_run=1").await;
    assert!(
        tried.text().contains("1 new status is removed"),
        "{}",
        tried.text()
    );
    let done = undo(&app, id, "").await;
    assert_eq!(
        (done.status, &done.json()["restored"]),
        (200, &json!(2)),
        "{}",
        done.text()
    );
    let texts = |statuses: &[Value]| {
        let texts = statuses.iter();
        texts
            .map(|status| (status["name"].clone(), status["definition"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&api.statuses().await), texts(&before));
    assert_eq!(app.run(&["import", "statuses", &name]).0, 0);
    let demo = api.status_id("Demo").await;
    let path = format!("lead_statuses/{demo}");
    assert_eq!(api.put(&path, json!({"definition": "x"})).await.status, 200);
    let stale = undo(&app, newest(&app).await, "").await;
    assert_eq!(stale.status, 409, "{}", stale.text());
    assert_sound(&app);
}

async fn statuses_that_an_import_made_go_with_it(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    let file = "external_ref,status\na1,Trial\n";
    assert_eq!(import(&app, file.as_bytes(), &["--make-statuses"]).0, 0);
    let done = undo(&app, newest(&app).await, "").await.json();
    assert_eq!(done["restored"], 1, "{done}");
    // The void move is still in the history of the lead, which knows the name of a deleted status.
    let names: Vec<Value> = app
        .api(ALICE)
        .statuses()
        .await
        .iter()
        .map(|one| one["name"].clone())
        .collect();
    assert!(!names.contains(&json!("Trial")), "{names:?} {done}");
    let file = "external_ref,name,status\nn1,New one,Trial\n";
    assert_eq!(import(&app, file.as_bytes(), &["--make-statuses"]).0, 0);
    let done = undo(&app, newest(&app).await, "").await.json();
    assert_eq!(
        done["left"][0]["thing"], "status",
        "the bin needs it: {done}"
    );
    assert_sound(&app);
}

async fn a_large_import_is_taken_back_in_steps(app: TestApp) {
    let rows = |name: &str| {
        let rows = (0..1_200).map(|number| format!("r{number},{name} {number}\n"));
        format!("external_ref,name\n{}", rows.collect::<String>())
    };
    let half: String = rows("Old")
        .lines()
        .take(601)
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(import(&app, half.as_bytes(), &[]).0, 0);
    assert_eq!(import(&app, rows("New").as_bytes(), &[]).0, 0);
    let done = undo(&app, newest(&app).await, "").await;
    assert_eq!(
        (done.status, &done.json()["restored"]),
        (200, &json!(1_200)),
        "{}",
        done.text()
    );
    let leads = leads_of(&app).await;
    let (kept, binned): (Vec<_>, Vec<_>) = leads.iter().partition(|lead| !lead.is_in_bin());
    assert_eq!((kept.len(), binned.len()), (600, 600));
    assert!(
        kept.iter()
            .all(|lead| lead.fields.name.as_str().starts_with("Old"))
    );
    assert_sound(&app);
}

async fn an_undo_that_a_server_left_goes_on(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    let id = newest(&app).await;
    // Another server took back the first lead, and ended.
    let first = "update leads set deleted_at = updated_at, version = version + 1 where id = 1";
    let left = format!(
        "insert into change_undos (change_id, user_id, actor, request_id, batch_id, started_at, position, done, total, \
         binned, restored, left_alone) select {id}, 1, 'Alice', '', 77, recorded_at, \
         (select min(id) from audit_entries where subject = 'lead'), 1, 3, 1, 0, 0 from audit_entries where id = {id}"
    );
    let written = app.db.write(move |conn| {
        for statement in [first, &left] {
            diesel::sql_query(statement).execute(conn)?;
        }
        Ok(())
    });
    written.await.expect("the state that it left");
    let url = &app.config.database_url;
    let open = "select count(*) from change_undos where finished_at is null";
    until(url, open, |count| count == 0).await;
    let leads = leads_of(&app).await;
    assert!(
        leads.iter().all(lead_statuses::leads::Lead::is_in_bin),
        "{leads:?}"
    );
    let counts = "select binned from change_undos";
    assert_eq!(until(url, counts, |_| true).await, 3);
    assert_sound(&app);
}
