//! Lists of more leads than are read at once: they begin where their first lead can be.

use super::lead_builder::{draft, make, pause};
use crate::support::{ALICE, TestApp};

both!(the_leads_that_changed_the_longest_ago_are_first_among_many);

/// More leads than are read at once.
const MANY: usize = 2_050;
const DAY: i64 = 86_400;

async fn the_leads_that_changed_the_longest_ago_are_first_among_many(app: TestApp) {
    let waiting = ["Waited", "Stayed", "Waits"].map(|name| draft(name).in_status("Qualified", 0));
    let waiting = make(&app, waiting.to_vec()).await;
    pause(&app, waiting[0], 20).await;
    pause(&app, waiting[2], 40).await;
    app.clock.advance(21 * DAY);
    let fresh = (0..MANY).map(|number| draft(&format!("Lead {number}")).in_status("Qualified", 0));
    make(&app, fresh.collect()).await;
    let today = app.clock.now().utc().date_naive();
    let api = app.api(ALICE);
    // The time of a pause doesn't count, so that the lead whose pause has ended is on track.
    for (filter, first) in [
        ("state=on_track".to_owned(), ["Waited", "Lead 0", "Lead 1"]),
        (
            "state=on_track&status=3&q=a".to_owned(),
            ["Waited", "Lead 0", "Lead 1"],
        ),
        (
            format!("entered_from={today}"),
            ["Lead 0", "Lead 1", "Lead 2"],
        ),
    ] {
        let list = format!("leads?{filter}&sort=updated_at&page=1&per_page=3");
        let answer = api.get(&list).await.json();
        let rows = answer["data"].as_array().unwrap().iter();
        let names: Vec<&str> = rows.map(|lead| lead["name"].as_str().unwrap()).collect();
        assert_eq!(names, first, "{filter}");
    }
}
