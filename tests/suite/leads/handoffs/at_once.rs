//! Moves, changes of the status and answers at the same time: each offer has one answer, and a lead one owner.

use futures_util::future::join_all;
use lead_statuses::leads::domain::handoff::OfferOutcome;
use serde_json::json;

use super::HandoffFixture;
use crate::support::{ALICE, MARA, RADU, TestApp};

both!(each_offer_ends_once_and_who_accepted_owns_the_lead);

const TASKS: usize = 32;
const LEADS: usize = 6;
const ROUNDS: usize = 5;

async fn act(fixture: &HandoffFixture<'_>, leads: &[i64], task: usize) -> usize {
    let mut accepted = 0;
    for round in 0..ROUNDS {
        let id = leads[(task + round) % LEADS];
        let path = format!("leads/{id}/status");
        let answer = match task % 8 {
            0 => {
                let hours = 1 + (task + round) % 40;
                let handoff = json!({"to": "rep", "within_hours": hours});
                let path = format!("lead_statuses/{}", fixture.status);
                fixture.api.put(&path, json!({"handoff": handoff})).await
            }
            1 | 2 => {
                fixture
                    .api
                    .post(&path, json!({"status": fixture.status}))
                    .await
            }
            3 => {
                fixture
                    .api
                    .post(&path, json!({"status": fixture.contacted}))
                    .await
            }
            4 => {
                fixture
                    .answer(RADU, id, json!({"answer": "reject", "reason": "Any"}))
                    .await
            }
            5 => {
                fixture
                    .answer(ALICE, id, json!({"answer": "withdraw"}))
                    .await
            }
            6 => fixture.answer(RADU, id, json!({"answer": "accept"})).await,
            _ => fixture.answer(MARA, id, json!({"answer": "accept"})).await,
        };
        assert!(
            matches!(answer.status, 200 | 409),
            "{task}: {}",
            answer.text()
        );
        accepted += usize::from(task % 8 >= 6 && answer.status == 200);
    }
    accepted
}

async fn each_offer_ends_once_and_who_accepted_owns_the_lead(app: TestApp) {
    let fixture = HandoffFixture::new(&app).await;
    fixture.set_handoff(json!({"reasons": []})).await;
    let mut leads = Vec::new();
    for number in 0..LEADS {
        leads.push(fixture.create_offer(&format!("Lead {number}"), None).await);
    }
    let accepted: usize = join_all((0..TASKS).map(|task| act(&fixture, &leads, task)))
        .await
        .into_iter()
        .sum();
    let mut recorded = 0;
    for id in leads {
        let offers = fixture.offers(id).await;
        let open = offers.iter().filter(|offer| offer.end.is_none()).count();
        assert!(open <= 1, "{offers:?}");
        let ends = offers.iter().filter_map(|offer| offer.end.as_ref());
        let by: Vec<_> = ends
            .filter(|end| end.outcome == OfferOutcome::Accepted)
            .map(|end| end.by)
            .collect();
        recorded += by.len();
        let owner = fixture.show(id).await["owner"].as_i64();
        let expected = by
            .last()
            .copied()
            .unwrap_or(Some(fixture.user_id(MARA).await));
        assert_eq!(owner, expected, "{offers:?}");
    }
    assert_eq!(recorded, accepted);
    fixture.check();
}
