//! Reading statuses: lists, pages of them, one.

use serde_json::{Value, json};

use crate::support::{ALICE, TestApp};

both!(
    a_fresh_pipeline_is_listed_in_its_order,
    a_status_has_the_fields_of_the_contract,
    a_search_is_blind_to_case_and_accents,
    filters_choose_and_bad_ones_are_refused,
    sorting_follows_the_key_and_its_sign,
    a_page_comes_with_its_figures,
    an_unknown_status_is_404,
    only_plain_digits_are_an_id,
);

const FIRST: [&str; 6] = ["New", "Contacted", "Qualified", "Proposal", "Won", "Lost"];

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    list.map(|status| status["name"].as_str().expect("a name"))
        .collect()
}

async fn a_fresh_pipeline_is_listed_in_its_order(app: TestApp) {
    let answer = app.api(ALICE).get("lead_statuses").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    let list = answer.json();
    assert_eq!(names(&list), FIRST);
    for (index, status) in list.as_array().unwrap().iter().enumerate() {
        assert_eq!(status["statusorder"], index + 1);
        assert_eq!(status["isdefault"], status["name"] == "New");
        assert_eq!(status["isconverted"], status["name"] == "Won");
        assert_ne!(status["definition"], "", "{status}");
    }
}

async fn a_status_has_the_fields_of_the_contract(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.status_id("Qualified").await;
    let answer = api.get(&format!("lead_statuses/{id}")).await;
    assert_eq!(answer.status, 200);
    let one = answer.json();
    let mut fields: Vec<&str> = one
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected = vec![
        "id",
        "name",
        "slug",
        "color",
        "kind",
        "statusorder",
        "isdefault",
        "isconverted",
        "definition",
        "definition_version",
        "enter_from",
        "enter_when",
        "entry_rules",
        "leave_when",
        "target_days",
        "limit_days",
        "movers",
        "reasons",
        "reason_required",
        "handoff",
        "lead_count",
        "stuck_count",
        "archived",
        "version",
        "created_at",
        "updated_at",
    ];
    fields.sort_unstable();
    expected.sort_unstable();
    assert_eq!(fields, expected);
    for number in ["id", "statusorder", "lead_count", "stuck_count", "version"] {
        assert!(one[number].is_i64(), "{number}: {one}");
    }
    for truth in ["isdefault", "isconverted", "archived"] {
        assert!(one[truth].is_boolean(), "{truth}: {one}");
    }
    for list in ["enter_when", "leave_when"] {
        assert!(one[list].is_array(), "{list}: {one}");
    }
    for moment in ["created_at", "updated_at"] {
        let text = one[moment].as_str().unwrap();
        assert!(text.len() == 20 && text.ends_with('Z'), "{moment}: {text}");
    }
    assert_eq!(one["slug"], "qualified");
    let tag = answer.header("etag");
    assert!(tag.starts_with(&format!("\"{}-", one["version"])), "{tag}");
    assert_eq!(
        one,
        api.status("Qualified").await,
        "one and the list say the same"
    );
}

async fn a_search_is_blind_to_case_and_accents(app: TestApp) {
    let api = app.api(ALICE);
    api.create_status("Ședință stabilită").await;
    for typed in ["sedinta", "ŞEDINŢĂ", "Ședin%C8%9B%C4%83", "stabilit"] {
        let found = api.get(&format!("lead_statuses?q={typed}")).await.json();
        assert_eq!(names(&found), ["Ședință stabilită"], "{typed}");
    }
    for typed in ["%25", "_", "nothing%20such", "\\"] {
        let found = api.get(&format!("lead_statuses?q={typed}")).await.json();
        assert_eq!(found, json!([]), "{typed}");
    }
}

async fn filters_choose_and_bad_ones_are_refused(app: TestApp) {
    let api = app.api(ALICE);
    let lost = api.status_id("Contacted").await;
    let put = api
        .put(&format!("lead_statuses/{lost}"), json!({"archived": true}))
        .await;
    assert_eq!(put.status, 200, "{}", put.text());
    for (query, expected) in [
        ("kind=won", vec!["Won"]),
        ("kind=open", vec!["New", "Qualified", "Proposal"]),
        ("archived=1", vec!["Contacted"]),
        (
            "sort=nonsense",
            vec!["New", "Qualified", "Proposal", "Won", "Lost"],
        ),
    ] {
        let answer = api.get(&format!("lead_statuses?{query}")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(names(&answer.json()), expected, "{query}");
    }
    for query in ["kind=nonsense", "archived=nonsense"] {
        let refused = api.get(&format!("lead_statuses?{query}")).await;
        assert_eq!(refused.status, 422, "{query}");
    }
    let all = api.get("lead_statuses?archived=all").await.json();
    assert_eq!(names(&all).len(), 6);
}

async fn sorting_follows_the_key_and_its_sign(app: TestApp) {
    let api = app.api(ALICE);
    api.create_status("Șapte").await;
    let by_name = [
        "Contacted",
        "Lost",
        "New",
        "Proposal",
        "Qualified",
        "Șapte",
        "Won",
    ];
    let found = api.get("lead_statuses?sort=name").await.json();
    assert_eq!(names(&found), by_name);
    let found = api.get("lead_statuses?sort=-name").await.json();
    assert_eq!(
        names(&found),
        by_name.iter().rev().copied().collect::<Vec<_>>()
    );
    let found = api.get("lead_statuses?sort=-statusorder").await.json();
    // A new open status comes behind the last open one.
    assert_eq!(names(&found)[..3], ["Lost", "Won", "Șapte"]);
    for key in [
        "lead_count",
        "-lead_count",
        "updated_at",
        "-updated_at",
        "statusorder",
    ] {
        let found = api.get(&format!("lead_statuses?sort={key}")).await;
        assert_eq!(
            (found.status, names(&found.json()).len()),
            (200, 7),
            "{key}"
        );
    }
    app.clock.advance(60);
    let id = api.status_id("Lost").await;
    api.put(
        &format!("lead_statuses/{id}"),
        json!({"definition": "Gone."}),
    )
    .await;
    let found = api.get("lead_statuses?sort=-updated_at").await.json();
    assert_eq!(names(&found)[0], "Lost");
}

async fn a_page_comes_with_its_figures(app: TestApp) {
    let api = app.api(ALICE);
    let page = async |query: &str| api.get(&format!("lead_statuses?{query}")).await.json();
    let first = page("page=1&per_page=4").await;
    assert_eq!(names(&first["data"]), &FIRST[..4]);
    let meta = json!({"page": 1, "per_page": 4, "total": 6, "total_pages": 2, "has_more": true});
    assert_eq!(first["meta"], meta);
    let second = page("nr_page=2&per_page=4").await;
    assert_eq!(names(&second["data"]), &FIRST[4..]);
    assert_eq!(second["meta"]["has_more"], false);
    assert_eq!(
        page("page=99&per_page=4").await,
        second,
        "past the end is the last one"
    );
    assert_eq!(page("per_page=5000").await["meta"]["per_page"], 100);
    for odd in [
        "page=0",
        "page=-1",
        "page=x",
        "per_page=0&page=1",
        "per_page=x",
        "page=99999999999999999999",
    ] {
        let found = page(odd).await;
        assert!(
            found["data"].is_array() && found["meta"]["page"] == 1,
            "{odd}: {found}"
        );
    }
    let none = page("q=nothing&page=1").await;
    let meta = &none["meta"];
    assert_eq!(
        (&none["data"], &meta["total"], &meta["page"]),
        (&json!([]), &json!(0), &json!(1))
    );
}

async fn an_unknown_status_is_404(app: TestApp) {
    let api = app.api(ALICE);
    let answers = [
        api.get("lead_statuses/4711").await,
        api.put("lead_statuses/4711", json!({"name": "X"})).await,
        api.delete("lead_statuses/4711").await,
        api.delete("delete/lead_statuses/4711").await,
        api.delete("lead_statuses/4711?dry_run=1").await,
    ];
    for answer in answers {
        assert_eq!(answer.status, 404);
        assert_eq!(
            answer.json(),
            json!({"status": false, "message": "No data were found"})
        );
    }
}

async fn only_plain_digits_are_an_id(app: TestApp) {
    let api = app.api(ALICE);
    for id in [
        "+1",
        "01",
        "1e3",
        "0x1",
        "-1",
        "0",
        "1.0",
        "%31a",
        "abc",
        "99999999999999999999",
        "1%00",
        "%20 1",
        "١",
    ] {
        let answer = api.get(&format!("lead_statuses/{id}")).await;
        assert_eq!(answer.status, 404, "{id}");
    }
}
