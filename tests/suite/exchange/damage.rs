use super::assert_sound;
use crate::support::{Backend, TestApp, execute};

both!(
    check_finds_every_rule_that_is_broken,
    check_finds_no_fault_in_what_the_program_writes
);

async fn check_finds_no_fault_in_what_the_program_writes(app: TestApp) {
    assert_sound(&app);
    let (_, stdout, _) = app.run(&["check"]);
    assert_eq!(stdout, "Every rule holds over 6 statuses and 0 leads.\n");
    let (status, _, stderr) = app.run(&["--database-url", "sqlite://none.db", "check"]);
    assert_eq!((status, stderr.lines().count()), (2, 1));
    assert!(!app.dir().join("none.db").exists());
}

async fn check_finds_every_rule_that_is_broken(app: TestApp) {
    let of_role = match app.backend {
        Backend::Sqlite => "drop trigger lead_status_roles_are_always_held",
        Backend::Postgres => "drop trigger lead_status_roles_are_always_held on lead_status_roles",
    };
    let role_gone = format!("{of_role}; delete from lead_status_roles where role = 'default'");
    let damages = [
        (
            "update lead_statuses set search_key = search_key || 'x' where slug = 'new'",
            "search key is out of date",
            "update lead_statuses set search_key = substr(search_key, 1, length(search_key) - 1) where slug = 'new'",
        ),
        (
            "update lead_statuses set position = 9 where slug = 'lost'",
            "[1, 2, 3, 4, 5, 9]",
            "update lead_statuses set position = 6 where slug = 'lost'",
        ),
        (
            "update lead_statuses set name_key = 'other' where slug = 'new'",
            "has the name key \"other\"",
            "update lead_statuses set name_key = 'new' where slug = 'new'",
        ),
        (
            "update lead_statuses set version = version + 1 where slug = 'won'",
            "is not as its newest entry in the log says",
            "update lead_statuses set version = version - 1 where slug = 'won'",
        ),
        (
            role_gone.as_str(),
            "0 statuses hold the role default",
            "select 1",
        ),
    ];
    for (damage, complaint, mend) in damages {
        execute(&app.config.database_url, damage);
        let (status, stdout, stderr) = app.run(&["check"]);
        assert_eq!(status, 1, "{complaint}: {stdout}");
        assert!(stdout.contains(complaint), "{complaint}: {stdout}");
        assert_eq!(stderr.lines().count(), 1);
        execute(&app.config.database_url, mend);
    }
}
