//! Checks the integrity of all leads, visits and counters. Each rule is one query, and texts are read in batches, so
//! that memory does not grow with the number of leads.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::domain::lead::Lead;
use crate::leads::store;
use crate::leads::store::check::Violations;

/// Leads whose texts are read together.
const BATCH: i64 = 1_000;
/// The rules that don't hold, one sentence each.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>> {
    let mut sentences = Vec::new();
    for rule in store::check::RULES {
        let violations = store::check::find_violations(conn, rule.query)?;
        sentences.extend(violations.sentence(rule.name));
    }
    sentences.extend(counter_violations(conn)?);
    sentences.extend(search_text_violations(conn)?);
    let violations = store::check::search_index_violations(conn)?;
    sentences.extend(violations.sentence("Leads that the search index does not hold as they are"));
    Ok(sentences)
}

fn counter_violations(conn: &mut Conn) -> Result<Vec<String>> {
    let mut sentences = Vec::new();
    for (status, leads, cents) in store::check::miscounted_totals(conn)? {
        sentences.push(format!(
            "The head count of status {status} is off by {leads} leads and {cents} minor units."
        ));
    }
    for counter in store::check::COUNTERS {
        for (status, leads) in store::check::miscounted(conn, &counter)? {
            sentences.push(format!(
                "The {} in status {status} are off by {leads} {}.",
                counter.subject, counter.period
            ));
        }
    }
    Ok(sentences)
}

/// Checks that the folded texts for sorting and searching are those of the fields.
fn search_text_violations(conn: &mut Conn) -> Result<Option<String>> {
    let (mut violations, mut after) = (Violations::default(), 0);
    loop {
        let batch = store::check::search_texts(conn, after, BATCH)?;
        let Some((last, ..)) = batch.last() else {
            break;
        };
        after = last.id;
        for (lead, name_key, search_key) in &batch {
            if !has_current_texts(lead, name_key, search_key) {
                violations.add(lead.id);
            }
        }
    }
    Ok(violations.sentence("Leads whose search texts are not those of their fields"))
}

fn has_current_texts(lead: &Lead, name_key: &str, search_key: &str) -> bool {
    lead.fields.name_key() == name_key && lead.fields.search_key() == search_key
}
