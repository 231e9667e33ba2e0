//! The board: a column for each status, oldest clock first, and which part of it someone looks at.

use std::collections::{BTreeMap, BTreeSet};

use super::store::{self, Against, Letters, Slice, Tally};
use super::{Counted, Lead, Listing};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::{self, Kind, LeadStatus};
use crate::web::fields::{Fields, parse_id};
use crate::web::filters::Filtered;

/// Cards of a column at a time.
pub const CARDS: usize = 20;
/// With filters, which no counters know of, the leads of a column are counted up to here: "1,000+".
const MOST: i64 = 1_000;
/// The most columns that an address says something about.
const NAMED: usize = 200;

/// The state of the board as its URL says it. A bad place means its default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// The filters; a status, an order and a place mean nothing here.
    pub filters: Listing,
    /// Folded columns that are opened.
    pub open: BTreeSet<i64>,
    /// Columns that go on after a card: after this clock and id.
    pub more: BTreeMap<i64, (i64, i64)>,
    /// The lead that was just moved: its card stands first in its column.
    pub moved: Option<i64>,
}

/// A status on the board, with the part of its leads that is shown.
#[derive(Debug, Clone)]
pub struct Column {
    pub status: LeadStatus,
    /// True if only its head is shown.
    pub is_folded: bool,
    pub count: Counted,
    /// The sum of the values by currency, in minor units, the largest first.
    pub sums: Vec<(String, i64)>,
    pub stuck: i64,
    pub at_risk: i64,
    pub cards: Vec<Lead>,
    /// The clock and id of the last card, if others follow.
    pub next: Option<(i64, i64)>,
}

impl Board {
    /// The board that an address describes.
    pub fn read(fields: &Fields) -> Board {
        let open = fields.all("open").into_iter().filter_map(parse_id);
        let more = fields.all("more").into_iter().filter_map(place);
        Board {
            filters: Listing {
                status: None,
                is_bin: false,
                ..Listing::read(fields).filters_alone()
            },
            open: open.take(NAMED).collect(),
            more: more.take(NAMED).collect(),
            moved: fields.text("moved").and_then(parse_id),
        }
    }

    /// The address of this board under `path`; defaults are left out.
    pub fn url(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        match query.finish().as_str() {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// Name and value of everything that differs from the default, the filters first.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filters.filter_pairs();
        pairs.extend(self.open.iter().map(|id| ("open", id.to_string())));
        let more = self.more.iter();
        pairs.extend(more.map(|(status, (clock, id))| ("more", format!("{status}.{clock}.{id}"))));
        pairs.extend(self.moved.map(|id| ("moved", id.to_string())));
        pairs
    }

    /// The same filters and open columns, each column from its beginning.
    pub fn from_start(&self) -> Board {
        Board {
            more: BTreeMap::new(),
            moved: None,
            ..self.clone()
        }
    }

    /// The same board, where the column of a status goes on after this clock and id.
    pub fn after(&self, status: i64, place: (i64, i64)) -> Board {
        let mut board = Board {
            moved: None,
            ..self.clone()
        };
        board.more.insert(status, place);
        board
    }

    /// The same board, where the column of a status is opened, or folded again.
    pub fn toggled(&self, status: i64) -> Board {
        let mut board = Board {
            moved: None,
            ..self.clone()
        };
        if !board.open.remove(&status) {
            board.open.insert(status);
        }
        board.more.remove(&status);
        board
    }

    /// True if the column of this status is folded: won, lost and junk are, until they are opened.
    fn folds(&self, status: &LeadStatus) -> bool {
        let is_closed = !matches!(status.kind, Kind::Open | Kind::Paused);
        (is_closed || status.is_archived()) && !self.open.contains(&status.id)
    }
}

/// `STATUS.CLOCK.ID`.
fn place(word: &str) -> Option<(i64, (i64, i64))> {
    let mut parts = word.split('.');
    let status = parse_id(parts.next()?)?;
    let clock: i64 = parts.next()?.parse().ok()?;
    let id = parse_id(parts.next()?)?;
    parts.next().is_none().then_some((status, (clock, id)))
}

/// The columns of a board: those of open and paused statuses in the order of the pipeline, then the others. None for
/// filters that can't be read.
pub fn columns(
    conn: &mut Conn,
    board: &Board,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<Vec<Column>> {
    if !board.filters.unreadable.is_empty() {
        return Ok(Vec::new());
    }
    let letters = Letters::default();
    let against = Against::new(statuses, now, &letters);
    let mut columns = heads(conn, board, against)?;
    // An archived status has no leads, and no column either.
    columns.retain(|column| !column.status.is_archived() || column.count.count > 0);
    columns.sort_by_key(|column| {
        let status = &column.status;
        let is_last = !matches!(status.kind, Kind::Open | Kind::Paused) || status.is_archived();
        (is_last, status.position.unwrap_or(i32::MAX), status.id)
    });
    let wanted: Vec<Slice> = columns
        .iter()
        .filter(|column| !column.is_folded && column.count.count > 0)
        .map(|column| Slice {
            status_id: column.status.id,
            from: board.more.get(&column.status.id).copied(),
            is_backward: false,
        })
        .collect();
    // One more than is shown tells whether others follow.
    let limit = CARDS as i64 + 1;
    for lead in store::slices(conn, &board.filters, against, &wanted, limit)? {
        let of_lead = |column: &&mut Column| column.status.id == lead.status_id;
        if let Some(column) = columns.iter_mut().find(of_lead) {
            column.cards.push(lead);
        }
    }
    for column in &mut columns {
        column.cards.sort_by_key(|lead| (lead.clock_from, lead.id));
        if column.cards.len() > CARDS {
            column.cards.truncate(CARDS);
            let last = column.cards.last();
            column.next = last.map(|lead| (lead.clock_from.0, lead.id));
        }
    }
    put_first(conn, board.moved, &mut columns)?;
    Ok(columns)
}

/// The card of the lead that was just moved stands first in its column: by its new clock it would be the last one.
fn put_first(conn: &mut Conn, moved: Option<i64>, columns: &mut [Column]) -> Result<()> {
    let Some(id) = moved else {
        return Ok(());
    };
    let Some(lead) = store::find_many(conn, &[id])?.pop() else {
        return Ok(());
    };
    let of_lead = |column: &&mut Column| column.status.id == lead.status_id && !column.is_folded;
    if let Some(column) = columns
        .iter_mut()
        .find(of_lead)
        .filter(|_| !lead.is_deleted())
    {
        column.cards.retain(|card| card.id != id);
        column.cards.insert(0, lead);
    }
    Ok(())
}

/// The columns without their cards.
fn heads(conn: &mut Conn, board: &Board, against: Against) -> Result<Vec<Column>> {
    let head = |status: &LeadStatus| Column {
        is_folded: board.folds(status),
        status: status.clone(),
        count: Counted::default(),
        sums: Vec::new(),
        stuck: 0,
        at_risk: 0,
        cards: Vec::new(),
        next: None,
    };
    let mut columns: Vec<Column> = against.statuses.iter().map(head).collect();
    if board.filters.is_filtered() {
        let ids: Vec<i64> = against.statuses.iter().map(|status| status.id).collect();
        let tallies = store::tally(conn, &board.filters, against, &ids, MOST)?;
        for column in &mut columns {
            column.count_up(&tallies);
        }
        return Ok(columns);
    }
    let mut heads = statuses::headcounts(conn)?;
    let waiting = statuses::waiting(conn, against.statuses, against.now)?;
    for column in &mut columns {
        let id = column.status.id;
        let (head, waits) = (heads.remove(&id).unwrap_or_default(), waiting.get(&id));
        let waits = waits.copied().unwrap_or_default();
        (column.count.count, column.sums) = (head.leads, head.sums);
        (column.stuck, column.at_risk) = (waits.stuck, waits.at_risk);
    }
    Ok(columns)
}

impl Column {
    fn count_up(&mut self, tallies: &[Tally]) {
        for tally in tallies
            .iter()
            .filter(|tally| tally.status_id == self.status.id)
        {
            self.count.count += tally.leads;
            self.stuck += tally.stuck;
            self.at_risk += tally.at_risk;
            if tally.cents > 0 {
                self.sums.push((tally.currency.clone(), tally.cents));
            }
        }
        self.sums
            .sort_by_key(|(_, cents)| std::cmp::Reverse(*cents));
        self.count.is_more = self.count.count > MOST;
        self.count.count = self.count.count.min(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Board {
        Board::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
    }

    #[test]
    fn the_url_says_what_differs_from_the_default_and_reads_back_the_same() {
        for query in [
            "q=a%26b&owner=none&source=Web&state=stuck&open=5&open=6&more=2.17.9&moved=3",
            "owner=me&more=1.0.1&more=4.5.6",
        ] {
            assert_eq!(read(query).url("/x"), format!("/x?{query}"));
        }
        assert_eq!(Board::default().url("/x"), "/x");
    }

    #[test]
    fn a_bad_place_means_its_default() {
        let board = read(
            "open=01&more=1.2&more=1.x.3&more=1.2.3.4&moved=-1&sort=name&status=3&bin=1&after=5~1",
        );
        assert_eq!(board, Board::default());
    }

    #[test]
    fn a_column_is_opened_and_folded_again_and_then_begins_anew() {
        let board = read("owner=me&open=5&more=5.1.1&moved=7");
        assert_eq!(
            board.toggled(6).url(""),
            "?owner=me&open=5&open=6&more=5.1.1"
        );
        assert_eq!(board.toggled(5).url(""), "?owner=me");
        assert_eq!(
            board.after(5, (2, 2)).url(""),
            "?owner=me&open=5&more=5.2.2"
        );
        assert_eq!(board.from_start().url(""), "?owner=me&open=5");
    }
}
