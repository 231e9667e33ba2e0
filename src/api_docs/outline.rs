//! Reads the OpenAPI document into what the page shows, so that there is no second list of calls.

use serde_json::Value;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn, PathItem};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, RefOr, Required, Response};

use super::examples::{Example, ExampleCall, example_of};
use super::openapi::{calls, failures, meaning};
use super::sample::{Sample, resolve};
use super::schema::{self, Kind, json};
use crate::i18n::Lang;

/// The whole reference, in one language, with examples that call one server.
pub(super) struct Outline {
    pub groups: Vec<Group>,
    pub objects: Vec<NamedSchema>,
    /// Status and meaning of every failure.
    pub failures: Vec<(u16, String)>,
    pub version: String,
}

/// The calls about one thing.
pub(super) struct Group {
    pub anchor: String,
    pub name: String,
    pub description: String,
    pub calls: Vec<Call>,
}

/// One call.
pub(super) struct Call {
    pub anchor: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub description: String,
    pub scope: String,
    pub parameters: Vec<Field>,
    pub body: Vec<Field>,
    pub answers: Vec<Answer>,
    pub examples: Vec<Example>,
}

/// A parameter, or a field of a body.
pub(super) struct Field {
    pub name: String,
    /// The catalogue key of the place of a parameter; empty for a field.
    pub place: &'static str,
    pub kinds: Vec<Kind>,
    pub is_required: bool,
    pub description: String,
    pub limits: Vec<String>,
    pub example: Option<String>,
}

/// An answer that a call may have.
pub(super) struct Answer {
    pub status: String,
    pub description: String,
    pub kinds: Vec<Kind>,
    pub headers: Vec<(String, String)>,
    /// A sample of the body of a success.
    pub sample: Option<String>,
}

/// A schema with a name.
pub(super) struct NamedSchema {
    pub name: String,
    pub description: String,
    pub fields: Vec<Field>,
}

impl Outline {
    /// The reference that `document` describes.
    pub(super) fn of(document: &OpenApi, origin: &str, lang: Lang) -> Outline {
        let reader = Reader {
            document,
            origin,
            lang,
        };
        let meanings = failures().into_iter();
        Outline {
            groups: reader.groups(),
            objects: reader.objects(),
            failures: meanings
                .map(|failure| (failure.status().as_u16(), meaning(&failure).text(lang)))
                .collect(),
            version: document.info.version.clone(),
        }
    }
}

struct Reader<'a> {
    document: &'a OpenApi,
    origin: &'a str,
    lang: Lang,
}

impl Reader<'_> {
    fn groups(&self) -> Vec<Group> {
        let tags = self.document.tags.iter().flatten();
        tags.map(|tag| Group {
            anchor: tag.name.to_lowercase().replace(' ', "-"),
            name: tag.name.clone(),
            description: tag.description.clone().unwrap_or_default(),
            calls: self.calls_of(&tag.name),
        })
        .collect()
    }

    fn calls_of(&self, tag: &str) -> Vec<Call> {
        let paths = self.document.paths.paths.iter();
        let all = paths.flat_map(|(path, item): (&String, &PathItem)| {
            calls(item).map(move |(method, call)| (path, method, call))
        });
        all.filter(|(_, _, call)| call.tags.iter().flatten().any(|name| name == tag))
            .map(|(path, method, call)| self.call(path, method.as_str(), call))
            .collect()
    }

    fn call(&self, path: &str, method: &str, call: &Operation) -> Call {
        let own = call.parameters.iter().flatten().filter_map(inline);
        let parameters: Vec<&Parameter> = own.collect();
        let content = call.request_body.as_ref().and_then(inline);
        let content = content.and_then(|body| body.content.values().find_map(inline));
        let anchor = call.operation_id.clone().unwrap_or_default();
        let scope = call
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("x-scope"));
        let call_examples = ExampleCall {
            document: self.document,
            origin: self.origin,
            method,
            path,
            parameters: &parameters,
            body: content,
        };
        Call {
            examples: call_examples.examples(),
            method: method.to_owned(),
            path: path.to_owned(),
            summary: sentence(&call.summary),
            description: call.description.clone().unwrap_or_default(),
            scope: scope.map(schema::plain).unwrap_or_default(),
            parameters: parameters
                .iter()
                .map(|parameter| self.parameter(parameter))
                .collect(),
            body: content
                .and_then(|body| body.schema.as_ref())
                .map(|schema| self.fields(schema))
                .unwrap_or_default(),
            answers: self.answers(call),
            anchor,
        }
    }

    fn parameter(&self, parameter: &Parameter) -> Field {
        let place = match parameter.parameter_in {
            ParameterIn::Path => "api-docs-in-path",
            ParameterIn::Header => "api-docs-in-header",
            _ => "api-docs-in-query",
        };
        let schema = parameter.schema.as_ref().map(json).unwrap_or_default();
        let mut field = self.field(
            &parameter.name,
            &schema,
            parameter.required == Required::True,
        );
        field.place = place;
        if let Some(description) = &parameter.description {
            field.description = description.clone();
        }
        field.example = example_of(parameter).as_ref().map(schema::plain);
        field
    }

    /// The fields of a body or an object.
    fn fields(&self, schema: &RefOr<Schema>) -> Vec<Field> {
        match resolve(self.document, schema) {
            Some(Schema::Object(object)) => {
                let properties = object.properties.iter();
                let field = |(name, value): (&String, &RefOr<Schema>)| {
                    self.field(name, &json(value), object.required.contains(name))
                };
                properties.map(field).collect()
            }
            _ => Vec::new(),
        }
    }

    fn field(&self, name: &str, value: &Value, is_required: bool) -> Field {
        Field {
            name: name.to_owned(),
            place: "",
            kinds: schema::kinds(value),
            is_required,
            description: value["description"].as_str().unwrap_or_default().to_owned(),
            limits: schema::limits(value, self.lang),
            example: schema::example(value).map(schema::plain),
        }
    }

    fn answers(&self, call: &Operation) -> Vec<Answer> {
        let answers = call.responses.responses.iter();
        let inline_answers = answers.filter_map(|(status, answer)| Some((status, inline(answer)?)));
        inline_answers
            .map(|(status, answer)| self.answer(status, answer))
            .collect()
    }

    fn answer(&self, status: &str, answer: &Response) -> Answer {
        let body = answer.content.values().find_map(inline);
        let body = body.and_then(|body| body.schema.as_ref());
        let kinds = match body.and_then(|body| resolve(self.document, body)) {
            Some(Schema::OneOf(choices)) => choices
                .items
                .iter()
                .flat_map(|choice| schema::kinds(&json(choice)))
                .collect(),
            _ => body
                .map(|body| schema::kinds(&json(body)))
                .unwrap_or_default(),
        };
        let headers = answer.headers.iter().filter_map(|(name, header)| {
            let description = inline(header)?.description.clone().unwrap_or_default();
            Some((name.clone(), description))
        });
        Answer {
            status: status.to_owned(),
            description: answer.description.clone(),
            kinds,
            headers: headers.collect(),
            sample: body
                .filter(|_| status.starts_with('2'))
                .map(|body| Sample::of(self.document, body).text()),
        }
    }

    fn objects(&self) -> Vec<NamedSchema> {
        let named = self
            .document
            .components
            .iter()
            .flat_map(|parts| &parts.schemas);
        let schemas = named.map(|(name, schema)| NamedSchema {
            name: name.clone(),
            description: json(schema)["description"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            fields: self.fields(schema),
        });
        schemas.filter(|schema| !schema.fields.is_empty()).collect()
    }
}

fn inline<T>(part: &RefOr<T>) -> Option<&T> {
    match part {
        RefOr::T(part) => Some(part),
        RefOr::Ref(_) => None,
    }
}

/// A summary without the full stop that its comment ends with.
fn sentence(summary: &Option<String>) -> String {
    summary
        .as_deref()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api_docs::document;

    #[test]
    fn every_call_of_the_document_stands_in_the_reference_with_a_command() {
        let outline = Outline::of(document(), "http://host", Lang::En);
        let shown: Vec<&Call> = outline
            .groups
            .iter()
            .flat_map(|group| &group.calls)
            .collect();
        let described: usize = document()
            .paths
            .paths
            .values()
            .map(|path| calls(path).count())
            .sum();
        assert_eq!(shown.len(), described);
        for call in shown {
            assert!(
                !call.summary.is_empty() && !call.scope.is_empty(),
                "{}",
                call.path
            );
            for example in &call.examples {
                assert!(
                    example.command.contains("'http://host/api/"),
                    "{}",
                    example.command
                );
                assert!(!example.command.contains(['{', '}']) || example.command.contains("-d '{"));
            }
        }
    }

    #[test]
    fn every_link_to_a_schema_leads_to_it() {
        let outline = Outline::of(document(), "http://host", Lang::Ro);
        let known: Vec<&str> = outline
            .objects
            .iter()
            .map(|schema| schema.name.as_str())
            .collect();
        for call in outline.groups.iter().flat_map(|group| &group.calls) {
            for kind in call.answers.iter().flat_map(|answer| &answer.kinds) {
                assert!(
                    kind.schema_name
                        .as_deref()
                        .is_none_or(|name| known.contains(&name)),
                    "{kind:?}"
                );
            }
        }
    }
}
