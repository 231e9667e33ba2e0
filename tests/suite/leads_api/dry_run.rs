//! Dry runs.

use serde_json::json;

use super::{create_lead, read_lead};
use crate::support::{ALICE, TestApp};

both!(only_a_deletion_and_a_move_can_be_tried_out);

async fn only_a_deletion_and_a_move_can_be_tried_out(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_lead(&api, json!({"name": "Ana"})).await;
    let won = api.status_id("Won").await;
    let lead = read_lead(&api, id).await;
    let counted = api.statuses().await.len();
    for word in ["1", "true", "perhaps"] {
        let tried = [
            api.post(&format!("leads?dry_run={word}"), json!({"name": "B"}))
                .await,
            api.put(&format!("leads/{id}?dry_run={word}"), json!({"name": "C"}))
                .await,
            api.put(
                &format!("lead_statuses/{won}?dry_run={word}"),
                json!({"name": "D"}),
            )
            .await,
            api.post(
                &format!("lead_statuses?dry_run={word}"),
                json!({"name": "E", "color": "#123456"}),
            )
            .await,
        ];
        for answer in tried {
            assert_eq!(answer.status, 422, "{word}: {}", answer.text());
            assert!(!answer.json()["errors"]["dry_run"].is_null());
        }
    }
    assert_eq!(read_lead(&api, id).await, lead);
    assert_eq!(
        api.get("leads").await.json().as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(
        (api.statuses().await.len(), api.status_id("Won").await),
        (counted, won)
    );
    let done = api
        .put(&format!("leads/{id}?dry_run=0"), json!({"name": "C"}))
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
}
