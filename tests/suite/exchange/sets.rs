use lead_statuses::i18n::Lang;
use lead_statuses::statuses::StandardSet;

use super::{PLAN_FORM, assert_sound, confirm, names, status_values, undo};
use crate::support::{ALICE, Page, TestApp};

both!(
    every_set_is_shown_with_its_pipeline_in_the_language_of_the_page,
    a_set_is_used_and_taken_back_as_a_whole,
    statuses_outside_a_set_stay_unless_they_are_to_be_archived,
    a_set_brings_statuses_of_the_same_name_up_to_date,
    sets_can_follow_each_other_in_any_language,
    an_unknown_set_is_refused,
);

const SETS: &str = "/admin/leads/statuses/sets";

fn names_of(set: StandardSet, lang: Lang) -> Vec<String> {
    let statuses = set.statuses(lang).expect("a set");
    let names = statuses.iter().map(|status| status.fields.name.to_string());
    names.collect()
}

async fn every_set_is_shown_with_its_pipeline_in_the_language_of_the_page(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    for (lang, header) in [(Lang::En, "en-GB,en"), (Lang::Ro, "ro-RO,ro;q=0.9")] {
        let request = browser.request(reqwest::Method::GET, SETS);
        let answer = browser
            .send(request.header("accept-language", header))
            .await;
        let page = Page::read(SETS, answer);
        let cards = page.texts(".template-card");
        assert_eq!(cards.len(), StandardSet::ALL.len());
        for (set, card) in StandardSet::ALL.into_iter().zip(cards) {
            for name in names_of(set, lang) {
                assert!(card.contains(&name), "{name}: {card}");
            }
        }
    }
}

async fn a_set_is_used_and_taken_back_as_a_whole(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let before = status_values(&app).await;
    let page = browser.get(SETS).await;
    let preview = browser.submit(&page, PLAN_FORM, &[("set", "agency")]).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert_eq!(preview.texts("h1"), ["Use the template “Agency”?"]);
    // Lost is in the set too.
    assert_eq!(preview.texts(".plan-others li").len(), 5);
    assert!(
        preview
            .texts(".plan-others li")
            .iter()
            .all(|other| other.contains("will be archived"))
    );
    assert!(
        preview
            .text()
            .contains("New leads start in “Enquiry” instead of “New”.")
    );
    assert!(
        preview
            .text()
            .contains("Won leads go to “Client” instead of “Won”.")
    );
    assert_eq!(
        status_values(&app).await,
        before,
        "a preview changes nothing"
    );

    let done = confirm(&browser, &preview).await;
    assert_eq!(done.status, 303);
    assert_eq!(names(&app).await, names_of(StandardSet::Agency, Lang::En));
    assert_eq!(app.api(ALICE).status("Enquiry").await["isdefault"], true);
    assert_eq!(app.api(ALICE).status("New").await["archived"], true);
    assert_sound(&app);

    assert_eq!(undo(&browser, &done).await.status, 303);
    assert_eq!(status_values(&app).await, before);
    assert_sound(&app);
}

async fn statuses_outside_a_set_stay_unless_they_are_to_be_archived(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get(SETS).await;
    assert!(
        page.has("[name=archive][checked]"),
        "archiving is said, and can be unsaid"
    );
    let token = page.form(PLAN_FORM);
    let token = token.value("csrf").expect("a token");
    let asked = [("csrf", token), ("set", "recruiting"), ("lang", "ro")];
    let preview = browser.post(SETS, &asked).await;
    assert!(
        preview
            .texts(".plan-others li")
            .iter()
            .all(|other| other.contains("stays"))
    );
    assert_eq!(confirm(&browser, &preview).await.status, 303);
    let mut expected = names_of(StandardSet::Recruiting, Lang::Ro);
    expected
        .extend(["New", "Contacted", "Qualified", "Proposal", "Won", "Lost"].map(str::to_owned));
    assert_eq!(names(&app).await, expected);
    assert_sound(&app);
}

async fn a_set_brings_statuses_of_the_same_name_up_to_date(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let id = app.api(ALICE).status_id("Qualified").await;
    let page = browser.get(SETS).await;
    let preview = browser.submit(&page, PLAN_FORM, &[("set", "b2b")]).await;
    let done = confirm(&browser, &preview).await;
    assert_eq!(done.status, 303);
    assert_eq!(names(&app).await, names_of(StandardSet::B2b, Lang::En));
    assert_eq!(app.api(ALICE).status_id("Qualified").await, id);
    let list = browser.follow(&done).await;
    assert!(list.text().contains("“B2B sales” applied."));
    let again = browser.submit(&page, PLAN_FORM, &[("set", "b2b")]).await;
    assert_eq!(again.texts(".empty h2"), ["No changes"]);
}

async fn sets_can_follow_each_other_in_any_language(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get(SETS).await;
    for set in StandardSet::ALL {
        for lang in [Lang::Ro, Lang::En] {
            let asked = [("set", set.as_str()), ("lang", lang.code())];
            let preview = browser.submit(&page, PLAN_FORM, &asked).await;
            assert_eq!(preview.status, 200, "{set:?} {lang:?}");
            assert_eq!(
                confirm(&browser, &preview).await.status,
                303,
                "{set:?} {lang:?}"
            );
            assert_eq!(names(&app).await, names_of(set, lang));
        }
    }
    assert_sound(&app);
}

async fn an_unknown_set_is_refused(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get(SETS).await;
    let answer = browser.submit(&page, PLAN_FORM, &[("set", "seed")]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.texts(".error-summary li"), ["Choose a template"]);
}
