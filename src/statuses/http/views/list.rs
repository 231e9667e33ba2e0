//! The view of the list of statuses.

use askama::Template;
use std::collections::HashMap;

use crate::files::Format;
use crate::records::filters::{Filtered, Problem};
use crate::statuses::actions::stats::StatusStats;
use crate::statuses::domain::columns::Column;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::listing::{ArchivedFilter, Filter, Listing, SortKey};
use crate::statuses::domain::rules::check_role;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::pages::LIST;
use crate::statuses::http::views::ages::AgeChart;
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::web::{Page, PageNumber, Paging};

/// A tab of the list: all statuses, or those of a kind.
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    pub count: String,
    pub is_current: bool,
}

/// An active filter, with the address of the list without it.
pub struct ActiveFilter {
    pub label: String,
    pub href: String,
}

/// A button for an action on a status.
pub struct ActionButton {
    /// The last part of the action's address.
    pub verb: &'static str,
    pub icon: &'static str,
    /// The catalogue key of the label.
    pub key: &'static str,
}

impl ActionButton {
    /// True for a deletion.
    pub fn is_dangerous(&self) -> bool {
        self.verb == "delete"
    }
}

/// The actions that a status allows.
pub fn available_actions(status: &LeadStatus) -> Vec<ActionButton> {
    let act = |verb, icon, key| ActionButton { verb, icon, key };
    let may_take = |role: Role| check_role(status, role).is_ok() && !status.holds(role);
    let mut acts = Vec::new();
    // A status that is being replaced allows no action.
    if status.being_replaced.is_some() {
        return acts;
    }
    if may_take(Role::Default) {
        acts.push(act("default", "flag", "status-make-default"));
    }
    if may_take(Role::Converted) {
        acts.push(act("converted", "trophy", "status-make-converted"));
    }
    acts.push(match status.is_archived() {
        true => act("restore", "archive-restore", "status-restore"),
        false => act("archive", "archive", "status-archive-one"),
    });
    acts.push(act("delete", "trash-2", "status-delete"));
    acts
}

/// What the user may do on this page.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    pub may_write: bool,
    pub may_export: bool,
}

impl Rights {
    /// True if rows can be ticked.
    pub fn may_select(self) -> bool {
        self.may_write || self.may_export
    }
}

/// The data of the list.
pub struct ListData {
    /// The state of the list; its page exists.
    pub listing: Listing,
    pub counts: Vec<(Kind, i64)>,
    pub total: i64,
    pub rows: Vec<LeadStatus>,
    /// The statistics of `rows` by status id.
    pub stats: HashMap<i64, StatusStats>,
    /// The ETag of the pipeline's order, which a move sends along.
    pub order_etag: String,
    pub outcome: Option<BatchOutcome>,
    pub rights: Rights,
    /// True if there is no status, not even an archived one.
    pub is_first_use: bool,
}

fn back_query(here: &str) -> String {
    if here == LIST {
        return String::new();
    }
    let encoded: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
    format!("?back={encoded}")
}

/// The list of statuses.
#[derive(Template)]
#[template(path = "statuses/list.html")]
pub struct ListPage {
    page: Page,
    data: ListData,
    paging: Paging,
    /// The address of this list, as a return address.
    here: String,
    /// `here` as a query for links; empty for the list without any state.
    back_query: String,
}

impl ListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: ListData) -> ListPage {
        let listing = data.listing.clone();
        let number = PageNumber {
            page: listing.page,
            per: listing.per_page,
        };
        let paging = Paging::new(data.total, number, move |PageNumber { page, per }| {
            Listing {
                page,
                per_page: per,
                ..listing.clone()
            }
            .url(LIST)
        });
        let here = data.listing.url(LIST);
        let back_query = back_query(&here);
        ListPage {
            page,
            data,
            paging,
            here,
            back_query,
        }
    }

    fn address(&self, change: impl FnOnce(&mut Listing)) -> String {
        let mut listing = Listing {
            page: 1,
            ..self.data.listing.clone()
        };
        change(&mut listing);
        listing.url(LIST)
    }

    /// The tabs: all, and each kind that has statuses.
    fn tabs(&self) -> Vec<Tab> {
        let all: i64 = self.data.counts.iter().map(|(_, count)| count).sum();
        let mut tabs = vec![Tab {
            label: self.page.t("status-tab-all"),
            href: self.kind_href(None),
            count: match self.data.listing.unreadable.is_empty() {
                true => self.page.number(&all),
                false => String::new(),
            },
            is_current: self.is_of_every_kind(),
        }];
        for kind in Kind::ALL {
            let count = self
                .data
                .counts
                .iter()
                .find(|(other, _)| *other == kind)
                .map_or(0, |(_, n)| *n);
            let is_current = self.data.listing.kind == Some(kind);
            if count > 0 || is_current {
                tabs.push(Tab {
                    label: self.page.t(kind.key()),
                    href: self.kind_href(Some(kind)),
                    count: self.page.number(&count),
                    is_current,
                });
            }
        }
        tabs
    }

    fn kind_href(&self, kind: Option<Kind>) -> String {
        self.address(|listing| {
            *listing = Listing {
                kind,
                ..listing.clone().without("kind")
            };
        })
    }

    fn is_of_every_kind(&self) -> bool {
        let listing = &self.data.listing;
        listing.kind.is_none() && listing.unreadable.typed(Filter::Kind).is_none()
    }

    /// The unreadable filters.
    fn problems(&self) -> Vec<Problem> {
        let listing = Listing {
            page: 1,
            ..self.data.listing.clone()
        };
        listing.problems(|listing| listing.url(LIST))
    }

    fn may_export(&self) -> bool {
        self.data.rights.may_export && self.data.listing.unreadable.is_empty()
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let mut chips = Vec::new();
        if !self.data.listing.q.is_empty() {
            chips.push(ActiveFilter {
                label: self
                    .page
                    .t1("status-chip-search", "query", &self.data.listing.q),
                href: self.address(|listing| listing.q.clear()),
            });
        }
        if let Some(kind) = self.data.listing.kind {
            chips.push(ActiveFilter {
                label: self
                    .page
                    .t1("status-chip-kind", "kind", self.page.t(kind.key())),
                href: self.address(|listing| listing.kind = None),
            });
        }
        let archived = match self.data.listing.archived {
            ArchivedFilter::No => None,
            ArchivedFilter::Only => Some("status-chip-archived"),
            ArchivedFilter::All => Some("status-chip-with-archived"),
        };
        chips.extend(archived.map(|key| ActiveFilter {
            label: self.page.t(key).to_owned(),
            href: self.address(|listing| listing.archived = ArchivedFilter::No),
        }));
        if self.data.listing.is_stuck {
            chips.push(ActiveFilter {
                label: self.page.t("status-chip-stuck").to_owned(),
                href: self.address(|listing| listing.is_stuck = false),
            });
        }
        chips
    }

    fn without_filters(&self) -> String {
        self.address(|listing| {
            *listing = Listing {
                sort: listing.sort,
                is_reversed: listing.is_reversed,
                per_page: listing.per_page,
                columns: listing.columns.clone(),
                ..Listing::default()
            };
        })
    }

    /// The list sorted by a column, ascending; descending if it is sorted so already.
    fn sort_href(&self, key: SortKey) -> String {
        let is_reversed = self.data.listing.sort == key && !self.data.listing.is_reversed;
        self.address(|listing| {
            listing.sort = key;
            listing.is_reversed = is_reversed;
        })
    }

    /// The value of `aria-sort`; empty for a column that isn't sorted by.
    fn sort_state(&self, key: SortKey) -> &'static str {
        match (self.data.listing.sort == key, self.data.listing.is_reversed) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    /// The address of the list's download in a format.
    fn export_href(&self, format: &Format) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .extend_pairs(self.data.listing.pairs())
            .append_pair("format", format.as_str());
        format!("{LIST}/export?{}", query.finish())
    }

    fn shows(&self, column: Column) -> bool {
        self.data.listing.columns.has(column)
    }

    /// The other query parameters, as hidden fields of a form that sets `without`.
    fn hidden_fields(&self, without: &[&str]) -> Vec<(&'static str, String)> {
        let listing = Listing {
            page: 1,
            ..self.data.listing.clone()
        };
        let mut pairs = listing.pairs();
        pairs.retain(|(name, _)| !without.contains(name));
        pairs
    }

    fn formats(&self) -> [Format; 3] {
        Format::ALL
    }

    fn can_reorder(&self) -> bool {
        self.data.rights.may_write && self.data.listing.is_pipeline()
    }

    fn archived_word(&self) -> &'static str {
        match self.data.listing.archived {
            ArchivedFilter::No => "",
            ArchivedFilter::Only => "1",
            ArchivedFilter::All => "all",
        }
    }

    fn kind_word(&self) -> &'static str {
        self.data.listing.kind.map_or("", Kind::as_str)
    }

    /// The position in the pipeline of the first row of this page.
    fn first_position(&self) -> i64 {
        self.paging.offset() + 1
    }

    /// Target and limit as text: "5 / 10 days".
    fn days(&self, status: &LeadStatus) -> String {
        match (status.target_days, status.limit_days) {
            (Some(target), Some(limit)) => self.page.t2(
                "status-days-both",
                "target",
                i64::from(target.get()),
                "limit",
                i64::from(limit.get()),
            ),
            (Some(target), None) => self.page.tn("status-days-target", i64::from(target.get())),
            (None, Some(limit)) => self.page.tn("status-days-limit", i64::from(limit.get())),
            (None, None) => String::new(),
        }
    }

    /// The statistics of a status.
    fn stats_of(&self, status: &LeadStatus) -> StatusStats {
        let stats = self.data.stats.get(&status.id);
        stats.cloned().unwrap_or_default()
    }

    fn chart_of(&self, leads: &StatusStats) -> AgeChart {
        AgeChart::of(&leads.ages, self.page.now, self.page.lang)
    }

    fn path_of(&self, status: &LeadStatus) -> String {
        format!("{LIST}/{}", status.id)
    }

    fn menu_of(&self, status: &LeadStatus) -> String {
        format!("menu-{}", status.id)
    }

    fn position_of(&self, status: &LeadStatus) -> String {
        status
            .position
            .map(|position| position.to_string())
            .unwrap_or_default()
    }

    /// The actions that a status allows.
    fn available_actions(&self, status: &LeadStatus) -> Vec<ActionButton> {
        available_actions(status)
    }
}
