use super::{LEADS, OF_LEADS, OF_STATUSES, STATUSES, post_by_hand};
use crate::leads::lead_builder::{draft, lead, make};
use crate::support::{ALICE, MARA, TestApp};

both!(
    a_bulk_action_on_leads_with_a_filter_that_cannot_be_read_does_nothing,
    a_bulk_action_on_statuses_with_a_filter_that_cannot_be_read_does_nothing,
    all_that_match_without_a_number_is_refused,
    a_number_that_cannot_be_read_is_refused,
    an_unknown_scope_is_refused,
    one_id_that_cannot_be_read_refuses_all,
);

async fn a_bulk_action_on_leads_with_a_filter_that_cannot_be_read_does_nothing(app: TestApp) {
    let ids = make(&app, vec![draft("Ana"), draft("Ion")]).await;
    let browser = app.signed_in(MARA).await;
    let bulk = format!("{LEADS}/bulk");
    for (name, value) in OF_LEADS {
        for more in [
            &[("confirm", "1")][..],
            &[],
            &[("expect", "2"), ("confirm", "1")],
        ] {
            for action in ["delete", "restore", "export"] {
                let all = [("scope", "all"), ("action", action), (name, value)];
                let answer = post_by_hand(&browser, &bulk, &[&all[..], more].concat()).await;
                assert_eq!(answer.status, 422, "{action} {name}={value}: {answer:?}");
                assert!(answer.text().contains(value), "{name}: {answer:?}");
            }
        }
    }
    // The field of the action is the last of two, the filter the first.
    let fields = [
        ("scope", "all"),
        ("action", "move"),
        ("status", "Contacted"),
        ("status", "2"),
        ("expect", "2"),
        ("confirm", "1"),
    ];
    let answer = post_by_hand(&browser, &bulk, &fields).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    for id in ids {
        assert_eq!(lead(&app, id).await.version, 1);
    }
}

async fn a_bulk_action_on_statuses_with_a_filter_that_cannot_be_read_does_nothing(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let before = api.get("lead_statuses?archived=all").await.json();
    let bulk = format!("{STATUSES}/bulk");
    for (name, value) in OF_STATUSES {
        for action in ["archive", "delete", "edit", "export"] {
            let fields = [
                ("scope", "all"),
                ("action", action),
                (name, value),
                ("q", "contacted"),
                ("new_limit_days", "77"),
                ("expect", "1"),
                ("confirm", "1"),
            ];
            let answer = post_by_hand(&browser, &bulk, &fields).await;
            assert_eq!(answer.status, 422, "{action} {name}={value}: {answer:?}");
            assert!(answer.text().contains(value), "{name}: {answer:?}");
        }
    }
    assert_eq!(api.get("lead_statuses?archived=all").await.json(), before);
}

async fn all_that_match_without_a_number_is_refused(app: TestApp) {
    let ids = make(&app, vec![draft("Ana"), draft("Ion")]).await;
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    for expect in [&[][..], &[("expect", "")]] {
        for confirm in [&[][..], &[("confirm", "1")]] {
            for (path, action) in [(LEADS, "delete"), (LEADS, "note"), (STATUSES, "archive")] {
                let all = [
                    ("scope", "all"),
                    ("action", action),
                    ("q", "o"),
                    ("note", "x"),
                ];
                let fields = [&all[..], expect, confirm].concat();
                let answer = post_by_hand(&browser, &format!("{path}/bulk"), &fields).await;
                assert_eq!(answer.status, 422, "{path} {action}: {answer:?}");
            }
        }
    }
    assert_eq!(lead(&app, ids[1]).await.version, 1);
    assert_eq!(api.statuses().await.len(), 6);
    // A file changes nothing, and says what there is.
    let fields = [("scope", "all"), ("action", "export"), ("q", "ana")];
    let file = post_by_hand(&browser, &format!("{LEADS}/bulk"), &fields).await;
    assert!(
        file.status == 200 && file.answer.text().contains("Ana"),
        "{file:?}"
    );
}

async fn a_number_that_cannot_be_read_is_refused(app: TestApp) {
    let ids = make(&app, vec![draft("Ana")]).await;
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    for expect in [
        "x",
        "-1",
        "+1",
        "01",
        "1e0",
        " 1",
        "1.0",
        "deadbeef",
        "99999999999999999999",
    ] {
        for (path, action) in [(LEADS, "delete"), (STATUSES, "archive"), (LEADS, "export")] {
            let fields = [
                ("scope", "all"),
                ("action", action),
                ("q", "a"),
                ("expect", expect),
                ("confirm", "1"),
            ];
            let answer = post_by_hand(&browser, &format!("{path}/bulk"), &fields).await;
            assert_eq!(answer.status, 422, "{path} {action} {expect:?}: {answer:?}");
        }
    }
    assert!(!lead(&app, ids[0]).await.is_in_bin());
    assert_eq!(api.statuses().await.len(), 6);
}

async fn an_unknown_scope_is_refused(app: TestApp) {
    let ids = make(&app, vec![draft("Ana")]).await;
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = ids[0].to_string();
    let contacted = api.status_id("Contacted").await.to_string();
    for scope in ["foo", "ALL", "1", "page"] {
        for (path, id) in [(LEADS, &id), (STATUSES, &contacted)] {
            let fields = [
                ("scope", scope),
                ("ids", id),
                ("action", "delete"),
                ("expect", "1"),
                ("confirm", "1"),
            ];
            let answer = post_by_hand(&browser, &format!("{path}/bulk"), &fields).await;
            assert_eq!(answer.status, 422, "{path} {scope}: {answer:?}");
        }
    }
    assert!(!lead(&app, ids[0]).await.is_in_bin());
    assert_eq!(api.statuses().await.len(), 6);
}

async fn one_id_that_cannot_be_read_refuses_all(app: TestApp) {
    let ids = make(&app, vec![draft("Ana")]).await;
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let id = ids[0].to_string();
    let contacted = api.status_id("Contacted").await.to_string();
    for odd in ["x", "", "01", "-1", "99999999999999999999"] {
        for (path, id) in [(LEADS, &id), (STATUSES, &contacted)] {
            for action in ["delete", "export"] {
                let fields = [
                    ("ids", id.as_str()),
                    ("ids", odd),
                    ("action", action),
                    ("confirm", "1"),
                ];
                let answer = post_by_hand(&browser, &format!("{path}/bulk"), &fields).await;
                assert_eq!(answer.status, 422, "{path} {action} {odd:?}: {answer:?}");
            }
        }
    }
    assert!(!lead(&app, ids[0]).await.is_in_bin());
    assert_eq!(api.statuses().await.len(), 6);
}
