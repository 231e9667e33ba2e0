//! The part of the OpenAPI document about statuses, apart from the bodies of answers: parameters, bodies that may be
//! sent, and what changes answer. The doc comments of its types are texts of the API reference.

use utoipa::openapi::path::{HttpMethod, Parameter, ParameterIn};
use utoipa::openapi::schema::{Object, Schema, Type};
use utoipa::openapi::{OpenApi, RefOr};
use utoipa::{IntoParams, Modify, OpenApi as _, ToSchema};

use crate::error::Blocker;
use crate::records::openapi::filter_params;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::listing::Filter;
use crate::statuses::http::api;

/// The schema of a kind in a body.
pub fn kind() -> Object {
    let description = "What the status means to reports; `open` if a new one does not say.";
    Object::builder()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(Kind::ALL.map(Kind::as_str)))
        .examples([Kind::default().as_str()])
        .build()
}

/// Which statuses to list, in which order.
pub struct ListQuery;

impl IntoParams for ListQuery {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut params = filter_params::<Filter>();
        params.extend(ListPosition::into_params(parameter_in));
        params
    }
}

/// The order and the page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListPosition {
    /// `statusorder`, `name`, `lead_count` or `updated_at`; a `-` in front reverses.
    #[param(default = "statusorder")]
    pub sort: Option<String>,
    /// Asks for a page, counted from 1, instead of everything; one past the end is the last one.
    #[param(minimum = 1, example = 1)]
    pub page: Option<i64>,
    /// Another name for `page`.
    #[param(minimum = 1)]
    pub nr_page: Option<i64>,
    /// How many on a page; above 100 is 100.
    #[param(minimum = 1, maximum = 100, default = 20, example = 20)]
    pub per_page: Option<i64>,
}

/// How to delete.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeleteQuery {
    /// The id of the status that takes over its leads and roles first.
    #[param(example = 2)]
    pub replace_with: Option<i64>,
    /// `1` lets the leads that move begin a new age; otherwise they keep the one they have.
    #[param(value_type = Option<String>, pattern = "^[01]$")]
    pub restart_age: Option<bool>,
    /// `1` says what would happen, always with 200, and changes nothing.
    #[param(value_type = Option<String>, example = "1")]
    pub dry_run: Option<bool>,
}

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

/// The whole pipeline in a new order.
#[derive(ToSchema)]
pub struct NewOrder {
    /// Every status that is not archived, once, in its new order.
    #[schema(example = json!([1, 3, 2, 4, 5, 6]))]
    pub ids: Vec<i64>,
    /// The order that the new one was made from; if it is not the current one any more, nothing moves: 409.
    #[schema(value_type = Vec<i64>, required = false)]
    pub expect: Option<Vec<i64>>,
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

/// What deleting answers, also when it was only asked what would happen.
#[derive(ToSchema)]
pub struct Deleted {
    /// `true` if it is deleted, or would be.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    /// With `dry_run`: `true`.
    #[schema(value_type = bool, required = false, example = true)]
    pub dry_run: Option<bool>,
    /// With `dry_run`: how many leads are in it.
    #[schema(value_type = i64, required = false, example = 0)]
    pub leads: Option<i64>,
    /// With `dry_run`: what stands in the way; empty if nothing does.
    #[schema(value_type = Vec<Blocker>, required = false)]
    pub blockers: Option<Vec<Blocker>>,
    /// With `dry_run`: the roles that would go to the replacement.
    #[schema(value_type = Vec<String>, required = false)]
    pub roles: Option<Vec<String>>,
    /// With `dry_run` and `replace_with`: where the leads would go.
    #[schema(value_type = i64, required = false)]
    pub replace_with: Option<i64>,
    /// With `dry_run` and `replace_with`: how many of the leads are in an open or paused status.
    #[schema(value_type = i64, required = false)]
    pub open: Option<i64>,
    /// With `dry_run` and `replace_with`: how many of the leads are in a won, lost or junk status.
    #[schema(value_type = i64, required = false)]
    pub closed: Option<i64>,
    /// With `dry_run` and `replace_with`: how many leads in the bin would go along.
    #[schema(value_type = i64, required = false)]
    pub in_bin: Option<i64>,
    /// With `dry_run` and `replace_with`: what the leads are worth, by currency.
    #[schema(value_type = Vec<Sum>, required = false)]
    pub values: Option<Vec<Sum>>,
    /// How many leads are moving now, where that takes a while: the status is deleted when all have moved.
    #[schema(value_type = i64, required = false)]
    pub moving: Option<i64>,
}

/// A sum of money.
#[derive(ToSchema)]
#[schema(as = MoneySum)]
pub struct Sum {
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub currency: String,
    /// In major units.
    #[schema(example = 1054.0)]
    pub value: f64,
}

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(api::list, api::show, api::create, api::update, api::removal::delete, api::order),
    tags((name = "Lead statuses", description = "The states that a lead moves through, in the order of the pipeline.")),
    modifiers(&DerivedParts)
)]
struct StatusPaths;

/// Adds what is derived from other parts: the body of a creation, which is that of a change with a required name, and
/// the second path of deletion.
struct DerivedParts;

impl Modify for DerivedParts {
    fn modify(&self, document: &mut OpenApi) {
        if let Some(parts) = document.components.as_mut()
            && let Some(RefOr::T(Schema::Object(changes))) = parts.schemas.get("StatusChanges")
        {
            let mut new = changes.clone();
            new.description = Some("What may be sent to make a status.".to_owned());
            new.required = vec!["name".to_owned()];
            let of_change = ["version", "replace_with", "restart_age"];
            new.properties
                .retain(|name, _| !of_change.contains(&name.as_str()));
            parts
                .schemas
                .insert("NewStatus".to_owned(), Schema::Object(new).into());
        }
        let deletion = document
            .paths
            .get_path_operation("/api/delete/lead_statuses/{id}", HttpMethod::Delete);
        if let Some(mut also) = deletion.cloned() {
            also.operation_id = Some("delete_lead_status_also".to_owned());
            also.summary = Some("Delete a status, by its own path.".to_owned());
            let methods = vec![HttpMethod::Delete];
            document
                .paths
                .add_path_operation("/api/lead_statuses/{id}", methods, also);
        }
    }
}

/// The part of the OpenAPI document about statuses.
pub fn document() -> OpenApi {
    StatusPaths::openapi()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statuses::domain::days::Days;
    use crate::statuses::domain::definition::{Criteria, Definition};
    use crate::statuses::domain::name::Name;
    use crate::statuses::domain::status::StatusField;

    fn fields(schema: &str) -> serde_json::Value {
        serde_json::to_value(document()).unwrap()["components"]["schemas"][schema]["properties"]
            .take()
    }

    #[test]
    fn the_limits_are_those_of_the_domain() {
        let fields = fields("StatusChanges");
        assert_eq!(fields["name"]["maxLength"], Name::MAX);
        assert_eq!(fields["definition"]["maxLength"], Definition::MAX);
        assert_eq!(fields["enter_when"]["maxItems"], Criteria::MAX_LINES);
        assert_eq!(fields["leave_when"]["maxItems"], Criteria::MAX_LINES);
        for days in ["target_days", "limit_days"] {
            assert_eq!(fields[days]["maximum"], Days::MAX);
        }
        let line = fields["enter_when"]["description"].as_str().unwrap();
        assert!(line.contains(&Criteria::MAX_LINE.to_string()), "{line}");
    }

    #[test]
    fn every_field_of_a_status_can_be_sent_and_read_and_is_described() {
        let changes = fields("StatusChanges");
        let (new, read) = (fields("NewStatus"), fields("LeadStatus"));
        let beside = ["isdefault", "isconverted", "archived"];
        for field in crate::records::field::names::<StatusField>().chain(beside) {
            assert!(changes[field]["description"].is_string(), "{field}");
            assert!(new[field].is_object() && read[field].is_object(), "{field}");
        }
        assert!(changes["version"].is_object() && new["version"].is_null());
    }
}
