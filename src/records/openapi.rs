//! The filters of a list as parameters of the API reference.

use std::marker::PhantomData;

use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, SchemaFormat, Type};

use crate::records::filter_value::ValueFormat;
use crate::records::filters::FilterKey;

/// The parameters of the query of a list: first of its filters, then of its order and page.
pub struct ListParams<F, P>(PhantomData<(F, P)>);

impl<F: FilterKey, P: IntoParams> IntoParams for ListParams<F, P> {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let filters = F::ALL.iter().map(|filter| param(*filter));
        filters.chain(P::into_params(parameter_in)).collect()
    }
}

fn param<F: FilterKey>(filter: F) -> Parameter {
    let text = Object::builder().schema_type(Type::String);
    let (about, schema) = match filter.format() {
        ValueFormat::Text(max_length) => (Some(filter.about()), text.max_length(max_length)),
        ValueFormat::Pattern(pattern) => (Some(filter.about()), text.pattern(Some(pattern))),
        ValueFormat::Day => {
            let pattern = Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
            (Some(filter.about()), text.pattern(pattern))
        }
        ValueFormat::Instant => {
            let examples = ["2026-05-08T14:20:00Z"];
            (Some(filter.about()), text.examples(examples))
        }
        ValueFormat::Zone => {
            let examples = ["Europe/Bucharest"];
            (Some(filter.about()), text.examples(examples))
        }
        ValueFormat::Id => {
            let id = Object::builder().schema_type(Type::Integer);
            let format = SchemaFormat::KnownFormat(KnownFormat::Int64);
            (Some(filter.about()), id.format(Some(format)))
        }
        ValueFormat::Words(words) => {
            let words = Object::builder()
                .schema_type(Type::String)
                .enum_values(Some(words));
            (None, words.description(Some(filter.about())))
        }
    };
    ParameterBuilder::new()
        .name(filter.name())
        .parameter_in(ParameterIn::Query)
        .description(about)
        .required(utoipa::openapi::Required::False)
        .schema(Some(schema))
        .build()
}
