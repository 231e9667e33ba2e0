//! The OpenAPI description of the calls about leads: the parameters and bodies that may be sent, and the schemas that
//! are derived.

use utoipa::openapi::path::{HttpMethod, Parameter, ParameterIn};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, RefOr};
use utoipa::{IntoParams, Modify, OpenApi as _, ToSchema};

use crate::leads::domain::filters::Filter;
use crate::leads::http::api;
use crate::records::openapi::filter_params;

/// Which leads to list, in which order.
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
    /// `created_at`, `name`, `value`, `age` (how long in their status) or `updated_at`; a `-` in front reverses.
    #[param(default = "-created_at")]
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
    /// The `next` of the page before: far pages come as quickly as near ones this way, and none is met twice.
    pub after: Option<String>,
}

/// How to delete.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeleteQuery {
    /// `1` says what would happen and changes nothing.
    #[param(value_type = Option<String>, example = "1")]
    pub dry_run: Option<bool>,
}

/// Where a lead goes.
#[derive(ToSchema)]
pub struct LeadMove {
    /// The id of a status in use.
    #[schema(example = 2)]
    pub status: i64,
    /// Why.
    #[schema(max_length = 200, example = "Asked for a call")]
    pub reason: Option<String>,
    /// What to know about it.
    #[schema(max_length = 2000, example = "Wants to see the warehouse first.")]
    pub note: Option<String>,
    /// When it entered the status, if that was not just now; RFC 3339. Only managers and administrators say so.
    #[schema(value_type = String, required = false)]
    pub entered_at: Option<String>,
    /// The version that was read; if it is not the current one any more, nothing changes: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// Until when a lead is set aside.
#[derive(ToSchema)]
pub struct LeadPause {
    /// A day within the next ten years. Empty or null resumes the lead.
    #[schema(value_type = Option<String>, required = true, example = "2033-06-01")]
    pub until: Option<String>,
    /// Why. Every pause has a reason; what resumes has none.
    #[schema(max_length = 200, example = "Budget is decided in June")]
    pub reason: Option<String>,
    /// The version that was read; if it is not the current one any more, nothing changes: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// What is written about a lead.
#[derive(ToSchema)]
pub struct NewNote {
    /// Up to 2,000 characters, with line breaks.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Wants to see the warehouse first."
    )]
    pub note: String,
    /// The version of the lead that was read; if it is not the current one any more, nothing changes: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// What deleting a lead answers, also when it was only asked what would happen.
#[derive(ToSchema)]
#[schema(as = LeadDeleted)]
pub struct LeadDeletion {
    /// Always `true`.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    /// With `dry_run`: `true`.
    #[schema(value_type = bool, required = false, example = true)]
    pub dry_run: Option<bool>,
}

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(
        api::list::list, api::list::search, api::lead::show, api::lead::create, api::lead::update, api::lead::delete,
        api::transitions::move_lead, api::transitions::pause, api::transitions::restore,
        api::history::visits, api::history::void, api::history::notes, api::history::note
    ),
    tags((
        name = "Leads",
        description = "The persons and companies that may buy, and their way through the statuses. A fresh database has none: the examples name the first lead, once it is made."
    )),
    modifiers(&DerivedParts)
)]
struct LeadsApi;

/// Adds what is described twice: the body of a creation, which is that of a change with a required name; the second
/// path of deleting; and the search, whose term is part of the path.
struct DerivedParts;

impl Modify for DerivedParts {
    fn modify(&self, document: &mut OpenApi) {
        if let Some(parts) = document.components.as_mut()
            && let Some(RefOr::T(Schema::Object(changes))) = parts.schemas.get("LeadChanges")
        {
            let mut new = changes.clone();
            new.description = Some("What may be sent to make a lead.".to_owned());
            new.required = vec!["name".to_owned()];
            new.properties.retain(|name, _| name != "version");
            parts
                .schemas
                .insert("NewLead".to_owned(), Schema::Object(new).into());
        }
        let deletion = document
            .paths
            .get_path_operation("/api/delete/leads/{id}", HttpMethod::Delete);
        if let Some(mut copy) = deletion.cloned() {
            copy.operation_id = Some("delete_lead_also".to_owned());
            copy.summary = Some("Delete a lead, by its own path.".to_owned());
            let methods = vec![HttpMethod::Delete];
            document
                .paths
                .add_path_operation("/api/leads/{id}", methods, copy);
        }
        let search = document.paths.paths.get_mut("/api/leads/search/{term}");
        if let Some(call) = search.and_then(|path| path.get.as_mut())
            && let Some(parameters) = call.parameters.as_mut()
        {
            parameters.retain(
                |parameter| !matches!(parameter, RefOr::T(parameter) if parameter.name == "q"),
            );
        }
    }
}

/// The OpenAPI description of the calls about leads.
pub fn openapi() -> OpenApi {
    LeadsApi::openapi()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::LeadField;
    use crate::leads::domain::text::{Note, TextLine};

    fn fields(schema: &str) -> serde_json::Value {
        serde_json::to_value(openapi()).unwrap()["components"]["schemas"][schema]["properties"]
            .take()
    }

    #[test]
    fn the_limits_are_those_of_the_domain() {
        let fields = fields("LeadChanges");
        let fits = |field: &str, fits: fn(&str) -> bool| {
            let most = fields[field]["maxLength"].as_u64().unwrap() as usize;
            assert!(fits(&"x".repeat(most)), "{field}");
            assert!(!fits(&"x".repeat(most + 1)), "{field}");
        };
        fits("name", |text| TextLine::<200>::parse(text).is_ok());
        fits("phone", |text| {
            crate::leads::domain::text::Phone::parse(text).is_ok()
        });
        fits("source", |text| {
            crate::leads::domain::text::LeadSource::parse(text).is_ok()
        });
        fits("external_ref", |text| {
            crate::leads::domain::text::ExternalRef::parse(text).is_ok()
        });
        let note = super::tests::fields("NewNote");
        assert_eq!(note["note"]["maxLength"], Note::MAX);
    }

    #[test]
    fn every_field_of_a_lead_can_be_sent_and_read() {
        let (changes, new, read) = (fields("LeadChanges"), fields("NewLead"), fields("Lead"));
        for field in crate::records::field::names::<LeadField>().chain(["status"]) {
            assert!(changes[field].is_object(), "{field}");
            assert!(new[field].is_object() && read[field].is_object(), "{field}");
        }
        assert!(changes["version"].is_object() && new["version"].is_null());
    }
}
