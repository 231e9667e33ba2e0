//! Reading very many leads: in one answer, and page by page.

use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::Timestamp;
use lead_statuses::db::Conn;
use lead_statuses::leads::actions::changes;
use lead_statuses::leads::domain::text::TextLine;
use lead_statuses::leads::{LeadFields, NewLead};
use reqwest::Method;
use serde_json::Value;

use super::create_named_lead;
use crate::support::{ALICE, Api, TestApp};

both!(
    a_long_list_is_sent_in_chunks_and_complete,
    paging_lists_every_lead_once,
    a_cursor_of_another_list_is_refused,
);

/// More leads than the server reads in two chunks.
const MANY: usize = 1_201;

/// Leads in the first status, several in each second, written straight into the database.
async fn insert_many(app: &TestApp) -> Api {
    let api = app.api(ALICE);
    let (status_id, now) = (api.status_id("New").await, app.clock.now());
    // In chunks: one transaction of all exceeds its deadline on a slow machine.
    for first in (0..MANY).step_by(100) {
        let numbers = first..MANY.min(first + 100);
        let make = move |conn: &mut Conn| {
            let new = numbers.clone().map(|number| new(number, status_id, now));
            for new in new {
                changes::insert(conn, &Actor::program(Channel::Import, now), &new)?;
            }
            Ok(())
        };
        app.db.write(make).await.unwrap();
    }
    api
}

fn new(number: usize, status_id: i64, now: Timestamp) -> NewLead {
    let at = now.plus_seconds(-(number as i64 / 7));
    let name = format!("Lead {}", number % 100);
    NewLead {
        fields: LeadFields::with_name(TextLine::parse(&name).unwrap()),
        status_id,
        channel: Channel::Import,
        entered_at: at,
        created_at: at,
        reason: Default::default(),
        entry: Default::default(),
        offer: None,
    }
}

fn ids(list: &Value) -> Vec<i64> {
    let list = list.as_array().expect("a list").iter();
    list.map(|lead| lead["id"].as_i64().expect("an id"))
        .collect()
}

fn assert_each_once(mut found: Vec<i64>) {
    assert_eq!(found.len(), MANY);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), MANY, "a lead came twice");
}

async fn a_long_list_is_sent_in_chunks_and_complete(app: TestApp) {
    let api = insert_many(&app).await;
    for query in [
        "",
        "sort=name",
        "sort=-age",
        "status=1&owner=none",
        "q=lead",
    ] {
        let answer = api.get(&format!("leads?{query}")).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "application/json")
        );
        assert_eq!(
            answer.header("content-length"),
            "",
            "its length is not known"
        );
        let list = answer.json();
        assert_each_once(ids(&list));
        if query.is_empty() {
            let times: Vec<&str> = list
                .as_array()
                .unwrap()
                .iter()
                .map(|lead| lead["created_at"].as_str().unwrap())
                .collect();
            assert!(times.is_sorted_by(|a, b| a >= b), "the newest first");
        }
    }
    let head = api.send(api.request(Method::HEAD, "leads")).await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    let few = api.get("leads?q=lead%2099").await;
    assert_eq!(ids(&few.json()).len(), MANY / 100);
    assert_ne!(few.header("content-length"), "");
}

async fn paging_lists_every_lead_once(app: TestApp) {
    let api = insert_many(&app).await;
    for sort in ["", "sort=name", "sort=-value"] {
        let mut found = Vec::new();
        let mut answer = api.get(&format!("leads?{sort}&per_page=100")).await.json();
        let by_number = |page| {
            let path = format!("leads?{sort}&per_page=100&page={page}");
            let api = api.clone();
            async move { api.get(&path).await.json()["data"].take() }
        };
        for page in 1.. {
            let meta = answer["meta"].take();
            assert_eq!(meta["page"], page);
            found.extend(ids(&answer["data"]));
            if [1, 2, 12, 13].contains(&page) {
                assert_eq!(answer["data"], by_number(page).await, "{sort} {page}");
            }
            let Some(next) = meta["next"].as_str() else {
                assert_eq!(meta["has_more"], false);
                break;
            };
            assert_eq!(meta["has_more"], true);
            let request = api.request(Method::GET, &format!("leads?{sort}"));
            let request = request.query(&[("per_page", "100"), ("after", next)]);
            answer = api.send(request).await.json();
            assert_eq!(answer["meta"]["total"], Value::Null, "nobody counts");
        }
        assert_each_once(found);
    }
}

async fn a_cursor_of_another_list_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    for name in ["Ana", "Bogdan"] {
        create_named_lead(&api, name).await;
    }
    let first = api.get("leads?per_page=1").await.json();
    let next = first["meta"]["next"].as_str().unwrap();
    for query in [
        format!("sort=name&after={next}"),
        "after=nonsense".into(),
        "after=-created_at~1~%00~1".into(),
        "sort=name&after=name~1~%00~1".into(),
    ] {
        let answer = api.get(&format!("leads?{query}")).await;
        super::assert_refused(&answer, 422, "after");
    }
    // After the last page there is an empty one, not the last one again.
    let all = api.get("leads").await.json();
    let last = all[1]["id"].as_i64().unwrap();
    assert_eq!(api.delete(&format!("leads/{last}")).await.status, 200);
    let rest = api.get(&format!("leads?per_page=1&after={next}")).await;
    assert_eq!(
        rest.json()["data"],
        serde_json::json!([]),
        "{}",
        rest.text()
    );
    assert_eq!(rest.json()["meta"]["has_more"], false);
}
