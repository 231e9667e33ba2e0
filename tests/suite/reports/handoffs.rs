//! Hand-offs: how offers were answered, against a plain recomputation.

use serde_json::{Value, json};

use super::report;
use crate::support::{ALICE, Api, MARA, RADU, Random, TestApp};

both!(
    every_offer_ends_in_one_way_and_its_number_opens_it,
    leads_that_return_within_thirty_days_have_bounced_back,
    figures_are_those_of_a_plain_recomputation,
);

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// A status that hands leads to representatives within a day, and the ids of those around it.
struct OffersFixture {
    api: Api,
    receiver: Api,
    sales: i64,
    contacted: i64,
}

impl OffersFixture {
    async fn new(app: &TestApp) -> OffersFixture {
        let api = app.api(ALICE);
        let sales = api.status_id("Qualified").await;
        let contacted = api.status_id("Contacted").await;
        let handoff = json!({"handoff": {"to": "rep", "within_hours": 24, "reject_to": null,
            "recycle_to": contacted, "reasons": ["No budget", "Wrong person", "Too early"]}});
        let done = api.put(&format!("lead_statuses/{sales}"), handoff).await;
        assert_eq!(done.status, 200, "{}", done.text());
        OffersFixture {
            receiver: app.api(RADU),
            api,
            sales,
            contacted,
        }
    }

    /// A lead that is offered now.
    async fn offer(&self, name: &str, source: &str) -> i64 {
        let lead = json!({"name": name, "source": source, "status": self.contacted});
        let made = self.api.post("leads", lead).await;
        let id = made.json()["record_id"].as_i64().unwrap();
        self.move_lead(id, self.sales).await;
        id
    }

    async fn move_lead(&self, lead: i64, status: i64) {
        let path = format!("leads/{lead}/status");
        let moved = self.api.post(&path, json!({"status": status})).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
    }

    async fn answer(&self, app: &TestApp, lead: i64, answer: &str, reason: &str) {
        let until = app.clock.now().plus_seconds(40 * DAY).rfc3339()[..10].to_owned();
        let body = match answer {
            "accept" => json!({"answer": answer}),
            "recycle" => json!({"answer": answer, "reason": reason, "until": until}),
            _ => json!({"answer": answer, "reason": reason}),
        };
        let path = format!("leads/{lead}/handoff");
        let answered = self.receiver.post(&path, body).await;
        assert_eq!(answered.status, 200, "{answer}: {}", answered.text());
    }

    async fn report(&self) -> Value {
        report(&self.api, "handoffs").await
    }
}

async fn every_offer_ends_in_one_way_and_its_number_opens_it(app: TestApp) {
    let fixture = OffersFixture::new(&app).await;
    let [late, rejected, recycled, gone, silent] =
        [1, 2, 3, 4, 5].map(|number| format!("Lead {number}"));
    let late = fixture.offer(&late, "Web").await;
    let rejected = fixture.offer(&rejected, "Fair").await;
    let recycled = fixture.offer(&recycled, "Web").await;
    let gone = fixture.offer(&gone, "Web").await;
    fixture.offer(&silent, "Web").await;
    app.clock.advance(HOUR);
    fixture.answer(&app, rejected, "reject", "no BUDGET").await;
    fixture.answer(&app, recycled, "recycle", "Too early").await;
    let proposal = fixture.api.status_id("Proposal").await;
    fixture.move_lead(gone, proposal).await;
    app.clock.advance(2 * DAY);
    fixture.answer(&app, late, "accept", "").await;
    let young = fixture.offer("Young", "Web").await;
    fixture.offer("Waiting", "Web").await;
    let back = fixture.offer("Withdrawn", "Web").await;
    app.clock.advance(HOUR);
    fixture.answer(&app, young, "accept", "").await;
    let withdrawn = json!({"answer": "withdraw"});
    let path = format!("leads/{back}/handoff");
    assert_eq!(fixture.api.post(&path, withdrawn).await.status, 200);

    let figures = fixture.report().await;
    let counts = [
        ("offered", 7),
        ("accepted_in_time", 1),
        ("accepted_late", 1),
        ("rejected", 1),
        ("recycled", 1),
        ("moved_on", 1),
        ("expired", 1),
        ("pending", 1),
    ];
    for (name, count) in counts {
        assert_eq!(figures[name], count, "{name}: {figures}");
    }
    // Five offers are past their time, and none of them was accepted in time.
    assert_eq!(figures["acceptance_rate"], 0.0);
    let reasons = figures["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 2);
    assert_eq!(
        reasons[1],
        json!({"answer": "reject", "reason": "No budget", "count": 1,
            "sources": [{"source": "Fair", "count": 1}]})
    );

    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/reports/pipeline").await;
    for (name, count) in counts.into_iter().skip(1) {
        let link = page
            .attributes(&format!("a.figure[href*='set={name}&']"), "href")
            .remove(0);
        let offers = browser.get(&link).await;
        assert_eq!(offers.texts("tbody tr").len(), count, "{name}");
    }
    let reason = page
        .attributes("a.figure[href*='reason=No']", "href")
        .remove(0);
    assert!(browser.get(&reason).await.text().contains("Lead 2"));
}

async fn leads_that_return_within_thirty_days_have_bounced_back(app: TestApp) {
    let fixture = OffersFixture::new(&app).await;
    let lost = fixture.api.status_id("Lost").await;
    let mut leads = Vec::new();
    for name in ["Lost soon", "Lost late", "Back", "Stays", "Void"] {
        let lead = fixture.offer(name, "Web").await;
        fixture.answer(&app, lead, "accept", "").await;
        leads.push(lead);
    }
    app.clock.advance(10 * DAY);
    fixture.move_lead(leads[0], lost).await;
    fixture.move_lead(leads[2], fixture.contacted).await;
    app.clock.advance(21 * DAY);
    fixture.move_lead(leads[1], lost).await;
    let young = fixture.offer("Young", "Web").await;
    fixture.answer(&app, young, "accept", "").await;
    fixture.move_lead(young, lost).await;
    let bounced = &fixture.report().await["bounced_back"];
    assert_eq!(
        (&bounced["eligible"], &bounced["bounced"]),
        (&json!(5), &json!(2))
    );
    assert_eq!(bounced["share"], 0.4);
}

/// What the test knows of an offer. Instants are seconds.
struct KnownOffer {
    offered: i64,
    ended: Option<i64>,
    answer: &'static str,
}

async fn figures_are_those_of_a_plain_recomputation(app: TestApp) {
    let fixture = OffersFixture::new(&app).await;
    let mut random = Random::new(4_711);
    let mut known: Vec<(i64, KnownOffer)> = Vec::new();
    let second = || app.clock.now().second();
    for number in 0..30 {
        let lead = fixture.offer(&format!("Lead {number}"), "Web").await;
        let offer = KnownOffer {
            offered: second(),
            ended: None,
            answer: "",
        };
        known.push((lead, offer));
        app.clock.advance(random.below(9) as i64 * HOUR);
        let at = random.below(known.len());
        let (lead, offer) = &mut known[at];
        if offer.ended.is_none() {
            offer.answer = ["accept", "accept", "accept", "reject", "recycle"][random.below(5)];
            fixture.answer(&app, *lead, offer.answer, "Too early").await;
            offer.ended = Some(second());
        }
    }
    let now = second();
    let figures = fixture.report().await;
    let due = |offer: &KnownOffer| offer.offered + 24 * HOUR;
    let in_time = |offer: &KnownOffer| {
        offer.answer == "accept" && offer.ended.is_some_and(|ended| ended <= due(offer))
    };
    let count =
        |is: &dyn Fn(&KnownOffer) -> bool| known.iter().filter(|(_, offer)| is(offer)).count();
    assert_eq!(figures["accepted_in_time"], count(&in_time));
    assert_eq!(
        figures["rejected"],
        count(&|offer| offer.answer == "reject")
    );
    let open = |offer: &KnownOffer| offer.ended.is_none();
    assert_eq!(
        figures["expired"],
        count(&|offer| open(offer) && due(offer) < now)
    );
    assert_eq!(
        figures["pending"],
        count(&|offer| open(offer) && due(offer) >= now)
    );
    let over = |offer: &KnownOffer| due(offer) < now;
    let rate = count(&|offer| over(offer) && in_time(offer)) as f64 / count(&over) as f64;
    assert!((figures["acceptance_rate"].as_f64().unwrap() - rate).abs() < 1e-12);
    let mut times: Vec<(i64, bool)> = known
        .iter()
        .map(|(_, offer)| {
            let ended = offer.ended.unwrap_or(now);
            (ended - offer.offered, offer.answer == "accept")
        })
        .collect();
    times.sort_unstable();
    let p50 = &figures["time_to_accept"]["p50"]["seconds"];
    assert_eq!(*p50, json!(half_accepted(&times)), "{times:?}");
}

/// The product-limit estimate, one observation after the other: the first time at which half are accepted.
fn half_accepted(times: &[(i64, bool)]) -> Option<i64> {
    let mut waiting = 1.0;
    let mut seconds: Vec<i64> = times.iter().map(|(time, _)| *time).collect();
    seconds.dedup();
    for at in seconds {
        let here = times.iter().filter(|(time, _)| *time >= at).count() as f64;
        let accepted = times.iter().filter(|(time, is)| *time == at && *is).count() as f64;
        waiting *= 1.0 - accepted / here;
        if waiting <= 0.5 + 1e-9 {
            return Some(at);
        }
    }
    None
}
