//! Those who ask the same at once share one count, and a page is as of one instant.

use std::sync::Arc;

use futures_util::future::join_all;
use lead_statuses::db::Db;
use lead_statuses::reports::ReportCache;
use lead_statuses::reports::actions::resolve::ResolvedReport;
use lead_statuses::statuses::MedianTimes;

use super::vectors::import_ten;
use crate::support::TestApp;

both!(concurrent_requests_share_one_count);

async fn concurrent_requests_share_one_count(app: TestApp) {
    import_ten(&app).await;
    let db = Db::open(&app.config.database_url, 2).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let reports = ReportCache::new(folder.path(), MedianTimes::default());
    let now = app.clock.now();
    let read = db.read(move |conn| ResolvedReport::about_now(conn, now));
    let request = read.await.unwrap();
    let page = request.with_before();
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
