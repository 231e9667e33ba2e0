/// The fields of forms whose text is shown again when a form is refused for its token, with their names.
pub const RECOVERED_FIELDS: [(&str, &str); 13] = [
    ("name", "lead-column-name"),
    ("company", "lead-column-company"),
    ("email", "lead-column-email"),
    ("phone", "lead-column-phone"),
    ("source", "lead-column-source"),
    ("value", "lead-column-value"),
    ("currency", "lead-column-currency"),
    ("external_ref", "lead-column-reference"),
    ("entered_at", "lead-column-entered"),
    ("until", "lead-pause-until"),
    ("reason", "lead-bulk-reason"),
    ("note", "lead-bulk-note"),
    ("body", "lead-bulk-note"),
];
