//! What must hold of all leads and their visits together. The database is asked rule by rule, so that a million leads
//! take no more memory than ten.

use super::{Lead, store};
use crate::db::Conn;
use crate::error::Result;

/// Leads whose texts are looked at together.
const TOGETHER: i64 = 1_000;
/// Ids that a sentence names; the rest is counted.
const NAMED: usize = 5;

/// What breaks one rule: a few ids, and how many there are in all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Broken {
    pub ids: Vec<i64>,
    pub count: i64,
}

impl Broken {
    fn add(&mut self, id: i64) {
        self.count += 1;
        if self.ids.len() < NAMED {
            self.ids.push(id);
        }
    }

    /// What is broken, in a sentence that begins with `what`; nothing if the rule holds.
    fn sentence(&self, what: &str) -> Option<String> {
        let ids: Vec<String> = self.ids.iter().map(i64::to_string).collect();
        let more = match self.count > ids.len() as i64 {
            true => ", …",
            false => "",
        };
        (self.count > 0).then(|| format!("{what}: {} ({}{more}).", self.count, ids.join(", ")))
    }
}

/// A counter that is not what counting gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Miscount {
    pub status_id: i64,
    /// How many more leads the counter has.
    pub leads: i64,
    /// How much more their values come to, in minor units.
    pub cents: i64,
}

/// How many leads there are, those in the bin too.
pub fn count_all(conn: &mut Conn) -> Result<i64> {
    store::check::total(conn)
}

/// Which rules of leads, visits and counters don't hold in the whole database, one sentence each.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for rule in store::check::RULES {
        let broken = store::check::broken(conn, rule.query)?;
        found.extend(broken.sentence(rule.what));
    }
    found.extend(counters(conn)?);
    found.extend(texts(conn)?);
    let lost = store::check::lost_to_search(conn)?;
    found.extend(lost.sentence("Leads that the search index does not hold as they are"));
    Ok(found)
}

fn counters(conn: &mut Conn) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for wrong in store::check::miscounted_totals(conn)? {
        found.push(format!(
            "The head count of status {} is off by {} leads and {} minor units.",
            wrong.status_id, wrong.leads, wrong.cents
        ));
    }
    for wrong in store::check::miscounted_ages(conn)? {
        found.push(format!(
            "The ages of the leads in status {} are off by {} on some day.",
            wrong.status_id, wrong.leads
        ));
    }
    for wrong in store::check::miscounted_clocks(conn)? {
        found.push(format!(
            "The clocks of the leads in status {} are off by {} on some day.",
            wrong.status_id, wrong.leads
        ));
    }
    for wrong in store::check::miscounted_sleeps(conn)? {
        found.push(format!(
            "The paused leads in status {} are off by {} on some day.",
            wrong.status_id, wrong.leads
        ));
    }
    for wrong in store::check::miscounted_hours(conn)? {
        found.push(format!(
            "The clocks of the leads in status {} are off by {} in some hour.",
            wrong.status_id, wrong.leads
        ));
    }
    Ok(found)
}

/// The folded texts by which leads are sorted and found are those of their fields.
fn texts(conn: &mut Conn) -> Result<Option<String>> {
    let (mut broken, mut after) = (Broken::default(), 0);
    loop {
        let some = store::check::texts(conn, after, TOGETHER)?;
        let Some((last, ..)) = some.last() else {
            break;
        };
        after = last.id;
        for (lead, name_key, search_key) in &some {
            if !is_found(lead, name_key, search_key) {
                broken.add(lead.id);
            }
        }
    }
    Ok(broken.sentence("Leads whose search texts are not those of their fields"))
}

fn is_found(lead: &Lead, name_key: &str, search_key: &str) -> bool {
    lead.fields.name_key() == name_key && lead.fields.search_key() == search_key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_are_named_and_the_rest_is_counted() {
        let mut broken = Broken::default();
        assert_eq!(broken.sentence("Leads that are lost"), None);
        (7..14).for_each(|id| broken.add(id));
        assert_eq!(
            broken.sentence("Leads that are lost").unwrap(),
            "Leads that are lost: 7 (7, 8, 9, 10, 11, …)."
        );
    }
}
