//! The SQL of every filter.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::db::Backend;
use crate::db::schema::leads;
use crate::i18n::{fold_name, like_pattern};
use crate::leads::domain::filters::{Filter, LeadFilter};
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::access_path::{AccessPath, IndexHints};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::predicates::{
    day_conditions, join_ids, owner_condition, state_condition,
};
use crate::records::filters::Filter as _;

pub type Leads<'a> = leads::BoxedQuery<'a, Backend>;
pub type Condition = Box<dyn BoxableExpression<leads::table, Backend, SqlType = Bool>>;

/// The leads of a list, read by an access path.
pub fn filtered<'a>(listing: &Listing, query: &LeadQuery, path: &AccessPath) -> Leads<'a> {
    let filter = &listing.filter;
    let mut leads = leads::table.into_boxed();
    if !filter.unreadable.is_empty() {
        leads = leads.filter(sql::<Bool>("1 = 0"));
    }
    leads = match filter.is_bin {
        true => leads.filter(leads::deleted_at.is_not_null()),
        false => leads.filter(leads::deleted_at.is_null()),
    };
    if let Some((before, value, after)) = path.condition() {
        leads = leads.filter(sql::<Bool>(before).bind::<Text, _>(value).sql(after));
    }
    let hints = IndexHints::for_path(listing, path);
    // The words of a search take the longest to compare.
    let others = Filter::ALL.iter().filter(|each| **each != Filter::Q);
    for each in others.chain([&Filter::Q]) {
        for condition in conditions(*each, filter, query, &hints) {
            leads = leads.filter(condition);
        }
    }
    leads
}

/// The conditions of one filter; none if it is not set.
fn conditions(
    each: Filter,
    filter: &LeadFilter,
    query: &LeadQuery,
    hints: &IndexHints,
) -> Vec<Condition> {
    let plus = hints.plus(each);
    let column = |name: &str| format!("{plus}leads.{name}");
    match each {
        Filter::Q => search_conditions(&filter.q),
        Filter::Status => {
            let status = filter.status;
            raw(status.map(|id| format!("{} = {id}", column("status_id"))))
        }
        Filter::Owner => {
            let owner = filter.owner;
            raw(owner.map(|owner| owner_condition(owner, query, &column("owner_id"))))
        }
        Filter::Source => equals(&column("source"), &filter.source),
        Filter::State => {
            let condition = |state| state_condition(state, filter.status, query, plus);
            raw(filter.state.map(condition))
        }
        Filter::CreatedFrom => raw(day_conditions(filter.created, &column("created_at"))),
        Filter::EnteredFrom => raw(day_conditions(filter.entered, &column("status_since"))),
        // Added with the first day.
        Filter::CreatedTo | Filter::EnteredTo => Vec::new(),
        Filter::Currency => raw(currency_conditions(filter, query, hints)),
        // Every list is either of the bin or not.
        Filter::Bin => Vec::new(),
    }
}

fn raw(conditions: impl IntoIterator<Item = String>) -> Vec<Condition> {
    let boxed = |text: String| -> Condition { Box::new(sql::<Bool>(&text)) };
    conditions.into_iter().map(boxed).collect()
}

/// The column is exactly this text.
fn equals(column: &str, value: &Option<String>) -> Vec<Condition> {
    let equals = |value: &String| -> Condition {
        let condition = sql::<Bool>(&format!("{column} = "));
        Box::new(condition.bind::<Text, _>(value.clone()))
    };
    value.iter().map(equals).collect()
}

/// The index of currencies begins with the status, so every status is named.
fn currency_conditions(filter: &LeadFilter, query: &LeadQuery, hints: &IndexHints) -> Vec<String> {
    let Some(currency) = filter.currency else {
        return Vec::new();
    };
    let plus = hints.plus(Filter::Currency);
    let mut conditions = vec![
        format!("{plus}leads.currency = '{currency}'"),
        format!("{plus}leads.value_key >= 0"),
    ];
    if filter.status.is_none() {
        let plus = hints.plus(Filter::Status);
        let ids = join_ids(&query.statuses);
        conditions.insert(0, format!("{plus}leads.status_id in ({ids})"));
    }
    conditions
}

/// A condition for each word of a search: the lead contains it.
fn search_conditions(q: &str) -> Vec<Condition> {
    let folded = fold_name(q);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    let condition = |word: &str| -> Condition {
        Box::new(leads::search_key.like(like_pattern(word)).escape('\\'))
    };
    words.map(condition).collect()
}
