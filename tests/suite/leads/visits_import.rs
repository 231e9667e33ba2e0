//! Import of visits.

use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::Zone;
use lead_statuses::db::Conn;
use lead_statuses::leads::domain::pause::PauseEnd;
use lead_statuses::leads::{self, Move, Rights};

use super::files::{assert_sound, import, leads_of, named};
use super::import::history;
use super::lead_builder::{lead, pause};
use crate::support::{ALICE, TestApp};

both!(
    rows_in_the_order_of_time_become_the_history,
    what_people_moved_here_is_not_replaced,
    the_last_visit_decides_where_the_lead_is,
    bad_lines_of_a_history_are_named,
    a_pause_goes_on_in_the_same_status,
    a_pause_is_part_of_the_imported_visit,
    an_unknown_actor_is_reported_once_and_stays_a_name,
    voided_lines_are_left_out_and_notes_are_kept,
);

const LEADS: &str = "external_ref,name,status\nA-1,Ana,Won\nA-2,Dan,Contacted\n";

async fn rows_in_the_order_of_time_become_the_history(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    // Out of order, two at one moment, with an offset, by someone, for a reason.
    let file = "external_ref,status,entered_at,actor,reason\n\
        A-1,won,2020-03-01T02:00:00+02:00,,\n\
        A-2,Contacted,2020-01-05,Mara Ionescu,\n\
        A-1,New,2020-01-01,Moses Frase,called us\n\
        A-1,Contacted,2020-02-01,,\n\
        A-1,Qualified,2020-02-01,,\n\
        ,New,2020-01-01,,\n";
    let (status, stdout, stderr) = import(&app, "visits", file);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("6 rows: the history of 2 leads changed, 0 unchanged, 0 refused."),
        "{stdout}"
    );
    assert!(
        stdout.contains("1 line without external_ref: not imported"),
        "{stdout}"
    );
    let all = leads_of(&app).await;
    let lead = named(&all, "A-1");
    let visits = history(&app, lead.id).await;
    let ids = ["New", "Contacted", "Qualified", "Won"];
    for (visit, name) in visits.iter().zip(ids) {
        assert_eq!(
            visit.status_id,
            app.api(ALICE).status_id(name).await,
            "{name}"
        );
        assert_eq!(visit.channel, Channel::Import);
    }
    assert_eq!(visits.len(), 4);
    assert_eq!(visits[0].actor, "Moses Frase");
    assert_eq!(visits[0].reason.as_str(), "called us");
    assert_eq!(visits[1].left_at, Some(visits[1].entered_at), "in no time");
    assert_eq!(visits[3].entered_at.rfc3339(), "2020-03-01T00:00:00Z");
    assert!(visits[3].is_open());
    assert_eq!(lead.status_since, visits[3].entered_at);
    assert_eq!(lead.clock_from, lead.status_since);
    assert_eq!(lead.created_at, visits[0].entered_at);
    assert_sound(&app);

    let (status, stdout, _) = import(&app, "visits", file);
    assert_eq!(status, 0);
    assert!(stdout.ends_with("No changes.\n"), "{stdout}");
    assert_eq!(leads_of(&app).await, all);
    // A corrected file takes the place of what was imported.
    let (status, stdout, _) = import(
        &app,
        "visits",
        &file.replace("2020-01-01,Moses", "2020-01-02,Moses"),
    );
    assert_eq!(status, 0);
    assert!(
        stdout.contains("the history of 1 leads changed, 1 unchanged"),
        "{stdout}"
    );
    assert_eq!(history(&app, lead.id).await.len(), 4);
    assert_sound(&app);
}

async fn move_lead(app: &TestApp, id: i64, to: &str) {
    let to = app.api(ALICE).status_id(to).await;
    let actor = Actor::program(Channel::Ui, app.clock.now());
    let go =
        move |conn: &mut Conn| leads::move_leads(conn, &actor, &Move::new(to, Channel::Ui), &[id]);
    app.db.write(go).await.unwrap();
}

async fn what_people_moved_here_is_not_replaced(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    let id = named(&leads_of(&app).await, "A-1").id;
    move_lead(&app, id, "Lost").await;
    let before = (leads_of(&app).await, history(&app, id).await);
    let file = "external_ref,status,entered_at\nA-2,Contacted,2020-01-01\nA-1,Won,2020-01-01\n";
    let (status, stdout, stderr) = import(&app, "visits", file);
    assert_eq!(status, 1);
    assert!(
        stdout.contains("line 3: The lead A-1 was moved here since its import"),
        "{stdout}"
    );
    assert_eq!(stderr, "1 line has an error. Nothing was imported.\n");
    assert_eq!((leads_of(&app).await, history(&app, id).await), before);
}

async fn the_last_visit_decides_where_the_lead_is(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    let file = "external_ref,status,entered_at\nA-1,Lost,2020-01-01\n";
    assert_eq!(import(&app, "visits", file).0, 0);
    let all = leads_of(&app).await;
    assert_eq!(
        named(&all, "A-1").status_id,
        app.api(ALICE).status_id("Lost").await
    );
    assert_sound(&app);
}

async fn bad_lines_of_a_history_are_named(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    let file = "external_ref,status,entered_at\n\
        A-1,Won,01/02/2020\n\
        A-1,Won,2099-01-01\n\
        A-9,Won,2020-01-01\n\
        A-2,,2020-01-01\n\
        A-2,Limbo,2020-01-01\n\
        A-8,Purgatory,yesterday\n";
    let (status, stdout, stderr) = import(&app, "visits", file);
    assert_eq!(status, 1);
    for line in [
        "line 2: entered_at: This could be 2020-02-01 or 2020-01-02.",
        "line 3: entered_at: Enter a time that isn’t in the future.",
        "line 4: external_ref: No lead has the reference A-9.",
        "line 5: status: Add the status that was entered.",
        "The status “Limbo” doesn’t exist yet: 1 line.",
        "line 7: entered_at: Enter a date such as",
        "line 7: external_ref: No lead has the reference A-8.",
        "The status “Purgatory” doesn’t exist yet: 1 line.",
    ] {
        assert!(stdout.contains(line), "{line}: {stdout}");
    }
    assert!(stderr.starts_with("5 lines"), "{stderr}");
    let (status, _, stderr) = import(&app, "visits", "external_ref,status\nA-1,Won\n");
    assert_eq!(status, 1);
    assert!(
        stderr.contains("external_ref, status, entered_at"),
        "{stderr}"
    );
}

async fn a_pause_goes_on_in_the_same_status(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    let id = named(&leads_of(&app).await, "A-2").id;
    let day = 86_400_000_000;
    let until = lead_statuses::clock::Timestamp((app.clock.now().0 / day + 5) * day);
    let actor = Actor::program(Channel::Ui, app.clock.now());
    let reason = leads::domain::text::Reason::parse("on holiday").unwrap();
    let pause = move |conn: &mut Conn| {
        leads::actions::pause::pause(
            conn,
            &actor,
            Rights::program(),
            id,
            PauseEnd::of_day(Zone::UTC.day(until), Zone::UTC),
            &reason,
        )
    };
    let before = app.db.write(pause).await.unwrap();
    let file = "external_ref,status,entered_at\nA-2,New,2020-01-01\nA-2,Contacted,2020-01-08\n";
    let (status, stdout, _) = import(&app, "visits", file);
    assert_eq!(status, 0, "{stdout}");
    let after = app
        .db
        .read(move |conn| leads::find(conn, id))
        .await
        .unwrap();
    assert_eq!(after.paused_until, Some(until));
    let paused = |lead: &leads::Lead| lead.clock_from.0 - lead.status_since.0;
    assert_eq!(paused(&after), paused(&before));
    assert_sound(&app);
}

async fn a_pause_is_part_of_the_imported_visit(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    let id = named(&leads_of(&app).await, "A-2").id;
    // The command imports by the clock of the machine.
    app.clock.advance(-10 * 86_400);
    pause(&app, id, 5).await;
    app.clock.advance(10 * 86_400);
    let yesterday = app.clock.now().plus_seconds(-86_400).rfc3339();
    let file = format!("external_ref,status,entered_at\nA-2,Contacted,{yesterday}\n");
    let (status, stdout, _) = import(&app, "visits", &file);
    assert_eq!(status, 0, "{stdout}");
    let after = lead(&app, id).await;
    assert_eq!(after.status_since.rfc3339(), yesterday);
    assert!(after.clock_from <= app.clock.now(), "{after:?}");
    assert_sound(&app);
}

async fn an_unknown_actor_is_reported_once_and_stays_a_name(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    let file = "external_ref,status,entered_at,actor,reason\n\
        A-1,New,2016-10-20,Nobody Here,r\n\
        A-1,Won,2016-10-21,Nobody Here,\n\
        A-2,Contacted,2016-10-20,mara ionescu,\n";
    let (status, stdout, stderr) = import(&app, "visits", file);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    let nobody = "The actor “Nobody Here” is not a user and stays a name: 2 lines.";
    assert!(stdout.contains(nobody), "{stdout}");
    assert_eq!(stdout.matches("is not a user").count(), 1, "{stdout}");
    let id = named(&leads_of(&app).await, "A-1").id;
    assert_eq!(history(&app, id).await[0].actor, "Nobody Here");
}

async fn voided_lines_are_left_out_and_notes_are_kept(app: TestApp) {
    assert_eq!(import(&app, "leads", LEADS).0, 0);
    // What left_at and via say is ignored; a voided line may be wrong in every other cell.
    let file = "external_ref,status,entered_at,left_at,via,actor,reason,note,voided_at\n\
        A-1,New,2020-01-01,1999-01-01,nonsense,,,\"two\nlines, kept\",\n\
        A-1,Nowhere,someday,,ui,Nobody Here,,,2020-01-03\n\
        A-1,Won,2020-01-02,,api,,,,\n\
        A-2,Contacted,2020-01-01,,ui,,,,2020-01-04T00:00:00Z\n\
        A-9,Contacted,2020-01-01,,ui,,,,2020-01-04T00:00:00Z\n";
    let (status, stdout, stderr) = import(&app, "visits", file);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    for sentence in [
        "5 rows: the history of 1 leads changed, 0 unchanged, 0 refused.",
        "3 lines with voided_at: not imported.",
        "Not imported: left_at, via\n",
    ] {
        assert!(stdout.contains(sentence), "{sentence}: {stdout}");
    }
    let id = named(&leads_of(&app).await, "A-1").id;
    let visits = history(&app, id).await;
    assert_eq!(visits.len(), 2);
    assert_eq!(visits[0].note.as_str(), "two\nlines, kept");
    assert_eq!(visits[0].left_at, Some(visits[1].entered_at));
    assert!(visits.iter().all(|visit| visit.channel == Channel::Import));
    assert_sound(&app);
    let (_, stdout, _) = import(&app, "visits", file);
    assert!(stdout.ends_with("No changes.\n"), "{stdout}");
    // A note that differs is a change.
    let (status, stdout, _) = import(&app, "visits", &file.replace("kept", "changed"));
    assert_eq!(status, 0);
    assert!(
        stdout.contains("the history of 1 leads changed"),
        "{stdout}"
    );
    assert_eq!(
        history(&app, id).await[0].note.as_str(),
        "two\nlines, changed"
    );

    let wrong = "external_ref,status,entered_at,voided_at\nA-1,New,2020-01-01,yes\n";
    let (status, stdout, _) = import(&app, "visits", wrong);
    assert_eq!(status, 1);
    assert!(
        stdout.contains("line 2: voided_at: Enter a date such as"),
        "{stdout}"
    );
}
