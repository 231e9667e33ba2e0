//! Export, import and standard sets of statuses: preview, apply, undo.

mod damage;
mod demonstration;
mod hostile;
mod import;
mod sets;

use serde_json::Value;

use crate::support::{ALICE, Browser, Page, TestApp};

const LIST: &str = "/admin/leads/statuses";
const IMPORT: &str = "/admin/leads/statuses/import";
const UPLOAD_FORM: &str = "form[enctype]";
const PLAN_FORM: &str = "form.plan-form";

/// Every status as the API shows it, archived ones too.
async fn all_statuses(app: &TestApp) -> Vec<Value> {
    let answer = app.api(ALICE).get("lead_statuses?archived=all").await;
    answer.json().as_array().expect("a list").clone()
}

/// Every status without its version and the time of its last change.
async fn status_values(app: &TestApp) -> Vec<Value> {
    let mut all = all_statuses(app).await;
    for status in &mut all {
        for trace in ["version", "definition_version", "updated_at"] {
            status.as_object_mut().expect("an object").remove(trace);
        }
    }
    all
}

/// The names of the statuses in use, in pipeline order.
async fn names(app: &TestApp) -> Vec<String> {
    let all = app.api(ALICE).statuses().await;
    let names = all.iter().map(|status| status["name"].as_str());
    names.map(|name| name.expect("a name").to_owned()).collect()
}

/// Uploads a file for its preview.
pub async fn upload(browser: &Browser, filename: &str, bytes: &[u8]) -> Page {
    let page = browser.get(IMPORT).await;
    assert_eq!(page.status, 200);
    let file = ("file", filename, bytes);
    browser.upload(&page, UPLOAD_FORM, file, &[]).await
}

/// Confirms a preview.
pub async fn confirm(browser: &Browser, preview: &Page) -> Page {
    assert!(preview.has("[name=confirm]"), "{preview:?}");
    browser
        .submit(preview, PLAN_FORM, &[("confirm", "1")])
        .await
}

/// Submits the undo form of a page.
async fn undo(browser: &Browser, done: &Page) -> Page {
    let list = browser.follow(done).await;
    let form = format!("form[action='{LIST}/undo']");
    browser.submit(&list, &form, &[]).await
}

/// The command `check` finds no fault.
pub fn assert_sound(app: &TestApp) {
    let (status, stdout, stderr) = app.run(&["check"]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
}
