//! What an import changes, field by field, with examples.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::leads::actions::import::lookups::Lookups;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields, LeadValue};
use crate::records::field::{Field, FieldValues};

/// The changes of one field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldChanges {
    /// Leads whose value becomes another one.
    pub changed: usize,
    /// Leads whose value is erased.
    pub erased: usize,
    /// The values of the first lead, before and after.
    pub example: (String, String),
}

/// The leads that users changed in this program since the file was made.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalEdits {
    pub count: usize,
    /// The name of the first lead, who changed it, and when.
    pub name: String,
    pub actor: String,
    pub edited_at: Timestamp,
}

/// The changes of leads that exist.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChangeSummary {
    fields: BTreeMap<&'static str, FieldChanges>,
    moves: BTreeMap<(i64, i64), FieldChanges>,
    pub local_edits: Option<LocalEdits>,
}

impl ChangeSummary {
    /// Adds the changes of a lead; `since` is the time at which the file was made, if that is known.
    pub fn add(
        &mut self,
        lead: &Lead,
        fields: Option<&LeadFields>,
        status: Option<i64>,
        lookups: &Lookups,
        since: Timestamp,
    ) {
        if let Some(after) = fields {
            for field in after.changed_fields(&lead.fields) {
                let texts = [&lead.fields, after].map(|fields| text_of(fields, field, lookups));
                self.fields.entry(field.name()).or_default().add(texts);
            }
        }
        if let Some(status) = status {
            let names = [lead.status_id, status].map(|id| lookups.statuses.name(id));
            let change = self.moves.entry((lead.status_id, status)).or_default();
            change.add(names.map(|name| name.unwrap_or_default().to_owned()));
        }
        if lead.version > 1 && lead.updated_at > since {
            let first = self.local_edits.get_or_insert_with(|| LocalEdits {
                count: 0,
                name: lead.fields.name.to_string(),
                actor: lead.updated_by.clone(),
                edited_at: lead.updated_at,
            });
            first.count += 1;
        }
    }

    /// True if nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.moves.is_empty()
    }

    /// The changed fields, in the order of the form.
    pub fn fields(&self) -> impl Iterator<Item = (LeadField, &FieldChanges)> {
        let fields = LeadField::ALL.iter();
        fields.filter_map(|field| Some((*field, self.fields.get(field.name())?)))
    }

    /// The moves, by the statuses from and to which they go.
    pub fn moves(&self) -> impl Iterator<Item = &FieldChanges> {
        self.moves.values()
    }
}

impl FieldChanges {
    fn add(&mut self, [before, after]: [String; 2]) {
        match after.is_empty() {
            true => self.erased += 1,
            false => self.changed += 1,
        }
        // A changed value is a better example than one that was blank before.
        let is_better = self.example.0.is_empty() && !before.is_empty();
        if is_better || self.changed + self.erased == 1 {
            self.example = (before, after);
        }
    }
}

/// The value of a field as users see it.
fn text_of(fields: &LeadFields, field: LeadField, lookups: &Lookups) -> String {
    match fields.value(field) {
        LeadValue::Text(text) => text.to_owned(),
        LeadValue::Extra(extra) => extra.to_stored(),
        LeadValue::Owner(owner) => {
            let name = owner.and_then(|id| lookups.user_name(id));
            name.unwrap_or_default().to_owned()
        }
        LeadValue::Cents(_) => fields
            .money()
            .map(|money| money.to_plain())
            .unwrap_or_default(),
    }
}
