//! Names of statuses in files of other systems: each can be read as a status that exists.

use super::files::{assert_sound, leads_of, write};
use super::real_files::{PLAN, import, upload};
use crate::support::{ALICE, MARA, TestApp};

both!(
    the_page_reads_a_name_as_the_status_that_was_chosen,
    those_who_create_no_statuses_choose_among_them,
    the_command_line_reads_a_name_as_the_status_that_was_given,
    a_history_is_read_with_the_same_choices,
    many_lines_with_one_error_are_one_link_to_where_it_is_solved,
);

const FILE: &str = "external_ref,name,Deal Stage\nA-1,Ana,Closed won\nA-2,Dan,closed WON\nA-3,Zoe,Demo held\nA-4,Ion,New\n";

async fn status_names(app: &TestApp) -> Vec<String> {
    let statuses = app.api(ALICE).statuses().await;
    let name = |id: i64| {
        let status = statuses.iter().find(|status| status["id"] == id);
        status.unwrap()["name"].as_str().unwrap().to_owned()
    };
    let leads = leads_of(app).await;
    leads.iter().map(|lead| name(lead.status_id)).collect()
}

async fn the_page_reads_a_name_as_the_status_that_was_chosen(app: TestApp) {
    let won = app.api(ALICE).status_id("Won").await.to_string();
    let browser = app.signed_in(ALICE).await;
    let preview = upload(&browser, "deals.csv", FILE.as_bytes()).await;
    assert!(
        preview.text().contains("3 statuses don’t exist yet"),
        "{}",
        preview.text()
    );
    let chosen = [
        ("word:Closed won", won.as_str()),
        ("word:closed WON", won.as_str()),
    ];
    let again = browser.submit(&preview, PLAN, &chosen).await;
    assert!(
        again.text().contains("1 status doesn’t exist yet"),
        "{}",
        again.text()
    );
    assert!(
        again.text().contains("“Closed won” is imported as Won"),
        "{}",
        again.text()
    );
    assert_eq!(
        again.form(PLAN).value("word:Closed won"),
        Some(won.as_str())
    );
    let done = browser.submit(&again, PLAN, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(status_names(&app).await, ["Won", "Won", "Demo held", "New"]);
    assert_sound(&app);
}

async fn those_who_create_no_statuses_choose_among_them(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "deals.csv", FILE.as_bytes()).await;
    assert!(!preview.has("[name=confirm]"));
    let ids = [
        app.api(ALICE).status_id("Won").await,
        app.api(ALICE).status_id("Qualified").await,
    ];
    let ids = ids.map(|id| id.to_string());
    let chosen = [
        ("word:Closed won", ids[0].as_str()),
        ("word:closed WON", ids[0].as_str()),
        ("word:Demo held", ids[1].as_str()),
    ];
    let again = browser.submit(&preview, PLAN, &chosen).await;
    assert!(
        again.text().contains("Statuses you chose"),
        "{}",
        again.text()
    );
    let done = browser.submit(&again, PLAN, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(status_names(&app).await, ["Won", "Won", "Qualified", "New"]);
    let refused = upload(&browser, "deals.csv", FILE.as_bytes()).await;
    let refused = browser
        .submit(&refused, PLAN, &[("word:Closed won", "x")])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}

async fn the_command_line_reads_a_name_as_the_status_that_was_given(app: TestApp) {
    let words = [
        "--status",
        "Closed won=won",
        "--status",
        "Demo held=Qualified",
    ];
    let (code, stdout, stderr) = import(&app, FILE.as_bytes(), &words);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("“Closed won” is imported as Won: 1 line."),
        "{stdout}"
    );
    assert_eq!(status_names(&app).await, ["Won", "Won", "Qualified", "New"]);
    for wrong in ["Closed won=Nirvana", "Closed won"] {
        let (code, _, stderr) = import(&app, FILE.as_bytes(), &["--status", wrong]);
        assert_eq!(code, 2, "{stderr}");
    }
}

async fn a_history_is_read_with_the_same_choices(app: TestApp) {
    assert_eq!(import(&app, b"external_ref,name\nA-1,Ana\n", &[]).0, 0);
    let visits =
        "external_ref,status,entered_at\nA-1,Demo held,2026-01-01\nA-1,Closed won,2026-01-02\n";
    let file = write(&app, "v.csv", visits.as_bytes());
    let words = [
        "--status",
        "Closed won=Won",
        "--status",
        "Demo held=Qualified",
    ];
    let (code, stdout, _) = app.run(&[&["import", "visits", &file], &words[..]].concat());
    assert_eq!(code, 0, "{stdout}");
    assert_eq!(status_names(&app).await, ["Won"]);
}

async fn many_lines_with_one_error_are_one_link_to_where_it_is_solved(app: TestApp) {
    let rows: String = (1..=12)
        .map(|day| format!("Lead {day},{day}/{day}/2026\n"))
        .collect();
    let browser = app.signed_in(MARA).await;
    let file = format!("name,Create Date\n{rows}");
    let preview = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(preview.status, 422);
    let links = preview.attributes(".error-summary a", "href");
    assert_eq!(links, ["#f-date-created_at"], "{}", preview.text());
    assert!(preview.has("#f-date-created_at"));
}
