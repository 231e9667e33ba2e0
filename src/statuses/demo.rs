//! The statuses of the demonstration: a year and a half in the life of a pipeline, the same every time.

use super::import::{self, Others};
use super::{
    Color, Criteria, Days, Definition, Hue, Kind, LeadStatus, Name, StandardSet, StatusFields,
    Step, changes, store,
};
use crate::access::User;
use crate::audit::{Actor, new_batch};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};

/// How long ago the demonstration's first day was, in days.
pub const FOUNDED_DAYS: i64 = 548;
const DAY_SECONDS: i64 = 86_400;

/// What someone did one day, some seconds after its beginning.
struct Moment<'a> {
    who: &'a User,
    days_ago: i64,
    seconds: i64,
}

impl Moment<'_> {
    fn actor(&self, door: &'static str, now: Timestamp) -> Actor {
        Actor {
            user_id: Some(self.who.id),
            token_id: None,
            name: self.who.name.clone(),
            door,
            request_id: String::new(),
            batch_id: new_batch(),
            now: now.plus_seconds(self.seconds - self.days_ago * DAY_SECONDS),
        }
    }
}

/// Lets the administrators live through the history of the pipeline that was seeded.
pub fn live_through(conn: &mut Conn, who: &User, now: Timestamp) -> Result<()> {
    let day = |days_ago, seconds| Moment {
        who,
        days_ago,
        seconds,
    };
    let rows = StandardSet::B2b.rows(Lang::En)?;
    let actor = day(547, 400).actor(import::DOOR, now);
    import::import(conn, &actor, &rows, Others::Archive, None)?;
    let actor = day(430, 9_000).actor("ui", now);
    let trial = changes::create(conn, &actor, &trial()?)?;
    changes::move_to(conn, &actor, trial.id, Step::To(5), None)?;
    edit(
        conn,
        &day(371, 2_500).actor("ui", now),
        "qualified",
        |fields| {
            fields.limit_days = Days::new(12);
        },
    )?;
    edit(
        conn,
        &day(365, 7_100).actor("ui", now),
        "contacted",
        |fields| {
            fields.target_days = Days::new(4);
            fields.limit_days = Days::new(9);
        },
    )?;
    let actor = day(246, 3_600).actor("ui", now);
    changes::archive(conn, &actor, trial.id)?;
    changes::close_gaps(conn)?;
    edit(
        conn,
        &day(120, 11_000).actor("ui", now),
        "proposal",
        |fields| {
            fields.limit_days = Days::new(18);
        },
    )?;
    let actor = day(33, 5_000).actor("ui", now);
    edit(conn, &actor, "negotiation", |fields| {
        fields.color = Hue::Orange.color();
        fields.limit_days = Days::new(20);
    })?;
    edit(conn, &day(0, -2_900).actor("ui", now), "demo", |fields| {
        fields.limit_days = Days::new(12);
    })?;
    Ok(())
}

/// A stage that did not prove its worth.
fn trial() -> Result<StatusFields> {
    let told = |message: Message| Error::internal(message.text(Lang::En));
    let lines = "Access for a fixed time is agreed\nWhat counts as success is written down";
    Ok(StatusFields {
        name: Name::parse("Trial").map_err(told)?,
        color: Color::parse("#7a5230").map_err(told)?,
        kind: Kind::Open,
        definition: Definition::parse("The customer tries the product with their own data.")
            .map_err(told)?,
        enter_when: Criteria::parse(lines).map_err(told)?,
        leave_when: Criteria::parse("The customer has said whether it was a success")
            .map_err(told)?,
        target_days: Days::new(14),
        limit_days: Days::new(30),
    })
}

fn by_slug(conn: &mut Conn, slug: &str) -> Result<LeadStatus> {
    let mut all = store::everything(conn)?.into_iter();
    all.find(|status| status.slug.as_str() == slug)
        .ok_or_else(|| Error::internal(format!("the demonstration has no status {slug}")))
}

fn edit(
    conn: &mut Conn,
    actor: &Actor,
    slug: &str,
    change: impl Fn(&mut StatusFields),
) -> Result<()> {
    let status = by_slug(conn, slug)?;
    let mut fields = status.fields();
    change(&mut fields);
    changes::update(conn, actor, status.id, None, &fields).map(drop)
}
