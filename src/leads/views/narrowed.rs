use crate::access::users;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::{Counted, Listing, OwnerFilter, State, store};
use crate::web::Page;

/// The most sources that a filter offers.
const SOURCES: i64 = 200;

/// What filters are chosen from.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Everyone who may own leads, or once did.
    pub people: Vec<(i64, String)>,
    pub sources: Vec<String>,
}

/// An active filter, with the page as it would be without it.
pub struct Chip {
    pub label: String,
    pub href: String,
}

impl Choices {
    /// What there is to choose from now.
    pub fn read(conn: &mut Conn) -> Result<Choices> {
        let people = users::choice(conn)?.into_iter();
        Ok(Choices {
            people: people.map(|user| (user.id, user.name)).collect(),
            sources: store::sources(conn, SOURCES)?,
        })
    }

    /// The sources to choose from: those there are, and the one that is chosen.
    pub fn sources<'a>(&'a self, chosen: Option<&'a str>) -> Vec<&'a str> {
        let mut offered: Vec<&str> = self.sources.iter().map(String::as_str).collect();
        offered.extend(chosen.filter(|chosen| !offered.contains(chosen)));
        offered
    }

    fn owner(&self, page: &Page, owner: OwnerFilter) -> String {
        match owner {
            OwnerFilter::Me => page.t("board-owner-me").to_owned(),
            OwnerFilter::Nobody => page.t("board-owner-nobody").to_owned(),
            OwnerFilter::User(id) => {
                let known = self.people.iter().find(|(known, _)| *known == id);
                known.map_or_else(|| format!("#{id}"), |(_, name)| name.clone())
            }
        }
    }

    /// The active filters but the status, each with the address that `url` makes of the filters without it.
    pub fn chips(
        &self,
        page: &Page,
        filters: &Listing,
        url: impl Fn(Listing) -> String,
    ) -> Vec<Chip> {
        let pairs = filters.filter_pairs().into_iter();
        let shown = pairs.filter(|(name, _)| !matches!(*name, "status" | "bin"));
        let chip = |(name, value): (&'static str, String)| {
            let mut rest = filters.clone();
            let label = match name {
                "q" => {
                    rest.q.clear();
                    page.t1("board-chip-search", "query", value)
                }
                "owner" => {
                    let owner = rest.owner.take().map(|owner| self.owner(page, owner));
                    page.t1("board-chip-owner", "owner", owner.unwrap_or_default())
                }
                "source" => {
                    rest.source = None;
                    page.t1("board-chip-source", "source", value)
                }
                "state" => {
                    let state = rest.state.take().map_or("", |state| page.t(state.key()));
                    state.to_owned()
                }
                "created_from" => {
                    rest.created_from = None;
                    page.t1("board-chip-from", "day", value)
                }
                _ => {
                    rest.created_to = None;
                    page.t1("board-chip-to", "day", value)
                }
            };
            Chip {
                label,
                href: url(rest),
            }
        };
        shown.map(chip).collect()
    }
}

/// The value of a filter as its form holds it.
pub fn word(filters: &Listing, name: &str) -> String {
    let found = filters.filter_pairs().into_iter();
    let mut found = found.filter(|(known, _)| *known == name);
    found.next().map(|(_, value)| value).unwrap_or_default()
}

/// How leads may stand, for a choice of it.
pub const STATES: [State; 4] = [State::OnTrack, State::AtRisk, State::Stuck, State::Paused];

/// "61", or "5,000+" where nobody counts further.
pub fn counted(page: &Page, counted: Counted) -> String {
    let more = if counted.is_more { "+" } else { "" };
    format!("{}{more}", page.number(&counted.count))
}
