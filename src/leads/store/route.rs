//! How a list is best read from SQLite, which knows neither how many leads match a filter nor that a page needs only
//! a few of them. Where few match, those are taken and sorted; where many do, a walk along the order of the list
//! meets enough of them soon. The indexes of the orders hold what filters ask for, so that the walk is quick.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::letters;
use super::list::{Against, arms, ids_of};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::State;
use crate::leads::listing::{Listing, OwnerFilter, SortKey};

/// Up to this many are taken and sorted: more would take longer than the walk.
const FEW: i64 = 400;
/// The same for days and for currencies, where a walk in another order must read each lead.
const DATED: i64 = 2_000;

/// The most parts of one question: SQLite puts no more than 500 together.
pub const PARTS: usize = 200;

/// The way to the leads of a list.
pub enum Route {
    /// The one that the database chooses.
    Free,
    /// Along the order: no filter may lead elsewhere.
    Along,
    /// By the day of entry, in no order: its index holds what most filters ask for.
    ByEntry,
    /// By the currency, in no order.
    ByCurrency,
    /// Among these, which are all that match one of the filters.
    Among(Vec<i64>),
    /// All that SQLite's index of letters has for these threes.
    Found(String),
    /// Some leads of PostgreSQL.
    Sample(Vec<i64>),
}

impl Route {
    /// The way where all that match are looked at and no order is asked for.
    pub fn in_no_order(self, listing: &Listing) -> Route {
        match self {
            Route::Along => match letters::threes(&listing.q) {
                Some(threes) => Route::Found(threes),
                None if !listing.entered.is_endless() => Route::ByEntry,
                None if listing.currency.is_some() => Route::ByCurrency,
                None => Route::Free,
            },
            other => other,
        }
    }

    /// True if a search would look at every lead, or read too many, to count what it finds.
    pub fn looks_at_all(&self, listing: &Listing) -> bool {
        let has_words = !listing.q.is_empty();
        match self {
            Route::Along => has_words,
            Route::Free => has_words && !listing.is_bin && letters::threes(&listing.q).is_none(),
            Route::ByEntry | Route::ByCurrency => false,
            Route::Among(_) | Route::Found(_) | Route::Sample(_) => false,
        }
    }

    /// The condition that holds the leads to this way: a text between two parts of it.
    pub fn condition(&self) -> Option<(&'static str, String, &'static str)> {
        match self {
            Route::Free | Route::Along | Route::ByEntry | Route::ByCurrency => None,
            Route::Among(ids) => Some((
                "leads.id in (select value from json_each(",
                serde_json::to_string(ids).unwrap_or_default(),
                "))",
            )),
            Route::Found(threes) => Some((
                "leads.id in (select rowid from lead_search where lead_search match ",
                threes.clone(),
                ")",
            )),
            Route::Sample(ids) => {
                let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
                let ids = format!("{{{}}}", ids.join(","));
                Some(("leads.id = any(cast(", ids, " as bigint[]))"))
            }
        }
    }
}

/// What stands before the column of each filter: with a plus, SQLite can't take its index.
pub struct Pluses {
    pub owner: &'static str,
    pub status: &'static str,
    pub source: &'static str,
    pub created: &'static str,
    pub entered: &'static str,
    pub currency: &'static str,
    pub state: &'static str,
}

impl Pluses {
    fn all(plus: &'static str) -> Pluses {
        Pluses {
            owner: plus,
            status: plus,
            source: plus,
            created: plus,
            entered: plus,
            currency: plus,
            state: plus,
        }
    }

    /// Before what would lead away from the order.
    pub fn of(listing: &Listing, route: &Route) -> Pluses {
        let led = Pluses::all("+");
        match (route, listing.sort) {
            // PostgreSQL knows no plus before a text.
            (Route::Free | Route::Sample(_), _) => Pluses::all(""),
            (Route::Among(_) | Route::Found(_), _) => led,
            (Route::ByEntry, _) | (Route::Along, SortKey::Age) => Pluses::by_entry(listing),
            (Route::ByCurrency, _) => Pluses::by_currency(),
            (Route::Along, SortKey::CreatedAt) => Pluses::by_creation(listing),
            (Route::Along, SortKey::Value) => Pluses::by_value(listing),
            (Route::Along, SortKey::Name | SortKey::UpdatedAt) => led,
        }
    }

    /// The order by creation has indexes below owner, status and source, of which the first that is asked for leads
    /// along it.
    fn by_creation(listing: &Listing) -> Pluses {
        let mut pluses = Pluses {
            created: "",
            ..Pluses::all("+")
        };
        let led = [
            (listing.owner.is_some(), &mut pluses.owner),
            (listing.status.is_some(), &mut pluses.status),
            (listing.source.is_some(), &mut pluses.source),
        ];
        if let Some((_, plus)) = led.into_iter().find(|(is_asked, _)| *is_asked) {
            *plus = "";
        }
        pluses
    }

    /// The order by value has one below status and currency together.
    fn by_value(listing: &Listing) -> Pluses {
        match listing.status.is_some() && listing.currency.is_some() {
            true => Pluses::by_currency(),
            false => Pluses::all("+"),
        }
    }

    fn by_currency() -> Pluses {
        Pluses {
            status: "",
            currency: "",
            ..Pluses::all("+")
        }
    }

    /// The order by entry has one below status.
    fn by_entry(listing: &Listing) -> Pluses {
        Pluses {
            entered: "",
            status: if listing.status.is_some() { "" } else { "+" },
            ..Pluses::all("+")
        }
    }
}

/// The ids that one filter alone would leave, and how many are few.
struct Choice {
    query: String,
    texts: Vec<String>,
    few: i64,
}

/// The best way to the leads of a list.
pub fn route(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Route> {
    if listing.is_bin || !matches!(conn, Conn::Sqlite(_)) {
        return Ok(Route::Free);
    }
    if is_in_order(listing) {
        return Ok(Route::Along);
    }
    if let Some(few) = letters::few(conn, listing, against)? {
        return Ok(few);
    }
    let choices = choices(listing, against);
    let is_any = !choices.is_empty() || !listing.q.is_empty() || listing.state.is_some();
    for choice in choices {
        let ids = choice.first(conn)?;
        if ids.len() as i64 <= choice.few {
            return Ok(Route::Among(ids));
        }
    }
    Ok(if is_any { Route::Along } else { Route::Free })
}

/// True if the index of the order has just the leads that match, side by side.
fn is_in_order(listing: &Listing) -> bool {
    let is_by_entry = listing.is_by_entry() && listing.state.is_none();
    is_by_entry && !listing.entered.is_endless() && listing.sort == SortKey::Age
}

impl Choice {
    fn new(condition: &str) -> Choice {
        Choice {
            query: format!("select id from leads where deleted_at is null and {condition}"),
            texts: Vec::new(),
            few: FEW,
        }
    }

    /// The first ids, and one more than few if there are more.
    fn first(&self, conn: &mut Conn) -> Result<Vec<i64>> {
        #[derive(QueryableByName)]
        struct Found {
            #[diesel(sql_type = BigInt)]
            id: i64,
        }
        let limited = format!("{} limit {}", self.query, self.few + 1);
        let mut query = diesel::sql_query(limited).into_boxed();
        for text in &self.texts {
            query = query.bind::<Text, _>(text.clone());
        }
        let rows: Vec<Found> = query.load(conn)?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }
}

fn choices(listing: &Listing, against: Against) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    let status = listing.status.map(|id| format!("status_id = {id}"));
    let owner = listing.owner.map(|owner| match owner {
        OwnerFilter::User(id) => format!("owner_id = {id}"),
        OwnerFilter::Nobody | OwnerFilter::Me => "owner_id is null".to_owned(),
    });
    match (&owner, &status) {
        (Some(owner), Some(status)) => choices.push(Choice::new(&format!("{owner} and {status}"))),
        (Some(one), None) | (None, Some(one)) => choices.push(Choice::new(one)),
        (None, None) => {}
    }
    choices.extend(by_state(listing, against));
    if let Some(source) = &listing.source {
        choices.push(Choice {
            texts: vec![source.clone()],
            ..Choice::new("source = $1")
        });
    }
    choices.extend(by_days(listing.created.conditions("created_at"), None));
    let placed = listing.status.map(|id| format!("status_id = {id}"));
    choices.extend(by_days(listing.entered.conditions("status_since"), placed));
    choices.extend(by_currency(listing, against));
    choices
}

/// Of some days, those that match a filter beside them which their index knows.
fn by_days(days: Vec<String>, beside: Option<String>) -> Option<Choice> {
    (!days.is_empty()).then(|| {
        let conditions: Vec<String> = days.into_iter().chain(beside).collect();
        Choice {
            few: DATED,
            ..Choice::new(&conditions.join(" and "))
        }
    })
}

/// Currencies stand below statuses in their index, so each status that there is must be asked.
fn by_currency(listing: &Listing, against: Against) -> Option<Choice> {
    let currency = listing.currency?;
    let ids = match listing.status {
        Some(id) => id.to_string(),
        None => ids_of(against.statuses),
    };
    Some(Choice {
        few: DATED,
        ..Choice::new(&format!(
            "status_id in ({ids}) and currency = '{currency}' and value_key >= 0"
        ))
    })
}

fn by_state(listing: &Listing, against: Against) -> Option<Choice> {
    let state = listing.state?;
    if state == State::Paused {
        let asleep = format!("paused_until > {}", against.now.0);
        return Some(Choice::new(&asleep));
    }
    let (pause, ranges) = arms(state, listing.status, against);
    if ranges.len() > PARTS {
        return None;
    }
    let arms = ranges.iter().map(|range| {
        format!("select id from leads where deleted_at is null and {pause} and {range}")
    });
    let arms: Vec<String> = arms.collect();
    Some(Choice {
        query: match arms.is_empty() {
            true => "select id from leads where 1 = 0".to_owned(),
            false => arms.join(" union all "),
        },
        texts: Vec::new(),
        few: FEW,
    })
}
