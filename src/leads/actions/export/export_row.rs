//! One row of an export, of a lead or of a visit.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::clock::Timestamp;
use crate::leads::domain::dataset::{Dataset, LEAD_FILE_COLUMNS, LeadFileColumn};
use crate::leads::domain::extra::ExtraFields;
use crate::leads::domain::instant::format_instant;
use crate::leads::domain::lead::{Lead, LeadField, LeadValue};
use crate::leads::domain::visit::Visit;
use crate::money::Money;
use crate::records::field::FieldValues;

/// A row of an export: the names of its columns with their cells.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportRow {
    cells: Vec<(&'static str, ExportCell)>,
}

/// A cell of an export.
#[derive(Debug, Clone, PartialEq)]
enum ExportCell {
    Text(String),
    /// A text that JSON has as null if it is empty.
    Optional(String),
    Number(Option<Money>),
    Extra(ExtraFields),
    Instant(Timestamp),
}

impl ExportRow {
    /// The row of a lead: `owner` is an e-mail address, which is unique, and `status` a slug, which stays when the
    /// status is renamed.
    pub fn of_lead(
        lead: &Lead,
        reference: &str,
        owner: Option<String>,
        status: String,
    ) -> ExportRow {
        let cell = |column: &LeadFileColumn| match column {
            LeadFileColumn::Field(LeadField::ExternalRef) => {
                ExportCell::Optional(reference.to_owned())
            }
            LeadFileColumn::Field(field) => match lead.fields.value(*field) {
                LeadValue::Text(text) => ExportCell::Text(text.to_owned()),
                LeadValue::Owner(_) => ExportCell::Optional(owner.clone().unwrap_or_default()),
                LeadValue::Cents(_) => ExportCell::Number(lead.fields.money()),
                LeadValue::Extra(extra) => ExportCell::Extra(extra.clone()),
            },
            LeadFileColumn::Status => ExportCell::Text(status.clone()),
            LeadFileColumn::CreatedAt => ExportCell::Instant(lead.created_at),
        };
        ExportRow::new(Dataset::Leads, LEAD_FILE_COLUMNS.iter().map(cell))
    }

    fn new(dataset: Dataset, cells: impl IntoIterator<Item = ExportCell>) -> ExportRow {
        let columns = dataset.columns().iter().copied();
        ExportRow {
            cells: columns.zip(cells).collect(),
        }
    }

    /// The row of a visit of a lead that has this reference in a file.
    pub fn of_visit(visit: &Visit, lead: &Lead, reference: &str, status: String) -> ExportRow {
        let none = || ExportCell::Optional(String::new());
        let instant = |at: Option<Timestamp>| at.map_or_else(none, ExportCell::Instant);
        let cells = [
            ExportCell::Optional(reference.to_owned()),
            ExportCell::Text(status),
            ExportCell::Instant(visit.entered_at),
            instant(visit.left_at),
            ExportCell::Text(visit.channel.as_str().to_owned()),
            ExportCell::Text(visit.actor.clone()),
            ExportCell::Text(visit.reason.to_string()),
            ExportCell::Text(visit.note.to_string()),
            instant(visit.voided_at),
            ExportCell::Text(lead.fields.external_system.to_string()),
        ];
        ExportRow::new(Dataset::Visits, cells)
    }

    /// Removes the cells of other columns.
    pub fn retain_columns(&mut self, columns: &[&str]) {
        self.cells.retain(|(name, _)| columns.contains(name));
    }

    /// The cells in the order of the columns.
    pub fn cells(&self) -> Vec<String> {
        let text = |cell: &ExportCell| match cell {
            ExportCell::Text(text) | ExportCell::Optional(text) => text.clone(),
            ExportCell::Number(money) => money.map(Money::to_plain).unwrap_or_default(),
            ExportCell::Extra(extra) => extra.to_stored(),
            ExportCell::Instant(at) => format_instant(*at),
        };
        self.cells.iter().map(|(_, cell)| text(cell)).collect()
    }

    /// The value of a column that holds instants.
    pub fn instant(&self, column: usize) -> Option<Timestamp> {
        match self.cells.get(column) {
            Some((_, ExportCell::Instant(at))) => Some(*at),
            _ => None,
        }
    }

    /// The value of a column that holds numbers.
    pub fn number(&self, column: usize) -> Option<f64> {
        match self.cells.get(column) {
            Some((_, ExportCell::Number(money))) => money.map(Money::to_number),
            _ => None,
        }
    }
}

impl Serialize for ExportRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (name, cell) in &self.cells {
            match cell {
                ExportCell::Text(text) => map.serialize_entry(name, text)?,
                ExportCell::Optional(text) => {
                    map.serialize_entry(name, &Some(text).filter(|text| !text.is_empty()))?;
                }
                ExportCell::Instant(at) => map.serialize_entry(name, &format_instant(*at))?,
                ExportCell::Number(money) => {
                    map.serialize_entry(name, &money.map(Money::to_number))?;
                }
                ExportCell::Extra(extra) => map.serialize_entry(name, &extra.to_json())?,
            }
        }
        map.end()
    }
}
