//! How a list is best read from SQLite, which knows neither how many leads match a filter nor that a page needs only
//! a few of them. Where few match, those are taken and sorted; where many do, a walk along the order of the list
//! meets enough of them soon. The indexes of the orders hold what filters ask for, so that the walk is quick.

use std::cell::RefCell;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::list::{Against, arms};
use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_name;
use crate::leads::State;
use crate::leads::listing::{Listing, OwnerFilter, SortKey};

/// Up to this many are taken and sorted: more would take longer than the walk.
const FEW: i64 = 400;
/// The same for days of creation in another order, where the walk must read each lead.
const MADE: i64 = 2_000;
/// The same for a search, which reads each lead either way.
const FOUND: i64 = 1_000;
/// The same in another order than that of creation: those of one name or value stand together, so that a walk may go a
/// long way before it meets the first.
const FOUND_APART: i64 = 4_000;
/// How many leads are looked at to say of a search that it finds at least so many.
const SAMPLE: i64 = 500;
/// The most words of a search that are looked up together.
const WORDS: usize = 3;

/// The way to the leads of a list.
pub enum Route {
    /// The one that the database chooses.
    Free,
    /// Along the order: no filter may lead elsewhere.
    Along,
    /// Among these, which are all that match one of the filters.
    Among(Vec<i64>),
}

/// What the index of letters found for a search, looked up once for all that is asked of it: its page, how many there
/// are, how they stand.
#[derive(Default)]
pub struct Letters(RefCell<Option<(Choice, Vec<i64>)>>);

/// The ids that one filter alone would leave, and how many are few.
#[derive(Clone, PartialEq)]
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
    if let Some(choice) = by_letters(listing) {
        let ids = against.letters.first(conn, &choice)?;
        if ids.len() as i64 <= choice.few {
            return Ok(Route::Among(ids));
        }
    }
    let choices = choices(listing, against);
    let is_any = !choices.is_empty() || !listing.q.is_empty();
    for choice in choices {
        let ids = choice.first(conn)?;
        if ids.len() as i64 <= choice.few {
            return Ok(Route::Among(ids));
        }
    }
    Ok(if is_any { Route::Along } else { Route::Free })
}

/// Some of the leads that a search may find, where all would be too many to look at: those that have its longest
/// words, or the newest ones if it is too short to be looked up.
pub fn sample(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Route> {
    let newest = Choice {
        query: "select id from leads where deleted_at is null order by created_at desc, id desc"
            .to_owned(),
        texts: Vec::new(),
        few: SAMPLE,
    };
    let mut ids = match by_letters(listing) {
        Some(choice) => against.letters.first(conn, &choice)?,
        None => newest.first(conn)?,
    };
    ids.truncate(SAMPLE as usize);
    Ok(Route::Among(ids))
}

impl Letters {
    fn first(&self, conn: &mut Conn, choice: &Choice) -> Result<Vec<i64>> {
        if let Some((known, ids)) = &*self.0.borrow()
            && known == choice
        {
            return Ok(ids.clone());
        }
        let ids = choice.first(conn)?;
        self.0.replace(Some((choice.clone(), ids.clone())));
        Ok(ids)
    }
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
    let from = listing.created_from.and_then(Timestamp::of_day);
    let to = listing.created_to.and_then(Timestamp::of_day);
    if from.is_some() || to.is_some() {
        let (from, to) = (
            from.map_or(0, |at| at.0),
            to.map_or(i64::MAX, |at| at.0 + DAY),
        );
        choices.push(Choice {
            few: MADE,
            ..Choice::new(&format!("created_at >= {from} and created_at < {to}"))
        });
    }
    choices
}

fn by_state(listing: &Listing, against: Against) -> Option<Choice> {
    let state = listing.state?;
    if state == State::Paused {
        let asleep = format!("paused_until > {}", against.now.0);
        return Some(Choice::new(&asleep));
    }
    let (pause, ranges) = arms(state, listing.status, against);
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

/// A search by the index of letters, by its longest words; nothing if all are too short for it.
fn by_letters(listing: &Listing) -> Option<Choice> {
    let folded = fold_name(&listing.q);
    let length = |word: &&str| word.chars().count();
    let mut words: Vec<&str> = folded.split(' ').filter(|word| length(word) >= 3).collect();
    words.sort_by_key(|word| std::cmp::Reverse(length(word)));
    words.truncate(WORDS);
    let conditions: Vec<String> = (1..=words.len())
        .map(|at| format!("search_key like ${at}"))
        .collect();
    (!words.is_empty()).then(|| Choice {
        query: format!(
            "select rowid as id from lead_search where {}",
            conditions.join(" and ")
        ),
        texts: words.into_iter().map(letters).collect(),
        few: match listing.sort {
            SortKey::CreatedAt => FOUND,
            _ => FOUND_APART,
        },
    })
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
