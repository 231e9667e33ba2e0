use super::{LIST, names};
use crate::support::{ALICE, Api, Browser, Page, TestApp};

both!(
    a_row_moves_by_a_step_or_to_a_position,
    a_position_that_does_not_exist_is_refused,
    a_move_is_taken_back
);

async fn step(browser: &Browser, api: &Api, name: &str, fields: &[(&str, &str)]) -> Page {
    let (page, id) = (browser.get(LIST).await, api.status_id(name).await);
    let row = format!("tr:has([name=ids][value='{id}'])");
    browser
        .submit_menu(&page, &row, "form[data-move]", fields)
        .await
}

async fn a_row_moves_by_a_step_or_to_a_position(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    for (name, fields, expected) in [
        (
            "Lost",
            [("to", "top")].as_slice(),
            "Lost New Contacted Qualified Proposal Won",
        ),
        (
            "Lost",
            &[("to", "down")],
            "New Lost Contacted Qualified Proposal Won",
        ),
        (
            "Won",
            &[("to", "up")],
            "New Lost Contacted Qualified Won Proposal",
        ),
        (
            "New",
            &[("to", "bottom")],
            "Lost Contacted Qualified Won Proposal New",
        ),
        (
            "New",
            &[("to", "position"), ("position", "2")],
            "Lost New Contacted Qualified Won Proposal",
        ),
    ] {
        let done = step(&browser, &api, name, fields).await;
        let list = browser.follow(&done).await;
        assert_eq!(names(&list).join(" "), expected, "{name} {fields:?}");
        assert!(
            list.texts("#banners [data-banner-text]")
                .concat()
                .contains(name)
        );
    }
    let positions: Vec<i64> = api
        .statuses()
        .await
        .iter()
        .map(|one| one["statusorder"].as_i64().unwrap())
        .collect();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
}

async fn a_position_that_does_not_exist_is_refused(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let before = names(&browser.get(LIST).await);
    for position in ["0", "-1", "x", "", "1.5", "99999999999999999999"] {
        let answer = step(
            &browser,
            &api,
            "Qualified",
            &[("to", "position"), ("position", position)],
        )
        .await;
        assert!(
            [303, 422].contains(&answer.status),
            "{position}: {}",
            answer.status
        );
    }
    let sideways = step(&browser, &api, "Qualified", &[("to", "sideways")]).await;
    assert_eq!(sideways.status, 422);
    let after = names(&browser.get(LIST).await);
    assert_eq!(after.len(), before.len());
    let far = step(
        &browser,
        &api,
        "New",
        &[("to", "position"), ("position", "4711")],
    )
    .await;
    assert!([303, 422].contains(&far.status));
}

async fn a_move_is_taken_back(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let before = names(&browser.get(LIST).await);
    let done = step(&browser, &api, "Lost", &[("to", "top")]).await;
    let list = browser.follow(&done).await;
    let undone = browser.submit(&list, "form[action$='/undo']", &[]).await;
    assert_eq!(names(&browser.follow(&undone).await), before);
}
