//! Forms that are kept until their user has signed in again.

/// Seconds for which a form is kept.
pub const KEEP_SECONDS: i64 = 30 * 60;

/// A form that was sent after its session had ended.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptForm {
    /// The address that it was sent to.
    pub path: String,
    /// The page that it was on.
    pub page: String,
    /// Names and texts.
    pub fields: Vec<(String, String)>,
}
