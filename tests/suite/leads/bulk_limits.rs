//! Why bulk actions on leads are refused: rights, values, sizes, malformed requests.

use serde_json::json;

use super::bulk::{by_hand, is_in};
use super::fixtures::{status, user};
use super::lead_builder::{draft, lead, make};
use crate::support::{ALICE, Browser, MARA, Page, RADU, TestApp, VERA, ask_again};

both!(
    a_rep_cannot_touch_anothers_lead,
    everyone_may_do_what_their_role_says,
    what_was_typed_is_kept,
    two_thousand_ids_fit_and_too_many_are_refused,
    invalid_bulk_actions_are_refused,
    a_status_that_takes_no_leads_is_refused_as_by_the_api,
);

const LIST: &str = "/admin/leads";

async fn a_rep_cannot_touch_anothers_lead(app: TestApp) {
    let ids = make(
        &app,
        vec![
            draft("Mine").of(RADU),
            draft("Hers").of(MARA),
            draft("Free"),
        ],
    )
    .await;
    let radu = app.signed_in(RADU).await;
    let target = status(&app, "Contacted").await.to_string();
    let until = app
        .clock
        .now()
        .plus_seconds(9 * 86_400)
        .utc()
        .date_naive()
        .to_string();
    for fields in [
        [("action", "move"), ("status", target.as_str())],
        [("action", "pause"), ("until", &until)],
        [("action", "note"), ("note", "x")],
    ] {
        let sent = [&fields[..], &[("reason", "r"), ("confirm", "1")]].concat();
        for ids in [&ids[..], &ids[1..2], &ids[2..]] {
            let refused = by_hand(&radu, ids, &sent).await;
            assert_eq!(refused.status, 409, "{fields:?}: {refused:?}");
        }
    }
    for id in &ids {
        let lead = lead(&app, *id).await;
        assert_eq!(
            (lead.version, lead.last_note.as_str()),
            (1, ""),
            "untouched"
        );
    }
    let fields = [
        ("action", "move"),
        ("status", target.as_str()),
        ("confirm", "1"),
    ];
    assert_eq!(by_hand(&radu, &ids[..1], &fields).await.status, 303);
    let early = app.clock.now().plus_seconds(-5).rfc3339();
    let proposal = status(&app, "Proposal").await.to_string();
    let fields = [
        ("action", "move"),
        ("status", proposal.as_str()),
        ("entered_at", &early),
        ("confirm", "1"),
    ];
    let refused = by_hand(&radu, &ids[..1], &fields).await;
    assert!(
        [403, 409].contains(&refused.status),
        "only managers say when: {refused:?}"
    );
    let list = radu.get(LIST).await;
    assert_eq!(
        list.attributes("#bulk [name=action]", "value"),
        ["move", "pause", "note"]
    );
    let acts = |id: i64| {
        let link = format!("a[data-menu][href='{LIST}/{id}']");
        list.one(&link).attr("data-acts").map(str::to_owned)
    };
    assert_eq!(acts(ids[0]), None, "everything in one's own row");
    assert_eq!(
        acts(ids[1]).as_deref(),
        Some("open"),
        "nothing else in another's"
    );
}

async fn everyone_may_do_what_their_role_says(app: TestApp) {
    let ids = make(&app, vec![draft("Ana").of(RADU)]).await;
    let me = user(&app, RADU).await.to_string();
    let (radu, vera) = (app.signed_in(RADU).await, app.signed_in(VERA).await);
    for action in ["assign", "delete", "restore"] {
        for confirm in ["0", "1"] {
            let sent = [("action", action), ("owner", &me), ("confirm", confirm)];
            assert_eq!(by_hand(&radu, &ids, &sent).await.status, 403, "{action}");
        }
    }
    for action in ["move", "assign", "pause", "note", "delete", "restore"] {
        for (ids, confirm) in [(&ids[..], "0"), (&ids[..], "1"), (&[], "1")] {
            let sent = [("action", action), ("note", "x"), ("confirm", confirm)];
            assert_eq!(by_hand(&vera, ids, &sent).await.status, 403, "{action}");
        }
    }
    assert_eq!(
        by_hand(&radu, &ids, &[("action", "export")]).await.status,
        403
    );
    let list = vera.get(LIST).await;
    let offered = list.attributes("[name=action]", "value");
    assert_eq!(offered, ["export"], "a viewer reads and exports");
    assert!(!list.has("#create"));
    let file = by_hand(&vera, &ids, &[("action", "export")]).await;
    assert_eq!(file.status, 200);
    let lead = lead(&app, ids[0]).await;
    assert!(!lead.is_in_bin() && lead.version == 1);
}

async fn what_was_typed_is_kept(app: TestApp) {
    let ids = make(&app, vec![draft("Ana")]).await;
    let mara = app.signed_in(MARA).await;
    let fields = [
        ("action", "move"),
        ("reason", "Because of <b>"),
        ("note", "Two\nlines"),
        ("entered_at", "yesterday"),
        ("confirm", "1"),
    ];
    let wrong = by_hand(&mara, &ids, &fields).await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
    assert!(wrong.title().starts_with("Error:") && wrong.has(".error-summary"));
    let form = wrong.form("#preview");
    for (name, value) in &fields[1..4] {
        assert_eq!(form.value(name), Some(*value));
    }
    assert!(wrong.has("[name=entered_at][aria-invalid=true]"));
    let archived = status(&app, "Proposal").await;
    app.api(ALICE)
        .put(
            &format!("lead_statuses/{archived}"),
            serde_json::json!({"archived": true}),
        )
        .await;
    let yesterday = app
        .clock
        .now()
        .plus_seconds(-86_400)
        .utc()
        .date_naive()
        .to_string();
    let archived = archived.to_string();
    for (field, fields) in [
        ("status", vec![("action", "move"), ("note", "kept")]),
        ("status", vec![("action", "move"), ("status", "4711")]),
        (
            "status",
            vec![("action", "move"), ("status", archived.as_str())],
        ),
        ("owner", vec![("action", "assign")]),
        ("owner", vec![("action", "assign"), ("owner", "4711")]),
        (
            "until",
            vec![("action", "pause"), ("until", yesterday.as_str())],
        ),
        (
            "until",
            vec![("action", "pause"), ("until", ""), ("reason", "kept")],
        ),
        ("reason", vec![("action", "pause"), ("until", "2030-01-01")]),
        (
            "until",
            vec![("action", "pause"), ("until", "x"), ("reason", "kept")],
        ),
        ("note", vec![("action", "note"), ("note", "  ")]),
    ] {
        let sent = [&fields[..], &[("confirm", "1")]].concat();
        let wrong = by_hand(&mara, &ids, &sent).await;
        assert_eq!(wrong.status, 422, "{fields:?}: {wrong:?}");
        assert!(
            wrong.has(&format!("[name={field}][aria-invalid=true]")),
            "{fields:?}"
        );
        assert!(
            wrong.has("#preview [name=confirm]"),
            "it can be mended here: {fields:?}"
        );
    }
    assert_eq!(lead(&app, ids[0]).await.version, 1);
}

/// Asks for the page that a bulk action leads to until it has ended.
async fn wait_for_bulk(browser: &Browser, done: &Page) {
    assert_eq!(done.status, 303, "{done:?}");
    let path = done.leads_to().expect("a page");
    while browser.get(&path).await.has("progress[max='2000']") {
        ask_again().await;
    }
}

async fn two_thousand_ids_fit_and_too_many_are_refused(app: TestApp) {
    let all = (0..2_000).map(|n| draft(&format!("Lead {n}"))).collect();
    let ids = make(&app, all).await;
    let mara = app.signed_in(MARA).await;
    let target = status(&app, "Contacted").await.to_string();
    let preview = by_hand(&mara, &ids, &[("action", "move"), ("status", &target)]).await;
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Move 2,000 leads"]
    );
    let done = mara.submit(&preview, "#preview", &[("confirm", "1")]).await;
    wait_for_bulk(&mara, &done).await;
    assert!(is_in(&app, ids[1_999], "Contacted").await);
    let until = app
        .clock
        .now()
        .plus_seconds(9 * 86_400)
        .utc()
        .date_naive()
        .to_string();
    let fields = [("action", "pause"), ("scope", "all"), ("expect", "2000")];
    let fields = [
        &fields[..],
        &[("until", until.as_str()), ("reason", "r"), ("confirm", "1")],
    ]
    .concat();
    let done = by_hand(&mara, &[], &fields).await;
    wait_for_bulk(&mara, &done).await;
    assert!(lead(&app, ids[1_999]).await.is_paused(app.clock.now()));
    let many: Vec<i64> = (1..=5_001).collect();
    let back = "/admin/leads/stuck?owner=me";
    let fields = [("action", "delete"), ("confirm", "1"), ("back", back)];
    let refused = by_hand(&mara, &many, &fields).await;
    assert_eq!(refused.status, 422);
    let links = refused.attributes(".error-page a", "href");
    assert_eq!(links, [back], "back to the list that they came from");
    assert!(
        refused.text().contains("at most 5,000 leads"),
        "{refused:?}"
    );
}

async fn invalid_bulk_actions_are_refused(app: TestApp) {
    let ids = make(&app, vec![draft("Ana")]).await;
    let mara = app.signed_in(MARA).await;
    for odd in [
        "",
        "x",
        "-1",
        "01",
        "1e3",
        "99999999999999999999",
        "2 or 1=1",
    ] {
        let sent = [("ids", odd), ("action", "delete"), ("confirm", "1")];
        let answer = by_hand(&mara, &[], &sent).await;
        assert_eq!(answer.status, 422, "{odd}: {answer:?}");
    }
    let nobody = by_hand(&mara, &[4_711], &[("action", "delete"), ("confirm", "1")]).await;
    assert!([404, 409].contains(&nobody.status), "{nobody:?}");
    let mixed = by_hand(
        &mara,
        &[ids[0], 4_711],
        &[("action", "delete"), ("confirm", "1")],
    )
    .await;
    assert_eq!(mixed.status, 409, "{mixed:?}");
    assert!(
        !lead(&app, ids[0]).await.is_in_bin(),
        "another number is shown first"
    );
    for fields in [
        [("action", "nonsense")].as_slice(),
        &[],
        &[("action", "\0")],
        &[("action", "move"), ("note", "\0")],
    ] {
        let answer = by_hand(&mara, &ids, fields).await;
        assert!(
            [400, 422].contains(&answer.status),
            "{fields:?}: {answer:?}"
        );
    }
    let sent = [
        ("action", "delete"),
        ("back", "https://example.com/"),
        ("confirm", "1"),
    ];
    let done = by_hand(&mara, &ids, &sent).await;
    assert_eq!(done.leads_to().as_deref(), Some(LIST), "never elsewhere");
    let forged = mara
        .post("/admin/leads/bulk", &[("action", "delete"), ("csrf", "x")])
        .await;
    assert_eq!(forged.status, 403);
}

async fn a_status_that_takes_no_leads_is_refused_as_by_the_api(app: TestApp) {
    let ids = make(&app, vec![draft("Ana")]).await;
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let parked = api.create_status("Parked").await;
    let archive = json!({"archived": true});
    api.put(&format!("lead_statuses/{parked}"), archive).await;
    for (status, why) in [
        (parked, "This status is archived. Choose an active one"),
        (4711, "This status doesn’t exist. Choose an active one"),
    ] {
        let body = json!({"status": status});
        let call = api.post(&format!("leads/{}/status", ids[0]), body).await;
        assert_eq!(call.json()["errors"]["status"], json!([why]));
        let to = status.to_string();
        let preview = by_hand(&browser, &ids, &[("action", "move"), ("status", &to)]).await;
        assert_eq!(preview.status, 422);
        assert!(preview.text().contains(why), "{preview:?}");
    }
}
