//! The pager below the list of leads.

use crate::i18n::Message;
use crate::leads::actions::counts::{BoundedCount, ResultPage};
use crate::leads::domain::listing::Listing;
use crate::records::list::PAGE_SIZES;
use crate::records::list::{List, PagePosition};
use crate::records::paging::PageLink;

/// The range of rows on a page, and links to other pages.
#[derive(Debug, Clone)]
pub struct Pager {
    /// "21–40 of 8,800".
    pub range: Message,
    pub sizes: Vec<PageLink>,
    pub first: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub last: Option<String>,
}

impl Pager {
    /// The pager of a page of the list under `path`, which has `total` leads.
    pub fn new(results: &ResultPage, total: BoundedCount, path: &str) -> Pager {
        let listing = &results.listing;
        let before = rows_before(results, total);
        let count = results.page.rows.len() as i64;
        let url = |target: Listing, offset: i64| Listing { offset, ..target }.url(path);
        let last = Listing {
            position: PagePosition::Last,
            ..listing.first_page()
        };
        let size = |per| PageLink {
            number: per,
            href: Listing {
                per_page: per,
                ..listing.first_page()
            }
            .url(path),
            is_current: per == listing.per_page,
        };
        Pager {
            range: range(before, count, total),
            sizes: PAGE_SIZES.into_iter().map(size).collect(),
            first: results
                .page
                .has_previous
                .then(|| listing.first_page().url(path)),
            previous: results.previous_listing().map(|target| {
                let offset = before.map_or(0, |before| (before - listing.per_page).max(0));
                url(target, offset)
            }),
            next: results
                .next_listing()
                .map(|target| url(target, before.map_or(0, |before| before + count))),
            last: results.page.has_next.then(|| last.url(path)),
        }
    }

    /// True if there are other pages.
    pub fn has_others(&self) -> bool {
        self.first.is_some() || self.last.is_some()
    }
}

/// The number of rows before this page. It is known at both ends of the list; between them it is what the URL says, and
/// `None` if it says nothing.
fn rows_before(results: &ResultPage, total: BoundedCount) -> Option<i64> {
    let count = results.page.rows.len() as i64;
    let offset = results.listing.offset;
    match results.page.has_previous {
        false => Some(0),
        true if !results.page.has_next && !total.is_lower_bound => {
            Some((total.count - count).max(0))
        }
        true if offset > 0 && total.is_lower_bound => Some(offset),
        true if offset > 0 => Some(offset.min((total.count - count).max(0))),
        true => None,
    }
}

fn range(before: Option<i64>, count: i64, total: BoundedCount) -> Message {
    let key = match (before, total.is_lower_bound) {
        (Some(_), false) => "web-range",
        (Some(before), true) if before + count < total.count => "lead-range-more",
        (Some(_), true) => "lead-range-of-many",
        (None, false) => "lead-range-somewhere",
        (None, true) => "lead-range-somewhere-more",
    };
    let message = Message::new(key);
    let message = match before {
        Some(before) => message
            .with("from", if count == 0 { 0 } else { before + 1 })
            .with("to", before + count),
        None => message.with("count", count),
    };
    match key {
        "lead-range-of-many" => message,
        _ => message.with("total", total.count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::leads::domain::lead::tests::lead;
    use crate::records::list::PageRows;

    const SHORT: BoundedCount = BoundedCount {
        count: 42,
        is_lower_bound: false,
    };
    const LONG: BoundedCount = BoundedCount {
        count: 5_000,
        is_lower_bound: true,
    };

    fn pageful(query: &str, has_earlier: bool, has_later: bool) -> ResultPage {
        let fields = crate::records::fields::Fields::from_urlencoded(query.as_bytes());
        ResultPage {
            listing: Listing::read(&fields.unwrap_or_default()),
            page: PageRows {
                rows: (1..=20).map(|id| lead(id, "Ana")).collect(),
                has_previous: has_earlier,
                has_next: has_later,
            },
        }
    }

    fn text(query: &str, ends: (bool, bool), total: BoundedCount) -> String {
        let pager = Pager::new(&pageful(query, ends.0, ends.1), total, "/x");
        pager.range.text(Lang::En)
    }

    #[test]
    fn the_range_of_a_page_shows_what_is_known() {
        assert_eq!(text("", (false, true), SHORT), "1–20 of 42");
        assert_eq!(text("after=5~1&n=20", (true, true), SHORT), "21–40 of 42");
        assert_eq!(text("at=end", (true, false), SHORT), "23–42 of 42");
        assert_eq!(text("after=5~1&n=900", (true, true), SHORT), "23–42 of 42");
        assert_eq!(text("after=5~1", (true, true), SHORT), "20 of 42");
        assert_eq!(
            text("after=5~1&n=40", (true, true), LONG),
            "41–60 of 5,000+"
        );
        assert_eq!(text("after=5~1&n=6000", (true, true), LONG), "6,001–6,020");
        assert_eq!(text("at=end", (true, false), LONG), "20 of 5,000+");
    }

    #[test]
    fn a_link_carries_the_offset() {
        let middle = Pager::new(&pageful("after=5~1&n=20&per=20", true, true), SHORT, "/x");
        let next = middle.next.unwrap();
        assert!(next.contains("after=") && next.ends_with("&n=40"), "{next}");
        let previous = middle.previous.unwrap();
        assert!(
            previous.contains("before=") && !previous.contains("n="),
            "{previous}"
        );
        assert_eq!(middle.first.as_deref(), Some("/x"));
        assert_eq!(middle.last.as_deref(), Some("/x?at=end"));
        let last = Pager::new(&pageful("at=end", true, false), LONG, "/x");
        assert!(
            !last.previous.unwrap().contains("n="),
            "the offset is unknown"
        );
        assert!(last.next.is_none() && last.last.is_none());
    }
}
