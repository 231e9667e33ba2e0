//! The pages of one status: making it, changing it, reading it.

mod create;
mod edit;
mod edit_conflicts;
mod show;

use crate::support::{Browser, Page};

const LIST: &str = "/admin/leads/statuses";
/// The form of a page, beside those of the frame.
const FORM: &str = "main form[data-guard]";

/// The id of the status with this name, read off the list.
async fn id_of(browser: &Browser, name: &str) -> i64 {
    let list = browser.get(&format!("{LIST}?archived=all&per=100")).await;
    let rows = list.all("a[data-row-link]").into_iter();
    let mut found = rows.filter(|row| crate::support::text_of(*row) == name);
    let row = found
        .next()
        .unwrap_or_else(|| panic!("no {name}: {list:?}"));
    let href = row.attr("href").expect("a link").split('?').next();
    let id = href.and_then(|path| path.rsplit('/').next());
    id.and_then(|id| id.parse().ok()).expect("an id")
}

/// The sentence of the banner.
fn banner(page: &Page) -> String {
    page.texts("[data-banner-text]").join(" ")
}

fn edit_path(id: i64) -> String {
    format!("{LIST}/{id}/edit")
}
