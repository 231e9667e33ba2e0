//! Leads put straight into the database, as old as a test needs them.

use lead_statuses::audit::Actor;
use lead_statuses::clock::Timestamp;
use lead_statuses::db::Conn;
use lead_statuses::leads::text::{Line, Note, Reason};
use lead_statuses::leads::{LeadFields, NewLead, Rights, Via, changes};

use crate::support::TestApp;

pub const DAY: i64 = 86_400;

/// A lead to be planted.
#[derive(Debug, Clone)]
pub struct Seed {
    pub fields: LeadFields,
    pub status: i64,
    /// Seconds since it entered its status.
    pub age: i64,
}

/// A lead of this name that has been in a status for so many days.
pub fn seed(name: &str, status: i64, days: i64) -> Seed {
    Seed {
        fields: LeadFields::named(Line::parse(name).unwrap()),
        status,
        age: days * DAY,
    }
}

impl Seed {
    pub fn owned_by(mut self, user: i64) -> Seed {
        self.fields.owner = Some(user);
        self
    }

    pub fn worth(mut self, cents: i64) -> Seed {
        self.fields.value_cents = Some(cents);
        self
    }

    pub fn from(mut self, source: &str) -> Seed {
        self.fields.source = Line::parse(source).unwrap();
        self
    }
}

/// Plants leads in one transaction; answers their ids in order.
pub async fn plant(app: &TestApp, seeds: Vec<Seed>) -> Vec<i64> {
    let now = app.clock.now();
    let make = move |conn: &mut Conn| {
        let actor = Actor::program("api", now);
        let ids = seeds.iter().map(|seed| {
            let entered_at = now.plus_seconds(-seed.age);
            let new = NewLead {
                fields: seed.fields.clone(),
                status_id: seed.status,
                via: Via::Import,
                entered_at,
                created_at: entered_at,
            };
            Ok(changes::insert(conn, &actor, &new)?.id)
        });
        ids.collect::<lead_statuses::error::Result<Vec<i64>>>()
    };
    app.db.write(make).await.unwrap()
}

/// Sets a lead aside for so many days from today.
pub async fn pause(app: &TestApp, id: i64, days: i64) {
    let now = app.clock.now();
    let until = Timestamp((now.second() / DAY + days) * DAY * 1_000_000);
    let go = move |conn: &mut Conn| {
        let (actor, reason) = (Actor::program("api", now), Reason::parse("away").unwrap());
        changes::pause(conn, &actor, Rights::program(), id, Some(until), &reason)
    };
    app.db.write(go).await.unwrap();
}

/// Writes something down about a lead.
pub async fn note(app: &TestApp, id: i64, text: &str) {
    let (now, text) = (app.clock.now(), text.to_owned());
    let go = move |conn: &mut Conn| {
        let (actor, note) = (Actor::program("api", now), Note::parse(&text).unwrap());
        changes::note(conn, &actor, Rights::program(), &[id], &note)
    };
    app.db.write(go).await.unwrap();
}

/// The user of that name.
pub async fn user(app: &TestApp, name: &str) -> i64 {
    let people = app.db.read(lead_statuses::access::users::choice).await;
    let people = people.unwrap().into_iter();
    let mut found = people.filter(|user| user.name == name);
    found.next().unwrap().id
}
