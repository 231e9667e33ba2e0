//! Who passes all the same: by an override, without the others, or because nothing is judged.

use serde_json::json;

use super::attempts::{RulesFixture, last_visit};
use crate::support::{MARA, RADU, TestApp};

both!(
    only_managers_override_rules_and_never_who_may_move,
    a_bulk_move_goes_on_without_those_that_do_not_pass,
    an_import_refuses_lines_by_number_and_lets_them_through_for_a_reason,
    replacing_and_undoing_are_not_judged,
    required_rules_of_the_status_of_new_leads_warn,
);

/// Forms and calls without these fields will be refused, which is said when the rules are saved.
async fn required_rules_of_the_status_of_new_leads_warn(app: TestApp) {
    let api = app.api(crate::support::ALICE);
    let (new, contacted) = (api.status_id("New").await, api.status_id("Contacted").await);
    let warnings = async |status: i64, rules: serde_json::Value| {
        let path = format!("lead_statuses/{status}");
        let saved = api.put(&path, json!({ "entry_rules": rules })).await;
        assert_eq!(saved.status, 200, "{}", saved.text());
        saved.json()["warnings"].to_string()
    };
    let rule =
        |level: &str| json!([{"type": "field", "field": "email", "op": "set", "level": level}]);
    assert!(!warnings(new, rule("warn")).await.contains("New leads"));
    assert!(
        !warnings(contacted, rule("block"))
            .await
            .contains("New leads")
    );
    assert!(
        warnings(new, rule("block"))
            .await
            .contains("New leads start here")
    );
    let browser = app.signed_in(MARA).await;
    let note = async |status: i64| {
        let page = browser
            .get(&format!("/admin/leads/statuses/{status}"))
            .await;
        page.texts(".note.warn")
            .join(" ")
            .contains("New leads start here")
    };
    assert!(note(new).await && !note(contacted).await);
}

async fn only_managers_override_rules_and_never_who_may_move(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture
        .rule(json!({"entry_rules": [{"type": "confirm", "text": "We spoke"}]}))
        .await;
    let rep = app.api(RADU);
    let made = rep.post("leads", json!({"name": "Own"})).await;
    let id = made.json()["record_id"].as_i64().unwrap();
    let body = json!({"status": fixture.ids.target, "override": true, "override_reason": "Urgent"});
    let path = format!("leads/{id}/status");
    assert_eq!(rep.post(&path, body.clone()).await.status, 403);
    let bare = json!({"status": fixture.ids.target, "override": true});
    let refused = app.api(MARA).post(&path, bare).await;
    assert!(
        refused.json()["errors"]["override_reason"].is_array(),
        "{}",
        refused.text()
    );
    fixture.rule(json!({"movers": ["admin"]})).await;
    let refused = app.api(MARA).post(&path, body.clone()).await;
    assert_eq!(
        refused.json()["unmet"][1]["type"],
        "mover",
        "{}",
        refused.text()
    );
    fixture.rule(json!({"movers": []})).await;
    assert_eq!(app.api(MARA).post(&path, body).await.status, 200);
}

async fn a_bulk_move_goes_on_without_those_that_do_not_pass(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture
        .rule(json!({"entry_rules": [
        {"id": 1, "type": "field", "field": "email", "op": "set", "text": "E-mail is known"},
        {"id": 2, "type": "confirm", "text": "We spoke"}]}))
        .await;
    let (full, bare) = (fixture.lead("full").await, fixture.lead("bare").await);
    fixture
        .api
        .put(&format!("leads/{full}"), json!({"email": "a@b.ro"}))
        .await;
    let target = fixture.ids.target.to_string();
    let preview = super::super::bulk::bulk(
        &fixture.browser,
        &[full, bare],
        &[("action", "move"), ("status", &target)],
    )
    .await;
    assert_eq!(preview.status, 200);
    assert!(preview.has("input[name=confirmed][value='2']"));
    let preview = fixture
        .browser
        .submit(
            &preview,
            "#preview",
            &[("confirmed", "2"), ("status", &target)],
        )
        .await;
    let refused = preview.texts("li.refused");
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(refused[0].contains("bare") && refused[0].contains("E-mail is known"));
    let without = fixture
        .browser
        .submit(&preview, "#without-refused", &[])
        .await;
    let done = fixture
        .browser
        .submit(
            &without,
            "#preview",
            &[("confirm", "1"), ("confirmed", "2")],
        )
        .await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(
        fixture.find_lead("full").await,
        Some((full, fixture.ids.target))
    );
    assert_eq!(
        fixture.find_lead("bare").await,
        Some((bare, fixture.ids.new))
    );
}

async fn an_import_refuses_lines_by_number_and_lets_them_through_for_a_reason(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture.rule(json!({"entry_rules": [{"type": "field", "field": "email", "op": "set", "text": "E-mail is known"}]})).await;
    let path = app.dir().join("leads.csv");
    std::fs::write(
        &path,
        "external_ref,name,status,email\nL-1,One,Gated,a@b.ro\nL-2,Two,Gated,\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    let refused = app.program(&["import", "leads", path], "");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned()
        + &String::from_utf8_lossy(&refused.stdout);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(
        said.contains('3') && said.contains("E-mail is known"),
        "{said}"
    );
    assert_eq!(fixture.find_lead("L-1").await, None);
    let done = app.program(&["import", "leads", path, "--override", "Old stock"], "");
    assert_eq!(
        done.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let (id, status) = fixture.find_lead("L-2").await.unwrap();
    assert_eq!(status, fixture.ids.target);
    assert_eq!(
        last_visit(&fixture.api, id).await["override_reason"],
        "Old stock"
    );
    let (id, _) = fixture.find_lead("L-1").await.unwrap();
    assert_eq!(last_visit(&fixture.api, id).await["overridden"], false);
}

async fn replacing_and_undoing_are_not_judged(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    let old = fixture.api.create_status("Old").await;
    let id = fixture.lead("ana").await;
    let path = format!("leads/{id}/status");
    assert_eq!(
        fixture.api.post(&path, json!({"status": old})).await.status,
        200
    );
    fixture
        .rule(json!({"entry_rules": [{"type": "confirm", "text": "We spoke"}]}))
        .await;
    let delete = format!(
        "delete/lead_statuses/{old}?replace_with={}",
        fixture.ids.target
    );
    assert_eq!(fixture.api.delete(&delete).await.status, 200);
    assert_eq!(
        fixture.find_lead("ana").await,
        Some((id, fixture.ids.target))
    );
    let away = json!({"status": fixture.ids.contacted});
    assert_eq!(fixture.api.post(&path, away).await.status, 200);
    let visit = last_visit(&fixture.api, id).await["id"].clone();
    let undo = format!("leads/{id}/visits/{visit}/void");
    assert_eq!(fixture.api.post(&undo, json!({})).await.status, 200);
    assert_eq!(
        fixture.find_lead("ana").await,
        Some((id, fixture.ids.target))
    );
}
