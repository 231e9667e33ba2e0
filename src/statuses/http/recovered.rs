/// The fields of forms, beside the name, whose text is shown again when a form is refused for its token, with their
/// names.
pub const RECOVERED_FIELDS: [(&str, &str); 5] = [
    ("definition", "status-field-definition"),
    ("enter_when", "status-field-enter-when"),
    ("leave_when", "status-field-leave-when"),
    ("target_days", "status-field-target-days"),
    ("limit_days", "status-field-limit-days"),
];
