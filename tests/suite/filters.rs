//! What can't be read is never taken for a default that reaches further.

mod decisions;

use crate::support::{Browser, Page};

const LEADS: &str = "/admin/leads";

/// What another program could send to a form: nothing but the token and these fields.
async fn by_hand(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let profile = browser.get("/admin/profile").await;
    let form = profile.form("form[method=post]");
    let csrf = form.value("csrf").unwrap().to_owned();
    let mut sent: Vec<(&str, &str)> = vec![("csrf", &csrf)];
    sent.extend(fields);
    browser.post(path, &sent).await
}
