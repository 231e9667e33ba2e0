//! SQL conditions that the filters and the choice of the access path share.

use crate::clock::Timestamp;
use crate::leads::domain::date_range::DateRange;
use crate::leads::domain::filters::OwnerFilter;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::statuses::{Cutoffs, LeadStatus, State};

/// The condition on the column of the owner.
pub fn owner_condition(owner: OwnerFilter, query: &LeadQuery, column: &str) -> String {
    match owner {
        OwnerFilter::User(id) => format!("{column} = {id}"),
        OwnerFilter::Me => format!("{column} = {}", query.user_id),
        OwnerFilter::Unassigned => format!("{column} is null"),
    }
}

/// The conditions for an instant in `column` to be in a range of days.
pub fn day_conditions(range: DateRange, column: &str) -> Vec<String> {
    let from = range.start().map(|at| format!("{column} >= {at}"));
    let to = range.end().map(|at| format!("{column} < {at}"));
    from.into_iter().chain(to).collect()
}

/// The ids of these statuses, separated by commas.
pub fn join_ids(statuses: &[LeadStatus]) -> String {
    let ids: Vec<String> = statuses
        .iter()
        .map(|status| status.id.to_string())
        .collect();
    ids.join(", ")
}

/// A state as SQL: the condition on the pause, and for each status its range of clocks.
pub fn state_ranges(state: State, status: Option<i64>, query: &LeadQuery) -> (String, Vec<String>) {
    let now = query.now;
    let is_selected = |each: &&LeadStatus| status.is_none_or(|id| id == each.id);
    let statuses = query.statuses.iter().filter(is_selected);
    let ranges = statuses.filter_map(|status| {
        let range = clock_range(state, status.cutoffs(now))?;
        Some(format!("leads.status_id = {}{range}", status.id))
    });
    let pause = match state {
        State::Paused => format!("leads.paused_until > {}", now.0),
        _ => format!(
            "(leads.paused_until is null or leads.paused_until <= {})",
            now.0
        ),
    };
    (pause, ranges.collect())
}

/// A state as one SQL condition.
pub fn state_condition(state: State, status: Option<i64>, query: &LeadQuery, plus: &str) -> String {
    let (pause, ranges) = state_ranges(state, status, query);
    if ranges.is_empty() {
        return "1 = 0".to_owned();
    }
    let condition = format!("{pause} and ({})", ranges.join(" or "));
    condition.replace("leads.", &format!("{plus}leads."))
}

/// The range of clocks of a status that gives this state; nothing if no clock does.
fn clock_range(state: State, cutoffs: Cutoffs) -> Option<String> {
    let never = Timestamp(i64::MIN);
    let is_open = cutoffs.state(Timestamp::NEVER, None) != State::None;
    let (at_risk, stuck) = (cutoffs.at_risk, cutoffs.stuck);
    match state {
        _ if !is_open => None,
        State::Paused => Some(String::new()),
        State::Stuck => stuck.map(|at| format!(" and leads.clock_from <= {}", at.0)),
        State::AtRisk => at_risk.filter(|at| Some(*at) != stuck).map(|at| {
            let after = stuck.unwrap_or(never).0;
            format!(
                " and leads.clock_from <= {} and leads.clock_from > {after}",
                at.0
            )
        }),
        State::OnTrack => {
            let after = at_risk.unwrap_or(never).0;
            Some(format!(" and leads.clock_from > {after}"))
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
        assert_eq!(
            day_conditions(two, "x"),
            [format!("x >= {first}"), format!("x < {end}")]
        );
    }
}
