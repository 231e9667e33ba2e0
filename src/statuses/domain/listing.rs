//! The state of the list of statuses: filters, order, page and columns, read from and written to its URL.

use crate::error::Result;
use crate::records::PAGE_SIZES;
use crate::records::fields::Fields;
use crate::records::filters::{Filtered, Unreadable, filter_table, set, set_flag};
use crate::statuses::domain::columns::Columns;
use crate::statuses::domain::kind::Kind;

filter_table! {
    /// The filters of a list of statuses.
    Filter {
        Q = "q", "web-filter-unreadable";
        Kind = "kind", "status-filter-kind";
        Archived = "archived", "status-filter-archived";
        Stuck = "stuck", "status-filter-stuck";
    }
}

/// The default number of rows on a page.
const PER_PAGE: i64 = PAGE_SIZES[0];
/// The most characters of a search; the rest is ignored.
const QUERY_MAX: usize = 100;

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

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// The pipeline; archived ones at its end.
    #[default]
    Position,
    Name,
    Leads,
    UpdatedAt,
}

/// The state of a list: filters, order and page. A list with an unreadable filter is empty; an unreadable order or page
/// means its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub q: String,
    pub kind: Option<Kind>,
    pub archived: ArchivedFilter,
    /// Only those with stuck leads: `stuck=1`.
    pub is_stuck: bool,
    pub unreadable: Unreadable<Filter>,
    pub sort: SortKey,
    pub is_reversed: bool,
    /// From 1; a page past the end is the last one.
    pub page: i64,
    pub per_page: i64,
    pub columns: Columns,
}

impl Default for Listing {
    fn default() -> Self {
        Listing {
            q: String::new(),
            kind: None,
            archived: ArchivedFilter::No,
            is_stuck: false,
            unreadable: Unreadable::default(),
            sort: SortKey::Position,
            is_reversed: false,
            page: 1,
            per_page: PER_PAGE,
            columns: Columns::default(),
        }
    }
}

impl Listing {
    /// Reads the state from a URL or the body of a bulk action.
    pub fn read(fields: &Fields) -> Listing {
        let (sort, is_reversed) = parse_sort(fields.text("sort").unwrap_or_default());
        let number = |name: &str| fields.text(name).and_then(|text| text.parse::<i64>().ok());
        let per = number("per").filter(|per| PAGE_SIZES.contains(per));
        let mut listing = Listing {
            sort,
            is_reversed,
            page: fields
                .text("page")
                .and_then(parse_whole)
                .filter(|page| *page >= 1)
                .map_or(1, |page| page.min(1_000_000)),
            per_page: per.unwrap_or(PER_PAGE),
            columns: Columns::read(fields),
            ..Listing::default()
        };
        listing.read_filters(fields);
        listing
    }

    /// Reads the state from the query of an API call; the flag is false if no page was asked for.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] at the filters that can't be read.
    pub fn read_api(fields: &Fields) -> Result<(Listing, bool)> {
        let mut listing = Listing::read(fields).readable()?;
        let number = |name: &str| fields.text(name).and_then(parse_whole);
        let is_paged = ["page", "nr_page", "per_page"]
            .iter()
            .any(|name| fields.has(name));
        let page = number("page").or_else(|| number("nr_page")).unwrap_or(1);
        listing.page = page.clamp(1, 1_000_000);
        listing.per_page = number("per_page").unwrap_or(PER_PAGE).clamp(1, 100);
        Ok((listing, is_paged))
    }

    /// True if the list is the whole pipeline in its order, so that rows may be dragged.
    pub fn is_pipeline(&self) -> bool {
        self.q.is_empty()
            && self.kind.is_none()
            && self.archived == ArchivedFilter::No
            && !self.is_stuck
            && self.unreadable.is_empty()
            && self.sort == SortKey::Position
            && !self.is_reversed
    }

    /// The order in the URL; `-` reverses.
    pub fn sort_word(&self) -> String {
        let word = match self.sort {
            SortKey::Position => "position",
            SortKey::Name => "name",
            SortKey::Leads => "leads",
            SortKey::UpdatedAt => "updated_at",
        };
        if self.is_reversed {
            format!("-{word}")
        } else {
            word.to_owned()
        }
    }

    /// The query parameters of everything that differs from the default, filters first.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter_pairs();
        if self.sort != SortKey::Position || self.is_reversed {
            pairs.push(("sort", self.sort_word()));
        }
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        if self.per_page != PER_PAGE {
            pairs.push(("per", self.per_page.to_string()));
        }
        pairs.extend(self.columns.pairs());
        pairs
    }

    /// The address of this list under `path`; defaults are left out.
    pub fn url(&self, path: &str) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            return path.to_owned();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        format!("{path}?{}", query.finish())
    }

    /// The number of rows of this list, given the numbers by kind.
    pub fn total(&self, counts: &[(Kind, i64)]) -> i64 {
        let is_shown = |kind| self.kind.is_none_or(|wanted| wanted == kind);
        counts
            .iter()
            .filter(|(kind, _)| is_shown(*kind))
            .map(|(_, count)| count)
            .sum()
    }

    /// The nearest existing page, and the number of pages, for `total` rows.
    pub fn clamp_page(&self, total: i64) -> (i64, i64) {
        let pages = ((total + self.per_page - 1) / self.per_page).max(1);
        (self.page.min(pages), pages)
    }
}

impl ArchivedFilter {
    fn from_word(word: &str) -> Option<ArchivedFilter> {
        match word {
            "" | "0" => Some(ArchivedFilter::No),
            "1" => Some(ArchivedFilter::Only),
            "all" => Some(ArchivedFilter::All),
            _ => None,
        }
    }
}

impl Filtered for Listing {
    type Filter = Filter;

    fn set(&mut self, filter: Filter, typed: &str) -> bool {
        match filter {
            Filter::Q => self.q = clean_query(typed),
            Filter::Kind => return set(&mut self.kind, typed, |word| word.parse().ok()),
            Filter::Archived => match ArchivedFilter::from_word(typed) {
                Some(archived) => self.archived = archived,
                None => return false,
            },
            Filter::Stuck => return set_flag(&mut self.is_stuck, typed),
        }
        true
    }

    fn value(&self, filter: Filter) -> Option<String> {
        match filter {
            Filter::Q => Some(self.q.clone()).filter(|q| !q.is_empty()),
            Filter::Kind => self.kind.map(|kind| kind.to_string()),
            Filter::Archived => match self.archived {
                ArchivedFilter::No => None,
                ArchivedFilter::Only => Some("1".to_owned()),
                ArchivedFilter::All => Some("all".to_owned()),
            },
            Filter::Stuck => self.is_stuck.then(|| "1".to_owned()),
        }
    }

    fn unreadable(&self) -> &Unreadable<Filter> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut Unreadable<Filter> {
        &mut self.unreadable
    }
}

/// A whole number; a larger one than fits is the greatest that fits.
fn parse_whole(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let is_huge = typed.len() > 18 && typed.bytes().all(|byte| byte.is_ascii_digit());
    if is_huge {
        Some(i64::MAX)
    } else {
        typed.parse().ok()
    }
}

fn clean_query(typed: &str) -> String {
    typed
        .trim()
        .replace('\0', "\u{fffd}")
        .chars()
        .take(QUERY_MAX)
        .collect()
}

fn parse_sort(word: &str) -> (SortKey, bool) {
    let (word, is_reversed) = match word.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    match word {
        "position" | "statusorder" => (SortKey::Position, is_reversed),
        "name" => (SortKey::Name, is_reversed),
        "leads" | "lead_count" => (SortKey::Leads, is_reversed),
        "updated_at" => (SortKey::UpdatedAt, is_reversed),
        _ => (SortKey::Position, false),
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
        assert_eq!(listing.unreadable.errors().iter().count(), 3);
        assert!(listing.readable_pairs().is_empty() && !listing.is_pipeline());
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap_or_default();
        assert!(Listing::read_api(&fields).is_err());
    }

    #[test]
    fn every_filter_of_the_table_narrows_the_list_and_is_written_as_it_was_read() {
        use crate::records::filters::Filter as _;
        for filter in Filter::ALL {
            let value = match filter {
                Filter::Q => "a",
                Filter::Kind => "won",
                Filter::Archived => "all",
                Filter::Stuck => "1",
            };
            let query = format!("{}={value}", filter.name());
            let listing = read(&query);
            assert!(!listing.is_pipeline(), "{query}");
            assert_eq!(listing.url("/x"), format!("/x?{query}"));
            assert_eq!(listing.without(filter.name()), Listing::default());
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
