use crate::records::field::Field;
use crate::statuses::domain::status::StatusField;

/// The fields of forms whose text is shown again when a form is refused for its token, with their names. The name is
/// also a field of leads; colour and kind are chosen, not written.
pub fn recovered_fields() -> impl Iterator<Item = (&'static str, &'static str)> {
    let elsewhere = [StatusField::Name, StatusField::Color, StatusField::Kind];
    let fields = StatusField::ALL.iter();
    let written = fields.filter(move |field| !elsewhere.contains(field));
    written.map(|field| (field.name(), field.label()))
}
