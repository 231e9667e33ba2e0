//! The answers to an offer, through the API.

use lead_statuses::leads::domain::handoff::OfferOutcome;
use serde_json::{Value, json};

use super::{HOUR, HandoffFixture};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    who_accepts_owns_the_lead_from_then_on,
    a_rejected_lead_goes_back_and_keeps_its_owner,
    a_recycled_lead_waits_and_comes_back_to_its_owner,
    an_offer_is_withdrawn_by_its_author_and_by_managers,
    only_the_receiver_answers,
    an_offer_has_one_answer,
    an_answer_without_what_it_needs_is_refused,
    a_destination_that_is_gone_falls_back,
    an_answer_counts_as_no_move_that_rules_judged,
);

async fn who_accepts_owns_the_lead_from_then_on(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", None).await;
    let mara = fixture.user_id(MARA).await;
    assert_eq!(fixture.show(id).await["owner"], mara, "not before");
    app.clock.advance(HOUR);
    let done = fixture.answer(RADU, id, json!({"answer": "accept"})).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let lead = fixture.show(id).await;
    let radu = fixture.user_id(RADU).await;
    assert_eq!(
        (&lead["owner"], &lead["status"]),
        (&json!(radu), &json!(fixture.status))
    );
    assert_eq!(lead["handoff"]["state"], "accepted");
    assert!(lead["handoff"]["accepted_at"].is_string());
    let [offer] = &fixture.offers(id).await[..] else {
        panic!("one offer");
    };
    let end = offer.end.as_ref().unwrap();
    assert_eq!((end.outcome, end.by), (OfferOutcome::Accepted, Some(radu)));
    assert_eq!(end.at.seconds_since(offer.offered_at), HOUR);
    let log = app.signed_in(ALICE).await;
    let log = log.get(&format!("/admin/audit?subject=lead&id={id}")).await;
    assert!(
        log.text().contains("Offer accepted") && log.text().contains(RADU.name),
        "{log:?}"
    );
    fixture.check();
}

async fn a_rejected_lead_goes_back_and_keeps_its_owner(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", Some(RADU)).await;
    let reject = json!({"answer": "reject", "reason": "PRET"});
    let done = fixture.answer(RADU, id, reject).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let lead = fixture.show(id).await;
    assert_eq!(
        (&lead["status"], &lead["owner"], &lead["handoff"]),
        (
            &json!(fixture.contacted),
            &json!(fixture.user_id(MARA).await),
            &Value::Null
        )
    );
    let visits = fixture.api.get(&format!("leads/{id}/visits")).await.json();
    let last = visits.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["via"], &last["reason"], &last["actor"]),
        (
            &json!("handoff"),
            &json!("Preț"),
            &json!("Radu Stănescu (suite)")
        )
    );
    let end = fixture.offers(id).await[0].end.clone().unwrap();
    assert_eq!(
        (end.outcome, end.reason.as_str()),
        (OfferOutcome::Rejected, "Preț")
    );
    // To the status that the hand-off names; the rules of that status don't hold it back.
    fixture.set_handoff(json!({"reject_to": fixture.new})).await;
    let path = format!("lead_statuses/{}", fixture.new);
    fixture
        .api
        .put(&path, json!({"movers": ["admin"], "reason_required": true}))
        .await;
    fixture.offer(id, None).await;
    let done = fixture
        .answer(RADU, id, json!({"answer": "reject", "reason": "Any"}))
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(fixture.show(id).await["status"], fixture.new);
    // One that began there has come from nowhere.
    fixture.set_handoff(json!({})).await;
    let body = json!({"name": "Born there", "status": fixture.status});
    let made = fixture.api.post("leads", body).await.json()["record_id"]
        .as_i64()
        .unwrap();
    fixture
        .answer(RADU, made, json!({"answer": "reject", "reason": "Any"}))
        .await;
    assert_eq!(fixture.show(made).await["status"], fixture.new);
    fixture.check();
}

async fn a_recycled_lead_waits_and_comes_back_to_its_owner(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let day = |days: i64| {
        let at = app.clock.now().plus_seconds(days * 86_400);
        at.rfc3339()[..10].to_owned()
    };
    let until = day(10);
    let body = json!({"answer": "recycle", "reason": "no need", "until": until});
    // Without a status for it: to the default one, which is open.
    let id = fixture.create_offer("Ana", None).await;
    let done = fixture.answer(RADU, id, body.clone()).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let lead = fixture.show(id).await;
    assert_eq!(
        (&lead["status"], &lead["state"], &lead["owner"]),
        (
            &json!(fixture.new),
            &json!("paused"),
            &json!(fixture.user_id(MARA).await)
        )
    );
    assert_eq!(lead["paused_until"], format!("{until}T00:00:00Z"));
    // To a status of kind paused: it waits there too.
    fixture
        .set_handoff(json!({"recycle_to": fixture.waiting}))
        .await;
    let other = fixture.create_offer("Bea", None).await;
    let any = json!({"answer": "recycle", "reason": "Later", "until": until});
    assert_eq!(fixture.answer(RADU, other, any).await.status, 200);
    let lead = fixture.show(other).await;
    assert_eq!(lead["status"], fixture.waiting);
    assert_eq!(lead["paused_until"], format!("{until}T00:00:00Z"));
    let end = fixture.offers(other).await[0].end.clone().unwrap();
    assert_eq!(
        (end.outcome, end.reason.as_str()),
        (OfferOutcome::Recycled, "Later")
    );
    fixture.check();
    // When the day has come, the second one waits for its owner on a page.
    let mara = app.signed_in(MARA).await;
    assert!(!mara.get("/admin/leads/offers").await.text().contains("Bea"));
    app.clock.advance(11 * 86_400);
    let mara = app.signed_in(MARA).await;
    let page = mara.get("/admin/leads/offers").await;
    assert!(
        page.text().contains("Bea") && page.text().contains("Later"),
        "{page:?}"
    );
    fixture.check();
}

async fn an_offer_is_withdrawn_by_its_author_and_by_managers(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let withdraw = json!({"answer": "withdraw"});
    for who in [ALICE, MARA] {
        let id = fixture.create_offer("Ana", Some(RADU)).await;
        let refused = fixture.answer(RADU, id, withdraw.clone()).await;
        assert_eq!(refused.status, 403, "{}", refused.text());
        let done = fixture.answer(who, id, withdraw.clone()).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert_eq!(fixture.show(id).await["status"], fixture.contacted);
        assert_eq!(fixture.outcome(id).await, Some(OfferOutcome::Withdrawn));
    }
    // A rep withdraws what they offered themselves.
    let radu = app.api(RADU);
    let body = json!({"name": "Own", "status": fixture.contacted});
    let own = radu.post("leads", body).await.json()["record_id"]
        .as_i64()
        .unwrap();
    let path = format!("leads/{own}/status");
    radu.post(
        &path,
        json!({"status": fixture.status, "offer_to": fixture.user_id(MARA).await}),
    )
    .await;
    let done = fixture.answer(RADU, own, withdraw).await;
    assert_eq!(done.status, 200, "{}", done.text());
    fixture.check();
}

async fn only_the_receiver_answers(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let accept = json!({"answer": "accept"});
    let named = fixture.create_offer("Named", Some(MARA)).await;
    for who in [ALICE, RADU, VERA] {
        let refused = fixture.answer(who, named, accept.clone()).await;
        assert_eq!(refused.status, 403, "{who:?}: {}", refused.text());
    }
    assert_eq!(fixture.outcome(named).await, None);
    assert_eq!(
        fixture.answer(MARA, named, accept.clone()).await.status,
        200
    );
    for who in [ALICE, MARA, RADU] {
        let id = fixture.create_offer("Anyone's", None).await;
        assert_eq!(fixture.answer(VERA, id, accept.clone()).await.status, 403);
        assert_eq!(
            fixture.answer(who, id, accept.clone()).await.status,
            200,
            "{who:?}"
        );
        assert_eq!(fixture.show(id).await["owner"], fixture.user_id(who).await);
    }
    assert_eq!(fixture.answer(RADU, 4711, accept).await.status, 404);
}

async fn an_offer_has_one_answer(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let accept = json!({"answer": "accept"});
    let plain = fixture.lead("Plain").await;
    let none = fixture.answer(RADU, plain, accept.clone()).await;
    assert_eq!(none.status, 409, "{}", none.text());
    let id = fixture.create_offer("Ana", None).await;
    let stale = fixture.offers(id).await[0].id;
    assert_eq!(fixture.answer(RADU, id, accept.clone()).await.status, 200);
    let late = fixture.answer(MARA, id, accept.clone()).await;
    assert_eq!(late.status, 409);
    assert_eq!(
        late.json()["message"],
        "Radu Stănescu has already accepted this lead"
    );
    // Offered anew: an answer to the offer that was shown before is too late.
    fixture
        .api
        .post(
            &format!("leads/{id}/status"),
            json!({"status": fixture.contacted}),
        )
        .await;
    fixture.offer(id, None).await;
    let old = json!({"answer": "accept", "offer": stale});
    assert_eq!(fixture.answer(MARA, id, old).await.status, 409);
    fixture.api.delete(&format!("leads/{id}")).await;
    assert_eq!(
        fixture.answer(MARA, id, accept).await.status,
        409,
        "in the bin"
    );
    fixture.check();
}

async fn an_answer_without_what_it_needs_is_refused(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", None).await;
    let past = "2001-01-01";
    for (body, field) in [
        (json!({}), "answer"),
        (json!({"answer": "perhaps"}), "answer"),
        (json!({"answer": ["accept"]}), "answer"),
        (json!({"answer": "reject"}), "reason"),
        (json!({"answer": "reject", "reason": "Because"}), "reason"),
        (
            json!({"answer": "reject", "reason": "x".repeat(201)}),
            "reason",
        ),
        (json!({"answer": "recycle", "reason": "Preț"}), "until"),
        (
            json!({"answer": "recycle", "reason": "Preț", "until": "soon"}),
            "until",
        ),
        (
            json!({"answer": "recycle", "reason": "Preț", "until": past}),
            "until",
        ),
        (json!({"answer": "accept", "offer": "first"}), "offer"),
    ] {
        let refused = fixture.answer(RADU, id, body.clone()).await;
        assert_eq!(refused.status, 422, "{body}: {}", refused.text());
        assert!(
            refused.json()["errors"][field].is_array(),
            "{body}: {}",
            refused.text()
        );
    }
    let other = json!({"answer": "reject", "reason": "Because"});
    let refused = fixture.answer(RADU, id, other).await;
    let text = refused.text();
    let choices = "Choose one of these reasons: Preț";
    assert!(text.contains(choices), "as for a move: {text}");
    assert_eq!(fixture.outcome(id).await, None);
}

async fn a_destination_that_is_gone_falls_back(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let gone = fixture.api.create_status("Gone").await;
    fixture
        .set_handoff(json!({"reject_to": gone, "recycle_to": gone}))
        .await;
    let path = format!("lead_statuses/{gone}");
    fixture.api.put(&path, json!({"archived": true})).await;
    let id = fixture.create_offer("Ana", None).await;
    fixture
        .answer(RADU, id, json!({"answer": "reject", "reason": "Any"}))
        .await;
    assert_eq!(fixture.show(id).await["status"], fixture.contacted);
    let other = fixture.create_offer("Bea", None).await;
    let recycle = json!({"answer": "recycle", "reason": "Any", "until": "2133-01-01"});
    assert_eq!(
        fixture.answer(RADU, other, recycle).await.status,
        422,
        "too far"
    );
    let until = app.clock.now().plus_seconds(5 * 86_400).rfc3339()[..10].to_owned();
    let recycle = json!({"answer": "recycle", "reason": "Any", "until": until});
    let done = fixture.answer(RADU, other, recycle).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(fixture.show(other).await["status"], fixture.new);
    fixture.check();
}

async fn an_answer_counts_as_no_move_that_rules_judged(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    let id = fixture.create_offer("Ana", Some(RADU)).await;
    let path = format!("lead_statuses/{}", fixture.contacted);
    let rules = json!({"entry_rules": [{"type": "confirm", "text": "We spoke"}]});
    assert_eq!(fixture.api.put(&path, rules).await.status, 200);
    let moves = async || {
        let report = fixture.api.get("reports/compliance").await.json();
        let statuses = report["statuses"].as_array().expect("a list").clone();
        let of_status = |one: &&Value| one["status"] == fixture.contacted;
        statuses.iter().find(of_status).expect("the status")["rules"][0]["moves"].clone()
    };
    let before = moves().await;
    let reject = json!({"answer": "reject", "reason": "PRET"});
    let done = fixture.answer(RADU, id, reject).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(fixture.show(id).await["status"], fixture.contacted);
    assert_eq!(moves().await, before);
}
