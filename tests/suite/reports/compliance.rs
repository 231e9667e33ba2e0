//! Compliance: the leads that meet the rules of their status now.

use serde_json::{Value, json};

use super::{of_status, report};
use crate::support::{ALICE, Api, TestApp};

both!(
    leads_are_judged_as_they_are_now,
    moves_and_overrides_are_counted_by_rule_and_period,
);

const RULES: &str = r#"{"entry_rules": [
    {"id": 1, "type": "field", "field": "email", "op": "set", "text": "E-mail is known"},
    {"id": 2, "type": "confirm", "text": "We spoke"},
    {"id": 3, "type": "field", "field": "value", "op": "at_least", "value": 500, "currency": "EUR", "level": "warn", "text": "Worth it"},
    {"id": 4, "type": "field", "field": "source", "op": "one_of", "value": ["WEB", "Fair"], "text": "Known source"}]}"#;

async fn create_ruled_status(api: &Api) -> i64 {
    let id = api.create_status("Gated").await;
    let done = api
        .put(
            &format!("lead_statuses/{id}"),
            serde_json::from_str(RULES).unwrap(),
        )
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    id
}

/// A lead with these fields that enters the status; returns its id.
async fn enter(api: &Api, status: i64, name: &str, fields: Value, answers: Value) -> i64 {
    let mut body = json!({"name": name, "status": status});
    for part in [fields, answers] {
        for (key, value) in part.as_object().unwrap() {
            body[key] = value.clone();
        }
    }
    let made = api.post("leads", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()["record_id"].as_i64().unwrap()
}

fn rule_figures(figures: &Value, id: i64) -> (i64, i64, i64) {
    let rules = figures["rules"].as_array().unwrap().iter();
    let rule = rules.clone().find(|rule| rule["rule"] == id).unwrap();
    let number = |name: &str| rule[name].as_i64().unwrap();
    (number("meeting"), number("moves"), number("overrides"))
}

async fn leads_are_judged_as_they_are_now(app: TestApp) {
    let api = app.api(ALICE);
    let status = create_ruled_status(&api).await;
    let full = json!({"email": "a@b.ro", "source": "web", "value": 700});
    let first = enter(
        &api,
        status,
        "Full",
        full.clone(),
        json!({"confirmed": [2]}),
    )
    .await;
    enter(
        &api,
        status,
        "Poor",
        json!({"email": "a@b.ro", "source": "web"}),
        json!({"confirmed": [2]}),
    )
    .await;
    let overridden = json!({"override": true, "override_reason": "The board asked"});
    let third = enter(&api, status, "Bare", json!({}), overridden).await;
    let figures = report(&api, "compliance").await;
    let of = of_status(&figures, status);
    assert_eq!((&of["leads"], &of["meeting"]), (&json!(3), &json!(2)));
    assert!((of["share"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(rule_figures(of, 1), (2, 3, 1));
    assert_eq!(rule_figures(of, 2), (2, 3, 1));
    assert_eq!(rule_figures(of, 3), (1, 3, 0));
    assert_eq!(rule_figures(of, 4), (2, 3, 1));
    // A field is judged as it is now, a confirmation as it was given.
    api.put(&format!("leads/{first}"), json!({"email": ""}))
        .await;
    api.put(&format!("leads/{third}"), full).await;
    let figures = report(&api, "compliance").await;
    let of = of_status(&figures, status);
    assert_eq!(
        (rule_figures(of, 1).0, rule_figures(of, 2).0, &of["meeting"]),
        (2, 2, &json!(1))
    );
    let browser = app.signed_in(ALICE).await;
    let page = browser.get("/admin/reports/compliance").await;
    let link = format!("a[href='/admin/reports/compliance/{status}']");
    assert_eq!(page.texts(&link), ["2 leads don’t"]);
    let failing = browser
        .get(&format!("/admin/reports/compliance/{status}"))
        .await;
    let rows = failing.texts("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].contains("Full") && rows[0].contains("E-mail is known"));
    assert!(rows[1].contains("Bare") && rows[1].contains("We spoke"));
    let new = of_status(&figures, api.status_id("New").await);
    assert_eq!((&new["rules"], &new["share"]), (&json!([]), &json!(null)));
}

async fn moves_and_overrides_are_counted_by_rule_and_period(app: TestApp) {
    let api = app.api(ALICE);
    let status = create_ruled_status(&api).await;
    let answers = json!({"override": true, "override_reason": "The board asked"});
    enter(&api, status, "Before", json!({}), answers.clone()).await;
    app.clock.advance(3 * 86_400);
    enter(&api, status, "Within", json!({}), answers).await;
    let today = app.clock.now().rfc3339()[..10].to_owned();
    let figures = report(&api, &format!("compliance?from={today}")).await;
    assert_eq!(rule_figures(of_status(&figures, status), 1), (0, 1, 1));
    let figures = report(&api, "compliance").await;
    assert_eq!(rule_figures(of_status(&figures, status), 1), (0, 2, 2));
    // A rule that came later judged none of them.
    let mut rules: Value = serde_json::from_str(RULES).unwrap();
    let later = json!({"type": "evidence", "text": "Link"});
    rules["entry_rules"].as_array_mut().unwrap().push(later);
    api.put(&format!("lead_statuses/{status}"), rules).await;
    let figures = report(&api, "compliance").await;
    assert_eq!(rule_figures(of_status(&figures, status), 5), (0, 0, 0));
    assert_eq!(api.get("reports/compliance?from=never").await.status, 422);
}
