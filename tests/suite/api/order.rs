//! The order of the pipeline as one call.

use serde_json::{Value, json};

use crate::support::{ALICE, Answer, Api, TestApp};

both!(
    the_position_of_a_status_can_be_sent,
    the_whole_order_is_one_call,
    a_stale_order_is_refused_with_the_current_one,
    an_order_that_is_not_the_pipeline_is_refused,
);

async fn ids(api: &Api) -> Vec<i64> {
    api.statuses()
        .await
        .iter()
        .map(|one| one["id"].as_i64().unwrap())
        .collect()
}

async fn put(api: &Api, body: Value) -> Answer {
    api.put("lead_statuses/order", body).await
}

async fn the_whole_order_is_one_call(app: TestApp) {
    let api = app.api(ALICE);
    let before = ids(&api).await;
    let turned: Vec<i64> = before.iter().rev().copied().collect();
    let answer = put(&api, json!({"ids": turned, "expect": before})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(ids(&api).await, turned);
    let positions: Vec<i64> = api
        .statuses()
        .await
        .iter()
        .map(|one| one["statusorder"].as_i64().unwrap())
        .collect();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
    let words: Vec<String> = before.iter().map(i64::to_string).collect();
    let pairs: Vec<(&str, &str)> = words.iter().map(|id| ("ids[]", id.as_str())).collect();
    let by_form = api
        .send(
            api.request(reqwest::Method::PUT, "lead_statuses/order")
                .form(&pairs),
        )
        .await;
    assert!([200, 422].contains(&by_form.status), "{}", by_form.text());
}

async fn a_stale_order_is_refused_with_the_current_one(app: TestApp) {
    let api = app.api(ALICE);
    let before = ids(&api).await;
    let turned: Vec<i64> = before.iter().rev().copied().collect();
    assert_eq!(
        put(&api, json!({"ids": turned, "expect": before}))
            .await
            .status,
        200
    );
    let mut other = before.clone();
    other.swap(0, 1);
    let stale = put(&api, json!({"ids": other, "expect": before})).await;
    assert_eq!(stale.status, 409, "{}", stale.text());
    let reply = stale.json();
    assert_eq!(
        (&reply["status"], &reply["order"]),
        (&json!(false), &json!(turned))
    );
    assert_eq!(ids(&api).await, turned);
}

async fn an_order_that_is_not_the_pipeline_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let before = ids(&api).await;
    let (short, mut twice, mut strange) = (before[1..].to_vec(), before.clone(), before.clone());
    twice[0] = twice[1];
    strange[0] = 4711;
    for wrong in [
        json!(short),
        json!(twice),
        json!(strange),
        json!([]),
        json!("x"),
        json!([1, "x"]),
        json!({"a": 1}),
    ] {
        let answer = put(&api, json!({"ids": wrong, "expect": before})).await;
        assert!(
            [409, 422].contains(&answer.status),
            "{wrong}: {} {}",
            answer.status,
            answer.text()
        );
        assert_eq!(ids(&api).await, before);
    }
    assert_eq!(put(&api, json!({})).await.status, 422);
}

async fn the_position_of_a_status_can_be_sent(app: TestApp) {
    let api = app.api(ALICE);
    let names = async || {
        let statuses = api.statuses().await;
        let names = statuses
            .iter()
            .map(|status| status["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let body = json!({"name": "First", "color": "#ff0000", "kind": "open", "statusorder": 1});
    let made = api.post("lead_statuses", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(names().await[0], "First");
    let path = format!("lead_statuses/{}", made.json()["record_id"]);
    let moved = api.put(&path, json!({"statusorder": "3"})).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(names().await[2], "First");
    assert_eq!(api.put(&path, json!({"statusorder": 99})).await.status, 200);
    assert_eq!(names().await.last().unwrap(), "First");
    for refused in [json!(0), json!("x"), json!(-1)] {
        assert_eq!(
            api.put(&path, json!({"statusorder": refused})).await.status,
            422
        );
    }
    api.put(&path, json!({"archived": true})).await;
    assert_eq!(api.put(&path, json!({"statusorder": 1})).await.status, 422);
}
