//! Offers on pages, as forms without JavaScript.

use lead_statuses::leads::domain::handoff::OfferOutcome;
use serde_json::json;

use super::{HOUR, HandoffFixture};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    the_receiver_accepts_on_the_page_of_the_lead,
    a_rejection_asks_for_a_reason_and_a_recycling_for_a_day,
    what_was_typed_wrongly_is_shown_again,
    an_answer_that_comes_too_late_says_why,
    an_offer_is_marked_on_list_and_board_and_shown_in_the_history,
    the_list_is_filtered_by_offers,
);

const ANSWER: &str = "main form[action$='/handoff']";

async fn the_receiver_accepts_on_the_page_of_the_lead(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", Some(RADU)).await;
    let path = format!("/admin/leads/{id}");
    let radu = app.signed_in(RADU).await;
    let page = radu.get(&path).await;
    assert!(
        page.text().contains("Waits for you to accept until"),
        "{page:?}"
    );
    assert!(
        !page.has("#offer button[value=withdraw]"),
        "not his to withdraw"
    );
    let done = radu
        .submit(&page, "#offer form", &[("answer", "accept")])
        .await;
    assert_eq!(done.leads_to(), Some(path.clone()), "{done:?}");
    let page = radu.follow(&done).await;
    assert!(page.text().contains("You own “Ana” now."), "{page:?}");
    assert!(!page.has("#offer"));
    assert_eq!(fixture.show(id).await["owner"], fixture.user_id(RADU).await);
    // Others see the offer, and no buttons.
    let other = fixture.create_offer("Bea", Some(RADU)).await;
    let vera = app.signed_in(VERA).await;
    let page = vera.get(&format!("/admin/leads/{other}")).await;
    assert!(
        page.text().contains("Offered to Radu Stănescu until"),
        "{page:?}"
    );
    assert!(!page.has("#offer form"));
    assert_eq!(
        vera.get(&format!("/admin/leads/{other}/handoff"))
            .await
            .status,
        403
    );
}

async fn a_rejection_asks_for_a_reason_and_a_recycling_for_a_day(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    fixture
        .set_handoff(json!({"reasons": ["Preț"], "recycle_to": fixture.waiting}))
        .await;
    let radu = app.signed_in(RADU).await;
    let id = fixture.create_offer("Ana", None).await;
    let path = format!("/admin/leads/{id}");
    let page = radu.get(&path).await;
    let links = page.attributes("#offer a", "href");
    assert_eq!(links.len(), 2, "{page:?}");
    let form = radu.get(&links[0]).await;
    assert_eq!(form.texts("#f-reason option").len(), 2, "{form:?}");
    assert!(!form.has("#f-until"));
    let done = radu.submit(&form, ANSWER, &[("reason", "Preț")]).await;
    assert_eq!(done.leads_to(), Some(path.clone()), "{done:?}");
    assert_eq!(fixture.outcome(id).await, Some(OfferOutcome::Rejected));
    fixture.offer(id, None).await;
    let page = radu.get(&path).await;
    let form = radu.get(&page.attributes("#offer a", "href")[1]).await;
    let day = app.clock.now().plus_seconds(9 * 86_400).rfc3339()[..10].to_owned();
    let typed = [("reason", "Preț"), ("until", day.as_str())];
    let done = radu.submit(&form, ANSWER, &typed).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(fixture.show(id).await["status"], fixture.waiting);
}

async fn what_was_typed_wrongly_is_shown_again(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    fixture.set_handoff(json!({})).await;
    let id = fixture.create_offer("Ana", None).await;
    let radu = app.signed_in(RADU).await;
    let form = radu
        .get(&format!("/admin/leads/{id}/handoff?answer=recycle"))
        .await;
    let typed = [("reason", "Later <b>"), ("until", "2001-01-01")];
    let again = radu.submit(&form, ANSWER, &typed).await;
    assert_eq!(again.status, 422, "{again:?}");
    assert!(again.has("#f-until[aria-invalid=true]"), "{again:?}");
    assert_eq!(again.form(ANSWER).value("reason"), Some("Later <b>"));
    assert_eq!(fixture.outcome(id).await, None);
}

async fn an_answer_that_comes_too_late_says_why(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", None).await;
    let radu = app.signed_in(RADU).await;
    let page = radu.get(&format!("/admin/leads/{id}")).await;
    let form = radu
        .get(&format!("/admin/leads/{id}/handoff?answer=reject"))
        .await;
    fixture.answer(MARA, id, json!({"answer": "accept"})).await;
    let late = radu
        .submit(&page, "#offer form", &[("answer", "accept")])
        .await;
    assert_eq!(late.status, 409, "{late:?}");
    assert!(
        late.text()
            .contains("Mara Ionescu has already accepted this lead"),
        "{late:?}"
    );
    let late = radu.submit(&form, ANSWER, &[("reason", "Preț")]).await;
    assert_eq!(late.status, 409, "{late:?}");
    assert_eq!(fixture.show(id).await["owner"], fixture.user_id(MARA).await);
}

async fn an_offer_is_marked_on_list_and_board_and_shown_in_the_history(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", Some(RADU)).await;
    let mara = app.signed_in(MARA).await;
    for path in ["/admin/leads", "/admin/leads/board"] {
        let text = mara.get(path).await.text();
        assert!(
            text.contains("Offered to Radu Stănescu until"),
            "{path}: {text}"
        );
    }
    app.clock.advance(25 * HOUR);
    let radu = app.signed_in(RADU).await;
    for path in ["/admin/leads", "/admin/leads/board"] {
        let text = radu.get(path).await.text();
        assert!(
            text.contains("Waits for you to accept, overdue since"),
            "{path}: {text}"
        );
    }
    fixture
        .answer(RADU, id, json!({"answer": "reject", "reason": "Preț"}))
        .await;
    let page = radu.get(&format!("/admin/leads/{id}")).await;
    let history = page.texts(".visits").join(" ");
    for words in [
        "Offered to Radu Stănescu, due",
        "Rejected · Radu Stănescu · Preț",
        "Hand-off",
    ] {
        assert!(history.contains(words), "{words}: {history}");
    }
}

async fn the_list_is_filtered_by_offers(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    fixture.create_offer("Late", None).await;
    app.clock.advance(23 * HOUR);
    fixture.create_offer("Young", None).await;
    fixture.lead("Plain").await;
    app.clock.advance(2 * HOUR);
    for (word, name) in [("pending", "Young"), ("overdue", "Late")] {
        let found = fixture
            .api
            .get(&format!("leads?handoff={word}"))
            .await
            .json();
        let names: Vec<_> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|lead| &lead["name"])
            .collect();
        assert_eq!(names, [name], "{word}");
        assert_eq!(found[0]["handoff"]["state"], word);
        let path = format!("leads?handoff={word}&page=1&status={}", fixture.status);
        assert_eq!(fixture.api.get(&path).await.json()["meta"]["total"], 1);
        let alice = app.signed_in(ALICE).await;
        let page = alice.get(&format!("/admin/leads?handoff={word}")).await;
        assert_eq!(page.texts("tbody tr").len(), 1, "{page:?}");
        assert!(
            page.has(&format!("#bulk input[name=handoff][value={word}]")),
            "{page:?}"
        );
    }
    assert_eq!(fixture.api.get("leads?handoff=soon").await.status, 422);
}
