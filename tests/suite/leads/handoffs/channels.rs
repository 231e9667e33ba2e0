//! Every channel offers a lead that enters a hand-off, and ends the offer of one that leaves it.

use lead_statuses::leads;
use lead_statuses::leads::domain::handoff::OfferOutcome;
use serde_json::{Value, json};

use super::super::fixtures::user;
use super::super::rules::attempts::{CHANNELS, Channel, RulesFixture};
use super::super::rules::cases::{EntryInput, NOTHING};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    every_channel_offers_a_lead_that_enters,
    every_channel_ends_the_offer_of_a_lead_that_moves_on,
    the_receiver_is_named_through_every_channel_but_files,
    a_receiver_who_cannot_be_is_refused_through_every_channel,
);

const HANDOFF: &str = r#"{"to":"rep","within_hours":2}"#;

async fn handoff_of(fixture: &RulesFixture<'_>, id: i64) -> Value {
    let lead = fixture.api.get(&format!("leads/{id}")).await.json();
    lead["handoff"].clone()
}

async fn every_channel_offers_a_lead_that_enters(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture.rule(json!({"handoff": HANDOFF})).await;
    let alice = user(&app, ALICE).await;
    for channel in CHANNELS {
        let name = format!("into-{channel:?}").to_lowercase();
        let (_, text) = fixture.attempt(channel, &name, &NOTHING).await;
        let (id, status) = fixture
            .find_lead(&name)
            .await
            .unwrap_or_else(|| panic!("{channel:?}: {text}"));
        assert_eq!(status, fixture.ids.target, "{channel:?}: {text}");
        let handoff = handoff_of(&fixture, id).await;
        assert_eq!(
            (
                &handoff["state"],
                &handoff["to"],
                &handoff["from"],
                &handoff["accepted_at"]
            ),
            (&json!("pending"), &Value::Null, &json!(alice), &Value::Null),
            "{channel:?}: {handoff}"
        );
        let from = match channel.creates() {
            true => None,
            false => Some(fixture.ids.new),
        };
        let read = move |conn: &mut lead_statuses::db::Conn| leads::offers(conn, id);
        let offers = app.db.read(read).await.unwrap();
        let [offer] = &offers[..] else {
            panic!("{channel:?}: {offers:?}");
        };
        assert_eq!(offer.from_status, from, "{channel:?}");
        assert_eq!(
            offer.due_at.seconds_since(offer.offered_at),
            7_200,
            "{channel:?}"
        );
    }
    assert!(app.program(&["check"], "").status.success());
}

async fn every_channel_ends_the_offer_of_a_lead_that_moves_on(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    let new = format!("lead_statuses/{}", fixture.ids.new);
    fixture.api.put(&new, json!({"handoff": HANDOFF})).await;
    for channel in CHANNELS.into_iter().filter(|channel| !channel.creates()) {
        let name = format!("out-{channel:?}").to_lowercase();
        let (_, text) = fixture.attempt(channel, &name, &NOTHING).await;
        let (id, status) = fixture.find_lead(&name).await.expect("a lead");
        assert_eq!(status, fixture.ids.target, "{channel:?}: {text}");
        assert_eq!(handoff_of(&fixture, id).await, Value::Null, "{channel:?}");
        let read = move |conn: &mut lead_statuses::db::Conn| leads::offers(conn, id);
        let offers = app.db.read(read).await.unwrap();
        let outcomes: Vec<_> = offers
            .into_iter()
            .map(|offer| offer.end.map(|end| end.outcome))
            .collect();
        assert_eq!(outcomes, [Some(OfferOutcome::MovedOn)], "{channel:?}");
    }
    assert!(app.program(&["check"], "").status.success());
}

async fn the_receiver_is_named_through_every_channel_but_files(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture.rule(json!({"handoff": HANDOFF})).await;
    let receivers = [user(&app, RADU).await, user(&app, MARA).await];
    let channels = CHANNELS.into_iter().filter(|channel| !channel.is_file());
    for (number, channel) in channels.enumerate() {
        let to = receivers[number % 2];
        let input = EntryInput {
            offer_to: Some(to),
            ..NOTHING
        };
        let name = format!("to-{channel:?}").to_lowercase();
        let (_, text) = fixture.attempt(channel, &name, &input).await;
        let found = fixture.find_lead(&name).await;
        let (id, _) = found.unwrap_or_else(|| panic!("{channel:?}: {text}"));
        let handoff = handoff_of(&fixture, id).await;
        assert_eq!(handoff["to"], to, "{channel:?}: {handoff}");
    }
}

async fn a_receiver_who_cannot_be_is_refused_through_every_channel(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    let viewer = user(&app, VERA).await;
    for (handoff, to) in [
        (json!({"to": "rep", "within_hours": 2}), viewer),
        (
            json!({"to": "manager", "within_hours": 2}),
            user(&app, RADU).await,
        ),
        (json!({"to": "rep", "within_hours": 2}), 4711),
        (Value::Null, user(&app, RADU).await),
    ] {
        fixture.rule(json!({"handoff": handoff})).await;
        let input = EntryInput {
            offer_to: Some(to),
            ..NOTHING
        };
        for channel in CHANNELS.into_iter().filter(|channel| !channel.is_file()) {
            let which = format!("{channel:?} {to} {handoff}");
            let name = format!("no-{channel:?}-{to}-{}", handoff.is_null()).to_lowercase();
            let name = format!("{name}-{}", handoff["to"].as_str().unwrap_or("none"));
            let (status, text) = fixture.attempt(channel, &name, &input).await;
            assert_eq!(status, 422, "{which}: {text}");
            let lead = fixture.find_lead(&name).await;
            let stayed = lead.is_none_or(|(_, status)| status == fixture.ids.new);
            assert!(stayed, "{which}");
            if matches!(channel, Channel::Call | Channel::Put | Channel::Post) {
                let answer: Value = serde_json::from_str(&text).expect("JSON");
                assert!(answer["errors"]["offer_to"].is_array(), "{which}: {text}");
            }
        }
    }
}
