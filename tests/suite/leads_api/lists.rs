//! Lists of leads: filters, order, pages by number, search.

use serde_json::{Value, json};

use super::{create_lead, create_named_lead, move_to, names};
use crate::support::{ALICE, Api, RADU, TestApp};

both!(
    an_empty_list_is_an_empty_array,
    the_newest_are_first,
    filters_choose_and_bad_ones_are_refused,
    sorting_follows_the_key_and_its_sign,
    a_page_comes_with_its_figures,
    the_total_is_that_of_the_list,
    a_search_finds_what_the_page_finds,
    a_search_term_can_hold_any_character,
);

async fn list(api: &Api, query: &str) -> Value {
    let answer = api.get(&format!("leads?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

/// Five leads, a minute apart.
async fn create_five(app: &TestApp) -> Api {
    let api = app.api(ALICE);
    for (name, owner, source, value) in [
        ("Ana", 3, "Web", json!(10)),
        ("Șerban", 3, "Fair", json!(30)),
        ("Bogdan", 2, "Web", json!(20)),
        ("zoe", 1, "", json!(null)),
        ("Émile", 3, "web", json!(0)),
    ] {
        let body = json!({"name": name, "owner": owner, "source": source, "value": value});
        create_lead(&api, body).await;
        app.clock.advance(60);
    }
    api
}

async fn an_empty_list_is_an_empty_array(app: TestApp) {
    let api = app.api(ALICE);
    assert_eq!(list(&api, "").await, json!([]));
    let page = list(&api, "page=3").await;
    let meta = json!({"page": 1, "per_page": 20, "total": 0, "total_pages": 1, "has_more": false});
    assert_eq!(page, json!({"data": [], "meta": meta}));
    let answer = api.get("leads/search/nobody").await;
    assert_eq!((answer.status, answer.json()), (200, json!([])));
}

async fn the_newest_are_first(app: TestApp) {
    let api = create_five(&app).await;
    let found = list(&api, "").await;
    assert_eq!(names(&found), ["Émile", "zoe", "Bogdan", "Șerban", "Ana"]);
    let turned = list(&api, "sort=created_at").await;
    assert_eq!(names(&turned), ["Ana", "Șerban", "Bogdan", "zoe", "Émile"]);
}

async fn filters_choose_and_bad_ones_are_refused(app: TestApp) {
    let api = create_five(&app).await;
    let ana = list(&api, "q=ana").await[0]["id"].as_i64().unwrap();
    let won = api.status_id("Won").await;
    assert_eq!(move_to(&api, ana, won).await.status, 200);
    let made = list(&api, "q=serban").await[0]["created_at"].to_string();
    let day = &made[1..11];
    for (query, expected) in [
        (format!("status={won}"), vec!["Ana"]),
        ("owner=3".into(), vec!["Émile", "Șerban", "Ana"]),
        ("owner=me".into(), vec!["zoe"]),
        ("owner=none".into(), vec![]),
        ("source=Web".into(), vec!["Émile", "Bogdan", "Ana"]),
        ("owner=3&source=web".into(), vec!["Émile", "Ana"]),
        ("state=stuck".into(), vec![]),
        (
            "state=on_track".into(),
            vec!["Émile", "zoe", "Bogdan", "Șerban"],
        ),
        ("q=serban".into(), vec!["Șerban"]),
        ("created_to=2020-01-01".into(), vec![]),
        (
            format!("created_from={day}&created_to={day}&source=Fair"),
            vec!["Șerban"],
        ),
        ("bin=1".into(), vec![]),
    ] {
        assert_eq!(names(&list(&api, &query).await), expected, "{query}");
        let page = list(&api, &format!("{query}&page=1")).await;
        assert_eq!(names(&page["data"]), expected, "{query}");
        assert_eq!(page["meta"]["total"], expected.len(), "{query}");
    }
    for query in [
        "status=01&source=Fair",
        "state=odd&owner=x&created_from=1.1.2026&source=Fair",
    ] {
        let refused = api.get(&format!("leads?{query}")).await;
        assert_eq!(refused.status, 422, "{query}: {}", refused.text());
    }
    let radu = list(&app.api(RADU), "owner=me").await;
    assert_eq!(names(&radu), ["Émile", "Șerban", "Ana"]);
}

async fn sorting_follows_the_key_and_its_sign(app: TestApp) {
    let api = create_five(&app).await;
    let ana = list(&api, "q=ana").await[0]["id"].as_i64().unwrap();
    let put = api
        .put(&format!("leads/{ana}"), json!({"company": "Acme"}))
        .await;
    assert_eq!(put.status, 200);
    for (sort, expected) in [
        ("name", ["Ana", "Bogdan", "Émile", "Șerban", "zoe"]),
        ("-name", ["zoe", "Șerban", "Émile", "Bogdan", "Ana"]),
        ("value", ["zoe", "Émile", "Ana", "Bogdan", "Șerban"]),
        ("age", ["Émile", "zoe", "Bogdan", "Șerban", "Ana"]),
        ("-age", ["Ana", "Șerban", "Bogdan", "zoe", "Émile"]),
        ("-updated_at", ["Ana", "Émile", "zoe", "Bogdan", "Șerban"]),
        ("nonsense", ["Émile", "zoe", "Bogdan", "Șerban", "Ana"]),
    ] {
        let found = list(&api, &format!("sort={sort}")).await;
        assert_eq!(names(&found), expected, "{sort}");
        for page in 1..=3 {
            let query = format!("sort={sort}&page={page}&per_page=2");
            let found = list(&api, &query).await;
            let from = (page - 1) * 2;
            let to = (from + 2).min(5);
            assert_eq!(names(&found["data"]), expected[from..to], "{query}");
        }
    }
}

async fn a_page_comes_with_its_figures(app: TestApp) {
    let api = create_five(&app).await;
    let first = list(&api, "page=1&per_page=2").await;
    let mut meta = first["meta"].clone();
    let next = meta.as_object_mut().unwrap().remove("next");
    assert!(next.is_some_and(|next| next.is_string()));
    let expected =
        json!({"page": 1, "per_page": 2, "total": 5, "total_pages": 3, "has_more": true});
    assert_eq!(meta, expected);
    let last = list(&api, "nr_page=3&per_page=2").await;
    assert_eq!(names(&last["data"]), ["Ana"]);
    let expected =
        json!({"page": 3, "per_page": 2, "total": 5, "total_pages": 3, "has_more": false});
    assert_eq!(last["meta"], expected);
    let past = list(&api, "page=99&per_page=2").await;
    assert_eq!(past, last, "past the end is the last one");
    assert_eq!(list(&api, "per_page=5000").await["meta"]["per_page"], 100);
    for odd in [
        "page=0",
        "page=-1",
        "page=x",
        "per_page=0&page=1",
        "per_page=x",
        "page=99999999999999999999",
    ] {
        let found = list(&api, odd).await;
        assert!(
            found["data"].is_array() && found["meta"]["page"] == 1,
            "{odd}: {found}"
        );
    }
}

async fn the_total_is_that_of_the_list(app: TestApp) {
    let api = create_five(&app).await;
    let all = list(&api, "").await;
    let ids: Vec<i64> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|lead| lead["id"].as_i64().unwrap())
        .collect();
    let won = api.status_id("Won").await;
    move_to(&api, ids[0], won).await;
    assert_eq!(api.delete(&format!("leads/{}", ids[1])).await.status, 200);
    let until = json!({"until": "2033-06-01", "reason": "r"});
    let paused = api.post(&format!("leads/{}/pause", ids[2]), until).await;
    assert_eq!(paused.status, 200, "{}", paused.text());
    app.clock.advance(300 * 86_400);
    for (query, count) in [
        ("", 4),
        ("bin=1", 1),
        ("state=stuck", 2),
        ("state=paused", 1),
        ("state=at_risk", 0),
        ("owner=3", 3),
        ("owner=3&state=stuck", 2),
        ("q=e&state=stuck", 1),
    ] {
        let page = list(&api, &format!("{query}&page=1")).await;
        assert_eq!(page["meta"]["total"], count, "{query}");
        assert_eq!(names(&page["data"]).len(), count, "{query}");
        assert_eq!(names(&list(&api, query).await).len(), count, "{query}");
    }
}

async fn a_search_finds_what_the_page_finds(app: TestApp) {
    let api = app.api(ALICE);
    let body = json!({"name": "Ștefan Țiriac", "company": "Țuică & Fiii", "email": "st@tuica.ro", "phone": "+40 722-123",
        "external_ref": "CRM/17"});
    create_lead(&api, body).await;
    create_named_lead(&api, "Ana").await;
    for term in [
        "stefan",
        "%C5%9ETEFAN",
        "tiriac%20stefan",
        "tuica%20%26",
        "st%40tuica",
        "40722123",
        "722-123",
        "crm%2F17",
        "TUICA.RO",
    ] {
        let answer = api.get(&format!("leads/search/{term}")).await;
        assert_eq!(answer.status, 200, "{term}: {}", answer.text());
        assert_eq!(names(&answer.json()), ["Ștefan Țiriac"], "{term}");
        let listed = list(&api, &format!("q={term}")).await;
        assert_eq!(answer.json(), listed, "{term}");
        let page = api
            .get(&format!("leads/search/{term}?page=1&q=ana"))
            .await
            .json();
        assert_eq!(page["meta"]["total"], 1, "{term}");
    }
    let elsewhere = api.get("leads/search/stefan?status=2").await.json();
    assert_eq!(elsewhere, json!([]));
}

async fn a_search_term_can_hold_any_character(app: TestApp) {
    let api = app.api(ALICE);
    create_named_lead(&api, "100% _sure\\").await;
    create_named_lead(&api, "Plain").await;
    for (term, count) in [
        ("%25", 1),
        ("_", 1),
        ("%5C", 1),
        ("%27%22%3B--", 0),
        ("plain%00", 0),
        ("search", 0),
        ("status", 0),
    ] {
        let found = api.get(&format!("leads/search/{term}")).await;
        assert_eq!(found.status, 200, "{term}: {}", found.text());
        assert_eq!(names(&found.json()).len(), count, "{term}");
    }
    let long = api
        .get(&format!("leads/search/{}", "x".repeat(5_000)))
        .await;
    assert_eq!((long.status, long.json()), (200, json!([])));
    for blank in ["%20", "%20%09"] {
        let found = api.get(&format!("leads/search/{blank}")).await;
        super::assert_refused(&found, 422, "term");
    }
    for (path, status) in [
        ("leads/search/%ff", 400),
        ("leads/search/a/b", 404),
        // As `leads/search` without a term.
        ("leads/search/", 422),
    ] {
        let answer = api.get(path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }
}
