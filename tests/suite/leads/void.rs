use lead_statuses::leads::Visit;

use super::fixtures::{MOVE, create_lead, move_lead, now, path_of, status_value, visits};
use crate::support::{Browser, MARA, Page, RADU, TestApp};

both!(
    a_voided_move_gives_back_status_and_clock,
    a_move_in_the_middle_is_voided_and_its_neighbours_join,
    what_cannot_be_voided_is_refused_and_not_offered,
    a_move_taken_back_within_ten_minutes_offers_to_void_both,
    a_move_taken_back_later_or_by_another_offers_nothing,
    a_preview_that_was_overtaken_is_shown_again,
);

const PREVIEW: &str = "form[action$='/void']";

async fn move_lead_to(app: &TestApp, browser: &Browser, page: &Page, to: &str) -> Page {
    let to = status_value(app, to).await;
    let sent = browser.submit(page, MOVE, &[("status", &to)]).await;
    browser.follow(&sent).await
}

fn void_form(visit: &Visit) -> String {
    format!("form[action$='/visits/{}/void']", visit.id)
}

async fn a_voided_move_gives_back_status_and_clock(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    app.clock.advance(3 * 86_400);
    move_lead(&app, &lead, "Qualified").await;
    let radu = app.signed_in(RADU).await;
    let page = radu.get(&path_of(&lead)).await;
    let last = visits(&app, &lead).await.pop().unwrap();
    let preview = radu.submit(&page, &void_form(&last), &[]).await;
    assert_eq!(preview.status, 200);
    let text = preview.texts("[data-dialog-body]").join(" ");
    assert!(text.contains("New") && text.contains("3 days"), "{text}");
    assert_ne!(
        now(&app, &lead).await.status_id,
        lead.status_id,
        "only a preview"
    );
    let sent = radu.submit(&preview, PREVIEW, &[("confirm", "1")]).await;
    assert_eq!(sent.leads_to(), Some(path_of(&lead)), "{sent:?}");
    let page = radu.follow(&sent).await;
    assert!(page.banner().contains("Move undone. "));
    let after = now(&app, &lead).await;
    assert_eq!(
        (after.status_id, after.status_since, after.clock_from),
        (lead.status_id, lead.status_since, lead.clock_from)
    );
    let struck = page.texts(".visits > .struck");
    assert_eq!(struck.len(), 1, "{page:?}");
    assert!(struck[0].contains("Qualified") && struck[0].contains(RADU.name));
    assert!(!page.has(".struck form"), "once is enough");
}

async fn a_move_in_the_middle_is_voided_and_its_neighbours_join(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    for to in ["Contacted", "Proposal"] {
        app.clock.advance(3_600);
        move_lead(&app, &lead, to).await;
    }
    let before = visits(&app, &lead).await;
    let page = mara.get(&path_of(&lead)).await;
    let preview = mara.submit(&page, &void_form(&before[1]), &[]).await;
    let text = preview.texts("[data-dialog-body]").join(" ");
    assert!(
        text.contains("lasts until") && text.contains("Proposal"),
        "{text}"
    );
    let sent = mara.submit(&preview, PREVIEW, &[("confirm", "1")]).await;
    assert_eq!(sent.status, 303);
    let after = visits(&app, &lead).await;
    assert_eq!(after[0].left_at, Some(after[2].entered_at));
    assert!(!after[1].is_effective() && after[2].is_open());
}

async fn what_cannot_be_voided_is_refused_and_not_offered(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    move_lead(&app, &lead, "Contacted").await;
    let other = create_lead(&app, "Bob", None).await;
    let foreign = visits(&app, &other).await[0].id;
    let own = visits(&app, &lead).await;
    let page = mara.get(&path_of(&lead)).await;
    assert!(!page.has(&void_form(&own[0])), "where it came from");
    let token = page.csrf();
    for (visit, expected) in [
        (own[0].id.to_string(), 409),
        (foreign.to_string(), 404),
        ("999".to_owned(), 404),
        ("01".to_owned(), 404),
        ("x".to_owned(), 404),
    ] {
        for confirm in ["", "1"] {
            let fields = [("csrf", token.as_str()), ("confirm", confirm)];
            let path = format!("{}/visits/{visit}/void", path_of(&lead));
            assert_eq!(
                mara.post(&path, &fields).await.status,
                expected,
                "{visit} {confirm}"
            );
        }
    }
    for visits in ["", "x", "999"] {
        let fields = [
            ("csrf", token.as_str()),
            ("visits", visits),
            ("confirm", "1"),
        ];
        let path = format!("{}/void", path_of(&lead));
        assert_eq!(mara.post(&path, &fields).await.status, 404, "{visits:?}");
    }
    assert!(visits(&app, &lead).await.iter().all(Visit::is_effective));
}

async fn a_move_taken_back_within_ten_minutes_offers_to_void_both(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let page = mara.get(&path_of(&lead)).await;
    let page = move_lead_to(&app, &mara, &page, "Lost").await;
    assert!(!page.text().contains("Moved by mistake?"));
    app.clock.advance(599);
    let page = move_lead_to(&app, &mara, &page, "New").await;
    let offer = ".banner form[action$='/void']";
    assert!(page.has(offer), "right after, in the banner: {page:?}");
    let asked = page.text().matches("Moved by mistake?").count();
    assert_eq!(asked, 1, "once is enough");
    let later = mara.get(&path_of(&lead)).await;
    assert!(!later.has(offer));
    let offer = ".history .mistake form[action$='/void']";
    assert!(later.has(offer), "later, in the timeline");
    let preview = mara.submit(&later, offer, &[]).await;
    assert_eq!(preview.all(".impact li").len(), 3, "{preview:?}");
    let ids = preview.form(PREVIEW).fields;
    let ids: Vec<_> = ids.iter().filter(|(name, _)| name == "visits").collect();
    assert_eq!(ids.len(), 2);
    let sent = mara.submit(&preview, PREVIEW, &[("confirm", "1")]).await;
    assert_eq!(sent.status, 303, "{sent:?}");
    let after = now(&app, &lead).await;
    assert_eq!(
        (after.status_id, after.status_since, after.clock_from),
        (lead.status_id, lead.status_since, lead.clock_from)
    );
    let page = mara.follow(&sent).await;
    assert_eq!(page.all(".visits > .struck").len(), 2);
    assert!(!page.text().contains("Moved by mistake?"));
}

async fn a_move_taken_back_later_or_by_another_offers_nothing(app: TestApp) {
    let (mara, radu) = (app.signed_in(MARA).await, app.signed_in(RADU).await);
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let page = mara.get(&path_of(&lead)).await;
    let page = move_lead_to(&app, &mara, &page, "Contacted").await;
    app.clock.advance(601);
    let page = move_lead_to(&app, &mara, &page, "New").await;
    assert!(!page.text().contains("Moved by mistake?"), "too late");
    app.clock.advance(601);
    let page = move_lead_to(&app, &mara, &page, "Contacted").await;
    let own = radu.get(&path_of(&lead)).await;
    drop(page);
    let page = move_lead_to(&app, &radu, &own, "New").await;
    assert!(!page.text().contains("Moved by mistake?"), "someone else");
}

async fn a_preview_that_was_overtaken_is_shown_again(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    move_lead(&app, &lead, "Contacted").await;
    let page = mara.get(&path_of(&lead)).await;
    let last = visits(&app, &lead).await.pop().unwrap();
    let preview = mara.submit(&page, &void_form(&last), &[]).await;
    move_lead(&app, &lead, "Proposal").await;
    let again = mara.submit(&preview, PREVIEW, &[("confirm", "1")]).await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("lasts until"), "{again:?}");
    assert!(visits(&app, &lead).await.iter().all(Visit::is_effective));
    let sent = mara.submit(&again, PREVIEW, &[("confirm", "1")]).await;
    assert_eq!(sent.status, 303);
    assert_eq!(
        now(&app, &lead).await.status_id.to_string(),
        status_value(&app, "Proposal").await
    );
}
