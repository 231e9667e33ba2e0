//! Leads for the tests of this slice: drafted in a line.

use lead_statuses::access::users;
use lead_statuses::audit::Actor;
use lead_statuses::clock::Timestamp;
use lead_statuses::leads::text::Line;
use lead_statuses::leads::{self, Lead, LeadFields, NewLead, Via, changes};
use lead_statuses::statuses;

use crate::support::{Person, TestApp};

/// A lead to be made.
#[derive(Debug, Clone)]
pub struct Draft {
    pub fields: LeadFields,
    /// The name of its status; the default one if nothing.
    pub status: Option<&'static str>,
    /// How long it has been there, and here.
    pub days: i64,
    owner: Option<Person>,
}

/// A lead that was made just now.
pub fn draft(name: &str) -> Draft {
    Draft {
        fields: LeadFields {
            value_cents: Some(10_000),
            ..LeadFields::named(Line::parse(name).unwrap())
        },
        status: None,
        days: 0,
        owner: None,
    }
}

impl Draft {
    pub fn of(mut self, owner: Person) -> Draft {
        self.owner = Some(owner);
        self
    }

    /// In a status, for so many days.
    pub fn since(mut self, status: &'static str, days: i64) -> Draft {
        (self.status, self.days) = (Some(status), days);
        self
    }
}

/// Makes leads; answers their ids.
pub async fn make(app: &TestApp, drafts: Vec<Draft>) -> Vec<i64> {
    let now = app.clock.now();
    let mut ids = Vec::new();
    for some in drafts.chunks(200) {
        ids.extend(make_some(app, some.to_vec(), now).await);
    }
    ids
}

async fn make_some(app: &TestApp, drafts: Vec<Draft>, now: Timestamp) -> Vec<i64> {
    let work = move |conn: &mut lead_statuses::db::Conn| {
        let actor = Actor::program("cli", now);
        let known = statuses::everything(conn)?;
        let mut ids = Vec::new();
        for draft in &drafts {
            let status = draft.status.unwrap_or("New");
            let status = known.iter().find(|known| known.name.to_string() == status);
            let at = Timestamp(now.0 - draft.days * 86_400_000_000);
            let mut fields = draft.fields.clone();
            if let Some(owner) = draft.owner {
                fields.owner = users::find_by_email(conn, owner.email)?.map(|user| user.id);
            }
            let new = NewLead {
                fields,
                status_id: status.expect("a status").id,
                via: Via::Ui,
                entered_at: at,
                created_at: at,
            };
            ids.push(changes::insert(conn, &actor, &new)?.id);
        }
        Ok(ids)
    };
    app.db.write(work).await.unwrap()
}

/// A lead as it is now.
pub async fn lead(app: &TestApp, id: i64) -> Lead {
    app.db
        .read(move |conn| leads::find(conn, id))
        .await
        .unwrap()
}

/// The id of a user.
pub async fn user(app: &TestApp, who: Person) -> i64 {
    let find = move |conn: &mut lead_statuses::db::Conn| users::find_by_email(conn, who.email);
    app.db.read(find).await.unwrap().expect("a user").id
}

/// The id of a status.
pub async fn status(app: &TestApp, name: &'static str) -> i64 {
    let all = app.db.read(statuses::everything).await.unwrap();
    let found = all.iter().find(|status| status.name.to_string() == name);
    found.expect("a status").id
}
