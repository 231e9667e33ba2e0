//! Leads that are likely the same: shown, never a reason to refuse.

use serde_json::json;

use super::fixtures::{FORM, LIST};
use crate::support::{ALICE, MARA, TestApp};

both!(
    the_api_names_leads_that_are_likely_the_same,
    pages_show_leads_that_are_likely_the_same,
    a_frequent_name_hides_no_lead_of_the_same_company,
);

fn warnings(answer: &crate::support::Answer) -> Vec<String> {
    let body = answer.json();
    let warnings = body["warnings"].as_array().cloned().unwrap_or_default();
    warnings
        .iter()
        .map(|warning| warning.as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn the_api_names_leads_that_are_likely_the_same(app: TestApp) {
    let api = app.api(ALICE);
    let first = json!({"name": "Ana Pop", "company": "Acme", "email": "ana@acme.ro", "phone": "+40 722 123 456"});
    assert!(warnings(&api.post("leads", first).await).is_empty());
    for (body, expected) in [
        (
            json!({"name": "A", "email": "ANA@acme.ro"}),
            "Lead 1 “Ana Pop” has the same e-mail address.",
        ),
        (
            json!({"name": "B", "phone": "0722-123-456"}),
            "Lead 1 “Ana Pop” has the same phone number.",
        ),
        (
            json!({"name": "ANA POP", "company": "acme"}),
            "Lead 1 “Ana Pop” has the same name and company.",
        ),
    ] {
        let made = api.post("leads", body.clone()).await;
        assert_eq!(made.status, 201, "{}", made.text());
        assert_eq!(
            warnings(&made).first().map(String::as_str),
            Some(expected),
            "{body}"
        );
    }
    for body in [
        json!({"name": "Ana Pop"}),
        json!({"name": "C", "phone": "112"}),
        json!({"name": "D", "phone": "112"}),
    ] {
        assert!(
            warnings(&api.post("leads", body.clone()).await).is_empty(),
            "{body}"
        );
    }
    let changed = api.put("leads/5", json!({"email": "ana@acme.ro"})).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert_eq!(warnings(&changed).len(), 2, "{}", changed.text());
    let same = api.put("leads/5", json!({"email": "ana@acme.ro"})).await;
    assert!(
        warnings(&same).is_empty(),
        "nothing changed: {}",
        same.text()
    );
    for id in [1, 2] {
        assert_eq!(api.delete(&format!("leads/{id}")).await.status, 200);
    }
    let alone = api.put("leads/5", json!({"email": "Ana@acme.ro"})).await;
    assert!(
        warnings(&alone).is_empty(),
        "leads in the bin don’t count: {}",
        alone.text()
    );
}

async fn pages_show_leads_that_are_likely_the_same(app: TestApp) {
    let api = app.api(ALICE);
    let first = json!({"name": "Ana Pop", "company": "Acme", "email": "ana@acme.ro"});
    assert_eq!(api.post("leads", first).await.status, 201);
    let browser = app.signed_in(MARA).await;
    let new = browser.get(&format!("{LIST}/new")).await;
    let link = "a[href='/admin/leads/1']";
    assert!(!new.has(link));
    let typed = [("name", "Ana"), ("email", "ana@acme.ro"), ("value", "much")];
    let refused = browser.submit(&new, FORM, &typed).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.has(link) && refused.text().contains("Possible duplicates"),
        "{refused:?}"
    );
    let saved = browser.submit(&refused, FORM, &[("value", "5")]).await;
    assert_eq!(
        saved.status, 303,
        "a duplicate is saved all the same: {saved:?}"
    );
    let shown = browser.follow(&saved).await;
    assert!(
        shown.has(link) && shown.text().contains("Same e-mail address"),
        "{shown:?}"
    );
    let edit = browser.get(&format!("{LIST}/2/edit")).await;
    assert!(edit.has(link), "{edit:?}");
    let another = [("name", "B"), ("email", "ana@acme.ro"), ("another", "1")];
    let saved = browser.submit(&new, FORM, &another).await;
    let again = browser.follow(&saved).await;
    assert!(
        again.text().contains("Ana Pop has the same e-mail address"),
        "{again:?}"
    );
    let changed = [("email", "b@acme.ro")];
    let saved = browser.submit(&edit, "form.card", &changed).await;
    assert_eq!(saved.status, 303);
    assert!(!browser.get(&format!("{LIST}/2")).await.has(link));
}

async fn a_frequent_name_hides_no_lead_of_the_same_company(app: TestApp) {
    let api = app.api(ALICE);
    for number in 1..=30 {
        let body = json!({"name": "Ana Pop", "company": format!("Firm {number}")});
        assert_eq!(api.post("leads", body).await.status, 201);
    }
    for number in [1, 15, 30] {
        let body = json!({"name": "Ana Pop", "company": format!("firm {number}")});
        let made = api.post("leads", body).await;
        let expected = format!("Lead {number} “Ana Pop” has the same name and company.");
        assert_eq!(warnings(&made), [expected]);
    }
}
