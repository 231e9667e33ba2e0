//! What must hold for every route and every form, found by following all links.

mod compression;
mod forms;
mod headers;
mod overload;
mod permissions;
mod slow_reads;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Browser, Page, TestApp};

/// A line of `routes --json`.
struct Route {
    method: String,
    path: String,
}

/// Every route, as the program prints them.
fn routes(app: &TestApp) -> Vec<Route> {
    let printed = app.program(&["routes", "--json"], "");
    let lines: Vec<Value> = serde_json::from_slice(&printed.stdout).expect("a JSON array");
    assert!(lines.len() > 20);
    let text = |line: &Value, field: &str| line[field].as_str().expect("a text").to_owned();
    lines
        .iter()
        .map(|line| Route {
            method: text(line, "method"),
            path: text(line, "path"),
        })
        .collect()
}

/// Every page that can be reached by following links from `start`, each address once without its query.
async fn crawl(browser: &Browser, start: &[&str]) -> Vec<Page> {
    let mut waiting: Vec<String> = start.iter().map(|path| (*path).to_owned()).collect();
    let (mut seen, mut pages) = (BTreeSet::new(), Vec::new());
    while let Some(path) = waiting.pop() {
        let shape = shape_of(&path);
        if !seen.insert(shape) || pages.len() > 80 {
            continue;
        }
        let page = browser.open(&path).await;
        assert!(
            page.status < 400 || page.status == 404,
            "a link leads to {page:?}"
        );
        let links = page.attributes("a[href]", "href").into_iter();
        waiting.extend(
            links.filter(|link| link.starts_with("/admin") || link.starts_with("/api/docs")),
        );
        waiting.extend(
            page.attributes("a[href^='?']", "href")
                .iter()
                .map(|query| format!("{}{query}", bare(&page.path))),
        );
        pages.push(page);
    }
    pages
}

fn bare(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

/// An address without numbers and values, so that one of each kind is followed.
fn shape_of(path: &str) -> String {
    let segments: Vec<&str> = bare(path)
        .split('/')
        .map(|part| {
            if part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty() {
                "{id}"
            } else {
                part
            }
        })
        .collect();
    let query = path
        .split_once('?')
        .map_or("", |(_, query)| query.split('#').next().unwrap_or_default());
    let names: BTreeSet<&str> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    format!(
        "{}?{}",
        segments.join("/"),
        names.into_iter().collect::<Vec<_>>().join("&")
    )
}
