//! The sizes of pages with 25 statuses, in each open one more leads than its column of the board shows.

use lead_statuses::leads::domain::text::TextLine;
use lead_statuses::web::assets::{
    APP_JS, Asset, FAVICON_SVG, GEIST_LATIN_EXT_WGHT_NORMAL_WOFF2, GEIST_LATIN_WGHT_NORMAL_WOFF2,
    ICONS_SVG, STYLE_CSS,
};
use serde_json::json;

use super::lead_builder::{draft, make};
use crate::support::{ALICE, MARA, Page, RADU, TestApp};

const STATUSES: usize = 25;
const PER_STATUS: usize = 21;
const KB: usize = 1024;
/// Of the 25, all but Won and Lost are open.
const FULL_COLUMNS: usize = STATUSES - 2;

async fn start_with_full_pages() -> TestApp {
    let app = TestApp::sqlite().await;
    let mut names = ["New", "Contacted", "Qualified", "Proposal"]
        .map(str::to_owned)
        .to_vec();
    names.extend((6..STATUSES).map(|number| format!("Stage {number}")));
    for name in &names[4..] {
        let body = json!({"name": name, "color": "#2a80e2", "kind": "open", "target_days": 5, "limit_days": 10,
            "definition": "Somebody who may buy has been spoken to, and knows what comes next.",
            "enter_when": ["A date for the next call is set", "The budget is named"]});
        assert_eq!(app.api(ALICE).post("lead_statuses", body).await.status, 201);
    }
    let leads = names.into_iter().enumerate().flat_map(|(number, name)| {
        let name: &'static str = name.leak();
        (0..PER_STATUS).map(move |n| {
            let lead = draft(&format!("Ștefan Popescu {number:02}{n:02}")).of(RADU);
            let mut lead = lead
                .in_status(name, 9 + n as i64)
                .worth(1_054_050)
                .from("Trade fair");
            lead.fields.company = TextLine::parse("Dacia Fields SRL").unwrap();
            lead
        })
    });
    make(&app, leads.collect()).await;
    app
}

/// The bytes that a browser takes in for this page and what it links to, at its first visit.
fn first_view(page: &Page) -> usize {
    let assets = [
        APP_JS,
        STYLE_CSS,
        ICONS_SVG,
        FAVICON_SVG,
        GEIST_LATIN_WGHT_NORMAL_WOFF2,
        GEIST_LATIN_EXT_WGHT_NORMAL_WOFF2,
    ];
    page.answer.sent + assets.iter().map(Asset::transfer_size).sum::<usize>()
}

#[tokio::test]
async fn pages_keep_to_their_size() {
    let app = start_with_full_pages().await;
    let browser = app.signed_in(MARA).await;
    let board = browser.get("/admin/leads/board").await;
    assert_eq!(board.all(".board-card").len(), FULL_COLUMNS * 20);
    assert!(board.answer.sent <= 60 * KB, "board: {}", board.answer.sent);
    assert!(
        board.all("*").len() <= 4_500,
        "board: {} elements",
        board.all("*").len()
    );
    assert_eq!(
        board.all("[data-board-move]").len(),
        1,
        "one menu for all cards"
    );
    let of_twenty = browser.get("/admin/leads").await.answer.bytes.len();
    let of_fifty = browser.get("/admin/leads?per=50").await.answer.bytes.len();
    let row = (of_fifty - of_twenty) / 30;
    assert!(row <= KB, "a row of leads: {row}");
    for path in [
        "/admin/leads/statuses",
        "/admin/leads",
        "/admin/leads/stuck",
    ] {
        let view = first_view(&browser.get(path).await);
        assert!(view <= 85 * KB, "{path}: {view}");
    }
}
