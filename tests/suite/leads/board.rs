//! The board: what its columns hold and count, and moving a lead from one to another.

use lead_statuses::channel::Channel;
use lead_statuses::leads;

use super::fixtures::{CARD_MOVE, move_card};
use super::lead_builder::{draft, make, pause};
use crate::support::{ALICE, MARA, Page, RADU, TestApp, VERA};

both!(
    columns_are_in_the_order_of_the_pipeline_with_counts_and_sums,
    a_column_shows_twenty_and_goes_on_where_it_stopped,
    filters_narrow_cards_counts_and_sums_alike,
    closed_statuses_are_folded_until_they_are_opened,
    a_card_says_who_how_much_and_how_long,
    a_move_leaves_the_rows_of_any_move_with_the_board_as_its_channel,
    a_refused_move_says_why_on_the_current_board,
    a_rep_moves_own_leads_and_a_viewer_none,
    moving_back_at_once_offers_to_void_both_moves,
);

const BOARD: &str = "/admin/leads/board";
/// The names on the cards of a column, from top to bottom.
fn cards(page: &Page, status: i64) -> Vec<String> {
    page.texts(&format!("[data-cards='{status}'] .board-name"))
}

fn count(page: &Page, status: i64) -> String {
    page.texts(&format!("#head-{status} .board-count")).concat()
}

async fn ids(app: &TestApp) -> Vec<i64> {
    let all = app.api(ALICE).statuses().await;
    all.iter().map(|s| s["id"].as_i64().unwrap()).collect()
}

async fn columns_are_in_the_order_of_the_pipeline_with_counts_and_sums(app: TestApp) {
    let ids = ids(&app).await;
    make(
        &app,
        vec![
            draft("Young").worth(150_000_000),
            draft("Old").in_status("New", 100).worth(50_000),
            draft("Middle").in_status("New", 50),
            draft("Won already").in_status("Won", 3).worth(1_234_500),
        ],
    )
    .await;
    let page = app.signed_in(MARA).await.get(BOARD).await;
    assert_eq!(
        page.texts(".board-title h2"),
        ["New", "Contacted", "Qualified", "Proposal", "Won", "Lost"]
    );
    assert_eq!(cards(&page, ids[0]), ["Old", "Middle", "Young"]);
    assert_eq!(
        (count(&page, ids[0]), count(&page, ids[1])),
        ("3".into(), "0".into())
    );
    let sums = page.texts(".board-facts > .num");
    assert_eq!(sums, ["1.5M EUR", "12.3k EUR"]);
    let stuck = page.one(&format!("#head-{} .tag.state-stuck", ids[0]));
    let href = format!("/admin/leads/stuck?status={}", ids[0]);
    assert_eq!(stuck.attr("href"), Some(href.as_str()));
    assert_eq!(page.texts(".board-facts .tag.state-stuck"), ["2 stuck"]);
}

async fn a_column_shows_twenty_and_goes_on_where_it_stopped(app: TestApp) {
    let ids = ids(&app).await;
    // Of equal age, so that only their ids differ.
    let drafts = (0..45).map(|n| draft(&format!("Lead {n:02}")).in_status("Contacted", 3));
    make(&app, drafts.collect()).await;
    let browser = app.signed_in(MARA).await;
    let mut page = browser.get(BOARD).await;
    let mut met = Vec::new();
    for expected in [20, 20, 5] {
        let names = cards(&page, ids[1]);
        assert_eq!(names.len(), expected);
        met.extend(names);
        assert_eq!(count(&page, ids[1]), "45");
        let more = page.attributes("a[data-more]", "href");
        match more.first() {
            Some(href) => page = browser.get(href).await,
            None => break,
        }
    }
    let all: Vec<String> = (0..45).map(|n| format!("Lead {n:02}")).collect();
    assert_eq!(met, all);
    let start = page.attributes("a.board-more", "href");
    assert_eq!(cards(&browser.get(&start[0]).await, ids[1]), all[..20]);
}

async fn filters_narrow_cards_counts_and_sums_alike(app: TestApp) {
    make(
        &app,
        vec![
            draft("Ștefan Pop")
                .in_status("New", 1)
                .of(RADU)
                .worth(10_000),
            draft("Ana Pop")
                .in_status("New", 200)
                .of(MARA)
                .from("Fair")
                .worth(20_000),
            draft("Ion Rusu")
                .in_status("Contacted", 1)
                .from("Fair")
                .worth(40_000),
            draft("Ana Won").in_status("Won", 1).of(RADU).worth(80_000),
        ],
    )
    .await;
    let browser = app.signed_in(RADU).await;
    for (query, names, sums) in [
        ("owner=me", vec!["Ștefan Pop"], vec!["100 EUR", "800 EUR"]),
        ("owner=none", vec!["Ion Rusu"], vec!["400 EUR"]),
        (
            "source=Fair",
            vec!["Ana Pop", "Ion Rusu"],
            vec!["200 EUR", "400 EUR"],
        ),
        ("q=stefan", vec!["Ștefan Pop"], vec!["100 EUR"]),
        ("q=ana", vec!["Ana Pop"], vec!["200 EUR", "800 EUR"]),
        ("state=stuck", vec!["Ana Pop"], vec!["200 EUR"]),
        ("q=nobody", vec![], vec![]),
    ] {
        let page = browser.get(&format!("{BOARD}?{query}")).await;
        assert_eq!(page.texts(".board-card .board-name"), names, "{query}");
        assert_eq!(page.texts(".board-facts > .num"), sums, "{query}");
        let counts: i64 = page
            .texts(".board-count")
            .iter()
            .map(|n| n.parse::<i64>().unwrap())
            .sum();
        assert_eq!(counts, sums.len() as i64, "{query}");
    }
    let mine = browser.get(&format!("{BOARD}?owner=me")).await;
    assert!(mine.text().contains("Owner: Me"));
    assert_eq!(mine.attributes(".chip", "href"), [BOARD]);
}

async fn closed_statuses_are_folded_until_they_are_opened(app: TestApp) {
    let ids = ids(&app).await;
    make(
        &app,
        vec![
            draft("Done").in_status("Won", 3),
            draft("Gone").in_status("Lost", 3),
        ],
    )
    .await;
    let browser = app.signed_in(MARA).await;
    let page = browser.get(BOARD).await;
    assert_eq!(page.texts(".folded h2"), ["Won", "Lost"]);
    assert_eq!(
        (count(&page, ids[4]), cards(&page, ids[4]).len()),
        ("1".into(), 0)
    );
    assert!(
        page.has(&format!(".folded [data-cards='{}']", ids[4])),
        "one can drop there"
    );
    let open = &page.attributes(".folded .board-facts a", "href")[0];
    assert_eq!(*open, format!("{BOARD}?open={}", ids[4]));
    let page = browser.get(open).await;
    assert_eq!(cards(&page, ids[4]), ["Done"]);
    assert_eq!(page.texts(".folded h2"), ["Lost"]);
    // Leads that left in time still count where the status is; an archived one has no column.
    let archived = app.api(ALICE).create_status("Parked").await;
    let body = serde_json::json!({"archived": true});
    assert_eq!(
        app.api(ALICE)
            .put(&format!("lead_statuses/{archived}"), body)
            .await
            .status,
        200
    );
    assert!(!browser.get(BOARD).await.has(&format!("#head-{archived}")));
}

async fn a_card_says_who_how_much_and_how_long(app: TestApp) {
    let ids = ids(&app).await;
    let made = make(
        &app,
        vec![
            draft("Ana Pop")
                .in_status("Qualified", 400)
                .of(RADU)
                .worth(105_400),
            draft("Aside").in_status("Qualified", 300),
        ],
    )
    .await;
    pause(&app, made[1], 9).await;
    let page = app.signed_in(RADU).await.get(BOARD).await;
    let card = page.texts(&format!("#lead-{}", made[0])).concat();
    assert!(
        card.contains("Radu Stănescu 1,054 EUR 400 days , Stuck"),
        "{card}"
    );
    let link = format!("#lead-{} .board-name", made[0]);
    let back = "?back=%2Fadmin%2Fleads%2Fboard";
    assert_eq!(
        page.attributes(&link, "href"),
        [format!("/admin/leads/{}{back}", made[0])]
    );
    let aside = page.texts(&format!("#lead-{}", made[1])).concat();
    assert!(
        aside.contains("Nobody") && aside.contains("Paused: "),
        "{aside}"
    );
    // The head of a column shows what its status means.
    let about = page.texts(&format!("#about-{}", ids[2])).concat();
    assert!(
        about.contains("Enter when") && about.contains("limit"),
        "{about}"
    );
}

async fn a_move_leaves_the_rows_of_any_move_with_the_board_as_its_channel(app: TestApp) {
    let ids = ids(&app).await;
    let lead = make(
        &app,
        vec![draft("Ana Pop").in_status("New", 12).from("Fair")],
    )
    .await[0];
    let browser = app.signed_in(MARA).await;
    let page = browser.get(&format!("{BOARD}?source=Fair")).await;
    let card = format!("#lead-{lead}");
    let offered = page.attributes(&format!("{CARD_MOVE} [name=status]"), "value");
    let all: Vec<String> = ids.iter().map(i64::to_string).collect();
    assert_eq!(offered, all, "the menu of a card leaves out its own");
    let without_script = page.attributes(&format!("{card} a[data-menu]"), "href");
    let back = "back=%2Fadmin%2Fleads%2Fboard%3Fsource%3DFair";
    assert_eq!(
        without_script,
        [format!("/admin/leads/{lead}?{back}#f-status")]
    );
    let to = ids[2].to_string();
    let done = move_card(&browser, &page, lead, &to).await;
    let next = format!("{BOARD}?source=Fair&moved={lead}");
    assert_eq!(done.leads_to(), Some(next));
    let page = browser.follow(&done).await;
    assert!(page.text().contains("Ana Pop moved to Qualified"));
    assert_eq!(
        (cards(&page, ids[0]).len(), cards(&page, ids[2])),
        (0, vec!["Ana Pop".to_owned()])
    );
    assert!(page.has(".board-card.moved"));
    let visits = app
        .db
        .read(move |conn| leads::visits(conn, lead))
        .await
        .unwrap();
    assert_eq!(visits.len(), 2);
    assert_eq!(
        (visits[1].channel, visits[1].status_id),
        (Channel::Board, ids[2])
    );
    assert_eq!(
        (visits[1].actor.as_str(), visits[1].is_open()),
        (MARA.name, true)
    );
    assert_eq!(
        (visits[0].left_at, visits[0].next_status_id),
        (Some(visits[1].entered_at), Some(ids[2]))
    );
    // A second move to the same status changes nothing.
    let again = browser
        .post(
            &format!("/admin/leads/{lead}/move"),
            &[("csrf", &page.csrf()), ("status", &to)],
        )
        .await;
    assert_eq!(again.status, 303);
    assert_eq!(
        app.db
            .read(move |conn| leads::visits(conn, lead))
            .await
            .unwrap()
            .len(),
        2
    );
}

async fn a_refused_move_says_why_on_the_current_board(app: TestApp) {
    let ids = ids(&app).await;
    let lead = make(&app, vec![draft("Ana Pop").in_status("New", 1)]).await[0];
    let parked = app.api(ALICE).create_status("Parked").await;
    let (mara, alice) = (app.signed_in(MARA).await, app.signed_in(ALICE).await);
    let seen = mara.get(BOARD).await;
    let card = format!("#lead-{lead}");
    let archive = serde_json::json!({"archived": true});
    app.api(ALICE)
        .put(&format!("lead_statuses/{parked}"), archive)
        .await;
    for (status, stderr) in [
        (
            parked.to_string(),
            "This status is archived. Choose an active one",
        ),
        (
            "4711".to_owned(),
            "This status doesn’t exist. Choose an active one",
        ),
        (
            "x".to_owned(),
            "This status doesn’t exist. Choose an active one",
        ),
    ] {
        let refused = move_card(&mara, &seen, lead, &status).await;
        assert_eq!(refused.status, 422, "{status}");
        assert_eq!(refused.texts("#banners [data-banner-text]"), [stderr]);
        assert_eq!(cards(&refused, ids[0]), ["Ana Pop"]);
    }
    let page = alice.get(BOARD).await;
    move_card(&alice, &page, lead, &ids[1].to_string()).await;
    let lost = move_card(&mara, &seen, lead, &ids[2].to_string()).await;
    assert_eq!(lost.status, 409);
    let stderr = lost.texts("#banners [role=alert]").concat();
    assert!(
        stderr.contains("Alice Pop") && stderr.contains("Contacted"),
        "{stderr}"
    );
    assert_eq!(
        (cards(&lost, ids[0]).len(), cards(&lost, ids[1])),
        (0, vec!["Ana Pop".to_owned()])
    );
    // The card can be moved on from the answered board.
    let done = move_card(&mara, &lost, lead, &ids[2].to_string()).await;
    assert_eq!(done.status, 303);
    assert_eq!(
        mara.submit_menu(&seen, &card, CARD_MOVE, &[("csrf", "x"), ("status", "1")])
            .await
            .status,
        403
    );
    let csrf = seen.csrf();
    let nowhere = mara
        .post(
            "/admin/leads/4711/move",
            &[("csrf", &csrf), ("status", "1")],
        )
        .await;
    assert_eq!(nowhere.status, 404);
}

async fn a_rep_moves_own_leads_and_a_viewer_none(app: TestApp) {
    let ids = ids(&app).await;
    let made = make(
        &app,
        vec![
            draft("His own").in_status("New", 1).of(RADU),
            draft("Another's").in_status("New", 2),
        ],
    )
    .await;
    let (browser, to) = (app.signed_in(RADU).await, ids[1].to_string());
    let page = browser.get(BOARD).await;
    assert_eq!(page.texts("[data-card] .board-name"), ["His own"]);
    let csrf = page.csrf();
    let by_hand = [("csrf", csrf.as_str()), ("status", &to)];
    let path = |index: usize| format!("/admin/leads/{}/move", made[index]);
    let refused = browser.post(&path(1), &by_hand).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("This lead belongs to someone else"));
    assert_eq!(cards(&refused, ids[0]), ["Another's", "His own"]);
    assert_eq!(browser.post(&path(0), &by_hand).await.status, 303);
    let viewer = app.signed_in(VERA).await;
    let page = viewer.get(BOARD).await;
    assert!(!page.has("[data-card]") && !page.has("form[method=post][data-board-move]"));
    let csrf = page.csrf();
    let by_hand = [("csrf", csrf.as_str()), ("status", &to)];
    assert_eq!(viewer.post(&path(1), &by_hand).await.status, 403);
}

async fn moving_back_at_once_offers_to_void_both_moves(app: TestApp) {
    let ids = ids(&app).await;
    let lead = make(&app, vec![draft("Ana Pop").in_status("New", 12)]).await[0];
    let browser = app.signed_in(MARA).await;
    let mut page = browser.get(BOARD).await;
    for (to, offers) in [(ids[1], false), (ids[0], true)] {
        let done = move_card(&browser, &page, lead, &to.to_string()).await;
        page = browser.follow(&done).await;
        let href = format!("#banners a[href^='/admin/leads/{lead}']");
        assert_eq!(page.has(&href), offers);
    }
}
