//! Which leads a bulk action is about: those ticked, or all that a list shows.

use crate::access::Who;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::bulk::MOST;
use crate::leads::store::{self, Against, Letters};
use crate::leads::{Filter, Listing};
use crate::statuses;
use crate::web::chosen::{self, Difference, Expect};
use crate::web::fields::Fields;
use crate::web::filters::{Filter as _, Filtered};

/// Which leads: those ticked, or all that match.
#[derive(Debug, Clone)]
pub enum Selection {
    Ids(Vec<i64>),
    All {
        listing: Box<Listing>,
        /// What the form takes them to be; without it nothing is done to them.
        expect: Option<Expect>,
    },
}

impl Selection {
    /// The leads that a form names. `takes` is the field that the action takes for itself and that is the name of a
    /// filter too: the last one sent is the action's; one sent before it is the filter. Ticked rows know no filters.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `ids` for none, too many, or one that can't be read; at the name of a filter that can't be
    /// read; at `scope` and `expect`.
    pub fn read(fields: &Fields, takes: Option<&str>) -> Result<Selection> {
        let Some(ids) = chosen::ticked(fields)? else {
            return Ok(Selection::All {
                listing: Box::new(filters(fields, takes).readable()?),
                expect: Expect::read(fields)?,
            });
        };
        match ids.len() as i64 {
            0 => Err(refused("lead-bulk-nothing")),
            count if count > MOST => Err(refused("lead-bulk-too-many")),
            _ => Ok(Selection::Ids(ids)),
        }
    }

    /// The selection, for an action that changes it: all that match need something to be compared with.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `expect` if there is nothing.
    pub fn for_change(self) -> Result<Selection> {
        match self {
            Selection::All { expect: None, .. } => Err(chosen::unexpected()),
            known => Ok(known),
        }
    }

    /// The filters as hidden fields, where everything that matches was asked for: with the place of the field that
    /// the action `takes` held by an empty one, so that the action's own comes second.
    pub fn filters(&self, takes: Option<&'static str>) -> Option<Vec<(&'static str, String)>> {
        let Selection::All { listing, .. } = self else {
            return None;
        };
        let mut pairs = listing.filter_pairs();
        if let Some(name) = takes
            && pairs.iter().all(|(known, _)| *known != name)
        {
            pairs.push((name, String::new()));
        }
        Some(pairs)
    }

    /// The ids that are meant now.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `ids` for too many; [`Error::Conflict`] if none is left.
    pub fn resolve(&self, conn: &mut Conn, who: &Who) -> Result<Vec<i64>> {
        let listing = match self {
            Selection::Ids(ids) => return Ok(ids.clone()),
            Selection::All { listing, .. } => listing,
        };
        let statuses = statuses::everything(conn)?;
        let letters = Letters::default();
        let against = Against::new(&statuses, who.now, &letters);
        let listing = Listing::clone(listing).for_user(who.user_id);
        let found = store::ids(conn, &listing, against, MOST + 1)?;
        match found.len() as i64 {
            0 => Err(Error::Conflict(Message::new("lead-bulk-none"))),
            count if count > MOST => Err(refused("lead-bulk-too-many")),
            _ => Ok(found),
        }
    }

    /// True if these are the leads that the form expected.
    pub fn holds(&self, ids: &[i64]) -> bool {
        match self {
            Selection::Ids(_) => true,
            Selection::All { expect, .. } => {
                expect.as_ref().is_some_and(|expect| expect.holds(ids))
            }
        }
    }

    /// How these leads differ from what the form expected.
    pub fn difference(&self, ids: &[i64]) -> Difference {
        match self {
            Selection::All {
                expect: Some(expect),
                ..
            } => expect.difference(ids),
            _ => Difference::default(),
        }
    }
}

fn refused(key: &'static str) -> Error {
    let told = Message::new(key).with("count", MOST);
    Error::Invalid(FieldErrors::one("ids", told))
}

/// The list that the filters of a form describe. Of a name that the action takes too, the last value is the action's.
fn filters(fields: &Fields, takes: Option<&str>) -> Listing {
    let sent: Vec<(&str, String)> = Filter::ALL
        .iter()
        .map(|filter| {
            let name = filter.name();
            let mut values = fields.all(name);
            if takes == Some(name) {
                values.pop();
            }
            (name, as_one(values))
        })
        .collect();
    let sent = sent.iter().map(|(name, value)| (*name, value.as_str()));
    Listing::read(&Fields::from_pairs(sent))
}

/// The value of a filter that was sent more than once: an empty one says nothing, and two that differ can't be read.
fn as_one(mut values: Vec<&str>) -> String {
    values.retain(|value| !value.is_empty());
    values.sort_unstable();
    values.dedup();
    values.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(query: &str, takes: Option<&str>) -> String {
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap();
        match Selection::read(&fields, takes).unwrap() {
            Selection::All { listing, .. } => listing.url(""),
            Selection::Ids(ids) => format!("{ids:?}"),
        }
    }

    #[test]
    fn the_last_value_is_the_actions_and_one_before_it_the_filters() {
        let takes = Some("status");
        assert_eq!(
            filter("scope=all&status=3&status=5&q=a", takes),
            "?q=a&status=3"
        );
        assert_eq!(
            filter("scope=all&status=&status=5&owner=2", takes),
            "?owner=2"
        );
        assert_eq!(filter("scope=all&status=5&owner=me", takes), "?owner=me");
        assert_eq!(filter("scope=all&status=5", None), "?status=5");
        assert_eq!(filter("scope=all&status=5&status=", None), "?status=5");
        assert_eq!(filter("scope=all&status=&status=5", None), "?status=5");
        assert_eq!(filter("ids=4&ids=2&ids=4&status=5", takes), "[2, 4]");
    }

    #[test]
    fn an_empty_filter_keeps_the_place_of_the_actions_field() {
        let all = Selection::All {
            listing: Box::default(),
            expect: None,
        };
        assert_eq!(
            all.filters(Some("owner")),
            Some(vec![("owner", String::new())])
        );
        assert_eq!(all.filters(None), Some(vec![]));
        assert_eq!(Selection::Ids(vec![1]).filters(Some("owner")), None);
    }

    #[test]
    fn too_many_and_none_at_all_are_refused() {
        let many: Vec<String> = (1..=5_001).map(|id: i64| id.to_string()).collect();
        let many = Fields::from_pairs(many.iter().map(|id| ("ids", id.as_str())));
        for fields in [many, Fields::default(), Fields::from_pairs([("ids", "x")])] {
            assert!(Selection::read(&fields, None).is_err());
        }
    }
}
