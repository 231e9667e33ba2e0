//! Numbered pages of a list.

use crate::error::Result;
use crate::i18n::Message;
use crate::records::fields::{Fields, FromFields};
use crate::records::filters::FilterSet;
use crate::records::list::{List, PAGE_SIZES, Pair, per_page_pair, read_per_page};

/// The greatest number of a page.
pub const MAX_PAGE: i64 = 1_000_000;

/// The number of the page that a URL asks for, from 1.
pub fn read_page(fields: &Fields) -> i64 {
    let page = fields.text("page").and_then(parse_whole);
    page.filter(|page| *page >= 1)
        .map_or(1, |page| page.min(MAX_PAGE))
}

/// The query parameter of a page; none for the first.
pub fn page_pair(page: i64) -> Option<Pair> {
    (page > 1).then(|| ("page", page.to_string()))
}

/// A whole number; a larger one than fits is the greatest that fits.
pub fn parse_whole(text: &str) -> Option<i64> {
    let text = text.trim();
    let is_huge = text.len() > 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    match is_huge {
        true => Some(i64::MAX),
        false => text.parse().ok(),
    }
}

/// A list with numbered pages as its URL describes it.
#[derive(Debug, Clone)]
pub struct NumberedList<F> {
    pub filter: F,
    /// From 1; a page past the end is the last one.
    pub page: i64,
    pub per_page: i64,
}

impl<F: FilterSet> NumberedList<F> {
    /// The pages of this list under `path`, which has `total` rows.
    pub fn paging(&self, total: i64, path: &'static str) -> Paging
    where
        F: Send + Sync + 'static,
    {
        let list = self.clone();
        Paging::new(total, self.per_page, self.page, move |page, per_page| {
            let mut list = list.clone();
            (list.page, list.per_page) = (page, per_page);
            list.url(path)
        })
    }
}

impl<F: FilterSet> FromFields for NumberedList<F> {
    fn from_fields(fields: Fields) -> Result<NumberedList<F>> {
        Ok(NumberedList {
            filter: F::read(&fields),
            page: read_page(&fields),
            per_page: read_per_page(&fields),
        })
    }
}

impl<F: FilterSet> List for NumberedList<F> {
    type Filters = F;

    fn filters(&self) -> &F {
        &self.filter
    }

    fn filters_mut(&mut self) -> &mut F {
        &mut self.filter
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = self.filter.filter_pairs();
        pairs.extend(page_pair(self.page));
        pairs.extend(per_page_pair(self.per_page));
        pairs
    }

    fn first_page(&self) -> NumberedList<F> {
        NumberedList {
            page: 1,
            ..self.clone()
        }
    }
}

/// The page of a list that is shown, and the links to the others.
pub struct Paging {
    /// The number of rows on all pages.
    pub total: i64,
    /// Rows per page.
    pub per_page: i64,
    /// The number of the page that is shown, from 1.
    pub page: i64,
    /// The number of pages; at least 1.
    pub pages: i64,
    href: Box<dyn Fn(i64, i64) -> String + Send + Sync>,
}

/// A link with a number, or a gap between numbers, which is the default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageLink {
    /// The page or the page size; 0 for a gap.
    pub number: i64,
    pub href: String,
    pub is_current: bool,
}

impl PageLink {
    /// True for the "…" between far pages.
    pub fn is_gap(&self) -> bool {
        self.number == 0
    }
}

/// The number of pages for `total` rows; at least 1.
pub fn page_count(total: i64, per_page: i64) -> i64 {
    ((total + per_page - 1) / per_page).max(1)
}

impl Paging {
    /// The page asked for, or the last one if it is past the end. `href` makes the address of a page number
    /// with a page size.
    pub fn new(
        total: i64,
        per_page: i64,
        page: i64,
        href: impl Fn(i64, i64) -> String + Send + Sync + 'static,
    ) -> Paging {
        let pages = page_count(total, per_page);
        Paging {
            total,
            per_page,
            page: page.clamp(1, pages),
            pages,
            href: Box::new(href),
        }
    }

    /// The rows before this page.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.per_page
    }

    /// "1–20 of 42".
    pub fn range(&self) -> Message {
        Message::new("web-range")
            .with("from", self.total.min(self.offset() + 1))
            .with("to", (self.offset() + self.per_page).min(self.total))
            .with("total", self.total)
    }

    /// The link to the page before.
    pub fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| (self.href)(self.page - 1, self.per_page))
    }

    /// The link to the page after.
    pub fn next(&self) -> Option<String> {
        (self.page < self.pages).then(|| (self.href)(self.page + 1, self.per_page))
    }

    /// First and last page, those around the current one, and the gaps between.
    pub fn links(&self) -> Vec<PageLink> {
        let mut links: Vec<PageLink> = Vec::new();
        let is_near =
            |number: i64| number == 1 || number == self.pages || (number - self.page).abs() <= 1;
        for number in (1..=self.pages).filter(|number| is_near(*number)) {
            if links.last().is_some_and(|last| last.number + 1 < number) {
                links.push(PageLink::default());
            }
            let href = (self.href)(number, self.per_page);
            links.push(PageLink {
                number,
                href,
                is_current: number == self.page,
            });
        }
        links
    }

    /// The links that change the number of rows of a page; each leads to the first page.
    pub fn sizes(&self) -> Vec<PageLink> {
        let size = |number| PageLink {
            number,
            href: (self.href)(1, number),
            is_current: number == self.per_page,
        };
        PAGE_SIZES.into_iter().map(size).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(total: i64, per_page: i64, page: i64) -> Paging {
        Paging::new(total, per_page, page, |page, per| {
            format!("?page={page}&per={per}")
        })
    }

    #[test]
    fn a_page_past_the_end_is_the_last_one() {
        let last = paging(42, 20, 99);
        assert_eq!((last.page, last.pages, last.offset()), (3, 3, 40));
        assert_eq!(
            (last.next(), last.previous().as_deref()),
            (None, Some("?page=2&per=20"))
        );
        assert_eq!(paging(0, 20, 1).pages, 1);
        assert_eq!(paging(5, 20, -3).page, 1);
    }

    #[test]
    fn far_pages_are_left_out() {
        let numbers = |page| {
            paging(400, 20, page)
                .links()
                .iter()
                .map(|link| link.number)
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(1), [1, 2, 0, 20]);
        assert_eq!(numbers(10), [1, 0, 9, 10, 11, 0, 20]);
    }
}
