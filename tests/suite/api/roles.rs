//! The two roles, and archiving statuses.

use serde_json::{Value, json};

use crate::support::{ALICE, Api, TestApp};

both!(
    a_role_moves_with_its_flag,
    the_role_that_is_held_is_never_dropped,
    a_role_asks_for_its_kind,
    many_words_mean_true,
    archiving_and_restoring_keep_the_positions_whole,
    a_status_that_holds_a_role_is_not_archived,
);

async fn put(api: &Api, name: &str, body: Value) -> (u16, Value) {
    let id = api.status_id(name).await;
    let answer = api.put(&format!("lead_statuses/{id}"), body).await;
    (answer.status, answer.json())
}

async fn holders(api: &Api, flag: &str) -> Vec<String> {
    let all = api.statuses().await;
    let held = all.iter().filter(|status| status[flag] == true);
    held.map(|status| status["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn a_role_moves_with_its_flag(app: TestApp) {
    let api = app.api(ALICE);
    let (status, reply) = put(&api, "Contacted", json!({"isdefault": true})).await;
    assert_eq!(status, 200, "{reply}");
    assert_eq!(holders(&api, "isdefault").await, ["Contacted"]);
    let body = json!({"name": "Signed", "color": "#049a4e", "kind": "won", "isconverted": true});
    let made = api.post("lead_statuses", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(holders(&api, "isconverted").await, ["Signed"]);
}

async fn the_role_that_is_held_is_never_dropped(app: TestApp) {
    let api = app.api(ALICE);
    for (name, flag) in [("New", "isdefault"), ("Won", "isconverted")] {
        let (status, reply) = put(&api, name, json!({flag: false, "definition": "Changed"})).await;
        assert_eq!(status, 422, "{reply}");
        assert!(reply["errors"][flag].is_array(), "{reply}");
        assert_ne!(
            api.status(name).await["definition"],
            "Changed",
            "all or nothing"
        );
        assert_eq!(holders(&api, flag).await, [name]);
    }
    let (status, _) = put(&api, "Contacted", json!({"isdefault": false})).await;
    assert_eq!(status, 200, "it does not hold it");
}

async fn a_role_asks_for_its_kind(app: TestApp) {
    let api = app.api(ALICE);
    for (name, flag) in [
        ("Lost", "isdefault"),
        ("Won", "isdefault"),
        ("New", "isconverted"),
        ("Lost", "isconverted"),
    ] {
        let (status, reply) = put(&api, name, json!({flag: true})).await;
        assert!([409, 422].contains(&status), "{name} {flag}: {reply}");
    }
    for (name, kind) in [("New", "paused"), ("Won", "open")] {
        let (status, reply) = put(&api, name, json!({"kind": kind})).await;
        assert!([409, 422].contains(&status), "{name} {kind}: {reply}");
    }
    assert_eq!(holders(&api, "isdefault").await, ["New"]);
    assert_eq!(holders(&api, "isconverted").await, ["Won"]);
    let (status, reply) = put(&api, "Lost", json!({"kind": "open", "isdefault": true})).await;
    assert_eq!(status, 200, "with the kind it asks for: {reply}");
    assert_eq!(holders(&api, "isdefault").await, ["Lost"]);
}

async fn many_words_mean_true(app: TestApp) {
    let api = app.api(ALICE);
    for (name, word) in [
        ("Contacted", json!("1")),
        ("Qualified", json!(1)),
        ("Proposal", json!("true")),
        ("New", json!(true)),
    ] {
        let (status, reply) = put(&api, name, json!({"isdefault": word})).await;
        assert_eq!(status, 200, "{word}: {reply}");
        assert_eq!(holders(&api, "isdefault").await, [name]);
    }
    for word in [json!("maybe"), json!(2), json!([])] {
        let (status, reply) = put(&api, "Contacted", json!({"isdefault": word})).await;
        assert_eq!(status, 422, "{word}: {reply}");
    }
}

async fn archiving_and_restoring_keep_the_positions_whole(app: TestApp) {
    let api = app.api(ALICE);
    let (status, reply) = put(&api, "Contacted", json!({"archived": true})).await;
    assert_eq!(status, 200, "{reply}");
    let order = async || {
        let all = api.statuses().await;
        let order = all.iter().map(|one| {
            (
                one["name"].as_str().unwrap().to_owned(),
                one["statusorder"].as_i64().unwrap(),
            )
        });
        order.collect::<Vec<_>>()
    };
    let named = |names: &[&str]| {
        names
            .iter()
            .enumerate()
            .map(|(at, name)| ((*name).to_owned(), at as i64 + 1))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        order().await,
        named(&["New", "Qualified", "Proposal", "Won", "Lost"])
    );
    let archived = api.status("Contacted").await;
    assert_eq!(archived["archived"], true);
    let (status, _) = put(&api, "Contacted", json!({"isdefault": true})).await;
    assert!(
        [409, 422].contains(&status),
        "an archived one holds no role"
    );
    let (status, reply) = put(&api, "Contacted", json!({"archived": false})).await;
    assert_eq!(status, 200, "{reply}");
    assert_eq!(order().await.len(), 6);
    assert!(
        order()
            .await
            .iter()
            .enumerate()
            .all(|(at, (_, position))| *position == at as i64 + 1)
    );
}

async fn a_status_that_holds_a_role_is_not_archived(app: TestApp) {
    let api = app.api(ALICE);
    for name in ["New", "Won"] {
        let (status, reply) = put(&api, name, json!({"archived": true})).await;
        assert_eq!(status, 409, "{reply}");
        assert!(
            reply["blockers"]
                .as_array()
                .is_some_and(|list| !list.is_empty()),
            "{reply}"
        );
        assert_eq!(api.status(name).await["archived"], false);
    }
}
