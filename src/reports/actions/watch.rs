//! Keeps the median times of the list of statuses up to date while the server runs.

use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::reports::actions::answers::Reports;
use crate::reports::actions::ask::ReportRequest;

/// How long a change may take to be seen.
const PAUSE: Duration = Duration::from_secs(5);
/// Where counting takes long, it is done again after this many times as long: a fiftieth of a processor at most.
const PAUSE_BY_COST: u32 = 50;

/// Works out the figures of all leads again and again, until it is dropped.
pub async fn watch_medians(reports: &Reports, db: &Db, clock: &Clock) {
    let mut pause = PAUSE;
    loop {
        tokio::time::sleep(pause).await;
        let begun = Instant::now();
        if let Err(error) = refresh(reports, db, clock).await {
            tracing::warn!(%error, "the median times were not worked out");
        }
        pause = PAUSE.max(begun.elapsed() * PAUSE_BY_COST);
    }
}

async fn refresh(reports: &Reports, db: &Db, clock: &Clock) -> Result<()> {
    let now = clock.now();
    let request = db
        .read(move |conn: &mut Conn| ReportRequest::about_now(conn, now))
        .await?;
    reports.figures(db, request).await.map(drop)
}
