//! The list of leads as its URL describes it: filters, sort order, page and columns.

use crate::leads::domain::columns::ListColumn;
use crate::leads::domain::cursor::Cursor;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::sort::LeadSort;
use crate::records::columns::VisibleColumns;
use crate::records::fields::Fields;
use crate::records::filters::FilterSet;
use crate::records::list::PAGE_SIZES;
use crate::records::list::{List, PagePosition, Pair, Sort, per_page_pair, read_per_page};

/// A list of leads as its URL describes it. A list with an invalid filter has no leads; an invalid sort order or cursor
/// means the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub filter: LeadFilter,
    pub sort: Sort<LeadSort>,
    pub per_page: i64,
    pub position: PagePosition<Cursor>,
    /// The number of rows before this page, or 0 if the URL doesn't say.
    pub offset: i64,
    pub columns: VisibleColumns<ListColumn>,
}

impl Default for Listing {
    fn default() -> Self {
        Listing {
            filter: LeadFilter::default(),
            sort: Sort::default(),
            per_page: PAGE_SIZES[0],
            position: PagePosition::First,
            offset: 0,
            columns: VisibleColumns::default(),
        }
    }
}

impl Listing {
    /// Reads the list from the query of a URL or the body of a bulk action.
    pub fn read(fields: &Fields) -> Listing {
        let sort = Sort::read(fields);
        let position = PagePosition::read(fields, |text| Cursor::parse(text, sort.key));
        let position = match (position, fields.text("at")) {
            (PagePosition::First, Some("end")) => PagePosition::Last,
            (position, _) => position,
        };
        Listing {
            filter: LeadFilter::read(fields),
            sort,
            per_page: read_per_page(fields),
            offset: read_offset(fields, &position),
            position,
            columns: VisibleColumns::read(fields),
        }
    }

    /// The first page of all leads that a filter leaves.
    pub fn of(filter: LeadFilter) -> Listing {
        Listing {
            filter,
            ..Listing::default()
        }
    }

    /// This list at another position, `by` rows further.
    pub fn at_position(&self, position: PagePosition<Cursor>, by: i64) -> Listing {
        Listing {
            position,
            offset: (self.offset + by).max(0),
            ..self.clone()
        }
    }
}

/// The number of rows before a page, or 0 if the URL doesn't say.
pub fn read_offset<C>(fields: &Fields, position: &PagePosition<C>) -> i64 {
    let offset = fields.text("n").and_then(|text| text.parse::<i64>().ok());
    offset.filter(|_| !position.is_first()).unwrap_or(0).max(0)
}

/// The query parameter of the number of rows before a page.
pub fn offset_pair(offset: i64) -> Option<Pair> {
    (offset > 0).then(|| ("n", offset.to_string()))
}

impl List for Listing {
    type Filters = LeadFilter;

    fn filters(&self) -> &LeadFilter {
        &self.filter
    }

    fn filters_mut(&mut self) -> &mut LeadFilter {
        &mut self.filter
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = self.filter.filter_pairs();
        pairs.extend(self.sort.pair());
        pairs.extend(per_page_pair(self.per_page));
        pairs.extend(self.columns.pairs());
        pairs.extend(self.position.pair(Cursor::to_param));
        pairs.extend(offset_pair(self.offset));
        pairs
    }

    fn first_page(&self) -> Listing {
        Listing {
            position: PagePosition::First,
            offset: 0,
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
    fn an_invalid_filter_is_unreadable_and_stays_in_the_url() {
        let query =
            "status=01&owner=x&state=odd&created_from=1.1.2026&entered_to=x&currency=XYZ&bin=yes";
        let listing = read(query);
        assert!(
            listing.filter.readable_pairs().is_empty(),
            "none of them narrows it"
        );
        assert_eq!(listing.url("/x"), format!("/x?{query}"));
        assert!(
            !listing.filter.has_counters() && !listing.filter.has_entry_counters(),
            "no counters"
        );
        let errors = listing.filter.unreadable.errors();
        assert_eq!(errors.iter().count(), 7, "{errors:?}");
    }

    #[test]
    fn an_invalid_sort_order_or_cursor_means_the_default() {
        assert_eq!(
            read("sort=-colour&per=7&after=x~1&n=-4"),
            Listing::default()
        );
        assert_eq!(
            read("after=5~01&before=a%00~1&sort=name").position,
            PagePosition::First
        );
    }

    #[test]
    fn a_url_holds_what_differs_from_the_default_and_round_trips() {
        for query in [
            "q=a%26b&status=3&owner=none&source=Web&state=stuck&handoff=overdue&created_from=2026-01-01&created_to=2026-02-01&entered_from=2026-01-03&entered_to=2026-01-04&tz=Europe%2FBucharest&currency=RON&bin=1&sort=name&per=50&after=ana%7Epop%7E7&n=50",
            "owner=me&sort=-value&cols=owner&cols=age&before=-1%7E9&n=20",
            "state=on_track&at=end&n=980",
        ] {
            assert_eq!(read(query).url("/x"), format!("/x?{query}"));
        }
        assert_eq!(Listing::default().url("/x"), "/x");
    }

    /// A filter that any of these forget would show leads that it should hide.
    #[test]
    fn every_filter_narrows_the_list_and_round_trips() {
        use crate::leads::domain::filters::Filter;
        use crate::records::filters::FilterKey as _;
        // A time zone alone narrows nothing.
        let others = Filter::ALL.iter().filter(|filter| **filter != Filter::Zone);
        for filter in others {
            let value = filter.example();
            let query = crate::records::link::link("", [(filter.name(), value)]);
            let query = query.trim_start_matches('?');
            let fields = Fields::from_urlencoded(query.as_bytes()).unwrap_or_default();
            let listing = Listing::read(&fields);
            assert_ne!(listing, Listing::default(), "{query}");
            assert_eq!(listing.url("/x"), format!("/x?{query}"));
            assert_eq!(listing.without(*filter), Listing::default());
        }
    }

    #[test]
    fn every_filter_has_its_texts_in_both_languages() {
        use crate::i18n::Lang;
        use crate::leads::domain::filters::Filter;
        use crate::records::filters::FilterKey as _;
        for filter in Filter::ALL {
            let (_, label, active) = filter.control();
            for key in [label, active, filter.refusal()] {
                for lang in [Lang::En, Lang::Ro] {
                    let text = lang.format(key, &[("value", "a".into())]);
                    assert_ne!(text, key, "{lang:?}");
                }
            }
        }
    }
}
