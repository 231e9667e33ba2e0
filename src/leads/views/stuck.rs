use std::collections::HashMap;

use askama::Template;

use super::narrowed::{Chip, Choices, counted, word};
use crate::clock::{DAY, Timestamp};
use crate::i18n::Lang;
use crate::leads::pages::stuck::STUCK;
use crate::leads::{Counted, Lead, Listing, Rights, State, Stuck, StuckCounts, StuckPage};
use crate::statuses::LeadStatus;
use crate::web::filters::{Filtered, Problem};
use crate::web::{PAGE_SIZES, Page, link};

/// The bar of a ratio is full from here on, in tenths.
const FULL: i64 = 50;

/// What the stuck list shows.
pub struct StuckData {
    pub shown: StuckPage,
    pub counts: StuckCounts,
    pub statuses: Vec<LeadStatus>,
    /// The names of the owners in the rows.
    pub names: HashMap<i64, String>,
    pub choices: Choices,
    pub rights: Rights,
    pub now: Timestamp,
}

/// A lead as its row shows it.
pub struct Row<'a> {
    pub lead: &'a Lead,
    pub status: &'a LeadStatus,
    pub owner: &'a str,
    /// Whole days, without the time paused.
    pub age: i64,
    pub limit: i64,
    /// `3.2×`.
    pub ratio: String,
    /// The width of its bar, of 100.
    pub width: i64,
    /// True if it can be ticked, and acted on.
    pub can_touch: bool,
}

/// A tab: a status with stuck leads, or all of them.
pub struct Tab<'a> {
    pub status: Option<&'a LeadStatus>,
    pub href: String,
    pub count: String,
    pub is_current: bool,
}

/// A page size, or an act of the bulk bar.
pub struct Choice {
    pub number: i64,
    pub href: String,
    pub is_current: bool,
}

/// What is done to stuck leads: the word of the action, its icon, the key of its name.
type Act = (&'static str, &'static str, &'static str);

/// The stuck list.
#[derive(Template)]
#[template(path = "leads/stuck.html")]
pub struct StuckListPage {
    page: Page,
    data: StuckData,
    /// This list, to come back to.
    here: String,
    /// The same as a query for links.
    back_query: String,
}

impl StuckListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: StuckData) -> StuckListPage {
        let here = data.shown.stuck.url(STUCK);
        StuckListPage {
            back_query: link("", &[("back", &here)]),
            here,
            page,
            data,
        }
    }

    fn filters(&self) -> &Listing {
        &self.data.shown.stuck.filters
    }

    fn address(&self, change: impl FnOnce(&mut Listing)) -> String {
        let mut stuck = self.data.shown.stuck.from_start();
        change(&mut stuck.filters);
        stuck.url(STUCK)
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let rows = self.data.shown.rows.iter();
        rows.filter_map(|lead| self.row(lead)).collect()
    }

    fn row<'a>(&'a self, lead: &'a Lead) -> Option<Row<'a>> {
        let mut statuses = self.data.statuses.iter();
        let status = statuses.find(|status| status.id == lead.status_id)?;
        let limit = i64::from(status.limit_days?.get());
        let age = self.data.now.0 - lead.clock_from.0;
        let tenths = age / (limit * DAY / 10);
        let owner = lead.fields.owner.and_then(|id| self.data.names.get(&id));
        Some(Row {
            owner: owner.map_or_else(|| self.page.t("lead-owner-nobody"), String::as_str),
            age: age / DAY,
            ratio: self.ratio(tenths),
            width: tenths.min(FULL) * 100 / FULL,
            can_touch: self.data.rights.may_touch(lead),
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

    fn shown(&self) -> Counted {
        self.data.counts.shown(self.filters().status)
    }

    /// All, and each status where someone is stuck.
    fn tabs(&self) -> Vec<Tab<'_>> {
        let tab = |status: Option<&LeadStatus>| {
            let id = status.map(|status| status.id);
            (
                self.address(|filters| {
                    *filters = filters.clone().without("status");
                    filters.status = id;
                }),
                counted(&self.page, self.data.counts.shown(id)),
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
            Tab {
                status,
                href,
                count,
                is_current,
            }
        });
        tabs.collect()
    }

    fn chips(&self) -> Vec<Chip> {
        let standard = Listing {
            state: None,
            ..self.filters().clone()
        };
        let url = |filters| {
            let stuck = Stuck {
                filters,
                ..self.data.shown.stuck.from_start()
            };
            stuck.url(STUCK)
        };
        self.data.choices.chips(&self.page, &standard, url)
    }

    /// The filters that can't be read.
    fn problems(&self) -> Vec<Problem> {
        self.filters().problems(|filters| {
            let stuck = Stuck {
                filters,
                ..self.data.shown.stuck.from_start()
            };
            stuck.url(STUCK)
        })
    }

    fn without_filters(&self) -> String {
        self.address(|filters| {
            *filters = Listing {
                per: filters.per,
                status: filters.status,
                ..Listing::default()
            };
        })
    }

    /// What else the URL says, for forms that set `without`: they must not lose it.
    fn kept(&self, without: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = self.data.shown.stuck.filter_pairs();
        if self.filters().per != PAGE_SIZES[0] {
            pairs.push(("per", self.filters().per.to_string()));
        }
        pairs.retain(|(name, _)| !without.contains(name));
        pairs
    }

    fn word(&self, name: &str) -> String {
        word(self.filters(), name)
    }

    fn sources(&self) -> Vec<&str> {
        self.data.choices.sources(self.filters().source.as_deref())
    }

    /// What can be done to the ticked leads.
    fn acts(&self) -> Vec<Act> {
        let mut acts = vec![
            ("move", "circle-arrow-right", "stuck-act-move"),
            ("note", "message-square", "stuck-act-note"),
            ("pause", "circle-pause", "stuck-act-pause"),
        ];
        if self.data.rights.may_manage {
            acts.insert(1, ("assign", "user-plus", "stuck-act-assign"));
        }
        acts
    }

    /// True if all that match can be acted on at once: as many as one transaction takes.
    fn offers_all(&self) -> bool {
        let shown = self.shown();
        let on_page = self.data.shown.rows.len() as i64;
        !shown.is_more && shown.count > on_page && shown.count <= crate::leads::bulk::MOST
    }

    /// "1–20 of 42".
    fn range(&self) -> String {
        let seen = self.data.shown.stuck.seen;
        let rows = self.data.shown.rows.len() as i64;
        let args = [
            ("from", (seen + i64::from(rows > 0)).into()),
            ("to", (seen + rows).into()),
            ("total", counted(&self.page, self.shown()).into()),
        ];
        self.page.lang.format("web-range", &args).into_owned()
    }

    fn sizes(&self) -> Vec<Choice> {
        let size = |number| Choice {
            number,
            href: self.address(|filters| filters.per = number),
            is_current: number == self.filters().per,
        };
        PAGE_SIZES.into_iter().map(size).collect()
    }

    fn earlier(&self) -> Option<String> {
        let earlier = self.data.shown.earlier(&self.data.statuses);
        earlier.map(|stuck| stuck.url(STUCK))
    }

    fn later(&self) -> Option<String> {
        let later = self.data.shown.later(&self.data.statuses);
        later.map(|stuck| stuck.url(STUCK))
    }

    /// The leads that will be stuck next.
    fn at_risk_href(&self) -> String {
        let listing = Listing {
            state: Some(State::AtRisk),
            sort: crate::leads::SortKey::Age,
            ..self.filters().clone()
        };
        listing.url("/admin/leads")
    }

    fn menu_of(&self, lead: &Lead) -> String {
        format!("menu-{}", lead.id)
    }

    fn path_of(&self, lead: &Lead) -> String {
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
