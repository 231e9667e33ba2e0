//! The rows of an export, a few hundred at a time: each read is short, so that nobody waits for a slow reader.

use std::collections::HashMap;

use super::record::Entry;
use super::{Export, Failed, What, stand_in};
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
struct Words {
    owners: HashMap<i64, String>,
    statuses: HashMap<i64, String>,
}

impl Words {
    fn load(conn: &mut Conn) -> Result<Words> {
        let mut words = Words {
            owners: HashMap::new(),
            statuses: statuses::Words::load(conn)?.all(),
        };
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

    fn lead(&self, lead: &Lead, called: &str) -> Entry {
        let owner = lead.fields.owner.and_then(|id| self.owners.get(&id));
        Entry::of_lead(lead, called, owner.cloned(), self.status(lead.status_id))
    }

    fn visit(&self, visit: &Visit, called: &str) -> Entry {
        Entry::of_visit(visit, called, self.status(visit.status_id))
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
    let called = called(conn, &leads)?;
    let leads = leads.iter().zip(called.iter().map(String::as_str));
    let entries = match export.what {
        What::Leads => leads
            .map(|(lead, called)| words.lead(lead, called))
            .collect(),
        What::Visits => {
            let ids: Vec<i64> = leads.clone().map(|(lead, _)| lead.id).collect();
            let visits = store::visits_of(conn, &ids)?;
            let histories =
                leads.filter_map(|(lead, called)| Some((called, visits.get(&lead.id)?)));
            let standing = histories.flat_map(|(called, visits)| {
                let standing = visits.iter().filter(|visit| visit.stands());
                standing.map(|visit| words.visit(visit, called))
            });
            standing.collect()
        }
    };
    Ok((entries, last))
}

/// What the file calls each lead, so that import finds it again: its external reference, else a word for its id. If
/// another lead has that word for a reference, nothing.
fn called(conn: &mut Conn, leads: &[Lead]) -> Result<Vec<String>> {
    let is_nameless = |lead: &&Lead| lead.fields.external_ref.is_empty();
    let words: Vec<String> = leads
        .iter()
        .filter(is_nameless)
        .map(|lead| stand_in(lead.id))
        .collect();
    let found = store::by_references(conn, words.iter().map(String::as_str))?;
    let called = leads.iter().map(|lead| {
        let reference = lead.fields.external_ref.as_str();
        let word = match reference {
            "" => stand_in(lead.id),
            reference => return reference.to_owned(),
        };
        let meant = found.get(&word).is_none_or(|found| found.id == lead.id);
        if meant { word } else { String::new() }
    });
    Ok(called.collect())
}
