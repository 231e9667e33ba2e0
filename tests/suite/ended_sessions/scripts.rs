//! Forms that a script of the page sends after the session has ended.

use reqwest::Method;

use super::{IDLE, send, sign_in_again, stored_forms};
use crate::leads::fixtures::{FORM, LIST};
use crate::leads::lead_builder::{draft, lead, make};
use crate::support::{ALICE, MARA, Page, TestApp};

both!(
    a_card_that_was_moved_leads_back_to_the_board,
    a_script_lets_the_browser_send_the_form,
);

async fn a_card_that_was_moved_leads_back_to_the_board(app: TestApp) {
    let id = make(&app, vec![draft("Ana")]).await[0];
    let to = app.api(ALICE).status_id("Contacted").await.to_string();
    let browser = app.signed_in(MARA).await;
    let board = browser.get("/admin/leads/board?q=ana").await;
    let token = board.attributes("[name=csrf]", "value").remove(0);
    app.clock.advance(IDLE);
    let fields = [
        ("csrf", token.as_str()),
        ("status", &to),
        ("back", &board.path),
    ];
    let path = format!("{LIST}/{id}/move");
    let request = browser
        .request(Method::POST, &path)
        .header("sec-fetch-site", "same-origin")
        .header("referer", browser.address(&board.path))
        .form(&fields);
    let sent = Page::read(&path, browser.send(request).await);
    let back = sign_in_again(&browser, &sent, MARA).await;
    assert_eq!(back.path, "/admin/leads/board?q=ana", "{back:?}");
    assert!(back.banner().contains("Your session ended"), "{back:?}");
    assert_eq!(lead(&app, id).await.version, 1);
}

async fn a_script_lets_the_browser_send_the_form(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    let form = page.form(FORM).with(&[("name", "Ana")]);
    app.clock.advance(IDLE);
    let by_script = browser
        .request(Method::POST, &form.action)
        .header("x-requested-with", "fetch")
        .form(&form.fields);
    assert_eq!(browser.send(by_script).await.status, 401);
    assert!(stored_forms(&app).await.is_empty());
    let sent = send(&browser, &page, FORM, &[("name", "Ana")]).await;
    let back = sign_in_again(&browser, &sent, MARA).await;
    assert_eq!(back.form(FORM).value("name"), Some("Ana"));
}
