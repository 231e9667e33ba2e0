//! Lists as their URLs describe them: filters, sort order and page.

use crate::error::Result;
use crate::records::fields::Fields;
use crate::records::filters::{FilterKey, FilterProblem, FilterSet};
use crate::records::link::link;

/// The choices for the number of rows of a page; the first is the default.
pub const PAGE_SIZES: [i64; 3] = [20, 50, 100];
/// The most rows of a page of the API.
pub const MAX_API_PAGE: i64 = 100;

/// A query parameter.
pub type Pair = (&'static str, String);

/// The filters of a list.
pub type FilterOf<L> = <<L as List>::Filters as FilterSet>::Filter;

/// An active filter, with the URL of the list without it.
pub struct ActiveFilter {
    pub label: String,
    pub href: String,
}

/// A list as its URL describes it.
pub trait List: Clone {
    type Filters: FilterSet;

    /// The filters of the list.
    fn filters(&self) -> &Self::Filters;

    /// The filters of the list, to be changed.
    fn filters_mut(&mut self) -> &mut Self::Filters;

    /// The query parameters that differ from the default, the filters first.
    fn pairs(&self) -> Vec<Pair>;

    /// This list from its first row on.
    fn first_page(&self) -> Self;

    /// This list, if every filter can be read.
    ///
    /// # Errors
    /// Returns [`crate::error::Error::Invalid`] at the names of filters that can't be read.
    fn require_readable(self) -> Result<Self> {
        self.filters().unreadable().errors().value_or_invalid(self)
    }

    /// The URL of this list under `path`, without defaults.
    fn url(&self, path: &str) -> String {
        link(path, self.pairs())
    }

    /// The first page of this list without one filter.
    fn without(&self, filter: FilterOf<Self>) -> Self {
        let mut list = self.first_page();
        list.filters_mut().clear(filter);
        list
    }

    /// The first page of this list without its filters, except some of them.
    fn without_filters(&self, except: &[FilterOf<Self>]) -> Self {
        let mut list = self.first_page();
        for filter in FilterOf::<Self>::ALL {
            let is_unreadable = self.filters().unreadable().text(*filter).is_some();
            if !except.contains(filter) || is_unreadable {
                list.filters_mut().clear(*filter);
            }
        }
        list
    }

    /// The query parameters that a form sends as hidden fields, without those that it sets itself.
    fn hidden_fields(&self, without: &[&str]) -> Vec<Pair> {
        let mut pairs = self.first_page().pairs();
        pairs.retain(|(name, _)| !without.contains(name));
        pairs
    }

    /// The active ones of some filters; `label` makes the label of a filter with its value.
    fn active_filters(
        &self,
        path: &str,
        filters: impl IntoIterator<Item = FilterOf<Self>>,
        label: impl Fn(FilterOf<Self>, String) -> String,
    ) -> Vec<ActiveFilter> {
        let active = |filter: FilterOf<Self>| {
            Some(ActiveFilter {
                label: label(filter, self.filters().value(filter)?),
                href: self.without(filter).url(path),
            })
        };
        filters.into_iter().filter_map(active).collect()
    }

    /// The filters that can't be read.
    fn problems(&self, path: &str) -> Vec<FilterProblem> {
        let filters = self.filters();
        filters.problems(|filter| self.without(filter).url(path))
    }
}

/// A key that a list can be sorted by.
pub trait SortKey: Copy + PartialEq + 'static {
    const ALL: &'static [Self];

    /// The order of a list whose URL names none.
    const DEFAULT: Sort<Self>;

    /// Its value in the URL.
    fn as_str(self) -> &'static str;

    /// True if the first click on its column sorts descending, since the greatest values matter most.
    fn begins_descending(self) -> bool {
        false
    }

    /// Reads the value of the URL.
    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.as_str() == name)
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort<K> {
    pub key: K,
    pub is_reversed: bool,
}

impl<K: SortKey> Default for Sort<K> {
    fn default() -> Self {
        K::DEFAULT
    }
}

impl<K: SortKey> Sort<K> {
    /// Reads the order from `sort`; an invalid one means the default.
    pub fn read(fields: &Fields) -> Sort<K> {
        let text = fields.text("sort").unwrap_or_default();
        let reversed = text.strip_prefix('-');
        K::parse(reversed.unwrap_or(text)).map_or(K::DEFAULT, |key| Sort {
            key,
            is_reversed: reversed.is_some(),
        })
    }

    /// Its value in the URL; `-` reverses.
    pub fn to_param(self) -> String {
        let sign = if self.is_reversed { "-" } else { "" };
        format!("{sign}{}", self.key.as_str())
    }

    /// Its query parameter; none for the default.
    pub fn pair(self) -> Option<Pair> {
        (self != K::DEFAULT).then(|| ("sort", self.to_param()))
    }

    /// Sorted by a column: in its first direction, or in the other one if it is sorted so already.
    pub fn toggled(self, key: K) -> Sort<K> {
        Sort {
            key,
            is_reversed: match self.key == key {
                true => !self.is_reversed,
                false => key.begins_descending(),
            },
        }
    }

    /// The value of `aria-sort` of a column; empty for other columns.
    pub fn aria(self, key: K) -> &'static str {
        match (self.key == key, self.is_reversed) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }
}

/// Which page of a list to read, by a cursor: a position in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PagePosition<C> {
    #[default]
    First,
    After(C),
    Before(C),
    /// The last page.
    Last,
}

impl<C> PagePosition<C> {
    /// Reads `after` or `before`; without a valid one it is the first page.
    pub fn read(fields: &Fields, parse: impl Fn(&str) -> Option<C>) -> PagePosition<C> {
        let cursor = |name: &str| parse(fields.text(name)?);
        match (cursor("after"), cursor("before")) {
            (Some(cursor), _) => PagePosition::After(cursor),
            (None, Some(cursor)) => PagePosition::Before(cursor),
            (None, None) => PagePosition::First,
        }
    }

    /// Its query parameter; none for the first page.
    pub fn pair(&self, to_param: impl Fn(&C) -> String) -> Option<Pair> {
        match self {
            PagePosition::First => None,
            PagePosition::After(cursor) => Some(("after", to_param(cursor))),
            PagePosition::Before(cursor) => Some(("before", to_param(cursor))),
            PagePosition::Last => Some(("at", "end".to_owned())),
        }
    }

    /// True for the first page.
    pub fn is_first(&self) -> bool {
        matches!(self, PagePosition::First)
    }

    /// True if the page is read from its end.
    pub fn is_backward(&self) -> bool {
        matches!(self, PagePosition::Before(_) | PagePosition::Last)
    }

    /// The cursor from which the page is read.
    pub fn cursor(&self) -> Option<&C> {
        match self {
            PagePosition::After(cursor) | PagePosition::Before(cursor) => Some(cursor),
            PagePosition::First | PagePosition::Last => None,
        }
    }
}

/// The rows of one page, and whether others come before and after it.
#[derive(Debug, Clone)]
pub struct PageRows<T> {
    pub rows: Vec<T>,
    pub has_previous: bool,
    pub has_next: bool,
}

impl<T> Default for PageRows<T> {
    fn default() -> Self {
        PageRows {
            rows: Vec::new(),
            has_previous: false,
            has_next: false,
        }
    }
}

impl<T> PageRows<T> {
    /// True if there are no other pages.
    pub fn is_whole(&self) -> bool {
        !self.has_previous && !self.has_next
    }

    /// The page in rows that were read from `position` in its direction: one more than `per_page` if others follow.
    pub fn cut<C>(mut rows: Vec<T>, position: &PagePosition<C>, per_page: i64) -> PageRows<T> {
        let per_page = usize::try_from(per_page).unwrap_or(0);
        let has_more = rows.len() > per_page;
        rows.truncate(per_page);
        if position.is_backward() {
            rows.reverse();
        }
        let (has_previous, has_next) = match position {
            PagePosition::First => (false, has_more),
            PagePosition::After(_) => (true, has_more),
            PagePosition::Before(_) => (has_more, true),
            PagePosition::Last => (has_more, false),
        };
        PageRows {
            rows,
            has_previous,
            has_next,
        }
    }
}

/// The number of rows of a page in `per`, if it is one of [`PAGE_SIZES`].
pub fn read_per_page(fields: &Fields) -> i64 {
    let per = fields.text("per").and_then(|text| text.parse().ok());
    per.filter(|per| PAGE_SIZES.contains(per))
        .unwrap_or(PAGE_SIZES[0])
}

/// The query parameter of the rows per page; none for the default.
pub fn per_page_pair(per_page: i64) -> Option<Pair> {
    (per_page != PAGE_SIZES[0]).then(|| ("per", per_page.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_its_rows_in_order_and_knows_its_neighbours() {
        let cut = |rows: &[i32], position: PagePosition<i32>| {
            let page = PageRows::cut(rows.to_vec(), &position, 2);
            (page.rows, page.has_previous, page.has_next)
        };
        assert_eq!(
            cut(&[1, 2], PagePosition::First),
            (vec![1, 2], false, false)
        );
        assert_eq!(
            cut(&[1, 2, 3], PagePosition::First),
            (vec![1, 2], false, true)
        );
        assert_eq!(cut(&[3], PagePosition::After(2)), (vec![3], true, false));
        assert_eq!(
            cut(&[4, 3, 2], PagePosition::Before(5)),
            (vec![3, 4], true, true)
        );
        assert_eq!(
            cut(&[2, 1], PagePosition::Before(3)),
            (vec![1, 2], false, true)
        );
        assert_eq!(
            cut(&[9, 8, 7], PagePosition::Last),
            (vec![8, 9], true, false)
        );
    }
}
