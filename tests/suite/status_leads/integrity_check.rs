use super::{DAY, insert_lead};
use crate::exchange::assert_sound;
use crate::support::{ALICE, Backend, TestApp, execute};

both!(check_finds_every_rule_of_leads_that_is_broken);

/// A statement that damages the database, the fault that `check` reports, and a statement that repairs it.
type Damage = (&'static str, &'static str, &'static str);

const EITHER: [Damage; 18] = [
    (
        "update leads set source = 'Nowhere' where id = 2",
        "Leads whose source is not written as it was the first time: 1 (2).",
        "update leads set source = '' where id = 2",
    ),
    (
        "update leads set paused_until = 86400000000, resumes_on = 30000 where id = 2",
        "Leads whose pause doesn't end where its day begins: 1 (2).",
        "update leads set paused_until = null, resumes_on = null where id = 2",
    ),
    (
        "update visits set left_at = entered_at where lead_id = 1 and left_at is null",
        "Leads without an open visit: 1 (1).",
        "update visits set left_at = null where id = (select max(id) from visits where lead_id = 1)",
    ),
    (
        "update leads set status_since = status_since - 1, clock_from = clock_from where id = 1",
        "Leads that are not where their open visit is: 1 (1).",
        "update leads set status_since = status_since + 1 where id = 1",
    ),
    (
        "update visits set entered_at = entered_at + 1 where lead_id = 2 and left_at is null",
        "Leads that are not where their open visit is: 1 (2).",
        "update visits set entered_at = entered_at - 1 where lead_id = 2 and left_at is null",
    ),
    (
        "update visits set left_at = left_at - 1000000 where lead_id = 1 and left_at is not null",
        "Leads whose visits have a gap or an overlap: 1 (1).",
        "update visits set left_at = left_at + 1000000 where lead_id = 1 and left_at is not null",
    ),
    (
        "update visits set next_status_id = 6 where lead_id = 1 and left_at is not null",
        "Leads whose visits have a gap or an overlap: 1 (1).",
        "update visits set next_status_id = 2 where lead_id = 1 and left_at is not null",
    ),
    (
        "update visits set status_id = 77 where lead_id = 1 and left_at is not null",
        "Visits to a status that neither exists nor was deleted: 1 (1).",
        "update visits set status_id = 1 where lead_id = 1 and left_at is not null",
    ),
    (
        "update lead_totals set leads = leads + 2 where status_id = 2",
        "The head count of status 2 is off by 2 leads and 0 minor units.",
        "update lead_totals set leads = leads - 2 where status_id = 2",
    ),
    (
        "update lead_totals set value_cents = value_cents - 5 where status_id = 2",
        "The head count of status 2 is off by 0 leads and -5 minor units.",
        "update lead_totals set value_cents = value_cents + 5 where status_id = 2",
    ),
    (
        "update lead_ages set leads = leads + 1 where status_id = 2",
        "The ages of the leads in status 2 are off by 1 on some day.",
        "update lead_ages set leads = leads - 1 where status_id = 2",
    ),
    (
        "update lead_clocks set leads = leads + 1 where status_id = 2",
        "The clocks of the leads in status 2 are off by 1 on some day.",
        "update lead_clocks set leads = leads - 1 where status_id = 2",
    ),
    (
        "insert into lead_sleeps (status_id, wake_quarter, shard, leads) values (2, 30000, 0, 3)",
        "The paused leads in status 2 are off by 3 in some quarter of an hour.",
        "delete from lead_sleeps where wake_quarter = 30000",
    ),
    (
        "update lead_hours set leads = leads + 1 where status_id = 2",
        "The clocks of the leads in status 2 are off by 1 in some hour.",
        "update lead_hours set leads = leads - 1 where status_id = 2",
    ),
    (
        "update leads set name_key = 'x' where id = 2",
        "Leads whose search texts are not those of their fields: 1 (2).",
        "update leads set name_key = 'bogdan' where id = 2",
    ),
    (
        "update leads set search_key = search_key || 'x' where id = 2",
        "Leads whose search texts are not those of their fields: 1 (2).",
        "update leads set search_key = substr(search_key, 1, length(search_key) - 1) where id = 2",
    ),
    (
        "insert into deleted_lead_statuses (id, name, color, kind, deleted_at) values (3, 'Q', '#000000', 'open', 1)",
        "Statuses that are in use and deleted at once: 1 (3).",
        "delete from deleted_lead_statuses",
    ),
    (
        "insert into replacements (from_id, to_id, act, is_age_restarted, actor, door, request_id, batch_id, total, moved, started_at) \
         values (3, 77, 'delete', false, 'x', 'ui', '', 1, 1, 0, 1)",
        "Statuses that are being replaced by one that is not in use: 1 (3).",
        "delete from replacements",
    ),
];

// SQLite itself refuses a clock before its visit.
const SQLITE: [Damage; 6] = [
    (
        "drop index visits_open_key; insert into visits (lead_id, status_id, entered_at, via, actor, recorded_at) \
         select lead_id, status_id, entered_at, via, actor, recorded_at from visits where lead_id = 2",
        "Leads with several open visits: 1 (2).",
        "delete from visits where id = (select max(id) from visits); \
         create unique index visits_open_key on visits (lead_id) where left_at is null",
    ),
    (
        "pragma foreign_keys = off; update leads set owner_id = 99 where id = 1",
        "A row points at nothing: leads, row 1 → users.",
        "update leads set owner_id = null where id = 1",
    ),
    (
        "pragma foreign_keys = off; update leads set status_id = 99 where id = 1",
        "A row points at nothing: leads, row 1 → lead_statuses.",
        "update leads set status_id = 2 where id = 1",
    ),
    (
        "insert into lead_search (lead_search, rowid, search_key) select 'delete', id, search_key from leads where id = 2",
        "Leads that the search index does not hold as they are: 1 (2).",
        "insert into lead_search (rowid, search_key) select id, search_key from leads where id = 2",
    ),
    (
        "insert into lead_search (rowid, search_key) values (50, 'nobody')",
        "Leads that the search index does not hold as they are: 1 (50).",
        "insert into lead_search (lead_search, rowid, search_key) values ('delete', 50, 'nobody')",
    ),
    (
        "pragma ignore_check_constraints = on; \
         update lead_statuses set is_archived = 1, archived_at = 1, position = null where id = 2",
        "Leads in an archived status: 2 (1, 2).",
        "update lead_statuses set is_archived = 0, archived_at = null, position = 2 where id = 2",
    ),
];

const POSTGRES: [Damage; 7] = [
    (
        "update lead_search set search_key = search_key || 'x' where lead_id = 2",
        "Leads that the search index does not hold as they are: 1 (2).",
        "update lead_search set search_key = substr(search_key, 1, length(search_key) - 1) where lead_id = 2",
    ),
    (
        "insert into lead_search (lead_id, search_key) values (50, 'nobody')",
        "Leads that the search index does not hold as they are: 1 (50).",
        "delete from lead_search where lead_id = 50",
    ),
    (
        "drop index visits_open_key; insert into visits (lead_id, status_id, entered_at, via, actor, recorded_at) \
         select lead_id, status_id, entered_at, via, actor, recorded_at from visits where lead_id = 2",
        "Leads with several open visits: 1 (2).",
        "delete from visits where id = (select max(id) from visits); \
         create unique index visits_open_key on visits (lead_id) where left_at is null",
    ),
    (
        "alter table leads drop constraint leads_clock_from_check; \
         update leads set clock_from = status_since - 1 where id = 1",
        "Leads whose clock begins before they came: 1 (1).",
        "update leads set clock_from = status_since where id = 1",
    ),
    (
        "alter table leads drop constraint leads_owner_id_fkey; update leads set owner_id = 99 where id = 1",
        "Leads of an owner who does not exist: 1 (1).",
        "update leads set owner_id = null where id = 1",
    ),
    (
        "alter table leads drop constraint leads_status_id_fkey; update leads set status_id = 99 where id = 1",
        "Leads in a status that does not exist: 1 (1).",
        "update leads set status_id = 2 where id = 1",
    ),
    (
        "update lead_statuses set is_archived = true, archived_at = 1, position = null where id = 2",
        "Leads in an archived status: 2 (1, 2).",
        "update lead_statuses set is_archived = false, archived_at = null, position = 2 where id = 2",
    ),
];

async fn check_finds_every_rule_of_leads_that_is_broken(app: TestApp) {
    let api = app.api(ALICE);
    let (new, contacted) = (api.status_id("New").await, api.status_id("Contacted").await);
    assert_eq!((new, contacted), (1, 2));
    let ana = insert_lead(&app, "Ana", new, 9, Some(100)).await;
    let bogdan = insert_lead(&app, "Bogdan", contacted, 4, Some(200)).await;
    assert_eq!((ana.id, bogdan.id), (1, 2));
    app.clock.advance(DAY);
    let by =
        lead_statuses::audit::Actor::program(lead_statuses::channel::Channel::Api, app.clock.now());
    let order = lead_statuses::leads::Move::new(contacted, lead_statuses::channel::Channel::Api);
    let go = move |conn: &mut lead_statuses::db::Conn| {
        lead_statuses::leads::move_leads(conn, &by, &order, &[1])
    };
    app.db.write(go).await.unwrap();
    assert_sound(&app);
    let (_, stdout, _) = app.run(&["check"]);
    assert_eq!(stdout, "Every rule holds over 6 statuses and 2 leads.\n");
    let own: &[Damage] = match app.backend {
        Backend::Sqlite => &SQLITE,
        Backend::Postgres => &POSTGRES,
    };
    for (damage, complaint, mend) in EITHER.iter().chain(own) {
        execute(&app.config.database_url, damage);
        let (status, stdout, stderr) = app.run(&["check"]);
        assert_eq!(status, 1, "{complaint}: {stdout}");
        assert!(stdout.contains(complaint), "{complaint}: {stdout}");
        assert_eq!(stderr.lines().count(), 1);
        execute(&app.config.database_url, mend);
        if !damage.contains("drop constraint") {
            assert_sound(&app);
        }
    }
}
