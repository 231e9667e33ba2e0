//! Statuses and their leads: figures on the list and on the page of a status, and what happens to the leads when a
//! status is replaced.

mod display;
mod integrity_check;
mod kept_figures;
mod large_replacement;
mod messages;
mod replacement;
mod replacement_in_progress;

use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::db::{Conn, DatabaseUrl};
use lead_statuses::leads::actions::changes;
use lead_statuses::leads::domain::text::TextLine;
use lead_statuses::leads::{Lead, LeadFields, NewLead, Visit};
use lead_statuses::{leads, statuses};

use crate::support::{TestApp, execute, query_text};

const LIST: &str = "/admin/leads/statuses";
const DAY: i64 = 86_400;

/// A lead that entered a status this number of days ago.
async fn insert_lead(
    app: &TestApp,
    name: &str,
    status: i64,
    days: i64,
    cents: Option<i64>,
) -> Lead {
    let now = app.clock.now();
    let entered_at = now.plus_seconds(-days * DAY);
    let new = NewLead {
        fields: LeadFields {
            value_cents: cents,
            ..LeadFields::with_name(TextLine::parse(name).unwrap())
        },
        status_id: status,
        channel: Channel::Ui,
        entered_at,
        created_at: entered_at,
        reason: Default::default(),
        entry: Default::default(),
        offer: None,
    };
    let actor = Actor::program(Channel::Cli, now);
    let insert = move |conn: &mut Conn| changes::insert(conn, &actor, &new);
    app.db.write(insert).await.unwrap()
}

async fn lead_with_visits(app: &TestApp, id: i64) -> (Lead, Vec<Visit>) {
    let look = move |conn: &mut Conn| Ok((leads::find(conn, id)?, leads::visits(conn, id)?));
    app.db.read(look).await.unwrap()
}

/// The names of the statuses that were deleted.
async fn deleted_names(app: &TestApp) -> Vec<String> {
    let all = app.db.read(statuses::list_deleted).await.unwrap();
    all.into_iter().map(|status| status.name).collect()
}

/// Inserts copies of the lead in a status, each with a visit, in few statements.
pub fn insert_copies(url: &DatabaseUrl, status: i64, count: i64) {
    let (columns, numbers) = match url {
        DatabaseUrl::Sqlite(_) => (
            "select group_concat(name, ', ') as value from pragma_table_info('leads') where name not in ('id', 'external_ref')",
            format!(
                "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {count})"
            ),
        ),
        DatabaseUrl::Postgres(_) => (
            "select string_agg(column_name, ', ') as value from information_schema.columns \
             where table_name = 'leads' and column_name not in ('id', 'external_ref')",
            format!("with numbers as (select generate_series(1, {count}) as n)"),
        ),
    };
    let columns = query_text(url, columns);
    execute(
        url,
        &format!(
            "insert into leads ({columns}) {numbers} select {columns} from leads, numbers where leads.status_id = {status};
             insert into visits (lead_id, status_id, entered_at, via, actor, recorded_at)
             select id, status_id, status_since, 'import', 'Crowd', status_since from leads
             where not exists (select 1 from visits where lead_id = leads.id);"
        ),
    );
}
