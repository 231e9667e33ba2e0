//! Bulk actions on so many leads that they run in steps.

use std::time::{Duration, Instant};

use serde_json::json;

use super::bulk::by_hand;
use super::fixtures::status;
use super::lead_builder::{draft, lead, make};
use crate::status_leads::insert_copies;
use crate::support::{ALICE, MARA, RADU, TestApp, ask_again, query_text};

both!(
    many_leads_are_changed_while_others_work,
    a_few_hundred_are_answered_when_they_are_done,
    a_status_that_was_archived_meanwhile_takes_none,
);

/// More leads than the preview judges one by one.
const MANY: i64 = 6_000;

async fn many_leads_are_changed_while_others_work(app: TestApp) {
    make(&app, vec![draft("Ana").in_status("Contacted", 2)]).await;
    let (from, to) = (
        status(&app, "Contacted").await,
        status(&app, "Proposal").await,
    );
    insert_copies(&app.config.database_url, from, MANY - 1);
    let last: i64 = query_text(
        &app.config.database_url,
        "select cast(max(id) as varchar(20)) as value from leads",
    )
    .parse()
    .unwrap();
    let (mara, api) = (app.signed_in(MARA).await, app.api(ALICE));
    let (from, to) = (from.to_string(), to.to_string());
    let all = [
        ("action", "move"),
        ("scope", "all"),
        ("status", &from),
        ("status", &to),
        ("expect", "6000"),
    ];
    let preview = by_hand(&mara, &[], &all).await;
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Move 6,000 leads"]
    );
    assert!(preview.text().contains("skipped, and listed"));
    let begun = mara.submit(&preview, "#preview", &[("confirm", "1")]).await;
    assert_eq!(begun.status, 303, "{begun:?}");
    let path = begun.leads_to().expect("a page");
    assert!(path.starts_with("/admin/leads/bulk/"), "{path}");
    let edited = api
        .put(&format!("leads/{last}"), json!({"company": "Elsewhere"}))
        .await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    let shown = mara.get(&path).await;
    assert!(shown.has("progress[max='6000']"), "{shown:?}");
    assert!(!shown.has(".banner.ok"), "it is under way");
    assert_eq!(app.signed_in(RADU).await.get(&path).await.status, 404);

    let (mut slowest, mut turn) = (Duration::ZERO, 0);
    let mut shown = shown;
    while !shown.has(".banner.ok") {
        if turn < 30 {
            let begun = Instant::now();
            api.create_status(&format!("Meanwhile {turn}")).await;
            slowest = slowest.max(begun.elapsed());
            turn += 1;
        } else {
            ask_again().await;
        }
        shown = mara.get(&path).await;
        assert_eq!(shown.status, 200, "{shown:?}");
    }
    eprintln!("{:?}: {turn} writes, the slowest {slowest:?}", app.backend);
    assert!(slowest < Duration::from_secs(3), "{slowest:?}");
    assert!(
        shown.text().contains("5,999 leads moved to Proposal"),
        "{shown:?}"
    );
    assert!(shown.text().contains("1 lead was skipped"));
    assert!(
        shown
            .text()
            .contains("Someone else changed this lead first")
    );
    assert_eq!(lead(&app, last).await.status_id.to_string(), from);
    assert_eq!(api.status("Proposal").await["lead_count"], MANY - 1);
    let query = "select cast(count(distinct batch_id) as varchar(20)) || ' batch, ' || cast(count(*) as varchar(20)) || ' moves' as value \
        from audit_entries where action = 'move'";
    assert_eq!(
        query_text(&app.config.database_url, query),
        "1 batch, 5999 moves"
    );
    crate::exchange::assert_sound(&app);
}

async fn a_few_hundred_are_answered_when_they_are_done(app: TestApp) {
    let ids = make(&app, (0..600).map(|n| draft(&format!("L{n}"))).collect()).await;
    let mara = app.signed_in(MARA).await;
    let done = by_hand(&mara, &ids, &[("action", "delete"), ("confirm", "1")]).await;
    assert_eq!(done.leads_to().as_deref(), Some("/admin/leads"), "{done:?}");
    let list = mara.follow(&done).await;
    assert!(list.text().contains("600 leads"), "{}", list.text());
    assert!(lead(&app, ids[599]).await.is_in_bin());
    let radu = app.signed_in(RADU).await;
    let to = status(&app, "Contacted").await.to_string();
    let fields = [
        ("action", "move"),
        ("status", to.as_str()),
        ("confirm", "1"),
    ];
    let refused = by_hand(&radu, &ids, &fields).await;
    assert_eq!(refused.status, 409, "what is refused is not begun");
}

async fn a_status_that_was_archived_meanwhile_takes_none(app: TestApp) {
    use lead_statuses::audit::Actor;
    use lead_statuses::channel::Channel;
    use lead_statuses::leads::actions::bulk_jobs;
    use lead_statuses::leads::{BulkActionKind, BulkForm, Rights};
    let ids = make(&app, (0..3).map(|n| draft(&format!("L{n}"))).collect()).await;
    let to = status(&app, "Proposal").await;
    let user = super::fixtures::user(&app, ALICE).await;
    let mut actor = Actor::program(Channel::Bulk, app.clock.now());
    actor.user_id = Some(user);
    app.api(ALICE)
        .put(&format!("lead_statuses/{to}"), json!({"archived": true}))
        .await;
    let form = BulkForm {
        status: to.to_string(),
        ..BulkForm::default()
    };
    let rights = Rights {
        user_id: user,
        ..Rights::program()
    };
    let (id, job_ids) = (actor.batch_id, ids.clone());
    let start = move |conn: &mut lead_statuses::db::Conn| {
        let kind = BulkActionKind::Move;
        bulk_jobs::start(conn, &actor, rights, kind, &form, "/admin/leads", &job_ids)
    };
    app.db.write(start).await.expect("it starts");
    let now = app.clock.now();
    let step = move |conn: &mut lead_statuses::db::Conn| bulk_jobs::run_step(conn, now, id, 10);
    while app.db.write(step).await.expect("a step").is_some() {}
    let browser = app.signed_in(ALICE).await;
    let shown = browser.get(&format!("/admin/leads/bulk/{id}")).await;
    assert!(shown.text().contains("3 leads were skipped"), "{shown:?}");
    for id in ids {
        assert_eq!(lead(&app, id).await.version, 1);
    }
}
