//! Rows that are about the lead of an earlier row.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::i18n::Message;
use crate::leads::actions::import::parsed::ParsedLead;
use crate::leads::actions::import::problem::Problem;

/// The lines of the references and e-mail addresses that rows had so far, by their hashes.
#[derive(Default)]
pub struct EarlierLines(HashMap<u64, u32>);

impl EarlierLines {
    /// The problem of a row whose reference an earlier one has, or whose e-mail address if leads are matched by it.
    pub fn find_repetition(&mut self, lead: &ParsedLead, matches_email: bool) -> Option<Problem> {
        let (system, reference) = (lead.external_system.as_str(), lead.external_ref.as_str());
        let keys = [system, "\0", reference];
        let by_reference = self.add(lead.line, reference, &keys).map(|first| {
            let message = Message::new("lead-import-twice").with("line", first);
            Problem::for_field(lead.line, "external_ref", message).with_value(reference)
        });
        if !matches_email || by_reference.is_some() {
            return by_reference;
        }
        let email = lead.texts.email_key();
        let first = self.add(lead.line, &email, &["\0", &email])?;
        let message = Message::new("lead-import-email-twice").with("line", first);
        Some(Problem::for_field(lead.line, "email", message).with_value(&email))
    }

    /// Adds a line; returns the first line with these keys, if there is one. Blank texts are never equal.
    fn add(&mut self, line: usize, text: &str, keys: &[&str]) -> Option<usize> {
        if text.is_empty() {
            return None;
        }
        let hash = keys
            .iter()
            .fold(FNV_START, |sum, key| fnv1a(sum, key.as_bytes()));
        match self.0.entry(hash) {
            Entry::Occupied(first) => Some(*first.get() as usize),
            Entry::Vacant(entry) => {
                entry.insert(u32::try_from(line).unwrap_or(u32::MAX));
                None
            }
        }
    }
}

/// The FNV-1a hash of no bytes.
pub const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds bytes to an FNV-1a hash, which is not safe against texts that are made to have one hash.
pub fn fnv1a(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}
