//! The board as a page.

use askama::Template;

use crate::clock::{DAY_SECONDS, Timestamp};
use crate::leads::actions::board::{BoardColumn, team_currency};
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::board_listing::BoardListing;
use crate::leads::domain::filters::{Control, Filter, LeadFilter};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::sort::LeadSort;
use crate::leads::http::paths::{BOARD_PATH, LIST_PATH, LeadLinks, STUCK_PATH};
use crate::leads::http::views::filters::{FilterView, MenuField, count_text};
use crate::leads::http::views::offer::{OfferTag, offer_tag};
use crate::leads::http::views::sums;
use crate::records::filters::FilterSet as _;
use crate::records::link::link;
use crate::records::list::{ActiveFilter, List, Sort};
use crate::statuses::{LeadStatus, State};
use crate::web::Page;

/// The data of the board.
pub struct BoardData {
    pub board: BoardListing,
    pub columns: Vec<BoardColumn>,
    pub lookup: RelatedRecords,
    pub options: FilterOptions,
    /// The lead that was just moved and moved back, most likely by mistake.
    pub mistake: Option<i64>,
    /// The names that come nearest to a search without results.
    pub nearest: Vec<String>,
    pub rights: Rights,
    pub now: Timestamp,
}

/// A card: a lead on the board.
pub struct Card<'a> {
    pub lead: &'a Lead,
    pub owner: &'a str,
    pub value: String,
    /// The days in its status, or the day on which its pause ends.
    pub days: String,
    pub state: State,
    /// True if the user may move it.
    pub can_move: bool,
    pub is_moved: bool,
    /// Set while it is offered.
    pub offer: Option<OfferTag>,
}

/// The board.
#[derive(Template)]
#[template(path = "leads/board.html")]
pub struct BoardPage {
    page: Page,
    data: BoardData,
    /// The URL of this board, to return to.
    url: String,
    /// `url` as the query of a link.
    back_query: String,
    /// The currency of the sums in the heads.
    currency: Option<String>,
}

impl BoardPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: BoardData) -> BoardPage {
        let url = BoardListing {
            moved_lead: None,
            ..data.board.clone()
        }
        .url(BOARD_PATH);
        BoardPage {
            currency: team_currency(&data.columns),
            back_query: link("", [("back", &url)]),
            url,
            page,
            data,
        }
    }

    fn unfolded(&self) -> impl Iterator<Item = &BoardColumn> {
        self.data.columns.iter().filter(|column| !column.is_folded)
    }

    fn folded(&self) -> Vec<&BoardColumn> {
        let columns = self.data.columns.iter();
        columns.filter(|column| column.is_folded).collect()
    }

    /// The statuses that leads can enter, in pipeline order.
    fn targets(&self) -> Vec<&LeadStatus> {
        let statuses = self.data.columns.iter().map(|column| &column.status);
        let mut targets: Vec<&LeadStatus> = statuses.filter(|s| !s.is_archived()).collect();
        targets.sort_by_key(|status| status.position);
        targets
    }

    fn cards<'a>(&'a self, column: &'a BoardColumn) -> Vec<Card<'a>> {
        column
            .cards
            .iter()
            .map(|lead| self.card(column, lead))
            .collect()
    }

    fn card<'a>(&'a self, column: &BoardColumn, lead: &'a Lead) -> Card<'a> {
        let (page, now) = (&self.page, self.data.now);
        let cutoffs = column.status.cutoffs(now);
        let state = cutoffs.state(lead.clock_from, lead.paused_until);
        let owner = self.data.lookup.owner(lead);
        Card {
            owner: owner.unwrap_or(page.t("lead-owner-nobody")),
            value: lead
                .fields
                .money()
                .map(|money| money.text(page.lang))
                .unwrap_or_default(),
            days: match (state, lead.resumes_on) {
                (State::Paused, Some(day)) => page.lang.date(day),
                _ => page.tn("board-days", lead.age_seconds(now) / DAY_SECONDS),
            },
            can_move: self.data.rights.can_edit(lead),
            is_moved: self.data.board.moved_lead == Some(lead.id),
            offer: offer_tag(page, &self.data.lookup, lead, self.data.rights),
            state,
            lead,
        }
    }

    /// The form that moves a lead, on its page.
    fn move_href(&self, lead: &Lead) -> String {
        format!("{}{}#f-status", lead.path(), self.back_query)
    }

    /// The state of a card in words.
    fn state_text(&self, card: &Card) -> String {
        let page = &self.page;
        match card.state {
            State::Paused => page.t1("board-paused-until", "day", card.days.as_str()),
            state => page.t(state.key()).to_owned(),
        }
    }

    fn count(&self, column: &BoardColumn) -> String {
        count_text(&self.page, column.count)
    }

    fn sum(&self, column: &BoardColumn) -> String {
        let more = if column.count.is_lower_bound { "+" } else { "" };
        match column.sums.is_empty() {
            true => String::new(),
            false => {
                let short = sums::short(&self.page, &column.sums, self.currency.as_deref());
                format!("{short}{more}")
            }
        }
    }

    /// True if the head leaves out some currencies, which then open on demand.
    fn has_more_sums(&self, column: &BoardColumn) -> bool {
        column.sums.len() > 1
    }

    /// Target and limit, such as "5 / 10 days"; empty without either.
    fn limits_text(&self, status: &LeadStatus) -> String {
        let days = |days: Option<crate::statuses::Days>| days.map(|days| i64::from(days.get()));
        match (days(status.target_days), days(status.limit_days)) {
            (Some(target), Some(limit)) => {
                self.page
                    .t2("board-time-both", "target", target, "limit", limit)
            }
            (Some(target), None) => self.page.tn("board-time-target", target),
            (None, Some(limit)) => self.page.tn("board-time-limit", limit),
            (None, None) => String::new(),
        }
    }

    /// The filters of the board in one status.
    fn filter_of(&self, column: &BoardColumn) -> LeadFilter {
        LeadFilter {
            status: Some(column.status.id),
            ..self.data.board.filter.clone()
        }
    }

    /// The list of the leads of a column, the longest in it first.
    fn list_href(&self, column: &BoardColumn) -> String {
        let listing = Listing {
            sort: Sort {
                key: LeadSort::Age,
                is_reversed: true,
            },
            ..Listing::of(self.filter_of(column))
        };
        listing.url(LIST_PATH)
    }

    fn stuck_href(&self, column: &BoardColumn) -> String {
        let filter = LeadFilter {
            state: None,
            ..self.filter_of(column)
        };
        Listing::of(filter).url(STUCK_PATH)
    }

    fn at_risk_href(&self, column: &BoardColumn) -> String {
        let filter = LeadFilter {
            state: Some(State::AtRisk),
            ..self.filter_of(column)
        };
        Listing::of(filter).url(LIST_PATH)
    }

    /// The board with this column opened, or folded again.
    fn toggle_href(&self, column: &BoardColumn) -> String {
        self.data.board.toggled(column.status.id).url(BOARD_PATH)
    }

    fn can_fold(&self, column: &BoardColumn) -> bool {
        self.data.board.unfolded.contains(&column.status.id)
    }

    /// The board with this column continued after its last card.
    fn more_href(&self, column: &BoardColumn) -> Option<String> {
        let board = self
            .data
            .board
            .with_cursor(column.status.id, column.next_cursor?);
        Some(board.url(BOARD_PATH))
    }

    /// The board with this column at its beginning; `None` if it is there.
    fn start_href(&self, column: &BoardColumn) -> Option<String> {
        let mut board = self.data.board.clone();
        board.cursors.remove(&column.status.id)?;
        board.moved_lead = None;
        Some(board.url(BOARD_PATH))
    }

    fn filter_view(&self) -> FilterView<'_> {
        FilterView {
            page: &self.page,
            options: &self.data.options,
            lookup: &self.data.lookup,
            filter: &self.data.board.filter,
        }
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let view = self.filter_view();
        view.active_filters(&self.data.board, BOARD_PATH, &[Filter::Status, Filter::Bin])
    }

    fn without_filters(&self) -> String {
        self.data.board.without_filters(&[]).url(BOARD_PATH)
    }

    fn menu_fields(&self) -> Vec<MenuField> {
        let filters = [Filter::Owner, Filter::Source, Filter::State];
        self.filter_view().menu_fields(filters)
    }

    /// The number of leads on the board, for the live region.
    fn total(&self) -> i64 {
        self.data
            .columns
            .iter()
            .map(|column| column.count.count)
            .sum()
    }
}
