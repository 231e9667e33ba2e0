use crate::error::Result;
use crate::i18n::Message;
use crate::records::PAGE_SIZES;
use crate::records::fields::{Fields, FromFields, parse_id};

/// The page that a query asks for.
#[derive(Debug, Clone, Copy)]
pub struct PageNumber {
    /// From 1; another number means the nearest page.
    pub page: i64,
    /// Rows per page; another number than those of [`PAGE_SIZES`] means the default.
    pub per: i64,
}

impl FromFields for PageNumber {
    fn from_fields(fields: Fields) -> Result<PageNumber> {
        let number = |name| fields.text(name).and_then(parse_id).unwrap_or_default();
        Ok(PageNumber {
            page: number("page"),
            per: number("per"),
        })
    }
}

impl PageNumber {
    /// The pairs of an address; defaults are left out.
    pub fn pairs(self) -> [(&'static str, String); 2] {
        let number = |number: i64, default| match number == default {
            true => String::new(),
            false => number.to_string(),
        };
        let per = number(self.per, PAGE_SIZES[0]);
        [("page", number(self.page, 1)), ("per", per)]
    }
}

/// Which page of a list is shown, and the links to the others.
pub struct Paging {
    /// The rows there are, over all pages.
    pub total: i64,
    /// Rows per page.
    pub per: i64,
    /// The page shown, from 1.
    pub page: i64,
    /// The pages there are; at least 1.
    pub pages: i64,
    href: Box<dyn Fn(PageNumber) -> String + Send + Sync>,
}

/// A number that leads somewhere, or a gap between numbers.
#[derive(Debug, Clone, PartialEq)]
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

impl Paging {
    /// The page asked for, or the last one if it is past the end. `href` makes the address of a page.
    pub fn new(
        total: i64,
        PageNumber { page, per }: PageNumber,
        href: impl Fn(PageNumber) -> String + Send + Sync + 'static,
    ) -> Paging {
        let per = match PAGE_SIZES.contains(&per) {
            true => per,
            false => PAGE_SIZES[0],
        };
        let pages = ((total + per - 1) / per).max(1);
        Paging {
            total,
            per,
            page: page.clamp(1, pages),
            pages,
            href: Box::new(href),
        }
    }

    fn href(&self, page: i64, per: i64) -> String {
        (self.href)(PageNumber { page, per })
    }

    /// The rows before this page.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.per
    }

    /// "1–20 of 42".
    pub fn range(&self) -> Message {
        Message::new("web-range")
            .with(
                "from",
                if self.total == 0 {
                    0
                } else {
                    self.offset() + 1
                },
            )
            .with("to", (self.offset() + self.per).min(self.total))
            .with("total", self.total)
    }

    /// The way to the page before.
    pub fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| self.href(self.page - 1, self.per))
    }

    /// The way to the page after.
    pub fn next(&self) -> Option<String> {
        (self.page < self.pages).then(|| self.href(self.page + 1, self.per))
    }

    /// First and last page, those around the current one, and the gaps between.
    pub fn links(&self) -> Vec<PageLink> {
        let mut steps: Vec<PageLink> = Vec::new();
        let near =
            |number: i64| number == 1 || number == self.pages || (number - self.page).abs() <= 1;
        for number in (1..=self.pages).filter(|number| near(*number)) {
            if steps.last().is_some_and(|last| last.number + 1 < number) {
                steps.push(PageLink {
                    number: 0,
                    href: String::new(),
                    is_current: false,
                });
            }
            let href = self.href(number, self.per);
            steps.push(PageLink {
                number,
                href,
                is_current: number == self.page,
            });
        }
        steps
    }

    /// The page sizes on offer; each leads to the first page.
    pub fn sizes(&self) -> Vec<PageLink> {
        let size = |number| PageLink {
            number,
            href: self.href(1, number),
            is_current: number == self.per,
        };
        PAGE_SIZES.into_iter().map(size).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(total: i64, per: i64, page: i64) -> Paging {
        Paging::new(
            total,
            PageNumber { page, per },
            |PageNumber { page, per }| format!("?page={page}&per={per}"),
        )
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
        assert_eq!(paging(5, 7, -3).per, 20);
    }

    #[test]
    fn far_pages_are_left_out() {
        let numbers = |page| {
            paging(400, 20, page)
                .links()
                .iter()
                .map(|step| step.number)
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(1), [1, 2, 0, 20]);
        assert_eq!(numbers(10), [1, 0, 9, 10, 11, 0, 20]);
    }
}
