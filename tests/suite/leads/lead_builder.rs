//! Builds leads of any age and status.

use lead_statuses::access::users;
use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::{Timestamp, Zone};
use lead_statuses::db::Conn;
use lead_statuses::error::Result;
use lead_statuses::leads;
use lead_statuses::leads::actions::{changes, pause};
use lead_statuses::leads::domain::pause::PauseEnd;
use lead_statuses::leads::domain::text::{Note, Reason, TextLine};
use lead_statuses::leads::{Lead, LeadFields, NewLead, Rights};
use lead_statuses::statuses::{self, LeadStatus};

use crate::support::{Person, TestApp};

const DAY: i64 = 86_400;

/// A lead to be created.
#[derive(Debug, Clone)]
pub struct LeadBuilder {
    pub fields: LeadFields,
    status: &'static str,
    days: i64,
    made: Option<i64>,
    owner: Option<Person>,
}

/// A lead that is just created, in the first status, without owner and value.
pub fn draft(name: &str) -> LeadBuilder {
    LeadBuilder {
        fields: LeadFields::with_name(TextLine::parse(name).unwrap()),
        status: "New",
        days: 0,
        made: None,
        owner: None,
    }
}

impl LeadBuilder {
    pub fn of(mut self, owner: Person) -> LeadBuilder {
        self.owner = Some(owner);
        self
    }

    /// Created, and in its status, for this number of days.
    pub fn in_status(mut self, status: &'static str, days: i64) -> LeadBuilder {
        (self.status, self.days) = (status, days);
        self
    }

    /// Created this number of days ago.
    pub fn made(mut self, days: i64) -> LeadBuilder {
        self.made = Some(days);
        self
    }

    pub fn worth(mut self, cents: i64) -> LeadBuilder {
        self.fields.value_cents = Some(cents);
        self
    }

    pub fn from(mut self, source: &str) -> LeadBuilder {
        self.fields.source = TextLine::parse(source).unwrap();
        self
    }

    fn new_lead(&self, conn: &mut Conn, known: &[LeadStatus], now: Timestamp) -> Result<NewLead> {
        let mut known = known.iter();
        let status = known.find(|known| known.name.as_str() == self.status);
        let ago = |days: i64| now.plus_seconds(-days * DAY);
        let mut fields = self.fields.clone();
        if let Some(owner) = self.owner {
            fields.owner = users::find_by_email(conn, owner.email)?.map(|user| user.id);
        }
        Ok(NewLead {
            fields,
            status_id: status.expect("a status").id,
            channel: Channel::Ui,
            entered_at: ago(self.days),
            created_at: ago(self.made.unwrap_or(self.days)),
            reason: Default::default(),
            entry: Default::default(),
            offer: None,
        })
    }
}

/// Inserts leads; returns their ids in order.
pub async fn make(app: &TestApp, drafts: Vec<LeadBuilder>) -> Vec<i64> {
    let now = app.clock.now();
    let mut ids = Vec::new();
    // Chunks keep each transaction short.
    for some in drafts.chunks(200) {
        let some = some.to_vec();
        let work = move |conn: &mut Conn| {
            let (actor, known) = (Actor::program(Channel::Cli, now), statuses::list_all(conn)?);
            let ids = some.iter().map(|draft| {
                let new = draft.new_lead(conn, &known, now)?;
                Ok(changes::insert(conn, &actor, &new)?.id)
            });
            ids.collect::<Result<Vec<i64>>>()
        };
        ids.extend(app.db.write(work).await.unwrap());
    }
    ids
}

/// Pauses a lead for this number of days from today.
pub async fn pause(app: &TestApp, id: i64, days: i64) {
    let now = app.clock.now();
    let until = Timestamp((now.second() / DAY + days) * DAY * 1_000_000);
    let go = move |conn: &mut Conn| {
        let (actor, reason) = (
            Actor::program(Channel::Api, now),
            Reason::parse("away").unwrap(),
        );
        pause::pause(
            conn,
            &actor,
            Rights::program(),
            id,
            PauseEnd::of_day(Zone::UTC.day(until), Zone::UTC),
            &reason,
        )
    };
    app.db.write(go).await.unwrap();
}

/// Adds a note to a lead.
pub async fn note(app: &TestApp, id: i64, text: &str) {
    let (now, text) = (app.clock.now(), text.to_owned());
    let go = move |conn: &mut Conn| {
        let (actor, note) = (
            Actor::program(Channel::Api, now),
            Note::parse(&text).unwrap(),
        );
        changes::add_note(conn, &actor, Rights::program(), &[id], &note)
    };
    app.db.write(go).await.unwrap();
}

/// A lead as it is now.
pub async fn lead(app: &TestApp, id: i64) -> Lead {
    app.db
        .read(move |conn| leads::find(conn, id))
        .await
        .unwrap()
}
