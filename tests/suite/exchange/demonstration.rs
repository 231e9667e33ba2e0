use std::collections::HashMap;

use lead_statuses::clock::{DAY, Timestamp};
use lead_statuses::db::{Conn, Db};
use lead_statuses::error::Result;
use lead_statuses::i18n::Lang;
use lead_statuses::leads::{self, Lead, Visit};
use lead_statuses::statuses::{self, Kind, LeadStatus, StandardSet};
use lead_statuses::{db, demo, open};

use crate::support::{Backend, DatabaseCopy, TestApp};

/// A database filled with the demonstration at this moment; `None` where PostgreSQL is missing.
async fn fill_database(
    app: &TestApp,
    backend: Backend,
    now: Timestamp,
    lang: Lang,
) -> Option<(Db, DatabaseCopy, tempfile::TempDir)> {
    let dir = tempfile::tempdir().expect("a directory");
    let copy = DatabaseCopy::empty(backend, dir.path())?;
    let mut config = app.config.clone();
    config.database_url = copy.url.clone();
    config.is_demo = true;
    config.language = lang;
    let (filled, _lock) = tokio::task::spawn_blocking(move || open(&config))
        .await
        .expect("no panic")
        .expect("a start");
    demo::fill(&filled, now, lang)
        .await
        .expect("a demonstration");
    Some((filled, copy, dir))
}

/// Every lead with its visits and its newest notes.
fn leads_with_visits(conn: &mut Conn) -> Result<Vec<(Lead, Vec<Visit>, usize)>> {
    // The last few are planned for moments that have not come yet.
    let all = (1..=leads::count_all(conn)?).map(|id| {
        let notes = leads::notes(conn, id, 50)?.len();
        Ok((leads::find(conn, id)?, leads::visits(conn, id)?, notes))
    });
    all.collect()
}

async fn keeps_every_rule(backend: Backend) -> Option<()> {
    let app = TestApp::with(backend, |_| {}).await?;
    let now = app.clock.now();
    let (filled, _copy, _dir) = fill_database(&app, backend, now, Lang::En).await?;
    let faults = filled.read(|conn| {
        let mut faults = db::faults(conn)?;
        faults.extend(statuses::faults(conn)?);
        Ok((faults, statuses::count_all(conn)?))
    });
    assert_eq!(faults.await.expect("an answer"), (Vec::new(), 11));
    assert!(
        demo::fill(&filled, now, Lang::En).await.is_err(),
        "only an empty one"
    );
    assert!(
        demo::fill(&app.db, now, Lang::En).await.is_err(),
        "only an empty one"
    );
    let (all, leads) = filled
        .read(|conn| Ok((statuses::list_all(conn)?, leads_with_visits(conn)?)))
        .await
        .expect("an answer");
    let counted = filled.read({
        let all = all.clone();
        move |conn| statuses::stats(conn, &all, now)
    });
    let counted = counted.await.expect("counts");
    for status in all.iter().filter(|status| !status.is_archived()) {
        assert!(
            counted[&status.id].counts.totals.leads > 0,
            "{}",
            status.name.as_str()
        );
    }
    assert_is_plausible(&all, &leads, now);
    let stuck: i64 = counted.values().map(|there| there.counts.stuck).sum();
    assert!((30..90).contains(&stuck), "{stuck} are stuck");
    let at_risk: i64 = counted.values().map(|there| there.counts.at_risk).sum();
    assert!(at_risk > 8, "{at_risk} are at risk");
    let paused: i64 = counted.values().map(|there| there.counts.paused).sum();
    assert!(paused > 3, "{paused} are paused");
    filled.close().await;
    Some(())
}

fn assert_is_plausible(all: &[LeadStatus], leads: &[(Lead, Vec<Visit>, usize)], now: Timestamp) {
    let kinds: &HashMap<i64, Kind> = &all.iter().map(|status| (status.id, status.kind)).collect();
    let first = leads.iter().map(|(lead, ..)| lead.created_at).min();
    let days = (now.0 - first.expect("leads").0) / DAY;
    assert!((500..548).contains(&days), "the first came {days} days ago");
    let kinds = &kinds;
    let of = |kind: Kind| {
        let is_of = move |lead: &Lead| kinds[&lead.status_id] == kind;
        leads.iter().filter(move |(lead, ..)| is_of(lead))
    };
    assert!(of(Kind::Won).count() > 60 && of(Kind::Lost).count() > of(Kind::Won).count());
    let mut moves = leads
        .iter()
        .flat_map(|(_, visits, _)| visits.iter().skip(1));
    assert!(moves.clone().count() > 1_200);
    assert!(moves.any(|visit| visit.voided_at.is_some()), "a mistake");
    let is_return = |visits: &[Visit]| {
        let mut ids: Vec<i64> = visits.iter().map(|visit| visit.status_id).collect();
        ids.sort_unstable();
        ids.windows(2).any(|two| two[0] == two[1])
    };
    assert!(leads.iter().any(|(_, visits, _)| is_return(visits)));
    let trial = all.iter().find(|status| status.is_archived());
    let trial = trial.expect("one was given up").id;
    let went_there = |visits: &[Visit]| visits.iter().any(|visit| visit.status_id == trial);
    assert!(leads.iter().any(|(_, visits, _)| went_there(visits)));
    let in_bin = leads.iter().filter(|(lead, ..)| lead.is_in_bin()).count();
    assert!((1..20).contains(&in_bin), "{in_bin} in the bin");
    assert!(leads.iter().filter(|(.., notes)| *notes > 0).count() > 150);
    assert!(leads.iter().any(|(lead, ..)| lead.fields.owner.is_none()));
}

#[tokio::test]
async fn a_demonstration_keeps_every_rule() {
    keeps_every_rule(Backend::Sqlite)
        .await
        .expect("SQLite is built in");
}

#[tokio::test]
async fn a_demonstration_keeps_every_rule_on_postgres() {
    let _ = keeps_every_rule(Backend::Postgres).await;
}

#[tokio::test]
async fn a_demonstration_is_the_same_every_time() {
    let app = TestApp::with(Backend::Sqlite, |_| {}).await;
    let app = app.expect("SQLite is built in");
    let now = app.clock.now();
    let mut seen = Vec::new();
    for days in [0, 0, 4] {
        let now = Timestamp(now.0 + days * DAY);
        let (filled, _copy, _dir) = fill_database(&app, Backend::Sqlite, now, Lang::En)
            .await
            .expect("a database");
        let all = filled.read(leads_with_visits).await.expect("an answer");
        filled.close().await;
        let since = |at: Timestamp| at.0 - now.0;
        let shown: Vec<_> = all
            .iter()
            .map(|(lead, visits, notes)| {
                let stays: Vec<_> = visits
                    .iter()
                    .map(|visit| (visit.status_id, visit.channel, since(visit.entered_at)))
                    .collect();
                let pause = lead.paused_until.map(since);
                (
                    lead.fields.clone(),
                    since(lead.created_at),
                    pause,
                    stays,
                    *notes,
                )
            })
            .collect();
        seen.push(shown);
    }
    assert!(seen[0] == seen[1], "at the same moment");
    // A pause ends at midnight, so its end moves by whole days, too.
    assert!(
        seen[0] == seen[2],
        "four days later, on another day of the week"
    );
}

#[tokio::test]
async fn a_demonstration_in_romanian_has_romanian_statuses_sources_and_reasons() {
    let app = TestApp::with(Backend::Sqlite, |_| {}).await;
    let app = app.expect("SQLite is built in");
    let (filled, _copy, _dir) = fill_database(&app, Backend::Sqlite, app.clock.now(), Lang::Ro)
        .await
        .expect("a database");
    let read = filled.read(|conn| Ok((statuses::list_all(conn)?, leads_with_visits(conn)?)));
    let (all, leads) = read.await.expect("an answer");
    filled.close().await;
    let names: Vec<_> = all.iter().map(|status| status.name.to_string()).collect();
    let expected = StandardSet::B2b.statuses(Lang::Ro).expect("a set");
    for status in &expected {
        let name = status.fields.name.to_string();
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert!(names.contains(&"Perioadă de probă".to_owned()), "{names:?}");
    assert_eq!(names.len(), expected.len() + 1, "{names:?}");
    let english = [
        "Website",
        "Referral",
        "Contract signed",
        "Chose a competitor",
    ];
    for (lead, visits, _) in &leads {
        let texts = visits.iter().map(|visit| visit.reason.to_string());
        for text in texts.chain([lead.fields.source.to_string()]) {
            assert!(!english.contains(&text.as_str()), "{text}");
        }
    }
}
