//! The API reference: public, in both languages, and true.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::generated_clients::import_one;
use crate::support::{ALICE, Answer, Api, TestApp};

both!(
    the_reference_is_open_and_speaks_both_languages,
    the_reference_keeps_the_frame_for_users_who_are_signed_in,
    every_command_of_the_reference_works_unchanged,
    answers_have_the_documented_fields,
);

async fn the_reference_is_open_and_speaks_both_languages(app: TestApp) {
    let visitor = app.visitor();
    let page = visitor.get("/api/docs").await;
    assert_eq!(
        (page.status, page.texts("h1")),
        (200, vec!["API reference".to_owned()])
    );
    for link in page.attributes(".ref-toc a, main a[href^='#']", "href") {
        assert!(
            page.has(&format!("[id='{}']", &link[1..])),
            "{link} leads nowhere"
        );
    }
    let asked = visitor
        .request(Method::GET, "/api/docs")
        .header("accept-language", "ro");
    let romanian = visitor.send(asked).await;
    assert!(
        romanian.text().contains("<html lang=\"ro\""),
        "{}",
        romanian.text()
    );
    assert!(romanian.text().contains("Referință API"));
    let document = visitor.get("/api/openapi.json").await.answer;
    assert_eq!(
        (document.status, document.header("content-type")),
        (200, "application/json")
    );
}

async fn the_reference_keeps_the_frame_for_users_who_are_signed_in(app: TestApp) {
    let page = app.signed_in(ALICE).await.get("/api/docs").await;
    assert!(page.has(".sidebar a[href='/api/docs'][aria-current='page']"));
}

/// The words of a command as a shell would read them.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut is_open) = (Vec::new(), String::new(), None, false);
    let mut letters = command.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(mark), _) if letter == mark => quote = None,
            (Some(_), _) => word.push(letter),
            (None, '\'' | '"') => (quote, is_open) = (Some(letter), true),
            (None, '\\') => word.extend(letters.next().filter(|next| *next != '\n')),
            (None, ' ' | '\n') => {
                if is_open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                is_open = false;
            }
            (None, _) => word.push(letter),
        }
    }
    words.push(word);
    words
}

/// Sends the request of a `curl` command.
async fn run(api: &Api, base: &str, command: &str) -> Answer {
    let words = words(command);
    let flag = |name: &str| {
        let pairs = words.windows(2).filter(|pair| pair[0] == name);
        pairs.map(|pair| pair[1].clone()).collect::<Vec<_>>()
    };
    let start = format!("{base}/api/");
    let path = words
        .iter()
        .find_map(|word| word.strip_prefix(&start))
        .expect(command);
    let method = flag("-X").pop().unwrap_or("GET".to_owned());
    let mut request = api.request(method.parse().unwrap(), path);
    assert_eq!(flag("-H")[0], "authtoken: $TOKEN");
    let pair = |field: String| {
        field
            .split_once('=')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap()
    };
    let (form, parts) = (flag("--data-urlencode"), flag("--form-string"));
    if let Some(body) = flag("-d").pop() {
        assert!(
            flag("-H").contains(&"Content-Type: application/json".to_owned()),
            "{command}"
        );
        request = request.json(&serde_json::from_str::<Value>(&body).unwrap());
    } else if !form.is_empty() {
        request = request.form(&form.into_iter().map(pair).collect::<Vec<_>>());
    } else if !parts.is_empty() {
        let start = reqwest::multipart::Form::new();
        let fields = parts.into_iter().map(pair);
        request =
            request.multipart(fields.fold(start, |form, (name, value)| form.text(name, value)));
    }
    api.send(request).await
}

/// Creates what the examples about leads refer to: the first lead and its first move.
async fn create_first_lead(api: &Api) {
    let made = api.post("leads", json!({"name": "Ana"})).await.json();
    assert_eq!(made["record_id"], 1, "{made}");
    let moved = api.post("leads/1/status", json!({"status": 3})).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let visits = api.get("leads/1/visits").await.json();
    assert_eq!(visits[1]["id"], 2, "{visits}");
}

/// Offers the first lead anew, for the examples that answer.
async fn create_offer(api: &Api) {
    let handoff = json!({"to": "rep", "within_hours": 24});
    api.put("lead_statuses/3", json!({"handoff": handoff}))
        .await;
    for status in [2, 3] {
        let moved = api.post("leads/1/status", json!({"status": status})).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
    }
}

async fn every_command_of_the_reference_works_unchanged(app: TestApp) {
    let api = app.api(ALICE);
    create_first_lead(&api).await;
    import_one(&app);
    let imported = api.get("changes").await.json()[0].clone();
    let page = app.visitor().get("/api/docs").await;
    let commands: Vec<String> = page
        .all("pre[id*='-curl-']")
        .iter()
        .map(|element| element.text().collect())
        .collect();
    assert!(commands.len() >= 38, "{commands:#?}");
    for command in commands {
        if command.contains("/handoff") {
            create_offer(&api).await;
        }
        // The ids of changes are not counted up.
        let command = command.replace("/changes/1/", &format!("/changes/{}/", imported["id"]));
        let answer = run(&api, &app.base, &command).await;
        assert!(
            (200..300).contains(&answer.status),
            "{command}\n{}",
            answer.text()
        );
        if answer.status == 201 {
            let made = answer.header("location").replacen("/api/", "", 1);
            let read = api.get(&made).await.json();
            let (field, expected) = match made.split_once('/') {
                Some(("lead_statuses", _)) => ("/enter_when", json!(["A date is agreed"])),
                Some((_, path)) if path.ends_with("/notes") => {
                    ("/0/note", json!("Wants to see the warehouse first."))
                }
                _ => ("/value", json!(1054.5)),
            };
            assert_eq!(read.pointer(field), Some(&expected), "{command}");
            if made.starts_with("lead_statuses/") {
                assert_eq!(api.delete(&made).await.status, 200);
            }
        }
    }
}

/// The names of the fields of a described object.
fn documented_fields(document: &Value, name: &str) -> BTreeSet<String> {
    let fields = document["components"]["schemas"][name]["properties"].as_object();
    fields.expect(name).keys().cloned().collect()
}

fn field_names(of: &Value) -> BTreeSet<String> {
    of.as_object().expect("an object").keys().cloned().collect()
}

async fn answers_have_the_documented_fields(app: TestApp) {
    let api = app.api(ALICE);
    let document = app.visitor().get("/api/openapi.json").await.answer.json();
    let status = api.get("lead_statuses/3").await.json();
    let mut always = documented_fields(&document, "LeadStatus");
    assert!(
        always.remove("leaving"),
        "only while its leads move elsewhere"
    );
    assert_eq!(field_names(&status), always);
    let paged = api.get("lead_statuses?page=1").await.json();
    assert_eq!(
        field_names(&paged),
        documented_fields(&document, "LeadStatusPage")
    );
    assert_eq!(
        field_names(&paged["meta"]),
        documented_fields(&document, "PageMeta")
    );
    let made = api
        .post("lead_statuses", json!({"name": "New one"}))
        .await
        .json();
    let mut always = documented_fields(&document, "Created");
    assert!(
        always.remove("warnings"),
        "only where something isn’t saved"
    );
    assert_eq!(field_names(&made), always);
    let forecast = api.delete("lead_statuses/1?dry_run=1").await.json();
    assert!(
        field_names(&forecast).is_subset(&documented_fields(&document, "Deleted")),
        "{forecast}"
    );
    assert!(
        field_names(&forecast["blockers"][0]).is_subset(&documented_fields(&document, "Blocker"))
    );
    create_first_lead(&api).await;
    let lead = api.get("leads/1").await.json();
    assert_eq!(field_names(&lead), documented_fields(&document, "Lead"));
    let paged = api.get("leads?page=1").await.json();
    assert_eq!(
        field_names(&paged),
        documented_fields(&document, "LeadPage")
    );
    assert!(field_names(&paged["meta"]).is_subset(&documented_fields(&document, "LeadPageMeta")));
    let visits = api.get("leads/1/visits").await.json();
    assert_eq!(
        field_names(&visits[0]),
        documented_fields(&document, "Visit")
    );
    api.post("leads/1/notes", json!({"note": "n"})).await;
    let notes = api.get("leads/1/notes").await.json();
    assert_eq!(field_names(&notes[0]), documented_fields(&document, "Note"));
    let forecast = api.delete("leads/1?dry_run=1").await.json();
    assert_eq!(
        field_names(&forecast),
        documented_fields(&document, "LeadDeleted")
    );
    let failure = documented_fields(&document, "Failure");
    for refused in [
        api.get("lead_statuses/4711").await,
        api.delete("lead_statuses/1").await,
        api.post("lead_statuses", json!({"name": ""})).await,
        api.put("lead_statuses/2", json!({"version": 99})).await,
        api.put("lead_statuses/order", json!({"ids": [1]})).await,
        Api::new(&app.base, None).get("lead_statuses").await,
    ] {
        let body = refused.json();
        assert!((400..500).contains(&refused.status), "{body}");
        assert!(field_names(&body).is_subset(&failure), "{body}");
    }
}
