use lead_statuses::clock::Zone;

use super::fixtures::{create_lead, move_lead, now, path_of};
use crate::support::{MARA, RADU, TestApp};

both!(
    a_lead_is_set_aside_until_a_day_and_taken_up_again,
    an_invalid_pause_comes_back_as_it_was_typed,
    only_a_lead_that_can_be_late_is_paused,
);

const FORM: &str = "main form[action$='/pause']";

async fn a_lead_is_set_aside_until_a_day_and_taken_up_again(app: TestApp) {
    let radu = app.signed_in(RADU).await;
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let page = radu.get(&path_of(&lead)).await;
    let link = page.attributes("a[href*='/pause']", "href").remove(0);
    let form = radu.get(&link).await;
    let day = app.clock.now().plus_seconds(5 * 86_400).utc().date_naive();
    let until = day.to_string();
    let fields = [("until", until.as_str()), ("reason", "On holiday")];
    let sent = radu.submit(&form, FORM, &fields).await;
    assert_eq!(sent.leads_to(), Some(path_of(&lead)), "{sent:?}");
    let page = radu.follow(&sent).await;
    assert!(page.banner().contains("paused"));
    assert!(
        page.texts(".page-title .tag")
            .join("")
            .contains("Paused until")
    );
    assert!(page.texts(".note").join("").contains("On holiday"));
    let paused = now(&app, &lead).await;
    assert_eq!(paused.resumes_on, Some(day));
    assert_eq!(paused.paused_until, Zone::UTC.start_of_day(day));
    let again = radu.get(&link).await;
    assert_eq!(again.form(FORM).value("until"), Some(until.as_str()));
    let sent = radu
        .submit(&page, ".note form[action$='/pause']", &[])
        .await;
    assert!(radu.follow(&sent).await.banner().contains("resumed"));
    assert_eq!(now(&app, &lead).await.paused_until, None);
    let another = [("once", "")];
    let sent = radu
        .submit(&page, ".note form[action$='/pause']", &another)
        .await;
    let shown = radu.follow(&sent).await.banner();
    assert!(shown.contains("isn’t paused"), "{shown}");
}

async fn an_invalid_pause_comes_back_as_it_was_typed(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let form = mara.get(&format!("{}/pause", path_of(&lead))).await;
    let today = app.clock.now().utc().date_naive().to_string();
    for until in ["", "soon", "2026-02-30", &today, "2001-01-01", "9999-12-31"] {
        let fields = [("until", until), ("reason", "Kept")];
        let page = mara.submit(&form, FORM, &fields).await;
        assert_eq!(page.status, 422, "{until}");
        assert!(page.title().starts_with("Error: "));
        assert!(page.has("#f-until-error"), "{until}: {page:?}");
        assert_eq!(page.form(FORM).value("reason"), Some("Kept"));
        assert_eq!(page.form(FORM).value("until"), Some(until));
    }
    let day = app
        .clock
        .now()
        .plus_seconds(5 * 86_400)
        .utc()
        .date_naive()
        .to_string();
    for reason in ["", "  "] {
        let fields = [("until", day.as_str()), ("reason", reason)];
        let page = mara.submit(&form, FORM, &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.has("#f-reason-error"));
        assert_eq!(page.form(FORM).value("until"), Some(day.as_str()));
    }
    let long = "x".repeat(10_000);
    let page = mara.submit(&form, FORM, &[("reason", &long)]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-reason-error"));
    assert_eq!(now(&app, &lead).await, lead);
}

async fn only_a_lead_that_can_be_late_is_paused(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    move_lead(&app, &lead, "Won").await;
    let page = mara.get(&path_of(&lead)).await;
    assert!(!page.has("a[href*='/pause']"), "it isn't offered");
    let token = page.csrf();
    let fields = [
        ("csrf", token.as_str()),
        ("until", "2030-01-01"),
        ("reason", "r"),
    ];
    let page = mara
        .post(&format!("{}/pause", path_of(&lead)), &fields)
        .await;
    assert_eq!(page.status, 409);
    assert!(
        page.texts(".banner.error").join("").contains("Won"),
        "{page:?}"
    );
}
