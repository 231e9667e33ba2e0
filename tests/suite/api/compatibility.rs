//! Compatibility with clients of other APIs: a slash at the end, compressed bodies, answers that have not changed.

use std::io::Write;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use reqwest::Method;
use serde_json::{Value, json};

use crate::leads::lead_builder::{draft, make};
use crate::support::{ALICE, Answer, Api, TestApp};

both!(
    a_trailing_slash_is_the_same_call,
    a_compressed_body_is_read,
    a_compressed_body_is_limited_by_what_it_holds,
    what_has_not_changed_is_not_sent_again,
    a_count_that_changed_is_sent,
    any_tag_of_a_version_guards_a_change,
);

async fn a_trailing_slash_is_the_same_call(app: TestApp) {
    let api = app.api(ALICE);
    let lead = make(&app, vec![draft("Ana")]).await[0];
    let of_lead = format!("leads/{lead}");
    let visits = format!("leads/{lead}/visits");
    for path in [
        "lead_statuses",
        "lead_statuses/2",
        "leads",
        &of_lead,
        &visits,
        "leads/search/Ana",
        "openapi.json",
    ] {
        let plain = api.get(path).await;
        assert_eq!(plain.status, 200, "{path}");
        for slashes in ["/", "//"] {
            let answer = api.get(&format!("{path}{slashes}")).await;
            assert_eq!(answer.status, 200, "{path}{slashes}");
            assert_eq!(answer.text(), plain.text(), "{path}{slashes}");
        }
    }
    let one = api.get("lead_statuses/?kind=won").await.json();
    assert_eq!(one.as_array().unwrap().len(), 1, "the query counts");
    let made = api.post("leads/", json!({"name": "Ion"})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let changed = api
        .put(&format!("{of_lead}/"), json!({"name": "Eva"}))
        .await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let deleted = api.delete(&format!("delete/leads/{lead}/")).await;
    assert_eq!(deleted.status, 200, "{}", deleted.text());
    let page = app.signed_in(ALICE).await.get("/admin/leads/?q=Ion").await;
    assert_eq!(page.texts("tbody .lead-link"), ["Ion"]);
    assert_eq!(app.visitor().get("/").await.status, 303);
    for nowhere in ["", "nothing/"] {
        let missing = api.get(nowhere).await;
        assert_eq!(
            (missing.status, &missing.json()["status"]),
            (404, &json!(false))
        );
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

async fn post(api: &Api, encoding: &str, content_type: &str, body: Vec<u8>) -> Answer {
    let request = api
        .request(Method::POST, "leads")
        .header("content-type", content_type)
        .header("content-encoding", encoding);
    api.send(request.body(body)).await
}

async fn a_compressed_body_is_read(app: TestApp) {
    let api = app.api(ALICE);
    let (json, form) = (br#"{"name":"Ana"}"#.as_slice(), b"name=Ana".as_slice());
    let urlencoded = "application/x-www-form-urlencoded";
    for (encoding, content_type, body) in [
        ("gzip", "application/json", gzip(json)),
        ("GZIP", urlencoded, gzip(form)),
        ("x-gzip", "application/json", gzip(json)),
        ("deflate", "application/json", deflate(json)),
        ("identity", "application/json", json.to_vec()),
    ] {
        let made = post(&api, encoding, content_type, body).await;
        assert_eq!(made.status, 201, "{encoding}: {}", made.text());
        let id = &made.json()["record_id"];
        let lead = api.get(&format!("leads/{id}")).await.json();
        assert_eq!(lead["name"], "Ana", "{encoding}");
    }
    for encoding in ["br", "zstd", "gzip, gzip", "nonsense"] {
        let refused = post(&api, encoding, "application/json", gzip(json)).await;
        assert_eq!(refused.status, 415, "{encoding}: {}", refused.text());
    }
    let broken = post(&api, "gzip", "application/json", json.to_vec()).await;
    assert_eq!(broken.status, 400, "{}", broken.text());
    let mut cut = gzip(json);
    cut.truncate(cut.len() - 9);
    assert_eq!(
        post(&api, "gzip", "application/json", cut).await.status,
        400
    );
}

async fn a_compressed_body_is_limited_by_what_it_holds(app: TestApp) {
    let api = app.api(ALICE);
    let padded = |length: usize| {
        let body = json!({"name": "Ana", "nothing": "x".repeat(length)});
        gzip(body.to_string().as_bytes())
    };
    let fits = post(&api, "gzip", "application/json", padded(1_000_000)).await;
    assert_eq!(fits.status, 201, "{}", fits.text());
    let small = padded(100 << 20);
    assert!(small.len() < 1 << 20);
    let refused = post(&api, "gzip", "application/json", small).await;
    assert_eq!(refused.status, 413, "{}", refused.text());
}

async fn get_unless(api: &Api, path: &str, tag: &str) -> Answer {
    let request = api.request(Method::GET, path);
    api.send(request.header("if-none-match", tag.to_owned()))
        .await
}

async fn what_has_not_changed_is_not_sent_again(app: TestApp) {
    let api = app.api(ALICE);
    let lead = make(&app, vec![draft("Ana")]).await[0];
    for path in ["lead_statuses/2".to_owned(), format!("leads/{lead}")] {
        let first = api.get(&path).await;
        let tag = first.header("etag").to_owned();
        for known in [
            tag.clone(),
            format!("\"x\", {tag}"),
            format!("W/{tag}"),
            "*".into(),
        ] {
            let again = get_unless(&api, &path, &known).await;
            assert_eq!(again.status, 304, "{path}: {known}");
            assert_eq!((again.header("etag"), again.bytes.len()), (&*tag, 0));
        }
        let changed = api.put(&path, json!({"name": "Another"})).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        let next = get_unless(&api, &path, &tag).await;
        assert_eq!(
            (next.status, &next.json()["name"]),
            (200, &json!("Another"))
        );
        assert!(next.header("etag") != tag);
    }
}

async fn a_count_that_changed_is_sent(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.status_id("New").await;
    let path = format!("lead_statuses/{id}");
    let tag = api.get(&path).await.header("etag").to_owned();
    make(&app, vec![draft("Ana")]).await;
    let next = get_unless(&api, &path, &tag).await;
    assert_eq!((next.status, &next.json()["lead_count"]), (200, &json!(1)));
}

async fn any_tag_of_a_version_guards_a_change(app: TestApp) {
    let api = app.api(ALICE);
    let path = "lead_statuses/2";
    let put = async |tag: String, body: Value| {
        let request = api.request(Method::PUT, path).header("if-match", tag);
        api.send(request.json(&body)).await.status
    };
    let old = api.get(path).await;
    let (tag, version) = (old.header("etag").to_owned(), old.json()["version"].clone());
    make(&app, vec![draft("Ana").in_status("Contacted", 3)]).await;
    assert!(api.get(path).await.header("etag") != tag);
    assert_eq!(put(tag.clone(), json!({"limit_days": 9})).await, 200);
    assert_eq!(put(tag, json!({"limit_days": 8})).await, 412);
    assert_eq!(
        put(format!("\"{version}\""), json!({"limit_days": 8})).await,
        412
    );
}
