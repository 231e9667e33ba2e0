//! The statuses of the demonstration: a year and a half in the life of a pipeline, the same every time.

use super::import::{self, Others};
use super::{
    Color, Criteria, Days, Definition, Kind, LeadStatus, Name, StandardSet, StatusFields, Step,
    changes, store,
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

/// When which status got which target and limit: days ago, seconds into the day.
type Adjustment = (i64, i64, &'static str, i32, i32);
const EARLY: [Adjustment; 2] = [
    (371, 2_500, "qualified", 5, 12),
    (365, 7_100, "contacted", 4, 9),
];
const LATE: [Adjustment; 3] = [
    (120, 11_000, "proposal", 10, 18),
    (33, 5_000, "negotiation", 10, 20),
    (0, -2_900, "demo", 7, 12),
];

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

/// Lets an administrator live through the history of the pipeline that was seeded.
pub fn live_through(conn: &mut Conn, who: &User, now: Timestamp) -> Result<()> {
    let on = |days_ago, seconds, door| {
        let moment = Moment {
            who,
            days_ago,
            seconds,
        };
        moment.actor(door, now)
    };
    let rows = StandardSet::B2b.rows(Lang::En)?;
    let standard = on(547, 400, import::DOOR);
    import::import(conn, &standard, &rows, Others::Archive, None)?;
    let begin = on(430, 9_000, "ui");
    let trial = changes::create(conn, &begin, &trial()?)?;
    changes::move_to(conn, &begin, trial.id, Step::To(5), None)?;
    for (days_ago, seconds, slug, target, limit) in EARLY {
        adjust(conn, &on(days_ago, seconds, "ui"), slug, target, limit)?;
    }
    changes::archive(conn, &on(246, 3_600, "ui"), trial.id)?;
    changes::close_gaps(conn)?;
    for (days_ago, seconds, slug, target, limit) in LATE {
        adjust(conn, &on(days_ago, seconds, "ui"), slug, target, limit)?;
    }
    Ok(())
}

fn adjust(conn: &mut Conn, actor: &Actor, slug: &str, target: i32, limit: i32) -> Result<()> {
    let status = by_slug(conn, slug)?;
    let fields = StatusFields {
        target_days: Days::new(target),
        limit_days: Days::new(limit),
        ..status.fields()
    };
    changes::update(conn, actor, status.id, None, &fields).map(drop)
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
