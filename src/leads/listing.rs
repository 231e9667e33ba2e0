use chrono::NaiveDate;

pub use super::mark::{Mark, MarkKey, Turn};
use super::{Columns, Span, State};
use crate::money::Currency;
use crate::web::PAGE_SIZES;
use crate::web::fields::{Fields, parse_id};

/// Rows on a page of the list unless the URL says otherwise.
const PER_PAGE: i64 = PAGE_SIZES[0];
/// The most characters of a search that count; what is longer finds nothing more.
const QUERY_MAX: usize = 100;

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

/// The state of a list of leads as its URL says it: filters, order and place. A bad value means its default.
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
            q: line(fields.text("q").unwrap_or_default()),
            status: fields.text("status").and_then(parse_id),
            owner: fields.text("owner").and_then(owner),
            source: fields
                .text("source")
                .map(line)
                .filter(|text| !text.is_empty()),
            state: fields.text("state").and_then(state),
            created: Span::read(fields, "created_from", "created_to"),
            entered: Span::read(fields, "entered_from", "entered_to"),
            currency: fields.text("currency").and_then(Currency::named),
            is_bin: fields.text("bin") == Some("1"),
            sort,
            is_reversed,
            per: number("per")
                .filter(|per| PAGE_SIZES.contains(per))
                .unwrap_or(PER_PAGE),
            columns: Columns::read(fields),
            ..Listing::default()
        };
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

    /// True if anything but order and place is set.
    pub fn is_filtered(&self) -> bool {
        !self.filter_pairs().is_empty()
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
            || !self.created.is_endless();
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

    /// Name and value of the filters that are set.
    pub fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let owner = self.owner.map(|owner| match owner {
            OwnerFilter::Nobody => "none".to_owned(),
            OwnerFilter::Me => "me".to_owned(),
            OwnerFilter::User(id) => id.to_string(),
        });
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let filters = [
            ("q", Some(self.q.clone()).filter(|q| !q.is_empty())),
            ("status", self.status.map(|id| id.to_string())),
            ("owner", owner),
            ("source", self.source.clone()),
            ("state", self.state.map(|state| state.as_str().to_owned())),
            ("created_from", day(self.created.from)),
            ("created_to", day(self.created.to)),
            ("entered_from", day(self.entered.from)),
            ("entered_to", day(self.entered.to)),
            ("currency", self.currency.map(|it| it.code().to_owned())),
            ("bin", self.is_bin.then(|| "1".to_owned())),
        ];
        let set = filters.into_iter();
        set.filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// The same list without the filter of this name.
    pub fn without(mut self, name: &str) -> Listing {
        match name {
            "q" => self.q.clear(),
            "status" => self.status = None,
            "owner" => self.owner = None,
            "source" => self.source = None,
            "state" => self.state = None,
            "created_from" => self.created.from = None,
            "created_to" => self.created.to = None,
            "entered_from" => self.entered.from = None,
            "entered_to" => self.entered.to = None,
            "currency" => self.currency = None,
            "bin" => self.is_bin = false,
            _ => {}
        }
        self
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

fn owner(word: &str) -> Option<OwnerFilter> {
    match word {
        "none" => Some(OwnerFilter::Nobody),
        "me" => Some(OwnerFilter::Me),
        word => parse_id(word).map(OwnerFilter::User),
    }
}

fn state(word: &str) -> Option<State> {
    let known = [State::OnTrack, State::AtRisk, State::Stuck, State::Paused];
    known.into_iter().find(|state| state.as_str() == word)
}

fn line(typed: &str) -> String {
    let plain = typed.trim().replace('\0', "\u{fffd}");
    plain.chars().take(QUERY_MAX).collect()
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
    fn a_bad_value_means_its_default() {
        let listing = read(
            "status=01&owner=x&state=odd&created_from=1.1.2026&entered_to=x&currency=XYZ&bin=yes&sort=-colour&per=7&after=x~1&n=-4",
        );
        assert_eq!(listing, Listing::default());
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
