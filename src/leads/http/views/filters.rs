//! What the filter menus offer, and the active filters above a list.

use chrono::NaiveDate;

use crate::access::users;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::BoundedCount;
use crate::leads::domain::listing::{Listing, OwnerFilter};
use crate::leads::store;
use crate::money::Currency;
use crate::records::filters::Filtered;
use crate::statuses::State;
use crate::web::Page;

/// The most sources that a filter offers.
const MAX_SOURCES: i64 = 200;

/// The choices in the filter menus.
#[derive(Debug, Clone)]
pub struct FilterOptions {
    /// Users who own leads or may own them.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The currencies of the values.
    pub currencies: Vec<Currency>,
}

/// An active filter, with the address of the page without it.
pub struct ActiveFilter {
    pub label: String,
    pub href: String,
}

impl FilterOptions {
    /// Reads the choices.
    pub fn load(conn: &mut Conn) -> Result<FilterOptions> {
        let people = users::list_all(conn)?.into_iter();
        Ok(FilterOptions {
            owners: people.map(|user| (user.id, user.name)).collect(),
            sources: store::filter_options::sources(conn, MAX_SOURCES)?,
            currencies: store::filter_options::currencies(conn)?,
        })
    }

    /// The sources of the filter, and the chosen one.
    pub fn sources<'a>(&'a self, chosen: Option<&'a str>) -> Vec<&'a str> {
        let mut offered: Vec<&str> = self.sources.iter().map(String::as_str).collect();
        offered.extend(chosen.filter(|chosen| !offered.contains(chosen)));
        offered
    }

    /// The currencies of the filter, and the chosen one.
    pub fn currencies(&self, chosen: Option<Currency>) -> Vec<&'static str> {
        let offered = self.currencies.iter();
        let others = chosen.filter(|chosen| !self.currencies.contains(chosen));
        offered
            .chain(others.iter())
            .map(|currency| currency.code())
            .collect()
    }

    fn owner_name(&self, page: &Page, owner: OwnerFilter) -> String {
        match owner {
            OwnerFilter::Me => page.t("lead-owner-me").to_owned(),
            OwnerFilter::Unassigned => page.t("lead-owner-nobody").to_owned(),
            OwnerFilter::User(id) => {
                let person = self.owners.iter().find(|(other, _)| *other == id);
                person.map_or_else(|| format!("#{id}"), |(_, name)| name.clone())
            }
        }
    }

    /// The active filters without status and bin; `url` makes the address for a list.
    pub fn active_filters(
        &self,
        page: &Page,
        filters: &Listing,
        url: impl Fn(Listing) -> String,
    ) -> Vec<ActiveFilter> {
        let pairs = filters.readable_pairs().into_iter();
        let shown = pairs.filter(|(name, _)| !matches!(*name, "status" | "bin"));
        let chip = |(name, value): (&'static str, String)| ActiveFilter {
            label: self.label(page, filters, name, value),
            href: url(filters.clone().without(name)),
        };
        shown.map(chip).collect()
    }

    fn label(&self, page: &Page, filters: &Listing, name: &str, value: String) -> String {
        let day = |day: Option<NaiveDate>| {
            let first = day.and_then(Timestamp::of_day);
            first.map(|at| page.lang.date(at)).unwrap_or_default()
        };
        let (created, entered) = (filters.created, filters.entered);
        match name {
            "q" => page.t1("lead-chip-search", "query", value),
            "owner" => {
                let owner = filters.owner.map(|owner| self.owner_name(page, owner));
                page.t1("lead-chip-owner", "owner", owner.unwrap_or_default())
            }
            "source" => page.t1("lead-chip-source", "source", value),
            "state" => filters
                .state
                .map_or("", |state| page.t(state.key()))
                .to_owned(),
            "created_from" => page.t1("lead-chip-from", "day", day(created.from)),
            "created_to" => page.t1("lead-chip-to", "day", day(created.to)),
            "entered_from" => page.t1("lead-chip-entered-from", "day", day(entered.from)),
            "entered_to" => page.t1("lead-chip-entered-to", "day", day(entered.to)),
            _ => page.t1("lead-chip-currency", "currency", value),
        }
    }
}

/// The value of a filter as its form holds it.
pub fn filter_value(filters: &Listing, name: &str) -> String {
    let pairs = filters.filter_pairs().into_iter();
    let mut pairs = pairs.filter(|(other, _)| *other == name);
    pairs.next().map(|(_, value)| value).unwrap_or_default()
}

/// The states to filter by.
pub const STATES: [State; 4] = [State::OnTrack, State::AtRisk, State::Stuck, State::Paused];

/// A number for people: "61", or "5,000+" if there are more.
pub fn count_text(page: &Page, counted: BoundedCount) -> String {
    let more = if counted.is_lower_bound { "+" } else { "" };
    format!("{}{more}", page.number(&counted.count))
}
