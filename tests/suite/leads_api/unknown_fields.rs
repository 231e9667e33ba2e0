//! No call that writes succeeds silently with a field that it doesn't know: it names the field, or refuses.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::{create_lead, create_named_lead, move_to, read_lead, visits, warnings};
use crate::generated_clients::import_one;
use crate::support::{ALICE, Answer, Api, TestApp};

both!(
    every_call_that_writes_names_or_refuses_a_field_that_it_does_not_know,
    every_call_that_writes_or_lists_refuses_a_parameter_that_it_does_not_know,
    deleting_takes_no_body_of_any_type,
    a_move_saves_fields_as_an_update_does_and_names_the_others,
    a_rule_with_an_unknown_member_is_refused,
);

/// The field that no call knows.
const UNKNOWN: &str = "shoe_size";

/// What the calls are about: a lead that was moved, one in the bin, and a status without leads.
struct Subject {
    lead: i64,
    visit: i64,
    deleted: i64,
    status: i64,
    target: i64,
    order: Vec<i64>,
    /// The newest change, an import.
    change: i64,
}

impl Subject {
    async fn new(api: &Api, name: &str) -> Subject {
        let changes = api.get("changes").await.json();
        let lead = create_named_lead(api, name).await;
        let deleted = create_named_lead(api, name).await;
        let target = api.status_id("Contacted").await;
        let path = format!("lead_statuses/{target}");
        let handoff = match name.starts_with("answer_offer") {
            true => json!({"to": "manager", "within_hours": 24}),
            false => Value::Null,
        };
        let set = api.put(&path, json!({"handoff": handoff})).await;
        assert_eq!(set.status, 200, "{}", set.text());
        assert_eq!(move_to(api, lead, target).await.status, 200);
        let moved = visits(api, lead).await;
        assert_eq!(api.delete(&format!("leads/{deleted}")).await.status, 200);
        let status = api.create_status(name).await;
        let order = api.statuses().await;
        Subject {
            lead,
            visit: moved[1]["id"].as_i64().unwrap(),
            deleted,
            status,
            target: api.status_id("Qualified").await,
            change: changes[0]["id"].as_i64().expect("an import"),
            order: order
                .iter()
                .map(|status| status["id"].as_i64().unwrap())
                .collect(),
        }
    }

    /// The path of an operation with the ids of this subject, and the body that it takes.
    fn call(&self, operation: &str, path: &str) -> (String, Value) {
        let body = match operation {
            "create_lead" => json!({"name": "Ana"}),
            "update_lead" => json!({"company": "Acme"}),
            "move_lead" => json!({"status": self.target}),
            "pause_lead" => json!({"until": "2033-06-01", "reason": "Budget"}),
            "answer_offer" => json!({"answer": "accept"}),
            "create_note" => json!({"note": "Met at the fair."}),
            "create_lead_status" => json!({"name": format!("Also {}", self.status)}),
            "update_lead_status" => json!({"target_days": 3}),
            "order_lead_statuses" => json!({"ids": self.order}),
            "undo_change"
            | "restore_lead"
            | "void_visit"
            | "delete_lead"
            | "delete_lead_also"
            | "delete_lead_status"
            | "delete_lead_status_also" => json!({}),
            other => panic!("say here what {other} takes"),
        };
        let id = match path {
            path if path.contains("lead_statuses") => self.status,
            path if path.contains("changes") => self.change,
            path if path.ends_with("/restore") => self.deleted,
            _ => self.lead,
        };
        let path = path.replace("{id}", &id.to_string());
        let path = path.replace("{visit}", &self.visit.to_string());
        (path.trim_start_matches("/api/").to_owned(), body)
    }
}

/// Method, path and name of every operation of the document.
async fn operations(app: &TestApp) -> Vec<(Method, String, String)> {
    let document = app.visitor().get("/api/openapi.json").await.answer.json();
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, calls)| {
        let calls = calls.as_object().unwrap().iter();
        calls.map(move |(method, call)| {
            let method = method.to_uppercase().parse().unwrap();
            let name = call["operationId"].as_str().unwrap();
            (method, path.clone(), name.to_owned())
        })
    });
    operations.collect()
}

fn is_named(answer: &Answer) -> bool {
    let body = answer.json();
    match answer.status {
        200 | 201 => warnings(&body).iter().any(|text| text.contains(UNKNOWN)),
        422 => body["errors"][UNKNOWN].is_array(),
        _ => false,
    }
}

/// A body as a form: a list is a repeated field.
fn pairs(body: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
    let fields = body.as_object().unwrap().iter();
    let pairs = fields.flat_map(|(name, value)| {
        let values = value.as_array().cloned().unwrap_or(vec![value.clone()]);
        let pair = |value: &Value| (name.clone(), text(value));
        values.iter().map(pair).collect::<Vec<_>>()
    });
    pairs.collect()
}

async fn every_call_that_writes_names_or_refuses_a_field_that_it_does_not_know(app: TestApp) {
    let api = app.api(ALICE);
    import_one(&app);
    for (method, path, name) in operations(&app).await {
        if method == Method::GET {
            continue;
        }
        for encoding in ["json", "form"] {
            let subject = Subject::new(&api, &format!("{name} {encoding}")).await;
            let (path, mut body) = subject.call(&name, &path);
            body[UNKNOWN] = json!(44);
            let call = api.request(method.clone(), &path);
            let call: RequestBuilder = match encoding {
                "json" => call.json(&body),
                _ => call.form(&pairs(&body)),
            };
            let answer = api.send(call).await;
            assert!(
                is_named(&answer),
                "{name} as {encoding}: {} {}",
                answer.status,
                answer.text()
            );
            if method == Method::DELETE {
                assert_eq!(
                    api.get(&path.replace("delete/", "")).await.status,
                    200,
                    "still there"
                );
            }
        }
    }
}

async fn every_call_that_writes_or_lists_refuses_a_parameter_that_it_does_not_know(app: TestApp) {
    let api = app.api(ALICE);
    import_one(&app);
    for (method, path, name) in operations(&app).await {
        if ["get_lead", "get_lead_status"].contains(&name.as_str()) {
            continue;
        }
        let subject = Subject::new(&api, &name).await;
        let (path, body) = match method {
            Method::GET => {
                let (path, body) = subject.call("delete_lead", &path);
                (path.replace("{term}", "ana"), body)
            }
            _ => subject.call(&name, &path),
        };
        let call = api.request(method.clone(), &format!("{path}?{UNKNOWN}=44"));
        let call = if method == Method::GET {
            call
        } else {
            call.json(&body)
        };
        let answer = api.send(call).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert!(is_named(&answer), "{name}: {}", answer.text());
    }
}

async fn deleting_takes_no_body_of_any_type(app: TestApp) {
    let api = app.api(ALICE);
    for kind in ["application/json", "text/plain", "multipart/form-data"] {
        let id = create_named_lead(&api, kind).await;
        let call = api.request(Method::DELETE, &format!("leads/{id}"));
        let answer = api.send(call.header("content-type", kind)).await;
        assert_eq!(answer.status, 200, "{kind}: {}", answer.text());
    }
}

async fn a_move_saves_fields_as_an_update_does_and_names_the_others(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_lead(&api, json!({"name": "Ana"})).await;
    let fields = json!({
        "phonenumber": "0721", "lead_value": 12, "city": "Iași", "extra": {"floor": 3},
        "custom_fields": {"size": "L"}, "shoe_size": 44, "description": "Hello", "lost": true,
    });
    let sent = json!({"status": api.status_id("Contacted").await, "fields": fields});
    let path = format!("leads/{id}/status");
    for path in [format!("{path}?dry_run=1"), path] {
        let moved = api.post(&path, sent.clone()).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
        let named = moved.json();
        let named = warnings(&named);
        assert_eq!(named.len(), 3, "{named:?}");
        for name in ["shoe_size", "description", "lost"] {
            assert!(
                named.iter().any(|text| text.contains(name)),
                "{name}: {named:?}"
            );
        }
    }
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["phone"], &lead["value"]),
        (&json!("0721"), &json!(12.0))
    );
    assert_eq!(
        lead["extra"],
        json!({"city": "Iași", "floor": 3, "size": "L"})
    );
}

async fn a_rule_with_an_unknown_member_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let rule = json!({"type": "confirm", "level": "block", "text": "Called", "shoe_size": 44});
    let path = format!("lead_statuses/{}", api.status_id("Qualified").await);
    let answer = api.put(&path, json!({"entry_rules": [rule]})).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("shoe_size"), "{}", answer.text());
    assert_eq!(api.status("Qualified").await["entry_rules"], json!([]));
}
