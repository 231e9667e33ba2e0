//! What ends an offer, or changes it, without an answer.

use lead_statuses::leads::domain::handoff::OfferOutcome;
use serde_json::{Value, json};

use super::HandoffFixture;
use crate::support::{ALICE, RADU, TestApp};

both!(
    voiding_the_move_withdraws_the_offer,
    voiding_the_move_out_opens_the_offer_again,
    an_answer_is_not_voided,
    replacing_the_status_withdraws_and_offers_nothing,
    a_disabled_receiver_leaves_the_offer_to_the_role,
    an_offer_does_not_come_back_to_a_user_who_only_reads_by_now,
    importing_a_history_withdraws_the_offer,
    a_lead_in_the_bin_keeps_its_offer,
);

async fn void_last(fixture: &HandoffFixture<'_>, id: i64) -> u16 {
    let visits = fixture.api.get(&format!("leads/{id}/visits")).await.json();
    let last = visits.as_array().unwrap().last().unwrap()["id"].clone();
    let path = format!("leads/{id}/visits/{last}/void");
    fixture.api.post(&path, json!({})).await.status
}

async fn voiding_the_move_withdraws_the_offer(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", None).await;
    assert_eq!(void_last(&fixture, id).await, 200);
    assert_eq!(fixture.outcome(id).await, Some(OfferOutcome::Withdrawn));
    assert_eq!(fixture.show(id).await["handoff"], Value::Null);
    fixture.check();
}

async fn voiding_the_move_out_opens_the_offer_again(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", Some(RADU)).await;
    let due = fixture.show(id).await["handoff"]["due_at"].clone();
    let path = format!("leads/{id}/status");
    fixture
        .api
        .post(&path, json!({"status": fixture.new}))
        .await;
    assert_eq!(fixture.outcome(id).await, Some(OfferOutcome::MovedOn));
    assert_eq!(void_last(&fixture, id).await, 200);
    let handoff = fixture.show(id).await["handoff"].clone();
    assert_eq!(
        (&handoff["state"], &handoff["due_at"]),
        (&json!("pending"), &due)
    );
    assert_eq!(handoff["to"], fixture.user_id(RADU).await);
    fixture.check();
    assert_eq!(
        fixture
            .answer(RADU, id, json!({"answer": "accept"}))
            .await
            .status,
        200
    );
}

async fn an_answer_is_not_voided(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", None).await;
    fixture
        .answer(RADU, id, json!({"answer": "reject", "reason": "Preț"}))
        .await;
    assert_eq!(void_last(&fixture, id).await, 409);
    assert_eq!(fixture.outcome(id).await, Some(OfferOutcome::Rejected));
}

async fn replacing_the_status_withdraws_and_offers_nothing(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", None).await;
    let other = fixture.api.create_status("Other hand-off").await;
    let path = format!("lead_statuses/{other}");
    let handoff = json!({"to": "rep", "within_hours": 1});
    fixture.api.put(&path, json!({"handoff": handoff})).await;
    let path = format!("lead_statuses/{}?replace_with={other}", fixture.status);
    let done = fixture.api.delete(&path).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let lead = fixture.show(id).await;
    assert_eq!(
        (&lead["status"], &lead["handoff"]),
        (&json!(other), &Value::Null)
    );
    assert_eq!(fixture.outcome(id).await, Some(OfferOutcome::Withdrawn));
    assert_eq!(fixture.offers(id).await.len(), 1);
    fixture.check();
}

async fn a_disabled_receiver_leaves_the_offer_to_the_role(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let arguments = [
        "user",
        "add",
        "--email",
        "ion@example.com",
        "--name",
        "Ion",
        "--role",
        "rep",
        "--password-stdin",
    ];
    let added = app.program(&arguments, "ion likes long walks\n");
    assert!(added.status.success(), "{added:?}");
    let find = |conn: &mut lead_statuses::db::Conn| {
        lead_statuses::access::users::find_by_email(conn, "ion@example.com")
    };
    let ion = app.db.read(find).await.unwrap().expect("a user").id;
    for by_page in [false, true] {
        let id = fixture.lead("Ana").await;
        let body = json!({"status": fixture.status, "offer_to": ion});
        let moved = fixture.api.post(&format!("leads/{id}/status"), body).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
        assert_eq!(
            fixture
                .answer(RADU, id, json!({"answer": "accept"}))
                .await
                .status,
            403
        );
        match by_page {
            false => {
                let done = app.program(&["user", "disable", "ion@example.com"], "");
                assert!(done.status.success(), "{done:?}");
            }
            true => {
                let alice = app.signed_in(ALICE).await;
                let page = alice.get(&format!("/admin/users/{ion}/edit")).await;
                let form = format!("form[action='/admin/users/{ion}/disable']");
                let asked = alice.submit(&page, &form, &[("confirm", "1")]).await;
                assert!(matches!(asked.status, 200 | 303), "{asked:?}");
            }
        }
        assert_eq!(fixture.show(id).await["handoff"]["to"], Value::Null);
        fixture.check();
        let done = fixture.answer(RADU, id, json!({"answer": "accept"})).await;
        assert_eq!(done.status, 200, "{}", done.text());
        let alice = app.signed_in(ALICE).await;
        let page = alice.get(&format!("/admin/users/{ion}/edit")).await;
        let form = format!("form[action='/admin/users/{ion}/enable']");
        if !by_page {
            assert_eq!(alice.submit(&page, &form, &[]).await.status, 303);
        }
    }
}

async fn importing_a_history_withdraws_the_offer(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let import = |what: &str, text: &str| {
        let path = app.dir().join(format!("{what}.csv"));
        std::fs::write(&path, text).unwrap();
        app.program(&["import", what, path.to_str().unwrap()], "")
    };
    let made = import("leads", "external_ref,name,status\nA-1,Ana,Handed\n");
    assert!(made.status.success(), "{made:?}");
    let found = fixture.api.get("leads/search/A-1").await.json();
    let id = found[0]["id"].as_i64().unwrap();
    assert_eq!(found[0]["handoff"]["state"], "pending");
    let history = "external_ref,status,entered_at,via,actor,reason\n\
        A-1,New,2026-01-01,ui,Ana,\nA-1,Contacted,2026-01-02,handoff,Ana,Preț\n";
    let read = import("visits", history);
    assert!(read.status.success(), "{read:?}");
    assert_eq!(fixture.outcome(id).await, Some(OfferOutcome::Withdrawn));
    let visits = fixture.api.get(&format!("leads/{id}/visits")).await.json();
    assert_eq!(
        visits[1]["via"], "import",
        "what the file says is not how it came"
    );
    fixture.check();
    // Import reads an export whose moves are answers to offers.
    let answered = fixture.create_offer("Bea", None).await;
    fixture
        .answer(
            RADU,
            answered,
            json!({"answer": "reject", "reason": "Preț"}),
        )
        .await;
    let file = app.program(&["export", "visits"], "");
    assert!(
        String::from_utf8_lossy(&file.stdout).contains(",handoff,"),
        "{file:?}"
    );
}

async fn a_lead_in_the_bin_keeps_its_offer(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", Some(RADU)).await;
    let radu = app.signed_in(RADU).await;
    assert!(radu.get("/admin/leads/offers").await.text().contains("Ana"));
    fixture.api.delete(&format!("leads/{id}")).await;
    assert!(!radu.get("/admin/leads/offers").await.text().contains("Ana"));
    assert_eq!(fixture.outcome(id).await, None);
    fixture.check();
    fixture
        .api
        .post(&format!("leads/{id}/restore"), json!({}))
        .await;
    assert_eq!(
        fixture
            .answer(RADU, id, json!({"answer": "accept"}))
            .await
            .status,
        200
    );
}

async fn an_offer_does_not_come_back_to_a_user_who_only_reads_by_now(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", Some(RADU)).await;
    let path = format!("leads/{id}/status");
    let body = json!({"status": fixture.new});
    assert_eq!(fixture.api.post(&path, body).await.status, 200);
    let radu = fixture.user_id(RADU).await;
    let alice = app.signed_in(ALICE).await;
    let page = alice.get(&format!("/admin/users/{radu}/edit")).await;
    let form = format!("form[action='/admin/users/{radu}']");
    let saved = alice.submit(&page, &form, &[("role", "viewer")]).await;
    assert_eq!(saved.status, 303, "{saved:?}");
    assert_eq!(void_last(&fixture, id).await, 200);
    let handoff = fixture.show(id).await["handoff"].clone();
    assert_eq!(
        (&handoff["state"], &handoff["to"]),
        (&json!("pending"), &Value::Null)
    );
    fixture.check();
}
