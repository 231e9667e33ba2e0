//! What is sent compressed, and what the length of a compressed answer must not tell.

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue};

use crate::leads::lead_builder::{draft, make};
use crate::setup::start_empty;
use crate::support::{ALICE, Answer, Browser, RADU, TestApp};

both!(
    pages_and_json_are_compressed_for_those_who_take_it,
    what_is_small_or_has_a_strong_etag_is_sent_as_it_is,
    a_stream_is_compressed_chunk_by_chunk,
    a_new_token_is_shown_uncompressed,
    the_form_token_is_masked_anew_in_each_rendering,
    what_another_site_asks_for_is_not_compressed,
    a_file_that_the_browser_has_is_not_sent_again,
);

const LIST: &str = "/admin/leads/statuses";
const PROFILE: &str = "/admin/profile";
const TOKENS: &str = "/admin/api/api_management";

/// The answer to a request with this header in place of the browser's own.
async fn ask(browser: &Browser, method: Method, path: &str, header: (&str, &str)) -> Answer {
    let name: HeaderName = header.0.parse().unwrap();
    let headers = HeaderMap::from_iter([(name, HeaderValue::from_str(header.1).unwrap())]);
    browser
        .send(browser.request(method, path).headers(headers))
        .await
}

fn encoding(answer: &Answer) -> &str {
    answer.header("content-encoding")
}

async fn pages_and_json_are_compressed_for_those_who_take_it(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    // The second time the list is cached; what is not there is an error page.
    for path in [LIST, LIST, "/admin/leads/statuses/new", "/admin/nowhere"] {
        let page = browser.get(path).await;
        assert_eq!(encoding(&page.answer), "gzip", "{path}");
        assert_eq!(page.answer.header("vary"), "Accept-Encoding", "{path}");
        assert!(page.answer.sent * 2 < page.answer.bytes.len(), "{path}");
        assert!(page.has("main"), "{path}");
        let head = browser.send(browser.request(Method::HEAD, path)).await;
        for name in ["content-encoding", "vary", "content-type"] {
            assert_eq!(head.header(name), page.answer.header(name), "{path}");
        }
        assert!(head.bytes.is_empty() && !head.header("content-length").is_empty());
    }
    for accepted in ["identity", "br, zstd", "gzip;q=0, *", ""] {
        let plain = ask(&browser, Method::GET, LIST, ("accept-encoding", accepted)).await;
        assert_eq!(encoding(&plain), "", "{accepted}");
        assert_eq!(plain.header("vary"), "Accept-Encoding", "{accepted}");
        assert!(plain.text().starts_with("<!doctype html>"), "{accepted}");
    }
    let call = || api.request(Method::GET, "lead_statuses");
    let plain = api.send(call()).await;
    let sent = api
        .send(call().header(ACCEPT_ENCODING, "gzip, deflate"))
        .await;
    assert_eq!((encoding(&plain), encoding(&sent)), ("", "gzip"));
    assert_eq!(sent.header("vary"), "Accept-Encoding");
    assert!(sent.sent < plain.sent);
    assert_eq!(sent.json(), plain.json());
}

async fn what_is_small_or_has_a_strong_etag_is_sent_as_it_is(app: TestApp) {
    let api = app.api(ALICE);
    let lead = make(&app, vec![draft("Ana Pop").worth(5)]).await[0];
    let id = api.status_id("New").await;
    let definition = serde_json::json!({"definition": "long ".repeat(300)});
    api.put(&format!("lead_statuses/{id}"), definition).await;
    for path in [format!("leads/{lead}"), format!("lead_statuses/{id}")] {
        let call = api.request(Method::GET, &path);
        let answer = api.send(call.header(ACCEPT_ENCODING, "gzip")).await;
        assert_eq!(
            (answer.status, encoding(&answer)),
            (200, ""),
            "{path}: {}",
            answer.sent
        );
        assert_eq!(answer.header("vary"), "Accept-Encoding", "{path}");
    }
    // The tag of the uncompressed bytes still guards a change.
    let call = api.request(Method::GET, &format!("lead_statuses/{id}"));
    let tag = api.send(call.header(ACCEPT_ENCODING, "gzip")).await;
    let tag = tag.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    let change = api.request(Method::PUT, &format!("lead_statuses/{id}"));
    let change = change.json(&serde_json::json!({"limit_days": 9}));
    assert_eq!(api.send(change.header("if-match", tag)).await.status, 200);
}

async fn a_stream_is_compressed_chunk_by_chunk(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    make(
        &app,
        (0..1_100).map(|n| draft(&format!("Lead {n}"))).collect(),
    )
    .await;
    let call = || api.request(Method::GET, "leads");
    let plain = api.send(call()).await;
    let packed = call().header(ACCEPT_ENCODING, "gzip").send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(!packed.headers().contains_key("content-length"));
    let bytes = packed.bytes().await.unwrap();
    assert!(
        bytes.len() * 4 < plain.sent,
        "{} {}",
        bytes.len(),
        plain.sent
    );
    let mut decoder = flate2::read::GzDecoder::new(&bytes[..]);
    let leads: Vec<serde_json::Value> = serde_json::from_reader(&mut decoder).unwrap();
    assert_eq!(serde_json::json!(leads), plain.json());
    for (format, expected) in [("json", "gzip"), ("csv", ""), ("xlsx", "")] {
        let path = format!("/admin/leads/export?format={format}");
        let file = browser.send(browser.request(Method::GET, &path)).await;
        assert_eq!((file.status, encoding(&file)), (200, expected), "{format}");
    }
}

async fn a_new_token_is_shown_uncompressed(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get(&format!("{TOKENS}/new")).await;
    let form = format!("form[action='{TOKENS}']");
    let fields = [("name", "Website"), ("scopes", "read")];
    let issued = browser.submit(&page, &form, &fields).await;
    assert!(issued.has("#secret"), "{issued:?}");
    assert_eq!(encoding(&issued.answer), "");
    assert_eq!(encoding(&browser.get(TOKENS).await.answer), "gzip");
}

#[tokio::test]
async fn a_set_up_code_is_shown_uncompressed() {
    let (app, code) = start_empty().await;
    let browser = app.visitor();
    let page = browser.get(&format!("/admin/setup?code={code}")).await;
    assert!(page.text().len() > 100 && page.has("[name=code]"));
    assert_eq!(encoding(&page.answer), "");
}

async fn the_form_token_is_masked_anew_in_each_rendering(app: TestApp) {
    let (alice, radu) = (app.signed_in(ALICE).await, app.signed_in(RADU).await);
    let token = async |browser: &Browser, path: &str| {
        let tokens = browser.get(path).await.attributes("[name=csrf]", "value");
        assert!(tokens.iter().all(|one| *one == tokens[0]), "one in a page");
        tokens[0].clone()
    };
    let mut tokens = Vec::new();
    for path in [PROFILE, PROFILE, LIST, &format!("{LIST}?q=new")] {
        tokens.push(token(&alice, path).await);
    }
    let shown = tokens.clone();
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), shown.len(), "{shown:?}");
    for csrf in &shown {
        let change = [("csrf", csrf.as_str()), ("name", "Ana"), ("theme", "auto")];
        assert_eq!(alice.post(PROFILE, &change).await.status, 303);
        assert_eq!(radu.post(PROFILE, &change).await.status, 403);
    }
}

async fn what_another_site_asks_for_is_not_compressed(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    for (site, expected) in [
        ("cross-site", ""),
        ("same-site", ""),
        ("same-origin", "gzip"),
        ("none", "gzip"),
    ] {
        let header = ("sec-fetch-site", site);
        let answer = ask(&browser, Method::GET, &format!("{LIST}?q=ne"), header).await;
        assert_eq!(
            (answer.status, encoding(&answer)),
            (200, expected),
            "{site}"
        );
    }
}

async fn a_file_that_the_browser_has_is_not_sent_again(app: TestApp) {
    let browser = app.visitor();
    let page = browser.get("/admin/login").await;
    let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
    let file = browser.send(browser.request(Method::GET, &style)).await;
    assert_eq!(encoding(&file), "br");
    let known = ("if-none-match", file.header("etag"));
    let again = ask(&browser, Method::GET, &style, known).await;
    assert_eq!((again.status, again.sent), (304, 0));
}
