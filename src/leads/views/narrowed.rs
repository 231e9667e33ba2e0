use chrono::NaiveDate;

use crate::access::users;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::{Counted, Currency, Listing, OwnerFilter, State, store};
use crate::web::Page;
use crate::web::filters::Filtered;

/// The most sources that a filter offers.
const SOURCES: i64 = 200;

/// What filters are chosen from.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Everyone who may own leads, or once did.
    pub people: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// Those in which leads are worth something.
    pub currencies: Vec<Currency>,
}

/// An active filter, with the page as it would be without it.
pub struct Chip {
    pub label: String,
    pub href: String,
}

impl Choices {
    /// What there is to choose from now.
    pub fn read(conn: &mut Conn) -> Result<Choices> {
        let people = users::choice(conn)?.into_iter();
        Ok(Choices {
            people: people.map(|user| (user.id, user.name)).collect(),
            sources: store::sources(conn, SOURCES)?,
            currencies: store::currencies(conn)?,
        })
    }

    /// The sources to choose from: those there are, and the one that is chosen.
    pub fn sources<'a>(&'a self, chosen: Option<&'a str>) -> Vec<&'a str> {
        let mut offered: Vec<&str> = self.sources.iter().map(String::as_str).collect();
        offered.extend(chosen.filter(|chosen| !offered.contains(chosen)));
        offered
    }

    /// The currencies to choose from: those there are, and the one that is chosen.
    pub fn currencies(&self, chosen: Option<Currency>) -> Vec<&'static str> {
        let offered = self.currencies.iter();
        let others = chosen.filter(|chosen| !self.currencies.contains(chosen));
        offered
            .chain(others.iter())
            .map(|currency| currency.code())
            .collect()
    }

    fn owner(&self, page: &Page, owner: OwnerFilter) -> String {
        match owner {
            OwnerFilter::Me => page.t("lead-owner-me").to_owned(),
            OwnerFilter::Nobody => page.t("lead-owner-nobody").to_owned(),
            OwnerFilter::User(id) => {
                let known = self.people.iter().find(|(known, _)| *known == id);
                known.map_or_else(|| format!("#{id}"), |(_, name)| name.clone())
            }
        }
    }

    /// The active filters but the status, each with the address that `url` makes of the filters without it.
    pub fn chips(
        &self,
        page: &Page,
        filters: &Listing,
        url: impl Fn(Listing) -> String,
    ) -> Vec<Chip> {
        let pairs = filters.readable_pairs().into_iter();
        let shown = pairs.filter(|(name, _)| !matches!(*name, "status" | "bin"));
        let chip = |(name, value): (&'static str, String)| Chip {
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
                let owner = filters.owner.map(|owner| self.owner(page, owner));
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
pub fn word(filters: &Listing, name: &str) -> String {
    let found = filters.filter_pairs().into_iter();
    let mut found = found.filter(|(known, _)| *known == name);
    found.next().map(|(_, value)| value).unwrap_or_default()
}

/// How leads may stand, for a choice of it.
pub const STATES: [State; 4] = [State::OnTrack, State::AtRisk, State::Stuck, State::Paused];

/// "61", or "5,000+" where nobody counts further.
pub fn counted(page: &Page, counted: Counted) -> String {
    let more = if counted.is_more { "+" } else { "" };
    format!("{}{more}", page.number(&counted.count))
}
