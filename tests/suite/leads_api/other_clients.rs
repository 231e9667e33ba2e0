//! What clients of this family of APIs send: each value is saved, or named.

use reqwest::Method;
use serde_json::{Value, json};

use super::{create_lead, create_named_lead, read_lead, visits, warnings};
use crate::support::{ALICE, Api, MARA, RADU, TestApp};

both!(
    other_names_of_fields_are_saved_and_answered,
    our_name_of_a_field_counts_where_both_are_sent,
    no_owner_is_zero_and_an_unknown_one_is_refused,
    the_day_of_creation_comes_from_those_who_manage_leads,
    a_description_is_a_note,
    a_lead_is_closed_by_a_flag_where_one_status_fits,
    fields_that_are_not_saved_are_named,
    a_lead_can_be_sent_back_as_it_was_read,
    a_list_is_read_by_limit_and_offset,
    leads_are_filtered_by_the_instant_of_their_creation,
    an_unknown_parameter_of_a_list_is_refused,
    a_search_takes_its_term_as_a_parameter_too,
);

async fn last_note(api: &Api, id: i64) -> (usize, Value) {
    let notes = api.get(&format!("leads/{id}/notes")).await.json();
    let notes = notes.as_array().unwrap();
    (notes.len(), notes.first().cloned().unwrap_or_default())
}

async fn other_names_of_fields_are_saved_and_answered(app: TestApp) {
    let api = app.api(ALICE);
    let sent = json!({
        "name": "Ana", "phonenumber": "+40 722 123 456", "lead_value": "1054.50", "assigned": "2",
        "source": "Web", "status": "2"
    });
    let made = api.post("leads", sent).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert!(warnings(&made.json()).is_empty(), "{}", made.text());
    let id = made.json()["record_id"].as_i64().unwrap();
    let lead = read_lead(&api, id).await;
    for (ours, theirs, value) in [
        ("phone", "phonenumber", json!("+40 722 123 456")),
        ("value", "lead_value", json!(1054.5)),
        ("owner", "assigned", json!(2)),
        ("source", "source_name", json!("Web")),
        ("created_at", "dateadded", lead["created_at"].clone()),
    ] {
        assert_eq!((&lead[ours], &lead[theirs]), (&value, &value), "{ours}");
    }
    let form = [("phonenumber", "0721"), ("assigned", "3")];
    let request = api.request(Method::PUT, &format!("leads/{id}"));
    let changed = api.send(request.form(&form)).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["phone"], &lead["owner"]),
        (&json!("0721"), &json!(3))
    );
}

async fn our_name_of_a_field_counts_where_both_are_sent(app: TestApp) {
    let api = app.api(ALICE);
    let sent =
        json!({"name": "Ana", "phone": "1", "phonenumber": "2", "value": 1, "lead_value": 2});
    let made = api.post("leads", sent).await.json();
    let lead = read_lead(&api, made["record_id"].as_i64().unwrap()).await;
    assert_eq!((&lead["phone"], &lead["value"]), (&json!("1"), &json!(1.0)));
    let named = warnings(&made).join(" ");
    assert!(
        named.contains("phonenumber") && named.contains("lead_value"),
        "{made}"
    );
}

async fn no_owner_is_zero_and_an_unknown_one_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_lead(&api, json!({"name": "Ana", "assigned": 2})).await;
    for nobody in [json!("0"), json!(0), json!("")] {
        api.put(&format!("leads/{id}"), json!({"owner": 2})).await;
        let changed = api
            .put(&format!("leads/{id}"), json!({"assigned": nobody}))
            .await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(read_lead(&api, id).await["owner"], Value::Null);
    }
    for unknown in [json!("999"), json!("x"), json!(-1)] {
        let refused = api
            .put(&format!("leads/{id}"), json!({"assigned": unknown}))
            .await;
        assert_eq!(refused.status, 422, "{unknown}");
    }
    assert!(
        api.put(&format!("leads/{id}"), json!({"assigned": "x"}))
            .await
            .json()["errors"]["assigned"]
            .is_array()
    );
    let own = create_lead(&app.api(RADU), json!({"name": "Mine"})).await;
    let answer = app
        .api(RADU)
        .put(&format!("leads/{own}"), json!({"assigned": 1}))
        .await;
    assert_eq!(answer.status, 403);
}

async fn the_day_of_creation_comes_from_those_who_manage_leads(app: TestApp) {
    let api = app.api(MARA);
    for (sent, made) in [
        (json!({"dateadded": "2026-01-02"}), "2026-01-02T00:00:00Z"),
        (
            json!({"dateadded": "2026-01-02 10:20:30"}),
            "2026-01-02T10:20:30Z",
        ),
        (
            json!({"created_at": "2026-01-02T10:20:30+02:00"}),
            "2026-01-02T08:20:30Z",
        ),
    ] {
        let mut body = sent.clone();
        body["name"] = json!("Ana");
        let lead = read_lead(&api, create_lead(&api, body).await).await;
        assert_eq!(
            (&lead["created_at"], &lead["status_since"]),
            (&json!(made), &json!(made))
        );
    }
    for refused in ["2126-01-02", "02.01.2026", "yesterday"] {
        let answer = api
            .post("leads", json!({"name": "Ana", "dateadded": refused}))
            .await;
        assert_eq!(answer.status, 422, "{refused}");
        assert!(answer.json()["errors"]["dateadded"].is_array());
    }
    let by_rep = json!({"name": "Ana", "dateadded": "2026-01-02"});
    assert_eq!(app.api(RADU).post("leads", by_rep).await.status, 422);
    let id = create_named_lead(&api, "Ana").await;
    let read = read_lead(&api, id).await["created_at"].clone();
    let same = api
        .put(&format!("leads/{id}"), json!({"created_at": read}))
        .await;
    assert_eq!(same.status, 200, "{}", same.text());
    let other = json!({"dateadded": "2026-01-02"});
    assert_eq!(api.put(&format!("leads/{id}"), other).await.status, 422);
}

async fn a_description_is_a_note(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_lead(
        &api,
        json!({"name": "Ana", "description": "Met at the fair."}),
    )
    .await;
    let (count, note) = last_note(&api, id).await;
    assert_eq!((count, &note["note"]), (1, &json!("Met at the fair.")));
    for (sent, count, last) in [
        ("Met at the fair.", 1, "Met at the fair."),
        ("Asked for a call.", 2, "Asked for a call."),
        ("", 2, "Asked for a call."),
    ] {
        let changed = api
            .put(&format!("leads/{id}"), json!({"description": sent}))
            .await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(last_note(&api, id).await.0, count, "{sent}");
        assert_eq!(read_lead(&api, id).await["description"], last);
    }
    let long = json!({"description": "x".repeat(2_001)});
    assert_eq!(api.put(&format!("leads/{id}"), long).await.status, 422);
}

async fn a_lead_is_closed_by_a_flag_where_one_status_fits(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let lost = api.put(&format!("leads/{id}"), json!({"lost": 1})).await;
    assert_eq!(lost.status, 200, "{}", lost.text());
    assert_eq!(read_lead(&api, id).await["status_name"], "Lost");
    assert_eq!(visits(&api, id).await.len(), 2);
    let again = api.put(&format!("leads/{id}"), json!({"lost": "1"})).await;
    assert_eq!((again.status, visits(&api, id).await.len()), (200, 2));
    let none = api.put(&format!("leads/{id}"), json!({"junk": true})).await;
    assert_eq!(none.status, 422);
    assert!(none.json()["errors"]["junk"].is_array());
    let second = json!({"name": "Lost too", "color": "#ff0000", "kind": "lost"});
    assert_eq!(api.post("lead_statuses", second).await.status, 201);
    let several = api.post("leads", json!({"name": "B", "lost": 1})).await;
    assert_eq!(several.status, 422, "{}", several.text());
    let not = api
        .put(&format!("leads/{id}"), json!({"lost": 0, "junk": ""}))
        .await;
    assert_eq!(not.status, 200);
    assert_eq!(
        api.put(&format!("leads/{id}"), json!({"lost": "perhaps"}))
            .await
            .status,
        422
    );
}

async fn fields_that_are_not_saved_are_named(app: TestApp) {
    let api = app.api(ALICE);
    let made = api
        .post("leads", json!({"name": "Ana", "hue": "red", "id": 7}))
        .await
        .json();
    assert_eq!(warnings(&made).len(), 2, "{made}");
    let id = made["record_id"].as_i64().unwrap();
    let sent =
        json!({"company": "Acme", "hue": {"a": 1}, "status_name": "Won", "source_name": "Web"});
    let changed = api.put(&format!("leads/{id}"), sent).await.json();
    let named = warnings(&changed).join(" ");
    for name in ["hue", "status_name", "source_name"] {
        assert!(named.contains(name), "{changed}");
    }
    assert!(!named.contains("company"), "{changed}");
    let path = format!("lead_statuses/{}", api.status_id("Qualified").await);
    let sent = json!({"target_days": 3, "hue": "red", "lead_count": 9, "slug": "other"});
    let changed = api.put(&path, sent).await;
    assert_eq!(
        (changed.status, warnings(&changed.json()).len()),
        (200, 3),
        "{}",
        changed.text()
    );
    let sent = json!({"name": "New one", "color": "#ff0000", "kind": "open", "hue": "red"});
    let made = api.post("lead_statuses", sent).await;
    assert_eq!(
        (made.status, warnings(&made.json()).len()),
        (201, 1),
        "{}",
        made.text()
    );
}

async fn a_lead_can_be_sent_back_as_it_was_read(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_lead(
        &api,
        json!({"name": "Ana", "value": 1054.5, "owner": 2, "tags": ["a"], "description": "Hi"}),
    )
    .await;
    let read = read_lead(&api, id).await;
    let changed = api.put(&format!("leads/{id}"), read.clone()).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert!(warnings(&changed.json()).is_empty(), "{}", changed.text());
    assert_eq!(read_lead(&api, id).await, read, "nothing changed");
    let status = api.status("Qualified").await;
    let path = format!("lead_statuses/{}", status["id"]);
    let changed = api.put(&path, status.clone()).await;
    assert!(warnings(&changed.json()).is_empty(), "{}", changed.text());
    assert_eq!(api.status("Qualified").await, status);
}

async fn a_list_is_read_by_limit_and_offset(app: TestApp) {
    let api = app.api(ALICE);
    for number in 0..7 {
        create_named_lead(&api, &format!("Lead {number}")).await;
    }
    let mut names = Vec::new();
    for offset in [0, 3, 6, 9] {
        let page = api
            .get(&format!("leads?sort=name&limit=3&offset={offset}"))
            .await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        let rows = page["data"].as_array().unwrap();
        assert_eq!(page["meta"]["has_more"], json!(offset < 4), "{page}");
        assert_eq!(page["meta"]["total"], 7);
        names.extend(
            rows.iter()
                .map(|lead| lead["name"].as_str().unwrap().to_owned()),
        );
    }
    let all: Vec<String> = (0..7).map(|number| format!("Lead {number}")).collect();
    assert_eq!(names, all, "each once, and then none");
    let two = api.get("leads?sort=name&limit=2&offset=1").await.json();
    assert_eq!(two["data"][0]["name"], "Lead 1");
    for refused in [
        "limit=0",
        "limit=x",
        "limit=1001",
        "limit=3&offset=-1",
        "offset=x",
    ] {
        assert_eq!(
            api.get(&format!("leads?{refused}")).await.status,
            422,
            "{refused}"
        );
    }
}

async fn leads_are_filtered_by_the_instant_of_their_creation(app: TestApp) {
    let api = app.api(MARA);
    for (name, day) in [
        ("Old", "2026-01-02"),
        ("Newer", "2026-01-03"),
        ("New", "2026-01-04"),
    ] {
        create_lead(
            &api,
            json!({"name": name, "created_at": day, "assigned": 2}),
        )
        .await;
    }
    create_lead(
        &api,
        json!({"name": "Other", "created_at": "2026-01-03", "assigned": 3}),
    )
    .await;
    for (query, expected) in [
        ("created_after=2026-01-03", &["Newer", "New", "Other"][..]),
        ("created_after=2026-01-03T00:00:01Z", &["New"]),
        ("created_before=2026-01-03", &["Old"]),
        (
            "created_after=2026-01-02%2012:00:00&created_before=2026-01-04",
            &["Newer", "Other"],
        ),
        ("created_after=2026-01-03&assigned=2", &["Newer", "New"]),
        ("created_after=2026-01-03&created_from=2026-01-04", &["New"]),
    ] {
        let answer = api.get(&format!("leads?{query}")).await.json();
        let mut names: Vec<&str> = answer
            .as_array()
            .unwrap()
            .iter()
            .map(|lead| lead["name"].as_str().unwrap())
            .collect();
        let mut expected = expected.to_vec();
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected, "{query}");
        let paged = api.get(&format!("leads?{query}&limit=10")).await.json();
        assert_eq!(paged["meta"]["total"], expected.len(), "{query}");
    }
    for refused in ["created_after=x", "created_before=01.02.2026"] {
        assert_eq!(
            api.get(&format!("leads?{refused}")).await.status,
            422,
            "{refused}"
        );
    }
    let browser = app.signed_in(MARA).await;
    let list = browser.get("/admin/leads?created_after=2026-01-04").await;
    assert!(
        list.text().contains("Created from") && !list.text().contains("Newer"),
        "{}",
        list.text()
    );
}

async fn an_unknown_parameter_of_a_list_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    for path in [
        "leads",
        "leads/search/ana",
        "leads/search?q=ana",
        "lead_statuses",
        "staffs",
        "lead_sources",
        "custom_fields/leads",
    ] {
        let separator = if path.contains('?') { '&' } else { '?' };
        let refused = api.get(&format!("{path}{separator}colour=red")).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(
            refused.json()["errors"]["colour"].is_array(),
            "{}",
            refused.text()
        );
    }
}

async fn a_search_takes_its_term_as_a_parameter_too(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ioana").await;
    let answer = api.get("leads/search?q=ioana").await.json();
    assert_eq!(answer[0]["id"], id);
    let none = api.get("leads/search?q=nobody").await;
    assert_eq!((none.status, none.json()), (200, json!([])));
    for blank in ["leads/search", "leads/search?q=%20"] {
        assert_eq!(api.get(blank).await.status, 422, "{blank}");
    }
}
