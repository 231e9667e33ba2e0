//! Databases from before imports were matched by system and address, and listed.

use lead_statuses::db::migrate;

use super::{NameRow, ONE_STATUS, load, revert_migration};
use crate::support::{DatabaseCopy, execute};

#[test]
fn leads_from_before_are_matched_by_address_number_and_system() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-29-200000_match_leads");
        let lead = |id: i64, email: &str, phone: &str| {
            format!(
                "({id}, 'r{id}', 'Wu', 'wu', '{email}', '{phone}', -1, 'EUR', 7, 1, 1, 1, 'wu', 1, '', 1, '')"
            )
        };
        let rows = [
            lead(1, "Wu@Example.com", "+40 (722) 123-456"),
            lead(2, "", "0722.123.456 int. 2"),
            lead(3, "", "112"),
        ];
        execute(
            &copy.url,
            &format!(
                "{ONE_STATUS}; insert into leads (id, external_ref, name, name_key, email, phone, value_key, currency, status_id, \
                 status_since, clock_from, last_activity_at, search_key, created_at, created_by, updated_at, updated_by) values {}",
                rows.join(", ")
            ),
        );
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
        let keys = "select external_ref || '|' || external_system || '|' || email_key || '|' || phone_key as name from leads order by id";
        let keys = load::<NameRow>(&copy.url, keys, keys).into_iter();
        let keys: Vec<String> = keys.map(|row| row.name).collect();
        let expected = ["r1||wu@example.com|722123456", "r2|||221234562", "r3|||"];
        assert_eq!(keys, expected, "{:?}", copy.url);
    }
}

#[test]
fn imports_from_before_are_listed() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-29-201000_list_and_undo_imports");
        let job = |id: i64, finished: &str, problem: &str| {
            format!(
                "insert into import_jobs (id, actor, request_id, batch_id, subject, filename, file, places, started_at, rows_total, \
                 rows_done, created, changed, left_out, problem, finished_at) \
                 values ({id}, 'Ana', '', 9{id}, 'leads', 'f{id}.csv', '', '', 1, 5, 5, 3, 2, 1, {problem}, {finished})"
            )
        };
        let jobs = [
            job(1, "7", "null"),
            job(2, "null", "null"),
            job(3, "8", "'x'"),
        ];
        execute(&copy.url, &jobs.join(";"));
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
        let entries = "select cast(batch_id as text) || ' ' || subject || ' ' || action || ' ' || subject_name || ' ' || \
            replace(after_json, ' ', '') as name from audit_entries order by id";
        let entries = load::<NameRow>(&copy.url, entries, entries).into_iter();
        let entries: Vec<String> = entries.map(|row| row.name).collect();
        let counts =
            "\"rows\":5,\"created\":3,\"changed\":2,\"same\":0,\"in_bin\":0,\"left_out\":1";
        let expected = [("91", "f1", "false"), ("93", "f3", "true")].map(|(batch, file, early)| {
            format!("{batch} import import {file}.csv {{\"what\":\"leads\",{counts},\"ended_early\":{early}}}")
        });
        assert_eq!(entries, expected, "{:?}", copy.url);
    }
}

#[test]
fn clocks_that_imported_histories_left_in_the_future_begin_at_the_import() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-30-050000_keep_clocks_out_of_the_future");
        let lead = |id: i64, clock_from: i64, pause: &str| {
            format!(
                "({id}, 'Wu', 'wu', -1, 'EUR', 7, 5, {clock_from}, {pause}, 1, '', 1, '', 7, '')"
            )
        };
        let leads = [
            lead(1, 6, "null, null"),
            lead(2, 9, "null, null"),
            lead(3, 900_000_000, "900000000, 0"),
        ]
        .join(", ");
        execute(
            &copy.url,
            &format!(
                "{ONE_STATUS}; insert into leads (id, name, name_key, value_key, currency, status_id, status_since, clock_from, \
                 paused_until, resumes_on, last_activity_at, search_key, created_at, created_by, updated_at, updated_by) values {leads}"
            ),
        );
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
        let clocks = "select cast(clock_from as text) as name from leads order by id";
        let clocks = load::<NameRow>(&copy.url, clocks, clocks).into_iter();
        let clocks: Vec<String> = clocks.map(|row| row.name).collect();
        assert_eq!(clocks, ["6", "7", "900000000"], "{:?}", copy.url);
    }
}
