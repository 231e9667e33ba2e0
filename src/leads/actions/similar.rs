//! Leads that are likely the same as others.

use std::collections::HashMap;

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::likeness::{Likeness, likeness};
use crate::leads::store;

/// The most leads that are named for one.
const MAX_NAMED: usize = 5;

/// A lead that is likely the same as another one.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarLead {
    pub id: i64,
    pub name: String,
    pub company: String,
    pub likeness: Likeness,
}

impl SimilarLead {
    /// The sentence about it, without a full stop.
    pub fn message(&self) -> Message {
        Message::new("lead-similar")
            .with("id", self.id.to_string())
            .with("name", self.name.as_str())
            .with("by", self.likeness.as_str())
    }
}

/// The leads that are not in the bin and likely the same as one with these fields, without that one itself; the oldest.
pub fn similar_to(
    conn: &mut Conn,
    fields: &LeadFields,
    except: Option<i64>,
) -> Result<Vec<SimilarLead>> {
    let mut similar = SimilarLeads::find(conn, std::iter::once(fields))?.matching(fields);
    similar.retain(|other| Some(other.id) != except);
    similar.truncate(MAX_NAMED);
    Ok(similar)
}

/// The leads that are likely the same as some others, read together and found by what they have in common.
#[derive(Debug, Default)]
pub struct SimilarLeads {
    leads: Vec<Lead>,
    by_key: HashMap<(Likeness, String), Vec<usize>>,
}

impl SimilarLeads {
    /// Reads the leads that may be the same as one of these.
    pub fn find<'a>(
        conn: &mut Conn,
        all: impl Iterator<Item = &'a LeadFields> + Clone,
    ) -> Result<SimilarLeads> {
        let mut similar = SimilarLeads {
            leads: store::similar::find(conn, all)?,
            by_key: HashMap::new(),
        };
        for (index, lead) in similar.leads.iter().enumerate() {
            for key in keys(&lead.fields) {
                similar.by_key.entry(key).or_default().push(index);
            }
        }
        Ok(similar)
    }

    /// The leads that are likely the same as one with these fields, oldest first.
    pub fn matching(&self, fields: &LeadFields) -> Vec<SimilarLead> {
        let keys = keys(fields).into_iter();
        let indexes = keys.filter_map(|key| self.by_key.get(&key)).flatten();
        let mut indexes: Vec<usize> = indexes.copied().collect();
        indexes.sort_unstable();
        indexes.dedup();
        let leads = indexes.into_iter().map(|index| &self.leads[index]);
        let similar = leads.filter_map(|lead| {
            Some(SimilarLead {
                likeness: likeness(fields, &lead.fields)?,
                id: lead.id,
                name: lead.fields.name.to_string(),
                company: lead.fields.company.to_string(),
            })
        });
        similar.collect()
    }
}

fn keys(fields: &LeadFields) -> [(Likeness, String); 3] {
    [
        (Likeness::Email, fields.email_key()),
        (Likeness::Phone, fields.phone_key()),
        (Likeness::Name, fields.name_key()),
    ]
}
