use crate::i18n::Message;
use crate::leads::{Counted, Listing, Pageful, Turn};
use crate::web::{PAGE_SIZES, Step};

/// Where a page stands in its list, and the way to the others.
#[derive(Debug, Clone)]
pub struct Turns {
    /// "21–40 of 8,800".
    pub range: Message,
    pub sizes: Vec<Step>,
    pub first: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub last: Option<String>,
}

impl Turns {
    /// The turns of a page of the list under `path`, which has `total` leads.
    pub fn new(pageful: &Pageful, total: Counted, path: &str) -> Turns {
        let listing = &pageful.listing;
        let before = rows_before(pageful, total);
        let count = pageful.rows.len() as i64;
        let url = |turn: Listing, seen: i64| Listing { seen, ..turn }.url(path);
        let last = Listing {
            turn: Turn::Last,
            ..listing.from_start()
        };
        let size = |per| Step {
            number: per,
            href: Listing {
                per,
                ..listing.from_start()
            }
            .url(path),
            is_current: per == listing.per,
        };
        Turns {
            range: range(before, count, total),
            sizes: PAGE_SIZES.into_iter().map(size).collect(),
            first: pageful.has_earlier.then(|| listing.from_start().url(path)),
            previous: pageful.earlier().map(|turn| {
                let seen = before.map_or(0, |before| (before - listing.per).max(0));
                url(turn, seen)
            }),
            next: pageful
                .later()
                .map(|turn| url(turn, before.map_or(0, |before| before + count))),
            last: pageful.has_later.then(|| last.url(path)),
        }
    }

    /// True if the list has more than this page.
    pub fn has_others(&self) -> bool {
        self.first.is_some() || self.last.is_some()
    }
}

/// How many rows stand before this page. Nobody counts them: either end is known, in between it is what the way here
/// tells, and nothing for an address that tells nothing.
fn rows_before(pageful: &Pageful, total: Counted) -> Option<i64> {
    let count = pageful.rows.len() as i64;
    let seen = pageful.listing.seen;
    match pageful.has_earlier {
        false => Some(0),
        true if !pageful.has_later && !total.is_more => Some((total.count - count).max(0)),
        true if seen > 0 && total.is_more => Some(seen),
        true if seen > 0 => Some(seen.min((total.count - count).max(0))),
        true => None,
    }
}

fn range(before: Option<i64>, count: i64, total: Counted) -> Message {
    let key = match (before, total.is_more) {
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
    use crate::leads::lead::tests::lead;

    const SHORT: Counted = Counted {
        count: 42,
        is_more: false,
    };
    const LONG: Counted = Counted {
        count: 5_000,
        is_more: true,
    };

    fn pageful(query: &str, has_earlier: bool, has_later: bool) -> Pageful {
        let fields = crate::web::fields::Fields::from_urlencoded(query.as_bytes());
        Pageful {
            listing: Listing::read(&fields.unwrap_or_default()),
            rows: (1..=20).map(|id| lead(id, "Ana")).collect(),
            has_earlier,
            has_later,
        }
    }

    fn said(query: &str, ends: (bool, bool), total: Counted) -> String {
        let turns = Turns::new(&pageful(query, ends.0, ends.1), total, "/x");
        turns.range.text(Lang::En)
    }

    #[test]
    fn the_place_of_a_page_is_said_as_far_as_it_is_known() {
        assert_eq!(said("", (false, true), SHORT), "1–20 of 42");
        assert_eq!(said("after=5~1&n=20", (true, true), SHORT), "21–40 of 42");
        assert_eq!(said("at=end", (true, false), SHORT), "23–42 of 42");
        assert_eq!(said("after=5~1&n=900", (true, true), SHORT), "23–42 of 42");
        assert_eq!(said("after=5~1", (true, true), SHORT), "20 of 42");
        assert_eq!(
            said("after=5~1&n=40", (true, true), LONG),
            "41–60 of 5,000+"
        );
        assert_eq!(said("after=5~1&n=6000", (true, true), LONG), "6,001–6,020");
        assert_eq!(said("at=end", (true, false), LONG), "20 of 5,000+");
    }

    #[test]
    fn a_turn_carries_the_place_with_it() {
        let middle = Turns::new(&pageful("after=5~1&n=20&per=20", true, true), SHORT, "/x");
        let next = middle.next.unwrap();
        assert!(next.contains("after=") && next.ends_with("&n=40"), "{next}");
        let previous = middle.previous.unwrap();
        assert!(
            previous.contains("before=") && !previous.contains("n="),
            "{previous}"
        );
        assert_eq!(middle.first.as_deref(), Some("/x"));
        assert_eq!(middle.last.as_deref(), Some("/x?at=end"));
        let lost = Turns::new(&pageful("at=end", true, false), LONG, "/x");
        assert!(!lost.previous.unwrap().contains("n="), "nobody knows");
        assert!(lost.next.is_none() && lost.last.is_none());
    }
}
