//! Export of leads and visits, and import of the exported files.

use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::db::Conn;
use lead_statuses::leads::{self, Rights};

use serde_json::json;

use super::files::{assert_sound, crm, crm_visits, leads_of, named, write};
use super::import::history;
use crate::support::{ALICE, Answer, MARA, RADU, TestApp, VERA};

both!(
    what_export_writes_import_reads,
    the_download_is_what_the_command_writes,
    leads_in_the_bin_stay_here,
    visits_say_all_that_the_reports_count,
    a_history_that_people_made_here_is_unchanged_by_its_export,
    an_unknown_format_is_named,
    leads_without_a_reference_are_found_again,
    a_row_about_the_same_id_elsewhere_is_another_lead,
    visits_to_a_status_that_was_deleted_come_back,
    authors_of_an_export_are_known_here,
);

const LEADS: &str = "external_ref,name,company,email,phone,source,owner,status,value,currency,created_at\n\
    A-1,'=1+1,\"Acme, \"\"Inc\"\"\",a@b.ro,'+40 722,'@web,mara@example.com,new,1054.5,RON,2020-01-02T03:04:05.123456Z\n\
    A-2,Ștefan,,,,,,won,0,JPY,2020-01-02\n\
    A-3,'quoted',,,,,,lost,,,2020-01-02\n";
const VISITS: &str = "external_ref,status,entered_at,actor,reason,note\n\
    A-2,new,2020-01-02,Moses,'-5 % asked,\"'=1+1\nand, \"\"more\"\"\"\n\
    A-2,won,2020-01-02T00:00:00.5Z,,,\n";

fn import_sample(app: &TestApp) {
    for (what, file) in [("leads", LEADS), ("visits", VISITS)] {
        let name = write(app, "in.csv", file.as_bytes());
        let (status, stdout, stderr) = app.run(&["import", what, &name]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    }
}

fn export(app: &TestApp, what: &str, format: &str) -> Vec<u8> {
    let done = app.program(&["export", what, "--format", format], "");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    done.stdout
}

async fn what_export_writes_import_reads(app: TestApp) {
    import_sample(&app);
    let before = leads_of(&app).await;
    let other = TestApp::with(app.backend, |_| {}).await.unwrap();
    for format in ["csv", "json", "xlsx"] {
        for what in ["leads", "visits"] {
            let file = format!("out.{format}");
            let bytes = export(&app, what, format);
            for (place, sentence) in [(&app, "No changes."), (&other, "")] {
                write(place, &file, &bytes);
                let (status, stdout, stderr) = place.run(&["import", what, &file]);
                assert_eq!((status, stderr.as_str()), (0, ""), "{format} {stdout}");
                assert!(stdout.contains(sentence), "{format} {what}: {stdout}");
            }
        }
        assert_eq!(leads_of(&app).await, before, "{format}");
    }
    for format in ["csv", "json"] {
        for what in ["leads", "visits"] {
            let (here, there) = (export(&app, what, format), export(&other, what, format));
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            assert_eq!(text(here), text(there), "{format} {what}");
        }
    }
    let csv = String::from_utf8(export(&app, "leads", "csv")).unwrap();
    assert!(csv.contains(
        "A-1,'=1+1,\"Acme, \"\"Inc\"\"\",a@b.ro,'+40 722,'@web,mara@example.com,new,1054.50,RON,2020-01-02T03:04:05.123456Z\r\n"
    ), "{csv}");
    assert!(csv.contains("A-2,Ștefan,,,,,,won,0,JPY,"), "{csv}");
    let json = export(&app, "leads", "json");
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json[0]["value"], 1054.5);
    assert_eq!(json[2]["value"], serde_json::Value::Null);
    assert_sound(&other);
}

async fn download(app: &TestApp, person: crate::support::Person, query: &str) -> Answer {
    let browser = app.signed_in(person).await;
    browser
        .get(&format!("/admin/leads/export?{query}"))
        .await
        .answer
}

async fn the_download_is_what_the_command_writes(app: TestApp) {
    for (name, file, what) in [
        ("statuses.csv", crm::STATUSES.to_owned(), "statuses"),
        (
            "p.csv",
            crm::pipeline()
                .replace("opportunity_id", "external_ref")
                .replace("deal_stage", "status"),
            "leads",
        ),
        ("v.csv", crm_visits(), "visits"),
    ] {
        let name = write(&app, name, file.as_bytes());
        assert_eq!(app.run(&["import", what, &name]).0, 0, "{what}");
    }
    for person in [ALICE, MARA, VERA] {
        let answer = download(&app, person, "format=csv").await;
        assert_eq!(answer.status, 200);
        // Spreadsheets know UTF-8 by its mark, and programs don't need it.
        let marked = [b"\xef\xbb\xbf", &export(&app, "leads", "csv")[..]].concat();
        assert_eq!(answer.bytes, marked);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert!(answer.header("content-disposition").contains("leads.csv"));
    }
    let visits = download(&app, ALICE, "what=visits&format=json").await;
    assert_eq!(visits.bytes, export(&app, "visits", "json"));
    assert_eq!(visits.json().as_array().unwrap().len(), 600);
    let sheet = download(&app, ALICE, "format=xlsx").await;
    assert!(sheet.bytes.starts_with(b"PK"));
    assert_eq!(download(&app, RADU, "format=csv").await.status, 403);
}

async fn leads_in_the_bin_stay_here(app: TestApp) {
    import_sample(&app);
    let binned = named(&leads_of(&app).await, "A-1").id;
    let actor = Actor::program(Channel::Ui, app.clock.now());
    let delete = move |conn: &mut Conn| {
        leads::actions::changes::delete(conn, &actor, Rights::program(), &[binned])
    };
    app.db.write(delete).await.unwrap();
    for what in ["leads", "visits"] {
        let file = String::from_utf8(export(&app, what, "csv")).unwrap();
        assert!(!file.contains("A-1") && file.contains("A-2"), "{file}");
    }
}

/// A lead that was imported, moved with a reason and a note by the API, moved by mistake, and moved on later. Returns its
/// id.
async fn create_lead_with_history(app: &TestApp) -> i64 {
    let file = b"external_ref,name,status,created_at\nA-1,Ana,New,2020-01-02\n";
    let leads = write(app, "in.csv", file);
    assert_eq!(app.run(&["import", "leads", &leads]).0, 0);
    let id = leads_of(app).await[0].id;
    let api = app.api(ALICE);
    let path = format!("leads/{id}/status");
    let first = json!({
        "status": api.status_id("Contacted").await,
        "reason": "=called us",
        "note": "-1 % asked\r\n\tand \"more\", later",
        "entered_at": "2021-03-04T05:06:07.25Z",
    });
    let mistake =
        json!({"status": api.status_id("Lost").await, "entered_at": "2022-01-01T00:00:00Z"});
    for body in [first, mistake] {
        let moved = api.post(&path, body).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
    }
    let visit = history(app, id).await[2].id;
    let voided = api
        .post(&format!("leads/{id}/visits/{visit}/void"), json!({}))
        .await;
    assert_eq!(voided.status, 200, "{}", voided.text());
    // It began before the one that was voided.
    let last =
        json!({"status": api.status_id("Qualified").await, "entered_at": "2021-12-01T00:00:00Z"});
    assert_eq!(api.post(&path, last).await.status, 200);
    id
}

async fn visits_say_all_that_the_reports_count(app: TestApp) {
    let id = create_lead_with_history(&app).await;
    let json: serde_json::Value = serde_json::from_slice(&export(&app, "visits", "json")).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), 4);
    let voided_at = &history(&app, id).await[2].voided_at.unwrap();
    let voided_at = lead_statuses::leads::domain::instant::format_instant(*voided_at);
    let actor = rows[1]["actor"].clone();
    let row = |status: &str, entered_at: &str, left_at: serde_json::Value, via: &str| {
        json!({
            "external_ref": "A-1", "status": status, "entered_at": entered_at, "left_at": left_at,
            "via": via, "actor": actor, "reason": "", "note": "", "voided_at": null,
        })
    };
    let (first, second) = ("2021-03-04T05:06:07.250000Z", "2021-12-01T00:00:00Z");
    let mut expected = [
        row("new", "2020-01-02T00:00:00Z", json!(first), "import"),
        row("contacted", first, json!(second), "api"),
        row("lost", "2022-01-01T00:00:00Z", json!(null), "api"),
        row("qualified", second, json!(null), "api"),
    ];
    expected[0]["actor"] = rows[0]["actor"].clone();
    expected[1]["reason"] = json!("=called us");
    expected[1]["note"] = json!("-1 % asked\n\tand \"more\", later");
    expected[2]["voided_at"] = json!(voided_at);
    expected[2]["left_at"] = json!(voided_at);
    assert_eq!(rows.as_slice(), expected);
    let csv = String::from_utf8(export(&app, "visits", "csv")).unwrap();
    let header = "external_ref,status,entered_at,left_at,via,actor,reason,note,voided_at\r\n";
    assert!(csv.starts_with(header), "{csv}");
    assert!(
        csv.contains(",'=called us,\"'-1 % asked\n\tand \"\"more\"\", later\",\r\n"),
        "{csv}"
    );
}

async fn a_history_that_people_made_here_is_unchanged_by_its_export(app: TestApp) {
    let id = create_lead_with_history(&app).await;
    let before = (leads_of(&app).await, history(&app, id).await);
    for format in ["csv", "json", "xlsx"] {
        let bytes = export(&app, "visits", format);
        let file = write(&app, &format!("out.{format}"), &bytes);
        let (status, stdout, stderr) = app.run(&["import", "visits", &file]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{format} {stdout}");
        assert!(stdout.contains("No changes."), "{format} {stdout}");
        let word = if format == "csv" { "line" } else { "" };
        assert!(
            stdout.contains(&format!("1 {word}"))
                && stdout.contains(" with voided_at: not imported."),
            "{format} {stdout}"
        );
        assert!(stdout.contains("Not imported: left_at, via\n"), "{stdout}");
        if format != "xlsx" {
            assert_eq!(export(&app, "visits", format), bytes, "{format}");
        }
        // A change of the note would be a change of what people made here.
        let text = String::from_utf8_lossy(&bytes).replace("asked", "offered");
        if format != "xlsx" {
            let file = write(&app, &format!("out.{format}"), text.as_bytes());
            let (status, stdout, _) = app.run(&["import", "visits", &file]);
            assert_eq!(status, 1, "{stdout}");
        }
    }
    assert_eq!((leads_of(&app).await, history(&app, id).await), before);
    assert_sound(&app);
}

async fn an_unknown_format_is_named(app: TestApp) {
    let (status, _, stderr) = app.run(&["export", "leads", "--format", "pdf"]);
    assert_eq!((status, stderr.lines().count()), (2, 1), "{stderr}");
    assert_eq!(download(&app, ALICE, "format=pdf").await.status, 422);
    assert_eq!(download(&app, ALICE, "what=money").await.status, 422);
    let nothing = export(&app, "leads", "json");
    assert_eq!(nothing, b"[]\n");
}

const NAMELESS: &str = "name,status,created_at\nAna,Won,2020-01-02\nDan,,2020-01-03\n";

async fn leads_without_a_reference_are_found_again(app: TestApp) {
    let file = write(&app, "in.csv", NAMELESS.as_bytes());
    assert_eq!(app.run(&["import", "leads", &file]).0, 0);
    let before = leads_of(&app).await;
    for format in ["csv", "json", "xlsx"] {
        for what in ["leads", "visits"] {
            let file = write(&app, &format!("out.{format}"), &export(&app, what, format));
            let (status, stdout, stderr) = app.run(&["import", what, &file]);
            assert_eq!((status, stderr.as_str()), (0, ""), "{format} {stdout}");
            assert!(stdout.contains("No changes."), "{stdout}");
            assert!(!stdout.contains("without external_ref"), "{stdout}");
        }
    }
    assert_eq!(leads_of(&app).await, before);
    let id = before[0].id;
    let csv = String::from_utf8(export(&app, "leads", "csv")).unwrap();
    assert!(csv.contains(&format!("lead-{id},Ana,")), "{csv}");
    // A changed cell changes the lead.
    let file = write(&app, "out.csv", csv.replace("Dan", "Dana").as_bytes());
    let (status, stdout, _) = app.run(&["import", "leads", &file]);
    assert_eq!(status, 0);
    assert!(stdout.contains("0 new, 1 changed, 1 unchanged"), "{stdout}");
    let after = leads_of(&app).await;
    assert_eq!(after[1].fields.name.as_str(), "Dana");
    assert!(after[1].fields.external_ref.is_empty());
    let visits = format!(
        "external_ref,status,entered_at\nlead-{id},New,2019-01-01\nlead-{id},Won,2020-01-02\n"
    );
    let file = write(&app, "visits.csv", visits.as_bytes());
    let (status, stdout, stderr) = app.run(&["import", "visits", &file]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    assert_eq!(history(&app, id).await.len(), 2);
    assert_sound(&app);
}

async fn a_row_about_the_same_id_elsewhere_is_another_lead(app: TestApp) {
    let file = write(&app, "in.csv", NAMELESS.as_bytes());
    assert_eq!(app.run(&["import", "leads", &file]).0, 0);
    let before = leads_of(&app).await;
    let id = before[0].id;
    let visits = format!("external_ref,status,entered_at\nlead-{id},New,2018-05-05\n");
    let file = write(&app, "visits.csv", visits.as_bytes());
    let (status, stdout, _) = app.run(&["import", "visits", &file]);
    assert_eq!(status, 1);
    assert!(
        stdout.contains("No lead has the reference lead-"),
        "{stdout}"
    );
    let theirs = format!("external_ref,name,status,created_at\nlead-{id},Zoe,New,2018-05-05\n");
    let theirs = write(&app, "theirs.csv", theirs.as_bytes());
    for sentence in ["1 rows: 1 new", "No changes."] {
        let (status, stdout, _) = app.run(&["import", "leads", &theirs]);
        assert_eq!(status, 0);
        assert!(stdout.contains(sentence), "{stdout}");
    }
    let after = leads_of(&app).await;
    assert_eq!((&after[..2], after.len()), (&before[..], 3));
    // Now the word means that other lead, and the visits are about it.
    assert_eq!(app.run(&["import", "visits", &file]).0, 0);
    let csv = String::from_utf8(export(&app, "leads", "csv")).unwrap();
    assert_eq!(csv.matches(&format!("lead-{id},")).count(), 1, "{csv}");
    assert_sound(&app);
}

async fn visits_to_a_status_that_was_deleted_come_back(app: TestApp) {
    let leads = write(&app, "in.csv", b"external_ref,name,status\nA-1,Ana,Won\n");
    let visits = b"external_ref,status,entered_at\nA-1,In limbo,2020-01-01\nA-1,Won,2020-01-02\n";
    let visits = write(&app, "visits.csv", visits);
    assert_eq!(app.run(&["import", "leads", &leads]).0, 0);
    let earlier = ["import", "visits", &visits, "--make-statuses"];
    assert_eq!(app.run(&earlier).0, 0);
    let with_slug = write(&app, "early.csv", &export(&app, "visits", "csv"));
    for _ in 0..2 {
        let limbo = app.api(ALICE).status_id("In limbo").await;
        let gone = app
            .api(ALICE)
            .delete(&format!("lead_statuses/{limbo}"))
            .await;
        assert_eq!(gone.status, 200, "{}", gone.text());
        let with_name = write(&app, "late.csv", &export(&app, "visits", "csv"));
        for file in [&with_slug, &with_name] {
            let (status, stdout, stderr) = app.run(&["import", "visits", file]);
            assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
            assert!(stdout.contains("No changes."), "{stdout}");
        }
        // Another may have its name now.
        app.api(ALICE).create_status("In limbo").await;
    }
}

async fn authors_of_an_export_are_known_here(app: TestApp) {
    let leads = write(&app, "in.csv", b"external_ref,name,status\nA-1,Ana,New\n");
    assert_eq!(app.run(&["import", "leads", &leads]).0, 0);
    let api = app.api(ALICE);
    let id = leads_of(&app).await[0].id;
    let moved = json!({"status": api.status_id("Contacted").await});
    assert_eq!(
        api.post(&format!("leads/{id}/status"), moved).await.status,
        200
    );
    let csv = export(&app, "visits", "csv");
    assert!(
        String::from_utf8_lossy(&csv).contains("Alice Pop ("),
        "by a token"
    );
    let file = write(&app, "visits.csv", &csv);
    let (status, stdout, _) = app.run(&["import", "visits", &file]);
    assert_eq!(status, 0, "{stdout}");
    assert!(!stdout.contains("not a user"), "{stdout}");
    let other = String::from_utf8(csv)
        .unwrap()
        .replace("Alice Pop (", "Zane Levy (");
    let file = write(&app, "visits.csv", other.as_bytes());
    let (_, stdout, _) = app.run(&["import", "visits", &file, "--dry-run"]);
    assert!(stdout.contains("not a user"), "{stdout}");
}
