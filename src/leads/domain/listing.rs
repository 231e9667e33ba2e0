//! The list of leads as its URL describes it: filters, sort order, page and columns.

use crate::leads::domain::columns::VisibleColumns;
pub use crate::leads::domain::cursor::{Cursor, CursorKey, PagePosition};
use crate::leads::domain::date_range::DateRange;
use crate::money::Currency;
use crate::records::PAGE_SIZES;
use crate::records::fields::Fields;
use crate::records::filters::{Filtered, Unreadable, filter_table};
use crate::statuses::State;

filter_table! {
    /// The filters of a list of leads.
    Filter {
        Q = "q", "web-filter-unreadable";
        Status = "status", "lead-filter-status";
        Owner = "owner", "lead-filter-owner";
        Source = "source", "web-filter-unreadable";
        State = "state", "lead-filter-state";
        CreatedFrom = "created_from", "lead-filter-created";
        CreatedTo = "created_to", "lead-filter-created";
        EnteredFrom = "entered_from", "lead-filter-entered";
        EnteredTo = "entered_to", "lead-filter-entered";
        Currency = "currency", "lead-filter-currency";
        Bin = "bin", "lead-filter-bin";
    }
}

/// Rows on a page of the list unless the URL says otherwise.
const PER_PAGE: i64 = PAGE_SIZES[0];

/// The filter by owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerFilter {
    /// Leads without an owner: `owner=none`.
    Unassigned,
    /// The leads of the current user: `owner=me`.
    Me,
    User(i64),
}

/// The sort key of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    #[default]
    CreatedAt,
    Name,
    Value,
    /// The time in their status.
    Age,
    UpdatedAt,
}

impl SortKey {
    /// All sort keys.
    pub const ALL: [SortKey; 5] = [
        SortKey::CreatedAt,
        SortKey::Name,
        SortKey::Value,
        SortKey::Age,
        SortKey::UpdatedAt,
    ];

    /// Its value in the URL.
    pub fn as_str(self) -> &'static str {
        match self {
            SortKey::CreatedAt => "created_at",
            SortKey::Name => "name",
            SortKey::Value => "value",
            SortKey::Age => "age",
            SortKey::UpdatedAt => "updated_at",
        }
    }
}

/// A list of leads as its URL describes it. A list with an invalid filter has no leads; an invalid sort order or cursor
/// means the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub q: String,
    /// A status's id.
    pub status: Option<i64>,
    pub owner: Option<OwnerFilter>,
    pub source: Option<String>,
    /// One of on track, at risk, stuck, paused.
    pub state: Option<State>,
    /// The days on which they were made.
    pub created: DateRange,
    /// The days on which they entered their status.
    pub entered: DateRange,
    /// The currency of their value.
    pub currency: Option<Currency>,
    /// True for the leads in the bin instead of the others.
    pub is_bin: bool,
    pub unreadable: Unreadable<Filter>,
    pub sort: SortKey,
    pub is_reversed: bool,
    pub per_page: i64,
    pub position: PagePosition,
    /// The number of rows before this page, or 0 if the URL doesn't say.
    pub offset: i64,
    pub columns: VisibleColumns,
}

impl Default for Listing {
    fn default() -> Self {
        Listing {
            q: String::new(),
            status: None,
            owner: None,
            source: None,
            state: None,
            created: DateRange::default(),
            entered: DateRange::default(),
            currency: None,
            is_bin: false,
            unreadable: Unreadable::default(),
            sort: SortKey::CreatedAt,
            is_reversed: true,
            per_page: PER_PAGE,
            position: PagePosition::First,
            offset: 0,
            columns: VisibleColumns::default(),
        }
    }
}

impl Listing {
    /// Reads the list from the query of a URL or the body of a bulk action.
    pub fn read(fields: &Fields) -> Listing {
        let (sort, is_reversed) = parse_sort(fields.text("sort").unwrap_or_default());
        let number = |name: &str| fields.text(name).and_then(|text| text.parse::<i64>().ok());
        let mut listing = Listing {
            sort,
            is_reversed,
            per_page: number("per")
                .filter(|per| PAGE_SIZES.contains(per))
                .unwrap_or(PER_PAGE),
            columns: VisibleColumns::read(fields),
            ..Listing::default()
        };
        listing.read_filters(fields);
        listing.position = PagePosition::read(fields, sort);
        if listing.position != PagePosition::First {
            listing.offset = number("n").unwrap_or(0).max(0);
        }
        listing
    }

    /// This list with `owner=me` replaced by the id of the current user.
    pub fn for_user(mut self, user_id: i64) -> Listing {
        if self.owner == Some(OwnerFilter::Me) {
            self.owner = Some(OwnerFilter::User(user_id));
        }
        self
    }

    /// True if counters hold the number of its leads: only status, state and bin are filtered.
    pub fn has_counters(&self) -> bool {
        self.has_entry_counters() && self.entered.is_unbounded()
    }

    /// True if counters by day of entry hold the number of its leads: status, state, bin and days of entry are
    /// filtered. They leave out the bin.
    pub fn has_entry_counters(&self) -> bool {
        let is_narrow = !self.q.is_empty()
            || self.owner.is_some()
            || self.source.is_some()
            || self.currency.is_some()
            || !self.created.is_unbounded()
            || !self.unreadable.is_empty();
        !is_narrow
    }

    /// The sort order in the URL; `-` reverses.
    pub fn sort_param(&self) -> String {
        let reversed = if self.is_reversed { "-" } else { "" };
        format!("{reversed}{}", self.sort.as_str())
    }

    /// The query parameters that differ from the default, the filters first.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter_pairs();
        let default = Listing::default();
        if (self.sort, self.is_reversed) != (default.sort, default.is_reversed) {
            pairs.push(("sort", self.sort_param()));
        }
        if self.per_page != PER_PAGE {
            pairs.push(("per", self.per_page.to_string()));
        }
        pairs.extend(self.columns.pairs());
        match &self.position {
            PagePosition::First => return pairs,
            PagePosition::After(cursor) => pairs.push(("after", cursor.to_param())),
            PagePosition::Before(cursor) => pairs.push(("before", cursor.to_param())),
            PagePosition::Last => pairs.push(("at", "end".to_owned())),
        }
        if self.offset > 0 {
            pairs.push(("n", self.offset.to_string()));
        }
        pairs
    }

    /// This list filtered by another state, in the bin or not; `None` means all states.
    pub fn with_state(self, state: Option<State>, is_bin: bool) -> Listing {
        Listing {
            state,
            is_bin,
            ..self.without("state").without("bin")
        }
    }

    /// The URL of this list under `path`, without defaults.
    pub fn url(&self, path: &str) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            return path.to_owned();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        format!("{path}?{}", query.finish())
    }

    /// The filters and the page size alone, with the rest at its default.
    pub fn only_filters(self) -> Listing {
        let default = Listing::default();
        Listing {
            sort: default.sort,
            is_reversed: default.is_reversed,
            position: PagePosition::First,
            offset: 0,
            ..self
        }
    }

    /// The first page of this list.
    pub fn first_page(&self) -> Listing {
        Listing {
            position: PagePosition::First,
            offset: 0,
            ..self.clone()
        }
    }
}

fn parse_sort(word: &str) -> (SortKey, bool) {
    let (name, is_reversed) = match word.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    let sort_key = SortKey::ALL.into_iter().find(|key| key.as_str() == name);
    sort_key.map_or((SortKey::CreatedAt, true), |key| (key, is_reversed))
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
        let rest = Listing {
            unreadable: Unreadable::default(),
            ..listing.clone()
        };
        assert_eq!(rest, Listing::default(), "none of them narrows it");
        assert_eq!(listing.url("/x"), format!("/x?{query}"));
        assert!(
            !listing.has_counters() && !listing.has_entry_counters(),
            "no counters"
        );
        let errors = listing.unreadable.errors();
        assert_eq!(errors.iter().count(), 7, "{errors:?}");
    }

    /// A filter that any of these forget would show leads that it should hide.
    #[test]
    fn every_filter_narrows_the_list_and_round_trips() {
        use crate::records::filters::Filter as _;
        for filter in Filter::ALL {
            let value = match filter {
                Filter::Q | Filter::Source => "a",
                Filter::Status | Filter::Owner => "7",
                Filter::State => "stuck",
                Filter::Currency => "RON",
                Filter::Bin => "1",
                _ => "2026-01-02",
            };
            let query = format!("{}={value}", filter.name());
            let listing = read(&query);
            assert_ne!(listing, Listing::default(), "{query}");
            assert_eq!(listing.url("/x"), format!("/x?{query}"));
            assert_eq!(listing.without(filter.name()), Listing::default());
        }
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
            "q=a%26b&status=3&owner=none&source=Web&state=stuck&created_from=2026-01-01&created_to=2026-02-01&entered_from=2026-01-03&entered_to=2026-01-04&currency=RON&bin=1&sort=name&per=50&after=ana%7Epop%7E7&n=50",
            "owner=me&sort=-value&cols=owner&cols=age&before=-1%7E9&n=20",
            "state=on_track&at=end&n=980",
        ] {
            assert_eq!(read(query).url("/x"), format!("/x?{query}"));
        }
        assert_eq!(Listing::default().url("/x"), "/x");
    }

    #[test]
    fn owner_me_means_the_current_user() {
        let mine = read("owner=me").for_user(7);
        assert_eq!(mine.owner, Some(OwnerFilter::User(7)));
    }
}
