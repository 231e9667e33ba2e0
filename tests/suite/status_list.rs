//! The list of statuses: its query parameters and its bulk actions.

mod bulk;
mod display;
mod moves;
mod placing;
mod stuck_share;

use crate::support::{Api, Browser, Page};

const LIST: &str = "/admin/leads/statuses";

/// The names on the page, from top to bottom.
pub fn names(page: &Page) -> Vec<String> {
    page.texts("tbody .badge-name")
}

/// The ids of these statuses, as a form sends them.
pub async fn ids(api: &Api, names: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        found.push(api.status_id(name).await.to_string());
    }
    found
}

/// Sends the bulk form with these rows ticked.
pub async fn bulk(browser: &Browser, ids: &[String], fields: &[(&str, &str)]) -> Page {
    let page = browser.get(LIST).await;
    let ticked = ids.iter().map(|id| ("ids", id.as_str()));
    let sent: Vec<(&str, &str)> = ticked.chain(fields.iter().copied()).collect();
    browser.submit(&page, "#bulk", &sent).await
}
