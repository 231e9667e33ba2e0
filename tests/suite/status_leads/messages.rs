use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::db::Conn;
use lead_statuses::statuses::{StatusLookup, StatusMatch};
use serde_json::json;

use super::replacement::{move_to_bin, post};
use super::{LIST, deleted_names, insert_lead, lead_with_visits};
use crate::status_list::bulk;
use crate::support::{ALICE, Api, TestApp, query_text};

both!(
    a_preview_says_how_many_go_where_with_what_value,
    a_dry_run_says_the_same,
    undo_moves_no_leads_back,
    a_status_without_leads_comes_back_under_its_old_id,
    an_archived_status_comes_back_beside_one_of_its_name,
    an_invalid_choice_for_the_age_is_refused,
    history_keeps_the_old_name,
    a_name_means_the_status_that_was_deleted_last,
);

async fn a_preview_says_how_many_go_where_with_what_value(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let old = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    let lost = api.status_id("Lost").await;
    for (status, cents) in [(old, Some(100_050)), (old, None), (lost, Some(200_000))] {
        insert_lead(&app, "Ana", status, 9, cents).await;
    }
    move_to_bin(&app, &insert_lead(&app, "Bogdan", old, 9, Some(7)).await).await;
    let ids = [old.to_string(), lost.to_string()];
    let preview = bulk(
        &browser,
        &ids,
        &[("action", "delete"), ("replace_with", &to.to_string())],
    )
    .await;
    assert_eq!(
        preview.texts(".going li"),
        [
            "3 leads move to “Qualified”: 2 open, 1 closed.",
            "Total value: 3,000.50 EUR.",
            "1 lead in the bin moves too.",
            "Leads from another kind of status will count as Open.",
        ]
    );
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Delete 2 statuses"]
    );
    let done = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(api.status("Qualified").await["lead_count"], 3);
    crate::exchange::assert_sound(&app);
}

async fn a_dry_run_says_the_same(app: TestApp) {
    let api = app.api(ALICE);
    let old = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    insert_lead(&app, "Ana", old, 9, Some(100_050)).await;
    move_to_bin(&app, &insert_lead(&app, "Bogdan", old, 9, None).await).await;
    let path = format!("lead_statuses/{old}?dry_run=1");
    let blocked = api.delete(&path).await.json();
    assert_eq!(
        (
            &blocked["status"],
            blocked["blockers"].as_array().unwrap().len()
        ),
        (&json!(false), 2)
    );
    let fine = api
        .delete(&format!("{path}&replace_with={to}"))
        .await
        .json();
    for (field, expected) in [
        ("status", json!(true)),
        ("leads", json!(1)),
        ("open", json!(1)),
        ("closed", json!(0)),
        ("in_bin", json!(1)),
        ("values", json!([{"currency": "EUR", "value": 1000.5}])),
        ("replace_with", json!(to)),
        ("blockers", json!([])),
    ] {
        assert_eq!(fine[field], expected, "{field}: {fine}");
    }
    assert_eq!(api.status("Old").await["lead_count"], 1, "nothing happened");
}

async fn undo_moves_no_leads_back(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let old = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    insert_lead(&app, "Ana", old, 9, None).await;
    let with = [("replace_with", to.to_string()), ("confirm", "1".into())];
    let with: Vec<(&str, &str)> = with
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let done = post(&browser, &format!("{LIST}/{old}/delete"), &with).await;
    assert_eq!(done.status, 303, "{done:?}");
    let list = browser.follow(&done).await;
    assert!(list.text().contains("“Old” deleted."));
    assert!(!list.has("form[action$='/undo']"), "it is not offered");
    let batch = query_text(
        &app.config.database_url,
        "select cast(max(batch_id) as varchar(40)) as value from replacements",
    );
    let refused = post(&browser, &format!("{LIST}/undo"), &[("batch", &batch)]).await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.text().contains("This can’t be undone"),
        "{}",
        refused.text()
    );
    assert_eq!(deleted_names(&app).await, ["Old"]);
}

async fn a_status_without_leads_comes_back_under_its_old_id(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let old = api.create_status("Old").await;
    let left = insert_lead(&app, "Ana", old, 9, None).await;
    let by = Actor::program(Channel::Api, app.clock.now());
    let order = lead_statuses::leads::Move::new(api.status_id("Qualified").await, Channel::Api);
    let go = move |conn: &mut Conn| lead_statuses::leads::move_leads(conn, &by, &order, &[left.id]);
    app.db.write(go).await.unwrap();
    let done = post(
        &browser,
        &format!("{LIST}/{old}/delete"),
        &[("confirm", "1")],
    )
    .await;
    assert_eq!(
        (done.status, deleted_names(&app).await),
        (303, vec!["Old".to_owned()])
    );
    crate::exchange::assert_sound(&app);
    let list = browser.follow(&done).await;
    let undone = browser.submit(&list, "form[action$='/undo']", &[]).await;
    assert_eq!(undone.status, 303, "{undone:?}");
    assert_eq!(api.status_id("Old").await, old);
    assert_eq!(deleted_names(&app).await, Vec::<String>::new());
    crate::exchange::assert_sound(&app);
}

async fn an_archived_status_comes_back_beside_one_of_its_name(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let old = api.create_status("Warm").await;
    let archived = bulk(
        &browser,
        &[old.to_string()],
        &[("action", "archive"), ("confirm", "1")],
    )
    .await;
    assert_eq!(archived.status, 303, "{archived:?}");
    let namesake = api.create_status("Warm").await;
    let (positions, before) = (last_position(&app, old), order(&api).await);
    let path = format!("{LIST}/{old}/delete");
    let deleted = post(&browser, &path, &[("confirm", "1")]).await;
    assert_eq!(deleted.status, 303, "{deleted:?}");
    let list = browser.follow(&deleted).await;
    let undone = browser.submit(&list, "form[action$='/undo']", &[]).await;
    assert_eq!(undone.status, 303, "{undone:?}");
    let page = browser.get(&format!("{LIST}/{old}")).await;
    assert!(page.text().contains("Archived"), "{}", page.text());
    assert_eq!(api.status_id("Warm").await, namesake);
    assert_eq!(order(&api).await, before);
    assert_eq!(last_position(&app, old), positions);
    crate::exchange::assert_sound(&app);
}

async fn order(api: &Api) -> Vec<String> {
    let statuses = api.statuses().await;
    statuses
        .iter()
        .map(|status| status["name"].to_string())
        .collect()
}

/// The position that an archived status had last.
fn last_position(app: &TestApp, id: i64) -> String {
    let sql = format!(
        "select cast(last_position as varchar(9)) as value from lead_statuses where id = {id}"
    );
    query_text(&app.config.database_url, &sql)
}

async fn an_invalid_choice_for_the_age_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let old = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    let path = format!("lead_statuses/{old}?replace_with={to}&restart_age=perhaps");
    let refused = api.delete(&path).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.json()["errors"]["restart_age"].is_array());
    assert_eq!(api.status_id("Old").await, old);
}

async fn history_keeps_the_old_name(app: TestApp) {
    let api = app.api(ALICE);
    let old = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    let made = insert_lead(&app, "Ana", old, 9, None).await;
    assert_eq!(
        api.delete(&format!("lead_statuses/{old}?replace_with={to}"))
            .await
            .status,
        200
    );
    let (_, visits) = lead_with_visits(&app, made.id).await;
    assert_eq!(
        (visits[0].status_id, visits[0].next_status_id),
        (old, Some(to))
    );
    assert_eq!(deleted_names(&app).await, ["Old"]);
}

async fn a_name_means_the_status_that_was_deleted_last(app: TestApp) {
    let api = app.api(ALICE);
    let first = api.create_status("Old").await;
    let archived = api
        .put(&format!("lead_statuses/{first}"), json!({"archived": true}))
        .await;
    assert_eq!(archived.status, 200, "{}", archived.text());
    let second = api.create_status("Old").await;
    for id in [second, first] {
        app.clock.advance(60);
        let gone = api.delete(&format!("lead_statuses/{id}")).await;
        assert_eq!(gone.status, 200, "{}", gone.text());
    }
    let lookup = app.db.read(StatusLookup::load).await.unwrap();
    assert_eq!(lookup.find("Old"), StatusMatch::Deleted(first));
}
