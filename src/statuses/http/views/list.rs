//! The view of the list of statuses.

use askama::Template;
use std::collections::HashMap;
use std::sync::Arc;

use crate::files::Format;
use crate::records::filters::{FilterKey as _, FilterSet};
use crate::records::link::link;
use crate::records::list::{ActiveFilter, List};
use crate::records::paging::Paging;
use crate::statuses::domain::columns::StatusColumn;
use crate::statuses::domain::completeness::Completeness;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::listing::{
    ArchivedFilter, Listing, StatusFilter, StatusFilterField, StatusSort,
};
use crate::statuses::domain::median_times::MedianTime;
use crate::statuses::domain::rules::check_role;
use crate::statuses::domain::stats::StatusStats;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::paths::{LIST, RETURN_TO, StatusLinks};
use crate::statuses::http::views::ages::AgeChart;
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::web::Page;

/// A tab of the list: all statuses, or those of a kind.
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    pub count: String,
    pub is_current: bool,
}

/// A button for an action on a status.
#[derive(Clone, Copy)]
pub struct ActionButton {
    /// The last part of the action's address.
    pub verb: &'static str,
    pub icon: &'static str,
    /// The catalogue key of the label.
    pub key: &'static str,
}

impl ActionButton {
    /// The buttons of all actions.
    pub const ALL: [ActionButton; 5] = [
        ActionButton::new("default", "flag", "status-make-default"),
        ActionButton::new("converted", "trophy", "status-make-converted"),
        ActionButton::new("restore", "archive-restore", "status-restore"),
        ActionButton::new("archive", "archive", "status-archive-one"),
        ActionButton::new("delete", "trash-2", "status-delete"),
    ];

    const fn new(verb: &'static str, icon: &'static str, key: &'static str) -> ActionButton {
        ActionButton { verb, icon, key }
    }

    /// The buttons of the actions that a status allows; none while it is being replaced.
    pub fn allowed_by(status: &LeadStatus) -> Vec<ActionButton> {
        let can_take = |role: Role| check_role(status, role).is_ok() && !status.holds(role);
        let is_allowed = |action: &ActionButton| match action.verb {
            _ if status.being_replaced.is_some() => false,
            "default" => can_take(Role::Default),
            "converted" => can_take(Role::Converted),
            "restore" => status.is_archived(),
            "archive" => !status.is_archived(),
            _ => true,
        };
        let mut actions = ActionButton::ALL.to_vec();
        actions.retain(is_allowed);
        actions
    }

    /// True for a deletion.
    pub fn is_dangerous(&self) -> bool {
        self.verb == "delete"
    }
}

/// The rights of the user on this page.
#[derive(Debug, Clone, Copy)]
pub struct ListRights {
    pub can_write: bool,
    pub can_export: bool,
}

impl ListRights {
    /// True if rows can be ticked.
    pub fn can_select(self) -> bool {
        self.can_write || self.can_export
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
    pub rights: ListRights,
    /// True if there is no status, not even an archived one.
    pub is_first_use: bool,
}

/// The list of statuses.
#[derive(Template)]
#[template(path = "statuses/list.html")]
pub struct ListPage {
    page: Page,
    data: ListData,
    paging: Paging,
    /// The address of this list, as a return address.
    address: String,
    /// `address` as a query for links; empty for the list without any state.
    back_query: String,
    /// The median time in status by id, in seconds.
    medians: Arc<HashMap<i64, i64>>,
}

impl ListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: ListData) -> ListPage {
        let listing = data.listing.clone();
        let paging = Paging::new(
            data.total,
            listing.per_page,
            listing.page,
            move |page, per| {
                Listing {
                    page,
                    per_page: per,
                    ..listing.clone()
                }
                .url(LIST)
            },
        );
        let address = data.listing.url(LIST);
        let back_query = RETURN_TO.add_to("", &address);
        ListPage {
            page,
            data,
            paging,
            address,
            back_query,
            medians: Arc::default(),
        }
    }

    /// The tabs: all, and each kind that has statuses.
    fn tabs(&self) -> Vec<Tab> {
        let all: i64 = self.data.counts.iter().map(|(_, count)| count).sum();
        let mut tabs = vec![Tab {
            label: self.page.t("status-tab-all"),
            href: self.kind_href(None),
            count: match self.data.listing.filter.unreadable.is_empty() {
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
                .map_or(0, |(_, count)| *count);
            let is_current = self.data.listing.filter.kind == Some(kind);
            if count > 0 || is_current {
                tabs.push(Tab {
                    label: self.page.t(kind.plural_key()),
                    href: self.kind_href(Some(kind)),
                    count: self.page.number(&count),
                    is_current,
                });
            }
        }
        tabs
    }

    fn kind_href(&self, kind: Option<Kind>) -> String {
        let mut listing = self.data.listing.without(StatusFilterField::Kind);
        listing.filter.kind = kind;
        listing.url(LIST)
    }

    fn is_of_every_kind(&self) -> bool {
        self.data
            .listing
            .filter
            .text(StatusFilterField::Kind)
            .is_empty()
    }

    fn can_export(&self) -> bool {
        self.data.rights.can_export && self.data.listing.filter.unreadable.is_empty()
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let page = &self.page;
        let StatusFilter { kind, archived, .. } = self.data.listing.filter;
        let filters = StatusFilterField::ALL.iter().copied();
        let listing = &self.data.listing;
        listing.active_filters(LIST, filters, |filter, value| match filter {
            StatusFilterField::Q => page.t1("status-chip-search", "query", value),
            StatusFilterField::Kind => {
                let kind = kind.map_or("", |kind| page.t(kind.key()));
                page.t1("status-chip-kind", "kind", kind)
            }
            StatusFilterField::Archived if archived == ArchivedFilter::All => {
                page.t("status-chip-with-archived").to_owned()
            }
            StatusFilterField::Archived => page.t("status-chip-archived").to_owned(),
            StatusFilterField::Stuck => page.t("status-chip-stuck").to_owned(),
        })
    }

    fn without_filters(&self) -> String {
        self.data.listing.without_filters(&[]).url(LIST)
    }

    /// The list sorted by a column, ascending; descending if it is sorted so already.
    fn sort_href(&self, key: StatusSort) -> String {
        let listing = Listing {
            sort: self.data.listing.sort.toggled(key),
            ..self.data.listing.first_page()
        };
        listing.url(LIST)
    }

    /// The address of the list's download in a format.
    fn export_href(&self, format: &Format) -> String {
        let mut pairs = self.data.listing.pairs();
        pairs.push(("format", format.as_str().to_owned()));
        link(&format!("{LIST}/export"), pairs)
    }

    fn can_reorder(&self) -> bool {
        self.data.rights.can_write && self.data.listing.is_pipeline()
    }

    /// The position in the pipeline of the first row of this page.
    fn first_position(&self) -> i64 {
        self.paging.offset() + 1
    }

    /// This page with the median times in status.
    pub fn with_medians(self, medians: Arc<HashMap<i64, i64>>) -> ListPage {
        ListPage { medians, ..self }
    }

    /// The median time in a status.
    fn median(&self, status: &LeadStatus) -> Option<MedianTime> {
        let seconds = self.medians.get(&status.id)?;
        Some(MedianTime::new(*seconds, status.limit_days))
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

    /// How completely a status is defined: "3 of 5".
    fn completeness(&self, status: &LeadStatus) -> String {
        let parts = Completeness::of(status);
        let (present, total) = (parts.present().to_string(), parts.total.to_string());
        self.page
            .t2("status-parts", "present", present, "total", total)
    }

    /// The statistics of a status.
    fn stats_of(&self, status: &LeadStatus) -> StatusStats {
        let stats = self.data.stats.get(&status.id);
        stats.cloned().unwrap_or_default()
    }

    fn chart_of(&self, leads: &StatusStats) -> AgeChart {
        AgeChart::of(&leads.ages, self.page.now, self.page.lang)
    }

    /// The page of a status, which leads back to this list.
    fn row_href(&self, status: &LeadStatus) -> String {
        format!("{}{}", status.path(), self.back_query)
    }

    /// The actions in the menu of a row, besides moving the status, as its `data-acts`.
    fn row_actions(&self, status: &LeadStatus) -> String {
        let allowed = ActionButton::allowed_by(status);
        let verbs = allowed.iter().map(|action| action.verb);
        let edit = status.being_replaced.is_none().then_some("edit");
        edit.into_iter().chain(verbs).collect::<Vec<_>>().join(" ")
    }
}
