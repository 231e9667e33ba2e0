//! What pages and calls say about taking a change back, and how they wait for its end.

use std::time::{Duration, Instant};

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::{Lang, Message};
use crate::pipeline::actions::past_imports::{self, PastImport};
use crate::pipeline::domain::undo::{SkippedRecord, UndoCounts};
use crate::pipeline::store::undos;
use crate::web::App;

/// How long an answer waits.
const WAIT_TIMEOUT: Duration = Duration::from_secs(8);
/// How often it looks, if this server does none of the steps.
const WAIT_INTERVAL: Duration = Duration::from_millis(250);

/// What taking back would do, in one sentence.
pub fn preview_message(change: &PastImport, counts: &UndoCounts, lang: Lang) -> String {
    sentence("imports-undo-would", change, counts, lang)
}

/// What taking back did, or does.
pub fn outcome_message(
    change: &PastImport,
    counts: &UndoCounts,
    is_finished: bool,
    lang: Lang,
) -> String {
    match is_finished {
        true => sentence("imports-undo-did", change, counts, lang),
        false => lang.t("imports-undo-goes-on").to_owned(),
    }
}

fn sentence(key: &'static str, change: &PastImport, counts: &UndoCounts, lang: Lang) -> String {
    let (removed, restored) = match change.is_of_statuses() {
        true => ("imports-undo-removed", "imports-undo-restored-statuses"),
        false => ("imports-undo-binned", "imports-undo-restored"),
    };
    let parts = [
        (removed, counts.binned),
        (restored, counts.restored),
        ("imports-undo-left", counts.left_alone),
    ];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let parts = parts.map(|(key, count)| Message::new(key).with("count", count).text(lang));
    let parts: Vec<String> = parts.collect();
    Message::new(key).with("parts", parts.join(", ")).text(lang)
}

/// Waits until a change is taken back, but not for long; what was done so far, what it skipped, and whether that
/// is all.
pub async fn wait_for_end(app: &App, id: i64) -> Result<(UndoCounts, Vec<SkippedRecord>, bool)> {
    app.jobs.wake();
    let until = Instant::now() + WAIT_TIMEOUT;
    loop {
        let step = app.jobs.step_done();
        let read = move |conn: &mut Conn| {
            let undo = past_imports::find(conn, id)?.undo;
            match undo {
                Some(undo) => Ok(Some((undos::list_skipped(conn, undo.id)?, undo))),
                None => Ok(None),
            }
        };
        if let Some((skipped, undo)) = app.db.read(read).await? {
            let is_finished = undo.finished_at.is_some();
            if is_finished || Instant::now() > until {
                return Ok((undo.counts(), skipped, is_finished));
            }
        }
        // Another server may do the steps.
        let _ = tokio::time::timeout(WAIT_INTERVAL, step).await;
    }
}
