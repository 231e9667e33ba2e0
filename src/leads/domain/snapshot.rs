//! The state of a lead as the audit log keeps it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::clock::Timestamp;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields};
use crate::records::field::{Field, FieldValues};

impl Lead {
    /// Its state for the audit log.
    pub fn snapshot(&self) -> LeadSnapshot {
        LeadSnapshot {
            id: self.id,
            values: self.fields.to_json(),
            status: self.status_id,
            status_since: self.status_since.rfc3339(),
            paused_until: self.paused_until.map(Timestamp::rfc3339),
            resumes_on: self.resumes_on,
            pause_reason: self.pause_reason.clone(),
            is_in_bin: self.is_in_bin(),
            version: self.version,
        }
    }
}

/// The state of a lead before or after a change, as the audit log stores it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeadSnapshot {
    pub id: i64,
    /// The editable fields by name; the value is in major units with a point.
    #[serde(flatten)]
    pub values: Map<String, Value>,
    pub status: i64,
    pub status_since: String,
    pub paused_until: Option<String>,
    pub resumes_on: Option<NaiveDate>,
    pub pause_reason: String,
    #[serde(rename = "deleted")]
    pub is_in_bin: bool,
    pub version: i32,
}

impl LeadSnapshot {
    /// The editable fields at that moment, for merging a later edit. `None` if a value is invalid today.
    pub fn fields(&self) -> Option<LeadFields> {
        LeadFields::from_json(&self.values)
    }

    /// The owner at that moment.
    pub fn owner(&self) -> Option<i64> {
        self.values.get(LeadField::Owner.name())?.as_i64()
    }
}
