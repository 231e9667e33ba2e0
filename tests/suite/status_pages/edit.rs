use serde_json::json;

use super::{FORM, LIST, edit_path, id_of};
use crate::support::{ALICE, TestApp};

both!(
    an_edit_opens_with_what_is_saved_and_saves_what_is_typed,
    an_edit_leads_back_to_where_it_was_begun,
    saving_without_a_change_changes_nothing,
    an_invalid_edit_keeps_what_was_typed_and_the_lock,
    the_name_of_another_is_refused_at_the_field,
    the_kind_stays_while_a_role_needs_it,
    a_status_that_never_was_is_not_found,
);

async fn an_edit_opens_with_what_is_saved_and_saves_what_is_typed(app: TestApp) {
    let (alice, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = id_of(&alice, "Contacted").await;
    let call = format!("lead_statuses/{id}");
    api.put(&call, json!({"enter_when": ["a", "b"], "color": "#123456"}))
        .await;
    let form = alice.get(&edit_path(id)).await;
    let held = form.form(FORM);
    assert_eq!(held.value("name"), Some("Contacted"));
    assert_eq!(held.value("color"), Some("custom"));
    assert_eq!(held.value("color_custom"), Some("#123456"));
    assert_eq!(held.value("enter_when"), Some("a\nb"));
    let fields = [
        ("name", "Reached"),
        ("color", "#d24c49"),
        ("target_days", ""),
        ("limit_days", ""),
    ];
    let sent = alice.submit(&form, FORM, &fields).await;
    assert_eq!(sent.leads_to(), Some(format!("{LIST}/{id}")));
    let page = alice.follow(&sent).await;
    assert!(page.banner().contains("Reached"), "{page:?}");
    assert!(page.has("form[action$='/undo']"));
    let saved = api.get(&call).await.json();
    assert_eq!(saved["slug"], "contacted");
    assert_eq!(saved["color"], "#d24c49");
    assert_eq!(saved["limit_days"], json!(null));
    let undone = alice.submit(&page, "form[action$='/undo']", &[]).await;
    assert_eq!(undone.leads_to(), Some(format!("{LIST}/{id}")));
    assert_eq!(api.get(&call).await.json()["name"], "Contacted");
}

async fn an_edit_leads_back_to_where_it_was_begun(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let id = id_of(&alice, "Proposal").await;
    let list = format!("{LIST}?kind=open&page=1&sort=-name");
    let back: String = form_urlencoded::byte_serialize(list.as_bytes()).collect();
    let path = format!("{}?back={back}", edit_path(id));
    let form = alice.get(&path).await;
    assert_eq!(
        form.attributes(".form-foot a", "href"),
        std::slice::from_ref(&list)
    );
    let refused = alice.submit(&form, FORM, &[("name", "")]).await;
    assert_eq!(refused.status, 422);
    let sent = alice.submit(&refused, FORM, &[("name", "Offer")]).await;
    assert_eq!(sent.leads_to(), Some(list.clone()));
    // From its page the form returns to that page, which returns to the list.
    let shown = alice.get(&format!("{LIST}/{id}?back={back}")).await;
    let edit = shown.attributes("main a[data-edit]", "href").remove(0);
    let form = alice.get(&edit).await;
    let sent = alice.submit(&form, FORM, &[("name", "Proposal")]).await;
    let page = alice.follow(&sent).await;
    assert_eq!(page.attributes(".crumbs a", "href"), [list]);
}

async fn saving_without_a_change_changes_nothing(app: TestApp) {
    let (alice, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = id_of(&alice, "Qualified").await;
    let before = api.get(&format!("lead_statuses/{id}")).await.json();
    let form = alice.get(&edit_path(id)).await;
    let sent = alice.submit(&form, FORM, &[]).await;
    assert_eq!(sent.status, 303);
    let page = alice.follow(&sent).await;
    assert!(!page.has("form[action$='/undo']"), "{page:?}");
    assert_eq!(api.get(&format!("lead_statuses/{id}")).await.json(), before);
}

async fn an_invalid_edit_keeps_what_was_typed_and_the_lock(app: TestApp) {
    let (alice, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = id_of(&alice, "Qualified").await;
    let form = alice.get(&edit_path(id)).await;
    let version = form.form(FORM).value("version").map(str::to_owned);
    api.put(
        &format!("lead_statuses/{id}"),
        json!({"definition": "Theirs"}),
    )
    .await;
    let fields = [("name", ""), ("definition", "Mine"), ("limit_days", "0")];
    let page = alice.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    let held = page.form(FORM);
    assert_eq!(held.value("definition"), Some("Mine"));
    assert_eq!(held.value("version").map(str::to_owned), version);
    // After the correction, the conflict with the other change remains.
    let page = alice
        .submit(&page, FORM, &[("name", "Fine"), ("limit_days", "30")])
        .await;
    assert_eq!(page.status, 409);
}

async fn the_name_of_another_is_refused_at_the_field(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let id = id_of(&alice, "Qualified").await;
    let form = alice.get(&edit_path(id)).await;
    let page = alice.submit(&form, FORM, &[("name", "pröposal")]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-name-error"), "{page:?}");
    let sent = alice.submit(&form, FORM, &[("name", "QUALIFIED")]).await;
    assert_eq!(sent.status, 303, "its own name in other letters is free");
}

async fn the_kind_stays_while_a_role_needs_it(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    for (name, kind) in [("New", "won"), ("Won", "open")] {
        let id = id_of(&alice, name).await;
        let form = alice.get(&edit_path(id)).await;
        let page = alice
            .submit(&form, FORM, &[("kind", kind), ("limit_days", "77")])
            .await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.has("#f-kind-error"), "{page:?}");
        assert_eq!(page.form(FORM).value("limit_days"), Some("77"));
    }
}

async fn a_status_that_never_was_is_not_found(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let form = alice.get(&edit_path(1)).await;
    let fields = form.form(FORM).fields;
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    for id in ["999", "01", "+1", "1e3", "0"] {
        assert_eq!(alice.get(&format!("{LIST}/{id}")).await.status, 404, "{id}");
        assert_eq!(
            alice.get(&format!("{LIST}/{id}/edit")).await.status,
            404,
            "{id}"
        );
        assert_eq!(
            alice.post(&format!("{LIST}/{id}"), &fields).await.status,
            404,
            "{id}"
        );
    }
}
