//! The parameters of a list of leads.

use crate::error::{FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::domain::cursor::Cursor;
use crate::leads::domain::filters::Filter;
use crate::leads::domain::listing::Listing;
use crate::records::fields::{Fields, FromFields};
use crate::records::filters::FilterKey as _;
use crate::records::list::{List, MAX_API_PAGE, PAGE_SIZES, PagePosition};

/// The most rows that `limit` can ask for.
const LIMIT_MAX: i64 = 1_000;
/// The parameters beside the filters.
const OTHERS: [&str; 8] = [
    "sort", "page", "nr_page", "per_page", "after", "limit", "offset", "assigned",
];

/// The parameters of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRequest {
    pub listing: Listing,
    pub extent: Extent,
}

/// How much of a list to answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Extent {
    All,
    /// A page by its number, from 1.
    Page(i64),
    /// The rows after so many.
    Offset(i64),
    /// The page after the cursor of the listing.
    After,
}

impl FromFields for ListRequest {
    /// # Errors
    /// [`Error::Invalid`](crate::error::Error::Invalid) at the filters that are invalid, at `after`, `limit` and
    /// `offset`, and at unknown parameters.
    fn from_fields(mut fields: Fields) -> Result<ListRequest> {
        if fields.rename("assigned", "owner") && fields.text("owner") == Some("0") {
            fields.push("owner", "none");
        }
        let filters = Filter::ALL.iter().map(|filter| filter.name());
        let names: Vec<&str> = filters.chain(OTHERS).collect();
        fields.refuse_others(&names)?;
        let fields = &fields;
        let mut listing = Listing::read(fields).first_page();
        let mut errors = listing.filter.unreadable.errors();
        listing.per_page = read_per_page(fields, &mut errors);
        let extent = match fields.text("after").filter(|cursor| !cursor.is_empty()) {
            Some(cursor) => {
                match parse_after(fields, &listing, cursor) {
                    Some(position) => (listing.position, listing.offset) = position,
                    None => errors.add("after", Message::new("lead-api-after")),
                }
                Extent::After
            }
            None => read_extent(fields, &mut errors),
        };
        errors.value_or_invalid(ListRequest { listing, extent })
    }
}

fn number(fields: &Fields, name: &str) -> Option<i64> {
    fields.text(name)?.trim().parse().ok()
}

/// The number of rows of a page: `per_page`, or a `limit` that is possible.
fn read_per_page(fields: &Fields, errors: &mut FieldErrors) -> i64 {
    if fields.has("per_page") || !fields.has("limit") {
        let rows = number(fields, "per_page").unwrap_or(PAGE_SIZES[0]);
        return rows.clamp(1, MAX_API_PAGE);
    }
    let limit = number(fields, "limit").filter(|rows| (1..=LIMIT_MAX).contains(rows));
    if limit.is_none() {
        let message = Message::new("lead-api-limit").with("count", LIMIT_MAX);
        errors.add("limit", message);
    }
    limit.unwrap_or(PAGE_SIZES[0])
}

fn read_extent(fields: &Fields, errors: &mut FieldErrors) -> Extent {
    let has = |names: &[&str]| names.iter().any(|name| fields.has(name));
    if has(&["page", "nr_page", "per_page"]) {
        let page = number(fields, "page").or_else(|| number(fields, "nr_page"));
        return Extent::Page(page.unwrap_or(1).max(1));
    }
    if !has(&["limit", "offset"]) {
        return Extent::All;
    }
    let offset = match fields.has("offset") {
        true => number(fields, "offset").filter(|offset| *offset >= 0),
        false => Some(0),
    };
    if offset.is_none() {
        errors.add("offset", Message::new("lead-api-offset"));
    }
    Extent::Offset(offset.unwrap_or(0))
}

/// The position in `next` of an earlier page of this list: the cursor, and the number of leads before it.
fn parse_after(
    fields: &Fields,
    listing: &Listing,
    after: &str,
) -> Option<(PagePosition<Cursor>, i64)> {
    let position = after
        .strip_prefix(&listing.sort.to_param())?
        .strip_prefix('~')?;
    let (offset, cursor) = position.split_once('~')?;
    let mut query = fields.clone();
    query.push("after", cursor);
    query.push("n", offset);
    match Listing::read(&query) {
        Listing {
            position: position @ PagePosition::After(_),
            offset,
            ..
        } => Some((position, offset)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn read(query: &str) -> Result<ListRequest> {
        ListRequest::from_fields(Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
    }

    fn extent(query: &str) -> Extent {
        read(query).unwrap().extent
    }

    #[test]
    fn page_parameters_ask_for_a_page() {
        assert_eq!(extent("q=a&bin=1"), Extent::All);
        assert_eq!(extent("nr_page=3"), Extent::Page(3));
        assert_eq!(extent("per_page=5"), Extent::Page(1));
        for odd in ["page=0", "page=-4", "page=x", "page=99999999999999999999"] {
            assert_eq!(extent(odd), Extent::Page(1), "{odd}");
        }
        let per = |query| read(query).unwrap().listing.per_page;
        assert_eq!((per("per_page=500"), per("per_page=0")), (100, 1));
    }

    #[test]
    fn limit_and_offset_ask_for_rows_by_their_number() {
        assert_eq!(extent("limit=5"), Extent::Offset(0));
        assert_eq!(extent("limit=500&offset=7"), Extent::Offset(7));
        assert_eq!(extent("limit=5&offset=7&page=2"), Extent::Page(2));
        assert_eq!(read("limit=500").unwrap().listing.per_page, 500);
        for odd in ["limit=0", "limit=1001", "limit=x", "offset=-1", "offset=x"] {
            assert!(matches!(read(odd), Err(Error::Invalid(_))), "{odd}");
        }
    }

    #[test]
    fn an_unknown_parameter_is_named() {
        let Err(Error::Invalid(errors)) = read("q=a&colour=red&per=50") else {
            panic!("it was accepted");
        };
        let names: Vec<&str> = errors.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["colour", "per"]);
    }

    #[test]
    fn an_owner_may_be_named_as_other_clients_do() {
        let owner = |query| read(query).unwrap().listing.filter.owner;
        assert_eq!(owner("assigned=3"), owner("owner=3"));
        assert_eq!(owner("assigned=0"), owner("owner=none"));
        assert_eq!(owner("assigned=3&owner=4"), owner("owner=4"));
    }

    #[test]
    fn a_cursor_is_valid_only_for_its_sort_order() {
        let request = read("after=-created_at~40~1700~17").unwrap();
        assert_eq!(
            (request.extent, request.listing.offset),
            (Extent::After, 40)
        );
        assert!(read("sort=name&after=name~20~ana%7Epop~17").is_ok());
        for bad in [
            "after=x",
            "after=name~20~ana~17",
            "sort=value&after=value~20~ana~17",
            "after=-created_at~20~1700~017",
        ] {
            assert!(matches!(read(bad), Err(Error::Invalid(_))), "{bad}");
        }
    }
}
