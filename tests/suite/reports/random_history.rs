//! After every kind of change, the figures are those of a plain recomputation from the rows of the database.

use std::collections::{BTreeMap, BTreeSet};

use lead_statuses::clock::Timestamp;
use lead_statuses::leads::{self, Visit};
use lead_statuses::statuses::Kind;
use serde_json::{Value, json};

use super::report;
use crate::support::{ALICE, Api, Random, TestApp};

both!(figures_agree_with_a_recomputation_after_random_changes);

const DAY: i64 = 86_400;
const LEADS: i64 = 60;
const ROUNDS: usize = 8;
const CHANGES_PER_ROUND: usize = 120;

async fn figures_agree_with_a_recomputation_after_random_changes(app: TestApp) {
    let (api, mut random) = (app.api(ALICE), Random::new(42));
    for n in 0..LEADS {
        let made = api
            .post("leads", json!({"name": format!("Lead {n}")}))
            .await;
        assert_eq!(made.status, 201);
    }
    for round in 0..ROUNDS {
        for _ in 0..CHANGES_PER_ROUND {
            change(&app, &api, &mut random).await;
        }
        replace_a_status(&api, &mut random, round).await;
        let truth = Histories::read(&app, &api).await;
        truth.check(&api).await;
    }
}

/// Moves, back-dates, voids, deletes or restores one lead. What is refused changes nothing.
async fn change(app: &TestApp, api: &Api, random: &mut Random) {
    app.clock.advance(random.below(2 * DAY as usize) as i64 / 4);
    let id = 1 + random.below(LEADS as usize) as i64;
    let statuses = api.statuses().await;
    let to = statuses[random.below(statuses.len())]["id"].clone();
    let path = format!("leads/{id}");
    match random.below(10) {
        0..=5 => {
            api.post(&format!("{path}/status"), json!({"status": to}))
                .await;
        }
        6 | 7 => {
            let hours = random.below(100) as i64;
            let at = app.clock.now().plus_seconds(-hours * 3_600).rfc3339();
            let body = json!({"status": to, "entered_at": at});
            api.post(&format!("{path}/status"), body).await;
        }
        8 => {
            let visits = api.get(&format!("{path}/visits")).await.json();
            if let Some(last) = visits.as_array().and_then(|visits| visits.last()) {
                api.post(&format!("{path}/visits/{}/void", last["id"]), json!({}))
                    .await;
            }
        }
        _ => {
            api.delete(&path).await;
            if random.below(3) > 0 {
                api.post(&format!("{path}/restore"), json!({})).await;
            }
        }
    }
}

/// Makes a status, and deletes an older one that it replaces.
async fn replace_a_status(api: &Api, random: &mut Random, round: usize) {
    let made = api.create_status(&format!("Stage {round}")).await;
    let old: Vec<Value> = api.statuses().await;
    let old = &old[random.below(old.len())];
    if old["id"] != made && old["isdefault"] == false && old["isconverted"] == false {
        let path = format!("lead_statuses/{}?replace_with={made}", old["id"]);
        api.delete(&path).await;
    }
}

/// The histories of all leads, as the rows of the database say them.
struct Histories {
    now: Timestamp,
    kinds: BTreeMap<i64, (Kind, i64)>,
    /// The visits of each lead that stand, and when it was deleted.
    leads: Vec<(Vec<Visit>, Option<Timestamp>)>,
}

/// One visit of the sample: its seconds, and the status it was left for, unless it is censored.
type Sampled = (i64, Option<i64>);

impl Histories {
    async fn read(app: &TestApp, api: &Api) -> Histories {
        let read = |conn: &mut lead_statuses::db::Conn| {
            let ids = 1..=LEADS;
            let lead = |id| {
                let visits = leads::visits(conn, id)?;
                let standing = visits.into_iter().filter(Visit::is_effective);
                Ok((standing.collect(), leads::find(conn, id)?.deleted_at))
            };
            ids.map(lead).collect()
        };
        let mut kinds = BTreeMap::new();
        for status in api.statuses().await {
            let kind: Kind = status["kind"].as_str().unwrap().parse().unwrap();
            let position = status["statusorder"].as_i64().unwrap();
            kinds.insert(status["id"].as_i64().unwrap(), (kind, position));
        }
        Histories {
            now: app.clock.now(),
            kinds,
            leads: app.db.read(read).await.unwrap(),
        }
    }

    /// The visits to a status, each with its end.
    fn sample(&self, status: i64) -> Vec<Sampled> {
        let mut sample = Vec::new();
        for (visits, deleted_at) in &self.leads {
            for (at, visit) in visits.iter().enumerate() {
                if visit.status_id != status {
                    continue;
                }
                let next = visits.get(at + 1);
                let is_replaced = next.is_some_and(|next| next.channel.as_str() == "replace");
                let end = visit.left_at.or(*deleted_at).unwrap_or(self.now);
                let seconds =
                    end.second().max(visit.entered_at.second()) - visit.entered_at.second();
                let to = next.filter(|_| !is_replaced).map(|next| next.status_id);
                sample.push((seconds, to));
            }
        }
        sample
    }

    async fn check(&self, api: &Api) {
        let now = format!("now={}", self.now.rfc3339());
        let times = report(api, &format!("time_in_status?{now}")).await;
        for figures in times["statuses"].as_array().unwrap() {
            self.check_status(figures);
        }
        self.check_flow(&report(api, &format!("flow?{now}")).await);
        let in_use: Vec<i64> = self.kinds.keys().copied().collect();
        for to in in_use {
            let path = format!("conversion?reach={to}&within_days=20&{now}");
            self.check_cohort(api, to, &report(api, &path).await).await;
        }
    }

    fn check_status(&self, figures: &Value) {
        let status = figures["status"].as_i64().unwrap();
        let sample = self.sample(status);
        let exits = sample.iter().filter(|(_, to)| to.is_some()).count();
        assert_eq!(figures["visits"], sample.len(), "{figures}");
        assert_eq!(figures["exits"], exits, "{figures}");
        let parts = ["exits", "open", "censored"].map(|name| figures[name].as_i64().unwrap());
        assert_eq!(parts.iter().sum::<i64>(), sample.len() as i64);
        let has_time = matches!(
            self.kinds.get(&status),
            Some((Kind::Open | Kind::Paused, _))
        );
        if has_time && sample.len() >= 10 {
            for (name, part) in [("p50", 0.5), ("p75", 0.75), ("p90", 0.9)] {
                let expected = percentile(&sample, part);
                assert_eq!(
                    figures[name]["seconds"].as_i64(),
                    expected,
                    "{name}: {figures}"
                );
            }
        }
    }

    fn check_flow(&self, flow: &Value) {
        let mut expected: BTreeMap<(i64, i64), Vec<i64>> = BTreeMap::new();
        let statuses: BTreeSet<i64> = self
            .leads
            .iter()
            .flat_map(|(visits, _)| visits.iter().map(|visit| visit.status_id))
            .collect();
        for from in statuses {
            for (seconds, to) in self.sample(from) {
                if let Some(to) = to {
                    expected.entry((from, to)).or_default().push(seconds);
                }
            }
        }
        let moves = flow["moves"].as_array().unwrap();
        assert_eq!(moves.len(), expected.len());
        for one in moves {
            let key = (one["from"].as_i64().unwrap(), one["to"].as_i64().unwrap());
            let mut seconds = expected.remove(&key).expect("a move that was made");
            seconds.sort_unstable();
            assert_eq!(one["count"], seconds.len());
            assert_eq!(one["median_seconds"], seconds[(seconds.len() - 1) / 2]);
        }
        let directions = ["forward", "skip", "back", "dropped"];
        let sum: i64 = directions
            .iter()
            .map(|name| flow[*name].as_i64().unwrap())
            .sum();
        let counts = moves.iter().map(|one| one["count"].as_i64().unwrap());
        assert_eq!(sum, counts.sum::<i64>());
    }

    async fn check_cohort(&self, api: &Api, to: i64, answer: &Value) {
        let start = api.status_id("New").await;
        let (mut eligible, mut reached) = (0, 0);
        for (visits, _) in &self.leads {
            let Some(at) = visits.iter().position(|visit| visit.status_id == start) else {
                continue;
            };
            let entered = visits[at].entered_at.second();
            if self.now.second() - entered < 20 * DAY {
                continue;
            }
            eligible += 1;
            let is_there = |visit: &Visit| {
                visit.status_id == to && visit.entered_at.second() <= entered + 20 * DAY
            };
            reached += i64::from(to == start || visits[at + 1..].iter().any(is_there));
        }
        assert_eq!(answer["cohort"]["eligible"], eligible);
        assert_eq!(answer["cohort"]["reached"], reached, "to {to}");
    }
}

/// The smallest duration after which, by the product over all earlier exits, no more than `1 − part` is left.
fn percentile(sample: &[Sampled], part: f64) -> Option<i64> {
    let exits: BTreeSet<i64> = sample
        .iter()
        .filter(|(_, to)| to.is_some())
        .map(|(seconds, _)| *seconds)
        .collect();
    let mut left = 1.0;
    for at in exits {
        let ended = sample
            .iter()
            .filter(|(seconds, to)| *seconds == at && to.is_some())
            .count();
        let here = sample.iter().filter(|(seconds, _)| *seconds >= at).count();
        left *= 1.0 - ended as f64 / here as f64;
        if left <= 1.0 - part + 1e-9 {
            return Some(at);
        }
    }
    None
}
