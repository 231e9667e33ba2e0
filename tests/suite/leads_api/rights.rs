//! The rights of tokens on leads, by role and owner.

use reqwest::Method;
use serde_json::{Value, json};

use super::{create_lead, move_to, read_lead};
use crate::support::{ALICE, Api, MARA, RADU, TestApp, VERA};

both!(
    a_rep_changes_own_leads_and_no_others,
    reps_own_the_leads_they_create,
    a_manager_changes_everyones_leads,
    a_viewer_reads_and_nothing_else,
    only_those_who_manage_leads_back_date_moves,
);

/// Every call of a rep on a lead, with a valid body.
fn writes(status: i64) -> Vec<(Method, &'static str, Value)> {
    vec![
        (Method::PUT, "", json!({"company": "Acme"})),
        (Method::PUT, "", json!({"status": status})),
        (Method::POST, "/status", json!({"status": status})),
        (
            Method::POST,
            "/pause",
            json!({"until": "2033-06-01", "reason": "r"}),
        ),
        (Method::POST, "/pause", json!({"until": ""})),
        (Method::POST, "/notes", json!({"note": "n"})),
    ]
}

/// Calls that need the permission to manage leads.
fn managing() -> Vec<(Method, &'static str, Value)> {
    vec![
        (Method::PUT, "", json!({"owner": 2})),
        (Method::DELETE, "?dry_run=1", json!({})),
        (Method::DELETE, "", json!({})),
        (Method::POST, "/restore", json!({})),
    ]
}

async fn ask(api: &Api, id: i64, (method, end, body): (Method, &str, Value)) -> u16 {
    let request = api.request(method.clone(), &format!("leads/{id}{end}"));
    let answer = api.send(request.json(&body)).await;
    if answer.status == 403 {
        assert_eq!(answer.json()["status"], false);
    }
    answer.status
}

async fn a_rep_changes_own_leads_and_no_others(app: TestApp) {
    let (alice, radu) = (app.api(ALICE), app.api(RADU));
    let status = alice.status_id("Contacted").await;
    let own = create_lead(&alice, json!({"name": "Own", "owner": 3})).await;
    let others = create_lead(&alice, json!({"name": "Mara's", "owner": 2})).await;
    let nobodys = create_lead(&alice, json!({"name": "Nobody's"})).await;
    for write in writes(status) {
        let shown = format!("{write:?}");
        let answered = ask(&radu, own, write).await;
        assert!((200..300).contains(&answered), "{shown}: {answered}");
    }
    for id in [others, nobodys] {
        let before = read_lead(&alice, id).await;
        for write in writes(status).into_iter().chain(managing()) {
            let shown = format!("{write:?}");
            assert_eq!(ask(&radu, id, write).await, 403, "{shown}");
        }
        let visit = super::visits(&radu, id).await[0]["id"].clone();
        let void = format!("/visits/{visit}/void");
        assert_eq!(ask(&radu, id, (Method::POST, &void, json!({}))).await, 403);
        assert_eq!(read_lead(&alice, id).await, before);
    }
    let visit = super::visits(&radu, own).await[1]["id"].clone();
    let void = format!("/visits/{visit}/void");
    assert_eq!(ask(&radu, own, (Method::POST, &void, json!({}))).await, 200);
    for write in managing() {
        let shown = format!("{write:?}");
        assert_eq!(ask(&radu, own, write).await, 403, "{shown}");
    }
    let list = radu.get("leads").await.json();
    assert_eq!(
        list.as_array().unwrap().len(),
        3,
        "everyone reads all leads"
    );
    assert_eq!(
        radu.delete(&format!("delete/leads/{own}")).await.status,
        403
    );
    assert_eq!(ask(&radu, 4711, (Method::PUT, "", json!({}))).await, 404);
}

async fn reps_own_the_leads_they_create(app: TestApp) {
    let radu = app.api(RADU);
    for body in [
        json!({"name": "A"}),
        json!({"name": "A", "owner": null}),
        json!({"name": "A", "owner": 3}),
    ] {
        let id = create_lead(&radu, body).await;
        assert_eq!(read_lead(&radu, id).await["owner"], 3);
    }
    let answer = radu.post("leads", json!({"name": "A", "owner": 2})).await;
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert_eq!(radu.get("leads").await.json().as_array().unwrap().len(), 3);
}

async fn a_manager_changes_everyones_leads(app: TestApp) {
    let mara = app.api(MARA);
    let status = mara.status_id("Contacted").await;
    let id = create_lead(&mara, json!({"name": "Radu's", "owner": 3})).await;
    for write in writes(status).into_iter().chain(managing()) {
        let shown = format!("{write:?}");
        let answered = ask(&mara, id, write).await;
        assert!((200..300).contains(&answered), "{shown}: {answered}");
    }
    assert_eq!(read_lead(&mara, id).await["owner"], 2);
}

async fn a_viewer_reads_and_nothing_else(app: TestApp) {
    let (alice, vera) = (app.api(ALICE), app.api(VERA));
    let id = create_lead(&alice, json!({"name": "Ana", "owner": 4})).await;
    for path in [
        "leads".to_owned(),
        "leads?page=1".to_owned(),
        "leads/search/ana".to_owned(),
        format!("leads/{id}"),
        format!("leads/{id}/visits"),
        format!("leads/{id}/notes"),
    ] {
        assert_eq!(vera.get(&path).await.status, 200, "{path}");
    }
    let status = alice.status_id("Contacted").await;
    for write in writes(status).into_iter().chain(managing()) {
        let shown = format!("{write:?}");
        assert_eq!(ask(&vera, id, write).await, 403, "{shown}");
    }
    let made = vera.post("leads", json!({"name": "Mine"})).await;
    assert_eq!(made.status, 403);
    assert_eq!(read_lead(&alice, id).await["version"], 1);
}

async fn only_those_who_manage_leads_back_date_moves(app: TestApp) {
    let (radu, mara) = (app.api(RADU), app.api(MARA));
    let id = create_lead(&radu, json!({"name": "Ana"})).await;
    app.clock.advance(86_400);
    let at = app.clock.now().plus_seconds(-3_600).rfc3339();
    let body = json!({"status": mara.status_id("Contacted").await, "entered_at": at});
    let path = format!("leads/{id}/status");
    let refused = radu.post(&path, body.clone()).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert_eq!(mara.post(&path, body).await.status, 200);
    assert_eq!(read_lead(&radu, id).await["status_since"], at);
    assert_eq!(
        move_to(&radu, id, mara.status_id("New").await).await.status,
        200
    );
}
