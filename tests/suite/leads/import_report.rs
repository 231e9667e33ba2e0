//! The report of an import before it writes: errors, assumptions, and what it would create.

use super::files::{assert_sound, import, leads_of, named, write};
use super::import::history;
use crate::support::{ALICE, TestApp};

both!(
    all_errors_of_a_line_are_shown_at_once,
    values_without_a_currency_are_euros_and_it_says_so,
    statuses_that_do_not_exist_are_made_if_that_was_asked_for,
);

async fn all_errors_of_a_line_are_shown_at_once(app: TestApp) {
    let file = "external_ref,name,email,owner,status,value,currency\n\
        A-1,Ana,nowhere,Moses Frase,Limbo,1.234 EUR,\n\
        A-2,Dan,nowhere,,,1.234,EUR\n\
        A-3,Zoe,nowhere,,,1.234,thalers\n\
        A-1,Ana,,,,,\n";
    let (status, stdout, stderr) = import(&app, "leads", file);
    assert_eq!(status, 1);
    for line in [
        "line 2: email: ",
        "line 2: value: ",
        "The status “Limbo” doesn’t exist yet: 1 line.",
        "The owner “Moses Frase” is not a user: 1 line.",
        "line 3: email: ",
        "line 3: value: ",
        "line 4: currency: ",
        "line 5: external_ref: Line 2 has the same external reference.",
        "4 rows: 0 new, 0 changed, 0 unchanged, 4 refused.",
    ] {
        assert!(stdout.contains(line), "{line}: {stdout}");
    }
    assert!(!stdout.contains("line 4: value"), "{stdout}");
    assert!(stderr.starts_with("4 lines have errors"), "{stderr}");
}

async fn values_without_a_currency_are_euros_and_it_says_so(app: TestApp) {
    let rows: String = (0..1_100).map(|n| format!("{n},5,\n")).collect();
    let file = format!("name,value,currency\n{rows}A,,\nB,5,RON\n");
    let note = "values without a currency";
    let file = write(&app, "leads.csv", file.as_bytes());
    let dry = ["import", "leads", file.as_str(), "--dry-run"];
    let (status, stdout, _) = app.run(&dry);
    assert_eq!(status, 0);
    assert!(
        stdout.contains("1,100 values without a currency: EUR."),
        "{stdout}"
    );
    let (_, stdout, _) = app.run(&[&dry[..], &["--currency", "USD"]].concat());
    assert!(!stdout.contains(note), "{stdout}");
    assert_eq!(
        import(
            &app,
            "leads",
            "external_ref,name,value,currency\nA-1,Ana,5,RON\n"
        )
        .0,
        0
    );
    let (_, stdout, _) = import(&app, "leads", "external_ref,value\nA-1,6\n");
    assert!(!stdout.contains(note), "it keeps its currency: {stdout}");
}

async fn statuses_that_do_not_exist_are_made_if_that_was_asked_for(app: TestApp) {
    let go = |what: &str, file: &str, more: &[&str]| {
        let file = write(&app, "a.csv", file.as_bytes());
        app.run(&[&["import", what, file.as_str()], more].concat())
    };
    let file = "external_ref,name,status\nA-1,Ana,Limbo\nA-2,Dan,LIMBO\n";
    let (status, _, stderr) = go("leads", file, &[]);
    assert_eq!(status, 1);
    assert!(stderr.contains("with --make-statuses"), "{stderr}");
    let make = "--make-statuses";
    let (status, stdout, stderr) = go("leads", file, &[make, "--dry-run"]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("The status “LIMBO” would be created."),
        "{stdout}"
    );
    assert!(leads_of(&app).await.is_empty());
    assert_eq!(go("leads", file, &[]).0, 1, "a dry run makes nothing");

    let (status, stdout, stderr) = go("leads", file, &[make]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("The status “LIMBO” was created."),
        "{stdout}"
    );
    let limbo = app.api(ALICE).status("LIMBO").await;
    assert_eq!(limbo["kind"], "open");
    for lead in leads_of(&app).await {
        assert_eq!(limbo["id"], lead.status_id);
    }
    let visits = "external_ref,status,entered_at\nA-1,Purgatory,2020-01-01\nA-1,Limbo,2020-02-01\n";
    let (status, stdout, stderr) = go("visits", visits, &[make]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    let there = named(&leads_of(&app).await, "A-1").id;
    let first = history(&app, there).await.remove(0);
    let purgatory = app.api(ALICE).status("Purgatory").await;
    assert_eq!(purgatory["id"], first.status_id);
    assert_sound(&app);

    let many: String = (0..31).map(|n| format!("x,Stage {n}\n")).collect();
    let (status, _, stderr) = go("leads", &format!("name,status\n{many}"), &[make]);
    assert_eq!(status, 1);
    assert!(
        stderr.starts_with("More than 30 statuses don’t exist yet"),
        "{stderr}"
    );
}
