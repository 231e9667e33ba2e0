//! Parameters and answers that calls of the API share, as the reference describes them. The doc comments are texts of the
//! reference.

use utoipa::openapi::Ref;
use utoipa::openapi::schema::{Array, Object, OneOf, Type};
use utoipa::{IntoParams, ToSchema};

/// The condition of a change.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatch {
    /// The `ETag` that you read; if the record has changed since, nothing is changed: 412.
    #[param(rename = "If-Match", value_type = String, required = false)]
    pub if_match: Option<String>,
}

/// A key for repeating a call.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyKey {
    /// Any text. For 24 hours, the same call with the same key gets the first answer.
    #[param(rename = "Idempotency-Key", value_type = String, required = false, min_length = 1, max_length = 255)]
    pub idempotency_key: Option<String>,
}

/// The schema of `warnings`: sentences about what was sent and isn't saved, and rules that a move doesn't meet.
pub fn warnings_schema() -> Array {
    let sentence = Object::builder().schema_type(Type::String);
    let warning = OneOf::builder()
        .item(sentence)
        .item(Ref::from_schema_name("Unmet"));
    let about = "Sentences about what was sent and isn’t saved, and the recommended rules that a move doesn’t meet.";
    Array::builder()
        .items(warning)
        .description(Some(about))
        .build()
}

/// The answer to a change.
#[derive(ToSchema)]
pub struct Done {
    /// Always `true`.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    #[schema(schema_with = warnings_schema, required = false)]
    pub warnings: Option<Vec<String>>,
}

/// The answer to creating a record.
#[derive(ToSchema)]
pub struct Created {
    /// Always `true`.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    /// The id of the new record.
    #[schema(example = 7)]
    pub record_id: i64,
    #[schema(schema_with = warnings_schema, required = false)]
    pub warnings: Option<Vec<String>>,
}
