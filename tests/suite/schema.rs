//! The migrations of both databases create the tables that the program was compiled against.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Text};
use lead_statuses::db::{DatabaseUrl, migrate, revert_all};

use crate::support::{DatabaseCopy, execute, open_postgres, open_sqlite};

mod imports;
mod indexes;

/// Table → column → type as `schema.rs` writes it.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

const LEDGER: &str = "__diesel_schema_migrations";

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    data_type: String,
    #[diesel(sql_type = Bool)]
    is_nullable: bool,
    #[diesel(sql_type = Bool)]
    is_row_id: bool,
}

#[derive(QueryableByName)]
struct NameRow {
    #[diesel(sql_type = Text)]
    name: String,
}

// Each has its own kind of table `lead_search`, and indexes of it. Only SQLite counts changes of reference data.
const SQLITE_COLUMNS: &str = "select t.name as table_name, c.name as column_name, lower(c.type) as data_type, \
    not c.\"notnull\" as is_nullable, c.pk = 1 and lower(c.type) = 'integer' as is_row_id \
    from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' \
    and t.name not like 'lead_search%' and t.name not in ('reference_version', 'lead_changes')";
const POSTGRES_COLUMNS: &str = "select table_name::text, column_name::text, data_type::text, \
    is_nullable = 'YES' as is_nullable, false as is_row_id \
    from information_schema.columns where table_schema = 'public' and table_name <> 'lead_search'";
const SQLITE_INDEXES: &str =
    "select name from sqlite_master where type = 'index' and sql is not null order by name";
const POSTGRES_INDEXES: &str = "select indexname::text as name from pg_indexes where schemaname = 'public' \
    and indexname not like '%_pkey' and indexname not like 'lead_search%' order by indexname";

fn load<T>(url: &DatabaseUrl, sqlite: &str, postgres: &str) -> Vec<T>
where
    T: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
{
    match url {
        DatabaseUrl::Sqlite(file) => sql_query(sqlite).load(&mut open_sqlite(file)),
        DatabaseUrl::Postgres(url) => sql_query(postgres).load(&mut open_postgres(url)),
    }
    .unwrap()
}

/// The tables as the database describes them.
fn database_tables(url: &DatabaseUrl) -> Tables {
    let mut tables = Tables::new();
    for column in load::<Column>(url, SQLITE_COLUMNS, POSTGRES_COLUMNS) {
        let kind = match column.data_type.as_str() {
            "integer" if column.is_row_id => "BigInt",
            "bigint" => "BigInt",
            "integer" => "Integer",
            "text" => "Text",
            "boolean" => "Bool",
            "blob" | "bytea" => "Binary",
            other => other,
        };
        let kind = match column.is_nullable {
            true => format!("Nullable<{kind}>"),
            false => kind.to_owned(),
        };
        tables
            .entry(column.table_name)
            .or_default()
            .insert(column.column_name, kind);
    }
    tables.remove(LEDGER);
    tables
}

/// The tables as the program was compiled against them.
fn compiled_tables() -> Tables {
    let (mut tables, mut current) = (Tables::new(), String::new());
    for line in include_str!("../../src/db/schema.rs")
        .lines()
        .map(str::trim)
    {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            current = name.to_owned();
        } else if let Some((column, kind)) = line
            .trim_end_matches(',')
            .split_once(" -> ")
            .filter(|_| !line.starts_with("diesel"))
        {
            tables
                .entry(current.clone())
                .or_default()
                .insert(column.to_owned(), kind.to_owned());
        }
    }
    assert!(tables.len() >= 9, "{tables:?}");
    tables
}

fn indexes(url: &DatabaseUrl) -> Vec<String> {
    load::<NameRow>(url, SQLITE_INDEXES, POSTGRES_INDEXES)
        .into_iter()
        .map(|index| index.name)
        .collect()
}

#[test]
fn both_databases_have_the_tables_of_the_schema() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        assert_eq!(
            database_tables(&copy.url),
            compiled_tables(),
            "{:?}",
            copy.url
        );
    }
}

#[test]
fn both_databases_have_the_same_indexes() {
    let copies = DatabaseCopy::empty_on_each();
    let all: Vec<Vec<String>> = copies
        .iter()
        .map(|(copy, _dir)| {
            migrate(&copy.url).unwrap();
            let names = indexes(&copy.url).into_iter();
            // On SQLite the index of statuses by creation serves the foreign key.
            names.filter(|name| name != "leads_status_id").collect()
        })
        .collect();
    assert!(!all[0].is_empty());
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:#?}");
}

#[test]
fn migrations_lead_up_and_down_and_up_again() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        let first = migrate(&copy.url).unwrap();
        assert!(first.is_new && !first.applied.is_empty());
        let (tables, listed) = (database_tables(&copy.url), indexes(&copy.url));
        revert_all(&copy.url).unwrap();
        assert_eq!(database_tables(&copy.url), Tables::new(), "{:?}", copy.url);
        assert_eq!(indexes(&copy.url), Vec::<String>::new());
        let second = migrate(&copy.url).unwrap();
        assert_eq!(second.applied, first.applied);
        assert_eq!(
            (database_tables(&copy.url), indexes(&copy.url)),
            (tables, listed)
        );
        assert_eq!(migrate(&copy.url).unwrap().applied, Vec::<String>::new());
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |backend: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(backend);
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// Reverts one migration.
fn revert_migration(url: &DatabaseUrl, name: &str) {
    let folder = match url {
        DatabaseUrl::Sqlite(_) => "sqlite",
        DatabaseUrl::Postgres(_) => "postgres",
    };
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let down = std::fs::read_to_string(root.join(folder).join(name).join("down.sql")).unwrap();
    let version = name.split('_').next().unwrap().replace('-', "");
    execute(
        url,
        &format!("{down}; delete from {LEDGER} where version = '{version}'"),
    );
}

#[test]
fn failures_that_were_counted_before_are_counted_on() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-28-163700_add_sign_in_origins");
        execute(
            &copy.url,
            "insert into login_attempts (account_key, address, attempted_at) values ('k', '192.0.2.7', 1)",
        );
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
        let origin = "select origin as name from login_attempts";
        let origins = load::<NameRow>(&copy.url, origin, origin).into_iter();
        let origins: Vec<String> = origins.map(|row| row.name).collect();
        assert_eq!(origins, ["192.0.2.7"], "{:?}", copy.url);
    }
}

const ONE_STATUS: &str = "insert into lead_statuses (id, name, name_key, slug, color, kind, position, definition, enter_when, \
    leave_when, search_key, created_at, created_by, updated_at, updated_by) \
    values (7, 'New', 'new', 'new', '#2a80e2', 'open', 1, '', '', '', 'new', 1, '', 1, '')";

#[test]
fn pauses_that_were_made_before_go_on_until_their_day() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-29-050000_add_time_zones");
        // Until 2033-06-01, and until 1970-01-04, which is over.
        let day = 86_400_000_000_i64;
        let ends = [23_162 * day, 3 * day].map(|at| at.to_string());
        let ends = [ends[0].as_str(), ends[1].as_str(), "null"];
        let rows = ends.iter().enumerate().map(|(index, until)| {
            format!(
                "({index} + 1, 'Wu', 'wu', -1, 'EUR', 7, 1, {day}, {until}, 1, 'wu', 1, '', 1, '')"
            )
        });
        let rows: Vec<String> = rows.collect();
        execute(
            &copy.url,
            &format!(
                "{ONE_STATUS}; insert into leads (id, name, name_key, value_key, currency, status_id, status_since, clock_from, \
                 paused_until, last_activity_at, search_key, created_at, created_by, updated_at, updated_by) values {}",
                rows.join(", ")
            ),
        );
        let read = |query: &str| {
            let rows = load::<NameRow>(&copy.url, query, query).into_iter();
            rows.map(|row| row.name).collect::<Vec<String>>()
        };
        let counted = |column: &str, table: &str| {
            read(&format!(
                "select cast({column} as text) as name from {table} where leads > 0 order by {column}"
            ))
        };
        let days = ["0", "3", "23162"];
        assert_eq!(counted("wake_day", "lead_clocks"), days);
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
        let on = "select cast(resumes_on as text) as name from leads where resumes_on is not null order by id";
        assert_eq!(read(on), ["23162", "3"]);
        let quarters = ["0", "288", "2223552"];
        assert_eq!(counted("wake_quarter", "lead_clocks"), quarters);
        assert_eq!(counted("wake_quarter", "lead_hours"), quarters);
        assert_eq!(counted("wake_quarter", "lead_sleeps"), quarters[1..]);
        // 2033-06-01 in Kathmandu; the way back knows the day alone.
        let moved = "update leads set paused_until = paused_until - 20700000000, clock_from = 90000000000 where id = 1";
        execute(&copy.url, moved);
        assert_eq!(counted("wake_quarter", "lead_sleeps"), ["288", "2223529"]);
        revert_migration(&copy.url, "2026-11-29-050000_add_time_zones");
        assert_eq!(counted("wake_day", "lead_clocks"), days);
        let clock = "select cast(clock_from as text) as name from leads where id = 1";
        assert_eq!(read(clock), ["110700000000"]);
        migrate(&copy.url).unwrap();
        assert_eq!(counted("wake_quarter", "lead_sleeps"), quarters[1..]);
    }
}

#[test]
fn leads_that_were_written_before_are_found_by_each_letter() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-30-040000_merge_status_indexes");
        revert_migration(&copy.url, "2026-11-29-020000_cover_filters");
        execute(
            &copy.url,
            &format!("{ONE_STATUS}; insert into leads (id, name, name_key, value_key, currency, status_id, status_since, clock_from, last_activity_at, search_key,
                created_at, created_by, updated_at, updated_by)
             values (3, 'Wu', 'wu', -1, 'EUR', 7, 1, 1, 1, 'wu', 1, '', 1, '')"),
        );
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 2);
        let read = |sqlite| {
            let keys = load::<NameRow>(&copy.url, sqlite, "select search_key as name from leads");
            keys.into_iter()
                .map(|row| row.name)
                .collect::<Vec<String>>()
        };
        assert_eq!(read("select search_key as name from leads"), ["wu\n\n"]);
        if let DatabaseUrl::Sqlite(_) = copy.url {
            assert_eq!(
                read("select term as name from lead_search_terms"),
                ["u\n\n", "wu\n"]
            );
        }
    }
}

#[test]
fn statuses_and_visits_from_before_there_were_rules_are_kept() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-29-130000_add_entry_rules");
        execute(
            &copy.url,
            &format!("{ONE_STATUS}; update lead_statuses set definition = 'Fresh.', enter_when = '[\"Called\"]', leave_when = '[]', created_by = 'Ana';
             insert into leads (id, name, name_key, value_key, currency, status_id, status_since, clock_from, last_activity_at, search_key,
                created_at, created_by, updated_at, updated_by)
             values (3, 'Wu', 'wu', -1, 'EUR', 7, 1, 1, 1, 'wu', 1, '', 1, '');
             insert into visits (lead_id, status_id, entered_at, via, actor, recorded_at) values (3, 7, 1, 'ui', 'Ana', 1)"),
        );
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
        let read = |query: &str| {
            let rows = load::<NameRow>(&copy.url, query, query).into_iter();
            rows.map(|row| row.name).collect::<Vec<String>>()
        };
        let version = "select version || ' ' || definition || ' ' || enter_when || ' ' || entry_rules || ' ' || created_by as name \
            from status_definitions where status_id = 7";
        assert_eq!(read(version), ["1 Fresh. [\"Called\"] [] Ana"]);
        let rules = "select entry_rules || movers || enter_from || reasons || definition_version as name from lead_statuses";
        assert_eq!(read(rules), ["[][][][]1"]);
        let unknown = "select reason as name from visits where definition_version is null and override_reason is null \
            and confirmed is null and evidence is null and unmet is null";
        assert_eq!(read(unknown).len(), 1);
    }
}

#[test]
fn leads_and_visits_from_before_there_were_offers_are_kept() {
    for (copy, _dir) in DatabaseCopy::empty_on_each() {
        migrate(&copy.url).unwrap();
        revert_migration(&copy.url, "2026-11-29-190000_create_handoffs");
        execute(
            &copy.url,
            &format!("{ONE_STATUS}; insert into leads (id, name, name_key, value_key, currency, status_id, status_since, clock_from,
                last_activity_at, search_key, created_at, created_by, updated_at, updated_by)
             values (3, 'Wu', 'wu', -1, 'EUR', 7, 1, 1, 1, 'wu', 1, '', 1, '');
             insert into visits (lead_id, status_id, entered_at, via, actor, recorded_at) values (3, 7, 1, 'board', 'Ana', 1)"),
        );
        assert_eq!(migrate(&copy.url).unwrap().applied.len(), 1);
        let read = |query: &str| {
            let rows = load::<NameRow>(&copy.url, query, query).into_iter();
            rows.map(|row| row.name).collect::<Vec<String>>()
        };
        let kept = "select via || actor || (select name from leads where id = lead_id and offer_due_at is null) as name from visits";
        assert_eq!(read(kept), ["boardAnaWu"]);
        assert_eq!(
            read("select handoff as name from lead_statuses where handoff is not null"),
            [] as [&str; 0]
        );
        execute(
            &copy.url,
            "update visits set via = 'handoff'; insert into handoffs (lead_id, visit_id, status_id, to_role, offered_at, due_at)
             values (3, 1, 7, 'rep', 1, 2)",
        );
        assert_eq!(read("select via as name from visits"), ["handoff"]);
        revert_migration(&copy.url, "2026-11-29-190000_create_handoffs");
        assert_eq!(read("select via as name from visits"), ["ui"]);
    }
}
