//! What is offered to a user waits for them: in the menu, in the title and on a page.

use serde_json::json;

use super::{HOUR, HandoffFixture};
use crate::support::{ALICE, Browser, MARA, RADU, TestApp, VERA};

both!(
    an_offer_waits_for_its_receiver_and_overdue_for_managers,
    an_offer_is_answered_on_the_page_of_what_waits,
);

const OFFERS: &str = "/admin/leads/offers";

/// The number beside the menu line, if there is one.
async fn number(browser: &Browser) -> Option<String> {
    let page = browser.get("/admin/leads").await;
    let line = page.texts(&format!("nav a[href='{OFFERS}']")).join(" ");
    let number = line.rsplit(' ').next().unwrap_or_default().to_owned();
    number.parse::<i64>().ok().map(|number| number.to_string())
}

async fn an_offer_waits_for_its_receiver_and_overdue_for_managers(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    fixture.create_offer("For Radu", Some(RADU)).await;
    fixture.create_offer("For reps", None).await;
    fixture.create_offer("For Mara", Some(MARA)).await;
    let (radu, mara, alice) = (
        app.signed_in(RADU).await,
        app.signed_in(MARA).await,
        app.signed_in(ALICE).await,
    );
    assert_eq!(number(&radu).await.as_deref(), Some("2"));
    assert_eq!(number(&mara).await.as_deref(), Some("1"));
    assert_eq!(number(&alice).await, None);
    let page = radu.get(OFFERS).await;
    assert_eq!(page.texts(".offer .lead-link"), ["For Radu", "For reps"]);
    assert!(page.title().starts_with("(2)"), "{}", page.title());
    app.clock.advance(25 * HOUR);
    let (mara, alice) = (app.signed_in(MARA).await, app.signed_in(ALICE).await);
    assert_eq!(number(&mara).await.as_deref(), Some("3"));
    assert_eq!(number(&alice).await.as_deref(), Some("3"));
    let vera = app.signed_in(VERA).await;
    assert_eq!(vera.get(OFFERS).await.status, 403);
    assert_eq!(number(&vera).await, None);
}

async fn an_offer_is_answered_on_the_page_of_what_waits(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", None).await;
    let radu = app.signed_in(RADU).await;
    let page = radu.get(OFFERS).await;
    let form = "form[action$='/handoff']";
    let done = radu.submit(&page, form, &[("answer", "accept")]).await;
    assert_eq!(done.leads_to().as_deref(), Some(OFFERS), "{done:?}");
    assert_eq!(fixture.show(id).await["owner"], fixture.user_id(RADU).await);
    let page = radu.follow(&done).await;
    assert!(page.text().contains("Nothing is waiting"), "{page:?}");
    // A role that asks managers leaves out reps.
    fixture.set_handoff(json!({"to": "manager"})).await;
    let other = fixture.create_offer("Bea", None).await;
    assert!(!radu.get(OFFERS).await.text().contains("Bea"));
    assert_eq!(
        fixture
            .answer(RADU, other, json!({"answer": "accept"}))
            .await
            .status,
        403
    );
    assert_eq!(
        fixture
            .answer(MARA, other, json!({"answer": "accept"}))
            .await
            .status,
        200
    );
}
