//! What a board shows, as its URL describes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::leads::domain::filters::LeadFilter;
use crate::records::fields::{Fields, parse_id};
use crate::records::filters::FilterSet;
use crate::records::list::{List, Pair};
use crate::statuses::LeadStatus;

/// The most columns that a URL can open or scroll.
const MAX_COLUMNS_IN_URL: usize = 200;

/// The state of the board as its URL describes it. An invalid value means the default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardListing {
    /// Never a status or the bin.
    pub filter: LeadFilter,
    /// The statuses whose columns the user opened; they are folded by default.
    pub unfolded: BTreeSet<i64>,
    /// By status id, the clock and id of the card after which its column starts.
    pub cursors: BTreeMap<i64, (i64, i64)>,
    /// The lead that was just moved; its card comes first in its column.
    pub moved_lead: Option<i64>,
}

impl BoardListing {
    /// Reads the board from the query of a URL.
    pub fn read(fields: &Fields) -> BoardListing {
        let open = fields.all("open").into_iter().filter_map(parse_id);
        let more = fields.all("more").into_iter().filter_map(parse_cursor);
        BoardListing {
            filter: LeadFilter {
                status: None,
                is_in_bin: false,
                ..LeadFilter::read(fields)
            },
            unfolded: open.take(MAX_COLUMNS_IN_URL).collect(),
            cursors: more.take(MAX_COLUMNS_IN_URL).collect(),
            moved_lead: fields.text("moved").and_then(parse_id),
        }
    }

    /// This board with the column of `status` starting after this clock and id.
    pub fn with_cursor(&self, status: i64, cursor: (i64, i64)) -> BoardListing {
        let mut board = BoardListing {
            moved_lead: None,
            ..self.clone()
        };
        board.cursors.insert(status, cursor);
        board
    }

    /// This board with the column of `status` opened, or folded again.
    pub fn toggled(&self, status: i64) -> BoardListing {
        let mut board = BoardListing {
            moved_lead: None,
            ..self.clone()
        };
        if !board.unfolded.remove(&status) {
            board.unfolded.insert(status);
        }
        board.cursors.remove(&status);
        board
    }

    /// True if the column is folded: those of won, lost, junk and archived statuses are, unless the user opened them.
    pub fn is_folded(&self, status: &LeadStatus) -> bool {
        (status.kind.is_closed() || status.is_archived()) && !self.unfolded.contains(&status.id)
    }
}

impl List for BoardListing {
    type Filters = LeadFilter;

    fn filters(&self) -> &LeadFilter {
        &self.filter
    }

    fn filters_mut(&mut self) -> &mut LeadFilter {
        &mut self.filter
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = self.filter.filter_pairs();
        pairs.extend(self.unfolded.iter().map(|id| ("open", id.to_string())));
        let more = self.cursors.iter();
        pairs.extend(more.map(|(status, (clock, id))| ("more", format!("{status}.{clock}.{id}"))));
        pairs.extend(self.moved_lead.map(|id| ("moved", id.to_string())));
        pairs
    }

    /// Every column from its beginning.
    fn first_page(&self) -> BoardListing {
        BoardListing {
            cursors: BTreeMap::new(),
            moved_lead: None,
            ..self.clone()
        }
    }
}

/// `STATUS.CLOCK.ID`.
fn parse_cursor(text: &str) -> Option<(i64, (i64, i64))> {
    let mut parts = text.split('.');
    let status = parse_id(parts.next()?)?;
    let clock: i64 = parts.next()?.parse().ok()?;
    let id = parse_id(parts.next()?)?;
    parts.next().is_none().then_some((status, (clock, id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> BoardListing {
        BoardListing::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
    }

    #[test]
    fn a_url_holds_what_differs_from_the_default_and_round_trips() {
        for query in [
            "q=a%26b&owner=none&source=Web&state=stuck&open=5&open=6&more=2.17.9&moved=3",
            "owner=me&more=1.0.1&more=4.5.6",
        ] {
            assert_eq!(read(query).url("/x"), format!("/x?{query}"));
        }
        assert_eq!(BoardListing::default().url("/x"), "/x");
    }

    #[test]
    fn an_invalid_value_means_the_default() {
        let board = read(
            "open=01&more=1.2&more=1.x.3&more=1.2.3.4&moved=-1&sort=name&status=3&bin=1&after=5~1",
        );
        assert_eq!(board, BoardListing::default());
    }

    #[test]
    fn folding_a_column_moves_it_to_its_beginning() {
        let board = read("owner=me&open=5&more=5.1.1&moved=7");
        assert_eq!(
            board.toggled(6).url(""),
            "?owner=me&open=5&open=6&more=5.1.1"
        );
        assert_eq!(board.toggled(5).url(""), "?owner=me");
        assert_eq!(
            board.with_cursor(5, (2, 2)).url(""),
            "?owner=me&open=5&more=5.2.2"
        );
        assert_eq!(board.first_page().url(""), "?owner=me&open=5");
    }
}
