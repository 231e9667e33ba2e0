//! Pauses and last positions of a database that an earlier version made.

use lead_statuses::db::{DatabaseUrl, migrate};

use crate::support::{DatabaseCopy, execute, query_text, revert_from};

/// The migration that keeps pauses and last positions.
const VERSION: &str = "20261129080000";
const DAY: i64 = 86_400_000_000;

/// A status in use or archived.
fn status(id: i64, position: Option<i32>) -> String {
    let position = position.map_or("null".to_owned(), |position| position.to_string());
    let is_archived = position == "null";
    let archived_at = if is_archived { "1" } else { "null" };
    format!(
        "insert into lead_statuses (id, name, name_key, slug, color, kind, position, definition, enter_when, leave_when, \
         search_key, is_archived, archived_at, version, created_at, created_by, updated_at, updated_by) values ({id}, 'S{id}', 's{id}', \
         's{id}', '#2a80e2', 'open', {position}, '', '', '', 's{id}', {is_archived}, {archived_at}, 1, 1, '', 1, '')"
    )
}

/// A lead that has been in its status since day 10, whose clock counts from `clock_from`, in days.
fn lead(id: i64, clock_from: i64, paused_until: Option<i64>) -> String {
    let until = paused_until.map_or("null".to_owned(), |day| (day * DAY).to_string());
    let on = paused_until.map_or("null".to_owned(), |day| day.to_string());
    let (since, clock_from) = (10 * DAY, clock_from * DAY);
    format!(
        "insert into leads (id, name, name_key, company, email, phone, source, value_key, currency, status_id, status_since, \
         clock_from, paused_until, resumes_on, pause_reason, last_note, last_activity_at, search_key, version, created_at, created_by, \
         updated_at, updated_by) values ({id}, 'L{id}', 'l{id}', '', '', '', '', -1, 'EUR', 101, {since}, {clock_from}, {until}, {on}, \
         '', '', 1, 'l{id}', 1, 1, '', 1, '')"
    )
}

/// A visit from day 2 to day 10; times are days.
fn visit(lead: i64, clock_from: i64, voided_at: Option<i64>) -> String {
    let voided = voided_at.map_or("null".to_owned(), |day| (day * DAY).to_string());
    let (from, to, clock_from) = (2 * DAY, 10 * DAY, clock_from * DAY);
    format!(
        "insert into visits (lead_id, status_id, entered_at, left_at, next_status_id, clock_from, via, actor, reason, note, \
         recorded_at, voided_at, voided_by) values ({lead}, 101, {from}, {to}, 101, {clock_from}, 'ui', '', '', '', 1, {voided}, \
         case when {voided} is null then null else '' end)"
    )
}

/// An entry of the log about a status that was at a position.
fn entry(status: i64, action: &str, position: &str) -> String {
    format!(
        "insert into audit_entries (batch_id, recorded_at, actor, door, request_id, subject, subject_id, subject_name, \
         action, before_json) values (1, 1, '', 'ui', '', 'lead_status', {status}, '', '{action}', \
         '{{\"name\":\"S\",\"position\":{position}}}')"
    )
}

/// The pauses of a lead, in days: `3-5`.
fn pauses(url: &DatabaseUrl, lead: i64) -> String {
    let days = format!(
        "select coalesce(group_concat_days, '') as value from (select {} as group_concat_days from lead_pauses where lead_id = {lead}) p",
        match url {
            DatabaseUrl::Sqlite(_) =>
                format!("group_concat((began_at / {DAY}) || '-' || (ends_at / {DAY}), ' ')"),
            DatabaseUrl::Postgres(_) => format!(
                "string_agg((began_at / {DAY}) || '-' || (ends_at / {DAY}), ' ' order by id)"
            ),
        }
    );
    query_text(url, &days)
}

#[test]
fn pauses_and_last_positions_of_the_schema_before_are_kept() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_from(&copy.url, VERSION);
        let made = [
            status(101, Some(71)),
            status(102, None),
            status(103, None),
            "insert into deleted_lead_statuses (id, name, color, kind, deleted_at) values (104, 'Demo', '#2a80e2', 'open', 1), \
             (105, 'Old', '#2a80e2', 'open', 1), (106, 'Lost trace', '#2a80e2', 'open', 1)"
                .to_owned(),
            // Paused for three days until day 30, and one that never was.
            lead(1, 13, Some(30)),
            lead(2, 10, None),
            // Resumed after four days of pauses.
            lead(3, 14, None),
            visit(3, 5, None),
            visit(2, 2, None),
            visit(2, 4, Some(9)),
            // Archived twice, and once in an older place.
            entry(102, "archive", "4"),
            entry(102, "archive", "6"),
            entry(102, "update", "9"),
            // Deleted from its place; archived first, so that it had none when it was deleted.
            entry(104, "delete", "3"),
            entry(105, "archive", "8"),
            entry(105, "delete", "null"),
        ];
        for statement in made {
            execute(&copy.url, &statement);
        }
        migrate(&copy.url).unwrap();
        let found: Vec<String> = [1, 2, 3]
            .iter()
            .map(|lead| pauses(&copy.url, *lead))
            .collect();
        assert_eq!(found, ["27-30", "", "10-14 2-5"], "{:?}", copy.url);
        let position = |table: &str, column: &str, id: i64| {
            let column = format!("coalesce(cast({column} as varchar(9)), 'none')");
            let text = format!("select {column} as value from {table} where id = {id}");
            query_text(&copy.url, &text)
        };
        let last = [101, 102, 103].map(|id| position("lead_statuses", "last_position", id));
        assert_eq!(last, ["none", "6", "none"], "{:?}", copy.url);
        let deleted = [104, 105, 106].map(|id| position("deleted_lead_statuses", "position", id));
        assert_eq!(deleted, ["3", "8", "none"], "{:?}", copy.url);
    }
}
