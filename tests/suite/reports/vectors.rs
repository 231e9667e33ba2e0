//! The test vectors of the formulas, through the API.

use serde_json::{Value, json};

use super::{of_status, report};
use crate::leads::files::write;
use crate::support::{ALICE, MARA, RADU, TestApp};

both!(
    ten_visits_have_the_percentiles_and_ways_out_of_the_table,
    younger_leads_are_not_in_the_cohort,
    each_move_has_one_direction_and_returns_are_counted_besides,
    all_time_is_the_period_unless_one_is_named,
    invalid_parameters_are_named,
    representatives_see_their_own_leads,
    figures_of_an_earlier_instant_leave_out_what_came_later,
);

const DAY: i64 = 86_400;

/// Imports leads with histories: for each lead a list of statuses, each entered so many days before now. Returns now, as
/// a parameter.
async fn import(app: &TestApp, histories: &[&[(&str, i64)]]) -> String {
    let now = app.clock.now();
    let at = |days: i64| now.plus_seconds(-days * DAY).rfc3339();
    let (mut leads, mut visits) = (
        "external_ref,name,status\n".to_owned(),
        "external_ref,status,entered_at\n".to_owned(),
    );
    for (n, history) in histories.iter().enumerate() {
        let (last, _) = history.last().unwrap();
        leads += &format!("R-{n},Lead {n},{last}\n");
        for (status, days) in *history {
            visits += &format!("R-{n},{status},{}\n", at(*days));
        }
    }
    for (what, file) in [("leads", leads), ("visits", visits)] {
        let name = write(app, &format!("{what}.csv"), file.as_bytes());
        let (status, stdout, stderr) = app.run(&["import", what, &name]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    }
    format!("now={}", now.rfc3339())
}

/// The ten visits of the table, to Contacted. Returns now, as a parameter.
pub(super) async fn import_ten(app: &TestApp) -> String {
    let ends = [
        (2, Some("Qualified")),
        (3, Some("Qualified")),
        (3, Some("Lost")),
        (4, None),
        (5, Some("Qualified")),
        (6, None),
        (8, Some("Lost")),
        (9, None),
        (13, Some("Proposal")),
        (20, None),
    ];
    let histories: Vec<Vec<(&str, i64)>> = ends
        .iter()
        .map(|(days, to)| match to {
            Some(to) => vec![("Contacted", 40), (*to, 40 - days)],
            None => vec![("Contacted", *days)],
        })
        .collect();
    let histories: Vec<&[(&str, i64)]> = histories.iter().map(Vec::as_slice).collect();
    import(app, &histories).await
}

fn assert_near(value: &Value, expected: f64) {
    let value = value.as_f64().expect("a number");
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
}

async fn ten_visits_have_the_percentiles_and_ways_out_of_the_table(app: TestApp) {
    let now = import_ten(&app).await;
    let api = app.api(ALICE);
    let contacted = api.status_id("Contacted").await;
    let body = json!({"target_days": 7, "limit_days": 30});
    let path = format!("lead_statuses/{contacted}");
    assert_eq!(api.put(&path, body).await.status, 200);
    let answer = report(&api, &format!("time_in_status?{now}")).await;
    let figures = of_status(&answer, contacted);
    let counts = ["visits", "exits", "open", "censored"].map(|name| figures[name].as_i64());
    assert_eq!(counts, [10, 6, 4, 0].map(Some));
    let days = |days: i64| json!(days * DAY);
    assert_eq!(
        figures["p50"],
        json!({"seconds": days(8), "low": days(2), "high": null})
    );
    assert_eq!(figures["p75"]["seconds"], days(13));
    assert_eq!(figures["p90"]["seconds"], Value::Null);
    assert_eq!(figures["longest_observed"], days(20));
    assert_near(&figures["ways_out"]["advanced"], 257.0 / 480.0);
    assert_near(&figures["ways_out"]["lost"], 59.0 / 240.0);
    assert_eq!(
        figures["within_target"],
        json!({"met": 4, "missed": 4, "undecided": 2})
    );
    assert_eq!(figures["suggested"], Value::Null, "six exits are too few");
    // Others have too few visits for anything but counts.
    let lost = of_status(&answer, api.status_id("Lost").await);
    assert_eq!(lost["visits"], 2);
    assert_eq!(lost["p50"]["seconds"], Value::Null);
}

async fn younger_leads_are_not_in_the_cohort(app: TestApp) {
    let mut histories: Vec<Vec<(&str, i64)>> = (0..6).map(|_| vec![("New", 50)]).collect();
    histories[0].push(("Qualified", 45));
    histories[1].push(("Qualified", 21));
    // Too late, and before its first visit to the start.
    histories[2].push(("Qualified", 19));
    histories[3] = vec![("Qualified", 60), ("New", 50)];
    histories.extend((0..4).map(|_| vec![("New", 10)]));
    histories[6].push(("Qualified", 5));
    let histories: Vec<&[(&str, i64)]> = histories.iter().map(Vec::as_slice).collect();
    import(&app, &histories).await;
    let api = app.api(ALICE);
    let (new, qualified) = (api.status_id("New").await, api.status_id("Qualified").await);
    let path = format!("conversion?start={new}&reach={qualified}&within_days=30");
    let answer = report(&api, &path).await;
    let cohort = &answer["cohort"];
    assert_eq!(
        (&cohort["eligible"], &cohort["reached"]),
        (&json!(6), &json!(2))
    );
    assert_near(&cohort["share"], 2.0 / 6.0);
    assert_eq!(
        answer["throughput"],
        json!({"entries_from": 10, "entries_to": 5, "share": 0.5})
    );
    let passed = format!("{path}&rule=passed");
    assert_eq!(report(&api, &passed).await["cohort"]["reached"], 2);
    let contacted = api.status_id("Contacted").await;
    for (rule, reached) in [("visited", 0), ("passed", 2)] {
        let path = format!("conversion?start={new}&reach={contacted}&rule={rule}");
        let cohort = &report(&api, &path).await["cohort"];
        assert_eq!(cohort["reached"], reached, "{rule}");
    }
}

async fn each_move_has_one_direction_and_returns_are_counted_besides(app: TestApp) {
    let api = app.api(ALICE);
    let hold = json!({"name": "Hold", "kind": "paused"});
    assert_eq!(api.post("lead_statuses", hold).await.status, 201);
    let mut order = Vec::new();
    for name in [
        "New",
        "Contacted",
        "Hold",
        "Qualified",
        "Proposal",
        "Won",
        "Lost",
    ] {
        order.push(api.status_id(name).await);
    }
    let ordered = api.put("lead_statuses/order", json!({"ids": order})).await;
    assert_eq!(ordered.status, 200, "{}", ordered.text());
    let proposal = api.status_id("Proposal").await;
    assert_eq!(
        api.delete(&format!("lead_statuses/{proposal}"))
            .await
            .status,
        200
    );
    let history = [
        ("New", 80),
        ("Qualified", 70),
        ("Contacted", 60),
        ("Hold", 50),
        ("Qualified", 40),
        ("Lost", 30),
        ("Contacted", 20),
        ("Won", 10),
    ];
    import(&app, &[&history]).await;
    let flow = report(&api, "flow").await;
    let counts = ["forward", "skip", "back", "dropped", "returns"].map(|name| flow[name].as_i64());
    assert_eq!(counts, [2, 2, 2, 1, 2].map(Some));
    let moves = flow["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 7);
    assert!(moves.iter().all(|one| one["median_seconds"] == 10 * DAY));
}

async fn all_time_is_the_period_unless_one_is_named(app: TestApp) {
    import_ten(&app).await;
    let api = app.api(ALICE);
    let contacted = api.status_id("Contacted").await;
    let day = |days: i64| app.clock.now().plus_seconds(-days * DAY).rfc3339()[..10].to_owned();
    for (query, visits) in [
        (String::new(), 10),
        (format!("?from={}", day(20)), 4),
        (format!("?to={}", day(20)), 6),
        (format!("?from={}&to={}", day(9), day(5)), 2),
        ("?period=30d".to_owned(), 4),
        ("?owner=none".to_owned(), 10),
        ("?owner=me".to_owned(), 0),
        ("?source=Web".to_owned(), 0),
    ] {
        let answer = report(&api, &format!("time_in_status{query}")).await;
        assert_eq!(of_status(&answer, contacted)["visits"], visits, "{query}");
    }
}

async fn invalid_parameters_are_named(app: TestApp) {
    let api = app.api(ALICE);
    for (query, field) in [
        ("time_in_status?from=yesterday", "from"),
        ("time_in_status?from=2026-02-02&to=2026-02-02", "to"),
        ("time_in_status?now=2999-01-01T00:00:00Z", "now"),
        ("flow?owner=someone", "owner"),
        ("conversion?start=999", "start"),
        ("conversion?reach=0", "reach"),
        ("conversion?within_days=0", "within_days"),
        ("conversion?rule=near", "rule"),
    ] {
        let answer = api.get(&format!("reports/{query}")).await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text());
        assert!(answer.json()["errors"][field].is_array(), "{query}");
    }
    let anyone = app.api_with(None).get("reports/flow").await;
    assert_eq!(anyone.status, 401);
}

async fn representatives_see_their_own_leads(app: TestApp) {
    let mara = app.api(MARA);
    let (id_of_mara, id_of_radu) = (2, 3);
    for (name, owner) in [
        ("One", Some(id_of_radu)),
        ("Two", None),
        ("Three", Some(id_of_mara)),
    ] {
        let body = json!({"name": name, "owner": owner});
        let made = mara.post("leads", body).await;
        assert_eq!(made.status, 201, "{}", made.text());
    }
    let new = mara.status_id("New").await;
    for (who, query, visits) in [
        (MARA, "", 3),
        (MARA, "?owner=me", 1),
        (RADU, "", 1),
        (RADU, "?owner=none", 1),
    ] {
        let answer = report(&app.api(who), &format!("time_in_status{query}")).await;
        assert_eq!(of_status(&answer, new)["visits"], visits, "{query}");
    }
}

async fn figures_of_an_earlier_instant_leave_out_what_came_later(app: TestApp) {
    let before = import_ten(&app).await;
    let api = app.api(ALICE);
    let contacted = api.status_id("Contacted").await;
    app.clock.advance(10 * DAY);
    let path = format!("time_in_status?{before}");
    let earlier = report(&api, &path).await;
    let figures = of_status(&earlier, contacted);
    assert_eq!(figures["p50"]["seconds"], 8 * DAY);
    assert_eq!(figures["longest_observed"], 20 * DAY);
    let now = report(&api, "time_in_status").await;
    let longest = of_status(&now, contacted)["longest_observed"].as_i64();
    assert!(longest >= Some(30 * DAY), "{longest:?}");
}
