//! What is done to the server, and how it is chosen.

use super::lead::DAY;
use super::world::World;
use crate::support::{ALICE, MARA, Person, RADU, Random, VERA};

/// What a call says about a status; nothing means that it is not sent.
#[derive(Debug, Clone, Default)]
pub struct StatusFields {
    pub name: Option<&'static str>,
    pub kind: Option<&'static str>,
    pub target: Option<Option<i64>>,
    pub limit: Option<Option<i64>>,
    pub isdefault: Option<bool>,
    pub isconverted: Option<bool>,
    pub archived: Option<bool>,
    pub version: Option<i64>,
}

/// What a call says about a lead.
#[derive(Debug, Clone, Default)]
pub struct LeadFields {
    pub reference: Option<String>,
    pub name: Option<String>,
    pub company: Option<String>,
    pub owner: Option<Option<i64>>,
    pub value: Option<i64>,
    pub status: Option<i64>,
    pub version: Option<i64>,
}

/// The status that takes over, and whether its new leads begin a new age.
pub type Replacement = Option<(i64, bool)>;

#[derive(Debug, Clone)]
pub enum Bulk {
    Move(i64),
    Assign(Option<i64>),
    /// Until so many days from today, which may be past.
    Pause(i64),
    Note,
    Delete,
    Restore,
}

#[derive(Debug, Clone)]
pub enum Act {
    MakeStatus(StatusFields),
    EditStatus(i64, StatusFields),
    DeleteStatus(i64, Replacement),
    Order {
        ids: Vec<i64>,
        expect: Option<Vec<i64>>,
    },
    MakeLead(LeadFields),
    EditLead(i64, LeadFields),
    Move {
        id: i64,
        to: i64,
        entered: Option<i64>,
    },
    /// Until so many days from today; nothing resumes.
    Pause(i64, Option<i64>),
    Note(i64),
    DeleteLead(i64),
    RestoreLead(i64),
    Void(i64, i64),
    // What follows goes through pages, by an administrator or a manager.
    Retire {
        ids: Vec<i64>,
        delete: bool,
        replacement: Replacement,
    },
    Reuse(Vec<i64>),
    GiveRole(i64, &'static str),
    Step(i64, &'static str),
    /// Takes back what the page before did.
    Undo,
    Bulk(Vec<i64>, Bulk),
    /// External reference, name, company, status.
    Import(Vec<(String, String, String, i64)>),
    Export,
    Enable(bool),
    /// This number of seconds passes.
    Wait(i64),
}

/// An action and the person who does it.
#[derive(Debug, Clone)]
pub struct Call {
    pub who: Person,
    pub act: Act,
}

const NAMES: [&str; 10] = [
    "Warm", "WARM", "Cald", "Căld", "Trial", "Demo", "Nurture", "Parked", "Signed", "New",
];
const KINDS: [&str; 7] = ["open", "open", "open", "paused", "won", "lost", "junk"];
const DAYS: [Option<i64>; 6] = [None, Some(1), Some(2), Some(3), Some(5), Some(9)];
/// An id that no record has.
const NOBODY: i64 = 999_999;

impl StatusFields {
    fn choose(random: &mut Random, world: &World, id: Option<i64>) -> StatusFields {
        let mut fields = StatusFields::default();
        let roles = [None, None, None, Some(true), Some(true), Some(false)];
        if id.is_none() {
            fields.name = Some(random.pick(&NAMES));
            fields.kind = Some(random.pick(&KINDS));
        }
        match random.below(6) {
            0 => fields.name = Some(random.pick(&NAMES)),
            1 => fields.kind = Some(random.pick(&KINDS)),
            2 => fields.target = Some(random.pick(&DAYS)),
            3 => fields.limit = Some(random.pick(&DAYS)),
            4 => {
                fields.isdefault = random.pick(&roles);
                fields.isconverted = random.pick(&roles);
                if random.percent(50) {
                    fields.kind = Some(random.pick(&KINDS));
                }
            }
            _ if id.is_some() => fields.archived = Some(random.percent(50)),
            _ => {}
        }
        let known = id.and_then(|id| world.statuses.get(&id));
        if random.percent(15) {
            fields.version = known.map(|status| status.version + i64::from(random.percent(50)));
        }
        fields
    }
}

impl LeadFields {
    fn choose(random: &mut Random, world: &World, id: Option<i64>) -> LeadFields {
        let word = |random: &mut Random, of: &str| format!("{of} {}", random.below(1_000));
        let mut fields = LeadFields::default();
        if id.is_none() {
            fields.name = Some(word(random, "Lead"));
        }
        for _ in 0..=random.below(2) {
            match random.below(6) {
                0 => fields.name = Some(word(random, "Lead")),
                1 => fields.company = Some(word(random, "Company")),
                2 => {
                    fields.owner =
                        Some(random.pick(&[None, Some(1), Some(2), Some(3), Some(5), Some(NOBODY)]))
                }
                3 => fields.value = Some(random.below(10_000) as i64),
                4 => fields.status = Some(world.any_status(random)),
                _ => fields.reference = Some(format!("R-{}", random.below(40))),
            }
        }
        let known = id.and_then(|id| world.leads.get(&id));
        if random.percent(15) {
            fields.version = known.map(|lead| lead.version + i64::from(random.percent(50)));
        }
        fields
    }
}

impl Call {
    /// An action that is usually possible.
    pub fn choose(random: &mut Random, world: &World) -> Call {
        let people = [ALICE, ALICE, ALICE, MARA, MARA, RADU, RADU, VERA];
        let who = random.pick(&people);
        if world.before.is_some() && random.percent(40) {
            return Call {
                who: ALICE,
                act: Act::Undo,
            };
        }
        let act = match random.below(100) {
            0..=19 => of_pages(random, world),
            20..=37 => {
                let act = Act::choose_status(random, world);
                return Call { who: ALICE, act };
            }
            38 => Act::choose_status(random, world),
            _ => Act::choose_lead(random, world),
        };
        Call { who, act }
    }
}

impl Act {
    fn choose_status(random: &mut Random, world: &World) -> Act {
        let id = world.any_status(random);
        match random.below(10) {
            0 | 1 if world.statuses.len() < 14 => {
                Act::MakeStatus(StatusFields::choose(random, world, None))
            }
            0..=6 => Act::EditStatus(id, StatusFields::choose(random, world, Some(id))),
            7 => {
                let replacement = random
                    .percent(60)
                    .then(|| (world.any_status(random), random.percent(30)));
                Act::DeleteStatus(id, replacement)
            }
            _ => {
                let mut ids = world.order.clone();
                let (one, other) = (random.below(ids.len()), random.below(ids.len()));
                ids.swap(one, other);
                let mut expect = random.percent(80).then(|| world.order.clone());
                if random.percent(15) {
                    expect = Some(ids.clone());
                }
                if random.percent(10) {
                    ids.pop();
                }
                Act::Order { ids, expect }
            }
        }
    }

    fn choose_lead(random: &mut Random, world: &World) -> Act {
        let id = world.any_lead(random);
        match random.below(20) {
            0..=3 if world.leads.len() < 60 => {
                Act::MakeLead(LeadFields::choose(random, world, None))
            }
            0..=6 => Act::EditLead(id, LeadFields::choose(random, world, Some(id))),
            7..=11 => Act::Move {
                id,
                to: world.any_status(random),
                entered: random
                    .percent(25)
                    .then(|| world.random_entry_time(random, id)),
            },
            12 | 13 => Act::Pause(
                id,
                random.pick(&[None, Some(1), Some(2), Some(4), Some(-1), Some(0)]),
            ),
            14 => Act::Note(id),
            15 => Act::DeleteLead(id),
            16 => Act::RestoreLead(id),
            _ => {
                let visits = world.leads.get(&id).map(|lead| &lead.visits);
                let ids: Vec<i64> = visits
                    .into_iter()
                    .flatten()
                    .filter_map(|visit| visit.id)
                    .collect();
                let visit = if ids.is_empty() {
                    NOBODY
                } else {
                    random.pick(&ids)
                };
                Act::Void(id, visit)
            }
        }
    }
}

fn of_pages(random: &mut Random, world: &World) -> Act {
    let in_use = world.order.clone();
    let known: Vec<i64> = world.statuses.keys().copied().collect();
    let leads: Vec<i64> = world.leads.keys().copied().collect();
    match random.below(24) {
        0 | 1 => {
            let replacement = random
                .percent(70)
                .then(|| (random.pick(&known), random.percent(30)));
            let ids = random.sample(&known, 2);
            Act::Retire {
                ids,
                delete: random.percent(40),
                replacement,
            }
        }
        2 => Act::Reuse(random.sample(&known, 2)),
        3 => Act::GiveRole(random.pick(&known), random.pick(&["default", "converted"])),
        4 => Act::Step(
            random.pick(&in_use),
            random.pick(&["up", "down", "top", "bottom"]),
        ),
        5..=9 => Act::Import(lines(random, world)),
        10 => Act::Export,
        11 => Act::Enable(random.percent(70)),
        12..=15 => Act::Wait(random.pick(&[600, 3_600, 7_200, 9 * 3_600, DAY, DAY, 2 * DAY])),
        _ if leads.is_empty() => Act::Export,
        _ => {
            let bulk = match random.below(6) {
                0 | 1 => Bulk::Move(random.pick(&known)),
                2 => Bulk::Assign(random.pick(&[None, Some(1), Some(2), Some(3), Some(5)])),
                3 => Bulk::Pause(random.pick(&[1, 2, 5, -1])),
                4 => Bulk::Note,
                _ => random.pick(&[Bulk::Delete, Bulk::Restore, Bulk::Restore]),
            };
            Act::Bulk(random.sample(&leads, 4), bulk)
        }
    }
}

/// Lines about leads that aren't in the bin; those that are known stay in their status.
fn lines(random: &mut Random, world: &World) -> Vec<(String, String, String, i64)> {
    let mut lines: Vec<(String, String, String, i64)> = Vec::new();
    for _ in 0..=random.below(3) {
        let reference = format!("R-{}", random.below(40));
        let known = world.by_reference(&reference).map(|id| &world.leads[&id]);
        let is_open = known.is_none_or(|lead| !lead.in_bin);
        if is_open && lines.iter().all(|(other, ..)| *other != reference) {
            let status = known.map_or_else(|| random.pick(&world.order), |lead| lead.status());
            let name = format!("Lead {}", random.below(1_000));
            lines.push((
                reference,
                name,
                format!("Company {}", random.below(9)),
                status,
            ));
        }
    }
    lines
}
