//! What other systems know of a lead beside our fields.

use reqwest::Method;
use serde_json::{Value, json};

use super::{create_lead, read_lead, warnings};
use crate::exchange::assert_sound;
use crate::support::{ALICE, TestApp};

both!(
    extra_fields_are_kept_as_they_were_sent,
    extra_fields_that_cannot_be_kept_are_refused,
    the_check_agrees_with_the_search_index_about_long_leads,
    owners_sources_and_extra_fields_are_listed,
    extra_fields_are_shown_edited_found_exported_and_imported,
);

async fn extra_fields_are_kept_as_they_were_sent(app: TestApp) {
    let api = app.api(ALICE);
    let made = api
        .post(
            "leads",
            json!({
                "name": "Ana", "title": "CTO", "website": "https://a.example", "address": "Main 1",
                "city": "Iași", "state": "IS", "zip": "700001", "country": "RO", "tags": ["a", "b"],
                "custom_fields": {"leads": {"3": "blue"}}, "extra": {"employees": 12}
            }),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert!(warnings(&made.json()).is_empty(), "{}", made.text());
    let id = made.json()["record_id"].as_i64().unwrap();
    let kept = json!({
        "title": "CTO", "website": "https://a.example", "address": "Main 1", "city": "Iași",
        "state": "IS", "zip": "700001", "country": "RO", "tags": ["a", "b"], "3": "blue",
        "employees": 12
    });
    assert_eq!(read_lead(&api, id).await["extra"], kept);
    let form = [
        ("tags[]", "c"),
        ("tags[]", "d"),
        ("custom_fields[leads][3]", "red"),
        ("zip", ""),
    ];
    let request = api.request(Method::PUT, &format!("leads/{id}"));
    let changed = api.send(request.form(&form)).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert!(warnings(&changed.json()).is_empty(), "{}", changed.text());
    let extra = read_lead(&api, id).await["extra"].clone();
    assert_eq!(
        (&extra["tags"], &extra["3"]),
        (&json!(["c", "d"]), &json!("red"))
    );
    assert_eq!(
        (&extra["zip"], &extra["title"]),
        (&Value::Null, &json!("CTO"))
    );
    let list = json!({"custom_fields": [{"name": "size", "value": 4}]});
    assert_eq!(api.put(&format!("leads/{id}"), list).await.status, 200);
    assert_eq!(read_lead(&api, id).await["extra"]["size"], 4);
    let cleared = api
        .put(&format!("leads/{id}"), json!({"extra": null}))
        .await;
    assert_eq!(cleared.status, 200, "{}", cleared.text());
    assert_eq!(read_lead(&api, id).await["extra"], json!({}));
}

async fn extra_fields_that_cannot_be_kept_are_refused(app: TestApp) {
    let api = app.api(ALICE);
    for refused in [
        json!({"extra": "x"}),
        json!({"extra": [1]}),
        json!({"extra": {"": 1}}),
        json!({"extra": {"a": "\u{0}"}}),
        json!({"extra": {"a": {"\u{0}": ["b"]}}}),
        json!({"website": "x".repeat(20_001)}),
        json!({"custom_fields": "x"}),
        json!({"custom_fields": [{"value": 4}]}),
    ] {
        let mut body = refused.clone();
        body["name"] = json!("Ana");
        let answer = api.post("leads", body).await;
        assert!(
            [400, 422].contains(&answer.status),
            "{refused}: {}",
            answer.text()
        );
    }
    assert_eq!(api.get("leads").await.json(), json!([]));
}

async fn owners_sources_and_extra_fields_are_listed(app: TestApp) {
    let api = app.api(ALICE);
    assert_eq!(api.get("custom_fields/leads").await.json(), json!([]));
    create_lead(
        &api,
        json!({"name": "Ana", "source": "Web", "city": "Cluj", "extra": {"size": 1}}),
    )
    .await;
    let staff = api.get("staffs").await.json();
    let radu = staff
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["firstname"] == "Radu");
    let radu = radu.unwrap_or_else(|| panic!("{staff}"));
    assert!(
        radu["staffid"].is_i64() && radu["email"] == "radu@example.com",
        "{radu}"
    );
    assert_eq!(
        api.get("lead_sources").await.json(),
        json!([{"id": "Web", "name": "Web"}])
    );
    let fields = json!([{"id": "city", "name": "city"}, {"id": "size", "name": "size"}]);
    assert_eq!(api.get("custom_fields/leads").await.json(), fields);
}

async fn extra_fields_are_shown_edited_found_exported_and_imported(app: TestApp) {
    let (api, browser) = (app.api(ALICE), app.signed_in(ALICE).await);
    let sent = json!({"name": "Ana", "external_ref": "X-1", "city": "Iași", "tags": ["a", "b"], "extra": {"size": 12}});
    let id = create_lead(&api, sent).await;
    let page = browser.get(&format!("/admin/leads/{id}")).await;
    for shown in ["City", "Iași", "Tags", "a, b", "size", "12"] {
        assert!(page.text().contains(shown), "{shown}: {}", page.text());
    }
    for found in ["iasi", "iaș", "ana 12"] {
        let leads = api.get(&format!("leads/search?q={found}")).await.json();
        assert_eq!(leads.as_array().map(Vec::len), Some(1), "{found}");
    }
    let edit = browser.get(&format!("/admin/leads/{id}/edit")).await;
    let typed = [
        ("extra.city", "Cluj"),
        ("extra.website", "https://a.example"),
    ];
    let form = format!("form[action='/admin/leads/{id}']");
    let saved = browser.submit(&edit, &form, &typed).await;
    assert_eq!(saved.status, 303, "{saved:?}");
    let kept =
        json!({"city": "Cluj", "website": "https://a.example", "tags": ["a", "b"], "size": 12});
    assert_eq!(
        read_lead(&api, id).await["extra"],
        kept,
        "a list stays a list"
    );
    let csv = app.program(&["export", "leads", "--format", "csv"], "");
    let csv = String::from_utf8(csv.stdout).unwrap();
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .ends_with(",created_at,extra_fields"),
        "{csv}"
    );
    let changed = api
        .put(&format!("leads/{id}"), json!({"extra": null}))
        .await;
    assert_eq!(changed.status, 200);
    std::fs::write(app.dir().join("leads.csv"), &csv).unwrap();
    let imported = app.program(&["import", "leads", "leads.csv"], "");
    assert!(imported.status.success(), "{imported:?}");
    assert_eq!(read_lead(&api, id).await["extra"], kept);
}

async fn the_check_agrees_with_the_search_index_about_long_leads(app: TestApp) {
    let api = app.api(ALICE);
    for length in [100, 200, 16_300, 16_500, 19_000] {
        let body = json!({"name": "Ana", "extra": {"notes": "x".repeat(length)}});
        create_lead(&api, body).await;
    }
    assert_sound(&app);
}
