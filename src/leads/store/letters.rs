//! Searches by SQLite's index of letters, which knows for each three of them the leads that have them somewhere. A word
//! is looked up by some of its threes: the condition beside it decides, and each three more costs a walk through all
//! that have it.

use std::cell::RefCell;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::list::Against;
use super::route::Route;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_name;
use crate::leads::listing::{Listing, SortKey};

/// Up to this many are read and sorted.
const FEW: i64 = 1_000;
/// The same where a walk along the order would take long: the matches are thin, or those of one name or value stand
/// together, so that the first of them may be far away.
const FEW_APART: i64 = 4_000;
/// The most leads that a walk should meet before a page is full.
const WALK: i64 = 4_000;
/// How many leads are looked at to say of a search that it finds at least so many.
const SAMPLE: usize = 300;
/// The most threes of letters that are looked up together.
const THREES: usize = 16;

/// What the index found for a search, looked up once for all that is asked of it: its page, how many there are, how
/// they stand.
#[derive(Default)]
pub struct Letters(RefCell<Option<Lookup>>);

struct Lookup {
    threes: String,
    limit: i64,
    ids: Vec<i64>,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

impl Letters {
    /// The first ids that have these threes, one more than `few` if there are more.
    fn first(&self, conn: &mut Conn, threes: &str, few: i64) -> Result<Vec<i64>> {
        if let Some(known) = &*self.0.borrow()
            && known.threes == threes
            && (known.limit > few || known.ids.len() as i64 <= known.limit)
        {
            let enough = known.ids.iter().take(few as usize + 1);
            return Ok(enough.copied().collect());
        }
        let found: Vec<Found> = diesel::sql_query(format!(
            "select rowid as id from lead_search where lead_search match $1 limit {}",
            few + 1
        ))
        .bind::<Text, _>(threes)
        .load(conn)?;
        let ids: Vec<i64> = found.into_iter().map(|found| found.id).collect();
        self.0.replace(Some(Lookup {
            threes: threes.to_owned(),
            limit: few,
            ids: ids.clone(),
        }));
        Ok(ids)
    }
}

/// The leads that a search may find, if they are few enough to read each.
pub fn few(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Option<Route>> {
    let Some(threes) = threes(&listing.q) else {
        return Ok(None);
    };
    let mut few = match listing.sort {
        SortKey::CreatedAt => FEW,
        _ => FEW_APART,
    };
    let mut ids = against.letters.first(conn, &threes, few)?;
    if few < FEW_APART && is_thin(&ids, few, listing.per) {
        few = FEW_APART;
        ids = against.letters.first(conn, &threes, few)?;
    }
    Ok((ids.len() as i64 <= few).then_some(Route::Among(ids)))
}

/// True if a walk would meet too many that do not match. Ids grow with time, so those that were found first tell how
/// many lie between two of them.
fn is_thin(ids: &[i64], few: i64, per: i64) -> bool {
    let last = ids.last().copied().unwrap_or(0);
    ids.len() as i64 > few && last / few * per > WALK
}

/// Some of the leads that a search may find, where all would be too many to look at; the newest ones if it is too short
/// to be looked up.
pub fn sample(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Route> {
    if let Conn::Postgres(_) = conn {
        return Ok(Route::Sample(newest(conn)?));
    }
    let mut ids = match threes(&listing.q) {
        Some(threes) => against.letters.first(conn, &threes, FEW)?,
        None => newest(conn)?,
    };
    ids.truncate(SAMPLE);
    Ok(Route::Among(ids))
}

fn newest(conn: &mut Conn) -> Result<Vec<i64>> {
    let found: Vec<Found> = diesel::sql_query(format!(
        "select id from leads where deleted_at is null order by created_at desc, id desc limit {SAMPLE}"
    ))
    .load(conn)?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// What the index is asked for all words of a search: threes that lie side by side and the last one of each word;
/// nothing if all words are too short for it.
pub fn threes(q: &str) -> Option<String> {
    let folded = fold_name(q);
    let mut threes: Vec<String> = Vec::new();
    for word in folded.split(' ') {
        let letters: Vec<char> = word.chars().collect();
        let last = letters.len().checked_sub(3);
        let starts = last.into_iter().flat_map(|last| {
            let beside = (0..last).step_by(3);
            beside.chain([last])
        });
        threes.extend(starts.map(|at| quoted(&letters[at..at + 3])));
    }
    threes.truncate(THREES);
    (!threes.is_empty()).then(|| threes.join(" AND "))
}

fn quoted(letters: &[char]) -> String {
    let text: String = letters.iter().collect();
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_looked_up_by_threes_that_cover_it() {
        let asked = |q: &str| threes(q).unwrap_or_default();
        assert_eq!(asked("Ana"), r#""ana""#);
        assert_eq!(asked("Pope"), r#""pop" AND "ope""#);
        assert_eq!(asked("Ștefan"), r#""ste" AND "fan""#);
        assert_eq!(asked("Ana de la Popa"), r#""ana" AND "pop" AND "opa""#);
        assert_eq!(asked(r#"a"b OR"#), r#""a""b""#);
        assert_eq!(threes("de la"), None);
        assert_eq!(asked(&"abc".repeat(40)).matches("AND").count(), THREES - 1);
    }

    #[test]
    fn a_walk_is_long_where_the_first_matches_lie_far_apart() {
        let every = |step: i64| -> Vec<i64> { (1..=1_001).map(|n| n * step).collect() };
        assert!(!is_thin(&every(40), 1_000, 20));
        assert!(is_thin(&every(900), 1_000, 20));
        assert!(!is_thin(&every(900)[..900], 1_000, 20));
    }
}
