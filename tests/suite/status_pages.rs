//! The pages of one status: create, edit, show.

mod create;
mod definitions;
mod edit;
mod edit_conflicts;
mod handoff;
mod show;

use crate::support::Browser;

const LIST: &str = "/admin/leads/statuses";
/// The form in the main part of a page.
const FORM: &str = "main form[data-guard]";

/// The id of the status with this name, from the list.
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

fn edit_path(id: i64) -> String {
    format!("{LIST}/{id}/edit")
}
