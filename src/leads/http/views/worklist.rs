//! A worklist as a page: the stuck list, or the list of the user's own leads.

use askama::Template;

use crate::clock::{DAY, Timestamp};
use crate::files::Format;
use crate::i18n::Lang;
use crate::leads::actions::counts::BoundedCount;
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::worklist::{WorklistCounts, WorklistRows};
use crate::leads::domain::bulk_action::BulkActionKind;
use crate::leads::domain::columns::WorklistColumn;
use crate::leads::domain::filters::{Control, Filter, LeadFilter};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::sort::LeadSort;
use crate::leads::domain::worklist::Worklist;
use crate::leads::http::paths::{LIST_PATH, LeadLinks, OWN_PATH, STUCK_PATH};
use crate::leads::http::views::filters::{FilterView, MenuField, count_text};
use crate::leads::http::views::offer::{OfferTag, offer_tag};
use crate::records::filters::FilterSet;
use crate::records::link::link;
use crate::records::list::PAGE_SIZES;
use crate::records::list::{ActiveFilter, List, Sort};
use crate::records::paging::PageLink;
use crate::statuses::{LeadStatus, State};
use crate::web::Page;

/// The ratio at which the bar is full, in tenths.
const FULL_BAR_TENTHS: i64 = 50;

/// The data of a worklist.
pub struct WorklistData {
    pub results: WorklistRows,
    pub counts: WorklistCounts,
    pub lookup: RelatedRecords,
    pub options: FilterOptions,
    /// The names in this list that come nearest to a search without results.
    pub nearest: Vec<String>,
    pub rights: Rights,
    pub now: Timestamp,
}

/// A row: a lead.
pub struct WorklistRow<'a> {
    pub lead: &'a Lead,
    pub status: &'a LeadStatus,
    pub owner: &'a str,
    /// Whole days, without the time paused.
    pub age: i64,
    pub limit: Option<i64>,
    pub state: State,
    /// `3.2×`; empty without a limit.
    pub ratio: String,
    /// The width of its bar, in percent.
    pub width: i64,
    /// True if the user may edit it.
    pub can_edit: bool,
    /// Set while it is offered.
    pub offer: Option<OfferTag>,
}

/// A tab: a status with leads of the worklist, or all of them.
pub struct StatusTab<'a> {
    pub status: Option<&'a LeadStatus>,
    pub href: String,
    pub count: String,
    pub is_current: bool,
}

/// The page of a worklist.
#[derive(Template)]
#[template(path = "leads/stuck.html")]
pub struct WorklistPage {
    page: Page,
    data: WorklistData,
    /// The URL of this list, to return to.
    url: String,
    /// `url` as the query of a link.
    back_query: String,
}

fn path_of(listing: &Worklist) -> &'static str {
    if listing.is_own { OWN_PATH } else { STUCK_PATH }
}

impl WorklistPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: WorklistData) -> WorklistPage {
        let url = data.results.listing.url(path_of(&data.results.listing));
        WorklistPage {
            back_query: link("", [("back", &url)]),
            url,
            page,
            data,
        }
    }

    fn path(&self) -> &'static str {
        path_of(self.listing())
    }

    /// The text of this list under `own` or `stuck`.
    fn text(&self, own: &'static str, stuck: &'static str) -> &'static str {
        self.page.t(if self.listing().is_own { own } else { stuck })
    }

    /// The list sorted by a column; `key` is empty for age ÷ limit.
    fn sort_href(&self, key: &str) -> String {
        let sort = LeadSort::from_word(key).map(|key| match self.listing().sort {
            Some(sort) if sort.key == key => sort.toggled(key),
            _ => Sort {
                key,
                is_reversed: key != LeadSort::Name,
            },
        });
        self.listing().sorted(sort).url(self.path())
    }

    /// The value of `aria-sort` of a column.
    fn aria_sort(&self, key: &str) -> &'static str {
        match (self.listing().sort, LeadSort::from_word(key)) {
            (None, None) => "descending",
            (Some(sort), Some(key)) => sort.aria(key),
            _ => "",
        }
    }

    fn can_export(&self) -> bool {
        let filter = self.filter();
        self.data.rights.can_export && !self.listing().is_own && filter.unreadable.is_empty()
    }

    /// The download of all leads of this list in a format.
    fn export_href(&self, format: &Format) -> String {
        let mut pairs = self.filter().filter_pairs();
        pairs.push(("format", format.as_str().to_owned()));
        link(&format!("{LIST_PATH}/export"), pairs)
    }

    fn value(&self, lead: &Lead) -> String {
        let money = lead.fields.money();
        money.map_or_else(String::new, |money| money.text(self.page.lang))
    }

    fn listing(&self) -> &Worklist {
        &self.data.results.listing
    }

    fn filter(&self) -> &LeadFilter {
        &self.listing().filter
    }

    fn rows(&self) -> Vec<WorklistRow<'_>> {
        let rows = self.data.results.page.rows.iter();
        rows.filter_map(|lead| self.row(lead)).collect()
    }

    fn row<'a>(&'a self, lead: &'a Lead) -> Option<WorklistRow<'a>> {
        let status = self.data.lookup.status(lead.status_id)?;
        let limit = status.limit_days.map(|limit| i64::from(limit.get()));
        let age = self.data.now.0 - lead.clock_from.0;
        let tenths = limit.map(|limit| age.max(0) / (limit * DAY / 10));
        let owner = self.data.lookup.owner(lead);
        Some(WorklistRow {
            owner: owner.unwrap_or(self.page.t("lead-owner-nobody")),
            age: age.max(0) / DAY,
            ratio: tenths.map_or_else(String::new, |tenths| self.ratio(tenths)),
            width: tenths.unwrap_or(0).min(FULL_BAR_TENTHS) * 100 / FULL_BAR_TENTHS,
            state: status
                .cutoffs(self.data.now)
                .state(lead.clock_from, lead.paused_until),
            can_edit: self.data.rights.can_edit(lead),
            offer: offer_tag(&self.page, &self.data.lookup, lead, self.data.rights),
            limit,
            status,
            lead,
        })
    }

    fn ratio(&self, tenths: i64) -> String {
        let point = if self.page.lang == Lang::En { '.' } else { ',' };
        format!(
            "{}{point}{}×",
            self.page.number(&(tenths / 10)),
            tenths % 10
        )
    }

    fn days(&self, days: &i64) -> String {
        self.page.tn("board-days", days)
    }

    fn total(&self) -> BoundedCount {
        self.data.counts.of_status(self.filter().status)
    }

    /// The tabs: all, and each status with leads of the worklist.
    fn tabs(&self) -> Vec<StatusTab<'_>> {
        let mut statuses: Vec<&LeadStatus> = self.data.lookup.statuses.iter().collect();
        statuses.sort_by_key(|status| status.position);
        let has_tab = |status: &&LeadStatus| {
            self.data.counts.by_status.contains_key(&status.id)
                || self.filter().status == Some(status.id)
        };
        let statuses = statuses.into_iter().filter(has_tab).map(Some);
        let tabs = std::iter::once(None).chain(statuses).map(|status| {
            let id = status.map(|status| status.id);
            let listing = Worklist {
                filter: self.filter().with_status(id),
                ..self.listing().first_page()
            };
            StatusTab {
                href: listing.url(self.path()),
                count: count_text(&self.page, self.data.counts.of_status(id)),
                is_current: self.filter().status == id,
                status,
            }
        });
        tabs.collect()
    }

    fn filter_view(&self) -> FilterView<'_> {
        FilterView {
            page: &self.page,
            options: &self.data.options,
            lookup: &self.data.lookup,
            filter: self.filter(),
        }
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let mut hidden = vec![Filter::State, Filter::Status, Filter::Bin];
        if self.listing().is_own {
            hidden.push(Filter::Owner);
        }
        let view = self.filter_view();
        view.active_filters(self.listing(), self.path(), &hidden)
    }

    fn without_filters(&self) -> String {
        let listing = self.listing().without_filters(&[Filter::Status]);
        listing.url(self.path())
    }

    fn menu_fields(&self) -> Vec<MenuField> {
        let filters: &[Filter] = match self.listing().is_own {
            true => &[Filter::Source],
            false => &[Filter::Owner, Filter::Source],
        };
        self.filter_view().menu_fields(filters.iter().copied())
    }

    /// The bulk actions that the user may apply; leads are deleted in their list.
    fn bulk_actions(&self) -> Vec<BulkActionKind> {
        let mut kinds = BulkActionKind::allowed(self.data.rights, false);
        kinds.retain(|kind| *kind != BulkActionKind::Delete);
        kinds
    }

    /// True if one action can apply to all leads that match: the user may change each of them.
    fn can_select_all(&self) -> bool {
        let total = self.total();
        let on_page = self.data.results.page.rows.len() as i64;
        !self.listing().is_own
            && self.data.rights.can_edit_all(self.filter())
            && !total.is_lower_bound
            && total.count > on_page
            && total.count <= crate::leads::actions::bulk::MAX_LEADS
    }

    /// "1–20 of 42".
    fn range(&self) -> String {
        let offset = self.listing().offset;
        let rows = self.data.results.page.rows.len() as i64;
        let args = [
            ("from", (offset + i64::from(rows > 0)).into()),
            ("to", (offset + rows).into()),
            ("total", count_text(&self.page, self.total()).into()),
        ];
        self.page.lang.format("web-range", &args).into_owned()
    }

    fn sizes(&self) -> Vec<PageLink> {
        let size = |number| {
            let worklist = Worklist {
                per_page: number,
                ..self.listing().first_page()
            };
            PageLink {
                number,
                href: worklist.url(self.path()),
                is_current: number == self.listing().per_page,
            }
        };
        PAGE_SIZES.into_iter().map(size).collect()
    }

    fn previous(&self) -> Option<String> {
        let previous = self.data.results.previous(&self.data.lookup.statuses);
        previous.map(|worklist| worklist.url(self.path()))
    }

    fn next(&self) -> Option<String> {
        let next = self.data.results.next(&self.data.lookup.statuses);
        next.map(|worklist| worklist.url(self.path()))
    }

    /// The list of the leads at risk, the longest in their status first.
    fn at_risk_href(&self) -> String {
        let listing = Listing {
            sort: Sort {
                key: LeadSort::Age,
                is_reversed: true,
            },
            per_page: self.listing().per_page,
            ..Listing::of(LeadFilter {
                state: Some(State::AtRisk),
                ..self.filter().clone()
            })
        };
        listing.url(LIST_PATH)
    }

    /// The columns to choose from: own leads all have the same owner.
    fn column_choices(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        let choices = self.listing().columns.choices().into_iter();
        choices.filter(|(name, ..)| !self.listing().is_own || *name != "owner")
    }

    /// The search in all leads.
    fn wider_href(&self) -> String {
        link(LIST_PATH, [("q", &*self.filter().q)])
    }

    fn is_filtered(&self) -> bool {
        self.listing().menu_filter().is_filtered()
    }
}
