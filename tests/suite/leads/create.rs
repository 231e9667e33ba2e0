use lead_statuses::channel::Channel;

use super::fixtures::{
    FORM, LIST, change_lead, create_lead, now, status, status_value, user, visits,
};
use crate::support::{ALICE, DAN, MARA, RADU, TestApp, VERA};

both!(
    a_new_lead_is_in_the_default_status,
    what_was_typed_is_kept_and_another_can_follow,
    an_invalid_lead_comes_back_as_it_was_typed,
    hostile_values_are_refused_at_their_fields,
    the_form_says_what_each_status_means,
    a_rep_makes_leads_of_their_own_only,
    a_new_lead_leads_back_to_the_list_it_was_begun_from,
);

async fn a_new_lead_is_in_the_default_status(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let form = mara.get(&format!("{LIST}/new")).await;
    assert_eq!(form.form(FORM).value("currency"), Some("EUR"));
    let sent = mara.submit(&form, FORM, &[("name", " Ana Pop ")]).await;
    let page = mara.follow(&sent).await;
    assert_eq!(page.texts("h1"), ["Ana Pop"]);
    assert!(page.banner().contains("Ana Pop"), "{page:?}");
    let id = page.path.rsplit('/').next().unwrap().parse().unwrap();
    let lead = app
        .db
        .read(move |conn| lead_statuses::leads::find(conn, id));
    let lead = lead.await.unwrap();
    assert_eq!(lead.status_id, status(&app, "New").await);
    assert_eq!(lead.fields.owner, Some(user(&app, MARA).await));
    let visits = visits(&app, &lead).await;
    assert_eq!((visits.len(), visits[0].channel), (1, Channel::Ui));
    assert_eq!(visits[0].actor, MARA.name);
}

async fn what_was_typed_is_kept_and_another_can_follow(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let form = mara.get(&format!("{LIST}/new")).await;
    let (radu, qualified) = (
        user(&app, RADU).await,
        status_value(&app, "Qualified").await,
    );
    let owner = radu.to_string();
    let fields = [
        ("name", "Țiriac & Fiii"),
        ("company", "Țiriac SRL"),
        ("email", "ion@tiriac.ro"),
        ("phone", "+40 722 123 456"),
        ("source", "Târg"),
        ("owner", &owner),
        ("value", "1054.50"),
        ("currency", "ron"),
        ("external_ref", "X-1"),
        ("status", &qualified),
        ("another", "1"),
    ];
    let sent = mara.submit(&form, FORM, &fields).await;
    assert_eq!(sent.leads_to(), Some(format!("{LIST}/new")));
    let again = mara.follow(&sent).await;
    assert!(again.banner().contains("Țiriac & Fiii"));
    assert_eq!(again.form(FORM).value("name"), Some(""));
    assert!(again.has("datalist#sources option[value='Târg']"));
    let shown = mara.get(&format!("{LIST}/1")).await;
    let text = shown.text();
    for word in ["1,054.50", "RON", "Târg", "X-1", RADU.name, "Țiriac SRL"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(shown.has("a[href='mailto:ion%40tiriac.ro']"));
    assert!(shown.has("a[href='tel:+40722123456']"));
}

async fn an_invalid_lead_comes_back_as_it_was_typed(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let taken = create_lead(&app, "Ana", None).await;
    change_lead(&app, &taken, |fields| {
        fields.external_ref = lead_statuses::leads::domain::text::TextLine::parse("X-1").unwrap();
    })
    .await;
    let form = mara.get(&format!("{LIST}/new")).await;
    let fields = [
        ("company", "Acme"),
        ("email", "nobody"),
        ("value", "much"),
        ("currency", "EURO"),
        ("status", "x"),
    ];
    let page = mara.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    for field in ["name", "email", "value", "currency", "status"] {
        let link = format!(".error-summary a[href='#f-{field}']");
        assert!(page.has(&link), "{field}: {page:?}");
        assert!(
            page.has(&format!("#f-{field}[aria-invalid=true]")),
            "{field}"
        );
    }
    let held = page.form(FORM);
    for (name, value) in [("company", "Acme"), ("email", "nobody"), ("value", "much")] {
        assert_eq!(held.value(name), Some(value));
    }
    let fields = [
        ("name", "Bob"),
        ("company", "Acme"),
        ("external_ref", "X-1"),
    ];
    let page = mara.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-external_ref-error"), "{page:?}");
    assert_eq!(page.form(FORM).value("company"), Some("Acme"));
    let other = app
        .db
        .read(|conn| lead_statuses::leads::find(conn, 2))
        .await;
    assert!(other.is_err(), "nothing is made");
}

async fn hostile_values_are_refused_at_their_fields(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let form = alice.get(&format!("{LIST}/new")).await;
    let (long, dan) = ("ș".repeat(10_000), user(&app, DAN).await.to_string());
    for (field, value) in [
        ("name", "a\0b"),
        ("name", "\u{200b}"),
        ("company", &long),
        ("source", "a\nb"),
        ("owner", "01"),
        ("owner", "999"),
        ("owner", &dan),
        ("status", "999"),
        ("status", "-1"),
        ("value", "1e9"),
        ("value", "99999999999999999999"),
    ] {
        let page = alice
            .submit(&form, FORM, &[("name", "Ana"), (field, value)])
            .await;
        assert_eq!(page.status, 422, "{field}={value:.20}");
        assert!(page.has(&format!("#f-{field}-error")), "{field}: {page:?}");
    }
    let archived = status(&app, "Proposal").await;
    let body = serde_json::json!({"archived": true});
    let call = format!("lead_statuses/{archived}");
    assert_eq!(app.api(ALICE).put(&call, body).await.status, 200);
    let fields = [("name", "Ana"), ("status", &archived.to_string())];
    let page = alice.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-status-error"), "{page:?}");
}

async fn the_form_says_what_each_status_means(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let qualified = status(&app, "Qualified").await;
    let body = serde_json::json!({"definition": "Budget is known", "enter_when": ["Met once"]});
    let call = format!("lead_statuses/{qualified}");
    app.api(ALICE).put(&call, body).await;
    let page = alice.get(&format!("{LIST}/new")).await;
    let meaning = page
        .texts(&format!("[data-meaning='{qualified}']"))
        .join(" ");
    assert!(meaning.contains("Budget is known") && meaning.contains("Met once"));
    assert!(page.texts("#meanings-chosen").join("").contains("New"));
    assert_eq!(page.all("[data-meaning]").len(), 6);
    // The form that comes back shows what the chosen status means.
    let fields = [("name", ""), ("status", &qualified.to_string())];
    let page = alice.submit(&page, FORM, &fields).await;
    assert!(page.texts("#meanings-chosen").join("").contains("Met once"));
}

async fn a_rep_makes_leads_of_their_own_only(app: TestApp) {
    let radu = app.signed_in(RADU).await;
    let form = radu.get(&format!("{LIST}/new")).await;
    assert_eq!(form.all("#f-owner option").len(), 1);
    let mara = user(&app, MARA).await.to_string();
    let fields = [("name", "Theirs"), ("owner", mara.as_str())];
    assert_eq!(radu.submit(&form, FORM, &fields).await.status, 403);
    let sent = radu.submit(&form, FORM, &[("name", "Mine")]).await;
    let page = radu.follow(&sent).await;
    assert!(page.has("form[action$='/status']"), "it can be moved");
    let vera = app.signed_in(VERA).await;
    assert_eq!(vera.get(&format!("{LIST}/new")).await.status, 403);
    let token = vera.get("/admin/profile").await.csrf();
    let sent = [("csrf", token.as_str()), ("name", "Mine")];
    assert_eq!(vera.post(LIST, &sent).await.status, 403);
}

async fn a_new_lead_leads_back_to_the_list_it_was_begun_from(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let list = format!("{LIST}?state=stuck&sort=name");
    let back: String = form_urlencoded::byte_serialize(list.as_bytes()).collect();
    let form = mara.get(&format!("{LIST}/new?back={back}")).await;
    assert_eq!(
        form.attributes(".form-foot a", "href"),
        std::slice::from_ref(&list)
    );
    let sent = mara.submit(&form, FORM, &[("name", "Ana")]).await;
    let page = mara.follow(&sent).await;
    assert_eq!(page.attributes(".crumbs a", "href"), [list]);
    let lead = app
        .db
        .read(|conn| lead_statuses::leads::find(conn, 1))
        .await;
    assert_eq!(now(&app, &lead.unwrap()).await.fields.name.as_str(), "Ana");
}
