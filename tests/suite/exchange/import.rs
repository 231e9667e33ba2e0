use serde_json::json;

use super::{
    IMPORT, PLAN_FORM, all_statuses, assert_sound, confirm, names, status_values, undo, upload,
};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    an_export_has_the_documented_columns,
    an_export_that_is_imported_changes_nothing,
    a_file_is_shown_line_by_line_and_then_done_without_being_sent_again,
    refused_lines_are_named_and_leave_nothing_behind,
    names_and_roles_can_be_swapped_and_swapped_back,
    an_outdated_preview_is_shown_again,
    columns_under_other_names_can_be_assigned,
    a_file_that_no_longer_waits_is_asked_for_again,
    only_administrators_import,
    the_command_line_reports_every_line,
);

/// Values that file formats often damage.
async fn insert_difficult_values(app: &TestApp) {
    let api = app.api(ALICE);
    for (name, definition) in [
        ("=1+1", "-2 \"quoted\", with; every\tseparator"),
        ("'@risk", "Zwei Zeilen\n\nund Ende"),
        ("🙂 مرحبا", "+40 721"),
        ("Ștampilă", "001"),
    ] {
        let body = json!({
            "name": name, "definition": definition, "color": "#1a2b3c", "kind": "paused",
            "enter_when": ["=SUM(A1)", "two, three"], "limit_days": 7,
        });
        assert_eq!(api.post("lead_statuses", body).await.status, 201, "{name}");
    }
    let id = api.create_status("Out of use").await;
    let path = format!("lead_statuses/{id}");
    assert_eq!(api.put(&path, json!({"archived": true})).await.status, 200);
}

async fn an_export_has_the_documented_columns(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let file = browser.get("/admin/leads/statuses/export?format=csv").await;
    let titles = file.answer.text().lines().next().unwrap().to_owned();
    let known = "name,slug,kind,color,isdefault,isconverted,target_days,limit_days,definition,\
                 enter_when,leave_when,entry_rules,enter_from,movers,reasons,reason_required,handoff";
    assert_eq!(titles.trim_start_matches('\u{feff}'), known);
}

async fn an_export_that_is_imported_changes_nothing(app: TestApp) {
    insert_difficult_values(&app).await;
    let browser = app.signed_in(ALICE).await;
    let before = all_statuses(&app).await;
    for format in ["csv", "json", "xlsx"] {
        let address = format!("/admin/leads/statuses/export?archived=all&format={format}");
        let file = browser.get(&address).await.answer.bytes;
        let name = format!("lead-statuses.{format}");
        let preview = upload(&browser, &name, &file).await;
        assert_eq!(preview.status, 200, "{preview:?}");
        assert_eq!(preview.texts(".empty h2"), ["No changes"]);
        assert!(!preview.has("[name=confirm]"));
        let done = browser
            .submit(&preview, PLAN_FORM, &[("confirm", "1")])
            .await;
        assert_eq!(done.status, 303);

        std::fs::write(app.dir().join(&name), &file).unwrap();
        let (status, stdout, _) = app.run(&["import", "statuses", &name]);
        assert_eq!(status, 0, "{stdout}");
        assert!(
            stdout.contains("0 new, 0 changed, 11 unchanged"),
            "{stdout}"
        );
        assert_eq!(all_statuses(&app).await, before, "{format}");

        let own = app
            .program(&["export", "statuses", "--format", format], "")
            .stdout;
        std::fs::write(app.dir().join(&name), own).unwrap();
        let (status, stdout, _) = app.run(&["import", "statuses", &name]);
        assert!(
            stdout.contains("0 new, 0 changed, 10 unchanged"),
            "{status} {stdout}"
        );
    }
    assert_eq!(all_statuses(&app).await, before);
    assert_sound(&app);
}

const SALES: &str = "name,kind,color,isdefault,isconverted,target_days,limit_days,definition\n\
    Prospecting,open,#2a80e2,true,,7,14,We know them; nobody has spoken with them yet.\n\
    Engaging,open,#0090a8,,,45,90,A conversation is under way.\n\
    Won,won,#049a4e,,true,,,They bought.\n\
    Lost,lost,#d24c49,,,,,They did not.\n";

async fn a_file_is_shown_line_by_line_and_then_done_without_being_sent_again(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let before = status_values(&app).await;
    let preview = upload(&browser, "sales.csv", SALES.as_bytes()).await;
    assert_eq!(preview.status, 200);
    assert_eq!(preview.texts("h1"), ["Import “sales.csv”?"]);
    assert_eq!(
        preview.texts(".plan tbody .tag"),
        ["new", "new", "changed", "changed"]
    );
    assert_eq!(preview.texts(".plan tbody .num"), ["2", "3", "4", "5"]);
    assert!(
        preview
            .text()
            .contains("New leads start in “Prospecting” instead of “New”.")
    );
    assert_eq!(
        status_values(&app).await,
        before,
        "a preview changes nothing"
    );
    assert!(!preview.has("input[type=file]"));

    let done = confirm(&browser, &preview).await;
    assert_eq!(done.status, 303);
    let expected = [
        "Prospecting",
        "Engaging",
        "Won",
        "Lost",
        "New",
        "Contacted",
        "Qualified",
        "Proposal",
    ];
    assert_eq!(names(&app).await, expected);
    assert_eq!(
        app.api(ALICE).status("Prospecting").await["isdefault"],
        true
    );
    assert_sound(&app);

    assert_eq!(undo(&browser, &done).await.status, 303);
    assert_eq!(status_values(&app).await, before);
    assert_sound(&app);
    let again = browser
        .submit(&preview, PLAN_FORM, &[("confirm", "1")])
        .await;
    assert_eq!(again.leads_to(), done.leads_to(), "it is imported once");
    assert_eq!(status_values(&app).await, before);
}

async fn refused_lines_are_named_and_leave_nothing_behind(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let before = all_statuses(&app).await;
    let file = "name,kind,color,target_days,limit_days\n\
        Fine,open,#123456,1,2\n\
        Prospecting,opne,#2a80e2,70,14\n\
        ,open,,,\n\
        Won,lost,,,\n\
        fíne,open,,,\n";
    let refused = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(refused.status, 422);
    assert!(refused.title().starts_with("Error:"));
    let shown = refused.texts(".error-summary li").join("\n");
    for line in [
        "Line 3: Choose a kind",
        "Line 3: Lower the target",
        "Line 4: Enter a name",
        "Line 5: Keep the kind Won",
        "Line 6: Line 2 has the same name",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(!refused.has("[name=confirm]"));
    let forced = browser
        .submit(&refused, PLAN_FORM, &[("confirm", "1")])
        .await;
    assert_eq!(forced.status, 422);
    assert_eq!(all_statuses(&app).await, before);

    let no_default = "name,slug,isdefault\nNew,new,false\n";
    let refused = upload(&browser, "a.csv", no_default.as_bytes()).await;
    assert_eq!(refused.status, 422);
    assert_eq!(all_statuses(&app).await, before);
    assert_sound(&app);
}

async fn names_and_roles_can_be_swapped_and_swapped_back(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let before = status_values(&app).await;
    let file = r#"[
        {"slug": "won", "name": "New", "kind": "open", "isdefault": true},
        {"slug": "contacted", "name": "Qualified"},
        {"slug": "qualified", "name": "CONTACTED"},
        {"slug": "contacted-2", "name": "Contacted twice"},
        {"slug": "new", "name": "Won", "kind": "won", "isconverted": true}
    ]"#;
    let preview = upload(&browser, "swap.json", file.as_bytes()).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let done = confirm(&browser, &preview).await;
    assert_eq!(done.status, 303, "{done:?}");
    let api = app.api(ALICE);
    let new = api.status("New").await;
    assert_eq!(
        (&new["slug"], &new["isdefault"], &new["kind"]),
        (&json!("won"), &json!(true), &json!("open"))
    );
    assert_eq!(api.status("Won").await["isconverted"], true);
    assert_eq!(api.status("Qualified").await["slug"], "contacted");
    assert_sound(&app);
    assert_eq!(undo(&browser, &done).await.status, 303);
    assert_eq!(status_values(&app).await, before);
    assert_sound(&app);
}

async fn an_outdated_preview_is_shown_again(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let preview = upload(&browser, "sales.csv", SALES.as_bytes()).await;
    let api = app.api(ALICE);
    api.create_status("Prospecting").await;
    let before = all_statuses(&app).await;
    let stale = confirm(&browser, &preview).await;
    assert_eq!(stale.status, 409);
    assert_eq!(all_statuses(&app).await, before);
    assert_eq!(
        stale.texts(".plan tbody .tag")[0],
        "changed",
        "the new preview"
    );
    assert_eq!(confirm(&browser, &stale).await.status, 303);
    assert_sound(&app);
}

async fn columns_under_other_names_can_be_assigned(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let file = "Stage;Sort;Sort\nFirst look;open;3\n";
    let unclear = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(unclear.status, 422);
    assert!(unclear.texts(".error-summary li")[0].contains("Stage, Sort, Sort"));
    let twice = browser
        .submit(&unclear, PLAN_FORM, &[("map-0", "name"), ("map-1", "name")])
        .await;
    assert_eq!(twice.status, 422);
    let preview = browser
        .submit(
            &twice,
            PLAN_FORM,
            &[("map-1", "kind"), ("map-2", "limit_days")],
        )
        .await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let wrong = browser
        .submit(&unclear, PLAN_FORM, &[("map-0", "nonsense")])
        .await;
    assert_eq!(wrong.status, 422);
    assert_eq!(confirm(&browser, &preview).await.status, 303);
    assert_eq!(app.api(ALICE).status("First look").await["limit_days"], 3);
}

async fn a_file_that_no_longer_waits_is_asked_for_again(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let preview = upload(&browser, "sales.csv", SALES.as_bytes()).await;
    for word in ["", "x", "../../signing.key"] {
        let page = browser
            .submit(&preview, PLAN_FORM, &[("upload", word), ("confirm", "1")])
            .await;
        assert_eq!(page.status, 422, "{word}");
        assert!(page.has("input[type=file]"));
        assert!(!page.texts(".error-summary li")[0].is_empty());
    }
}

async fn only_administrators_import(app: TestApp) {
    for who in [MARA, RADU, VERA] {
        let browser = app.signed_in(who).await;
        for path in [IMPORT, "/admin/leads/statuses/sets"] {
            assert_eq!(browser.get(path).await.status, 403, "{} {path}", who.name);
            let list = browser.get("/admin/leads/statuses").await;
            let token = list.form("form[action='/admin/logout']");
            let token = token.value("csrf").unwrap().to_owned();
            let sent = browser
                .post(path, &[("csrf", &token), ("set", "b2b")])
                .await;
            assert_eq!(sent.status, 403, "{} {path}", who.name);
        }
    }
    assert_eq!(app.visitor().get(IMPORT).await.status, 303);
}

async fn the_command_line_reports_every_line(app: TestApp) {
    let before = all_statuses(&app).await;
    std::fs::write(app.dir().join("sales.csv"), SALES).unwrap();
    let (status, stdout, _) = app.run(&["import", "statuses", "sales.csv", "--dry-run"]);
    assert_eq!(status, 0);
    for line in [
        "line 2: Prospecting is new.",
        "line 4: Won is changed: definition.",
        "2 new, 2 changed",
        "The role default goes from New to Prospecting.",
    ] {
        assert!(stdout.contains(line), "{line}: {stdout}");
    }
    assert_eq!(
        all_statuses(&app).await,
        before,
        "a dry run changes nothing"
    );
    let mapped = ["import", "statuses", "sales.csv", "--map", "definition="];
    let (status, stdout, _) = app.run(&mapped);
    assert_eq!(status, 0, "{stdout}");
    assert!(stdout.contains("Not imported: definition"), "{stdout}");
    assert_eq!(app.api(ALICE).status("Prospecting").await["definition"], "");
    assert_sound(&app);

    let before = all_statuses(&app).await;
    std::fs::write(app.dir().join("bad.csv"), "name,kind\nA,open\nB,opne\n").unwrap();
    let (status, stdout, stderr) = app.run(&["import", "statuses", "bad.csv"]);
    assert_eq!(status, 1);
    assert!(stdout.contains("line 3: B is refused: kind: "), "{stdout}");
    assert_eq!(stderr, "1 line has an error. Nothing was imported.\n");
    assert_eq!(app.run(&["import", "statuses", "none.csv"]).0, 1);
    assert_eq!(
        app.run(&["import", "statuses", "bad.csv", "--map", "x"]).0,
        2
    );
    assert_eq!(app.run(&["export", "statuses", "--format", "pdf"]).0, 2);
    assert_eq!(all_statuses(&app).await, before);
}
