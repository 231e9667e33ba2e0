//! Makes a sample of an answer from the examples of its fields.

use serde_json::Value;
use utoipa::openapi::schema::{ArrayItems, Object, Schema, SchemaType, Type};
use utoipa::openapi::{OpenApi, RefOr};

/// A value that fits a schema, with its fields in the order in which they are described.
#[derive(Debug, PartialEq)]
pub(super) enum Sample {
    Simple(Value),
    List(Box<Sample>),
    Object(Vec<(String, Sample)>),
}

/// The schema that a reference leads to, or the schema itself.
pub(super) fn resolve<'a>(document: &'a OpenApi, schema: &'a RefOr<Schema>) -> Option<&'a Schema> {
    match schema {
        RefOr::T(schema) => Some(schema),
        RefOr::Ref(target) => {
            let name = target.ref_location.rsplit('/').next()?;
            resolve(document, document.components.as_ref()?.schemas.get(name)?)
        }
    }
}

impl Sample {
    /// A value that fits `schema`: the example in the schema, else one made from its fields.
    pub(super) fn of(document: &OpenApi, schema: &RefOr<Schema>) -> Sample {
        match resolve(document, schema) {
            Some(Schema::Object(object)) => Sample::of_object(document, object),
            Some(Schema::Array(array)) => match (&array.example, &array.items) {
                (Some(example), _) => Sample::Simple(example.clone()),
                (None, ArrayItems::RefOrSchema(item)) => {
                    Sample::List(Box::new(Sample::of(document, item)))
                }
                (None, _) => Sample::Simple(Value::Array(Vec::new())),
            },
            Some(Schema::OneOf(choices)) => Sample::first(document, &choices.items),
            Some(Schema::AnyOf(choices)) => Sample::first(document, &choices.items),
            _ => Sample::Simple(Value::Null),
        }
    }

    fn first(document: &OpenApi, choices: &[RefOr<Schema>]) -> Sample {
        let first = choices.first().map(|choice| Sample::of(document, choice));
        first.unwrap_or(Sample::Simple(Value::Null))
    }

    fn of_object(document: &OpenApi, object: &Object) -> Sample {
        if let Some(example) = object.example.as_ref().or(object.examples.first()) {
            return Sample::Simple(example.clone());
        }
        Sample::Simple(match &object.schema_type {
            SchemaType::Type(Type::String) => Value::from("…"),
            SchemaType::Type(Type::Boolean) => Value::from(false),
            SchemaType::Type(Type::Integer | Type::Number) => Value::from(0),
            SchemaType::Type(Type::Object) => {
                let fields = object.properties.iter();
                let fields =
                    fields.map(|(name, field)| (name.clone(), Sample::of(document, field)));
                return Sample::Object(fields.collect());
            }
            _ => Value::Null,
        })
    }

    /// JSON with a line for each field.
    pub(super) fn text(&self) -> String {
        self.indented(0)
    }

    fn indented(&self, depth: usize) -> String {
        let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
        match self {
            Sample::Simple(value) => value.to_string(),
            Sample::List(item) => format!("[\n{inner}{}\n{outer}]", item.indented(depth + 1)),
            Sample::Object(fields) => {
                let lines = fields.iter().map(|(name, value)| {
                    format!("{inner}\"{name}\": {}", value.indented(depth + 1))
                });
                format!("{{\n{}\n{outer}}}", lines.collect::<Vec<_>>().join(",\n"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use utoipa::openapi::{ArrayBuilder, ObjectBuilder};

    #[test]
    fn a_sample_fits_its_schema_and_keeps_the_order_of_its_fields() {
        let part = ObjectBuilder::new()
            .property(
                "name",
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .examples(["Won"]),
            )
            .property("id", ObjectBuilder::new().schema_type(Type::Integer))
            .property(
                "note",
                ObjectBuilder::new().schema_type(
                    [Type::String, Type::Null]
                        .into_iter()
                        .collect::<SchemaType>(),
                ),
            );
        let list = RefOr::T(Schema::from(ArrayBuilder::new().items(part)));
        let text = Sample::of(&OpenApi::default(), &list).text();
        assert_eq!(
            text,
            "[\n  {\n    \"name\": \"Won\",\n    \"id\": 0,\n    \"note\": null\n  }\n]"
        );
    }
}
