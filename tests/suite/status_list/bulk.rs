use serde_json::json;

use super::{LIST, bulk, ids, names};
use crate::support::{ALICE, TestApp, VERA};

both!(
    a_preview_changes_nothing,
    three_are_deleted_by_checkboxes_and_taken_back,
    one_refused_status_stops_all,
    everything_that_matches_is_counted_again,
    many_are_edited_at_once,
    a_status_without_leads_and_role_is_archived_and_restored_without_a_question,
    what_was_changed_since_is_not_taken_back,
    two_thousand_ids_and_invalid_ones_are_answered,
    what_is_ticked_is_exported,
);

async fn a_preview_changes_nothing(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let before = api.statuses().await;
    let ticked = ids(&api, &["Contacted", "Proposal"]).await;
    for action in ["delete", "archive", "edit"] {
        let preview = bulk(&browser, &ticked, &[("action", action)]).await;
        assert_eq!(preview.status, 200, "{action}: {preview:?}");
        assert!(preview.has("[name=confirm][value='1']"), "{action}");
        let text = preview.text();
        assert!(
            text.contains("Contacted") && text.contains("Proposal") && text.contains('2'),
            "{action}: {text}"
        );
    }
    assert_eq!(api.statuses().await, before);
}

async fn three_are_deleted_by_checkboxes_and_taken_back(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let before = api.statuses().await;
    let ticked = ids(&api, &["Contacted", "Qualified", "Proposal"]).await;
    let preview = bulk(&browser, &ticked, &[("action", "delete")]).await;
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Delete 3 statuses"]
    );
    let done = browser
        .submit(&preview, "#preview", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303, "{done:?}");
    let list = browser.follow(&done).await;
    assert_eq!(names(&list), ["New", "Won", "Lost"]);
    assert_eq!(
        list.texts(".outcome li").len(),
        3,
        "an outcome for each row"
    );
    let undone = browser.submit(&list, "form[action$='/undo']", &[]).await;
    assert_eq!(undone.status, 303, "{undone:?}");
    let after = api.statuses().await;
    let names = |all: &[serde_json::Value]| {
        all.iter()
            .map(|one| (one["id"].clone(), one["name"].clone(), one["slug"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&after),
        names(&before),
        "as they were and where they were"
    );
    let again = browser
        .post(&format!("{LIST}/undo"), &[("csrf", "x")])
        .await;
    assert_eq!(again.status, 403);
}

async fn one_refused_status_stops_all(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let ticked = ids(&api, &["New", "Contacted"]).await;
    let preview = bulk(&browser, &ticked, &[("action", "delete")]).await;
    assert!(preview.has(".refused"), "{preview:?}");
    let answer = bulk(&browser, &ticked, &[("action", "delete"), ("confirm", "1")]).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    assert_eq!(api.statuses().await.len(), 6, "all or nothing");
    let taker = api.status_id("Qualified").await.to_string();
    let answer = bulk(
        &browser,
        &ticked,
        &[
            ("action", "delete"),
            ("confirm", "1"),
            ("replace_with", &taker),
        ],
    )
    .await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(
        api.status("Qualified").await["isdefault"],
        true,
        "the role went along"
    );
}

async fn everything_that_matches_is_counted_again(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    for number in 0..3 {
        api.create_status(&format!("Extra {number}")).await;
    }
    let all = [("scope", "all"), ("q", "extra"), ("expect", "3")];
    let with = |more: &[(&'static str, &'static str)]| [&all[..], more].concat();
    let preview = bulk(&browser, &[], &with(&[("action", "archive")])).await;
    assert_eq!(preview.status, 200);
    assert!(preview.text().contains('3'));
    api.create_status("Extra 3").await;
    let late = bulk(
        &browser,
        &[],
        &with(&[("action", "archive"), ("confirm", "1")]),
    )
    .await;
    assert!([200, 409].contains(&late.status), "{late:?}");
    assert_eq!(
        api.statuses().await.len(),
        10,
        "another number is shown first"
    );
    let done = browser.submit(&late, "#preview", &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(api.statuses().await.len(), 6);
}

async fn many_are_edited_at_once(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let ticked = ids(&api, &["Contacted", "Proposal"]).await;
    let edit = [
        ("action", "edit"),
        ("new_kind", "paused"),
        ("new_color", "#039585"),
        ("new_limit_days", "40"),
        ("confirm", "1"),
    ];
    let done = bulk(&browser, &ticked, &edit).await;
    assert_eq!(done.status, 303, "{done:?}");
    for name in ["Contacted", "Proposal"] {
        let status = api.status(name).await;
        assert_eq!(
            (&status["kind"], &status["color"], &status["limit_days"]),
            (&json!("paused"), &json!("#039585"), &json!(40))
        );
    }
    let wrong = bulk(
        &browser,
        &ticked,
        &[
            ("action", "edit"),
            ("new_limit_days", "-3"),
            ("confirm", "1"),
        ],
    )
    .await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
    let held = ids(&api, &["New"]).await;
    let wrong = bulk(
        &browser,
        &held,
        &[("action", "edit"), ("new_kind", "lost"), ("confirm", "1")],
    )
    .await;
    assert!([409, 422].contains(&wrong.status), "{wrong:?}");
    assert_eq!(api.status("New").await["kind"], "open");
    let both = [
        ("action", "edit"),
        ("new_kind", "lost"),
        ("new_target_days", "9"),
        ("new_limit_days", "1"),
    ];
    let preview = bulk(&browser, &held, &both).await;
    let refusals = preview.texts(".refused");
    assert!(
        refusals[0].contains("Keep the kind Open"),
        "what is wrong first is named first: {refusals:?}"
    );
}

async fn a_status_without_leads_and_role_is_archived_and_restored_without_a_question(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = api.status_id("Proposal").await;
    let list = browser.get(LIST).await;
    let csrf = list.csrf();
    for (verb, archived) in [("archive", true), ("restore", false)] {
        let path = format!("{LIST}/{id}/{verb}");
        let done = browser.post(&path, &[("csrf", &csrf)]).await;
        assert_eq!(done.status, 303, "{done:?}");
        assert_eq!(api.status("Proposal").await["archived"], archived, "{verb}");
        let page = browser.follow(&done).await;
        assert!(page.has("form[action$='/undo']"), "{verb} can be undone");
        if archived {
            let undone = browser.submit(&page, "form[action$='/undo']", &[]).await;
            assert_eq!(undone.status, 303);
            assert_eq!(api.status("Proposal").await["archived"], false);
            browser.post(&path, &[("csrf", &csrf)]).await;
        }
    }
    // With a role or with leads, the click shows a preview and changes nothing.
    let lead = json!({"name": "Ana", "status": api.status_id("Contacted").await});
    assert_eq!(api.post("leads", lead).await.status, 201);
    for name in ["New", "Won", "Contacted"] {
        let path = format!("{LIST}/{}/archive", api.status_id(name).await);
        let asked = browser.post(&path, &[("csrf", &csrf)]).await;
        assert_eq!(asked.status, 200, "{asked:?}");
        assert!(asked.has("#preview"), "{name}");
        assert_eq!(api.status(name).await["archived"], false);
    }
    // Deletions and bulk actions show a preview, too.
    let path = format!("{LIST}/{id}/delete");
    assert!(
        browser
            .post(&path, &[("csrf", &csrf)])
            .await
            .has("#preview")
    );
    let ticked = ids(&api, &["Proposal"]).await;
    assert!(
        bulk(&browser, &ticked, &[("action", "archive")])
            .await
            .has("#preview")
    );
    // The preview of a restoration says that the name is taken.
    let archived = json!({"archived": true});
    api.put(&format!("lead_statuses/{id}"), archived).await;
    api.create_status("Proposal").await;
    let path = format!("{LIST}/{id}/restore");
    let asked = browser.post(&path, &[("csrf", &csrf)]).await;
    assert_eq!(asked.status, 200);
    assert!(asked.has(".refused"), "{asked:?}");
}

async fn what_was_changed_since_is_not_taken_back(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let ticked = ids(&api, &["Contacted", "Proposal"]).await;
    let edit = [
        ("action", "edit"),
        ("new_limit_days", "40"),
        ("confirm", "1"),
    ];
    let done = bulk(&browser, &ticked, &edit).await;
    let list = browser.follow(&done).await;
    api.put(
        &format!("lead_statuses/{}", ticked[0]),
        json!({"limit_days": 41}),
    )
    .await;
    let undone = browser.submit(&list, "form[action$='/undo']", &[]).await;
    assert_eq!(undone.status, 409, "{undone:?}");
    assert_eq!(
        api.status("Contacted").await["limit_days"],
        41,
        "a later edit is never wiped out"
    );
}

async fn two_thousand_ids_and_invalid_ones_are_answered(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let mut many: Vec<String> = (1_000_000..1_001_998).map(|id| id.to_string()).collect();
    many.extend(ids(&api, &["Contacted", "Proposal"]).await);
    for action in ["delete", "archive", "restore", "edit", "export"] {
        let answer = bulk(&browser, &many, &[("action", action)]).await;
        assert!(
            [200, 409, 422].contains(&answer.status),
            "{action}: {}",
            answer.status
        );
    }
    for odd in [
        "",
        "x",
        "-1",
        "1e3",
        "99999999999999999999",
        "2 or 1=1",
        "4711",
    ] {
        let answer = bulk(
            &browser,
            &[odd.to_owned()],
            &[("action", "delete"), ("confirm", "1")],
        )
        .await;
        assert!(
            [303, 404, 409, 422].contains(&answer.status),
            "{odd}: {}",
            answer.status
        );
    }
    let nothing = bulk(&browser, &[], &[("action", "delete"), ("confirm", "1")]).await;
    assert!([303, 409, 422].contains(&nothing.status), "{nothing:?}");
    for fields in [
        [("action", "nonsense")].as_slice(),
        &[],
        &[("action", "delete"), ("replace_with", "x")],
        &[("action", "\0")],
    ] {
        let answer = bulk(&browser, &many[1998..], fields).await;
        assert!(
            [400, 422].contains(&answer.status),
            "{fields:?}: {}",
            answer.status
        );
    }
    let large = "x".repeat(10 << 20);
    let answer = bulk(&browser, &[], &[("action", "delete"), ("back", &large)]).await;
    assert_eq!(answer.status, 413);
    assert!(answer.has("h1"), "a page says so");
    assert_eq!(api.statuses().await.len(), 6);
}

async fn what_is_ticked_is_exported(app: TestApp) {
    let (browser, api) = (app.signed_in(VERA).await, app.api(ALICE));
    let ticked = ids(&api, &["Contacted", "Lost"]).await;
    let file = bulk(&browser, &ticked, &[("action", "export")]).await;
    assert_eq!(file.status, 200);
    assert!(
        file.answer
            .header("content-disposition")
            .starts_with("attachment"),
        "{:?}",
        file.answer.headers
    );
    let text = file.answer.text();
    assert!(
        text.contains("Contacted") && text.contains("Lost") && !text.contains("Proposal"),
        "{text}"
    );
    let denied = bulk(&browser, &ticked, &[("action", "delete"), ("confirm", "1")]).await;
    assert_eq!(denied.status, 403, "{denied:?}");
    assert_eq!(api.statuses().await.len(), 6);
}
