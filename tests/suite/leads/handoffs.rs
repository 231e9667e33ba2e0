//! Leads that are handed over: offered, answered, and what ends an offer otherwise.

mod answers;
mod at_once;
mod channels;
mod ends;
mod pages;
mod waiting;

use lead_statuses::leads;
use lead_statuses::leads::domain::handoff::{Offer, OfferOutcome};
use serde_json::{Value, json};

use crate::support::{ALICE, Answer, Api, MARA, Person, TestApp};

const HOUR: i64 = 3_600;

/// A pipeline with a status that hands its leads over to reps within a day.
struct HandoffFixture<'a> {
    app: &'a TestApp,
    /// Of an administrator.
    api: Api,
    new: i64,
    contacted: i64,
    status: i64,
    waiting: i64,
}

impl<'a> HandoffFixture<'a> {
    async fn new(app: &'a TestApp) -> HandoffFixture<'a> {
        let api = app.api(ALICE);
        let waiting = api.create_status("Waiting").await;
        let path = format!("lead_statuses/{waiting}");
        api.put(&path, json!({"kind": "paused"})).await;
        let fixture = HandoffFixture {
            app,
            new: api.status_id("New").await,
            contacted: api.status_id("Contacted").await,
            status: api.create_status("Handed").await,
            waiting,
            api,
        };
        fixture
            .set_handoff(json!({"reasons": ["Preț", "No need"]}))
            .await;
        fixture
    }

    /// Sets the hand-off of the status, with these members beside its own.
    async fn set_handoff(&self, members: Value) {
        let mut handoff = json!({"to": "rep", "within_hours": 24});
        for (name, value) in members.as_object().unwrap() {
            handoff[name] = value.clone();
        }
        let path = format!("lead_statuses/{}", self.status);
        let done = self.api.put(&path, json!({"handoff": handoff})).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }

    /// A lead of Mara in Contacted.
    async fn lead(&self, name: &str) -> i64 {
        let body =
            json!({"name": name, "status": self.contacted, "owner": self.user_id(MARA).await});
        let made = self.api.post("leads", body).await;
        assert_eq!(made.status, 201, "{}", made.text());
        made.json()["record_id"].as_i64().expect("an id")
    }

    /// A lead of Mara that an administrator has offered.
    async fn create_offer(&self, name: &str, to: Option<Person>) -> i64 {
        let id = self.lead(name).await;
        self.offer(id, to).await;
        id
    }

    async fn offer(&self, id: i64, to: Option<Person>) {
        let to = match to {
            Some(who) => Some(self.user_id(who).await),
            None => None,
        };
        let body = json!({"status": self.status, "offer_to": to});
        let moved = self.api.post(&format!("leads/{id}/status"), body).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
    }

    async fn user_id(&self, who: Person) -> i64 {
        super::fixtures::user(self.app, who).await
    }

    async fn show(&self, id: i64) -> Value {
        self.api.get(&format!("leads/{id}")).await.json()
    }

    async fn answer(&self, who: Person, id: i64, body: Value) -> Answer {
        let path = format!("leads/{id}/handoff");
        self.app.api(who).post(&path, body).await
    }

    /// The offers of a lead, oldest first.
    async fn offers(&self, id: i64) -> Vec<Offer> {
        let read = move |conn: &mut lead_statuses::db::Conn| leads::offers(conn, id);
        self.app.db.read(read).await.unwrap()
    }

    /// How the last offer of a lead ended; `None` while it is open.
    async fn outcome(&self, id: i64) -> Option<OfferOutcome> {
        let last = self.offers(id).await.pop().expect("an offer");
        last.end.map(|end| end.outcome)
    }

    /// Asserts that the command `check` finds no fault.
    fn check(&self) {
        let checked = self.app.program(&["check"], "");
        assert!(checked.status.success(), "{checked:?}");
    }
}
