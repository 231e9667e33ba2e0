//! The list of leads as a page.

use askama::Template;

use crate::clock::{DAY_SECONDS, Timestamp};
use crate::files::Format;
use crate::leads::actions::batch_outcome::BatchOutcome;
use crate::leads::actions::counts::{BoundedCount, ResultPage, StateCounts};
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::related_records::{NamedStatus, RelatedRecords};
use crate::leads::domain::bulk_action::BulkActionKind;
use crate::leads::domain::columns::ListColumn;
use crate::leads::domain::filters::{Control, Filter, STATES};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::sort::LeadSort;
use crate::leads::http::paths::{LIST_PATH, LeadLinks, RETURN_TO};
use crate::leads::http::views::filters::{FilterView, MenuField, count_text};
use crate::leads::http::views::offer::{OfferTag, offer_tag};
use crate::leads::http::views::pager::Pager;
use crate::records::filters::{FilterKey as _, FilterSet};
use crate::records::link::link;
use crate::records::list::{ActiveFilter, List};
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
    pub lookup: RelatedRecords,
    pub options: FilterOptions,
    pub outcome: Option<BatchOutcome>,
    /// The names that come nearest to a search without results.
    pub nearest: Vec<String>,
    pub rights: Rights,
    /// The instant at which states and ages are computed.
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
    url: String,
    /// `url` as the query of a link; empty for the default list.
    back_query: String,
}

impl ListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: ListData) -> ListPage {
        let url = data.results.listing.url(LIST_PATH);
        ListPage {
            pager: Pager::new(&data.results, data.total, LIST_PATH),
            back_query: RETURN_TO.add_to("", &url),
            url,
            page,
            data,
        }
    }

    fn listing(&self) -> &Listing {
        &self.data.results.listing
    }

    fn rows(&self) -> &[Lead] {
        &self.data.results.page.rows
    }

    fn state_href(&self, state: Option<State>, is_in_bin: bool) -> String {
        let filter = self.listing().filter.with_state(state, is_in_bin);
        let listing = Listing {
            filter,
            ..self.listing().first_page()
        };
        listing.url(LIST_PATH)
    }

    /// The tabs: all, each state, and the bin for users who may manage leads.
    fn tabs(&self) -> Vec<StateTab> {
        let (page, filter) = (&self.page, &self.listing().filter);
        let is_counted = !filter.is_in_bin && filter.unreadable.is_empty();
        let count = |text: String| match is_counted {
            true => text,
            false => String::new(),
        };
        let any_state = filter.with_state(None, false);
        let count_of = |state| self.data.counts.get(state);
        let mut tabs = vec![StateTab {
            label: page.t("lead-list-all"),
            href: self.state_href(None, false),
            count: count(count_text(page, self.data.counts.total)),
            is_current: any_state.filter_pairs() == filter.filter_pairs(),
        }];
        tabs.extend(STATES.into_iter().map(|state| StateTab {
            label: page.t(state.plural_key()),
            href: self.state_href(Some(state), false),
            count: count(count_of(state).map(|n| page.number(&n)).unwrap_or_default()),
            is_current: filter.state == Some(state) && !filter.is_in_bin,
        }));
        if self.data.rights.can_manage || filter.is_in_bin {
            tabs.push(StateTab {
                label: page.t("lead-list-bin"),
                href: self.state_href(None, true),
                count: match (filter.is_in_bin, self.data.counts.in_bin) {
                    _ if !filter.unreadable.is_empty() => String::new(),
                    (true, _) => count_text(page, self.data.total),
                    (false, Some(count)) => page.number(&count),
                    (false, None) => String::new(),
                },
                is_current: filter.is_in_bin,
            });
        }
        tabs
    }

    fn filter_view(&self) -> FilterView<'_> {
        FilterView {
            page: &self.page,
            options: &self.data.options,
            lookup: &self.data.lookup,
            filter: &self.listing().filter,
        }
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let view = self.filter_view();
        view.active_filters(self.listing(), LIST_PATH, &[Filter::Bin])
    }

    fn without_filters(&self) -> String {
        self.listing()
            .without_filters(&[Filter::Bin])
            .url(LIST_PATH)
    }

    fn menu_filters(&self) -> impl Iterator<Item = Filter> {
        let is_field = |filter: &Filter| {
            let control = filter.control().0;
            !matches!(control, Control::Search | Control::Tab | Control::Instant)
        };
        Filter::ALL.iter().copied().filter(is_field)
    }

    fn menu_fields(&self) -> Vec<MenuField> {
        let is_in_bin = self.listing().filter.is_in_bin;
        let filters = self.menu_filters();
        let filters = filters.filter(|filter| !is_in_bin || *filter != Filter::State);
        self.filter_view().menu_fields(filters)
    }

    /// The query parameters that the filter menu has to keep.
    fn menu_hidden(&self) -> Vec<(&'static str, String)> {
        let names: Vec<&str> = self.menu_filters().map(Filter::name).collect();
        self.listing().hidden_fields(&names)
    }

    /// The list sorted by a column: ascending, or descending if it is ascending already.
    fn sort_href(&self, key: LeadSort) -> String {
        let listing = Listing {
            sort: self.listing().sort.toggled(key),
            ..self.listing().first_page()
        };
        listing.url(LIST_PATH)
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
        self.data.total.count == 0 && !self.listing().filter.is_filtered()
    }

    fn is_only_bin(&self) -> bool {
        let filter = &self.listing().filter;
        filter.is_in_bin && filter.filter_pairs().len() == 1
    }

    fn can_export(&self) -> bool {
        let filter = &self.listing().filter;
        self.data.rights.can_export && !filter.is_in_bin && filter.unreadable.is_empty()
    }

    /// The download of all leads of this list in a format.
    fn export_href(&self, format: &Format) -> String {
        let mut pairs = self.listing().filter.filter_pairs();
        pairs.push(("format", format.as_str().to_owned()));
        link(&format!("{LIST_PATH}/export"), pairs)
    }

    fn can_select(&self) -> bool {
        self.data.rights.can_write || self.can_export()
    }

    /// True if an action of the user can apply to this lead.
    fn can_select_row(&self, lead: &Lead) -> bool {
        self.can_export() || self.data.rights.can_edit(lead)
    }

    /// The number of leads that match, if an action of the user can apply to each; else those of the page.
    fn selectable(&self) -> BoundedCount {
        match self.can_export() || self.data.rights.can_edit_all(&self.listing().filter) {
            true => self.data.total,
            false => BoundedCount::exact(self.rows().len() as i64),
        }
    }

    /// The bulk actions that the user may apply.
    fn bulk_actions(&self) -> Vec<BulkActionKind> {
        BulkActionKind::allowed(self.data.rights, self.listing().filter.is_in_bin)
    }

    /// The actions in the menu of a row: empty for all, or only to open the lead.
    fn row_actions(&self, lead: &Lead) -> &'static str {
        match self.data.rights.can_edit(lead) {
            true => "",
            false => "open",
        }
    }

    fn status_of(&self, lead: &Lead) -> NamedStatus {
        self.data.lookup.named_status(lead.status_id)
    }

    fn state(&self, lead: &Lead) -> State {
        self.data.lookup.state(lead, self.data.now)
    }

    fn offer(&self, lead: &Lead) -> Option<OfferTag> {
        offer_tag(&self.page, &self.data.lookup, lead, self.data.rights)
    }

    fn owner(&self, lead: &Lead) -> &str {
        let no_owner = self.page.t("lead-owner-nobody");
        self.data.lookup.owner(lead).unwrap_or(no_owner)
    }

    fn value(&self, lead: &Lead) -> String {
        let money = lead.fields.money();
        money.map_or_else(String::new, |money| money.text(self.page.lang))
    }

    /// Whole days in its status.
    fn age(&self, lead: &Lead) -> String {
        let days = lead.age_seconds(self.data.now) / DAY_SECONDS;
        self.page.tn("lead-list-days", days)
    }

    /// "until 12 Dec 2026" for a paused lead.
    fn paused_until(&self, lead: &Lead) -> String {
        let day = lead.resumes_on.map(|day| self.page.lang.date(day));
        self.page
            .t1("lead-list-until", "day", day.unwrap_or_default())
    }
}
