use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;

use super::ages::AgesChart;
use super::outcome::Outcome;
use crate::statuses::exchange::Format;
use crate::statuses::pages::LIST;
use crate::statuses::{
    Archived, Column, Filter, Kind, LeadStatus, Listing, Occupancy, Role, SortKey, check_role,
};
use crate::web::filters::{Filtered, Problem};
use crate::web::{Page, Paging};

/// A tab of the list: a kind, or all of them.
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    pub count: String,
    pub is_current: bool,
}

/// An active filter, with the list as it would be without it.
pub struct Chip {
    pub label: String,
    pub href: String,
}

/// Something that can be done to a status, as a button of its own.
pub struct ActOn {
    /// The last part of the address.
    pub verb: &'static str,
    pub icon: &'static str,
    /// The catalogue key of the words.
    pub key: &'static str,
}

impl ActOn {
    /// True for what can't be done lightly.
    pub fn is_dangerous(&self) -> bool {
        self.verb == "delete"
    }
}

/// What can be done to a status.
pub fn acts_on(status: &LeadStatus) -> Vec<ActOn> {
    let act = |verb, icon, key| ActOn { verb, icon, key };
    let may_take = |role: Role| check_role(status, role).is_ok() && !status.holds(role);
    let mut acts = Vec::new();
    // Nothing else is done to a status that is leaving.
    if status.leaving.is_some() {
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

/// What the person who looks may do here.
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

/// What the list shows.
pub struct ListData {
    /// With a page that exists.
    pub listing: Listing,
    pub counts: Vec<(Kind, i64)>,
    pub total: i64,
    pub rows: Vec<LeadStatus>,
    /// The leads in each of `rows`.
    pub occupied: HashMap<i64, Occupancy>,
    /// The mark of the pipeline's order, which a move must have been made from.
    pub seal: String,
    pub outcome: Option<Outcome>,
    pub rights: Rights,
    /// True if there is no status at all, not even an archived one.
    pub is_first_use: bool,
}

impl ListData {
    /// Roughly the bytes that this takes in memory.
    pub fn weight(&self) -> usize {
        let words = |status: &LeadStatus| status.definition.as_str().len() + 1024;
        self.rows.iter().map(words).sum::<usize>() + 1024
    }
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
    data: Arc<ListData>,
    paging: Paging,
    /// This list, to come back to.
    here: String,
    /// The same as a query for links; nothing for the plain list.
    back_query: String,
}

impl ListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: Arc<ListData>) -> ListPage {
        let listing = data.listing.clone();
        let paging = Paging::new(data.total, listing.per, listing.page, move |page, per| {
            Listing {
                page,
                per,
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

    /// The tabs: all, and each kind that there is.
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
                .find(|(found, _)| *found == kind)
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

    /// The filters that can't be read.
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

    fn chips(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        if !self.data.listing.q.is_empty() {
            chips.push(Chip {
                label: self
                    .page
                    .t1("status-chip-search", "query", &self.data.listing.q),
                href: self.address(|listing| listing.q.clear()),
            });
        }
        if let Some(kind) = self.data.listing.kind {
            chips.push(Chip {
                label: self
                    .page
                    .t1("status-chip-kind", "kind", self.page.t(kind.key())),
                href: self.address(|listing| listing.kind = None),
            });
        }
        let archived = match self.data.listing.archived {
            Archived::No => None,
            Archived::Only => Some("status-chip-archived"),
            Archived::All => Some("status-chip-with-archived"),
        };
        chips.extend(archived.map(|key| Chip {
            label: self.page.t(key).to_owned(),
            href: self.address(|listing| listing.archived = Archived::No),
        }));
        if self.data.listing.is_stuck {
            chips.push(Chip {
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
                per: listing.per,
                columns: listing.columns.clone(),
                ..Listing::default()
            };
        })
    }

    /// The list sorted by a column: ascending first, then descending.
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

    /// The download of what the list shows, in a format.
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

    /// What else the URL says, for forms that set `without`: they must not lose it.
    fn kept(&self, without: &[&str]) -> Vec<(&'static str, String)> {
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
            Archived::No => "",
            Archived::Only => "1",
            Archived::All => "all",
        }
    }

    fn kind_word(&self) -> &'static str {
        self.data.listing.kind.map_or("", Kind::as_str)
    }

    /// Position of the first row of this page in the pipeline.
    fn first_position(&self) -> i64 {
        self.paging.offset() + 1
    }

    /// "5 / 10 days", or nothing.
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

    /// The leads in a status.
    fn leads_in(&self, status: &LeadStatus) -> Occupancy {
        let found = self.data.occupied.get(&status.id);
        found.cloned().unwrap_or_default()
    }

    fn chart_of(&self, leads: &Occupancy) -> AgesChart {
        AgesChart::of(&leads.ages, self.page.now, self.page.lang)
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

    /// What can be done to a status from its row.
    fn acts_on(&self, status: &LeadStatus) -> Vec<ActOn> {
        acts_on(status)
    }
}
