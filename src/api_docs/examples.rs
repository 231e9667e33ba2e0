//! Makes the commands that show a call, from the examples of its parameters and fields.

use serde_json::Value;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Content, OpenApi, Required};

use super::curl::{Encoding, command};
use super::sample::resolve;
use super::schema;

/// A command to copy.
pub(super) struct Example {
    /// The catalogue key of its title; empty for the only example of a call.
    pub label: &'static str,
    pub command: String,
}

/// A call of which examples are made.
pub(super) struct ExampleCall<'a> {
    pub document: &'a OpenApi,
    pub origin: &'a str,
    pub method: &'a str,
    pub path: &'a str,
    pub parameters: &'a [&'a Parameter],
    pub body: Option<&'a Content>,
}

impl ExampleCall<'_> {
    /// The commands: one for each encoding of a body, or with and without parameters.
    pub(super) fn examples(&self) -> Vec<Example> {
        let url = self.url(|_| true);
        let example = |label, url: &str, body: Option<(Encoding, &[(String, Value)])>| Example {
            label,
            command: command(self.method, url, body),
        };
        if let Some(body) = self.body {
            let fields = self.body_fields(body);
            let encodings = [
                ("api-docs-as-json", Encoding::Json),
                ("api-docs-as-form", Encoding::Form),
                ("api-docs-as-multipart", Encoding::Multipart),
            ];
            return encodings
                .map(|(label, encoding)| example(label, &url, Some((encoding, &fields))))
                .into();
        }
        let shortest = self.url(|parameter| parameter.required == Required::True);
        if self.method == "GET" && url != shortest {
            return vec![
                example("api-docs-everything", &shortest, None),
                example("api-docs-a-page", &url, None),
            ];
        }
        vec![example("", &url, None)]
    }

    fn filled_path(&self) -> String {
        let parameters = self.parameters.iter();
        let own = parameters.filter(|parameter| parameter.parameter_in == ParameterIn::Path);
        own.fold(self.path.to_owned(), |path, parameter| {
            let value =
                example_of(parameter).map_or_else(|| "1".to_owned(), |value| schema::plain(&value));
            path.replace(&format!("{{{}}}", parameter.name), &value)
        })
    }

    /// The address, with those of these parameters that have an example.
    fn url(&self, is_sent: impl Fn(&Parameter) -> bool) -> String {
        let parameters = self
            .parameters
            .iter()
            .filter(|parameter| parameter.parameter_in == ParameterIn::Query && is_sent(parameter));
        let pairs = parameters.filter_map(|parameter| {
            let value = example_of(parameter)?;
            Some((parameter.name.as_str(), schema::plain(&value)))
        });
        let mut query = form_urlencoded::Serializer::new(String::new());
        let query = query.extend_pairs(pairs).finish();
        let separator = if query.is_empty() { "" } else { "?" };
        format!("{}{}{separator}{query}", self.origin, self.filled_path())
    }

    /// The fields of the body: those of its example, else those that have an example.
    fn body_fields(&self, body: &Content) -> Vec<(String, Value)> {
        if let Some(Value::Object(example)) = &body.example {
            return example.clone().into_iter().collect();
        }
        let schema = body
            .schema
            .as_ref()
            .and_then(|schema| resolve(self.document, schema));
        let Some(Schema::Object(object)) = schema else {
            return Vec::new();
        };
        let fields = object.properties.iter();
        let examples = fields.filter_map(|(name, field)| {
            Some((name.clone(), schema::example(&schema::json(field))?.clone()))
        });
        examples.collect()
    }
}

/// The example of a parameter, or of its schema.
pub(super) fn example_of(parameter: &Parameter) -> Option<Value> {
    let parameter = serde_json::to_value(parameter).ok()?;
    let own = schema::example(&parameter);
    own.or_else(|| schema::example(&parameter["schema"]))
        .cloned()
}
