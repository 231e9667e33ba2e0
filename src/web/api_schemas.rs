//! Parameters and answers that calls of the API share, as the reference describes them. The doc comments are texts of the
//! reference.

use utoipa::{IntoParams, ToSchema};

/// The lock that a change may carry.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatch {
    /// The `ETag` that was read; if it is not the current one any more, nothing changes: 412.
    #[param(rename = "If-Match", value_type = String, required = false)]
    pub if_match: Option<String>,
}

/// What a repeated call is known by.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyKey {
    /// Of your choice. The same call with the same key gets the first answer again, for 24 hours.
    #[param(rename = "Idempotency-Key", value_type = String, required = false, min_length = 1, max_length = 255)]
    pub idempotency_key: Option<String>,
}

/// What a change answers.
#[derive(ToSchema)]
pub struct Done {
    /// Always `true`.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
}

/// What a creation answers.
#[derive(ToSchema)]
pub struct Created {
    /// Always `true`.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    /// The id of what was made.
    #[schema(example = 7)]
    pub record_id: i64,
}
