//! Counters, ages and the stuck predicate agree with the leads after every kind of change.

use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::{Clock, Zone};
use lead_statuses::leads;
use lead_statuses::leads::actions::{changes, pause, void};
use lead_statuses::leads::domain::pause::PauseEnd;
use lead_statuses::leads::domain::text::{Note, Reason, TextLine};
use lead_statuses::leads::{LeadFields, LeadRequest, Move, Rights, move_leads};
use lead_statuses::statuses::State;
use lead_statuses::statuses::{self, stats_of};

use crate::support::{ALICE, MARA, TestApp};

both!(
    a_move_leaves_one_open_visit_and_counts_follow,
    a_pause_stops_the_clock_and_ends_by_itself,
    a_voided_move_gives_back_status_and_clock,
    sums_are_in_the_currency_of_most_leads_and_others_on_demand,
);

fn fields(name: &str) -> LeadFields {
    LeadFields {
        value_cents: Some(1_000),
        ..LeadFields::with_name(TextLine::parse(name).unwrap())
    }
}

fn actor(clock: &Clock) -> Actor {
    Actor::program(Channel::Api, clock.now())
}

/// A lead that was just made in the default status.
async fn create_lead(app: &TestApp, name: &str) -> leads::Lead {
    let (actor, fields) = (actor(&app.clock), fields(name));
    let make = move |conn: &mut lead_statuses::db::Conn| {
        let request = LeadRequest::of(fields.clone(), None, Channel::Api);
        changes::create(conn, &actor, Rights::program(), request).map(|(lead, _)| lead)
    };
    app.db.write(make).await.unwrap()
}

async fn move_lead(app: &TestApp, id: i64, to: i64) {
    let actor = actor(&app.clock);
    let lead_move = Move::new(to, Channel::Api);
    let go = move |conn: &mut lead_statuses::db::Conn| move_leads(conn, &actor, &lead_move, &[id]);
    assert_eq!(app.db.write(go).await.unwrap(), [id]);
}

async fn status_figures(app: &TestApp, id: i64) -> statuses::StatusStats {
    let now = app.clock.now();
    let look = move |conn: &mut lead_statuses::db::Conn| {
        let status = statuses::find(conn, id)?;
        stats_of(conn, &status, now)
    };
    app.db.read(look).await.unwrap()
}

async fn state(app: &TestApp, id: i64) -> State {
    let now = app.clock.now();
    let look = move |conn: &mut lead_statuses::db::Conn| {
        let lead = leads::find(conn, id)?;
        let status = statuses::find(conn, lead.status_id)?;
        Ok(status
            .cutoffs(now)
            .state(lead.clock_from, lead.paused_until))
    };
    app.db.read(look).await.unwrap()
}

const DAY: i64 = 86_400;

async fn a_move_leaves_one_open_visit_and_counts_follow(app: TestApp) {
    let ids = app.api(crate::support::ALICE).statuses().await;
    let ids: Vec<i64> = ids.iter().map(|s| s["id"].as_i64().unwrap()).collect();
    let lead = create_lead(&app, "Ana").await;
    assert_eq!(lead.status_id, ids[0]);
    assert_eq!(status_figures(&app, ids[0]).await.counts.totals.leads, 1);
    assert_eq!(
        status_figures(&app, ids[0]).await.counts.totals.sums,
        [("EUR".to_owned(), 1_000)]
    );
    app.clock.advance(100 * DAY);
    assert_eq!(status_figures(&app, ids[0]).await.counts.stuck, 1);
    assert_eq!(state(&app, lead.id).await, State::Stuck);
    move_lead(&app, lead.id, ids[1]).await;
    assert_eq!(status_figures(&app, ids[0]).await.counts.totals.leads, 0);
    let there = status_figures(&app, ids[1]).await;
    assert_eq!(
        (
            there.counts.totals.leads,
            there.counts.stuck,
            there.median_days
        ),
        (1, 0, Some(0))
    );
    let visits = app.db.read(move |conn| leads::visits(conn, lead.id)).await;
    let visits = visits.unwrap();
    assert_eq!(visits.len(), 2);
    assert_eq!(visits[0].left_at, Some(visits[1].entered_at));
    assert_eq!(visits[0].next_status_id, Some(ids[1]));
    assert!(visits[1].is_open());
}

async fn a_pause_stops_the_clock_and_ends_by_itself(app: TestApp) {
    let lead = create_lead(&app, "Ana").await;
    app.clock.advance(100 * DAY);
    let today = app.clock.now().0 / (DAY * 1_000_000);
    let until = lead_statuses::clock::Timestamp((today + 10) * DAY * 1_000_000);
    let by = actor(&app.clock);
    let reason = Reason::parse("on holiday").unwrap();
    let pause = move |conn: &mut lead_statuses::db::Conn| {
        pause::pause(
            conn,
            &by,
            Rights::program(),
            lead.id,
            PauseEnd::of_day(Zone::UTC.day(until), Zone::UTC),
            &reason,
        )
    };
    let paused = app.db.write(pause).await.unwrap();
    assert_eq!(state(&app, lead.id).await, State::Paused);
    let there = status_figures(&app, paused.status_id).await;
    assert_eq!((there.counts.stuck, there.counts.paused), (0, 1));
    app.clock.advance(10 * DAY);
    assert_eq!(state(&app, lead.id).await, State::Stuck);
    let there = status_figures(&app, paused.status_id).await;
    assert_eq!((there.counts.stuck, there.counts.paused), (1, 0));
    let standing = app.clock.now().0 - paused.clock_from.0;
    assert!(
        standing < 101 * DAY * 1_000_000,
        "the pause counts for nothing"
    );
}

async fn a_voided_move_gives_back_status_and_clock(app: TestApp) {
    let lead = create_lead(&app, "Ana").await;
    let to = app.api(crate::support::ALICE).status_id("Qualified").await;
    app.clock.advance(3 * DAY);
    move_lead(&app, lead.id, to).await;
    let by = actor(&app.clock);
    let writer = by.clone();
    let note = move |conn: &mut lead_statuses::db::Conn| {
        let note = Note::parse("n").unwrap();
        changes::add_note(conn, &writer, Rights::program(), &[lead.id], &note)
    };
    app.db.write(note).await.unwrap();
    let void = move |conn: &mut lead_statuses::db::Conn| {
        let visits = leads::visits(conn, lead.id)?;
        void::void(conn, &by, Rights::program(), lead.id, &[visits[1].id])
    };
    let back = app.db.write(void).await.unwrap();
    assert_eq!(
        (back.status_id, back.status_since),
        (lead.status_id, lead.status_since)
    );
    assert_eq!(back.clock_from, lead.clock_from);
    let visits = app.db.read(move |conn| leads::visits(conn, lead.id)).await;
    let visits = visits.unwrap();
    assert!(visits[0].is_open() && !visits[1].is_effective());
}

async fn sums_are_in_the_currency_of_most_leads_and_others_on_demand(app: TestApp) {
    let api = app.api(ALICE);
    for (value, currency) in [(400, "EUR"), (300, "RON"), (200, "USD")] {
        let body = serde_json::json!({"name": currency, "value": value, "currency": currency});
        assert_eq!(api.post("leads", body).await.status, 201);
    }
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/board").await;
    let short = page.texts(".board-sums summary");
    assert_eq!(short, ["400 EUR +2"]);
    assert_eq!(page.texts(".board-sums p"), ["400 EUR · 300 RON · 200 USD"]);
    // A second lead in RON, elsewhere: the whole board changes over.
    let qualified = api.status_id("Qualified").await;
    let body = serde_json::json!({"name": "b", "value": 1, "currency": "RON", "status": qualified});
    assert_eq!(api.post("leads", body).await.status, 201);
    for path in ["/admin/leads/board", "/admin/leads/board?source="] {
        let page = browser.get(path).await;
        assert_eq!(page.texts(".board-sums summary"), ["300 RON +2"], "{path}");
        assert_eq!(page.texts(".board-facts > span.num"), ["1 RON"], "{path}");
    }
}
