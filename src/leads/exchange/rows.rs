//! The rows of an export, a few hundred at a time: each read is short, so that nobody waits for a slow reader.

use std::collections::HashMap;

use super::record::Entry;
use super::{Export, Failed, What};
use crate::access::users;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::leads::{Lead, Visit, store};
use crate::statuses;

/// Leads that are read at once.
const PAGE: i64 = 500;
/// Users that are read at once.
const PEOPLE: i64 = 1_000;

/// What is done with the rows of a page.
pub type Take<'a> = dyn FnMut(&[Entry]) -> Result<(), Failed> + 'a;

/// What files call owners and statuses.
#[derive(Default)]
struct Words {
    owners: HashMap<i64, String>,
    statuses: HashMap<i64, String>,
}

impl Words {
    fn load(conn: &mut Conn) -> Result<Words> {
        let mut words = Words::default();
        for status in statuses::deleted(conn)? {
            words.statuses.insert(status.id, status.name);
        }
        for status in statuses::everything(conn)? {
            words.statuses.insert(status.id, status.slug.to_string());
        }
        let mut offset = 0;
        loop {
            let some = users::list(conn, &users::UserFilter::default(), offset, PEOPLE)?;
            let count = some.len() as i64;
            words
                .owners
                .extend(some.into_iter().map(|user| (user.id, user.email)));
            if count < PEOPLE {
                return Ok(words);
            }
            offset += PEOPLE;
        }
    }

    fn lacks(&self, lead: &Lead) -> bool {
        let owner = lead.fields.owner;
        !self.statuses.contains_key(&lead.status_id)
            || owner.is_some_and(|id| !self.owners.contains_key(&id))
    }

    fn lead(&self, lead: &Lead) -> Entry {
        let owner = lead.fields.owner.and_then(|id| self.owners.get(&id));
        Entry::of_lead(lead, owner.cloned(), self.status(lead.status_id))
    }

    fn visit(&self, visit: &Visit, lead: &Lead) -> Entry {
        let status = self.status(visit.status_id);
        Entry::of_visit(visit, lead.fields.external_ref.as_str(), status)
    }

    fn status(&self, id: i64) -> String {
        self.statuses.get(&id).cloned().unwrap_or_default()
    }
}

/// Goes through the rows of an export, by the ids of their leads.
pub fn pages(db: &Db, export: &Export, take: &mut Take) -> Result<(), Failed> {
    let (mut words, mut after) = (None::<Words>, 0);
    loop {
        let (entries, last) = db.read_blocking(|conn| page(conn, export, after, &mut words))?;
        take(&entries)?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// The rows of the next leads, and the last of these leads; none if there are no more.
fn page(
    conn: &mut Conn,
    export: &Export,
    after: i64,
    words: &mut Option<Words>,
) -> Result<(Vec<Entry>, Option<i64>)> {
    let (leads, last) = store::exported(conn, &export.which, after, PAGE)?;
    // Someone may have come since the last page.
    let words = match words.take() {
        Some(known) if !leads.iter().any(|lead| known.lacks(lead)) => words.insert(known),
        _ => words.insert(Words::load(conn)?),
    };
    let entries = match export.what {
        What::Leads => leads.iter().map(|lead| words.lead(lead)).collect(),
        What::Visits => {
            let ids: Vec<i64> = leads.iter().map(|lead| lead.id).collect();
            let visits = store::visits_of(conn, &ids)?;
            let histories = leads
                .iter()
                .filter_map(|lead| Some((lead, visits.get(&lead.id)?)));
            let standing = histories.flat_map(|(lead, visits)| {
                let standing = visits.iter().filter(|visit| visit.stands());
                standing.map(|visit| words.visit(visit, lead))
            });
            standing.collect()
        }
    };
    Ok((entries, last))
}
