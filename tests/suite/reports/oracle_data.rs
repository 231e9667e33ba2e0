//! Leads with histories, equal in every run, for the comparison with lifelines.

use lead_statuses::clock::Timestamp;
use serde_json::json;

use crate::leads::files::write;
use crate::support::{ALICE, Api, Random, TestApp};

const DAY: i64 = 86_400;
/// 2016-10-01.
const FIRST_DAY: i64 = 1_475_280_000;
const STATUSES: &str = "name,kind,color,isdefault,isconverted,target_days,limit_days\n\
    Prospecting,open,#2a80e2,true,,7,14\n\
    Engaging,open,#0090a8,,,45,90\n\
    Won,won,#049a4e,,true,,\n\
    Lost,lost,#d24c49,,,,\n";
/// The statuses of a new database, and the three that the test creates.
const PIPELINE: [&str; 9] = [
    "New",
    "Contacted",
    "Qualified",
    "Proposal",
    "Later",
    "Hold",
    "Won",
    "Lost",
    "Spam",
];

/// The files of leads and of their visits.
struct Files {
    leads: String,
    visits: String,
}

impl Files {
    fn new() -> Files {
        Files {
            leads: "external_ref,name,owner,source,status\n".to_owned(),
            visits: "external_ref,status,entered_at\n".to_owned(),
        }
    }

    fn lead(&mut self, random: &mut Random, reference: &str, status: &str) {
        let owner = ["mara@example.com", "radu@example.com", ""][random.below(3)];
        let source = ["Web", "WEB", "Fair", ""][random.below(4)];
        self.leads += &format!("{reference},Lead,{owner},{source},{status}\n");
    }

    fn visit(&mut self, reference: &str, status: &str, entered_at: &str) {
        self.visits += &format!("{reference},{status},{entered_at}\n");
    }

    fn import(&self, app: &TestApp) {
        import(app, "leads", &self.leads);
        import(app, "visits", &self.visits);
    }
}

fn import(app: &TestApp, what: &str, file: &str) {
    let name = write(app, &format!("{what}.csv"), file.as_bytes());
    let (status, stdout, stderr) = app.run(&["import", what, &name]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
}

fn instant(second: i64) -> String {
    Timestamp(second * 1_000_000).rfc3339()
}

/// Sales opportunities as a well-known public file has them: dates without times, so that ties abound, and none of the
/// prospecting before.
pub fn import_deals(app: &TestApp) {
    let (mut random, mut files) = (Random::new(7), Files::new());
    for n in 0..900 {
        let reference = format!("R{n:04}");
        let stage = ["Prospecting", "Engaging", "Won", "Won", "Lost"][random.below(5)];
        files.lead(&mut random, &reference, stage);
        let engaged = FIRST_DAY + random.below(420) as i64 * DAY;
        if stage != "Prospecting" {
            files.visit(&reference, "Engaging", &instant(engaged)[..10]);
        }
        if stage == "Won" || stage == "Lost" {
            // Some are closed on the day on which they began.
            let days = random.below(12) * random.below(12);
            let closed = engaged + days as i64 * DAY;
            files.visit(&reference, stage, &instant(closed)[..10]);
        }
    }
    import(app, "statuses", STATUSES);
    files.import(app);
}

/// Histories to the second with every kind of move: on, past statuses and back, into pauses and junk, taken back from
/// there, and undone. Returns the ids of the first leads.
pub async fn import_pipeline(app: &TestApp) -> Vec<i64> {
    let (api, mut random, mut files) = (app.api(ALICE), Random::new(11), Files::new());
    for (name, kind) in [("Later", "open"), ("Hold", "paused"), ("Spam", "junk")] {
        let made = api
            .post("lead_statuses", json!({"name": name, "kind": kind}))
            .await;
        assert_eq!(made.status, 201, "{}", made.text());
    }
    let first = app.clock.now().second() - 600 * DAY;
    for n in 0..500 {
        let (reference, mut status) = (format!("P{n:03}"), random.below(3));
        let mut at = first + random.below(450 * DAY as usize) as i64;
        for _ in 0..=random.below(7) {
            files.visit(&reference, PIPELINE[status], &instant(at));
            at += random.below(20 * DAY as usize) as i64;
            let to = [status + 1, status + 2, random.below(8)][random.below(3)];
            status = if to == status { to + 1 } else { to } % PIPELINE.len();
        }
        files.lead(&mut random, &reference, "New");
    }
    files.import(app);
    let ids: Vec<i64> = (1..=120).collect();
    for id in &ids[20..] {
        app.clock.advance(DAY / 7);
        move_lead(&api, &mut random, *id).await;
    }
    ids
}

/// Moves a lead, and undoes every third move.
async fn move_lead(api: &Api, random: &mut Random, id: i64) {
    let to = api.status_id(PIPELINE[random.below(PIPELINE.len())]).await;
    let moved = api
        .post(&format!("leads/{id}/status"), json!({"status": to}))
        .await;
    assert!(
        moved.status == 200 || moved.status == 409,
        "{}",
        moved.text()
    );
    if moved.status == 200 && random.below(3) == 0 {
        let visits = api.get(&format!("leads/{id}/visits")).await.json();
        let last = visits.as_array().and_then(|visits| visits.last());
        let path = format!("leads/{id}/visits/{}/void", last.unwrap()["id"]);
        let voided = api.post(&path, json!({})).await;
        assert_eq!(voided.status, 200, "{}", voided.text());
    }
}
