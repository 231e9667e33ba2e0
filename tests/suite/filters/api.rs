use serde_json::json;

use super::{OF_LEADS, OF_STATUSES, query};
use crate::leads::lead_builder::{draft, make};
use crate::support::{ALICE, Answer, TestApp};

both!(
    a_filter_of_leads_that_cannot_be_read_is_refused_by_its_name,
    a_filter_of_statuses_that_cannot_be_read_is_refused_by_its_name,
    what_is_well_formed_and_matches_nothing_finds_nothing,
    an_empty_filter_is_ignored,
);

fn assert_refused(answer: &Answer, field: &str, value: &str) {
    let shown = answer.text();
    assert_eq!(answer.status, 422, "{field}={value}: {shown}");
    let errors = answer.json()["errors"].clone();
    assert_eq!(errors.as_object().unwrap().len(), 1, "{field}: {shown}");
    let shown = errors[field][0].as_str().unwrap().to_owned();
    assert!(shown.contains(value), "{field}={value}: {shown}");
}

async fn a_filter_of_leads_that_cannot_be_read_is_refused_by_its_name(app: TestApp) {
    make(&app, vec![draft("Ana")]).await;
    let api = app.api(ALICE);
    for (name, value) in OF_LEADS {
        let query = query(name, value);
        for path in [
            format!("leads?{query}"),
            format!("leads?{query}&page=1"),
            format!("leads?{query}&source=Web&per_page=5"),
            format!("leads/search/ana?{query}"),
        ] {
            assert_refused(&api.get(&path).await, name, value);
        }
    }
    let both = api.get("leads?status=x&owner=y&after=z").await.json();
    let named: Vec<&String> = both["errors"].as_object().unwrap().keys().collect();
    assert_eq!(named, ["after", "owner", "status"], "all of them at once");
    assert_eq!(api.get("leads?status=x&status=1").await.status, 200);
}

async fn a_filter_of_statuses_that_cannot_be_read_is_refused_by_its_name(app: TestApp) {
    let api = app.api(ALICE);
    for (name, value) in OF_STATUSES {
        let query = query(name, value);
        for path in [
            format!("lead_statuses?{query}"),
            format!("lead_statuses?{query}&page=1"),
        ] {
            assert_refused(&api.get(&path).await, name, value);
        }
    }
}

async fn what_is_well_formed_and_matches_nothing_finds_nothing(app: TestApp) {
    make(&app, vec![draft("Ana")]).await;
    let api = app.api(ALICE);
    for query in [
        "status=999999",
        "status=9223372036854775807",
        "owner=999999",
        "owner=9223372036854775807",
        "currency=JPY",
        "bin=1",
        "created_to=1980-01-01",
        "source=nowhere",
    ] {
        let found = api.get(&format!("leads?{query}")).await;
        assert_eq!((found.status, found.json()), (200, json!([])), "{query}");
    }
    let found = api.get("lead_statuses?kind=junk").await;
    assert_eq!((found.status, found.json()), (200, json!([])));
}

async fn an_empty_filter_is_ignored(app: TestApp) {
    make(&app, vec![draft("Ana")]).await;
    let api = app.api(ALICE);
    for name in [
        "q",
        "status",
        "owner",
        "source",
        "state",
        "handoff",
        "created_from",
        "created_to",
        "entered_from",
        "entered_to",
        "currency",
        "bin",
    ] {
        let found = api.get(&format!("leads?{name}=")).await;
        assert_eq!(found.status, 200, "{name}: {}", found.text());
        assert_eq!(found.json().as_array().unwrap().len(), 1, "{name}");
    }
    for query in [
        "q=",
        "kind=",
        "archived=",
        "stuck=",
        "stuck=0",
        "archived=0",
    ] {
        let found = api.get(&format!("lead_statuses?{query}")).await;
        assert_eq!(found.json().as_array().unwrap().len(), 6, "{query}");
    }
    assert_eq!(
        api.get("leads?bin=0")
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}
