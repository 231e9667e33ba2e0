//! The leads that a bulk action is about: the ticked ones, or all that match a list.

use crate::access::Principal;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::bulk::MAX_LEADS;
use crate::leads::domain::filters::{Filter, LeadFilter};
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::bulk_selection;
use crate::records::bulk_selection::{Difference, Expectation};
use crate::records::fields::Fields;
use crate::records::filters::{Filter as _, Filtered};

/// The ticked leads, or all that match.
#[derive(Debug, Clone)]
pub enum Selection {
    Ids(Vec<i64>),
    All {
        filter: Box<LeadFilter>,
        /// The set of leads that the form showed; a change requires it.
        expect: Option<Expectation>,
    },
}

impl Selection {
    /// Reads the selection from a form. `takes` names a field that the action shares with a filter: the last value sent
    /// is the action's, one before it is the filter's. Ticked rows ignore the filters.
    ///
    /// [`Error::Invalid`] at `ids` for none, too many, or an invalid one; at the name of an invalid filter; at `scope`
    /// and `expect`.
    pub fn read(fields: &Fields, takes: Option<&str>) -> Result<Selection> {
        let Some(ids) = bulk_selection::selected_ids(fields)? else {
            return Ok(Selection::All {
                filter: Box::new(read_filters(fields, takes)?),
                expect: Expectation::read(fields)?,
            });
        };
        match ids.len() as i64 {
            0 => Err(invalid_ids("lead-bulk-nothing")),
            count if count > MAX_LEADS => Err(invalid_ids("lead-bulk-too-many")),
            _ => Ok(Selection::Ids(ids)),
        }
    }

    /// Requires `expect` of a selection of all that match, for an action that changes them.
    ///
    /// [`Error::Invalid`] at `expect` without it.
    pub fn require_expect(self) -> Result<Selection> {
        match self {
            Selection::All { expect: None, .. } => Err(bulk_selection::missing_expectation()),
            selection => Ok(selection),
        }
    }

    /// The filters as hidden fields, for a selection of all that match. An empty value stands in for the field that the
    /// action `takes`, so that the action's own comes second.
    pub fn filters(&self, takes: Option<&'static str>) -> Option<Vec<(&'static str, String)>> {
        let Selection::All { filter, .. } = self else {
            return None;
        };
        let mut pairs = filter.filter_pairs();
        if let Some(name) = takes
            && pairs.iter().all(|(other, _)| *other != name)
        {
            pairs.push((name, String::new()));
        }
        Some(pairs)
    }

    /// The ids of the leads that match now.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `ids` for too many; [`Error::Conflict`] if none is left.
    pub fn resolve(&self, conn: &mut Conn, principal: &Principal) -> Result<Vec<i64>> {
        let filter = match self {
            Selection::Ids(ids) => return Ok(ids.clone()),
            Selection::All { filter, .. } => filter,
        };
        let query = LeadQuery::load(conn, principal.user_id, principal.now)?;
        let listing = Listing::of(LeadFilter::clone(filter));
        let ids = query.ids(conn, &listing, MAX_LEADS + 1)?;
        match ids.len() as i64 {
            0 => Err(Error::Conflict(Message::new("lead-bulk-none"))),
            count if count > MAX_LEADS => Err(invalid_ids("lead-bulk-too-many")),
            _ => Ok(ids),
        }
    }

    /// True if these are the leads that the form expected.
    pub fn matches(&self, ids: &[i64]) -> bool {
        match self {
            Selection::Ids(_) => true,
            Selection::All { expect, .. } => {
                expect.as_ref().is_some_and(|expect| expect.holds(ids))
            }
        }
    }

    /// The difference between these leads and those that the form expected.
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

fn invalid_ids(key: &'static str) -> Error {
    let message = Message::new(key).with("count", MAX_LEADS);
    Error::Invalid(FieldErrors::one("ids", message))
}

/// The filters of a form. The last value of the field that the action takes is left out.
fn read_filters(fields: &Fields, takes: Option<&str>) -> Result<LeadFilter> {
    let sent: Vec<(&str, String)> = Filter::ALL
        .iter()
        .map(|filter| {
            let name = filter.name();
            let mut values = fields.all(name);
            if takes == Some(name) {
                values.pop();
            }
            (name, single_value(values))
        })
        .collect();
    let sent = sent.iter().map(|(name, value)| (*name, value.as_str()));
    let filter = LeadFilter::read(&Fields::from_pairs(sent));
    filter.unreadable.errors().or(filter)
}

/// The value of a filter that was sent more than once: empty ones don't count, and two different ones make it invalid.
fn single_value(mut values: Vec<&str>) -> String {
    values.retain(|value| !value.is_empty());
    values.sort_unstable();
    values.dedup();
    values.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::link::link;

    fn filter(query: &str, takes: Option<&str>) -> String {
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap();
        match Selection::read(&fields, takes).unwrap() {
            Selection::All { filter, .. } => link("", filter.filter_pairs()),
            Selection::Ids(ids) => format!("{ids:?}"),
        }
    }

    #[test]
    fn the_last_value_is_for_the_action_and_one_before_it_for_the_filter() {
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
    fn an_empty_filter_stands_in_for_the_field_of_the_action() {
        let all = Selection::All {
            filter: Box::default(),
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
    fn too_many_leads_and_none_are_refused() {
        let many: Vec<String> = (1..=5_001).map(|id: i64| id.to_string()).collect();
        let many = Fields::from_pairs(many.iter().map(|id| ("ids", id.as_str())));
        for fields in [many, Fields::default(), Fields::from_pairs([("ids", "x")])] {
            assert!(Selection::read(&fields, None).is_err());
        }
    }
}
