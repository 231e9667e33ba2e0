//! Makes the commands that show a call, from the examples of its parameters and fields.

use serde_json::Value;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Content, OpenApi};

use super::curl::{Encoding, command};
use super::sample::resolve;
use super::schema;

/// A command to copy.
pub(super) struct Example {
    /// The catalogue key of what sets it apart; empty for the only one.
    pub label: &'static str,
    pub command: String,
}

/// A call whose examples are wanted.
pub(super) struct ExampleCall<'a> {
    pub document: &'a OpenApi,
    pub origin: &'a str,
    pub method: &'a str,
    pub path: &'a str,
    pub parameters: &'a [&'a Parameter],
    pub body: Option<&'a Content>,
}

impl ExampleCall<'_> {
    /// One command for each way of calling that is worth seeing.
    pub(super) fn examples(&self) -> Vec<Example> {
        let bare = format!("{}{}", self.origin, self.filled_path());
        let query = self.query();
        let url = match query.as_str() {
            "" => bare.clone(),
            query => format!("{bare}?{query}"),
        };
        let example = |label, url: &str, body: Option<(Encoding, &[(String, Value)])>| Example {
            label,
            command: command(self.method, url, body),
        };
        if let Some(body) = self.body {
            let fields = self.sent(body);
            let ways = [
                ("api-docs-as-json", Encoding::Json),
                ("api-docs-as-form", Encoding::Form),
                ("api-docs-as-multipart", Encoding::Multipart),
            ];
            return ways
                .map(|(label, encoding)| example(label, &url, Some((encoding, &fields))))
                .into();
        }
        if self.method == "GET" && !query.is_empty() {
            return vec![
                example("api-docs-everything", &bare, None),
                example("api-docs-a-page", &url, None),
            ];
        }
        vec![example("", &url, None)]
    }

    fn in_place(&self, place: ParameterIn) -> impl Iterator<Item = (&str, Option<String>)> {
        let own = self
            .parameters
            .iter()
            .filter(move |parameter| parameter.parameter_in == place);
        own.map(|parameter| {
            (
                parameter.name.as_str(),
                example_of(parameter).as_ref().map(schema::plain),
            )
        })
    }

    fn filled_path(&self) -> String {
        let own = self.in_place(ParameterIn::Path);
        own.fold(self.path.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value.as_deref().unwrap_or("1"))
        })
    }

    /// The query of those parameters that have an example.
    fn query(&self) -> String {
        let own = self.in_place(ParameterIn::Query);
        let pairs = own.filter_map(|(name, value)| Some((name, value?)));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs).finish()
    }

    /// The fields that are sent: those of the example given, else those that have one.
    fn sent(&self, body: &Content) -> Vec<(String, Value)> {
        if let Some(Value::Object(given)) = &body.example {
            return given.clone().into_iter().collect();
        }
        let of = body
            .schema
            .as_ref()
            .and_then(|schema| resolve(self.document, schema));
        let Some(Schema::Object(object)) = of else {
            return Vec::new();
        };
        let fields = object.properties.iter();
        let given = fields.filter_map(|(name, field)| {
            Some((
                name.clone(),
                schema::given_example(&schema::json(field))?.clone(),
            ))
        });
        given.collect()
    }
}

/// The example of a parameter, or of its schema.
pub(super) fn example_of(parameter: &Parameter) -> Option<Value> {
    let parameter = serde_json::to_value(parameter).ok()?;
    let own = schema::given_example(&parameter);
    own.or_else(|| schema::given_example(&parameter["schema"]))
        .cloned()
}
