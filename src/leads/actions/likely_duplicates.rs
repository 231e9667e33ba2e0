//! Leads that are likely the same as others.

use std::collections::HashMap;

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::shared_key::{SharedKey, shared_key};
use crate::leads::store;

/// The most leads that are named for one.
const MAX_NAMED: usize = 5;

/// A lead that is likely the same as another one.
#[derive(Debug, Clone, PartialEq)]
pub struct LikelyDuplicate {
    pub id: i64,
    pub name: String,
    pub company: String,
    pub shared_key: SharedKey,
}

impl LikelyDuplicate {
    /// The sentence about it, without a full stop.
    pub fn message(&self) -> Message {
        Message::new("lead-similar")
            .with("id", self.id.to_string())
            .with("name", self.name.as_str())
            .with("by", self.shared_key.as_str())
    }
}

/// The leads that are not in the bin and likely the same as one with these fields, without that one itself; the oldest.
pub fn likely_duplicates_of(
    conn: &mut Conn,
    fields: &LeadFields,
    except: Option<i64>,
) -> Result<Vec<LikelyDuplicate>> {
    let mut duplicates = LikelyDuplicates::find(conn, std::iter::once(fields))?.matching(fields);
    duplicates.retain(|other| Some(other.id) != except);
    duplicates.truncate(MAX_NAMED);
    Ok(duplicates)
}

/// The leads that are likely the same as some others, read together and found by what they have in common.
#[derive(Debug, Default)]
pub struct LikelyDuplicates {
    leads: Vec<Lead>,
    by_key: HashMap<(SharedKey, String), Vec<usize>>,
}

impl LikelyDuplicates {
    /// Reads the leads that may be the same as one of these.
    pub fn find<'a>(
        conn: &mut Conn,
        all: impl Iterator<Item = &'a LeadFields> + Clone,
    ) -> Result<LikelyDuplicates> {
        let mut duplicates = LikelyDuplicates {
            leads: store::likely_duplicates::find(conn, all)?,
            by_key: HashMap::new(),
        };
        for (index, lead) in duplicates.leads.iter().enumerate() {
            for key in keys(&lead.fields) {
                duplicates.by_key.entry(key).or_default().push(index);
            }
        }
        Ok(duplicates)
    }

    /// The leads that are likely the same as one with these fields, oldest first.
    pub fn matching(&self, fields: &LeadFields) -> Vec<LikelyDuplicate> {
        let keys = keys(fields).into_iter();
        let indexes = keys.filter_map(|key| self.by_key.get(&key)).flatten();
        let mut indexes: Vec<usize> = indexes.copied().collect();
        indexes.sort_unstable();
        indexes.dedup();
        let leads = indexes.into_iter().map(|index| &self.leads[index]);
        let duplicates = leads.filter_map(|lead| {
            Some(LikelyDuplicate {
                shared_key: shared_key(fields, &lead.fields)?,
                id: lead.id,
                name: lead.fields.name.to_string(),
                company: lead.fields.company.to_string(),
            })
        });
        duplicates.collect()
    }
}

fn keys(fields: &LeadFields) -> [(SharedKey, String); 3] {
    [
        (SharedKey::Email, fields.email_key()),
        (SharedKey::Phone, fields.phone_key()),
        (SharedKey::Name, fields.name_key()),
    ]
}
