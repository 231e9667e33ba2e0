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

/// What the administrator does to the statuses, one deed after the other.
#[derive(Debug, Clone, Copy)]
enum Deed {
    /// The standard set takes the place of what was seeded.
    Standard,
    /// A stage is tried out.
    Begin,
    /// It did not prove its worth.
    End,
    Adjust(&'static str, i32, i32),
}

/// One deed, and when it was done.
#[derive(Debug, Clone, Copy)]
pub struct Chapter {
    days_ago: i64,
    seconds: i64,
    deed: Deed,
}

/// The history of the pipeline that was seeded, in the order of time.
pub fn story() -> Vec<Chapter> {
    let chapter = |days_ago, seconds, deed| Chapter {
        days_ago,
        seconds,
        deed,
    };
    let adjusted = |(days_ago, seconds, slug, target, limit): Adjustment| {
        chapter(days_ago, seconds, Deed::Adjust(slug, target, limit))
    };
    let mut story = vec![
        chapter(547, 400, Deed::Standard),
        chapter(430, 9_000, Deed::Begin),
    ];
    story.extend(EARLY.map(adjusted));
    story.push(chapter(246, 3_600, Deed::End));
    story.extend(LATE.map(adjusted));
    story
}

impl Chapter {
    /// When it was, seen from now.
    pub fn at(&self, now: Timestamp) -> Timestamp {
        now.plus_seconds(self.seconds - self.days_ago * DAY_SECONDS)
    }

    /// Lets an administrator live through it.
    pub fn live(&self, conn: &mut Conn, who: &User, now: Timestamp) -> Result<()> {
        let on = |door| Actor {
            user_id: Some(who.id),
            token_id: None,
            name: who.name.clone(),
            door,
            request_id: String::new(),
            batch_id: new_batch(),
            now: self.at(now),
        };
        match self.deed {
            Deed::Standard => {
                let rows = StandardSet::B2b.rows(Lang::En)?;
                let archive = Others::Archive;
                import::import(conn, &on(import::DOOR), &rows, archive, None).map(drop)
            }
            Deed::Begin => {
                let begin = on("ui");
                let trial = changes::create(conn, &begin, &trial()?)?;
                changes::move_to(conn, &begin, trial.id, Step::To(5), None).map(drop)
            }
            Deed::End => {
                let trial = by_slug(conn, "trial")?;
                changes::archive(conn, &on("ui"), trial.id)?;
                changes::close_gaps(conn)
            }
            Deed::Adjust(slug, target, limit) => adjust(conn, &on("ui"), slug, target, limit),
        }
    }
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
