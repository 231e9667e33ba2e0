use super::{Columns, Kind};
use crate::web::PAGE_SIZES;
use crate::web::fields::Fields;

/// Rows on a page of the list unless the URL says otherwise.
const PER_PAGE: i64 = PAGE_SIZES[0];
/// The most characters of a search that count; what is longer finds nothing more.
const QUERY_MAX: usize = 100;

/// Which statuses a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Archived {
    /// Those in use.
    #[default]
    No,
    /// Only archived ones: `archived=1`.
    Only,
    /// Both: `archived=all`.
    All,
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// The pipeline; archived ones at its end.
    #[default]
    Position,
    Name,
    Leads,
    UpdatedAt,
}

/// The state of a list as its URL says it: filters, order and page. A bad value means its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub q: String,
    pub kind: Option<Kind>,
    pub archived: Archived,
    /// Only those with stuck leads: `stuck=1`.
    pub is_stuck: bool,
    pub sort: SortKey,
    pub is_reversed: bool,
    /// From 1; a page past the end is the last one.
    pub page: i64,
    pub per: i64,
    pub columns: Columns,
}

impl Default for Listing {
    fn default() -> Self {
        Listing {
            q: String::new(),
            kind: None,
            archived: Archived::No,
            is_stuck: false,
            sort: SortKey::Position,
            is_reversed: false,
            page: 1,
            per: PER_PAGE,
            columns: Columns::default(),
        }
    }
}

impl Listing {
    /// The list that a URL or the body of a bulk action describes.
    pub fn read(fields: &Fields) -> Listing {
        let (sort, is_reversed) = sort(fields.text("sort").unwrap_or_default());
        let number = |name: &str| fields.text(name).and_then(|text| text.parse::<i64>().ok());
        let per = number("per").filter(|per| PAGE_SIZES.contains(per));
        Listing {
            q: query(fields.text("q").unwrap_or_default()),
            kind: fields.text("kind").and_then(|word| word.parse().ok()),
            archived: match fields.text("archived") {
                Some("1") => Archived::Only,
                Some("all") => Archived::All,
                _ => Archived::No,
            },
            is_stuck: fields.text("stuck") == Some("1"),
            sort,
            is_reversed,
            page: fields
                .text("page")
                .and_then(whole)
                .filter(|page| *page >= 1)
                .map_or(1, |page| page.min(1_000_000)),
            per: per.unwrap_or(PER_PAGE),
            columns: Columns::read(fields),
        }
    }

    /// The list that an API call asks for; without a page, everything at once.
    pub fn read_api(fields: &Fields) -> (Listing, bool) {
        let mut listing = Listing::read(fields);
        let number = |name: &str| fields.text(name).and_then(whole);
        let is_paged = ["page", "nr_page", "per_page"]
            .iter()
            .any(|name| fields.has(name));
        let page = number("page").or_else(|| number("nr_page")).unwrap_or(1);
        listing.page = page.clamp(1, 1_000_000);
        listing.per = number("per_page").unwrap_or(PER_PAGE).clamp(1, 100);
        (listing, is_paged)
    }

    /// True if rows may be dragged: the whole pipeline, in its own order.
    pub fn is_pipeline(&self) -> bool {
        self.q.is_empty()
            && self.kind.is_none()
            && self.archived == Archived::No
            && !self.is_stuck
            && self.sort == SortKey::Position
            && !self.is_reversed
    }

    /// True if anything but the order and the page is set.
    pub fn is_filtered(&self) -> bool {
        !self.filter_pairs().is_empty()
    }

    /// The word of the order in the URL; `-` reverses.
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

    /// Name and value of everything that differs from the default, the filters first.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter_pairs();
        if self.sort != SortKey::Position || self.is_reversed {
            pairs.push(("sort", self.sort_word()));
        }
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        if self.per != PER_PAGE {
            pairs.push(("per", self.per.to_string()));
        }
        pairs.extend(self.columns.pairs());
        pairs
    }

    /// Name and value of the filters that are set.
    pub fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        if let Some(kind) = self.kind {
            pairs.push(("kind", kind.to_string()));
        }
        match self.archived {
            Archived::No => {}
            Archived::Only => pairs.push(("archived", "1".to_owned())),
            Archived::All => pairs.push(("archived", "all".to_owned())),
        }
        if self.is_stuck {
            pairs.push(("stuck", "1".to_owned()));
        }
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

    /// How many rows this list has, given how many there are of each kind.
    pub fn total(&self, counts: &[(Kind, i64)]) -> i64 {
        let is_shown = |kind| self.kind.is_none_or(|wanted| wanted == kind);
        counts
            .iter()
            .filter(|(kind, _)| is_shown(*kind))
            .map(|(_, count)| count)
            .sum()
    }

    /// The page, which exists, and how many there are, for `total` rows.
    pub fn place(&self, total: i64) -> (i64, i64) {
        let pages = ((total + self.per - 1) / self.per).max(1);
        (self.page.min(pages), pages)
    }
}

/// A whole number; one beyond all bounds is the greatest there is.
fn whole(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let is_huge = typed.len() > 18 && typed.bytes().all(|byte| byte.is_ascii_digit());
    if is_huge {
        Some(i64::MAX)
    } else {
        typed.parse().ok()
    }
}

fn query(typed: &str) -> String {
    typed
        .trim()
        .replace('\0', "\u{fffd}")
        .chars()
        .take(QUERY_MAX)
        .collect()
}

fn sort(word: &str) -> (SortKey, bool) {
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
    fn a_bad_value_means_its_default() {
        let listing = read("kind=odd&sort=-colour&page=0&per=7&archived=maybe&stuck=yes");
        assert_eq!(listing, Listing::default());
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
        assert_eq!(read("page=9").place(41), (3, 3));
        assert_eq!(read("page=2").place(41), (2, 3));
        assert_eq!(read("page=99999999999999999999").place(41), (3, 3));
        assert_eq!(read("page=9").place(0), (1, 1));
    }
}
