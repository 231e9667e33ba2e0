//! "All that match" is a set of leads or statuses, not a number of them.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use lead_statuses::db::Conn;
use serde_json::json;

use super::{LEADS, STATUSES, post_by_hand};
use crate::leads::lead_builder::{draft, lead, make};
use crate::support::{ALICE, Backend, MARA, TestApp, ask_again};

both!(
    one_lead_out_and_one_in_is_another_set,
    one_status_out_and_one_in_is_another_set,
    a_number_identifies_all_that_match,
    a_list_that_was_not_counted_to_the_end_is_shown_first,
    a_lead_that_stops_matching_while_it_is_waited_for_is_left_alone,
);

fn is_digest(text: &str) -> bool {
    text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

async fn one_lead_out_and_one_in_is_another_set(app: TestApp) {
    let drafts = vec![
        draft("Ana").from("Web"),
        draft("Ion").from("Web"),
        draft("Eva").from("Fair"),
    ];
    let ids = make(&app, drafts).await;
    let (browser, api) = (app.signed_in(MARA).await, app.api(ALICE));
    let fields = [
        ("scope", "all"),
        ("source", "Web"),
        ("expect", "2"),
        ("action", "delete"),
    ];
    let bulk = format!("{LEADS}/bulk");
    let preview = post_by_hand(&browser, &bulk, &fields).await;
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Delete 2 leads"],
        "{preview:?}"
    );
    let digest = preview.form("#preview").value("expect").unwrap().to_owned();
    assert!(is_digest(&digest), "{digest}");
    for (id, source) in [(ids[0], "Fair"), (ids[2], "Web")] {
        let put = api
            .put(&format!("leads/{id}"), json!({"source": source}))
            .await;
        assert_eq!(put.status, 200, "{}", put.text());
    }
    let late = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(late.status, 409, "two as before, but others: {late:?}");
    assert!(
        late.has("#preview [name=confirm]"),
        "the preview again: {late:?}"
    );
    for id in &ids {
        assert!(!lead(&app, *id).await.is_in_bin());
    }
    let again = late.form("#preview").value("expect").unwrap().to_owned();
    assert!(is_digest(&again) && again != digest);
    // Another preview, without confirmation, says that the set has changed.
    let look = browser.submit(&preview, "#preview", &[]).await;
    assert_eq!(look.status, 200, "{look:?}");
    assert!(look.has(".banner.warn"), "{look:?}");
    let done = browser.submit(&late, "#preview", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    let gone = [ids[0], ids[1], ids[2]].map(|id| (id, id != ids[0]));
    for (id, is_gone) in gone {
        assert_eq!(lead(&app, id).await.is_in_bin(), is_gone);
    }
}

async fn one_status_out_and_one_in_is_another_set(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let one = api.create_status("Extra one").await;
    let two = api.create_status("Extra two").await;
    let three = api.create_status("Other three").await;
    let fields = [
        ("scope", "all"),
        ("q", "extra"),
        ("expect", "2"),
        ("action", "archive"),
    ];
    let preview = post_by_hand(&browser, &format!("{STATUSES}/bulk"), &fields).await;
    let digest = preview.form("#preview").value("expect").unwrap().to_owned();
    assert!(is_digest(&digest), "{digest}");
    for (id, name) in [(one, "Other one"), (three, "Extra three")] {
        let put = api
            .put(&format!("lead_statuses/{id}"), json!({"name": name}))
            .await;
        assert_eq!(put.status, 200, "{}", put.text());
    }
    let late = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(late.status, 409, "two as before, but others: {late:?}");
    assert_eq!(api.statuses().await.len(), 9);
    let look = browser.submit(&preview, "#preview", &[]).await;
    assert!(look.status == 200 && look.has(".banner.warn"), "{look:?}");
    let done = browser.submit(&late, "#preview", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    let left = api.statuses().await;
    let ids: Vec<i64> = left
        .iter()
        .map(|status| status["id"].as_i64().unwrap())
        .collect();
    assert!(
        ids.contains(&one) && !ids.contains(&two) && !ids.contains(&three),
        "{ids:?}"
    );
}

async fn a_number_identifies_all_that_match(app: TestApp) {
    let ids = make(&app, vec![draft("Ana"), draft("Ion")]).await;
    let browser = app.signed_in(MARA).await;
    let all = [
        ("scope", "all"),
        ("action", "delete"),
        ("q", "ana"),
        ("confirm", "1"),
    ];
    let bulk = format!("{LEADS}/bulk");
    let other = post_by_hand(&browser, &bulk, &[&all[..], &[("expect", "2")]].concat()).await;
    assert_eq!(other.status, 409, "{other:?}");
    assert!(!lead(&app, ids[0]).await.is_in_bin());
    let done = post_by_hand(&browser, &bulk, &[&all[..], &[("expect", "1")]].concat()).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert!(lead(&app, ids[0]).await.is_in_bin() && !lead(&app, ids[1]).await.is_in_bin());
}

/// The bar of a list that is counted only up to a bound sends the bound: the preview counts, and only it can be
/// confirmed.
async fn a_list_that_was_not_counted_to_the_end_is_shown_first(app: TestApp) {
    let ids = make(&app, vec![draft("Ana"), draft("Ana"), draft("Ana")]).await;
    let browser = app.signed_in(MARA).await;
    let all = [
        ("scope", "all"),
        ("action", "delete"),
        ("q", "ana"),
        ("expect", "2+"),
    ];
    let bulk = format!("{LEADS}/bulk");
    let preview = post_by_hand(&browser, &bulk, &all).await;
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Delete 3 leads"],
        "{preview:?}"
    );
    assert!(
        !preview.has(".banner.warn"),
        "nothing came or went: {preview:?}"
    );
    let blind = post_by_hand(&browser, &bulk, &[&all[..], &[("confirm", "1")]].concat()).await;
    assert_eq!(blind.status, 409, "{blind:?}");
    assert!(!lead(&app, ids[0]).await.is_in_bin());
    let done = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303, "{done:?}");
}

#[derive(QueryableByName)]
struct NumberRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// True as soon as a transaction waits for a row; on SQLite writers wait for each other before they begin.
async fn is_waiting(app: &TestApp) -> bool {
    if app.backend == Backend::Sqlite {
        return true;
    }
    let question = "select count(*) as number from pg_stat_activity \
        where datname = current_database() and wait_event_type = 'Lock'";
    let ask = move |conn: &mut Conn| {
        let found: NumberRow = diesel::sql_query(question).get_result(conn)?;
        Ok(found.number > 0)
    };
    app.db.read(ask).await.unwrap()
}

/// Another transaction holds the lead while the action begins: the action sees what it commits.
async fn a_lead_that_stops_matching_while_it_is_waited_for_is_left_alone(app: TestApp) {
    let ids = make(
        &app,
        vec![draft("Ana").from("Web"), draft("Ion").from("Web")],
    )
    .await;
    let browser = app.signed_in(MARA).await;
    let fields = [
        ("scope", "all"),
        ("source", "Web"),
        ("expect", "2"),
        ("action", "delete"),
    ];
    let preview = post_by_hand(&browser, &format!("{LEADS}/bulk"), &fields).await;
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (db, first) = (app.db.clone(), ids[0]);
    let other = tokio::spawn(async move {
        db.write(move |conn| {
            let update = format!(
                "update leads set source = 'Fair', version = version + 1 where id = {first}"
            );
            diesel::sql_query(update).execute(conn)?;
            let _ = begun.send(());
            let _ = may_go_on.recv_timeout(Duration::from_secs(20));
            Ok(())
        })
        .await
    });
    let limit = Instant::now() + Duration::from_secs(20);
    while has_begun.try_recv().is_err() {
        assert!(Instant::now() < limit, "nobody began");
        tokio::task::yield_now().await;
    }
    let form = preview.form("#preview").with(&[("confirm", "1")]);
    let sent: Vec<(&str, &str)> = form
        .fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let (late, ()) = tokio::join!(browser.post(&form.action, &sent), async {
        while !is_waiting(&app).await {
            assert!(Instant::now() < limit, "nobody waits");
            ask_again().await;
        }
        go_on.send(()).unwrap();
    });
    other.await.unwrap().unwrap();
    assert_eq!(late.status, 409, "{late:?}");
    for id in ids {
        assert!(!lead(&app, id).await.is_in_bin());
    }
}
