//! The part of the OpenAPI document about leads.

use utoipa::openapi::path::{HttpMethod, ParameterBuilder};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, RefOr, Required};
use utoipa::{Modify, OpenApi as _};

use crate::leads::http::api;

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(
        api::list::list, api::list::search, api::list::search_query, api::lead::show, api::lead::create, api::lead::update, api::lead::delete,
        api::lead_actions::move_lead, api::lead_actions::pause_lead, api::lead_actions::restore,
        api::handoff::answer,
        api::history::visits, api::history::void_visit, api::history::notes, api::history::note,
        api::sources::list, api::sources::extra_fields, crate::access::api::staffs
    ),
    tags((
        name = "Leads",
        description = "People and companies that may buy, and their history. The examples name the first lead."
    )),
    modifiers(&DerivedParts)
)]
struct LeadsApi;

/// Adds what is described twice: the body of a creation, which is that of a change with a required name; the second
/// path of deleting; and the two searches, whose term is required or part of the path.
struct DerivedParts;

impl Modify for DerivedParts {
    fn modify(&self, document: &mut OpenApi) {
        if let Some(parts) = document.components.as_mut()
            && let Some(RefOr::T(Schema::Object(changes))) = parts.schemas.get("LeadChanges")
        {
            let mut new = changes.clone();
            new.description = Some("The fields of a new lead.".to_owned());
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
        require_term(document);
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

/// Describes the term of the search that takes it as a parameter as required.
fn require_term(document: &mut OpenApi) {
    let search = document.paths.paths.get_mut("/api/leads/search");
    let call = search.and_then(|path| path.get.as_mut());
    let parameters = call.and_then(|call| call.parameters.as_mut());
    for parameter in parameters.into_iter().flatten() {
        if let RefOr::T(term) = parameter
            && term.name == "q"
        {
            let required = ParameterBuilder::from(term.clone()).required(Required::True);
            *parameter = required.example(Some("ioana".into())).build().into();
        }
    }
}

/// The OpenAPI description of the calls about leads.
pub fn document() -> OpenApi {
    LeadsApi::openapi()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::LeadField;
    use crate::leads::domain::text::{Note, TextLine};

    fn fields(schema: &str) -> serde_json::Value {
        serde_json::to_value(document()).unwrap()["components"]["schemas"][schema]["properties"]
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
        fits("external_system", |text| {
            crate::leads::domain::text::ExternalSystem::parse(text).is_ok()
        });
        let note = super::tests::fields("NewNote");
        assert_eq!(note["note"]["maxLength"], Note::MAX);
    }

    #[test]
    fn every_field_of_a_lead_can_be_sent_and_read() {
        let (changes, new, read) = (fields("LeadChanges"), fields("NewLead"), fields("Lead"));
        let names = crate::records::field::names::<LeadField>().chain(["status"]);
        for field in names.map(|name| {
            if name == "extra_fields" {
                "extra"
            } else {
                name
            }
        }) {
            assert!(changes[field].is_object(), "{field}");
            assert!(new[field].is_object() && read[field].is_object(), "{field}");
        }
        assert!(changes["version"].is_object() && new["version"].is_null());
    }
}
