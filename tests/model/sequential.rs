//! One client: every answer and the whole state afterwards agree with the model.

use std::collections::VecDeque;
use std::time::Instant;

use super::act::{Act, Call};
use super::driver::{Driver, Reply};
use super::world::World;
use super::{deadline, seed};
use crate::support::{Backend, Random};

/// The whole state is compared after so many operations; before that the statuses and the leads of the operation.
const WHOLE: usize = 25;

/// The least number of operations, on any machine.
const LEAST: usize = 100;

#[tokio::test]
async fn sqlite_does_what_the_model_says() {
    run_operations(Backend::Sqlite).await;
}

#[tokio::test]
async fn postgres_does_what_the_model_says() {
    run_operations(Backend::Postgres).await;
}

async fn run_operations(backend: Backend) {
    let Some(mut run) = Run::new(backend, seed()).await else {
        return;
    };
    let until = deadline();
    while Instant::now() < until || run.done < LEAST {
        run.step().await;
    }
    run.end().await;
}

/// A sequence of operations that a seed determines.
struct Run {
    driver: Driver,
    seed: u64,
    random: Random,
    done: usize,
    accepted: usize,
    last: VecDeque<String>,
}

impl Run {
    async fn new(backend: Backend, seed: u64) -> Option<Run> {
        Some(Run {
            driver: Driver::open(backend).await?,
            seed,
            random: Random::new(seed),
            done: 0,
            accepted: 0,
            last: VecDeque::new(),
        })
    }

    async fn step(&mut self) {
        let call = Call::choose(&mut self.random, &self.driver.world);
        let reply = self.driver.send(&call).await;
        self.done += 1;
        let line = format!(
            "{}. {} {:?} → {}",
            self.done, call.who.role, call.act, reply.status
        );
        self.last.push_back(line);
        if self.last.len() > 40 {
            self.last.pop_front();
        }
        let judged = self.check(&call, &reply).await;
        if let Err(why) = judged {
            self.fail(&why);
        }
    }

    async fn check(&mut self, call: &Call, reply: &Reply) -> Result<(), String> {
        let faults = self.driver.world.faults(call);
        let expected = match faults.is_empty() {
            true => vec![success(&call.act)],
            false => faults.clone(),
        };
        if !expected.contains(&reply.status) {
            return Err(format!(
                "expected one of {expected:?}, got {}: {}",
                reply.status, reply.text
            ));
        }
        if faults.is_empty() {
            self.accepted += 1;
            apply(&mut self.driver.world, call, reply.made);
            self.driver.read_new_ids().await?;
        } else {
            // After a refusal, the page offers no undo.
            self.driver.world.before = None;
        }
        if matches!(call.act, Act::Export) {
            return self.driver.compare_export().await;
        }
        let touched = touched(&call.act, reply.made);
        let is_whole = self.done.is_multiple_of(WHOLE);
        self.driver
            .compare(if is_whole { None } else { Some(&touched) })
            .await
    }

    async fn end(&mut self) {
        if let Err(why) = self.driver.compare(None).await {
            self.fail(&why);
        }
        let check = self.driver.app.program(&["check"], "");
        if !check.status.success() {
            self.fail(&String::from_utf8_lossy(&check.stdout));
        }
        assert!(
            self.accepted > 20,
            "{} of {} were accepted",
            self.accepted,
            self.done
        );
    }

    fn fail(&self, why: &str) -> ! {
        let last: Vec<&str> = self.last.iter().map(String::as_str).collect();
        let backend = self.driver.app.backend;
        panic!(
            "{backend:?}: {why}\n\n{}\n\nMODEL_SEED={} repeats it.",
            last.join("\n"),
            self.seed
        )
    }
}

fn apply(world: &mut World, call: &Call, made: Option<i64>) {
    if let (Act::Undo, Some(before)) = (&call.act, world.before.take()) {
        return world.take_back(&before);
    }
    world.apply(call, made);
    // An action that changed nothing can't be undone.
    let is_same = |before: &World| {
        before.statuses == world.statuses
            && before.order == world.order
            && (before.default, before.converted) == (world.default, world.converted)
    };
    if world.before.as_deref().is_some_and(is_same) {
        world.before = None;
    }
}

/// The status code of the answer to an accepted call.
fn success(act: &Act) -> u16 {
    match act {
        Act::MakeStatus(_) | Act::MakeLead(_) | Act::Note(_) => 201,
        Act::Retire { .. } | Act::Reuse(_) | Act::GiveRole(..) | Act::Step(..) | Act::Undo => 303,
        Act::Bulk(..) | Act::Import(_) | Act::Enable(_) | Act::Wait(_) => 303,
        _ => 200,
    }
}

fn touched(act: &Act, made: Option<i64>) -> Vec<i64> {
    match act {
        Act::MakeLead(_) => made.into_iter().collect(),
        Act::EditLead(id, _) | Act::Move { id, .. } | Act::Pause(id, _) | Act::Note(id) => {
            vec![*id]
        }
        Act::DeleteLead(id) | Act::RestoreLead(id) | Act::Void(id, _) => vec![*id],
        Act::Bulk(ids, _) => ids.clone(),
        _ => Vec::new(),
    }
}

/// A change of the model that makes it wrong.
type Fault = (&'static str, fn(&mut World));

const FAULTS: [Fault; 9] = [
    ("lead", |world| some_lead(world).company = "Lost".to_owned()),
    ("lead", |world| some_lead(world).version += 1),
    ("lead", |world| some_lead(world).owner = Some(4)),
    ("status", |world| some_lead(world).in_bin = true),
    ("lead", |world| some_lead(world).visits[0].entered -= 1),
    ("pipeline", |world| world.order.swap(0, 1)),
    ("status", |world| world.default = world.converted),
    ("status", |world| {
        world
            .statuses
            .values_mut()
            .for_each(|status| status.is_changed = true)
    }),
    ("status", |world| {
        let other = world
            .order
            .iter()
            .find(|id| **id != world.leads.values().next().expect("a lead").status());
        let (other, now) = (*other.expect("another"), world.now);
        some_lead(world).enter(other, now, "api");
    }),
];

fn some_lead(world: &mut World) -> &mut super::lead::Lead {
    let mut leads = world.leads.values_mut();
    leads.find(|lead| !lead.in_bin).expect("a lead")
}

#[tokio::test]
async fn a_model_that_is_wrong_is_seen() {
    let mut run = Run::new(Backend::Sqlite, 5).await.expect("SQLite");
    while run.done < 120 || run.driver.world.leads.values().all(|lead| lead.in_bin) {
        run.step().await;
    }
    let right = run.driver.world.clone();
    for (number, (word, spoil)) in FAULTS.into_iter().enumerate() {
        spoil(&mut run.driver.world);
        let found = run.driver.compare(None).await.expect_err("a difference");
        assert!(found.contains(word), "fault {number}: {found}");
        run.driver.world = right.clone();
    }
    assert_eq!(run.driver.compare(None).await, Ok(()));
}
