//! Keeps the median times of the list of statuses up to date while the server runs.

use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::reports::actions::answers::Reports;
use crate::reports::actions::ask::ReportRequest;
use crate::reports::domain::durations::DAY_SECONDS;

/// How long to wait between two looks for changes.
const PAUSE: Duration = Duration::from_secs(5);
/// Where counting takes long, it is done again after this many times as long: a fiftieth of a processor at most.
const PAUSE_BY_COST: u32 = 50;

/// Works out the figures of all leads at once and then again and again, until it is dropped: so the histories are mostly
/// at hand when someone asks.
pub async fn watch_medians(reports: &Reports, db: &Db, clock: &Clock) {
    let mut counted = None;
    loop {
        let begun = Instant::now();
        match refresh(reports, db, clock, counted).await {
            Ok(state) => counted = Some(state),
            // Damage is logged where it is met.
            Err(error) if error.is_corrupt() => {}
            Err(error) => tracing::warn!(%error, "the median times were not worked out"),
        }
        tokio::time::sleep(PAUSE.max(begun.elapsed() * PAUSE_BY_COST)).await;
    }
}

/// The newest change of leads and the day: with the same, medians are the same but for hours.
type State = (u64, i64);

/// Works out the medians, unless nothing was changed since they were last counted.
async fn refresh(
    reports: &Reports,
    db: &Db,
    clock: &Clock,
    counted: Option<State>,
) -> Result<State> {
    let now = clock.now();
    let revision = reports.keeper.latest(db).await?.revision;
    let state = (revision, now.second() / DAY_SECONDS);
    if counted == Some(state) {
        return Ok(state);
    }
    let request = db
        .read(move |conn: &mut Conn| ReportRequest::about_now(conn, now))
        .await?;
    let page = request.with_before();
    reports.figures_of(db, &request, &page).await.map(|_| state)
}
