//! Import of leads at the command line: all or nothing, with line numbers of errors; a second import changes nothing.

use std::collections::BTreeMap;

use lead_statuses::channel::Channel;
use lead_statuses::leads::{self, Lead};
use lead_statuses::statuses;

use super::files::{assert_sound, crm, crm_visits, import, leads_of, named, write};
use crate::support::{ALICE, TestApp};

both!(
    a_crm_file_with_its_holes_imports_in_one_go,
    the_same_file_twice_changes_nothing,
    fields_that_differ_are_written_and_statuses_moved_to,
    one_bad_line_and_nothing_is_imported,
    lines_without_a_reference_are_made_again_and_it_says_so,
    a_dry_run_stays_dry,
    leads_in_the_bin_stay_there,
    an_unknown_mapping_or_currency_is_refused,
);

/// Two days after the last date of the file.
const THEN: i64 = 1_514_808_000;

/// Runs a command with a fixed current time.
fn run_at_fixed_time(app: &TestApp, arguments: &[&str]) -> (i32, String, String) {
    let offset = THEN - lead_statuses::clock::Clock::shifted(0).now().second();
    let offset = format!("--clock-offset-seconds={offset}");
    app.run(&[arguments, &[offset.as_str()]].concat())
}

const MAPS: [&str; 10] = [
    "--map",
    "opportunity_id=external_ref",
    "--map",
    "sales_agent=owner",
    "--map",
    "account=company",
    "--map",
    "deal_stage=status",
    "--map",
    "close_value=value",
];

async fn status_figures(app: &TestApp) -> BTreeMap<String, (i64, i64, i64)> {
    let now = lead_statuses::clock::Timestamp(THEN * 1_000_000);
    let look = move |conn: &mut lead_statuses::db::Conn| {
        let all = statuses::list_in_use(conn)?;
        let occupied = statuses::stats(conn, &all, now)?;
        let found = all.iter().map(|status| {
            let there = &occupied[&status.id];
            let numbers = (
                there.counts.totals.leads,
                there.counts.at_risk,
                there.counts.stuck,
            );
            (status.name.to_string(), numbers)
        });
        Ok(found.collect())
    };
    app.db.read(look).await.unwrap()
}

async fn a_crm_file_with_its_holes_imports_in_one_go(app: TestApp) {
    let statuses = write(&app, "sales_statuses.csv", crm::STATUSES.as_bytes());
    let pipeline = write(&app, "sales_pipeline.csv", crm::pipeline().as_bytes());
    let visits = write(&app, "sales_visits.csv", crm_visits().as_bytes());
    assert_eq!(
        run_at_fixed_time(&app, &["import", "statuses", &statuses]).0,
        0
    );

    let arguments = [&["import", "leads", &pipeline][..], &MAPS].concat();
    let (status, stdout, stderr) = run_at_fixed_time(&app, &arguments);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("400 rows: 400 new, 0 changed, 0 unchanged, 0 refused."),
        "{stdout}"
    );
    assert!(stdout.contains("Not imported: product, engage_date, close_date"));
    assert_eq!(
        stdout.matches("is not a user").count(),
        3,
        "each name once: {stdout}"
    );
    assert!(
        stdout.contains("The owner “Darcel Schlecht” is not a user: 134 lines."),
        "{stdout}"
    );

    let (status, stdout, stderr) = run_at_fixed_time(&app, &["import", "visits", &visits]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("the history of 300 leads changed"),
        "{stdout}"
    );

    let there = status_figures(&app).await;
    assert_eq!(there["Prospecting"], (100, 0, 0));
    // Engaged on the 1st of a month of 2017, one after the other: 45 days at risk, 90 stuck.
    assert_eq!(there["Engaging"], (100, 8, 84));
    assert_eq!((there["Won"].0, there["Lost"].0), (100, 100));

    let all = leads_of(&app).await;
    let first = named(&all, "R0003");
    assert_eq!(
        first.fields.name.as_str(),
        "Cancity",
        "called by its company"
    );
    assert_eq!(first.fields.value_cents, Some(100_300));
    assert_eq!(first.created_at.rfc3339(), "2016-12-01T00:00:00Z");
    let nameless = all.iter().filter(|lead| lead.fields.company.is_empty());
    for lead in nameless.clone() {
        assert_eq!(lead.fields.name.as_str(), lead.fields.external_ref.as_str());
    }
    assert_eq!(nameless.count(), 57);
    assert_eq!(
        named(&all, "R0001").fields.value_cents,
        None,
        "blank is no value"
    );
    assert_eq!(
        named(&all, "R0004").fields.value_cents,
        Some(0),
        "0 is zero"
    );
    assert_sound(&app);

    let history = history(&app, first.id).await;
    let steps: Vec<_> = history
        .iter()
        .map(|visit| (visit.entered_at.rfc3339(), visit.channel))
        .collect();
    assert_eq!(
        steps[0],
        ("2016-12-01T00:00:00Z".to_owned(), Channel::Import)
    );
    assert_eq!(history.len(), 2);
    assert_eq!(history[0].left_at, Some(history[1].entered_at));
    assert_eq!(first.status_since, history[1].entered_at);

    for (what, file) in [("leads", &pipeline), ("visits", &visits)] {
        let maps: &[&str] = if what == "leads" { &MAPS } else { &[] };
        let (status, stdout, _) =
            run_at_fixed_time(&app, &[&["import", what, file][..], maps].concat());
        assert_eq!(status, 0, "{stdout}");
        assert!(stdout.ends_with("No changes.\n"), "{stdout}");
    }
    assert_eq!(leads_of(&app).await, all);
}

pub(super) async fn history(app: &TestApp, id: i64) -> Vec<leads::Visit> {
    app.db
        .read(move |conn| leads::visits(conn, id))
        .await
        .unwrap()
}

const SMALL: &str = "external_ref,name,company,email,phone,source,owner,status,value,currency,created_at\n\
    A-1,Ana,Acme,a@b.ro,+40 722,web,mara@example.com,new,1054.50,RON,2020-01-02\n\
    A-2,,Țiriac,,,,RADU STANESCU,Qualified,0,,\n\
    A-3,Zoe,,,,,,,,,\n";

async fn the_same_file_twice_changes_nothing(app: TestApp) {
    let (status, stdout, stderr) = import(&app, "leads", SMALL);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    let all = leads_of(&app).await;
    let (ana, second, zoe) = (named(&all, "A-1"), named(&all, "A-2"), named(&all, "A-3"));
    assert_eq!(ana.fields.money().unwrap().to_plain(), "1054.50");
    assert_eq!(ana.fields.currency.code(), "RON");
    assert_eq!(ana.created_at.rfc3339(), "2020-01-02T00:00:00Z");
    assert_eq!(ana.status_since, ana.created_at);
    assert_eq!(second.fields.name.as_str(), "Țiriac");
    assert!(second.fields.owner.is_some() && second.fields.owner != ana.fields.owner);
    assert_eq!((zoe.fields.value_cents, zoe.fields.owner), (None, None));
    assert_eq!(zoe.status_id, app.api(ALICE).status_id("New").await);
    let (status, stdout, _) = import(&app, "leads", SMALL);
    assert_eq!(status, 0);
    assert!(
        stdout.contains("3 rows: 0 new, 0 changed, 3 unchanged, 0 refused."),
        "{stdout}"
    );
    assert_eq!(leads_of(&app).await, all, "not even a version");
    assert_sound(&app);
}

async fn fields_that_differ_are_written_and_statuses_moved_to(app: TestApp) {
    assert_eq!(import(&app, "leads", SMALL).0, 0);
    let before = leads_of(&app).await;
    let (status, stdout, _) = import(
        &app,
        "leads",
        "external_ref,phone,status\nA-1,0733,Contacted\nA-2,,\nA-3,,new\n",
    );
    assert_eq!(status, 0, "{stdout}");
    assert!(stdout.contains("0 new, 1 changed, 2 unchanged"), "{stdout}");
    let all = leads_of(&app).await;
    let ana = named(&all, "A-1");
    assert_eq!(ana.fields.phone.as_str(), "0733");
    assert_eq!(
        ana.fields.name.as_str(),
        "Ana",
        "what the file doesn't have stays"
    );
    assert_eq!(ana.status_id, app.api(ALICE).status_id("Contacted").await);
    let visits = history(&app, ana.id).await;
    assert_eq!(
        visits.iter().map(|visit| visit.channel).collect::<Vec<_>>(),
        [Channel::Import; 2]
    );
    assert_eq!(named(&all, "A-2"), named(&before, "A-2"));
    assert_sound(&app);
}

async fn one_bad_line_and_nothing_is_imported(app: TestApp) {
    let file = "external_ref,name,email,owner,status,value,created_at\n\
        B-1,Fine,,,New,5,\n\
        B-2,\"two\nlines\",,,New,,\n\
        B-3,Bad,no address,,New,\"1,054\",2030-01-01\n\
        B-1,Again,,,,,\n\
        ,,,,,,\n\
        short,row\n\
        ,,x@y.ro,,,,\n\
        B-9,Nowhere,,,Limbo,,\n\
        B-10,Nowhere,,,Limbo,,\n";
    let (status, stdout, stderr) = import(&app, "leads", file);
    assert_eq!(status, 1, "{stdout}");
    assert_eq!(stderr, "3 lines have errors. Nothing was imported.\n");
    for line in [
        "8 rows: 5 new, 0 changed, 0 unchanged, 3 refused.",
        "line 5: email: ",
        "line 5: value: ",
        "line 5: created_at: Enter a time that isn’t in the future.",
        "line 6: external_ref: Line 2 has the same external reference.",
        "line 9: This row has no name, company or external reference.",
        "The status “Limbo” doesn’t exist yet: 2 lines.",
    ] {
        assert!(stdout.contains(line), "{line}: {stdout}");
    }
    assert!(leads_of(&app).await.is_empty());
    let (status, stdout, stderr) = import(&app, "leads", "name,status\nA,Limbo\n");
    assert_eq!(status, 1, "{stdout}");
    assert!(stderr.contains("import statuses first"), "{stderr}");
    let many: String = (0..2_000).map(|_| "x,bad\n").collect();
    let (_, stdout, _) = import(&app, "leads", &format!("name,email\n{many}"));
    assert!(stdout.contains("and 1950 more."), "{stdout}");
    assert!(stdout.lines().count() < 60);
    assert!(leads_of(&app).await.is_empty());
}

async fn lines_without_a_reference_are_made_again_and_it_says_so(app: TestApp) {
    let file = "name,company\nAna,Acme\nDan,\n";
    for round in 1..=2 {
        let (status, stdout, _) = import(&app, "leads", file);
        assert_eq!(status, 0);
        assert!(
            stdout.contains("2 lines without external_ref: importing the file again"),
            "{stdout}"
        );
        assert_eq!(leads_of(&app).await.len(), 2 * round);
    }
    assert_sound(&app);
}

async fn a_dry_run_stays_dry(app: TestApp) {
    let file = write(&app, "leads.csv", SMALL.as_bytes());
    let (status, stdout, _) = app.run(&["import", "leads", &file, "--dry-run"]);
    assert_eq!(status, 0);
    assert!(stdout.contains("3 rows: 3 new"), "{stdout}");
    assert!(
        stdout.ends_with("Nothing was changed: this was a dry run.\n"),
        "{stdout}"
    );
    assert!(leads_of(&app).await.is_empty());
}

async fn leads_in_the_bin_stay_there(app: TestApp) {
    assert_eq!(import(&app, "leads", SMALL).0, 0);
    let id = named(&leads_of(&app).await, "A-1").id;
    let actor = lead_statuses::audit::Actor::program(Channel::Ui, app.clock.now());
    let delete = move |conn: &mut lead_statuses::db::Conn| {
        leads::actions::changes::delete(conn, &actor, leads::Rights::program(), &[id])
    };
    app.db.write(delete).await.unwrap();
    let (status, stdout, _) = import(&app, "leads", &SMALL.replace("Ana", "Anna"));
    assert_eq!(status, 0);
    assert!(
        stdout.contains("0 new, 0 changed, 2 unchanged, 1 stay in the bin"),
        "{stdout}"
    );
    let lead: Lead = app
        .db
        .read(move |conn| leads::find(conn, id))
        .await
        .unwrap();
    assert_eq!((lead.fields.name.as_str(), lead.is_in_bin()), ("Ana", true));
}

async fn an_unknown_mapping_or_currency_is_refused(app: TestApp) {
    let file = write(&app, "a.csv", b"title\nx\n");
    for (arguments, status, sentence) in [
        (&["--map", "title"][..], 2, "COLUMN=FIELD"),
        (&["--map", "title=nothing"], 2, "There is no field"),
        (
            &["--map", "other=name"],
            1,
            "The file has no column “other”",
        ),
        (&["--currency", "euro"], 2, "currency code"),
        (&[], 1, "No column names the leads"),
    ] {
        let all = [&["import", "leads", file.as_str()], arguments].concat();
        let (code, _, stderr) = app.run(&all);
        assert_eq!(code, status, "{stderr}");
        assert!(stderr.contains(sentence), "{sentence}: {stderr}");
    }
    let (code, _, stderr) = app.run(&["import", "leads", "nothing.csv"]);
    assert_eq!((code, stderr.lines().count()), (1, 1), "{stderr}");
    let map = [
        "--map",
        "title=name",
        "--map",
        "title=company",
        "--currency",
        "usd",
    ];
    let (code, stdout, _) = app.run(&[&["import", "leads", &file], &map[..]].concat());
    assert_eq!(code, 0, "{stdout}");
    let lead = leads_of(&app).await.remove(0);
    assert_eq!(
        (lead.fields.name.as_str(), lead.fields.company.as_str()),
        ("x", "x")
    );
    assert_eq!(lead.fields.currency.code(), "USD");
}
