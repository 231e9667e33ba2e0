//! Those who ask the same at once share one count, a page is as of one instant, and what no request waits for leaves time
//! to others.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::{join, join_all};
use lead_statuses::db::Db;
use lead_statuses::reports::ReportCache;
use lead_statuses::reports::actions::prepare::PreparedReport;
use lead_statuses::statuses::MedianTimes;

use super::vectors::import_ten;
use crate::leads::lead_builder::{draft, make};
use crate::support::TestApp;

both!(
    concurrent_requests_share_one_count,
    histories_are_read_slowly_until_a_request_waits_for_them
);

async fn concurrent_requests_share_one_count(app: TestApp) {
    import_ten(&app).await;
    let db = Db::open(&app.config.database_url, 2).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let reports = ReportCache::new(folder.path(), MedianTimes::default());
    let now = app.clock.now();
    let read = db.read(move |conn| PreparedReport::about_now(conn, now));
    let request = read.await.unwrap();
    let page = request.specs_with_period_before();
    assert_eq!(page.len(), 2);
    let asked = (0..8).map(|_| reports.figures_of(&db, &request, &page));
    let answers: Vec<_> = join_all(asked)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let first = &answers[0];
    assert_eq!(first[0].as_of, first[1].as_of);
    for answer in &answers[1..] {
        let is_same = |(one, other)| Arc::ptr_eq(one, other);
        assert!(answer.iter().zip(first).all(is_same), "counted twice");
    }
    // The period before alone is another question with the same answer.
    let before = reports.figures_of(&db, &request, &page[1..]).await.unwrap();
    assert_eq!(before[0], first[1]);
}

/// How long it takes to read 31 pages of histories for the background, and for a request too if `has_request`.
async fn reading_time(db: &Db, has_request: bool) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let reports = ReportCache::new(folder.path(), MedianTimes::default());
    let (histories, started_at) = (&reports.histories, Instant::now());
    let background = histories.latest_in_background(db);
    let read = match has_request {
        true => join(background, histories.latest(db)).await.1,
        false => background.await,
    };
    assert_eq!(read.unwrap().pages(), 31);
    started_at.elapsed()
}

async fn histories_are_read_slowly_until_a_request_waits_for_them(app: TestApp) {
    make(&app, vec![draft("First")]).await;
    app.raise_next_lead_id().await;
    make(&app, vec![draft("Last")]).await;
    let db = Db::open(&app.config.database_url, 2).unwrap();
    // The shortest of several, since the machine may be busy.
    let (mut slow, mut fast) = (Duration::MAX, Duration::MAX);
    for _ in 0..4 {
        slow = slow.min(reading_time(&db, false).await);
        fast = fast.min(reading_time(&db, true).await);
    }
    assert!(slow > fast * 2, "{slow:?}, {fast:?}");
}
