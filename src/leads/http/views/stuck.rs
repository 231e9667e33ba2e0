//! The stuck list as a page.

use std::collections::HashMap;

use askama::Template;

use crate::clock::{DAY, Timestamp};
use crate::i18n::Lang;
use crate::leads::actions::counts::BoundedCount;
use crate::leads::actions::stuck::{StuckCounts, StuckListing, StuckPage};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::stuck::STUCK_PATH;
use crate::leads::http::views::filters::{ActiveFilter, FilterOptions, count_text, filter_value};
use crate::records::PAGE_SIZES;
use crate::records::filters::{Filtered, Problem};
use crate::statuses::LeadStatus;
use crate::statuses::State;
use crate::web::{Page, link};

/// The ratio at which the bar is full, in tenths.
const FULL_BAR_TENTHS: i64 = 50;

/// The data of the stuck list.
pub struct StuckData {
    pub results: StuckPage,
    pub counts: StuckCounts,
    pub statuses: Vec<LeadStatus>,
    /// The names of the owners in the rows.
    pub owner_names: HashMap<i64, String>,
    pub options: FilterOptions,
    pub rights: Rights,
    pub now: Timestamp,
}

/// A row: a stuck lead.
pub struct StuckRow<'a> {
    pub lead: &'a Lead,
    pub status: &'a LeadStatus,
    pub owner: &'a str,
    /// Whole days, without the time paused.
    pub age: i64,
    pub limit: i64,
    /// `3.2×`.
    pub ratio: String,
    /// The width of its bar, in percent.
    pub width: i64,
    /// True if the user may edit it.
    pub can_edit: bool,
}

/// A tab: a status with stuck leads, or all of them.
pub struct StatusTab<'a> {
    pub status: Option<&'a LeadStatus>,
    pub href: String,
    pub count: String,
    pub is_current: bool,
}

/// A link to a page size.
pub struct PageSize {
    pub number: i64,
    pub href: String,
    pub is_current: bool,
}

/// A bulk action: its form value, its icon and the catalogue key of its name.
type ActionLink = (&'static str, &'static str, &'static str);

/// The stuck list.
#[derive(Template)]
#[template(path = "leads/stuck.html")]
pub struct StuckListPage {
    page: Page,
    data: StuckData,
    /// The URL of this list, to return to.
    here: String,
    /// `here` as the query of a link.
    back_query: String,
}

impl StuckListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: StuckData) -> StuckListPage {
        let here = data.results.listing.url(STUCK_PATH);
        StuckListPage {
            back_query: link("", &[("back", &here)]),
            here,
            page,
            data,
        }
    }

    fn filters(&self) -> &Listing {
        &self.data.results.listing.filters
    }

    fn url_with(&self, change: impl FnOnce(&mut Listing)) -> String {
        let mut stuck = self.data.results.listing.first_page();
        change(&mut stuck.filters);
        stuck.url(STUCK_PATH)
    }

    fn rows(&self) -> Vec<StuckRow<'_>> {
        let rows = self.data.results.rows.iter();
        rows.filter_map(|lead| self.row(lead)).collect()
    }

    fn row<'a>(&'a self, lead: &'a Lead) -> Option<StuckRow<'a>> {
        let mut statuses = self.data.statuses.iter();
        let status = statuses.find(|status| status.id == lead.status_id)?;
        let limit = i64::from(status.limit_days?.get());
        let age = self.data.now.0 - lead.clock_from.0;
        let tenths = age / (limit * DAY / 10);
        let owner = lead
            .fields
            .owner
            .and_then(|id| self.data.owner_names.get(&id));
        Some(StuckRow {
            owner: owner.map_or_else(|| self.page.t("lead-owner-nobody"), String::as_str),
            age: age / DAY,
            ratio: self.ratio(tenths),
            width: tenths.min(FULL_BAR_TENTHS) * 100 / FULL_BAR_TENTHS,
            can_edit: self.data.rights.can_edit(lead),
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
        self.data.counts.of_status(self.filters().status)
    }

    /// The tabs: all, and each status with stuck leads.
    fn tabs(&self) -> Vec<StatusTab<'_>> {
        let tab = |status: Option<&LeadStatus>| {
            let id = status.map(|status| status.id);
            (
                self.url_with(|filters| {
                    *filters = filters.clone().without("status");
                    filters.status = id;
                }),
                count_text(&self.page, self.data.counts.of_status(id)),
                self.filters().status == id,
            )
        };
        let mut statuses: Vec<&LeadStatus> = self.data.statuses.iter().collect();
        statuses.sort_by_key(|status| status.position);
        let has_some = |status: &&LeadStatus| {
            self.data.counts.by_status.contains_key(&status.id)
                || self.filters().status == Some(status.id)
        };
        let statuses = statuses.into_iter().filter(has_some).map(Some);
        let tabs = std::iter::once(None).chain(statuses).map(|status| {
            let (href, count, is_current) = tab(status);
            StatusTab {
                status,
                href,
                count,
                is_current,
            }
        });
        tabs.collect()
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let without_state = Listing {
            state: None,
            ..self.filters().clone()
        };
        let url = |filters| {
            let stuck = StuckListing {
                filters,
                ..self.data.results.listing.first_page()
            };
            stuck.url(STUCK_PATH)
        };
        self.data
            .options
            .active_filters(&self.page, &without_state, url)
    }

    /// The invalid filters.
    fn problems(&self) -> Vec<Problem> {
        self.filters().problems(|filters| {
            let stuck = StuckListing {
                filters,
                ..self.data.results.listing.first_page()
            };
            stuck.url(STUCK_PATH)
        })
    }

    fn without_filters(&self) -> String {
        self.url_with(|filters| {
            *filters = Listing {
                per_page: filters.per_page,
                status: filters.status,
                ..Listing::default()
            };
        })
    }

    /// The query parameters that a form has to keep, without those that it sets itself.
    fn hidden_fields(&self, without: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = self.data.results.listing.filter_pairs();
        if self.filters().per_page != PAGE_SIZES[0] {
            pairs.push(("per", self.filters().per_page.to_string()));
        }
        pairs.retain(|(name, _)| !without.contains(name));
        pairs
    }

    fn filter_value(&self, name: &str) -> String {
        filter_value(self.filters(), name)
    }

    fn sources(&self) -> Vec<&str> {
        self.data.options.sources(self.filters().source.as_deref())
    }

    /// The bulk actions that the user may apply.
    fn bulk_actions(&self) -> Vec<ActionLink> {
        let mut acts = vec![
            ("move", "circle-arrow-right", "stuck-act-move"),
            ("note", "message-square", "stuck-act-note"),
            ("pause", "circle-pause", "stuck-act-pause"),
        ];
        if self.data.rights.can_manage {
            acts.insert(1, ("assign", "user-plus", "stuck-act-assign"));
        }
        acts
    }

    /// True if one action can take all leads that match.
    fn can_select_all(&self) -> bool {
        let shown = self.total();
        let on_page = self.data.results.rows.len() as i64;
        !shown.is_lower_bound
            && shown.count > on_page
            && shown.count <= crate::leads::actions::bulk::MAX_LEADS
    }

    /// "1–20 of 42".
    fn range(&self) -> String {
        let seen = self.data.results.listing.offset;
        let rows = self.data.results.rows.len() as i64;
        let args = [
            ("from", (seen + i64::from(rows > 0)).into()),
            ("to", (seen + rows).into()),
            ("total", count_text(&self.page, self.total()).into()),
        ];
        self.page.lang.format("web-range", &args).into_owned()
    }

    fn sizes(&self) -> Vec<PageSize> {
        let size = |number| PageSize {
            number,
            href: self.url_with(|filters| filters.per_page = number),
            is_current: number == self.filters().per_page,
        };
        PAGE_SIZES.into_iter().map(size).collect()
    }

    fn previous(&self) -> Option<String> {
        let earlier = self.data.results.previous(&self.data.statuses);
        earlier.map(|stuck| stuck.url(STUCK_PATH))
    }

    fn next(&self) -> Option<String> {
        let later = self.data.results.next(&self.data.statuses);
        later.map(|stuck| stuck.url(STUCK_PATH))
    }

    /// The list of the leads at risk, the longest in their status first.
    fn at_risk_href(&self) -> String {
        let listing = Listing {
            state: Some(State::AtRisk),
            sort: crate::leads::domain::listing::SortKey::Age,
            ..self.filters().clone()
        };
        listing.url("/admin/leads")
    }

    fn menu_id(&self, lead: &Lead) -> String {
        format!("menu-{}", lead.id)
    }

    fn lead_path(&self, lead: &Lead) -> String {
        format!("/admin/leads/{}", lead.id)
    }

    fn is_filtered(&self) -> bool {
        let filters = Listing {
            state: None,
            ..self.filters().clone()
        };
        filters.is_filtered()
    }
}
