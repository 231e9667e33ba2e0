//! The indexes by which the leads of a filter are found, and the index by which a list is read in its order. Each holds
//! every column that a filter asks for, except:
//!
//! - `leads_offer_due_at` and `leads_paused_until` hold one instant and the id: their leads are read for the other filters.
//! - On SQLite, [`WITHOUT_STATUS`] hold neither the status nor its instants, since a move would change them: the leads of
//!   their entries are read if a filter asks for these.

use crate::db::{Conn, MAX_UNION_PARTS, SqlText};
use crate::leads::domain::date_range::DateRange;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::query::conditions::{
    bin_condition, created_condition, currency_condition, day_condition, each_condition,
    handoff_condition, owner_condition, source_condition, state_ranges, status_condition,
};
use crate::leads::store::query::index_range::IndexRange;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::statuses::State;

/// The indexes of SQLite without the status of a lead and its instants.
const WITHOUT_STATUS: [&str; 5] = [
    "leads_created_at",
    "leads_name_key",
    "leads_value_key",
    "leads_owner_created_at",
    "leads_currency_value_key",
];

/// True if the index of a range holds what a filter asks for about the status of a lead.
pub fn holds_filter(conn: &Conn, range: &IndexRange, filter: &LeadFilter) -> bool {
    let asks_for_status =
        filter.status.is_some() || filter.state.is_some() || filter.entered != DateRange::default();
    let is_without = |index: &str| WITHOUT_STATUS.contains(&index);
    matches!(conn, Conn::Postgres(_)) || !asks_for_status || !range.index.is_some_and(is_without)
}

/// True if the index of a range holds the key of a sort.
pub fn holds_key(conn: &Conn, range: &IndexRange, sort: LeadSort) -> bool {
    let is_without = range
        .index
        .is_some_and(|index| WITHOUT_STATUS.contains(&index));
    match sort {
        LeadSort::Name | LeadSort::UpdatedAt => false,
        LeadSort::Age => matches!(conn, Conn::Postgres(_)) || !is_without,
        LeadSort::CreatedAt | LeadSort::Value => true,
    }
}

/// The ranges in which a filter's leads are found, the one that is likely to be the smallest first.
pub fn index_ranges(filter: &LeadFilter, query: &LeadQuery) -> Vec<IndexRange> {
    let created = || created_condition(filter);
    let range = |index, conditions| range_of(index, filter, conditions);
    if filter.is_in_bin {
        return vec![range("leads_bin", [created(), None])];
    }
    let mut ranges = Vec::new();
    if let Some(due) = handoff_condition(filter, query) {
        ranges.push(range("leads_offer_due_at", [Some(due), None]));
    }
    if let Some(owner) = owner_condition(filter, query) {
        ranges.push(match (status_condition(filter), created()) {
            (None, Some(created)) => range("leads_owner_created_at", [Some(owner), Some(created)]),
            (status, _) => range("leads_owner_clock_from", [Some(owner), status]),
        });
    }
    ranges.extend(state_range(filter, query));
    if let Some(created) = created() {
        ranges.push(range("leads_created_at", [Some(created), None]));
    }
    if let Some(entered) = day_condition(filter, filter.entered, "status_since") {
        ranges.push(range("leads_status_since", [Some(entered), None]));
    }
    if let Some(source) = source_condition(filter) {
        ranges.push(range("leads_source_created_at", [Some(source), created()]));
    }
    if let Some(status) = status_condition(filter) {
        ranges.push(range("leads_status_created_at", [Some(status), created()]));
    }
    if let Some(currency) = currency_condition(filter) {
        ranges.push(range("leads_currency_value_key", [Some(currency), None]));
    }
    if ranges.is_empty() {
        ranges.push(range("leads_created_at", [None, None]));
    }
    ranges
}

/// The leads of one status by their clocks, and of one owner if the filter says so.
pub fn status_range(filter: &LeadFilter, status: i64, query: &LeadQuery) -> IndexRange {
    let status = Some(SqlText::new("status_id = ").number(status));
    match owner_condition(filter, query) {
        Some(owner) => range_of("leads_owner_clock_from", filter, [Some(owner), status]),
        None => range_of("leads_status_clock_from", filter, [None, status]),
    }
}

/// The range of an index that these conditions bound.
fn range_of<const N: usize>(
    index: &'static str,
    filter: &LeadFilter,
    conditions: [Option<SqlText>; N],
) -> IndexRange {
    let all = [bin_condition(filter)].into_iter();
    let all = all.chain(conditions.into_iter().flatten());
    IndexRange {
        index: Some(index),
        parts: vec![SqlText::join(all, " and ")],
    }
}

/// The leads in a state, status by status.
fn state_range(filter: &LeadFilter, query: &LeadQuery) -> Option<IndexRange> {
    let state = filter.state?;
    let (pause, ranges) = state_ranges(state, filter.status, query);
    if state == State::Paused {
        return Some(range_of("leads_paused_until", filter, [Some(pause)]));
    }
    (1..=MAX_UNION_PARTS).contains(&ranges.len()).then(|| {
        let not_in_bin = |range| {
            SqlText::new("deleted_at is null and ")
                .then(range)
                .sql(" and ")
                .then(pause.clone())
        };
        IndexRange {
            index: Some("leads_status_clock_from"),
            parts: ranges.into_iter().map(not_in_bin).collect(),
        }
    })
}

/// The index that has the leads of a list in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedRange {
    pub range: IndexRange,
    /// True if every lead of the range is in the list.
    pub is_exact: bool,
}

/// The index by which a list with this filter and sort is read in its order.
pub fn ordered_range(filter: &LeadFilter, sort: LeadSort, query: &LeadQuery) -> OrderedRange {
    let (index, conditions) = match sort {
        _ if filter.is_in_bin => ("leads_bin", [None, None]),
        LeadSort::CreatedAt => {
            let (index, first) = by_creation(filter, query);
            (index, [first, created_condition(filter)])
        }
        LeadSort::Name => ("leads_name_key", [None, None]),
        LeadSort::UpdatedAt => ("leads_updated_at", [None, None]),
        LeadSort::Value => match currency_condition(filter) {
            None => ("leads_value_key", [None, None]),
            currency => ("leads_currency_value_key", [currency, None]),
        },
        LeadSort::Age => {
            let entered = day_condition(filter, filter.entered, "status_since");
            ("leads_status_since", [entered, None])
        }
    };
    let is_met = |each: SqlText| each == bin_condition(filter) || conditions.contains(&Some(each));
    OrderedRange {
        is_exact: filter.unreadable.is_empty()
            && filter.q.is_empty()
            && each_condition(filter, query).all(is_met),
        range: range_of(index, filter, conditions),
    }
}

/// The index of creation that begins with the owner, the source or the status, and the condition on these.
fn by_creation(filter: &LeadFilter, query: &LeadQuery) -> (&'static str, Option<SqlText>) {
    let owner = owner_condition(filter, query).map(|of| ("leads_owner_created_at", of));
    let source = || source_condition(filter).map(|of| ("leads_source_created_at", of));
    let status = || status_condition(filter).map(|of| ("leads_status_created_at", of));
    match owner.or_else(source).or_else(status) {
        Some((index, condition)) => (index, Some(condition)),
        None => ("leads_created_at", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::leads::domain::listing::Listing;
    use crate::records::fields::Fields;

    fn query() -> LeadQuery {
        LeadQuery::new(Vec::new(), 7, Timestamp(0))
    }

    fn listing(text: &str) -> Listing {
        Listing::read(&Fields::from_urlencoded(text.as_bytes()).unwrap_or_default())
    }

    #[test]
    fn each_list_is_read_by_the_index_of_its_order() {
        for (list, index, is_exact) in [
            ("", "leads_created_at", true),
            ("created_from=2026-01-01", "leads_created_at", true),
            ("status=3", "leads_status_created_at", true),
            (
                "owner=me&created_to=2026-01-01",
                "leads_owner_created_at",
                true,
            ),
            ("source=Web", "leads_source_created_at", true),
            ("owner=none&source=Web", "leads_owner_created_at", false),
            ("source=Web&status=3", "leads_source_created_at", false),
            ("status=3&q=ana", "leads_status_created_at", false),
            ("sort=name", "leads_name_key", true),
            ("sort=name&status=3", "leads_name_key", false),
            ("sort=value", "leads_value_key", true),
            ("sort=-value&currency=EUR", "leads_currency_value_key", true),
            (
                "sort=value&currency=EUR&owner=3",
                "leads_currency_value_key",
                false,
            ),
            (
                "sort=age&entered_from=2026-01-01",
                "leads_status_since",
                true,
            ),
            ("sort=age&status=3", "leads_status_since", false),
            ("sort=updated_at", "leads_updated_at", true),
            ("sort=name&bin=1", "leads_bin", true),
            ("bin=1&owner=3", "leads_bin", false),
            ("status=x", "leads_created_at", false),
        ] {
            let listing = listing(list);
            let ordered = ordered_range(&listing.filter, listing.sort.key, &query());
            assert_eq!(ordered.range.index, Some(index), "{list}");
            assert_eq!(ordered.is_exact, is_exact, "{list}");
        }
    }

    #[test]
    fn each_filter_has_an_index_and_the_smallest_is_tried_first() {
        for (list, expected) in [
            ("", vec!["leads_created_at"]),
            ("q=ana", vec!["leads_created_at"]),
            ("owner=3", vec!["leads_owner_clock_from"]),
            (
                "owner=3&created_from=2026-01-01",
                vec!["leads_owner_created_at", "leads_created_at"],
            ),
            (
                "owner=3&status=4",
                vec!["leads_owner_clock_from", "leads_status_created_at"],
            ),
            ("state=paused", vec!["leads_paused_until"]),
            (
                "handoff=overdue&source=Web",
                vec!["leads_offer_due_at", "leads_source_created_at"],
            ),
            ("created_from=2026-01-01", vec!["leads_created_at"]),
            ("entered_to=2026-01-01", vec!["leads_status_since"]),
            (
                "currency=USD&source=Web",
                vec!["leads_source_created_at", "leads_currency_value_key"],
            ),
            ("bin=1&owner=3", vec!["leads_bin"]),
        ] {
            let ranges = index_ranges(&listing(list).filter, &query());
            let indexes: Vec<&str> = ranges.iter().filter_map(|range| range.index).collect();
            assert_eq!(indexes, expected, "{list}");
        }
    }
}
