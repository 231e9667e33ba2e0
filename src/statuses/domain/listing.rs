//! The state of the list of statuses: filters, order, page and columns, read from and written to its URL.

use crate::error::Result;
use crate::records::columns::VisibleColumns;
use crate::records::fields::Fields;
use crate::records::filter_value::{FilterParam, FilterValue, SearchText, ValueFormat};
use crate::records::filters::{FilterKey as _, FilterSet, UnreadableFilters, filter_table};
use crate::records::list::{List, Pair, Sort, SortKey, per_page_pair, read_per_page};
use crate::records::list::{MAX_API_PAGE, PAGE_SIZES};
use crate::records::paging::page_count;
use crate::records::paging::{MAX_PAGE, page_pair, parse_whole, read_page};
use crate::statuses::domain::columns::StatusColumn;
use crate::statuses::domain::kind::Kind;
use crate::words::word_enum;

/// The filters of a list of statuses. A list with an unreadable one is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusFilter {
    pub q: SearchText,
    pub kind: Option<Kind>,
    pub archived: ArchivedFilter,
    /// Only those with stuck leads.
    pub is_stuck: bool,
    pub unreadable: UnreadableFilters<StatusFilterField>,
}

filter_table! {
    /// The filters of a list of statuses.
    StatusFilterField of StatusFilter {
        /// Words to find in name and definition, without regard to case and accents.
        Q = "q", q: SearchText, "web-filter-unreadable";
        /// Only those of this kind.
        Kind = "kind", kind: Option<Kind>, "status-filter-kind";
        /// `1` lists only archived ones, `all` both; they are left out otherwise.
        Archived = "archived", archived: ArchivedFilter, "status-filter-archived";
        /// `1` lists only those with stuck leads.
        Stuck = "stuck", is_stuck: bool, "status-filter-stuck";
    }
}

/// The filter by archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ArchivedFilter {
    /// Those in use.
    #[default]
    No,
    /// Only archived ones: `archived=1`.
    Only,
    /// Both: `archived=all`.
    All,
}

impl FilterValue for ArchivedFilter {
    fn parse(typed: &str) -> Option<ArchivedFilter> {
        match typed {
            "" | "0" => Some(ArchivedFilter::No),
            "1" => Some(ArchivedFilter::Only),
            "all" => Some(ArchivedFilter::All),
            _ => None,
        }
    }

    fn to_param(&self) -> Option<String> {
        match self {
            ArchivedFilter::No => None,
            ArchivedFilter::Only => Some("1".to_owned()),
            ArchivedFilter::All => Some("all".to_owned()),
        }
    }

    fn format() -> ValueFormat {
        ValueFormat::Pattern("^(0|1|all)$")
    }
}

impl FilterParam for Kind {
    fn from_param(typed: &str) -> Option<Kind> {
        typed.parse().ok()
    }

    fn to_param(&self) -> String {
        self.to_string()
    }

    fn format() -> ValueFormat {
        ValueFormat::Words(Kind::ALL.map(Kind::as_str).to_vec())
    }
}

word_enum! {
    /// The order of a list.
    pub enum StatusSort {
        /// The pipeline; archived ones at its end.
        Position = "position",
        Name = "name",
        Leads = "leads",
        /// The share of their leads that are stuck.
        Stuck = "stuck",
        UpdatedAt = "updated_at",
    }
}

impl SortKey for StatusSort {
    const ALL: &'static [StatusSort] = &StatusSort::ALL;

    const DEFAULT: Sort<StatusSort> = Sort {
        key: StatusSort::Position,
        is_reversed: false,
    };

    fn as_str(self) -> &'static str {
        self.as_str()
    }

    fn begins_descending(self) -> bool {
        self == StatusSort::Stuck
    }

    /// The API has names of its own for some keys.
    fn parse(word: &str) -> Option<StatusSort> {
        match word {
            "statusorder" => Some(StatusSort::Position),
            "lead_count" => Some(StatusSort::Leads),
            "stuck_share" => Some(StatusSort::Stuck),
            word => StatusSort::from_word(word),
        }
    }
}

/// The state of a list: filters, order and page. An unreadable order or page means its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub filter: StatusFilter,
    pub sort: Sort<StatusSort>,
    /// From 1; a page past the end is the last one.
    pub page: i64,
    pub per_page: i64,
    pub columns: VisibleColumns<StatusColumn>,
}

impl Default for Listing {
    fn default() -> Self {
        Listing {
            filter: StatusFilter::default(),
            sort: Sort::default(),
            page: 1,
            per_page: PAGE_SIZES[0],
            columns: VisibleColumns::default(),
        }
    }
}

impl Listing {
    /// Reads the state from a URL or the body of a bulk action.
    pub fn read(fields: &Fields) -> Listing {
        Listing {
            filter: StatusFilter::read(fields),
            sort: Sort::read(fields),
            page: read_page(fields),
            per_page: read_per_page(fields),
            columns: VisibleColumns::read(fields),
        }
    }

    /// Reads the state from the query of an API call; the flag is false if no page was asked for.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] at the filters that can't be read, and at unknown parameters.
    pub fn read_api(fields: &Fields) -> Result<(Listing, bool)> {
        let filters = StatusFilterField::ALL.iter().map(|filter| filter.name());
        let others = ["sort", "page", "nr_page", "per_page"];
        fields.refuse_others(&filters.chain(others).collect::<Vec<_>>())?;
        let mut listing = Listing::read(fields).require_readable()?;
        let number = |name: &str| fields.text(name).and_then(parse_whole);
        let is_paged = ["page", "nr_page", "per_page"]
            .iter()
            .any(|name| fields.has(name));
        let page = number("page").or_else(|| number("nr_page")).unwrap_or(1);
        listing.page = page.clamp(1, MAX_PAGE);
        listing.per_page = number("per_page")
            .unwrap_or(PAGE_SIZES[0])
            .clamp(1, MAX_API_PAGE);
        Ok((listing, is_paged))
    }

    /// True if the list is the whole pipeline in its order, so that rows may be dragged.
    pub fn is_pipeline(&self) -> bool {
        !self.filter.is_filtered() && self.sort == Sort::default()
    }

    /// The number of rows of this list, given the numbers by kind.
    pub fn total(&self, counts: &[(Kind, i64)]) -> i64 {
        let is_shown = |kind| self.filter.kind.is_none_or(|filter| filter == kind);
        counts
            .iter()
            .filter(|(kind, _)| is_shown(*kind))
            .map(|(_, count)| count)
            .sum()
    }

    /// The nearest existing page, and the number of pages, for `total` rows.
    pub fn clamp_page(&self, total: i64) -> (i64, i64) {
        let pages = page_count(total, self.per_page);
        (self.page.min(pages), pages)
    }
}

impl List for Listing {
    type Filters = StatusFilter;

    fn filters(&self) -> &StatusFilter {
        &self.filter
    }

    fn filters_mut(&mut self) -> &mut StatusFilter {
        &mut self.filter
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = self.filter.filter_pairs();
        pairs.extend(self.sort.pair());
        pairs.extend(page_pair(self.page));
        pairs.extend(per_page_pair(self.per_page));
        pairs.extend(self.columns.pairs());
        pairs
    }

    fn first_page(&self) -> Listing {
        Listing {
            page: 1,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Listing {
        Listing::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
    }

    #[test]
    fn a_bad_order_or_page_means_its_default() {
        assert_eq!(read("sort=-colour&page=0&per=7"), Listing::default());
    }

    #[test]
    fn a_bad_filter_is_kept_as_unreadable() {
        let query = "kind=odd&archived=maybe&stuck=yes";
        let listing = read(query);
        assert_eq!(listing.url("/x"), format!("/x?{query}"));
        assert_eq!(listing.filter.unreadable.errors().iter().count(), 3);
        assert!(listing.filter.readable_pairs().is_empty() && !listing.is_pipeline());
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap_or_default();
        assert!(Listing::read_api(&fields).is_err());
    }

    #[test]
    fn every_filter_of_the_table_narrows_the_list_and_is_written_as_it_was_read() {
        for filter in StatusFilterField::ALL {
            let value = match filter {
                StatusFilterField::Q => "a",
                StatusFilterField::Kind => "won",
                StatusFilterField::Archived => "all",
                StatusFilterField::Stuck => "1",
            };
            let query = format!("{}={value}", filter.name());
            let listing = read(&query);
            assert!(!listing.is_pipeline(), "{query}");
            assert_eq!(listing.url("/x"), format!("/x?{query}"));
            assert_eq!(listing.without(*filter), Listing::default());
        }
    }

    #[test]
    fn the_url_says_what_differs_from_the_default_and_reads_back_the_same() {
        let query = "q=a%26b&kind=open&archived=all&stuck=1&sort=-leads&page=2&per=50";
        let url = read(query).url("/x");
        assert_eq!(url, format!("/x?{query}"));
        assert_eq!(read(""), Listing::default());
        assert_eq!(Listing::default().url("/x"), "/x");
    }

    #[test]
    fn a_page_past_the_end_is_the_last_one() {
        assert_eq!(read("page=9").clamp_page(41), (3, 3));
        assert_eq!(read("page=2").clamp_page(41), (2, 3));
        assert_eq!(read("page=99999999999999999999").clamp_page(41), (3, 3));
        assert_eq!(read("page=9").clamp_page(0), (1, 1));
    }
}
