use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::{Timestamp, Zone};
use lead_statuses::db::Conn;
use lead_statuses::leads::actions::pause;
use lead_statuses::leads::domain::pause::PauseEnd;
use lead_statuses::leads::domain::text::Reason;
use lead_statuses::leads::{Lead, Rights, Visit};
use serde_json::json;

use super::{DAY, LIST, insert_lead, lead_with_visits};
use crate::status_list::bulk;
use crate::support::{ALICE, Browser, Page, TestApp, execute};

both!(
    leads_are_never_left_without_their_status,
    the_default_is_refused_with_its_role_and_its_leads_named,
    a_replaced_status_leaves_the_same_rows_through_every_channel,
    leads_begin_a_new_age_only_if_that_was_asked_for,
    leads_in_the_bin_get_the_replacement_too,
    archiving_replaces_as_deleting_does,
);

/// A lead that is set aside for ten days, so that age, clock and pause differ from each other.
async fn insert_paused_lead(app: &TestApp, name: &str, status: i64) -> Lead {
    let made = insert_lead(app, name, status, 40, Some(5_000)).await;
    let now = app.clock.now();
    let until = Timestamp((now.0 / (DAY * 1_000_000) + 10) * DAY * 1_000_000);
    let by = Actor::program(Channel::Cli, now);
    let pause = move |conn: &mut Conn| {
        let reason = Reason::parse("on holiday").unwrap();
        pause::pause(
            conn,
            &by,
            Rights::program(),
            made.id,
            PauseEnd::of_day(Zone::UTC.day(until), Zone::UTC),
            &reason,
        )
    };
    app.db.write(pause).await.unwrap()
}

pub async fn move_to_bin(app: &TestApp, lead: &Lead) {
    execute(
        &app.config.database_url,
        &format!("update leads set deleted_at = 1 where id = {}", lead.id),
    );
}

/// Confirms what the row's or the page's form asks for.
pub async fn post(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let list = browser.get(LIST).await;
    let csrf = list.csrf();
    browser
        .post(path, &[&[("csrf", csrf.as_str())], fields].concat())
        .await
}

async fn leads_are_never_left_without_their_status(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = api.status_id("Qualified").await;
    let first = insert_lead(&app, "Ana", id, 1, None).await;
    move_to_bin(&app, &insert_lead(&app, "Bogdan", id, 1, None).await).await;
    let refused = api.delete(&format!("lead_statuses/{id}")).await;
    assert_eq!(refused.status, 409);
    let link = format!("/admin/leads?status={id}");
    assert_eq!(
        refused.json()["blockers"],
        json!([
            {"kind": "leads", "status": id, "count": 1, "link": link},
            {"kind": "leads_in_bin", "status": id, "count": 1, "link": format!("{link}&bin=1")},
        ])
    );
    let refused = api
        .put(&format!("lead_statuses/{id}"), json!({"archived": true}))
        .await;
    assert_eq!(
        (
            refused.status,
            refused.json()["blockers"].as_array().unwrap().len()
        ),
        (409, 2)
    );
    for verb in ["delete", "archive"] {
        let path = format!("{LIST}/{id}/{verb}");
        let preview = post(&browser, &path, &[]).await;
        assert_eq!(preview.status, 200);
        assert_eq!(
            preview.texts(".refused .reason a"),
            ["has 1 lead", "1 lead in the bin would return here"]
        );
        let question = "has 1 lead. Choose where it should go.";
        assert!(preview.text().contains(question), "{preview:?}");
        assert!(!preview.has(".banner.error"), "nothing is wrong yet");
        assert!(
            !preview.has("[name=confirm]") && preview.has("[name=replace_with]"),
            "{verb}"
        );
        let hint = preview.texts("#preview .hint").join(" ");
        assert!(!hint.contains("role"), "it has none: {hint}");
        let refused = post(&browser, &path, &[("confirm", "1")]).await;
        assert_eq!(refused.status, 409, "{verb}");
        let refused = bulk(
            &browser,
            &[id.to_string()],
            &[("action", verb), ("confirm", "1")],
        )
        .await;
        assert_eq!(refused.status, 409, "{verb}");
    }
    assert_eq!(lead_with_visits(&app, first.id).await.0, first);
}

async fn the_default_is_refused_with_its_role_and_its_leads_named(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let (new, contacted) = (api.status_id("New").await, api.status_id("Contacted").await);
    let here = insert_lead(&app, "Ana", new, 1, None).await;
    let preview = post(&browser, &format!("{LIST}/{new}/delete"), &[]).await;
    let reasons = preview.texts(".refused .reason a");
    assert_eq!(
        reasons,
        ["is the default: new leads start here", "has 1 lead"]
    );
    let hint = preview.texts("#preview .hint").join(" ");
    assert!(hint.contains("its role"), "{hint}");
    let won = api.status_id("Won").await;
    let refused = api
        .delete(&format!("lead_statuses/{new}?replace_with={won}"))
        .await;
    assert_eq!(refused.status, 409, "won can't be the default");
    let preview = post(
        &browser,
        &format!("{LIST}/{new}/delete"),
        &[("replace_with", &contacted.to_string())],
    )
    .await;
    assert_eq!(
        preview.texts(".impact .end"),
        ["role moves to “Contacted” · 1 lead moves to “Contacted”"]
    );
    let done = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(api.status("Contacted").await["isdefault"], true);
    assert_eq!(lead_with_visits(&app, here.id).await.0.status_id, contacted);
}

/// A visit without its ids.
fn without_ids(visit: &Visit) -> Visit {
    Visit {
        id: 0,
        lead_id: 0,
        status_id: 0,
        next_status_id: visit.next_status_id,
        actor: String::new(),
        left_at: visit.left_at.map(|_| Timestamp(0)),
        recorded_at: Timestamp(0),
        ..visit.clone()
    }
}

async fn a_replaced_status_leaves_the_same_rows_through_every_channel(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let target = api.status_id("Qualified").await;
    let to = target.to_string();
    let mut statuses = Vec::new();
    let mut before = Vec::new();
    // One moment for all, so that their rows can be the same.
    for name in ["By row", "By bulk", "By API", "By PUT"] {
        statuses.push(api.create_status(name).await);
    }
    let entered = app.clock.now().plus_seconds(-40 * DAY);
    for id in &statuses {
        before.push(insert_paused_lead(&app, "Ana", *id).await);
    }
    let row = post(
        &browser,
        &format!("{LIST}/{}/delete", statuses[0]),
        &[("replace_with", &to), ("confirm", "1")],
    )
    .await;
    assert_eq!(row.status, 303, "{row:?}");
    let with = [
        ("action", "delete"),
        ("replace_with", to.as_str()),
        ("confirm", "1"),
    ];
    let many = bulk(&browser, &[statuses[1].to_string()], &with).await;
    assert_eq!(many.status, 303, "{many:?}");
    let call = api
        .delete(&format!(
            "delete/lead_statuses/{}?replace_with={to}",
            statuses[2]
        ))
        .await;
    assert_eq!(call.status, 200, "{}", call.text());
    let body = json!({"archived": true, "replace_with": target});
    let call = api
        .put(&format!("lead_statuses/{}", statuses[3]), body)
        .await;
    assert_eq!(call.status, 200, "{}", call.text());
    let mut histories = Vec::new();
    for lead in &before {
        let (after, visits) = lead_with_visits(&app, lead.id).await;
        assert_eq!(after.status_id, target);
        assert_eq!(
            (after.status_since, after.clock_from, after.paused_until),
            (lead.status_since, lead.clock_from, lead.paused_until),
            "age, clock and pause are kept"
        );
        assert_eq!(after.pause_reason, "on holiday");
        assert_eq!(visits.len(), 2);
        assert_eq!(visits[1].channel, Channel::Replace);
        assert!(visits[1].entered_at.0 - entered.0 < 60_000_000);
        assert!(visits[1].actor_id.is_some());
        let since = visits[0].entered_at;
        let same = |visit: &Visit| {
            let mut visit = without_ids(visit);
            visit.entered_at = Timestamp(visit.entered_at.0 - since.0);
            visit.clock_from = visit
                .clock_from
                .map(|at| Timestamp((at.0 - since.0) / 60_000_000));
            visit
        };
        histories.push(visits.iter().map(same).collect::<Vec<_>>());
    }
    assert!(
        histories.iter().all(|visits| *visits == histories[0]),
        "{histories:#?}"
    );
    assert_eq!(api.status("Qualified").await["lead_count"], 4);
    crate::exchange::assert_sound(&app);
}

async fn leads_begin_a_new_age_only_if_that_was_asked_for(app: TestApp) {
    let api = app.api(ALICE);
    let from = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    let made = insert_paused_lead(&app, "Ana", from).await;
    app.clock.advance(DAY);
    let path = format!("lead_statuses/{from}?replace_with={to}&restart_age=1");
    assert_eq!(api.delete(&path).await.status, 200);
    let (after, visits) = lead_with_visits(&app, made.id).await;
    assert!(after.status_since > made.status_since && after.paused_until.is_none());
    assert_eq!(after.clock_from, after.status_since);
    assert_eq!(visits[0].left_at, Some(visits[1].entered_at));
    let browser = app.signed_in(ALICE).await;
    let other = api.create_status("Older").await;
    let kept = insert_lead(&app, "Bogdan", other, 9, None).await;
    let preview = post(
        &browser,
        &format!("{LIST}/{other}/delete"),
        &[("replace_with", &to.to_string())],
    )
    .await;
    assert!(preview.has("[name=restart_age]:not([checked])"));
    let done = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303);
    assert_eq!(
        lead_with_visits(&app, kept.id).await.0.status_since,
        kept.status_since
    );
    let [begun, went_on] = [made.id, kept.id].map(|id| format!("/admin/leads/{id}"));
    let shown = "time in status continues";
    assert!(!browser.get(&begun).await.text().contains(shown));
    let history = browser.get(&went_on).await.text();
    assert!(
        history.contains("Replaced “Older” on") && history.contains(shown),
        "{history}"
    );
}

async fn leads_in_the_bin_get_the_replacement_too(app: TestApp) {
    let api = app.api(ALICE);
    let from = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    let binned = insert_lead(&app, "Ana", from, 9, None).await;
    move_to_bin(&app, &binned).await;
    let done = api
        .delete(&format!("lead_statuses/{from}?replace_with={to}"))
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    let (after, visits) = lead_with_visits(&app, binned.id).await;
    assert!(after.is_in_bin());
    assert_eq!((after.status_id, visits.len()), (to, 2));
    assert_eq!(api.status("Qualified").await["lead_count"], 0);
    crate::exchange::assert_sound(&app);
}

async fn archiving_replaces_as_deleting_does(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let from = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    let here = insert_lead(&app, "Ana", from, 9, None).await;
    let preview = post(
        &browser,
        &format!("{LIST}/{from}/archive"),
        &[("replace_with", &to.to_string())],
    )
    .await;
    let done = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303);
    assert_eq!(api.status("Old").await["archived"], true);
    assert_eq!(lead_with_visits(&app, here.id).await.0.status_id, to);
    let log = browser
        .get("/admin/audit?subject=lead&action=move&door=replace")
        .await;
    assert!(log.has(&format!("a[href='/admin/leads/{}']", here.id)));
    let text = log.text();
    assert!(text.contains("Old") && text.contains("Qualified") && text.contains("Status replaced"));
}
