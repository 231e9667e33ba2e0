use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use lead_statuses::db::{DatabaseUrl, migrate};

use super::{ONE_STATUS, revert_migration};
use crate::support::{Backend, DatabaseCopy, execute, open_sqlite};

/// A line of `explain query plan`.
#[derive(QueryableByName)]
struct PlanStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[test]
fn on_sqlite_one_index_finds_the_leads_of_a_status_in_order_and_those_that_forbid_its_deletion() {
    let dir = tempfile::tempdir().unwrap();
    let copy = DatabaseCopy::empty(Backend::Sqlite, dir.path()).unwrap();
    migrate(&copy.url).unwrap();
    revert_migration(&copy.url, "2026-11-30-040000_merge_status_indexes");
    let in_bin = "insert into leads (id, name, name_key, value_key, currency, status_id, status_since, clock_from, \
         last_activity_at, search_key, created_at, created_by, updated_at, updated_by, deleted_at) \
         values (3, 'Wu', 'wu', -1, 'EUR', 7, 1, 1, 1, 'wu', 1, '', 1, '', 2)";
    execute(&copy.url, &format!("{ONE_STATUS}; {in_bin}"));
    assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
    let DatabaseUrl::Sqlite(file) = &copy.url else {
        panic!("another database")
    };
    let conn = &mut open_sqlite(file);
    let mut plan = |query: &str| {
        let steps = sql_query(format!("explain query plan {query}")).load(conn);
        let steps: Vec<PlanStep> = steps.unwrap();
        steps
            .into_iter()
            .map(|step| step.detail)
            .collect::<Vec<_>>()
    };
    let index = "SEARCH leads USING COVERING INDEX leads_status_created_at";
    let newest = "select id from leads where deleted_at is null and status_id = 7 order by created_at desc, id desc";
    assert_eq!(
        plan(newest),
        [format!("{index} (status_id=? AND deleted_at=?)")]
    );
    let any = "select id from leads where status_id = 7";
    assert_eq!(plan(any), [format!("{index} (status_id=?)")]);
    conn.batch_execute("pragma foreign_keys = on").unwrap();
    let deleted = sql_query("delete from lead_statuses where id = 7").execute(conn);
    assert!(deleted.is_err(), "a lead in the bin is in the status");
}
