use std::collections::HashMap;

use askama::Template;

use super::narrowed::{Chip, Choices, STATES, counted, word};
use super::sums;
use crate::clock::Timestamp;
use crate::leads::pages::board::BOARD;
use crate::leads::pages::stuck::STUCK;
use crate::leads::{Board, BoardColumn, Lead, Listing, Rights, State};
use crate::statuses::LeadStatus;
use crate::web::filters::{Filtered, Problem};
use crate::web::{Page, link};

/// What the board shows.
pub struct BoardData {
    pub board: Board,
    pub columns: Vec<BoardColumn>,
    /// The names of the owners on the cards.
    pub names: HashMap<i64, String>,
    pub choices: Choices,
    /// The lead that was just moved and moved back at once: most likely by mistake.
    pub mistake: Option<i64>,
    pub rights: Rights,
    pub now: Timestamp,
}

/// A lead as its card shows it.
pub struct Card<'a> {
    pub lead: &'a Lead,
    pub owner: &'a str,
    pub value: String,
    /// How long it has been here, or until when it is set aside.
    pub days: String,
    pub state: State,
    /// True if this person may move it.
    pub can_move: bool,
    pub is_moved: bool,
}

/// The board.
#[derive(Template)]
#[template(path = "leads/board.html")]
pub struct BoardPage {
    page: Page,
    data: BoardData,
    /// The board in this state, to come back to.
    here: String,
    /// The same as a query for links.
    back_query: String,
}

impl BoardPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: BoardData) -> BoardPage {
        let here = Board {
            moved: None,
            ..data.board.clone()
        }
        .url(BOARD);
        BoardPage {
            back_query: link("", &[("back", &here)]),
            here,
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

    /// The statuses that leads may enter, in the order of the columns.
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
        let owner = lead.fields.owner.and_then(|id| self.data.names.get(&id));
        Card {
            owner: owner.map_or_else(|| page.t("lead-owner-nobody"), String::as_str),
            value: lead
                .fields
                .money()
                .map(|money| money.text(page.lang))
                .unwrap_or_default(),
            days: match (state, lead.paused_until) {
                (State::Paused, Some(until)) => page.lang.date(until),
                _ => page.tn("board-days", lead.age_seconds(now) / 86_400),
            },
            can_move: self.data.rights.may_touch(lead),
            is_moved: self.data.board.moved == Some(lead.id),
            state,
            lead,
        }
    }

    /// Why the days of a card stand out.
    fn told(&self, card: &Card) -> String {
        let page = &self.page;
        match card.state {
            State::Paused => page.t1("board-paused-until", "day", card.days.as_str()),
            state => page.t(state.key()).to_owned(),
        }
    }

    fn count(&self, column: &BoardColumn) -> String {
        counted(&self.page, column.count)
    }

    fn sum(&self, column: &BoardColumn) -> String {
        let more = if column.count.is_more { "+" } else { "" };
        match column.sums.is_empty() {
            true => String::new(),
            false => format!("{}{more}", sums::short(&self.page, &column.sums)),
        }
    }

    /// True if the head only counts some of the currencies: they are told on demand.
    fn has_more_sums(&self, column: &BoardColumn) -> bool {
        column.sums.len() > sums::SHOWN
    }

    fn exact_sum(&self, column: &BoardColumn) -> String {
        sums::exact(&self.page, &column.sums)
    }

    /// "5 / 10 days", or nothing.
    fn time(&self, status: &LeadStatus) -> String {
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

    /// The list of the leads of a column, the oldest first.
    fn list_href(&self, column: &BoardColumn) -> String {
        let listing = Listing {
            status: Some(column.status.id),
            sort: crate::leads::SortKey::Age,
            ..self.data.board.filters.clone()
        };
        listing.url("/admin/leads")
    }

    fn stuck_href(&self, column: &BoardColumn) -> String {
        let pairs = Listing {
            status: Some(column.status.id),
            state: None,
            ..self.data.board.filters.clone()
        };
        pairs.url(STUCK)
    }

    fn at_risk_href(&self, column: &BoardColumn) -> String {
        let listing = Listing {
            status: Some(column.status.id),
            state: Some(State::AtRisk),
            ..self.data.board.filters.clone()
        };
        listing.url("/admin/leads")
    }

    /// The board where this column is opened, or folded again.
    fn toggle_href(&self, column: &BoardColumn) -> String {
        self.data.board.toggled(column.status.id).url(BOARD)
    }

    fn can_fold(&self, column: &BoardColumn) -> bool {
        self.data.board.open.contains(&column.status.id)
    }

    /// The board where this column goes on after its last card.
    fn more_href(&self, column: &BoardColumn) -> Option<String> {
        let board = self.data.board.after(column.status.id, column.next?);
        Some(board.url(BOARD))
    }

    /// The board where this column begins with its oldest again; nothing if it does.
    fn start_href(&self, column: &BoardColumn) -> Option<String> {
        let mut board = self.data.board.clone();
        board.more.remove(&column.status.id)?;
        board.moved = None;
        Some(board.url(BOARD))
    }

    fn chips(&self) -> Vec<Chip> {
        let board = self.data.board.from_start();
        let url = |filters| {
            let board = Board {
                filters,
                ..board.clone()
            };
            board.url(BOARD)
        };
        self.data.choices.chips(&self.page, &board.filters, url)
    }

    /// The filters that can't be read.
    fn problems(&self) -> Vec<Problem> {
        let board = self.data.board.from_start();
        board.filters.problems(|filters| {
            let board = Board {
                filters,
                ..board.clone()
            };
            board.url(BOARD)
        })
    }

    fn without_filters(&self) -> String {
        let board = Board {
            filters: Listing::default(),
            ..self.data.board.from_start()
        };
        board.url(BOARD)
    }

    /// What else the URL says, for forms that set `without`: they must not lose it.
    fn kept(&self, without: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = self.data.board.from_start().pairs();
        pairs.retain(|(name, _)| !without.contains(name));
        pairs
    }

    fn word(&self, name: &str) -> String {
        word(&self.data.board.filters, name)
    }

    fn states(&self) -> [State; 4] {
        STATES
    }

    fn sources(&self) -> Vec<&str> {
        self.data
            .choices
            .sources(self.data.board.filters.source.as_deref())
    }

    /// All leads that the board counts, for the live region.
    fn total(&self) -> i64 {
        self.data
            .columns
            .iter()
            .map(|column| column.count.count)
            .sum()
    }

    fn menu_of(&self, lead: &Lead) -> String {
        format!("menu-{}", lead.id)
    }

    fn path_of(&self, lead: &Lead) -> String {
        format!("/admin/leads/{}", lead.id)
    }
}
