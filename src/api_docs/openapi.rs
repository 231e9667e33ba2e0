//! The OpenAPI document, put together from the documents of the slices.

use std::sync::LazyLock;

use actix_web::http::Method;
use serde_json::Value;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{Content, Header, OpenApi, Ref, RefOr, Required, Response};
use utoipa::{Modify, OpenApi as _, ToSchema};

use crate::access::Scope;
use crate::error::{Blocker, Error, FieldErrors, Unmet};
use crate::i18n::{Lang, Message};
use crate::{leads, pipeline, reports, statuses};

/// The documents of the slices, one line for each.
const PARTS: &[fn() -> OpenApi] = &[
    statuses::http::api::openapi::document,
    pipeline::http::api::openapi::document,
    leads::http::api::openapi::document,
    reports::http::api::openapi::document,
];

/// The encoding of bodies in the document. The other encodings aren't described, because generators of clients take three
/// descriptions of one body for three bodies, and send all of them.
const JSON: &str = "application/json";
/// The sentence about the other encodings.
const OTHER_ENCODINGS: &str = "As `application/x-www-form-urlencoded` and as `multipart/form-data`, the same fields are understood.";

static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(build);

/// The OpenAPI document: the one that is served, and the one that the page is rendered from.
pub fn document() -> &'static OpenApi {
    &DOCUMENT
}

/// The answer of a failed call.
#[derive(ToSchema)]
#[allow(
    dead_code,
    reason = "only its shape is used: the bodies are made in web::error_response"
)]
struct Failure {
    /// Always `false`.
    #[schema(example = false)]
    status: bool,
    /// One sentence for people.
    #[schema(example = "Some values aren’t valid. Correct them and try again.")]
    message: String,
    /// With 422, and with 409 for a taken name: the errors by field.
    #[schema(value_type = HashMap<String, Vec<String>>, required = false, example = json!({"color": ["Choose a colour, or enter # and six digits, for example #9163d5"]}))]
    errors: Option<Value>,
    /// With 422: all that is missing for a move, what blocks first.
    #[schema(value_type = Vec<Unmet>, required = false)]
    unmet: Option<Vec<Unmet>>,
    /// With 409: why a status can’t be archived or deleted.
    #[schema(value_type = Vec<Blocker>, required = false)]
    blockers: Option<Vec<Blocker>>,
    /// With 409 for an old order: the ids in the current order.
    #[schema(value_type = Vec<i64>, required = false, example = json!([1, 2, 3, 4, 5, 6]))]
    order: Option<Vec<i64>>,
    /// With 409 for an old version: the current version.
    #[schema(value_type = i32, required = false, example = 5)]
    version: Option<i32>,
    /// With 500: the id to look for in the log.
    #[schema(value_type = String, required = false, example = "Vq3ZbQ9nT0aK")]
    request_id: Option<String>,
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Lead Statuses",
        description = "Leads, their history, and the statuses they move through, for other systems. Send the `authtoken` header with every call.",
        license(name = "Proprietary", identifier = "LicenseRef-Proprietary"),
        contact(name = "The administrator of this server")
    ),
    servers((url = "/", description = "This server")),
    components(schemas(Failure)),
    security(("authtoken" = [])),
    modifiers(&TokenScheme)
)]
struct ApiDocument;

/// Adds the `authtoken` header.
struct TokenScheme;

impl Modify for TokenScheme {
    fn modify(&self, document: &mut OpenApi) {
        let header = ApiKeyValue::with_description(
            "authtoken",
            "A token that an admin issued; it carries scopes and never allows more than its owner's role.",
        );
        let scheme = SecurityScheme::ApiKey(ApiKey::Header(header));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("authtoken", scheme);
    }
}

/// The failures that callers meet, one for each status.
pub(super) fn failures() -> Vec<Error> {
    vec![
        Error::Unreadable(Message::new("api-docs-unreadable")),
        Error::BadToken,
        Error::Forbidden,
        Error::NotFound,
        Error::Method(""),
        Error::TooSlow,
        Error::Conflict(Message::new("api-docs-conflict")),
        Error::Precondition,
        Error::TooLarge,
        Error::MediaType,
        Error::Invalid(FieldErrors::new()),
        Error::Crowded(5),
        Error::Internal(String::new()),
        Error::Busy(String::new()),
        Error::OutcomeUnknown(String::new()),
    ]
}

/// The meaning of a failure for another system. A token may also lack a scope, which the message for pages doesn't mention.
pub(super) fn meaning(failure: &Error) -> Message {
    match failure {
        Error::Forbidden => Message::new("api-docs-forbidden"),
        other => other.message(),
    }
}

/// The methods of a path with their calls, if it has them; `$as` is `as_ref` or `as_mut`.
macro_rules! calls {
    ($path:expr, $as:ident) => {
        [
            (Method::GET, $path.get.$as()),
            (Method::POST, $path.post.$as()),
            (Method::PUT, $path.put.$as()),
            (Method::DELETE, $path.delete.$as()),
        ]
        .into_iter()
        .filter_map(|(method, call)| Some((method, call?)))
    };
}

fn build() -> OpenApi {
    let mut document = ApiDocument::openapi();
    for part in PARTS {
        document.merge(part());
    }
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    for path in document.paths.paths.values_mut() {
        for (method, call) in calls!(path, as_mut) {
            complete(&method, call);
        }
    }
    document
}

/// The calls of one path.
pub(super) fn calls(path: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    calls!(path, as_ref)
}

/// Adds the parts that every call has: its scope, the description of its body, and its failures.
fn complete(method: &Method, call: &mut Operation) {
    let scope = [("x-scope", Scope::of(method).as_str())];
    call.extensions
        .get_or_insert_default()
        .merge(Extensions::from_iter(scope));
    let mut statuses = vec![401, 403, 500, 503];
    if *method != Method::GET {
        statuses.push(504);
    }
    if let Some(RefOr::T(body)) = call.request_body.as_mut() {
        body.required = Some(Required::True);
        body.description = Some(OTHER_ENCODINGS.to_owned());
        statuses.extend([400, 408, 413, 415]);
    }
    for status in statuses {
        let answer = RefOr::T(Response::new(""));
        call.responses
            .responses
            .entry(status.to_string())
            .or_insert(answer);
    }
    for (status, answer) in &mut call.responses.responses {
        if let RefOr::T(answer) = answer
            && status.starts_with(['4', '5'])
        {
            explain(status, answer);
        }
    }
}

/// Describes a failure, unless its call has a description of its own, and the body of its answer.
fn explain(status: &str, answer: &mut Response) {
    let failures = failures();
    let failure = failures
        .iter()
        .find(|failure| failure.status().as_str() == status);
    if let Some(failure) = failure
        && answer.description.is_empty()
    {
        answer.description = meaning(failure).text(Lang::En);
    }
    let body = Content::new(Some(Ref::from_schema_name("Failure")));
    answer.content.insert(JSON.to_owned(), body.into());
    if ["429", "503"].contains(&status) {
        let seconds = Header::builder().description(Some("Seconds to wait."));
        answer
            .headers
            .insert("Retry-After".to_owned(), RefOr::T(seconds.build()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `$ref` below a value.
    fn references(value: &Value) -> Vec<String> {
        match value {
            Value::Object(members) => members
                .iter()
                .flat_map(|(name, value)| match value {
                    Value::String(target) if name == "$ref" => vec![target.clone()],
                    other => references(other),
                })
                .collect(),
            Value::Array(items) => items.iter().flat_map(references).collect(),
            _ => Vec::new(),
        }
    }

    fn operations() -> Vec<Value> {
        let paths = document().paths.paths.values().flat_map(calls);
        paths
            .map(|(_, call)| serde_json::to_value(call).unwrap())
            .collect()
    }

    #[test]
    fn it_is_openapi_3_1_and_points_nowhere_in_vain() {
        let document = serde_json::to_value(document()).unwrap();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        for target in references(&document) {
            let place = target.strip_prefix('#').unwrap();
            assert!(document.pointer(place).is_some(), "{target}");
        }
    }

    #[test]
    fn every_call_has_a_name_of_its_own_a_sentence_and_its_failures() {
        let calls = operations();
        let mut names: Vec<_> = calls
            .iter()
            .map(|call| call["operationId"].to_string())
            .collect();
        for call in &calls {
            assert!(
                call["summary"].is_string() && call["description"].is_string(),
                "{call}"
            );
            for status in ["401", "403", "500", "503"] {
                assert!(
                    call["responses"][status]["description"].is_string(),
                    "{call}"
                );
            }
            for (status, answer) in call["responses"].as_object().unwrap() {
                assert!(
                    !answer["description"].as_str().unwrap().is_empty(),
                    "{status}"
                );
            }
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), calls.len());
    }

    #[test]
    fn calls_that_write_say_that_their_outcome_may_be_unknown() {
        for (method, call) in document().paths.paths.values().flat_map(calls) {
            let is_said = call.responses.responses.contains_key("504");
            assert_eq!(is_said, method != Method::GET, "{:?}", call.operation_id);
        }
    }

    #[test]
    fn a_body_is_described_once_and_required() {
        let with_body = operations()
            .into_iter()
            .filter(|call| call["requestBody"].is_object());
        for call in with_body {
            let body = &call["requestBody"];
            let encodings = body["content"].as_object().unwrap();
            assert_eq!(encodings.keys().collect::<Vec<_>>(), [JSON], "{call}");
            assert_eq!(
                (&body["required"], &body["description"]),
                (&true.into(), &OTHER_ENCODINGS.into())
            );
        }
    }
}
