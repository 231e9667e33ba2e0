//! The leads that a bulk action is about: the ticked ones, or all that match a list.

use crate::access::Principal;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::bulk::{MAX_JUDGED, MAX_LEADS};
use crate::leads::domain::filters::{Filter, LeadFilter};
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::bulk_selection;
use crate::records::fields::Fields;
use crate::records::filters::{FilterKey as _, FilterSet as _};

pub type Selection = bulk_selection::Selection<Listing>;

/// Reads the selection from a form. `shared_field` is the one that the action and a filter have: the last value
/// is the action's, one before it is the filter's.
///
/// # Errors
/// [`Error::Invalid`] at `ids` for none or too many, and as [`Selection::read`].
pub fn read(fields: &Fields, shared_field: Option<&str>) -> Result<Selection> {
    let selection = Selection::read(fields, || read_filters(fields, shared_field))?;
    match &selection {
        Selection::Ids(ids) if ids.is_empty() => {
            Err(Error::invalid("ids", Message::new("lead-bulk-nothing")))
        }
        Selection::Ids(ids) if ids.len() > MAX_JUDGED => Err(too_many(MAX_JUDGED as i64)),
        _ => Ok(selection),
    }
}

/// The filters as hidden fields, for a selection of all that match. The field that the action shares with a filter is added
/// without a value, so that the action's own comes second.
pub fn filters(
    selection: &Selection,
    shared_field: Option<&'static str>,
) -> Option<Vec<(&'static str, String)>> {
    let mut pairs = selection.filters()?;
    if let Some(name) = shared_field
        && pairs.iter().all(|(other, _)| *other != name)
    {
        pairs.push((name, String::new()));
    }
    Some(pairs)
}

/// The ids of the leads that match now; ticked ones may be gone.
///
/// # Errors
/// [`Error::Invalid`] at `ids` for too many; [`Error::Conflict`] if none is left.
pub fn resolve(conn: &mut Conn, selection: &Selection, principal: &Principal) -> Result<Vec<i64>> {
    let listing = match selection {
        Selection::Ids(ids) => return Ok(ids.clone()),
        Selection::All { listing, .. } => listing,
    };
    let query = LeadQuery::load(conn, principal.user_id, principal.now, &listing.filter.q)?;
    let ids = query.ids(conn, &listing.filter, MAX_LEADS + 1)?;
    match ids.len() as i64 {
        0 => Err(Error::Conflict(Message::new("lead-bulk-none"))),
        count if count > MAX_LEADS => Err(too_many(MAX_LEADS)),
        _ => Ok(ids),
    }
}

fn too_many(most: i64) -> Error {
    let message = Message::new("lead-bulk-too-many").with("count", most);
    Error::invalid("ids", message)
}

/// The filters of a form. The last value of the shared field, which is the action's, is left out.
fn read_filters(fields: &Fields, shared_field: Option<&str>) -> Listing {
    let pairs: Vec<(&str, String)> = Filter::ALL
        .iter()
        .map(|filter| {
            let name = filter.name();
            let mut values = fields.all(name);
            if shared_field == Some(name) {
                values.pop();
            }
            (name, single_value(values))
        })
        .collect();
    let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    Listing::of(LeadFilter::read(&Fields::from_pairs(pairs)))
}

/// The value of a filter that occurs more than once: empty ones don't count, and two different ones make it invalid.
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

    fn filter(query: &str, shared_field: Option<&str>) -> String {
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap();
        match read(&fields, shared_field).unwrap() {
            Selection::All { listing, .. } => link("", listing.filter.filter_pairs()),
            Selection::Ids(ids) => format!("{ids:?}"),
        }
    }

    #[test]
    fn the_last_value_is_for_the_action_and_one_before_it_for_the_filter() {
        let shared_field = Some("status");
        assert_eq!(
            filter("scope=all&status=3&status=5&q=a", shared_field),
            "?q=a&status=3"
        );
        assert_eq!(
            filter("scope=all&status=&status=5&owner=2", shared_field),
            "?owner=2"
        );
        assert_eq!(
            filter("scope=all&status=5&owner=me", shared_field),
            "?owner=me"
        );
        assert_eq!(filter("scope=all&status=5", None), "?status=5");
        assert_eq!(filter("scope=all&status=5&status=", None), "?status=5");
        assert_eq!(filter("scope=all&status=&status=5", None), "?status=5");
        assert_eq!(filter("ids=4&ids=2&ids=4&status=5", shared_field), "[2, 4]");
    }

    #[test]
    fn an_empty_filter_comes_before_the_field_of_the_action() {
        let all = Selection::All {
            listing: Listing::default(),
            expect: None,
        };
        assert_eq!(
            filters(&all, Some("owner")),
            Some(vec![("owner", String::new())])
        );
        assert_eq!(filters(&all, None), Some(vec![]));
        assert_eq!(filters(&Selection::Ids(vec![1]), Some("owner")), None);
    }

    #[test]
    fn too_many_leads_and_none_are_refused() {
        let many: Vec<String> = (1..=5_001).map(|id: i64| id.to_string()).collect();
        let many = Fields::from_pairs(many.iter().map(|id| ("ids", id.as_str())));
        for fields in [many, Fields::default(), Fields::from_pairs([("ids", "x")])] {
            assert!(read(&fields, None).is_err());
        }
    }
}
