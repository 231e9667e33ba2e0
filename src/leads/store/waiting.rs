//! The leads that wait for a user: offered ones, and those whose wait is over.

use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::handoff::Receiver;

/// The offers that wait for a user: those to the user and to the role, and for users who manage leads all that are
/// overdue, which is less than they can answer (`Offer::can_be_answered_by`). The id of the lead, and when it is due.
fn offers(receiver: &Receiver) -> SqlText {
    let part = |condition: SqlText| {
        SqlText::new(
            "select leads.id as id, due_at from handoffs join leads on leads.id = lead_id \
             where outcome is null and deleted_at is null and ",
        )
        .then(condition)
    };
    let mine = SqlText::new("to_user_id = ").number(receiver.user_id);
    let of_role = SqlText::new("to_user_id is null and to_role = ").text(receiver.role.to_owned());
    let overdue = SqlText::new("due_at <= ").number(receiver.now.0);
    let overdue = receiver.sees_all.then_some(overdue);
    let all = [mine, of_role].into_iter().chain(overdue).map(part);
    SqlText::join(all, " union ")
}

/// The leads in statuses of kind paused whose wait is over: those of a user, and for users who manage leads also those
/// without an owner. The id of the lead, and when its wait ended.
fn resurfaced(receiver: &Receiver) -> SqlText {
    let owner = SqlText::new("owner_id = ").number(receiver.user_id);
    let unowned = receiver.sees_all.then(|| SqlText::new("owner_id is null"));
    let part = |owner: SqlText| {
        SqlText::new("select id, paused_until as due_at from leads where ")
            .then(owner)
            .sql(" and status_id in (select id from lead_statuses where kind = 'paused') and paused_until <= ")
            .number(receiver.now.0)
            .sql(" and paused_until is not null and deleted_at is null")
    };
    let all = std::iter::once(owner).chain(unowned).map(part);
    SqlText::join(all, " union all ")
}

/// The number of both.
pub fn count(conn: &mut Conn, receiver: &Receiver) -> Result<i64> {
    let both = offers(receiver)
        .sql(" union all ")
        .then(resurfaced(receiver));
    let count = SqlText::new("select count(*) from (")
        .then(both)
        .sql(") as waiting");
    let counted: Vec<i64> = count.load::<BigInt, _>(conn)?;
    Ok(counted.into_iter().sum())
}

/// The first leads that are offered, those due first.
pub fn offered_ids(conn: &mut Conn, receiver: &Receiver, limit: i64) -> Result<Vec<i64>> {
    first_ids(conn, offers(receiver), limit)
}

/// The first leads whose wait is over, the longest ago first.
pub fn resurfaced_ids(conn: &mut Conn, receiver: &Receiver, limit: i64) -> Result<Vec<i64>> {
    first_ids(conn, resurfaced(receiver), limit)
}

fn first_ids(conn: &mut Conn, all: SqlText, limit: i64) -> Result<Vec<i64>> {
    let first = SqlText::new("select id, due_at from (")
        .then(all)
        .sql(") as waiting order by due_at, id limit ")
        .number(limit);
    let rows: Vec<(i64, Timestamp)> = first.load::<(BigInt, BigInt), _>(conn)?;
    Ok(rows.into_iter().map(|(id, _)| id).collect())
}
