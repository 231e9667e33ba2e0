//! The queries over statuses and their roles. All run inside the caller's transaction.

pub mod ages;
pub mod counts;
pub mod definitions;
pub mod figure_cache;
mod past_cutoffs;
pub mod replacements;
pub mod row;
pub mod write;

use std::collections::HashMap;

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use crate::clock::Timestamp;
use crate::db::schema::{lead_status_roles, lead_statuses};
use crate::db::{Backend, Conn, columns_of, read_reference_data, shared_reference_data};
use crate::error::{Error, Result};
use crate::i18n::like_pattern;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::listing::{ArchivedFilter, Listing, StatusSort};
use crate::statuses::domain::status::LeadStatus;

pub(crate) use past_cutoffs::{count_past_cutoffs, stuck_cutoffs};
pub(crate) use replacements::running_replacements;
use row::StatusRow;

type StatusQuery<'a> = lead_statuses::BoxedQuery<'a, Backend>;
type StatusCondition = Box<dyn BoxableExpression<lead_statuses::table, Backend, SqlType = Bool>>;

/// The holder of each role; two rows once the database is seeded.
pub(crate) fn role_holders(conn: &mut Conn) -> Result<Vec<(Role, i64)>> {
    let rows: Vec<(String, i64)> = lead_status_roles::table
        .select((lead_status_roles::role, lead_status_roles::status_id))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(role, id)| Some((Role::from_word(&role)?, id)))
        .collect())
}

/// A listing with its time-dependent filter resolved: leads become stuck as time passes.
pub(crate) struct ResolvedListing<'a> {
    listing: &'a Listing,
    /// The number of stuck leads by status id, if the listing asks for it.
    stuck: HashMap<i64, i64>,
}

/// Resolves the filters of a listing for this moment.
pub(crate) fn resolve_listing<'a>(
    conn: &mut Conn,
    listing: &'a Listing,
    now: Timestamp,
) -> Result<ResolvedListing<'a>> {
    let mut stuck = HashMap::new();
    if listing.filter.is_stuck || listing.sort.key == StatusSort::Stuck {
        let cutoffs = stuck_cutoffs(conn, now)?;
        let past = count_past_cutoffs(conn, &cutoffs, now)?.into_iter();
        let with_stuck = past.filter(|(_, leads)| *leads > 0);
        stuck.extend(with_stuck.map(|(cutoff, leads)| (cutoff.status_id, leads)));
    }
    Ok(ResolvedListing { listing, stuck })
}

/// The filters as one condition. The tabs count without the filter by kind.
fn condition(
    ResolvedListing { listing, stuck }: &ResolvedListing,
    with_kind: bool,
) -> StatusCondition {
    let filter = &listing.filter;
    let (one, other) = match filter.archived {
        ArchivedFilter::No => (false, false),
        ArchivedFilter::Only => (true, true),
        ArchivedFilter::All => (false, true),
    };
    // A query with `eq_any` is prepared anew each time.
    let is_shown = lead_statuses::is_archived.eq(one);
    let mut condition: StatusCondition =
        Box::new(is_shown.or(lead_statuses::is_archived.eq(other)));
    if !filter.unreadable.is_empty() {
        condition = Box::new(condition.and(sql::<Bool>("1 = 0")));
    }
    if let (true, Some(kind)) = (with_kind, filter.kind) {
        condition = Box::new(condition.and(lead_statuses::kind.eq(kind.as_str())));
    }
    if !filter.q.is_empty() {
        let matches = lead_statuses::search_key
            .like(like_pattern(&filter.q))
            .escape('\\');
        condition = Box::new(condition.and(matches));
    }
    if filter.is_stuck {
        let ids = stuck.keys().copied().collect::<Vec<i64>>();
        condition = Box::new(condition.and(lead_statuses::id.eq_any(ids)));
    }
    condition
}

fn filtered<'a>(resolved: &ResolvedListing) -> StatusQuery<'a> {
    lead_statuses::table
        .filter(condition(resolved, true))
        .into_boxed()
}

/// The number of leads in a status, as an SQL expression.
const LEAD_COUNT: &str = "(select coalesce(sum(leads), 0) from lead_totals \
                     where status_id = lead_statuses.id and not is_deleted)";

fn ordered<'a>(query: StatusQuery<'a>, listing: &Listing) -> StatusQuery<'a> {
    use lead_statuses::{id, is_archived, name_key, position, updated_at};
    match (listing.sort.key, listing.sort.is_reversed) {
        (StatusSort::Position, false) => query.order((is_archived, position, id)),
        (StatusSort::Position, true) => query.order((is_archived, position.desc(), id.desc())),
        (StatusSort::Name, false) => query.order((name_key, id)),
        (StatusSort::Name, true) => query.order((name_key.desc(), id.desc())),
        (StatusSort::UpdatedAt, false) => query.order((updated_at, id)),
        (StatusSort::UpdatedAt, true) => query.order((updated_at.desc(), id.desc())),
        // Sorted as they are loaded, by `sort_by_share`.
        (StatusSort::Stuck, _) => query,
        (StatusSort::Leads, false) => query.order((sql::<BigInt>(LEAD_COUNT), id)),
        (StatusSort::Leads, true) => query.order((sql::<BigInt>(LEAD_COUNT).desc(), id.desc())),
    }
}

/// The statuses that a query finds, in its order.
fn load(conn: &mut Conn, query: StatusQuery) -> Result<Vec<LeadStatus>> {
    let Some(all) = shared_reference_data(conn, load_all)? else {
        return load_rows(conn, query);
    };
    let ids: Vec<i64> = query.select(lead_statuses::id).load(conn)?;
    let statuses = ids.iter().filter_map(|id| find_among(&all, *id));
    Ok(statuses.cloned().collect())
}

/// Every status by id.
fn load_all(conn: &mut Conn) -> Result<Vec<LeadStatus>> {
    let query = lead_statuses::table.order(lead_statuses::id).into_boxed();
    load_rows(conn, query)
}

/// The status with this id among all.
fn find_among(all: &[LeadStatus], id: i64) -> Option<&LeadStatus> {
    let index = all.binary_search_by_key(&id, |status| status.id);
    index.ok().and_then(|index| all.get(index))
}

fn load_rows(conn: &mut Conn, query: StatusQuery) -> Result<Vec<LeadStatus>> {
    let rows: Vec<StatusRow> = query.select(columns_of::<StatusRow>()).load(conn)?;
    let (holders, replacements) = (role_holders(conn)?, running_replacements(conn)?);
    rows.into_iter()
        .map(|row| row.into_status(&holders, &replacements))
        .collect()
}

/// One page of a list, counted from 1.
pub(crate) fn list_page(
    conn: &mut Conn,
    resolved: &ResolvedListing,
    page: i64,
) -> Result<Vec<LeadStatus>> {
    let per = resolved.listing.per_page;
    if resolved.listing.sort.key == StatusSort::Stuck {
        let rows = load(conn, filtered(resolved))?;
        let rows = sort_by_share(conn, resolved, rows)?.into_iter();
        let (skipped, per) = (((page - 1) * per) as usize, per as usize);
        return Ok(rows.skip(skipped).take(per).collect());
    }
    let query = ordered(filtered(resolved), resolved.listing)
        .limit(per)
        .offset((page - 1) * per);
    load(conn, query)
}

/// All statuses of a list, ignoring its page.
pub fn list_matching(
    conn: &mut Conn,
    listing: &Listing,
    now: Timestamp,
) -> Result<Vec<LeadStatus>> {
    let resolved = resolve_listing(conn, listing, now)?;
    let rows = load(conn, ordered(filtered(&resolved), listing))?;
    match listing.sort.key {
        StatusSort::Stuck => sort_by_share(conn, &resolved, rows),
        _ => Ok(rows),
    }
}

/// Sorts statuses by the share of their leads that are stuck. Both numbers come from counters, and statuses are few.
fn sort_by_share(
    conn: &mut Conn,
    resolved: &ResolvedListing,
    mut rows: Vec<LeadStatus>,
) -> Result<Vec<LeadStatus>> {
    let mut leads: HashMap<i64, i64> = HashMap::new();
    for total in counts::list_totals(conn)?.iter() {
        let counted = if total.is_deleted { 0 } else { total.leads };
        *leads.entry(total.status_id).or_default() += counted;
    }
    let of = |counted: &HashMap<i64, i64>, id| i128::from(*counted.get(&id).unwrap_or(&0));
    rows.sort_by(|one, other| {
        let share = |part: i64, whole: i64| of(&resolved.stuck, part) * of(&leads, whole).max(1);
        let (mine, theirs) = (share(one.id, other.id), share(other.id, one.id));
        mine.cmp(&theirs).then(one.id.cmp(&other.id))
    });
    if resolved.listing.sort.is_reversed {
        rows.reverse();
    }
    Ok(rows)
}

/// The statuses in use, in pipeline order.
pub fn list_in_use(conn: &mut Conn) -> Result<Vec<LeadStatus>> {
    let mut statuses = list_all(conn)?;
    statuses.retain(|status| !status.is_archived());
    statuses.sort_by_key(|status| status.position);
    Ok(statuses)
}

/// True if there is no status, not even an archived one.
pub(crate) fn is_empty(conn: &mut Conn) -> Result<bool> {
    Ok(list_all(conn)?.is_empty())
}

/// The number of statuses by kind, ignoring the filter by kind.
pub(crate) fn count_by_kind(
    conn: &mut Conn,
    resolved: &ResolvedListing,
) -> Result<Vec<(Kind, i64)>> {
    let rows: Vec<(String, i64)> = lead_statuses::table
        .group_by(lead_statuses::kind)
        .select((lead_statuses::kind, count_star()))
        .filter(condition(resolved, false))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(kind, count)| Some((kind.parse().ok()?, count)))
        .collect())
}

/// The number of statuses in use.
pub fn count_in_use(conn: &mut Conn) -> Result<i64> {
    Ok(pipeline_ids(conn)?.len() as i64)
}

/// One status, archived or not.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    if let Some(all) = shared_reference_data(conn, load_all)? {
        return find_among(&all, id).cloned().ok_or(Error::NotFound);
    }
    let row: StatusRow = lead_statuses::table
        .find(id)
        .select(columns_of::<StatusRow>())
        .first(conn)?;
    row.into_status(&role_holders(conn)?, &running_replacements(conn)?)
}

/// The statuses with these ids, in pipeline order; ids that don't exist are left out.
pub fn find_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<LeadStatus>> {
    let mut statuses = list_all(conn)?;
    statuses.retain(|status| ids.contains(&status.id));
    statuses.sort_by_key(|status| (status.is_archived(), status.position, status.id));
    Ok(statuses)
}

/// The ids of the statuses in use, in pipeline order.
pub(crate) fn pipeline_ids(conn: &mut Conn) -> Result<Vec<i64>> {
    let ids = |conn: &mut Conn| Ok(list_in_use(conn)?.iter().map(|status| status.id).collect());
    read_reference_data(conn, ids)
}

/// The id of the status in use, other than `except`, that has this folded name.
pub fn find_by_name_key(
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

/// The slugs with this prefix, archived ones included.
pub(crate) fn slugs_like(conn: &mut Conn, slug: &str) -> Result<Vec<String>> {
    // Slugs are letters, digits and hyphens, so they contain no wildcard.
    Ok(lead_statuses::table
        .filter(lead_statuses::slug.like(format!("{slug}%")))
        .select(lead_statuses::slug)
        .load(conn)?)
}

/// True if a status holds a role, so the database was seeded. It only reads, and so waits for no writer.
pub fn is_seeded(conn: &mut Conn) -> Result<bool> {
    let count: i64 = lead_status_roles::table.count().get_result(conn)?;
    Ok(count > 0)
}

/// The folded texts of a row: its unique name key and its search text.
#[derive(Queryable, Selectable)]
#[diesel(table_name = lead_statuses)]
pub(crate) struct FoldedTexts {
    pub id: i64,
    pub name_key: String,
    pub search_key: String,
}

/// The folded texts of every row.
pub(crate) fn list_folded_texts(conn: &mut Conn) -> Result<Vec<FoldedTexts>> {
    Ok(lead_statuses::table
        .order(lead_statuses::id)
        .select(columns_of::<FoldedTexts>())
        .load(conn)?)
}

/// Every status, archived ones too, by id.
pub fn list_all(conn: &mut Conn) -> Result<Vec<LeadStatus>> {
    read_reference_data(conn, load_all)
}
