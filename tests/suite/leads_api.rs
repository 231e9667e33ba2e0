//! The calls about leads.

pub mod concurrency;
mod dry_run;
mod extra_fields;
mod hostile;
mod lists;
mod locking;
mod moving;
mod other_clients;
mod pagination;
mod reading;
mod rights;
mod unknown_fields;
mod writing;

use serde_json::{Value, json};

use crate::support::{Answer, Api};

/// Creates a lead; returns its id.
async fn create_lead(api: &Api, body: Value) -> i64 {
    let made = api.post("leads", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()["record_id"].as_i64().expect("an id")
}

/// Creates a lead with only a name.
async fn create_named_lead(api: &Api, name: &str) -> i64 {
    create_lead(api, json!({"name": name})).await
}

async fn read_lead(api: &Api, id: i64) -> Value {
    let answer = api.get(&format!("leads/{id}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// The sentences about what was not saved.
fn warnings(answer: &Value) -> Vec<&str> {
    let warnings = answer["warnings"].as_array();
    let texts = warnings.into_iter().flatten();
    texts.filter_map(Value::as_str).collect()
}

async fn visits(api: &Api, id: i64) -> Vec<Value> {
    let answer = api.get(&format!("leads/{id}/visits")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json().as_array().expect("a list").clone()
}

async fn move_to(api: &Api, id: i64, status: i64) -> Answer {
    let body = json!({"status": status});
    api.post(&format!("leads/{id}/status"), body).await
}

/// The names of a list of leads, in its order.
fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|lead| lead["name"].as_str().expect("a name"))
        .collect()
}

/// A 422 answer with a message at `field`.
fn assert_refused(answer: &Answer, status: u16, field: &str) {
    assert_eq!(answer.status, status, "{field}: {}", answer.text());
    let reply = answer.json();
    assert_eq!(reply["status"], false, "{reply}");
    let shown = reply["errors"][field].as_array();
    let shown = shown.unwrap_or_else(|| panic!("nothing at {field}: {reply}"));
    assert!(shown.len() == 1 && shown[0].as_str().is_some_and(|text| text.len() > 5));
}

/// The fields of an object, sorted.
fn fields(of: &Value) -> Vec<&str> {
    let mut fields: Vec<&str> = of
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    fields
}
