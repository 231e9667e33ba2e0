//! The SQL of every filter.

use crate::clock::Timestamp;
use crate::db::SqlText;
use crate::leads::domain::date_range::DateRange;
use crate::leads::domain::filters::{Filter, LeadFilter, OwnerFilter};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::trigram::search_condition;
use crate::records::filters::Filter as _;
use crate::statuses::{Cutoffs, State};

/// The condition that all filters of a list make together.
pub fn conditions(filter: &LeadFilter, query: &LeadQuery) -> SqlText {
    if !filter.unreadable.is_empty() {
        return SqlText::new("1 = 0");
    }
    // The words of a search take the longest to compare.
    let others = Filter::ALL.iter().filter(|each| **each != Filter::Q);
    let all = others.chain([&Filter::Q]);
    SqlText::join(
        all.filter_map(|each| condition(*each, filter, query)),
        " and ",
    )
}

/// The condition of one filter; nothing if it is not set.
fn condition(each: Filter, filter: &LeadFilter, query: &LeadQuery) -> Option<SqlText> {
    match each {
        Filter::Q => search_condition(&filter.q),
        Filter::Status => status_condition(filter),
        Filter::Owner => owner_condition(filter, query),
        Filter::Source => source_condition(filter),
        Filter::State => {
            let condition = state_condition(filter.state?, filter.status, query);
            Some(SqlText::new(condition))
        }
        Filter::CreatedFrom => day_condition(filter.created, "created_at"),
        Filter::EnteredFrom => day_condition(filter.entered, "status_since"),
        // Part of the condition of the first day.
        Filter::CreatedTo | Filter::EnteredTo => None,
        Filter::Currency => currency_condition(filter),
        // Every list is either of the bin or not.
        Filter::Bin => Some(bin_condition(filter)),
    }
}

pub fn bin_condition(filter: &LeadFilter) -> SqlText {
    SqlText::new(match filter.is_bin {
        true => "deleted_at is not null",
        false => "deleted_at is null",
    })
}

pub fn status_condition(filter: &LeadFilter) -> Option<SqlText> {
    Some(SqlText::new(format!("status_id = {}", filter.status?)))
}

pub fn owner_condition(filter: &LeadFilter, query: &LeadQuery) -> Option<SqlText> {
    Some(SqlText::new(match filter.owner? {
        OwnerFilter::User(id) => format!("owner_id = {id}"),
        OwnerFilter::Me => format!("owner_id = {}", query.user_id),
        OwnerFilter::Unassigned => "owner_id is null".to_owned(),
    }))
}

pub fn source_condition(filter: &LeadFilter) -> Option<SqlText> {
    Some(SqlText::new("source = ").text(filter.source.clone()?))
}

pub fn currency_condition(filter: &LeadFilter) -> Option<SqlText> {
    let currency = filter.currency?;
    Some(SqlText::new(format!(
        "currency = '{currency}' and value_key >= 0"
    )))
}

/// The condition for an instant in `column` to be in a range of days.
pub fn day_condition(range: DateRange, column: &str) -> Option<SqlText> {
    let from = range.start().map(|at| format!("{column} >= {at}"));
    let to = range.end().map(|at| format!("{column} < {at}"));
    let ends: Vec<String> = from.into_iter().chain(to).collect();
    (!ends.is_empty()).then(|| SqlText::new(ends.join(" and ")))
}

/// A state as SQL: the condition on the pause, and for each status its range of clocks.
pub fn state_ranges(state: State, status: Option<i64>, query: &LeadQuery) -> (String, Vec<String>) {
    let now = query.now;
    let statuses = query.selected_statuses(status);
    let ranges = statuses.filter_map(|status| {
        let range = clock_range(state, status.cutoffs(now))?;
        Some(format!("status_id = {}{range}", status.id))
    });
    let pause = match state {
        State::Paused => format!("paused_until > {}", now.0),
        _ => format!("(paused_until is null or paused_until <= {})", now.0),
    };
    (pause, ranges.collect())
}

/// A state as one condition.
pub fn state_condition(state: State, status: Option<i64>, query: &LeadQuery) -> String {
    let (pause, ranges) = state_ranges(state, status, query);
    match ranges.is_empty() {
        true => "1 = 0".to_owned(),
        false => format!("{pause} and ({})", ranges.join(" or ")),
    }
}

/// The range of clocks of a status that gives this state; nothing if no clock does.
fn clock_range(state: State, cutoffs: Cutoffs) -> Option<String> {
    let never = Timestamp(i64::MIN);
    let is_open = cutoffs.state(Timestamp::NEVER, None) != State::None;
    let (at_risk, stuck) = (cutoffs.at_risk, cutoffs.stuck);
    match state {
        _ if !is_open => None,
        State::Paused => Some(String::new()),
        State::Stuck => stuck.map(|at| format!(" and clock_from <= {}", at.0)),
        State::AtRisk => at_risk.filter(|at| Some(*at) != stuck).map(|at| {
            let after = stuck.unwrap_or(never).0;
            format!(" and clock_from <= {} and clock_from > {after}", at.0)
        }),
        State::OnTrack => {
            let after = at_risk.unwrap_or(never).0;
            Some(format!(" and clock_from > {after}"))
        }
        State::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;

    #[test]
    fn both_ends_of_a_range_of_days_are_included() {
        let two = DateRange {
            from: "1970-01-03".parse().ok(),
            to: "1970-01-04".parse().ok(),
        };
        let (first, end) = (2 * DAY, 4 * DAY);
        let expected = SqlText::new(format!("x >= {first} and x < {end}"));
        assert_eq!(day_condition(two, "x"), Some(expected));
        assert_eq!(day_condition(DateRange::default(), "x"), None);
    }
}
