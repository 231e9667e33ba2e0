//! Lists of leads at any size: filters as one condition, pages by place, counts from counters where they can be.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::row::{COLUMNS, Row};
use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::db::schema::leads;
use crate::error::Result;
use crate::i18n::{fold_name, like_pattern};
use crate::leads::listing::{Listing, Mark, MarkKey, OwnerFilter, SortKey, Turn};
use crate::leads::{Lead, State};
use crate::statuses::{Cutoffs, LeadStatus};

/// Beyond this many, leads are counted as "5,000+", unless the counters know.
pub const COUNTED: i64 = 5_000;

type Backend = <Conn as diesel::Connection>::Backend;
pub type Boxed<'a> = leads::BoxedQuery<'a, Backend>;
type Condition = Box<dyn BoxableExpression<leads::table, Backend, SqlType = Bool>>;

/// What a list is to be read against: the statuses, and the moment that decides who is stuck.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    pub statuses: &'a [LeadStatus],
    pub now: Timestamp,
}

/// What decides how a lead stands: its status, from when its clock counts, until when it is set aside.
pub type Standing = (i64, Timestamp, Option<Timestamp>);

/// One page of a list, and one row more if another page follows in the direction of the turn.
pub fn page(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Vec<Lead>> {
    let is_backward = matches!(listing.turn, Turn::Before(_) | Turn::Last);
    let mut query = filtered(conn, listing, against)?;
    if let Turn::After(mark) | Turn::Before(mark) = &listing.turn {
        query = query.filter(beyond(
            mark,
            listing.sort,
            listing.is_reversed != is_backward,
        ));
    }
    let rows: Vec<Row> = ordered(query, listing.sort, listing.is_reversed != is_backward)
        .limit(listing.per + 1)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// The rows of a list from the `offset`-th on, for pages that are asked for by number.
pub fn numbered(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    offset: i64,
) -> Result<Vec<Lead>> {
    let query = filtered(conn, listing, against)?;
    let ids: Vec<i64> = ordered(query, listing.sort, listing.is_reversed)
        .limit(listing.per)
        .offset(offset)
        .select(leads::id)
        .load(conn)?;
    let found = super::find_many(conn, &ids)?;
    let place = |lead: &Lead| ids.iter().position(|id| *id == lead.id);
    let mut found = found;
    found.sort_by_key(place);
    Ok(found)
}

/// The ids of all that match, in the order of the list, at most `limit`.
pub fn ids(conn: &mut Conn, listing: &Listing, against: Against, limit: i64) -> Result<Vec<i64>> {
    let query = filtered(conn, listing, against)?;
    Ok(ordered(query, listing.sort, listing.is_reversed)
        .limit(limit)
        .select(leads::id)
        .load(conn)?)
}

/// Up to `limit` of all that match with ids above `after`, by id: for going through all of them bit by bit.
pub fn by_id(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    after: i64,
    limit: i64,
) -> Result<Vec<Lead>> {
    let rows: Vec<Row> = filtered(conn, listing, against)?
        .filter(leads::id.gt(after))
        .order(leads::id)
        .limit(limit)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// How many match, exactly.
pub fn count(conn: &mut Conn, listing: &Listing, against: Against) -> Result<i64> {
    let query = filtered(conn, listing, against)?;
    Ok(query.count().get_result(conn)?)
}

/// What decides how each of those that match stands, for up to `COUNTED + 1` of them.
pub fn standings(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Vec<Standing>> {
    let query = filtered(conn, listing, against)?;
    Ok(query
        .limit(COUNTED + 1)
        .select((leads::status_id, leads::clock_from, leads::paused_until))
        .load(conn)?)
}

/// The sources there are, by name, at most `limit`: one step along the index for each.
pub fn sources(conn: &mut Conn, limit: i64) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        source: String,
    }
    let rows: Vec<Found> = diesel::sql_query(
        "with recursive steps (source) as ( \
             select min(source) from leads where deleted_at is null and source > '' \
             union all \
             select (select min(source) from leads where deleted_at is null and source > steps.source) \
             from steps where steps.source is not null \
         ) select source from steps where source is not null limit $1",
    )
    .bind::<BigInt, _>(limit)
    .load(conn)?;
    Ok(rows.into_iter().map(|found| found.source).collect())
}

/// The place of a lead in a list.
pub fn mark(lead: &Lead, sort: SortKey) -> Mark {
    let key = match sort {
        SortKey::CreatedAt => MarkKey::Number(lead.created_at.0),
        SortKey::Name => MarkKey::Text(lead.fields.name_key()),
        SortKey::Value => MarkKey::Number(lead.fields.value_cents.unwrap_or(-1)),
        // The older, the earlier it entered.
        SortKey::Age => MarkKey::Number(lead.status_since.0),
        SortKey::UpdatedAt => MarkKey::Number(lead.updated_at.0),
    };
    Mark { key, id: lead.id }
}

fn column(sort: SortKey) -> &'static str {
    match sort {
        SortKey::CreatedAt => "leads.created_at",
        SortKey::Name => "leads.name_key",
        SortKey::Value => "leads.value_key",
        SortKey::Age => "leads.status_since",
        SortKey::UpdatedAt => "leads.updated_at",
    }
}

/// True if the column goes down: the greatest age is the earliest entry.
fn goes_down(sort: SortKey, is_reversed: bool) -> bool {
    (sort == SortKey::Age) != is_reversed
}

/// Those that follow a place. As a row value, which both databases seek by, however many share a key.
fn beyond(mark: &Mark, sort: SortKey, is_reversed: bool) -> Condition {
    let than = if goes_down(sort, is_reversed) {
        "<"
    } else {
        ">"
    };
    let head = format!("({}, leads.id) {than} (", column(sort));
    let tail = format!(", {})", mark.id);
    match &mark.key {
        MarkKey::Number(number) => Box::new(sql::<Bool>(&format!("{head}{number}{tail}"))),
        MarkKey::Text(text) => {
            let condition = sql::<Bool>(&head).bind::<Text, _>(text.clone()).sql(&tail);
            Box::new(condition)
        }
    }
}

fn ordered<'a>(query: Boxed<'a>, sort: SortKey, is_reversed: bool) -> Boxed<'a> {
    use leads::{created_at, id, name_key, status_since, updated_at, value_key};
    macro_rules! by {
        ($column:expr) => {
            match goes_down(sort, is_reversed) {
                true => query.order(($column.desc(), id.desc())),
                false => query.order(($column, id)),
            }
        };
    }
    match sort {
        SortKey::CreatedAt => by!(created_at),
        SortKey::Name => by!(name_key),
        SortKey::Value => by!(value_key),
        SortKey::Age => by!(status_since),
        SortKey::UpdatedAt => by!(updated_at),
    }
}

fn filtered<'a>(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Boxed<'a>> {
    Ok(matching(listing, against, &wanted(conn, &listing.q)?))
}

/// The leads that match, where the words of the search were looked into already.
pub fn matching<'a>(listing: &Listing, against: Against, wanted: &Wanted) -> Boxed<'a> {
    let mut query = leads::table.into_boxed();
    query = match listing.is_bin {
        true => query.filter(leads::deleted_at.is_not_null()),
        false => query.filter(leads::deleted_at.is_null()),
    };
    if let Some(status) = listing.status {
        query = query.filter(leads::status_id.eq(status));
    }
    match listing.owner {
        None => {}
        Some(OwnerFilter::User(id)) => query = query.filter(leads::owner_id.eq(id)),
        // Whoever asks is known by now; nobody else is meant.
        Some(OwnerFilter::Nobody | OwnerFilter::Me) => {
            query = query.filter(leads::owner_id.is_null())
        }
    }
    if let Some(source) = &listing.source {
        query = query.filter(leads::source.eq(source.clone()));
    }
    if let Some(from) = listing.created_from.and_then(Timestamp::of_day) {
        query = query.filter(leads::created_at.ge(from));
    }
    if let Some(to) = listing.created_to.and_then(Timestamp::of_day) {
        query = query.filter(leads::created_at.lt(Timestamp(to.0 + DAY)));
    }
    if let Some(state) = listing.state {
        query = query.filter(sql::<Bool>(&standing(state, listing.status, against)));
    }
    for condition in found(wanted) {
        query = query.filter(condition);
    }
    query
}

/// The one predicate as the databases understand it: for each status the clocks that stand so.
pub fn standing(state: State, status: Option<i64>, Against { statuses, now }: Against) -> String {
    let of_list = |found: &&LeadStatus| status.is_none_or(|status| status == found.id);
    let ranges = statuses.iter().filter(of_list).filter_map(|status| {
        let range = clocks(state, status.cutoffs(now))?;
        Some(format!("(leads.status_id = {}{range})", status.id))
    });
    let ranges: Vec<String> = ranges.collect();
    if ranges.is_empty() {
        return "1 = 0".to_owned();
    }
    let pause = match state {
        State::Paused => format!("leads.paused_until > {}", now.0),
        _ => format!(
            "(leads.paused_until is null or leads.paused_until <= {})",
            now.0
        ),
    };
    format!("{pause} and ({})", ranges.join(" or "))
}

/// The clocks of a status that stand so; nothing if none ever does.
fn clocks(state: State, cutoffs: Cutoffs) -> Option<String> {
    let never = Timestamp(i64::MIN);
    let is_open = cutoffs.state(Timestamp::NEVER, None) != State::None;
    let (at_risk, stuck) = (cutoffs.at_risk, cutoffs.stuck);
    match state {
        _ if !is_open => None,
        State::Paused => Some(String::new()),
        State::Stuck => stuck.map(|at| format!(" and leads.clock_from <= {}", at.0)),
        State::AtRisk => at_risk.filter(|at| Some(*at) != stuck).map(|at| {
            let above = stuck.unwrap_or(never).0;
            format!(
                " and leads.clock_from <= {} and leads.clock_from > {above}",
                at.0
            )
        }),
        State::OnTrack => {
            let above = at_risk.unwrap_or(never).0;
            Some(format!(" and leads.clock_from > {above}"))
        }
        State::None => None,
    }
}

/// The words of a search, folded.
pub struct Wanted {
    words: Vec<String>,
    /// The pattern for the index of letters, where few leads have the longest word.
    rare: Option<String>,
}

/// Looks into the words of a search. A word that few leads have is looked up in the index of letters; one that many
/// have is met soon enough on the way along the order of the list.
pub fn wanted(conn: &mut Conn, q: &str) -> Result<Wanted> {
    let folded = fold_name(q);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut rare = None;
    if let (Conn::Sqlite(_), Some(longest)) = (&*conn, words.first())
        && longest.chars().count() >= 3
    {
        let pattern = letters(longest);
        rare = is_rare(conn, &pattern)?.then_some(pattern);
    }
    Ok(Wanted { words, rare })
}

/// Every word of a search must stand somewhere in the lead.
fn found(wanted: &Wanted) -> Vec<Condition> {
    let mut conditions: Vec<Condition> = Vec::new();
    if let Some(pattern) = &wanted.rare {
        let ids = sql::<Bool>("leads.id in (select rowid from lead_search where search_key like ");
        conditions.push(Box::new(ids.bind::<Text, _>(pattern.clone()).sql(")")));
    }
    for word in &wanted.words {
        let found = leads::search_key.like(like_pattern(word)).escape('\\');
        conditions.push(Box::new(found));
    }
    conditions
}

/// The pattern for the index of letters, which understands no escapes: a wildcard stands for any one character, and
/// the condition beside it decides.
fn letters(word: &str) -> String {
    let plain: String = word
        .chars()
        .map(|c| if c == '%' { '_' } else { c })
        .collect();
    format!("%{plain}%")
}

fn is_rare(conn: &mut Conn, pattern: &str) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        leads: i64,
    }
    let found: Found = diesel::sql_query(
        "select count(*) as leads from (select 1 from lead_search where search_key like $1 limit $2)",
    )
    .bind::<Text, _>(pattern)
    .bind::<BigInt, _>(COUNTED + 1)
    .get_result(conn)?;
    Ok(found.leads <= COUNTED)
}
