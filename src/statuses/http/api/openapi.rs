//! The part of the OpenAPI document about statuses.

use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, RefOr};
use utoipa::{Modify, OpenApi as _};

use crate::statuses::http::api;
use crate::statuses::http::api::body::{EntryRuleBody, StatusChanges};

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(api::list, api::show, api::create, api::order, api::definitions),
    components(schemas(StatusChanges, EntryRuleBody)),
    tags((name = "Lead statuses", description = "The statuses a lead moves through, in pipeline order.")),
    modifiers(&DerivedParts)
)]
struct StatusPaths;

/// Adds the body of a creation, which is that of a change with a required name.
struct DerivedParts;

impl Modify for DerivedParts {
    fn modify(&self, document: &mut OpenApi) {
        if let Some(parts) = document.components.as_mut()
            && let Some(RefOr::T(Schema::Object(changes))) = parts.schemas.get("StatusChanges")
        {
            let mut new = changes.clone();
            new.description = Some("The fields of a new status.".to_owned());
            new.required = vec!["name".to_owned()];
            let of_change = ["version", "replace_with", "restart_age", "why"];
            new.properties
                .retain(|name, _| !of_change.contains(&name.as_str()));
            parts
                .schemas
                .insert("NewStatus".to_owned(), Schema::Object(new).into());
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
