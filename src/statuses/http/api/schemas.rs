//! Parameters and bodies of the calls about statuses, as the reference describes them. The doc comments are texts of the
//! reference.

use utoipa::openapi::schema::{Array, Object, OneOf, Schema, Type};
use utoipa::{IntoParams, ToSchema};

use crate::records::openapi::ListParams;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::listing::StatusFilterField;

/// The schema of a kind in a body.
pub fn kind() -> Object {
    let description = "What the status means in reports; `open` by default.";
    Object::builder()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(Kind::ALL.map(Kind::as_str)))
        .examples([Kind::default().as_str()])
        .build()
}

/// The schema of the value that a rule compares with.
pub fn rule_value() -> Schema {
    let about = "An amount in major units for `at_least`, a list of texts for `one_of`, else null.";
    let texts = Array::builder().items(Object::builder().schema_type(Type::String));
    OneOf::builder()
        .item(Object::builder().schema_type(Type::Number))
        .item(texts)
        .item(Object::builder().schema_type(Type::Null))
        .description(Some(about))
        .build()
        .into()
}

/// Which statuses to list, in which order.
pub type ListQuery = ListParams<StatusFilterField, ListPosition>;

/// The order and the page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListPosition {
    /// `statusorder`, `name`, `lead_count`, `stuck_share` (how much of its leads is stuck) or `updated_at`; a `-` in front
    /// reverses.
    pub sort: Option<String>,
    /// Page number from 1; past the end is the last page. Without it the list is complete.
    #[param(minimum = 1, example = 1)]
    pub page: Option<i64>,
    /// Another name for `page`.
    #[param(minimum = 1)]
    pub nr_page: Option<i64>,
    /// Page size, at most 100.
    #[param(minimum = 1, maximum = 100, example = 20)]
    pub per_page: Option<i64>,
}

/// A new order of the pipeline.
#[derive(ToSchema)]
pub struct NewOrder {
    /// The ids of all active statuses in their new order.
    #[schema(example = json!([1, 3, 2, 4, 5, 6]))]
    pub ids: Vec<i64>,
    /// The order that you read; if it has changed since, nothing is changed: 409.
    #[schema(value_type = Vec<i64>, required = false)]
    pub expect: Option<Vec<i64>>,
}
