pub use super::mark::{Mark, MarkKey, Turn};
use super::{Columns, Span, State};
use crate::money::Currency;
use crate::web::PAGE_SIZES;
use crate::web::fields::Fields;
use crate::web::filters::{Filtered, Unreadable, filter_table};

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

/// Whose leads a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerFilter {
    /// Those of nobody: `owner=none`.
    Nobody,
    /// Those of the one who asks: `owner=me`.
    Me,
    User(i64),
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    #[default]
    CreatedAt,
    Name,
    Value,
    /// How long they have been in their status.
    Age,
    UpdatedAt,
}

impl SortKey {
    /// The keys there are.
    pub const ALL: [SortKey; 5] = [
        SortKey::CreatedAt,
        SortKey::Name,
        SortKey::Value,
        SortKey::Age,
        SortKey::UpdatedAt,
    ];

    /// The word in the URL.
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

/// The state of a list of leads as its URL says it: filters, order and place. A filter that can't be read is kept as
/// one, and such a list has no leads; a bad order or place means its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub q: String,
    /// A status's id.
    pub status: Option<i64>,
    pub owner: Option<OwnerFilter>,
    pub source: Option<String>,
    /// One of on track, at risk, stuck, paused.
    pub state: Option<State>,
    /// When they were made.
    pub created: Span,
    /// When they entered their status.
    pub entered: Span,
    /// Those with a value in it.
    pub currency: Option<Currency>,
    /// True for the leads in the bin, and only those.
    pub is_bin: bool,
    pub unreadable: Unreadable<Filter>,
    pub sort: SortKey,
    pub is_reversed: bool,
    pub per: i64,
    pub turn: Turn,
    /// How many rows stand before this page, as far as the way here tells.
    pub seen: i64,
    pub columns: Columns,
}

impl Default for Listing {
    fn default() -> Self {
        Listing {
            q: String::new(),
            status: None,
            owner: None,
            source: None,
            state: None,
            created: Span::default(),
            entered: Span::default(),
            currency: None,
            is_bin: false,
            unreadable: Unreadable::default(),
            sort: SortKey::CreatedAt,
            is_reversed: true,
            per: PER_PAGE,
            turn: Turn::First,
            seen: 0,
            columns: Columns::default(),
        }
    }
}

impl Listing {
    /// The list that a URL or the body of a bulk action describes.
    pub fn read(fields: &Fields) -> Listing {
        let (sort, is_reversed) = sort(fields.text("sort").unwrap_or_default());
        let number = |name: &str| fields.text(name).and_then(|text| text.parse::<i64>().ok());
        let mut listing = Listing {
            sort,
            is_reversed,
            per: number("per")
                .filter(|per| PAGE_SIZES.contains(per))
                .unwrap_or(PER_PAGE),
            columns: Columns::read(fields),
            ..Listing::default()
        };
        listing.read_filters(fields);
        listing.turn = Turn::read(fields, sort);
        if listing.turn != Turn::First {
            listing.seen = number("n").unwrap_or(0).max(0);
        }
        listing
    }

    /// The same list for the one who asks: `owner=me` is their id.
    pub fn for_user(mut self, user_id: i64) -> Listing {
        if self.owner == Some(OwnerFilter::Me) {
            self.owner = Some(OwnerFilter::User(user_id));
        }
        self
    }

    /// True if nothing narrows the list but status, state and bin, of which the counters know how many there are.
    pub fn is_plain(&self) -> bool {
        self.is_by_entry() && self.entered.is_endless()
    }

    /// The same, but for the days of entry, by which the leads that are not in the bin are counted, too.
    pub fn is_by_entry(&self) -> bool {
        let is_narrow = !self.q.is_empty()
            || self.owner.is_some()
            || self.source.is_some()
            || self.currency.is_some()
            || !self.created.is_endless()
            || !self.unreadable.is_empty();
        !is_narrow
    }

    /// The word of the order in the URL; `-` reverses.
    pub fn sort_word(&self) -> String {
        let reversed = if self.is_reversed { "-" } else { "" };
        format!("{reversed}{}", self.sort.as_str())
    }

    /// Name and value of everything that differs from the default, the filters first.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter_pairs();
        let standard = Listing::default();
        if (self.sort, self.is_reversed) != (standard.sort, standard.is_reversed) {
            pairs.push(("sort", self.sort_word()));
        }
        if self.per != PER_PAGE {
            pairs.push(("per", self.per.to_string()));
        }
        pairs.extend(self.columns.pairs());
        match &self.turn {
            Turn::First => return pairs,
            Turn::After(mark) => pairs.push(("after", mark.to_word())),
            Turn::Before(mark) => pairs.push(("before", mark.to_word())),
            Turn::Last => pairs.push(("at", "end".to_owned())),
        }
        if self.seen > 0 {
            pairs.push(("n", self.seen.to_string()));
        }
        pairs
    }

    /// The same filters but for how leads stand: in this state, or all, in the bin or not.
    pub fn standing(self, state: Option<State>, is_bin: bool) -> Listing {
        Listing {
            state,
            is_bin,
            ..self.without("state").without("bin")
        }
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

    /// The same filters with everything else at its default, but for the rows on a page.
    pub fn filters_alone(self) -> Listing {
        let standard = Listing::default();
        Listing {
            sort: standard.sort,
            is_reversed: standard.is_reversed,
            turn: Turn::First,
            seen: 0,
            ..self
        }
    }

    /// The same list from its beginning.
    pub fn from_start(&self) -> Listing {
        Listing {
            turn: Turn::First,
            seen: 0,
            ..self.clone()
        }
    }
}

fn sort(word: &str) -> (SortKey, bool) {
    let (plain, is_reversed) = match word.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    let known = SortKey::ALL.into_iter().find(|key| key.as_str() == plain);
    known.map_or((SortKey::CreatedAt, true), |key| (key, is_reversed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Listing {
        Listing::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
    }

    #[test]
    fn a_bad_filter_is_kept_as_one_that_cannot_be_read() {
        let query =
            "status=01&owner=x&state=odd&created_from=1.1.2026&entered_to=x&currency=XYZ&bin=yes";
        let listing = read(query);
        let rest = Listing {
            unreadable: Unreadable::default(),
            ..listing.clone()
        };
        assert_eq!(rest, Listing::default(), "none of them narrows it");
        assert_eq!(listing.url("/x"), format!("/x?{query}"));
        assert!(!listing.is_plain() && !listing.is_by_entry(), "no counters");
        let errors = listing.unreadable.errors();
        assert_eq!(errors.iter().count(), 7, "{errors:?}");
    }

    /// A filter that reading, writing or a list's counters forget would widen a list.
    #[test]
    fn every_filter_of_the_table_narrows_the_list_and_is_written_as_it_was_read() {
        use crate::web::filters::Filter as _;
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
    fn a_bad_order_or_place_means_its_default() {
        assert_eq!(
            read("sort=-colour&per=7&after=x~1&n=-4"),
            Listing::default()
        );
        assert_eq!(read("after=5~01&before=a%00~1&sort=name").turn, Turn::First);
    }

    #[test]
    fn the_url_says_what_differs_from_the_default_and_reads_back_the_same() {
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
    fn the_one_who_asks_is_a_user_like_any_other() {
        let mine = read("owner=me").for_user(7);
        assert_eq!(mine.owner, Some(OwnerFilter::User(7)));
    }
}
