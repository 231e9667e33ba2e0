//! A filter that can't be read is never "everything", whichever way it comes in.

mod all_matching;
mod api;
mod booleans;
mod bulk;
mod pages;

use crate::support::{Browser, Page};

const LEADS: &str = "/admin/leads";
const STATUSES: &str = "/admin/leads/statuses";

/// Filters of lists of leads that can't be read: name and value.
const OF_LEADS: [(&str, &str); 23] = [
    ("status", "abc"),
    ("status", "Qualified"),
    ("status", "01"),
    ("status", "+1"),
    ("status", "-1"),
    ("status", "0"),
    ("status", "3 or 1=1"),
    ("status", "99999999999999999999"),
    ("owner", "x@example.com"),
    ("owner", "Me"),
    ("owner", "007"),
    ("owner", "18446744073709551616"),
    ("state", "STUCK"),
    ("state", "none"),
    ("handoff", "accepted"),
    ("created_from", "2026-02-30"),
    ("created_to", "1.1.2026"),
    ("entered_from", "yesterday"),
    ("entered_to", "20260101"),
    ("currency", "XYZ"),
    ("currency", "EURO"),
    ("bin", "yes"),
    ("bin", "2"),
];

/// Filters of lists of statuses that can't be read.
const OF_STATUSES: [(&str, &str); 4] = [
    ("kind", "foo"),
    ("archived", "maybe"),
    ("stuck", "maybe"),
    ("stuck", "2"),
];

/// A query with one more parameter.
fn query(name: &str, value: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair(name, value);
    query.finish()
}

/// Sends only the CSRF token and these fields to the action of a form.
async fn post_by_hand(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let profile = browser.get("/admin/profile").await;
    let form = profile.form("form[method=post]");
    let csrf = form.value("csrf").unwrap().to_owned();
    let mut sent: Vec<(&str, &str)> = vec![("csrf", &csrf)];
    sent.extend(fields);
    browser.post(path, &sent).await
}
