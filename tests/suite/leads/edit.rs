use lead_statuses::leads::domain::text::TextLine;
use lead_statuses::leads::{Lead, LeadFields};
use lead_statuses::money::{Currency, Money};

use super::fixtures::{
    FORM, LIST, change_lead, create_lead, delete_lead, move_lead, now, path_of, user,
};
use crate::support::{Browser, MARA, Page, RADU, TestApp, VERA};

both!(
    an_edit_saves_what_is_typed_and_leads_back,
    an_invalid_edit_keeps_what_was_typed_and_the_lock,
    changes_to_different_fields_merge_and_say_so,
    the_same_field_is_put_to_the_user_with_both_values,
    a_choice_takes_one_side_and_keeps_the_rest,
    a_move_meanwhile_is_no_conflict,
    an_edit_of_a_lead_in_the_bin_loses_nothing,
    a_rep_edits_own_leads_and_never_gives_them_away,
    an_edit_without_a_version_overwrites_nothing,
    a_value_is_typed_in_the_manner_of_the_language,
);

/// An open edit of a lead that another system has changed meanwhile.
async fn conflicting_edit(app: &TestApp, by: impl Fn(&mut LeadFields)) -> (Browser, Lead, Page) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(app, "Ana", None).await;
    let form = mara.get(&format!("{}/edit", path_of(&lead))).await;
    change_lead(app, &lead, by).await;
    (mara, lead, form)
}

async fn an_edit_saves_what_is_typed_and_leads_back(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let shown = mara.get(&path_of(&lead)).await;
    let edit = shown.attributes("main a[data-edit]", "href").remove(0);
    let form = mara.get(&edit).await;
    assert_eq!(form.form(FORM).value("company"), Some("Acme"));
    let fields = [("name", "Ana Pop"), ("value", "12"), ("currency", "JPY")];
    let sent = mara.submit(&form, FORM, &fields).await;
    assert_eq!(sent.leads_to(), Some(path_of(&lead)));
    let page = mara.follow(&sent).await;
    assert!(page.banner().contains("Ana Pop"));
    let message = page.texts("ul.changes").join(" ");
    assert!(
        message.contains("Ana") && message.contains("12"),
        "{message}"
    );
    let after = now(&app, &lead).await;
    assert_eq!(
        after.fields.money().map(Money::to_plain).as_deref(),
        Some("12")
    );
    let same = mara.get(&edit).await;
    let sent = mara.submit(&same, FORM, &[]).await;
    assert_eq!(sent.status, 303);
    assert_eq!(now(&app, &lead).await.version, after.version);
    for id in ["999", "01", "+1", "x"] {
        assert_eq!(
            mara.get(&format!("{LIST}/{id}/edit")).await.status,
            404,
            "{id}"
        );
        assert_eq!(mara.get(&format!("{LIST}/{id}")).await.status, 404, "{id}");
    }
}

async fn an_invalid_edit_keeps_what_was_typed_and_the_lock(app: TestApp) {
    let zeta = |fields: &mut LeadFields| fields.company = TextLine::parse("Zeta").unwrap();
    let (mara, _, form) = conflicting_edit(&app, zeta).await;
    let fields = [("name", ""), ("company", "Mine"), ("value", "1,500")];
    let page = mara.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error: "));
    let held = page.form(FORM);
    assert_eq!(held.value("company"), Some("Mine"));
    assert_eq!(held.value("value"), Some("1,500"));
    assert_eq!(held.value("version"), Some("1"));
    // After the correction, the conflict with the other change remains.
    let mended = [("name", "Ana"), ("value", "1.5")];
    assert_eq!(mara.submit(&page, FORM, &mended).await.status, 409);
}

async fn changes_to_different_fields_merge_and_say_so(app: TestApp) {
    let zeta = |fields: &mut LeadFields| fields.company = TextLine::parse("Zeta").unwrap();
    let (mara, lead, form) = conflicting_edit(&app, zeta).await;
    let sent = mara.submit(&form, FORM, &[("phone", "0722")]).await;
    assert_eq!(sent.status, 303);
    let shown = mara.follow(&sent).await.banner();
    assert!(shown.contains("Company"), "{shown}");
    let after = now(&app, &lead).await.fields;
    assert_eq!(
        (after.company.as_str(), after.phone.as_str()),
        ("Zeta", "0722")
    );
}

async fn the_same_field_is_put_to_the_user_with_both_values(app: TestApp) {
    let radu = user(&app, RADU).await;
    let (mara, lead, form) = conflicting_edit(&app, |fields| {
        fields.owner = Some(radu);
        fields.currency = Currency::parse("JPY").unwrap();
        fields.value_cents = Some(500);
        fields.source = TextLine::parse("Fair").unwrap();
    })
    .await;
    let owner = user(&app, MARA).await.to_string();
    let fields = [("owner", owner.as_str()), ("value", "7"), ("phone", "0722")];
    let page = mara.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 409);
    let rows = page.texts("table.conflict tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(
        rows[0].contains(MARA.name) && rows[0].contains(RADU.name),
        "{rows:?}"
    );
    assert!(
        rows[1].contains("7 EUR") && rows[1].contains("500 JPY"),
        "{rows:?}"
    );
    let merged = page.texts("dl.facts").join(" ");
    assert!(
        merged.contains("0722") && merged.contains("Fair"),
        "{merged}"
    );
    assert!(!page.has("table.conflict input[checked]"));
    assert_eq!(
        now(&app, &lead).await.fields.owner,
        Some(radu),
        "not overwritten"
    );
}

async fn a_choice_takes_one_side_and_keeps_the_rest(app: TestApp) {
    let (mara, lead, form) = conflicting_edit(&app, |fields| {
        fields.name = TextLine::parse("Ana Theirs").unwrap();
        fields.company = TextLine::parse("Theirs").unwrap();
    })
    .await;
    let fields = [("name", "Ana Mine"), ("company", "Mine"), ("phone", "0722")];
    let page = mara.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 409);
    let bad = [("choose_name", "both"), ("choose_company", "mine")];
    assert_eq!(mara.submit(&page, FORM, &bad).await.status, 422);
    let chosen = [("choose_name", "theirs"), ("choose_company", "mine")];
    let sent = mara.submit(&page, FORM, &chosen).await;
    assert_eq!(sent.status, 303, "{sent:?}");
    let after = now(&app, &lead).await.fields;
    assert_eq!(after.name.as_str(), "Ana Theirs");
    assert_eq!(
        (after.company.as_str(), after.phone.as_str()),
        ("Mine", "0722")
    );
}

async fn a_move_meanwhile_is_no_conflict(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let form = mara.get(&format!("{}/edit", path_of(&lead))).await;
    move_lead(&app, &lead, "Qualified").await;
    let sent = mara.submit(&form, FORM, &[("name", "Ana Pop")]).await;
    assert_eq!(sent.status, 303);
    let after = now(&app, &lead).await;
    assert_eq!(after.fields.name.as_str(), "Ana Pop");
    assert_ne!(after.status_id, lead.status_id);
}

async fn an_edit_of_a_lead_in_the_bin_loses_nothing(app: TestApp) {
    let (mara, radu) = (app.signed_in(MARA).await, app.signed_in(RADU).await);
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let edit = format!("{}/edit", path_of(&lead));
    let (form, own) = (mara.get(&edit).await, radu.get(&edit).await);
    delete_lead(&app, &lead).await;
    let page = radu.submit(&own, FORM, &[("company", "By Radu")]).await;
    assert_eq!(page.status, 409);
    assert!(page.text().contains("By Radu"), "{page:?}");
    let again = radu.submit(&page, FORM, &[]).await;
    assert_eq!(again.status, 303, "a new lead of what was typed: {again:?}");
    let page = mara.submit(&form, FORM, &[("company", "By Mara")]).await;
    assert_eq!(page.status, 409);
    assert!(page.text().contains("By Mara"), "{page:?}");
    let sent = mara.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{sent:?}");
    let after = now(&app, &lead).await;
    assert!(!after.is_in_bin());
    assert_eq!(after.fields.company.as_str(), "By Mara");
    delete_lead(&app, &lead).await;
    assert_eq!(mara.get(&edit).await.status, 409);
}

async fn a_rep_edits_own_leads_and_never_gives_them_away(app: TestApp) {
    let radu = app.signed_in(RADU).await;
    let own = create_lead(&app, "Own", Some(RADU)).await;
    let other = create_lead(&app, "Other", Some(MARA)).await;
    let form = radu.get(&format!("{}/edit", path_of(&own))).await;
    let mara = user(&app, MARA).await.to_string();
    let away = [("owner", mara.as_str())];
    assert_eq!(radu.submit(&form, FORM, &away).await.status, 403);
    let sent = radu.submit(&form, FORM, &[("company", "New")]).await;
    assert_eq!(sent.status, 303);
    assert_eq!(now(&app, &own).await.fields.owner, own.fields.owner);
    let token = form.csrf();
    for lead in [&other, &create_lead(&app, "Nobody's", None).await] {
        let path = path_of(lead);
        assert_eq!(radu.get(&format!("{path}/edit")).await.status, 403);
        let fields = [("csrf", token.as_str()), ("name", "x"), ("version", "1")];
        assert_eq!(radu.post(&path, &fields).await.status, 403);
        assert_eq!(now(&app, lead).await.version, 1);
    }
    let vera = app.signed_in(VERA).await;
    assert_eq!(
        vera.get(&format!("{}/edit", path_of(&own))).await.status,
        403
    );
}

async fn an_edit_without_a_version_overwrites_nothing(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let form = mara.get(&format!("{}/edit", path_of(&lead))).await;
    for version in ["", "99", "x"] {
        let fields = [("name", "Mine"), ("version", version)];
        let page = mara.submit(&form, FORM, &fields).await;
        assert_eq!(page.status, 409, "{version}");
        assert!(page.has("input[name=choose_name]"), "{page:?}");
    }
    assert_eq!(now(&app, &lead).await.fields.name.as_str(), "Ana");
}

async fn a_value_is_typed_in_the_manner_of_the_language(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let edit = format!("{}/edit", path_of(&lead));
    let cents = async || now(&app, &lead).await.fields.value_cents;
    let english = mara.get(&edit).await;
    let sent = mara.submit(&english, FORM, &[("value", "1,054.50")]).await;
    assert_eq!((sent.status, cents().await), (303, Some(105_450)));
    let unsure = mara
        .submit(&mara.get(&edit).await, FORM, &[("value", "1.000")])
        .await;
    assert_eq!(unsure.status, 422);
    assert_eq!(
        unsure.form(FORM).value("value"),
        Some("1.000"),
        "as it was typed"
    );
    assert!(unsure.text().contains("could be 1000 or 1"), "{unsure:?}");

    let profile = mara.get("/admin/profile").await;
    let chosen = [("name", "Mara"), ("language", "ro")];
    assert_eq!(
        mara.submit(&profile, "form[action='/admin/profile']", &chosen)
            .await
            .status,
        303
    );
    let romanian = mara.get(&edit).await;
    assert_eq!(romanian.form(FORM).value("value"), Some("1054,50"));
    assert!(
        romanian.text().contains("1.054,50"),
        "the hint says the manner"
    );
    let sent = mara.submit(&romanian, FORM, &[("value", "2.000")]).await;
    assert_eq!((sent.status, cents().await), (303, Some(200_000)));
    // A form that was opened in English is read as English.
    let late = mara.submit(&english, FORM, &[("value", "3,000")]).await;
    assert!(late.status == 303 || late.status == 409, "{late:?}");
    let shown = mara
        .submit(&mara.get(&edit).await, FORM, &[("value", "x")])
        .await;
    assert!(shown.text().contains("precum 1.054,50"), "{shown:?}");
    let api = app.api(crate::support::ALICE);
    let put = serde_json::json!({"value": "1000.5"});
    assert_eq!(
        api.put(&format!("leads/{}", lead.id), put).await.status,
        200
    );
    assert_eq!(cents().await, Some(100_050), "other systems write a point");
    let open = mara.get(&edit).await;
    delete_lead(&app, &lead).await;
    let gone = mara.submit(&open, FORM, &[("value", "4.000")]).await;
    let back = mara.submit(&gone, "main form", &[]).await;
    assert_eq!(
        (back.status, cents().await),
        (303, Some(400_000)),
        "{gone:?}"
    );
}
