//! A worklist: the stuck list, or the list of one's own open leads in the same order, as its URL describes it.

use crate::clock::Timestamp;
use crate::leads::domain::columns::WorklistColumn;
use crate::leads::domain::cursor::Cursor;
use crate::leads::domain::filters::{LeadFilter, OwnerFilter};
use crate::leads::domain::listing::{Listing, offset_pair, read_offset};
use crate::leads::domain::sort::LeadSort;
use crate::leads::domain::worklist_cursor::WorklistCursor;
use crate::records::columns::VisibleColumns;
use crate::records::fields::Fields;
use crate::records::filters::FilterSet;
use crate::records::list::{List, PagePosition, Pair, Sort, SortKey, per_page_pair, read_per_page};
use crate::statuses::State;

/// The stuck list or the list of own leads, as its URL describes it. An invalid value means the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worklist {
    /// The state is always stuck; of own leads, the owner is always the user.
    pub filter: LeadFilter,
    /// Own open leads, stuck or not.
    pub is_own: bool,
    /// Nothing for age ÷ limit. Own leads have no other.
    pub sort: Option<Sort<LeadSort>>,
    pub columns: VisibleColumns<WorklistColumn>,
    pub per_page: i64,
    /// The instant by which the list is ordered, so that pages fit together: each limit changes the ratio at another
    /// rate. `None` means now.
    pub at: Option<Timestamp>,
    pub position: PagePosition<WorklistCursor>,
    /// The position in a list with another order.
    pub position_by_key: PagePosition<Cursor>,
    /// The number of rows before this page, or 0 if the URL doesn't say.
    pub offset: i64,
}

impl Worklist {
    /// Reads the list from the query of a URL.
    pub fn read(fields: &Fields, now: Timestamp) -> Worklist {
        let at = fields.text("at").and_then(|text| text.parse().ok());
        let at = at
            .map(Timestamp)
            .filter(|at| (Timestamp(0)..=now).contains(at));
        let position = match at {
            Some(_) => PagePosition::read(fields, WorklistCursor::parse),
            None => PagePosition::First,
        };
        let sort = read_sort(fields);
        let position_by_key = sort.map_or(PagePosition::First, |sort| {
            PagePosition::read(fields, |text| Cursor::parse(text, sort.key))
        });
        Worklist {
            filter: LeadFilter {
                state: Some(State::Stuck),
                is_in_bin: false,
                ..LeadFilter::read(fields)
            },
            is_own: false,
            columns: VisibleColumns::read(fields),
            per_page: read_per_page(fields),
            at: at.filter(|_| !position.is_first()),
            offset: match sort {
                Some(_) => read_offset(fields, &position_by_key),
                None => read_offset(fields, &position),
            },
            sort,
            position,
            position_by_key,
        }
    }

    /// Reads the list of the user's own open leads from the query of a URL.
    pub fn read_own(fields: &Fields, now: Timestamp) -> Worklist {
        let worklist = Worklist::read(fields, now);
        Worklist {
            filter: LeadFilter {
                state: None,
                owner: Some(OwnerFilter::Me),
                ..worklist.filter
            },
            is_own: true,
            sort: None,
            position_by_key: PagePosition::First,
            ..worklist
        }
    }

    /// The filters that the user can set: those without the state and, for own leads, the owner.
    pub fn menu_filter(&self) -> LeadFilter {
        LeadFilter {
            state: None,
            owner: self.filter.owner.filter(|_| !self.is_own),
            ..self.filter.clone()
        }
    }

    /// The list of leads with the same rows, in the order of its key.
    pub fn listing(&self) -> Listing {
        Listing {
            per_page: self.per_page,
            sort: self.sort.unwrap_or_default(),
            position: self.position_by_key.clone(),
            offset: self.offset,
            ..Listing::of(self.filter.clone())
        }
    }

    /// This list from its first row on, sorted by another key; by age ÷ limit without one.
    pub fn sorted(&self, sort: Option<Sort<LeadSort>>) -> Worklist {
        Worklist {
            sort,
            ..self.first_page()
        }
    }
}

/// The order that `sort` names; nothing for age ÷ limit.
fn read_sort(fields: &Fields) -> Option<Sort<LeadSort>> {
    let key = fields.text("sort")?;
    LeadSort::parse(key.trim_start_matches('-')).map(|_| Sort::read(fields))
}

impl List for Worklist {
    type Filters = LeadFilter;

    fn filters(&self) -> &LeadFilter {
        &self.filter
    }

    fn filters_mut(&mut self) -> &mut LeadFilter {
        &mut self.filter
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = self.menu_filter().filter_pairs();
        pairs.extend(self.sort.map(|sort| ("sort", sort.to_param())));
        pairs.extend(per_page_pair(self.per_page));
        pairs.extend(self.columns.pairs());
        pairs.extend(match self.sort {
            Some(_) => self.position_by_key.pair(Cursor::to_param),
            None => self.position.pair(|cursor| cursor.to_param()),
        });
        pairs.extend(self.at.map(|at| ("at", at.0.to_string())));
        pairs.extend(offset_pair(self.offset));
        pairs
    }

    fn first_page(&self) -> Worklist {
        Worklist {
            at: None,
            position: PagePosition::First,
            position_by_key: PagePosition::First,
            offset: 0,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;

    const AT: Timestamp = Timestamp(1_000 * DAY);

    fn read(query: &str) -> Worklist {
        Worklist::read(
            &Fields::from_urlencoded(query.as_bytes()).unwrap_or_default(),
            AT,
        )
    }

    #[test]
    fn a_url_holds_what_differs_from_the_default_and_round_trips() {
        for query in [
            "q=a&status=3&owner=me&source=Web&per=50&after=5.10.7&at=86400000000&n=20",
            "owner=none&before=5.10.7&at=5",
            "sort=-value&cols=value&cols=note&after=-1%7E9&n=20",
        ] {
            assert_eq!(read(query).url("/x"), format!("/x?{query}"));
        }
        for bad in [
            "after=5.10.7",
            "at=5&after=5.0.7",
            "at=5&after=-5.1.7",
            "at=9e3&n=4",
            "state=paused&bin=1",
            "sort=ratio&after=5~1",
        ] {
            assert_eq!(read(bad).url("/x"), "/x", "{bad}");
        }
        let future = format!("at={}&after=5.10.7", AT.0 + 1);
        assert_eq!(read(&future).position, PagePosition::First);
    }
}
