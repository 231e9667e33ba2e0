//! The hand-off of a status: written by API, form and file, shown, and kept in the versions of the definition.

use serde_json::{Value, json};

use super::FORM;
use crate::support::{ALICE, Api, TestApp};

both!(
    a_hand_off_is_a_part_of_the_definition,
    a_hand_off_names_statuses_that_its_answers_can_lead_to,
    the_form_writes_a_hand_off_and_pages_show_it,
    what_was_typed_wrongly_is_shown_again,
    an_edit_of_a_hand_off_is_undone_and_merged,
    a_hand_off_goes_through_files_unchanged,
);

async fn put(api: &Api, id: i64, handoff: Value) -> (u16, Value) {
    let body = json!({"handoff": handoff});
    let done = api.put(&format!("lead_statuses/{id}"), body).await;
    (done.status, done.json())
}

async fn status(api: &Api, id: i64) -> Value {
    api.get(&format!("lead_statuses/{id}")).await.json()
}

async fn a_hand_off_is_a_part_of_the_definition(app: TestApp) {
    let api = app.api(ALICE);
    let new = api.status_id("New").await;
    let id = api.create_status("Handed").await;
    assert_eq!(status(&api, id).await["handoff"], Value::Null);
    let handoff = json!({"to": "rep", "within_hours": 24, "reject_to": new, "recycle_to": null,
        "reasons": ["No budget", "Wrong person"]});
    assert_eq!(put(&api, id, handoff.clone()).await.0, 200);
    let shown = status(&api, id).await;
    assert_eq!(
        (&shown["handoff"], &shown["definition_version"]),
        (&handoff, &json!(2))
    );
    assert_eq!(put(&api, id, handoff.clone()).await.0, 200);
    assert_eq!(status(&api, id).await["definition_version"], 2);
    assert_eq!(put(&api, id, Value::Null).await.0, 200);
    assert_eq!(status(&api, id).await["handoff"], Value::Null);
    let versions = api.get(&format!("lead_statuses/{id}/definitions")).await;
    let handoffs: Vec<Value> = [0, 1, 2]
        .map(|index| versions.json()[index]["handoff"].clone())
        .to_vec();
    assert_eq!(handoffs, [Value::Null, handoff.clone(), Value::Null]);
    let made = api
        .post("lead_statuses", json!({"name": "Made", "handoff": handoff}))
        .await;
    let made = made.json()["record_id"].as_i64().unwrap();
    assert_eq!(status(&api, made).await["handoff"], handoff);
}

async fn a_hand_off_names_statuses_that_its_answers_can_lead_to(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.create_status("Handed").await;
    let gone = api.create_status("Gone").await;
    let (won, new) = (api.status_id("Won").await, api.status_id("New").await);
    api.put(&format!("lead_statuses/{gone}"), json!({"archived": true}))
        .await;
    let of = |to: &str, hours: Value, reject: Value, recycle: Value| json!({"to": to, "within_hours": hours, "reject_to": reject, "recycle_to": recycle});
    let none = Value::Null;
    for wrong in [
        of("viewer", json!(1), none.clone(), none.clone()),
        of("rep", json!(0), none.clone(), none.clone()),
        of("rep", json!(8761), none.clone(), none.clone()),
        of("rep", json!(1), json!(4711), none.clone()),
        of("rep", json!(1), json!("first"), none.clone()),
        of("rep", json!(1), json!(id), none.clone()),
        of("rep", json!(1), json!(gone), none.clone()),
        of("rep", json!(1), none.clone(), json!(won)),
        json!("rep"),
        json!(["rep"]),
        json!({"to": "rep", "within_hours": 1, "reasons": vec!["x"; 21]}),
    ] {
        let (code, body) = put(&api, id, wrong.clone()).await;
        assert_eq!(code, 422, "{wrong}");
        assert!(body["errors"]["handoff"].is_array(), "{body}");
    }
    assert_eq!(status(&api, id).await["definition_version"], 1);
    // What it names may be archived later: it stays, and other members can change.
    let named = api.create_status("Named").await;
    let handoff = of("rep", json!(1), json!(named), json!(new));
    assert_eq!(put(&api, id, handoff).await.0, 200);
    api.put(&format!("lead_statuses/{named}"), json!({"archived": true}))
        .await;
    let longer = of("rep", json!(2), json!(named), json!(new));
    assert_eq!(put(&api, id, longer).await.0, 200);
    assert_eq!(status(&api, id).await["handoff"]["reject_to"], named);
}

async fn the_form_writes_a_hand_off_and_pages_show_it(app: TestApp) {
    let api = app.api(ALICE);
    let new = api.status_id("New").await;
    let id = api.create_status("Handed").await;
    let browser = app.signed_in(ALICE).await;
    let path = format!("/admin/leads/statuses/{id}");
    let form = browser.get(&format!("{path}/edit")).await;
    let new_id = new.to_string();
    let typed = [
        ("handoff_to", "manager"),
        ("handoff_within_hours", "8"),
        ("handoff_reject_to", new_id.as_str()),
        ("handoff_reasons", "No budget\r\nNo need"),
    ];
    assert_eq!(browser.submit(&form, FORM, &typed).await.status, 303);
    let handoff = json!({"to": "manager", "within_hours": 8, "reject_to": new, "recycle_to": null,
        "reasons": ["No budget", "No need"]});
    assert_eq!(status(&api, id).await["handoff"], handoff);
    for address in [path.as_str(), "/admin/leads/statuses/dictionary"] {
        let text = browser.get(address).await.text();
        for words in [
            "Sales manager, to be answered within 8 hours",
            "go to New",
            "No budget · No need",
        ] {
            assert!(text.contains(words), "{address} {words}: {text}");
        }
    }
    // A form that changes something else leaves it as it is.
    let form = browser.get(&format!("{path}/edit")).await;
    let saved = browser
        .submit(&form, FORM, &[("definition", "Meant.")])
        .await;
    assert_eq!(saved.status, 303, "{saved:?}");
    assert_eq!(status(&api, id).await["handoff"], handoff);
    let form = browser.get(&format!("{path}/edit")).await;
    browser.submit(&form, FORM, &[("handoff_to", "")]).await;
    assert_eq!(status(&api, id).await["handoff"], Value::Null);
}

async fn what_was_typed_wrongly_is_shown_again(app: TestApp) {
    let id = app.api(ALICE).create_status("Handed").await;
    let browser = app.signed_in(ALICE).await;
    let form = browser
        .get(&format!("/admin/leads/statuses/{id}/edit"))
        .await;
    let typed = [
        ("handoff_to", "rep"),
        ("handoff_within_hours", "soon"),
        ("handoff_reasons", "No budget"),
    ];
    let again = browser.submit(&form, FORM, &typed).await;
    assert_eq!(again.status, 422, "{again:?}");
    let form = again.form(FORM);
    assert_eq!(form.value("handoff_within_hours"), Some("soon"));
    assert_eq!(form.value("handoff_reasons"), Some("No budget"));
    assert!(again.has("#f-handoff.field"), "{again:?}");
    assert!(
        again.text().contains("a whole number from 1 to"),
        "{again:?}"
    );
}

async fn an_edit_of_a_hand_off_is_undone_and_merged(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.create_status("Handed").await;
    let browser = app.signed_in(ALICE).await;
    let path = format!("/admin/leads/statuses/{id}");
    let typed = [("handoff_to", "rep"), ("handoff_within_hours", "8")];
    let form = browser.get(&format!("{path}/edit")).await;
    let saved = browser.submit(&form, FORM, &typed).await;
    let shown = browser.follow(&saved).await;
    let undone = browser.submit(&shown, "#banners form", &[]).await;
    assert_eq!(undone.status, 303, "{undone:?}");
    assert_eq!(status(&api, id).await["handoff"], Value::Null);
    // Two edits from one state: of different fields they merge, of the hand-off they ask.
    let form = browser.get(&format!("{path}/edit")).await;
    api.put(
        &format!("lead_statuses/{id}"),
        json!({"definition": "Meant."}),
    )
    .await;
    let merged = browser.submit(&form, FORM, &typed).await;
    assert_eq!(merged.status, 303, "{merged:?}");
    let both = status(&api, id).await;
    assert_eq!(
        (&both["definition"], &both["handoff"]["within_hours"]),
        (&json!("Meant."), &json!(8))
    );
    let form = browser.get(&format!("{path}/edit")).await;
    put(&api, id, json!({"to": "rep", "within_hours": 9})).await;
    let mine = [("handoff_to", "rep"), ("handoff_within_hours", "7")];
    let page = browser.submit(&form, FORM, &mine).await;
    assert_eq!(page.status, 409, "{page:?}");
    let chosen = [("choose_handoff", "mine")];
    let saved = browser.submit(&page, "main form", &chosen).await;
    assert_eq!(saved.status, 303, "{saved:?}");
    assert_eq!(status(&api, id).await["handoff"]["within_hours"], 7);
}

async fn a_hand_off_goes_through_files_unchanged(app: TestApp) {
    let api = app.api(ALICE);
    let new = api.status_id("New").await;
    let id = api.create_status("Handed").await;
    let waiting = api.create_status("Waiting").await;
    api.put(
        &format!("lead_statuses/{waiting}"),
        json!({"kind": "paused"}),
    )
    .await;
    let handoff = json!({"to": "rep", "within_hours": 24, "reject_to": new, "recycle_to": waiting,
        "reasons": ["No budget"]});
    assert_eq!(put(&api, id, handoff.clone()).await.0, 200);
    for format in ["csv", "json", "xlsx"] {
        let file = app.program(&["export", "statuses", "--format", format], "");
        assert!(file.status.success(), "{file:?}");
        let path = app.dir().join(format!("statuses.{format}"));
        std::fs::write(&path, &file.stdout).unwrap();
        let read = app.program(&["import", "statuses", path.to_str().unwrap()], "");
        assert!(read.status.success(), "{read:?}");
        let shown = status(&api, id).await;
        assert_eq!(
            (&shown["handoff"], &shown["definition_version"]),
            (&handoff, &json!(2)),
            "{format}"
        );
    }
    // A file names statuses that it makes itself, and is refused by line for those that do not exist.
    let path = app.dir().join("new.json");
    let rows = json!([
        {"name": "Offered", "handoff": {"to": "rep", "within_hours": 4, "reject_to": "Sorting", "recycle_to": "waiting"}},
        {"name": "Sorting"},
    ]);
    std::fs::write(&path, rows.to_string()).unwrap();
    let read = app.program(&["import", "statuses", path.to_str().unwrap()], "");
    assert!(read.status.success(), "{read:?}");
    let offered = api.status("Offered").await;
    assert_eq!(
        (
            &offered["handoff"]["reject_to"],
            &offered["handoff"]["recycle_to"]
        ),
        (&json!(api.status_id("Sorting").await), &json!(waiting))
    );
    for word in ["Unknown", "Won"] {
        let rows = json!([{"name": "Other", "handoff": {"to": "rep", "within_hours": 4, "recycle_to": word}}]);
        std::fs::write(&path, rows.to_string()).unwrap();
        let read = app.program(&["import", "statuses", path.to_str().unwrap()], "");
        assert_eq!(read.status.code(), Some(1), "{read:?}");
    }
    assert!(app.program(&["check"], "").status.success());
}
