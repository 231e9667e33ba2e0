use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use lead_statuses::db::{DatabaseUrl, migrate};

use super::{ONE_STATUS, revert_migration};
use crate::support::{Backend, DatabaseCopy, execute, open_postgres, open_sqlite};

/// A line of `explain query plan`, or one text of another query.
#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[test]
fn on_sqlite_one_index_finds_the_leads_of_a_status_in_order_and_those_that_forbid_its_deletion() {
    let dir = tempfile::tempdir().unwrap();
    let copy = DatabaseCopy::empty(Backend::Sqlite, dir.path()).unwrap();
    migrate(&copy.url).unwrap();
    revert_migration(&copy.url, "2026-11-30-040000_merge_status_indexes");
    let to_bin = "update leads set deleted_at = 2";
    execute(
        &copy.url,
        &format!("{ONE_STATUS}; {}; {to_bin}", lead(3, "wu")),
    );
    assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
    let DatabaseUrl::Sqlite(file) = &copy.url else {
        panic!("another database")
    };
    let conn = &mut open_sqlite(file);
    let mut plan = |query: &str| {
        let steps = sql_query(format!("explain query plan {query}")).load(conn);
        let steps: Vec<TextRow> = steps.unwrap();
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

#[test]
fn on_postgresql_leads_of_the_schema_before_are_found_by_words_of_any_length() {
    let dir = tempfile::tempdir().unwrap();
    let Some(copy) = DatabaseCopy::empty(Backend::Postgres, dir.path()) else {
        return;
    };
    migrate(&copy.url).unwrap();
    revert_migration(
        &copy.url,
        "2026-11-30-060000_search_leads_in_their_own_table",
    );
    execute(&copy.url, &format!("{ONE_STATUS}; {}", lead(3, "wu")));
    assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
    execute(&copy.url, &lead(4, "wurm"));
    let DatabaseUrl::Postgres(url) = &copy.url else {
        panic!("another database")
    };
    let conn = &mut open_postgres(url);
    let mut found = |condition: &str| {
        let query =
            format!("select lead_id::text as detail from lead_search where {condition} order by 1");
        let rows: Vec<TextRow> = sql_query(query).load(conn).unwrap();
        rows.into_iter()
            .map(|row| row.detail)
            .collect::<Vec<String>>()
    };
    assert_eq!(
        found("letters_and_pairs(search_key) @> array['w', 'wu']"),
        ["3", "4"]
    );
    assert_eq!(found("letters_and_pairs(search_key) @> array['rm']"), ["4"]);
    assert_eq!(found("search_key like '%wur%'"), ["4"]);
    execute(
        &copy.url,
        "update leads set search_key = 'ana' where id = 3; delete from leads where id = 4",
    );
    assert_eq!(found("search_key = 'ana'"), ["3"]);
    assert_eq!(found("search_key <> 'ana'"), Vec::<String>::new());
}

fn lead(id: i64, search_key: &str) -> String {
    format!(
        "insert into leads (id, name, name_key, value_key, currency, status_id, status_since, clock_from, \
         last_activity_at, search_key, created_at, created_by, updated_at, updated_by) \
         values ({id}, 'Wu', 'wu', -1, 'EUR', 7, 1, 1, 1, '{search_key}', 1, '', 1, '')"
    )
}
