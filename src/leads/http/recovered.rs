use crate::leads::domain::dataset::field_label;
use crate::leads::domain::lead::LeadField;
use crate::records::field::Field;

/// The fields of forms whose text is shown again when a form is refused for its token, with their names. The owner is
/// chosen, not written.
pub fn recovered_fields() -> impl Iterator<Item = (&'static str, &'static str)> {
    let written = LeadField::ALL
        .iter()
        .filter(|field| **field != LeadField::Owner);
    let fields = written.map(|field| (field.name(), field_label(field.name())));
    let others = [
        ("entered_at", "lead-column-entered"),
        ("until", "lead-pause-until"),
        ("reason", "lead-bulk-reason"),
        ("note", "lead-bulk-note"),
        ("body", "lead-bulk-note"),
    ];
    fields.chain(others)
}
