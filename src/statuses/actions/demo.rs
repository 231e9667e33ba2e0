//! The changes to statuses in the demonstration data: a year and a half, identical on every run.

use crate::access::User;
use crate::audit::{Actor, new_batch};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::statuses::actions::changes;
use crate::statuses::actions::import;
use crate::statuses::actions::import::UnlistedPolicy;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::name::Name;
use crate::statuses::domain::order::PipelineMove;
use crate::statuses::domain::sets::StandardSet;
use crate::statuses::domain::status::{LeadStatus, StatusFields};
use crate::statuses::store;

/// The length of the demonstration's history in days.
pub const HISTORY_DAYS: i64 = 548;
const DAY_SECONDS: i64 = 86_400;

/// A change of target and limit: days ago, seconds into that day, slug, target and limit in days.
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

/// A change that the administrator makes to the statuses.
#[derive(Debug, Clone, Copy)]
enum DemoAction {
    /// Uses a standard set and archives the seeded statuses that it doesn't name.
    UseStandardSet,
    /// Creates the status Trial.
    CreateTrial,
    /// Archives the status Trial.
    ArchiveTrial,
    SetLimits(&'static str, i32, i32),
}

/// A change and its time.
#[derive(Debug, Clone, Copy)]
pub struct DemoStep {
    days_ago: i64,
    seconds: i64,
    action: DemoAction,
}

/// The changes in the order of time.
pub fn demo_steps() -> Vec<DemoStep> {
    let chapter = |days_ago, seconds, deed| DemoStep {
        days_ago,
        seconds,
        action: deed,
    };
    let adjusted = |(days_ago, seconds, slug, target, limit): Adjustment| {
        chapter(
            days_ago,
            seconds,
            DemoAction::SetLimits(slug, target, limit),
        )
    };
    let mut story = vec![
        chapter(547, 400, DemoAction::UseStandardSet),
        chapter(430, 9_000, DemoAction::CreateTrial),
    ];
    story.extend(EARLY.map(adjusted));
    story.push(chapter(246, 3_600, DemoAction::ArchiveTrial));
    story.extend(LATE.map(adjusted));
    story
}

impl DemoStep {
    /// The instant of the change, given the present.
    pub fn at(&self, now: Timestamp) -> Timestamp {
        now.plus_seconds(self.seconds - self.days_ago * DAY_SECONDS)
    }

    /// Makes the change as this user.
    pub fn apply(&self, conn: &mut Conn, user: &User, now: Timestamp) -> Result<()> {
        let on = |door| Actor {
            user_id: Some(user.id),
            token_id: None,
            name: user.name.clone(),
            channel: door,
            request_id: String::new(),
            batch_id: new_batch(),
            now: self.at(now),
        };
        match self.action {
            DemoAction::UseStandardSet => {
                let rows = StandardSet::B2b.rows(Lang::En)?;
                let archive = UnlistedPolicy::Archive;
                import::run(conn, &on(import::CHANNEL), &rows, archive, None).map(drop)
            }
            DemoAction::CreateTrial => {
                let begin = on("ui");
                let trial = changes::create(conn, &begin, &trial()?)?;
                changes::move_in_pipeline(conn, &begin, trial.id, PipelineMove::To(5), None)
                    .map(drop)
            }
            DemoAction::ArchiveTrial => {
                let trial = by_slug(conn, "trial")?;
                changes::archive(conn, &on("ui"), trial.id)?;
                changes::close_gaps(conn)
            }
            DemoAction::SetLimits(slug, target, limit) => {
                adjust(conn, &on("ui"), slug, target, limit)
            }
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

/// The fields of the status Trial.
fn trial() -> Result<StatusFields> {
    let to_error = |message: Message| Error::internal(message.text(Lang::En));
    let lines = "Access for a fixed time is agreed\nWhat counts as success is written down";
    Ok(StatusFields {
        name: Name::parse("Trial").map_err(to_error)?,
        color: Color::parse("#7a5230").map_err(to_error)?,
        kind: Kind::Open,
        definition: Definition::parse("The customer tries the product with their own data.")
            .map_err(to_error)?,
        enter_when: Criteria::parse(lines).map_err(to_error)?,
        leave_when: Criteria::parse("The customer has said whether it was a success")
            .map_err(to_error)?,
        target_days: Days::new(14),
        limit_days: Days::new(30),
    })
}

fn by_slug(conn: &mut Conn, slug: &str) -> Result<LeadStatus> {
    let mut all = store::list_all(conn)?.into_iter();
    all.find(|status| status.slug.as_str() == slug)
        .ok_or_else(|| Error::internal(format!("the demonstration has no status {slug}")))
}
