//! Keeps the median times in the list of statuses up to date while the server runs.

use std::time::{Duration, Instant};

use crate::clock::{Clock, DAY_SECONDS};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::reports::actions::prepare::PreparedReport;
use crate::reports::actions::report_cache::ReportCache;

/// How often changes are looked for.
const INTERVAL: Duration = Duration::from_secs(5);
/// Where it takes long, it is repeated after this many times as long. Most of that is reading with pauses, which takes a
/// fifth of a processor, so that all together takes about a fiftieth.
const INTERVAL_PER_COST: u32 = 10;

/// Counts the figures of all leads again and again, until it is dropped; so the histories are usually in the cache when a
/// request needs them.
pub async fn watch_medians(reports: &ReportCache, db: &Db, clock: &Clock) {
    let mut counted = None;
    loop {
        let started_at = Instant::now();
        match refresh(reports, db, clock, counted).await {
            Ok(version) => counted = Some(version),
            // Damage of the database is logged where it is found.
            Err(error) if error.is_corrupt() => {}
            Err(error) => tracing::warn!(%error, "the median times were not worked out"),
        }
        tokio::time::sleep(INTERVAL.max(started_at.elapsed() * INTERVAL_PER_COST)).await;
    }
}

/// The newest change of leads and the day: with the same, medians are the same but for hours.
type MedianVersion = (u64, i64);

/// Counts the medians, unless nothing was changed since they were last counted.
async fn refresh(
    reports: &ReportCache,
    db: &Db,
    clock: &Clock,
    counted: Option<MedianVersion>,
) -> Result<MedianVersion> {
    let now = clock.now();
    let histories = reports.histories.latest_in_background(db).await?;
    let version = (histories.revision, now.second() / DAY_SECONDS);
    if counted == Some(version) {
        return Ok(version);
    }
    let request = db
        .read(move |conn: &mut Conn| PreparedReport::about_now(conn, now))
        .await?;
    let page = request.specs_with_period_before();
    reports.figures_from(histories, &request, &page).await?;
    Ok(version)
}
