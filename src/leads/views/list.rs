use std::sync::Arc;

use askama::Template;

use super::narrowed::{Chip, Choices, STATES, counted, word};
use super::outcome::Outcome;
use super::turns::Turns;
use crate::clock::Timestamp;
use crate::files::Format;
use crate::leads::pages::LIST;
use crate::leads::pages::back::WAY;
use crate::leads::{
    Cast, Census, Column, Counted, Lead, Listing, NamedStatus, Pageful, Rights, SortKey, State,
    Verb,
};
use crate::statuses::LeadStatus;
use crate::web::Page;
use crate::web::filters::{Filtered, Problem};

/// A tab of the list: how its leads stand, all of them, or the bin.
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    /// How many; nothing where nobody counts.
    pub count: String,
    pub is_current: bool,
}

/// What the list shows.
pub struct ListData {
    pub pageful: Pageful,
    pub census: Census,
    pub total: Counted,
    pub cast: Cast,
    pub choices: Choices,
    pub outcome: Option<Outcome>,
    pub rights: Rights,
    /// The moment at which leads stand as they are shown.
    pub now: Timestamp,
}

impl ListData {
    /// Roughly the bytes that this takes in memory.
    pub fn weight(&self) -> usize {
        let rows = self.pageful.rows.len() * 2_048;
        let names = (self.choices.people.len() + self.choices.sources.len()) * 96;
        rows + names + self.cast.statuses.len() * 2_048 + 4_096
    }
}

/// The list of leads.
#[derive(Template)]
#[template(path = "leads/list.html")]
pub struct ListPage {
    page: Page,
    data: Arc<ListData>,
    turns: Turns,
    /// This list, to come back to.
    here: String,
    /// The same as a query for links; nothing for the plain list.
    back_query: String,
}

impl ListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: Arc<ListData>) -> ListPage {
        let here = data.pageful.listing.url(LIST);
        ListPage {
            turns: Turns::new(&data.pageful, data.total, LIST),
            back_query: WAY.with_back("", &here),
            here,
            page,
            data,
        }
    }

    fn listing(&self) -> &Listing {
        &self.data.pageful.listing
    }

    fn rows(&self) -> &[Lead] {
        &self.data.pageful.rows
    }

    fn address(&self, change: impl FnOnce(&mut Listing)) -> String {
        let mut listing = self.listing().from_start();
        change(&mut listing);
        listing.url(LIST)
    }

    fn standing_href(&self, state: Option<State>, is_bin: bool) -> String {
        self.address(|listing| *listing = listing.clone().standing(state, is_bin))
    }

    /// The filters that can't be read.
    fn problems(&self) -> Vec<Problem> {
        let listing = self.listing().from_start();
        listing.problems(|listing| listing.url(LIST))
    }

    fn counted(&self, count: Counted) -> String {
        counted(&self.page, count)
    }

    /// All, each way to stand, and for those who may empty it the bin.
    fn tabs(&self) -> Vec<Tab> {
        let (page, listing) = (&self.page, self.listing());
        let is_counted = !listing.is_bin && listing.unreadable.is_empty();
        let count = |text: String| match is_counted {
            true => text,
            false => String::new(),
        };
        let everything = listing.clone().standing(None, false);
        let of = |state| self.data.census.of(state);
        let mut tabs = vec![Tab {
            label: page.t("lead-list-all"),
            href: self.standing_href(None, false),
            count: count(self.counted(self.data.census.all)),
            is_current: everything.filter_pairs() == listing.filter_pairs(),
        }];
        tabs.extend(STATES.into_iter().map(|state| Tab {
            label: page.t(state.key()),
            href: self.standing_href(Some(state), false),
            count: count(of(state).map(|n| page.number(&n)).unwrap_or_default()),
            is_current: listing.state == Some(state) && !listing.is_bin,
        }));
        if self.data.rights.may_manage || listing.is_bin {
            tabs.push(Tab {
                label: page.t("lead-list-bin"),
                href: self.standing_href(None, true),
                count: match (listing.is_bin, self.data.census.bin) {
                    _ if !listing.unreadable.is_empty() => String::new(),
                    (true, _) => self.counted(self.data.total),
                    (false, Some(count)) => page.number(&count),
                    (false, None) => String::new(),
                },
                is_current: listing.is_bin,
            });
        }
        tabs
    }

    fn chips(&self) -> Vec<Chip> {
        let (page, listing) = (&self.page, self.listing().from_start());
        let status = listing.status.map(|_| Chip {
            label: page.t1("lead-chip-status", "status", self.status_name()),
            href: listing.clone().without("status").url(LIST),
        });
        let url = |listing: Listing| listing.url(LIST);
        let others = self.data.choices.chips(page, &listing, url);
        status.into_iter().chain(others).collect()
    }

    fn status_name(&self) -> String {
        let id = self.listing().status.unwrap_or(0);
        self.data.cast.named(id).name
    }

    fn without_filters(&self) -> String {
        self.address(|listing| {
            *listing = Listing {
                is_bin: listing.is_bin,
                sort: listing.sort,
                is_reversed: listing.is_reversed,
                per: listing.per,
                columns: listing.columns.clone(),
                ..Listing::default()
            };
        })
    }

    /// The list sorted by a column: ascending first, then descending.
    fn sort_href(&self, key: SortKey) -> String {
        let is_reversed = self.listing().sort == key && !self.listing().is_reversed;
        self.address(|listing| {
            listing.sort = key;
            listing.is_reversed = is_reversed;
        })
    }

    /// The value of `aria-sort`; empty for a column that isn't sorted by.
    fn sort_state(&self, key: SortKey) -> &'static str {
        match (self.listing().sort == key, self.listing().is_reversed) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    fn shows(&self, column: Column) -> bool {
        self.listing().columns.has(column)
    }

    /// What else the URL says, for forms that set `without`: they must not lose it.
    fn kept(&self, without: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = self.listing().from_start().pairs();
        pairs.retain(|(name, _)| !without.contains(name));
        pairs
    }

    fn word(&self, name: &str) -> String {
        word(self.listing(), name)
    }

    /// The statuses to choose from: those in use, and the one that is chosen.
    fn statuses(&self) -> Vec<&LeadStatus> {
        let mut offered = self.data.cast.in_use();
        let chosen = self.listing().status;
        let others = self.data.cast.statuses.iter();
        offered.extend(others.filter(|status| status.is_archived() && chosen == Some(status.id)));
        offered
    }

    fn states(&self) -> [State; 4] {
        STATES
    }

    fn sources(&self) -> Vec<&str> {
        let chosen = self.listing().source.as_deref();
        self.data.choices.sources(chosen)
    }

    fn currencies(&self) -> Vec<&'static str> {
        self.data.choices.currencies(self.listing().currency)
    }

    /// "42 results", or that there are more than anyone counts.
    fn announced(&self) -> String {
        match self.data.total {
            Counted { count, is_more } if is_more => self.page.tn("lead-list-many", count),
            Counted { count, .. } => self.page.tn("web-results", count),
        }
    }

    /// True if nobody has made a lead yet.
    fn is_first_use(&self) -> bool {
        self.data.total.count == 0 && !self.listing().is_filtered()
    }

    fn is_only_bin(&self) -> bool {
        self.listing().is_bin && self.listing().filter_pairs().len() == 1
    }

    fn may_export(&self) -> bool {
        let listing = self.listing();
        self.data.rights.may_export && !listing.is_bin && listing.unreadable.is_empty()
    }

    /// The download of what the list shows, whatever its page, in a format.
    fn export_href(&self, format: &Format) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .extend_pairs(self.listing().filter_pairs())
            .append_pair("format", format.as_str());
        format!("{LIST}/export?{}", query.finish())
    }

    fn may_select(&self) -> bool {
        self.data.rights.may_write || self.may_export()
    }

    /// What can be done to several of these leads.
    fn acts(&self) -> Vec<Verb> {
        Verb::offered(self.data.rights, self.listing().is_bin)
    }

    /// What can be done to one lead from its row.
    fn acts_on(&self, lead: &Lead) -> Vec<Verb> {
        match self.data.rights.may_touch(lead) {
            true => self.acts(),
            false => Vec::new(),
        }
    }

    fn named(&self, lead: &Lead) -> NamedStatus {
        self.data.cast.named(lead.status_id)
    }

    fn state(&self, lead: &Lead) -> State {
        self.data.cast.state(lead, self.data.now)
    }

    fn owner(&self, lead: &Lead) -> &str {
        let nobody = self.page.t("lead-owner-nobody");
        self.data.cast.owner(lead).unwrap_or(nobody)
    }

    fn value(&self, lead: &Lead) -> String {
        let money = lead.fields.money();
        money.map_or_else(String::new, |money| money.text(self.page.lang))
    }

    /// Whole days in its status.
    fn age(&self, lead: &Lead) -> String {
        let days = lead.age_seconds(self.data.now) / 86_400;
        self.page.tn("lead-list-days", days)
    }

    /// "until 12 Dec 2026" for one that is set aside.
    fn paused_until(&self, lead: &Lead) -> String {
        let day = lead.paused_until.map(|until| self.page.lang.date(until));
        self.page
            .t1("lead-list-until", "day", day.unwrap_or_default())
    }

    fn path_of(&self, lead: &Lead) -> String {
        format!("{LIST}/{}", lead.id)
    }

    fn menu_of(&self, lead: &Lead) -> String {
        format!("menu-{}", lead.id)
    }
}
