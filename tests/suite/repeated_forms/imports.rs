//! A file is imported once: its form, sent again, is answered with what the first one did.

use super::STATUSES;
use crate::support::{ALICE, Browser, Page, TestApp};

both!(
    a_second_import_of_leads_says_what_the_first_did,
    a_second_import_of_statuses_says_what_the_first_did,
);

const LEADS: &str = "name,external_ref\nAna,A-1\nIon,A-2\n";
const NEW_STATUS: &str = "name,kind,color\nNurturing,open,#123456\n";
const PLAN: &str = "form.plan-form";

async fn preview(browser: &Browser, path: &str, name: &str, file: &str) -> Page {
    let page = browser.get(path).await;
    let file = ("file", name, file.as_bytes());
    let preview = browser.upload(&page, "form[enctype]", file, &[]).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    preview
}

async fn a_second_import_of_leads_says_what_the_first_did(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let plan = preview(&browser, "/admin/leads/import", "leads.csv", LEADS).await;
    let confirmed = [("confirm", "1")];
    let first = browser.submit(&plan, PLAN, &confirmed).await;
    let said = browser.follow(&first).await.banner();
    assert!(said.contains("leads.csv") && said.contains('2'), "{said}");
    let again = browser.submit(&plan, PLAN, &confirmed).await;
    assert_eq!(browser.follow(&again).await.banner(), said);
    // Without the key of the form, and with another choice, the file was imported all the same.
    for other in [("once", ""), ("currency", "RON")] {
        let again = browser.submit(&plan, PLAN, &[confirmed[0], other]).await;
        let job = browser.follow(&again).await;
        assert!(job.path.starts_with("/admin/leads/import/"), "{job:?}");
        assert!(job.banner().contains("imported before"), "{job:?}");
        assert_eq!(job.texts(".kpi-value"), ["2", "0", "0"]);
    }
    let leads = app.api(ALICE).get("leads").await.json();
    assert_eq!(leads.as_array().unwrap().len(), 2);
}

async fn a_second_import_of_statuses_says_what_the_first_did(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let path = format!("{STATUSES}/import");
    let plan = preview(&browser, &path, "statuses.csv", NEW_STATUS).await;
    let first = browser.submit(&plan, PLAN, &[("confirm", "1")]).await;
    let said = browser.follow(&first).await.banner();
    assert!(said.contains("statuses.csv"), "{said}");
    for once in [plan.form(PLAN).value("once").unwrap(), ""] {
        let fields = [("confirm", "1"), ("once", once)];
        let again = browser.submit(&plan, PLAN, &fields).await;
        assert_eq!(again.status, 303, "{again:?}");
        assert_eq!(browser.follow(&again).await.banner(), said);
    }
}
