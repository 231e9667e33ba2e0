//! Bulk actions on leads: previewed, then applied to all of them or to none.

use lead_statuses::channel::Channel;
use lead_statuses::leads;

use super::fixtures::{status, user};
use super::lead_builder::{draft, lead, make};
use crate::support::{Browser, MARA, Page, RADU, TestApp};

both!(
    a_preview_shows_the_way_and_changes_nothing,
    the_ticked_leads_move_together_and_each_outcome_is_shown,
    with_all_that_match_the_last_status_is_the_target,
    a_changed_number_is_confirmed_again,
    one_refused_lead_stops_all,
    leads_are_assigned_paused_and_noted,
    deleted_leads_are_restored_as_they_were,
);

const LIST: &str = "/admin/leads";

fn texts(ids: &[i64]) -> Vec<String> {
    ids.iter().map(i64::to_string).collect()
}

/// Sends the bulk form of the list with these rows ticked, as a browser would: the filters go along.
pub async fn bulk(browser: &Browser, ids: &[i64], fields: &[(&str, &str)]) -> Page {
    let page = browser.get(LIST).await;
    let ids = texts(ids);
    let ticked = ids.iter().map(|id| ("ids", id.as_str()));
    let sent: Vec<(&str, &str)> = ticked.chain(fields.iter().copied()).collect();
    browser.submit(&page, "#bulk", &sent).await
}

/// A bulk action sent without its form, with only a CSRF token.
pub async fn by_hand(browser: &Browser, ids: &[i64], fields: &[(&str, &str)]) -> Page {
    let profile = browser.get("/admin/profile").await;
    let csrf = profile.csrf();
    let ids = texts(ids);
    let mut sent: Vec<(&str, &str)> = vec![("csrf", &csrf)];
    sent.extend(ids.iter().map(|id| ("ids", id.as_str())));
    sent.extend(fields);
    browser.post("/admin/leads/bulk", &sent).await
}

pub async fn is_in(app: &TestApp, id: i64, name: &'static str) -> bool {
    lead(app, id).await.status_id == status(app, name).await
}

async fn a_preview_shows_the_way_and_changes_nothing(app: TestApp) {
    let all = vec![
        draft("Ana").worth(10_000),
        draft("Ion").worth(10_000),
        draft("Eva").in_status("Contacted", 2).worth(10_000),
    ];
    let ids = make(&app, all).await;
    let before = lead(&app, ids[0]).await;
    let browser = app.signed_in(MARA).await;
    let preview = bulk(&browser, &ids, &[("action", "move")]).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert_eq!(preview.texts("h1"), ["Move 3 leads"]);
    assert_eq!(preview.texts("#preview [name=confirm]"), ["Move 3 leads"]);
    let foot = "#preview .dialog-foot .button:not(.quiet)";
    assert_eq!(preview.texts(foot), ["Preview changes", "Move 3 leads"]);
    let groups = preview.texts(".confirm > .impact .end");
    assert_eq!(groups, ["2 leads · 200 EUR", "1 lead · 100 EUR"]);
    assert!(
        preview.texts("details.who").len() == 2,
        "who, and what each status means"
    );
    for field in ["status", "reason", "note", "entered_at"] {
        assert!(preview.has(&format!("#preview [name={field}]")), "{field}");
    }
    let one = bulk(&browser, &ids[..1], &[("action", "move")]).await;
    let offered = one.texts("#preview [name=status] option").join(" ");
    assert!(!offered.contains("New"), "it is there already: {offered}");
    let target = status(&app, "Qualified").await.to_string();
    let again = browser
        .submit(&preview, "#preview", &[("status", &target)])
        .await;
    assert_eq!(again.status, 200, "{again:?}");
    assert_eq!(again.texts(foot), ["Preview changes", "Move 3 leads"]);
    assert_eq!(
        again.texts(".confirm > .impact .badge-name"),
        ["New", "Qualified", "Contacted", "Qualified"]
    );
    assert!(
        again.has("#preview .meaning .checklist"),
        "when a lead enters it"
    );
    assert_eq!(lead(&app, ids[0]).await, before);
    for (action, field) in [("assign", "owner"), ("pause", "until"), ("note", "note")] {
        let preview = bulk(&browser, &ids, &[("action", action)]).await;
        assert_eq!(preview.status, 200, "{action}: {preview:?}");
        assert!(preview.has(&format!("#preview [name={field}]")), "{action}");
        assert!(preview.has("#preview [name=confirm]"), "{action}");
    }
}

async fn the_ticked_leads_move_together_and_each_outcome_is_shown(app: TestApp) {
    let mut all: Vec<_> = (0..60).map(|n| draft(&format!("Lead {n}"))).collect();
    all.push(draft("There already").in_status("Qualified", 9));
    let ids = make(&app, all).await;
    let browser = app.signed_in(MARA).await;
    let target = status(&app, "Qualified").await.to_string();
    let fields = [
        ("action", "move"),
        ("status", target.as_str()),
        ("reason", "Budget is there"),
        ("note", "Called"),
        ("confirm", "1"),
        ("back", "/admin/leads?sort=name"),
    ];
    let done = by_hand(&browser, &ids, &fields).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(done.leads_to().as_deref(), Some("/admin/leads?sort=name"));
    let list = browser.follow(&done).await;
    assert!(list.texts(".banner.ok")[0].starts_with("60 leads moved to Qualified."));
    assert_eq!(
        list.texts(".outcome li").len(),
        51,
        "fifty, and how many more"
    );
    assert!(list.texts(".outcome li")[0].ends_with("from New to Qualified"));
    assert_eq!(list.texts(".outcome li")[50], "and 10 more");
    let id = ids[59];
    let visits = app
        .db
        .read(move |conn| leads::visits(conn, id))
        .await
        .unwrap();
    assert_eq!((visits.len(), visits[1].channel), (2, Channel::Bulk));
    assert_eq!(visits[1].reason.as_str(), "Budget is there");
    assert_eq!(visits[1].actor, MARA.name);
    assert_eq!(lead(&app, id).await.last_note, "Called");
    let there = ids[60];
    let visits = app
        .db
        .read(move |conn| leads::visits(conn, there))
        .await
        .unwrap();
    assert_eq!(visits.len(), 1, "what is there already keeps its age");
    let back_dated = [
        ("action", "move"),
        ("status", &status(&app, "Proposal").await.to_string()),
        (
            "entered_at",
            &app.clock.now().plus_seconds(-86_400).rfc3339(),
        ),
        ("confirm", "1"),
    ];
    let done = by_hand(&browser, &[there], &back_dated).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(
        lead(&app, there).await.age_seconds(app.clock.now()) / 86_400,
        1
    );
}

async fn with_all_that_match_the_last_status_is_the_target(app: TestApp) {
    let mut all: Vec<_> = (0..30).map(|n| draft(&format!("New {n}"))).collect();
    all.push(draft("Other").in_status("Contacted", 0));
    let ids = make(&app, all).await;
    let browser = app.signed_in(MARA).await;
    let [new, target] = [status(&app, "New").await, status(&app, "Qualified").await];
    let (new, target) = (new.to_string(), target.to_string());
    let list = browser.get(&format!("{LIST}?status={new}")).await;
    assert_eq!(list.texts(".bulk-all"), ["Select all 30 matching"]);
    // As the page sends it: the filter, and no target yet.
    let mut sent = list.form("#bulk");
    sent.fields.push(("scope".to_owned(), "all".to_owned()));
    sent.fields.push(("action".to_owned(), "move".to_owned()));
    let sent: Vec<(&str, &str)> = sent
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let preview = browser.post("/admin/leads/bulk", &sent).await;
    assert_eq!(preview.texts("h1"), ["Move 30 leads"], "{preview:?}");
    assert!(
        !preview.has("#preview option[selected][value]:not([value=''])"),
        "no target yet"
    );
    // The preview's own form: filter first, target last.
    let mut sent: Vec<(String, String)> = preview.form("#preview").fields;
    let last = sent.iter().rposition(|(name, _)| name == "status").unwrap();
    sent[last].1 = target.clone();
    sent.push(("confirm".to_owned(), "1".to_owned()));
    let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let done = browser.post("/admin/leads/bulk", &sent).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert!(is_in(&app, ids[0], "Qualified").await && is_in(&app, ids[29], "Qualified").await);
    assert!(is_in(&app, ids[30], "Contacted").await, "it did not match");
    // Without the page: one status is the target, not a filter.
    let fields = [
        ("action", "move"),
        ("scope", "all"),
        ("status", new.as_str()),
    ];
    let fields = [
        &fields[..],
        &[("q", "other"), ("expect", "1"), ("confirm", "1")],
    ]
    .concat();
    let done = by_hand(&browser, &[], &fields).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert!(is_in(&app, ids[30], "New").await);
    // For an action without a target, the status is a filter.
    let fields = [
        ("action", "note"),
        ("scope", "all"),
        ("status", new.as_str()),
    ];
    let more = [("expect", "1"), ("note", "x"), ("confirm", "1")];
    let done = by_hand(&browser, &[], &[&fields[..], &more].concat()).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(lead(&app, ids[30]).await.last_note, "x");
    assert_eq!(lead(&app, ids[0]).await.last_note, "");
    let me = user(&app, MARA).await.to_string();
    let fields = [
        ("action", "assign"),
        ("scope", "all"),
        ("owner", "none"),
        ("owner", &me),
        ("expect", "31"),
        ("confirm", "1"),
    ];
    let done = by_hand(&browser, &[], &fields).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(
        lead(&app, ids[7]).await.fields.owner,
        Some(user(&app, MARA).await)
    );
}

async fn a_changed_number_is_confirmed_again(app: TestApp) {
    let ids = make(&app, vec![draft("Ana"), draft("Ana")]).await;
    let browser = app.signed_in(MARA).await;
    let fields = [
        ("action", "delete"),
        ("scope", "all"),
        ("q", "ana"),
        ("expect", "2"),
    ];
    let preview = by_hand(&browser, &[], &fields).await;
    assert_eq!(preview.texts("#preview [name=confirm]"), ["Delete 2 leads"]);
    make(&app, vec![draft("Ana")]).await;
    let late = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(late.status, 409, "{late:?}");
    assert!(!lead(&app, ids[0]).await.is_in_bin());
    assert!(late.text().contains("1 lead was added or removed"));
    let done = browser.submit(&late, "#preview", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert!(lead(&app, ids[0]).await.is_in_bin());
    let another = [("confirm", "1"), ("once", "")];
    let none = browser.submit(&late, "#preview", &another).await;
    assert_eq!(none.status, 409, "none is left: {none:?}");
}

async fn one_refused_lead_stops_all(app: TestApp) {
    let ids = make(
        &app,
        vec![draft("Ana"), draft("Ion"), draft("Won").in_status("Won", 1)],
    )
    .await;
    let browser = app.signed_in(MARA).await;
    let gone = by_hand(
        &browser,
        &ids[1..2],
        &[("action", "delete"), ("confirm", "1")],
    )
    .await;
    assert_eq!(gone.status, 303);
    let until = app.clock.now().plus_seconds(9 * 86_400).rfc3339()[..10].to_owned();
    let fields = [
        ("action", "pause"),
        ("until", until.as_str()),
        ("reason", "away"),
        ("confirm", "1"),
    ];
    let refused = by_hand(&browser, &ids, &fields).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    assert_eq!(refused.texts(".refused").len(), 2, "each with its reason");
    assert!(refused.texts(".refused .reason")[0].contains("in the bin"));
    assert!(
        !lead(&app, ids[0]).await.is_paused(app.clock.now()),
        "all or nothing"
    );
    assert!(!refused.has("#preview [name=confirm]"));
    let rest = browser.submit(&refused, "#without-refused", &[]).await;
    assert_eq!(
        rest.texts("#preview [name=confirm]"),
        ["Pause 1 lead"],
        "{rest:?}"
    );
    let done = browser.submit(&rest, "#preview", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "the day went along: {done:?}");
    assert!(lead(&app, ids[0]).await.is_paused(app.clock.now()));
}

async fn leads_are_assigned_paused_and_noted(app: TestApp) {
    let ids = make(&app, vec![draft("Ana"), draft("Ion").of(RADU)]).await;
    let (mara, now) = (app.signed_in(MARA).await, app.clock.now());
    let radu = user(&app, RADU).await;
    let fields = [
        ("action", "assign"),
        ("owner", &radu.to_string()),
        ("confirm", "1"),
    ];
    let done = by_hand(&mara, &ids, &fields).await;
    let list = mara.follow(&done).await;
    assert!(list.texts(".banner.ok")[0].starts_with("“Ana” assigned to Radu Stănescu."));
    let preview = by_hand(&mara, &ids, &[("action", "assign"), ("owner", "none")]).await;
    assert!(preview.texts(".confirm > .impact")[0].contains("Radu Stănescu Nobody"));
    let done = mara.submit(&preview, "#preview", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(lead(&app, ids[1]).await.fields.owner, None);
    let until = now.plus_seconds(9 * 86_400).rfc3339()[..10].to_owned();
    let fields = [
        ("until", until.as_str()),
        ("reason", "On holiday"),
        ("confirm", "1"),
    ];
    let preview = by_hand(&mara, &ids, &[("action", "pause")]).await;
    assert!(!preview.has("#resume"), "none is paused");
    let done = mara.submit(&preview, "#preview", &fields).await;
    assert_eq!(done.status, 303, "{done:?}");
    let paused = lead(&app, ids[0]).await;
    assert_eq!(
        paused.paused_until.unwrap().rfc3339(),
        format!("{until}T00:00:00Z")
    );
    assert_eq!(paused.pause_reason, "On holiday");
    let list = mara.get(&format!("{LIST}?state=paused")).await;
    assert_eq!(list.texts("tbody .tag.state-paused").len(), 2);
    let preview = by_hand(&mara, &ids, &[("action", "pause")]).await;
    assert_eq!(preview.texts("#resume button"), ["Resume 2 leads"]);
    let done = mara.submit(&preview, "#resume", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert!(!lead(&app, ids[0]).await.is_paused(now));
    let another = [("confirm", "1"), ("once", "")];
    let again = mara.submit(&preview, "#resume", &another).await;
    let list = mara.follow(&again).await;
    assert!(list.text().contains("No changes"));
    let done = by_hand(
        &mara,
        &ids,
        &[("action", "note"), ("note", "Call\nback"), ("confirm", "1")],
    )
    .await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(lead(&app, ids[1]).await.last_note, "Call\nback");
}

async fn deleted_leads_are_restored_as_they_were(app: TestApp) {
    let ids = make(
        &app,
        vec![
            draft("Ana").in_status("Qualified", 9),
            draft("Ion"),
            draft("Eva"),
        ],
    )
    .await;
    let before = lead(&app, ids[0]).await;
    let mara = app.signed_in(MARA).await;
    let preview = bulk(&mara, &ids[..2], &[("action", "delete")]).await;
    let done = mara.submit(&preview, "#preview", &[("confirm", "1")]).await;
    let list = mara.follow(&done).await;
    assert_eq!(list.texts("tbody .lead-link"), ["Eva"]);
    assert_eq!(list.texts(".outcome li").len(), 2);
    let bin = mara.get(&format!("{LIST}?bin=1")).await;
    let mut all = bin
        .form("#bulk")
        .with(&[("scope", "all"), ("action", "restore")]);
    all.fields.retain(|(name, _)| name != "ids");
    let sent: Vec<(&str, &str)> = all
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let preview = mara.post("/admin/leads/bulk", &sent).await;
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Restore 2 leads"],
        "{preview:?}"
    );
    let done = mara.submit(&preview, "#preview", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    let after = lead(&app, ids[0]).await;
    assert_eq!(
        (after.status_id, after.status_since, after.is_in_bin()),
        (before.status_id, before.status_since, false)
    );
}
