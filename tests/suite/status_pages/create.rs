use super::{FORM, LIST, id_of};
use crate::support::{ALICE, RADU, TestApp, VERA};

both!(
    a_new_status_is_there_in_the_list_it_was_started_from,
    what_was_created_can_be_taken_back,
    another_one_follows_in_an_empty_form,
    an_invalid_form_names_every_error_and_keeps_what_was_typed,
    a_name_that_differs_by_case_or_accent_is_taken,
    odd_text_is_kept_and_read_back_as_it_is,
    no_form_leads_to_another_site,
    only_those_who_may_write_see_the_form,
);

async fn a_new_status_is_there_in_the_list_it_was_started_from(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let list = format!("{LIST}?kind=open&sort=name");
    let back: String = form_urlencoded::byte_serialize(list.as_bytes()).collect();
    let form = alice.get(&format!("{LIST}/new?back={back}")).await;
    assert_eq!(form.status, 200);
    assert_eq!(
        form.attributes(".form-foot a", "href"),
        std::slice::from_ref(&list)
    );
    let fields = [
        ("name", "Demo booked"),
        ("color", "#049a4e"),
        ("definition", "A demo has a date."),
        ("enter_when", "A date\r\nA person"),
        ("limit_days", "14"),
    ];
    let sent = alice.submit(&form, FORM, &fields).await;
    assert_eq!(sent.leads_to(), Some(list));
    let page = alice.follow(&sent).await;
    assert!(page.banner().contains("Demo booked"), "{page:?}");
    let id = id_of(&alice, "Demo booked").await;
    let made = app
        .api(ALICE)
        .get(&format!("lead_statuses/{id}"))
        .await
        .json();
    assert_eq!(made["kind"], "open");
    assert_eq!(
        made["enter_when"],
        serde_json::json!(["A date", "A person"])
    );
    assert_eq!(made["limit_days"], 14);
    assert_eq!(made["statusorder"], 5);
}

async fn what_was_created_can_be_taken_back(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let form = alice.get(&format!("{LIST}/new")).await;
    let sent = alice.submit(&form, FORM, &[("name", "Mistake")]).await;
    let list = alice.follow(&sent).await;
    let undone = alice.submit(&list, "form[action$='/undo']", &[]).await;
    let list = alice.follow(&undone).await;
    assert!(
        !list.texts("tbody").join(" ").contains("Mistake"),
        "{list:?}"
    );
}

async fn another_one_follows_in_an_empty_form(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let back = "?back=%2Fadmin%2Fleads%2Fstatuses%3Fper%3D50";
    let form = alice.get(&format!("{LIST}/new{back}")).await;
    let fields = [("name", "First of two"), ("another", "1")];
    let sent = alice.submit(&form, FORM, &fields).await;
    assert_eq!(sent.leads_to(), Some(format!("{LIST}/new{back}")));
    let next = alice.follow(&sent).await;
    assert!(next.banner().contains("First of two"), "{next:?}");
    assert_eq!(next.form(FORM).value("name"), Some(""));
    assert_eq!(
        next.form(FORM).value("back"),
        Some("/admin/leads/statuses?per=50")
    );
}

async fn an_invalid_form_names_every_error_and_keeps_what_was_typed(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let form = alice.get(&format!("{LIST}/new")).await;
    let long = "x".repeat(51);
    let fields = [
        ("name", long.as_str()),
        ("color", "custom"),
        ("color_custom", "#12"),
        ("kind", "lost"),
        ("definition", " Two\r\nlines "),
        ("enter_when", "one\r\n\r\ntwo"),
        ("target_days", "ten"),
        ("limit_days", "99999999999999999999"),
    ];
    let page = alice.submit(&form, FORM, &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    let typed = page.form(FORM);
    for (name, text) in fields {
        let kept = typed.value(name).unwrap_or_default().replace('\n', "\r\n");
        assert_eq!(kept.replace("\r\r", "\r"), text, "{name}");
    }
    let links = page.attributes(".error-summary a", "href");
    assert_eq!(
        links,
        ["#f-name", "#f-color", "#f-target_days", "#f-limit_days"]
    );
    let shown = page.texts(".error-summary a");
    for (link, words) in links.iter().zip(shown) {
        let field = page.one(link);
        assert_eq!(field.attr("aria-invalid"), Some("true"), "{link}");
        let described = field.attr("aria-describedby").expect("a description");
        let error = format!("{link}-error");
        assert!(
            described.contains(error.trim_start_matches('#')),
            "{described}"
        );
        assert_eq!(page.texts(&error), [words]);
    }
    let target = [("target_days", "9"), ("limit_days", "5"), ("name", "Slow")];
    let page = alice.submit(&form, FORM, &target).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-target_days-error"), "{page:?}");
    assert_eq!(
        app.api(ALICE)
            .get("lead_statuses")
            .await
            .json()
            .as_array()
            .map(Vec::len),
        Some(6)
    );
}

async fn a_name_that_differs_by_case_or_accent_is_taken(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let form = alice.get(&format!("{LIST}/new")).await;
    for name in ["qualified", "Quálified", " QUALIFIED "] {
        let page = alice.submit(&form, FORM, &[("name", name)]).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.has("#f-name-error"), "{page:?}");
        assert_eq!(page.form(FORM).value("name"), Some(name));
    }
}

async fn odd_text_is_kept_and_read_back_as_it_is(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let form = alice.get(&format!("{LIST}/new")).await;
    for name in ["🚀 Лид", "שלום <b>&\"'", "Ofertă/șț"] {
        let fields = [("name", name), ("definition", "a < b && \"c\" 🙂")];
        assert_eq!(
            alice.submit(&form, FORM, &fields).await.status,
            303,
            "{name}"
        );
        let id = id_of(&alice, name).await;
        let page = alice.get(&format!("{LIST}/{id}")).await;
        assert_eq!(page.texts("h1"), [name]);
        assert_eq!(page.texts(".definition-text"), ["a < b && \"c\" 🙂"]);
    }
    let page = alice.submit(&form, FORM, &[("name", "a\0b")]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-name-error"), "{page:?}");
}

async fn no_form_leads_to_another_site(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let form = alice
        .get(&format!("{LIST}/new?back=https%3A%2F%2Fexample.com"))
        .await;
    assert_eq!(form.attributes(".form-foot a", "href"), [LIST]);
    for (number, back) in ["https://example.com", "//example.com", "/admin/logout"]
        .into_iter()
        .enumerate()
    {
        let name = format!("Stage {number}");
        let fields = [("name", name.as_str()), ("back", back)];
        let sent = alice.submit(&form, FORM, &fields).await;
        assert_eq!(sent.leads_to().as_deref(), Some(LIST), "{back}");
    }
}

async fn only_those_who_may_write_see_the_form(app: TestApp) {
    for who in [RADU, VERA] {
        let browser = app.signed_in(who).await;
        assert_eq!(browser.get(&format!("{LIST}/new")).await.status, 403);
        assert_eq!(browser.get(&format!("{LIST}/1/edit")).await.status, 403);
        let page = browser.get(&format!("{LIST}/1")).await;
        assert_eq!(page.status, 200);
        assert!(!page.has("main form"), "{page:?}");
        let csrf = page.form("form[action='/admin/logout']");
        let csrf = csrf.value("csrf").expect("a token").to_owned();
        let fields = [("csrf", csrf.as_str()), ("name", "Mine"), ("version", "1")];
        for path in [LIST.to_owned(), format!("{LIST}/1")] {
            assert_eq!(browser.post(&path, &fields).await.status, 403, "{path}");
        }
    }
}
