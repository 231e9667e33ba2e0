use serde_json::json;

use super::{LIST, id_of};
use crate::support::{ALICE, RADU, TestApp, VERA};

both!(
    a_new_rep_reads_what_a_status_means,
    the_place_in_the_pipeline_leads_to_its_neighbours,
    roles_are_explained,
    time_is_said_in_words,
    a_status_without_a_definition_asks_its_editors_for_one,
    an_archived_status_says_so_and_can_be_restored,
    actions_are_offered_to_those_who_have_the_right,
    the_history_shows_who_changed_what_from_what_to_what,
    a_long_history_goes_on_on_older_pages,
);

async fn a_new_rep_reads_what_a_status_means(app: TestApp) {
    let (alice, radu) = (app.signed_in(ALICE).await, app.signed_in(RADU).await);
    let id = id_of(&alice, "Qualified").await;
    let words = json!({
        "definition": "One.\n\nTwo.", "enter_when": ["need known"], "leave_when": ["offer sent", "or lost"],
    });
    app.api(ALICE)
        .put(&format!("lead_statuses/{id}"), words)
        .await;
    let page = radu.get(&format!("{LIST}/{id}")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.title(), "Qualified");
    assert_eq!(page.texts(".definition-text"), ["One. Two."]);
    assert_eq!(
        page.texts(".checklist li"),
        ["need known", "offer sent", "or lost"]
    );
    assert!(page.has("#api-read"), "how another system reads it");
}

async fn the_place_in_the_pipeline_leads_to_its_neighbours(app: TestApp) {
    let vera = app.signed_in(VERA).await;
    let id = id_of(&vera, "Qualified").await;
    let page = vera.get(&format!("{LIST}/{id}")).await;
    assert_eq!(
        page.texts(".steps li"),
        ["Contacted", "Qualified", "Proposal"]
    );
    let before = page.attributes(".steps a[rel=prev]", "href").remove(0);
    assert_eq!(vera.get(&before).await.texts("h1"), ["Contacted"]);
    assert!(
        page.texts("aside h2")
            .contains(&"Position 3 of 6".to_owned()),
        "{page:?}"
    );
    let first = id_of(&vera, "New").await;
    let page = vera.get(&format!("{LIST}/{first}")).await;
    assert_eq!(page.texts(".steps li"), ["New", "Contacted"]);
}

async fn roles_are_explained(app: TestApp) {
    let vera = app.signed_in(VERA).await;
    for (name, sentence) in [
        ("New", "New leads start here."),
        ("Won", "Won leads go here."),
    ] {
        let id = id_of(&vera, name).await;
        let page = vera.get(&format!("{LIST}/{id}")).await;
        assert!(
            page.texts(".page-title .tag")
                .contains(&sentence.to_owned()),
            "{page:?}"
        );
    }
}

async fn time_is_said_in_words(app: TestApp) {
    let (alice, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = id_of(&alice, "Proposal").await;
    let none = json!(null);
    for (target, limit, kind, words) in [
        (
            json!(5),
            json!(10),
            "open",
            "Target: 5 days. Stuck after 10 days.",
        ),
        (
            json!(1),
            none.clone(),
            "open",
            "Target: 1 day. At risk after that; no limit.",
        ),
        (none.clone(), json!(3), "open", "Stuck after 3 days"),
        (none.clone(), none.clone(), "open", "never stuck"),
        (json!(5), json!(10), "lost", "Only leads in open statuses"),
    ] {
        let fields = json!({"target_days": target, "limit_days": limit, "kind": kind});
        api.put(&format!("lead_statuses/{id}"), fields).await;
        let page = alice.get(&format!("{LIST}/{id}")).await;
        assert!(
            page.texts("aside").join(" ").contains(words),
            "{words}: {page:?}"
        );
    }
}

async fn a_status_without_a_definition_asks_its_editors_for_one(app: TestApp) {
    let (alice, radu) = (app.signed_in(ALICE).await, app.signed_in(RADU).await);
    let made = app
        .api(ALICE)
        .post("lead_statuses", json!({"name": "Bare"}))
        .await
        .json();
    let path = format!("{LIST}/{}", made["record_id"]);
    let link = format!("main .empty a[href^='{path}/edit']");
    assert!(alice.get(&path).await.has(&link));
    let page = radu.get(&path).await;
    assert!(page.has("main .empty") && !page.has(&link), "{page:?}");
}

async fn an_archived_status_says_so_and_can_be_restored(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let id = id_of(&alice, "Proposal").await;
    app.api(ALICE)
        .put(&format!("lead_statuses/{id}"), json!({"archived": true}))
        .await;
    let path = format!("{LIST}/{id}");
    let page = alice.get(&path).await;
    assert!(page.has(".note time") && !page.has(".steps"), "{page:?}");
    assert!(!page.has(&format!("form[action='{path}/move']")));
    let fields = [("confirm", "1")];
    let form = format!("form[action='{path}/restore']");
    let sent = alice.submit(&page, &form, &fields).await;
    assert_eq!(sent.leads_to(), Some(path.clone()));
    let page = alice.follow(&sent).await;
    assert!(
        page.has("[data-banner-text]") && page.has(".steps"),
        "{page:?}"
    );
}

async fn actions_are_offered_to_those_who_have_the_right(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let id = id_of(&alice, "Qualified").await;
    let path = format!("{LIST}/{id}");
    let page = alice.get(&path).await;
    for verb in ["move", "default", "archive", "delete"] {
        assert!(
            page.has(&format!("form[action='{path}/{verb}'][method=post]")),
            "{verb}"
        );
    }
    assert!(
        !page.has(&format!("form[action='{path}/converted']")),
        "the kind does not fit"
    );
    let form = format!("form[action='{path}/move']:not(.menu-row)");
    let sent = alice.submit(&page, &form, &[("to", "top")]).await;
    assert_eq!(sent.leads_to(), Some(path.clone()));
    assert_eq!(
        alice.follow(&sent).await.texts(".steps li"),
        ["Qualified", "New"]
    );
    let form = format!("form[action='{path}/delete']");
    let preview = alice.submit(&page, &form, &[]).await;
    assert_eq!(preview.status, 200);
    let sent = alice
        .submit(&preview, "form#preview", &[("confirm", "1")])
        .await;
    assert_eq!(
        sent.leads_to().as_deref(),
        Some(LIST),
        "its page is no more"
    );
}

async fn the_history_shows_who_changed_what_from_what_to_what(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let id = id_of(&alice, "Qualified").await;
    let change = json!({"limit_days": 30, "name": "SQL", "color": "#123456"});
    app.api(ALICE)
        .put(&format!("lead_statuses/{id}"), change)
        .await;
    let page = alice.get(&format!("{LIST}/{id}")).await;
    let events = page.texts(".timeline > li");
    assert_eq!(events.len(), 2, "{events:?}");
    for words in [
        "Changed by Alice Pop (suite)",
        "API",
        "14 days",
        "30 days",
        "Qualified",
        "SQL",
        "#123456",
    ] {
        assert!(events[0].contains(words), "{words}: {}", events[0]);
    }
    assert!(events[1].contains("Created by"), "{}", events[1]);
    assert_eq!(page.all(".timeline > li > time").len(), 2);
}

async fn a_long_history_goes_on_on_older_pages(app: TestApp) {
    let (alice, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = id_of(&alice, "Qualified").await;
    for limit in 100..145 {
        api.put(&format!("lead_statuses/{id}"), json!({"limit_days": limit}))
            .await;
    }
    let (mut path, mut seen) = (format!("{LIST}/{id}"), Vec::new());
    for expected in [20, 20, 6] {
        let page = alice.get(&path).await;
        let events = page.texts(".timeline > li");
        assert_eq!(events.len(), expected, "{path}");
        seen.extend(events);
        if expected == 20 {
            path = page
                .attributes("a[rel=next][href*=before]", "href")
                .remove(0);
            path.truncate(path.find('#').unwrap_or(path.len()));
        } else {
            assert!(!page.has("a[rel=next][href*=before]"), "{page:?}");
        }
    }
    assert!(
        seen[0].contains("144 days") && seen[45].contains("Created by"),
        "{seen:?}"
    );
}
