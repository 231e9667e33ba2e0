//! The list of leads as a page.

use askama::Template;

use crate::clock::Timestamp;
use crate::files::Format;
use crate::leads::actions::counts::{BoundedCount, ResultPage, StateCounts};
use crate::leads::actions::name_lookup::{NameLookup, NamedStatus};
use crate::leads::domain::bulk_form::BulkActionKind;
use crate::leads::domain::columns::ListColumn;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::{Listing, SortKey};
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::LIST_PATH;
use crate::leads::http::paths::RETURN_TO;
use crate::leads::http::views::batch_outcome::BatchOutcome;
use crate::leads::http::views::filters::{
    ActiveFilter, FilterOptions, STATES, count_text, filter_value,
};
use crate::leads::http::views::pager::Pager;
use crate::records::filters::{Filtered, Problem};
use crate::statuses::LeadStatus;
use crate::statuses::State;
use crate::web::Page;

/// A tab of the list: a state, all leads, or the bin.
pub struct StateTab {
    pub label: &'static str,
    pub href: String,
    /// The number of leads; empty if it is not known.
    pub count: String,
    pub is_current: bool,
}

/// The data of the list.
pub struct ListData {
    pub results: ResultPage,
    pub counts: StateCounts,
    pub total: BoundedCount,
    pub lookup: NameLookup,
    pub options: FilterOptions,
    pub outcome: Option<BatchOutcome>,
    pub rights: Rights,
    /// The moment of the states that are shown.
    pub now: Timestamp,
}

/// The list of leads.
#[derive(Template)]
#[template(path = "leads/list.html")]
pub struct ListPage {
    page: Page,
    data: ListData,
    pager: Pager,
    /// The URL of this list, to return to.
    here: String,
    /// `here` as the query of a link; empty for the default list.
    back_query: String,
}

impl ListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: ListData) -> ListPage {
        let here = data.results.listing.url(LIST_PATH);
        ListPage {
            pager: Pager::new(&data.results, data.total, LIST_PATH),
            back_query: RETURN_TO.add_to("", &here),
            here,
            page,
            data,
        }
    }

    fn listing(&self) -> &Listing {
        &self.data.results.listing
    }

    fn rows(&self) -> &[Lead] {
        &self.data.results.rows
    }

    fn url_with(&self, change: impl FnOnce(&mut Listing)) -> String {
        let mut listing = self.listing().first_page();
        change(&mut listing);
        listing.url(LIST_PATH)
    }

    fn state_href(&self, state: Option<State>, is_bin: bool) -> String {
        self.url_with(|listing| *listing = listing.clone().with_state(state, is_bin))
    }

    /// The invalid filters.
    fn problems(&self) -> Vec<Problem> {
        let listing = self.listing().first_page();
        listing.problems(|listing| listing.url(LIST_PATH))
    }

    fn count_text(&self, count: BoundedCount) -> String {
        count_text(&self.page, count)
    }

    /// The tabs: all, each state, and the bin for users who may manage leads.
    fn tabs(&self) -> Vec<StateTab> {
        let (page, listing) = (&self.page, self.listing());
        let is_counted = !listing.is_bin && listing.unreadable.is_empty();
        let count = |text: String| match is_counted {
            true => text,
            false => String::new(),
        };
        let everything = listing.clone().with_state(None, false);
        let of = |state| self.data.counts.get(state);
        let mut tabs = vec![StateTab {
            label: page.t("lead-list-all"),
            href: self.state_href(None, false),
            count: count(self.count_text(self.data.counts.total)),
            is_current: everything.filter_pairs() == listing.filter_pairs(),
        }];
        tabs.extend(STATES.into_iter().map(|state| StateTab {
            label: page.t(state.key()),
            href: self.state_href(Some(state), false),
            count: count(of(state).map(|n| page.number(&n)).unwrap_or_default()),
            is_current: listing.state == Some(state) && !listing.is_bin,
        }));
        if self.data.rights.can_manage || listing.is_bin {
            tabs.push(StateTab {
                label: page.t("lead-list-bin"),
                href: self.state_href(None, true),
                count: match (listing.is_bin, self.data.counts.in_bin) {
                    _ if !listing.unreadable.is_empty() => String::new(),
                    (true, _) => self.count_text(self.data.total),
                    (false, Some(count)) => page.number(&count),
                    (false, None) => String::new(),
                },
                is_current: listing.is_bin,
            });
        }
        tabs
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let (page, listing) = (&self.page, self.listing().first_page());
        let status = listing.status.map(|_| ActiveFilter {
            label: page.t1("lead-chip-status", "status", self.status_name()),
            href: listing.clone().without("status").url(LIST_PATH),
        });
        let url = |listing: Listing| listing.url(LIST_PATH);
        let others = self.data.options.active_filters(page, &listing, url);
        status.into_iter().chain(others).collect()
    }

    fn status_name(&self) -> String {
        let id = self.listing().status.unwrap_or(0);
        self.data.lookup.named_status(id).name
    }

    fn without_filters(&self) -> String {
        self.url_with(|listing| {
            *listing = Listing {
                is_bin: listing.is_bin,
                sort: listing.sort,
                is_reversed: listing.is_reversed,
                per_page: listing.per_page,
                columns: listing.columns.clone(),
                ..Listing::default()
            };
        })
    }

    /// The list sorted by a column: ascending, or descending if it is ascending already.
    fn sort_href(&self, key: SortKey) -> String {
        let is_reversed = self.listing().sort == key && !self.listing().is_reversed;
        self.url_with(|listing| {
            listing.sort = key;
            listing.is_reversed = is_reversed;
        })
    }

    /// The value of `aria-sort`; empty for other columns.
    fn sort_state(&self, key: SortKey) -> &'static str {
        match (self.listing().sort == key, self.listing().is_reversed) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    fn shows(&self, column: ListColumn) -> bool {
        self.listing().columns.has(column)
    }

    /// The query parameters that a form has to keep, without those that it sets itself.
    fn hidden_fields(&self, without: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = self.listing().first_page().pairs();
        pairs.retain(|(name, _)| !without.contains(name));
        pairs
    }

    fn filter_value(&self, name: &str) -> String {
        filter_value(self.listing(), name)
    }

    /// The statuses of the filter: those in use, and the chosen one.
    fn statuses(&self) -> Vec<&LeadStatus> {
        let mut offered = self.data.lookup.in_use();
        let chosen = self.listing().status;
        let others = self.data.lookup.statuses.iter();
        offered.extend(others.filter(|status| status.is_archived() && chosen == Some(status.id)));
        offered
    }

    fn states(&self) -> [State; 4] {
        STATES
    }

    fn sources(&self) -> Vec<&str> {
        let chosen = self.listing().source.as_deref();
        self.data.options.sources(chosen)
    }

    fn currencies(&self) -> Vec<&'static str> {
        self.data.options.currencies(self.listing().currency)
    }

    /// The number of results for the live region: "42 results", or that there are more.
    fn announcement(&self) -> String {
        match self.data.total {
            BoundedCount {
                count,
                is_lower_bound: is_more,
            } if is_more => self.page.tn("lead-list-many", count),
            BoundedCount { count, .. } => self.page.tn("web-results", count),
        }
    }

    /// True if there are no leads yet.
    fn is_first_use(&self) -> bool {
        self.data.total.count == 0 && !self.listing().is_filtered()
    }

    fn is_only_bin(&self) -> bool {
        self.listing().is_bin && self.listing().filter_pairs().len() == 1
    }

    fn can_export(&self) -> bool {
        let listing = self.listing();
        self.data.rights.can_export && !listing.is_bin && listing.unreadable.is_empty()
    }

    /// The download of all leads of this list in a format.
    fn export_href(&self, format: &Format) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .extend_pairs(self.listing().filter_pairs())
            .append_pair("format", format.as_str());
        format!("{LIST_PATH}/export?{}", query.finish())
    }

    fn can_select(&self) -> bool {
        self.data.rights.can_write || self.can_export()
    }

    /// The bulk actions that the user may apply.
    fn bulk_actions(&self) -> Vec<BulkActionKind> {
        BulkActionKind::allowed(self.data.rights, self.listing().is_bin)
    }

    /// The actions in the menu of a row.
    fn row_actions(&self, lead: &Lead) -> Vec<BulkActionKind> {
        match self.data.rights.can_edit(lead) {
            true => self.bulk_actions(),
            false => Vec::new(),
        }
    }

    fn status_of(&self, lead: &Lead) -> NamedStatus {
        self.data.lookup.named_status(lead.status_id)
    }

    fn state(&self, lead: &Lead) -> State {
        self.data.lookup.state(lead, self.data.now)
    }

    fn owner(&self, lead: &Lead) -> &str {
        let nobody = self.page.t("lead-owner-nobody");
        self.data.lookup.owner(lead).unwrap_or(nobody)
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

    /// "until 12 Dec 2026" for a paused lead.
    fn paused_until(&self, lead: &Lead) -> String {
        let day = lead.paused_until.map(|until| self.page.lang.date(until));
        self.page
            .t1("lead-list-until", "day", day.unwrap_or_default())
    }

    fn lead_path(&self, lead: &Lead) -> String {
        format!("{LIST_PATH}/{}", lead.id)
    }

    fn menu_id(&self, lead: &Lead) -> String {
        format!("menu-{}", lead.id)
    }
}
