//! The SQL of every filter.

use crate::clock::Timestamp;
use crate::db::SqlText;
use crate::leads::domain::date_range::DateRange;
use crate::leads::domain::filters::{Filter, HandoffFilter, LeadFilter, OwnerFilter};
use crate::leads::domain::text::source_key;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::filters::FilterKey as _;
use crate::statuses::{Cutoffs, State, not_paused};

/// The conditions of all filters of a list.
pub fn conditions(filter: &LeadFilter, query: &LeadQuery) -> SqlText {
    if !filter.unreadable.is_empty() {
        return SqlText::new("1 = 0");
    }
    SqlText::join(each_condition(filter, query), " and ")
}

/// The condition of each filter of a list.
pub fn each_condition(filter: &LeadFilter, query: &LeadQuery) -> impl Iterator<Item = SqlText> {
    // The words of a search take the longest to compare.
    let others = Filter::ALL.iter().filter(|each| **each != Filter::Q);
    let all = others.chain([&Filter::Q]);
    all.filter_map(move |each| condition(*each, filter, query))
}

/// The condition of one filter; nothing if it is not set.
fn condition(each: Filter, filter: &LeadFilter, query: &LeadQuery) -> Option<SqlText> {
    match each {
        Filter::Q if filter.q.is_empty() => None,
        Filter::Q => query.search.condition(),
        Filter::Status => status_condition(filter),
        Filter::Owner => owner_condition(filter, query),
        Filter::Source => source_condition(filter),
        Filter::State => Some(state_condition(filter.state?, filter.status, query)),
        Filter::Handoff => handoff_condition(filter, query),
        Filter::CreatedFrom => created_condition(filter),
        Filter::EnteredFrom => day_condition(filter, filter.entered, "status_since"),
        // Part of the condition of the first day.
        Filter::CreatedTo | Filter::CreatedAfter | Filter::CreatedBefore => None,
        Filter::EnteredTo | Filter::Zone => None,
        Filter::Currency => currency_condition(filter),
        // Every list is either of the bin or not.
        Filter::Bin => Some(bin_condition(filter)),
    }
}

pub fn bin_condition(filter: &LeadFilter) -> SqlText {
    SqlText::new(match filter.is_in_bin {
        true => "deleted_at is not null",
        false => "deleted_at is null",
    })
}

pub fn status_condition(filter: &LeadFilter) -> Option<SqlText> {
    Some(SqlText::new("status_id = ").number(filter.status?))
}

pub fn owner_condition(filter: &LeadFilter, query: &LeadQuery) -> Option<SqlText> {
    Some(match filter.owner? {
        OwnerFilter::User(id) => SqlText::new("owner_id = ").number(id),
        OwnerFilter::Me => SqlText::new("owner_id = ").number(query.user_id),
        OwnerFilter::Unassigned => SqlText::new("owner_id is null"),
    })
}

pub fn handoff_condition(filter: &LeadFilter, query: &LeadQuery) -> Option<SqlText> {
    let operator = match filter.handoff? {
        HandoffFilter::Pending => "offer_due_at > ",
        HandoffFilter::Overdue => "offer_due_at <= ",
    };
    Some(SqlText::new(operator).number(query.now.0))
}

pub fn source_condition(filter: &LeadFilter) -> Option<SqlText> {
    let stored = SqlText::new("source = (select source from lead_sources where source_key = ");
    Some(stored.text(source_key(filter.source.as_deref()?)).sql(")"))
}

pub fn currency_condition(filter: &LeadFilter) -> Option<SqlText> {
    let currency = filter.currency?;
    let condition = SqlText::new("currency = ").text(currency.to_string());
    Some(condition.sql(" and value_key >= 0"))
}

/// The condition on the instant at which a lead was created.
pub fn created_condition(filter: &LeadFilter) -> Option<SqlText> {
    let compare = |operator, at: Timestamp| SqlText::new(operator).number(at.0);
    let days = day_condition(filter, filter.created, "created_at");
    let after = filter.created_after.map(|at| compare("created_at >= ", at));
    let before = filter.created_before.map(|at| compare("created_at < ", at));
    let all = SqlText::join(days.into_iter().chain(after).chain(before), " and ");
    (!all.is_empty()).then_some(all)
}

/// The condition for an instant in `column` to be in a range of days of the filter.
pub fn day_condition(filter: &LeadFilter, range: DateRange, column: &str) -> Option<SqlText> {
    let compare = |operator: &str, at| SqlText::new(format!("{column} {operator} ")).number(at);
    let zone = filter.zone();
    let from = range.start(zone).map(|at| compare(">=", at));
    let to = range.end(zone).map(|at| compare("<", at));
    let both = SqlText::join(from.into_iter().chain(to), " and ");
    (!both.is_empty()).then_some(both)
}

/// A state as SQL: the condition on the pause, and for each status its range of clocks.
pub fn state_ranges(
    state: State,
    status: Option<i64>,
    query: &LeadQuery,
) -> (SqlText, Vec<SqlText>) {
    let now = query.now;
    let statuses = query.selected_statuses(status);
    let ranges = statuses.filter_map(|status| {
        let [after, up_to] = clock_bounds(state, status.cutoffs(now))?;
        let bound = |operator, at: Timestamp| SqlText::new(operator).number(at.0);
        let after = after.map(|at| bound(" and clock_from > ", at));
        let up_to = up_to.map(|at| bound(" and clock_from <= ", at));
        let of_status = SqlText::new("status_id = ").number(status.id);
        let bounds = after.into_iter().chain(up_to);
        Some(bounds.fold(of_status, SqlText::then))
    });
    let pause = match state {
        State::Paused => SqlText::new("paused_until > ").number(now.0),
        _ => not_paused(now),
    };
    (pause, ranges.collect())
}

/// A state as one condition.
pub fn state_condition(state: State, status: Option<i64>, query: &LeadQuery) -> SqlText {
    let (pause, ranges) = state_ranges(state, status, query);
    match ranges.is_empty() {
        true => SqlText::new("1 = 0"),
        false => pause
            .sql(" and (")
            .then(SqlText::join(ranges, " or "))
            .sql(")"),
    }
}

/// The bounds of the clocks of a status that give this state: after the first, up to the second; nothing if no clock does.
pub fn clock_bounds(state: State, cutoffs: Cutoffs) -> Option<[Option<Timestamp>; 2]> {
    let is_open = cutoffs.state(Timestamp::NEVER, None) != State::None;
    let (at_risk, stuck) = (cutoffs.at_risk, cutoffs.stuck);
    match state {
        _ if !is_open => None,
        State::Paused => Some([None, None]),
        State::Stuck => stuck.map(|at| [None, Some(at)]),
        State::AtRisk => at_risk
            .filter(|at| Some(*at) != stuck)
            .map(|at| [stuck, Some(at)]),
        State::OnTrack => Some([at_risk, None]),
        State::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;
    use crate::leads::domain::listing::Listing;
    use crate::records::fields::Fields;

    #[test]
    fn every_filter_has_its_sql() {
        let query = LeadQuery::new(Vec::new(), 7, Timestamp(0));
        let sql = |pairs: &str| {
            let fields = Fields::from_urlencoded(pairs.as_bytes()).unwrap_or_default();
            conditions(&Listing::read(&fields).filter, &query)
        };
        // The words of a search are looked up first, and a time zone alone narrows nothing.
        let others = Filter::ALL.iter();
        for filter in others.filter(|each| !matches!(each, Filter::Q | Filter::Zone)) {
            let pair = format!("{}={}", filter.name(), filter.example());
            assert_ne!(sql(&pair), sql(""), "{pair}");
        }
    }

    #[test]
    fn both_ends_of_a_range_of_days_are_included() {
        let two = DateRange {
            from: "1970-01-03".parse().ok(),
            to: "1970-01-04".parse().ok(),
        };
        let (first, end) = (2 * DAY, 4 * DAY);
        let expected = SqlText::new("x >= ").number(first);
        let expected = expected.sql(" and ").sql("x < ").number(end);
        let filter = LeadFilter::default();
        assert_eq!(day_condition(&filter, two, "x"), Some(expected));
        assert_eq!(day_condition(&filter, DateRange::default(), "x"), None);
    }
}
