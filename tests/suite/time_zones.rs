//! Times as people see and type them, each in a time zone of their own; UTC in the database, the API and files.

use lead_statuses::clock::Zone;
use lead_statuses::i18n::Lang;
use reqwest::Method;
use serde_json::json;

use crate::exchange::assert_sound;
use crate::leads::fixtures::{create_lead, path_of, status};
use crate::leads::lead_builder::{draft, lead, make};
use crate::support::{ALICE, Backend, Browser, MARA, Page, RADU, TestApp};

both!(
    times_are_shown_in_the_zone_of_the_profile,
    the_browsers_zone_is_offered_until_one_is_chosen,
    days_are_filtered_in_the_zone_of_the_address,
    a_filter_by_day_carries_the_zone_of_its_user,
    the_log_is_filtered_by_days_of_the_zone,
    a_pause_ends_when_its_day_begins_for_the_user_who_paused,
    many_leads_are_paused_until_the_same_instant,
    an_hour_is_typed_in_the_zone_of_the_profile,
    a_move_dated_too_early_names_the_earliest_time,
    an_hour_that_the_clocks_skip_is_refused_and_one_that_they_repeat_is_asked,
);

const LIST: &str = "/admin/leads";
const STUCK: &str = "/admin/leads/stuck";
const ABOUT: &str = "form[action='/admin/profile']";
const MOVE: &str = "form[action$='/status']";
const PAUSE: &str = "main form[action$='/pause']";
/// Never the same day in both: they are 25 hours apart.
const EAST: &str = "Pacific/Kiritimati";
const WEST: &str = "Pacific/Pago_Pago";
const DAY: i64 = 86_400;

fn zone(name: &str) -> Zone {
    Zone::parse(name).expect("a zone")
}

/// Signs in and chooses a time zone.
async fn in_zone(app: &TestApp, who: crate::support::Person, zone: &str) -> Browser {
    let browser = app.signed_in(who).await;
    let page = browser.get("/admin/profile").await;
    let done = browser.submit(&page, ABOUT, &[("time_zone", zone)]).await;
    assert_eq!(done.status, 303, "{done:?}");
    browser
}

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody .lead-link, tbody .board-name")
}

async fn times_are_shown_in_the_zone_of_the_profile(app: TestApp) {
    let id = make(&app, vec![draft("Ana").in_status("New", 3)]).await[0];
    let made = lead(&app, id).await.created_at;
    let shown = |zone: Zone| zone.local(made).format("%H:%M").to_string();
    let radu = app.signed_in(RADU).await;
    let titles = async || {
        let page = radu.get(&format!("{LIST}/{id}")).await;
        page.attributes("time", "title").join(" ")
    };
    assert!(
        titles()
            .await
            .contains(&format!("{} UTC", shown(Zone::UTC)))
    );
    let page = radu.get("/admin/profile").await;
    for wrong in ["Mars/Olympus", "europe", "+02:00"] {
        let refused = radu.submit(&page, ABOUT, &[("time_zone", wrong)]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.has("#f-time_zone-error"), "{wrong}");
        assert_eq!(refused.form(ABOUT).value("time_zone"), Some(wrong));
    }
    assert!(page.has("datalist#zones option"), "the zones are offered");
    let radu = in_zone(&app, RADU, "Asia/Kolkata").await;
    let kolkata = format!("{} IST", shown(zone("Asia/Kolkata")));
    let page = radu.get(&format!("{LIST}/{id}")).await;
    let titles = page.attributes("time", "title").join(" ");
    assert!(titles.contains(&kolkata), "{titles}: {kolkata}");
    let log = app.signed_in(ALICE).await.get("/admin/audit").await;
    assert!(
        log.text().contains("Time zone After: Asia/Kolkata"),
        "{}",
        log.text()
    );
    let read = app.api(RADU).get(&format!("leads/{id}")).await.json();
    assert_eq!(read["created_at"], made.rfc3339(), "the API is in UTC");
}

#[tokio::test]
async fn a_user_without_a_zone_sees_that_of_the_server() {
    let change = |config: &mut lead_statuses::config::Config| config.time_zone = zone(EAST);
    let app = TestApp::with(Backend::Sqlite, change)
        .await
        .expect("SQLite");
    let lead = create_lead(&app, "Ana", None).await;
    let page = app.signed_in(RADU).await.get(&path_of(&lead)).await;
    let titles = page.attributes("time", "title").join(" ");
    assert!(titles.contains("UTC+14"), "{titles}");
}

async fn the_browsers_zone_is_offered_until_one_is_chosen(app: TestApp) {
    let radu = app.signed_in(RADU).await;
    let offer = "form[data-zone='UTC'][hidden]";
    let list = radu.get(&format!("{LIST}?owner=me")).await;
    assert!(list.has(offer), "hidden until the browser has another one");
    let wrong = radu.submit(&list, offer, &[("time_zone", "Mars/X")]).await;
    assert_eq!(wrong.status, 422);
    let done = radu.submit(&list, offer, &[("time_zone", EAST)]).await;
    assert_eq!(done.leads_to().as_deref(), Some("/admin/leads?owner=me"));
    let list = radu.follow(&done).await;
    assert!(!list.has("form[data-zone]"), "it is chosen");
    let profile = radu.get("/admin/profile").await;
    assert_eq!(profile.form(ABOUT).value("time_zone"), Some(EAST));
}

async fn days_are_filtered_in_the_zone_of_the_address(app: TestApp) {
    let id = make(&app, vec![draft("Ana").in_status("New", 30)]).await[0];
    let made = lead(&app, id).await.created_at;
    let (radu, api) = (in_zone(&app, RADU, WEST).await, app.api(ALICE));
    let (east, west) = (zone(EAST).day(made), zone(WEST).day(made));
    let utc = Zone::UTC.day(made);
    for (query, is_found) in [
        (
            format!("created_from={east}&created_to={east}&tz={EAST}"),
            true,
        ),
        (
            format!("created_from={east}&created_to={east}&tz={WEST}"),
            false,
        ),
        (
            format!("entered_from={west}&entered_to={west}&tz={WEST}"),
            true,
        ),
        (
            format!("entered_from={west}&entered_to={west}&tz={EAST}"),
            false,
        ),
        (format!("created_from={utc}&created_to={utc}"), true),
        (format!("entered_to={west}&tz={EAST}"), false),
        (format!("entered_to={east}&tz={WEST}"), true),
        (format!("entered_from={east}&tz={WEST}"), false),
    ] {
        let expected = if is_found { vec!["Ana"] } else { vec![] };
        let page = radu.get(&format!("{LIST}?{query}")).await;
        assert_eq!(names(&page), expected, "{query}");
        let tab = page.texts("#tabs .tab").remove(0);
        assert_eq!(tab, format!("All {}", expected.len()), "{query}");
        let listed = api.get(&format!("leads?{query}&page=1")).await.json();
        assert_eq!(listed["meta"]["total"], expected.len(), "{query}");
        let board = radu.get(&format!("{LIST}/board?{query}")).await;
        assert_eq!(board.texts(".board-card .board-name"), expected, "{query}");
        let stuck = radu.get(&format!("{STUCK}?{query}")).await;
        assert_eq!(names(&stuck), expected, "{query}");
        let mara = app.signed_in(MARA).await;
        let file = format!("{LIST}/export?{query}&format=csv");
        let file = mara.send(mara.request(Method::GET, &file)).await;
        assert_eq!(file.text().contains("Ana"), is_found, "{query}");
    }
    let query = format!("{LIST}?created_from={east}&tz=Mars%2FX");
    let page = radu.get(&query).await;
    assert!(page.has(".unreadable") && names(&page).is_empty());
    let refused = api.get("leads?created_from=2026-01-01&tz=Mars%2FX").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.json()["errors"]["tz"].is_string() || refused.json()["errors"]["tz"].is_array()
    );
}

async fn a_filter_by_day_carries_the_zone_of_its_user(app: TestApp) {
    make(&app, vec![draft("Ana")]).await;
    let radu = in_zone(&app, RADU, EAST).await;
    let list = radu.get(LIST).await;
    let today = zone(EAST).day(app.clock.now()).to_string();
    let day = [("created_from", today.as_str())];
    let page = radu.submit(&list, "#filter form", &day).await;
    assert_eq!(names(&page), ["Ana"]);
    let chips = page.attributes(".chip", "href");
    assert!(chips.iter().all(|href| !href.contains("tz=")), "{chips:?}");
    let bulk = page.form("#bulk");
    assert_eq!(bulk.value("tz"), Some(EAST), "all that match are these");
    let sort = page.attributes("th a", "href").remove(0);
    assert!(sort.contains("tz=Pacific%2FKiritimati"), "{sort}");
    let label = page.texts(".chip").remove(0);
    assert!(!label.contains(EAST), "{label}");
    let shared = format!("{LIST}?created_from={today}&tz={EAST}");
    let theirs = app.signed_in(MARA).await.get(&shared).await;
    assert_eq!(names(&theirs), ["Ana"], "the same rows for everyone");
    assert!(theirs.texts(".chip")[0].contains(EAST), "said to others");
    assert_eq!(theirs.form("#filter form").value("tz"), Some(EAST));
}

async fn the_log_is_filtered_by_days_of_the_zone(app: TestApp) {
    let alice = in_zone(&app, ALICE, EAST).await;
    let (east, west) = (
        zone(EAST).day(app.clock.now()),
        zone(WEST).day(app.clock.now()),
    );
    let rows = async |query: String| {
        let log = alice.get(&format!("/admin/audit?{query}")).await;
        log.all("tbody tr").len()
    };
    assert!(rows(format!("from={east}&tz={EAST}")).await > 0);
    assert_eq!(rows(format!("from={east}&tz={WEST}")).await, 0);
    assert!(rows(format!("to={west}&tz={WEST}")).await > 0);
    let page = alice.get("/admin/audit").await;
    assert_eq!(page.form("#filter form").value("tz"), Some(EAST));
}

async fn a_pause_ends_when_its_day_begins_for_the_user_who_paused(app: TestApp) {
    let ids = make(
        &app,
        vec![
            draft("Ana").in_status("New", 90),
            draft("Ion").in_status("New", 90),
        ],
    )
    .await;
    let id = ids[0];
    let (mara, api) = (in_zone(&app, MARA, "Asia/Kathmandu").await, app.api(ALICE));
    let east = zone("Asia/Kathmandu");
    let day = east.day(app.clock.now().plus_seconds(3 * DAY));
    let until = day.to_string();
    let form = mara.get(&format!("{LIST}/{id}/pause")).await;
    let fields = [("until", until.as_str()), ("reason", "On holiday")];
    assert_eq!(mara.submit(&form, PAUSE, &fields).await.status, 303);
    let paused = lead(&app, id).await;
    let begins = east.start_of_day(day).unwrap();
    assert_eq!(begins.0 % 3_600_000_000, 900_000_000, "a quarter past");
    assert_eq!(paused.paused_until, Some(begins));
    assert_eq!(paused.resumes_on, Some(day));
    assert_sound(&app);
    let other = in_zone(&app, RADU, WEST).await;
    let shown = other.get(&format!("{LIST}/{id}")).await;
    let tag = shown.texts(".page-title .tag").join("");
    let number = day.format("%-d").to_string();
    assert!(tag.contains(&format!("Paused until {number} ")), "{tag}");
    let read = api.get(&format!("leads/{id}")).await.json();
    assert_eq!(read["paused_until"], begins.rfc3339());
    let as_read = json!({"until": read["paused_until"], "reason": "Still away"});
    let again = api.post(&format!("leads/{id}/pause"), as_read).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(lead(&app, id).await.resumes_on, Some(day), "as it was");
    let by_api = json!({"until": until, "reason": "Away"});
    let done = api.post(&format!("leads/{}/pause", ids[1]), by_api).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let utc = Zone::UTC.start_of_day(day);
    assert_eq!(
        lead(&app, ids[1]).await.paused_until,
        utc,
        "the API is in UTC"
    );
    let counted = async || {
        let alice = app.signed_in(ALICE).await;
        let status = api.status("New").await;
        let page = alice.get(&format!("{LIST}?state=paused")).await;
        let stuck = names(&alice.get(STUCK).await).len();
        let paused = names(&page).len();
        assert_eq!(page.texts("#tabs .tab")[4], format!("Paused {paused}"));
        assert_eq!(status["stuck_count"], stuck, "counters and list agree");
        let one = api.get(&format!("leads/{id}")).await.json();
        (one["state"].clone(), paused, stuck)
    };
    app.clock.advance(begins.seconds_since(app.clock.now()) - 5);
    assert_eq!(counted().await, (json!("paused"), 2, 0));
    app.clock.advance(10);
    assert_eq!(
        counted().await,
        (json!("stuck"), 1, 1),
        "Ion's is hours later"
    );
    app.clock.advance(6 * 3600);
    assert_eq!(counted().await, (json!("stuck"), 0, 2));
    assert_sound(&app);
}

async fn many_leads_are_paused_until_the_same_instant(app: TestApp) {
    let leads = (0..501).map(|n| draft(&format!("Lead {n}")));
    let ids = make(&app, leads.collect()).await;
    let mara = in_zone(&app, MARA, EAST).await;
    let day = zone(EAST).day(app.clock.now().plus_seconds(9 * DAY));
    let list = mara.get(LIST).await;
    let chosen = [("scope", "all"), ("action", "pause")];
    let preview = mara.submit(&list, "#bulk", &chosen).await;
    let tomorrow = zone(EAST).day(app.clock.now()).succ_opt().unwrap();
    assert_eq!(
        preview.attributes("input[name=until]", "min"),
        [tomorrow.to_string()]
    );
    let until = day.to_string();
    let fields = [
        ("until", until.as_str()),
        ("reason", "Fair"),
        ("confirm", "1"),
    ];
    let done = mara.submit(&preview, "#preview", &fields).await;
    assert!([200, 303].contains(&done.status), "{done:?}");
    let begins = zone(EAST).start_of_day(day);
    let mut last = None;
    for _ in 0..200 {
        last = lead(&app, ids[500]).await.paused_until;
        if last.is_some() {
            break;
        }
        mara.get(LIST).await;
    }
    assert_eq!(last, begins);
    let first = lead(&app, ids[0]).await;
    assert_eq!((first.paused_until, first.resumes_on), (begins, Some(day)));
}

async fn an_hour_is_typed_in_the_zone_of_the_profile(app: TestApp) {
    let ids = make(&app, vec![draft("Ana").in_status("New", 9_000); 2]).await;
    let mara = in_zone(&app, MARA, "Europe/Bucharest").await;
    let to = status(&app, "Contacted").await.to_string();
    let page = mara.get(&format!("{LIST}/{}", ids[0])).await;
    let fields = [("status", to.as_str()), ("entered_at", "2020-07-01T10:00")];
    let moved = mara.submit(&page, MOVE, &fields).await;
    assert_eq!(moved.status, 303, "{moved:?}");
    let fields = [
        ("action", "move"),
        ("status", to.as_str()),
        ("entered_at", "2020-07-01T10:00"),
        ("confirm", "1"),
    ];
    let done = crate::leads::bulk::by_hand(&mara, &ids[1..], &fields).await;
    assert_eq!(done.status, 303, "{done:?}");
    for id in ids {
        let since = lead(&app, id).await.status_since;
        assert_eq!(since.rfc3339(), "2020-07-01T07:00:00Z");
    }
}

async fn a_move_dated_too_early_names_the_earliest_time(app: TestApp) {
    let ids = make(&app, vec![draft("Ana").in_status("New", 30); 2]).await;
    let since = lead(&app, ids[0]).await.status_since;
    let mara = in_zone(&app, MARA, "Europe/Bucharest").await;
    let to = status(&app, "Contacted").await.to_string();
    let typed = [("status", to.as_str()), ("entered_at", "2020-07-01T10:00")];
    let local = Lang::En.datetime(since, zone("Europe/Bucharest"));
    let page = mara.get(&format!("{LIST}/{}", ids[0])).await;
    let refused = mara.submit(&page, MOVE, &typed).await;
    let error = refused.texts("#f-entered_at-error").join("");
    assert!(error.contains(&local), "{error}");
    let fields = [typed.as_slice(), &[("action", "move")]].concat();
    let preview = crate::leads::bulk::by_hand(&mara, &ids, &fields).await;
    assert!(preview.text().contains(&local), "{preview:?}");
    let (path, at) = (format!("leads/{}/status", ids[0]), "2020-07-01T10:00:00Z");
    let body = json!({"status": to, "entered_at": at});
    let refused = app.api(MARA).post(&path, body).await;
    let utc = Lang::En.datetime(since, Zone::UTC);
    assert!(refused.text().contains(&utc), "{}", refused.text());
}

async fn an_hour_that_the_clocks_skip_is_refused_and_one_that_they_repeat_is_asked(app: TestApp) {
    let ids = make(&app, vec![draft("Ana").in_status("New", 9_000); 2]).await;
    let mara = in_zone(&app, MARA, "Europe/Bucharest").await;
    let to = status(&app, "Contacted").await.to_string();
    let page = mara.get(&format!("{LIST}/{}", ids[0])).await;
    let typed = |at: &'static str| [("status", to.clone()), ("entered_at", at.to_owned())];
    let sent = async |page: &Page, form: &str, at: &'static str, hour: &str, confirm: bool| {
        let mut fields: Vec<(&str, String)> = typed(at).to_vec();
        if !hour.is_empty() {
            fields.push(("entered_hour", hour.to_owned()));
        }
        if confirm {
            fields.push(("confirm", "1".to_owned()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        mara.submit(page, form, &fields).await
    };
    let bulk = crate::leads::bulk::by_hand(&mara, &ids[1..], &[("action", "move")]).await;
    for (id, page, form) in [(ids[0], page, MOVE), (ids[1], bulk, "#preview")] {
        let is_bulk = form == "#preview";
        let skipped = sent(&page, form, "2020-03-29T03:30", "", is_bulk).await;
        assert_eq!(skipped.status, 422, "{skipped:?}");
        let error = skipped.texts("#f-entered_at-error").join("");
        assert!(error.contains("doesn’t exist"), "{error}");
        assert!(!skipped.has("[name=entered_hour]"));
        let repeated = sent(&page, form, "2020-10-25T03:30", "", is_bulk).await;
        assert_eq!(repeated.status, 422, "{repeated:?}");
        assert!(
            repeated
                .texts("#f-entered_at-error")
                .join("")
                .contains("twice")
        );
        assert_eq!(repeated.all("input[name=entered_hour]").len(), 2);
        let kept = repeated.form(form);
        assert_eq!(kept.value("entered_at"), Some("2020-10-25T03:30"));
        let done = sent(&repeated, form, "2020-10-25T03:30", "second", is_bulk).await;
        assert_eq!(done.status, 303, "{done:?}");
        let since = lead(&app, id).await.status_since;
        assert_eq!(since.rfc3339(), "2020-10-25T01:30:00Z");
    }
}
