//! Pages of the visits or offers behind a number.

/// Rows on a page.
const PER_PAGE: usize = 50;

/// One page of the visits or offers behind a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowPage<T> {
    pub rows: Vec<T>,
    /// The rows of all pages.
    pub total: i64,
    /// The number of the page, from 1.
    pub number: usize,
    pub pages: usize,
}

impl<T> RowPage<T> {
    /// The page of this number, or the last one if there are fewer. `rows` are those of all pages up to this one at least.
    pub fn new(
        rows: impl IntoIterator<Item = T>,
        total: usize,
        number: usize,
        max_pages: usize,
    ) -> RowPage<T> {
        let pages = total.div_ceil(PER_PAGE).clamp(1, max_pages);
        let number = number.clamp(1, pages);
        let rows = rows.into_iter().skip((number - 1) * PER_PAGE);
        RowPage {
            rows: rows.take(PER_PAGE).collect(),
            total: total as i64,
            number,
            pages,
        }
    }

    /// How many rows the pages up to this number have.
    pub fn rows_up_to(number: usize) -> usize {
        number * PER_PAGE
    }

    /// True if there are more rows than pages for them.
    pub fn is_cut(&self) -> bool {
        self.total > Self::rows_up_to(self.pages) as i64
    }
}
