use serde_json::{Value, json};

use super::{FORM, LIST, edit_path, id_of};
use crate::support::{ALICE, Browser, Page, TestApp};

both!(
    changes_to_different_fields_merge_and_say_so,
    the_same_field_is_put_to_the_user_with_both_values,
    a_choice_takes_one_side_and_keeps_the_rest,
    a_choice_works_again_if_someone_saves_yet_again,
    a_choice_that_contradicts_itself_is_refused_at_the_field,
    an_edit_from_a_version_not_on_record_overwrites_nothing,
    what_was_typed_for_a_deleted_status_is_kept,
);

/// An open edit of "Qualified", which another system has changed meanwhile.
async fn conflicting_edit(app: &TestApp, by: Value) -> (Browser, Page, String) {
    let alice = app.signed_in(ALICE).await;
    let id = id_of(&alice, "Qualified").await;
    let form = alice.get(&edit_path(id)).await;
    let call = format!("lead_statuses/{id}");
    assert_eq!(app.api(ALICE).put(&call, by).await.status, 200);
    (alice, form, call)
}

async fn changes_to_different_fields_merge_and_say_so(app: TestApp) {
    let theirs = json!({"definition": "Theirs", "color": "#d24c49"});
    let (alice, form, call) = conflicting_edit(&app, theirs).await;
    let sent = alice.submit(&form, FORM, &[("limit_days", "33")]).await;
    assert_eq!(sent.status, 303);
    let shown = alice.follow(&sent).await.banner();
    for word in ["Alice Pop", "Colour", "Definition"] {
        assert!(shown.contains(word), "{shown}");
    }
    let saved = app.api(ALICE).get(&call).await.json();
    assert_eq!(saved["definition"], "Theirs");
    assert_eq!(saved["color"], "#d24c49");
    assert_eq!(saved["limit_days"], 33);
}

async fn the_same_field_is_put_to_the_user_with_both_values(app: TestApp) {
    let theirs = json!({"name": "SQL", "definition": "Theirs", "limit_days": 40});
    let (alice, form, call) = conflicting_edit(&app, theirs.clone()).await;
    let mine = [
        ("name", "Sales-ready"),
        ("definition", "Mine"),
        ("target_days", "3"),
    ];
    let page = alice.submit(&form, FORM, &mine).await;
    assert_eq!(page.status, 409);
    let rows = page.texts("table.conflict tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    for (row, words) in rows.iter().zip([
        ["Name", "Sales-ready", "SQL"],
        ["Definition", "Mine", "Theirs"],
    ]) {
        assert!(words.iter().all(|word| row.contains(word)), "{row}");
        assert!(row.contains("Alice Pop (suite)"), "by whom: {row}");
    }
    assert_eq!(page.all("table.conflict time").len(), 2, "and when");
    let merged = page.texts("dl.facts").join(" ");
    assert!(
        merged.contains("3 days") && merged.contains("40 days"),
        "{merged}"
    );
    assert!(
        !page.has("table.conflict input[checked]"),
        "nothing is chosen for the user"
    );
    let saved = app.api(ALICE).get(&call).await.json();
    assert_eq!(saved["name"], "SQL", "nothing is overwritten");
    assert_eq!(saved["target_days"], 7);
}

async fn a_choice_takes_one_side_and_keeps_the_rest(app: TestApp) {
    let theirs = json!({"name": "SQL", "definition": "Theirs", "color": "#111111"});
    let (alice, form, call) = conflicting_edit(&app, theirs).await;
    let mine = [
        ("name", "Sales-ready"),
        ("definition", "Mine\r\nindeed"),
        ("enter_when", "x\r\ny"),
    ];
    let page = alice.submit(&form, FORM, &mine).await;
    assert_eq!(page.status, 409);
    let choice = [("choose_name", "theirs"), ("choose_definition", "mine")];
    let sent = alice.submit(&page, FORM, &choice).await;
    assert_eq!(sent.status, 303, "{sent:?}");
    let saved = app.api(ALICE).get(&call).await.json();
    assert_eq!(saved["name"], "SQL");
    assert_eq!(saved["definition"], "Mine\nindeed");
    assert_eq!(saved["color"], "#111111");
    assert_eq!(saved["enter_when"], json!(["x", "y"]));
}

async fn a_choice_works_again_if_someone_saves_yet_again(app: TestApp) {
    let (alice, form, call) = conflicting_edit(&app, json!({"name": "SQL"})).await;
    let page = alice
        .submit(&form, FORM, &[("name", "Mine"), ("target_days", "2")])
        .await;
    assert_eq!(page.status, 409);
    app.api(ALICE)
        .put(&call, json!({"name": "Third", "limit_days": 50}))
        .await;
    let page = alice.submit(&page, FORM, &[("choose_name", "mine")]).await;
    assert_eq!(page.status, 409);
    let row = page.texts("table.conflict tbody tr").join(" ");
    assert!(row.contains("Mine") && row.contains("Third"), "{row}");
    let sent = alice.submit(&page, FORM, &[("choose_name", "mine")]).await;
    assert_eq!(sent.status, 303, "{sent:?}");
    let saved = app.api(ALICE).get(&call).await.json();
    assert_eq!(
        (&saved["name"], &saved["target_days"]),
        (&json!("Mine"), &json!(2))
    );
    assert_eq!(saved["limit_days"], 50);
}

async fn a_choice_that_contradicts_itself_is_refused_at_the_field(app: TestApp) {
    let (alice, form, call) = conflicting_edit(&app, json!({"limit_days": 8})).await;
    let page = alice.submit(&form, FORM, &[("target_days", "12")]).await;
    assert_eq!(page.status, 409);
    let choice = [
        ("choose_target_days", "mine"),
        ("choose_limit_days", "theirs"),
    ];
    let page = alice.submit(&page, FORM, &choice).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-target_days-error"), "{page:?}");
    let held = page.form(FORM);
    assert_eq!(
        (held.value("target_days"), held.value("limit_days")),
        (Some("12"), Some("8"))
    );
    let sent = alice.submit(&page, FORM, &[("target_days", "6")]).await;
    assert_eq!(sent.status, 303, "{sent:?}");
    assert_eq!(app.api(ALICE).get(&call).await.json()["limit_days"], 8);
}

async fn an_edit_from_a_version_not_on_record_overwrites_nothing(app: TestApp) {
    let (alice, form, call) = conflicting_edit(&app, json!({"definition": "Theirs"})).await;
    for version in ["", "999", "-1", "x"] {
        let fields = [
            ("version", version),
            ("definition", "Mine"),
            ("limit_days", "21"),
        ];
        let page = alice.submit(&form, FORM, &fields).await;
        assert_eq!(page.status, 409, "{version}");
        assert_eq!(
            page.all("table.conflict tbody tr").len(),
            2,
            "every difference: {version}"
        );
    }
    assert_eq!(
        app.api(ALICE).get(&call).await.json()["definition"],
        "Theirs"
    );
}

async fn what_was_typed_for_a_deleted_status_is_kept(app: TestApp) {
    let (alice, form, call) = conflicting_edit(&app, json!({"limit_days": 15})).await;
    let deleted = app.api(ALICE).delete(&call).await;
    assert_eq!(deleted.status, 200);
    let page = alice
        .submit(
            &form,
            FORM,
            &[("definition", "Too good to lose"), ("enter_when", "a\r\nb")],
        )
        .await;
    assert_eq!(page.status, 409);
    assert!(
        page.text().contains("Too good to lose") && page.text().contains("Alice Pop"),
        "{page:?}"
    );
    let sent = alice.submit(&page, FORM, &[]).await;
    assert_eq!(sent.leads_to().as_deref(), Some(LIST));
    let id = id_of(&alice, "Qualified").await;
    let made = app
        .api(ALICE)
        .get(&format!("lead_statuses/{id}"))
        .await
        .json();
    assert_eq!(made["definition"], "Too good to lose");
    assert_eq!(made["enter_when"], json!(["a", "b"]));
}
