//! The queries over statuses and their roles. Everything here runs inside the caller's transaction.

mod ages;
mod counts;
mod replacements;
mod row;
mod write;

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::listing::{Archived, Listing, SortKey};
use super::{Kind, LeadStatus, Role};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{lead_status_roles, lead_statuses, leads};
use crate::error::{Error, Result};
use crate::i18n::like_pattern;

pub(super) use ages::{Stretch, asleep, days_of, entered, stretches};
pub(super) use counts::{past, stuck_cutoffs, stuck_of_owner, totals};
pub(super) use replacements::{
    begin_replacement, count_moved, finish_replacement, hold_replacement, leaving,
    waiting_replacement, was_replaced_in,
};
use row::{COLUMNS, Row};
pub(super) use write::{
    archive, delete, delete_stand_in, deleted, forget_deleted, give_role, insert, insert_with_id,
    park_role, restore, search_key, set_names_aside, update, write_order,
};

type Backend = <Conn as diesel::Connection>::Backend;
type Boxed<'a> = lead_statuses::BoxedQuery<'a, Backend>;
type Condition = Box<dyn BoxableExpression<lead_statuses::table, Backend, SqlType = Bool>>;

/// Who holds which role: two rows, always.
pub(super) fn role_holders(conn: &mut Conn) -> Result<Vec<(Role, i64)>> {
    let rows: Vec<(String, i64)> = lead_status_roles::table
        .select((lead_status_roles::role, lead_status_roles::status_id))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(role, id)| Some((role.parse().ok()?, id)))
        .collect())
}

/// What a list shows at one moment: leads become stuck by the mere passing of time.
pub(super) struct Asked<'a> {
    listing: &'a Listing,
    /// The statuses with stuck leads, if only those are shown.
    stuck: Option<Vec<i64>>,
}

/// Finds out what the filters of a list mean now.
pub(super) fn asked<'a>(
    conn: &mut Conn,
    listing: &'a Listing,
    now: Timestamp,
) -> Result<Asked<'a>> {
    let stuck = match listing.is_stuck {
        true => {
            let cutoffs = stuck_cutoffs(conn, now)?;
            let past = past(conn, &cutoffs, now)?.into_iter();
            let with_stuck = past.filter(|(_, leads)| *leads > 0);
            Some(with_stuck.map(|(edge, _)| edge.status_id).collect())
        }
        false => None,
    };
    Ok(Asked { listing, stuck })
}

/// The filters of a list as one condition; the tabs count without the filter by kind.
fn condition(Asked { listing, stuck }: &Asked, with_kind: bool) -> Condition {
    let archived: &[bool] = match listing.archived {
        Archived::No => &[false],
        Archived::Only => &[true],
        Archived::All => &[false, true],
    };
    let mut condition: Condition = Box::new(lead_statuses::is_archived.eq_any(archived.to_vec()));
    if !listing.unreadable.is_empty() {
        condition = Box::new(condition.and(sql::<Bool>("1 = 0")));
    }
    if let (true, Some(kind)) = (with_kind, listing.kind) {
        condition = Box::new(condition.and(lead_statuses::kind.eq(kind.as_str())));
    }
    if !listing.q.is_empty() {
        let found = lead_statuses::search_key
            .like(like_pattern(&listing.q))
            .escape('\\');
        condition = Box::new(condition.and(found));
    }
    if let Some(ids) = stuck {
        condition = Box::new(condition.and(lead_statuses::id.eq_any(ids.clone())));
    }
    condition
}

fn filtered<'a>(asked: &Asked) -> Boxed<'a> {
    lead_statuses::table
        .filter(condition(asked, true))
        .into_boxed()
}

/// How many leads are in a status, as a column of its row.
const LEADS: &str = "(select coalesce(sum(leads), 0) from lead_totals \
                     where status_id = lead_statuses.id and not is_deleted)";

fn ordered<'a>(query: Boxed<'a>, listing: &Listing) -> Boxed<'a> {
    use lead_statuses::{id, is_archived, name_key, position, updated_at};
    match (listing.sort, listing.is_reversed) {
        (SortKey::Position, false) => query.order((is_archived, position, id)),
        (SortKey::Position, true) => query.order((is_archived, position.desc(), id.desc())),
        (SortKey::Name, false) => query.order((name_key, id)),
        (SortKey::Name, true) => query.order((name_key.desc(), id.desc())),
        (SortKey::UpdatedAt, false) => query.order((updated_at, id)),
        (SortKey::UpdatedAt, true) => query.order((updated_at.desc(), id.desc())),
        (SortKey::Leads, false) => query.order((sql::<BigInt>(LEADS), id)),
        (SortKey::Leads, true) => query.order((sql::<BigInt>(LEADS).desc(), id.desc())),
    }
}

fn read(conn: &mut Conn, query: Boxed) -> Result<Vec<LeadStatus>> {
    let rows: Vec<Row> = query.select(COLUMNS).load(conn)?;
    let (holders, leaving) = (role_holders(conn)?, leaving(conn)?);
    rows.into_iter()
        .map(|row| row.into_status(&holders, &leaving))
        .collect()
}

/// One page of a list, counted from 1.
pub(super) fn page(conn: &mut Conn, asked: &Asked, page: i64) -> Result<Vec<LeadStatus>> {
    let per = asked.listing.per;
    let query = ordered(filtered(asked), asked.listing)
        .limit(per)
        .offset((page - 1) * per);
    read(conn, query)
}

/// A whole list, whatever its page.
pub(super) fn all(conn: &mut Conn, asked: &Asked) -> Result<Vec<LeadStatus>> {
    read(conn, ordered(filtered(asked), asked.listing))
}

/// The statuses in use, in pipeline order.
pub(super) fn in_use(conn: &mut Conn) -> Result<Vec<LeadStatus>> {
    let query = lead_statuses::table
        .filter(lead_statuses::is_archived.eq(false))
        .order(lead_statuses::position)
        .into_boxed();
    read(conn, query)
}

/// True if there is no status at all, not even an archived one.
pub(super) fn is_empty(conn: &mut Conn) -> Result<bool> {
    let found: i64 = lead_statuses::table.count().get_result(conn)?;
    Ok(found == 0)
}

/// How many statuses of each kind the list would show without its kind filter.
pub(super) fn count_by_kind(conn: &mut Conn, asked: &Asked) -> Result<Vec<(Kind, i64)>> {
    let rows: Vec<(String, i64)> = lead_statuses::table
        .group_by(lead_statuses::kind)
        .select((lead_statuses::kind, count_star()))
        .filter(condition(asked, false))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(kind, count)| Some((kind.parse().ok()?, count)))
        .collect())
}

/// How many statuses are in use.
pub(super) fn count(conn: &mut Conn) -> Result<i64> {
    Ok(lead_statuses::table
        .filter(lead_statuses::is_archived.eq(false))
        .count()
        .get_result(conn)?)
}

/// One status, archived or not.
pub(super) fn find(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    let row: Row = lead_statuses::table.find(id).select(COLUMNS).first(conn)?;
    row.into_status(&role_holders(conn)?, &leaving(conn)?)
}

/// The statuses with these ids, in pipeline order; ids that don't exist are left out.
pub(super) fn find_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<LeadStatus>> {
    let mut found = Vec::new();
    // SQLite takes only so many values at once.
    for chunk in ids.chunks(500) {
        let query = lead_statuses::table
            .filter(lead_statuses::id.eq_any(chunk.to_vec()))
            .into_boxed();
        found.extend(read(conn, query)?);
    }
    found.sort_by_key(|status| (status.is_archived(), status.position, status.id));
    Ok(found)
}

/// The ids of those in use, in pipeline order.
pub(super) fn order(conn: &mut Conn) -> Result<Vec<i64>> {
    Ok(lead_statuses::table
        .filter(lead_statuses::is_archived.eq(false))
        .order(lead_statuses::position)
        .select(lead_statuses::id)
        .load(conn)?)
}

/// The status in use that has this folded name, if it isn't `except`.
pub(super) fn name_holder(
    conn: &mut Conn,
    name_key: &str,
    except: Option<i64>,
) -> Result<Option<i64>> {
    Ok(lead_statuses::table
        .filter(lead_statuses::name_key.eq(name_key))
        .filter(lead_statuses::is_archived.eq(false))
        .filter(lead_statuses::id.ne(except.unwrap_or(0)))
        .select(lead_statuses::id)
        .first(conn)
        .optional()?)
}

/// The slugs that begin like `slug`, archived ones included.
pub(super) fn slugs_like(conn: &mut Conn, slug: &str) -> Result<Vec<String>> {
    // Slugs are letters, digits and hyphens: nothing in them is a wildcard.
    Ok(lead_statuses::table
        .filter(lead_statuses::slug.like(format!("{slug}%")))
        .select(lead_statuses::slug)
        .load(conn)?)
}

/// True if a role is held, that is: if the database was seeded.
pub(super) fn is_seeded(conn: &mut Conn) -> Result<bool> {
    let held: i64 = lead_status_roles::table.count().get_result(conn)?;
    Ok(held > 0)
}

/// The current version, or [`Error::NotFound`].
pub(super) fn version(conn: &mut Conn, id: i64) -> Result<i32> {
    lead_statuses::table
        .find(id)
        .select(lead_statuses::version)
        .first(conn)
        .map_err(Error::from)
}

/// The folded texts of a row, by which it is found and told apart.
#[derive(Queryable)]
pub(super) struct Keys {
    pub id: i64,
    pub name_key: String,
    pub search_key: String,
}

/// The folded texts of every row.
pub(super) fn keys(conn: &mut Conn) -> Result<Vec<Keys>> {
    Ok(lead_statuses::table
        .order(lead_statuses::id)
        .select((
            lead_statuses::id,
            lead_statuses::name_key,
            lead_statuses::search_key,
        ))
        .load(conn)?)
}

/// Every status, archived ones too, in the order in which they were made.
pub(super) fn everything(conn: &mut Conn) -> Result<Vec<LeadStatus>> {
    let query = lead_statuses::table.order(lead_statuses::id).into_boxed();
    read(conn, query)
}

/// True if leads are in a status, those in the bin too.
pub(super) fn has_leads(conn: &mut Conn, id: i64) -> Result<bool> {
    let inside = leads::table.filter(leads::status_id.eq(id));
    Ok(diesel::select(diesel::dsl::exists(inside)).get_result(conn)?)
}
